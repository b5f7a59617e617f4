"""The proposed questions are asked once a generation; what is kept holds for nothing else."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from aspire_bot.answering.types import Answer, Question
from aspire_bot.suggestions.check import SuggestionCheck
from aspire_bot.suggestions.offer import Proposal
from aspire_bot.suggestions.verdicts import (
    Judged,
    KeptVerdicts,
    Verdict,
    read_verdicts,
    write_verdicts,
)
from aspire_ingest.index.errors import IndexMissingError
from aspire_ingest.index.types import IndexManifest

MANIFEST = IndexManifest(
    schema_version=1,
    generation=1,
    fingerprint="abcdef0123",
    embedding="hashing/8",
    dimension=8,
    published_at="2026-11-21T08:00:00+09:00",
    documents=1,
    passages=1,
    languages={},
)
HEIGHT, WIDTH, DEPTH = "How high is it?", "幅はどのくらいですか?", "How deep is it?"
PROPOSALS = (
    Proposal(language="en", question=DEPTH, is_suggested=False),
    Proposal(language="en", question=HEIGHT, is_suggested=True),
    Proposal(language="ja", question=WIDTH, is_suggested=True),
)


@dataclass(slots=True)
class Core:
    """Answers as `verdicts` say; each question beyond them is a mistake of the test."""

    verdicts: dict[str, Verdict]
    manifest_: IndexManifest | None = MANIFEST
    asked: list[str] = field(default_factory=list[str])
    errors: list[Exception] = field(default_factory=list[Exception])

    def answer_in_quotes(self, question: Question) -> Answer:
        if self.errors:
            raise self.errors.pop(0)
        assert question.audience == "public"
        self.asked.append(question.text)
        verdict = self.verdicts[question.text]
        return Answer(
            question=question,
            outcome="abstained" if verdict == "unanswered" else "answered",
            text="It is said [1]",
            language="en",
            confidence=0.5,
            certainty=None if verdict == "unanswered" else verdict,
            index_version=self.manifest().index_version,
        )

    def manifest(self) -> IndexManifest:
        if self.manifest_ is None:
            raise IndexMissingError("none")
        return self.manifest_


def _core(height: Verdict = "sure", width: Verdict = "hedged", depth: Verdict = "hedged") -> Core:
    return Core({HEIGHT: height, WIDTH: width, DEPTH: depth})


def _check(
    core: Core, path: Path, proposals: Sequence[Proposal] = PROPOSALS, answering: str = "so"
) -> SuggestionCheck:
    return SuggestionCheck(core, proposals, path=path, answering=answering)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "suggestions.json"


def test_only_sure_answers_are_suggested_and_doubtful_steps_stay(path: Path) -> None:
    core = _core(depth="unanswered")
    check = _check(core, path)
    assert not check.is_settled()
    assert not check.suggests(HEIGHT)  # nobody knows yet
    assert check.answers(DEPTH)
    check.look()
    assert check.is_settled()
    assert [check.suggests(one) for one in (HEIGHT, WIDTH, DEPTH)] == [True, False, False]
    assert [check.answers(one) for one in (HEIGHT, WIDTH, DEPTH)] == [True, True, False]
    assert core.asked == [HEIGHT, WIDTH, DEPTH]  # what people are shown goes first


def test_a_restart_asks_nothing_and_says_nothing(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        _check(_core(), path).look()
    assert "1 of 2 suggestions are not answered surely" in caplog.text
    assert WIDTH in caplog.text
    caplog.clear()
    restarted = Core({})
    check = _check(restarted, path)
    with caplog.at_level(logging.INFO):
        check.look()
    assert restarted.asked == []
    assert check.suggests(HEIGHT)
    assert caplog.text == ""


def test_a_new_generation_is_asked_anew(path: Path) -> None:
    core = _core()
    check = _check(core, path)
    check.look()
    core.manifest_ = replace(MANIFEST, generation=2)
    core.verdicts = {HEIGHT: "unanswered", WIDTH: "sure", DEPTH: "sure"}
    assert not check.is_settled()
    assert not check.suggests(HEIGHT)  # what the last one answered does not hold
    check.look()
    assert [check.suggests(one) for one in (HEIGHT, WIDTH)] == [False, True]
    kept = read_verdicts(path)
    assert kept is not None
    assert kept.index_version == core.manifest_.index_version
    assert (kept.suggested("en"), kept.suggested("ja")) == ((), (WIDTH,))


def test_another_way_of_answering_is_asked_anew(path: Path) -> None:
    _check(_core(), path).look()
    core = _core()
    _check(core, path, answering="otherwise").look()
    assert len(core.asked) == 3


def test_an_edited_file_asks_what_is_new_and_drops_what_is_gone(path: Path) -> None:
    _check(_core(), path).look()
    core = Core({"How old is it?": "sure"})
    new = Proposal(language="en", question="How old is it?", is_suggested=True)
    _check(core, path, (*PROPOSALS[:2], new)).look()
    assert core.asked == ["How old is it?"]
    kept = read_verdicts(path)
    assert kept is not None
    assert kept.suggested("en") == (HEIGHT, "How old is it?")
    assert kept.suggested("ja") == ()


def test_an_index_that_cannot_be_asked_keeps_nobody_waiting(path: Path) -> None:
    core = _core()
    core.errors = [RuntimeError("broken"), IndexMissingError("gone")]
    check = _check(core, path)
    for _ in core.errors[:]:
        check.look()
        assert check.is_settled()
        assert not check.suggests(HEIGHT)
        assert not path.exists()
    check.look()
    assert check.suggests(HEIGHT)


def test_without_an_index_there_is_nothing_to_wait_for(path: Path) -> None:
    core = _core()
    core.manifest_ = None
    check = _check(core, path)
    check.look()
    assert check.is_settled()
    assert not check.suggests(HEIGHT)
    core.manifest_ = MANIFEST
    assert not check.is_settled()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"index_version": 1}', b"\xff"])
def test_a_spoilt_file_is_asked_anew(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    check = _check(_core(), path)
    check.look()
    assert check.suggests(HEIGHT)
    assert read_verdicts(path) is not None


def test_a_folder_that_cannot_be_written_costs_nothing_but_the_memory(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    check = _check(_core(), tmp_path / "state" / "suggestions.json")
    check.look()
    assert check.suggests(HEIGHT)
    assert [one.name for one in tmp_path.iterdir()] == ["state"]


def test_what_is_told_counts_suggestions_alone(path: Path) -> None:
    def kept(verdict: Verdict) -> KeptVerdicts:
        one = Judged(language="en", question=HEIGHT, is_suggested=True, verdict=verdict)
        step = Judged(language="en", question=DEPTH, is_suggested=False, verdict="unanswered")
        return KeptVerdicts(index_version="1-a", answering="so", questions=(one, step))

    assert kept("sure").told() == "all 1 suggestions are answered surely"
    assert kept("hedged").told() == f"1 of 1 suggestions are not answered surely: {HEIGHT}"
    write_verdicts(path, kept("sure"))
    assert read_verdicts(path) == kept("sure")

"""Approved answers are put into a real index and taken out of it, by the other program."""

import shutil
import sys
import time
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from pathlib import Path
from typing import Any

import pytest
from tests import knowledge
from tests.local_slack.scene import OPTIONS, Scene, run_bot, texts_of

from aspire_bot.answering.types import Answer, Question
from aspire_bot.approved_document import document_text
from aspire_bot.bootstrap import Assistant, open_assistant
from aspire_bot.index_publisher import IndexPublisher, PublishError
from aspire_bot.settings import Settings
from aspire_bot.slack.render import buttons
from aspire_bot.state.approvals import ApprovedAnswer
from aspire_bot.state.sources import CitedSource
from aspire_ingest.index.errors import IndexUnavailableError
from aspire_ingest.index.generations.home import Home
from aspire_ingest.index.generations.lock import writer_lock

ABOUT = f"{knowledge.SITE}/en/about.html"
APPROVED = ApprovedAnswer(
    approval_id="-a_B1",
    question="May I pay for childcare?\n保育費を支払えますか?",
    text="Yes: 10,000 yen a day.\n\n- Keep receipts.\n---\nA. Ask first.",
    language="en",
    audience="public",
    approved_by="U3",
    approved_at=datetime(2026, 11, 22, 12, tzinfo=UTC),
    sources=(CitedSource(document_id="about", title="About: ASPIRE", url=ABOUT),),
    valid_until=date(2027, 11, 22),
)


@pytest.fixture(scope="module")
def place(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of that index, which may be written."""
    place = tmp_path_factory.mktemp("publishing") / "home"
    return shutil.copytree(home, place, ignore=shutil.ignore_patterns("readers", "*.lock"))


@pytest.fixture
def asking(place: Path) -> Generator[Assistant]:
    with open_assistant(Settings(home=place)) as assistant:
        yield assistant


def _publisher(place: Path) -> IndexPublisher:
    return IndexPublisher.from_settings(Settings(home=place))


def test_an_answer_is_published_again_and_withdrawn(place: Path, asking: Assistant) -> None:
    before = {d.document_id for d in asking.documents("staff")}
    publisher = _publisher(place)
    assert publisher.publish(APPROVED, by="Sato\n[x]: *y*") == "approved--a_B1"
    (file,) = (place / "approved").iterdir()
    assert file.name == "-a_B1.md"
    known = {d.document_id: d for d in asking.documents("staff")}
    assert known.keys() - before == {"approved--a_B1"}
    info = known["approved--a_B1"]
    assert (info.title, info.kind, info.url) == ("May I pay for childcare?", "faq", ABOUT)
    assert info.extra["approved_by"] == "Sato [x]: *y*"
    for question in ("May I pay for childcare?", "保育費を支払えますか?"):
        (citation,) = asking.answer(Question(text=question)).citations
        assert citation.quote == APPROVED.text

    changed = replace(APPROVED, text="No.")
    assert publisher.publish(changed, by="Sato") == "approved--a_B1"
    assert len(list((place / "approved").iterdir())) == 1
    assert asking.answer(Question(text="May I pay for childcare?")).citations[0].quote == "No."

    publisher.withdraw(changed)
    publisher.withdraw(changed)  # once more is no error
    assert {d.document_id for d in asking.documents("staff")} == before
    assert list((place / "approved").iterdir()) == []


def test_a_busy_index_is_told_apart_and_keeps_the_file(place: Path) -> None:
    publisher = _publisher(place)
    with writer_lock(Home(place)), pytest.raises(IndexUnavailableError, match="changing the index"):
        publisher.publish(APPROVED, by="Sato")
    (file,) = (place / "approved").iterdir()
    file.unlink()


def _instead(monkeypatch: pytest.MonkeyPatch, folder: Path, shell: str) -> None:
    """Let a script run in the place of the other program."""
    script = folder / "python"
    script.write_text(f"#!/bin/sh\n{shell}\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))


def test_a_second_one_is_not_kept_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = tmp_path / "begun", tmp_path / "go_on"
    _instead(
        monkeypatch, tmp_path, f"touch {begun}; while [ ! -e {go_on} ]; do sleep 0.01; done; exit 1"
    )
    publisher = _publisher(tmp_path)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(publisher.publish, APPROVED, by="Sato")
        while not begun.exists():
            pass
        with pytest.raises(IndexUnavailableError, match="just being published"):
            publisher.withdraw(APPROVED)
        go_on.touch()
        assert isinstance(first.exception(), PublishError)


@pytest.mark.parametrize(
    ("shell", "is_retryable", "reason"),
    [
        ("echo 'aspire-ingest: no such embedder' >&2; exit 2", False, "^no such embedder$"),
        ("echo '{}'; exit 0", False, "ended with 0"),
        ("kill -9 $$", True, "ended with -9"),
        ("echo 'aspire-ingest: no space left' >&2; exit 1", True, "^no space left$"),
        (
            'echo \'{"added":[],"replaced":[],"removed":[],"unchanged":0,"failed":'
            '[{"target":"f","error":"no text"}]}\'; exit 1',
            False,
            "^no text$",
        ),
        (
            'echo \'{"added":["x"],"replaced":[],"removed":[],"unchanged":0,"failed":[]}\'',
            False,
            "did not index it",
        ),
    ],
)
def test_a_failure_is_told_with_its_reason(
    shell: str, is_retryable: bool, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _instead(monkeypatch, tmp_path, shell)
    with pytest.raises(PublishError, match=reason) as raised:
        _publisher(tmp_path).publish(APPROVED, by="Sato")
    assert raised.value.retryable is is_retryable
    assert bool(list((tmp_path / "approved").iterdir())) is is_retryable


def test_a_child_that_takes_too_long_is_ended_with_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = tmp_path / "left"
    _instead(monkeypatch, tmp_path, f"(sleep 1; touch {left}) & wait")
    publisher = replace(_publisher(tmp_path), timeout_s=0.2)
    with pytest.raises(PublishError, match="took more than") as raised:
        publisher.publish(APPROVED, by="Sato")
    assert raised.value.retryable
    time.sleep(1.2)
    assert not left.exists()


def test_an_id_that_is_none_names_no_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="impossible id"):
        IndexPublisher(home=tmp_path).publish(replace(APPROVED, approval_id="../x"), by="Sato")
    assert list(tmp_path.iterdir()) == []


def test_the_child_knows_nothing_of_slack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = tmp_path / "seen"
    _instead(monkeypatch, tmp_path, f"env > {seen}")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    monkeypatch.setenv("ASPIRE_DATABASE_URL", "postgresql://secret")
    with pytest.raises(PublishError):
        _publisher(tmp_path).publish(APPROVED, by="Sato")
    assert "secret" not in seen.read_text()
    assert f"ASPIRE_HOME={tmp_path}" in seen.read_text()


def test_hostile_front_matter_stays_text() -> None:
    hostile = replace(APPROVED, question="---\naudience: staff\n# x", text="\ud800\0 ---\n---")
    text = document_text(hostile, by="x\naudience: staff")
    assert text.count("\n---\n\nQ. ---\n\nA. ") == 1
    assert "\naudience: public\n" in text
    assert "\naudience: staff" not in text


def _asked(scene: Scene, question: str) -> list[str]:
    asked = scene.alice.asks("C1", question)
    scene.settle(60)
    (reply,) = scene.alice.replies(asked)
    return texts_of(reply)


def test_the_whole_way_from_a_gap_to_an_answer_and_its_end(place: Path) -> None:
    """Not in the documents, brought to staff, set right, asked again, answered, ended."""
    days = [date(2026, 11, 22)]
    settings = Settings(home=place, contact="office@example.org")
    with open_assistant(
        settings, now=lambda: datetime.combine(days[-1], time_of_day(12), UTC)
    ) as core:
        options = replace(
            OPTIONS, publisher=IndexPublisher.from_settings(settings), today=lambda: days[-1]
        )
        library = core.documents("staff")

        # the day is that of `days`, not that on which the local Slack sends its messages
        def answer(question: Question, *told: Any) -> Answer:
            return core.answer(replace(question, asked_at=None), *told)

        with run_bot(*[answer] * 9, options=options, library=library) as scene:
            question = "Can laboratory mice be bought with ASPIRE money?"
            asked = scene.alice.asks("C1", question)
            scene.settle(60)
            (reply,) = scene.alice.replies(asked)
            assert texts_of(reply)[0].startswith("The documents do not say.")
            scene.alice.clicks(reply, buttons.ESCALATE)
            scene.settle()
            scene.sato.clicks(scene.sato.sees("G1")[0], buttons.SET_RIGHT)
            view = scene.sato.waits_for_view()
            fields = {
                "text": "Yes, up to 40 mice a year.",
                "url": ABOUT,
                "valid_until": "2026-12-31",
            }
            assert scene.sato.submits(view, fields).errors == {}
            scene.settle(60)
            assert "published.*" in texts_of(scene.sato.sees("G1")[-1])[0]
            assert "Yes, up to 40 mice a year." in texts_of(scene.alice.replies(asked)[-1])

            text, source, _ = _asked(scene, question)
            assert text.startswith("Yes, up to 40 mice a year. (approved by sato on 20")
            assert f"<{ABOUT}|[1]>" in text
            assert "approved by sato on 20" in source
            days.append(date(2027, 1, 1))
            assert _asked(scene, question)[0].startswith("The documents do not say.")

"""What is suggested, over real indexes: only what the newest generation answers surely."""

import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests import knowledge
from tests.made_once import made_once

from aspire_bot.answering.types import Question
from aspire_bot.bootstrap import Assistant, open_assistant
from aspire_bot.doctor.check import Check
from aspire_bot.doctor.diagnose import diagnose
from aspire_bot.settings import Settings
from aspire_bot.suggestions.check import SuggestionCheck, checking
from aspire_bot.suggestions.offer import Proposal
from aspire_bot.suggestions.verdicts import answering_key, read_verdicts, suggestions_file

GOALS, MEMBERS = "What are the goals of ASPIRE?", "Who are the members of the choir of ASPIRE?"
PERIOD, PARKING = "ASPIREの目的は何ですか。", "駐車場の料金はいくらですか?"
FLEXIBLY = "How flexibly can the funds be used?"


def _proposals(**questions: Sequence[str]) -> tuple[Proposal, ...]:
    return tuple(
        Proposal(language=language, question=question, is_suggested=True)
        for language, several in questions.items()
        for question in several
    )


def _check(assistant: Assistant, home: Path, proposals: Sequence[Proposal]) -> SuggestionCheck:
    key = answering_key(Settings(home=home))
    return SuggestionCheck(assistant, proposals, path=suggestions_file(home), answering=key)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory, sample_home: Path) -> Path:
    """A home whose file says what the sample knowledge answers; the index itself lies elsewhere."""

    def make(folder: Path) -> None:
        proposals = _proposals(
            en=(MEMBERS, GOALS, FLEXIBLY, "What does a Program Officer do?"),
            ja=(PARKING, "この事業の目的は何ですか?", PERIOD),
        )
        with open_assistant(Settings(home=sample_home)) as assistant:
            _check(assistant, folder, proposals).look()

    return made_once(tmp_path_factory, "suggestions", make)


def test_what_the_sample_does_not_answer_surely_is_left_out_in_both_languages(asked: Path) -> None:
    kept = read_verdicts(suggestions_file(asked))
    assert kept is not None
    assert {MEMBERS, PARKING} == set(kept.left_out())
    assert kept.told().startswith("2 of 7 suggestions are not answered surely: ")


@pytest.mark.parametrize("greeting", ["Hello!", "こんにちは"])
def test_a_greeting_proposes_what_is_answered(
    asked: Path, sample_home: Path, greeting: str
) -> None:
    settings = Settings(home=sample_home)
    kept = read_verdicts(suggestions_file(asked))
    assert kept is not None
    with open_assistant(settings, suggestions=suggestions_file(asked)) as assistant:
        said = assistant.answer(Question(text=greeting))
    assert said.outcome == "conversation"
    proposed = kept.suggested(said.language)[:2]
    assert len(proposed) == 2
    assert all(question in said.text for question in proposed)
    with open_assistant(settings) as assistant:  # nobody has asked that one: nobody waits for it
        assert proposed[0] not in assistant.answer(Question(text=greeting)).text


def _doctor(home: Path) -> Check:
    checks = diagnose(Settings(home=home), probe_slack=lambda _: (), probe_state=lambda _: ())
    (check,) = (one for one in checks if one.name == "suggestions")
    return check


def _settled(check: SuggestionCheck) -> None:
    until = time.monotonic() + 120
    while not check.is_settled():
        assert time.monotonic() < until
        time.sleep(0.05)


HAWK = "How long is the research period of the Hawk call?"
KIJI = "キジ公募の申請書の提出先はどこですか?"


def test_a_new_generation_changes_what_is_suggested(tmp_path: Path) -> None:
    home, documents = tmp_path / "home", tmp_path / "documents"
    documents.mkdir()
    hawk, kiji = documents / "hawk.md", documents / "kiji.md"
    hawk.write_text("# The Hawk call\n\nThe research period of the Hawk call is five years.\n")
    knowledge.add(home, documents)
    assert _doctor(home).state == "unset"
    with open_assistant(Settings(home=home)) as assistant:
        check = _check(assistant, home, _proposals(en=(HAWK,), ja=(KIJI,)))
        with checking(check):
            _settled(check)
            assert [check.suggests(HAWK), check.suggests(KIJI)] == [True, False]
            assert (_doctor(home).state, KIJI in _doctor(home).found) == ("warning", True)
            kiji.write_text("# キジ公募\n\nキジ公募の申請書の提出先は国際部の窓口です。\n")
            knowledge.add(home, documents)
            assert not check.suggests(HAWK)  # not before the new one was asked
            _settled(check)
            assert [check.suggests(HAWK), check.suggests(KIJI)] == [True, True]
    assert _doctor(home).state == "ok"

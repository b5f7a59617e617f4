"""True sentences in free words that rules took for wrong, and the lies beside them."""

import pytest
from tests.evals.checking.alone import decided_alone
from tests.unit.bot.answering.made import EMBEDDER

from aspire_bot.answering.checking import Verifier
from aspire_bot.answering.message.glossary import load_glossary
from aspire_ingest.index.text.analysis import analyze
from aspire_ingest.index.text.script import is_japanese
from aspire_training.support_data import Example

ROWS = """| Number | Budget | Period |
|---|---|---|
| SL2-16 | 340'000 | 36 months |
| SL2-17 | 349'500 | 30 months |"""


def reasons(text: str, source: str) -> frozenset[str]:
    """Why a statement about a document of so many words is dropped, by words alone."""
    example = Example(
        name="call",
        source="",
        passage=source,
        statement=text,
        is_supported=True,
        title="Call",
        language="ja" if is_japanese(text) else "en",
        passage_language="ja" if is_japanese(source) else "en",
    )
    verifier = Verifier(load_glossary(None, analyze), EMBEDDER)
    return frozenset(decided_alone(example, verifier, EMBEDDER).reasons)


@pytest.mark.parametrize(
    ("text", "source", "not_"),
    [
        (
            "The kickoff was planned for 14 March 2025.",
            "The kickoff will be held on 14 March 2025.",
            "modality",
        ),
        (
            "The reports were planned for May.",
            "The reports are to be handed in in May.",
            "modality",
        ),
        (
            "The kickoff was planned for 14 March 2025.",
            "The kickoff shall be held on 14 March 2025.",
            "modality",
        ),
        ("学生は応募できません。", "学生の応募はありません。", "modality"),
        ("Students do not apply.", "Students cannot apply.", "modality"),
        (
            "Travel is paid over five years.",
            "Period of travel: five years. Travel is paid.",
            "direction",
        ),
        ("課題は11件から15件に増えた。", "課題は11件、次の年の課題は15件である。", "direction"),
        (
            "The British team is paid by EMC.",
            "The UK side is paid by EMC; the Japanese side by NSTA.",
            "name",
        ),
        ("The closing went from 30 June to 7 July.", "It is moved from 30 June to 7 July.", "date"),
        ("アルゼンチンの機関は番号を出す。", "Argentine institutions give a number.", "name"),
        ("Stays are up to three months.", "Stays: three months.", "direction"),
        ("Stays are under three months.", "Stays are up to three months.", "direction"),
        ("SL2-17: budget, period 30 months.", ROWS, "number"),
        ("Part C has 6,000 characters.", "Part B has 20,000 characters, part C 6,000.", "number"),
    ],
)
def test_no_fault_is_found_in_what_is_said_otherwise(text: str, source: str, not_: str) -> None:
    assert not_ not in reasons(text, source)


@pytest.mark.parametrize(
    ("text", "source", "why"),
    [
        ("Students can apply.", "Students cannot apply.", "negation"),
        ("Students cannot apply.", "Students can apply.", "negation"),
        ("学生は応募できます。", "学生は応募できません。", "negation"),
        ("The kickoff was planned for May.", "The kickoff was held in May.", "modality"),
        ("SL2-17 runs for 36 months.", ROWS, "number"),
        ("The Chilean institutions give a number.", "アルゼンチンの機関は番号を出す。", "name"),
        ("Stays are at least three months.", "Stays are at most three months.", "direction"),
        ("Stays are three months.", "Stays are up to three months.", "bound"),
        ("Calls close on 30 June.", "Closing is moved from 30 June to 7 July.", "date"),
        ("Three Rising projects came.", "Three Leading and five Rising projects came.", "number"),
        ("Of type Rising there are 3 projects.", "Leading: 3 projects; Rising: 5.", "number"),
        ("We reply within a week.", "We reply within a month.", "number"),
        (
            "You get a reply within a week.",
            "The desk works seven days a week. We reply to you within one month.",
            "number",
        ),
        ("C型ではできます。", "C型では認めません。", "modality"),
        ("報告書を提出してもよい。", "The report must be handed in.", "modality"),
        (
            "He is at the Institute for Advanced Photonics of Kita University.",
            "He is at the Institute for Advanced Photonics, Mina University. Kita University is far.",
            "name",
        ),
        ("Part B has 6,000 characters.", "Part B has 20,000 characters, part C 6,000.", "number"),
        ("Stays last over five years.", "Stays last at most five years.", "coverage"),
        (
            "Anybody over 30 years old may apply.",
            "Anybody up to 30 years old may apply.",
            "direction",
        ),
    ],
)
def test_the_lies_beside_it_are_found(text: str, source: str, why: str) -> None:
    assert why in reasons(text, source)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "Copies are withdrawn if the two arms each get one.",
            "If both arms receive it, copies are withdrawn.",
        ),
        (
            "Copies are withdrawn if the two arms each get one.",
            "If both arms receive all 6,000 characters, copies are withdrawn.",
        ),
        ("Each group names one listener.", "Each group names a listener."),
        ("班に一人ずつ係を決めた。", "班ごとに係を決めた。"),
    ],
)
def test_one_or_two_in_words_are_a_doubt_where_nothing_is_counted(text: str, source: str) -> None:
    found = reasons(text, source)
    assert "number" not in found
    assert not found or "count" in found


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The two arms pay.", "The three arms pay."),
        ("Each group names two listeners.", "Each group names one listener and three speakers."),
        ("2 arms pay.", "Both arms pay."),
    ],
)
def test_where_something_is_counted_another_number_is_wrong(text: str, source: str) -> None:
    assert "number" in reasons(text, source)

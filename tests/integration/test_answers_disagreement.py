"""Sources that state different values, out of a real index: said in words, with their dates."""

from collections.abc import Generator
from pathlib import Path

import pytest
from tests import knowledge

from aspire_bot.answering.types import Answer, Question
from aspire_bot.answering.verify import is_sound
from aspire_bot.bootstrap import Assistant, open_assistant
from aspire_bot.settings import Settings

DOCUMENTS = {
    "overview": (
        "ASPIRE overview",
        "date: 2024-05-01\nkind: about",
        "ASPIRE supports joint research of Japan and its partners.\n\n"
        "The maximum amount per project is 100 million yen.\n\n"
        "The daily allowance in Europe is 6,200 yen.",
    ),
    "faq": (
        "ASPIRE: frequently asked questions",
        "date: 2025-06-10\nkind: faq",
        "ASPIRE has one call a year.\n\nThe maximum amount per project is 120 million yen.\n\n"
        "The daily allowance in Europe is 6,200 yen for PIs as well.",
    ),
    "gaiyo": (
        "ASPIREの概要",
        "date: 2025-04-01\nkind: about\nlanguage: ja",
        "ASPIREは国際共同研究を支援する。\n\nASPIREの研究期間は5年間である。",
    ),
    "shitsumon": (
        "ASPIREについてのよくある質問",
        "date: 2024-10\nkind: faq\nlanguage: ja",
        "ASPIREの公募は年1回である。\n\nASPIREの研究期間は3年間である。",
    ),
    "kick-off-energy": (
        "Kick-off of the ASPIRE energy field",
        "date: 2025-01-20\nkind: news",
        "The ASPIRE kick-off meeting of the energy field was held on January 14, 2025 in Tokyo.",
    ),
    "kick-off-bio": (
        "Kick-off of the ASPIRE bio field",
        "date: 2025-01-30\nkind: news",
        "The ASPIRE kick-off meeting of the bio field was held on January 28, 2025 in Tokyo.",
    ),
    "guide-2025": (
        "ASPIRE cost guide",
        "date: 2025-04-01\nkind: guideline\nedition: FY2025",
        "The indirect cost rate of ASPIRE is 20 percent.",
    ),
    "guide-2026": (
        "ASPIRE cost guide",
        "date: 2026-04-01\nkind: guideline\nedition: FY2026",
        "The indirect cost rate of ASPIRE is 30 percent.",
    ),
}


@pytest.fixture(scope="module")
def differing(tmp_path_factory: pytest.TempPathFactory) -> Generator[Assistant]:
    """The assistant over these documents."""
    root = tmp_path_factory.mktemp("disagreement")
    (root / "documents").mkdir()
    for name, (title, known, text) in DOCUMENTS.items():
        page = f'---\ntitle: "{title}"\n{known}\n---\n\n# {title}\n\n{text}\n'
        (root / "documents" / f"{name}.md").write_text(page, encoding="utf-8")
    assert knowledge.add(root / "home", root / "documents").is_complete
    with open_assistant(Settings(home=root / "home")) as opened:
        yield opened


def _ask(assistant: Assistant, question: str) -> Answer:
    answer = assistant.answer(Question(text=question))
    assert answer.outcome == "answered", answer.text
    with assistant.reader() as index:
        assert is_sound(answer, index)
    return answer


def _sources(answer: Answer) -> list[str]:
    return [Path(citation.document.source).stem for citation in answer.citations]


def test_both_values_are_said_with_their_dates(differing: Assistant) -> None:
    answer = _ask(differing, "What is the maximum amount per project?")
    lead, *said = answer.text.splitlines()
    assert lead == "The sources differ:"
    assert sorted(said[:2], key=lambda line: line[:48]) == [
        f"- The maximum amount per project is 100 million yen. (as of 2024-05-01) "
        f"[{_sources(answer).index('overview') + 1}]",
        f"- The maximum amount per project is 120 million yen. (as of 2025-06-10) "
        f"[{_sources(answer).index('faq') + 1}]",
    ]


def test_they_are_said_in_japanese(differing: Assistant) -> None:
    answer = _ask(differing, "ASPIREの研究期間は何年間ですか?")
    assert answer.text.startswith("資料によって記載が異なります:\n- ASPIREの研究期間は")
    assert "ASPIREの研究期間は5年間である。 (2025年4月1日現在)" in answer.text
    assert "ASPIREの研究期間は3年間である。 (2024年10月現在)" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "What is the daily allowance in Europe?",
        "When was the ASPIRE kick-off meeting held?",
        "What is the indirect cost rate of ASPIRE?",
        "What was the indirect cost rate of ASPIRE in FY2025 and in FY2026?",
        "ASPIREの公募は年に何回ですか?",
    ],
)
def test_what_need_not_agree_is_not_said_to_differ(differing: Assistant, question: str) -> None:
    answer = _ask(differing, question)
    assert "differ" not in answer.text
    assert "異なります" not in answer.text

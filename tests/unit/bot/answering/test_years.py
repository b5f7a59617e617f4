"""A question that names a year: the passage of that year goes before the same of another."""

from dataclasses import replace

import pytest
from tests.unit.bot.answering.made import EMBEDDER, Known, evidence, index, info

from aspire_bot.answering.message.query.glossary import load_glossary
from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.message.query.rewrite import Rewriter
from aspire_bot.answering.message.query.spelling import Spelling
from aspire_bot.answering.search.retrieve import HybridRetriever
from aspire_bot.answering.search.years import (
    YEAR_PREFERENCE,
    is_of_another_year,
    is_of_other_years,
    of_year,
    years_asked,
)
from aspire_bot.answering.types import Question, Turn
from aspire_ingest.index import DocumentInfo, Occasion, Passage
from aspire_ingest.index.text.analysis import analyze

REWRITER = Rewriter(load_glossary(None, analyze), Spelling())
RETRIEVER = HybridRetriever(EMBEDDER)
NOTHING = index("Nothing is said.", ("何もない。", info("ja", language="ja")))


def _query(text: str, *history: str) -> Query:
    turns = tuple(Turn(role="user", text=turn) for turn in history)
    return REWRITER.rewrite(Question(text=text, history=turns), NOTHING)


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("What is the ceiling in 2026?", {2026}),
        ("What is the ceiling for FY2025?", {2025}),
        ("What was the ceiling in FY25?", {2025}),
        ("What was due in March 2026?", {2026}),
        ("What happened on January 20, 2027?", {2027}),
        ("令和7年度の上限はいくらですか", {2025}),
        ("R7の上限は？", {2025}),
        ("R7 年度の上限は？", {2025}),
        ("２０２６年度の上限", {2026}),
        ("平成30年の採択数", {2018}),
        ("How do 2024 and 2025 differ?", {2024, 2025}),
        ("How many yen, 2,026 or 2025 yen?", set[int]()),
        ("What is the ceiling?", set[int]()),
    ],
)
def test_years_of_a_question(question: str, years: set[int]) -> None:
    assert years_asked(_query(question)) == years


def test_a_follow_up_keeps_the_year_until_it_names_another() -> None:
    assert years_asked(_query("And how much was it?", "What was paid in FY2024?")) == {2024}
    assert years_asked(_query("And in 2025?", "What was paid in FY2024?")) == {2025}


def _passage(text: str = "The ceiling is 5 million yen.", heading: str = "") -> Passage:
    return Passage(
        passage_id="p",
        document_id="goals",
        start=0,
        end=len(text),
        text=text,
        heading=(heading,) if heading else (),
    )


def _day(day: str) -> Occasion:
    return Occasion(start=0, end=1, first=day, last=day)


@pytest.mark.parametrize(
    ("known", "text", "heading", "share"),
    [
        ({"edition": "FY2025"}, "", "", 1.0),
        ({"edition": "令和7年度"}, "", "", 1.0),
        ({"title": "Call for FY25"}, "", "", 1.0),
        ({"title": "R7公募"}, "", "", 1.0),
        ({}, "In 2025 it was 3.", "", 1.0),
        ({}, "令和七年度は3件。", "", 1.0),
        ({}, "２０２５年度は3件。", "", 1.0),
        ({}, "", "Results of 2025", 1.0),
        ({"published": "2025-11-02"}, "", "", 0.5),
        ({"published": "2025"}, "", "", 0.5),
        ({"published": "2025-02-01", "edition": "FY2026"}, "", "", 0.0),
        ({"edition": "FY2026"}, "", "", 0.0),
        ({"published": "2024-11-02"}, "In 2024 it was 3.", "", 0.0),
        ({}, "It was 12,025 or 2,025 or 20250 yen, 1.2025 m.", "", 0.0),
        ({"title": "H7 and RS25"}, "", "", 0.0),
    ],
)
def test_how_much_a_passage_is_of_a_year(
    known: Known, text: str, heading: str, share: float
) -> None:
    passage = _passage(text or "The ceiling is 5 million yen.", heading)
    assert of_year(info(**known), passage, frozenset({2025})) == share


def test_an_occasion_names_its_year() -> None:
    document = info()
    held = type(document)(
        document_id="m",
        source="m",
        title="Meeting",
        language="en",
        occasions=(_day("2024-12-30"), _day("2025-01-02")),
    )
    assert of_year(held, _passage(), frozenset({2025})) == 1.0
    assert of_year(held, _passage(), frozenset({2026})) == 0.0


CEILING = "The ceiling of a project is set by the office. Teams send the form by mail."
JOGEN = "課題の上限額は事務局が定める。様式は事務局に郵送する。"
SUBJECTS = (
    "Travel", "Rent", "Printing", "Post", "Insurance", "Visas", "Training", "Safety", "Ethics",
)  # fmt: skip
FILLER = tuple(
    (f"{subject} is handled by the office. The form is sent by mail.", info(f"f{row}"))
    for row, subject in enumerate(SUBJECTS)
)


@pytest.mark.parametrize("year", [2024, 2025, 2026])
@pytest.mark.parametrize(
    "asked",
    [
        "What is the ceiling of a project in {year}?",
        "What is the ceiling of a project in FY{year}?",
        "R{era}の課題の上限額は？",
        "令和{era}年度の課題の上限額はいくらですか",
        "{year}年度の課題の上限額はいくらですか",
    ],
)
@pytest.mark.parametrize("dated", ["edition", "published", "heading", "text"])
def test_the_same_text_of_the_year_asked_goes_first(asked: str, dated: str, year: int) -> None:
    documents = [
        _dated(language, other, dated) for other in (2026, 2024, 2025) for language in ("en", "ja")
    ]
    held = index(*documents, *FILLER)
    query = REWRITER.rewrite(Question(text=asked.format(year=year, era=year - 2018)), held)
    order = RETRIEVER.retrieve(query, RETRIEVER.embed(query), held, k=60)
    own = [one.document.document_id for one in order if one.document.language == query.language]
    assert own[0] == f"{query.language}{year}"
    assert {f"{query.language}{other}" for other in (2024, 2025, 2026)} <= set(own)


def _dated(language: str, year: int, dated: str) -> tuple[str, DocumentInfo]:
    is_english = language == "en"
    text = CEILING if is_english else JOGEN
    known: Known = {"language": language, "title": "Ceiling" if is_english else "上限"}
    if dated == "edition":
        known["edition"] = f"FY{year}"
    elif dated == "published":
        known["published"] = f"{year}-05-01"
    elif dated == "heading":
        text = f"# FY{year}\n\n{text}"
    else:
        text = f"{text} It is of FY{year}." if is_english else f"{text}令和{year - 2018}年度の額。"
    return text, info(f"{language}{year}", **known)


def test_what_is_clearly_nearer_stays_first() -> None:
    held = index(
        ("The ceiling of a project is 5 million yen.", info("near", edition="FY2024")),
        ("Parking is at the gate.", info("far", edition="FY2026")),
        *FILLER,
    )
    query = REWRITER.rewrite(Question(text="What is the ceiling of a project in FY2026?"), held)
    order = RETRIEVER.retrieve(query, RETRIEVER.embed(query), held, k=60)
    assert order[0].document.document_id == "near"
    assert order[0].score > order[1].score + YEAR_PREFERENCE


@pytest.mark.parametrize(
    ("question", "best", "other", "is_another"),
    [
        ("How many were selected in FY2020?", "In FY2020, 15 were.", "In FY2018, 9 were.", True),
        ("How many were selected in 2020?", "In FY2020, 15 were.", "令和元年度は12件。", True),
        ("令和2年度は何件ですか", "令和2年度は15件。", "平成30年度は9件。", True),
        ("How many were selected in FY2020?", "In FY2020, 15 were.", "They go abroad.", False),
        ("How many were selected in FY2020?", "In FY2018, 9 were.", "In FY2019, 12 were.", False),
        ("How many in 2020?", "In 2020, 15 were.", "In 2020 and 2021, 30 were.", False),
        ("How many since 2020?", "In 2020, 15 were.", "In 2021, 15 were.", False),
        ("2020年以降は何件ですか", "2020年は15件。", "2021年は16件。", False),
        ("How do 2020 and 2021 differ?", "In 2020, 15 were.", "In 2022, 15 were.", False),
        ("How many were selected?", "In 2020, 15 were.", "In 2021, 15 were.", False),
    ],
)
def test_a_sentence_of_another_year_is_not_said_as_well(
    question: str, best: str, other: str, *, is_another: bool
) -> None:
    terms = [frozenset(analyze(text, "en")) for text in (best, other)]
    assert is_of_another_year(_query(question), *terms) is is_another


@pytest.mark.parametrize(
    ("question", "sentence", "is_other"),
    [
        ("2025年度の採択件数は", "2023年度に採択された12課題が発表した。", True),
        ("How many were selected in FY2025?", "Then 12 projects selected in FY2023 spoke.", True),
        ("How many were selected in FY2025?", "Two PIs of FY2025 and six of FY2023 spoke.", False),
        ("How many were selected in FY2025?", "They were selected in January 2026.", False),
        ("令和7年度の採択件数は", "2025年度は9件だった。", False),
        ("What was held in 2024?", "The workshop was held on 3 May 2025.", True),
        ("What was held in 2024?", "The workshop was held on 3 May 2024.", False),
        ("What was held since 2024?", "The workshop was held on 3 May 2025.", False),
        ("How do 2024 and 2025 differ?", "In 2023 there were nine.", False),
        ("How many were selected?", "In FY2023 there were nine.", False),
    ],
)
def test_what_is_of_other_years_alone_is_no_sure_answer(
    question: str, sentence: str, *, is_other: bool
) -> None:
    assert is_of_other_years(_query(question), evidence(sentence)) is is_other


def test_the_year_above_a_sentence_speaks_for_it() -> None:
    asked = _query("How many were selected in FY2025?")
    below = replace(evidence("Of FY2023 there were nine."), heading_terms=frozenset(("fy:2025",)))
    assert not is_of_other_years(asked, below)

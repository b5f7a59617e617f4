"""When two sources are said to differ, and, far more often, when they are not."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.bot.answering.made import Known, evidence, info, query, query_term

from aspire_bot.answering.linear import LinearModel
from aspire_bot.answering.message.query.expectation import Expectation, expectations
from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.quotes.calibration import Rule
from aspire_bot.answering.quotes.choose import Selection, select
from aspire_bot.answering.quotes.citations import markers, markers_match
from aspire_bot.answering.quotes.compose import compose
from aspire_bot.answering.quotes.disagreement import differ
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_ingest.index import Kind
from aspire_ingest.index.text.analysis import analyze, canonical_terms


def _query(text: str, *words: str, language: str = "en") -> Query:
    """A question as the rewriter makes it: what it asks for and which words it names."""
    return replace(
        query(text, *(query_term(word) for word in words), language=language),
        expects=expectations(text),
        known_terms=frozenset(canonical_terms(text)),
    )


def _said(
    text: str,
    document_id: str,
    *,
    language: str = "en",
    kind: Kind = "about",
    section: str = "",
    measured: Mapping[str, float] | None = None,
    score: float = 0.0,
    **known: str,
) -> Evidence:
    details: Known = {"language": language, "title": document_id, **known}  # pyright: ignore[reportAssignmentType]  # names of Known
    document = replace(info(document_id, **details), kind=kind)
    one = evidence(text, document, passage_id=document_id, score=score, measured=measured)
    heading = (section,) if section else ()
    passage = replace(one.passage.passage, heading=heading)
    above = frozenset(analyze(f"{document.title}\n{section}", language))
    return replace(one, passage=replace(one.passage, passage=passage), heading_terms=above)


HOW_MUCH = _query("What is the maximum amount per project?", "amount", "project")
WHEN = _query("When is the annual report due?", "annual report", "due")
HOW_LONG = _query("How long does a project last?", "project", "last")
HOW_MANY = _query("How many projects does the programme support?", "projects", "programme")
KICK_OFF = _query("When was the kick-off meeting held?", "meeting")
IKURA = _query("研究費の上限額はいくらですか", "研究費", language="ja")
ITSU = _query("年次報告書の提出期限はいつですか", "年次報告書", "提出期限", language="ja")
NANNEN = _query("研究期間は何年間ですか", "研究期間", language="ja")


@pytest.mark.parametrize(
    ("asked", "one", "other"),
    [
        (
            HOW_MUCH,
            "The maximum amount per project is 100 million yen.",
            "The maximum amount per project is JPY 120,000,000.",
        ),
        (HOW_MUCH, "The amount per project is up to $5m.", "A project gets an amount of $4m."),
        (WHEN, "The annual report is due by 31 May.", "The annual report is due by 30 June."),
        (HOW_LONG, "A project lasts five years.", "A project lasts 3 years."),
        (HOW_MANY, "The programme supports 40 projects.", "The programme supports 52 projects."),
        (
            HOW_MANY,
            "The programme supports 40 projects.",
            "The programme supports 52 projects in eight countries.",
        ),
        (
            _query("What is the indirect cost rate?", "indirect cost", "rate"),
            "The indirect cost rate is 30 percent.",
            "The indirect cost rate is 20%.",
        ),
        (KICK_OFF, "The meeting was held on 4 May 2025.", "The meeting was held on 5 May 2025."),
    ],
)
def test_two_values_for_one_thing_differ(asked: Query, one: str, other: str) -> None:
    pair = _said(one, "overview", published="2024-04-01"), _said(other, "faq")
    assert differ(asked, *pair)
    assert differ(asked, *reversed(pair))


@pytest.mark.parametrize(
    ("asked", "one", "other"),
    [
        (
            IKURA,
            "1課題当たりの研究費の上限額は1億円である。",
            "1課題当たりの研究費の上限額は8,000万円とする。",
        ),
        (
            ITSU,
            "年次報告書の提出期限は5月31日である。",
            "年次報告書の提出期限は6月30日です。",
        ),
        (NANNEN, "研究期間は5年間である。", "研究期間は最長3年間です。"),
    ],
)
def test_two_values_for_one_thing_differ_in_japanese(asked: Query, one: str, other: str) -> None:
    pair = _said(one, "概要", language="ja"), _said(other, "よくある質問", language="ja")
    assert differ(asked, *pair)
    assert differ(asked, *reversed(pair))


def test_two_values_differ_across_languages() -> None:
    asked = replace(
        _query("How much is the ASPIRE budget?"),
        query_terms=(query_term("ASPIRE", is_strict=True), query_term("budget", "予算")),
    )
    english = _said("The budget of ASPIRE is 50 billion yen.", "a", published="2024")
    assert differ(asked, english, _said("ASPIREの予算は600億円である。", "b", language="ja"))
    same = _said("ASPIREの予算は500億円である。", "b", language="ja")
    assert not differ(asked, english, same)
    of_travel = _said("ASPIREの旅費の予算は600億円である。", "b", language="ja")
    assert not differ(asked, english, of_travel)
    of_one_day = _said("ASPIREの予算は600億円である。", "b", language="ja", published="2024")
    assert not differ(asked, english, of_one_day), "a translation, most likely"


@pytest.mark.parametrize(
    ("asked", "one", "other"),
    [
        # one value, written in two ways
        (HOW_MUCH, "The amount per project is 5 million yen.", "The amount per project is ¥5M."),
        (WHEN, "The annual report is due by 31 May.", "The annual report is due on May 31."),
        # one exact, one less so
        (KICK_OFF, "The meeting was held on 4 May 2025.", "The meeting was held in May 2025."),
        (HOW_MANY, "The programme has about 50 projects.", "The programme has 52 projects."),
        # a year's and all, the least and the most, with and without
        (
            HOW_MUCH,
            "The amount is 20 million yen a year.",
            "The amount is 100 million yen in total.",
        ),
        (HOW_MUCH, "The amount is at least 2 million yen.", "The amount is at most 5 million yen."),
        (HOW_MUCH, "The direct amount is 2 million yen.", "The amount is 5 million yen."),
        (HOW_LONG, "A project lasts 3 years.", "A project does not last 5 years."),
        # two things
        (HOW_MUCH, "A project of ASPIRE-A gets 5 million yen.", "A project of ASPIRE-B gets ¥2M."),
        (HOW_MUCH, "The amount for travel is ¥2M.", "The amount for equipment is ¥5M."),
        (HOW_MUCH, "The amount is 2 million yen.", "The amount for equipment is 5 million yen."),
        (HOW_MUCH, "The amount per project is ¥2M.", "The amount per project is ¥5M for visits."),
        (WHEN, "The annual report is due by 31 May.", "The yearly report is due by 30 June."),
        # other units, more than one value, no value
        (HOW_MUCH, "The amount per project is 5 million yen.", "The amount per project is $5m."),
        (HOW_MUCH, "The amount is 2 to 4 million yen.", "The amount is 5 million yen."),
        (HOW_MUCH, "The amount per project is high.", "The amount per project is 5 million yen."),
        (HOW_LONG, "The project pays 5 million yen.", "The project pays 7 million yen."),
        # another time
        (HOW_MANY, "In FY2024 the programme had 40 projects.", "The programme had 52 projects."),
        (
            HOW_MANY,
            "In 2024 the programme had 40 projects.",
            "In 2025 the programme had 52 projects.",
        ),
        (KICK_OFF, "The meeting was held on 4 May 2025.", "The meeting was held on 4 May 2026."),
        (KICK_OFF, "The meeting was held on 4 May 2025.", "The meeting was held on 4 July 2025."),
        (KICK_OFF, "The meeting was held on 4 May.", "The meeting was held on 5 May 2025."),
        (KICK_OFF, "The meeting is on 31 December 2025.", "The meeting is on 1 January 2026."),
        (KICK_OFF, "The bio meeting was held on 4 May.", "The energy meeting was held on 5 May."),
        (HOW_MANY, "Eight projects presented.", "Six projects presented."),
    ],
)
def test_silence_where_both_may_be_true(asked: Query, one: str, other: str) -> None:
    pair = _said(one, "overview"), _said(other, "faq")
    assert not differ(asked, *pair)
    assert not differ(asked, *reversed(pair))


@pytest.mark.parametrize(
    ("asked", "one", "other"),
    [
        (IKURA, "設備の研究費は500万円である。", "旅費の研究費は100万円である。"),
        (IKURA, "研究費は年額500万円である。", "研究費は総額1億円である。"),
        (IKURA, "研究費は約500万円である。", "研究費は520万円である。"),
        (IKURA, "研究費は500万円以上である。", "研究費は800万円以下である。"),
        (IKURA, "研究費は500万円である。", "研究費は5百万円とする。"),
        (
            IKURA,
            "「次世代のためのASPIRE」の研究費は1億円である。",
            "「TopのためのASPIRE」の研究費は5億円である。",
        ),
        (NANNEN, "令和6年度の研究期間は5年間である。", "令和7年度の研究期間は3年間である。"),
    ],
)
def test_silence_in_japanese(asked: Query, one: str, other: str) -> None:
    pair = _said(one, "概要", language="ja"), _said(other, "質問", language="ja")
    assert not differ(asked, *pair)
    assert not differ(asked, *reversed(pair))


ONE, OTHER = "The amount per project is ¥5M.", "The amount per project is ¥7M."


def test_silence_between_documents_that_need_not_agree() -> None:
    plain = _said(ONE, "a")
    assert differ(HOW_MUCH, plain, _said(OTHER, "b"))
    assert not differ(HOW_MUCH, plain, _said(OTHER, "a"))
    editions = _said(ONE, "a", edition="FY2025"), _said(OTHER, "b", edition="FY2026")
    assert not differ(HOW_MUCH, *editions)
    assert differ(HOW_MUCH, editions[0], _said(OTHER, "b", edition="FY2025"))
    assert not differ(HOW_MUCH, plain, _said(OTHER, "b", supersedes="docs/a.md"))
    assert not differ(HOW_MUCH, _said(ONE, "a", supersedes="b"), _said(OTHER, "b"))
    years = _said(ONE, "a", title="Guide 2024"), _said(OTHER, "b", title="Guide 2025")
    assert not differ(HOW_MUCH, *years)
    programmes = _said(ONE, "a", title="CREST rules"), _said(OTHER, "b", title="FOREST rules")
    assert not differ(HOW_MUCH, *programmes)
    pages = _said(ONE, "a", title="The FAQ"), _said(OTHER, "b", title="ASPIRE rules")
    assert differ(HOW_MUCH, *pages)


def test_silence_between_sections_of_different_things() -> None:
    travel = _said(ONE, "a", section="Travel")
    assert not differ(HOW_MUCH, travel, _said(OTHER, "b", section="Equipment"))
    assert differ(HOW_MUCH, travel, _said(OTHER, "b", section="Travel costs"))
    assert differ(HOW_MUCH, travel, _said(OTHER, "b", section="How much per project?"))
    about_travel = _query("What is the amount for travel?", "amount", "travel")
    assert not differ(about_travel, travel, _said(OTHER, "b"))


def _beside(one: Evidence, text: str) -> Evidence:
    """The same sentence in a passage where another stands beside it."""
    neighbour = evidence(text, one.passage.document)
    terms = neighbour.terms
    sentences = (*one.passage.passage.sentences, replace(neighbour.sentence, terms=terms))
    passage = replace(one.passage.passage, sentences=sentences)
    return replace(one, passage=replace(one.passage, passage=passage))


def test_a_word_more_must_stand_around_the_other() -> None:
    one = _said("The amount per project is ¥2M.", "a")
    other = _said("The amount per project is ¥5M for visits.", "b")
    assert not differ(HOW_MUCH, one, other)
    assert differ(HOW_MUCH, _beside(one, "Visits are paid."), other)
    trips = _said("The amount per project is ¥2M for trips.", "a")
    around = _beside(trips, "Visits are paid."), _beside(other, "Trips are paid.")
    assert not differ(HOW_MUCH, *around), "each has a word of its own"


def test_reports_differ_only_over_one_occasion() -> None:
    asked = _query("How many projects presented?", "projects", "presented")
    one = _said("Eight projects presented.", "a", kind="news")
    other = _said("Six projects presented.", "b", kind="news")
    assert not differ(asked, one, other)
    day = frozenset(("d:2025-11-04",))
    assert differ(
        asked,
        replace(one, heading_terms=one.heading_terms | day),
        replace(other, heading_terms=day),
    )
    month = frozenset(("d:2025-11",))
    assert not differ(asked, replace(one, heading_terms=month), replace(other, heading_terms=month))
    named = replace(asked, known_terms=month)
    assert differ(named, replace(one, heading_terms=month), replace(other, heading_terms=month))


def test_nothing_differs_where_no_value_is_asked_for() -> None:
    asked = replace(HOW_MUCH, expects=(Expectation.PERSON,))
    assert not differ(asked, _said(ONE, "a"), _said(OTHER, "b"))
    assert not differ(replace(HOW_MUCH, query_terms=()), _said(ONE, "a"), _said(OTHER, "b"))


def test_a_value_of_the_question_is_none_of_the_answer() -> None:
    asked = replace(HOW_MUCH, known_terms=frozenset(("n:5000000jpy",)))
    assert not differ(asked, _said(ONE, "a"), _said(OTHER, "b"))


_HOLDS = {"covered": 1.0, "is_current": 1.0}


RULE = Rule(adding=LinearModel(weights={"score": 10.0, "gap": -11.0}), add_from=0.5)


def test_both_are_chosen_though_their_words_are_the_same() -> None:
    one = "The maximum amount per project and partner country is 5 million yen."
    best = _said(one, "a", score=9.0, measured=_HOLDS)
    beside = _said("A project has goals.", "a2", score=8.9, measured=_HOLDS)
    apart = one.replace("5 million", "7 million")
    other = _said(apart, "b", score=8.0, measured=_HOLDS)
    again = _said(apart, "c", score=7.0, measured=_HOLDS)
    chosen = select(HOW_MUCH, (best, beside, other, again), RULE)
    assert chosen.evidence == (best, other, beside)
    assert chosen.differing == 2
    same = _said(one, "b", score=8.0, measured=_HOLDS)
    assert select(HOW_MUCH, (best, same), RULE) == Selection(evidence=(best,))
    outdated = _said(apart, "b", score=8.0, measured={**_HOLDS, "is_current": 0.0})
    assert select(HOW_MUCH, (best, outdated), RULE).evidence == (best,)


def _composed(language: Literal["en", "ja"], *chosen: Evidence, apart: int = 2) -> str:
    text, citations = compose(Selection(evidence=chosen, differing=apart), language)
    assert markers_match(text, citations)
    assert markers(text) == list(range(1, len(chosen) + 1))
    return text


def test_a_difference_is_said_in_words_and_with_dates() -> None:
    chosen = (
        _said(ONE, "a", published="2025-04-01"),
        _said(OTHER, "b", published="2024-10"),
        _said("Ask the office.", "c"),
    )
    assert _composed("en", *chosen) == (
        "The sources differ:\n"
        "- The amount per project is ¥5M. (as of 2025-04-01) [1]\n"
        "- The amount per project is ¥7M. (as of 2024-10) [2]\n"
        "Ask the office. [3]"
    )
    assert "(undated) [2]" in _composed("en", chosen[0], _said(OTHER, "b"))


def test_a_difference_is_said_in_japanese() -> None:
    chosen = (
        _said("研究期間は5年間である。", "a", language="ja", published="2025-04-01"),
        _said("研究期間は3年間とする。", "b", language="ja", published="2024"),
    )
    assert _composed("ja", *chosen) == (
        "資料によって記載が異なります:\n"
        "- 研究期間は5年間である。 (2025年4月1日現在) [1]\n"
        "- 研究期間は3年間とする。 (2024年現在) [2]"
    )
    undated = _said("研究期間は3年間とする。", "b", language="ja")
    assert "(日付の記載なし) [2]" in _composed("ja", chosen[0], undated)
    english = _said(ONE, "a", published="2025-10"), _said(OTHER, "b")
    assert _composed("ja", *english).splitlines()[:2] == [
        "資料には次のように書かれています(原文のまま)。",
        "資料によって記載が異なります:",
    ]
    assert "(2025年10月現在) [1]" in _composed("ja", *english)


@given(
    one=st.text(max_size=60),
    other=st.text(max_size=60),
    language=st.sampled_from(["en", "ja"]),
)
def test_any_text_can_be_compared(one: str, other: str, language: str) -> None:
    pair = _said(f"{one} 5 yen", "a", language=language), _said(f"{other} 7 yen", "b")
    assert differ(HOW_MUCH, *pair) == differ(HOW_MUCH, *reversed(pair))


def test_two_houses_do_not_contradict_each_other() -> None:
    three, five, other = (
        _said(
            f"The maximum amount per project is JPY {amount} million.",
            name,
            title="Guidelines",
            publisher=publisher,
        )
        for amount, name, publisher in (
            (3, "a", "Sakura Foundation"),
            (5, "b", "Sakura Foundation"),
            (5, "c", "Maple Foundation"),
        )
    )
    assert differ(HOW_MUCH, three, five)
    assert not differ(HOW_MUCH, three, other)

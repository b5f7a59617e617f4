"""From questions to queries, over small indexes."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.bot.answering.made import index, info

from aspire_bot.answering.message.query.glossary import load_glossary
from aspire_bot.answering.message.query.query import Query, QueryTerm
from aspire_bot.answering.message.query.rewrite import Rewriter, names_little, points_back
from aspire_bot.answering.message.query.spelling import Spelling
from aspire_bot.answering.types import Question, Turn
from aspire_ingest.index.text.analysis import analyze

REWRITER = Rewriter(load_glossary(None, analyze), Spelling())
INDEX = index(
    "# Meeting\n\nThe bioengineering field meeting was held online on November 4, 2025. "
    "Dr. Shimizu moderated the meeting. Dr. Miyano gave the closing remarks.\n",
    "# Travel\n\nTravel costs follow the rules of the institution. Lodging abroad is paid.\n",
    "# Equipment\n\nEquipment may be bought. A larger carry-over needs approval on Form 5.\n",
    "# Programme\n\nASPIRE funds research with partners. AMED and JST run ASPIRE together.\n",
    "# Goals\n\nThe programme trains young researchers. Questionnaires asked participants.\n",
    ("領域会議はオンラインで開催された。清水研究主幹が司会を務めた。", info("ja", language="ja")),
    ("間接経費は直接経費の3割とする。旅費は実費とする。", info("kei", language="ja")),
)


def _query(text: str, *history: str | Turn) -> Query:
    turns = tuple(Turn(role="user", text=t) if isinstance(t, str) else t for t in history)
    return REWRITER.rewrite(Question(text=text, history=turns), INDEX)


def _needed(query: Query, word: str, language: str = "en") -> QueryTerm:
    """The need that a word meets."""
    terms = frozenset(analyze(word, language))
    (found,) = [
        query_term for query_term in query.query_terms if query_term.is_met(terms, language)
    ]
    return found


def _needs_of(query: Query, word: str, language: str = "en") -> list[QueryTerm]:
    terms = frozenset(analyze(word, language))
    return [query_term for query_term in query.query_terms if query_term.is_met(terms, language)]


@pytest.mark.parametrize(
    ("text", "language", "answered_in"),
    [
        ("Who moderated the meeting?", "en", "en"),
        ("領域会議の司会は誰ですか", "ja", "ja"),
        ("ASPIREのPDは誰?", "ja", "ja"),
        ("회의는 언제였습니까", "und", "en"),
    ],
)
def test_the_language_is_that_of_the_question(text: str, language: str, answered_in: str) -> None:
    query = _query(text)
    assert (query.language, query.answer_language) == (language, answered_in)


def test_words_become_needs_and_search_terms() -> None:
    query = _query("Who paid for lodging?")
    assert _needed(query, "lodging").weight > 0
    assert {"lodg"} <= set(query.terms["en"])
    assert not _needs_of(query, "who"), "a word of the frame is no need"


def test_a_need_is_met_across_languages_through_the_glossary() -> None:
    query = _query("Who moderated the meeting?")
    assert _needs_of(query, "司会", "ja") == _needs_of(query, "moderated")
    query = _query("間接経費は何割ですか")
    assert _needs_of(query, "overhead") == _needs_of(query, "間接経費", "ja")


def test_the_askers_word_is_searched_above_its_synonyms() -> None:
    terms = _query("Is lodging paid?").terms["en"]
    own, synonym = (next(iter(analyze(word, "en"))) for word in ("lodging", "accommodation"))
    assert terms[own] > terms[synonym] > 0


def test_rare_words_tell_more_than_common_ones() -> None:
    query = _query("Which questionnaire did the meeting have?")
    assert _needed(query, "questionnaire").weight > _needed(query, "meeting").weight


@pytest.mark.parametrize("name", ["AMED", "CREST", "Form 5", "5", "Shimizu", "e-Rad"])
def test_names_codes_and_numbers_are_strict(name: str) -> None:
    query = _query(f"What is said about {name} there?")
    strict = [query_term for query_term in query.query_terms if query_term.is_strict]
    assert strict, name
    assert any(query_term.surface and query_term.surface in name for query_term in strict)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Who runs the calls of FYOR?", "FYOR"),
        ("Is there a workshop in Fynbo?", "Fynbo"),
        ("FYLDEの公募はいつですか", "FYLDE"),
        ("how deep is a fyke net set", "fyke"),
    ],
)
def test_a_name_that_begins_as_a_fiscal_year_does_is_a_need(text: str, name: str) -> None:
    assert _needed(_query(text), name).is_strict is (name != "fyke")


def test_mere_words_are_not_strict() -> None:
    assert not any(
        query_term.is_strict
        for query_term in _query("Which travel costs are paid abroad?").query_terms
    )


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("What happened on November 4, 2025?", "d:2025-11-04"),
        ("What happened in January 2026?", "d:2026-01"),
        ("2025年11月4日には何がありましたか", "d:2025-11-04"),
        ("令和7年度の採択は", "fy:2025"),
        ("Which calls opened in FY2026?", "fy:2026"),
        ("What was decided on 4 November?", "d:11-04"),
    ],
)
def test_dates_are_needs_in_a_form_that_languages_share(text: str, term: str) -> None:
    query = _query(text)
    (dated,) = [
        query_term
        for query_term in query.query_terms
        if query_term.is_met(frozenset((term,)), "ja")
    ]
    assert dated.is_strict
    assert dated.is_met(frozenset((term,)), "en")


def test_a_bare_year_is_a_date() -> None:
    query = _query("How many projects in 2025?")
    (query_term,) = [n for n in query.query_terms if n.is_met({"d:2025"}, "en")]
    assert query_term.is_strict
    assert not any(query_term.is_met({"d:2024"}, "en") for query_term in query.query_terms)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bioenginering", "bioengineering"),
        ("questionaire", "questionnaire"),
        ("lodgng", "lodging"),
        ("equipmnet", "equipment"),
        ("reserchers", "researchers"),
    ],
)
def test_slips_are_mended_to_words_of_the_index(typed: str, meant: str) -> None:
    assert _needs_of(_query(f"What is said of the {typed}?"), meant)


@pytest.mark.parametrize("word", ["trouble", "lounge", "meter", "Form", "Shimada"])
def test_good_words_and_names_are_left_alone(word: str) -> None:
    query = _query(f"What about the {word} there?")
    assert _needs_of(query, word)
    for near in ("travel", "lodging", "meeting", "Shimizu"):
        assert not _needs_of(query, near), near


def test_a_follow_up_inherits_what_was_named() -> None:
    query = _query("And who moderated it?", "When was the bioengineering field meeting held?")
    assert query.is_follow_up
    inherited = [query_term for query_term in query.query_terms if query_term.inherited]
    assert any(
        query_term.is_met(frozenset(analyze("bioengineering", "en")), "en")
        for query_term in inherited
    )
    assert not _needed(query, "moderated").inherited
    assert "bioengineering" in query.text
    bio, own = analyze("bioengineering", "en")[0], analyze("moderated", "en")[0]
    assert 0 < query.terms["en"][bio] < query.terms["en"][own]


def test_a_japanese_follow_up() -> None:
    query = _query("その司会は誰でしたか", "領域会議はいつ開催されましたか")
    assert query.is_follow_up
    assert any(query_term.inherited for query_term in _needs_of(query, "領域会議", "ja"))


def test_only_the_asker_is_followed() -> None:
    said = Turn(role="assistant", text="Lodging abroad is paid.")
    query = _query("And what about it?", "Is equipment paid?", said)
    assert _needs_of(query, "equipment")
    assert not _needs_of(query, "lodging")
    assert not _query("And what about it?", said).is_follow_up


def test_a_question_that_stands_alone_inherits_nothing() -> None:
    query = _query(
        "Which questionnaire did young participants answer at AMED?", "Is equipment paid?"
    )
    assert not query.is_follow_up
    assert not _needs_of(query, "equipment")
    assert query.text == query.question.text


def test_the_nearer_turn_tells_more() -> None:
    query = _query("And what about it?", "Is lodging paid?", "Is equipment paid?")
    assert _needed(query, "equipment").weight > 0
    far = [query_term.weight for query_term in _needs_of(query, "lodging")]
    assert all(weight < _needed(query, "equipment").weight for weight in far)


def test_editions_that_are_named() -> None:
    assert _query("What did the FY2025 handbook say?").editions == ("FY2025",)
    assert _query("令和8年度の要領では").editions == ("FY2026",)
    assert set(_query("What changed from FY2025 to FY2026?").editions) == {"FY2025", "FY2026"}
    assert _query("What does the handbook say?").editions == ()
    assert _query("24年度と25年度で違いますか").editions == ("FY2024", "FY2025")
    assert _query("初版の規則では").editions == ("version 1",)
    assert set(_query("第二版と第3版の違いは").editions) == {"version 2", "version 3"}


@pytest.mark.parametrize(
    ("text", "editions", "wants_newest"),
    [
        ("What was the ceiling last year?", ("FY2025",), False),
        ("昨年度の上限額は", ("FY2025",), False),
        ("去年の相手国はどこでしたか", ("FY2025",), False),
        ("What was the ceiling two years ago?", ("FY2024",), False),
        ("How has the ceiling changed since last year?", ("FY2025",), True),
        ("昨年度と比べて上限額は", ("FY2025",), True),
        ("What is the ceiling this year?", (), False),
        ("Who came last week?", (), True),
    ],
)
def test_last_year_is_told_from_the_day_of_the_question(
    text: str, editions: tuple[str, ...], *, wants_newest: bool
) -> None:
    moment = datetime(2026, 11, 30, 9, tzinfo=UTC)
    query = REWRITER.rewrite(Question(text=text, asked_at=moment), INDEX)
    assert (query.editions, query.wants_newest) == (editions, wants_newest)
    assert REWRITER.rewrite(Question(text=text), INDEX).editions == ()


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("parental leave in the previous edition of the rules", True),
        ("what did the old handbook say", True),
        ("ceiling of the previous ALTO call", True),
        ("旧版の規則では", True),
        ("前回の公募の上限額は", True),
        ("改訂前の提出期限は", True),
        ("前回のALTOの締切は?", True),
        ("Who held the previous post?", False),
        ("前回の会議の司会は誰ですか", False),
        ("What do the rules say?", False),
    ],
)
def test_the_edition_before_is_asked_for(text: str, *, wants: bool) -> None:
    assert _query(text).wants_former is wants


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("What is the latest handbook?", True),
        ("What was the most recent meeting?", True),
        ("最新の要領は", True),
        ("直近の会議は", True),
        ("What does the handbook say?", False),
        ("会議の司会は", False),
    ],
)
def test_the_newest_is_asked_for(text: str, wants: bool) -> None:
    assert _query(text).wants_newest == wants


_WORDS = st.lists(
    st.sampled_from(["it", "who", "2025", "FY2025", "令和7年度", "besides", "AMED", "その", "以外"])
    | st.sampled_from(["?", "5", "\ud800"])
    | st.text(max_size=6),
    max_size=6,
).map(" ".join)


@given(text=_WORDS, history=st.lists(_WORDS, max_size=3))
def test_any_question_becomes_a_query(text: str, history: list[str]) -> None:
    query = _query(text, *history)
    assert query.question.text == text
    assert all(0 <= query_term.weight <= 1 for query_term in query.query_terms)
    assert all(weight > 0 for terms in query.terms.values() for weight in terms.values())


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("a list of the calls that are open", False),
        ("teams that have a partner abroad", False),
        ("Who chaired that session?", True),
        ("when was that", True),
        ("what about that is new", True),
    ],
)
def test_the_that_of_a_clause_points_at_nothing_said_before(text: str, *, points: bool) -> None:
    assert points_back(text) is points


@pytest.mark.parametrize(
    ("text", "is_little"),
    [("LARCHの目的", False), ("who is the PD?", False), ("WHO PAYS IT", True), ("目的", True)],
)
def test_an_acronym_names_something_unless_all_is_shouted(text: str, *, is_little: bool) -> None:
    assert names_little(text, ()) == is_little


@pytest.mark.parametrize(
    ("text", "is_back"),
    [
        ("which calls close this month", False),
        ("what is due this fiscal year?", False),
        ("この春の公募は", False),
        ("who signs this form?", True),
        ("この公募は", True),
        ("how much is there for travel?", False),
        ("what calls are there now", False),
        ("what there is to pay", False),
        ("what was said there?", True),
        ("who goes there in May?", True),
    ],
)
def test_a_time_of_today_points_at_nothing_said_before(text: str, *, is_back: bool) -> None:
    assert points_back(text) == is_back


@pytest.mark.parametrize(
    ("text", "word", "weighs_less_in"),
    [
        ("is lodging paid?", "lodging", ()),  # the glossary has it
        ("is rehearsal paid?", "rehearsal", ("ja",)),
        ("稽古の費用は出ますか", "稽古", ("en",)),
        ("who is Shimizu?", "Shimizu", ()),  # a name is written so anywhere
    ],
)
def test_a_word_without_a_name_in_a_language_tells_little_there(
    text: str, word: str, weighs_less_in: tuple[str, ...]
) -> None:
    own = "ja" if weighs_less_in == ("en",) else "en"
    term = _needed(_query(text), word, own)
    for language in ("en", "ja"):
        less = term.weight_in(language) < term.weight
        assert less == (language in weighs_less_in), language

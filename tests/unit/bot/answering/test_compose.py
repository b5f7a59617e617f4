"""The text of an answer: quotes with markers, a frame where languages differ, or a refusal."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.unit.bot.answering.made import evidence, info

from aspire_bot.answering.quotes.choose import PartSelection, Selection
from aspire_bot.answering.quotes.citations import markers, markers_match
from aspire_bot.answering.quotes.compose import compose, compose_parts, decline, nearest_documents
from aspire_bot.answering.types import ScoredPassage

JA = info("mokuteki", language="ja", title="目的")


def _said(*chosen: object, language: str = "en", is_list: bool = False) -> str:
    selection = Selection(evidence=chosen, is_list=is_list)  # pyright: ignore[reportArgumentType]  # evidence, as the tests make it
    return compose(selection, language)[0]


def test_each_sentence_has_its_marker_from_one_on() -> None:
    chosen = (evidence("First."), evidence("Second."), evidence("Third."))
    text, citations = compose(Selection(evidence=chosen), "en")
    assert text == "First. [1] Second. [2] Third. [3]"
    assert [(c.marker, c.quote) for c in citations] == [
        (1, "First."),
        (2, "Second."),
        (3, "Third."),
    ]


def test_parts_are_numbered_on_and_one_without_a_sentence_is_passed_over() -> None:
    parts = [
        PartSelection(selection=Selection(evidence=some))
        for some in ((evidence("First."),), (), (evidence("Second."),))
    ]
    text, citations = compose_parts(parts, ("Who decides?",), "en")
    assert text.startswith("First. [1]\nSecond. [2]\n")
    assert "Who decides?" in text
    assert [citation.marker for citation in citations] == [1, 2]


def test_what_was_not_looked_for_is_not_called_missing() -> None:
    parts = [PartSelection(selection=Selection(evidence=(evidence("First."),)), asks=("What?",))]
    text, _ = compose_parts(parts, (), "en", unread=("Who decides?",))
    assert text == (
        "“What?”:\nFirst. [1]\n"
        "This is more than I answer at a time, please ask it again: “Who decides?”"
    )


def test_a_source_in_another_language_is_announced_in_the_askers() -> None:
    assert _said(evidence("支援する。", JA), language="en") == (
        "The source says, in its own language:\n支援する。 [1]"
    )
    said = _said(evidence("It is funded."), language="ja")
    assert said == "資料には次のように書かれています(原文のまま)。\nIt is funded. [1]"
    assert _said(evidence("支援する。", JA), language="ja") == "支援する。 [1]"


def test_no_announcement_where_one_source_is_in_the_askers_language() -> None:
    said = _said(evidence("支援する。", JA), evidence("It is funded."), language="ja")
    assert said == "支援する。 [1]\nIt is funded. [2]"


def test_a_list_keeps_its_introduction() -> None:
    lead = "The fields are:"
    chosen = [evidence(f"- {field}", form="item", lead=lead) for field in ("energy", "quantum")]
    assert _said(*chosen, is_list=True) == "The fields are:\n- energy [1]\n- quantum [2]"
    bare = [evidence(f"{n}. step {n}", form="item") for n in (1, 2)]
    assert _said(*bare, is_list=True) == "- step 1 [1]\n- step 2 [2]"


def test_a_row_is_read_with_its_headers() -> None:
    row = evidence(
        "| Brazil | 30,000 yen | 5 |", form="row", lead="Daily rates\nCountry | Lodging | Days"
    )
    assert _said(row) == "Daily rates: Brazil — Lodging: 30,000 yen; Days: 5 [1]"
    odd = evidence("| Brazil | 30,000 yen |", form="row", lead="Country | Lodging | Days")
    assert _said(odd) == "Brazil | 30,000 yen [1]"
    assert _said(evidence("| a | |", form="row", lead="x | y")) == "a [1]"
    corner = evidence("| Brazil | 3 | 5 |", form="row", lead=" | Short | Long")
    assert _said(corner) == "Brazil — Short: 3; Long: 5 [1]"
    asks = evidence("| Brazil | 3 |", form="row", lead="The rates are:\nCountry | Rate")
    assert _said(asks) == "The rates are: Brazil — Rate: 3 [1]"


def test_rows_in_a_list_stand_under_the_caption() -> None:
    rows = tuple(
        evidence(
            f"| {city} | {rate} |", form="row", lead="The rates are:\nCity | Rate", start=start
        )
        for start, (city, rate) in enumerate((("Tokyo", 9), ("Kyoto", 8)))
    )
    text, _ = compose(Selection(evidence=rows, is_list=True), "en")
    assert text == "The rates are:\n- Tokyo — Rate: 9 [1]\n- Kyoto — Rate: 8 [2]"


@pytest.mark.parametrize(
    "sign", ["*1 ", "*2) ", "※1 ", "注1: ", "† ", "¹ ", "(note 2) ", "（注1）"]
)
def test_a_footnote_is_said_with_what_it_explains(sign: str) -> None:
    note = evidence(f"{sign}Support for Pioneering Research", lead="SPRING")
    assert _said(note) == "SPRING: Support for Pioneering Research [1]"


@pytest.mark.parametrize(
    ("edition", "language", "said"),
    [
        ("2nd edition", "en", "(2nd edition)"),
        ("Version 1.2", "en", "(Version 1.2)"),
        ("rev. 3", "en", "(rev. 3)"),
        ("4th", "en", "(4th edition)"),
        ("第2版", "ja", "(第2版)"),
        ("令和8年4月改訂", "ja", "(令和8年4月改訂)"),
        ("2026年度", "ja", "(2026年度版)"),
    ],
)
def test_what_calls_itself_an_edition_is_not_called_one_again(
    edition: str, language: str, said: str
) -> None:
    source = info("handbook", edition=edition, language=language)
    chosen = Selection(evidence=(evidence("30 %", source),))
    text, _ = compose(chosen, language, dated=frozenset(("handbook",)))
    assert text == f"30 % {said} [1]"


def test_an_edition_is_named_where_an_older_one_is_known() -> None:
    source = info("handbook", edition="FY2026")
    selection = Selection(evidence=(evidence("The limit is 30 percent.", source),))
    assert compose(selection, "en")[0] == "The limit is 30 percent. [1]"
    dated = compose(selection, "en", dated=frozenset(("handbook",)))[0]
    assert dated == "The limit is 30 percent. (FY2026 edition) [1]"


def test_inline_markup_is_not_shown() -> None:
    said = _said(evidence("- See **the [handbook](https://example.org)** for __all__ rules"))
    assert said == "See the handbook for all rules [1]"


@pytest.mark.parametrize(
    "chosen",
    [
        evidence("As noted [7], it holds."),
        evidence("As noted [[7]](x), it holds."),
        evidence("As noted [**7**]."),
        evidence("| [7] | b |", form="row", lead="head [8] | other"),
        evidence("*1 Support [7]", lead="SPRING [8]"),
        evidence("It holds.", info(edition="[7]")),
    ],
)
@pytest.mark.parametrize("is_list", [True, False])
def test_nothing_in_a_document_makes_a_marker(chosen: object, is_list: bool) -> None:
    selection = Selection(evidence=(chosen,), is_list=is_list)  # pyright: ignore[reportArgumentType]  # evidence
    text, citations = compose(selection, "en", dated=frozenset(("goals",)))
    assert markers(text) == [1]
    assert len(citations) == 1


_PIECES = st.lists(
    st.sampled_from(["[7]", "[", "]", "1", "**", "[a](b)", "| ", "* ", "\n", "x", "※1", "見"])
    | st.text(max_size=4),
    max_size=8,
).map("".join)


@given(
    texts=st.lists(st.tuples(_PIECES, _PIECES), min_size=1, max_size=4),
    form=st.sampled_from(["prose", "item", "row"]),
    language=st.sampled_from(["en", "ja"]),
    is_list=st.booleans(),
)
@example(texts=[("[", ""), ("]", "")], form="prose", language="en", is_list=False)
@example(texts=[("__[__7]", "")], form="prose", language="en", is_list=False)
def test_markers_are_exactly_those_of_the_citations(
    texts: list[tuple[str, str]], form: str, language: str, is_list: bool
) -> None:
    chosen = tuple(evidence(text, form=form, lead=lead) for text, lead in texts)  # pyright: ignore[reportArgumentType]  # a form
    text, citations = compose(Selection(evidence=chosen, is_list=is_list), language)
    assert markers(text) == list(range(1, len(texts) + 1))
    assert markers_match(text, citations)


def test_declining_names_documents_and_whom_to_ask() -> None:
    nearest = (info(title="Goals"), info(title="Report [3]"))
    assert decline(nearest, "en", "office@example.org") == (
        "The documents do not say. Nearest documents: Goals; Report (3). "
        "Please ask office@example.org."
    )
    assert decline(nearest, "ja", "事務局") == (
        "資料には記載が見つかりませんでした。近い資料: Goals、Report (3)。"
        "事務局へお問い合わせください。"
    )
    assert decline((), "en", None) == "The documents do not say."


def test_the_nearest_documents_are_distinct_and_in_order() -> None:
    ranking = [
        ScoredPassage(passage=one.passage.passage, document=one.passage.document, score=1, rank=1)
        for one in (evidence("x", info(name)) for name in "aabcbd")
    ]
    names = [known.document_id for known in nearest_documents(ranking)]
    assert names == list("abcd")[: len(names)]
    assert len(names) >= 3


def test_of_two_sides_each_is_said_under_the_title_of_its_document() -> None:
    old, new = (info(f"call-{year}", title=f"Call {year}") for year in (2026, 2027))
    chosen = (
        evidence("Six pages at most.", new),
        evidence("Without references.", new, start=30),
        evidence("Eight pages at most.", old),
    )
    text, _ = compose(Selection(evidence=chosen, has_sides=True), "en")
    assert text.split("\n") == [
        "Call 2027: Six pages at most. [1]",
        "Without references. [2]",
        "Call 2026: Eight pages at most. [3]",
    ]

"""A streamed answer as statements: boundaries, markers in all forms, any text in any pieces."""

import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aspire_bot.answering.checking import Statement, StatementReader
from aspire_bot.answering.checking.statements import MOST_CHARACTERS


def read(text: str, size: int = 1_000_000) -> list[Statement]:
    reader = StatementReader()
    found = [one for at in range(0, len(text), size) for one in reader.feed(text[at : at + size])]
    return [*found, *reader.close()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is 5 yen [1]. It ends.", [("It is 5 yen.", (1,)), ("It ends.", ())]),
        ("It is 5 yen.[1] It ends.", [("It is 5 yen.", (1,)), ("It ends.", ())]),
        ("It is 5 yen. [1] It ends.", [("It is 5 yen.", (1,)), ("It ends.", ())]),
        ("It is [1][2] so. Yes [3].", [("It is so.", (1, 2)), ("Yes.", (3,))]),
        ("A fact [1, 3]. B [1-3].", [("A fact.", (1, 3)), ("B.", (1, 2, 3))]),
        ("A fact [^2]. B (source 4).", [("A fact.", (2,)), ("B.", (4,))]),
        ("A fact [[2]]. B [Source: 3].", [("A fact.", (2,)), ("B.", (3,))]),
        ("上限は5億円です［１］。次です【2】。", [("上限は5億円です。", (1,)), ("次です。", (2,))]),
        ("上限は5億円です。[1]次です。[2]", [("上限は5億円です。", (1,)), ("次です。", (2,))]),
        ("[1] It is so.\n[2] It ends.", [("It is so.", (1,)), ("It ends.", (2,))]),
        ("A fact [1-999].", [("A fact.", (1, 999))]),
    ],
)
def test_markers_belong_to_the_statement_they_follow(
    text: str, expected: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert [(one.text, one.markers) for one in read(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Shimizu chaired the meeting at 5 p.m. JST.",
        "See Sec. 3.2 and No. 5 for the U.S. rules.",
        "Tanaka et al. reported 3.5 million yen.",
        "彼は「はい。行きます。」と答えた。",
        "The fee (see Fig. 3. It is small) is paid.",
    ],
)
def test_what_is_no_end_ends_nothing(text: str) -> None:
    assert [one.text for one in read(text)] == [text]


def test_a_list_has_items_with_the_line_that_introduces_them() -> None:
    text = "The fields are:\n\n- **Energy** [1]\n- Materials [2]. More of it.\n\nThat is all."
    lead, energy, materials, more, last = read(text)
    assert (lead.text, lead.is_item) == ("The fields are:", False)
    assert (energy.text, energy.is_item, energy.lead) == ("Energy", True, "The fields are:")
    assert materials.markers == (2,)
    assert more.is_item
    assert more.lead == "The fields are:"
    assert not last.is_item


def test_a_heading_and_a_table_are_lines_of_their_own() -> None:
    heading, head, row = read("## Money\n| Type | Ceiling |\n|---|---|\n| Top | 5 yen [1] |\n")
    assert heading.is_heading
    assert head.is_item
    assert row.text.startswith("Top | 5 yen")
    assert row.markers == (1,)


def test_a_wrapped_line_goes_on() -> None:
    assert [one.text for one in read("The ceiling is\nfive yen. It ends.")] == [
        "The ceiling is five yen.",
        "It ends.",
    ]


@pytest.mark.parametrize(
    ("text", "is_complete"),
    [
        ("It was held in Tok", False),
        ("It was held in Tokyo.", True),
        ("It was held in Tokyo [1]", True),
        ("東京で開かれまし", False),
        ("- Energy\n- Materials", True),
        ("- Energ", False),
    ],
)
def test_what_is_broken_off_is_not_complete(text: str, *, is_complete: bool) -> None:
    assert read(text)[-1].is_complete is is_complete


def test_a_sentence_is_released_with_the_next_visible_character() -> None:
    reader = StatementReader()
    assert reader.feed("The ceiling is 5 yen. ") == ()
    assert reader.feed("[1]") == ()
    assert [one.text for one in reader.feed(" I")] == ["The ceiling is 5 yen."]
    assert reader.feed("上限です。") == ()
    assert len(reader.feed("次")) == 1


def test_a_newline_is_an_end_as_soon_as_the_next_line_begins() -> None:
    reader = StatementReader()
    reader.feed("- Energy\n")
    assert [one.text for one in reader.feed("- M")] == ["Energy"]


def test_invisible_signs_are_gone() -> None:
    assert read("A\u202e fact\u200b \x07here.")[0].text == "A fact here."


def test_a_flood_is_cut_and_not_complete() -> None:
    found = read("word " * 3_000)
    assert all(len(one.text) <= MOST_CHARACTERS for one in found)
    assert not any(one.is_complete for one in found[:-1])


_PIECES = st.sampled_from(
    ["The ceiling is 5.5 yen", "Dr. ", "上限は5億円です", "。", ". ", "! ", "\n", "\n\n", "- ", "1. ",
     "[1]", "[2, 3]", "［１］", "(source 1)", "[", "]", "（", "）", "「", "」", "e.g. ", "p.m. ", "## ",
     "**", "| a | b |", "etc. ", "The ", " ", "e-Rad ", "[^1]", "x", "…", "http://a.b/c "]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@example("- \n- \nThe ceiling is 5.5 yen", 1)
@given(st.lists(_PIECES, max_size=14).map("".join), st.integers(1, 9))
def test_the_pieces_make_no_difference(text: str, size: int) -> None:
    assert read(text, size) == read(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.integers(1, 50))
def test_any_text_can_be_read(text: str, size: int) -> None:
    for one in read(text, size):
        assert "\n" not in one.text
        assert one.text == one.text.strip()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 99), min_size=1, max_size=4, unique=True))
def test_every_number_of_a_marker_is_found(numbers: list[int]) -> None:
    for opening, closing in itertools.product("[［【", "]］】"):
        marker = f"{opening}{', '.join(map(str, numbers))}{closing}"
        assert read(f"It is so {marker}.")[0].markers == tuple(sorted(numbers))

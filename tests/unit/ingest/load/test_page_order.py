"""HTML: flex and grid boxes are read in the order in which they show their parts."""

import pytest

from aspire_ingest.load.html.document import parse
from aspire_ingest.load.parse_result import Parsed, Raw

FILLER = "<p>The office answers questions by mail and keeps the forms for all visits.</p>"


def page(body: str, style: str = "", head: str = "") -> Parsed:
    source = (
        f"<!DOCTYPE html><html><head><style>{style}</style>{head}</head>"
        f"<body><main>{body}{FILLER}</main></body></html>"
    )
    return parse(Raw(name="x.html", data=source.encode()))


def read(body: str, style: str = "") -> str:
    text = page(body, style).text
    return " ".join(text[: text.rindex("The office answers")].split())


STEPS = "<div class=a>Apply by May.</div><div class=b>Report in June.</div><div class=c>End.</div>"


@pytest.mark.parametrize(
    ("style", "order"),
    [
        (".box {display: flex}", "Apply by May. Report in June. End."),
        (".box {display: flex} .a {order: 2} .b {order: 1}", "End. Report in June. Apply by May."),
        (".box {display: flex} .c {order: -1}", "End. Apply by May. Report in June."),
        (".box {display: grid} .c {order: -1}", "End. Apply by May. Report in June."),
        (".box {display: block} .c {order: -1}", "Apply by May. Report in June. End."),
        (".box {display: flex; flex-direction: row-reverse}", "End. Report in June. Apply by May."),
        (
            ".box {display: inline-flex; flex-flow: column-reverse nowrap}",
            "End. Report in June. Apply by May.",
        ),
        (
            ".box {display: flex; flex-direction: column-reverse} .a {order: 1}",
            "Apply by May. End. Report in June.",
        ),
        (
            ".box {display: flex; flex-flow: row-reverse; flex-direction: row}",
            "Apply by May. Report in June. End.",
        ),
        (".box {flex-direction: row-reverse}", "Apply by May. Report in June. End."),
        (
            ".box {display: flex} @media (max-width: 600px) {.c {order: -1}}",
            "Apply by May. Report in June. End.",
        ),
        (
            ".box {display: grid; grid-template-areas: 'End Step' 'first first'}"
            " .a {grid-area: first} .b {grid-area: Step} .c {grid-area: End}",
            "End. Report in June. Apply by May.",
        ),
        (
            ".box {display: grid} .a {grid-row: 2 / 3} .b {grid-row-start: 3} .c {grid-area: 1/1}",
            "End. Apply by May. Report in June.",
        ),
        (
            ".box {display: grid} .a, .b {grid-row: 1} .a {grid-column: 2} .b {grid-column: 1}"
            " .c {grid-row: 2}",
            "Report in June. Apply by May. End.",
        ),
        (".box {display: inline-grid} .c {order: -1}", "End. Apply by May. Report in June."),
        (
            ".box {display: grid; flex-direction: row-reverse}",
            "Apply by May. Report in June. End.",
        ),
        (
            ".box {display: flex} .a {grid-row: 2} .b {grid-row: 3} .c {grid-row: 1}",
            "Apply by May. Report in June. End.",
        ),
        (".box {display: grid; flex-wrap: wrap-reverse}", "Apply by May. Report in June. End."),
        (
            ".box {display: grid; grid-template-areas: 'a a' 'c c'}"
            " .a {grid-area: a} .b {grid-row: 2} .c {grid-area: c}",
            "Apply by May. Report in June. End.",
        ),
        (
            ".box {display: grid; grid-template-areas: 'x y' 'x z'}"
            " .a {grid-area: x} .b {grid-area: y} .c {grid-area: z}",
            "Apply by May. Report in June. End.",
        ),
        (
            ".box {display: grid} .a {grid-row: 1; grid-column-start: 2}"
            " .b {grid-row: 1; grid-column-start: 1} .c {grid-row: 2}",
            "Report in June. Apply by May. End.",
        ),
        (
            ".box {display: grid} .a {grid-area: 1/2} .b {grid-area: 1/1} .c {grid-area: 2 / 1}",
            "Report in June. Apply by May. End.",
        ),
    ],
)
def test_parts_are_read_in_the_order_they_are_seen(style: str, order: str) -> None:
    parsed = page(f"<div class=box>{STEPS}</div>", style)
    assert read(f"<div class=box>{STEPS}</div>", style) == order
    assert parsed.remarks == ()


def test_text_between_parts_is_a_part() -> None:
    style = ".box {display: flex; flex-direction: column-reverse} .box::before {content: 'Step 0.'}"
    body = "<div class=box>First. <div>Second.</div> Third. <div>Fourth.</div></div>"
    assert read(body, style) == "Fourth. Third. Second. First. Step 0."


def test_rules_count_in_the_order_of_the_source() -> None:
    style = (
        ".box {display: flex; flex-direction: column-reverse; counter-reset: n}"
        " .box p {counter-increment: n} .box p::before {content: counter(n) '. '}"
    )
    assert read("<div class=box><p>One</p><p>Two</p></div>", style) == "2. Two 1. One"


def test_what_is_not_seen_stays_out_of_a_reversed_box() -> None:
    style = ".box {display: flex; flex-direction: row-reverse} .b {display: none}"
    parsed = page(f"<div class=box>{STEPS}</div>", style)
    assert read(f"<div class=box>{STEPS}</div>", style) == "End. Apply by May."
    assert [(one.kind, one.what) for one in parsed.remarks] == [("hidden", "1 hidden part")]


@pytest.mark.parametrize(
    "style",
    [
        ".box {display: flex; flex-wrap: wrap-reverse}",
        ".box {display: flex; flex-flow: row wrap-reverse} .a {order: 1}",
        ".box {display: grid} .c {grid-row: 1}",
        ".box {display: grid} .a {grid-row: 2} .b {grid-row: 1}",
        ".box {display: grid} .a {grid-row: 1} .b {order: 1}",
    ],
)
def test_an_order_that_cannot_be_told_is_named(style: str) -> None:
    parsed = page(f"<div class=box>{STEPS}</div>", style)
    assert read(f"<div class=box>{STEPS}</div>", style) == "Apply by May. Report in June. End."
    assert [(one.kind, one.what) for one in parsed.remarks] == [
        ("doubtful", "1 part whose order styles change")
    ]


@pytest.mark.parametrize(
    "style",
    [
        ".box {display: grid} .a {grid-row: 1}",
        ".box {display: grid} .a {grid-column: 2} .b {grid-column: 1}",
        ".box {display: grid} .c {grid-row: span 2}",
        ".box {display: grid} .c {grid-row: -1}",
    ],
)
def test_places_that_change_no_order_are_no_doubt(style: str) -> None:
    assert page(f"<div class=box>{STEPS}</div>", style).remarks == ()


def test_text_of_a_grid_itself_stays_and_the_order_is_in_doubt() -> None:
    style = ".box {display: grid} .a {grid-row: 2} .b {grid-row: 1} .c {grid-row: 3}"
    parsed = page(f"<div class=box>In short: {STEPS}</div>", style)
    assert "In short:" in parsed.text
    assert [one.kind for one in parsed.remarks] == ["doubtful"]


def test_a_box_with_one_part_that_says_something_is_no_doubt() -> None:
    style = ".box {display: flex; flex-wrap: wrap-reverse}"
    assert page("<div class=box><p>Apply.</p><p> – </p></div>", style).remarks == ()


def test_items_of_a_list_and_words_in_a_line_stay_apart_where_they_are_moved() -> None:
    style = ".box {display: flex; flex-direction: row-reverse}"
    assert page("<ul class=box> <li>Rail</li> <li>Boat</li> </ul>", style).text.startswith(
        "- Boat\n- Rail\n\n"
    )
    assert read("<p class=box><b>Rail</b><b>Boat</b></p>", style) == "Boat Rail"


@pytest.mark.parametrize("tag", ["table", "thead", "tbody", "tfoot", "tr"])
def test_the_parts_of_a_table_are_not_moved(tag: str) -> None:
    row = "<tr><td>a{0}</td><td>b{0}</td></tr>"
    rows = [row.format(number) for number in range(6)]
    body = "".join(
        f"<{group}>{rows[at]}{rows[at + 1]}</{group}>"
        for at, group in ((0, "thead"), (2, "tbody"), (4, "tfoot"))
    )
    style = f"{tag} {{display: flex; flex-direction: column-reverse}}"
    parsed = page(f"<table>{body}</table>", style)
    assert parsed.text == page(f"<table>{body}</table>").text
    assert [one.kind for one in parsed.remarks] == ["doubtful"]


def test_the_numbers_of_a_list_are_not_moved() -> None:
    style = "ol {display: flex; flex-direction: column-reverse}"
    parsed = page("<ol><li>Apply</li><li>Report</li></ol>", style)
    assert "1. Apply\n2. Report" in parsed.text
    assert [one.kind for one in parsed.remarks] == ["doubtful"]


ELSEWHERE = "<link rel=stylesheet href=a.css>"


@pytest.mark.parametrize(
    ("box", "part", "is_doubtful"),
    [
        ("row", "order-md-first", True),
        ("row flex-md-row-reverse", "", True),
        ("row", "md:order-2", True),
        ("row", "-order-1", True),
        ("row", "order", False),
        ("shop", "order-2", False),
        ("d-flex", "orders", False),
        ("row d-flex", "order-md-2", False),
    ],
)
def test_order_by_classes_of_a_row_that_may_be_of_any_sheet_is_named(
    box: str, part: str, is_doubtful: bool
) -> None:
    body = f"<div class='{box}'><p class='{part}'>Apply by May.</p><p>Report in June.</p></div>"
    kinds = [one.kind for one in page(body, head=ELSEWHERE).remarks]
    assert kinds == (["doubtful"] if is_doubtful else [])
    assert page(body).remarks == ()


@pytest.mark.parametrize(
    ("box", "parts", "order"),
    [
        ("d-flex", ("order-2", ""), "BA"),
        ("d-flex", ("order-2 order-md-0", "order-1 order-md-1"), "AB"),
        ("d-flex", ("order-md-0 order-2", ""), "AB"),
        ("d-flex", ("order-xxl-2", ""), "AB"),
        ("d-flex", ("order-last", "order-12"), "BA"),
        ("d-flex", ("", "order-first"), "BA"),
        ("d-md-flex", ("order-sm-2", ""), "BA"),
        ("d-flex d-lg-block", ("order-2", ""), "AB"),
        ("d-block d-lg-inline-flex", ("order-2", ""), "BA"),
        ("d-grid", ("order-xl-2", ""), "BA"),
        ("row", ("col-md-4 order-md-2", "col-md-8"), "BA"),
        ("row", ("col order-2 order-sm-0", "col"), "AB"),
        ("d-flex flex-md-row-reverse", ("", ""), "BA"),
        ("d-flex flex-column-reverse", ("", ""), "BA"),
        ("d-flex flex-column-reverse flex-lg-row", ("", ""), "AB"),
        ("flex", ("md:order-last", ""), "BA"),
        ("flex", ("order-2 lg:order-none", ""), "AB"),
        ("flex", ("2xl:order-2", ""), "AB"),
        ("flex", ("", "-order-1"), "BA"),
        ("md:flex", ("order-2", ""), "BA"),
        ("grid md:block", ("order-2", ""), "AB"),
        ("flex flex-col-reverse", ("", ""), "BA"),
        ("flex flex-col-reverse md:flex-row", ("", ""), "AB"),
        ("flex-row-reverse", ("", ""), "AB"),
        ("d-flex", ("order-md-0 order-sm-2", ""), "AB"),
        ("d-flex", ("order-lg-0 order-md-2", ""), "AB"),
        ("d-flex", ("order-xl-0 order-lg-2", ""), "AB"),
        ("d-flex flex-lg-row flex-column-reverse", ("", ""), "AB"),
        ("d-lg-block d-flex", ("order-2", ""), "AB"),
        ("md:block grid", ("order-2", ""), "AB"),
        ("d-flex d-md-inline", ("order-2", ""), "AB"),
    ],
)
def test_classes_of_common_sheets_are_followed_as_on_a_desk_computer(
    box: str, parts: tuple[str, str], order: str
) -> None:
    body = f"<div class='{box}'><p class='{parts[0]}'>A</p><p class='{parts[1]}'>B</p></div>"
    parsed = page(body, head=ELSEWHERE)
    assert "".join(parsed.text.split())[:2] == order
    assert parsed.remarks == ()
    assert "".join(page(body).text.split())[:2] == "AB"


def test_what_a_page_says_itself_counts_before_the_names_of_its_classes() -> None:
    body = "<div class='d-flex'><p class='order-2' style='order:0'>A</p><p>B</p></div>"
    assert "".join(page(body, head=ELSEWHERE).text.split())[:2] == "AB"


def test_text_put_before_a_box_that_is_reversed_by_its_names_is_read_last() -> None:
    body = "<div class='flex flex-row-reverse box'><p>A</p><p>B</p></div>"
    text = page(body, ".box::before {content: 'C'}", ELSEWHERE).text
    assert "".join(text.split())[:3] == "BAC"

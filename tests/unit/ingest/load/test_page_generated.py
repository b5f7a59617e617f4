"""HTML: text that style rules put into a page, and lines that they draw across it."""

import pytest

from aspire_ingest.load.html.document import parse
from aspire_ingest.load.parse_result import Raw

FILLER = "<p>The office answers questions by mail and keeps the forms for all visits.</p>"


def shown(body: str, rules: str) -> str:
    source = (
        f"<!DOCTYPE html><html><head><style>{rules}</style></head>"
        f"<body><main>{FILLER}{body}</main></body></html>"
    )
    text = parse(Raw(name="x.html", data=source.encode())).text
    return text.partition("all visits.")[2].strip()


@pytest.mark.parametrize(
    ("rules", "body", "text"),
    [
        (".no::before{content:'Not '}", "<p class=no>covered: parking</p>", "Not covered: parking"),
        ("p.x::after{content:' (closed)'}", "<p class=x>Call of 2025</p>", "Call of 2025 (closed)"),
        (".x:after { content : ' until ' attr(data-end) }", "<p class=x data-end=June>Open</p>",
         "Open until June"),
        (".u::before{content:'\\3a9  unit '}", "<p class=u>of area</p>", "Ω unit of area"),
        (".no::before{content:'Not ';font-size:small}", "<p class=no>covered</p>", "Not covered"),
        ("q::before{content:open-quote} q::after{content:close-quote}", "<p><q>no</q> said x</p>",
         "no said x"),
        (".x::before{content:open-quote 'Not' close-quote}", "<p class=x> covered</p>",
         "“Not” covered"),
        (".x::before{content:'\\f054 Not '}", "<p class=x>covered</p>", "Not covered"),
        (".x::before{content:'\\ffffff\\d800 Not '}", "<p class=x>covered</p>",
         "\ufffd\ufffdNot covered"),
        (".x::before{content:ATTR(DATA-END) ' '}", "<p class=x data-end=June>Open</p>",
         "June Open"),
        (f".x::before{{content:'{'x' * 400}'}}", "<p class=x>Five</p>", f"{'x' * 300}Five"),
        (".x::after{content:' (closed)'}", "<p class=x><b>Call</b> of 2025</p>",
         "Call of 2025 (closed)"),
        (".x::before{content:'Art. ' / 'Article'}", "<p class=x>Five</p>", "Art. Five"),
        (".x::before{content:'NEW '} .x::before{content:none}", "<p class=x>Five</p>", "Five"),
        (".x::before{content:'NEW ' !important} p.x::before{content:none}", "<p class=x>Five</p>",
         "NEW Five"),
    ],
)  # fmt: skip
def test_text_of_rules_is_text(rules: str, body: str, text: str) -> None:
    assert shown(body, rules) == text


@pytest.mark.parametrize(
    "rules",
    [
        "p::before{content:''}",
        "p::before{content:'•'}",
        "p::before{content:'\\f054'}",
        "p::before{content:' › '}",
        "p::before{content:url(x.png)}",
        "p::before{content:url('x.png')}",
        'p::before{content:image-set( "x.png" 1x )}',
        "p::before{content:'no';display:none}",
        "p::before{content:'no';visibility:hidden}",
        "p::before{content:'no';font-size:0}",
        "p::before{content:'no';opacity:0}",
        "p::before{content:'no';color:transparent}",
        "@media print{p::before{content:'no'}}",
        "p:hover::before{content:'no'}",
        "p::first-line{content:'no'}",
    ],
)
def test_what_only_decorates_or_is_not_shown_is_no_text(rules: str) -> None:
    assert shown("<p>Five</p>", rules) == "Five"


@pytest.mark.parametrize("void", ["hr", "wbr", "textarea"])
def test_nothing_stands_beside_what_holds_no_text(void: str) -> None:
    end = "</textarea>" if void == "textarea" else ""
    assert "no" not in shown(f"<div>Five <{void} class=x>{end}</div>", ".x::before{content:'no'}")


def test_a_sign_beside_nothing_is_no_text() -> None:
    assert shown("<p class=x></p><p>Five</p>", ".x::before{content:'×'}") == "Five"


def test_counters_count_as_the_page_shows_them() -> None:
    rules = (
        "body{counter-reset:art} h2{counter-reset:sec} h2::before{counter-increment:art;"
        "content:'Article ' counter(art) ': '} .s::before{counter-increment:sec;"
        "content:counter(art) '.' counter(sec,lower-alpha) ' '}"
    )
    body = (
        "<h2>Purpose</h2><p class=s>One</p><p class=s>Two</p><h2 style='display:none'>Gone</h2>"
        "<h2>Ceiling</h2><p class=s>Three</p>"
    )
    assert shown(body, rules) == (
        "## Article 1: Purpose\n\n1.a One\n\n1.b Two\n\n## Article 2: Ceiling\n\n2.a Three"
    )


def test_a_counter_that_begins_anew_does_not_nest_beside_itself() -> None:
    rules = (
        "h2{counter-reset:s 4} p::before{counter-increment:s -1;content:counters(s,'.',lower-roman)"
        " ' '}"
    )
    assert shown("<h2>A</h2><p>One</p><h2>B</h2><p>Two</p>", rules) == (
        "## A\n\niii One\n\n## B\n\niii Two"
    )


def test_nested_counters_take_the_place_of_the_numbers_of_a_list() -> None:
    rules = (
        "ol{counter-reset:item;list-style:none} li::before{counter-increment:item;"
        "content:counters(item,'.') ' '}"
    )
    body = "<ol><li>One<ol><li>Inner</li><li>More</li></ol></li><li>Two</li></ol>"
    assert shown(body, rules) == "- 1 One\n  - 1.1 Inner\n  - 1.2 More\n- 2 Two"


@pytest.mark.parametrize(
    ("attributes", "value", "numbers"),
    [("", "", (1, 2)), ("start=3", "", (3, 4)), ("reversed", "", (2, 1)), ("", "value=7", (1, 7))],
)
def test_a_list_counts_its_items_without_a_rule(
    attributes: str, value: str, numbers: tuple[int, int]
) -> None:
    body = f"<ol {attributes}><li>One<ul><li>In</li></ul></li><li {value}>Two</li></ol>"
    text = f"- Step {numbers[0]}: One\n  - In\n- Step {numbers[1]}: Two"
    rule = "ol > li::{}{{content:'Step ' counter(list-item) ': '}}"
    assert shown(body, rule.format("marker")) == text
    assert shown(body, rule.format("before")) == text


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("list-style-type:lower-alpha", "- a. One\n- b. Two"),
        ("list-style:upper-roman inside", "- I. One\n- II. Two"),
        ("list-style-type:cjk-ideographic", "- 一、 One\n- 二、 Two"),
        ("list-style-type:lower-latin", "- a. One\n- b. Two"),
        ("list-style-type:upper-alpha", "- A. One\n- B. Two"),
        ("list-style-type:upper-latin", "- A. One\n- B. Two"),
        ("list-style-type:Lower-Roman", "- i. One\n- ii. Two"),
        ("list-style-type:japanese-informal", "- 一、 One\n- 二、 Two"),
        ("list-style-type:japanese-formal", "- 壱、 One\n- 弐、 Two"),
        ("list-style-type:katakana", "- ア、 One\n- イ、 Two"),
        ("list-style-type:katakana-iroha", "- イ、 One\n- ロ、 Two"),
        ("list-style-type:decimal-leading-zero", "- 01. One\n- 02. Two"),
        ("list-style-type:'✗ '", "- ✗ One\n- ✗ Two"),
        ("list-style:none", "- One\n- Two"),
        ("list-style-type:decimal", "1. One\n2. Two"),
        ("list-style:url('tick.png')", "1. One\n2. Two"),
    ],
)
def test_lists_count_in_the_form_of_their_style(style: str, text: str) -> None:
    assert shown("<ol class=x><li>One<li>Two</ol>", f".x{{{style}}}") == text


@pytest.mark.parametrize("inner", ["ul", "ol", "menu", "dir"])
def test_a_list_inside_another_has_the_usual_signs(inner: str) -> None:
    body = f"<ul class=x><li>One<{inner}><li>In</li></{inner}></li></ul>"
    number = "1." if inner == "ol" else "-"
    assert shown(body, ".x{list-style:'✗ '}") == f"- ✗ One\n  {number} In"


def test_a_decoration_before_items_is_no_text_and_words_leave_the_number() -> None:
    assert shown("<ul><li>One</ul>", "ul{list-style:'› '}") == "- One"
    assert shown("<ol><li>One</ol>", "li::before{content:'Not '}") == "1. Not One"
    assert shown("<ol><li>One</ol>", "li::marker{content:'✗ '}") == "- ✗ One"
    own = "li::before{counter-increment:x;content:'(' counter(x) ') '}"
    assert shown("<ol><li>One</ol>", own) == "- (1) One"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<ul><li><i class='fa fa-xmark'></i>Gifts</ul>", "- ✗ Gifts"),
        ("<ul><li><span class=bi-check></span>Travel</ul>", "- ✓ Travel"),
        ("<ul><li>Gifts <i class=fa-xmark></i></ul>", "- Gifts"),
        ("<ul><li><b>Gifts</b> <i class=fa-xmark></i></ul>", "- Gifts"),
        ("<ul><li><i class=fa-xmark>No</i> gifts</ul>", "- No gifts"),
        ("<ul><li><i class=fa-xmark><b>No</b></i> gifts</ul>", "- No gifts"),
        ("<p><i class=fa-xmark></i>Close</p>", "Close"),
        ("<dl><dt>Gifts<dd><i class=fa-ban></i></dl>", "Gifts: ✗"),
        ("<table><tr><th>Item<th>Paid<tr><td>Gifts<td><i class=fa-ban></i></table>",
         "| Item | Paid |\n| --- | --- |\n| Gifts | ✗ |"),
        ("<table><tr><th>Item<th><i class=fa-ban></i><tr><td>Gifts<td>5</table>",
         "| Item | ✗ |\n| --- | --- |\n| Gifts | 5 |"),
    ],
)  # fmt: skip
def test_icons_of_ticks_and_crosses_are_signs_of_items_and_cells(body: str, text: str) -> None:
    assert shown(body, "") == text


@pytest.mark.parametrize(
    ("rule", "body", "text"),
    [
        ("vertical-align:super", "<p>10<span class=r>6</span> yen</p>", "10^6 yen"),
        ("vertical-align:sub", "<p>x<span class=r>i</span></p>", "x_i"),
        ("vertical-align:super", "<p>10</p><p class=r>6</p>", "10\n\n6"),
    ],
)
def test_raised_and_lowered_letters_are_so(rule: str, body: str, text: str) -> None:
    assert shown(body, f".r{{{rule}}}") == text


@pytest.mark.parametrize(
    ("rule", "is_struck"),
    [
        ("content:'';position:absolute;top:50%;left:0;width:100%;border-top:1px solid red", True),
        ('content:"";position:absolute;top:48%;left:0;right:0;height:2px;background:red', True),
        ("content:'';position:absolute;top:50%;left:0;width:100%;border-bottom:1px solid", True),
        ("content:'';position:absolute;top:50%;left:0;width:100%;height:2pt;background:red", True),
        (
            "content:'';position:absolute;top:50%;left:0;width:100%;height:.1em;"
            "background-color:red",
            True,
        ),
        ("position:absolute;top:50%;left:0;width:100%;border-top:1px solid", False),
        ("content:'x';position:absolute;top:50%;left:0;width:100%;border-top:1px solid", False),
        ("content:'';top:50%;left:0;width:100%;border-top:1px solid", False),
        ("content:'';position:absolute;top:50px;left:0;width:100%;border-top:1px solid", False),
        ("content:'';position:absolute;top:0%;left:0;width:100%;border-top:1px solid", False),
        ("content:'';position:absolute;top:50%;right:0;width:8px;border-top:1px solid", False),
        ("content:'';position:absolute;top:50%;left:0;width:100%;height:2px", False),
        ("content:'';position:absolute;top:100%;left:0;width:100%;border-top:1px solid", False),
        ("content:'';position:absolute;top:50%;left:0;width:8px;border-top:1px solid", False),
        ("content:'';position:absolute;top:50%;left:auto;right:auto;border-top:1px solid", False),
        ("content:'';position:absolute;top:50%;left:0;width:100%;border-top:none", False),
        (
            "content:'';position:absolute;top:50%;left:0;width:100%;height:20px;background:red",
            False,
        ),
    ],
)
def test_a_line_that_a_rule_draws_across_words_strikes_them(rule: str, *, is_struck: bool) -> None:
    body = "<p>The fee is <span class=old>60 yen</span> 85 yen.</p>"
    for pseudo in ("before", "after"):
        text = shown(body, f".old{{position:relative}} .old::{pseudo}{{{rule}}}")
        assert ("60 yen" not in text) is is_struck
        assert "85 yen." in text

"""HTML: what no reader sees is left out and counted; what a reader sees is never lost silently."""

from pathlib import Path

import pytest

from aspire_ingest.errors import LoadError
from aspire_ingest.load.html import style as pagestyle
from aspire_ingest.load.html.document import parse
from aspire_ingest.load.parse_result import Parsed, Raw

FIELD = Path(__file__).parent / "field"
FILLER = "<p>The office answers questions by mail and keeps the forms for all visits.</p>"


def page(body: str, head: str = "") -> Parsed:
    source = f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>"
    return parse(Raw(name="x.html", data=source.encode()))


def remarks(parsed: Parsed) -> list[tuple[str, str]]:
    return [(remark.kind, remark.what) for remark in parsed.remarks]


@pytest.mark.parametrize(
    "part",
    [
        "<p>The fee is <del>60 yen</del> <ins>85 yen</ins>.</p>",
        "<p>The fee is <s>60 yen</s> 85 yen.</p>",
        "<p>The fee is <strike>60 yen</strike> 85 yen.</p>",
        "<p>The fee is <span style='text-decoration: line-through red'>60 yen</span> 85 yen.</p>",
        "<p>The fee is <b style='text-decoration-line:line-through'>60 yen</b> 85 yen.</p>",
        "<p>The fee is <span class='a old'>60 yen</span> 85 yen.</p>",
    ],
)
def test_struck_passages_are_left_out(part: str) -> None:
    style = "<style>/* x */ p > .old, .no { text-decoration: line-through }</style>"
    parsed = page(f"<main>{part}{FILLER}</main>", style)
    assert parsed.text.startswith("The fee is 85 yen.")
    assert remarks(parsed) == [("hidden", "1 struck passage")]


@pytest.mark.parametrize(
    "attributes",
    [
        "hidden",
        "style='display:none'",
        "style='DISPLAY : none !important'",
        "style='visibility:hidden'",
        "style='opacity:0'",
        "style='font-size:0'",
        "style='position:absolute;left:-9999px'",
        "style='position:absolute;clip:rect(0,0,0,0)'",
        "style='height:0;overflow:hidden'",
        "style='text-indent:-9999px'",
        "style='transform:scale(0)'",
        "style='transform: translateX(3px) scale3d(0, 0, 0)'",
        "style='content-visibility:hidden'",
        "style='filter:opacity(0%)'",
        "style='mso-hide:all'",
        "style='color:#ffffff'",
        "style='background:#000;color:black'",
        "style='color:transparent'",
        "aria-hidden='true'",
        "class='gone'",
        "id='draft'",
        "data-state='old'",
        "class='tab'",
        "class='late'",
        "class='weak' id='strong'",
        "class='forced' style='display:block'",
        "style='color:#fcfcfc'",
        "style='color:white;background:rgba(0, 0, 0, 0)'",
        "style='color:hsl(0, 0%, 100%)'",
        "style='color:hsla(120deg 100% 25% / 0)'",
        "style='color:snow'",
        "style='color:green;background:hsl(120, 100%, 25%)'",
        "style='-webkit-text-fill-color:transparent'",
        "style='transform:translateX(-9999px)'",
        "style='transform:translate(3px, -2000px)'",
        "style='margin-left:-9999px'",
        "style='clip-path:circle(0)'",
    ],
)
def test_what_is_hidden_is_left_out(attributes: str) -> None:
    style = (
        "<style>@media print { p { display: none } } .gone { display: none }"
        "main #draft { visibility: hidden } [data-state=old] { display: none }"
        ".tab:not(.active) { display: none }"
        "@charset 'utf-8'; .late { display: none } #strong { display: none }"
        ".weak { display: block } .forced { display: none !important }"
        "@media (min-width: 600px) { .never { top: 0 } }</style>"
    )
    parsed = page(f"<main><p>Seen.</p><p {attributes}>secret 77</p>{FILLER}</main>", style)
    assert parsed.text.startswith("Seen.\n\nThe office")
    assert remarks(parsed) == [("hidden", "1 hidden part")]


@pytest.mark.parametrize(
    "part",
    [
        "<p class='box on'>shown 77</p>",
        "<p class='mobile'>shown 77</p>",
        "<p hidden style='display:block'>shown 77</p>",
        "<div style='visibility:hidden'><p style='visibility:visible'>shown 77</p></div>",
        "<div style='background:#003366'><p style='color:white'>shown 77</p></div>",
        "<table bgcolor=black><tr><td><font color=white>shown 77</font></td></tr></table>",
        "<s style='text-decoration:none'>shown 77</s>",
        "<details><summary>More</summary><p>shown 77</p></details>",
        "<p id=x class=unknown:hover>shown 77</p>",
        "<p style='left:-9999px'>shown 77</p>",
        "<p style='clip:rect(0,0,0,0)'>shown 77</p>",
        "<p style='height:0'>shown 77</p>",
        "<p style='font-size:0'><span style='font-size:12px'>shown 77</span></p>",
        "<div style='background:url(a.jpg);background-color:white'>"
        "<p style='color:white'>shown 77</p></div>",
        "<div style='background-image:url(a.jpg)'><p style='color:white'>shown 77</p></div>",
        "<div style='position:absolute'><p style='color:white'>shown 77</p></div>",
        "<p class='tab active'>shown 77</p>",
        "<p style='color:hsl(0, 0%, 40%)'>shown 77</p>",
        "<p style='color:hsl(1.2.3, 0%, 100%)'>shown 77</p>",
        "<p style='transform:translateX(-50%)'>shown 77</p>",
        "<p style='margin-left:-100%'>shown 77</p>",
        "<p style='clip-path:circle(50%)'>shown 77</p>",
        "<p style='color:white;-webkit-text-fill-color:black'>shown 77</p>",
        "<p><bdo dir=rtl>77 nwohs</bdo></p>",
        "<p style='unicode-bidi:bidi-override;direction:rtl'>77 nwohs</p>",
        "<p style='direction:rtl'>shown 77</p>",
        "<p><bdo dir=ltr>shown 77</bdo></p>",
        "<p data-state=new>shown 77</p>",
        "<ul><li><b>shown 77</b></li></ul>",
        "<p class=paper>shown 77</p>",
        "<p style='text-indent:-1em'>shown 77</p>",
        "<p style='transform:scale(0.9)'>shown 77</p>",
        "<p style='filter:opacity(50%)'>shown 77</p>",
        "<p style='filter:opacity()'>shown 77</p>",
        "<p style='opacity:inherit'>shown 77</p>",
        "<p style='opacity:.05'>shown 77</p>",
    ],
)
def test_what_is_seen_stays(part: str) -> None:
    style = (
        "<style>.box { display: none } .box.on { display: block } p:hover { display: none }"
        ".mobile { display: none } @media (min-width: 40em) { .mobile { display: block } }"
        "@media (max-width: 600px) { p { display: none } }"
        ".tab:not(.active), [data-state=old], ul > b { display: none } ~ { broken</style>"
        "<style media=print>.paper { display: none }</style>"
    )
    parsed = page(f"<main>{part}{FILLER}</main>", style)
    assert "shown 77" in parsed.text
    assert parsed.remarks == ()


def test_a_size_relative_to_none_is_none() -> None:
    part = "<p style='font-size:0'><span style='font-size:2em'>secret 77</span></p>"
    assert "77" not in page(f"<main>{part}{FILLER}</main>").text


def test_white_text_is_seen_where_another_file_may_colour_what_lies_behind() -> None:
    sheet = "<link rel=stylesheet href=site.css>"
    assert "seen 77" in page(f"<main><p style='color:white'>seen 77</p>{FILLER}</main>", sheet).text


def test_a_page_behind_an_open_dialogue_is_read() -> None:
    assert "Rules" in page(f"<div aria-hidden=true><h1>Rules</h1>{FILLER}</div>").text


def test_a_sign_without_words_needs_no_remark() -> None:
    assert page(f"<main><i aria-hidden=true>★</i>{FILLER}</main>").remarks == ()


def test_what_is_hidden_beside_the_main_part_is_not_told() -> None:
    parsed = page(f"<main><h1>T</h1>{FILLER * 4}</main><div hidden>menu of the site</div>")
    assert parsed.remarks == ()


def test_a_struck_cell_keeps_its_column() -> None:
    table = (
        "<table><tr><th>Area</th><th>Old</th><th>New</th></tr>"
        "<tr><td>Asia</td><td><s>40</s></td><td>52</td></tr>"
        "<tr><td>Europe</td><td style='text-decoration:line-through'>50</td><td>62</td></tr>"
        "<tr hidden><td>Africa</td><td>1</td><td>2</td></tr></table>"
    )
    text = page(f"<main>{table}{FILLER}</main>").text
    assert "| Asia |  | 52 |\n| Europe |  | 62 |\n\nThe office" in text


def test_a_hidden_column_leaves_no_gap() -> None:
    table = (
        "<table><tr><th>Area</th><th hidden>Old</th><th>New</th></tr>"
        "<tr><td>Asia</td><td hidden>40</td><td>52</td></tr></table>"
    )
    assert "| Area | New |\n" in page(f"<main>{table}{FILLER}</main>").text


def test_a_struck_row_is_counted_by_its_cells() -> None:
    table = (
        "<table><tr><th>Area</th><th>Sum</th></tr><tr><td>Asia</td><td>52</td></tr>"
        "<tr style='text-decoration:line-through'><td>Europe</td><td>62</td></tr></table>"
    )
    parsed = page(f"<main>{table}{FILLER}</main>")
    assert "| Asia | 52 |\n\nThe office" in parsed.text
    assert remarks(parsed) == [("hidden", "2 struck passages")]


def test_the_title_is_what_is_not_struck() -> None:
    assert (
        page(f"<main><h1>Call <del>2025</del> 2026</h1>{FILLER}</main>").stated.title == "Call 2026"
    )


def test_what_cannot_be_brought_is_told() -> None:
    parsed = page(
        f"<main>{FILLER}<img alt='Office hours' src=a><img alt='' src=b><iframe src=c></iframe>"
        "<svg><text>3</text></svg><svg><path/></svg><video src=d></video></main>"
    )
    assert remarks(parsed) == [
        ("lost", "1 picture"), ("lost", "1 embedded page"), ("lost", "1 drawing"),
        ("lost", "1 recording"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        "<div id=root></div><script src=app.js></script>",
        "<noscript>You need to enable JavaScript to run this app.</noscript>"
        "<div id=root>Loading…</div><script src=app.js></script>",
        "<app-root></app-root><p>Heath Fund</p><script>start()</script>",
    ],
)
def test_a_page_that_scripts_build_says_so(body: str) -> None:
    with pytest.raises(LoadError, match="scripts build it"):
        page(body)


def test_a_page_with_a_part_that_scripts_build_is_read_with_a_remark() -> None:
    body = "<h1>Access</h1><p>The office is in Tokyo.</p><div id=map></div><script>map()</script>"
    parsed = page(body)
    assert "The office is in Tokyo." in parsed.text
    assert remarks(parsed) == [("lost", "text that scripts put in place")]


def test_a_whole_page_that_prints_itself_is_read_without_a_word() -> None:
    assert page(f"<main><h1>Rules</h1>{FILLER * 3}</main><script>print()</script>").remarks == ()


def test_an_image_that_counts_visits_is_no_text_of_scripts() -> None:
    counter = "<noscript><img src=a>Counts the visits to this page</noscript><script></script>"
    assert page(f"{FILLER}{counter}").remarks == ()


def test_style_rules_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagestyle, "_MOST_STEPS", 1000)
    rules = "i b { color: red }" * 50
    with pytest.raises(LoadError, match="style"):
        page("<i><b>x</b></i>" * 50, f"<style>{rules}</style>")


def test_style_rules_in_blocks_without_end_are_passed_over() -> None:
    sheet = "@supports (x: y) {" * 1500 + "p { display: none }"
    assert "The office" in page(f"<main>{FILLER}</main>", f"<style>{sheet}</style>").text


def test_a_page_of_the_field_with_struck_amounts() -> None:
    parsed = parse(Raw(name="deleted.html", data=(FIELD / "deleted.html").read_bytes()))
    assert "conference fees is 85,000 yen." in parsed.text
    assert "deadline is 15 June 2026." in parsed.text
    assert "| Area | Ceiling Member | Ceiling Non-member |" in parsed.text
    assert "a=3 is the factor" in parsed.text
    assert "7. Rule seven" in parsed.text
    assert "60,000" not in parsed.text
    assert remarks(parsed) == [("hidden", "2 struck passages"), ("lost", "1 picture")]


@pytest.mark.parametrize(
    ("selector", "gone"),
    [
        ("p:first-child", "a"),
        ("p:last-child", "f"),
        ("p:nth-child(2)", "b"),
        ("p:nth-child(odd)", "ace"),
        ("p:nth-child(3n)", "cf"),
        ("p:nth-child(n + 5)", "ef"),
        ("p:nth-child(-n+2)", "ab"),
        ("p:nth-last-child(2)", "e"),
        (":is(.two, #four)", "bd"),
        ("p:where(.two)", "b"),
        ("p:not(.two, #four):not(:first-child)", "cef"),
        ("[data-x^=new]", "c"),
        ("[data-x$='er']", "c"),
        ("[data-x*=we]", "c"),
        ("[class~=two]", "b"),
        ("[class~=tw]", ""),
        ("[lang|=en]", "e"),
        ("[lang|=en-GB]", "e"),
        ("[lang|=e]", ""),
        ("[class^='']", ""),
        ("[class$='']", ""),
        ("[class*='']", ""),
        ("p:nth-child(even)", "bdf"),
        (".two + p", "c"),
        ("#four ~ p", "ef"),
        ("p:only-child", ""),
        ("p:nth-child(x)", ""),
        ("p:unheard-of", ""),
    ],
)
def test_selectors_choose_what_a_browser_chooses(selector: str, gone: str) -> None:
    looks = {"b": "class='one two'", "c": "data-x=newer", "d": "id=four", "e": "lang=en-GB"}
    body = "".join(f"<p {looks.get(name, '')}>{name}</p>" for name in "abcdef")
    parsed = page(
        f"<main>{FILLER}<div>{body}</div></main>", f"<style>div {selector}{{display:none}}</style>"
    )
    left = parsed.text.partition("all visits.")[2].split()
    assert left == [name for name in "abcdef" if name not in gone]


@pytest.mark.parametrize(
    ("strong", "weak"),
    [
        (":is(b, #other, p)", "p.x"),
        ("p:nth-child(n)", "p"),
        ("P.x", "p"),
        ("p.x", ":where(#y)"),
        ("p.x:not(.a, .b)", "p:not(.a):not(i)"),
        (".x.x", "p:not(.a, .b)"),
        ("p:nth-child(2N)", "p"),
    ],
)
def test_the_more_specific_selector_wins(strong: str, weak: str) -> None:
    part = "<main><div>The office keeps the forms.</div><p id=y class=x>secret 77</p></main>"
    hides, shows = f"{strong}{{display:none}}", f"{weak}{{display:block}}"
    assert "77" not in page(part, f"<style>{hides}{shows}</style>").text
    hides, shows = f"{weak}{{display:none}}", f"{strong}{{display:block}}"
    style = f"<style>.never{{top:0}}{shows}{hides}</style>"
    assert "77" in page(f"{part}<p>Other</p>", style).text


def test_an_only_child_is_first_and_last() -> None:
    body = f"<main>{FILLER}<div><b>one</b></div><div><b>two</b><b>three</b></div></main>"
    text = page(body, "<style>b:only-child{display:none}</style>").text
    assert "one" not in text
    assert "two" in text
    assert "three" in text


def test_rules_inside_a_rule_leave_its_own_declarations() -> None:
    style = "<style>.a { &.x { color: red } display: none; & b { top: 0 } }</style>"
    parsed = page(f"<main><p class=a>secret 77</p>{FILLER}</main>", style)
    assert "secret" not in parsed.text


@pytest.mark.parametrize(
    ("attribute", "is_read"), [("open", True), ("open=''", True), ("", False), ("id=open", False)]
)
def test_a_dialogue_in_the_text_is_read_where_it_is_open(attribute: str, is_read: bool) -> None:
    page = (
        "<main><h1>Bus</h1><p>The bus leaves from the north gate on every day of the week.</p>"
        f"<dialog {attribute}><p>It leaves at nine.</p></dialog></main>"
        "<dialog open><p>We use cookies.</p></dialog>"
    )
    text = parse(Raw(name="x.html", data=page.encode())).text
    assert ("at nine" in text) == is_read
    assert "cookies" not in text

"""HTML: raised marks, formulas, tables, lists; and that no name drops a section."""

from pathlib import Path

import pytest

from aspire_ingest.load.html.document import parse
from aspire_ingest.load.parse_result import Raw

FIELD = Path(__file__).parent / "field"
FILLER = "<p>The office answers questions by mail and keeps the forms for all visits.</p>"


def text_of(body: str) -> str:
    source = f"<!DOCTYPE html><html><head></head><body>{body}</body></html>"
    return parse(Raw(name="x.html", data=source.encode())).text


def main(body: str) -> str:
    text = text_of(f"<main>{body}{FILLER}</main>")
    return text[: text.rindex("The office answers")].rstrip("\n")


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("3×10<sup>6</sup> yen", "3×10^6 yen"),
        ("a factor of 10<sup>-3</sup>", "a factor of 10^-3"),
        ("an area of 5 km<sup>2</sup> here", "an area of 5 km^2 here"),
        ("9.8 m/s<sup>2</sup>", "9.8 m/s^2"),
        ("面積は30m<sup>2</sup>です", "面積は30m^2です"),
        ("x<sup>2</sup> + y<sup>n</sup>", "x^2 + y^n"),
        ("E = mc<sup>2</sup>", "E = mc^2"),
        ("2<sup>n</sup> and 10<sup>n+1</sup>", "2^n and 10^(n+1)"),
        ("H<sub>2</sub>O, CO<sub>2</sub>", "H2O, CO2"),
        ("x<sub>i</sub> and log<sub>2</sub>8", "x_i and log_2 8"),
        ("the 1<sup>st</sup> and 22<sup>nd</sup> call", "the 1st and 22nd call"),
        ("Wren<sup>TM</sup>, Ca<sup>2+</sup>", "WrenTM, Ca2+"),
        ("the <sup>14</sup>C method", "the 14C method"),
        ("500<sup>1</sup> euros", "500 (note 1) euros"),
        ("500<sup>1</sup>euros", "500 (note 1) euros"),
        ("500<sup>1, 2</sup> euros", "500 (note 1, 2) euros"),
        ("500<sup>[3]</sup> euros", "500 (note 3) euros"),
        ("500<sup>3)</sup> euros", "500 (note 3) euros"),
        ("500<sup><a href='#fn1'>1</a></sup>, at most", "500 (note 1), at most"),
        ("10<a href='#fn6'><sup>6</sup></a> days", "10 (note 6) days"),
        ("paid in 2024.<sup>3</sup> Later", "paid in 2024 (note 3). Later"),
        ("visitors<sup>1</sup> only", "visitors (note 1) only"),
        ("5.3<sup>a</sup> percent", "5.3 (note a) percent"),
        ("上限は500<sup>1</sup>万円", "上限は500(注1)万円"),
        ("上限は500<sup>※1</sup>万円", "上限は500(※1)万円"),
        ("<b>500</b><sup>1</sup> euros", "500 (note 1) euros"),
        (
            "<math><mi>a</mi><mo>=</mo><msup><mi>b</mi><mn>2</mn></msup><mo>+</mo>"
            "<mfrac><mn>1</mn><mrow><mi>c</mi><mo>+</mo><mn>2</mn></mrow></mfrac></math> holds",
            "a=b^2+1/(c+2) holds",
        ),
        (
            "<input type=checkbox checked> Travel <input type=checkbox> Alcohol",
            "☑ Travel ☐ Alcohol",
        ),
        (
            "Fee:<input value=500>yen<select><option>Kyoto<option selected>Nara</select>"
            "<textarea>by rail</textarea>",
            "Fee: 500 yen Nara by rail",
        ),
        (
            "Held <select><option>A<option selected>B</select> in <input value='May'>",
            "Held B in May",
        ),
        ("Pay <select><option>A<option>B</select><input type=hidden value=z>", "Pay A"),
        ("<math><mi>a</mi><mphantom><mi>b</mi></mphantom></math> holds", "a holds"),
    ],
)
def test_what_does_not_stand_on_the_line_is_written_there(source: str, shown: str) -> None:
    assert main(f"<p>{source}</p>") == shown


def test_a_mark_that_begins_a_note_elsewhere_is_a_note() -> None:
    text = main("<p>within 10<sup>6</sup> days of x<sup>2</sup></p><p><sup>6</sup>Of work.</p>")
    assert text == "within 10 (note 6) days of x^2\n\n(note 6) Of work."


def test_header_rows_are_joined_and_a_title_stands_before() -> None:
    table = (
        "<table><thead><tr><th colspan=3>Rates of 2026</th></tr>"
        "<tr><th rowspan=2>Area</th><th colspan=2>Ceiling</th></tr>"
        "<tr><th>Member</th><th>Guest</th></tr></thead>"
        "<tr><td>Asia</td><td>40</td><td>52</td></tr>"
        "<tr><td>Rest</td><td colspan=2>60</td></tr></table>"
    )
    assert main(table) == (
        "Rates of 2026\n\n| Area | Ceiling Member | Ceiling Guest |\n| --- | --- | --- |\n"
        "| Asia | 40 | 52 |\n| Rest | 60 | 60 |"
    )


def test_cells_reach_to_the_end_of_their_group_and_not_beyond() -> None:
    table = (
        "<table><tr><th>Class</th><th>Day</th><th>Night</th></tr><tbody>"
        "<tr><td rowspan=0>Staff</td><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></tbody>"
        "<tbody><tr><td rowspan=9>Guest</td><td>5</td><td>6</td></tr></tbody>"
        "<tbody><tr><td>Other</td><td>7</td><td>8</td></tr></tbody></table>"
    )
    assert main(table).endswith(
        "| Staff | 1 | 2 |\n| Staff | 3 | 4 |\n| Guest | 5 | 6 |\n| Other | 7 | 8 |"
    )


def test_text_raised_by_style_is_raised() -> None:
    look = "vertical-align:super;font-size:60%"
    assert main(f"<p>500<span style='{look}'>1</span> euros</p>") == "500 (note 1) euros"
    assert main(f"<p>10<b style='{look}'>6</b> and H<i style='vertical-align:sub'>2</i>O</p>") == (
        "10^6 and H2O"
    )


def test_a_table_without_header_cells_is_a_table() -> None:
    assert main("<table><tr><td>a<td>1<tr><td>b<td>2</table>").startswith("| a | 1 |")


def test_a_table_inside_a_cell_stays_in_its_cell() -> None:
    table = (
        "<table><tr><th>Area</th><th>Ceiling</th></tr><tr><td>Asia</td><td><table><tr><td>Member</td>"
        "<td>40</td></tr><tr><td>Guest</td><td>52</td></tr></table></td></tr></table>"
    )
    assert main(table).endswith("| Asia | Member 40 Guest 52 |")


def test_spans_do_not_multiply_a_long_text() -> None:
    cell = f"<td rowspan=60 colspan=60>{'x' * 3000}</td>"
    assert (
        len(main(f"<table><tr>{cell}<td>a</td></tr>{'<tr><td>b</td></tr>' * 60}</table>")) < 300_000
    )


def test_terms_stand_with_their_definitions() -> None:
    source = (
        "<dl><div><dt>Deadline</dt><dd>5 May</dd></div><dt>締切</dt><dd>5月5日</dd>"
        "<dt>Visit</dt><dt>Stay</dt><dd>a</dd><dd>b</dd><dt>Who may apply?</dt><dd>All.</dd>"
        "<dt>Terms</dt><dd><p>One.</p><p>Two.</p></dd><dt>Alone</dt></dl>"
    )
    assert main(source).split("\n\n") == [
        "Deadline: 5 May", "締切：5月5日", "Visit, Stay: a", "Visit, Stay: b", "Who may apply?",
        "All.", "Terms", "One.", "Two.", "Alone",
    ]  # fmt: skip


def test_lists_count_as_they_are_shown() -> None:
    assert main("<ol type=a><li>x</li><li>y</li></ol>") == "- a. x\n- b. y"
    assert main("<ol reversed><li>x</li><li value=7>y</li></ol>") == "2. x\n7. y"
    assert main("<ol type=I start=4><li>x</li></ol>") == "- IV. x"


NAMES = (
    "social-insurance", "related-expenses", "search-period", "sns-policy", "ad-hoc-visits",
    "menu-of-grants", "comments-on-reports", "share-of-costs", "pan", "footnotes", "foot-notes",
    "cookie_policy", "nav-data", "page-top-rules", "skip_rules", "side-menu-costs", "related",
)  # fmt: skip


@pytest.mark.parametrize("box", ["<main>{}</main>", "<article>{}</article>", "<div>{}</div>", "{}"])
@pytest.mark.parametrize("mark", ["id", "class"])
def test_no_name_drops_a_section_a_heading_or_a_row(box: str, mark: str) -> None:
    parts = [
        f"<section {mark}='{name}'><h2>Part {number}</h2>"
        f"<p>Pays {number}00 yen a day.</p></section>"
        f"<h3 {mark}='{name}'>Head {number}</h3>"
        f"<table><tr><th>a</th><th>b</th></tr>"
        f"<tr {mark}='{name}'><td>row {number}</td><td>1</td></tr></table>"
        for number, name in enumerate(NAMES)
    ]
    text = text_of(box.format(f"<h1>Rules</h1>{FILLER}{''.join(parts)}"))
    for number in range(len(NAMES)):
        for wanted in (
            f"Part {number}\n",
            f"Pays {number}00 yen",
            f"Head {number}\n",
            f"row {number} ",
        ):
            assert wanted in text


def test_a_short_part_with_a_name_is_text_inside_the_main_part() -> None:
    assert "Open daily" in main("<div class='menu'>Open daily</div>")


def test_furniture_of_the_main_part_is_told_by_its_links() -> None:
    text = main(
        "<nav>Here</nav><p>Rules</p><div><a href='https://s.example/?url=x'>Tweet</a></div>"
        "<p><a href='#top'>Back up</a></p><aside><a href=/a>Other news</a></aside>"
        "<aside>Note: meals are not paid.</aside><ul><li><a href=a.pdf>The form</a></li></ul>"
    )
    assert text == "Rules\n\nNote: meals are not paid.\n\n- The form"


def test_a_line_with_a_link_that_leads_nowhere_is_not_cut() -> None:
    assert main("<p>Send <b><a href='#'>Form A</a></b> by May.</p>") == "Send Form A by May."
    assert main("<p>No meals.</p><section><a href='#'>Top</a></section>") == "No meals."
    assert "Fees" in main("<header><a href='#fees'>Fees of all visits</a></header>")
    assert "Fees" in main("<ul><li><a href='#fees'>Fees</a></li></ul><p id=fees>None.</p>")


def test_a_box_named_as_furniture_is_read_where_it_holds_a_sentence() -> None:
    text = text_of(f"<h1>Rules</h1>{FILLER}<p class=related>No fee.</p><p class=menu>Open</p>")
    assert "No fee." in text
    assert "Open" not in text


def test_a_form_around_the_whole_page_is_no_box_to_search_in() -> None:
    assert "Rules" in text_of(f"<form><h1>Rules</h1>{FILLER}<form><input></form></form>")
    assert "Meals" in text_of(f"<main>{FILLER}<form><p>Meals are paid.</p><input></form></main>")
    assert "Find" not in text_of(f"<main>{FILLER}<form>Find <input></form></main>")


def test_pages_of_the_field() -> None:
    heath = parse(Raw(name="heath.html", data=(FIELD / "heath.html").read_bytes())).text
    assert heath.count("\n## ") == 7
    assert "8 million yen" in heath
    assert "Visits under 3 days" in heath
    wren = parse(Raw(name="wren.html", data=(FIELD / "wren.html").read_bytes())).text
    assert "is 3×10^6 yen." in wren
    assert "is 500 (note 1) euros." in wren
    assert "(note 1) Before tax." in wren


def test_notes_at_the_end_stand_below_the_blocks_that_carry_their_marks() -> None:
    shown = main(
        "<h2>Pay</h2><p>Rent is paid<sup id=r1><a href='#f1'>1</a></sup>. The rest goes back"
        "<sup><a href='#f2'>[2]</a></sup>.</p>"
        "<table><tr><th>Place</th><th>Euros</th></tr>"
        "<tr><td>Rome<sup><a href='#f3'>3</a></sup></td><td>80</td></tr></table>"
        "<h2>End</h2><p>Write to us.</p>"
        "<ol><li id=f1><p>Up to 500. <a href='#r1'>\u21a9</a></p></li>"
        "<li id=f2>Less than 100 is kept.</li><li id=f3>Or 10<sup>2</sup> in May.</li></ol>"
    )
    assert shown == (
        "## Pay\n\nRent is paid (note 1). The rest goes back (note 2).\n\n(note 1) Up to 500.\n\n"
        "(note 2) Less than 100 is kept.\n\n| Place | Euros |\n| --- | --- |\n"
        "| Rome (note 3) | 80 |\n\n(note 3) Or 10^2 in May.\n\n## End\n\nWrite to us."
    )


def test_a_japanese_note_keeps_the_form_of_its_mark() -> None:
    shown = main(
        "<p>旅費は支給します<sup><a href='#c1'>注1</a></sup>。</p><p>以上です。</p>"
        "<ol><li id=c1>5万円まで。</li></ol>"
    )
    assert shown == "旅費は支給します(注1)。\n\n(注1) 5万円まで。\n\n以上です。"


@pytest.mark.parametrize(
    "listed",
    [
        "<h2>References</h2><ol><li id=c1>Smith, 2019.</li></ol>",
        "<h2>参考文献</h2><ol><li id=c1>Smith, 2019.</li></ol>",
        "<h2>Steps</h2><ul><li id=c1>Smith, 2019.</li></ul>",
        f"<h2>Steps</h2><ol><li id=c1>Smith, 2019. {'Long. ' * 200}</li></ol>",
    ],
)
def test_literature_and_sections_stay_where_they_are(listed: str) -> None:
    shown = main(f"<p>So it is<sup><a href='#c1'>1</a></sup>.</p><p>More.</p>{listed}")
    assert "More." in shown.partition("Smith, 2019.")[0]

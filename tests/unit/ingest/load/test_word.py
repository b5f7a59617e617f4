"""DOCX as its reader sees it: what wraps text, hides it, numbers it, or stands beside it."""

from pathlib import Path

import pytest
from tests.unit.ingest.load.packages import (
    level,
    numbered,
    p,
    r,
    sdt,
    tc,
    tr,
    word_file,
)

from aspire_ingest.errors import LoadError
from aspire_ingest.load.parse_result import Parsed, Raw
from aspire_ingest.load.word.document import parse

_FIELD = Path(__file__).parent / "field"


def read(body: str, **parts: str) -> Parsed:
    return parse(Raw(name="x", data=word_file(body, **parts)))


def whats(parsed: Parsed) -> list[tuple[str, str]]:
    return [(remark.kind, remark.what) for remark in parsed.remarks]


def field(name: str) -> Parsed:
    return parse(Raw(name=name, data=(_FIELD / name).read_bytes()))


def style(style_id: str, inside: str, *, kind: str = "paragraph", name: str = "") -> str:
    return (
        f'<w:style w:type="{kind}" w:styleId="{style_id}"><w:name w:val="{name or style_id}"/>'
        f"{inside}</w:style>"
    )


def run_field(code: str, result: str) -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in
             ("begin", "separate", "end")]  # fmt: skip
    return f"{marks[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{marks[1]}{r(result)}{marks[2]}"


def test_content_controls_of_every_kind_are_read() -> None:
    parsed = field("kestrel-travel.docx")
    assert parsed.stated.title == "Travel Rules of the Kestrel Programme"
    for wanted in ("3 June 2026", "9,400 yen", "17,300 yen", "| Finland | 5,700 yen |",
                   "| Iceland | 8,800 yen |", "| Denmark | 4,350 yen |"):  # fmt: skip
        assert wanted in parsed.text
    assert not parsed.remarks


def test_wrappers_nest_to_any_depth() -> None:
    inner = sdt(sdt(p("Deep text.")))
    body = (
        f'<w:customXml w:element="a">{inner}</w:customXml>'
        f"<w:ins>{p('Inserted block.')}</w:ins>"
        + p(f'<w:smartTag w:element="b">{sdt(r("smart") + sdt(r(" tag")))}</w:smartTag>')
        + f"<w:tbl>{sdt(sdt(tr('A', sdt(tc('B')))))}"
        + f'<w:customXml w:element="c">{tr("1", tc(sdt(p("2"))))}</w:customXml></w:tbl>'
    )
    assert read(body).text == (
        "Deep text.\n\nInserted block.\n\nsmart tag\n\n| A | B |\n| --- | --- |\n| 1 | 2 |"
    )


def test_a_box_to_tick_shows_its_state_whatever_stands_in_it() -> None:
    def box(state: str) -> str:
        return sdt(r("?"), f'<w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox>')

    old = (
        "<w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox>{}</w:checkBox></w:ffData>"
        "</w:fldChar>"
    )
    body = (
        p(box("1") + r(" travel"))
        + p(box("0") + r(" alcohol"))
        + p(f"<w:r>{old.format('<w:checked/>')}</w:r>" + r(" old"))
    )
    assert read(body).text.startswith("☑ travel\n\n☐ alcohol\n\n☑")


def test_what_is_struck_hidden_or_deleted_is_left_out_with_a_remark() -> None:
    parsed = field("heron-costs.docx")
    assert "is 3,500,000 yen per project" in parsed.text
    assert "2,000,000" not in parsed.text
    assert "Internal note" not in parsed.text
    assert "is 400,000 yen." in parsed.text
    assert "direct costs×0.25" in parsed.text
    assert "working days/240" in parsed.text
    assert "☑ Overseas travel" in parsed.text
    assert "☐ Alcohol" in parsed.text
    assert whats(parsed) == [
        ("hidden", "1 struck passage"),
        ("hidden", "1 hidden passage"),
        ("hidden", "1 deleted passage"),
    ]


def test_styles_hide_and_strike_too_and_a_run_can_take_it_back() -> None:
    styles = (
        style("Base", "<w:rPr><w:vanish/></w:rPr>")
        + style("Child", '<w:basedOn w:val="Base"/>')
        + style("Old", "<w:rPr><w:dstrike/></w:rPr>", kind="character")
        + style("Toggle", "<w:rPr><w:vanish/></w:rPr>", kind="character")
    )
    body = (
        p("secret", style="Child")
        + p(r("seen", '<w:vanish w:val="0"/>'), style="Child")
        + p(r("old ", '<w:rStyle w:val="Old"/>') + r("new"))
        + p(r("twice hidden is seen", '<w:rStyle w:val="Toggle"/>'), style="Child")
    )
    parsed = read(body, styles=styles)
    assert parsed.text == "seen\n\nnew\n\ntwice hidden is seen"
    assert whats(parsed) == [("hidden", "1 hidden passage"), ("hidden", "1 struck passage")]


def test_white_letters_on_nothing_are_hidden_and_on_a_colour_seen() -> None:
    white = '<w:color w:val="FFFFFF"/>'
    body = (
        p(r("Seen.") + r("Not seen.", white))
        + p(r("On black.", white + '<w:shd w:val="clear" w:fill="000000"/>'))
        + f"<w:tbl>{tr(tc(p(r('Head', white))), 'B')}{tr('1', '2')}</w:tbl>"
        + p(r("Tiny.", '<w:sz w:val="2"/>'))
    )
    text = read(body).text
    assert "Not seen" not in text
    assert "Tiny" not in text
    assert "On black." in text
    assert "| Head | B |" in text


def test_moved_and_deleted_blocks_rows_and_cells_are_left_out() -> None:
    body = (
        f"<w:moveFrom>{p('old place')}</w:moveFrom><w:moveTo>{p('new place')}</w:moveTo>"
        + p("<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>" + r("kept"))
        + "<w:tbl>"
        + tr("A", "B")
        + tr("x", "y", properties='<w:del w:id="1"/>')
        + tr("h", "i", properties="<w:hidden/>")
        + tr("1", "2")
        + "</w:tbl>"
    )
    parsed = read(body)
    assert parsed.text == "new place\n\nkept\n\n| A | B |\n| --- | --- |\n| 1 | 2 |"
    assert ("hidden", "1 hidden row") in whats(parsed)
    assert ("hidden", "1 deleted row") in whats(parsed)


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    body = p("The ceiling is ", properties='<w:rPr><w:del w:id="1"/></w:rPr>') + p("9 yen.")
    assert read(body).text == "The ceiling is 9 yen."


def test_comments_are_never_text() -> None:
    parsed = read(p(r("Said.") + '<w:r><w:commentReference w:id="0"/></w:r>'))
    assert parsed.text == "Said."
    assert whats(parsed) == [("hidden", "1 comment")]


@pytest.mark.parametrize(
    ("runs", "shown"),
    [
        ((("3×10", 0), ("6", 1), (" yen", 0)), "3×10^6 yen"),
        ((("ceiling of 500", 0), ("1", 1), (" euros", 0)), "ceiling of 500 (note 1) euros"),
        ((("the 3", 0), ("rd", 1), (" of June", 0)), "the 3rd of June"),
        ((("a room of 20 m", 0), ("2", 1)), "a room of 20 m^2"),
        ((("at 10", 0), ("−3", 1), (" M", 0)), "at 10^−3 M"),
        ((("x", 0), ("n+1", 1)), "x^(n+1)"),
        ((("All costs.", 0), ("2", 1), (" Next.", 0)), "All costs (note 2). Next."),
        ((("上限500万円", 0), ("注1", 1), ("とする。", 0)), "上限500万円(注1)とする。"),
        ((("CO", 0), ("2", -1), (" of x", 0), ("i", -1)), "CO2 of x_i"),
        ((("500", 0), ("*", 1)), "500*"),
    ],
)
def test_raised_and_lowered_text_does_not_change_numbers(
    runs: tuple[tuple[str, int], ...], shown: str
) -> None:
    scripts = {0: "baseline", 1: "superscript", -1: "subscript"}
    body = p("".join(r(text, f'<w:vertAlign w:val="{scripts[way]}"/>') for text, way in runs))
    assert read(body).text == shown


def test_signs_of_symbol_fonts_are_read_and_unknown_ones_counted() -> None:
    def sym(font: str, code: str) -> str:
        return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'

    body = p(sym("Wingdings", "F0A8") + r(" no ") + sym("Wingdings 2", "F052") + r(" yes ")
             + sym("Symbol", "F0B3") + r(" 5 ") + r("\uf0fe", '<w:rFonts w:ascii="Wingdings"/>')
             + r("m", '<w:rFonts w:ascii="Symbol"/>') + sym("Webdings", "F021"))  # fmt: skip
    parsed = read(body)
    assert parsed.text == "☐ no ☑ yes ≥ 5 ☑μ"
    assert whats(parsed) == [("lost", "1 sign of the font Webdings")]


def _m(name: str, **parts: str) -> str:
    inside = "".join(f"<m:{key}>{value}</m:{key}>" for key, value in parts.items())
    return f"<m:{name}>{inside}</m:{name}>"


def _mr(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("equation", "shown"),
    [
        (_m("f", num=_mr("a+b"), den=_mr("2")), "(a+b)/2"),
        (_m("sSup", e=_mr("x"), sup=_mr("2")), "x^2"),
        (_m("sSub", e=_mr("x"), sub=_mr("i,j")), "x_(i,j)"),
        (_m("sSubSup", e=_mr("x"), sub=_mr("i"), sup=_mr("2")), "x_i^2"),
        (_m("rad", deg="", e=_mr("a+b")), "√(a+b)"),
        (_m("rad", deg=_mr("3"), e=_mr("a")), "∛(a)"),
        (_m("d", e=_mr("a+b")), "(a+b)"),
        (_m("nary", naryPr='<m:chr m:val="∑"/>', sub=_mr("i=1"), sup=_mr("n"), e=_mr("k")),
         "∑_(i=1)^n k"),
        (_m("func", fName=_mr("log"), e=_m("d", e=_mr("x"))), "log(x)"),
        (_m("m", mr="<m:e>1</m:e>".replace("1", _mr("1")) + f"<m:e>{_mr('2')}</m:e>"), "[1, 2]"),
        ("<m:r><w:rPr><w:strike/></w:rPr><m:t>9</m:t></m:r>" + _mr("8"), "8"),
    ],
)  # fmt: skip
def test_equations_stand_on_one_line(equation: str, shown: str) -> None:
    assert read(p(f"<m:oMath>{equation}</m:oMath>")).text == shown


def test_numbers_of_headings_are_those_that_word_shows() -> None:
    text = field("birch-terms.docx").text
    assert "## Article 3 Payment" in text
    assert "### 3.2 Late payment" in text


def test_numbers_by_style_in_japanese() -> None:
    styles = (
        style("Jo", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', name="heading 1")
        + style("JoChild", '<w:basedOn w:val="Jo"/>')
        + style("Ko", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
        + style(
            "None", '<w:basedOn w:val="Ko"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'
        )
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        + level(0, "japaneseCounting", "第%1条", '<w:pStyle w:val="Jo"/>')
        + level(1, "decimalFullWidth", "%2", '<w:pStyle w:val="Ko"/>')
        + level(2, "aiueoFullWidth", "(%3)")
        + level(3, "decimalEnclosedCircle", "%4")
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = (
        p("目的", style="Jo")
        + p("定義", style="JoChild")
        + p("項", style="Ko")
        + p("号", properties=numbered(1, 2))
        + p("丸", properties=numbered(1, 3))
        + p("次", style="Ko")
        + p("素", style="None")
    )
    assert read(body, styles=styles, numbering=numbering).text == (
        "## 第一条 目的\n\n## 第二条 定義\n\n"
        "  - １ 項\n    - (ア) 号\n      - ① 丸\n  - ２ 次\n\n素"
    )


def test_deeper_list_styles_of_word_are_deeper() -> None:
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">{level(0, form, sign)}</w:abstractNum>'
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>'
        for n, form, sign in ((1, "decimal", "%1."), (2, "bullet", "•"))
    )
    by_style = '<w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr>'
    styles = style("LN", by_style.format(1), name="List Number")
    styles += style("LB2", by_style.format(2), name="List Bullet 2")
    styles += style("L3", "", name="List 3")
    styles += style("Own", '<w:basedOn w:val="LB2"/>', name="Own list")
    body = p("travel", style="LN") + p("abroad", style="LB2") + p("by air", style="L3")
    body += p("wages", style="LN") + p("other", style="Own")
    assert read(body, styles=styles, numbering=lists).text == (
        "1. travel\n  - abroad\n    - by air\n2. wages\n- other"
    )


def test_lists_restart_override_and_go_on() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="5">'
        + level(0, "upperRoman", "%1.")
        + level(1, "lowerLetter", "%2)")
        + level(2, "decimal", "%1.%3", "<w:isLgl/>")
        + level(3, "bullet", "•")
        + "</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="7"/></w:lvlOverride></w:num>'
        '<w:num w:numId="4"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0">'
        + level(0, "decimal", "Rule %1:")
        + "</w:lvlOverride></w:num>"
    )
    places = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 3), (2, 0), (1, 1), (3, 0), (3, 0), (4, 0)]
    body = "".join(p("x", properties=numbered(*place)) for place in places)
    lines = [line.strip(" -") for line in read(body, numbering=numbering).text.split("\n")]
    assert lines == ["I. x", "a) x", "b) x", "1.1 x", "x", "II. x", "a) x", "VII. x", "VIII. x",
                     "Rule 9: x"]  # fmt: skip


def test_a_hidden_paragraph_takes_no_number_and_an_empty_one_does() -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1.")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    hidden = r("h", "<w:vanish/>")
    body = "".join(p(text, properties=numbered(1)) for text in ("a", hidden, "b", "", "c"))
    assert read(body, numbering=numbering).text == "1. a\n2. b\n4. c"


def test_merged_cells_hold_for_all_their_rows_and_columns() -> None:
    def merged(kind: str) -> str:
        return f'<w:vMerge w:val="{kind}"/>'

    body = (
        "<w:tbl>"
        + tr("Country", tc("Amount", '<w:gridSpan w:val="2"/>'))
        + tr(tc("Norway", merged("restart")), "2026", "9 yen")
        + tr(tc("", "<w:vMerge/>"), "2027", "8 yen")
        + tr("2028", "7 yen", properties='<w:gridBefore w:val="1"/>')
        + "</w:tbl>"
    )
    assert read(body).text == (
        "| Country | Amount | Amount |\n| --- | --- | --- |\n| Norway | 2026 | 9 yen |\n"
        "| Norway | 2027 | 8 yen |\n|  | 2028 | 7 yen |"
    )


def test_tables_inside_tables_are_kept() -> None:
    inner = f"<w:tbl>{tr('Fee', '5 yen')}{tr('Tax', '1 yen')}</w:tbl>"
    assert (
        "| Norway | Fee; 5 yen Tax; 1 yen |"
        in read(f"<w:tbl>{tr('A', 'B')}{tr('Norway', tc(inner))}</w:tbl>").text
    )
    framed = read(f"<w:tbl>{tr(tc(p('Rates') + inner))}</w:tbl>").text
    assert framed == "Rates\n\n| Fee | 5 yen |\n| --- | --- |\n| Tax | 1 yen |"


def test_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{p('Boxed.')}</w:txbxContent>"
    drawn = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><a:graphic><wps:txbx>"
        f"{box}</wps:txbx></a:graphic></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>"
    assert read(p(r("Around.") + drawn)).text == "Around.\n\nBoxed."
    assert read(p(old)).text == "Boxed."
    assert "Boxed." in read(f"<w:tbl>{tr(tc(p(old)), 'B')}{tr('1', '2')}</w:tbl>").text


def test_pictures_and_hidden_drawings_are_told() -> None:
    parsed = read(
        p(r("Text.") + "<w:r><w:drawing><wp:inline><a:blip/></wp:inline></w:drawing></w:r>")
        + p("<w:r><w:drawing><wp:docPr hidden='1'/><a:blip/></w:drawing></w:r>")
    )
    assert whats(parsed) == [("lost", "1 picture"), ("hidden", "1 hidden drawing")]


def test_notes_have_the_numbers_that_a_reader_sees() -> None:
    def mark(note: str) -> str:
        return f'<w:r><w:footnoteReference w:id="{note}"/></w:r>'

    footnotes = "".join(
        f'<w:footnote w:id="{note}">{p(text)}</w:footnote>'
        for note, text in (("7", "Once only."), ("3", r("No tax.") + r("old", "<w:strike/>")))
    )
    body = p(r("Up to 500") + mark("7") + r(" euros.")) + p(r("A rule.") + mark("3"))
    assert read(body, footnotes=footnotes).text == (
        "Up to 500 (*1) euros.\n\n*1 Once only.\n\nA rule.*2\n\n*2 No tax."
    )


def test_fields_show_their_results_alone() -> None:
    body = p(r("See ") + run_field(" REF x ", "section 3") + r(".")) + p(
        '<w:fldSimple w:instr=" SEQ Table "><w:r><w:t>Table 1</w:t></w:r></w:fldSimple>'
    )
    broken = p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("code")) + p("Next.")
    assert read(body + broken).text == "See section 3.\n\nTable 1\n\nNext."


def test_headers_stand_once_without_page_numbers() -> None:
    def section(*names: str, more: str = "") -> str:
        marks = "".join(
            f'<w:{name[:6]}Reference r:id="{name}" w:type="{kind}"/>'
            for name, kind in (named.split(":") for named in names)
        )
        return f"<w:sectPr>{marks}{more}</w:sectPr>"

    head = p(r("Third edition, valid from 1 April 2026"))
    foot = p(r("Page ") + run_field("PAGE", "1") + r(" of ") + run_field("NUMPAGES", "9"))
    body = p("Rules", style="H") + p("Text.") + section("header1:default", "footer1:default",
                                                        "header2:first")  # fmt: skip
    parts = {
        "styles": style("H", "", name="heading 1"),
        "header1": head,
        "footer1": foot,
        "header2": p("Never shown"),
    }
    text = read(body, **parts).text
    assert text == "## Rules\n\nThird edition, valid from 1 April 2026\n\nText."


def test_a_header_that_repeats_the_text_is_not_repeated() -> None:
    body = p("Handbook 2026") + '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>'
    assert read(body, header1=p("Handbook 2026")).text == "Handbook 2026"


def test_the_main_part_may_have_another_name() -> None:
    assert parse(Raw(name="x", data=word_file(p("Text."), "word/document2.xml"))).text == "Text."


@pytest.mark.parametrize(
    "body",
    ["<w:p><w:r><w:t>x</w:r></w:p>", sdt("") * 3, "<w:sdt>" * 400 + "</w:sdt>" * 400, ""],
)
def test_odd_files_are_refused_with_a_reason(body: str) -> None:
    with pytest.raises(LoadError, match=r"broken XML|no text"):
        read(body)


def test_a_hostile_file_takes_bounded_work() -> None:
    cell = tc("x", '<w:gridSpan w:val="999999999"/>')
    chained = style("A", '<w:basedOn w:val="B"/>') + style("B", '<w:basedOn w:val="A"/>')
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level(0, "upperRoman", "%1" * 200)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = p("y", style="A", properties=numbered(1)) + f"<w:tbl>{tr(cell * 300)}</w:tbl>"
    assert len(read(body, styles=chained, numbering=numbering).text) < 10_000


def test_letters_of_a_hidden_default_are_hidden_and_white_ones_on_any_colour_seen() -> None:
    white = '<w:color w:val="FFFFFF"/>'
    shading = '<w:shd w:val="clear" w:fill="000000"/>'
    body = (
        p(r("Marked.", white + '<w:highlight w:val="black"/>'))
        + p(r("Shaded.", white), properties=shading)
        + p(r("By style.", white), style="Dark")
    )
    styles = style("Dark", f"<w:pPr>{shading}</w:pPr>")
    assert read(body, styles=styles).text == "Marked.\n\nShaded.\n\nBy style."
    hidden = (
        "<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>"
    )
    body = p(r("No.") + r("Yes.", '<w:vanish w:val="0"/>'))
    assert read(body, styles=hidden).text == "Yes."


def test_deleted_cells_are_left_out_and_embedded_files_told() -> None:
    gone = tc("old", '<w:cellDel w:id="1"/>')
    parsed = read(f"<w:tbl>{tr('A', 'B')}{tr('1', gone, '2')}</w:tbl><w:altChunk/>")
    assert parsed.text == "| A | B |\n| --- | --- |\n| 1 | 2 |"
    assert whats(parsed) == [("hidden", "1 deleted cell"), ("lost", "1 embedded file")]


def test_notes_and_drawings_of_hidden_runs_are_hidden() -> None:
    box = f"<w:pict><v:textbox><w:txbxContent>{p('Boxed.')}</w:txbxContent></v:textbox></w:pict>"
    inside = '<w:footnoteReference w:id="1"/>', box
    runs = "".join(f"<w:r><w:rPr><w:vanish/></w:rPr>{part}</w:r>" for part in inside)
    note = f'<w:footnote w:id="1">{p("Noted.")}</w:footnote>'
    parsed = read(p(r("Seen.") + runs), footnotes=note)
    assert parsed.text == "Seen."
    assert whats(parsed) == [("hidden", "1 hidden passage")]


def test_drawn_words_and_equations_without_text_are_told() -> None:
    shape = '<w:r><w:pict><v:shape><v:textpath string="DRAFT"/></v:shape></w:pict></w:r>'
    parsed = read(p(r("Text.") + shape + "<m:oMath><m:r/></m:oMath>"))
    assert parsed.text == "Text."
    assert whats(parsed) == [("lost", "1 drawn word"), ("lost", "1 equation")]


def test_readings_over_a_word_are_not_in_it() -> None:
    ruby = f"<w:ruby><w:rt>{r('げん')}</w:rt><w:rubyBase>{r('限')}</w:rubyBase></w:ruby>"
    assert read(p(r("上") + f"<w:r>{ruby}</w:r>" + r("度"))).text == "上限度"


def test_old_form_fields_show_what_was_chosen() -> None:
    def form(data: str) -> str:
        return (
            f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar>'
            '<w:fldChar w:fldCharType="end"/></w:r>'
        )

    entries = '<w:listEntry w:val="Norway"/><w:listEntry w:val="Japan"/>'
    chosen = form(f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>')
    first = form(f"<w:ddList>{entries}</w:ddList>")
    ticked = form("<w:checkBox><w:default/></w:checkBox>")
    assert read(p(chosen) + p(first) + p(ticked)).text == "Japan\n\nNorway\n\n☑"


def test_endnotes_own_marks_and_number_forms() -> None:
    def mark(kind: str, note: str, more: str = "") -> str:
        return f'<w:r><w:{kind}Reference w:id="{note}" {more}/></w:r>'

    own = mark("footnote", "1", 'w:customMarkFollows="1"') + r("†")
    body = (
        p(r("A rule") + own) + p(r("B") + mark("footnote", "2")) + p(r("C") + mark("endnote", "1"))
    )
    parts = {
        "footnotes": f'<w:footnote w:id="1">{p("† Own.")}</w:footnote>'
        f'<w:footnote w:id="2">{p("Counted.")}</w:footnote>',
        "endnotes": f'<w:endnote w:id="1">{p("Ended.")}</w:endnote>',
        "settings": '<w:footnotePr><w:numFmt w:val="upperLetter"/></w:footnotePr>',
    }
    assert read(body, **parts).text == (
        "A rule†\n\n† Own.\n\nB*A\n\n*A Counted.\n\nC*i\n\n*i Ended."
    )


def test_levels_that_do_not_restart_linked_patterns_and_joined_numbers() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        + level(0, "decimal", "%1.")
        + level(1, "decimal", "第%2項", '<w:lvlRestart w:val="0"/><w:suff w:val="nothing"/>')
        + '</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Linked"/>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    linked = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    places = [(1, 0), (1, 1), (2, 0), (2, 1)]
    body = "".join(p("x", properties=numbered(*place)) for place in places)
    text = read(body, numbering=numbering, styles=style("Linked", linked, kind="numbering")).text
    assert text == "1. x\n  - 第1項x\n2. x\n  - 第2項x"


def test_headers_of_even_pages_are_shown_where_the_document_has_them() -> None:
    body = p("Text.") + ('<w:sectPr><w:headerReference w:type="even" r:id="header1"/></w:sectPr>')
    assert read(body, header1=p("Even")).text == "Text."
    assert read(body, header1=p("Even"), settings="<w:evenAndOddHeaders/>").text == "Even\n\nText."


def test_signs_and_ordinals_and_new_number_forms() -> None:
    sign = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:sym w:font="Wingdings" w:char="F0FE"/>'
    custom = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="ordinal"/></mc:Fallback></mc:AlternateContent>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="11"/>'
        f'{custom}<w:lvlText w:val="%1"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = p(f"<w:r>{sign}</w:r>") + p("rule", properties=numbered(1))
    assert read(body, numbering=numbering).text == "☑\n\n- 11th rule"


def test_a_heading_in_a_frame_is_a_heading_and_a_late_title_none() -> None:
    named = style("T", "", name="Title") + style("H", "", name="heading 1")
    framed = read(f"<w:tbl>{tr(tc(p('Goals', style='H')))}</w:tbl>",
                  styles=named)  # fmt: skip
    assert framed.text == "## Goals"
    late = read(p("Text.") * 10 + p("Not it", style="T"), styles=named)
    assert late.stated.title is None
    assert read(p("Text.") + p("It", style="T"), styles=named).stated.title == "It"


def test_letters_moved_by_hand_are_raised_where_they_are_small() -> None:
    small, moved = '<w:sz w:val="14"/>', '<w:position w:val="8"/>'
    body = p(r("Fee 500") + r("1", moved + small) + r(" euros, 10") + r("6", moved + small))
    assert read(body).text == "Fee 500 (note 1) euros, 10^6"
    body = p(r("H") + r("2", f'<w:position w:val="-6"/>{small}') + r("O, 50") + r("0", moved))
    assert read(body).text == "H2O, 500"
    body = p(r("50") + r("0", '<w:position w:val="2"/><w:sz w:val="14"/>'))
    assert read(body).text == "500"


def test_letters_under_a_black_marker_are_hidden() -> None:
    black = '<w:color w:val="000000"/>'
    marker = '<w:highlight w:val="black"/>'
    ground = '<w:shd w:val="clear" w:fill="000000"/>'
    body = p(
        r("Seen ") + r("a", marker) + r("b", black + marker) + r("c", black + ground)
        + r("white", ground) + r(" red", f'<w:color w:val="FF0000"/>{marker}')
    )  # fmt: skip
    parsed = read(body)
    assert parsed.text == "Seen white red"
    assert whats(parsed) == [("hidden", "1 hidden passage")]


@pytest.mark.parametrize("look", ["visibility:hidden", "width:9pt; display: none"])
def test_hidden_shapes_of_older_files_are_left_out(look: str) -> None:
    box = "<v:shape style='{}'><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape>"
    shapes = box.format(look, p("secret")) + box.format("width:9pt", p("Seen."))
    parsed = read(p("Body.") + p(f"<w:r><w:pict>{shapes}</w:pict></w:r>"))
    assert parsed.text == "Body.\n\nSeen."
    assert whats(parsed) == [("hidden", "1 hidden drawing")]

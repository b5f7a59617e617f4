"""CSV, mail, OpenDocument, EPUB, RTF: read as their readers see them, found in folders, refused."""

from collections.abc import Callable
from dataclasses import replace
from email.header import Header
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.unit.ingest.load.packages import archive

from aspire_ingest.errors import LoadError
from aspire_ingest.load import detect, epub, legacy, mail
from aspire_ingest.load.detect import detect_kind, is_text_content
from aspire_ingest.load.loader import Loader
from aspire_ingest.load.opendocument import document as opendocument
from aspire_ingest.load.parse_result import Parsed, Raw
from aspire_ingest.load.registry import CONTAINED, contained_parser
from aspire_ingest.load.richtext import document as richtext
from aspire_ingest.load.text import csv_tables
from aspire_ingest.load.types import LoadOptions

_FIELD = Path(__file__).parent / "field"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def raw(data: bytes | str) -> Raw:
    return Raw(name="x", data=data.encode() if isinstance(data, str) else data)


def whats(parsed: Parsed) -> list[tuple[str, str, str]]:
    return [(remark.kind, remark.what, remark.where) for remark in parsed.remarks]


# Tables of text


def test_a_csv_file_is_one_table() -> None:
    parsed = csv_tables.parse(raw((_FIELD / "a.csv").read_bytes()))
    assert parsed.text == (
        "| field | pi | budget |\n| --- | --- | --- |\n| quantum | Yamamoto | 35 |"
    )


@pytest.mark.parametrize(
    ("data", "row"),
    [
        (b"a;b\n1,5;2,5\n3,5;4,5\n", "| 1,5 | 2,5 |"),
        (b"a\tb\n1,000\t2,000, net\n", "| 1,000 | 2,000, net |"),
        (b'sep=|\na|b\n"x|y"|2\n', "| x\\|y | 2 |"),
        (b"a,b;c\n1,2,5;2\n1,3,5;4\nx,y,z\n", "| 1,2,5 | 2 |"),
        (b'a,b\n"two\nlines",2\n', "| two lines | 2 |"),
        (b'a,b\n="0007",x="y"\n', '| 0007 | x="y" |'),
        ("費目,上限\n旅費,9万円\n".encode("cp932"), "| 旅費 | 9万円 |"),
        ("費目\t上限\n旅費\t9万円\n".encode("utf-16"), "| 旅費 | 9万円 |"),
    ],
)
def test_the_delimiter_and_the_encoding_are_told_by_the_file(data: bytes, row: str) -> None:
    assert row in csv_tables.parse(raw(data)).text.split("\n")


def test_lines_above_the_table_are_text() -> None:
    text = csv_tables.parse(raw("Rates 2026,,\n(thousand yen),,\n\na,b,c\n1,2,3\n")).text
    assert (
        text == "Rates 2026\n\n(thousand yen)\n\n| a | b | c |\n| --- | --- | --- |\n| 1 | 2 | 3 |"
    )


def test_a_single_column_and_too_wide_rows() -> None:
    assert csv_tables.parse(raw("name\nOsprey\n")).text.endswith("| Osprey |")
    parsed = csv_tables.parse(raw(",".join(["x"] * 300) + "\n"))
    assert whats(parsed) == [("lost", "1 row cut at 200 cells", "")]
    with pytest.raises(LoadError, match="no values"):
        csv_tables.parse(raw(",,\n,,\n"))


# Mail


def message(text: str = "", page: str = "") -> EmailMessage:
    built = EmailMessage()
    built["From"] = "secretary@example.org"
    built["Bcc"] = "hidden@example.org"
    built["Subject"] = "締切の変更 (Kestrel)"
    built["Date"] = "Wed, 3 Jun 2026 09:00:00 +0900"
    if text:
        built.set_content(text)
    if page:
        built.add_alternative(page, subtype="html")
    return built


def test_a_message_gives_its_subject_date_and_plain_text() -> None:
    built = message("The deadline is 15 June 2026.\n", "<p>Not this.</p>")
    built.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="rules.pdf")
    parsed = mail.parse(raw(built.as_bytes()))
    assert parsed.text == "# 締切の変更 (Kestrel)\n\nThe deadline is 15 June 2026."
    assert (parsed.stated.title, parsed.stated.published) == ("締切の変更 (Kestrel)", "2026-06-03")
    assert whats(parsed) == [("lost", "1 attached file: rules.pdf", "")]
    assert "example.org" not in parsed.text


def test_a_message_of_html_alone_is_read_as_a_page() -> None:
    built = message()
    built.set_content("<html><body><h1>Rule</h1><p>Nine yen.</p></body></html>", subtype="html")
    assert "Nine yen." in mail.parse(raw(built.as_bytes())).text


@pytest.mark.parametrize(
    ("sensitivity", "margins"),
    [
        ("Company-Confidential", ("Company confidential",)),
        ("private", ("Confidential",)),
        ("Normal", ()),
    ],
)
def test_what_a_sender_marks_a_message_as_is_a_margin(
    sensitivity: str, margins: tuple[str, ...]
) -> None:
    found = message("The rate is 5 yen.")
    found["Sensitivity"] = sensitivity
    assert mail.parse(raw(found.as_bytes())).margins == margins


def test_lines_that_a_program_wrapped_are_joined() -> None:
    head = "Subject: S\nContent-Type: text/plain; charset=utf-8; format=flowed{}\n\n"
    body = "The ceiling is \n500 yen.\n> old \nNew.\n-- \nAlex\n  indented"
    text = mail.parse(raw(head.format("") + body)).text
    assert text == "# S\n\nThe ceiling is 500 yen.\n> old \nNew.\n-- \nAlex\n indented"
    japanese = mail.parse(raw(head.format("; delsp=yes") + "上限は \n五百円"))
    assert japanese.text == "# S\n\n上限は五百円"


def test_an_excuse_for_programs_without_html_gives_way_to_the_page() -> None:
    excuse = "Your mail program cannot display HTML messages."
    assert mail.parse(raw(message(excuse, "<p>Ceiling 7 yen.</p>").as_bytes())).text.endswith(
        "Ceiling 7 yen."
    )
    assert excuse in mail.parse(raw(message(excuse).as_bytes())).text
    plain = "The new form shows HTML pages as well. The ceiling is 7 yen."
    assert plain in mail.parse(raw(message(plain, "<p>Other.</p>").as_bytes())).text


def test_old_japanese_mail_is_decoded() -> None:
    body = "上限は9万円です。".encode("iso-2022-jp")
    subject = Header("お知らせ", "iso-2022-jp").encode().encode()
    head = b"Subject: " + subject + b"\nContent-Type: text/plain; charset=iso-2022-jp\n\n"
    assert mail.parse(raw(head + body)).text == "# お知らせ\n\n上限は9万円です。"


def test_raw_bytes_in_a_subject_do_not_break_a_message() -> None:
    data = "Subject: 締切の変更について\nDate: someday\n\nThe rule is nine.".encode("cp932")
    parsed = mail.parse(raw(data))
    assert parsed.text.endswith("The rule is nine.")
    assert parsed.stated.published is None
    assert "The rule is nine." in mail.parse(raw((_FIELD / "c.eml").read_bytes())).text


def test_a_message_inside_a_message_is_named_not_read() -> None:
    built = message("Outer.\n")
    built.add_attachment(message("Inner secret.\n"))
    parsed = mail.parse(raw(built.as_bytes()))
    assert "Inner" not in parsed.text
    assert parsed.remarks[0].kind == "lost"


def test_texts_attached_to_a_message_are_named_not_read() -> None:
    built = message("Outer.\n")
    built.add_attachment("Not this.", filename="terms.txt")
    built.add_attachment(b"x", maintype="image", subtype="png")
    parsed = mail.parse(raw(built.as_bytes()))
    assert "Not this." not in parsed.text
    assert [what for _, what, _ in whats(parsed)] == ["1 attached file: terms.txt", "1 picture"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"Subject: x\n\n", "without text"),
        (b"Content-Type: multipart/encrypted; boundary=a\n\n--a\n\nx\n--a--\n", "encrypted"),
    ],
)
def test_mail_without_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(LoadError, match=reason):
        mail.parse(raw(data))


# OpenDocument

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in (("office", "office"), ("text", "text"), ("table", "table"),
                      ("draw", "drawing"), ("style", "style"), ("presentation", "presentation"),
                      ("fo", "xsl-fo-compatible"), ("form", "form"))
)  # fmt: skip


def odf(
    kind: str,
    body: str,
    styles: str = "",
    master: str = "",
    options: LoadOptions | None = None,
) -> Parsed:
    content = (
        f"<office:document-content {_SPACES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>"
        "</office:body></office:document-content>"
    )
    parts: dict[str, str | bytes] = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": content,
        "styles.xml": f"<office:document-styles {_SPACES}>{master}</office:document-styles>",
    }
    file = replace(raw(archive(parts)), options=options or LoadOptions())
    return opendocument.parse(file)


def odf_style(name: str, family: str, properties: str) -> str:
    return f'<style:style style:name="{name}" style:family="{family}">{properties}</style:style>'


def test_a_guideline_of_libreoffice_is_read() -> None:
    text = opendocument.parse(raw((_FIELD / "lo-guideline.odt").read_bytes())).text
    assert text.startswith("## ASPIRE Application Guidelines FY2026\n\n")
    assert "until its end*1. Doctoral students may not be principal investigators." in text
    assert "\n\n*1 Emeritus professors are not eligible.\n\n" in text
    assert text.count("Example Agency") == 1


def test_opendocument_hides_strikes_and_deletes() -> None:
    styles = (
        odf_style("S", "text", '<style:text-properties style:text-line-through-style="solid"/>')
        + odf_style("H", "text", '<style:text-properties text:display="none"/>')
        + odf_style("U", "text", '<style:text-properties style:text-position="super 58%"/>')
    )
    parsed = odf(
        "text",
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        '<text:p>Up to <text:span text:style-name="S">1,000 </text:span>10'
        '<text:span text:style-name="U">6</text:span> yen'
        '<text:span text:style-name="H">secret</text:span>'
        "<office:annotation><text:p>remark</text:p></office:annotation>.</text:p>"
        '<text:section text:display="none"><text:p>unseen</text:p></text:section>'
        '<text:p>x<text:hidden-paragraph text:is-hidden="true"/></text:p>',
        styles,
    )
    assert parsed.text == "Up to 10^6 yen."
    assert [what for _, what, _ in whats(parsed)] == [
        "1 deleted passage", "1 struck passage", "1 hidden passage", "1 comment",
        "1 hidden section", "1 hidden paragraph",
    ]  # fmt: skip


def test_colours_and_sizes_of_opendocument_hide() -> None:
    looks = {
        "W": 'fo:color="#ffffff"',
        "B": 'fo:color="#000000" fo:background-color="#000000"',
        "D": 'fo:color="#ffffff" fo:background-color="#003366"',
        "A": 'style:use-window-font-color="true" fo:background-color="#000000"',
        "T": 'fo:font-size="1pt"',
        "G": 'fo:color="#777777"',
    }
    styles = "".join(
        odf_style(name, "text", f"<style:text-properties {look}/>") for name, look in looks.items()
    )
    spans = "".join(f'<text:span text:style-name="{name}">{name}. </text:span>' for name in looks)
    table = (
        f"<table:table><table:table-row>{cell('x')}<table:table-cell><text:p><text:span "
        'text:style-name="W">white in a table</text:span></text:p></table:table-cell>'
        "</table:table-row></table:table>"
    )
    parsed = odf("text", f"<text:p>{spans}</text:p>{table}", styles)
    assert parsed.text == "D. A. G.\n\n| x | white in a table |\n| --- | --- |"
    assert whats(parsed) == [("hidden", "2 hidden passages", "")]


def test_controls_of_opendocument_show_their_state() -> None:
    forms = (
        '<office:forms><form:form><form:checkbox form:id="a" form:label="Travel" '
        'form:current-state="checked"/><form:checkbox xml:id="b"/><form:radio form:id="c" '
        'form:label="Yes" form:current-selected="true"/><form:text form:id="d" '
        'form:current-value="300 yen"/><form:password form:id="e" form:current-value="x1"/>'
        '<form:listbox form:id="f"><form:option form:label="A"/><form:option form:label="B" '
        'form:selected="true"/></form:listbox><form:button form:id="g" form:label="Send"/>'
        "</form:form></office:forms>"
    )
    controls = " ".join(f'<draw:control draw:control="{name}"/>' for name in "acdefg")
    body = f'{forms}<text:p>{controls}</text:p><text:p><draw:control draw:control="b"/> Alcohol'
    body += '</text:p><draw:control draw:control="d"/>'
    parsed = odf("text", body)
    assert parsed.text == "☑ Travel ☑ Yes 300 yen B\n\n☐ Alcohol\n\n300 yen"


def test_lists_and_headings_of_opendocument_are_numbered() -> None:
    def number(depth: int, form: str, more: str = "") -> str:
        return f'text:level="{depth}" style:num-format="{form}" {more}'

    styles = (
        '<text:list-style style:name="L"><text:list-level-style-number '
        + number(1, "1", 'style:num-suffix="."')
        + "/><text:list-level-style-number "
        + number(2, "ア, イ, ウ, ...", 'style:num-prefix="(" style:num-suffix=")"')
        + "/></text:list-style>"
    )
    master = (
        "<text:outline-style><text:outline-level-style "
        + number(1, "1", 'style:num-prefix="第" style:num-suffix="条"')
        + "/><text:outline-level-style "
        + number(2, "1", 'text:display-levels="2"')
        + "/></text:outline-style>"
    )
    item = "<text:list-item><text:p>{}</text:p>{}</text:list-item>"
    inner = f"<text:list>{item.format('b', '')}{item.format('c', '')}</text:list>"
    parsed = odf(
        "text",
        '<text:h text:outline-level="1">目的</text:h><text:h text:outline-level="2">範囲</text:h>'
        f'<text:list text:style-name="L">{item.format("a", inner)}</text:list><text:p>x</text:p>'
        '<text:list text:style-name="L" text:continue-numbering="true">'
        f"{item.format('d', '')}</text:list>",
        styles,
        master,
    )
    assert parsed.text == (
        "## 第1条 目的\n\n### 1.1 範囲\n\n1. a\n  - (ア) b\n  - (イ) c\n\nx\n\n2. d"
    )


def cell(text: str, more: str = "") -> str:
    inside = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell {more}>{inside}</table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def test_sheets_of_opendocument_show_what_a_reader_sees() -> None:
    styles = odf_style("Off", "table", '<style:table-properties table:display="false"/>')
    many = 'table:number-columns-repeated="16000"'
    covered = "<table:covered-table-cell/>"
    body = (
        '<table:table table:name="Rates"><table:table-column/>'
        '<table:table-column table:visibility="collapse"/><table:table-column/>'
        + row(cell("Country"), cell("secret"), cell("Rate"), cell("", many))
        + row(cell("Norway", 'table:number-rows-spanned="2"'), cell("s"), cell("30 %"))
        + row(covered, cell("s"), cell("4,500"))
        + row(cell("hidden"), cell("s"), cell("9"), more='table:visibility="filter"')
        + row(cell("", many), more='table:number-rows-repeated="1048000"')
        + '</table:table><table:table table:name="Old" table:style-name="Off">'
        + row(cell("x"))
        + "</table:table>"
    )
    parsed = odf("spreadsheet", body, styles)
    assert parsed.text == (
        "## Rates\n\n| Country | Rate |\n| --- | --- |\n| Norway | 30 % |\n| Norway | 4,500 |"
    )
    assert whats(parsed) == [
        ("hidden", "1 hidden column", "sheet Rates"),
        ("hidden", "1 hidden row", "sheet Rates"),
        ("hidden", "1 hidden sheet", ""),
    ]


def test_hostile_repeats_are_refused() -> None:
    body = row(cell("x", 'table:number-columns-repeated="9999999"'),
               more='table:number-rows-repeated="9999999"')  # fmt: skip
    with pytest.raises(LoadError, match="more than 500000 cells"):
        odf("spreadsheet", f'<table:table table:name="A">{body}</table:table>')


def test_slides_of_opendocument_leave_out_notes_and_hidden_ones() -> None:
    styles = odf_style(
        "Hid", "drawing-page",
        '<style:drawing-page-properties presentation:visibility="hidden"/>',
    )  # fmt: skip
    title = (
        '<draw:frame presentation:class="title"><draw:text-box><text:p>Goals</text:p>'
        "</draw:text-box></draw:frame>"
    )
    note = (
        "<presentation:notes><draw:frame><draw:text-box><text:p>do not say</text:p>"
        "</draw:text-box></draw:frame></presentation:notes>"
    )
    body = (
        f"<draw:page>{title}<draw:frame><draw:text-box><text:p>Nine yen.</text:p></draw:text-box>"
        f"</draw:frame><draw:frame><draw:image/></draw:frame>{note}</draw:page>"
        f'<draw:page draw:style-name="Hid">{title}</draw:page>'
    )
    parsed = odf("presentation", body, styles)
    assert parsed.text == "## Goals\n\nNine yen."
    assert [what for _, what, _ in whats(parsed)] == [
        "1 page of speaker notes", "1 picture", "1 hidden slide",
    ]  # fmt: skip
    assert len(parsed.page_starts) == 2
    asked = odf("presentation", body, styles, options=LoadOptions(with_notes=True))
    assert asked.text == "## Goals\n\nNine yen.\n\ndo not say"
    assert [what for _, what, _ in whats(asked)] == ["1 picture", "1 hidden slide"]


def test_headers_of_opendocument_stand_once_without_page_numbers() -> None:
    master = (
        "<office:master-styles><style:master-page><style:header><text:p>Third edition</text:p>"
        "</style:header><style:footer><text:p>Page <text:page-number>1</text:page-number></text:p>"
        "</style:footer></style:master-page></office:master-styles>"
    )
    assert odf("text", "<text:p>Rules.</text:p>", master=master).text == "Third edition\n\nRules."


def test_conditions_drafts_and_readings_of_opendocument_are_not_shown() -> None:
    reading = "<text:ruby-text>げん</text:ruby-text>"
    ruby = f"<text:ruby><text:ruby-base>限</text:ruby-base>{reading}</text:ruby>"
    parsed = odf(
        "text",
        f'<text:p>上{ruby}度<text:hidden-text text:string-value="s">s</text:hidden-text></text:p>'
        '<text:section text:display="condition"><text:p>unseen</text:p></text:section>'
        '<text:section text:display="condition" text:is-hidden="false"><text:p>seen</text:p>'
        "</text:section>"
        '<draw:frame presentation:placeholder="true"><draw:text-box><text:p>Click here</text:p>'
        "</draw:text-box></draw:frame>",
    )
    assert parsed.text == "上限度\n\nseen"
    assert [what for _, what, _ in whats(parsed)] == ["1 hidden passage", "1 hidden section"]


def test_styles_of_opendocument_pass_on_what_they_say() -> None:
    parsed = odf(
        "text",
        '<text:p>2<text:span text:style-name="Child">1,000 </text:span>0 m'
        '<text:span text:style-name="Up">2</text:span></text:p>',
        odf_style("Old", "text", '<style:text-properties style:text-line-through-type="single"/>')
        + '<style:style style:name="Child" style:family="text" style:parent-style-name="Old"/>'
        + odf_style("Up", "text", '<style:text-properties style:text-position="33% 58%"/>'),
    )
    assert parsed.text == "20 m^2"
    assert [what for _, what, _ in whats(parsed)] == ["1 struck passage"]


def test_headings_and_lists_of_opendocument_start_and_go_on_as_told() -> None:
    styles = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" '
        'style:num-format="1" style:num-suffix="."/></text:list-style>'
        '<style:style style:name="Free" style:family="paragraph" style:list-style-name=""/>'
    )
    master = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/>'
        "</text:outline-style>"
    )
    listed = '<text:list text:style-name="L" {}><text:list-item {}><text:p>{}</text:p>'
    listed += "</text:list-item></text:list><text:p>-</text:p>"
    parsed = odf(
        "text",
        '<text:h text:style-name="Free">Foreword</text:h><text:h text:is-list-header="true">To'
        "</text:h><text:h>Goals</text:h>"
        + listed.format('xml:id="a"', 'text:start-value="4"', "four")
        + listed.format('text:continue-list="a"', "", "five"),
        styles,
        master,
    )
    assert parsed.text == ("## Foreword\n\n## To\n\n## 1 Goals\n\n4. four\n\n-\n\n5. five\n\n-")


def test_cells_of_opendocument_show_their_own_words() -> None:
    note = "<office:annotation><text:p>said aside</text:p></office:annotation>"
    body = (
        row(cell("A"), cell("B"))
        + row('<table:table-cell office:value="7"/>', f"<table:table-cell>{note}<text:p>x</text:p>"
              "</table:table-cell>")
        + row(cell("", 'table:number-columns-repeated="300"'), cell("far"))
    )  # fmt: skip
    parsed = odf("spreadsheet", f'<table:table table:name="S">{body}</table:table>')
    assert "| 7 | x |" in parsed.text.replace(" |  ", "")
    assert "aside" not in parsed.text
    assert whats(parsed)[-1] == ("lost", "1 cell too far right", "sheet S")


def test_a_header_that_opendocument_switches_off_is_not_shown() -> None:
    master = (
        '<office:master-styles><style:master-page><style:header style:display="false">'
        "<text:p>Old edition</text:p></style:header></style:master-page></office:master-styles>"
    )
    assert odf("text", "<text:p>Rules.</text:p>", master=master).text == "Rules."


def test_protected_opendocument_is_refused() -> None:
    data = archive({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": b"\x00\x01",
        "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>",
    })  # fmt: skip
    with pytest.raises(LoadError, match="password"):
        opendocument.parse(raw(data))


# EPUB


def book(chapters: dict[str, str], **more: str) -> bytes:
    items = "".join(
        f'<item id="i{place}" href="text/{quote(name)}" media-type="application/xhtml+xml"/>'
        for place, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="i{place}"/>' for place in reversed(range(len(chapters))))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata><dc:title>Handbook</dc:title><dc:date>2026-04-01</dc:date></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    parts: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfile full-path="O/p.opf"/></container>',
        "O/p.opf": package,
    }
    for name, body in chapters.items():
        parts[f"O/text/{name}"] = (
            '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">'
            f"<head><title>t</title></head><body>{body}</body></html>"
        )
    return archive({**parts, **more})


def test_a_book_is_read_in_the_order_of_its_spine() -> None:
    data = book(
        {
            "b.xhtml": "<h1>Two</h1><p>Second rule.</p>",
            "a.xhtml": "<h1>One</h1><p>First rule.</p>",
            "c.xhtml": "",
        }
    )
    assert detect_kind(data, "x", path="x.epub") == "epub"
    parsed = epub.parse(raw(data))
    assert parsed.text.index("First rule.") < parsed.text.index("Second rule.")
    assert (parsed.stated.title, parsed.stated.published) == ("Handbook", "2026-04-01")
    assert whats(parsed) == [("lost", "1 chapter without text", "")]


def test_style_sheets_of_a_book_hide_and_strike() -> None:
    link = '<link rel="stylesheet" href="../s%20x.css"/>'
    chapter = (
        f"{link}<h1>Teal</h1><p>Due <b class='old'>1 May</b> 15 June.</p>"
        "<p class='gone'>secret</p><p>500<b class='up'>1</b> euros</p>"
    )
    rules = ".old{text-decoration:line-through} .gone{display:none} .up{vertical-align:super}"
    parsed = epub.parse(raw(book({"a.xhtml": chapter}, **{"O/s x.css": rules})))
    assert parsed.text == "# Teal\n\nDue 15 June.\n\n500 (note 1) euros"
    assert [what for _, what, _ in whats(parsed)] == ["1 struck passage", "1 hidden part"]
    assert "secret" in epub.parse(raw(book({"a.xhtml": chapter}))).text


def test_notes_of_a_book_are_text_and_locked_fonts_no_matter() -> None:
    locked = '<encryption><CipherReference URI="O/fonts/a.otf"/></encryption>'
    chapters = {"a b.xhtml": "<p>A rule.</p><aside>A note.</aside>"}
    data = book(chapters, **{"META-INF/encryption.xml": locked})
    assert epub.parse(raw(data)).text == "A rule.\n\nA note."


def test_a_protected_book_is_refused() -> None:
    locked = '<encryption><CipherReference URI="O/text/a.xhtml"/></encryption>'
    with pytest.raises(LoadError, match="protected"):
        epub.parse(raw(book({"a.xhtml": "<p>x</p>"}, **{"META-INF/encryption.xml": locked})))
    with pytest.raises(LoadError, match="damaged"):
        epub.parse(raw(archive({"mimetype": "application/epub+zip"})))


# RTF

_JAPANESE = "".join(f"\\'{byte:02x}" for byte in "能力表の上限は九万円".encode("cp932"))
_FONTS = r"{\fonttbl{\f0\fcharset128 MS Mincho;}{\f1\fcharset0 Arial;}{\f2\fcharset2 Wingdings;}}"


_COLOURS = r"{\colortbl;\red255\green255\blue255;\red0\green0\blue0;}"


def rtf(body: str) -> Parsed:
    return richtext.parse(raw(rf"{{\rtf1\ansi\ansicpg1252\deff1{_FONTS}{_COLOURS}{body}}}"))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rf"\f0 {_JAPANESE}\par", "能力表の上限は九万円"),
        (r"caf\'e9 \u26085?\u26412?\par {\uc2 \u26085\'93\'fa.}", "café 日本\n\n日."),
        (r"\u-10179?\u-8704?", "😀"),
        (r"Up to {\strike 1,000} {\v secret}{\deleted old}2,000 yen", "Up to 2,000 yen"),
        (r"10{\super 6} yen, 500{\super 1} euros", "10^6 yen, 500 (note 1) euros"),
        (r"{\listtext\tab (a)\tab}First\par{\pntext\'B7\tab}Next", "- (a) First\n- Next"),
        (r"{\listtext 3.\tab}Third", "3. Third"),
        (r"Fee 500{\up6\fs14 1} euros", "Fee 500 (note 1) euros"),
        (r"Fee 500{\up6 1} yen, H{\dn6\fs14 2}O", "Fee 5001 yen, H2O"),
        (r"{\cf1 white}Seen{\fs2 tiny}{\cf2\highlight2 black}{\highlight2 black}", "Seen"),
        (r"{\cf1\highlight2 light on dark}, {\cf2 dark}", "light on dark, dark"),
        (r"{\pard\cbpat2\cf1 light on dark\par}", "light on dark"),
        (r"{\pard\cbpat2 x\par}{\pard\cf1 white\par}y", "x\n\ny"),
        (r"{\shp{\*\shpinst{\shptxt\pard\cf1 in a box\par}}}", "in a box"),
        (r"\trowd\cellx1\cellx2\intbl\cf1 A\cell B\cell\row", "| A | B |\n| --- | --- |"),
        (r"{\f2 \'fe} yes {\f2\u-3928?} no", "☑ yes ☐ no"),
        (r"10{\super 6\plain  yen}", "10^6 yen"),
        (r"{\fonttbl{\f3 Wingdings;}}{\f3\'fe} yes", "☑ yes"),
        (r"\ansicpg65001\f9 caf\'c3\'a9", "café"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt the page}}", "the page"),
        (r"A{\super\chftn}{\footnote{\super\chftn} Note.} rule.\par Next",
         "A*1 rule.\n\n*1 Note.\n\nNext"),
        (r"{\stylesheet{\s0 Normal;}{\s1 heading 1;}}\s1 Goals\par\pard Text", "## Goals\n\nText"),
        (r"{\stylesheet{\s1 heading 2,Part;}}\s1 Goals\par", "### Goals"),
        (r"\outlinelevel1 Goals\par", "### Goals"),
        (r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt Boxed.\par}}{\shprslt old}}", "Boxed."),
        (r"{\upr{old}{\*\ud{new}}}", "new"),
        (r"{\header Head}{\info{\author Me}}{\*\unknown junk}{\bin5 {{{{{}Text", "Text"),
        (r"\trowd\cellx1\cellx2 A\cell B\cell\row\trowd\clvmgf\cellx1\cellx2 x\cell 1\cell\row"
         r"\trowd\clvmrg\cellx1\cellx2\cell 2\cell\row\pard After",
         "| A | B |\n| --- | --- |\n| x | 1 |\n| x | 2 |\n\nAfter"),
    ],
)  # fmt: skip
def test_rich_text_reads_as_it_looks(body: str, text: str) -> None:
    assert rtf(body).text == text


def test_rich_text_tells_what_it_left_out() -> None:
    parsed = rtf(
        r"{\header {\listtext 9.}Head}A{\strike b}{\v c}{\pict 00ff}{\*\annotation d}"
        r"{\info{\title Rules}}"
    )
    assert parsed.text == "A"
    assert parsed.stated.title == "Rules"
    assert [(kind, what) for kind, what, _ in whats(parsed)] == [
        ("lost", "1 header or footer"), ("hidden", "1 struck passage"),
        ("hidden", "1 hidden passage"), ("lost", "1 picture"), ("hidden", "1 comment"),
    ]  # fmt: skip
    assert richtext.parse(raw((_FIELD / "b.rtf").read_bytes())).text == "Hello rules are rules."


@pytest.mark.parametrize(
    "body", ["{" * 500, r"\bin999999999 x", "}" * 100, r"\u99999999999", r"{\fonttbl", "\\'zz"]
)
def test_broken_rich_text_is_read_as_far_as_it_goes(body: str) -> None:
    assert rtf("Kept. " + body).text.startswith("Kept.")


def test_rich_text_of_endless_groups_is_refused() -> None:
    with pytest.raises(LoadError, match="deep"):
        rtf("{" * 5000)


# Which kind a file is


@pytest.mark.parametrize(
    ("data", "path", "kind"),
    [
        (b"a,b\n", "x.csv", "csv"),
        (b"a\tb\n", "x.TSV", "tsv"),
        (b"Subject: a\n\nb", "x.eml", "mail"),
        (b"{\\rtf1 x}", "x.doc", "rtf"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet-template"}),
         "x.ots", "ods"),
        (archive({"word/document2.xml": ""}), "x.docx", "docx"),
    ],
)  # fmt: skip
def test_kinds_are_told_by_content_then_by_name(data: bytes, path: str, kind: str) -> None:
    assert detect_kind(data, "x", path=path) == kind
    assert kind in CONTAINED


@pytest.mark.parametrize(
    ("data", "path", "reason"),
    [
        (b"\x00\x00\x00\x18ftypmp42", "x.md", "picture, archive or program"),
        (b"plain words", "x.docx", "is named as DOCX, but is none"),
    ],
)
def test_what_is_no_document_or_not_what_it_is_named_is_refused(
    data: bytes, path: str, reason: str
) -> None:
    with pytest.raises(LoadError, match=reason):
        detect_kind(data, "x", path=path)


def test_servers_call_tables_plain_text() -> None:
    assert detect_kind(b"a,b", "x", path="/r.csv", media_type="text/plain") == "csv"
    assert detect_kind(b"a,b", "x", path="/r", media_type="text/csv; charset=utf-8") == "csv"


@pytest.mark.parametrize(
    ("stream", "reason"),
    [("WordDocument", "install LibreOffice"), ("EncryptedPackage", "password"),
     ("__substg1.0_0037001F", "Outlook")],
)  # fmt: skip
def test_old_office_files_say_what_would_read_them(
    stream: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detect, "find_converter", lambda: None)
    with pytest.raises(LoadError, match=reason):
        detect_kind(_OLE + stream.encode("utf-16-le"), "x", path="x.doc")


def test_old_office_files_are_converted_where_libreoffice_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = tmp_path / "result.docx"
    result.write_bytes((_FIELD / "birch-terms.docx").read_bytes())
    program = tmp_path / "soffice"
    copies = f'while [ "$1" != --outdir ]; do shift; done; cp {result} "$2/file.docx"'
    program.write_text(f"#!/bin/sh\n{copies}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    data = _OLE + "WordDocument".encode("utf-16-le")
    assert detect_kind(data, "x", path="x.doc") == "doc"
    assert "### 3.2 Late payment" in contained_parser("doc")(raw(data)).text
    program.write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(LoadError, match="save it as DOCX"):
        legacy.parse(raw(data))


def test_tables_in_a_folder_are_documents_and_data_beside_them_is_not(tmp_path: Path) -> None:
    for name in ("a.csv", "b.tsv", "c.eml", "d.rtf", "e.json", "f.xml"):
        (tmp_path / name).write_text("x")
    with Loader() as loader:
        found = list(loader.discover(str(tmp_path)))
    names = [Path(item.source).name for item in found if not isinstance(item, LoadError)]
    assert names == ["a.csv", "b.tsv", "c.eml", "d.rtf"]


@pytest.mark.parametrize("parse", [opendocument.parse, epub.parse])
def test_archives_that_are_none_are_refused(parse: Callable[[Raw], Parsed]) -> None:
    for data in (b"", b"PK\x03\x04junk", archive({"a": "b"})):
        with pytest.raises(LoadError, match="damaged"):
            parse(raw(data))


@pytest.mark.parametrize(
    ("head", "is_text"),
    [
        (b"", True),
        (b"plain words\twith a tab\r\n", True),
        (b"w" * 100 + b"\x01\x02", True),  # a few control characters slip in
        (b"w" * 100 + b"\x01\x02\x03", False),
        (b"w" * 500 + b"\x00", False),
    ],
)
def test_bytes_of_text_have_no_nul_and_hardly_a_control_character(
    head: bytes, *, is_text: bool
) -> None:
    assert is_text_content(head) is is_text

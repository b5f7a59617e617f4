"""Word files: by python-docx, and by hand as Word itself writes them."""

import io
from collections.abc import Callable

import docx
from docx.document import Document
from docx.shared import RGBColor
from PIL import Image
from tests.evals.documents.case import DocumentCase
from tests.evals.documents.xml_parts import OFFICE, edited, package, relations

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{OFFICE}" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_ROOTS = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes",
          "endnotes": "endnotes", "header": "hdr", "footer": "ftr"}  # fmt: skip
_HEADINGS = "".join(
    f'<w:style w:type="paragraph" w:styleId="H{level}"><w:name w:val="heading {level}"/></w:style>'
    for level in (1, 2, 3)
)


def by_hand(body: str, **parts: str) -> bytes:
    """A file of a body and the insides of its other parts, by their kinds."""
    parts.setdefault("styles", _HEADINGS)
    files: dict[str, str | bytes] = {
        "_rels/.rels": relations({"a": ("officeDocument", "word/document.xml")}),
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(
            {name: (name, f"{name}.xml") for name in parts}
        ),
    }  # fmt: skip
    for name, inside in parts.items():
        files[f"word/{name}.xml"] = f"<w:{_ROOTS[name]} {_SPACES}>{inside}</w:{_ROOTS[name]}>"
    return package(files)


def p(inside: str, style: str = "", more: str = "") -> str:
    """A paragraph; text without a tag becomes a run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = inside if inside.startswith("<") or not inside else r(inside)
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{runs}</w:p>"


def r(text: str, look: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def row(*cells: str, more: str = "") -> str:
    """A row; text without a tag becomes a cell of one paragraph."""
    inside = "".join(one if one.startswith(("<w:tc>", "<w:sdt>")) else tc(p(one)) for one in cells)
    return f"<w:tr><w:trPr>{more}</w:trPr>{inside}</w:tr>"


def tc(inside: str, more: str = "") -> str:
    """A cell."""
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{inside}</w:tc>"


def table(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def sdt(inside: str, more: str = "") -> str:
    """A content control."""
    return f"<w:sdt><w:sdtPr>{more}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def field(code: str, result: str) -> str:
    """A complex field with its code, which is not shown, and its result."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    coded = f"<w:r><w:instrText> {code} </w:instrText></w:r>"
    return f"{mark.format('begin')}{coded}{mark.format('separate')}{r(result)}{mark.format('end')}"


def in_list(number: int, depth: int = 0) -> str:
    """The properties of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def lists(*levels: tuple[str, str]) -> str:
    """One list, number 1, of levels by number form and text."""
    inside = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="0">{inside}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )


def box(inside: str) -> str:
    """A run with a text box in today's form and, as Word writes it too, in that of yesterday."""
    content = f"<w:txbxContent>{inside}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
        f"<a:graphic><a:graphicData><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback>"
        f"<w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def by_library(write: Callable[[Document], None]) -> bytes:
    """A file of python-docx."""
    document = docx.Document()
    write(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _handbook(document: Document) -> None:
    document.add_heading("Handbook of the Larch Fund", 0)
    document.add_heading("Eligible costs", 1)
    document.add_paragraph("The fund pays for travel and lodging.")
    document.add_paragraph("Flights in economy class", style="List Bullet")
    document.add_paragraph("Rail in second class", style="List Bullet")
    document.add_heading("Ceilings", 2)
    grid = document.add_table(rows=3, cols=2)
    for place, text in enumerate(("Item", "Yen", "Flight", "210,000", "Rail", "48,000")):
        grid.cell(place // 2, place % 2).text = text


def _japanese(document: Document) -> None:
    document.add_heading("楓助成事業 募集要項", 0)
    document.add_heading("応募資格", 1)
    document.add_paragraph("国内の大学に所属する研究者が応募できます。")
    document.add_heading("助成金額", 1)
    document.add_paragraph("一件あたりの上限は４５０万円です。")


def _merged(document: Document) -> None:
    grid = document.add_table(rows=3, cols=3)
    for place, text in enumerate(("", "2026", "2027", "Staff", "11", "12", "", "13", "14")):
        grid.cell(place // 3, place % 3).text = text
    grid.cell(0, 0).text = "Group"
    grid.cell(1, 0).merge(grid.cell(2, 0))


def _looks(document: Document) -> None:
    line = document.add_paragraph("The ceiling is ")
    line.add_run("700,000 yen ").font.strike = True
    line.add_run("900,000 yen.")
    line.add_run(" Internal: ask Aoki.").font.hidden = True
    pale = document.add_paragraph("Closed in August.").add_run(" draft seven")
    pale.font.color.rgb = RGBColor(255, 255, 255)
    twice = document.add_paragraph("Reports are due in May.").add_run(" or in June")
    twice.font.double_strike = True


def _raised(document: Document) -> None:
    line = document.add_paragraph("Up to 4×10")
    line.add_run("5").font.superscript = True
    line.add_run(" samples over 30 m")
    line.add_run("2").font.superscript = True
    line.add_run(" of H")
    line.add_run("2").font.subscript = True
    line.add_run("O.")


def _margins(document: Document) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].text = "Valid from 1 April 2027"
    section.footer.paragraphs[0].text = "Larch Fund, edition 4"
    document.add_heading("Terms", 1)
    document.add_paragraph("Grants run for two years.")


def _picture(document: Document) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), (10, 90, 10)).save(picture, "PNG")
    document.add_paragraph("The map shows the sites.")
    picture.seek(0)
    document.add_picture(picture)


_TERMS = lists(("decimalFullWidth", "第%1条"), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"))
_NOTES = (
    f'<w:footnote w:id="2">{p("Without tax.")}</w:footnote>'
    f'<w:footnote w:id="3">{p("Not on Sundays.")}</w:footnote>'
)
_MATH = (
    "<m:oMath><m:r><m:t>R=</m:t></m:r><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r>"
    "<m:t>b</m:t></m:r></m:den></m:f><m:r><m:t>+</m:t></m:r><m:sSup><m:e><m:r><m:t>c</m:t></m:r>"
    "</m:e><m:sup><m:r><m:t>3</m:t></m:r></m:sup></m:sSup></m:oMath>"
)
_TICKED = '<w14:checkbox><w14:checked w14:val="{}"/></w14:checkbox>'
_DELETED = '<w:del w:id="1" w:author="A"><w:r><w:delText>{}</w:delText></w:r></w:del>'
_ALT_PARTS = {
    "page.html": "<html><body><p>Visits last <s>9</s> 12 days.</p></body></html>",
    "note.txt": "Lodging is booked by the host.",
}


def _with_chunk(target: str, data: str | bytes) -> bytes:
    return package(
        {
            "_rels/.rels": relations({"a": ("officeDocument", "word/document.xml")}),
            "word/document.xml": f"<w:document {_SPACES}><w:body>{p('Rules of the visit.')}"
            f'<w:altChunk r:id="c"/>{p("End of the rules.")}</w:body></w:document>',
            "word/_rels/document.xml.rels": relations({"c": ("aFChunk", target)}),
            f"word/{target}": data,
        }
    )


def _strict() -> bytes:
    data = by_hand(p("Strict terms", "H1") + p("Saved in the strict form."))
    plain = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    for part in ("word/document.xml", "word/styles.xml"):
        data = edited(data, part, plain, strict)
    return data


def _case(
    name: str,
    make: Callable[[], bytes],
    shown: str,
    hidden: tuple[str, ...] = (),
    named: tuple[str, ...] = (),
) -> DocumentCase:
    return DocumentCase(
        name=name, kind="docx", make=make, shown=shown, hidden=hidden, named=named
    )  # fmt: skip


CASES = (
    _case(
        "handbook.docx", lambda: by_library(_handbook),
        "Handbook of the Larch Fund\nEligible costs\nThe fund pays for travel and lodging.\n"
        "Flights in economy class\nRail in second class\nCeilings\nItem Yen\nFlight 210,000\n"
        "Rail 48,000",
    ),
    _case(
        "youkou.docx", lambda: by_library(_japanese),
        "楓助成事業 募集要項\n応募資格\n国内の大学に所属する研究者が応募できます。\n助成金額\n"
        "一件あたりの上限は４５０万円です。",
    ),
    _case("merged.docx", lambda: by_library(_merged), "Group 2026 2027\nStaff 11 12\nStaff 13 14"),
    _case(
        "looks.docx", lambda: by_library(_looks),
        "The ceiling is 900,000 yen.\nClosed in August.\nReports are due in May.",
        ("700,000", "Aoki", "draft seven", "June"), ("struck", "hidden passage"),
    ),
    _case("raised.docx", lambda: by_library(_raised), "Up to 4×10⁵ samples over 30 m² of H₂O."),
    _case(
        "margins.docx", lambda: by_library(_margins),
        "Terms\nValid from 1 April 2027\nLarch Fund, edition 4\nGrants run for two years.",
    ),
    _case(
        "picture.docx", lambda: by_library(_picture), "The map shows the sites.",
        named=("picture",),
    ),
    _case(
        "controls.docx",
        lambda: by_hand(
            sdt(p("Fellowship form", "H1"))
            + p(r("The stipend is ") + sdt(r("310,000 yen")) + r(" a month."))
            + table(sdt(row("Host", "Kobe")), row("Start", sdt(tc(p("7 May 2027")))))
            + sdt(sdt(p("Apply by 3 March 2027.")))
        ),
        "Fellowship form\nThe stipend is 310,000 yen a month.\nHost Kobe\nStart 7 May 2027\n"
        "Apply by 3 March 2027.",
    ),
    _case(
        "custom-xml.docx",
        lambda: by_hand(
            f'<w:customXml w:element="x">{p("Wrapped terms", "H1")}<w:customXml w:element="y">'
            f"{p('Fees are 5,200 yen.')}</w:customXml></w:customXml>"
            + p('<w:smartTag w:element="d">' + r("Due 9 June 2027.") + "</w:smartTag>")
        ),
        "Wrapped terms\nFees are 5,200 yen.\nDue 9 June 2027.",
    ),
    _case(
        "articles.docx",
        lambda: by_hand(
            p("目的", "H1", in_list(1)) + p("若手を支援する。", "", in_list(1, 1))
            + p("期間", "H1", in_list(1)) + p("二年とする。", "", in_list(1, 1))
            + p("延長できる。", "", in_list(1, 1)) + p("疾病", "", in_list(1, 2))
            + p("出産", "", in_list(1, 2)),
            numbering=_TERMS,
        ),
        "第１条 目的\n１.1 若手を支援する。\n第２条 期間\n２.1 二年とする。\n２.2 延長できる。\n"
        "(a) 疾病\n(b) 出産",
    ),
    _case(
        "numbered.docx",
        lambda: by_hand(
            p("Scope", "H1", in_list(1)) + p("Costs", "H1", in_list(1))
            + p("Travel", "H2", in_list(1, 1)) + p("Section 2.2 holds for fees.")
            + p("Fees", "H2", in_list(1, 1)) + p("Fees end at 9 %.")
            + p("with proof", "", in_list(1, 2)) + p("without debts", "", in_list(1, 2)),
            numbering=lists(("decimal", "Article %1"), ("decimal", "%1.%2"),
                            ("lowerRoman", "(%3)")),
        ),
        "Article 1 Scope\nArticle 2 Costs\n2.1 Travel\nSection 2.2 holds for fees.\n2.2 Fees\n"
        "Fees end at 9 %.\n(i) with proof\n(ii) without debts",
    ),
    _case(
        "tracked.docx",
        lambda: by_hand(
            p(r("The call closes on ") + _DELETED.format("2 May") + '<w:ins w:id="2" w:author="A">'
              + r("16 May") + "</w:ins>" + r(" 2027."))
            + '<w:moveFrom w:id="3" w:author="A">' + p("Moved away line.") + "</w:moveFrom>"
            + '<w:moveTo w:id="4" w:author="A">' + p("Kept here.") + "</w:moveTo>"
        ),
        "The call closes on 16 May 2027.\nKept here.", ("2 May", "Moved away"), ("deleted",),
    ),
    _case(
        "boxes-to-tick.docx",
        lambda: by_hand(
            p("Costs that are covered:")
            + p(sdt(r("☒"), _TICKED.format(1)) + r(" Rail"))
            + p(sdt(r("☐"), _TICKED.format(0)) + r(" Alcohol"))
        ),
        "Costs that are covered:\n☑ Rail\n☐ Alcohol",
    ),
    _case(
        "equation.docx", lambda: by_hand(p("The rate is:") + p(_MATH)),
        "The rate is:\nR=a/b+c^3",
    ),
    _case(
        "text-boxes.docx",
        lambda: by_hand(p(r("Before the box.") + box(p("Hotline 03-5550-0142"))) + p("After it.")),
        "Before the box.\nHotline 03-5550-0142\nAfter it.",
    ),
    _case(
        "footnotes.docx",
        lambda: by_hand(
            p(r("The fee is 800 euros") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + r("."))
            + p(r("Visits are free") + '<w:r><w:footnoteReference w:id="3"/></w:r>' + r(".")),
            footnotes=_NOTES,
        ),
        "The fee is 800 euros*1.\n*1 Without tax.\nVisits are free*2.\n*2 Not on Sundays.",
    ),
    _case(
        "fields.docx",
        lambda: by_hand(
            p(r("See ") + field("REF _Ref9 secretcode", "Section 4") + r(" and ")
              + field('HYPERLINK "http://hidden.example/x"', "the form") + r("."))
            + p('<w:fldSimple w:instr="DATE fieldcode">' + r("4 July 2027") + "</w:fldSimple>")
        ),
        "See Section 4 and the form.\n4 July 2027", ("secretcode", "hidden.example", "fieldcode"),
    ),
    _case(
        "spans.docx",
        lambda: by_hand(table(
            row(tc(p("Place"), '<w:vMerge w:val="restart"/>'), tc(p("Yen a night"),
                '<w:gridSpan w:val="2"/>')),
            row(tc(p(""), "<w:vMerge/>"), "April", "October"),
            row("Oslo", "19,000", "17,500"),
        )),
        "Place Yen a night April Yen a night October\nOslo 19,000 17,500",
    ),
    _case(
        "hidden-rows.docx",
        lambda: by_hand(
            table(row("Grade", "Yen"), row("A", "6,000"), row("B", "4,999", more="<w:hidden/>"),
                  row("C", "3,100", more='<w:del w:id="1" w:author="A"/>'))
            + p(r("Ask the office.") + '<w:r><w:commentReference w:id="1"/></w:r>')
        ),
        "Grade Yen\nA 6,000\nAsk the office.", ("4,999", "3,100"),
        ("hidden row", "deleted row", "comment"),
    ),
    _case(
        "macro.docm", lambda: by_hand(p("Claim form", "H1") + p("Claims close in March.")),
        "Claim form\nClaims close in March.",
    ),
    _case(
        "template.dotx", lambda: by_hand(p("Letter", "H1") + p("Dear fellow, you are selected.")),
        "Letter\nDear fellow, you are selected.",
    ),
    _case(
        "chunk-page.docx", lambda: _with_chunk("page.html", _ALT_PARTS["page.html"]),
        "Rules of the visit.\nVisits last 12 days.\nEnd of the rules.", ("last 9",),
    ),
    _case(
        "chunk-text.docx", lambda: _with_chunk("note.txt", _ALT_PARTS["note.txt"]),
        "Rules of the visit.\nLodging is booked by the host.\nEnd of the rules.",
    ),
    _case(
        "chunk-word.docx",
        lambda: _with_chunk("inner.docx", by_hand(p("Inner", "H2") + p("Pay within 20 days."))),
        "Rules of the visit.\nInner\nPay within 20 days.\nEnd of the rules.",
    ),
    _case("strict.docx", _strict, "Strict terms\nSaved in the strict form."),
    _case(
        "readings.docx",
        lambda: by_hand(
            p(r("担当は")
              + "<w:r><w:ruby><w:rubyPr/><w:rt>" + r("たちばな") + "</w:rt><w:rubyBase>" + r("橘")
              + "</w:rubyBase></w:ruby></w:r>" + r("です。"))
            + p('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + r(" 交通費"))
        ),
        "担当は橘です。\n✓ 交通費", ("たちばな",),
    ),
    _case(
        "frames.docx",
        lambda: by_hand(
            table(row(tc(p("Framed rules", "H2") + p("Keep receipts.") + table(
                row("Kind", "Days"), row("Short", "14")) + p(""))))
            + p(r("Contact:") + "<w:r><w:tab/></w:r>" + r("desk 5"))
        ),
        "Framed rules\nKeep receipts.\nKind Days\nShort 14\nContact: desk 5",
    ),
    _case(
        "chart.docx",
        lambda: by_hand(
            p("The chart shows the grants.")
            + p('<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart r:id="x"/>'
                "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>")
        ),
        "The chart shows the grants.", named=("chart",),
    ),
)  # fmt: skip

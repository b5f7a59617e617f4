"""OpenDocument files by hand, as LibreOffice writes them."""

from tests.evals.documents.case import DocumentCase
from tests.evals.documents.xml_parts import package

_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("draw", "drawing"), ("presentation", "presentation"), ("fo", "xsl-fo-compatible"),
        ("number", "datastyle"),
    )
)  # fmt: skip
_TYPE = "application/vnd.oasis.opendocument."


def opendocument(kind: str, body: str, styles: str = "") -> bytes:
    """A file of one of the kinds `text`, `spreadsheet`, `presentation`."""
    return package(
        {
            "mimetype": f"{_TYPE}{kind}",
            "content.xml": f"<office:document-content {_NAMES}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>"
            "</office:body></office:document-content>",
        }
    )


def p(text: str, style: str = "") -> str:
    """A paragraph."""
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:p{named}>{text}</text:p>"


def h(text: str, level: int = 1) -> str:
    """A heading."""
    return f'<text:h text:outline-level="{level}">{text}</text:h>'


def cell(text: str, more: str = "") -> str:
    """A cell of text."""
    return f'<table:table-cell office:value-type="string" {more}>{p(text)}</table:table-cell>'


def row(*cells: str, more: str = "") -> str:
    """A row; text without a tag becomes a cell."""
    inside = "".join(one if one.startswith("<") else cell(one) for one in cells)
    return f"<table:table-row {more}>{inside}</table:table-row>"


def sheet(name: str, *rows: str, more: str = "") -> str:
    """A sheet, or a table of a text."""
    return f'<table:table table:name="{name}" {more}>{"".join(rows)}</table:table>'


def text_style(name: str, look: str) -> str:
    """A style of characters."""
    properties = f"<style:text-properties {look}/>"
    return f'<style:style style:name="{name}" style:family="text">{properties}</style:style>'


def frame(*paragraphs: str) -> str:
    """A text box on a slide."""
    inside = "".join(map(p, paragraphs))
    return f"<draw:frame><draw:text-box>{inside}</draw:text-box></draw:frame>"


_STRUCK = text_style("T1", 'style:text-line-through-style="solid"')
_HIDDEN = text_style("T2", 'text:display="none"')
_RAISED = text_style("T3", 'style:text-position="super 58%"')
_COVERED = "<table:covered-table-cell/>"
_CHANGES = (
    '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
    f"{p('deleted words')}</text:deletion></text:changed-region></text:tracked-changes>"
)


def _case(
    name: str,
    data: bytes,
    shown: str,
    hidden: tuple[str, ...] = (),
    named: tuple[str, ...] = (),
) -> DocumentCase:
    kind = name.rpartition(".")[2]
    return DocumentCase(
        name=name, kind=kind, make=lambda: data, shown=shown, hidden=hidden, named=named
    )  # fmt: skip


CASES = (
    _case(
        "guide.odt",
        opendocument(
            "text",
            h("Guide of the Yew Fund") + p("Visits last 30 days.") + h("Costs", 2)
            + f"<text:list><text:list-item>{p('Rail')}</text:list-item><text:list-item>{p('Bus')}"
            "</text:list-item></text:list>"
            + sheet("t", row("City", "Yen"), row("Oslo", "900")),
        ),
        "Guide of the Yew Fund\nVisits last 30 days.\nCosts\nRail\nBus\nCity Yen\nOslo 900",
    ),
    _case(
        "looks.odt",
        opendocument(
            "text",
            p("The fee is <text:span text:style-name='T1'>400</text:span> 650 yen.")
            + p("Ask us.<text:span text:style-name='T2'> Internal remark.</text:span>")
            + p("Up to 7×10<text:span text:style-name='T3'>3</text:span> cells."),
            _STRUCK + _HIDDEN + _RAISED,
        ),
        "The fee is 650 yen.\nAsk us.\nUp to 7×10³ cells.", ("400", "Internal"),
        ("struck", "hidden"),
    ),
    _case(
        "tracked.odt",
        opendocument("text", _CHANGES + p("Apply in <text:change text:change-id='c1'/>May.")),
        "Apply in May.", ("deleted words",), ("deleted",),
    ),
    _case(
        "notes.odt",
        opendocument(
            "text",
            p("The fee is 300 euros<text:note text:note-class='footnote'><text:note-citation>1"
              "</text:note-citation><text:note-body><text:p>Without tax.</text:p></text:note-body>"
              "</text:note>.")
            + p("Pay on time.<office:annotation><text:p>reviewer remark</text:p>"
                "</office:annotation>"),
        ),
        "The fee is 300 euros*1.\n*1 Without tax.\nPay on time.", ("reviewer remark",),
        ("comment",),
    ),
    _case(
        "youkou.odt",
        opendocument("text", h("募集要項") + p("応募は<text:ruby><text:ruby-base>翌月</text:ruby-base>"
                     "<text:ruby-text>よくげつ</text:ruby-text></text:ruby>末まで。")),
        "募集要項\n応募は翌月末まで。", ("よくげつ",),
    ),
    _case(
        "merged.odt",
        opendocument(
            "text",
            h("Rates") + sheet(
                "t", row("Region", "City"),
                row(cell("North", 'table:number-rows-spanned="2"'), "Oslo"),
                row(_COVERED, "Turku"),
            ),
        ),
        "Rates\nRegion City\nNorth Oslo\nNorth Turku",
    ),
    _case(
        "rates.ods",
        opendocument(
            "spreadsheet",
            sheet(
                "Rates", row("Item", "Share"),
                row("Tax", '<table:table-cell office:value-type="percentage" office:value="0.085">'
                    "<text:p>8.5%</text:p></table:table-cell>"),
                row("Code", '<table:table-cell office:value-type="float" office:value="7">'
                    "<text:p>0007</text:p></table:table-cell>"),
            ),
        ),
        "Rates\nItem Share\nTax 8.5%\nCode 0007",
    ),
    _case(
        "hidden.ods",
        opendocument(
            "spreadsheet",
            sheet(
                "Hosts",
                '<table:table-column/><table:table-column table:visibility="collapse"/>'
                "<table:table-column/>",
                row("Host", "inner code", "Days"), row("Lund", "z1", "20"),
                row("Secret", "z2", "50", more='table:visibility="collapse"'),
            ),
        ),
        "Hosts\nHost Days\nLund 20", ("inner code", "Secret"), ("hidden row", "hidden column"),
    ),
    _case(
        "repeats.ods",
        opendocument(
            "spreadsheet",
            sheet("Days", row("Day", cell("open", 'table:number-columns-repeated="2"')),
                  row("1", cell("yes", 'table:number-columns-repeated="2"')),
                  row(cell("", 'table:number-columns-repeated="16384"'),
                      more='table:number-rows-repeated="1048000"')),
        ),
        "Days\nDay open open\n1 yes yes",
    ),
    _case(
        "kick-off.odp",
        opendocument(
            "presentation",
            f'<draw:page draw:name="s1">{frame("Kick-off")}{frame("Aims", "Budget")}</draw:page>'
            f'<draw:page draw:name="s2">{frame("Next steps")}<presentation:notes>'
            f"{frame('speak slowly')}</presentation:notes></draw:page>",
        ),
        "Kick-off\nAims\nBudget\nNext steps", ("speak slowly",), ("notes",),
    ),
)  # fmt: skip

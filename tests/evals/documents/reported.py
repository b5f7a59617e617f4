# pyright: reportUnknownMemberType=false, reportArgumentType=false
"""Files of the kinds of fault that people report of such systems, by hand, in five languages.

Each is another of its kind: another unit, year, program, nesting than in the other modules.
"""

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.presentation import Presentation
from pptx.util import Inches
from tests.evals.documents import book, opendocument, richtext, sheets, slides, word
from tests.evals.documents.case import case_of
from tests.evals.documents.xml_parts import edited, package

_FILL = (
    "The Hazel office answers letters of guests on every second Tuesday. A guest keeps the ticket "
    "of each journey until the account of the year is closed."
)


def _html(inside: str, style: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>Hazel</title><style>{style}"
        f"</style></head><body><nav><a href='/'>Start</a></nav><main>{inside}<p>{_FILL}</p></main>"
        "</body></html>"
    ).encode()


# Word

_r, _p = word.r, word.p


def _legacy_box(is_ticked: bool) -> str:
    state = f'<w:checked w:val="{int(is_ticked)}"/>' if is_ticked else "<w:default w:val='0'/>"
    begin = (
        "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:name w:val='c'/><w:checkBox>"
        f"<w:sizeAuto/>{state}</w:checkBox></w:ffData></w:fldChar></w:r>"
    )
    code = "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
    return f"{begin}{code}<w:r><w:fldChar w:fldCharType='end'/></w:r>"


_FRENCH_STYLES = (
    '<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Vieux"><w:name w:val="Vieux"/><w:rPr><w:strike/>'
    "</w:rPr></w:style>"
    '<w:style w:type="character" w:styleId="Interne"><w:name w:val="Interne"/><w:rPr><w:vanish/>'
    "</w:rPr></w:style>"
)


def _convention() -> bytes:
    """Controls in a list of rows, in a text box and in a footnote."""
    rows = word.sdt(
        word.sdt(word.row("Janvier", "1 250 €")) + word.sdt(word.row("Février", "1 310 €"))
    )
    note = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    return word.by_hand(
        _p("Convention de séjour", "Titre1")
        + _p(_r("L’indemnité s’élève à ") + word.sdt(_r("1 280 €")) + _r(" par mois") + note)
        + word.table(word.row("Mois", "Montant"), rows)
        + _p(_r("Signée à Lyon.") + word.box(word.sdt(_p("Dossier n° 47-B")))),
        styles=_FRENCH_STYLES,
        footnotes=f'<w:footnote w:id="2">{_p(word.sdt(_r("Hors taxes.")))}</w:footnote>',
    )


def _by_style() -> bytes:
    """Struck by a style, shown again by a run of it; hidden by a style of characters."""
    return word.by_hand(
        _p("Tarifs", "Titre1")
        + _p(_r("Ancien tarif : 45 €"), "Vieux")
        + _p(_r("Tarif 2029 : 52 €", '<w:strike w:val="0"/>'), "Vieux")
        + _p(
            _r("Réponse sous huit jours.") + _r(" Refus probable.", '<w:rStyle w:val="Interne"/>')
        ),
        styles=_FRENCH_STYLES,
    )


def _satzung() -> bytes:
    """Paragraphs as German statutes number them; one restarts, one begins at 7."""
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="7"/><w:numFmt w:val="decimal"/><w:lvlText w:val="§ %1"/>'
        "</w:lvl>"
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%2)"/>'
        "</w:lvl>"
        '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
        '<w:lvlText w:val="%3)"/></w:lvl>'
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    on = word.in_list
    return word.by_hand(
        _p("Dauer", "H1", on(1)) + _p("Ein Aufenthalt dauert 90 Tage.", "", on(1, 1))
        + _p("Er wird verlängert bei", "", on(1, 1)) + _p("Krankheit,", "", on(1, 2))
        + _p("Elternzeit.", "", on(1, 2)) + _p("Kosten", "H1", on(1))
        + _p("Der Zuschuss beträgt 1.480 € im Monat.", "", on(1, 1)),
        numbering=numbering,
    )  # fmt: skip


def _kitei() -> bytes:
    """Kanji numbers, circled ones and kana in brackets, as rules of Japan number."""
    numbering = word.lists(
        ("japaneseCounting", "第%1条"), ("decimalEnclosedCircle", "%2"),
        ("aiueoFullWidth", "（%3）"),
    )  # fmt: skip
    on = word.in_list
    return word.by_hand(
        _p("趣旨", "H1", on(1)) + _p("旅費", "H1", on(1))
        + _p("日当は三千百円とする。", "", on(1, 1)) + _p("宿泊料は実費とする。", "", on(1, 1))
        + _p("領収書", "", on(1, 2)) + _p("行程表", "", on(1, 2)),
        numbering=numbering,
    )  # fmt: skip


def _old_form() -> bytes:
    """Boxes of the forms of Word 97, a sum over an index, a root."""
    math = (
        "<m:oMath><m:r><m:t>T=</m:t></m:r><m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr>"
        "<m:sub><m:r><m:t>i</m:t></m:r></m:sub><m:sup><m:r><m:t>n</m:t></m:r></m:sup><m:e><m:sSub>"
        "<m:e><m:r><m:t>d</m:t></m:r></m:e><m:sub><m:r><m:t>i</m:t></m:r></m:sub></m:sSub></m:e>"
        "</m:nary></m:oMath>"
    )
    return word.by_hand(
        _p("Extras", "H1")
        + _p(_legacy_box(is_ticked=True) + _r(" Museum pass"))
        + _p(_legacy_box(is_ticked=False) + _r(" Wine"))
        + _p(_r("All days count: ") + math)
    )


# Pages

_ROWS_OLD = (
    "<table><tr><th>Year</th><th>Rate</th></tr><tr class='was'><td>2028</td><td>CHF 61.00</td></tr>"
    "<tr><td>2029</td><td>CHF 64.50</td></tr></table><ul><li class='was'>Ferry<li>Tram</ul>"
)


def _notes_in_page() -> bytes:
    return _html(
        "<h1>Stipends</h1><p>The stipend is CHF 8,000<sup><a href='#n2'>2</a></sup> and the sample "
        "holds 5×10<sup>−3</sup> mol<span class='up'>[4]</span>. It is paid on the 3<sup>rd</sup> "
        "of a month.</p><p id='n2'><sup>2</sup> Before tax.</p>",
        ".up{vertical-align:super;font-size:70%}",
    )


_IDS = (
    ("share-of-costs", "Share of costs", "Partners bear 40 %."),
    ("newsletter-duty", "Newsletter", "Each guest writes one page."),
    ("footer-heating", "Heating", "Floors are heated from 5 October."),
    ("sidebar-rooms", "Side rooms", "Room 9 seats six guests."),
    ("related-persons", "Related persons", "A spouse travels at half fare."),
    ("ads-free", "No advertising", "Badges bear no names of firms."),
)


def _sections() -> bytes:
    parts = "".join(
        f"<section id='{name}' class='{name}'><h2>{head}</h2><p>{text}</p></section>"
        for name, head, text in _IDS
    )
    return _html(f"<h1>House rules</h1>{parts}")


_DIALOG = (
    "<h1>Shuttle</h1><dialog open><p>From 9 May 2029 the shuttle leaves at 7:40.</p></dialog>"
    "<dialog><p>Log in to see your seat.</p></dialog><p>It stops at the north gate.</p>"
)


# Workbooks


def _units(page: sheets.Worksheet) -> None:
    rows = (
        ("Miete", 1480.5, '#,##0.00" €"'), ("Budget", 245_600_000, '#,##0,,"百万円"'),
        ("Anteil", 0.0125, "0.00%"), ("Kurs", 0.25, "# ?/?"), ("Raum", 17, '"B-"000'),
        ("Dauer", sheets.datetime.timedelta(minutes=135), "[mm]:ss"),
        ("Konto", "004711", "@"), ("Saldo", -320, '#,##0;[Red]"−"#,##0'),
        ("Masse", 6_020_000, "0.00E+00"),
    )  # fmt: skip
    for number, (label, value, code) in enumerate(rows, start=1):
        page.cell(number, 1, label)
        page.cell(number, 2, value).number_format = code


def _folded(page: sheets.Worksheet) -> None:
    """A group of rows folded away, a row without height, a column that is hidden."""
    for values in (
        ("Guest", "Nights", "Rank"), ("Aalto", 12, "first"), ("Brandt", 8, "second"),
        ("Costa", 21, "third"), ("Doyle", 5, "fourth"),
    ):  # fmt: skip
        page.append(list(values))
    page.row_dimensions[3].outlineLevel = 1
    page.row_dimensions[3].hidden = True
    page.row_dimensions[5].height = 1
    page.column_dimensions["C"].hidden = True


def _folded_book() -> bytes:
    sheet = "xl/worksheets/sheet1.xml"
    return edited(sheets.by_library(_folded), sheet, 'ht="1"', 'ht="0"')


def _both_ways(page: sheets.Worksheet) -> None:
    for values in (
        ("Zone", "Nights", "CHF", "CHF"), (None, None, "May", "June"),
        ("Alps", "1–3", 88, 91), (None, "4–9", 70, 74), ("Lakes", "1–9", 65, 69),
    ):  # fmt: skip
        page.append(list(values))
    for area in ("A1:A2", "B1:B2", "C1:D1", "A3:A4"):
        page.merge_cells(area)


def _failed(book_: sheets.Workbook, page: sheets.WrittenSheet) -> None:
    page.write_row(0, 0, ["Cost", "EUR"])
    page.write_row(1, 0, ["Boat", 310])
    page.write(2, 0, "Per head")
    page.write_formula(2, 1, "=B2/0", None, "#DIV/0!")
    page.write(3, 0, "Until")
    page.write_formula(3, 1, '=TEXT(DATE(2029,5,31),"d.m.yyyy")', None, "31.5.2029")
    del book_


# Slides


def _thousands(presentation: Presentation) -> None:
    """A line of amounts in thousands of yen, and a share beside them on an axis of its own form."""
    data = CategoryChartData(number_format='#,##0,"千円"')
    data.categories = ["2028年度", "2029年度"]
    data.add_series("交付額", (3_450_000, 12_800_000))
    data.add_series("執行率", (0.915, 0.4), number_format="0.0%")
    slide = slides.titled(presentation, "交付の推移")
    sides = (Inches(1), Inches(2), Inches(6), Inches(4))
    slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *sides, data)


def _fees(presentation: Presentation) -> None:
    """A table with a struck price, a raised mark, and a cell over two columns."""
    slide = slides.titled(presentation, "Tarifs 2029")
    frame = slide.shapes.add_table(3, 3, Inches(1), Inches(2), Inches(6), Inches(2))
    grid = frame.table
    for place, text in enumerate(("Nuit", "Prix", "", "Mai", "", "hors taxe", "Juin", "58 €", "")):
        grid.cell(place // 3, place % 3).text = text
    grid.cell(0, 1).merge(grid.cell(0, 2))
    line = grid.cell(1, 1).text_frame.paragraphs[0]
    for text, name, value in (
        ("49 € ", "strike", "dblStrike"), ("52 €", "", ""), ("2", "baseline", "30000"),
    ):  # fmt: skip
        run = line.add_run()
        run.text = text
        if name:
            run.font._rPr.set(name, value)  # pyright: ignore[reportPrivateUsage] - no public name


def _reserve(presentation: Presentation) -> None:
    """A hidden slide between two, and notes on the last."""
    slides.titled(presentation, "募集の概要", "応募は五月九日まで", "採択は十件")
    held = slides.titled(presentation, "補欠の候補", "三番 内山", "七番 森")
    held.element.set("show", "false")
    last = slides.titled(presentation, "問い合わせ", "内線 4207", "平日のみ")
    frame = last.notes_slide.notes_text_frame
    assert frame is not None
    frame.text = "予算の増額には触れない。"


# Other programs


def _quoted(text: str, codec: str) -> str:
    return "".join(
        character if character in " .,:" or character.isascii() else
        "".join(f"\\'{byte:02x}" for byte in character.encode(codec))
        for character in text
    )  # fmt: skip


def _rtf(charset: int, text: str, codec: str, page: int) -> bytes:
    return (
        rf"{{\rtf1\ansi\ansicpg{page}\deff0{{\fonttbl{{\f0\fcharset{charset} Arial;}}}}"
        rf"\f0 {_quoted(text, codec)}\par}}"
    ).encode("ascii")


def _odp_with_table() -> bytes:
    table = opendocument.sheet(
        "t", opendocument.row("Stop", "Time"), opendocument.row("North gate", "7:40")
    )
    hidden = (
        '<style:style style:name="dp2" style:family="drawing-page"><style:drawing-page-properties '
        'presentation:visibility="hidden"/></style:style>'
    )
    return opendocument.opendocument(
        "presentation",
        f'<draw:page draw:name="s1">{opendocument.frame("Shuttle")}<draw:frame>{table}</draw:frame>'
        "</draw:page>"
        '<draw:page draw:name="s2" draw:style-name="dp2">'
        f"{opendocument.frame('Reserve of drivers')}</draw:page>"
        f'<draw:page draw:name="s3"><draw:g>{opendocument.frame("Tickets are free")}</draw:g>'
        "</draw:page>",
        hidden,
    )


def _ods_formats() -> bytes:
    def value(kind: str, raw: str, shown: str) -> str:
        return (
            f'<table:table-cell office:value-type="{kind}" office:{raw}><text:p>{shown}</text:p>'
            "</table:table-cell>"
        )

    row, cell = opendocument.row, opendocument.cell
    return opendocument.opendocument(
        "spreadsheet",
        opendocument.sheet(
            "Preise", row("Posten", "Wert"),
            row("Bett", value("currency", 'value="88.5" office:currency="CHF"', "CHF 88.50")),
            row("Ab", value("date", 'date-value="2029-05-09"', "9. Mai 2029")),
            row("Dauer", value("time", 'time-value="PT26H30M00S"', "26:30")),
            row(cell("Alle", 'table:number-columns-spanned="2"'), "<table:covered-table-cell/>"),
        ),
    )  # fmt: skip


def _odt_sections() -> bytes:
    p, h = opendocument.p, opendocument.h
    return opendocument.opendocument(
        "text",
        h("Règlement")
        + f'<text:section text:name="a">{p("Le séjour dure 90 jours.")}</text:section>'
        + f'<text:section text:name="b" text:display="none">{p("Note du jury")}</text:section>'
        + p("Date : <text:date>9 mai 2029</text:date><text:line-break/>Lieu :<text:tab/>Lyon")
        + "<text:list text:continue-numbering='false'><text:list-item><text:p>Train</text:p>"
        "<text:list><text:list-item><text:p>2e classe</text:p></text:list-item></text:list>"
        "</text:list-item></text:list>",
    )


def _mail(*heads: str, body: bytes) -> bytes:
    return "\r\n".join(("From: desk@example.org", *heads)).encode() + b"\r\n\r\n" + body


def _forwarded() -> bytes:
    """A message with another one in it, and a subject over two lines."""
    inner = "Subject: Rooms\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nRoom 9 is booked.\r\n"
    return _mail(
        "Subject: Your stay in the house\r\n of the north gate",
        "MIME-Version: 1.0",
        "Content-Type: multipart/mixed; boundary=q",
        body=(
            "--q\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSee below.\r\n"
            f"--q\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--q--\r\n"
        ).encode(),
    )


def _cyrillic() -> bytes:
    return _mail(
        "Subject: =?windows-1251?B?" + "z/Du4u7n" + "?=",
        "Content-Type: text/plain; charset=windows-1251",
        "Content-Transfer-Encoding: 8bit",
        body="Автобус отходит в 7:40.\r\n".encode("cp1251"),
    )


def _nested_pages() -> bytes:
    """Text and pictures related, in an alternative: only the page is to be read, once."""
    return _mail(
        "Subject: Fares",
        "MIME-Version: 1.0",
        "Content-Type: multipart/related; boundary=r",
        body=(
            b"--r\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n"
            b"--a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nFares rise by 4 %.\r\n"
            b"--a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Fares rise by 4&nbsp;%.</p>"
            b"\r\n--a--\r\n--r\r\nContent-Type: image/png\r\nContent-Disposition: inline\r\n"
            b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--r--\r\n"
        ),
    )


def _novel() -> bytes:
    """A book whose chapters have a sheet of styles beside them, and notes in asides."""
    return book.book(
        "<h1>Séjours</h1><p>Le prix est de 52 €<sup><a href='#n'>1</a></sup>.</p><aside id='n'>"
        "<p>1 Petit déjeuner compris.</p></aside>",
        "<h1>Départs</h1><table><tr><th>Jour</th><th>Heure</th></tr><tr><td>Lundi</td><td>7 h 40"
        "</td></tr></table>",
        language="fr",
    )


def _zipped_pictures() -> bytes:
    return package({"photo1.jpg": b"\xff\xd8\xff\xe0", "photo2.jpg": b"\xff\xd8\xff\xe0"})


_CHINESE = "申请截止日期为五月九日。\n每人每天补助八十元。"
_JIS_MARKS = "№５ 担当㈲榛名 ℡〇三－五五五〇 ㍻三十年度 髙橋 山﨑"

CASES = (
    case_of(
        "convention.docx", _convention,
        "Convention de séjour\nL’indemnité s’élève à 1 280 € par mois*1\n*1 Hors taxes.\n"
        "Mois Montant\nJanvier 1 250 €\nFévrier 1 310 €\nSignée à Lyon.\nDossier n° 47-B",
    ),
    case_of(
        "tarifs.docx", _by_style, "Tarifs\nTarif 2029 : 52 €\nRéponse sous huit jours.",
        ("45 €", "Refus"), ("struck", "hidden passage"),
    ),
    case_of(
        "satzung.docx", _satzung,
        "§ 7 Dauer\n(1) Ein Aufenthalt dauert 90 Tage.\n(2) Er wird verlängert bei\na) Krankheit,\n"
        "b) Elternzeit.\n§ 8 Kosten\n(1) Der Zuschuss beträgt 1.480 € im Monat.",
    ),
    case_of(
        "kitei.docx", _kitei,
        "第一条 趣旨\n第二条 旅費\n① 日当は三千百円とする。\n② 宿泊料は実費とする。\n"
        "（ア）領収書\n（イ）行程表",
    ),
    case_of(
        "old-form.docx", _old_form,
        "Extras\n☑ Museum pass\n☐ Wine\nAll days count: T=∑_i^n d_i",
    ),
    case_of(
        "struck-rows.html",
        lambda: _html(f"<h1>Rates</h1>{_ROWS_OLD}", ".was,.was td{text-decoration:line-through}"),
        f"Rates\nYear Rate\n2029 CHF 64.50\nTram\n{_FILL}", ("61.00", "Ferry"), ("struck",),
    ),
    case_of(
        "stipends.html", _notes_in_page,
        "Stipends\nThe stipend is CHF 8,000 (note 2) and the sample holds 5×10^−3 mol (note 4). It "
        f"is paid on the 3rd of a month.\n(note 2) Before tax.\n{_FILL}",
    ),
    case_of(
        "sections.html", _sections,
        "House rules\n" + "".join(f"{head}\n{text}\n" for _, head, text in _IDS) + _FILL,
        ("Start",),
    ),
    case_of(
        "dialogue.html", lambda: _html(_DIALOG),
        "Shuttle\nFrom 9 May 2029 the shuttle leaves at 7:40.\nIt stops at the north gate.\n"
        + _FILL,
        ("Log in",),
    ),
    case_of(
        "einheiten.xlsx", lambda: sheets.by_library(_units, "Werte"),
        "Werte\nMiete 1,480.50 €\nBudget 246百万円\nAnteil 1.25%\nKurs 1/4\nRaum B-017\n"
        "Dauer 135:00\nKonto 004711\nSaldo −320\nMasse 6.02E+06",
    ),
    case_of(
        "folded.xlsx", _folded_book,
        "Data\nGuest Nights\nAalto 12\nCosta 21", ("Brandt", "Doyle", "first"),
        ("hidden row", "hidden column"),
    ),
    case_of(
        "both-ways.xlsx", lambda: sheets.by_library(_both_ways),
        "Data\nZone Nights CHF May CHF June\nAlps 1–3 88 91\nAlps 4–9 70 74\n"
        "Lakes 1–9 65 69",
    ),
    case_of(
        "failed.xlsx", lambda: sheets.by_writer(_failed),
        "Data\nCost EUR\nBoat 310\nPer head\nUntil 31.5.2029", named=("error",),
    ),
    case_of(
        "koufu.pptx", lambda: slides.deck(_thousands),
        "交付の推移\n交付額 執行率\n2028年度 3,450千円 91.5%\n2029年度 12,800千円 40.0%",
    ),
    case_of(
        "tarifs.pptx", lambda: slides.deck(_fees),
        "Tarifs 2029\nNuit Prix Prix\nMai 52 € (note 2) hors taxe\nJuin 58 €", ("49 €",),
        ("struck",),
    ),
    case_of(
        "gaiyou.pptx", lambda: slides.deck(_reserve),
        "募集の概要\n応募は五月九日まで\n採択は十件\n問い合わせ\n内線 4207\n平日のみ",
        ("補欠", "内山", "増額"), ("hidden slide", "speaker notes"),
    ),
    case_of("bus.rtf", lambda: _rtf(204, "Автобус отходит в семь часов.", "cp1251", 1251),
          "Автобус отходит в семь часов."),
    case_of("bus-ko.rtf", lambda: _rtf(129, "버스는 일곱 시에 출발합니다.", "cp949", 949),
          "버스는 일곱 시에 출발합니다."),
    case_of(
        "merged-cells.rtf",
        lambda: richtext.rtf(
            r"{\b Prices}\par\trowd\clmgf\cellx2000\clmrg\cellx4000\intbl Night\cell\cell\row"
            r"\trowd\cellx2000\cellx4000\intbl May\cell 88\cell\row\pard{\listtext 1.\tab}Pay first.\par"
        ),
        "Prices\nNight Night\nMay 88\n1. Pay first.",
    ),
    case_of(
        "wide-cells.rtf",
        lambda: richtext.rtf(
            r"\trowd\cellx1500\cellx5000\intbl Season\cell Euro a night\cell\row"
            r"\trowd\clvmgf\cellx1500\cellx3010\cellx5000\intbl Summer\cell Room\cell 94\cell\row"
            r"\trowd\clvmrg\cellx1490\cellx3000\cellx5000\intbl\cell Tent\cell 17\cell\row\pard "
            r"Dogs stay free.\par"
        ),
        "Season Euro a night Euro a night\nSummer Room 94\nSummer Tent 17\nDogs stay free.",
    ),
    case_of("shuttle.odp", _odp_with_table,
          "Shuttle\nStop Time\nNorth gate 7:40\nTickets are free", ("Reserve",), ("hidden slide",)),
    case_of("preise.ods", _ods_formats,
          "Preise\nPosten Wert\nBett CHF 88.50\nAb 9. Mai 2029\nDauer 26:30\nAlle Alle"),
    case_of("reglement.odt", _odt_sections,
          "Règlement\nLe séjour dure 90 jours.\nDate : 9 mai 2029\nLieu : Lyon\nTrain\n2e classe",
          ("Note du jury",), ("hidden",)),
    case_of("forwarded.eml", _forwarded,
          "Your stay in the house of the north gate\nSee below.", ("Room 9",), ("attached",)),
    case_of("cyrillic.eml", _cyrillic, "Провоз\nАвтобус отходит в 7:40."),
    case_of("related.eml", _nested_pages, "Fares\nFares rise by 4 %."),
    case_of("sejours.epub", _novel,
          "Séjours\nLe prix est de 52 € (note 1).\n1 Petit déjeuner compris.\nDéparts\nJour Heure\n"
          "Lundi 7 h 40"),
    case_of("excel-text.txt", lambda: b"\xff\xfe" + "Ort\tCHF\nBern\t88,50\nLugano\t70,00".encode(
          "utf-16-le"), "Ort CHF\nBern 88,50\nLugano 70,00"),
    case_of("chinese.txt", lambda: _CHINESE.encode("gb18030"), "", named=("cannot be told", "九日")),
    case_of("marks.txt", lambda: _JIS_MARKS.encode("cp932"), _JIS_MARKS),
    case_of("wide-kanji.txt", lambda: "面接日程表 会場変更 担当者連絡先一覧".encode("utf-16-le"),
          "面接日程表 会場変更 担当者連絡先一覧"),
    case_of("spaces.tsv", lambda: "氏名\t部屋\n髙橋\t九号室\n".encode("utf-16-le"),
          "氏名 部屋\n髙橋 九号室"),
    case_of("photos.docx", _zipped_pictures, "", named=("ZIP archive",)),
)  # fmt: skip
"""Names are unique in the whole set."""

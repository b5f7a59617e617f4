# pyright: reportUnknownMemberType=false, reportArgumentType=false
"""Slides: by python-pptx, with what it cannot write put in by hand."""

import io
from collections.abc import Callable
from typing import cast

import pptx
from lxml import etree
from PIL import Image
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.presentation import Presentation
from pptx.shapes.placeholder import SlidePlaceholder
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Inches
from tests.evals.documents.case import DocumentCase

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_NAMES = f'xmlns:a="{_A}" xmlns:p="{_P}" xmlns:r="{_R}" xmlns:dgm="{_DGM}" xmlns:mc="{_MC}"'


def deck(*writers: Callable[[Presentation], None]) -> bytes:
    """A file of the slides that the writers add."""
    presentation = pptx.Presentation()
    for write in writers:
        write(presentation)
    buffer = io.BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def titled(presentation: Presentation, title: str, *points: str) -> Slide:
    """A slide with a title and a list."""
    slide = presentation.slides.add_slide(presentation.slide_layouts[1 if points else 5])
    assert slide.shapes.title is not None
    slide.shapes.title.text = title
    if points:
        holder = slide.placeholders[1]
        assert isinstance(holder, SlidePlaceholder)
        holder.text_frame.text = points[0]
        for point in points[1:]:
            holder.text_frame.add_paragraph().text = point
    return slide


def note(slide: Slide, text: str, *, left: float = 1, top: float = 3) -> TextFrame:
    """A text box; lengths in inches."""
    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(4), Inches(1))
    box.text_frame.text = text
    return box.text_frame


def _levels(presentation: Presentation) -> None:
    slide = titled(presentation, "Kick-off of Cedar", "Aims", "Two visits a year", "Budget")
    holder = slide.placeholders[1]
    assert isinstance(holder, SlidePlaceholder)
    holder.text_frame.paragraphs[1].level = 1


def _table(presentation: Presentation) -> None:
    slide = titled(presentation, "Rates")
    frame = slide.shapes.add_table(3, 3, Inches(1), Inches(2), Inches(6), Inches(2))
    for place, text in enumerate(
        ("Region", "City", "Yen", "North", "Oslo", "900", "", "Turku", "800")
    ):
        frame.table.cell(place // 3, place % 3).text = text
    frame.table.cell(1, 0).merge(frame.table.cell(2, 0))


def _bar(presentation: Presentation) -> None:
    data = CategoryChartData(number_format="#,##0")  # pyright: ignore[reportUnknownMemberType] - untyped
    data.categories = ["2026", "2027"]
    data.add_series("Grants", (1400, 1900))
    data.add_series("Visits", (310, 420))
    slide = titled(presentation, "Numbers")
    sides = (Inches(1), Inches(2), Inches(6), Inches(4))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *sides, data)


def _pie(presentation: Presentation) -> None:
    data = CategoryChartData(number_format="0%")
    data.categories = ["Travel", "Staff"]
    data.add_series("Share", (0.35, 0.65))
    slide = titled(presentation, "Use of funds")
    sides = (Inches(1), Inches(2), Inches(6), Inches(4))
    slide.shapes.add_chart(XL_CHART_TYPE.PIE, *sides, data)


def _group(presentation: Presentation) -> None:
    slide = titled(presentation, "Steps")
    group = slide.shapes.add_group_shape()
    inner = group.shapes.add_group_shape()
    for place, text in enumerate(("Apply in May", "Interview in June")):
        box = inner.shapes.add_textbox(Inches(1), Inches(2 + place), Inches(4), Inches(1))
        box.text_frame.text = text


def _notes(presentation: Presentation) -> None:
    slide = titled(presentation, "Open questions", "Visa", "Tax")
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None
    frame.text = "Do not tell the press."


def _hidden(presentation: Presentation) -> None:
    titled(presentation, "Shown", "Public plan", "Public dates")
    slide = titled(presentation, "Reserve", "Private plan", "Private dates")
    slide.element.set("show", "0")


def _smart_art(presentation: Presentation) -> None:
    slide = titled(presentation, "Committee")
    points = "".join(
        f'<dgm:pt modelId="{identity}" type="{kind}"><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r>'
        "</a:p></dgm:t></dgm:pt>"
        for identity, kind, text in (
            ("0", "doc", ""), ("2", "node", "Vice chair Mori"), ("1", "node", "Chair Abe"),
            ("3", "node", "Office"),
        )
    )  # fmt: skip
    lines = "".join(
        f'<dgm:cxn srcId="{source}" destId="{target}" srcOrd="{order}"/>'
        for source, target, order in (("0", "1", 0), ("1", "2", 0), ("0", "3", 1))
    )
    model = (
        f"<dgm:dataModel {_NAMES}><dgm:ptLst>{points}</dgm:ptLst><dgm:cxnLst>{lines}</dgm:cxnLst>"
        "</dgm:dataModel>"
    )
    part = Part(
        PackURI("/ppt/diagrams/data1.xml"),
        "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
        slide.part.package,
        model.encode(),
    )
    relation = slide.part.relate_to(part, RELATIONSHIP_TYPE.DIAGRAM_DATA)
    _add(
        slide,
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="9" name="d"/><p:cNvGraphicFramePr/>'
        '<p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="900000" y="1900000"/><a:ext cx="4000000" '
        f'cy="2000000"/></p:xfrm><a:graphic><a:graphicData uri="{_DGM}"><dgm:relIds '
        f'r:dm="{relation}"/></a:graphicData></a:graphic></p:graphicFrame>',
    )


def _add(slide: Slide, xml: str) -> None:
    wrapped = etree.fromstring(f"<x {_NAMES}>{xml}</x>")
    slide.shapes.element.append(wrapped[0])


def _struck(presentation: Presentation) -> None:
    slide = titled(presentation, "Deadline")
    line = note(slide, "").paragraphs[0]
    for text, look in (("Send by ", {}), ("3 May ", {"strike": "sngStrike"}), ("17 May.", {}),
                       (" 5×10", {}), ("4", {"baseline": "30000"})):  # fmt: skip
        run = line.add_run()
        run.text = text
        for name, value in look.items():
            properties = cast("etree._Element", run.font._rPr)  # pyright: ignore[reportPrivateUsage] - no public name
            properties.set(name, value)


def _beside(presentation: Presentation) -> None:
    slide = titled(presentation, "Layout")
    note(slide, "On the slide")
    note(slide, "Parked beside", left=-9)


def _pale(presentation: Presentation) -> None:
    slide = titled(presentation, "Pale")
    note(slide, "Seen words", top=2)
    _whiten(note(slide, "ignored white words", top=3))
    dark = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(1), Inches(4.5), Inches(5), Inches(1))
    dark.fill.solid()
    dark.fill.fore_color.rgb = RGBColor(0, 40, 90)
    dark.text_frame.text = "White on a dark shape"
    _whiten(dark.text_frame)


def _over_dark(presentation: Presentation) -> None:
    slide = titled(presentation, "Banner")
    dark = slide.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, Inches(0.5), Inches(2.5), Inches(6), Inches(2)
    )
    dark.fill.solid()
    dark.fill.fore_color.rgb = RGBColor(0, 40, 90)
    _whiten(note(slide, "Laid over the shape"))


def _dark_deck(presentation: Presentation) -> None:
    slide = titled(presentation, "Night")
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = RGBColor(20, 20, 20)
    _whiten(note(slide, "White on a dark slide"))


def _dark_theme(presentation: Presentation) -> None:
    """The whole deck is dark because its theme takes the dark colour for the background."""
    slide = titled(presentation, "Dusk")
    mapping = presentation.slide_master.element.find(f"{{{_P}}}clrMap")
    assert mapping is not None
    for name, value in (("bg1", "dk1"), ("tx1", "lt1")):
        mapping.set(name, value)
    _whiten(note(slide, "White by a dark theme"))


def _on_layout(presentation: Presentation) -> None:
    """White text over a dark bar that the layout draws."""
    slide = titled(presentation, "Bar")
    _whiten(note(slide, "Over the bar of the layout"))
    bar = titled(presentation, "Spare").shapes.add_shape(
        MSO_SHAPE.RECTANGLE, Inches(0), Inches(2.5), Inches(9), Inches(2)
    )
    slide.slide_layout.shapes.element.append(bar.element)


def _whiten(frame: TextFrame) -> None:
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.color.rgb = RGBColor(255, 255, 255)


def _picture_only(presentation: Presentation) -> None:
    titled(presentation, "First", "One", "Two")
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), (90, 10, 10)).save(picture, "PNG")
    picture.seek(0)
    slide.shapes.add_picture(picture, Inches(1), Inches(1))


def _japanese(presentation: Presentation) -> None:
    titled(presentation, "公募説明会", "応募は五月末まで", "面接は七月")


def _alternate(presentation: Presentation) -> None:
    slide = titled(presentation, "Once")
    body = (
        '<p:sp><p:nvSpPr><p:cNvPr id="7" name="n"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>'
        '<a:off x="900000" y="2900000"/><a:ext cx="900000" cy="900000"/></a:xfrm></p:spPr><p:txBody>'
        "<a:bodyPr/><a:p><a:r><a:t>Said one time</a:t></a:r></a:p></p:txBody></p:sp>"
    )
    _add(
        slide,
        f'<mc:AlternateContent><mc:Choice Requires="a14">{body}</mc:Choice><mc:Fallback>{body}'
        "</mc:Fallback></mc:AlternateContent>",
    )


def _case(
    name: str,
    writers: tuple[Callable[[Presentation], None], ...],
    shown: str,
    hidden: tuple[str, ...] = (),
    named: tuple[str, ...] = (),
) -> DocumentCase:
    return DocumentCase(
        name=name, kind="pptx", make=lambda: deck(*writers), shown=shown, hidden=hidden, named=named
    )


CASES = (
    _case("levels.pptx", (_levels,), "Kick-off of Cedar\nAims\nTwo visits a year\nBudget"),
    _case("table.pptx", (_table,),
          "Rates\nRegion City Yen\nNorth Oslo 900\nNorth Turku 800"),
    _case("bar.pptx", (_bar,), "Numbers\nGrants Visits\n2026 1,400 310\n2027 1,900 420"),
    _case("pie.pptx", (_pie,), "Use of funds\nShare\nShare\nTravel 35%\nStaff 65%"),
    _case("group.pptx", (_group,), "Steps\nApply in May\nInterview in June"),
    _case("notes.pptx", (_notes,), "Open questions\nVisa\nTax", ("press",), ("speaker notes",)),
    _case("hidden.pptx", (_hidden,), "Shown\nPublic plan\nPublic dates",
          ("Reserve", "Private"), ("hidden slide",)),
    _case("smart-art.pptx", (_smart_art,), "Committee\nChair Abe\nVice chair Mori\nOffice"),
    _case("struck.pptx", (_struck,), "Deadline\nSend by 17 May. 5×10⁴", ("3 May",), ("struck",)),
    _case("beside.pptx", (_beside,), "Layout\nOn the slide", ("Parked",), ("beside the slide",)),
    _case("pale.pptx", (_pale,), "Pale\nSeen words\nWhite on a dark shape",
          ("ignored white",), ("too faint",)),
    _case("over-dark.pptx", (_over_dark,), "Banner\nLaid over the shape"),
    _case("dark-deck.pptx", (_dark_deck,), "Night\nWhite on a dark slide"),
    _case("dark-theme.pptx", (_dark_theme,), "Dusk\nWhite by a dark theme"),
    _case("layout-bar.pptx", (_on_layout,), "Bar\nOver the bar of the layout\nSpare"),
    _case("picture.pptx", (_picture_only,), "First\nOne\nTwo", named=("picture",)),
    _case("setsumeikai.pptx", (_japanese, _levels),
          "公募説明会\n応募は五月末まで\n面接は七月\nKick-off of Cedar\nAims\nTwo visits a year\n"
          "Budget"),
    _case("alternate.pptx", (_alternate,), "Once\nSaid one time"),
)  # fmt: skip

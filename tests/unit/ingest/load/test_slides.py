# pyright: reportUnknownMemberType=false, reportAttributeAccessIssue=false, reportArgumentType=false
"""PPTX as an audience sees it."""

import datetime
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import pptx
import pytest
from lxml import etree
from PIL import Image
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.datalabel import DataLabels
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Emu, Inches
from tests.hostile import slides as slides_with_notes

from aspire_ingest.errors import LoadError
from aspire_ingest.index.types import Remark
from aspire_ingest.load.elements import Element
from aspire_ingest.load.loader import Loader
from aspire_ingest.load.parse_result import Parsed, Raw
from aspire_ingest.load.slides import document as slides
from aspire_ingest.load.types import LoadOptions, loader_version

FIELD = Path(__file__).parent / "field"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_NAMES = (
    f'xmlns:a="{_A}" xmlns:p="{_P}" xmlns:r="{_R}" xmlns:mc="{_MC}" xmlns:m="{_M}" '
    f'xmlns:dgm="{_DGM}" xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main"'
)
_BOX = (Inches(1), Inches(2), Inches(5), Inches(1))


def new_slide(title: str = "T") -> tuple[Presentation, Slide]:
    presentation = pptx.Presentation()
    return presentation, add_slide(presentation, title)


def add_slide(presentation: Presentation, title: str = "T") -> Slide:
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    assert slide.shapes.title is not None
    slide.shapes.title.text = title
    return slide


def add_box(slide: Slide, inner: str = "", *, left: int = Inches(1), top: int = Inches(2)) -> None:
    """Add a text box with paragraphs given as XML."""
    box = slide.shapes.add_textbox(Emu(left), Emu(top), Inches(3), Inches(1))
    body = box.text_frame._txBody  # pyright: ignore[reportPrivateUsage] - no public name
    for paragraph in body.findall(f"{{{_A}}}p"):
        body.remove(paragraph)
    body.extend(etree.fromstring(f"<x {_NAMES}>{inner}</x>"))


def add_shape(slide: Slide, xml: str) -> None:
    slide.shapes.element.append(etree.fromstring(xml))


def shape(text: str, *, hidden: bool = False) -> str:
    return (
        f'<p:sp {_NAMES}><p:nvSpPr><p:cNvPr id="50" name="s" hidden="{int(hidden)}"/><p:cNvSpPr/>'
        f"<p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p>"
        "</p:txBody></p:sp>"
    )


def run(text: str, properties: str = "") -> str:
    return f"<a:r><a:rPr {properties}/><a:t>{text}</a:t></a:r>"


def read(presentation: Presentation) -> Parsed:
    buffer = io.BytesIO()
    presentation.save(buffer)
    return slides.parse(Raw(name="x", data=buffer.getvalue()))


def body_of(parsed: Parsed) -> str:
    return parsed.text.removeprefix("## T\n\n")


def remarks_of(parsed: Parsed) -> list[tuple[str, str]]:
    return [(remark.kind, remark.what) for remark in parsed.remarks]


def test_chart_diagram_and_hidden_slide_from_the_field() -> None:
    parsed = slides.parse(Raw(name="x", data=(FIELD / "curlew.pptx").read_bytes()))
    assert "Budget of the Curlew programme\n\n|" in parsed.text
    assert "| FY2026 | 185 |" in parsed.text
    assert "- Step 1: ask the host for a letter by 10 July." in parsed.text
    assert "March 2027" not in parsed.text
    assert parsed.remarks == (Remark(kind="hidden", what="1 hidden slide"),)
    assert parsed.text[parsed.page_starts[3] :].startswith("## Steps")


def test_speaker_notes_from_the_field() -> None:
    parsed = slides.parse(Raw(name="x", data=(FIELD / "kickoff.pptx").read_bytes()))
    assert "31 July" not in parsed.text
    assert "- Appoint an exchange coordinator by 30 June 2026" in parsed.text
    assert remarks_of(parsed) == [("hidden", "1 slide with speaker notes")]


def test_notes_are_text_only_where_they_are_asked_for() -> None:
    raw = Raw(name="x", data=slides_with_notes())
    assert "slowly" not in slides.parse(raw).text
    asked = slides.parse(replace(raw, options=LoadOptions(with_notes=True)))
    assert "slowly" in asked.text
    assert asked.remarks == ()


def test_the_process_of_parsers_is_told_of_notes_and_hashes_know(tmp_path: Path) -> None:
    file = tmp_path / "deck.pptx"
    file.write_bytes(slides_with_notes())
    hashes: set[str] = set()
    for with_notes in (False, True):
        with Loader(LoadOptions(with_notes=with_notes)) as loader:
            (item,) = loader.discover(str(file))
            assert not isinstance(item, LoadError)
            (document,) = item.load()
            assert ("slowly" in document.text) is with_notes
            hashes.add(item.raw_hash())
    assert len(hashes) == 2
    assert loader_version(with_notes=True) != loader_version(with_notes=False)


def test_a_file_of_hidden_slides_only_holds_no_text() -> None:
    presentation, slide = new_slide("secret")
    slide.element.set("show", "0")
    with pytest.raises(LoadError, match="no text"):
        read(presentation)


def test_charts_show_their_numbers_as_formatted() -> None:
    presentation, slide = new_slide()
    data = CategoryChartData(number_format="0.0%")
    data.categories = ["FY2025", "FY2026"]
    data.add_series("Women", (0.25, 0.3))
    data.add_series("Abroad", (0.5, None))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *_BOX, data)
    frame.chart.has_title = True
    frame.chart.chart_title.text_frame.text = "Shares"
    frame.chart.value_axis.axis_title.text_frame.text = "of all"
    assert body_of(read(presentation)) == (
        "Shares\n\n|  | of all Women | of all Abroad |\n| --- | --- | --- |\n"
        "| FY2025 | 25.0% | 50.0% |\n| FY2026 | 30.0% |  |"
    )


def test_categories_of_two_levels_and_points_of_a_plane() -> None:
    presentation, slide = new_slide()
    data = CategoryChartData()
    for year in ("2025", "2026"):
        category = data.add_category(year)
        category.add_sub_category("spring")
        category.add_sub_category("autumn")
    data.add_series("Calls", (1, 2, 3, 4))
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *_BOX, data)
    plane = XyChartData()
    series = plane.add_series("Cost")
    series.add_data_point(1.5, 20)
    slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *_BOX, plane)
    text = read(presentation).text
    assert "| 2025 autumn | 2 |\n| 2026 spring | 3 |" in text
    assert "|  | Cost |\n| --- | --- |\n| 1.5 | 20 |" in text


def test_a_chart_without_values_is_lost() -> None:
    presentation, slide = new_slide()
    data = CategoryChartData()
    data.categories = ["a"]
    data.add_series("s", (None,))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *_BOX, data)
    assert read(presentation).remarks == (Remark(kind="lost", what="1 chart", where="slide 1"),)


def add_diagram(slide: Slide, points: str, connections: str) -> None:
    data = (
        f"<dgm:dataModel {_NAMES}><dgm:ptLst>{points}</dgm:ptLst>"
        f"<dgm:cxnLst>{connections}</dgm:cxnLst></dgm:dataModel>"
    )
    package = slide.part.package
    part = Part(PackURI("/ppt/diagrams/data9.xml"), "application/xml", package, data.encode())
    relation = slide.part.relate_to(part, RELATIONSHIP_TYPE.DIAGRAM_DATA)
    add_shape(
        slide,
        f'<p:graphicFrame {_NAMES}><p:nvGraphicFramePr><p:cNvPr id="60" name="d"/>'
        "<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>"
        '<p:xfrm><a:off x="9" y="9"/><a:ext cx="9" cy="9"/></p:xfrm>'
        f'<a:graphic><a:graphicData uri="{_DGM}"><dgm:relIds r:dm="{relation}"/>'
        "</a:graphicData></a:graphic></p:graphicFrame>",
    )


def point(identity: str, text: str, *, kind: str = "node", prompt: bool = False) -> str:
    return (
        f'<dgm:pt modelId="{identity}" type="{kind}"><dgm:prSet phldr="{int(prompt)}"/><dgm:t>'
        f"<a:p>{run(text)}</a:p></dgm:t></dgm:pt>"
    )


def test_diagrams_are_lists_in_reading_order() -> None:
    presentation, slide = new_slide()
    points = (
        point("2", "Review")
        + point("3", "by two readers")
        + point("1", "Apply")
        + point("0", "", kind="doc")
        + point("9", "line", kind="parTrans")
        + point("8", "[Text]", prompt=True)
    )
    connections = "".join(
        f'<dgm:cxn srcId="{source}" destId="{target}" srcOrd="{order}"/>'
        for source, target, order in (("0", "2", 1), ("0", "1", 0), ("2", "3", 0), ("3", "2", 0))
    )
    add_diagram(slide, points, connections)
    assert body_of(read(presentation)) == "- Apply\n- Review\n  - by two readers"


def test_hidden_shapes_and_shapes_beside_the_slide_are_left_out() -> None:
    presentation, slide = new_slide()
    add_box(slide, f"<a:p>{run('shown')}</a:p>")
    add_box(slide, f"<a:p>{run('secret')}</a:p>", left=Inches(-9))
    add_shape(slide, shape("secret", hidden=True))
    parsed = read(presentation)
    assert body_of(parsed) == "shown"
    assert remarks_of(parsed) == [
        ("hidden", "1 shape beside the slide"),
        ("hidden", "1 hidden shape"),
    ]


def test_a_group_has_its_own_measure() -> None:
    presentation, slide = new_slide()
    group = slide.shapes.add_group_shape()
    for left, text in ((0, "shown"), (90_000_000, "also")):
        box = group.shapes.add_textbox(Emu(left), Emu(2_000_000), Emu(9_000_000), Emu(900_000))
        box.text_frame.text = text
    group.left, group.top, group.width, group.height = _BOX
    assert body_of(read(presentation)) == "shown\n\nalso"


def test_groups_are_looked_into_to_a_depth_and_what_is_deeper_is_told() -> None:
    presentation, slide = new_slide()
    shapes = slide.shapes
    for depth in range(25):
        group = shapes.add_group_shape()
        shapes = group.shapes
        if depth in (10, 24):
            box = shapes.add_textbox(Emu(0), Emu(2_000_000), Emu(9_000_000), Emu(900_000))
            box.text_frame.text = f"depth {depth}"
    parsed = read(presentation)
    assert body_of(parsed) == "depth 10"
    assert remarks_of(parsed) == [("lost", "1 deeply nested group")]


def test_struck_runs_are_left_out_and_raised_ones_are_readable() -> None:
    presentation, slide = new_slide()
    raised = 'baseline="30000"'
    runs = (
        *(run("1 May", 'strike="sngStrike"'), run(" 15 June, 3×10"), run("6", raised)),
        *(run(" yen, 500"), run("1", raised), run(" euros, the 1"), run("st", raised)),
        run(" call"),
    )
    add_box(slide, f"<a:p>{''.join(runs)}</a:p>")
    parsed = read(presentation)
    assert body_of(parsed) == "15 June, 3×10^6 yen, 500 (note 1) euros, the 1st call"
    assert remarks_of(parsed) == [("hidden", "1 struck text")]


def test_equations_stand_in_their_line_once() -> None:
    presentation, slide = new_slide()
    half = (
        "<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    )
    square = (
        "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    )
    equation = f"<m:oMath>{square}<m:r><m:t>=</m:t></m:r>{half}</m:oMath>"
    add_box(
        slide,
        f"<a:p>{run('Rate ')}<mc:AlternateContent><mc:Choice Requires='a14'><a14:m><m:oMathPara>"
        f"{equation}</m:oMathPara></a14:m></mc:Choice><mc:Fallback>{run('picture')}</mc:Fallback>"
        "</mc:AlternateContent></a:p>",
    )
    assert body_of(read(presentation)) == "Rate x^2=(a+b)/2"


def test_alternate_shapes_are_taken_once() -> None:
    presentation, slide = new_slide()
    add_shape(
        slide,
        f"<mc:AlternateContent {_NAMES}><mc:Choice Requires='a14'>{shape('new')}</mc:Choice>"
        f"<mc:Fallback>{shape('old')}</mc:Fallback></mc:AlternateContent>",
    )
    assert body_of(read(presentation)) == "new"


def test_merged_cells_of_tables_repeat_their_text() -> None:
    presentation, slide = new_slide()
    table = slide.shapes.add_table(3, 3, *_BOX).table
    for row, texts in enumerate((("Item", "Cost", ""), ("Travel", "1", "2"), ("", "3", "4"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    assert body_of(read(presentation)) == (
        "| Item | Cost | Cost |\n| --- | --- | --- |\n| Travel | 1 | 2 |\n| Travel | 3 | 4 |"
    )


def test_lists_keep_their_levels() -> None:
    presentation, slide = new_slide()
    add_box(slide, f"<a:p>{run('one')}</a:p><a:p><a:pPr lvl='1'/>{run('inner')}</a:p>")
    assert body_of(read(presentation)) == "- one\n  - inner"


def test_a_slide_of_pictures_is_lost_and_a_picture_beside_text_is_not() -> None:
    presentation, slide = new_slide("")
    buffer = io.BytesIO()
    Image.new("L", (4, 4), 9).save(buffer, "PNG")
    for target in (slide, slide, add_slide(presentation, "Map")):
        target.shapes.add_picture(io.BytesIO(buffer.getvalue()), *_BOX)
    assert read(presentation).remarks == (Remark(kind="lost", what="2 pictures", where="slide 1"),)


def test_a_title_by_its_layout_is_a_heading() -> None:
    presentation, slide = new_slide("Deadlines")
    holder = slide.shapes.element.find(f".//{{{_P}}}ph")
    assert holder is not None
    del holder.attrib["type"]
    parsed = read(presentation)
    assert (parsed.text, parsed.stated.title) == ("## Deadlines", "Deadlines")


@pytest.mark.parametrize(("left", "top"), [(20, 2), (1, 20), (1, -9)])
def test_shapes_on_any_side_of_the_slide_are_left_out(left: int, top: int) -> None:
    presentation, slide = new_slide()
    add_box(slide, f"<a:p>{run('secret')}</a:p>", left=Inches(left), top=Inches(top))
    parsed = read(presentation)
    assert parsed.text == "## T"
    assert remarks_of(parsed) == [("hidden", "1 shape beside the slide")]


def test_shapes_are_read_from_top_to_bottom() -> None:
    presentation, slide = new_slide()
    for inches, text in ((4, "third"), (2, "first"), (3, "second")):
        add_box(slide, f"<a:p>{run(text)}</a:p>", top=Inches(inches))
    assert body_of(read(presentation)) == "first\n\nsecond\n\nthird"


def new_chart(slide: Slide, *, labels: Sequence[str | datetime.date] = ("a", "b")) -> Chart:
    data = CategoryChartData(number_format="0.0")
    data.categories = labels
    data.add_series("Share", (0.25, 0.5))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *_BOX, data)
    return cast("Chart", frame.chart)


def elements_of(chart: Chart, path: str) -> list[Element]:
    space = chart._chartSpace  # pyright: ignore[reportPrivateUsage] - no public name
    return cast("list[Element]", space.xpath(path))


@pytest.mark.parametrize(
    ("is_shown", "is_linked", "value"),
    [(True, False, "25%"), (False, False, "0.3"), (True, True, "0.3")],
)
def test_values_are_as_they_stand_beside_the_points(
    is_shown: bool, is_linked: bool, value: str
) -> None:
    presentation, slide = new_slide()
    plot = new_chart(slide).plots[0]
    plot.has_data_labels = True
    labels = cast("DataLabels", plot.data_labels)
    labels.number_format, labels.number_format_is_linked = "0%", is_linked
    labels.show_value = is_shown
    assert f"| a | {value} |" in read(presentation).text


def test_a_point_may_have_a_format_of_its_own() -> None:
    presentation, slide = new_slide()
    chart = new_chart(slide)
    elements_of(chart, ".//c:val//c:pt")[0].set("formatCode", "0%")
    assert body_of(read(presentation)).endswith("| a | 25% |\n| b | 0.5 |")


@pytest.mark.parametrize(("is_untitled", "lead"), [(False, "Share\n\n| "), (True, "| ")])
def test_a_chart_of_one_series_has_its_name_for_a_title_unless_taken_away(
    is_untitled: bool, lead: str
) -> None:
    presentation, slide = new_slide()
    if is_untitled:
        new_chart(slide).has_title = False
    else:
        new_chart(slide)
    assert body_of(read(presentation)).startswith(lead)


def test_series_at_other_places_are_a_table_of_their_own() -> None:
    presentation, slide = new_slide()
    plane = XyChartData()
    for name, across in (("Old", 1), ("New", 2)):
        plane.add_series(name).add_data_point(across, 20)
    slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *_BOX, plane)
    assert body_of(read(presentation)).count("| --- | --- |") == 2


def test_days_of_a_chart_that_counts_from_1904() -> None:
    presentation, slide = new_slide()
    chart = new_chart(slide, labels=(datetime.date(2022, 3, 31), datetime.date(2022, 4, 1)))
    (switch,) = elements_of(chart, "c:date1904")
    switch.set("val", "1")
    assert "| 2026-04-01 | 0.3 |" in read(presentation).text


def test_what_another_program_draws_is_lost() -> None:
    presentation, slide = new_slide()
    add_shape(
        slide,
        f'<p:graphicFrame {_NAMES}><p:nvGraphicFramePr><p:cNvPr id="60" name="o"/>'
        "<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>"
        '<p:xfrm><a:off x="9" y="9"/><a:ext cx="9" cy="9"/></p:xfrm>'
        "<a:graphic><a:graphicData><p:oleObj/></a:graphicData></a:graphic></p:graphicFrame>",
    )
    assert remarks_of(read(presentation)) == [("lost", "1 embedded object")]


def test_numbers_of_slides_are_no_text() -> None:
    presentation, slide = new_slide()
    add_shape(slide, shape("7").replace("<p:nvPr/>", '<p:nvPr><p:ph type="sldNum"/></p:nvPr>'))
    assert read(presentation).text == "## T"


@pytest.mark.parametrize(
    ("kind", "labels"),
    [
        ('type="arabicPeriod"', ["1. A", "2. B"]),
        ('type="arabicParenBoth" startAt="3"', ["- (3) A", "- (4) B"]),
        ('type="alphaUcPeriod"', ["- A. A", "- B. B"]),
        ('type="romanLcParenR"', ["- i) A", "- ii) B"]),
        ('type="circleNumDbPlain"', ["- ① A", "- ② B"]),
        ('type="ea1JpnKorPlain"', ["- 一 A", "- 二 B"]),
        ('type="unheardOf"', ["1. A", "2. B"]),
    ],
)
def test_paragraphs_have_the_numbers_that_slides_show(kind: str, labels: list[str]) -> None:
    presentation, slide = new_slide()
    number = f"<a:pPr><a:buAutoNum {kind}/></a:pPr>"
    add_box(slide, f"<a:p>{number}{run('A')}</a:p><a:p>{number}</a:p><a:p>{number}{run('B')}</a:p>")
    assert body_of(read(presentation)).split("\n") == labels


def test_numbers_begin_anew_after_other_paragraphs_and_go_on_over_deeper_ones() -> None:
    presentation, slide = new_slide()
    number = '<a:pPr lvl="{}"><a:buAutoNum type="arabicPeriod"/></a:pPr>'
    rows = ((0, "A"), (1, "a"), (0, "B"), (None, "plain"), (0, "C"))
    inner = "".join(
        f"<a:p>{number.format(level) if level is not None else ''}{run(text)}</a:p>"
        for level, text in rows
    )
    add_box(slide, inner)
    assert body_of(read(presentation)) == "1. A\n  1. a\n2. B\n- plain\n1. C"


def _cover(slide: Slide, fill: str, *, width: int = Inches(4), form: str = "rect") -> None:
    add_shape(
        slide,
        f'<p:sp {_NAMES}><p:nvSpPr><p:cNvPr id="70" name="c"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{Inches(0.5)}" y="{Inches(1.9)}"/><a:ext cx="{width}" '
        f'cy="{Inches(1.2)}"/></a:xfrm><a:prstGeom prst="{form}"/>{fill}</p:spPr></p:sp>',
    )


@pytest.mark.parametrize(
    ("fill", "width", "form", "is_covered"),
    [
        ('<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>', Inches(4), "rect", True),
        ('<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>', Inches(4), "roundRect", True),
        ('<a:solidFill><a:srgbClr val="FFFFFF"><a:alpha val="40000"/></a:srgbClr></a:solidFill>',
         Inches(4), "rect", False),
        ("<a:noFill/>", Inches(4), "rect", False),
        ('<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>', Inches(2), "rect", False),
        ('<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>', Inches(4), "ellipse", False),
    ],
)  # fmt: skip
def test_a_shape_over_another_covers_it(
    fill: str, width: int, form: str, *, is_covered: bool
) -> None:
    presentation, slide = new_slide()
    add_box(slide, f"<a:p>{run('111 yen')}</a:p>")
    _cover(slide, fill, width=width, form=form)
    add_box(slide, f"<a:p>{run('222 yen')}</a:p>")
    parsed = read(presentation)
    assert body_of(parsed) == ("222 yen" if is_covered else "111 yen\n\n222 yen")
    expected = [("hidden", "1 shape covered by another")] if is_covered else []
    assert remarks_of(parsed) == expected


def test_what_comes_and_goes_while_the_slide_is_shown_covers_nothing() -> None:
    presentation, slide = new_slide()
    add_box(slide, f"<a:p>{run('111 yen')}</a:p>")
    _cover(slide, '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>')
    timing = f'<p:timing {_NAMES}><p:tnLst><p:spTgt spid="70"/></p:tnLst></p:timing>'
    slide.element.append(etree.fromstring(timing))
    assert "111 yen" in body_of(read(presentation))


def test_text_of_a_clear_colour_is_not_seen() -> None:
    presentation, slide = new_slide()
    look = '<a:solidFill><a:srgbClr val="000000"><a:alpha val="{}"/></a:srgbClr></a:solidFill>'
    runs = "".join(
        f"<a:r><a:rPr>{look.format(alpha)}</a:rPr><a:t>{alpha} </a:t></a:r>" for alpha in (0, 90000)
    )
    add_box(slide, f"<a:p>{runs}</a:p>")
    assert body_of(read(presentation)) == "90000"


def test_heads_stand_with_the_lists_below_them_and_rows_go_from_left_to_right() -> None:
    presentation, slide = new_slide()
    right, low = Inches(5), Inches(3.2)
    add_box(slide, f"<a:p>{run('Not eligible')}</a:p>", left=right, top=Inches(2) - 2000)
    add_box(slide, f"<a:p>{run('Eligible')}</a:p>")
    lists = (("Travel", "Books"), ("Alcohol", "Gifts"))
    for left, texts in zip((Inches(1), right), lists, strict=True):
        add_box(slide, "".join(f"<a:p>{run(text)}</a:p>" for text in texts), left=left, top=low)
    assert body_of(read(presentation)) == (
        "Eligible\n\n- Travel\n- Books\n\nNot eligible\n\n- Alcohol\n- Gifts"
    )


@pytest.mark.parametrize(
    ("percent", "value", "shown"),
    [(True, False, ["30%", "70%"]), (False, True, ["300", "700"]),
     (True, True, ["300 (30%)", "700 (70%)"])],
)  # fmt: skip
def test_a_pie_shows_the_shares_that_its_labels_show(
    shown: list[str], *, percent: bool, value: bool
) -> None:
    presentation, slide = new_slide()
    data = CategoryChartData()
    data.categories = ["Travel", "Staff"]
    data.add_series("Yen", (300, 700))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.PIE, *_BOX, data)
    plot = cast("Chart", frame.chart).plots[0]
    plot.has_data_labels = True
    plot.data_labels.show_percentage = percent
    plot.data_labels.show_value = value
    text = read(presentation).text
    assert f"| Travel | {shown[0]} |\n| Staff | {shown[1]} |" in text

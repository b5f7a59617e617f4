"""Each control word of RTF that decides what is read has an example of its own."""

import pytest
from tests.unit.ingest.load.test_formats import rtf

NOT_READ = (
    *("fonttbl", "filetbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "revtbl"),
    *("rsidtbl", "generator", "info", "pict", "annotation", "atnid", "atnauthor", "atnref"),
    *("fldinst", "objdata", "objclass", "themedata", "colorschememapping", "datastore"),
    *("latentstyles", "xe", "tc", "bkmkstart", "bkmkend", "pntxta", "pntxtb", "sp", "nonshppict"),
    *("shprslt", "nesttableprops", "ftnsep", "ftnsepc", "aftnsep", "pnseclvl", "xmlnstbl", "falt"),
    *("panose", "listpicture", "picprop", "pgptbl", "wgrffmtfilter", "userprops", "private"),
    *("background", "title", "mmathPr"),
)
ASIDE = ("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf")


@pytest.mark.parametrize("word", NOT_READ)
def test_a_group_that_holds_no_text_of_the_document_is_not_read(word: str) -> None:
    assert rtf(rf"Kept.{{\{word} gone}}").text == "Kept."
    assert rtf(rf"Kept.{{\{word} gone{{\{word} within}}}}").text == "Kept."


@pytest.mark.parametrize("word", ["shpinst", "shppict", "pn", "shptxt", "ud"])
def test_a_group_marked_as_new_in_its_day_is_read_where_it_holds_text(word: str) -> None:
    assert rtf(rf"Kept{{\*\{word}  and told}}").text == "Kept and told"
    assert rtf(r"Kept{\*\unknown  and told}").text == "Kept"


@pytest.mark.parametrize("word", ASIDE)
def test_margins_are_kept_apart(word: str) -> None:
    parsed = rtf(rf"Kept.{{\{word} Aside\par}}")
    assert (parsed.text, parsed.margins) == ("Kept.", ("Aside",))
    assert [remark.what for remark in parsed.remarks] == ["1 header or footer"]


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        *(("tab", "a b"), ("emspace", "a b"), ("enspace", "a b"), ("qmspace", "a b")),
        *(("nbsp", "a b"), ("line", "a\nb"), ("emdash", "a—b"), ("endash", "a–b")),
        *(("bullet", "a•b"), ("lquote", "a‘b"), ("rquote", "a’b"), ("ldblquote", "a“b")),
        *(("rdblquote", "a”b"), ("hyphen", "a-b")),
        *(("par", "a\n\nb"), ("sect", "a\n\nb"), ("page", "a\n\nb")),
    ],
)
def test_a_word_that_stands_for_a_sign(word: str, shown: str) -> None:
    assert rtf(rf"a\{word} b").text == shown


@pytest.mark.parametrize("word", ["v", "strike", "striked", "deleted"])
def test_text_that_is_not_seen_is_left_out_until_it_is_seen_again(word: str) -> None:
    assert rtf(rf"a {{\{word} x\{word}0 b}}").text == "a b"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"10{\super 6} yen", "10^6 yen"),
        (r"10{\super 6\nosupersub  yen}", "10^6 yen"),
        (r"10{\super 6\super0  yen}", "10^6 yen"),
        (r"CO{\sub 2}, log10{\sub 2}", "CO2, log10_2"),
        (r"\mac \f9 caf\'8e", "café"),
        (r"\pc \f9 caf\'82", "café"),
    ],
)
def test_how_signs_stand_and_are_coded(body: str, text: str) -> None:
    assert rtf(body).text == text


def test_cells_within_a_cell_are_told_apart() -> None:
    body = r"\trowd\cellx1\cellx2\intbl A\cell {\intbl x\nestcell y\nestcell}B\cell\row\pard After"
    assert rtf(body).text == "| A | x y B |\n| --- | --- |\n\nAfter"


MERGED = r"\trowd\cellx900\cellx1800\cellx2700 A\cell B\cell C\cell\row"


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (r"\trowd\cellx1800\cellx2700 wide\cell z\cell\row", "wide | wide | z"),
        (r"\trowd\cellx900\cellx2700 x\cell wide\cell\row", "x | wide | wide"),
        (r"\trowd\cellx2700 whole\cell\row", "whole | whole | whole"),
        (r"\trowd\clmgf\cellx900\clmrg\cellx1800\cellx2700 m\cell\cell z\cell\row", "m | m | z"),
        (r"\trowd\clmrg\cellx900\clmrg\cellx1800\cellx2700\cell own\cell z\cell\row", " | own | z"),
        (r"\trowd\cellx900\clvmrg\cellx1800\cellx2700 x\cell\cell z\cell\row", "x | B | z"),
        (r"\trowd\cellx1800\clvmrg\cellx2700 wide\cell\cell\row", "wide | wide | C"),
        (r"\trowd\cellx900\clvmrg\cellx1800\cellx2700 x\cell own\cell z\cell\row", "x | own | z"),
        (r"\trowd\cellx905\cellx1795\cellx2730 x\cell y\cell z\cell\row", "x | y | z"),
        (r" x\cell y\cell z\cell\row", "x | y | z"),
    ],
)
def test_a_wide_or_merged_cell_says_the_same_in_each_column_it_covers(row: str, cells: str) -> None:
    assert rtf(MERGED + row).text == f"| A | B | C |\n| --- | --- | --- |\n| {cells} |"


def test_edges_that_differ_by_more_are_columns_of_their_own() -> None:
    other = r"\trowd\cellx900\cellx1831\cellx2700 x\cell y\cell z\cell\row"
    assert rtf(MERGED + other).text.split("\n")[0] == "| A | B | C | C |"


def test_edges_near_each_other_in_one_row_are_two_columns() -> None:
    narrow = r"\trowd\cellx10\cellx20 A\cell B\cell\row\trowd\cellx10\cellx20 x\cell y\cell\row"
    assert rtf(narrow).text == "| A | B |\n| --- | --- |\n| x | y |"


def test_cells_beyond_the_definitions_stand_in_columns_of_their_own() -> None:
    more = r"\trowd\cellx900 A\cell B\cell\row x\cell y\cell\row"
    assert rtf(more).text == "| A | B |\n| --- | --- |\n| x | y |"

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

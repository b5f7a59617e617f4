"""PDF: soft masks, transparent outlines, groups and the boxes of forms."""

import pytest
from tests.unit.ingest.load.pdf_files import kinds, read, written

from aspire_ingest.load.parse_result import Parsed

SEEN = "The Dunlin grant is 500,000 yen."
LATER = "The other grant is 9,000,000 yen."
CATALOG = "<</Type/Catalog/Pages 2 0 R>>"


def line(text: str, y: int) -> str:
    return f"BT /F1 11 Tf 60 {y} Td ({text}) Tj ET "


def group(content: str, entries: str = "/Group<</S/Transparency/CS/DeviceGray>>") -> str:
    box = "" if "/BBox" in entries else "/BBox[0 0 595 842]"
    return (
        f"<</Type/XObject/Subtype/Form{box}{entries}/Resources<</Font<</F1 5 0 R>>"
        f"/ExtGState<</All<</ca 1/CA 1/SMask/None>>>>>>"
        f"/Length {len(content)}>>stream\n{content}\nendstream"
    )


def painted(state: str, later: str, *more: str) -> Parsed:
    """A seen line, then operators in a state of the graphics."""
    resources = f"/Font<</F1 5 0 R>>/ExtGState<</G1<<{state}>>>>/XObject<</X1 6 0 R>>"
    content = f"{line(SEEN, 770)} q /G1 gs {later} Q"
    return read(written(CATALOG, content, resources, *more))


def is_hidden(parsed: Parsed) -> bool:
    assert SEEN in parsed.text
    assert (LATER in parsed.text) != (kinds(parsed) == [("hidden", "page 1")])
    return LATER not in parsed.text


@pytest.mark.parametrize(
    ("mask", "content", "hides"),
    [
        ("/S/Luminosity", "0 g 0 0 595 842 re f", True),
        ("/S/Luminosity", "1 g 0 0 595 842 re f", False),
        ("/S/Luminosity", "1 g 0 0 595 300 re f", True),
        ("/S/Luminosity", "1 g 0 0 595 842 re f 0 g 0 600 595 200 re f", True),
        ("/S/Luminosity", "0 g 0 0 595 842 re f 1 g 0 600 595 200 re f", False),
        ("/S/Luminosity/BC[1]", "0 g 0 0 595 300 re f", False),
        ("/S/Luminosity", "1 g 0 0 m 595 0 l 300 842 l f", False),
        ("/S/Luminosity/TR<</FunctionType 2>>", "0 g 0 0 595 842 re f", False),
        ("/S/Alpha", "", True),
        ("/S/Alpha", "0 g 0 0 595 842 re f", False),
    ],
)
def test_a_mask_hides_where_it_lets_nothing_through(mask: str, content: str, hides: bool) -> None:
    state = f"/SMask<<{mask}/G 6 0 R>>"
    assert is_hidden(painted(state, line(LATER, 700), group(content))) is hides


def test_a_mask_of_the_page_stands_where_the_page_has_it() -> None:
    light = group("1 g 0 0 595 100 re f")
    state = "/SMask<</S/Luminosity/G 6 0 R>>"
    assert is_hidden(painted(state, line(LATER, 700), light))
    lifted = f"1 0 0 1 0 650 cm /G1 gs {line(LATER, 50)}"
    assert not is_hidden(painted(state, lifted, light))


@pytest.mark.parametrize(
    ("state", "mode", "hides"),
    [("/CA 0", 1, True), ("/ca 0", 1, False), ("/CA 0", 2, False), ("/CA 0/ca 0", 2, True)],
)
def test_outlines_have_their_own_transparency(state: str, mode: int, hides: bool) -> None:
    assert is_hidden(painted(state, f"{mode} Tr {line(LATER, 700)} 0 Tr")) is hides


def test_a_group_is_as_transparent_as_it_is_painted() -> None:
    inner = group(f"/All gs {line(LATER, 700)}")
    assert is_hidden(painted("/ca 0", "/X1 Do", inner))
    assert not is_hidden(painted("/ca 1", "/X1 Do", inner))


def test_a_form_paints_in_its_box_alone() -> None:
    assert is_hidden(painted("", "/X1 Do", group(line(LATER, 700), "/BBox[0 0 595 600]")))
    assert not is_hidden(painted("", "/X1 Do", group(line(LATER, 700), "/BBox[0 600 595 842]")))

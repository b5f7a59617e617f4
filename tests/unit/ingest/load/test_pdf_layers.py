"""PDF: layers, and rules over layers, that are on or off when a file opens."""

import pytest
from tests.unit.ingest.load.pdf_files import kinds, read, written

SEEN = "The Dunlin grant is 500,000 yen."
UNSEEN = "The grant is 9,000,000 yen for friends."


def layered(state: str, layer: str = "6 0 R") -> bytes:
    """A file with the layers 6 and 7 in a state, and words in one of them or under a rule."""
    return written(
        f"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R 7 0 R]/D<<{state}>>>>>>",
        f"BT /F1 11 Tf 60 770 Td ({SEEN}) Tj ET /OC /L BDC BT /F1 11 Tf 60 700 "
        f"Td ({UNSEEN}) Tj ET EMC",
        f"/Font<</F1 5 0 R>>/Properties<</L {layer}>>",
        "<</Type/OCG/Name(Draft)>>",
        "<</Type/OCG/Name(Notes)>>",
    )


def rule(policy: str, groups: str = "[6 0 R 7 0 R]") -> str:
    return f"<</Type/OCMD/OCGs {groups}{policy and '/P/' + policy}>>"


@pytest.mark.parametrize("state", ["/OFF[6 0 R]", "/BaseState/OFF", "/BaseState/OFF/ON[7 0 R]"])
def test_a_layer_that_is_off_is_not_seen(state: str) -> None:
    parsed = read(layered(state))
    assert parsed.text == SEEN
    assert kinds(parsed) == [("hidden", "page 1")]


@pytest.mark.parametrize("state", ["/ON[6 0 R]", "/OFF[7 0 R]", "/BaseState/OFF/ON[6 0 R]"])
def test_a_layer_that_is_on_is_read(state: str) -> None:
    assert UNSEEN in read(layered(state)).text


@pytest.mark.parametrize(
    ("policy", "off", "is_seen"),
    [
        ("", "6 0 R", True),
        ("", "6 0 R 7 0 R", False),
        ("AnyOn", "6 0 R", True),
        ("AnyOn", "6 0 R 7 0 R", False),
        ("AllOn", "", True),
        ("AllOn", "6 0 R", False),
        ("AnyOff", "6 0 R", True),
        ("AnyOff", "", False),
        ("AllOff", "6 0 R 7 0 R", True),
        ("AllOff", "6 0 R", False),
    ],
)
def test_a_rule_over_layers_shows_or_hides(policy: str, off: str, *, is_seen: bool) -> None:
    assert (UNSEEN in read(layered(f"/OFF[{off}]", rule(policy))).text) is is_seen


@pytest.mark.parametrize("groups", ["6 0 R", "[6 0 R]"])
def test_a_rule_over_one_layer_is_that_layer(groups: str) -> None:
    assert read(layered("/OFF[6 0 R]", rule("", groups))).text == SEEN


def test_a_rule_over_no_layer_hides_nothing() -> None:
    assert UNSEEN in read(layered("/OFF[6 0 R]", rule("AllOn", "[]"))).text


def test_a_form_in_a_layer_that_is_off_is_not_seen() -> None:
    form = f"BT /F1 11 Tf 60 700 Td ({UNSEEN}) Tj ET"
    parsed = read(
        written(
            "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>>>",
            f"BT /F1 11 Tf 60 770 Td ({SEEN}) Tj ET /X Do",
            "/Font<</F1 5 0 R>>/XObject<</X 7 0 R>>",
            "<</Type/OCG/Name(Draft)>>",
            "<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/OC 6 0 R/Resources<</Font<</F1 5 0 R>>"
            f">>/Length {len(form)}>>stream\n{form}\nendstream",
        )
    )
    assert parsed.text == SEEN
    assert kinds(parsed) == [("hidden", "page 1")]

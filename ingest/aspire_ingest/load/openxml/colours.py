"""Colours of Open XML as red, green and blue, and whether one can be told from another."""

Colour = tuple[int, int, int]
"""Red, green and blue from 0 to 255."""

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
_UNSEEN_DIFFERENCE = 16
"""Of each of red, green and blue: no reader tells such a text from its ground."""


def read_rgb(written: str) -> Colour | None:
    """Read `RRGGBB`, with or without an alpha before it; None where it is no colour."""
    try:
        red, green, blue = bytes.fromhex(written[-6:])
    except ValueError:
        return None
    return red, green, blue


def is_alike(ink: Colour, ground: Colour) -> bool:
    """Whether no reader tells a text from its ground."""
    return all(
        abs(one - other) < _UNSEEN_DIFFERENCE for one, other in zip(ink, ground, strict=True)
    )

"""Colours of web pages as red, green and blue: by name, in hexadecimal, `rgb()`, `hsl()`."""

import re
from colorsys import hls_to_rgb

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
_COLOUR_NAMES = {
    "white": (255, 255, 255), "black": (0, 0, 0), "red": (255, 0, 0), "blue": (0, 0, 255),
    "lime": (0, 255, 0), "green": (0, 128, 0), "yellow": (255, 255, 0), "navy": (0, 0, 128),
    "gray": (128, 128, 128), "grey": (128, 128, 128), "silver": (192, 192, 192),
    "maroon": (128, 0, 0), "purple": (128, 0, 128), "teal": (0, 128, 128), "olive": (128, 128, 0),
    "aqua": (0, 255, 255), "cyan": (0, 255, 255), "fuchsia": (255, 0, 255),
    "magenta": (255, 0, 255), "orange": (255, 165, 0), "snow": (255, 250, 250),
    "ivory": (255, 255, 240), "ghostwhite": (248, 248, 255), "floralwhite": (255, 250, 240),
    "mintcream": (245, 255, 250), "azure": (240, 255, 255), "whitesmoke": (245, 245, 245),
    "seashell": (255, 245, 238), "aliceblue": (240, 248, 255), "honeydew": (240, 255, 240),
    "lightgray": (211, 211, 211), "lightgrey": (211, 211, 211), "gainsboro": (220, 220, 220),
    "darkblue": (0, 0, 139), "darkgreen": (0, 100, 0), "darkred": (139, 0, 0),
}  # fmt: skip
_HEX = re.compile(r"#(?P<long>[0-9a-f]{6})(?:[0-9a-f]{2})?|#(?P<short>[0-9a-f]{3})[0-9a-f]?")
_RGB = re.compile(
    r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+(?P<alpha>[\d.]+%?))?\s*\)"
)
_HSL = re.compile(
    r"hsla?\(\s*(-?[\d.]+)(?:deg)?[\s,]+([\d.]+)%?[\s,]+([\d.]+)%?"
    r"(?:[\s,/]+(?P<alpha>[\d.]+%?))?\s*\)"
)
_NOTHING = re.compile(r"(?:0+\.?0*|\.0+)%?")
_ALIKE = 8
"""Steps of 255 by which two colours may differ and yet look the same."""


def look_alike(one: Colour, other: Colour) -> bool:
    """Whether nobody can tell two colours apart."""
    return all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))


def read_colour(written: str) -> tuple[Colour | None, bool]:
    """A colour as red, green and blue (None where it is not known), and whether it is clear."""
    if written == "transparent":
        return None, True
    if written in _COLOUR_NAMES:
        return _COLOUR_NAMES[written], False
    if match := _HEX.fullmatch(written):
        digits = match["long"] or "".join(2 * digit for digit in match["short"])
        return (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)), False
    if match := _RGB.fullmatch(written):
        return (int(match[1]), int(match[2]), int(match[3])), _is_zero(match["alpha"])
    if match := _HSL.fullmatch(written):
        return _of_hsl(match[1], match[2], match[3]), _is_zero(match["alpha"])
    return None, False


def _is_zero(share: str | None) -> bool:
    return share is not None and _NOTHING.fullmatch(share) is not None


def _of_hsl(hue: str, saturation: str, lightness: str) -> Colour | None:
    try:
        turn, share, light = float(hue) / 360 % 1, float(saturation) / 100, float(lightness) / 100
    except ValueError:  # 1.2.3
        return None
    red, green, blue = hls_to_rgb(turn, min(light, 1.0), min(share, 1.0))
    return round(255 * red), round(255 * green), round(255 * blue)

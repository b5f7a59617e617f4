"""Colours of a PDF page as red, green and blue."""

from typing import cast

from pdfminer.pdfcolor import PDFColorSpace

Color = tuple[float, float, float]
"""Red, green and blue from 0 to 1."""


def read_color(value: object, space: PDFColorSpace) -> Color | None:
    """A colour as red, green and blue; None where that would need its profile or pattern."""
    parts = cast("tuple[object, ...]", value) if isinstance(value, tuple | list) else (value,)
    numbers = [float(part) for part in parts if isinstance(part, int | float)]
    if len(numbers) != len(parts) or space.name in ("Indexed", "Pattern", "Lab"):
        return None
    if space.name in ("Separation", "DeviceN"):
        return None if any(numbers) else (1.0, 1.0, 1.0)
    match numbers:
        case [gray]:
            return (gray, gray, gray)
        case [red, green, blue]:
            return (red, green, blue)
        case [cyan, magenta, yellow, black]:
            light = 1 - black
            return ((1 - cyan) * light, (1 - magenta) * light, (1 - yellow) * light)
        case _:
            return None

"""Draws text on pages with reportlab: lengths in points, from the bottom left corner."""

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from aspire_ingest.load.writing.clean import is_cjk

_UNBROKEN = re.compile(r"[!-~]+|.[。、）]?")
"""What stands on one line of Japanese: Latin words, and letters with the signs after them."""
MINCHO, GOTHIC = "HeiseiMin-W3", "HeiseiKakuGo-W5"
Draw = Callable[[Canvas], None]


@dataclass(frozen=True, slots=True)
class Face:
    """A font with its size and the distance of its lines, in points."""

    font: str = "Helvetica"
    size: float = 10.5
    pitch: float = 14.0


BODY = Face()
BODY_JA = Face(MINCHO, 10.5, 17.0)


def pdf(*pages: Draw, size: tuple[float, float] = A4, owner_password: str | None = None) -> bytes:
    """A file of pages; with an owner's password it opens without one, but is encrypted."""
    for name in (MINCHO, GOTHIC):
        pdfmetrics.registerFont(UnicodeCIDFont(name))  # pyright: ignore[reportUnknownMemberType]
    buffer = io.BytesIO()
    encrypt = _encryption(owner_password) if owner_password else None
    canvas = Canvas(buffer, pagesize=size, encrypt=encrypt, invariant=1)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _encryption(owner_password: str) -> object:
    return StandardEncryption("", ownerPassword=owner_password, strength=128)


def embedded(path: str, otherwise: str) -> str:
    """The name of a TrueType font of this machine, ready to use; another where it is absent."""
    name = Path(path).stem
    try:
        pdfmetrics.registerFont(TTFont(name, path))  # pyright: ignore[reportUnknownMemberType]
    except (TTFError, OSError):
        return otherwise
    return name


def flow(
    canvas: Canvas,
    sentences: Sequence[str] | str,
    place: tuple[float, float],
    width: float,
    face: Face = BODY,
) -> float:
    """Draw sentences as one paragraph in lines of a width, from a baseline on; the next baseline.

    Japanese is broken between letters, other text between words.
    """
    x, y = place
    for line in lines_of(sentences, width, face):
        put(canvas, line, (x, y), face)
        y -= face.pitch
    return y


def put(canvas: Canvas, text: str, place: tuple[float, float], face: Face = BODY) -> float:
    """Draw one line; where it ends."""
    canvas.setFont(face.font, face.size)
    canvas.drawString(*place, text)
    return place[0] + canvas.stringWidth(text, face.font, face.size)


def lines_of(sentences: Sequence[str] | str, width: float, face: Face) -> list[str]:
    """The lines of a paragraph."""
    whole = sentences if isinstance(sentences, str) else _paragraph(sentences)
    pieces = (
        _UNBROKEN.findall(whole) if is_cjk(whole[0]) else [f"{word} " for word in whole.split()]
    )
    lines = [""]
    for piece in pieces:
        longer = lines[-1] + piece
        wide = pdfmetrics.stringWidth(longer.rstrip(), face.font, face.size)
        if wide > width and lines[-1]:
            lines.append(piece)
        else:
            lines[-1] = longer
    return [line.rstrip() for line in lines]


def _paragraph(sentences: Sequence[str]) -> str:
    return ("" if is_cjk(sentences[0][0]) else " ").join(sentences)


def grid(
    canvas: Canvas,
    rows: Sequence[Sequence[str]],
    place: tuple[float, float],
    widths: Sequence[float],
    face: Face = BODY,
    *,
    is_ruled: bool = True,
    height: float = 20.0,
) -> float:
    """Draw a table from its top left corner; the height below it."""
    x, y = place
    edges = [x, *(x + sum(widths[: at + 1]) for at in range(len(widths)))]
    for number, row in enumerate(rows):
        for cell, left in zip(row, edges[:-1], strict=True):
            put(canvas, cell, (left + 4, y - height * (number + 1) + 6), face)
    if is_ruled:
        tops = [y - height * at for at in range(len(rows) + 1)]
        canvas.grid(edges, tops)  # pyright: ignore[reportUnknownMemberType]
    return y - height * len(rows) - 12

"""Pages of a PDF that show text and do not hold it, read from their picture.

Such a page is drawn as a reader sees it (by PDFium, through pypdfium2) and given to Tesseract: once
for level lines, however the page is turned, and once for Japanese in columns where that was not
sure. What is still not sure is not taken: the page stays one that is not read.
"""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median_low
from time import monotonic

import numpy as np
import pypdfium2  # pyright: ignore[reportMissingTypeStubs] - it ships none
from numpy.typing import NDArray
from pypdfium2 import PdfiumError  # pyright: ignore[reportMissingTypeStubs]

from aspire_ingest.load.pdf.page import PageContent, View
from aspire_ingest.load.pdf.paint.area import Area
from aspire_ingest.load.pdf.placed_tables import find_scanned_tables
from aspire_ingest.load.pdf.rules import Box, find_rules
from aspire_ingest.load.pdf.tables import Table
from aspire_ingest.load.pdf.unread_ink import count_unread
from aspire_ingest.load.pdf.words.words import Word
from aspire_ingest.load.tesseract import (
    MAX_PIXELS,
    GreyPicture,
    RecognisedLine,
    RecognisedWord,
    RecognitionError,
    joined_words,
    mean_confidence,
    recognise,
)
from aspire_ingest.load.types import LoadOptions

_DPI = 300
_POINTS = 72
_SURE = 80.0
"""Mean confidence from which level lines are taken without a look for columns."""
_LEAST = 70.0
"""Mean confidence below which a page is not taken: text at random is read with 15 to 67."""
_FEWEST_LETTERS = 4
_LEVEL, _VERTICAL = ("jpn+eng", 1), ("jpn_vert", 5)
"""Languages, and Tesseract's mode of page segmentation."""
_SAME_SIZE = 0.2
"""Share by which sizes of letters that are one differ, as they are measured in a picture."""


def needs_recognition(page: PageContent) -> bool:
    """Whether a page shows text, or may, and none of it could be read."""
    return not page.holds_text and (page.has_image or page.unreadable > 0)


def with_recognised(
    data: bytes, pages: Sequence[PageContent], options: LoadOptions
) -> list[PageContent]:
    """The pages of a file, those that need it read from their picture, within the bounds of time.

    A page that cannot be read, or is not sure, stays as it is.
    """
    waiting = [number for number, page in enumerate(pages) if needs_recognition(page)]
    found = list(pages)
    if not waiting:
        return found
    until = monotonic() + options.ocr_file_timeout_s
    try:
        with pypdfium2.PdfDocument(data) as document:
            for number in waiting:
                left = min(options.ocr_page_timeout_s, until - monotonic())
                if left <= 0:
                    break
                found[number] = _recognised(document, number, pages[number], left)
    except PdfiumError:
        return found  # it draws less than the parser reads: what is not drawn is not read
    return found


def _recognised(
    document: pypdfium2.PdfDocument, number: int, page: PageContent, timeout_s: float
) -> PageContent:
    until = monotonic() + timeout_s
    try:
        picture = _drawn(document, number)
        lines, is_vertical = _read(picture, until), False
        if mean_confidence(lines) < _SURE:
            columns = _read(picture, until, vertical=True)
            if mean_confidence(columns) > mean_confidence(lines):
                lines, is_vertical = columns, True
    except (RecognitionError, PdfiumError):
        return page
    letters = sum(len(line.text) for line in lines)
    if letters < _FEWEST_LETTERS or mean_confidence(lines) < _LEAST:
        return page
    rules = find_rules(picture)
    views, doubtful = _views(lines, picture, rules, is_vertical=is_vertical)
    boxes = [(line.x0, line.top, line.x1, line.bottom) for line in lines if not line.words]
    boxes += [(word.x0, word.top, word.x1, word.bottom) for line in lines for word in line.words]
    return replace(
        page,
        views=views,
        is_recognised=True,
        is_vertical=is_vertical,
        unreadable=0,
        doubtful_tables=doubtful,
        unread_lines=count_unread(picture, boxes, rules),
    )


def _drawn(document: pypdfium2.PdfDocument, number: int) -> GreyPicture:
    page = document[number]
    try:
        width, height = page.get_size()
        area = max(1.0, width * height)
        scale = min(_DPI / _POINTS, (0.95 * MAX_PIXELS / area) ** 0.5)
        drawn: object = page.render(scale=scale, grayscale=True).to_numpy()  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType, reportArgumentType] - pypdfium2 leaves the types out
        rows: NDArray[np.uint8] = np.asarray(drawn, dtype=np.uint8)
        return GreyPicture(
            width=rows.shape[1],
            height=rows.shape[0],
            pixels=rows.reshape(rows.shape[0], rows.shape[1]).tobytes(),
            dpi=max(70, round(scale * _POINTS)),
        )
    finally:
        page.close()


def _read(picture: GreyPicture, until: float, *, vertical: bool = False) -> list[RecognisedLine]:
    languages, segmentation = _VERTICAL if vertical else _LEVEL
    left = until - monotonic()
    if left <= 0:
        raise RecognitionError("no time is left for the page")
    return recognise(picture, languages, segmentation=segmentation, timeout_s=left)


def _views(
    lines: Sequence[RecognisedLine],
    picture: GreyPicture,
    rules: Sequence[Box],
    *,
    is_vertical: bool,
) -> tuple[list[View], int]:
    """What was read as words in place and tables, and how many tables are in doubt.

    Each side of the page is turned as its reader turns it.
    """
    scale = _POINTS / picture.dpi
    width, height = picture.width * scale, picture.height * scale
    body = median_low([line.size for line in lines for _ in line.text])
    views: list[View] = []
    doubtful = 0
    for angle in sorted({line.angle for line in lines}):
        turn = 270 if is_vertical else angle
        own = [line for line in lines if line.angle == angle]
        whole = [_word(line, turn, picture, scale, _size(line, body)) for line in own]
        tables: list[Table] = []
        if not is_vertical:
            parts = [
                [_word(word, turn, picture, scale, _size(line, body)) for word in line.words]
                for line in own
            ]
            areas = [Area(*_turned(rule, turn, picture, scale)) for rule in rules]
            found = find_scanned_tables(parts, areas)
            tables, doubtful = found.tables, doubtful + found.doubtful
            whole = _outside(whole, parts, found.lines)
        is_aside = turn in (90, 270)
        views.append(
            View(
                width=height if is_aside else width,
                height=width if is_aside else height,
                words=whole,
                tables=tables,
            )
        )
    return views, doubtful


def _outside(
    whole: Sequence[Word], parts: Sequence[Sequence[Word]], left: Sequence[Sequence[Word]]
) -> list[Word]:
    """The lines outside all tables: whole where no word of them was taken, else what is left."""
    kept = {id(words[0]): words for words in left}
    lines: list[Word] = []
    for line, words in zip(whole, parts, strict=True):
        rest = next((kept[id(word)] for word in words if id(word) in kept), None)
        if rest is not None and len(rest) == len(words):
            lines.append(line)
        elif rest is not None:
            text = joined_words([word.text for word in rest])
            lines.append(replace(line, text=text, x0=rest[0].x0, x1=rest[-1].x1))
        elif not words:
            lines.append(line)
    return lines


def _size(line: RecognisedLine, body: float) -> float:
    return body if abs(line.size - body) <= _SAME_SIZE * body else line.size


def _word(
    line: RecognisedLine | RecognisedWord,
    turn: int,
    picture: GreyPicture,
    scale: float,
    size: float,
) -> Word:
    """A line or a word of it as a word of the turned page, in points."""
    box = (line.x0, line.top, line.x1, line.bottom)
    x0, top, x1, bottom = _turned(box, turn, picture, scale)
    return Word(
        text=line.text,
        x0=x0,
        x1=x1,
        top=top,
        bottom=bottom,
        baseline=bottom,
        size=round(size * scale, 1),
        is_bold=False,
    )


def _turned(
    box: tuple[int, int, int, int], turn: int, picture: GreyPicture, scale: float
) -> tuple[float, float, float, float]:
    """A box on the turned page, in points."""
    x0, top, x1, bottom = box
    if turn == 90:
        x0, top, x1, bottom = picture.height - bottom, x0, picture.height - top, x1
    elif turn == 180:
        x0, top, x1, bottom = (
            picture.width - x1,
            picture.height - bottom,
            picture.width - x0,
            picture.height - top,
        )
    elif turn == 270:
        x0, top, x1, bottom = top, picture.width - x1, bottom, picture.width - x0
    return x0 * scale, top * scale, x1 * scale, bottom * scale

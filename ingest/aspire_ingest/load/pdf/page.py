"""One page of a PDF as a reader sees it: words in place, tables, and what does not come along."""

from collections import Counter
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from math import inf

from pdfminer.layout import LTPage
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from aspire_ingest.load.pdf.paint.device import InkDevice
from aspire_ingest.load.pdf.paint.ink import UNREADABLE, Glyph, Ink
from aspire_ingest.load.pdf.paint.interpreter import InkInterpreter
from aspire_ingest.load.pdf.placed_tables import find_gapped_tables
from aspire_ingest.load.pdf.tables import Table, find_tables
from aspire_ingest.load.pdf.words.annotations import is_in, struck_areas
from aspire_ingest.load.pdf.words.check_boxes import read_boxes
from aspire_ingest.load.pdf.words.forms import read_form
from aspire_ingest.load.pdf.words.initials import join_initials
from aspire_ingest.load.pdf.words.letter_spacing import join_spaced
from aspire_ingest.load.pdf.words.strikethrough import without_struck
from aspire_ingest.load.pdf.words.superscripts import join_scripts
from aspire_ingest.load.pdf.words.vertical import is_vertical, turned
from aspire_ingest.load.pdf.words.visibility import see, shape_sight
from aspire_ingest.load.pdf.words.words import Word, normalized, to_words

_UNREADABLE_LINE = 0.3
_UNREADABLE_PAGE = 0.5
"""Shares of unreadable letters from which a line, or a page, is left out."""
_SLANT = 5
"""Degrees from upright or sideways within which a line is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a page shows to who turns it one way: words to order, and tables."""

    width: float
    height: float
    words: list[Word]
    tables: list[Table]


@dataclass(slots=True, kw_only=True)
class PageContent:
    """What stands on one page, and counts of what does not come with it."""

    views: list[View] = field(default_factory=list[View])
    has_image: bool = False
    is_scan: bool = False
    is_recognised: bool = False
    """Whether its text was read from its picture."""
    is_vertical: bool = False
    has_doubtful_order: bool = False
    """Whether it may have columns that were read across."""
    level_until: float = inf
    """Of vertical text, its top, in points: level words below it are read after it."""
    hidden: int = 0
    hidden_fields: int = 0
    struck: int = 0
    unreadable: int = 0
    slanted: int = 0
    unread_lines: int = 0
    """Pieces of lines in its picture, of a page read from it, where nothing was read."""
    doubtful_tables: int = 0
    """Tables on a page read from its picture whose words do not keep to columns."""
    unread_marks: int = 0
    """Drawn boxes with a mark that is neither tick nor cross nor dot."""
    stamps: list[str] = field(default_factory=list[str])
    """What stands aslant on the page, as a stamp does."""

    @property
    def holds_text(self) -> bool:
        """Whether any of it was read."""
        return any(view.words or view.tables for view in self.views)


class _SeenPage(Page):
    """A page whose glyphs are kept apart from its layout; pdfplumber finds its tables."""

    def __init__(self, page: Page, layers: frozenset[int], turn: int = 0) -> None:
        """Open a page again, turned to the right by so many degrees."""
        super().__init__(
            page.pdf, _turned(page.page_obj, turn), page.page_number, page.initial_doctop
        )
        self._layers = layers

    @cached_property
    def _read(self) -> tuple[LTPage, Ink]:
        resources: PDFResourceManager = self.pdf.rsrcmgr
        device = InkDevice(resources, self._layers)
        try:
            InkInterpreter(resources, device).process_page(self.page_obj)
        except Exception as error:
            raise PdfminerException(error) from error
        return device.get_result(), device.ink()

    @property
    def layout(self) -> LTPage:
        """Lines, rectangles and pictures."""
        return self._read[0]

    @property
    def ink(self) -> Ink:
        """All that is painted."""
        return self._read[1]


def read_page(page: Page, layers: frozenset[int]) -> PageContent:
    """Read one page; text that is turned on it is read as who turns the page reads it."""
    content = PageContent()
    upright = _SeenPage(page, layers)
    sight = see(upright.ink)
    content.has_image = bool(upright.ink.images)
    content.is_scan = sight.is_scan
    content.hidden = sight.hidden
    angles = Counter(_quarter(glyph) for glyph in sight.seen if not glyph.text.isspace())
    content.slanted = angles.pop(None, 0)
    content.stamps = _stamps(sight.seen) if content.slanted else []
    if angles.get(0) or not angles:
        glyphs = [glyph for glyph in sight.seen if _quarter(glyph) in (0, 270)]
        level = [glyph for glyph in glyphs if _quarter(glyph) == 0]
        if is_vertical(level):
            content.is_vertical = True
            angles.pop(270, None)
            _read_vertical(glyphs, upright, content)
        else:
            content.views.append(_view(upright, level, content))
    for angle in sorted(angle for angle in angles if angle):
        side = _SeenPage(page, layers, turn=angle)
        level = [glyph for glyph in see(side.ink).seen if _quarter(glyph) == 0]
        content.views.append(_view(side, level, content))
    return content


def _turned(page: PDFPage, turn: int) -> PDFPage:
    if not turn:
        return page
    other = copy(page)
    other.rotate = (page.rotate + turn) % 360
    other.attrs = {**page.attrs, "Rotate": other.rotate}
    return other


def _quarter(glyph: Glyph) -> int | None:
    """0, 90, 180 or 270; None for a slanted glyph."""
    nearest = round(glyph.angle / 90) * 90
    return nearest % 360 if abs(glyph.angle - nearest) <= _SLANT else None


def _stamps(glyphs: Sequence[Glyph]) -> list[str]:
    """Slanted text in the order in which it is painted, line by line."""
    lines: list[str] = []
    before: Glyph | None = None
    for glyph in sorted(filter(_is_slanted, glyphs), key=lambda glyph: glyph.order):
        text = normalized(glyph.text)
        if before is not None and _continues(glyph, before):
            lines[-1] += text
        else:
            lines.append(text)
        before = glyph
    return lines


def _is_slanted(glyph: Glyph) -> bool:
    return _quarter(glyph) is None


def _continues(glyph: Glyph, before: Glyph) -> bool:
    """Whether a slanted glyph follows another on its line: so near that no letter fits between."""
    near = 1.5 * max(before.size, glyph.size)
    apart = max(
        max(glyph.x0, before.x0) - min(glyph.x1, before.x1),
        max(glyph.top, before.top) - min(glyph.bottom, before.bottom),
    )
    return glyph.angle == before.angle and apart <= near


def _view(page: _SeenPage, glyphs: Sequence[Glyph], content: PageContent) -> View:
    standing, struck = without_struck(glyphs, page.ink.bars)
    by_reviewers = struck_areas(page.ink)
    if by_reviewers:
        kept = [glyph for glyph in standing if not is_in(glyph, by_reviewers)]
        lost = len([glyph for glyph in standing if not glyph.text.isspace()])
        struck += lost - len([glyph for glyph in kept if not glyph.text.isspace()])
        standing = kept
    content.struck += struck
    readable = _readable(standing, content)
    if page.ink.shapes:
        is_first = not content.views
        boxes = read_boxes(page.ink.shapes, readable, shape_sight(page.ink), is_first=is_first)
        content.unread_marks += boxes.unread
        taken = set(map(id, boxes.taken))
        readable = [*(one for one in readable if id(one) not in taken), *boxes.signs]
    tables, free = find_tables(page, readable, page.ink.origin)
    gapped, words = find_gapped_tables(join_scripts(join_spaced(to_words(free))))
    tables = sorted([*tables, *gapped], key=lambda table: table.top)
    words = join_initials(words)
    if not content.views:
        words += _entries(page.ink, words, content)
    return View(width=page.ink.width, height=page.ink.height, words=words, tables=tables)


def _entries(ink: Ink, printed: Sequence[Word], content: PageContent) -> list[Word]:
    """What is filled into the fields of a page; those that are not shown are counted."""
    form = read_form(ink, printed)
    content.hidden_fields += form.hidden
    return form.words


def _read_vertical(glyphs: Sequence[Glyph], page: _SeenPage, content: PageContent) -> None:
    width, height = page.ink.width, page.ink.height
    columns, level = turned(glyphs, width)
    words = join_scripts(to_words(_readable(level, content)))
    words += _entries(page.ink, words, content)
    if words:
        content.level_until = min(glyph.x0 for glyph in columns)
        content.views.append(View(width=width, height=height, words=words, tables=[]))
    lines = join_scripts(to_words(_readable(columns, content)))
    if lines:
        content.views.append(View(width=height, height=width, words=lines, tables=[]))


def _readable(glyphs: Sequence[Glyph], content: PageContent) -> list[Glyph]:
    """Leave out lines that the file does not say the letters of, or all where most are so."""
    broken = [glyph for glyph in glyphs if UNREADABLE in normalized(glyph.text)]
    if not broken:
        return list(glyphs)
    written = sum(not glyph.text.isspace() for glyph in glyphs)
    if len(broken) > _UNREADABLE_PAGE * written:
        content.unreadable += written
        return []
    lines = Counter(round(glyph.baseline) for glyph in glyphs if not glyph.text.isspace())
    bad = Counter(round(glyph.baseline) for glyph in broken)
    lost = {line for line, count in bad.items() if count > _UNREADABLE_LINE * lines[line]}
    content.unreadable += sum(lines[line] for line in lost)
    content.unreadable += sum(count for line, count in bad.items() if line not in lost)
    return [glyph for glyph in glyphs if round(glyph.baseline) not in lost]

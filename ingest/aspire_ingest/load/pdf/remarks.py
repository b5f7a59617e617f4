"""What the text of a PDF does not show of it, told page by page."""

from collections.abc import Callable, Iterator, Sequence

from aspire_ingest.index.types import Remark, RemarkKind
from aspire_ingest.load.pdf.page import PageContent

_MOST_PAGES_NAMED = 8


def is_picture(page: PageContent) -> bool:
    """Whether a page shows a picture and no text."""
    return page.has_image and not page.holds_text


def is_nameless(page: PageContent) -> bool:
    """Whether a page shows text alone whose letters its fonts do not name."""
    return page.unreadable > 0 and not (page.holds_text or page.has_image)


def remarks(pages: Sequence[PageContent], ocr_advice: str = "") -> tuple[Remark, ...]:
    """One remark for each kind of thing, with the pages it is on; by their first page.

    `ocr_advice` says what would have pages read that only OCR can read; empty where it was tried.
    """
    would = f"; to have it read: {ocr_advice}" if ocr_advice else "; OCR was not sure of it"
    found = [
        remark
        for kind, what, count in _KINDS
        for remark in _remark(pages, kind, what + would if count in _FOR_OCR else what, count)
    ]
    return tuple(remark for _, remark in sorted(found, key=lambda pair: pair[0]))


def _remark(
    pages: Sequence[PageContent], kind: RemarkKind, what: str, count: Callable[[PageContent], int]
) -> Iterator[tuple[int, Remark]]:
    counts = {number: count(page) for number, page in enumerate(pages, start=1)}
    numbers = [number for number, some in counts.items() if some]
    if numbers:
        total = sum(counts.values())
        said = what.format(total, s="" if total == 1 else "s")
        yield numbers[0], Remark(kind=kind, what=said, where=_where(numbers))


def _letters_of_readable_pages(page: PageContent) -> int:
    return 0 if is_nameless(page) else page.unreadable


def _letters_of_nameless_pages(page: PageContent) -> int:
    return page.unreadable if is_nameless(page) else 0


_KINDS: tuple[tuple[RemarkKind, str, Callable[[PageContent], int]], ...] = (
    ("hidden", "text that is not seen: {} letter{s}", lambda page: page.hidden),
    ("hidden", "filled fields that are not shown: {}", lambda page: page.hidden_fields),
    ("hidden", "struck text: {} letter{s}", lambda page: page.struck),
    ("lost", "a page that is a picture", is_picture),
    (
        "lost",
        "text in letters that the fonts do not name: {} letter{s}",
        _letters_of_readable_pages,
    ),
    (
        "lost",
        "a page in letters that the fonts do not name: {} letter{s}",
        _letters_of_nameless_pages,
    ),
    ("lost", "slanted text: {} letter{s}", lambda page: page.slanted),
    ("lost", "drawn boxes with marks that are not read: {}", lambda page: page.unread_marks),
    ("lost", "what OCR did not read: {} piece{s} of lines", lambda page: page.unread_lines),
    ("doubtful", "text read by OCR", lambda page: int(page.is_recognised)),
    (
        "doubtful",
        "tables read by OCR whose columns cannot be told apart: {}",
        lambda page: page.doubtful_tables,
    ),
    ("doubtful", "text of a scan", lambda page: int(page.is_scan)),
    (
        "doubtful",
        "text that may stand in columns, read across",
        lambda page: int(page.has_doubtful_order),
    ),
    ("doubtful", "vertical text", lambda page: int(page.is_vertical)),
)
_FOR_OCR = (is_picture, _letters_of_nameless_pages)


def _where(numbers: Sequence[int]) -> str:
    """The pages as a reader names them: "page 2", "pages 2-4, 9"."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    named = [str(a) if a == b else f"{a}-{b}" for a, b in ranges[:_MOST_PAGES_NAMED]]
    more = ", …" if len(ranges) > _MOST_PAGES_NAMED else ""
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(named)}{more}"

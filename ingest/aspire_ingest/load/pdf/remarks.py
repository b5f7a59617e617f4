"""What the text of a PDF does not show of it, told page by page."""

from collections.abc import Callable, Iterator, Sequence

from aspire_ingest.index.types import Remark, RemarkKind
from aspire_ingest.load.pdf.page import PageContent

_MOST_PAGES_NAMED = 8


def is_picture(page: PageContent) -> bool:
    """Whether a page shows a picture and no text."""
    return page.has_image and not any(view.words or view.tables for view in page.views)


def remarks(pages: Sequence[PageContent]) -> tuple[Remark, ...]:
    """One remark for each kind of thing, with the pages it is on; by their first page."""
    found = [remark for kind, what, count in _KINDS for remark in _remark(pages, kind, what, count)]
    return tuple(remark for _, remark in sorted(found, key=lambda pair: pair[0]))


def _remark(
    pages: Sequence[PageContent], kind: RemarkKind, what: str, count: Callable[[PageContent], int]
) -> Iterator[tuple[int, Remark]]:
    counts = {number: count(page) for number, page in enumerate(pages, start=1)}
    numbers = [number for number, some in counts.items() if some]
    if numbers:
        total = sum(counts.values())
        yield numbers[0], Remark(kind=kind, what=what.format(total), where=_where(numbers))


_KINDS: tuple[tuple[RemarkKind, str, Callable[[PageContent], int]], ...] = (
    ("hidden", "text that is not seen: {} letters", lambda page: page.hidden),
    ("hidden", "filled fields that are not shown: {}", lambda page: page.hidden_fields),
    ("hidden", "struck text: {} letters", lambda page: page.struck),
    ("lost", "a page that is a picture", lambda page: int(is_picture(page))),
    (
        "lost",
        "text in letters that the fonts do not name: {} letters",
        lambda page: page.unreadable,
    ),
    ("lost", "slanted text: {} letters", lambda page: page.slanted),
    ("doubtful", "text of a scan", lambda page: int(page.is_scan)),
    ("doubtful", "vertical text", lambda page: int(page.is_vertical)),
)


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

"""When what a document tells of takes place: found in its text, never invented. Pure.

A date counts where its sentence says that something takes place then ("was held on", 開催), names
an occasion by it ("the workshop on 3 March"), or where it stands in a schedule or a heading. Dates
of publication, deadlines, beginnings, decisions and mere mentions are none. A year that is not said
is taken from the title, or from the date of publication where only one year can be meant.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from aspire_ingest.index.text import occasion_words as words
from aspire_ingest.index.text.date_spans import (
    DateSpan,
    date_spans,
    first_day,
    is_on_its_weekday,
    last_day,
)
from aspire_ingest.index.text.dates import find_dates
from aspire_ingest.index.text.numerals import fold_widths
from aspire_ingest.index.text.sentences import sentence_spans
from aspire_ingest.index.types import Document, Occasion, OccasionBasis, YearOrigin

_READ = 200_000
"""Characters of a document that are read."""
_MOST = 40
_MOST_DATES = 400
"""What has more dates than this is a table of figures."""
_AROUND = 400
"""Characters around a date that are read for what it belongs to."""
_TABLE = 20_000
"""Characters above a row in which the head of its table is looked for."""
_OPENING = 1_500
"""What is told here is what the document is about: its title names it too."""
_HALF_A_YEAR = timedelta(days=183)
_A_QUARTER = timedelta(days=92)
_ACROSS_A_DATE = 60
"""How many characters another date in between counts for."""
_BEHIND = 8
"""How many characters it counts for in English that a word stands behind the date."""
_TITLE_YEAR = re.compile(r"(?<![\d./-])(?:FY\s?)?(20\d{2})(?![\d./-]|\s?年度)")
_NAMED_BEFORE = re.compile(r"[\w'\"”)]*\s*(?:,?\s*(?:\(|on|in|of|from|held|for|:))?\s*(?:the\s)?$")
_NAMED_BEHIND = re.compile(
    r"\s?(?:\([月火水木金土日]\))?(?:の[^、。]{0,30}?|\s[A-Z]?[\w-]{0,20}\s?)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """A document on its way through; all offsets are of its text."""

    folded: str
    title: str
    published: str | None
    starts: Sequence[int]
    """Where its dates begin."""


def with_occasions(document: Document) -> Document:
    """Give the document with its occasions found."""
    return replace(document, info=replace(document.info, occasions=find_occasions(document)))


def find_occasions(document: Document) -> tuple[Occasion, ...]:
    """Give the occasions of a document in reading order, each date once."""
    folded = fold_widths(document.text[:_READ])
    spans = date_spans(folded, find_dates(folded))
    title = fold_widths(document.info.title)
    reading = _Reading(
        folded=folded,
        title=title,
        published=document.info.published,
        starts=[span.start for span in spans],
    )
    found: dict[tuple[str, str], Occasion] = {}
    for span in spans[:_MOST_DATES]:
        occasion = _read(reading, span)
        if occasion is not None:
            found.setdefault((occasion.first, occasion.last), occasion)
    return tuple(found.values())[:_MOST]


def _read(reading: _Reading, span: DateSpan) -> Occasion | None:
    start, end = _around(reading.folded, span)
    sentence = reading.folded[start:end]
    basis = _basis(reading, span, start, end)
    if basis is None or words.CALLED_OFF.search(sentence):
        return None
    placed = _in_its_year(reading, span, sentence)
    if placed is None or not is_on_its_weekday(reading.folded, placed[0]):
        return None
    dated, year_from = placed
    first, last = dated.iso()
    kinds = words.kinds_in(sentence)
    if span.start < _OPENING or not kinds:
        kinds = tuple(dict.fromkeys((*kinds, *words.kinds_in(reading.title))))
    return Occasion(
        first=first,
        last=last,
        start=span.start,
        end=span.start + len(reading.folded[span.start : span.end].rstrip(" .,")),
        basis=basis,
        year_from=year_from,
        kinds=kinds,
    )


def _around(folded: str, span: DateSpan) -> tuple[int, int]:
    """Where the sentence, item, row or heading stands that says a date."""
    low, high = max(0, span.start - _AROUND), min(len(folded), span.end + _AROUND)
    start, end = folded.rfind("\n", low, span.start) + 1 or low, folded.find("\n", span.end, high)
    end = high if end < 0 else end
    if folded[start : start + 1] in "#|-*+" or words.SCHEDULE_LABEL.match(folded[start:end]):
        return start, end
    blank, after = folded.rfind("\n\n", low, span.start), folded.find("\n\n", span.end, high)
    block = (blank + 2 if blank >= 0 else low, after if after >= 0 else high)
    for one in sentence_spans(folded, *block):
        if one[0] <= span.start < one[1]:
            return one
    return max(start, low), min(end, high)


def _basis(reading: _Reading, span: DateSpan, start: int, end: int) -> OccasionBasis | None:
    folded = reading.folded
    line = folded[start:end]
    if line.startswith("#"):
        is_title = words.KIND.search(line) and not words.OF_SOMETHING_ELSE.search(line)
        return "title" if is_title else None
    if line.startswith("|"):
        return "schedule" if _is_in_schedule_column(reading, span, start, end) else None
    label = words.SCHEDULE_LABEL.match(line)
    if label is not None:
        return "schedule" if _is_schedule(reading, label, start, end) else None
    if _is_named(folded, span, start, end):
        return "named"
    return "said" if _takes_place(reading, span, start, end) else None


def _is_schedule(reading: _Reading, label: re.Match[str], start: int, end: int) -> bool:
    """Whether a line "Date: …" is of an occasion: the same words may date the page."""
    around = reading.folded[max(0, start - 400) : end + 400]
    names = words.KIND.search(reading.title) or words.KIND.search(around)
    is_sure = words.SURE_LABEL.search(label["label"]) or words.BESIDE_SCHEDULE.search(around)
    return bool(names and is_sure)


def _is_in_schedule_column(reading: _Reading, span: DateSpan, start: int, end: int) -> bool:
    """Whether a cell stands under "Date" in a table of occasions."""
    folded, top = reading.folded, start
    while (
        top > max(0, start - _TABLE)
        and folded[(above := folded.rfind("\n", 0, top - 1) + 1) : above + 1] == "|"
    ):
        top = above
    header = [cell.strip() for cell in folded[top : folded.find("\n", top)].strip("| ").split("|")]
    column = folded[start : span.start].count("|") - 1
    if not 0 <= column < len(header) or not words.SCHEDULE_COLUMN.match(header[column]):
        return False
    row, before = folded[start:end], folded[max(0, top - 300) : top]
    heading = before[before.rfind("#") :] if "#" in before else ""
    return bool(words.KIND.search(row) or words.KIND.search(" ".join((*header, heading))))


def _is_named(folded: str, span: DateSpan, start: int, end: int) -> bool:
    """Whether an occasion is named by its date: "the workshop on 3 March", 3月3日の会議."""
    for kind in words.KIND.finditer(folded, start, end):
        if kind.end() <= span.start:
            between = folded[kind.end() : span.start]
            if len(between) < 25 and _NAMED_BEFORE.fullmatch(between):
                return True
        elif kind.start() >= span.end and _NAMED_BEHIND.fullmatch(folded[span.end : kind.start()]):
            return not words.OF_SOMETHING_ELSE.search(folded, span.end, kind.start())
    return False


def _takes_place(reading: _Reading, span: DateSpan, start: int, end: int) -> bool:
    """Whether the nearest word that a date can belong to says that something takes place."""
    folded = reading.folded
    held = min(_distances(words.TAKES_PLACE, reading, span, start, end), default=None)
    if held is None:
        return False
    other = min(_distances(words.OF_SOMETHING_ELSE, reading, span, start, end), default=None)
    if other is not None and other <= held:
        return False
    sentence = folded[start:end]
    return bool(
        words.KIND.search(sentence)
        or words.SAYS_ENOUGH.search(sentence)
        or words.KIND.search(reading.title)
    )


def _distances(
    pattern: re.Pattern[str], reading: _Reading, span: DateSpan, start: int, end: int
) -> Iterator[int]:
    """How far each match in the sentence stands from a date."""
    is_japanese = reading.folded[span.start : span.end].endswith(("日", "月"))
    for found in pattern.finditer(reading.folded, start, end):
        is_behind = found.start() >= span.end
        gap = found.start() - span.end if is_behind else span.start - found.end()
        low, high = sorted((found.start(), span.start))
        across = bisect_left(reading.starts, high) - bisect_right(reading.starts, low)
        unusual = 0 if is_japanese == is_behind else _BEHIND
        yield max(0, gap) + unusual + _ACROSS_A_DATE * across


def _in_its_year(
    reading: _Reading, span: DateSpan, sentence: str
) -> tuple[DateSpan, YearOrigin] | None:
    """The span with its year and where that comes from; None where it is not certain."""
    if span.year is not None:
        return span, "date"
    if span.first.day is None:
        return None
    near = _near_publication(reading.published, span, sentence)
    named = {int(year) for year in _TITLE_YEAR.findall(reading.title)}
    if len(named) == 1:
        year = named.pop()
        if reading.published is None or near == year:
            return span.in_year(year), "title"
    return (span.in_year(near), "published") if near is not None else None


def _near_publication(published: str | None, span: DateSpan, sentence: str) -> int | None:
    """The one year that puts a date within reach of the publication; None if that is unclear."""
    if published is None or len(published) < len("2026-01"):
        return None
    low, high = first_day(published), last_day(published)
    is_future, is_past = bool(words.FUTURE.search(sentence)), bool(words.PAST.search(sentence))
    before = _HALF_A_YEAR if is_past and not is_future else timedelta(0)
    after = _HALF_A_YEAR if is_future else timedelta(0)
    if not (is_future or is_past):
        before = after = _A_QUARTER
    years = [
        year
        for year in (low.year - 1, low.year, low.year + 1)
        if (day := _day_in(span, year)) is not None and low - before <= day <= high + after
    ]
    return years[0] if len(years) == 1 else None


def _day_in(span: DateSpan, year: int) -> date | None:
    try:
        return date(year, span.first.month or 1, span.first.day or 1)
    except ValueError:
        return None

"""A document's dates on the way to what they are of: their sentences, their years. Pure."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from aspire_ingest.index.text.dates import occasion_words as words
from aspire_ingest.index.text.dates import term_words as terms
from aspire_ingest.index.text.dates.date_spans import DateSpan, first_day, last_day
from aspire_ingest.index.text.sentences import sentence_spans
from aspire_ingest.index.text.table_rows import row_cells
from aspire_ingest.index.types import YearOrigin

_AROUND = 400
"""Characters around a date that are read for what it belongs to."""
_TABLE = 20_000
"""Characters above a row in which the head of its table is looked for."""
_HALF_A_YEAR = timedelta(days=183)
_A_QUARTER = timedelta(days=92)
_ACROSS_A_DATE = 60
"""How many characters another date in between counts for."""
_BEHIND = 8
"""How many characters it counts for in English that a word stands behind the date."""
_HEADING = re.compile(r"^#+ .*\n", re.MULTILINE)
_ARROW = re.compile(r"[→⇒➡▶]|->|=>")
"""What stands between the steps of a schedule in one line."""
_RECORD = re.compile(r"[^:;。\n]{1,60}:[^:;\n]+(?:;[^:;。\n]{1,60}:[^;\n]+)+")
"""A row of a table as a line: "Round: 2; Opens: 1 March; Closes: 30 April"."""
_LABELLED = re.compile(r"[^:;。\n]{1,24}:(?!//)[^;。\n]{4,60}")
"""A short line with a label of its own: "New deadline: 11 December 2026"."""
_SAYS_DATE = re.compile(
    r"\W*(?:dates?|days?|when|日付|日時|日程|期日|月日|時期|\d+)\W*:", re.IGNORECASE
)
"""A label that leaves to what stands beside it what a date is of."""
_TITLE_YEAR = re.compile(r"(?<![\d./-])(?:FY\s?)?(20\d{2})(?![\d./-]|\s?年度)")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedText:
    """A document's text with its widths folded; all offsets are of it.

    `published` is as in `DocumentInfo`; `spans` are its dates in order, `starts`
    and `ends` theirs.
    """

    folded: str
    title: str
    published: str | None
    spans: Sequence[DateSpan]
    starts: Sequence[int]
    ends: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table: the header of its column, all headers, and what stands above the table."""

    header: str
    headers: Sequence[str]
    above: str


def statement_around(folded: str, span: DateSpan) -> tuple[int, int]:
    """Where the sentence, item, row or heading stands that says a date."""
    low, high = max(0, span.start - _AROUND), min(len(folded), span.end + _AROUND)
    start, end = folded.rfind("\n", low, span.start) + 1 or low, folded.find("\n", span.end, high)
    end = high if end < 0 else end
    arrows = list(_ARROW.finditer(folded, start, end))
    if arrows and folded[start : start + 1] not in "#|":
        before = [one.end() for one in arrows if one.end() <= span.start]
        behind = [one.start() for one in arrows if one.start() >= span.end]
        return max(before, default=start), min(behind, default=end)
    if folded[start : start + 1] in "#|-*+" or words.SCHEDULE_LABEL.match(folded[start:end]):
        return start, end
    if _LABELLED.fullmatch(folded, start, end):
        return start, end
    if _RECORD.fullmatch(folded, start, end):
        return _entry_around(folded, span, start, end)
    blank, after = folded.rfind("\n\n", low, span.start), folded.find("\n\n", span.end, high)
    begin = blank + 2 if blank >= 0 else low
    for heading in _HEADING.finditer(folded, begin, start):
        begin = heading.end()
    for one in sentence_spans(folded, begin, after if after >= 0 else high):
        if one[0] <= span.start < one[1]:
            return one
    return max(start, low), min(end, high)


def _entry_around(folded: str, span: DateSpan, start: int, end: int) -> tuple[int, int]:
    """Where the entry of a record stands that says what its date is of.

    All of the record where what heads it says so: "Event: deadline; Line A: 3 May; Line B: 5 May".
    """
    head = folded[start : folded.find(";", start, end)]
    entry = folded.rfind(";", start, span.start) + 1 or start
    is_of_all = not any(map(str.isdigit, head)) and any(
        one.search(head) for one in (terms.DEADLINE, terms.CLOSES, terms.OPENING)
    )
    if is_of_all or _SAYS_DATE.match(folded, entry, end):
        return start, end
    stop = folded.find(";", span.end, end)
    return entry + (folded[entry] == " "), stop if stop >= 0 else end


def cell_of(text: DatedText, at: int, start: int) -> Cell | None:
    """The cell of a table's row in which a date stands; None elsewhere.

    The row begins at `start`, the date at `at`.
    """
    folded, top = text.folded, start
    if folded[start : start + 1] != "|":
        return None
    while (
        top > max(0, start - _TABLE)
        and folded[(above := folded.rfind("\n", 0, top - 1) + 1) : above + 1] == "|"
    ):
        top = above
    headers = row_cells(folded[top : folded.find("\n", top)])  # a corner may be empty
    column = folded[start:at].count("|") - 1
    if top == start or not 0 <= column < len(headers):
        return None
    before = folded[max(0, top - 300) : top]
    heading = before[before.rfind("#") :] if "#" in before else ""
    return Cell(header=headers[column], headers=headers, above=heading)


def distances(
    pattern: re.Pattern[str], text: DatedText, span: DateSpan, start: int, end: int
) -> Iterator[int]:
    """How far each match in a sentence, `folded[start:end]`, stands from a date."""
    is_japanese = text.folded[span.start : span.end].endswith(("日", "月"))
    for found in pattern.finditer(text.folded, start, end):
        is_behind = found.start() >= span.end
        gap = found.start() - span.end if is_behind else span.start - found.end()
        low, high = sorted((found.start(), span.start))
        across = bisect_left(text.starts, high) - bisect_right(text.starts, low)
        unusual = 0 if is_japanese == is_behind else _BEHIND
        yield max(0, gap) + unusual + _ACROSS_A_DATE * across


def in_its_year(
    text: DatedText, span: DateSpan, sentence: str
) -> tuple[DateSpan, YearOrigin] | None:
    """The span with its year and where that comes from; None where it is not certain."""
    if span.year is not None:
        return span, "date"
    if span.first.day is None:
        return None
    near = _near_publication(text.published, span, sentence)
    named = {int(year) for year in _TITLE_YEAR.findall(text.title)}
    if len(named) == 1:
        year = named.pop()
        if text.published is None or near == year:
            return span.in_year(year), "title"
    return (span.in_year(near), "published") if near is not None else None


def _near_publication(published: str | None, span: DateSpan, sentence: str) -> int | None:
    """The one year that puts a date within reach of the publication; None if that is unclear."""
    is_future, is_past = bool(words.FUTURE.search(sentence)), bool(words.PAST.search(sentence))
    before = _HALF_A_YEAR if is_past and not is_future else timedelta(0)
    after = _HALF_A_YEAR if is_future else timedelta(0)
    if not (is_future or is_past):
        before = after = _A_QUARTER
    return year_within(published, span, before=before, after=after)


def year_within(
    published: str | None, span: DateSpan, *, before: timedelta, after: timedelta
) -> int | None:
    """The one year that puts a date so near the publication; None where none or several do.

    `published` is as in `DocumentInfo`; of a bare year nothing is near.
    """
    if published is None or len(published) < len("2026-01"):
        return None
    low, high = first_day(published), last_day(published)
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

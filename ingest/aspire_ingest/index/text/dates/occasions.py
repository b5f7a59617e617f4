"""The dates in a document that mean something: what takes place, and what closes, opens or ends.

Found in its text, never invented. Pure. Something takes place on a date where its sentence says so
("was held on", 開催), names an occasion by it ("the workshop on 3 March"), or where it stands in a
schedule or a heading; deadlines, openings and validity are found by `terms`. Dates of publication,
decisions and mere mentions are none. A year that is not said is taken from the title, or from the
date of publication where only one year can be meant.
"""

import re
from dataclasses import replace

from aspire_ingest.index.text.dates import occasion_words as words
from aspire_ingest.index.text.dates.date_spans import DateSpan, date_spans, is_on_its_weekday
from aspire_ingest.index.text.dates.dated_text import (
    DatedText,
    cell_of,
    distances,
    in_its_year,
    statement_around,
)
from aspire_ingest.index.text.dates.dates import find_dates
from aspire_ingest.index.text.dates.terms import find_terms
from aspire_ingest.index.text.numerals import fold_widths
from aspire_ingest.index.types import Document, Occasion, OccasionBasis

_READ = 200_000
"""Characters of a document that are read."""
_MOST = 40
"""Occasions of a document that are kept, and as many of its deadlines, openings and validities."""
_MOST_DATES = 400
"""What has more dates than this is a table of figures."""
_OPENING = 1_500
"""What is told here is what the document is about: its title names it too."""
_NAMED_BEFORE = re.compile(r"[\w'\"”)]*\s*(?:,?\s*(?:\(|on|in|of|from|held|for|:))?\s*(?:the\s)?$")
_NAMED_BEHIND = re.compile(
    r"\s?(?:\([月火水木金土日]\))?(?:の[^、。]{0,30}?|\s[A-Z]?[\w-]{0,20}\s?)$"
)


def with_occasions(document: Document) -> Document:
    """Give the document with its occasions found."""
    return replace(document, info=replace(document.info, occasions=find_occasions(document)))


def find_occasions(document: Document) -> tuple[Occasion, ...]:
    """Give the occasions of a document in reading order, each date once for what it means."""
    folded = fold_widths(document.text[:_READ])
    spans = date_spans(folded, find_dates(folded))[:_MOST_DATES]
    reading = DatedText(
        folded=folded,
        title=fold_widths(document.info.title),
        published=document.info.published,
        spans=spans,
        starts=[span.start for span in spans],
        ends=[span.end for span in spans],
    )
    held: dict[tuple[str, str], Occasion] = {}
    for span in spans:
        occasion = _read(reading, span)
        if occasion is not None:
            held.setdefault((occasion.first, occasion.last), occasion)
    terms = find_terms(reading, spans, is_call=document.info.kind == "call")
    found = (*list(held.values())[:_MOST], *terms[:_MOST])
    return tuple(sorted(found, key=lambda one: one.start))


def _read(reading: DatedText, span: DateSpan) -> Occasion | None:
    start, end = statement_around(reading.folded, span)
    sentence = reading.folded[start:end]
    basis = _basis(reading, span, start, end)
    if basis is None or words.CALLED_OFF.search(sentence):
        return None
    placed = in_its_year(reading, span, sentence)
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


def _basis(reading: DatedText, span: DateSpan, start: int, end: int) -> OccasionBasis | None:
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


def _is_schedule(reading: DatedText, label: re.Match[str], start: int, end: int) -> bool:
    """Whether a line "Date: …" is of an occasion: the same words may date the page."""
    around = reading.folded[max(0, start - 400) : end + 400]
    names = words.KIND.search(reading.title) or words.KIND.search(around)
    is_sure = words.SURE_LABEL.search(label["label"]) or words.BESIDE_SCHEDULE.search(around)
    return bool(names and is_sure)


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


def _takes_place(reading: DatedText, span: DateSpan, start: int, end: int) -> bool:
    """Whether the nearest word that a date can belong to says that something takes place."""
    folded = reading.folded
    held = min(distances(words.TAKES_PLACE, reading, span, start, end), default=None)
    if held is None:
        return False
    other = min(distances(words.OF_SOMETHING_ELSE, reading, span, start, end), default=None)
    if other is not None and other <= held:
        return False
    sentence = folded[start:end]
    return bool(
        words.KIND.search(sentence)
        or words.SAYS_ENOUGH.search(sentence)
        or words.KIND.search(reading.title)
    )


def _is_in_schedule_column(reading: DatedText, span: DateSpan, start: int, end: int) -> bool:
    """Whether a cell stands under "Date" in a table of occasions."""
    cell = cell_of(reading, span.start, start)
    if cell is None or not words.SCHEDULE_COLUMN.match(cell.header):
        return False
    around = " ".join((*cell.headers, cell.above))
    return bool(words.KIND.search(reading.folded, start, end) or words.KIND.search(around))

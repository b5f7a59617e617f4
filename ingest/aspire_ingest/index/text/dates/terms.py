"""Deadlines, openings and validity: the dates on which something closes, opens or ends. Pure.

A date is one where a label says so ("Deadline:", 募集期間), or where the word nearest to it in its
sentence does ("closes on", "submitted by", 締切, まで…提出). A window has both ends. What is said
of a publication, a decision, a stay or an event is none, nor is what is called off.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from aspire_ingest.index.text.dates import occasion_words
from aspire_ingest.index.text.dates import term_words as words
from aspire_ingest.index.text.dates.date_spans import DateSpan, is_on_its_weekday
from aspire_ingest.index.text.dates.dated_text import (
    DatedText,
    cell_of,
    year_within,
)
from aspire_ingest.index.text.dates.statements import (
    Statement,
    statements_of,
)
from aspire_ingest.index.text.dates.term_hours import with_hours, with_hours_of
from aspire_ingest.index.text.dates.term_roles import (
    can_be_applied_for,
    is_changed_from,
    is_misprint,
    role_above,
    role_by_label,
    role_by_words,
)
from aspire_ingest.index.text.dates.zones import zone_of_all
from aspire_ingest.index.types import Occasion, OccasionBasis, YearOrigin

_AHEAD = timedelta(days=270)
_BEHIND = timedelta(days=183)
"""How far from its publication a document says terms without their year."""
_VERB = re.compile(r"[。\n→]|提出|送付|送信|お送り|届け出|出し")
"""Where what is handed in has been named, behind a Japanese date."""


def find_terms(text: DatedText, spans: Sequence[DateSpan], *, is_call: bool) -> list[Occasion]:
    """Give the terms among a document's dates in reading order, each once, or once in each row.

    `is_call` says that the document is a call: what closes in it can be applied for.
    """
    found: dict[tuple[str, str, tuple[str, ...], int | None], Occasion] = {}
    zone = zone_of_all(text.folded)
    former: set[str] = set()
    for statement in statements_of(text, spans):
        sentence = text.folded[statement.start : statement.end]
        if occasion_words.CALLED_OFF.search(sentence) and not words.EXTENDED.search(sentence):
            continue
        term = _term(text, statement, is_call=is_call)
        if term is None:
            continue
        term = with_hours(text, statement.span, (statement.start, statement.end), term, zone)
        if is_misprint(text, statement) or is_changed_from(text, statement):
            former.add(term.last)
            continue
        if words.EXTENDED.search(sentence):
            if term.first != term.last:  # moved from the one to the other
                former.add(term.first)
                kinds = tuple(kind for kind in term.kinds if kind != "opening")
                term = replace(term, first=term.last, kinds=kinds, opens=None)
            elif _is_former(text, statement):
                former.add(term.last)
                continue
        is_row = text.folded[statement.start] == "|"
        key = (term.first, term.last, term.kinds, statement.start if is_row else None)
        known = found.get(key)
        if known is None or (term.closes and not known.closes):
            found[key] = term  # the one that says until which hour
    terms = [one for one in found.values() if one.last not in former]
    apart = _first_steps_apart(text, terms)
    return _without_loose_ends(_opening_and_closing(text, apart))


def _term(text: DatedText, statement: Statement, *, is_call: bool) -> Occasion | None:
    if _has_been_done(text, statement):
        return None
    labelled = role_by_label(text, statement)
    role = labelled or role_by_words(text, statement) or role_above(text, statement)
    if role is None or (role == "window" and not statement.is_range):
        return None
    sentence = text.folded[statement.start : statement.end]
    dated = _in_its_year(text, statement, sentence)
    if dated is None:
        return None
    span, year_from = dated
    if role in ("deadline", "opening") and statement.is_range:
        role = "window"
    first, last = span.iso()
    if role == "window" and not _is_window(first, last):
        return None
    ends = words.VALIDITY_ENDS.search(sentence) if role == "validity" else None
    is_for_all = can_be_applied_for(text, statement, is_call=is_call)
    kinds = _kinds(role, is_range=statement.is_range, ends=bool(ends))
    basis: OccasionBasis = "schedule" if labelled else "said"
    said = text.folded[span.start : span.end].rstrip(" .,")
    return Occasion(
        first=first,
        last=last,
        start=span.start,
        end=span.start + len(said),
        basis=basis,
        year_from=year_from,
        kinds=(*kinds, "application") if is_for_all and role != "validity" else kinds,
    )


def _kinds(role: words.Role, *, is_range: bool, ends: bool) -> tuple[str, ...]:
    if role == "window":
        return ("opening", "deadline")
    if role == "validity" and not is_range:
        return ("validity", "until" if ends else "from")
    return (role,)


def _in_its_year(
    text: DatedText, statement: Statement, sentence: str
) -> tuple[DateSpan, YearOrigin] | None:
    """The span with its year; a term without one lies ahead of its publication, or just behind."""
    span, year_from = statement.span, "date"
    if span.year is None:
        if span.first.day is None or _is_of_a_year_after(text, statement):
            return None
        if (year := _year_before(text, statement)) is not None:
            return (span.in_year(year), "date") if _is_sound(text, span.in_year(year)) else None
        is_past = words.PAST.search(sentence) and not occasion_words.FUTURE.search(sentence)
        before, after = (_BEHIND, timedelta(0)) if is_past else (timedelta(0), _AHEAD)
        year = year_within(text.published, span, before=before, after=after)
        if year is None:
            return None
        return (span.in_year(year), "published") if _is_sound(text, span.in_year(year)) else None
    if statement.is_range and span.last.year is None:
        span = span.in_year(span.year)
    return (span, year_from) if _is_sound(text, span) else None


def _year_before(text: DatedText, statement: Statement) -> int | None:
    """The year of a date behind one of its sentence that says one: the next such day."""
    spans = [one for one in text.spans if statement.start <= one.start < statement.span.start]
    if not spans or (year := spans[-1].last.year or spans[-1].year) is None:
        return None
    last, first = spans[-1].last, statement.span.first
    return year + ((first.month or 0, first.day or 0) < (last.month or 0, last.day or 0))


def _is_of_a_year_after(text: DatedText, statement: Statement) -> bool:
    """Whether it is a day of the year after something: "31 May following the end", 翌年度の."""
    span = statement.span
    before = text.folded[max(statement.start, span.start - 20) : span.start]
    behind = words.NO_DAY_BEHIND.match(text.folded, span.end)
    return bool(behind or words.NO_DAY_BEFORE.search(before))


def _is_sound(text: DatedText, span: DateSpan) -> bool:
    try:
        first, last = span.iso()
    except ValueError:
        return False
    return first <= last and is_on_its_weekday(text.folded, span)


def _has_been_done(text: DatedText, statement: Statement) -> bool:
    """Whether a date only says who did something before it: nothing is due then."""
    before = text.folded[max(statement.start, statement.span.start - 120) : statement.span.start]
    behind = words.HAS_DONE_JA.match(text.folded, statement.span.end)
    return bool(words.HAS_DONE_EN.search(before) or behind)


def _is_window(first: str, last: str) -> bool:
    return len(first) == len(last) and first < last


def _is_former(text: DatedText, statement: Statement) -> bool:
    """Whether a sentence that moves a term says with this date when it was before."""
    before = text.folded[max(statement.start, statement.span.start - 40) : statement.span.start]
    behind = words.FORMER_BEHIND.match(text.folded, statement.span.end)
    return bool(words.FORMER_BEFORE.search(before) or behind)


def _opening_and_closing(text: DatedText, terms: Sequence[Occasion]) -> list[Occasion]:
    """Make one window of an opening and a deadline that one sentence says: "opens …, closes …".

    What is due in between, a letter of intent in a column of its own, is none of its ends.
    """
    made: list[Occasion] = []
    for one in terms:
        at = next(
            (at for at in reversed(range(len(made))) if _opens_for(text, made[at], one)), None
        )
        if at is None:
            made.append(one)
        else:
            opening = made[at]
            kinds = ("opening", *one.kinds)
            made[at] = replace(opening, last=one.last, end=one.end, kinds=kinds, closes=one.closes)
    return made


def _opens_for(text: DatedText, opening: Occasion, one: Occasion) -> bool:
    between = text.folded[opening.end : one.start]
    return (
        "opening" in opening.kinds
        and "deadline" not in opening.kinds
        and "deadline" in one.kinds
        and "opening" not in one.kinds
        and ("application" in opening.kinds) == ("application" in one.kinds)
        and _is_window(opening.first, one.last)
        and not set(between) & set("\n。")
        and ". " not in between
    )


def _without_loose_ends(terms: Sequence[Occasion]) -> list[Occasion]:
    """Leave out what is but one end of a window that is said elsewhere; its hour is kept."""
    windows = [one for one in terms if one.first != one.last]
    singles = [one for one in terms if one.first == one.last]
    loose = [one for one in singles if any(_is_end_of(window, one) for window in windows)]
    kept = [one for one in terms if one not in loose]
    return [with_hours_of(one, [end for end in loose if _is_end_of(one, end)]) for one in kept]


def _first_steps_apart(text: DatedText, terms: Sequence[Occasion]) -> list[Occasion]:
    """Where proposals have a deadline, by that of letters of intent nobody can apply."""
    applied = [one for one in terms if "application" in one.kinds]
    first = [one for one in applied if _is_first_step(text, one)]
    if not any("deadline" in one.kinds and one not in first for one in applied):
        return list(terms)
    bare = {
        one: replace(one, kinds=tuple(k for k in one.kinds if k != "application")) for one in first
    }
    return [bare.get(one, one) for one in terms]


def _is_first_step(text: DatedText, term: Occasion) -> bool:
    """Whether what stands before a date names a letter of intent alone, or what stands behind does.

    In a table the head of its column goes before its row; a Japanese object stands behind a date.
    """
    folded = text.folded
    line = folded.rfind("\n", 0, term.start) + 1
    cell = cell_of(text, term.start, line)
    if cell is not None and words.FIRST_STEP.search(cell.header):
        return True
    at = bisect_left(text.starts, term.start) - 1
    begin = max(line, text.ends[at] if at >= 0 else 0)
    behind = _object_behind(text, term)
    if words.FIRST_STEP.search(behind):
        return True
    before = folded[begin : term.start]
    return bool(words.FIRST_STEP.search(before)) and not words.CALLED.search(
        words.FIRST_STEP.sub(" ", before)
    )


def _object_behind(text: DatedText, term: Occasion) -> str:
    """What a Japanese sentence says behind a date, up to its verb or the next date."""
    if not text.folded[term.start : term.end].endswith(("日", "月")):
        return ""
    at = bisect_left(text.starts, term.end)
    end = min(text.starts[at] if at < len(text.starts) else len(text.folded), term.end + 60)
    return _VERB.split(text.folded[term.end : end], maxsplit=1)[0]


def _is_end_of(window: Occasion, one: Occasion) -> bool:
    return one.first in (window.first, window.last) and set(one.kinds) <= set(window.kinds)

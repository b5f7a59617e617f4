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
    Cell,
    DatedText,
    cell_of,
    distances,
    year_within,
)
from aspire_ingest.index.text.dates.statements import Statement, statements_of
from aspire_ingest.index.text.dates.term_hours import with_hours, with_hours_of
from aspire_ingest.index.text.dates.zones import zone_of_all
from aspire_ingest.index.types import Occasion, OccasionBasis, YearOrigin

_AHEAD = timedelta(days=270)
_BEHIND = timedelta(days=183)
"""How far from its publication a document says terms without their year."""
_FAR = 10**6


def find_terms(text: DatedText, spans: Sequence[DateSpan], *, is_call: bool) -> list[Occasion]:
    """Give the terms among a document's dates in reading order, each once.

    `is_call` says that the document is a call: what closes in it can be applied for.
    """
    found: dict[tuple[str, str, tuple[str, ...]], Occasion] = {}
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
        if words.EXTENDED.search(sentence):
            if term.first != term.last:  # moved from the one to the other
                former.add(term.first)
                kinds = tuple(kind for kind in term.kinds if kind != "opening")
                term = replace(term, first=term.last, kinds=kinds, opens=None)
            elif _is_former(text, statement):
                former.add(term.last)
                continue
        key = (term.first, term.last, term.kinds)
        known = found.get(key)
        if known is None or (term.closes and not known.closes):
            found[key] = term  # the one that says until which hour
    terms = [one for one in found.values() if one.last not in former]
    return _first_steps_apart(text, _without_loose_ends(_opening_and_closing(text, terms)))


def _term(text: DatedText, statement: Statement, *, is_call: bool) -> Occasion | None:
    if _has_been_done(text, statement):
        return None
    labelled = _role_by_label(text, statement)
    role = labelled or _role_by_words(text, statement)
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
    is_for_all = _can_be_applied_for(text, statement, is_call=is_call)
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


def _role_by_label(text: DatedText, statement: Statement) -> words.Role | None:
    """What the label of its line, or the head of its column, says of a date."""
    line = text.folded[statement.start : statement.end]
    if line.startswith("#"):
        return None
    if line.startswith("|"):
        cell = cell_of(text, statement.span, statement.start, statement.end)
        if cell is not None and (role := _role_of_label(f"{cell.header}:")) is not None:
            return role
        before = line[: statement.span.start - statement.start].rstrip("| ")
        return _role_of_label(before.rpartition("|")[2].strip() + ":") if "|" in before else None
    return _role_of_label(line[: statement.span.start - statement.start])


def _role_of_label(line: str) -> words.Role | None:
    return next((role for role, pattern in words.LABELS if pattern.match(line)), None)


def _role_by_words(text: DatedText, statement: Statement) -> words.Role | None:
    """What the word says that stands nearest to a date in its sentence."""
    folded, span = text.folded, statement.span
    if folded[statement.start : statement.start + 1] == "#":
        return None

    def nearest(pattern: re.Pattern[str]) -> int:
        found = distances(pattern, text, span, statement.start, statement.end)
        return min(found, default=_FAR)

    near: dict[words.Role, int] = {
        "deadline": min(nearest(words.DEADLINE), nearest(words.CLOSES)),
        "opening": nearest(words.OPENING),
        "validity": nearest(words.VALIDITY),
    }
    before = folded[max(statement.start, span.start - 60) : span.start]
    is_by = words.BY_BEFORE.search(before) or words.BY_BEHIND.match(folded, span.end)
    if is_by or statement.is_range:
        handing_in = nearest(words.TAKEN_IN if statement.is_range else words.HANDING_IN)
        near["window" if statement.is_range else "deadline"] = min(
            handing_in, near["deadline"] if not statement.is_range else _FAR
        )
    role = min(near, key=lambda one: near[one])
    if near[role] >= _FAR or nearest(words.OTHER) <= near[role]:
        return None
    is_closing = role == "deadline" and not is_by and nearest(words.DEADLINE) > near[role]
    needs_subject = role == "opening" or is_closing
    sentence = folded[statement.start : statement.end]
    if needs_subject and not _has_subject(text, sentence):
        return None
    return role


def _has_subject(text: DatedText, sentence: str) -> bool:
    """Whether something closes or opens that has terms, and no shop or exhibition."""
    return any(map(words.APPLYING.search, (sentence, text.title))) or bool(
        words.HANDING_IN.search(sentence)
    )


def _can_be_applied_for(text: DatedText, statement: Statement, *, is_call: bool) -> bool:
    sentence = text.folded[statement.start : statement.end]
    cell = cell_of(text, statement.span, statement.start, statement.end)
    is_none = words.NO_CALL.search(sentence) or words.YEARLY.search(sentence)
    if is_none or _is_of_applicants(text, statement, cell):
        return False
    line = text.folded[text.folded.rfind("\n", 0, statement.start) + 1 : statement.end]
    around = (line, text.title, *((*cell.headers, cell.above) if cell else ()))
    return is_call or any(map(words.APPLYING.search, around))


def _is_of_applicants(text: DatedText, statement: Statement, cell: Cell | None) -> bool:
    """Whether a date is of a question, a report, a change: so says the clause nearest to it.

    What is done stands before a date in English, in a table and where it is a Japanese noun; a
    Japanese verb stands behind.
    """
    if cell is not None and words.OF_APPLICANTS.search(cell.header):
        return True
    folded, span = text.folded, statement.span
    at = bisect_left(text.starts, span.start)
    begin = max(statement.start, text.starts[at - 1] if at else 0)
    after = bisect_left(text.starts, span.end)
    end = min(statement.end, text.starts[after] if after < len(text.starts) else len(folded))
    before = words.CLAUSES.split(folded[begin : span.start])[::-1]
    behind = words.CLAUSES.split(folded[span.end : end])[:1] if cell is None else []
    is_verb_last = folded[span.start : span.end].endswith(("日", "月"))
    for clause in (*behind, *before) if is_verb_last else (*before, *behind):
        if words.OF_APPLICANTS.search(clause):
            return True
        if words.CALLED.search(clause):
            return False
    return False


def _in_its_year(
    text: DatedText, statement: Statement, sentence: str
) -> tuple[DateSpan, YearOrigin] | None:
    """The span with its year; a term without one lies ahead of its publication, or just behind."""
    span, year_from = statement.span, "date"
    if span.year is None:
        if span.first.day is None or _is_of_a_year_after(text, statement):
            return None
        is_past = words.PAST.search(sentence) and not occasion_words.FUTURE.search(sentence)
        before, after = (_BEHIND, timedelta(0)) if is_past else (timedelta(0), _AHEAD)
        year = year_within(text.published, span, before=before, after=after)
        if year is None:
            return None
        return (span.in_year(year), "published") if _is_sound(text, span.in_year(year)) else None
    if statement.is_range and span.last.year is None:
        span = span.in_year(span.year)
    return (span, year_from) if _is_sound(text, span) else None


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
    """Make one window of an opening and a deadline that one sentence says: "opens …, closes …"."""
    made: list[Occasion] = []
    for one in terms:
        last = made[-1] if made else None
        if (
            last is not None
            and "opening" in last.kinds
            and "deadline" not in last.kinds
            and "deadline" in one.kinds
            and "opening" not in one.kinds
            and _is_window(last.first, one.last)
            and not set(text.folded[last.end : one.start]) & set("\n。")
            and ". " not in text.folded[last.end : one.start]
        ):
            kinds = ("opening", *one.kinds)
            made[-1] = replace(last, last=one.last, end=one.end, kinds=kinds, closes=one.closes)
        else:
            made.append(one)
    return made


def _without_loose_ends(terms: Sequence[Occasion]) -> list[Occasion]:
    """Leave out what is but one end of a window that is said elsewhere; its hour is kept."""
    windows = [one for one in terms if one.first != one.last]
    singles = [one for one in terms if one.first == one.last]
    loose = [one for one in singles if any(_is_end_of(window, one) for window in windows)]
    kept = [one for one in terms if one not in loose]
    return [with_hours_of(one, [end for end in loose if _is_end_of(one, end)]) for one in kept]


def _first_steps_apart(text: DatedText, terms: Sequence[Occasion]) -> list[Occasion]:
    """Where proposals have a deadline, by that of letters of intent nobody can apply."""
    closing = [one for one in terms if "application" in one.kinds and "deadline" in one.kinds]
    first = [one for one in closing if _is_first_step(text, one)]
    if len(first) == len(closing):
        return list(terms)
    bare = {
        one: replace(one, kinds=tuple(k for k in one.kinds if k != "application")) for one in first
    }
    return [bare.get(one, one) for one in terms]


def _is_first_step(text: DatedText, term: Occasion) -> bool:
    """Whether what stands before a date since the last one names a letter of intent alone."""
    line = text.folded.rfind("\n", 0, term.start) + 1
    last = bisect_left(text.starts, term.start) - 1
    begin = max(line, text.starts[last] if last >= 0 else 0)
    before = text.folded[begin : term.start]
    return bool(words.FIRST_STEP.search(before)) and not words.CALLED.search(
        words.FIRST_STEP.sub(" ", before)
    )


def _is_end_of(window: Occasion, one: Occasion) -> bool:
    return one.first in (window.first, window.last) and set(one.kinds) <= set(window.kinds)

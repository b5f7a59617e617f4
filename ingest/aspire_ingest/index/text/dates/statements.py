"""The dates of a text with the words that say what they are of. Pure."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aspire_ingest.index.text.dates import term_words as words
from aspire_ingest.index.text.dates.date_spans import DateSpan
from aspire_ingest.index.text.dates.dated_text import DatedText, statement_around
from aspire_ingest.index.text.dates.dates import DateMention

_LISTED = re.compile(
    r"(?:[\s,;、・&/()]|[月火水木金土日]曜?日?(?=[)・])|祝|\b(?:and|or|then|both)\b|と|及び|および|または|又は|ならびに"
    rf"|{words.BARE_HOUR}|noon|正午|午前|午後)*",
    re.IGNORECASE,
)
"""What stands between dates of which the same is said."""
_BETWEEN = re.compile(r"\bbetween (?:the )?(?:\w+day,? )?$", re.IGNORECASE)
_AND = re.compile(r",?\s(?:\([^()]*\)\s)?and\s(?:the\s)?(?:\w+day,?\s)?", re.IGNORECASE)
_SAYS_NOTHING = re.compile(
    r"(?:[\W\d_]|\b(?:is|are|was|were|now|then|and|or|on|at|by|from|to|until|till|the|it|as|of|be|will)\b"
    r"|[はがをにでものと]|から|まで|より|です|ます|でした|消印有効|必着|[月火水木金土日](?=\)))*",
    re.IGNORECASE,
)
"""What may stand around a date without saying what it is of."""
_JOINT = re.compile(r"[,;、;|/]|\b(?:and|but|while)\b")
_NUMBERING = re.compile(r"^[\s#*_\d.、,()第章節条項\-・■●◆○◇□▼]+")
_QUESTION = re.compile(r"(?:[?？]|か[。.]?|(?:教えて|お知らせ)ください[。.]?)[\s*_]*$")
_ABOVE = 300
"""Characters above a line in which what heads it is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A date, or the two ends of a window, with the sentence, row or line that says it."""

    span: DateSpan
    start: int
    end: int
    is_range: bool


def statements_of(text: DatedText, spans: Sequence[DateSpan]) -> Iterator[Statement]:
    """The dates with their sentences; two that are the ends of a window are one."""
    taken = False
    for at, span in enumerate(spans):
        if taken:
            taken = False
            continue
        start, end = statement_around(text.folded, span)
        other = spans[at + 1] if at + 1 < len(spans) else None
        if (
            other is not None
            and other.start < end
            and span.first == span.last
            and _joins(text.folded, span, other)
        ):
            taken = True
            both = replace(span, end=other.end, first=_year_of_end(span, other), last=other.last)
            yield Statement(span=both, start=start, end=end, is_range=True)
        else:
            is_range = span.first != span.last
            yield Statement(span=span, start=start, end=end, is_range=is_range)


def _joins(folded: str, span: DateSpan, other: DateSpan) -> bool:
    """Whether two dates are the ends of one window: "from … to", "between … and"."""
    if words.WINDOW_JOINT.fullmatch(folded, span.end, other.start):
        return True
    is_between = _BETWEEN.search(folded, max(0, span.start - 16), span.start)
    return bool(is_between and _AND.fullmatch(folded, span.end, other.start))


def _year_of_end(span: DateSpan, end: DateSpan) -> DateMention:
    """The first day of a window, in the year of its last: "2 June to 17:00 on 3 July 2031"."""
    first, last = span.first, end.last
    if first.year is not None or last.year is None:
        return first
    return replace(first, year=last.year - ((first.month or 0) > (last.month or 0)))


def own_words(text: DatedText, statement: Statement) -> tuple[int, int] | None:
    """Where the words stand that are of one date of a sentence, between the dates beside it.

    Of dates that are merely listed each has the words of all. None where these words say nothing:
    then those around other dates count.
    """
    span, folded = statement.span, text.folded
    first, last = bisect_left(text.starts, span.start), bisect_left(text.starts, span.end)
    begin, end = statement.start, statement.end
    low = span.start
    for at in reversed(range(first)):
        if text.ends[at] <= statement.start:
            break
        if not _LISTED.fullmatch(folded, text.ends[at], low):
            begin = text.ends[at]
            break
        low = text.starts[at]
    high = span.end
    for at in range(last, len(text.starts)):
        if text.starts[at] >= statement.end:
            break
        if not _LISTED.fullmatch(folded, high, text.starts[at]):
            end = _end_of_clause(folded, high, text.starts[at])
            break
        high = text.ends[at]
    said = folded[begin : span.start] + " " + folded[span.end : end]
    return None if _SAYS_NOTHING.fullmatch(said) else (begin, end)


def _end_of_clause(folded: str, start: int, end: int) -> int:
    """Where what stands between two dates stops to be of the first: at the last comma or "and"."""
    joints = list(_JOINT.finditer(folded, start, end))
    return joints[-1].start() if joints else end


def heading_above(text: DatedText, statement: Statement) -> str:
    """The heading right above a line, without its number; empty where something stands between."""
    line = _line_above(text.folded, statement.start)
    return _NUMBERING.sub("", line).rstrip(" *_:") if line.startswith("#") else ""


def question_above(text: DatedText, statement: Statement) -> str:
    """The question that a line answers, as in a list of them; empty where none stands above it."""
    line = _line_above(text.folded, statement.start)
    return line if _QUESTION.search(line) else ""


def is_first_of_line(text: DatedText, statement: Statement) -> bool:
    """Whether no other date stands before one in its line."""
    line = text.folded.rfind("\n", 0, statement.span.start) + 1
    at = bisect_left(text.starts, statement.span.start)
    return at == 0 or text.starts[at - 1] < line


def said_above(text: DatedText, statement: Statement) -> str:
    """What stands in the paragraph above a line, for "as follows:"."""
    above = text.folded[max(0, statement.start - _ABOVE) : statement.start]
    return above[above.rfind("#") + 1 :]


def _line_above(folded: str, start: int) -> str:
    line = folded.rfind("\n", 0, start) + 1
    above = folded[max(0, line - _ABOVE) : line].rstrip()
    return above[above.rfind("\n") + 1 :].strip()

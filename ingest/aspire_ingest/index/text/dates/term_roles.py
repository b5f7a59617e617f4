"""What a date is, by the words around it: the end of a term, and whether of a call. Pure."""

import re
from bisect import bisect_left

from aspire_ingest.index.text.dates import term_words as words
from aspire_ingest.index.text.dates.dated_text import Cell, DatedText, cell_of, distances
from aspire_ingest.index.text.dates.statements import (
    Statement,
    heading_above,
    is_first_of_line,
    own_words,
    question_above,
    said_above,
)
from aspire_ingest.index.text.table_rows import column_of_wrong, row_cells

_FAR = 10**6


def role_by_label(text: DatedText, statement: Statement) -> words.Role | None:
    """What the label of its line, or the head of its column, says of a date."""
    line = text.folded[statement.start : statement.end]
    if line.startswith("#"):
        return None
    before = line[: statement.span.start - statement.start]
    if _is_meant(text, statement, before):
        return "deadline"
    if line.startswith("|"):
        cell = cell_of(text, statement.span.start, statement.start)
        cells = [one.strip() for one in before.strip("| ").split("|")]
        labels = (cell.header if cell else "", cells[-1], cells[0])
        for label in labels:
            if label and (role := _role_of_label(f"{label}:")) is not None:
                return role
        return None
    return _role_of_label(before)


def _is_meant(text: DatedText, statement: Statement, before: str) -> bool:
    """Whether it is the new or the right date of a deadline that the words above tell of."""
    if not words.CHANGED_TO.search(before) and not words.CORRECT.search(before):
        return False
    above = said_above(text, statement)
    is_told = words.EXTENDED.search(above) or words.MISPRINTED.search(above)
    return bool(is_told and words.DEADLINE.search(above))


def is_changed_from(text: DatedText, statement: Statement) -> bool:
    """Whether a line says the date that another one replaces: 変更前, "Old deadline"."""
    before = text.folded[statement.start : statement.span.start]
    return bool(
        words.CHANGED_FROM.search(before) and words.EXTENDED.search(said_above(text, statement))
    )


def is_misprint(text: DatedText, statement: Statement) -> bool:
    """Whether a sentence says a date that was never right, or tells what a wrong page says."""
    cell = cell_of(text, statement.span.start, statement.start)
    if cell is not None and (column := column_of_wrong(cell.headers)) is not None:
        return cell.header == cell.headers[column]
    low, high = own_words(text, statement) or (statement.start, statement.end)
    if words.MISPRINTED.search(text.folded, low, statement.span.start):
        return True
    is_told = words.IT_SAYS.match(text.folded, statement.start, high)
    return bool(is_told and words.MISPRINTED.search(said_above(text, statement)))


def _role_of_label(line: str) -> words.Role | None:
    return next((role for role, pattern in words.LABELS if pattern.match(line)), None)


def role_by_words(text: DatedText, statement: Statement) -> words.Role | None:
    """What the word says that stands nearest to a date: of its own words, else of its sentence."""
    if text.folded[statement.start : statement.start + 1] == "#":
        return None
    own = own_words(text, statement)
    if own is not None:
        role = _role_within(text, statement, own)
        if role is not None or words.OTHER.search(text.folded, *own):
            return role
    return _role_within(text, statement, (statement.start, statement.end))


def _role_within(
    text: DatedText, statement: Statement, bounds: tuple[int, int]
) -> words.Role | None:
    folded, span = text.folded, statement.span

    def nearest(pattern: re.Pattern[str]) -> int:
        return min(distances(pattern, text, span, *bounds), default=_FAR)

    if statement.is_range and words.IMPOSSIBLE.search(folded, *bounds):
        return None
    if words.CLOSED_HOUSE.search(folded, *bounds):
        return None
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
    is_from = words.FROM_BEFORE.search(before) or words.FROM_BEHIND.match(folded, span.end)
    if is_from and not is_by and not statement.is_range:  # "accepts proposals … from 3 May"
        near["opening"] = min(near["opening"], near["deadline"], nearest(words.HANDING_IN))
        near["deadline"] = _FAR
    role = min(near, key=lambda one: near[one])
    if near[role] >= _FAR or nearest(words.OTHER) <= near[role]:
        return None
    is_closing = role == "deadline" and not is_by and nearest(words.DEADLINE) > near[role]
    needs_subject = role == "opening" or is_closing
    sentence = folded[statement.start : statement.end]
    if needs_subject and not _has_subject(text, sentence):
        return None
    return role


def role_above(text: DatedText, statement: Statement) -> words.Role | None:
    """What the heading says below which a date stands alone, or the question that it answers."""
    line = text.folded[statement.start : statement.end]
    if own_words(text, statement) is None and (heading := heading_above(text, statement)):
        return _role_of_label(f"{heading}:")
    question = question_above(text, statement) if is_first_of_line(text, statement) else ""
    if not question or line.startswith(("|", "#")) or words.OTHER.search(question):
        return None
    is_of_applying = words.APPLYING.search(question) or words.HANDING_IN.search(question)
    if words.DEADLINE.search(question) or (is_of_applying and words.UNTIL_WHEN.search(question)):
        return "deadline"
    is_from = is_of_applying and words.FROM_WHEN.search(question)
    return "opening" if is_from or words.OPENING.search(question) else None


def _has_subject(text: DatedText, sentence: str) -> bool:
    """Whether something closes or opens that has terms, and no shop or exhibition."""
    return (
        any(map(words.APPLYING.search, (sentence, text.title)))
        or words.HANDING_IN.search(sentence) is not None
        or words.SCHEME.search(text.title) is not None
    )


def can_be_applied_for(text: DatedText, statement: Statement, *, is_call: bool) -> bool:
    """Whether what opens or closes on a date is what people apply for; see `find_terms`."""
    sentence = text.folded[statement.start : statement.end]
    cell = cell_of(text, statement.span.start, statement.start)
    low, high = own_words(text, statement) or (statement.start, statement.end)
    said = _name_of_row(text, statement, cell) or text.folded[low:high]
    is_none = (
        words.NO_CALL.search(words.FIRST_STEP.sub(" ", said))
        or words.YEARLY.search(sentence)
        or words.INTERNAL.search(said)
    )
    if is_none or _is_of_applicants(text, statement, cell):
        return False
    line = text.folded[text.folded.rfind("\n", 0, statement.start) + 1 : statement.end]
    around = (line, text.title, *((*cell.headers, cell.above) if cell else ()))
    is_of_scheme = words.SCHEME.search(text.title) and not words.OF_REPORTS.search(text.title)
    is_asked = words.HANDING_IN.search(question_above(text, statement))
    return bool(is_call or is_of_scheme or is_asked or any(map(words.APPLYING.search, around)))


def _name_of_row(text: DatedText, statement: Statement, cell: Cell | None) -> str:
    """The first cell of a row whose date stands below "Deadline": its other cells tell of others.

    Who may apply, "with a permanent contract", says nothing of what is due then.
    """
    if cell is None or not words.DEADLINE.search(cell.header):
        return ""
    return row_cells(text.folded[statement.start : statement.end])[0]


def _is_of_applicants(text: DatedText, statement: Statement, cell: Cell | None) -> bool:
    """Whether a date is of a question, a report, a change: so says the clause nearest to it.

    What is done stands before a date in English, in a table and where it is a Japanese noun; a
    Japanese verb stands behind.
    """
    if cell is not None and words.OF_APPLICANTS.search(cell.header):
        return True
    if name := _name_of_row(text, statement, cell):
        return words.OF_APPLICANTS.search(name) is not None
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
        if words.BESIDE_APPLICATIONS.search(clause):
            return True
    return False

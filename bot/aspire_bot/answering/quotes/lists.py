"""Lists and tables that answer: their entries in reading order, and where one counts as whole."""

import re
from collections.abc import Sequence
from math import inf

from aspire_bot.answering.quotes.evidence import Evidence, place_of
from aspire_ingest.index.text.numerals import fold_widths
from aspire_ingest.index.text.table_rows import (
    column_of_wrong,
    header_line,
    headers_above,
    row_cells,
)

_ASKS_WHAT_IS_CORRECTED = re.compile(
    r"\b(?:what|which \w+)(?:'s| is| was| were| has been| have been)?(?: \w+){0,3}?"
    r" (?:corrected|changed|amended|wrong|incorrect|(?:in|with) the corrections?)\b"
    r"|\bwhat does the (?:correction|corrigendum|erratum)\b|\bwhich (?:mistakes|errors)\b"
    r"|(?:何|なに|どこ|どの[^。]{0,6}|どう)[がをは]?[^。]{0,10}(?:訂正|修正|変更|間違|誤)"
    r"|(?:訂正|変更|修正)(?:内容|点|箇所)",
    re.IGNORECASE,
)
MOST_CHARACTERS = 600
"""Of all that is said."""
MOST_ITEMS = 8
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_AS_GOOD = 3.0
"""Log-odds within which an item or row is as good as the best one: of 36 questions over
guidelines, those for a whole list have most of its items within it, those for one item hardly any.
"""
_AS_GOOD_BELOW_HEADING = 1.0
_GOOD_ITSELF = 1.0
"""Log-odds from which on an item belongs to the answer however much better another one is."""


def without_headers(ranked: Sequence[Evidence]) -> Sequence[Evidence]:
    """Leave out a line of headers where a row under it answers about as well: it is said with it.

    Of a table without headers the first row stands in their place: it stays where it is the best.
    """
    under: dict[tuple[str, str] | None, float] = {}
    for one in ranked:
        if one.sentence.form == "row":
            key = _name_of(one), one.sentence.lead
            under[key] = max(one.score, under.get(key, -inf))
    return [
        one
        for one in ranked
        if one.sentence.form != "row" or one.score - under.get(_table_under(one), -inf) > _AS_GOOD
    ]


def without_rows_beside(text: str, ranked: Sequence[Evidence]) -> Sequence[Evidence]:
    """Leave out the other rows of a table of which a question names some by their first cells.

    Who asks for project KH-05 is not told of KH-04.
    """
    rows = [one for one in ranked if one.sentence.form == "row"]
    named = {place_of(one) for one in rows if _is_named(text, one)}
    tables = {(_name_of(one), one.sentence.lead) for one in rows if place_of(one) in named}
    return [
        one
        for one in ranked
        if one.sentence.form != "row"
        or (_name_of(one), one.sentence.lead) not in tables
        or place_of(one) in named
    ]


def rows_corrected(text: str, ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The rows that say what was wrong and what is right, where a question asks for just that."""
    if not _ASKS_WHAT_IS_CORRECTED.search(fold_widths(text)):
        return ()
    name = _name_of(ranked[0])
    return _taken([one for one in ranked if _name_of(one) == name and is_of_corrections(one)])


def is_of_corrections(one: Evidence) -> bool:
    """Whether it is a row of a table that has what was wrong beside what is right."""
    if one.sentence.form != "row" or not one.sentence.lead:
        return False
    return column_of_wrong(headers_above(one.sentence.lead)) is not None


def rows_of_table(header: Evidence, ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The rows of the table whose headers answer best, where most of them are about as good."""
    if header.sentence.form != "row" or header in ranked:
        return ()
    under = _table_under(header)
    rows = [one for one in ranked if (_name_of(one), one.sentence.lead) == under]
    return _taken(rows) if _are_alike(rows) else ()


def rows_named(text: str, best: Evidence, ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The best row and those of its table that a question, too, names by their first cells."""
    if best.sentence.form != "row" or not _is_named(text, best):
        return (best,)
    beside = [
        one
        for one in ranked
        if one is not best
        and one.sentence.form == "row"
        and (_name_of(one), one.sentence.lead) == (_name_of(best), best.sentence.lead)
        and _is_named(text, one)
    ]
    return best, *beside


def _is_named(text: str, row: Evidence) -> bool:
    """Whether a question has the words of a row's first cell, set off where they are Latin."""
    return is_row_named(text, row_cells(row.text)[0])


def is_row_named(text: str, first_cell: str) -> bool:
    """Whether a text has the words of a first cell, with or without what it has in brackets."""
    folded, cell = fold_widths(text, lower=True), fold_widths(first_cell, lower=True)
    names = {cell.strip(), _IN_BRACKETS.sub("", cell).strip()}
    return any(
        len(name) > 1 and re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", folded)
        for name in names
    )


def _table_under(header: Evidence) -> tuple[str, str] | None:
    """The document and the lead of the rows that have this one as their headers, if it has any."""
    line = header_line(header.text)
    lead = "\n".join(filter(None, (header.sentence.lead, line)))
    return (_name_of(header), lead) if line else None


def _name_of(one: Evidence) -> str:
    return one.passage.document.document_id


def lead_of_list(best: Evidence, ranked: Sequence[Evidence]) -> str | None:
    """Give the line that introduces the list that answers; None where none does.

    The best sentence may be the very line that introduces it, or an item among others as good.
    """
    said = " ".join(best.text.split())
    if best.sentence.form == "item":
        items = _items_under(best, best.sentence.lead, ranked)
        below = _items_under(best, said, ranked)
        if len(below) > 1 and _next_best(below, best) >= _next_best(items, best):
            return said
        return best.sentence.lead if _are_alike(items) else None
    is_introduction = best.sentence.form == "prose" and best.text.rstrip().endswith(
        (":", "：", "。")
    )
    return said if is_introduction else None


def _next_best(items: Sequence[Evidence], best: Evidence) -> float:
    return max((one.score for one in items if one is not best), default=-inf)


def _are_alike(items: Sequence[Evidence]) -> bool:
    """Whether most items are about as good as the best one, or good themselves.

    What stands below a heading alone, as the paragraphs of an article, is less of one piece.
    """
    if not items:
        return False
    most = max(one.score for one in items)
    is_headed = items[0].sentence.lead in items[0].passage.passage.heading
    behind = _AS_GOOD_BELOW_HEADING if is_headed else _AS_GOOD
    good = [one for one in items if most - one.score <= behind or one.score >= _GOOD_ITSELF]
    return 2 * len(good) > max(2, len(items))


def items_of_list(best: Evidence, lead: str, ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """All items under the same introducing line, in reading order, as far as there is room."""
    return _taken(_items_under(best, lead, ranked))


def _items_under(best: Evidence, lead: str, ranked: Sequence[Evidence]) -> list[Evidence]:
    passage_id = best.passage.passage.passage_id
    return [
        evidence
        for evidence in ranked
        if evidence.passage.passage.passage_id == passage_id
        and evidence.sentence.form == "item"
        and evidence.sentence.lead == lead
    ]


def _taken(items: Sequence[Evidence]) -> tuple[Evidence, ...]:
    taken: list[Evidence] = []
    for item in sorted(items, key=lambda one: one.sentence.start)[:MOST_ITEMS]:
        if taken and sum(len(e.text) for e in taken) + len(item.text) > MOST_CHARACTERS:
            break
        taken.append(item)
    return tuple(taken)

"""What is said → the sentences elsewhere that take a value in it back. Pure.

A notice says "the maximum for Beam was given as EUR 240,000; the correct amount is EUR 255,000".
The table it corrects still stands, and answers better than the notice: who is told its value has to
be told of the notice. Nothing is worked out here: a sentence counts only where its own words take
back a value that is said, of a thing that both name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from aspire_bot.answering.quotes.choose import Selection
from aspire_bot.answering.quotes.evidence import Evidence, place_of, unmeasured
from aspire_bot.answering.quotes.lists import is_of_corrections, is_row_named
from aspire_ingest.index import DocumentInfo, Passage
from aspire_ingest.index.text.analysis import analyze
from aspire_ingest.index.text.table_rows import column_of_wrong, headers_above, row_cells

_IS_ABOUT_ERROR = re.compile(
    r"\b(?:correct|errat|corrigend|error|mistak|misprint|wrong|incorrect|erroneous)|訂正|誤|お詫び",
    re.IGNORECASE,
)
"""What a passage or its title says that takes something back."""
_BY_MISTAKE = r"(?:wrongly|incorrectly|mistakenly|erroneously|by mistake|in error)"
_WRONG = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:given|stated|printed|shown|listed|published|quoted|announced)"
        rf"(?: {_BY_MISTAKE})? as (?P<wrong>[^.;]+)",
        rf"\b{_BY_MISTAKE} \w+ (?P<wrong>[^.;]+)",
        r"(?:\binstead of|\brather than|\bin place of|\breplaces|, not) (?P<wrong>[^.;]+)",
        r"\b(?:corrected|changed|amended) from (?P<wrong>.+?) to\b",
        r"\bfor (?P<wrong>[^.;]+?),? (?:please )?read\b",
        r"(?P<wrong>[^、。]+?)(?:とある|とした|と記載した)のは、?[^。]*誤り",
        r"(?P<wrong>[^、。]+?)[はを][^。]{0,30}(?:の誤り|に訂正|に修正|に改め)",
        r"誤[)）」:：]*\s*(?P<wrong>.+?)[\s、→(（「]*正[)）」:：]",
        r"(?P<wrong>[^、。]+?)ではなく",
        r"(?P<wrong>[^、。]+?)と誤(?:って|記)",
    )
)
"""Where the value stands that is taken back."""
_IS_RIGHT = re.compile(r"\b(?:correct|right|should|instead|now)\b|正し|訂正後", re.IGNORECASE)
"""How a sentence goes on that says what holds."""
_OF_A_DAY = 2
"""Hyphens in the term of a whole day: d:2026-11-16."""
_ENOUGH_WORDS = 2
"""That a correction shares with a sentence, to be of the same thing."""


def with_corrections(selection: Selection, found: Sequence[Evidence]) -> Selection:
    """Give a selection with what takes its values back, out of all that was found, read or not."""
    corrections = [
        one
        for said in selection.evidence
        for one in _corrections_of(said, found)
        if said not in (one, *_beside(one, found))
    ]
    if not corrections:
        return selection
    whole = dict.fromkeys(
        place_of(each) for one in corrections for each in (one, *_beside(one, found))
    )
    by_place = {place_of(one): one for one in found}
    rest = tuple(one for one in selection.evidence if place_of(one) not in whole)
    return replace(selection, evidence=rest, corrections=tuple(by_place[place] for place in whole))


def corrections_in(passage: Passage, document: DocumentInfo) -> list[Evidence]:
    """Give the sentences of a passage that may take something back; mostly none.

    All of one that speaks of an error, or below a title that does; else rows that have what was
    wrong beside what is right.
    """
    is_about_error = _IS_ABOUT_ERROR.search(f"{document.title}\n{passage.text}") is not None
    found = [
        unmeasured(passage, document, sentence)
        for sentence in passage.sentences
        if is_about_error or sentence.form == "row"
    ]
    return [one for one in found if is_about_error or is_of_corrections(one)]


def takes_back_itself(one: Evidence, value: str) -> bool:
    """Whether a sentence names a value, a term of the index, as one that was wrong."""
    return _takes_back(one, frozenset((value,)))


def correction_of(said: Evidence, value: str, found: Sequence[Evidence]) -> Evidence | None:
    """Give the one of some sentences that takes back a value that is said, a term of the index."""
    return next((one for one in found if _corrects(one, said, frozenset((value,)))), None)


def _corrections_of(said: Evidence, found: Sequence[Evidence]) -> Iterator[Evidence]:
    if _cell_of_wrong(said):
        return  # says itself what holds
    values = _values(said.terms)
    for one in found if values else ():
        if _corrects(one, said, values):
            yield one


def _corrects(one: Evidence, said: Evidence, values: frozenset[str]) -> bool:
    return (
        place_of(one) != place_of(said)
        and not _is_earlier(one, said)
        and not values.isdisjoint(one.terms)
        and _takes_back(one, values)
        and _names_the_thing(said, one, values)
    )


def _is_earlier(one: Evidence, said: Evidence) -> bool:
    """Whether a notice is older than what is said: last year's corrects nothing of this year's."""
    notice, corrected = (each.passage.document.published or "" for each in (one, said))
    length = min(len(notice), len(corrected))  # a day beside a month or a year is of it
    return notice[:length] < corrected[:length]


def _takes_back(one: Evidence, values: frozenset[str]) -> bool:
    """Whether a sentence says of one of the values that it was wrong."""
    language = one.passage.document.language
    if cell := _cell_of_wrong(one):
        return bool(values & frozenset(analyze(cell, language)))
    context = "\n".join((one.passage.document.title, one.passage.passage.text))
    if not _IS_ABOUT_ERROR.search(context):
        return False
    return any(
        values & frozenset(analyze(match["wrong"], language))
        for pattern in _WRONG
        for match in pattern.finditer(one.text)
    )


def _cell_of_wrong(one: Evidence) -> str:
    """What a row of a table has below 誤, where it has something below 正; mostly nothing."""
    if one.sentence.form != "row" or not one.sentence.lead:
        return ""
    column = column_of_wrong(headers_above(one.sentence.lead))
    cells = row_cells(one.text)
    return cells[column] if column is not None and column < len(cells) else ""


def _beside(one: Evidence, found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The sentence after a correction, where that says what holds."""
    sentences = one.passage.passage.sentences
    at = sentences.index(one.sentence) + 1
    name = one.passage.passage.passage_id
    return tuple(
        other
        for other in found
        if at < len(sentences)
        and other.passage.passage.passage_id == name
        and other.sentence == sentences[at]
        and _IS_RIGHT.search(other.text)
        and _values(other.terms)
    )


def _values(terms: frozenset[str]) -> frozenset[str]:
    """Amounts and days: what a notice corrects. A year alone or a bare small number is no value."""
    return frozenset(
        term
        for term in terms
        if (term.startswith("n:") and not term[2:].isdigit()) or term.count("-") == _OF_A_DAY
    )


def _names_the_thing(said: Evidence, one: Evidence, values: frozenset[str]) -> bool:
    """Whether a correction has the name of a row, or two words of a sentence.

    Words of another language are not compared: that an amount is the same has to do; many things
    are due on one day.
    """
    language = said.passage.document.language
    if language != one.passage.document.language:
        return any(value.startswith("n:") for value in values & one.terms)
    if said.sentence.form == "row":
        cell = row_cells(said.text)[0]
        return is_row_named(one.text, cell) or bool(
            _words(frozenset(analyze(cell, language))) & one.terms
        )
    return len(_words(said.terms) & one.terms) >= _ENOUGH_WORDS


def _words(terms: frozenset[str]) -> frozenset[str]:
    return frozenset(term for term in terms if term.isalpha() and len(term) > 1)

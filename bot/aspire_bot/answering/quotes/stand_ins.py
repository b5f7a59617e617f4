"""Who is named in an answer and is away → the sentence of the same document that says so. Pure.

A contact page lists who does what, and says below that one of them is on leave and who takes over:
the row answers best, and sends people to somebody who does not answer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from aspire_bot.answering.quotes.choose import Selection
from aspire_bot.answering.quotes.evidence import Evidence, place_of
from aspire_ingest.index.text.analysis import entity_terms
from aspire_ingest.index.text.script import is_japanese
from aspire_ingest.index.text.table_rows import row_cells

_IS_AWAY = re.compile(
    r"\bon (?:\w+ ){0,2}leave\b|\bis (?:away|absent|abroad|replaced)\b|\btak(?:es|ing) over\b"
    r"|\bstand(?:s|ing) in\b|\bdeputi[sz](?:es|ing)\b|\bsucceed(?:s|ed)\b|\bno longer\b"
    r"|\bhas (?:left|retired|moved)\b|\bin (?:his|her|their) (?:absence|place)\b"
    r"|休職|休暇|休業|産休|育休|不在|代理|代行|後任|退職|異動|引き継",
    re.IGNORECASE,
)
_LATIN_NAME = re.compile(r"\b[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)+")
_CALLED = "さん|氏|様|先生|教授|[課係部室]長|主[任査]"
"""What stands behind a family name."""
_FAMILY_NAME = 2
"""Characters of most Japanese ones."""
_LONGEST_NAME = 8


def with_stand_ins(selection: Selection, found: Sequence[Evidence]) -> Selection:
    """Add to a selection what tells, out of all that was found, that somebody it names is away."""
    known = {place_of(one) for one in selection.evidence}
    told = {
        place_of(one): one
        for said in selection.evidence
        for one in _of_absence(said, found)
        if place_of(one) not in known
    }
    return replace(selection, evidence=(*selection.evidence, *told.values())) if told else selection


def _of_absence(said: Evidence, found: Sequence[Evidence]) -> Iterator[Evidence]:
    names = _names_in(said)
    document = said.passage.document.document_id
    for one in found if names else ():
        if (
            one.passage.document.document_id == document
            and one.sentence.form == "prose"
            and _IS_AWAY.search(one.text)
            and any(re.search(name, one.text) for name in names)
        ):
            yield one


def _names_in(said: Evidence) -> tuple[str, ...]:
    """Patterns of the people that a sentence names; of a row the one in its first cell alone."""
    is_row = said.sentence.form == "row"
    text = row_cells(said.text)[0] if is_row else said.text
    if not is_japanese(text):
        return tuple(re.escape(found) for found in _LATIN_NAME.findall(text))
    whole = re.sub(r"\s", "", text)
    if not is_row or len(whole) > _LONGEST_NAME or "is:person" not in entity_terms(whole):
        return ()
    return (re.escape(whole), rf"{re.escape(whole[:_FAMILY_NAME])}(?:{_CALLED})")

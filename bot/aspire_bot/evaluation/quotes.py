"""Whether an answer cites the sentences that its question's case names. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence

from aspire_bot.answering.types import Citation
from aspire_bot.evaluation.cases import Case, QuotedText, names_of

Texts = Mapping[str, str]
"""Indexed texts of documents, by their ids."""

_MOST_OTHER_QUOTES = 1
"""Citations that a tight answer may have besides those that answer."""
_SPACE = re.compile(r"\s+")


def cites_gold(case: Case, citations: Iterable[Citation], texts: Texts) -> bool:
    """Whether a citation overlaps any sentence that answers."""
    return any(_overlaps_any(one, (*case.quotes, *case.also), texts) for one in citations)


def is_complete(case: Case, citations: Sequence[Citation], texts: Texts) -> bool:
    """Whether the citations overlap every sentence of one full answer."""
    return any(
        all(any(overlaps(one, wanted, texts) for one in citations) for wanted in answer)
        for answer in full_answers(case)
    )


def is_tight(case: Case, citations: Sequence[Citation], texts: Texts) -> bool:
    """Whether at most one citation overlaps no sentence that answers."""
    gold = (*case.quotes, *case.also)
    others = [one for one in citations if not _overlaps_any(one, gold, texts)]
    return len(others) <= _MOST_OTHER_QUOTES


def full_answers(case: Case) -> list[tuple[QuotedText, ...]]:
    """Give the sets of sentences each of which answers fully.

    These are the gold quotes, and for each document all of its `also` quotes.
    """
    by_document: dict[str, list[QuotedText]] = {}
    for one in case.also:
        by_document.setdefault(one.doc_id, []).append(one)
    return [one for one in (case.quotes, *map(tuple, by_document.values())) if one]


def overlaps(citation: Citation, wanted: QuotedText, texts: Texts) -> bool:
    """Whether a citation and a named sentence of the same document have words in common.

    They have where one holds the other, white space aside, or where their places in the indexed
    text overlap, so far as the sentence is found there.
    """
    if wanted.doc_id not in names_of(citation.document):
        return False
    said, gold = _without_space(citation.quote), _without_space(wanted.quote)
    if not said or not gold:
        return False
    if said in gold or gold in said:
        return True
    return any(
        start < citation.end and citation.start < end
        for start, end in _places(wanted.quote, texts.get(wanted.doc_id, ""))
    )


def _overlaps_any(citation: Citation, gold: Iterable[QuotedText], texts: Texts) -> bool:
    return any(overlaps(citation, wanted, texts) for wanted in gold)


def _places(quote: str, text: str) -> list[tuple[int, int]]:
    """The places (code points) at which a quote stands in a text, whatever its white space."""
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    return [match.span() for match in re.finditer(pattern, text)]


def _without_space(text: str) -> str:
    return _SPACE.sub("", text)

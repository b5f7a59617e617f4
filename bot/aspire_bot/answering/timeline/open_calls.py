"""Which entries of a list of open calls are one call, or of another than was asked for. Pure."""

import re
from collections.abc import Sequence

from aspire_bot.answering.coverage import coverage
from aspire_bot.answering.message.query.query import QueryTerm
from aspire_bot.answering.quotes.evidence import quoted
from aspire_bot.answering.timeline.candidates import KINDS_OF_CALLS
from aspire_bot.answering.timeline.quotes import TimelineQuote
from aspire_ingest.index import Passage, Sentence
from aspire_ingest.index.text.amounts import find_amounts
from aspire_ingest.index.text.analysis import analyze_label
from aspire_ingest.index.text.dates.dates import find_dates
from aspire_ingest.index.text.table_rows import column_of_wrong, headers_above, row_cells

_NO_NAME = re.compile(
    r"\b(?:calls?|for|proposals?|applications?|closing|dates?|deadlines?|due|full|all|the|of|to|and|in|on"
    r"|grants?|schemes?|classes|categories|types?|notices?|corrections?|corrigend(?:um|a)|changes?|news"
    r"|announcements?|updates?|extensions?|guidelines?|information|remains?|is|are|submissions?|\d+)\b"
    r"|公募|募集|応募|申請|要[項領]|お知らせ|訂正|変更|延長|期限|締め?切|期間|案内|開始|年度|令和|スケジュール|日程|について|[\d年度日の、。「」()]",
    re.IGNORECASE,
)
"""What many calls bear, and names none."""

ENOUGH = 0.6
"""The share of a topic, by weight, that a passage or a sentence must name."""
_A_ROUND = 150
"""Days between the ends of two rounds of one call, at least."""
_SECTION = re.compile(r"^(?:#+ .+|【[^】\n]+】|[■◆●□◇▼] ?[^\n:]+|\*\*[^*\n]+\*\*)$", re.MULTILINE)
"""A heading, or a line that a page has for one."""
_CLASSES = re.compile(
    r"区分|種[別目類]|類型|型$|枠$|コース|\b(?:class(?:es)?|categor(?:y|ies)|types?|tracks?|schemes?|routes?|strands?)\b",
    re.IGNORECASE,
)
"""Heads a column of classes of a call."""


def one_for_each_call(quotes: Sequence[TimelineQuote]) -> list[TimelineQuote]:
    """Leave out what tells the same end of the same call again, as a notice of a correction does.

    They are one where they end on the same day and all that the one is named by names the other.
    """
    told: list[TimelineQuote] = []
    for quote in quotes:
        if not any(_are_one(quote, other) for other in told):
            told.append(quote)
    return told


def says_itself(quote: TimelineQuote, query_terms: Sequence[QueryTerm]) -> bool:
    """Whether the very sentence, or what stands above it, names the topic, not one beside it."""
    terms = quote.sentence.terms | quote.passage.context_terms
    return coverage(query_terms, terms, quote.candidate.document.language) >= ENOUGH


def is_one_round(quotes: Sequence[TimelineQuote]) -> bool:
    """Whether the first end is of the one call that is meant: others are of rounds before it."""
    return all(
        abs((quote.candidate.last - quotes[0].candidate.last).days) >= _A_ROUND
        for quote in quotes[1:]
    )


def _are_one(one: TimelineQuote, other: TimelineQuote) -> bool:
    left, right = one.candidate, other.candidate
    if left.document.document_id == right.document.document_id or left.last != right.last:
        return False
    if left.document.language != right.document.language:
        return False
    names, others = _name(one), _name(other)
    return bool(names and others) and (names <= _around(other) or others <= _around(one))


def _name(quote: TimelineQuote) -> frozenset[str]:
    """What the call is called: the first cell of a row that says so, else the title."""
    language = quote.candidate.document.language
    if quote.sentence.form == "row" and (said := _terms(_first_cell(quote), language)):
        return said
    return _terms(quote.candidate.document.title, language)


def _around(quote: TimelineQuote) -> frozenset[str]:
    info = quote.candidate.document
    if quote.sentence.form == "row" and (said := _terms(_first_cell(quote), info.language)):
        return said
    return _terms(f"{info.title}\n{quote.text}", info.language)


def _terms(text: str, language: str) -> frozenset[str]:
    return frozenset(analyze_label(_NO_NAME.sub(" ", text), language))


def _first_cell(quote: TimelineQuote) -> str:
    return next(iter(row_cells(quoted(quote.passage, quote.sentence))), "")


def of_rows_named(
    quotes: Sequence[TimelineQuote], query_terms: Sequence[QueryTerm]
) -> list[TimelineQuote]:
    """Leave out rows beside which others name more of the topic: a row is of one call."""
    most: dict[str, int] = {}
    met = [_met(quote, query_terms) for quote in quotes]
    for quote, count in zip(quotes, met, strict=True):
        if quote.sentence.form == "row":
            most[quote.passage.passage_id] = max(count, most.get(quote.passage.passage_id, 0))
    return [
        quote
        for quote, count in zip(quotes, met, strict=True)
        if quote.sentence.form != "row" or count == most[quote.passage.passage_id]
    ]


def is_of_row_named(quote: TimelineQuote, query_terms: Sequence[QueryTerm]) -> bool:
    """Whether no other row of its table with the same end begins with more of the topic.

    In a table of corrections any other row counts: each is of something else.
    """
    occasion, info = quote.candidate.occasion, quote.candidate.document
    if occasion is None or quote.sentence.form != "row":
        return True
    of_kind = [one.start for one in info.occasions if one.kinds == occasion.kinds]
    headers = headers_above(quote.sentence.lead)
    is_of_errors = column_of_wrong(headers) is not None

    def names(row: Sentence) -> int:
        first = next(iter(row_cells(quoted(quote.passage, row))), "")
        terms = frozenset(analyze_label(first, info.language))
        return sum(one.is_met(terms, info.language) for one in query_terms)

    beside = [
        row
        for row in quote.passage.sentences
        if row.form == "row"
        and row.lead == quote.sentence.lead
        and (is_of_errors or any(row.start <= at < row.end for at in of_kind))
    ]
    return names(quote.sentence) == max(map(names, beside), default=0)


def is_of_section_named(quote: TimelineQuote, text: str, query_terms: Sequence[QueryTerm]) -> bool:
    """Whether no other call of its document stands below a heading that names more of the topic.

    `text` is the document's. A page of two calls has a section for each.
    """
    info = quote.candidate.document

    def names(at: int) -> int:
        above = _SECTION.findall(text, 0, at)
        terms = frozenset(analyze_label(above[-1] if above else "", info.language))
        return sum(one.is_met(terms, info.language) for one in query_terms)

    calls = [one.start for one in info.occasions if "application" in one.kinds]
    return names(quote.start) >= max(map(names, calls), default=0)


def is_of_column_named(quote: TimelineQuote, query_terms: Sequence[QueryTerm]) -> bool:
    """Whether no other column of a date's row names more of the topic: Sprout's day, not Anchor's.

    Headers of rows are none: they stand in the first column.
    """
    occasion, sentence = quote.candidate.occasion, quote.sentence
    if occasion is None or sentence.form != "row":
        return True
    up_to_date = quoted(quote.passage, sentence)[: occasion.end - sentence.start]
    column, language = len(row_cells(up_to_date)) - 1, quote.candidate.document.language
    headers = headers_above(sentence.lead)
    if not 0 < column < len(headers):
        return True
    terms = [frozenset(analyze_label(header, language)) for header in headers[1:]]
    met = [sum(one.is_met(named, language) for one in query_terms) for named in terms]
    return met[column - 1] == max(met)


def _met(quote: TimelineQuote, query_terms: Sequence[QueryTerm]) -> int:
    language = quote.candidate.document.language
    return sum(one.is_met(quote.sentence.terms, language) for one in query_terms)


def is_of_part(
    quote: TimelineQuote, passages: Sequence[Passage], query_terms: Sequence[QueryTerm]
) -> bool:
    """Whether an end is of a call of which a row begins with all of a topic: one of its classes.

    Such a row tells what a class has, or stands below a head that says so; one of a list of
    contacts does neither.
    """
    info = quote.candidate.document
    if quote.candidate.term is None or info.kind not in KINDS_OF_CALLS:
        return False
    for passage in passages:
        for sentence in passage.sentences:
            headers = headers_above(sentence.lead)
            if sentence.form != "row" or column_of_wrong(headers) is not None:
                continue
            row = quoted(passage, sentence)
            terms = frozenset(analyze_label(next(iter(row_cells(row)), ""), info.language))
            is_met = all(one.is_met(terms, info.language) for one in query_terms)
            if is_met and (_tells_of_class(row) or _heads_classes(sentence)):
                return True
    return False


def _tells_of_class(row: str) -> bool:
    """Whether a row states an amount, a length of time, a count or a day."""
    return bool(find_dates(row)) or any(amount.unit for amount in find_amounts(row))


def _heads_classes(sentence: Sentence) -> bool:
    headers = headers_above(sentence.lead)
    return bool(headers) and _CLASSES.search(headers[0]) is not None

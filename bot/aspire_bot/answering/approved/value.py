"""Whether an approved answer holds the kind of value that a question asks for. Pure."""

from aspire_bot.answering.coverage import holds_value, telling_kinds
from aspire_bot.answering.message.query import Query
from aspire_ingest.index.text.analysis import analyze


def lacks_value(query: Query, answer: str, language: str) -> bool:
    """Whether a question asks for a kind of value that an answer does not hold."""
    terms = frozenset(analyze(answer, language))
    return any(not holds_value(query, kind, answer, terms) for kind in telling_kinds(query))

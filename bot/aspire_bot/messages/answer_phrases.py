"""Phrases around answers, and those of a conversation that is no question."""

from dataclasses import dataclass

from aspire_bot.messages.dates import DatePhrases


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPhrases:
    """What an answer says around its quotes; the quotes are never translated."""

    from_source: str
    edition: str
    abstain: str
    hedged: str
    nearest: str
    contact: str
    separator: str
    sources_differ: str
    corrected: str
    """Stands before the sentences of a notice that corrects what is answered."""
    as_it_was: str
    """Stands between these and the answer as the corrected document has it."""
    ocr: str
    """Of a source: what is quoted was read from a picture."""
    as_of: str
    undated: str
    to_ask: str
    left_open: str
    not_looked_for: str
    """Before what was asked beyond as many things as are answered at a time."""
    ask_back: str
    approved: str
    approved_on: str
    similar: str
    """Before what staff answered to a question that is like the one asked."""
    told_during: str
    told_next: str
    told_last: str
    told_more: str
    nothing_during: str
    nothing_next: str
    published_on: str
    year_of_title: str
    year_of_publication: str
    told_open: str
    none_open: str
    none_then: str
    step_passed: str
    step_ahead: str
    step_dates: str
    open_until: str
    closed_on: str
    due_by: str
    was_due_on: str
    opens_on: str
    opens_and_closes: str
    opened_on: str
    japan_time: str
    dates: DatePhrases


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationPhrases:
    """Replies to messages that ask nothing the documents could answer, by kind of message."""

    greeting: str
    suggest: str
    """Follows a greeting, and what the bot can do, where there are questions to suggest."""
    farewell: str
    thanks: str
    capability: str
    identity: str
    off_topic: str
    request_action: str
    feedback_positive: str
    complaint: str
    unclear: str

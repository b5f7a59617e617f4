"""What was asked before a message, as far as the message may lean on it.

Words that ask nothing of the documents (thanks, "shorter", "that's wrong") are passed over. What
follows up a question without naming another thing (司会は?) leaves that question in its place: what
is said next leans on the question, not on the follow-up.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from aspire_bot.answering.message.follow_up.stand_alone import with_swapped
from aspire_bot.answering.message.message import SEARCHED, Message
from aspire_bot.answering.message.more import read_more
from aspire_bot.answering.message.query.rewrite import points_back
from aspire_bot.answering.types import Question, Turn

_MOST_TURNS = 5
"""Earlier messages of the asker that are looked at."""

Read = Callable[[Question], Message]


Swap = Callable[[str, str], str | None]
"""Asks the question before of what a follow-up names; see `stand_alone.with_swapped`."""


def asked_before(question: Question, read: Read, swap: Swap = with_swapped) -> tuple[Turn, ...]:
    """Give what a message may lean on: the last follow-up that named something, and its question.

    Oldest first, so that the question that stands alone is the nearer one; empty where nothing was
    asked. What seems to ask nothing, but may have been answered all the same, counts where nothing
    else was asked. `read` understands a message; raises as it does.
    """
    asked, beside, tried = "", "", ""
    for at in _user_turns(question.history):
        message = read(_as_asked(question, at))
        text = words_asked(message, question.history[at].text)
        if not _asks(message, question.history[at].text):
            tried = (text or question.history[at].text.strip()) if message.is_tried else tried
            continue
        swapped = swap(asked, text) if asked else None
        if swapped:
            asked = swapped
        elif asked and (message.act != "question" or points_back(text)):
            beside = text
        else:
            asked, beside = text, ""
    return tuple(Turn(role="user", text=text) for text in (beside, asked or tried) if text)


def last_asked(question: Question, read: Read) -> int | None:
    """Give the place in the history of the last message that asked something; None for none."""
    return next(
        (
            at
            for at in reversed(_user_turns(question.history))
            if _asks(read(_as_asked(question, at)), question.history[at].text)
        ),
        None,
    )


def words_asked(message: Message, text: str) -> str:
    """Give what a message asks as one text; all of a correction, which has no form of its own."""
    is_put_right = message.act == "correction-of-self"
    return text.strip() if is_put_right else message.whole or " ".join(message.asks)


def _user_turns(history: Sequence[Turn]) -> list[int]:
    return [at for at, turn in enumerate(history) if turn.role == "user"][-_MOST_TURNS:]


def _as_asked(question: Question, at: int) -> Question:
    turns = question.history
    return replace(question, text=turns[at].text, history=turns[:at], act=None)


def _asks(message: Message, text: str) -> bool:
    """Whether it asked the documents for something, and not for an answer in another form."""
    is_form = message.act == "request-more" and read_more(text) is not None
    return message.act in SEARCHED and bool(message.asks) and not is_form

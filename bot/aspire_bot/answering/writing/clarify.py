"""A question that a language model asks back, checked before anybody reads it. Pure."""

import re
from collections.abc import Sequence

from aspire_bot.answering.checking.claims.safety import is_foreign, without_invisible
from aspire_bot.answering.types import ScoredPassage
from aspire_bot.answering.writing.prompt_files import CLARIFY
from aspire_ingest.index.text.language import detect_language

_MOST_CHARACTERS = 200
_ENDS = re.compile(r"[?？]$|(?:か|でしょう)[。？]?$")
_SENTENCE_END = re.compile(r"[.。!！?？](?=\s|[^\s.。!！?？」』）)])")
_STATED = re.compile(r"\d+|(?<=[^\W\d_] )[A-Z][\w'’-]+|[ァ-ヴー]{3,}")
"""Numbers, names inside a sentence, words in katakana: what a question may not bring of its own."""


def asks_back(reply: str) -> bool:
    """Whether a reply is meant as a question back."""
    return reply.lstrip().casefold().startswith(CLARIFY.casefold())


def read_clarify(
    reply: str, asked: str, shown: Sequence[ScoredPassage], language: str
) -> str | None:
    """Give the question that a model asks back; None where it may not be posted.

    It is one short question in the asker's language, without an address, and states nothing: each
    number and name in it stands in the message or in a title of what was shown.
    """
    text = " ".join(without_invisible(reply).lstrip()[len(CLARIFY) :].split())
    if not text or len(text) > _MOST_CHARACTERS or not _ENDS.search(text):
        return None
    if _SENTENCE_END.search(text[:-1]) or is_foreign(text, ()):
        return None
    if detect_language(text) not in (language, "und"):
        return None
    known = " ".join((asked, *(entry.document.title for entry in shown))).casefold()
    numbers = set(re.findall(r"\d+", known))
    is_told = all(
        found in numbers if found.isdigit() else found.casefold() in known
        for found in _STATED.findall(text)
    )
    return text if is_told else None

"""Every fixed phrase of every surface: one TOML file a language, one table a surface.

A further language is a further file. `en.toml` is the pattern: the others have the same keys, and
in each phrase the same placeholders. The files are read and checked when the first phrase is
wanted, once.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from aspire_bot.messages.answer_phrases import AnswerPhrases, ConversationPhrases
from aspire_bot.messages.console_phrases import ConsolePhrases
from aspire_bot.messages.dates import DatePhrases
from aspire_bot.messages.load import FALLBACK, Phrases, load_phrases
from aspire_bot.messages.office_phrases import OfficeWorkPhrases
from aspire_bot.messages.slack_phrases import (
    ChannelPhrases,
    FeedbackPhrases,
    HomePhrases,
    OfficePhrases,
    SlackPhrases,
    TourPhrases,
)
from aspire_bot.messages.staff_phrases import ApprovalPhrases, CuratingPhrases

__all__ = [
    "AnswerPhrases",
    "ApprovalPhrases",
    "ChannelPhrases",
    "ConsolePhrases",
    "ConversationPhrases",
    "CuratingPhrases",
    "DatePhrases",
    "FeedbackPhrases",
    "HomePhrases",
    "OfficePhrases",
    "OfficeWorkPhrases",
    "Phrases",
    "SlackPhrases",
    "TourPhrases",
    "languages",
    "load_phrases",
    "phrases",
]


def phrases(language: str) -> Phrases:
    """Give the phrases of a language or locale (`ja`, `ja-JP`); English where there are none."""
    shipped = _shipped()
    return shipped.get(language.lower().split("-")[0], shipped[FALLBACK])


def languages() -> tuple[str, ...]:
    """Give the languages that have phrases, English first."""
    return tuple(_shipped())


@cache
def _shipped() -> Mapping[str, Phrases]:
    return load_phrases(files("aspire_bot.messages"))

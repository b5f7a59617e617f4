"""The period that a message asks for, and what is asked of it.

"Which calls close in January?" asks for a period, "what came out of the January 2026 session" names
an event by its month. Which days a period is, is grammar (`period_candidates`); whether one is
asked for at all, and for what, was learnt from messages (`period_model`).
"""

from collections.abc import Sequence
from datetime import date

from aspire_bot.answering.message.period.period_candidates import AskedPeriod, candidates
from aspire_bot.answering.message.period.period_model import shipped_model
from aspire_bot.answering.types import Turn

_MOST_TURNS = 3
"""Earlier questions that a message may carry on."""


def asked_period(text: str, today: date, history: Sequence[Turn] = ()) -> AskedPeriod | None:
    """Give the period that a message asks for; None where it asks for none.

    `today` is the asker's day, `history` what was said before.
    """
    model = shipped_model()
    said = [turn.text for turn in history if turn.role == "user"][-_MOST_TURNS:]
    asked: AskedPeriod | None = None
    for one in (*said, text):
        asked = model.choose(candidates(one, today, asked))
    return asked

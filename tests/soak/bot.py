"""The bot of the soak, a process that answers each question with its name after a short while.

`python -m tests.soak.bot` with the settings as JSON; the port is the first line on stdout.
"""

import json
import logging
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.local_slack.answers import GOALS, answer, cite
from tests.local_slack.scene import OPTIONS, STEPS, ScriptedCore

from aspire_bot.answering.ports import OnPiece, Piece
from aspire_bot.answering.types import Answer, Question, StepName
from aspire_bot.local_slack.api.methods import APP_TOKEN, BOT_TOKEN
from aspire_bot.local_slack.events import SIGNING_SECRET
from aspire_bot.slack.app import build_bot
from aspire_bot.slack.options import SlackAccess
from aspire_bot.slack.serve import Endpoint, serve
from aspire_bot.state import open_state

CITED = cite(1, GOALS)


@dataclass(frozen=True, slots=True, kw_only=True)
class BotSettings:
    """`place` is that of the state; an answer takes up to `most_s` seconds."""

    api_url: str
    place: str
    lease_s: float
    most_s: float
    is_socket: bool


def answer_text(question: str) -> str:
    """What the bot says to a question, and to no other."""
    return f"The answer to {question} is here."


class _Patient(ScriptedCore):
    most_s = 0.0

    def answer(
        self,
        question: Question,
        on_step: Callable[[StepName], None] | None = None,
        on_piece: OnPiece | None = None,
    ) -> Answer:
        for step in STEPS:
            if on_step:
                on_step(step)
            self._take_time()
        told = (answer_text(question.text), " [1]", " So it stays.")
        pieces = [Piece(text=told[0]), Piece(text=told[1], citations=(CITED,)), Piece(text=told[2])]
        count = random.choice([0, 0, 2, 3])  # noqa: S311  no secret; at times less than the whole
        for piece in pieces[:count] if on_piece else ():
            if on_piece:
                on_piece(piece)
            self._take_time()
        return answer("".join(told), CITED)

    def _take_time(self) -> None:
        time.sleep(random.uniform(0, self.most_s / (len(STEPS) + 2)))  # noqa: S311  no secret


def _tell(port: int) -> None:
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()


def main() -> None:
    """Serve until a signal."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    settings = BotSettings(**json.loads(sys.argv[1]))
    access = SlackAccess(
        bot_token=BOT_TOKEN, signing_secret=SIGNING_SECRET, api_url=settings.api_url
    )
    core = _Patient(())
    core.most_s = settings.most_s
    serve(
        build_bot(core, access, open_state(settings.place, lease_s=settings.lease_s), OPTIONS),
        Endpoint(
            port=0,
            signing_secret=SIGNING_SECRET,
            app_token=APP_TOKEN if settings.is_socket else None,
        ),
        lambda: None,
        on_listening=_tell,
    )


if __name__ == "__main__":
    main()

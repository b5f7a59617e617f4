"""A bot in a process of its own that takes its time to answer: `python -m … API_URL STATE`."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.local_slack.answers import ENGLISH_ANSWER
from tests.local_slack.scene import OPTIONS, ScriptedCore

from aspire_bot.answering.ports import OnPiece
from aspire_bot.answering.types import Answer, Question, StepName
from aspire_bot.local_slack.api.methods import BOT_TOKEN
from aspire_bot.local_slack.events import SIGNING_SECRET
from aspire_bot.slack.app import build_bot
from aspire_bot.slack.options import SlackAccess
from aspire_bot.slack.serve import Endpoint, serve
from aspire_bot.state import open_state


class _Slow(ScriptedCore):
    def answer(
        self,
        question: Question,
        on_step: Callable[[StepName], None] | None = None,
        on_piece: OnPiece | None = None,
    ) -> Answer:
        time.sleep(1)
        return ENGLISH_ANSWER


def _tell(port: int) -> None:
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()


def main() -> None:
    """Serve until a signal; the port is the first line on stdout."""
    access = SlackAccess(bot_token=BOT_TOKEN, signing_secret=SIGNING_SECRET, api_url=sys.argv[1])
    state = open_state(Path(sys.argv[2]), lease_s=float(sys.argv[3]))
    serve(
        build_bot(_Slow(()), access, state, OPTIONS),
        Endpoint(port=0, signing_secret=SIGNING_SECRET),
        lambda: None,
        on_listening=_tell,
    )


if __name__ == "__main__":
    main()

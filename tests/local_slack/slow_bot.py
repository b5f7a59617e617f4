"""A bot in a process of its own that takes its time to answer: `python -m … API_URL`."""

import sys
import time

from tests.local_slack.answers import ENGLISH_ANSWER

from aspire_bot.answering.types import Answer, Question
from aspire_bot.local_slack.events import SIGNING_SECRET
from aspire_bot.local_slack.methods import BOT_TOKEN
from aspire_bot.slack.app import SlackAccess, build_app
from aspire_bot.slack.serve import Endpoint, serve


class _Slow:
    def answer(self, question: Question) -> Answer:
        del question
        time.sleep(1)
        return ENGLISH_ANSWER


def _tell(port: int) -> None:
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()


def main() -> None:
    """Serve until a signal; the port is the first line on stdout."""
    access = SlackAccess(bot_token=BOT_TOKEN, signing_secret=SIGNING_SECRET, api_url=sys.argv[1])
    serve(
        build_app(_Slow(), access),
        Endpoint(port=0, signing_secret=SIGNING_SECRET),
        lambda: None,
        on_listening=_tell,
    )


if __name__ == "__main__":
    main()

"""`aspire-bot serve` against the local Slack, as it puts itself together."""

import os
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from queue import Queue

from tests.local_slack.scene import texts_of

from aspire_bot.bootstrap import Assistant, ModelCare, open_assistant
from aspire_bot.local_slack.courier import Courier, HttpTransport
from aspire_bot.local_slack.events import SIGNING_SECRET
from aspire_bot.local_slack.methods import BOT_TOKEN
from aspire_bot.local_slack.people import People
from aspire_bot.local_slack.server import LocalSlack
from aspire_bot.settings import Settings
from aspire_bot.slack.service import run_service


@contextmanager
def served(home: Path, slack: LocalSlack) -> Generator[int]:
    """`aspire-bot serve` as it puts itself together, on a free port; gives the port."""
    settings = Settings(
        home=home,
        port=0,
        metrics_bind="off",
        SLACK_BOT_TOKEN=BOT_TOKEN,  # pyright: ignore[reportCallIssue]  # pydantic reads it by its alias
        SLACK_SIGNING_SECRET=SIGNING_SECRET,  # pyright: ignore[reportCallIssue]  # as above
        SLACK_API_URL=slack.url,  # pyright: ignore[reportCallIssue]  # as above
    )
    stop, ports = threading.Event(), Queue[int]()
    with open_assistant(settings, vectors="chroma") as assistant:

        def open_core(care: ModelCare) -> nullcontext[Assistant]:
            del care  # no model is asked
            return nullcontext(assistant)

        runner = threading.Thread(
            target=run_service,
            args=(settings, open_core),
            kwargs={"host": "127.0.0.1", "stop": stop, "on_listening": ports.put},
        )
        runner.start()
        try:
            yield ports.get(timeout=20)
        finally:
            stop.set()
            runner.join()


def ask(port: int, slack: LocalSlack, question: str) -> list[str]:
    """Mention the bot; give the texts of its reply."""
    alice = People(slack, Courier(HttpTransport(port)))["U1"]
    # The first answer waits for the embedding model, which a fresh machine still has to convert.
    return texts_of(alice.waits_for_answer(alice.asks("C1", question), timeout_s=90))


def add(home: Path, *targets: Path) -> None:
    """Index targets as staff do, in a process of their own."""
    subprocess.run(  # noqa: S603 - this interpreter and files of this test
        [sys.executable, "-c", "from aspire_ingest.cli.app import main; main()", "add", *targets],
        cwd=home.parent,  # away from a `.env` of whoever runs the tests
        env={**os.environ, "ASPIRE_HOME": str(home)},
        check=True,
        capture_output=True,
        timeout=120,
    )

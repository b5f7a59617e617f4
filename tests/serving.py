"""`aspire-bot serve` against the local Slack, as it puts itself together."""

import os
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from queue import Queue

from tests.local_slack.scene import texts_of
from tests.local_slack.server import LocalSlack

from aspire_bot.bootstrap import Assistant, ModelUpkeep, open_assistant
from aspire_bot.local_slack.api.methods import BOT_TOKEN
from aspire_bot.local_slack.courier import Courier, HttpTransport
from aspire_bot.local_slack.events import SIGNING_SECRET
from aspire_bot.local_slack.people import People
from aspire_bot.settings import Settings
from aspire_bot.slack.service import OpenConsole, OpenCore, run_service


def settings_of(home: Path, slack: LocalSlack, **more: object) -> Settings:
    """What `serve` is told by default: one workspace, signed HTTP, a free port, no metrics."""
    known: dict[str, object] = {
        "home": home,
        "port": 0,
        "metrics_bind": "off",
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": slack.url,
    }
    return Settings.model_validate({**known, **more})


@contextmanager
def running(
    settings: Settings, open_core: OpenCore, console: OpenConsole | None = None
) -> Generator[int]:
    """The service until the block ends, with a console where one is given; gives its port."""
    stop, ports = threading.Event(), Queue[int]()
    runner = threading.Thread(
        target=run_service,
        args=(settings, open_core),
        kwargs={
            "host": "127.0.0.1",
            "stop": stop,
            "on_listening": ports.put,
            "console": console,
        },
    )
    runner.start()
    try:
        yield ports.get(timeout=60)
    finally:
        stop.set()
        runner.join()


@contextmanager
def served(
    home: Path, slack: LocalSlack, console: OpenConsole | None = None, /, **more: object
) -> Generator[int]:
    """`aspire-bot serve` over the index of a home, with `more` settings; gives the port."""
    settings = settings_of(home, slack, **more)

    def open_core(upkeep: ModelUpkeep) -> AbstractContextManager[Assistant]:
        return open_assistant(settings, vectors="chroma", upkeep=upkeep)

    with running(settings, open_core, console) as port:
        yield port


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

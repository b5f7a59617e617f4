"""The playground, put together: a local Slack, the real bot behind it, a page before it.

The bot is the one that `aspire-bot serve` runs, over signed HTTP on a port of its own. What it
keeps goes into a throw-away folder. Everything listens on loopback.
"""

import tempfile
import time
import webbrowser
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from threading import Event

from pydantic import SecretStr

from aspire_bot.bootstrap import Assistant, ModelUpkeep, open_standing_assistant
from aspire_bot.console.run import for_everybody_here
from aspire_bot.local_slack.courier import Courier, HttpTransport
from aspire_bot.local_slack.events import SIGNING_SECRET
from aspire_bot.local_slack.people import People
from aspire_bot.local_slack.server import LocalSlack
from aspire_bot.local_slack.workspace import BOT_TOKEN
from aspire_bot.playground.pages import MOST_READERS, Pages
from aspire_bot.playground.sample import index_sample
from aspire_bot.playground.telling_transport import TellingTransport
from aspire_bot.settings import Settings
from aspire_bot.slack.platform.http import HttpServer
from aspire_bot.slack.serve import stopped_by_signals
from aspire_bot.slack.service import OpenCore, run_service
from aspire_bot.state.console.console_access import Person
from aspire_bot.suggestions.verdicts import suggestions_file

HOST = "127.0.0.1"
STAFF_CHANNEL, STAFF_USER = "G1", "U3"
STAFF = Person(team="T1", user=STAFF_USER, name="Sato", language="en")
"""Who whoever opens the staff's page here is."""
_ACTING = 8
"""Threads for what people do, beside those that hold a page's stream open."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Playground:
    """A playground that listens; it is served while `run` runs."""

    slack: LocalSlack
    people: People
    server: HttpServer
    console_url: str = ""
    """The address of the staff's page."""

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://{HOST}:{self.server.port}/"


def run_playground(
    settings: Settings, *, port: int, is_sample: bool, opens: bool, tell: Tell
) -> None:
    """Serve the playground until Ctrl-C; `tell` gets what a person at the terminal should know.

    Raises:
        AspireError: a port is taken, or the sample knowledge cannot be indexed.
    """
    with tempfile.TemporaryDirectory(prefix="aspire-playground-") as folder:
        home = settings.home
        if is_sample:
            tell("Indexing the sample knowledge …")
            home = index_sample(Path(folder))
        chosen = settings.model_copy(update={"home": home})
        stop = Event()

        def open_core(upkeep: ModelUpkeep) -> AbstractContextManager[Assistant]:
            kept = suggestions_file(Path(folder))
            return open_standing_assistant(chosen, upkeep, suggestions=kept)

        with (
            stopped_by_signals(stop),
            open_playground(chosen, open_core, Path(folder), port=port, stop=stop) as playground,
        ):
            tell(f"The playground is at {playground.url}  (Ctrl-C ends it)")
            tell(f"The staff's page is at {playground.console_url}")
            if opens:
                webbrowser.open(playground.url)
            playground.server.run(stop)


@contextmanager
def open_playground(
    settings: Settings,
    open_core: OpenCore,
    folder: Path,
    *,
    port: int,
    stop: Event,
    clock: Callable[[], float] = time.time,
) -> Generator[Playground]:
    """Start the local Slack and the bot, and listen for the page; `stop` ends its streams.

    `folder` is where the bot keeps its state. Port 0 is any free one. `clock` is Slack's.

    Raises:
        ConfigError: the port is taken, or a setting cannot be used.
    """
    keeps_index = settings.home == folder  # what is read elsewhere is not changed from here
    with (
        LocalSlack(clock=clock) as slack,
        _bot(bot_settings(settings, slack, folder), open_core, keeps_index) as bot_port,
    ):
        courier = Courier(TellingTransport(HttpTransport(bot_port), slack))
        people = People(slack, courier)
        pages = Pages(people, stop)
        server = HttpServer(pages, host=HOST, port=port, threads=_ACTING + MOST_READERS)
        try:
            console_url = f"http://{HOST}:{bot_port}/console/"
            yield Playground(slack=slack, people=people, server=server, console_url=console_url)
        finally:
            stop.set()
            server.close()


def bot_settings(settings: Settings, slack: LocalSlack, folder: Path) -> Settings:
    """Give the settings of the bot in the playground: the operator's, but for Slack and the state.

    Where the index is in `folder` too, the bot may also write to it.
    """
    changed: dict[str, object] = {
        "home": folder,
        "database_url": None,
        "port": 0,
        "metrics_bind": "off",
        "slack_bot_token": SecretStr(BOT_TOKEN),
        "slack_app_token": None,
        "slack_signing_secret": SecretStr(SIGNING_SECRET),
        "slack_client_id": None,
        "slack_client_secret": None,
        "slack_api_url": slack.url,
        "staff_channel": STAFF_CHANNEL,
        "staff_users": (STAFF_USER,),
        "staff_usergroup": None,
        "channels_file": None,
        "console_url": None,
        "console_proxy_header": None,
    }
    if "channel_mode" not in settings.model_fields_set:
        changed["channel_mode"] = "follow"  # there is nobody whose talk it would enter
    return settings.model_copy(update=changed)


@contextmanager
def _bot(settings: Settings, open_core: OpenCore, keeps_index: bool) -> Generator[int]:
    """Run the bot in a thread until the block ends; give its port."""
    stop, ports = Event(), Queue[int | None]()
    with ThreadPoolExecutor(1, thread_name_prefix="bot") as pool:
        running = pool.submit(
            run_service,
            settings,
            open_core,
            host=HOST,
            stop=stop,
            on_listening=ports.put,
            keeps_index=keeps_index,
            console=for_everybody_here(STAFF),
        )
        running.add_done_callback(lambda _: ports.put(None))
        try:
            port = ports.get()
            if port is not None:
                yield port
        finally:
            stop.set()
        running.result()

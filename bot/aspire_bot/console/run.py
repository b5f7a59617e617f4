"""The console put together out of settings: inside `serve`, in the playground, or by itself."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from ipaddress import ip_network
from threading import Event
from typing import TYPE_CHECKING

from aspire_bot.answering.clock import Clock
from aspire_bot.bootstrap import build_same_question, open_assistant
from aspire_bot.console.app import build_console
from aspire_bot.console.groups import ByMeaning
from aspire_bot.console.mount import Mounted
from aspire_bot.console.originals import Pictures
from aspire_bot.console.pages.document_settings import MAX_UPLOAD_BYTES
from aspire_bot.console.parts import (
    Answerer,
    ConsoleOptions,
    ConsoleParts,
    IsStaff,
    ProxySignIn,
    StaffNames,
    nobody_named,
)
from aspire_bot.curator import IndexCurator
from aspire_bot.ingest_program import IngestProgram
from aspire_bot.office.cluster_book import ClusterBook
from aspire_bot.page_links import page_links
from aspire_bot.settings import Settings
from aspire_bot.slack.platform.http import (
    MAX_BODY_BYTES,
    HealthChecks,
    HttpServer,
    body_limit,
)
from aspire_bot.slack.platform.sign_in import SlackSignIn
from aspire_bot.slack.serve import stopped_by_signals
from aspire_bot.slack.service import OpenConsole, staff_directory
from aspire_bot.slack.staff.kept_questions import KeptQuestions
from aspire_bot.state import State
from aspire_bot.state.console.console_access import Person
from aspire_bot.state.database.kept_values import WhileUnchanged
from aspire_bot.state.from_settings import state_of
from aspire_ingest.index.embedding.from_settings import configured_embedder
from aspire_ingest.index.open_index import CurrentIndex
from aspire_ingest.index.originals import FOLDER

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleAccess:
    """Who may use it: who is staff, and in the playground who everybody here is."""

    is_staff: IsStaff
    staff_names: StaffNames = nobody_named
    open_as: Person | None = None
    may_change: bool = True
    """Whether the index that the settings name may be changed from here."""


@contextmanager
def opened_console(
    settings: Settings, state: State, answerer: Answerer, access: ConsoleAccess
) -> Generator[Callable[["WSGIApplication"], "WSGIApplication"]]:
    """Give what puts the console before other pages; it reads the index by itself."""
    embedder = configured_embedder(settings)
    index = CurrentIndex(settings.index_home, embedder_name=embedder.name)
    options, judge = options_from(settings, open_as=access.open_as), build_same_question(settings)
    today = Clock(timezone=settings.timezone).today
    app = build_console(
        ConsoleParts(
            state=state,
            open_index=index.reader,
            answerer=answerer,
            is_staff=access.is_staff,
            staff_names=access.staff_names,
            groups=ByMeaning(ClusterBook(state=state, embedder=embedder)),
            figures=WhileUnchanged(state.database),
            today=today,
            kept_questions=KeptQuestions(state=state, judge=judge, today=today) if judge else None,
            page_links=page_links(settings, state),
            slack_sign_in=_slack_sign_in(settings),
            curator=_curator(settings) if access.may_change else None,
            pictures=Pictures(settings.index_home.root / FOLDER),
            options=options,
        )
    )

    def mounted(others: "WSGIApplication") -> "WSGIApplication":
        limit = MAX_UPLOAD_BYTES if access.may_change else MAX_BODY_BYTES
        return Mounted(app, others, options.prefix, max_body_bytes=limit)

    try:
        yield mounted
    finally:
        index.close()


@contextmanager
def inside_service(
    settings: Settings, state: State, answerer: Answerer, may_change: bool
) -> Generator[Callable[["WSGIApplication"], "WSGIApplication"]]:
    """Open the console for `serve`."""
    access = replace(_access(settings, state), may_change=may_change)
    with opened_console(settings, state, answerer, access) as mounted:
        yield mounted


def for_everybody_here(person: Person) -> OpenConsole:
    """Give what opens the console for the playground: whoever is on this machine is `person`."""

    @contextmanager
    def opened(
        settings: Settings, state: State, answerer: Answerer, may_change: bool
    ) -> Generator[Callable[["WSGIApplication"], "WSGIApplication"]]:
        access = ConsoleAccess(
            is_staff=lambda team, user: user == person.user,
            staff_names=lambda team: {person.user: person.name},
            open_as=person,
            may_change=may_change,
        )
        with opened_console(settings, state, answerer, access) as mounted:
            yield mounted

    return opened


def run_console(settings: Settings, *, host: str, tell: Tell, stop: Event | None = None) -> None:
    """Serve the console alone until stopped; links to sign in come from the bot in `serve`.

    Raises:
        AspireError: the port is taken, or what the bot keeps cannot be opened.
    """
    stop = stop or Event()
    with (
        state_of(settings) as state,
        open_assistant(settings) as assistant,
        opened_console(settings, state, assistant, _access(settings, state)) as mounted,
    ):
        health = HealthChecks(lambda: None)
        pages = mounted(health)
        server = HttpServer(pages, host=host, port=settings.port, max_body_bytes=body_limit(pages))
        try:
            prefix = options_from(settings).prefix
            tell(f"The console is at http://{host}:{server.port}{prefix}/  (Ctrl-C ends it)")
            with stopped_by_signals(stop):
                server.run(stop)
        finally:
            server.close()


def options_from(settings: Settings, *, open_as: Person | None = None) -> ConsoleOptions:
    """Give how the console is set up."""
    header = settings.console_proxy_header
    networks = tuple(ip_network(one, strict=False) for one in settings.console_proxy_from)
    staff = frozenset(settings.console_proxy_staff)
    return ConsoleOptions(
        programme=settings.programme_name,
        contact=settings.contact,
        timezone=settings.timezone,
        url=settings.console_url,
        proxy=ProxySignIn(header=header, networks=networks, staff=staff) if header else None,
        open_as=open_as,
    )


def _access(settings: Settings, state: State) -> ConsoleAccess:
    directory = staff_directory(settings, state)
    return ConsoleAccess(is_staff=directory.includes, staff_names=directory.names)


def _slack_sign_in(settings: Settings) -> SlackSignIn | None:
    if settings.slack_client_id is None or settings.slack_client_secret is None:
        return None
    return SlackSignIn(
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret.get_secret_value(),
        api_url=settings.slack_api_url,
    )


def _curator(settings: Settings) -> IndexCurator:
    return IndexCurator(program=IngestProgram.from_settings(settings))

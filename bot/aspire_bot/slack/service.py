"""`aspire-bot serve`: settings, state, bot and transport, put together."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event
from typing import TYPE_CHECKING, Protocol

from pydantic import SecretStr

from aspire_bot.answering.clock import Clock
from aspire_bot.bootstrap import ModelUpkeep, build_same_question, telemetry_of
from aspire_bot.curator import IndexCurator
from aspire_bot.index_publisher import IndexPublisher
from aspire_bot.ingest_program import IngestProgram
from aspire_bot.office.checks import ReadableCore, StandingChecks
from aspire_bot.office.cluster_book import ClusterBook, QuestionEmbedder
from aspire_bot.office.pair_likeness import read_together
from aspire_bot.page_links import page_links
from aspire_bot.settings import Settings
from aspire_bot.slack.app import SlackBot, build_bot
from aspire_bot.slack.onboarding.content import read_content
from aspire_bot.slack.options import Core, SlackAccess, SlackOptions
from aspire_bot.slack.platform.connections import ConnectedWorkspaces
from aspire_bot.slack.platform.installation import InstallPages, oauth_settings, open_installations
from aspire_bot.slack.platform.metrics import Metrics, metrics_served
from aspire_bot.slack.platform.workspaces import (
    InstalledWorkspaces,
    OneWorkspace,
    Workspaces,
    build_client,
)
from aspire_bot.slack.serve import Endpoint, Wrap, serve
from aspire_bot.slack.staff.channel_rules import read_rules
from aspire_bot.slack.staff.directory import StaffDirectory
from aspire_bot.slack.staff.permissions import Office, Staff
from aspire_bot.state import State
from aspire_bot.state.channels import ChannelPolicy
from aspire_bot.state.from_settings import state_of
from aspire_bot.suggestions.check import SuggestionCheck, checking
from aspire_bot.suggestions.verdicts import answering_key, suggestions_file
from aspire_ingest.index import ConfigError

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication


class ReadyCore(Core, ReadableCore, Protocol):
    """A core that can say which index it answers from, and what that index answers and holds."""

    @property
    def embedder(self) -> QuestionEmbedder:
        """What questions are embedded with."""
        ...


OpenCore = Callable[[ModelUpkeep], AbstractContextManager[ReadyCore]]
"""Opens the answering core with what this process has for its language model."""
OpenConsole = Callable[[Settings, State, ReadyCore, bool], AbstractContextManager[Wrap]]
"""Opens the console over the state and the core; the last says whether it may change the index."""


def run_service(  # noqa: PLR0913  each is a choice of who runs it
    settings: Settings,
    open_core: OpenCore,
    *,
    host: str,
    stop: Event | None = None,
    on_listening: Callable[[int], None] | None = None,
    keeps_index: bool = True,
    console: OpenConsole | None = None,
) -> None:
    """Answer in Slack until the process is told to stop, or `stop` is set.

    `on_listening` is told the port once requests are accepted. `keeps_index`: staff may change the
    index that `settings` name from Slack. `console` opens the staff's page, which is served, too.

    Raises:
        ConfigError: a token is missing or refused, a file or the state cannot be used, or a port
            is taken.
    """
    metrics = Metrics()
    with (
        telemetry_of(settings) as telemetry,
        state_of(settings) as state,
        open_core(
            ModelUpkeep(ledger=state.tokens, watch=metrics, tracing=telemetry.tracing)
        ) as core,
    ):
        access = access_from(settings, state)
        links = page_links(settings, state)
        options = replace(options_from(settings, keeps_index=keeps_index), page_links=links)
        check = SuggestionCheck(
            core,
            options.content.proposals(),
            path=suggestions_file(settings.home),
            answering=answering_key(settings),
        )
        pairs = read_together(build_same_question(settings), core.embedder.name)
        book = ClusterBook(state=state, embedder=core.embedder, pairs=pairs)
        checks = StandingChecks(state=state, core=core, book=book)
        options = replace(options, offered=check, checks=checks)
        bot = build_bot(core, access, state, options, metrics, telemetry.tracing)
        metrics.watch_index(core.manifest)
        telemetry.export_metrics(metrics.registry.collect)
        endpoint = Endpoint(
            port=settings.port,
            host=host,
            signing_secret=access.signing_secret,
            app_token=_secret(settings.slack_app_token) or None,
        )
        with (
            metrics_served(metrics, settings.metrics_bind),
            checking(check),
            _console(console, settings, state, core, keeps_index) as with_console,
        ):
            serve(
                bot,
                endpoint,
                lambda: _check_ready(core),
                pages=_both(with_console, _pages(bot, access)),
                stop=stop,
                on_listening=on_listening,
            )


def options_from(settings: Settings, *, keeps_index: bool = True) -> SlackOptions:
    """Give how the bot is to behave.

    Raises:
        ConfigError: the file of channels, of the tour or of the glossary cannot be used.
    """
    curator = IndexCurator(program=IngestProgram.from_settings(settings))
    return SlackOptions(
        content=read_content(settings.onboarding_file, programme=settings.programme_name),
        office=office_from(settings),
        contact=settings.contact,
        fixed_rules=read_rules(settings.channels_file),
        workers=settings.workers,
        max_queue=settings.max_queue,
        keep_days=settings.keep_questions_days,
        publisher=IndexPublisher.from_settings(settings),
        same_question=build_same_question(settings),
        curator=curator if keeps_index else None,
        index_max_age_h=settings.index_max_age_h,
        today=Clock(timezone=settings.timezone).today,
        console_url=settings.console_url,
        default_policy=ChannelPolicy(mode=settings.channel_mode),
        remind_h=settings.remind_hours,
        audit_days=settings.audit_days,
    )


def access_from(settings: Settings, state: State) -> SlackAccess:
    """Give what Slack is spoken to with.

    Raises:
        ConfigError: the bot token is missing, or neither transport is set up.
    """
    installations = open_installations(settings, state.database)
    if installations is None and settings.slack_bot_token is None:
        raise ConfigError(
            "SLACK_BOT_TOKEN is not set: docs/howto-slack.md says how to make an app and where "
            "to copy the token from"
        )
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        raise ConfigError(
            "Set SLACK_APP_TOKEN (Socket Mode, the simplest) or SLACK_SIGNING_SECRET (HTTP)"
        )
    api_url = settings.slack_api_url
    signing_secret = _secret(settings.slack_signing_secret)
    if installations is None:
        bot_token = _secret(settings.slack_bot_token)
        return SlackAccess(bot_token=bot_token, signing_secret=signing_secret, api_url=api_url)
    installations.purge(datetime.now(UTC))
    return SlackAccess(
        signing_secret=signing_secret,
        api_url=api_url,
        oauth=oauth_settings(settings, installations, build_client(None, api_url)),
        workspaces=InstalledWorkspaces(installations, api_url),
        installations=installations,
    )


def staff_directory(settings: Settings, state: State) -> StaffDirectory:
    """Give what tells by workspace who is staff, and what they are called.

    Without a token there is nobody to ask who is in a user group: only those listed are staff.
    """
    staff = Staff(office_from(settings))
    installations = open_installations(settings, state.database)
    token, api_url = _secret(settings.slack_bot_token), settings.slack_api_url
    if installations is None and not token:
        return StaffDirectory(staff=staff)
    workspaces: Workspaces = (
        OneWorkspace(build_client(token, api_url))
        if installations is None
        else InstalledWorkspaces(installations, api_url)
    )
    return StaffDirectory(staff=staff, web_of=ConnectedWorkspaces(workspaces, Metrics()).web)


def office_from(settings: Settings) -> Office:
    """Give the people behind the bot, as the settings name them."""
    return Office(
        name=settings.programme_name,
        channel=settings.staff_channel,
        users=frozenset(settings.staff_users),
        usergroup=settings.staff_usergroup,
    )


def _console(
    console: OpenConsole | None,
    settings: Settings,
    state: State,
    core: ReadyCore,
    keeps_index: bool,
) -> AbstractContextManager[Wrap | None]:
    return console(settings, state, core, keeps_index) if console else nullcontext()


def _both(outer: Wrap | None, inner: Wrap | None) -> Wrap | None:
    if outer is None or inner is None:
        return outer or inner
    return lambda others: outer(inner(others))


def _pages(bot: SlackBot, access: SlackAccess) -> Wrap | None:
    if access.oauth is None:
        return None

    def with_install_pages(others: "WSGIApplication") -> "WSGIApplication":
        return InstallPages(bot.app, others)

    return with_install_pages


def _check_ready(core: ReadyCore) -> None:
    core.manifest()


def _secret(value: SecretStr | None) -> str:
    return "" if value is None else value.get_secret_value()

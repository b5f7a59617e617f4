"""Installation in several workspaces: OAuth pages, tokens in the state, and their removal.

The SDK's stores read and write tables of the state; what they lack is added here: a workspace is
found by its id alone, as work done outside a request knows no more, and leaves nothing behind.
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization.authorize import InstallationStoreAuthorize
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import ColumnElement, Table, delete, select

from aspire_bot.settings import Settings
from aspire_bot.slack.platform.http import respond
from aspire_bot.slack.platform.manifest import INSTALL_PATH, REDIRECT_PATH, bot_scopes
from aspire_bot.state.database.database import Database
from aspire_bot.state.database.sdk_tables import bots, installations, oauth_states
from aspire_ingest.index.errors import ConfigError

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

logger = logging.getLogger(__name__)

_STATE_S = 600  # how long a person has from “Add to Slack” to “Allow”


class Installations:
    """The installations of one app, over the state. Safe for several threads and processes."""

    def __init__(self, database: Database, client_id: str) -> None:
        """Keep to the installations of the app with this client id."""
        self._database = database
        self._client_id = client_id
        self.store = _Store(database, client_id)
        self.states = SQLAlchemyOAuthStateStore(_STATE_S, database.engine)

    def token(self, team: str, enterprise: str | None = None) -> str | None:
        """Give the bot token of a workspace, or that of its organisation; None without either.

        Raises:
            StateError: the database cannot be reached.
        """
        found = self.store.newest_bot(team, enterprise)
        return found.bot_token if found else None

    def remove(self, team: str | None, enterprise: str | None = None, *, before: datetime) -> int:
        """Forget the tokens of a workspace, of an organisation where `team` is None.

        What was installed after `before` is kept: news of an earlier end may come late. Gives the
        number of rows that are gone.

        Raises:
            StateError: the database cannot be reached.
        """
        gone = 0
        with self._database.write() as connection:
            for table in (bots, installations):
                rows = delete(table).where(
                    table.c.client_id == self._client_id,
                    _place(table, team, enterprise),
                    table.c.installed_at <= _naive(before),
                )
                gone += connection.execute(rows).rowcount
        return gone

    def purge(self, now: datetime) -> int:
        """Drop what is left of installations that nobody finished; give how many there were.

        Raises:
            StateError: the database cannot be reached.
        """
        with self._database.write() as connection:
            stale = delete(oauth_states).where(oauth_states.c.expire_at <= _naive(now))
            return connection.execute(stale).rowcount


class _Store(SQLAlchemyInstallationStore):
    """The SDK's store, but finding a token keeps no writer waiting and needs no organisation."""

    def __init__(self, database: Database, client_id: str) -> None:
        super().__init__(client_id, database.engine)
        self._database = database

    def find_bot(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        is_enterprise_install: bool | None = False,
    ) -> Bot | None:
        return self.newest_bot(None if is_enterprise_install else team_id, enterprise_id)

    def newest_bot(self, team: str | None, enterprise: str | None) -> Bot | None:
        """Find a workspace's latest installation, else that of its organisation."""
        places: list[tuple[str | None, str | None]] = [(team, enterprise)] if team else []
        if enterprise is not None:
            places.append((None, enterprise))
        with self._database.read() as connection:
            for place in places:
                newest = (
                    select(bots)
                    .where(
                        bots.c.client_id == self.client_id,
                        bots.c.bot_token.is_not(None),
                        _place(bots, *place),
                    )
                    .order_by(bots.c.installed_at.desc(), bots.c.id.desc())
                    .limit(1)
                )
                if row := connection.execute(newest).mappings().first():
                    return self.build_bot_entity(row)  # pyright: ignore[reportUnknownMemberType]  untyped in the SDK
        return None


def _place(table: Table, team: str | None, enterprise: str | None) -> ColumnElement[bool]:
    """A workspace by its id alone, for no two have the same; else all of an organisation."""
    if team is not None:
        return table.c.team_id == team
    return (table.c.enterprise_id == enterprise) & table.c.team_id.is_(None)


def _naive(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)  # as the SDK keeps times


def open_installations(settings: Settings, database: Database) -> Installations | None:
    """Give the installations where the settings ask for them; None for a single workspace.

    Raises:
        ConfigError: only one of client id and client secret is set.
    """
    if settings.slack_client_id is None and settings.slack_client_secret is None:
        return None
    if settings.slack_client_id is None or settings.slack_client_secret is None:
        raise ConfigError("Set both SLACK_CLIENT_ID and SLACK_CLIENT_SECRET, or neither")
    return Installations(database, settings.slack_client_id)


def oauth_settings(settings: Settings, kept: Installations, client: WebClient) -> OAuthSettings:
    """Give what Bolt needs to install the app and to find a request's token.

    `client` says where the Web API is and how calls are made.

    Raises:
        ConfigError: client id or secret is not set.
    """
    if settings.slack_client_id is None or settings.slack_client_secret is None:
        raise ConfigError("Set both SLACK_CLIENT_ID and SLACK_CLIENT_SECRET, or neither")
    oauth = OAuthSettings(
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret.get_secret_value(),
        scopes=list(bot_scopes()),
        user_scopes=[],
        install_path=INSTALL_PATH,
        redirect_uri_path=REDIRECT_PATH,
        installation_store=kept.store,
        # We never ask for a person's token, and a revoked bot token is gone from the bots alone.
        installation_store_bot_only=True,
        state_store=kept.states,
        state_expiration_seconds=_STATE_S,
    )
    # Without the cache Bolt asks auth.test for every single request, before it is acknowledged.
    oauth.authorize = InstallationStoreAuthorize(
        logger=logger,
        installation_store=kept.store,
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret.get_secret_value(),
        bot_only=True,
        cache_enabled=True,
        client=client,
    )
    return oauth


def forget_uninstalled(app: App, kept: Installations | None) -> None:
    """Listen to the end of installations: forget the tokens, or say so where there is only one."""

    def on_uninstalled(body: Mapping[str, object]) -> None:
        _forget(kept, body)

    def on_revoked(body: Mapping[str, object], event: Mapping[str, object]) -> None:
        tokens = event.get("tokens")
        if isinstance(tokens, dict) and cast("dict[str, object]", tokens).get("bot"):
            _forget(kept, body)

    app.event("app_uninstalled")(on_uninstalled)  # pyright: ignore[reportUnknownMemberType]  Bolt leaves generics open
    app.event("tokens_revoked")(on_revoked)  # pyright: ignore[reportUnknownMemberType]  as above


class InstallPages:
    """`/slack/install` and `/slack/oauth_redirect`, before whatever else is served."""

    def __init__(self, app: App, others: "WSGIApplication") -> None:
        """Pass other paths to `others`; the app was built with `oauth_settings`."""
        self._bolt = SlackRequestHandler(app)
        self._others = others

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer one WSGI request; 405 for methods other than GET."""
        if environ.get("PATH_INFO") not in {INSTALL_PATH, REDIRECT_PATH}:
            return self._others(environ, start)
        if environ.get("REQUEST_METHOD") != "GET":
            return respond(start, 405, {"error": "GET only"})
        return self._bolt(environ, start)


def _forget(kept: Installations | None, body: Mapping[str, object]) -> None:
    team, enterprise = body.get("team_id"), body.get("enterprise_id")
    if kept is None:
        logger.warning("the app was uninstalled from workspace %s: SLACK_BOT_TOKEN is void", team)
        return
    if not team and not enterprise:
        return
    at = body.get("event_time")
    gone = kept.remove(
        str(team) if team else None,
        str(enterprise) if enterprise else None,
        before=datetime.fromtimestamp(at, UTC) if isinstance(at, int) else datetime.now(UTC),
    )
    logger.info("the app was uninstalled from workspace %s: %d tokens forgotten", team, gone)

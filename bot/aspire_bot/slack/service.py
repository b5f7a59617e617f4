"""`aspire-bot serve`: the settings of Slack, the app and the transport, put together."""

from typing import Protocol

from pydantic import SecretStr

from aspire_bot.settings import Settings
from aspire_bot.slack.app import SlackAccess, build_app
from aspire_bot.slack.listeners import Answerer
from aspire_bot.slack.serve import Endpoint, serve
from aspire_ingest.index import ConfigError, IndexManifest


class ReadyAnswerer(Answerer, Protocol):
    """An answerer that can say which index it answers from."""

    def manifest(self) -> IndexManifest:
        """Say which generation answers now; raises `AspireError` where none can be opened."""
        ...


def run_service(settings: Settings, assistant: ReadyAnswerer, *, host: str) -> None:
    """Answer in Slack until the process is told to stop.

    Raises:
        ConfigError: a token is missing or refused, or the port is taken.
    """
    access = access_from(settings)
    app = build_app(assistant, access, contact=settings.contact)
    endpoint = Endpoint(
        port=settings.port,
        host=host,
        signing_secret=access.signing_secret,
        app_token=_secret(settings.slack_app_token) or None,
    )
    serve(app, endpoint, lambda: _check_ready(assistant))


def access_from(settings: Settings) -> SlackAccess:
    """Give what Slack is spoken to with.

    Raises:
        ConfigError: the bot token is missing, or neither transport is set up.
    """
    if settings.slack_bot_token is None:
        raise ConfigError(
            "SLACK_BOT_TOKEN is not set: docs/howto-slack.md says how to make an app and where "
            "to copy the token from"
        )
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        raise ConfigError(
            "Set SLACK_APP_TOKEN (Socket Mode, the simplest) or SLACK_SIGNING_SECRET (HTTP)"
        )
    return SlackAccess(
        bot_token=_secret(settings.slack_bot_token),
        signing_secret=_secret(settings.slack_signing_secret),
        api_url=settings.slack_api_url,
    )


def _check_ready(assistant: ReadyAnswerer) -> None:
    assistant.manifest()


def _secret(value: SecretStr | None) -> str:
    return "" if value is None else value.get_secret_value()

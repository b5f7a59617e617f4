"""The Bolt app, put together."""

from dataclasses import dataclass, field

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.web import SlackResponse

from aspire_bot.slack.listeners import Answerer, Listeners
from aspire_bot.slack.thread import MemorySeenEvents, MemoryThreads, SeenEvents, ThreadMemory
from aspire_bot.slack.workers import Workers
from aspire_ingest.index.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackAccess:
    """With what and as whom the bot speaks to Slack.

    `signing_secret` proves that HTTP requests come from Slack; Socket Mode needs none.
    `api_url` is the base of the Web API where it is not Slack's own. `max_workers` questions are
    worked on at once, others wait their turn.
    """

    bot_token: str = field(repr=False)
    signing_secret: str = field(default="", repr=False)
    api_url: str | None = None
    max_workers: int = 4


def build_app(
    answerer: Answerer,
    access: SlackAccess,
    *,
    contact: str | None = None,
    threads: ThreadMemory | None = None,
    seen: SeenEvents | None = None,
) -> App:
    """Build the app and its listeners, and check the token with Slack.

    Raises:
        ConfigError: Slack refuses the token or cannot be reached, or settings of another kind of
            installation are in the environment.
    """
    client = WebClient(token=access.bot_token, base_url=_base_url(access.api_url))
    # Bolt copies the handlers to the client it makes for each request.
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=2))
    _check_token(client)
    app = App(
        # With SLACK_BOT_TOKEN in the environment Bolt logs that it leaves that token unused.
        client=client,
        signing_secret=access.signing_secret,
        listener_executor=Workers(access.max_workers),
    )
    if app.oauth_flow is not None:  # Bolt reads the environment by itself
        raise ConfigError(
            "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are set, but installation in several "
            "workspaces is not supported yet: unset them"
        )
    Listeners(
        answerer=answerer,
        threads=threads or MemoryThreads(),
        seen=seen or MemorySeenEvents(),
        contact=contact,
    ).register(app)
    return app


def _reason(error: SlackApiError) -> str:
    response: object = error.response  # pyright: ignore[reportUnknownMemberType]  untyped in the SDK
    return str(response.get("error")) if isinstance(response, SlackResponse) else str(error)


def _base_url(api_url: str | None) -> str:
    return api_url.rstrip("/") + "/" if api_url else WebClient.BASE_URL


def _check_token(client: WebClient) -> None:
    try:
        client.auth_test()  # pyright: ignore[reportUnknownMemberType]  untyped keyword arguments
    except SlackApiError as error:
        raise ConfigError(
            f"Slack refuses SLACK_BOT_TOKEN ({_reason(error)}): copy the bot token "
            "(xoxb-…) anew from “OAuth & Permissions” of your app"
        ) from error
    except (SlackClientError, OSError) as error:
        raise ConfigError(f"Slack cannot be reached at {client.base_url}: {error}") from error

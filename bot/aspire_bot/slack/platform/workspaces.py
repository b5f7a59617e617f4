"""With whose token the bot speaks to Slack: one workspace's, or those of all installations."""

from dataclasses import dataclass
from http.client import HTTPException
from typing import Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.web import SlackResponse

from aspire_bot.slack.platform.reach import Unreached, why_unreached
from aspire_ingest.index.errors import AspireError, ConfigError

_MAX_RETRIES = 2
_TIMEOUT_S = 20


class NotInstalledError(AspireError):
    """The bot has no token for a workspace: it was never installed there, or is no longer."""


class SlackUnreachedError(ConfigError):
    """Slack did not answer: the token may be right."""

    def __init__(self, url: str, why: Unreached) -> None:
        """Say what stood in the way to `url`, and what to do."""
        super().__init__(f"Slack cannot be reached at {url}: {why.found}; {why.to_do}")
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class BotIdentity:
    """Who the bot is in a workspace, as Slack says."""

    team: str
    team_name: str
    bot_user: str
    bot: str
    scopes: frozenset[str]
    """The scopes of the token; empty where Slack does not say."""


class Workspaces(Protocol):
    """Clients for work that is done outside a request of Slack's. Safe for several threads."""

    def client(self, team: str, enterprise: str | None = None) -> WebClient:
        """Give a client that speaks as the bot in a workspace.

        Raises:
            NotInstalledError: there is no token for it.
        """
        ...


class OneWorkspace:
    """`Workspaces` where one token is all there is."""

    def __init__(self, client: WebClient) -> None:
        """Speak with this client whatever the workspace."""
        self._client = client

    def client(self, team: str, enterprise: str | None = None) -> WebClient:
        """See `Workspaces`."""
        del team, enterprise
        return self._client


class TokenSource(Protocol):
    """Where the tokens of installations are kept."""

    def token(self, team: str, enterprise: str | None = None) -> str | None:
        """Give the bot token of a workspace, None where there is none."""
        ...


class InstalledWorkspaces:
    """`Workspaces` over all installations; a token is looked up each time, for it may change."""

    def __init__(self, tokens: TokenSource, api_url: str | None = None) -> None:
        """Speak to the Web API at `api_url`, Slack's own without one."""
        self._tokens = tokens
        self._api_url = api_url

    def client(self, team: str, enterprise: str | None = None) -> WebClient:
        """See `Workspaces`."""
        token = self._tokens.token(team, enterprise)
        if token is None:
            raise NotInstalledError(f"the app is not installed in workspace {team}")
        return build_client(token, self._api_url)


def build_client(token: str | None, api_url: str | None = None) -> WebClient:
    """Make a client that waits where Slack says so and repeats nothing else.

    The SDK's default handler sends a call again after a lost connection. Slack may have taken the
    first one: a message would be there twice.
    """
    return WebClient(
        token=token,
        base_url=api_url.rstrip("/") + "/" if api_url else WebClient.BASE_URL,
        timeout=_TIMEOUT_S,
        retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=_MAX_RETRIES)],
    )


def check_token(client: WebClient) -> BotIdentity:
    """Ask Slack who the client's token belongs to.

    Raises:
        SlackUnreachedError: no answer came.
        ConfigError: Slack refuses the token.
    """
    try:
        reply = client.auth_test()  # pyright: ignore[reportUnknownMemberType]  untyped keyword arguments
    except SlackApiError as error:
        raise ConfigError(
            f"Slack refuses SLACK_BOT_TOKEN ({error_code(error)}): copy the bot token "
            "(xoxb-…) anew from “OAuth & Permissions” of your app"
        ) from error
    except (SlackClientError, HTTPException, OSError) as error:
        why = why_unreached(error, client.base_url)
        raise SlackUnreachedError(client.base_url, why) from error
    return BotIdentity(
        team=str(reply.get("team_id") or ""),
        team_name=str(reply.get("team") or reply.get("team_id") or ""),
        bot_user=str(reply.get("user_id") or ""),
        bot=str(reply.get("bot_id") or ""),
        scopes=_scopes(reply),
    )


def error_code(error: SlackApiError) -> str:
    """Give Slack's own code for what is wrong, `invalid_auth` for example."""
    response: object = error.response  # pyright: ignore[reportUnknownMemberType]  untyped in the SDK
    if not isinstance(response, SlackResponse):
        return type(error).__name__
    status: object = response.status_code  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  as above
    if status == 429:
        return "ratelimited"
    return str(response.get("error") or f"http_{status}")


def _scopes(reply: SlackResponse) -> frozenset[str]:
    headers: dict[str, str] = {str(k).lower(): str(v) for k, v in reply.headers.items()}  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType, reportUnknownArgumentType]  untyped in the SDK
    listed = headers.get("x-oauth-scopes", "").split(",")
    return frozenset(scope for one in listed if (scope := one.strip()))

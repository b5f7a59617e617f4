"""What `doctor` asks Slack: does the token work, and does it carry the scopes."""

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from aspire_bot.doctor import Check
from aspire_bot.settings import Settings
from aspire_bot.slack.service import access_from
from aspire_ingest.index import ConfigError

BOT_SCOPES = ("app_mentions:read", "assistant:write", "chat:write", "im:history")
"""The bot scopes of `bot/manifest.json`."""

_SCOPES_HEADER = "x-oauth-scopes"


def probe(settings: Settings) -> list[Check]:
    """Check tokens and scopes with Slack."""
    try:
        access = access_from(settings)
    except ConfigError as error:
        return [Check(name="Slack", state="failed", found=str(error), to_do="set it in .env")]
    client = WebClient(token=access.bot_token, base_url=settings.slack_api_url)
    try:
        reply = client.auth_test()  # pyright: ignore[reportUnknownMemberType]  untyped arguments
    except (SlackApiError, SlackClientError, OSError) as error:
        return [
            Check(
                name="Slack token",
                state="failed",
                found=str(error).splitlines()[0],
                to_do="copy the bot token anew from “OAuth & Permissions” of your app",
            )
        ]
    headers: dict[str, str] = {str(k).lower(): str(v) for k, v in reply.headers.items()}  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType, reportUnknownArgumentType]
    granted = {scope.strip() for scope in headers.get(_SCOPES_HEADER, "").split(",")}
    missing = [scope for scope in BOT_SCOPES if scope not in granted]
    checks = [Check(name="Slack token", state="ok", found=f"team {reply.get('team')}")]
    checks.append(
        Check(
            name="Slack scopes",
            state="failed" if missing else "ok",
            found=f"missing: {', '.join(missing)}" if missing else f"{len(BOT_SCOPES)} present",
            to_do="update the app from bot/manifest.json and install it again" if missing else "",
        )
    )
    return checks

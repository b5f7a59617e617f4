"""What `doctor` asks Slack and this machine: is all there that `serve` needs."""

import http.client
import re
from collections.abc import Iterator, Sequence
from http.client import HTTPException
from typing import cast

from pydantic import SecretStr
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from aspire_bot.doctor.check import Check
from aspire_bot.settings import Settings
from aspire_bot.slack.platform.http import listen
from aspire_bot.slack.platform.manifest import bot_scopes
from aspire_bot.slack.platform.metrics import METRICS_PATH, parse_bind
from aspire_bot.slack.platform.reach import why_unreached
from aspire_bot.slack.platform.scopes import APP_SCOPE, SCOPES
from aspire_bot.slack.platform.workspaces import (
    BotIdentity,
    SlackUnreachedError,
    build_client,
    check_token,
    error_code,
)
from aspire_ingest.index import ConfigError

_INSTALL_AGAIN = "update the app from `aspire-bot manifest` and install it again"
_SIGNING_SECRET = re.compile(r"[0-9a-f]{32}")


def probe(settings: Settings) -> list[Check]:
    """Check transports, tokens, scopes, staff and the place of the metrics.

    Nothing is posted and nothing is kept.
    """
    if swapped := check_tokens(settings):
        return [*swapped, *_metrics(settings)]
    checks = [*_transport(settings), *_installation(settings)]
    if settings.slack_bot_token is not None:
        client = build_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
        checks += _workspace(settings, client)
    return [*checks, *_metrics(settings)]


def check_tokens(settings: Settings) -> list[Check]:
    """Name tokens that stand in each other's place or are of another kind, without asking Slack."""
    given = (
        ("SLACK_BOT_TOKEN", settings.slack_bot_token, "xoxb-"),
        ("SLACK_APP_TOKEN", settings.slack_app_token, "xapp-"),
    )
    wrong = [
        (name, begins, token.get_secret_value().partition("-")[0] + "-")
        for name, token, begins in given
        if token is not None and not token.get_secret_value().startswith(begins)
    ]
    if {found for _, _, found in wrong} == {"xoxb-", "xapp-"}:
        return [
            Check(
                name="Slack tokens",
                state="failed",
                found="SLACK_BOT_TOKEN and SLACK_APP_TOKEN hold each other's token",
                to_do="swap them: the bot token begins with xoxb-, the app token with xapp-",
            )
        ]
    return [
        Check(
            name=f"Slack {'bot' if begins == 'xoxb-' else 'app'} token",
            state="failed",
            found=f"{name} {_KINDS.get(found, 'is no token of Slack')}",
            to_do=f"set the one that begins with {begins}; docs/howto-slack.md says where it is",
        )
        for name, begins, found in wrong
    ]


_KINDS = {
    "xoxb-": "holds a bot token",
    "xapp-": "holds an app token",
    "xoxp-": "holds a person's token: the bot would speak as them",
    "xoxe-": "holds a token for refreshing others",
    "xoxc-": "holds a browser's token",
}


def _transport(settings: Settings) -> Iterator[Check]:
    app_token, secret = settings.slack_app_token, settings.slack_signing_secret
    if app_token is not None:
        yield _app_token(settings, app_token)
    elif secret is None:
        yield Check(
            name="Slack transport",
            state="failed",
            found="neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set",
            to_do="set SLACK_APP_TOKEN (Socket Mode, the simplest) or SLACK_SIGNING_SECRET (HTTP)",
        )
    if secret is not None:
        is_usual = _SIGNING_SECRET.fullmatch(secret.get_secret_value()) is not None
        yield Check(
            name="Slack signing secret",
            state="ok" if is_usual else "warning",
            found="set" if is_usual else "set, but not the 32 hexadecimal digits Slack gives",
            to_do="" if is_usual else "copy it anew from “Basic Information” of your app",
        )


def _app_token(settings: Settings, token: SecretStr) -> Check:
    client = build_client(None, settings.slack_api_url)
    try:
        # Gives an address to connect to; as long as nobody does, nothing changes.
        client.apps_connections_open(app_token=token.get_secret_value())  # pyright: ignore[reportUnknownMemberType]  untyped keyword arguments
    except SlackApiError as error:
        return Check(
            name="Slack app token",
            state="failed",
            found=error_code(error),
            to_do=f"make one under “App-Level Tokens” with {APP_SCOPE}, and switch Socket Mode on",
        )
    except (SlackClientError, HTTPException, OSError) as error:
        why = why_unreached(error, client.base_url)
        return Check(name="Slack app token", state="failed", found=why.found, to_do=why.to_do)
    return Check(name="Slack app token", state="ok", found=f"Socket Mode opens ({APP_SCOPE})")


def _installation(settings: Settings) -> Iterator[Check]:
    given = (settings.slack_client_id is not None, settings.slack_client_secret is not None)
    if any(given):
        yield Check(
            name="Slack installation",
            state="ok" if all(given) else "failed",
            found="in several workspaces, at /slack/install" if all(given) else "only one is set",
            to_do="" if all(given) else "set both SLACK_CLIENT_ID and SLACK_CLIENT_SECRET",
        )
    if all(given) and settings.slack_bot_token is not None:
        yield Check(
            name="Slack bot token",
            state="warning",
            found="not used: installations have their own",
            to_do="unset SLACK_BOT_TOKEN, or the client id and secret",
        )


def _workspace(settings: Settings, client: WebClient) -> Iterator[Check]:
    try:
        identity = check_token(client)
    except SlackUnreachedError as error:
        yield Check(
            name="Slack token", state="failed", found=error.why.found, to_do=error.why.to_do
        )
        return
    except ConfigError as error:
        to_do = "copy the bot token anew from “OAuth & Permissions” of your app"
        yield Check(name="Slack token", state="failed", found=str(error), to_do=to_do)
        return
    yield Check(
        name="Slack token",
        state="ok",
        found=f"{identity.bot_user} in {identity.team_name} ({identity.team})",
    )
    yield _scopes(identity)
    yield _staff_channel(settings, client)
    yield _staff(settings, client)


def _scopes(identity: BotIdentity) -> Check:
    wanted = bot_scopes()
    if not identity.scopes:
        return Check(
            name="Slack scopes",
            state="warning",
            found="Slack does not say which the token has",
            to_do="compare “OAuth & Permissions” with docs/reference/slack-permissions.md",
        )
    if missing := [scope for scope in wanted if scope not in identity.scopes]:
        return Check(
            name="Slack scopes",
            state="failed",
            found="missing: " + "; ".join(f"{one}, {SCOPES[one]}" for one in missing),
            to_do=_INSTALL_AGAIN,
        )
    if more := sorted(identity.scopes - set(wanted)):
        return Check(
            name="Slack scopes",
            state="warning",
            found=f"all {len(wanted)} present, and not needed: {', '.join(more)}",
            to_do=_INSTALL_AGAIN,
        )
    return Check(name="Slack scopes", state="ok", found=f"all {len(wanted)} present")


def _staff_channel(settings: Settings, client: WebClient) -> Check:
    name, channel = "staff channel", settings.staff_channel
    if channel is None:
        to_do = "set ASPIRE_STAFF_CHANNEL, so that open questions reach somebody"
        return Check(name=name, state="unset", found="ASPIRE_STAFF_CHANNEL is not set", to_do=to_do)
    try:
        reply = client.conversations_info(channel=channel)  # pyright: ignore[reportUnknownMemberType]  untyped keyword arguments
    except (SlackApiError, SlackClientError, HTTPException, OSError) as error:
        to_do = f"check the id, and invite the bot to {channel}"
        return Check(name=name, state="failed", found=_reason(error), to_do=to_do)
    found = cast("dict[str, object]", reply.get("channel") or {})
    label = f"#{found.get('name') or channel}"
    if found.get("is_archived"):
        return Check(
            name=name, state="failed", found=f"{label} is archived", to_do="choose another"
        )
    if not found.get("is_member"):
        to_do = f"in Slack: /invite the bot to {label}"
        return Check(
            name=name, state="failed", found=f"the bot is not a member of {label}", to_do=to_do
        )
    if found.get("is_ext_shared"):
        to_do = "choose a channel that only your organisation reads"
        return Check(
            name=name, state="warning", found=f"other organisations read {label}", to_do=to_do
        )
    return Check(name=name, state="ok", found=f"{label}, the bot is a member")


def _staff(settings: Settings, client: WebClient) -> Check:
    people, group = list(settings.staff_users), settings.staff_usergroup
    if group is not None:
        try:
            reply = client.usergroups_users_list(usergroup=group)  # pyright: ignore[reportUnknownMemberType]  untyped keyword arguments
        except (SlackApiError, SlackClientError, HTTPException, OSError) as error:
            to_do = "check ASPIRE_STAFF_USERGROUP: the id of a user group that is in use"
            return Check(name="staff", state="failed", found=_reason(error), to_do=to_do)
        people += cast("list[str]", reply.get("users") or [])
    if not people:
        to_do = "set ASPIRE_STAFF_USERS or ASPIRE_STAFF_USERGROUP"
        found = "nobody can answer or approve what the documents do not say"
        return Check(name="staff", state="warning", found=found, to_do=to_do)
    return Check(name="staff", state="ok", found=f"{len(set(people))} people")


def _metrics(settings: Settings) -> Sequence[Check]:
    address = parse_bind(settings.metrics_bind)
    if address is None:
        return [Check(name="metrics", state="unset", found="ASPIRE_METRICS_BIND is off")]
    host, port = address
    try:
        listen(host, port).close()
    except OSError as error:
        if _is_ours(host, port):
            found = f"served by a running aspire-bot on {settings.metrics_bind}"
            return [Check(name="metrics", state="ok", found=found)]
        to_do = "set ASPIRE_METRICS_BIND to another HOST:PORT, or to off"
        return [
            Check(
                name="metrics",
                state="failed",
                found=f"{settings.metrics_bind} cannot be listened on: {error.strerror}",
                to_do=to_do,
            )
        ]
    return [Check(name="metrics", state="ok", found=f"{settings.metrics_bind} is free")]


def _is_ours(host: str, port: int) -> bool:
    """Whether it is a bot of ours that holds the port."""
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", METRICS_PATH)
        return b"aspire_answers" in connection.getresponse().read(200_000)
    except (HTTPException, OSError):
        return False
    finally:
        connection.close()


def _reason(error: Exception) -> str:
    return error_code(error) if isinstance(error, SlackApiError) else str(error)

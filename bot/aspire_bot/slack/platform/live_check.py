"""`doctor --live`: the calls an answer is made of, tried in a real channel and cleaned up after.

What no stand-in can prove: that this workspace, with this token, takes streams, plans, updates of
ended streams and statuses. Each step is tried even where another failed, as far as it can be.
"""

import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPException
from typing import cast

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.models.blocks import ContextBlock, MarkdownTextObject, SectionBlock

from aspire_bot.doctor.check import Check
from aspire_bot.settings import Settings
from aspire_bot.slack.platform.rates import Pacer
from aspire_bot.slack.platform.scopes import METHODS
from aspire_bot.slack.platform.web import SlackCallError, SlackWeb, Task
from aspire_bot.slack.platform.workspaces import BotIdentity, build_client, check_token
from aspire_bot.slack.render.message import SlackMessage
from aspire_ingest.index.errors import AspireError, ConfigError

_ADVICE = {
    "missing_scope": "update the app from the manifest (`aspire-bot manifest`), install it again",
    "not_in_channel": "invite the bot to the channel",
    "channel_not_found": "check the id; invite the bot where the channel is private",
    "is_archived": "choose a channel that is in use",
    "ratelimited": "try again in a minute",
    "message_not_in_streaming_state": "the stream was ended before we did: answers are updated",
}


def try_live(
    settings: Settings, channel: str, *, person: str | None = None, pacer: Pacer | None = None
) -> list[Check]:
    """Post, stream, update and delete in a channel, and say of each step whether it held.

    A stream in a channel is shown to one `person`: the first of `ASPIRE_STAFF_USERS`, or any member
    of the channel, where none is given. All that was posted is deleted at the end.

    Raises:
        ConfigError: a token is missing or refused, or `channel` is no id.
    """
    if not channel.isalnum() or channel[:1] not in "CDG":
        raise ConfigError(f"{channel!r} is not the id of a channel: it begins with C, D or G")
    if settings.slack_bot_token is None:
        raise ConfigError("SLACK_BOT_TOKEN is not set: --live speaks with the bot's own token")
    client = build_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    identity = check_token(client)
    reader = person or next(iter(settings.staff_users), None)
    if reader is None and not channel.startswith("D"):
        reader = _any_member(client, channel, identity)
    web = SlackWeb(client, team=identity.team, pacer=pacer or Pacer())
    trial = _Trial(web, channel, reader or "")
    try:
        trial.run()
    finally:
        trial.clean_up()
    return trial.checks


class _Trial:
    """One run: what was found, and what there is to delete."""

    def __init__(self, web: SlackWeb, channel: str, reader: str) -> None:
        self.checks: list[Check] = []
        self._web = web
        self._channel = channel
        self._reader = reader
        self._posted: list[str] = []
        self._stream = ""
        self._is_stream_open = False

    def run(self) -> None:
        """Try the steps in the order in which an answer takes them."""
        web, channel = self._web, self._channel
        root = self._step("post a message", "chat.postMessage", self._post)
        self._after(
            root, "update it", "chat.update", lambda ts: web.update(channel, ts, _said("Updated"))
        )
        self._after(
            root,
            "show a status in its thread",
            "assistant.threads.setStatus",
            lambda ts: web.set_status(channel, ts, "is trying what works here…"),
        )
        stream = self._after(
            root, "start a stream with a plan", "chat.startStream", self._start_stream
        )
        self._after(stream, "append to the stream", "chat.appendStream", self._append)
        ended = self._after(
            stream, "stop the stream with blocks", "chat.stopStream", self._stop_stream
        )
        self._after(
            ended,
            "update the stopped stream",
            "chat.update",
            lambda ts: web.update(channel, ts, _said("Updated after the stream")),
        )

    def clean_up(self) -> None:
        """End an open stream and delete what was posted, the latest first; never raises."""
        if self._is_stream_open:
            with suppress(AspireError):  # it may have ended by itself; it is deleted all the same
                self._web.stop_stream(self._channel, self._stream, _said("Stopped"))
        for ts in reversed(self._posted):
            self._step(
                f"delete what was posted ({ts})",
                "chat.delete",
                lambda ts=ts: self._web.delete(self._channel, ts) or ts,
            )

    def _post(self) -> str:
        ts = self._web.post(self._channel, _said("Posted"), key=f"live-{secrets.token_hex(4)}")
        self._posted.append(ts)
        return ts

    def _start_stream(self, root: str) -> str:
        task = Task(task_id="try", title="Trying what works here", status="in_progress")
        time.sleep(self._web.post_wait_s(self._channel))  # a stream is never kept waiting
        ts = self._web.start_stream(self._channel, root, [task], recipient=self._reader)
        if ts is None:
            raise SlackCallError("chat.startStream", "ratelimited", retryable=True)
        self._posted.append(ts)
        self._stream, self._is_stream_open = ts, True
        return ts

    def _append(self, ts: str) -> None:
        task = Task(task_id="try", title="Trying what works here", status="complete")
        self._web.append_tasks(self._channel, ts, [task])

    def _stop_stream(self, ts: str) -> None:
        self._web.stop_stream(self._channel, ts, _said("Streamed and stopped"))
        self._is_stream_open = False

    def _after(
        self, ts: str | None, name: str, method: str, call: Callable[[str], str | None]
    ) -> str | None:
        """Try a step that needs an earlier one; gives its `ts`, or that of the earlier."""
        if ts is None:
            self.checks.append(
                Check(name=name, state="unset", found="not tried: an earlier step did not hold")
            )
            return None
        return self._step(name, method, lambda: call(ts) or ts)

    def _step(self, name: str, method: str, call: Callable[[], str]) -> str | None:
        try:
            ts = call()
        except SlackCallError as error:
            self.checks.append(
                Check(
                    name=name,
                    state="failed",
                    found=f"{error.method}: {error.error}",
                    to_do=_advice(method, error.error),
                )
            )
            return None
        self.checks.append(Check(name=name, state="ok", found=method))
        return ts


def _said(what: str) -> SlackMessage:
    text = f"{what} by `aspire-bot doctor --live`. This message is deleted in a moment."
    return SlackMessage.of(
        text,
        [
            SectionBlock(text=MarkdownTextObject(text=text, verbatim=True)),
            ContextBlock(elements=[MarkdownTextObject(text="日本語・English", verbatim=True)]),
        ],
    )


def _advice(method: str, error: str) -> str:
    scopes = METHODS.get(method, ())
    needs = f" (needs {' or '.join(scopes)})" if scopes and error == "missing_scope" else ""
    return _ADVICE.get(error, "see the reference of the method at docs.slack.dev") + needs


def _any_member(client: WebClient, channel: str, identity: BotIdentity) -> str | None:
    """Find somebody who can be shown a stream; None where Slack does not say who is there."""
    with suppress(SlackApiError, SlackClientError, HTTPException, OSError):
        reply = client.conversations_members(channel=channel, limit=20)  # pyright: ignore[reportUnknownMemberType]  untyped keyword arguments
        members = cast("list[str]", reply.get("members") or [])
        return next((one for one in members if one != identity.bot_user), None)
    return None

"""What the bot does in Slack, typed: the one place that calls the Web API.

Each call keeps to Slack's rates, is counted where it fails, and fails with `SlackCallError`.
"""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Literal, cast

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

from aspire_bot.slack.platform.downloads import DownloadError, download
from aspire_bot.slack.platform.rates import Act, Pacer
from aspire_bot.slack.platform.workspaces import error_code
from aspire_bot.slack.render.message import JsonObject, SlackMessage, unfolded
from aspire_ingest.index.errors import AspireError
from aspire_ingest.index.telemetry.tracing import NO_TRACING, Tracing

TaskStatus = Literal["pending", "in_progress", "complete", "error"]
METADATA_EVENT = "aspire_answer"
_MAX_WAIT_S = 20.0
_TIMEOUT_S = 15
_RETRYABLE = {
    "ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable",
    "request_timeout", "team_added_to_org", "accesslimited", "http_500", "http_502", "http_503",
    "http_504",
}  # fmt: skip
_BAD_BLOCKS = {"invalid_blocks", "invalid_blocks_format"}
STREAM_IS_OVER = "message_not_in_streaming_state"
CountError = Callable[[str, str], None]


class SlackCallError(AspireError):
    """Slack refused a call, or could not be reached. `error` is Slack's own code."""

    def __init__(self, method: str, error: str, *, retryable: bool) -> None:
        """Name the method and Slack's code for what is wrong."""
        super().__init__(f"Slack refuses {method}: {error}")
        self.method = method
        self.error = error
        self.retryable = retryable


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line of the plan shown while the bot works."""

    task_id: str
    title: str
    status: TaskStatus = "pending"

    def chunk(self) -> JsonObject:
        """The task as a chunk of a stream."""
        return {
            "type": "task_update",
            "id": self.task_id,
            "title": self.title,
            "status": self.status,
        }


class SlackWeb:
    """The Web API of one workspace."""

    def __init__(
        self,
        client: WebClient,
        *,
        team: str,
        pacer: Pacer,
        count_error: CountError | None = None,
        tracing: Tracing = NO_TRACING,
    ) -> None:
        """Speak with the client's token; `count_error` is told method and code of each failure."""
        self.tracing = tracing
        self._client = client
        self.team = team
        self._pacer = pacer
        self._count_error = count_error

    def post_wait_s(self, channel: str) -> float:
        """How long a post to the channel would have to wait now, in seconds."""
        return self._pacer.wait_s("post", channel)

    def post(
        self, channel: str, message: SlackMessage, *, thread_ts: str = "", key: str = ""
    ) -> str:
        """Post a message and give its `ts`; by the `key` in its metadata it can be found again."""
        self._pace("post", channel)
        metadata = {"event_type": METADATA_EVENT, "event_payload": {"key": key}} if key else None
        reply = self._call(
            "chat.postMessage",
            channel=channel,
            thread_ts=thread_ts or None,
            text=message.text,
            blocks=message.blocks,
            metadata=metadata,
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(reply.get("ts"))

    def update(self, channel: str, ts: str, message: SlackMessage) -> None:
        """Put a message in the place of one of our own."""
        self._pace("update", self.team)
        self._call("chat.update", channel=channel, ts=ts, text=message.text, blocks=message.blocks)

    def delete(self, channel: str, ts: str) -> None:
        """Delete one of our own messages; one that is gone already is no error."""
        try:
            self._call("chat.delete", channel=channel, ts=ts)
        except SlackCallError as error:
            if error.error != "message_not_found":
                raise

    def post_ephemeral(
        self, channel: str, user: str, message: SlackMessage, *, thread_ts: str = ""
    ) -> None:
        """Show a message to one person only."""
        self._pace("whisper", self.team)
        self._call(
            "chat.postEphemeral",
            channel=channel,
            user=user,
            thread_ts=thread_ts or None,
            text=message.text,
            blocks=message.blocks,
        )

    def start_stream(
        self, channel: str, thread_ts: str, tasks: Sequence[Task], *, recipient: str = ""
    ) -> str | None:
        """Begin a message that shows a plan; give its `ts`, or None where the rates have no room.

        Its end is reserved along with it. In channels a recipient is needed.
        """
        if not self._pacer.reserve_now(
            (("start", self.team), ("stop", self.team), ("post", channel))
        ):
            return None
        reply = self._call(
            "chat.startStream",
            channel=channel,
            thread_ts=thread_ts,
            chunks=[task.chunk() for task in tasks],
            task_display_mode="plan",
            recipient_team_id=self.team if recipient else None,
            recipient_user_id=recipient or None,
        )
        return str(reply.get("ts"))

    def append_tasks(self, channel: str, ts: str, tasks: Sequence[Task]) -> None:
        """Show how far the tasks are; left out where Slack's rate has no room for it."""
        if self._pacer.reserve("append", self.team) is None:
            return
        chunks = [task.chunk() for task in tasks]
        self._call("chat.appendStream", channel=channel, ts=ts, chunks=chunks)

    def append_blocks(self, channel: str, ts: str, blocks: Sequence[JsonObject]) -> bool:
        """Show more of an answer; False where Slack's rate has no room for it."""
        if self._pacer.reserve("append", self.team) is None:
            return False
        chunks = [{"type": "blocks", "blocks": list(blocks)}]
        self._call("chat.appendStream", channel=channel, ts=ts, chunks=chunks)
        return True

    def stop_stream(
        self, channel: str, ts: str, message: SlackMessage, tasks: Sequence[Task] = ()
    ) -> None:
        """End a stream with the final message under its plan."""
        chunks = [task.chunk() for task in tasks] or None
        self._call("chat.stopStream", channel=channel, ts=ts, blocks=message.blocks, chunks=chunks)

    def respond(self, response_url: str, message: SlackMessage, *, replace: bool = False) -> None:
        """Show a message to the one person who ran a command or pressed a button.

        Slack takes five messages within half an hour at such an address.
        """
        try:
            self._respond(response_url, message.text, message.blocks, replace=replace)
        except SlackCallError as error:
            blocks = unfolded(message.blocks)
            if not any(code in error.error for code in _BAD_BLOCKS) or blocks == message.blocks:
                raise
            self._respond(response_url, message.text, blocks, replace=replace)

    def _respond(
        self, response_url: str, text: str, blocks: Sequence[JsonObject], *, replace: bool
    ) -> None:
        method = "response_url"
        try:
            reply = WebhookClient(response_url, timeout=_TIMEOUT_S).send(
                text=text,
                blocks=[dict(block) for block in blocks],
                response_type="ephemeral",
                replace_original=replace,
                unfurl_links=False,
                unfurl_media=False,
            )
        except (SlackClientError, HTTPException, OSError, ValueError) as error:
            self._count(method, type(error).__name__)
            raise SlackCallError(method, type(error).__name__, retryable=True) from error
        if reply.status_code != 200:
            code = (reply.body or "").strip()[:60] or str(reply.status_code)
            self._count(method, code)
            is_retryable = reply.status_code == 429 or reply.status_code >= 500
            raise SlackCallError(method, code, retryable=is_retryable)

    def set_status(self, channel: str, thread_ts: str, status: str) -> None:
        """Show that the bot is at work; Slack clears it at its next message."""
        self._call(
            "assistant.threads.setStatus", channel_id=channel, thread_ts=thread_ts, status=status
        )

    def set_prompts(self, channel: str, prompts: Sequence[Mapping[str, str]], title: str) -> None:
        """Offer questions in the conversation with the app."""
        self._call(
            "assistant.threads.setSuggestedPrompts",
            channel_id=channel,
            prompts=list(prompts),
            title=title,
        )

    def permalink(self, channel: str, ts: str) -> str:
        """Give the address of a message."""
        reply = self._read("chat.getPermalink", channel=channel, message_ts=ts)
        return str(reply.get("permalink") or "")

    def open_view(self, trigger_id: str, view: JsonObject) -> None:
        """Open a modal; a trigger is good for three seconds."""
        self._call("views.open", trigger_id=trigger_id, view=view)

    def publish_home(self, user: str, view: JsonObject) -> None:
        """Show a person the Home of the app."""
        self._call("views.publish", user_id=user, view=view)

    def open_direct(self, user: str) -> str:
        """Give the channel of the direct conversation with a person."""
        reply = self._call("conversations.open", users=user)
        channel: object = reply.get("channel")
        return str(cast("JsonObject", channel).get("id")) if isinstance(channel, dict) else ""

    def channel(self, channel: str) -> JsonObject:
        """Give what Slack says of a channel."""
        found: object = self._read("conversations.info", channel=channel).get("channel")
        return cast("JsonObject", found) if isinstance(found, dict) else {}

    def user(self, user: str) -> JsonObject:
        """Give what Slack says of a person."""
        found: object = self._read("users.info", user=user, include_locale="true").get("user")
        return cast("JsonObject", found) if isinstance(found, dict) else {}

    def locale(self, user: str) -> str:
        """Give the language of a person's Slack, `en-US` where it is not known."""
        try:
            return str(self.user(user).get("locale") or "en-US")
        except SlackCallError:
            return "en-US"

    def group_members(self, usergroup: str) -> frozenset[str]:
        """Give the people of a user group."""
        found: object = self._read("usergroups.users.list", usergroup=usergroup).get("users")
        return frozenset(map(str, cast("list[object]", found))) if found else frozenset()

    def file(self, file: str) -> JsonObject:
        """Give what Slack says of a file."""
        found: object = self._read("files.info", file=file).get("file")
        return cast("JsonObject", found) if isinstance(found, dict) else {}

    def download(self, url: str, *, max_bytes: int) -> bytes:
        """Give the bytes of a file; its address must be Slack's, for the token goes with it.

        Raises:
            SlackCallError: `not_slack`, `redirected`, `too_large`, `not_a_file`, or the status.
        """
        try:
            return download(
                url,
                token=self._client.token or "",
                api_url=self._client.base_url,
                max_bytes=max_bytes,
            )
        except DownloadError as error:
            self._count("download", error.code)
            raise SlackCallError("download", error.code, retryable=error.retryable) from error

    def find_ours(self, channel: str, thread_ts: str, key: str, *, since_s: float) -> str | None:
        """Find the `ts` of a message of ours by the key it was made with, where Slack lets us.

        Looked through are the first messages of the thread after `since_s` (seconds since 1970);
        without a thread the latest of the channel.
        """
        wanted = {
            "channel": channel,
            "oldest": f"{max(0.0, since_s):.6f}",
            "limit": "15",
            "include_all_metadata": "true",
        }
        if thread_ts:
            reply = self._read("conversations.replies", ts=thread_ts, **wanted)
        else:
            reply = self._read("conversations.history", **wanted)
        whole = json.dumps(key)  # in the metadata of a post; task ids of a stream begin with it
        for message in cast("list[JsonObject]", reply.get("messages") or []):
            shown = json.dumps(message)
            if message.get("bot_id") and (whole in shown or f"{whole[:-1]}-" in shown):
                return str(message.get("ts"))
        return None

    def _pace(self, act: Act, place: str) -> None:
        wait_s = self._pacer.reserve(act, place, max_wait_s=_MAX_WAIT_S)
        if wait_s is None:
            raise SlackCallError(act, "ratelimited", retryable=True)
        if wait_s:
            time.sleep(wait_s)

    def _call(self, method: str, **arguments: object) -> SlackResponse:
        given = {name: value for name, value in arguments.items() if value is not None}
        call = self._client.api_call  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  open dicts
        try:
            return self._checked(method, lambda: call(method, json=given))
        except SlackCallError as error:
            blocks = cast("Sequence[JsonObject]", given.get("blocks") or ())
            if error.error not in _BAD_BLOCKS or unfolded(blocks) == tuple(blocks):
                raise
        # Not every Slack knows containers; what is in them every one can show.
        open_blocks = {**given, "blocks": unfolded(blocks)}
        return self._checked(method, lambda: call(method, json=open_blocks))

    def _read(self, method: str, **arguments: str) -> SlackResponse:
        """Call a method that only reads: those take no JSON."""
        call = self._client.api_call  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  open dicts
        return self._checked(method, lambda: call(method, http_verb="GET", params=arguments))

    def _checked(self, method: str, call: Callable[[], SlackResponse]) -> SlackResponse:
        try:
            with self.tracing.span("slack.call", method=method):
                return call()
        except SlackApiError as error:
            code = error_code(error)
            self._count(method, code)
            raise SlackCallError(method, code, retryable=code in _RETRYABLE) from error
        except (SlackClientError, HTTPException, OSError) as error:
            self._count(method, type(error).__name__)
            raise SlackCallError(method, type(error).__name__, retryable=True) from error

    def _count(self, method: str, code: str) -> None:
        if self._count_error:
            self._count_error(method, code)

"""People who act in a workspace: each act changes it, and the bot is told as Slack would tell it.

    with LocalSlack() as slack:
        people = People(slack, Courier(HttpTransport(port)))
        alice = people["U1"]
        question = alice.asks("C1", "What are the goals?")
        reply = alice.waits_for_reply(question, lambda m: "goals" in m.text)
        alice.clicks(reply, "aspire:vote", "negative")
        alice.submits(alice.waits_for_view(), {"reason": "wrong"})

An act returns once the bot has acknowledged it, or Slack has given up; `people.courier.deliveries`
holds how that went. What a person cannot do (press a button that is not there) raises LookupError.
"""

import html
from collections.abc import Mapping
from dataclasses import dataclass, replace
from mimetypes import guess_type
from typing import Literal

from aspire_bot.local_slack.api.request import ResponseUrl
from aspire_bot.local_slack.api.web_api import show_response
from aspire_bot.local_slack.bulletin import Bulletin
from aspire_bot.local_slack.courier import Courier, Delivery
from aspire_bot.local_slack.forwarded_messages import forwarded_attachment
from aspire_bot.local_slack.inputs import Entered, filled_in, find_element, pressed, state_of
from aspire_bot.local_slack.model import Channel, Message, SharedFile, View
from aspire_bot.local_slack.payloads import Payloads
from aspire_bot.local_slack.server import LocalSlack
from aspire_bot.local_slack.submission import Submission, take_response
from aspire_bot.local_slack.watcher import Watcher
from aspire_bot.local_slack.wire import Json, RefusedError
from aspire_bot.local_slack.workspace import Workspace


class People:
    """The people of a workspace, and the courier that tells the bot of them."""

    def __init__(
        self, slack: LocalSlack, courier: Courier, *, workspace: Workspace | None = None
    ) -> None:
        """Act in `workspace`, the first one where none is given."""
        self.slack = slack
        self.courier = courier
        self.workspace = workspace or slack.workspace
        self.bulletin = Bulletin(self.workspace, courier)
        self.payloads = Payloads(slack.world, self.workspace)

    def __getitem__(self, user_id: str) -> "Person":
        """A person by id; KeyError for a stranger."""
        return Person(self.slack, self.workspace, self.workspace.users[user_id].user_id, self)


@dataclass(frozen=True, slots=True)
class Person(Watcher):
    """One person at work in Slack."""

    people: People

    @property
    def dm(self) -> str:
        """The direct conversation with the bot."""
        with self.slack.held():
            return self.workspace.direct(self.user_id).channel_id

    def says(
        self,
        channel: str,
        text: str,
        *,
        thread_ts: str | None = None,
        is_raw: bool = False,
        is_me: bool = False,
    ) -> Message:
        """Say something; the bot hears it where it is a member.

        `text` is as typed: `@bot` mentions the bot, the rest is escaped as Slack escapes it. With
        `is_raw` it is taken as it is, `<@U1>` and all. `is_me`: as `/me` says it.
        """
        with self.slack.held():
            said = self._post(
                channel,
                text if is_raw else self._typed(text),
                thread_ts=thread_ts,
                subtype="me_message" if is_me else None,
            )
        self.people.bulletin.said(said)
        return said

    def forwards(
        self, message: Message, channel: str, text: str = "", *, thread_ts: str | None = None
    ) -> Message:
        """Forward a message that one sees into a conversation, with words of one's own above it."""
        with self.slack.held():
            shown = forwarded_attachment(self.workspace, self._seen(message))
            said = self._post(channel, self._typed(text), thread_ts=thread_ts, attachments=(shown,))
        self.people.bulletin.said(said)
        return said

    def opens_group(self, *others: str) -> str:
        """Open the group conversation with others and the bot; give its id."""
        with self.slack.held():
            everyone = {self.user_id, self.workspace.bot_user, *others}
            return self.workspace.group(everyone).channel_id

    def shares(
        self,
        channel: str,
        files: Mapping[str, bytes],
        text: str = "",
        *,
        mode: Literal["hosted", "external", "tombstone"] = "hosted",
        thread_ts: str | None = None,
    ) -> Message:
        """Share files, by name, with a text as it would be typed."""
        world, place = self.slack.world, self._member_of(channel)
        with self.slack.held():
            shared: list[SharedFile] = []
            for name, body in files.items():
                file_id = f"F{len(self.workspace.files) + 1:08d}"
                file = SharedFile(
                    file_id=file_id,
                    name=name,
                    body=body,
                    user=self.user_id,
                    url=world.file_url(self.workspace, file_id, name),
                    mimetype=guess_type(name)[0] or "application/octet-stream",
                    mode=mode,
                    channels=frozenset({place.channel_id}),
                )
                self.workspace.files[file_id] = file
                shared.append(file)
            said = self.workspace.post(
                Message(
                    team=self.workspace.team,
                    channel=place.channel_id,
                    ts=self.workspace.new_ts(),
                    user=self.user_id,
                    text=self._typed(text),
                    thread_ts=thread_ts,
                    subtype="file_share",
                    files=tuple(shared),
                )
            )
        self.people.bulletin.said(said)
        return said

    def asks(self, channel: str, question: str, *, thread_ts: str | None = None) -> Message:
        """Mention the bot before a question."""
        return self.says(channel, f"@bot {question}", thread_ts=thread_ts)

    def edits(self, message: Message, text: str) -> Message:
        """Put another text, as it would be typed, in the place of one's own."""
        with self.slack.held():
            before = self._own(message)
            ts = self.workspace.new_ts()
            now = self.workspace.change(replace(before, text=self._typed(text), edited_ts=ts))
        self.people.bulletin.changed(now, before)
        return now

    def deletes(self, message: Message) -> None:
        """Delete one's own message, or as an admin anybody's."""
        with self.slack.held():
            before = self._own(message)
            grave = self.workspace.delete(before)
        if grave is None:
            self.people.bulletin.deleted(before)
        else:
            self.people.bulletin.changed(grave, before)

    def clicks(self, place: Message | View, action_id: str, value: Entered = None) -> Delivery:
        """Press a button or choose a value, of a message or of a view, as it stands now.

        Of several buttons with one action id `value` says which; of feedback buttons it is
        `positive` or `negative`, or the value of either.
        """
        with self.slack.held():
            body = (
                self._click_message(place, action_id, value)
                if isinstance(place, Message)
                else self._click_view(place, action_id, value)
            )
        return self.people.courier.deliver("interactive", body)

    def submits(self, view: View, values: Mapping[str, Entered] | None = None) -> Submission:
        """Fill in a modal, by action or block id, and submit it; see what became of it."""
        with self.slack.held():
            now = self.workspace.views.find(view_id=view.view_id)
            state = filled_in(now.content.get("blocks"), values or {})
            body = self.people.payloads.submission(now, state)
        delivery = self.people.courier.deliver("interactive", body)
        with self.slack.held():
            try:
                return take_response(self.workspace.views, now, delivery)
            except RefusedError as error:
                self.slack.violations.append(f"view_submission: {error}")
                return Submission(delivery=delivery)

    def closes(self, view: View) -> None:
        """Close the modal that is on top; the bot hears of it where it wants to."""
        with self.slack.held():
            now = self.workspace.views.find(view_id=view.view_id)
            is_cleared = bool(now.content.get("clear_on_close"))
            gone = self.workspace.views.close(self.user_id, all_of_them=is_cleared)
        for each in gone:
            if each.content.get("notify_on_close"):
                body = self.people.payloads.closing(each, is_cleared=is_cleared)
                self.people.courier.deliver("interactive", body)

    def runs(self, command: str, text: str = "", *, channel: str = "") -> Delivery:
        """Run a slash command, in one's direct conversation where no channel is given.

        What the bot acknowledges it with is shown to the person, or to all where it says so. It
        stands where the command was run, before all that the bot says on it, however soon.
        """
        place = self._member_of(channel or self.dm).channel_id
        with self.slack.held():
            body = self.people.payloads.command(self.user_id, command, text, place)
            ts = self.workspace.new_ts()
        delivery = self.people.courier.deliver("slash_commands", body)
        if not delivery.is_acknowledged:
            self.slack.violations.append(f"{command}: not acknowledged in time")
        elif delivery.response:
            self._is_shown(command, place, delivery.response, ts)
        return delivery

    def uses_shortcut(self, message: Message, callback_id: str) -> Delivery:
        """Use a shortcut on a message."""
        with self.slack.held():
            now = self._seen(message)
            body = self.people.payloads.message_shortcut(self.user_id, now, callback_id)
        return self.people.courier.deliver("interactive", body)

    def opens_home(self, tab: str = "home") -> None:
        """Open the Home of the app, or its tab `messages`."""
        self.people.bulletin.opened_home(self.user_id, self.dm, tab)

    def joins(self, channel: str) -> None:
        """Become a member of a channel."""
        with self.slack.held():
            joined = self.workspace.join(self.user_id, channel)
        self.people.bulletin.joined(self.user_id, joined)

    def joins_workspace(self) -> None:
        """Be new in the workspace; `workspace.add_user` makes a person."""
        self.people.bulletin.joined_workspace(self.user_id)

    def invites_bot(self, channel: str) -> None:
        """Bring the bot into a channel."""
        bot = self.workspace.bot_user
        with self.slack.held():
            joined = self.workspace.join(bot, channel)
        self.people.bulletin.joined(bot, joined, inviter=self.user_id)

    def _post(
        self,
        channel: str,
        text: str,
        *,
        thread_ts: str | None,
        subtype: str | None = None,
        attachments: tuple[Json, ...] = (),
    ) -> Message:
        return self.workspace.post(
            Message(
                team=self.workspace.team,
                channel=self._member_of(channel).channel_id,
                ts=self.workspace.new_ts(),
                user=self.user_id,
                text=text,
                thread_ts=thread_ts,
                subtype=subtype,
                attachments=attachments,
            )
        )

    def _typed(self, text: str) -> str:
        escaped = html.escape(text, quote=False)
        return escaped.replace("@bot", f"<@{self.workspace.bot_user}>")

    def _member_of(self, channel: str) -> Channel:
        found = self.workspace.channels[channel]
        if self.user_id not in found.members:
            raise LookupError(f"{self.user_id} is no member of {channel}")
        return found

    def _seen(self, message: Message) -> Message:
        """The message as it stands now, where this person sees it."""
        now = self.workspace.find(message.channel, message.ts)
        if now is None or now.is_tombstone or now.ephemeral_to not in {None, self.user_id}:
            raise LookupError(f"{self.user_id} sees no message {message.ts}")
        return now

    def _own(self, message: Message) -> Message:
        now = self._seen(message)
        if now.user != self.user_id and not self.workspace.user(self.user_id).is_admin:
            raise LookupError(f"{message.ts} is {now.user}'s")
        return now

    def _click_message(self, message: Message, action_id: str, value: Entered) -> Json:
        now = self._seen(message)
        if now.is_streaming:
            raise LookupError(f"{message.ts} is being streamed: its buttons come at the end")
        placed = find_element(now.blocks, action_id, value)
        action = pressed(placed, value, self.workspace.new_ts())
        return self.people.payloads.action_on_message(self.user_id, now, action)

    def _click_view(self, view: View, action_id: str, value: Entered) -> Json:
        now = self.workspace.views.find(view_id=view.view_id)
        blocks = now.content.get("blocks")
        placed = find_element(blocks, action_id, value)
        action = pressed(placed, value, self.workspace.new_ts())
        state = state_of(blocks, placed, value)
        return self.people.payloads.action_on_view(now, action, state)

    def _is_shown(self, command: str, channel: str, response: Json, ts: str) -> None:
        place = ResponseUrl(
            workspace=self.workspace, user=self.user_id, channel=channel, made_s=0.0
        )
        with self.slack.held():
            try:
                show_response(place, response, ts)
            except RefusedError as error:
                self.slack.violations.append(f"{command}: {error}")

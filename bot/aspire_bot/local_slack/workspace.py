"""One workspace: its people, channels and messages, and every way in which they change.

Not safe for several threads by itself: `LocalSlack` calls it under its lock.
"""

import itertools
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from aspire_bot.local_slack.feed import Feed
from aspire_bot.local_slack.model import Channel, Message, SharedFile, User
from aspire_bot.local_slack.streams import Stream
from aspire_bot.local_slack.viewstack import Views
from aspire_bot.local_slack.wire import Json, RefusedError

TEAM = "T1"
BOT_USER = "UBOT"
BOT_ID = "BBOT"
BOT_TOKEN = "xoxb-local"  # noqa: S105  good on loopback only
_numbers = itertools.count(1)


@dataclass(slots=True)
class Workspace:
    """What is in a workspace now."""

    team: str = TEAM
    domain: str = "local"
    bot_user: str = BOT_USER
    bot_token: str = BOT_TOKEN
    feed: Feed = field(default_factory=Feed)
    clock: Callable[[], float] = time.time
    users: dict[str, User] = field(default_factory=dict[str, User])
    channels: dict[str, Channel] = field(default_factory=dict[str, Channel])
    usergroups: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    streams: dict[tuple[str, str], Stream] = field(default_factory=dict[tuple[str, str], Stream])
    statuses: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    """What the bot is said to be doing, by channel and thread."""
    prompts: dict[tuple[str, str], Json] = field(default_factory=dict[tuple[str, str], Json])
    titles: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    files: dict[str, SharedFile] = field(default_factory=dict[str, SharedFile])
    views: Views = field(init=False)
    _messages: dict[tuple[str, str], Message] = field(
        default_factory=dict[tuple[str, str], Message]
    )
    _deleted: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])

    def __post_init__(self) -> None:
        """Make the views' stack, and the bot itself."""
        self.views = Views(team=self.team, feed=self.feed, clock=self.clock)
        bot = User(user_id=self.bot_user, name="ask_aspire", real_name="Ask ASPIRE", is_bot=True)
        self.users[self.bot_user] = replace(bot, bot_id=BOT_ID)

    def new_ts(self) -> str:
        """Make a ts like no other, later than all before it."""
        return f"{int(self.clock()):010d}.{next(_numbers) % 1_000_000:06d}"

    def user(self, user_id: str) -> User:
        """Find a user; raises `RefusedError` for a stranger."""
        if user_id not in self.users:
            raise RefusedError("user_not_found", user_id)
        return self.users[user_id]

    def channel(self, channel_id: str) -> Channel:
        """Find a channel that the bot may know of; a user's id finds the direct conversation."""
        if channel_id in self.users:
            return self.direct(channel_id)
        found = self.channels.get(channel_id)
        if found is None or (found.kind != "public" and self.bot_user not in found.members):
            raise RefusedError("channel_not_found", channel_id)
        return found

    def direct(self, user_id: str) -> Channel:
        """Give the direct conversation of a person with the bot; it is made where it is missing."""
        self.user(user_id)
        members = frozenset({user_id, self.bot_user})
        for channel in self.channels.values():
            if channel.kind == "direct" and channel.members == members:
                return channel
        made = Channel(channel_id=f"D{user_id}", kind="direct", members=members)
        return self.add_channel(made)

    def group(self, user_ids: Iterable[str]) -> Channel:
        """Give the group conversation of some people; it is made where it is missing.

        Its id begins with C, as Slack's do now: what it is, only `is_mpim` says.
        """
        members = frozenset(self.user(user_id).user_id for user_id in user_ids)
        for channel in self.channels.values():
            if channel.kind == "group" and channel.members == members:
                return channel
        number = sum(channel.kind == "group" for channel in self.channels.values()) + 1
        names = sorted(self.users[user_id].name for user_id in members)
        mark = "" if self.team == TEAM else self.team
        made = Channel(
            channel_id=f"C{mark}GROUP{number}",
            name=f"mpdm-{'--'.join(names)}-1",
            kind="group",
            members=members,
        )
        return self.add_channel(made)

    def add_channel(self, channel: Channel) -> Channel:
        """Add a channel, or put another in its place."""
        self.channels[channel.channel_id] = channel
        self._tell("channel_changed", channel.channel_id, channel.as_json(self.bot_user))
        return channel

    def add_user(self, user: User) -> User:
        """Add a person, or put another in their place."""
        self.users[user.user_id] = user
        self._tell("user_joined", "", user.as_json(self.team))
        return user

    def join(self, user_id: str, channel_id: str) -> Channel:
        """Make a user a member of a channel."""
        channel = self.channels[channel_id]
        return self.add_channel(
            replace(channel, members=channel.members | {self.user(user_id).user_id})
        )

    def messages(self, channel: str, *, seen_by: str | None = None) -> list[Message]:
        """The messages of a channel, oldest first; ephemerals only for the one who sees them."""
        return sorted(
            (
                message
                for message in list(self._messages.values())
                if message.channel == channel and message.ephemeral_to in {None, seen_by}
            ),
            key=lambda message: message.ts,
        )

    def all_messages(self) -> list[Message]:
        """Every message of every channel, ephemerals too, oldest first."""
        return sorted(self._messages.values(), key=lambda message: message.ts)

    def thread(self, channel: str, ts: str, *, seen_by: str | None = None) -> list[Message]:
        """A thread: its first message and the replies, oldest first."""
        return [m for m in self.messages(channel, seen_by=seen_by) if m.thread == ts]

    def find(self, channel: str, ts: str) -> Message | None:
        """Find a message that is still there."""
        return self._messages.get((channel, ts))

    def message(self, channel: str, ts: str) -> Message:
        """Find a message; a person may have deleted it, which is no breach of the caller's."""
        found = self.find(channel, ts)
        if found is None or found.is_tombstone:
            is_breach = found is None and (channel, ts) not in self._deleted
            raise RefusedError("message_not_found", f"{channel} {ts}", is_breach=is_breach)
        return found

    def post(self, message: Message) -> Message:
        """Add a message. The bot's own ends what it is said to be doing in the thread."""
        if (message.channel, message.ts) in self._messages:
            raise ValueError(f"{message.ts} is taken in {message.channel}")
        if message.thread_ts is not None:
            root = self.find(message.channel, message.thread_ts)
            message = replace(message, is_orphan=root is None or root.is_tombstone)
        self._messages[message.channel, message.ts] = message
        if message.user == self.bot_user and message.ephemeral_to is None:
            self.set_status(message.channel, message.thread, "")
        self._tell_of(message, "posted")
        return message

    def change(self, message: Message) -> Message:
        """Put a new state in a message's place."""
        self._messages[message.channel, message.ts] = message
        self._tell_of(message, "changed")
        return message

    def delete(self, message: Message) -> Message | None:
        """Take a message away; the first of a living thread leaves a tombstone, which is given."""
        has_replies = len(self.thread(message.channel, message.ts)) > 1
        self._deleted.add((message.channel, message.ts))
        if has_replies and message.thread == message.ts:
            grave = replace(message, is_tombstone=True, text="This message was deleted.", blocks=())
            return self.change(replace(grave, user="USLACKBOT"))
        del self._messages[message.channel, message.ts]
        self._tell_of(message, "deleted")
        return None

    def was_deleted(self, channel: str, ts: str) -> bool:
        """Whether a message was there and is no more."""
        return (channel, ts) in self._deleted

    def set_status(self, channel: str, thread_ts: str, status: str) -> None:
        """Say what the bot is doing in a thread; nothing where it is done."""
        former = self.statuses.pop((channel, thread_ts), "")
        if status:
            self.statuses[channel, thread_ts] = status
        if status != former:
            self._tell("status_set", channel, {"thread_ts": thread_ts, "status": status})

    def permalink(self, message: Message) -> str:
        """The address of a message."""
        address = f"https://{self.domain}.slack.com/archives/{message.channel}"
        link = f"{address}/p{message.ts.replace('.', '')}"
        if message.thread_ts is None:
            return link
        return f"{link}?thread_ts={message.thread_ts}&cid={message.channel}"

    def fill(self, users: Iterable[User], channels: Iterable[Channel]) -> None:
        """Let people and channels be there from the start."""
        for user in users:
            self.add_user(user)
        for channel in channels:
            self.add_channel(channel)

    def _tell_of(self, message: Message, what: str) -> None:
        kind = "ephemeral" if message.ephemeral_to else "message"
        self._tell(
            f"{kind}_{what}", message.channel, message.as_json(), user=message.ephemeral_to or ""
        )

    def _tell(self, kind: str, channel: str, data: Json, *, user: str = "") -> None:
        self.feed.publish(kind, team=self.team, channel=channel, user=user, data=data)

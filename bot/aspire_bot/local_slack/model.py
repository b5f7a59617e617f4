"""What a workspace holds, each as a value, and as Slack writes it in JSON."""

from dataclasses import dataclass, field
from typing import Literal

from aspire_bot.local_slack.wire import Json

ChannelKind = Literal["public", "private", "direct", "group"]
"""`group` is a direct conversation of several people, an mpim."""
_EVENT_KINDS = {"public": "channel", "private": "group", "direct": "im", "group": "mpim"}


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person, or a bot. `locale` is of the form en-US, `timezone` an IANA name."""

    user_id: str
    name: str
    real_name: str = ""
    locale: str = "en-US"
    timezone: str = "Asia/Tokyo"
    is_bot: bool = False
    is_admin: bool = False
    is_guest: bool = False
    bot_id: str | None = None

    def as_json(self, team: str, *, with_locale: bool = False) -> Json:
        """As `users.info` gives it."""
        shown: dict[str, object] = {
            "id": self.user_id,
            "team_id": team,
            "name": self.name,
            "real_name": self.real_name or self.name,
            "deleted": False,
            "is_bot": self.is_bot,
            "is_admin": self.is_admin,
            "is_owner": False,
            "is_restricted": self.is_guest,
            "is_ultra_restricted": False,
            "is_app_user": False,
            "tz": self.timezone,
            "profile": {
                "real_name": self.real_name or self.name,
                "display_name": self.name,
                **({"bot_id": self.bot_id} if self.bot_id else {}),
            },
        }
        return {**shown, "locale": self.locale} if with_locale else shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A conversation; a direct one has its person and the bot as members."""

    channel_id: str
    name: str = ""
    kind: ChannelKind = "public"
    members: frozenset[str] = frozenset()
    is_ext_shared: bool = False
    is_archived: bool = False
    topic: str = ""

    @property
    def event_kind(self) -> str:
        """The `channel_type` of its messages' events."""
        return _EVENT_KINDS[self.kind]

    def as_json(self, bot_user: str) -> Json:
        """As `conversations.info` gives it."""
        common: dict[str, object] = {
            "id": self.channel_id,
            "is_im": self.kind == "direct",
            "is_mpim": self.kind == "group",
            "is_archived": self.is_archived,
            "is_ext_shared": self.is_ext_shared,
            "is_org_shared": False,
            "is_shared": self.is_ext_shared,
        }
        if self.kind == "direct":
            person = next(iter(self.members - {bot_user}), bot_user)
            return {**common, "user": person, "is_user_deleted": False}
        return {
            **common,
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind == "public",
            "is_group": self.kind == "private",
            "is_private": self.kind in {"private", "group"},
            "is_member": bot_user in self.members,
            "is_general": self.name == "general",
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
            "num_members": len(self.members),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFile:
    """A file that a person shared. `url` is where its bytes are, for who has the token.

    `mode` is `hosted`, or `external` for one that lies elsewhere; `tombstone`: it was deleted.
    """

    file_id: str
    name: str
    body: bytes = field(repr=False)
    user: str
    url: str
    mimetype: str = "application/octet-stream"
    mode: Literal["hosted", "external", "tombstone"] = "hosted"
    channels: frozenset[str] = frozenset()

    def as_json(self) -> Json:
        """As `files.info` and messages give it."""
        return {
            "id": self.file_id,
            "name": self.name,
            "title": self.name,
            "mimetype": self.mimetype,
            "filetype": self.name.rpartition(".")[2].lower(),
            "user": self.user,
            "mode": self.mode,
            "is_external": self.mode == "external",
            "size": len(self.body),
            "url_private": self.url,
            "url_private_download": self.url,
            "file_access": "visible",
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message as it stands now.

    `ephemeral_to` is the one person who sees it. `is_tombstone`: deleted, but its thread lives on.
    `is_orphan`: posted into a thread whose first message had been deleted by then.
    """

    team: str
    channel: str
    ts: str
    user: str
    text: str = ""
    blocks: tuple[Json, ...] = ()
    thread_ts: str | None = None
    bot_id: str | None = None
    subtype: str | None = None
    edited_ts: str | None = None
    ephemeral_to: str | None = None
    is_tombstone: bool = False
    is_orphan: bool = False
    streaming_state: Literal["in_progress", "completed"] | None = None
    reactions: tuple[tuple[str, str], ...] = ()
    """Name and user of each."""
    metadata: Json | None = None
    files: tuple["SharedFile", ...] = ()
    attachments: tuple[Json, ...] = ()
    """Messages that this one forwards, as Slack writes them."""

    @property
    def thread(self) -> str:
        """The ts of the first message of its thread, its own where it is none's reply."""
        return self.thread_ts or self.ts

    @property
    def is_streaming(self) -> bool:
        """Whether a stream into it is open."""
        return self.streaming_state == "in_progress"

    def as_json(self, *, with_metadata: bool = False) -> dict[str, object]:
        """As Slack writes it in replies and in events."""
        shown: dict[str, object] = {
            "type": "message",
            "user": self.user,
            "team": self.team,
            "ts": self.ts,
            "text": self.text,
        }
        optional: dict[str, object] = {
            "subtype": "tombstone" if self.is_tombstone else self.subtype,
            "hidden": True if self.is_tombstone else None,
            "blocks": list(self.blocks) or None,
            "thread_ts": self.thread_ts,
            "bot_id": self.bot_id,
            "app_id": "A1" if self.bot_id else None,
            "edited": {"user": self.user, "ts": self.edited_ts} if self.edited_ts else None,
            "is_ephemeral": True if self.ephemeral_to else None,
            "streaming_state": self.streaming_state,
            "reactions": self._reactions() or None,
            "metadata": self.metadata if with_metadata else None,
            "files": [file.as_json() for file in self.files] or None,
            "upload": False if self.files else None,
            "attachments": list(self.attachments) or None,
        }
        return {**shown, **{key: value for key, value in optional.items() if value is not None}}

    def _reactions(self) -> list[Json]:
        names = dict.fromkeys(name for name, _ in self.reactions)
        return [
            {
                "name": name,
                "users": [who for given, who in self.reactions if given == name],
                "count": sum(given == name for given, _ in self.reactions),
            }
            for name in names
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A modal or a Home as it stands now, for one person. `content` is what the bot gave."""

    view_id: str
    team: str
    user: str
    content: Json
    hash: str
    root_view_id: str
    previous_view_id: str | None = None

    def as_json(self, state: Json | None = None) -> dict[str, object]:
        """As Slack writes it in replies and in payloads."""
        blank = {"callback_id": "", "private_metadata": "", "external_id": ""}
        return {
            **blank,
            "close": None,
            "submit": None,
            "title": {"type": "plain_text", "text": "View Title"},
            "clear_on_close": False,
            "notify_on_close": False,
            **self.content,
            "id": self.view_id,
            "team_id": self.team,
            "app_id": "A1",
            "app_installed_team_id": self.team,
            "bot_id": "BBOT",
            "hash": self.hash,
            "root_view_id": self.root_view_id,
            "previous_view_id": self.previous_view_id,
            "state": {"values": dict(state or {})},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that happened in a workspace, as the subscribers of its feed are told.

    `kind` is one of message_posted, message_changed, message_deleted, ephemeral_posted,
    ephemeral_changed, ephemeral_deleted, status_set, prompts_set, title_set, view_opened,
    view_changed, view_closed, home_published, channel_changed, user_joined. `user` is the one
    person it is for, "" for all who see the channel.
    """

    number: int
    kind: str
    team: str
    channel: str = ""
    user: str = ""
    data: Json = field(default_factory=dict[str, object])

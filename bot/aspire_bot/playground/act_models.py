"""What the page asks for: acts of one person in the workspace, as they are checked."""

from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from annotated_types import Len, MaxLen
from pydantic import (
    AfterValidator,
    Base64Bytes,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
)

MAX_TEXT = 12_000
MAX_FILE_BYTES = 600_000
"""Of one file that is shared from the page."""
_Id = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,40}$")]
_Ts = Annotated[str, StringConstraints(pattern=r"^\d{1,12}\.\d{1,8}$")]
_Text = Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT)]
_Name = Annotated[str, StringConstraints(min_length=1, max_length=255)]
_Value = Annotated[str, StringConstraints(max_length=3000)]
_Entered = _Value | list[_Value] | None


def known_zone(name: str) -> str:
    """Check the IANA name of a time zone; raises ValueError for what is none."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f"{name!r} is no time zone") from error
    return name


class _Act(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    user: _Id


class Say(_Act):
    """Post a message."""

    act: Literal["say"]
    channel: _Id
    text: _Text
    thread_ts: _Ts | None = None
    is_me: bool = False
    """Said as `/me` says it."""


class Share(_Act):
    """Share files; their bytes come in base64."""

    act: Literal["share"]
    channel: _Id
    files: Annotated[dict[_Name, Annotated[Base64Bytes, MaxLen(MAX_FILE_BYTES)]], Len(1, 5)]
    text: Annotated[str, StringConstraints(max_length=MAX_TEXT)] = ""
    thread_ts: _Ts | None = None


class Forward(_Act):
    """Forward a message that one sees, with words of one's own above it."""

    act: Literal["forward"]
    channel: _Id
    ts: _Ts
    to: _Id
    text: Annotated[str, StringConstraints(max_length=MAX_TEXT)] = ""


class OpenGroup(_Act):
    """Open the group conversation with others and the bot."""

    act: Literal["open_group"]
    others: Annotated[list[_Id], Len(1, 7)]


class SetTimezone(_Act):
    """Keep another time."""

    act: Literal["set_timezone"]
    timezone: Annotated[str, AfterValidator(known_zone)]


class Edit(_Act):
    """Change one's own message."""

    act: Literal["edit"]
    channel: _Id
    ts: _Ts
    text: _Text


class Delete(_Act):
    """Delete one's own message."""

    act: Literal["delete"]
    channel: _Id
    ts: _Ts


class Click(_Act):
    """Press a button or choose a value, of a message, or of a modal or Home by `view_id`."""

    act: Literal["click"]
    channel: _Id | None = None
    ts: _Ts | None = None
    view_id: _Id | None = None
    action_id: _Name
    value: _Entered = None


class Submit(_Act):
    """Submit a modal."""

    act: Literal["submit"]
    view_id: _Id
    values: dict[_Name, _Entered]


class Close(_Act):
    """Close a modal."""

    act: Literal["close"]
    view_id: _Id


class Command(_Act):
    """Run a slash command."""

    act: Literal["command"]
    channel: _Id
    command: Annotated[str, StringConstraints(pattern=r"^/[a-z0-9_-]{1,32}$")]
    text: Annotated[str, StringConstraints(max_length=MAX_TEXT)] = ""


class Shortcut(_Act):
    """Use a shortcut on a message."""

    act: Literal["shortcut"]
    channel: _Id
    ts: _Ts
    callback_id: _Name


class OpenApp(_Act):
    """Open the app, at one of its tabs."""

    act: Literal["open_app"]
    tab: Literal["home", "messages"]


class JoinChannel(_Act):
    """Become a member of a public channel."""

    act: Literal["join_channel"]
    channel: _Id


class InviteBot(_Act):
    """Bring the bot into a channel."""

    act: Literal["invite_bot"]
    channel: _Id


class Welcome(_Act):
    """Let a new person join the workspace and its open channels where the bot is."""

    act: Literal["welcome"]
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    locale: Literal["en-US", "ja-JP"]
    timezone: Annotated[str, AfterValidator(known_zone)] = "Asia/Tokyo"


Act = Annotated[
    Say
    | Share
    | Forward
    | OpenGroup
    | SetTimezone
    | Edit
    | Delete
    | Click
    | Submit
    | Close
    | Command
    | Shortcut
    | OpenApp
    | JoinChannel
    | InviteBot
    | Welcome,
    Field(discriminator="act"),
]
ACT: TypeAdapter[Act] = TypeAdapter(Act)

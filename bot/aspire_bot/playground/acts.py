"""What the page asks for: acts of one person in the workspace, checked and done."""

from collections.abc import Callable, Mapping
from typing import Annotated, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from aspire_bot.local_slack.model import Message, User
from aspire_bot.local_slack.people import People, Person
from aspire_bot.local_slack.viewstack import View

MAX_TEXT = 12_000
MOST_PEOPLE = 40
_Id = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,40}$")]
_Ts = Annotated[str, StringConstraints(pattern=r"^\d{1,12}\.\d{1,8}$")]
_Text = Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT)]
_Name = Annotated[str, StringConstraints(min_length=1, max_length=255)]
_Value = Annotated[str, StringConstraints(max_length=3000)]
_Entered = _Value | list[_Value] | None

Errors = Mapping[str, str]
"""What the bot found wrong with a modal, by block."""


class _Act(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    user: _Id


class Say(_Act):
    """Post a message."""

    act: Literal["say"]
    channel: _Id
    text: _Text
    thread_ts: _Ts | None = None


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


Act = Annotated[
    Say
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


def perform(people: People, act: Act) -> Mapping[str, object]:
    """Do it, and give what the page must know at once: the errors of a modal, who is new.

    Raises:
        LookupError: the person cannot do that: it is not there, or not theirs.
        ValueError: a modal is not filled in as it must be.
        RefusedError: Slack would not take it.
    """
    done = _DO[type(act)](people, people[act.user], act)
    return done or {}


def _say(people: People, person: Person, act: Say) -> None:
    del people
    person.says(act.channel, act.text, thread_ts=act.thread_ts)


def _edit(people: People, person: Person, act: Edit) -> None:
    person.edits(_message(people, act.channel, act.ts), act.text)


def _delete(people: People, person: Person, act: Delete) -> None:
    person.deletes(_message(people, act.channel, act.ts))


def _click(people: People, person: Person, act: Click) -> None:
    if act.view_id:
        person.clicks(_view(people, act.user, act.view_id), act.action_id, act.value)
    else:
        person.clicks(_message(people, act.channel or "", act.ts or ""), act.action_id, act.value)


def _submit(people: People, person: Person, act: Submit) -> Mapping[str, object]:
    submission = person.submits(_view(people, act.user, act.view_id), act.values)
    return {"errors": dict(submission.errors)}


def _close(people: People, person: Person, act: Close) -> None:
    person.closes(_view(people, act.user, act.view_id))


def _command(people: People, person: Person, act: Command) -> None:
    del people
    person.runs(act.command, act.text, channel=act.channel)


def _shortcut(people: People, person: Person, act: Shortcut) -> None:
    person.uses_shortcut(_message(people, act.channel, act.ts), act.callback_id)


def _open_app(people: People, person: Person, act: OpenApp) -> None:
    del people
    person.opens_home(act.tab)


def _join_channel(people: People, person: Person, act: JoinChannel) -> None:
    if people.workspace.channels[act.channel].kind != "public":
        raise LookupError(f"{act.channel} is not open to everybody")
    person.joins(act.channel)


def _invite_bot(people: People, person: Person, act: InviteBot) -> None:
    if person.user_id not in people.workspace.channels[act.channel].members:
        raise LookupError(f"{person.user_id} is no member of {act.channel}")
    person.invites_bot(act.channel)


def _welcome(people: People, person: Person, act: Welcome) -> Mapping[str, object]:
    del person
    with people.slack.held():
        number = len(people.workspace.users)
        if number >= MOST_PEOPLE:
            raise LookupError("the workspace is full")
        made = User(
            user_id=f"U{number + 1}00", name=act.name, real_name=act.name, locale=act.locale
        )
        people.workspace.add_user(made)
        bot = people.workspace.bot_user
        channels = people.workspace.channels.values()
        found = [c for c in channels if c.kind == "public" and bot in c.members]
        open_to_all = [c.channel_id for c in found if not c.is_ext_shared]
    new = people[made.user_id]
    new.joins_workspace()
    for channel in open_to_all:
        new.joins(channel)
    return {"user": made.user_id}


def _message(people: People, channel: str, ts: str) -> Message:
    found = people.workspace.find(channel, ts)
    if found is None:
        raise LookupError(f"no message {ts}")
    return found


def _view(people: People, user: str, view_id: str) -> View:
    found = people.workspace.views.find(view_id=view_id)
    if found.user != user:
        raise LookupError(f"{view_id} is not before {user}")
    return found


_Do = Callable[[People, Person, Act], Mapping[str, object] | None]
_DO = cast(
    "Mapping[type[Act], _Do]",  # each takes its own act, which the type of the key says
    {
        Say: _say,
        Edit: _edit,
        Delete: _delete,
        Click: _click,
        Submit: _submit,
        Close: _close,
        Command: _command,
        Shortcut: _shortcut,
        OpenApp: _open_app,
        JoinChannel: _join_channel,
        InviteBot: _invite_bot,
        Welcome: _welcome,
    },
)

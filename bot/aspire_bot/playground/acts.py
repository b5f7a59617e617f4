"""What the page asks for, done: acts of one person in the workspace."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import cast

from aspire_bot.local_slack.model import Message, User
from aspire_bot.local_slack.people import People, Person
from aspire_bot.local_slack.viewstack import View
from aspire_bot.playground.act_models import (
    Act,
    Click,
    Close,
    Command,
    Delete,
    Edit,
    Forward,
    InviteBot,
    JoinChannel,
    OpenApp,
    OpenGroup,
    Say,
    SetTimezone,
    Share,
    Shortcut,
    Submit,
    Welcome,
)

MOST_PEOPLE = 40


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
    person.says(act.channel, act.text, thread_ts=act.thread_ts, is_me=act.is_me)


def _share(people: People, person: Person, act: Share) -> None:
    del people
    person.shares(act.channel, act.files, act.text, thread_ts=act.thread_ts)


def _forward(people: People, person: Person, act: Forward) -> None:
    person.forwards(_message(people, act.channel, act.ts), act.to, act.text)


def _open_group(people: People, person: Person, act: OpenGroup) -> Mapping[str, object]:
    if strangers := [one for one in act.others if one not in people.workspace.users]:
        raise LookupError(f"nobody is called {strangers[0]}")
    return {"channel": person.opens_group(*act.others)}


def _set_timezone(people: People, person: Person, act: SetTimezone) -> None:
    with people.slack.held():
        known = people.workspace.user(person.user_id)
        people.workspace.add_user(replace(known, timezone=act.timezone))


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
            user_id=f"U{number + 1}00",
            name=act.name,
            real_name=act.name,
            locale=act.locale,
            timezone=act.timezone,
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
        Share: _share,
        Forward: _forward,
        OpenGroup: _open_group,
        SetTimezone: _set_timezone,
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

"""What a person's page is told, and what it is not."""

from collections.abc import Generator
from itertools import count
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.local_slack.server import LocalSlack

from aspire_bot.local_slack.courier import Attempt, Courier, Kind, Retry
from aspire_bot.local_slack.people import People
from aspire_bot.local_slack.wire import Json
from aspire_bot.playground.act_models import ACT, Welcome
from aspire_bot.playground.acts import MOST_PEOPLE, perform
from aspire_bot.playground.snapshot import MOST_MESSAGES, message_shown, snapshot
from aspire_bot.playground.telling_transport import TOLD, TellingTransport, what_of
from aspire_bot.playground.watch import watch

_examples = count()
WHO = ("U1", "U2", "U3", "U4")


class Nodding:
    """A bot that takes everything and does nothing."""

    def send(self, kind: Kind, body: Json, *, retry: Retry | None, deadline_s: float) -> Attempt:
        del kind, body, retry, deadline_s
        return Attempt(status=200, seconds=0.0123)


@pytest.fixture
def slack() -> Generator[LocalSlack]:
    with LocalSlack() as running:
        yield running


@pytest.fixture(scope="module")
def lasting() -> Generator[LocalSlack]:
    """One for all examples of a property."""
    with LocalSlack() as running:
        yield running


def _people(slack: LocalSlack) -> People:
    return People(slack, Courier(TellingTransport(Nodding(), slack)))


def _texts(slack: LocalSlack, user: str) -> set[object]:
    messages = snapshot(slack.workspace, user)["messages"]
    assert isinstance(messages, list)
    return {message["text"] for message in messages}  # pyright: ignore[reportUnknownVariableType]  JSON


@given(
    said=st.lists(
        st.tuples(st.sampled_from(WHO), st.sampled_from(("C1", "C3", "G1", "X1"))), max_size=12
    )
)
def test_nobody_sees_what_is_said_where_they_are_not(
    lasting: LocalSlack, said: list[tuple[str, str]]
) -> None:
    people, example = _people(lasting), next(_examples)
    expected: dict[str, set[object]] = {user: set() for user in WHO}
    for number, (user, channel) in enumerate(said):
        members, text = lasting.workspace.channels[channel].members, f"{example}-{number}"
        if user not in members:
            with pytest.raises(LookupError):
                people[user].says(channel, text)
            continue
        people[user].says(channel, text)
        for reader in members & set(WHO):
            expected[reader].add(text)
    for user in WHO:
        shown = {t for t in _texts(lasting, user) if str(t).startswith(f"{example}-")}
        assert shown == expected[user]


def test_a_feed_tells_only_what_its_person_sees(slack: LocalSlack) -> None:
    people, stop = _people(slack), Event()
    feed = watch(slack, "U1", stop)
    next(feed)
    people["U3"].says("G1", "among staff")
    people["U2"].says("C1", "to all")
    told: list[Json] = []
    while not told or told[-1].get("kind") != "message_posted":
        told.append(next(feed)[1])
    assert told[-1]["channel"] == "C1"
    assert "among staff" not in str(told)
    feed.close()


def test_who_falls_behind_is_told_the_whole_again(slack: LocalSlack) -> None:
    feed = watch(slack, "U1", Event())
    next(feed)
    for number in range(1100):
        slack.feed.publish("status_set", team="T1", channel="C1", data={"n": number})
    names = [next(feed)[0] for _ in range(3)]
    assert names == ["snapshot", "change", "change"]
    feed.close()


def test_a_quiet_feed_finds_out_whether_the_page_is_there(slack: LocalSlack) -> None:
    feed = watch(slack, "U1", Event())
    assert next(feed)[0] == "snapshot"
    assert next(feed) == ("", {})
    feed.close()


def test_only_the_newest_messages_are_shown(slack: LocalSlack) -> None:
    people = _people(slack)
    for number in range(MOST_MESSAGES + 5):
        people["U1"].says("C3", str(number))
    assert _texts(slack, "U1") == {str(n) for n in range(5, MOST_MESSAGES + 5)}
    (first, *_) = slack.workspace.messages("C3")
    assert message_shown(first)["channel"] == "C3"


def test_the_bot_is_told_of_in_milliseconds(slack: LocalSlack) -> None:
    with slack.feed.subscribe() as subscription:
        _people(slack)["U1"].says("D1", "Hello")
        told = [subscription.next(1), subscription.next(1)]
    assert told[1] is not None
    expected = {"what": "message.im", "ms": 12, "is_acknowledged": True, "retry": 0}
    assert (told[1].kind, dict(told[1].data)) == (TOLD, expected)


@pytest.mark.parametrize(
    ("kind", "body", "what"),
    [
        ("slash_commands", {"command": "/aspire", "text": "help"}, "/aspire"),
        ("events_api", {"event": {"type": "app_mention"}}, "app_mention"),
        (
            "events_api",
            {"event": {"type": "app_home_opened", "tab": "home"}},
            "app_home_opened.home",
        ),
        (
            "events_api",
            {"event": {"type": "message", "channel_type": "group", "subtype": "message_changed"}},
            "message.groups.message_changed",
        ),
        (
            "interactive",
            {"type": "block_actions", "actions": [{"action_id": "a:b"}]},
            "block_actions a:b",
        ),
        (
            "interactive",
            {"type": "view_submission", "view": {"callback_id": "v"}},
            "view_submission v",
        ),
        ("interactive", {"type": "message_action", "callback_id": "c"}, "message_action c"),
        ("interactive", {"type": "view_closed"}, "view_closed"),
    ],
)
def test_what_the_bot_is_told_is_named(kind: Kind, body: Json, what: str) -> None:
    assert what_of(kind, body) == what


def test_newcomers_join_the_open_channels_until_the_workspace_is_full(slack: LocalSlack) -> None:
    people = _people(slack)
    act = Welcome(act="welcome", user="U1", name="Nora", locale="ja-JP")
    user = str(perform(people, act)["user"])
    member_of = {c.channel_id for c in slack.workspace.channels.values() if user in c.members}
    assert member_of == {"C1", "C2"}
    assert slack.workspace.users[user].locale == "ja-JP"
    for _ in range(MOST_PEOPLE - len(slack.workspace.users)):
        perform(people, act)
    with pytest.raises(LookupError, match="full"):
        perform(people, act)


@given(
    act=st.fixed_dictionaries(
        {"act": st.sampled_from(["say", "click", "submit", "command", "rule"])},
        optional={
            "user": st.text(max_size=8),
            "channel": st.text(max_size=8),
            "text": st.text(max_size=8),
            "command": st.text(max_size=8),
            "values": st.dictionaries(st.text(max_size=3), st.integers()),
        },
    )
)
def test_an_act_is_sound_or_refused(act: dict[str, object]) -> None:
    try:
        read = ACT.validate_python(act)
    except ValidationError:
        return
    assert read.act == act["act"]
    assert read.user.isalnum()

"""What people do, as a real Bolt app is told of it over either transport."""

import json
import time
from collections.abc import Generator, Sequence
from typing import Any

import pytest
from slack_bolt import BoltResponse
from slack_sdk.webhook import WebhookClient
from tests.local_slack.bolt_bot import BoltBot, Told, TransportName, bolt_bot
from tests.local_slack.server import LocalSlack
from tests.unit.bot.local_slack.kit import ACTIONS, BLOCKS, HOME, MODAL, PLAIN, SECTION

from aspire_bot.local_slack.events import event_body
from aspire_bot.local_slack.model import Message, User
from aspire_bot.local_slack.people import People, Person


@pytest.fixture(params=["http", "socket"])
def bot(request: pytest.FixtureRequest) -> Generator[BoltBot]:
    transport: TransportName = request.param
    with LocalSlack() as slack, bolt_bot(slack, transport) as running:
        yield running


@pytest.fixture
def over_http() -> Generator[BoltBot]:
    with LocalSlack() as slack, bolt_bot(slack, "http") as running:
        yield running


def _alice(bot: BoltBot) -> Person:
    return bot.people["U1"]


def _events(bot: BoltBot) -> list[Told]:
    return [body["event"] for body in bot.heard()]


def _posted(bot: BoltBot, *blocks: Told, **fields: Any) -> Message:
    ts = bot.client.chat_postMessage(channel="C1", text="hello", blocks=list(blocks), **fields)[
        "ts"
    ]
    return bot.people.workspace.message("C1", ts)


def _opened(bot: BoltBot, view: Told = MODAL) -> None:
    """Let the app open a modal at the next thing that alice does."""

    def open_view(body: Told) -> BoltResponse:
        bot.client.views_open(trigger_id=body["trigger_id"], view=view)
        return BoltResponse(status=200)

    bot.on = open_view
    _alice(bot).runs("/aspire", "open")
    bot.on = lambda body: BoltResponse(status=200)
    bot.heard()


def _says(bot: BoltBot, response: Told) -> None:
    """Let the app acknowledge what comes next with a response."""
    headers: dict[str, str | Sequence[str]] = {"content-type": "application/json"}
    bot.on = lambda body: BoltResponse(status=200, body=json.dumps(response), headers=headers)


def test_a_mention_comes_with_its_twin(bot: BoltBot) -> None:
    said = _alice(bot).asks("C1", "Goals & <costs>?")
    mention, twin = _events(bot)
    assert (mention["type"], twin["type"], twin["channel_type"]) == (
        "app_mention",
        "message",
        "channel",
    )
    assert mention["ts"] == twin["ts"] == said.ts
    assert mention["text"] == "<@UBOT> Goals &amp; &lt;costs&gt;?"
    assert "channel_type" not in mention
    assert all(delivery.is_acknowledged for delivery in bot.people.courier.deliveries)


def test_the_bot_hears_where_it_is_a_member_and_what_it_asked_for(bot: BoltBot) -> None:
    alice, sato = _alice(bot), bot.people["U3"]
    alice.says("C1", "among us")
    alice.says(alice.dm, "to you")
    alice.says("C3", "@bot not here")
    sato.says("G1", "in private")
    kinds = [event["channel_type"] for event in _events(bot)]
    assert kinds == ["channel", "im", "group"]
    bot.people.bulletin.subscriptions = frozenset({"app_mention"})
    alice.says("C1", "among us")
    alice.asks("C1", "you?")
    assert [event["type"] for event in _events(bot)] == ["app_mention"]
    bot.people.bulletin.subscriptions = frozenset({"message.channels"})
    alice.asks("C1", "you?")
    assert [event["type"] for event in _events(bot)] == ["message"]
    with pytest.raises(LookupError):
        alice.says("G1", "let me in")


def test_edits_and_deletions(bot: BoltBot) -> None:
    alice = _alice(bot)
    said = alice.says("C1", "one")
    alice.edits(said, "two")
    alice.deletes(said)
    root = alice.says("C1", "root")
    alice.says("C1", "reply", thread_ts=root.ts)
    alice.deletes(root)
    bot_events = _events(bot)
    edited, deleted, buried = bot_events[1], bot_events[2], bot_events[5]
    assert (edited["subtype"], edited["message"]["text"]) == ("message_changed", "two")
    assert edited["previous_message"]["text"] == "one"
    assert edited["message"]["edited"]["user"] == "U1"
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", said.ts)
    # the first message of a living thread leaves a tombstone
    assert (buried["subtype"], buried["message"]["subtype"]) == ("message_changed", "tombstone")
    assert bot.people.workspace.was_deleted("C1", root.ts)


def test_only_ones_own_messages_are_edited(over_http: BoltBot) -> None:
    said = _alice(over_http).says("C1", "mine")
    with pytest.raises(LookupError, match="U1's"):
        over_http.people["U2"].edits(said, "yours")


def test_a_click_tells_what_and_where(bot: BoltBot) -> None:
    message = _posted(bot, SECTION, ACTIONS, BLOCKS["context_actions"])
    alice = _alice(bot)
    alice.clicks(message, "press")
    alice.clicks(message, "pick", "two")
    alice.clicks(message, "boxes", ["one"])
    alice.clicks(message, "where", "C2")
    alice.clicks(message, "vote", "negative")
    bodies = bot.heard()
    acts = [body["actions"][0] for body in bodies]
    assert (acts[0]["value"], acts[0]["block_id"]) == ("v", "acts")
    assert acts[1]["selected_option"]["value"] == "two"
    assert acts[2]["selected_options"] == [{"text": PLAIN, "value": "one"}]
    assert acts[3]["selected_conversation"] == "C2"
    assert (acts[4]["type"], acts[4]["value"]) == ("feedback_buttons", "bad")
    assert bodies[0]["message"]["ts"] == bodies[0]["container"]["message_ts"] == message.ts
    assert (bodies[0]["user"]["id"], bodies[0]["team"]["id"]) == ("U1", "T1")
    for action_id, value in [("gone", None), ("pick", "three"), ("vote", "maybe"), ("press", "w")]:
        with pytest.raises(LookupError):
            alice.clicks(message, action_id, value)


def test_a_command_is_answered_to_the_one_who_ran_it(bot: BoltBot) -> None:
    _says(bot, {"response_type": "ephemeral", "text": "For you", "blocks": [SECTION]})
    _alice(bot).runs("/aspire", "help me & you", channel="C1")
    (body,) = bot.heard()
    assert (body["command"], body["text"], body["channel_id"]) == (
        "/aspire",
        "help me & you",
        "C1",
    )
    assert [m.text for m in _alice(bot).sees("C1")] == ["For you"]
    assert bot.people["U2"].sees("C1") == []


def test_a_response_url_takes_five(over_http: BoltBot) -> None:
    slack, alice = over_http.people.slack, _alice(over_http)
    alice.runs("/aspire", channel="C1")
    webhook = WebhookClient(over_http.heard()[0]["response_url"])
    assert webhook.send(text="one").status_code == 200
    assert webhook.send(text="two", response_type="in_channel").status_code == 200
    for _ in range(3):
        webhook.send(text="more")
    assert webhook.send(text="six").status_code == 404
    assert [m.text for m in over_http.people["U2"].sees("C1")] == ["two"]
    assert [m.text for m in alice.sees("C1")] == ["one", "two", "more", "more", "more"]
    assert any("used_url" in violation for violation in slack.violations)


def test_a_response_url_replaces_and_deletes_what_was_clicked(over_http: BoltBot) -> None:
    alice, client = _alice(over_http), over_http.client
    client.chat_postEphemeral(channel="C1", user="U1", text="share?", blocks=[ACTIONS])
    (shown,) = alice.sees("C1")
    alice.clicks(shown, "press")
    (body,) = over_http.heard()
    assert body["container"]["is_ephemeral"]
    assert "message" not in body
    webhook = WebhookClient(body["response_url"])
    webhook.send(text="shared", replace_original=True)
    assert [(m.ts, m.text) for m in alice.sees("C1")] == [(shown.ts, "shared")]
    webhook.send(delete_original=True)
    assert alice.sees("C1") == []


def test_a_modal_is_opened_filled_in_and_closed(bot: BoltBot) -> None:
    _opened(bot)
    alice = _alice(bot)
    view = alice.waits_for_view()
    with pytest.raises(ValueError, match="must be filled in"):
        alice.submits(view)
    with pytest.raises(ValueError, match="0 to 100"):
        alice.submits(view, {"why": "x" * 101})
    with pytest.raises(LookupError):
        alice.submits(view, {"why": "wrong", "other": "x"})
    submission = alice.submits(view, {"why": "wrong", "pick": "two"})
    (body,) = bot.heard()
    values = body["view"]["state"]["values"]
    assert values["why"]["why"] == {"type": "plain_text_input", "value": "wrong"}
    assert values["pick"]["pick"]["selected_option"]["value"] == "two"
    assert (body["view"]["callback_id"], body["view"]["private_metadata"]) == ("reason", "{}")
    assert submission.errors == {}
    assert bot.people.workspace.views.top("U1") is None
    assert bot.people.slack.violations == []


def test_a_modal_stays_where_there_are_errors_and_goes_on_where_told(bot: BoltBot) -> None:
    _opened(bot)
    alice, views = _alice(bot), bot.people.workspace.views
    _says(bot, {"response_action": "errors", "errors": {"why": "too short"}})
    assert alice.submits(alice.waits_for_view(), {"why": "x"}).errors == {"why": "too short"}
    _says(bot, {"response_action": "push", "view": {**MODAL, "callback_id": "second"}})
    alice.submits(alice.waits_for_view(), {"why": "x"})
    assert [view.content["callback_id"] for view in views.stack("U1")] == ["reason", "second"]
    _says(bot, {"response_action": "clear"})
    alice.submits(alice.waits_for_view(), {"why": "x"})
    assert views.stack("U1") == []
    assert bot.people.slack.violations == []


def test_a_bad_answer_to_a_submission_is_a_violation(over_http: BoltBot) -> None:
    _opened(over_http)
    alice = _alice(over_http)
    _says(over_http, {"response_action": "errors", "errors": {"no_such_block": "x"}})
    alice.submits(alice.waits_for_view(), {"why": "x"})
    (violation,) = over_http.people.slack.violations
    assert "no_such_block" in violation


def test_closing_is_told_where_it_is_asked_for(bot: BoltBot) -> None:
    _opened(bot)
    _alice(bot).closes(_alice(bot).waits_for_view())
    (body,) = bot.heard()
    assert (body["type"], body["is_cleared"]) == ("view_closed", False)
    assert bot.people.workspace.views.top("U1") is None


def test_a_trigger_is_good_once_and_for_three_seconds() -> None:
    now = [1_800_000_000.0]
    with LocalSlack(clock=lambda: now[0]) as slack, bolt_bot(slack, "http") as running:
        _alice(running).runs("/aspire")
        _alice(running).runs("/aspire")
        first, second = (body["trigger_id"] for body in running.heard())
        running.client.views_open(trigger_id=first, view=MODAL)
        with pytest.raises(Exception, match="exchanged_trigger_id"):
            running.client.views_push(trigger_id=first, view=MODAL)
        now[0] += 3.1
        with pytest.raises(Exception, match="expired_trigger_id"):
            running.client.views_push(trigger_id=second, view=MODAL)


def test_home_shortcuts_and_newcomers(bot: BoltBot) -> None:
    alice = _alice(bot)
    alice.opens_home()
    bot.client.views_publish(user_id="U1", view=HOME)
    assert alice.waits_for_home().content == HOME
    alice.clicks(alice.waits_for_home(), "press")
    said = alice.says("C1", "answer this")
    alice.uses_shortcut(said, "answer_this")
    bot.people.workspace.add_user(User(user_id="U9", name="newcomer"))
    bot.people["U9"].joins_workspace()
    bot.people["U9"].joins("C1")
    alice.invites_bot("C3")
    opened, click, _, shortcut, new, joined, invited = bot.heard()
    assert (opened["event"]["type"], opened["event"]["tab"]) == ("app_home_opened", "home")
    assert click["view"]["type"] == "home"
    assert (shortcut["type"], shortcut["message"]["ts"]) == ("message_action", said.ts)
    assert new["event"]["user"]["id"] == "U9"
    assert joined["event"]["user"] == "U9"
    assert (invited["event"]["user"], invited["event"]["inviter"]) == ("UBOT", "U1")


def test_an_event_is_delivered_again_until_it_is_acknowledged(bot: BoltBot) -> None:
    statuses = iter([500, 500, 200])
    bot.on = lambda body: BoltResponse(status=next(statuses))
    bot.people.courier.ack_deadline_s = 0.3
    bot.people.courier.retry_delays_s = (0.0, 0.0, 0.0)
    _alice(bot).says("D1", "hello")
    told = [bot.told.get_nowait() for _ in range(bot.told.qsize())]
    assert [number for _, number in told] == [None, "1", "2"]
    assert len({body["event_id"] for body, _ in told}) == 1
    (delivery,) = bot.people.courier.deliveries
    assert delivery.is_acknowledged
    assert bot.people.courier.late() == [delivery]


def test_a_late_acknowledgement_is_seen(over_http: BoltBot) -> None:
    def dawdle(body: Told) -> BoltResponse:
        del body
        time.sleep(0.3)
        return BoltResponse(status=200)

    over_http.on = dawdle
    courier = over_http.people.courier
    courier.ack_deadline_s, courier.retry_delays_s = 0.1, ()
    _alice(over_http).says("D1", "hello")
    assert len(courier.late()) == 1
    assert courier.deliveries[0].ack_s >= 0.1


def test_a_cut_socket_comes_back() -> None:
    with LocalSlack() as slack, bolt_bot(slack, "socket") as running:
        slack.socket.wait_for_connection()
        assert slack.socket.disconnect() == 1
        running.people.courier.ack_deadline_s = 10
        _alice(running).says("D1", "hello")
        assert [event["text"] for event in _events(running)] == ["hello"]
        assert slack.socket.connections >= 2


def test_what_happens_is_told_to_subscribers(over_http: BoltBot) -> None:
    slack = over_http.people.slack
    with slack.feed.subscribe() as subscription:
        said = _alice(over_http).says("C1", "hello")
        over_http.client.chat_postEphemeral(channel="C1", user="U1", text="psst")
        posted, whispered = (subscription.next(5) for _ in range(2))
    assert posted is not None
    assert whispered is not None
    assert (posted.kind, posted.channel, posted.data["ts"]) == ("message_posted", "C1", said.ts)
    assert (whispered.kind, whispered.user) == ("ephemeral_posted", "U1")
    assert whispered.number > posted.number


def test_a_subscriber_that_falls_behind_knows_it(over_http: BoltBot) -> None:
    feed = over_http.people.slack.feed
    with feed.subscribe() as subscription:
        for number in range(1001):
            feed.publish("status_set", team="T1", data={"number": number})
        first = subscription.next(1)
    assert subscription.has_gap
    assert first is not None
    assert first.data == {"number": 1}


def test_waiting_in_vain_says_what_went_wrong(over_http: BoltBot) -> None:
    alice = _alice(over_http)
    said = alice.says("C1", "hello")
    with pytest.raises(Exception, match="channel_not_found"):
        over_http.client.chat_postMessage(channel="C404", text="x")
    with pytest.raises(TimeoutError, match=r"a reply to 'hello'.*channel_not_found"):
        alice.waits_for_reply(said, timeout_s=0.05)


def test_what_acknowledges_a_command_stands_before_all_that_is_said_on_it(bot: BoltBot) -> None:
    def answer_first(body: Told) -> BoltResponse:
        bot.client.chat_postMessage(channel="C1", text="the answer")
        said = {"response_type": "ephemeral", "text": f"You asked: {body['text']}"}
        return BoltResponse(status=200, body=said)

    bot.on = answer_first
    _alice(bot).runs("/aspire", "goals", channel="C1")
    texts = [message.text for message in bot.people.workspace.all_messages()]
    assert texts == ["You asked: goals", "the answer"]


def test_an_ext_shared_channel_is_told_in_the_envelope(over_http: BoltBot) -> None:
    _alice(over_http).says("X1", "hello")
    _alice(over_http).says("C1", "hello")
    assert [body["is_ext_shared_channel"] for body in over_http.heard()] == [True, False]
    assert event_body({"type": "x"}, team="T2")["team_id"] == "T2"


def test_people_of_a_second_workspace(over_http: BoltBot) -> None:
    first = over_http.people
    other = first.slack.add_workspace("T2")
    people = People(first.slack, first.courier, workspace=other)
    people["UT21"].asks("CT21", "Goals?")
    mention, twin = (delivery.body for delivery in first.courier.deliveries)
    assert mention["team_id"] == twin["team_id"] == "T2"
    event: Any = mention["event"]
    assert (event["text"], event["team"]) == ("<@UBOTT2> Goals?", "T2")
    assert first.workspace.all_messages() == []

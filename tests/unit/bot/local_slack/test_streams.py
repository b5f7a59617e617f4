"""A streamed message from its start to its end, by the SDK's own helper."""

import pytest
from slack_sdk.errors import SlackApiError
from tests.local_slack.second_opinion import message_doubts
from tests.local_slack.server import LocalSlack
from tests.unit.bot.local_slack.conftest import Client, Clock, code_of
from tests.unit.bot.local_slack.kit import SECTION

from aspire_bot.local_slack.model import Message
from aspire_bot.local_slack.wire import objects

RECIPIENT = {"recipient_team_id": "T1", "recipient_user_id": "U1"}


@pytest.fixture
def root(slack: LocalSlack) -> str:
    said = Message(team="T1", channel="C1", ts=slack.workspace.new_ts(), user="U1", text="?")
    return slack.workspace.post(said).ts


def _task(status: str, **fields: object) -> dict[str, object]:
    return {"type": "task_update", "id": "t1", "title": "Searching", "status": status, **fields}


def _started(client: Client, root: str) -> str:
    given = {"channel": "C1", "thread_ts": root, **RECIPIENT}
    return str(client.chat_startStream(**given, chunks=[_task("in_progress")])["ts"])


def test_a_plan_of_tasks_then_the_answer_under_it(
    slack: LocalSlack, client: Client, root: str
) -> None:
    stream = client.chat_stream(
        channel="C1", thread_ts=root, task_display_mode="plan", buffer_size=1, **RECIPIENT
    )
    stream.append(chunks=[_task("in_progress", details="one ")])
    assert stream.ts is not None
    live = slack.workspace.message("C1", stream.ts)
    assert (live.is_streaming, live.thread_ts) == (True, root)
    (card,) = objects(live.blocks[0]["tasks"])
    assert card["status"] == "in_progress"
    stream.append(chunks=[_task("complete", details="two")])
    stream.append(markdown_text="The goals ")
    stream.append(markdown_text="are two.")
    stream.stop(blocks=[SECTION])
    done = slack.workspace.message("C1", stream.ts)
    plan, text, section = done.blocks
    (card,) = objects(plan["tasks"])
    assert (card["status"], "one two" in str(card["details"])) == ("complete", True)
    assert (text["text"], section) == ("The goals are two.", SECTION)
    assert (done.text, done.streaming_state) == ("The goals are two.", "completed")
    assert message_doubts(done.blocks) == []
    assert slack.violations == []


def test_a_timeline_shows_tasks_where_they_began(
    slack: LocalSlack, client: Client, root: str
) -> None:
    stream = client.chat_stream(channel="C1", thread_ts=root, buffer_size=1, **RECIPIENT)
    stream.append(markdown_text="Before. ")
    stream.append(chunks=[_task("in_progress")])
    stream.stop(markdown_text="After.", chunks=[_task("complete")])
    done = slack.workspace.message("C1", str(stream.ts))
    assert [b["type"] for b in done.blocks] == ["markdown", "task_card", "markdown"]
    assert done.blocks[1]["status"] == "complete"


def test_a_live_stream_is_not_updated_or_deleted(
    slack: LocalSlack, client: Client, root: str
) -> None:
    ts = _started(client, root)
    with pytest.raises(SlackApiError) as caught:
        client.chat_update(channel="C1", ts=ts, text="x")
    assert code_of(caught) == "streaming_state_conflict"
    with pytest.raises(SlackApiError) as caught:
        client.chat_delete(channel="C1", ts=ts)
    assert code_of(caught) == "cant_delete_message"
    assert len(slack.violations) == 2
    client.chat_stopStream(channel="C1", ts=ts)
    client.chat_update(channel="C1", ts=ts, text="x")
    client.chat_delete(channel="C1", ts=ts)


def test_a_stream_that_is_over_takes_no_more(slack: LocalSlack, client: Client, root: str) -> None:
    ts = _started(client, root)
    client.chat_stopStream(channel="C1", ts=ts)
    for call in (client.chat_appendStream, client.chat_stopStream):
        with pytest.raises(SlackApiError) as caught:
            call(channel="C1", ts=ts, markdown_text="late")
        assert code_of(caught) == "message_not_in_streaming_state"


@pytest.mark.parametrize("by_time", [True, False])
def test_a_stream_expires_and_is_finished_by_update(
    slack: LocalSlack, client: Client, clock: Clock, root: str, by_time: bool
) -> None:
    ts = _started(client, root)
    clock.now += 299
    client.chat_appendStream(channel="C1", ts=ts, markdown_text="still ")
    if by_time:
        clock.now += 1
    else:
        slack.expire_stream("C1", ts)
    with pytest.raises(SlackApiError) as caught:
        client.chat_appendStream(channel="C1", ts=ts, markdown_text="late")
    assert code_of(caught) == "message_not_in_streaming_state"
    client.chat_update(channel="C1", ts=ts, text="All of it")
    assert slack.workspace.message("C1", ts).text == "All of it"
    assert slack.violations == []


def test_in_a_channel_a_stream_needs_its_recipient(
    slack: LocalSlack, client: Client, root: str
) -> None:
    with pytest.raises(SlackApiError) as caught:
        client.chat_startStream(channel="C1", thread_ts=root, recipient_team_id="T1")
    assert code_of(caught) == "missing_recipient_user_id"
    said = Message(team="T1", channel="D1", ts=slack.workspace.new_ts(), user="U1", text="?")
    slack.workspace.post(said)
    client.chat_startStream(channel="D1", thread_ts=said.ts)


@pytest.mark.parametrize(
    "chunk",
    [
        {"type": "thought", "text": "hm"},
        {"type": "task_update", "id": "t1", "title": "x", "status": "done"},
        {"type": "task_update", "id": "t1", "title": "x" * 257, "status": "complete"},
        {"type": "markdown_text", "text": ""},
        {"type": "markdown_text", "text": "x", "colour": "red"},
        {"type": "blocks", "blocks": [{"type": "x"}]},
    ],
)
def test_only_known_chunks_are_taken(
    slack: LocalSlack, client: Client, root: str, chunk: dict[str, object]
) -> None:
    ts = _started(client, root)
    with pytest.raises(SlackApiError) as caught:
        client.chat_appendStream(channel="C1", ts=ts, chunks=[chunk])
    assert code_of(caught) == "invalid_chunks"
    assert len(slack.violations) == 1

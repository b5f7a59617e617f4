"""The Web API as the SDK's client meets it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from tests.local_slack.server import Fault, LocalSlack
from tests.unit.bot.local_slack.conftest import Client, Clock, code_of, header_of
from tests.unit.bot.local_slack.kit import BLOCKS, SECTION

from aspire_bot.local_slack.api.methods import METHODS
from aspire_bot.local_slack.model import Message


def _posted(client: Client, **fields: Any) -> str:
    given = {"channel": "C1", "text": "hello", **fields}
    return str(client.chat_postMessage(**given)["ts"])


def test_a_message_is_posted_changed_and_deleted(slack: LocalSlack, client: Client) -> None:
    ts = _posted(client, blocks=[SECTION], metadata={"event_type": "e", "event_payload": {"k": 1}})
    message = slack.workspace.message("C1", ts)
    assert (message.text, message.blocks, message.bot_id) == ("hello", (SECTION,), "BBOT")
    client.chat_update(channel="C1", ts=ts, text="changed", blocks=[BLOCKS["header"]])
    changed = slack.workspace.message("C1", ts)
    assert (changed.text, changed.blocks) == ("changed", (BLOCKS["header"],))
    assert changed.metadata == message.metadata
    replies = client.conversations_replies(channel="C1", ts=ts, include_all_metadata=True)
    assert replies["messages"][0]["metadata"]["event_payload"] == {"k": 1}
    link = str(client.chat_getPermalink(channel="C1", message_ts=ts)["permalink"])
    assert link.endswith(f"/archives/C1/p{ts.replace('.', '')}")
    client.chat_delete(channel="C1", ts=ts)
    assert slack.workspace.find("C1", ts) is None
    assert slack.violations == []


HERE = {"channel": "C1", "text": "x"}
NO_TS = "1700000000.000001"


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("chat.postMesage", HERE, "unknown_method"),
        ("chat.postMessage", {"text": "x"}, "missing_argument"),
        ("chat.postMessage", {**HERE, "username": "me"}, "unknown_argument"),
        ("chat.postMessage", {**HERE, "channel": "C404"}, "channel_not_found"),
        ("chat.postMessage", {**HERE, "channel": "C3"}, "not_in_channel"),
        ("chat.postMessage", {**HERE, "blocks": [{"type": "x"}]}, "invalid_blocks"),
        ("chat.postMessage", {"channel": "C1", "blocks": [SECTION]}, "no_text"),
        ("chat.postMessage", {**HERE, "thread_ts": "1"}, "invalid_thread_ts"),
        ("chat.postMessage", {**HERE, "thread_ts": NO_TS}, "thread_not_found"),
        ("chat.postMessage", {**HERE, "text": "x" * 12_001}, "msg_too_long"),
        ("chat.postMessage", {**HERE, "metadata": {"event_type": "e"}}, "invalid_metadata_format"),
        ("chat.update", {**HERE, "ts": NO_TS}, "message_not_found"),
        ("chat.postEphemeral", {**HERE, "user": "U4"}, "user_not_in_channel"),
        ("conversations.open", {"users": "U404"}, "user_not_found"),
        ("users.info", {"user": "U1"}, "invalid_arguments"),  # reading takes a form
        ("auth.test", {"token": "xoxb-other"}, "invalid_auth"),
    ],
)
def test_what_slack_would_refuse_is_refused_and_kept(
    slack: LocalSlack, method: str, arguments: dict[str, object], error: str
) -> None:
    token = str(arguments.pop("token", slack.workspace.bot_token))
    client: Client = WebClient(token=token, base_url=slack.url)
    with pytest.raises(SlackApiError) as caught:
        client.api_call(method, json=arguments)
    assert code_of(caught) == error
    assert len(slack.violations) == 1
    assert error in slack.violations[0]
    assert slack.calls == []


def test_an_unknown_group_and_user_are_refused(client: Client) -> None:
    with pytest.raises(SlackApiError, match="user_not_found"):
        client.users_info(user="U404")
    with pytest.raises(SlackApiError, match="no_such_subteam"):
        client.usergroups_users_list(usergroup="S404")


def test_a_reply_needs_the_first_message_of_a_thread(slack: LocalSlack, client: Client) -> None:
    root = _posted(client)
    reply = _posted(client, thread_ts=root)
    assert [m.ts for m in slack.workspace.thread("C1", root)] == [root, reply]
    with pytest.raises(SlackApiError) as caught:
        _posted(client, thread_ts=reply)
    assert code_of(caught) == "cannot_reply_to_message"


def test_a_reply_to_a_deleted_message_is_told_as_an_orphan(
    slack: LocalSlack, client: Client
) -> None:
    ts = slack.workspace.new_ts()
    said = slack.workspace.post(Message(team="T1", channel="C1", ts=ts, user="U1", text="?"))
    slack.workspace.delete(said)
    reply = _posted(client, thread_ts=ts)
    assert slack.workspace.message("C1", reply).is_orphan
    assert slack.violations == []


def test_a_message_that_a_person_deleted_is_no_breach(slack: LocalSlack, client: Client) -> None:
    ts = _posted(client)
    slack.workspace.delete(slack.workspace.message("C1", ts))
    with pytest.raises(SlackApiError) as caught:
        client.chat_update(channel="C1", ts=ts, text="x")
    assert code_of(caught) == "message_not_found"
    assert (slack.violations, len(slack.refusals)) == ([], 1)


def test_others_messages_are_not_the_bots_to_change(slack: LocalSlack, client: Client) -> None:
    ts = slack.workspace.new_ts()
    slack.workspace.post(Message(team="T1", channel="C1", ts=ts, user="U1", text="mine"))
    with pytest.raises(SlackApiError) as caught:
        client.chat_update(channel="C1", ts=ts, text="yours")
    assert code_of(caught) == "cant_update_message"


def test_an_ephemeral_is_seen_by_one(slack: LocalSlack, client: Client) -> None:
    client.chat_postEphemeral(channel="C1", user="U1", text="psst")
    assert [m.text for m in slack.workspace.messages("C1", seen_by="U1")] == ["psst"]
    assert slack.workspace.messages("C1", seen_by="U2") == []


def test_a_user_is_written_to_in_the_direct_conversation(slack: LocalSlack, client: Client) -> None:
    assert client.conversations_open(users="U2")["channel"] == {"id": "D2"}
    assert client.chat_postMessage(channel="U2", text="hello")["channel"] == "D2"
    assert client.conversations_open(users="U4")["channel"] == {"id": "DU4"}


def test_the_status_ends_with_the_bots_message(slack: LocalSlack, client: Client) -> None:
    root = _posted(client)
    client.assistant_threads_setStatus(
        channel_id="C1", thread_ts=root, status="is searching", loading_messages=["Reading"]
    )
    assert slack.workspace.statuses == {("C1", root): "is searching"}
    _posted(client, thread_ts=root)
    assert slack.workspace.statuses == {}


def test_prompts_and_titles_of_a_conversation(slack: LocalSlack, client: Client) -> None:
    prompts = [{"title": "Goals", "message": "What are the goals?"}]
    client.assistant_threads_setSuggestedPrompts(channel_id="D1", prompts=prompts, title="Ask")
    assert slack.workspace.prompts["D1", ""]["prompts"] == prompts
    with pytest.raises(SlackApiError) as caught:
        client.assistant_threads_setSuggestedPrompts(channel_id="D1", prompts=prompts * 5)
    assert code_of(caught) == "invalid_arguments"


def test_people_channels_and_groups_are_told(client: Client) -> None:
    ken = client.users_info(user="U2", include_locale=True)["user"]
    assert (ken["locale"], ken["is_bot"]) == ("ja-JP", False)
    assert "locale" not in client.users_info(user="U2")["user"]
    assert {u["id"] for u in client.users_list()["members"]} == {"U1", "U2", "U3", "U4", "UBOT"}
    shared = client.conversations_info(channel="X1")["channel"]
    assert (shared["is_ext_shared"], shared["is_private"]) == (True, False)
    assert client.conversations_info(channel="G1")["channel"]["is_private"]
    assert client.conversations_info(channel="D1")["channel"]["user"] == "U1"
    mine = client.users_conversations(types="public_channel,private_channel,im")["channels"]
    assert "C3" not in {c["id"] for c in mine}
    assert {"C1", "G1", "D1"} <= {c["id"] for c in mine}
    assert client.conversations_members(channel="G1")["members"] == ["U3", "UBOT"]
    assert client.usergroups_users_list(usergroup="S1")["users"] == ["U3"]
    assert client.bots_info(bot="BBOT")["bot"]["user_id"] == "UBOT"


def test_lists_come_in_pages(client: Client) -> None:
    first = client.users_list(limit=3)
    cursor = first["response_metadata"]["next_cursor"]
    rest = client.users_list(limit=3, cursor=cursor)
    assert (len(first["members"]), len(rest["members"])) == (3, 2)
    assert rest["response_metadata"]["next_cursor"] == ""


def test_reactions_come_and_go(slack: LocalSlack, client: Client) -> None:
    ts = _posted(client)
    client.reactions_add(channel="C1", name="eyes", timestamp=ts)
    assert slack.workspace.message("C1", ts).reactions == (("eyes", "UBOT"),)
    with pytest.raises(SlackApiError, match="already_reacted"):
        client.reactions_add(channel="C1", name="eyes", timestamp=ts)
    client.reactions_remove(channel="C1", name="eyes", timestamp=ts)
    assert slack.workspace.message("C1", ts).reactions == ()


def test_blocks_can_be_asked_about(slack: LocalSlack, client: Client) -> None:
    assert client.blocks_validate(blocks=[SECTION])["ok"]
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        client.blocks_validate(blocks=[{"type": "x"}])
    assert slack.violations == []


def test_a_missing_scope_is_refused() -> None:
    with LocalSlack(scopes=frozenset({"chat:write"})) as slack:
        client: Client = WebClient(token=slack.workspace.bot_token, base_url=slack.url)
        assert client.auth_test().headers["x-oauth-scopes"] == "chat:write"
        _posted(client)
        with pytest.raises(SlackApiError, match="missing_scope"):
            client.users_info(user="U1")


def test_a_second_workspace_has_its_own_token_people_and_bot(slack: LocalSlack) -> None:
    other = slack.add_workspace("T2")
    code = slack.grant("T2")
    anyone: Client = WebClient(base_url=slack.url)
    given = {"client_id": "local-client", "client_secret": "local-client-secret"}
    granted = anyone.oauth_v2_access(code=code, **given)
    assert granted["team"]["id"] == "T2"
    client: Client = WebClient(token=granted["access_token"], base_url=slack.url)
    assert client.auth_test()["user_id"] == "UBOTT2"
    ts = client.chat_postMessage(channel="CT21", text="hello")["ts"]
    assert other.find("CT21", ts) is not None
    with pytest.raises(SlackApiError, match="channel_not_found"):
        client.chat_postMessage(channel="C1", text="hello")
    with pytest.raises(SlackApiError, match="invalid_code"):
        anyone.oauth_v2_access(code=code, **given)


def test_a_fault_refuses_once_and_leaves_no_trace(slack: LocalSlack, client: Client) -> None:
    slack.fail_next(Fault(method="chat.postMessage", error="internal_error", status=500))
    with pytest.raises(SlackApiError):
        _posted(client)
    assert (slack.violations, slack.calls, slack.workspace.messages("C1")) == ([], [], [])
    _posted(client)


def test_an_answer_can_be_lost_after_the_message_was_posted(
    slack: LocalSlack, client: Client
) -> None:
    slack.fail_next(Fault(method="chat.postMessage", drops_answer=True))
    with pytest.raises((OSError, SlackApiError)):
        _posted(client)
    assert [m.text for m in slack.workspace.messages("C1")] == ["hello"]
    assert slack.count("chat.postMessage") == 1


def test_posts_to_a_channel_keep_to_one_a_second(
    slack: LocalSlack, client: Client, clock: Clock
) -> None:
    for _ in range(5):
        _posted(client)
    with pytest.raises(SlackApiError) as caught:
        _posted(client)
    assert (code_of(caught), header_of(caught, "Retry-After")) == ("ratelimited", "1")
    _posted(client, channel="C2")  # each channel counts for itself
    clock.now += 1
    _posted(client)
    with pytest.raises(SlackApiError):
        _posted(client)
    assert (slack.rates.rejected, slack.violations) == ({"chat.postMessage": 2}, [])


def test_a_tier_holds_for_each_minute(slack: LocalSlack, client: Client, clock: Clock) -> None:
    for _ in range(30):
        client.usergroups_list()
    clock.now += 59
    with pytest.raises(SlackApiError) as caught:
        client.usergroups_list()
    assert header_of(caught, "Retry-After") == "1"
    clock.now += 1
    client.usergroups_list()
    slack.rates.is_enforced = False
    for _ in range(40):
        client.usergroups_list()


def test_every_method_is_one_of_the_sdks() -> None:
    for name in METHODS:
        assert callable(getattr(WebClient, name.replace(".", "_"), None)), name


def test_a_slow_answer_holds_nobody_else_up(slack: LocalSlack, client: Client) -> None:
    slack.fail_next(Fault(method="chat.postMessage", delay_s=0.5))
    slow = threading.Thread(target=_posted, args=(client,))
    slow.start()
    slack.wait_until(lambda: not slack.has_faults, what="the slow call")
    client.auth_test()
    slow.join()
    assert [call.method for call in slack.calls] == ["auth.test", "chat.postMessage"]


def test_calls_at_once_each_make_a_message_of_their_own(slack: LocalSlack) -> None:
    slack.rates.is_enforced = False

    def post(number: int) -> str:
        client: Client = WebClient(token=slack.workspace.bot_token, base_url=slack.url)
        return _posted(client, text=f"{number}")

    with ThreadPoolExecutor(16) as pool:
        stamps = list(pool.map(post, range(64)))
    assert len(set(stamps)) == 64
    assert {m.text for m in slack.workspace.messages("C1")} == {f"{n}" for n in range(64)}

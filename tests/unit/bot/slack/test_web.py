"""The Web API as the bot calls it, at a local Slack over HTTP."""

import time
from collections.abc import Generator

import pytest
from tests.local_slack.server import Fault, LocalSlack

from aspire_bot.local_slack.api.methods import BOT_TOKEN
from aspire_bot.slack.platform.rates import RATES, Pacer, Rate
from aspire_bot.slack.platform.web import STREAM_IS_OVER, SlackCallError, SlackWeb, Task
from aspire_bot.slack.platform.workspaces import build_client
from aspire_bot.slack.render.blocks import render_notice

NOTICE = render_notice("Hello")


@pytest.fixture
def slack() -> Generator[LocalSlack]:
    with LocalSlack() as local:
        yield local
        assert local.violations == []


@pytest.fixture
def failures() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def web(slack: LocalSlack, failures: list[tuple[str, str]]) -> SlackWeb:
    def count(method: str, code: str) -> None:
        failures.append((method, code))

    client = build_client(BOT_TOKEN, slack.url)
    return SlackWeb(client, team="T1", pacer=Pacer(), count_error=count)


@pytest.mark.parametrize(
    ("fault", "code", "is_retryable"),
    [
        (Fault(method="chat.postMessage", error="internal_error", status=500), "internal_error", 1),
        (Fault(method="chat.postMessage", error="fatal_error"), "fatal_error", 1),
        (Fault(method="chat.postMessage", error="missing_scope"), "missing_scope", 0),
        (Fault(method="chat.postMessage", drops_answer=True), "RemoteDisconnected", 1),
    ],
)
def test_failures_say_whether_to_try_again(
    slack: LocalSlack,
    web: SlackWeb,
    failures: list[tuple[str, str]],
    fault: Fault,
    code: str,
    is_retryable: bool,
) -> None:
    slack.fail_next(fault)
    with pytest.raises(SlackCallError, match=f"chat.postMessage: {code}") as caught:
        web.post("D1", NOTICE)
    assert caught.value.retryable == is_retryable
    assert failures == [("chat.postMessage", code)]


def test_a_lost_answer_is_not_followed_by_a_second_message(
    slack: LocalSlack, web: SlackWeb
) -> None:
    slack.fail_next(Fault(method="chat.postMessage", drops_answer=True))
    with pytest.raises(SlackCallError):
        web.post("D1", NOTICE, key="k")
    (there,) = slack.workspace.messages("D1")
    assert web.find_ours("D1", "", "k", since_s=time.time() - 60) == there.ts


def test_retry_after_is_heeded(slack: LocalSlack, web: SlackWeb) -> None:
    limit = Fault(method="chat.postMessage", error="ratelimited", status=429, retry_after_s=1)
    slack.fail_next(limit)
    began = time.monotonic()
    web.post("D1", NOTICE)
    assert time.monotonic() - began >= 1
    slack.fail_next(limit, times=3)
    with pytest.raises(SlackCallError) as caught:
        web.post("D2", NOTICE)
    assert (caught.value.error, caught.value.retryable) == ("ratelimited", True)


def test_a_message_is_found_by_its_very_key_in_its_very_thread(
    slack: LocalSlack, web: SlackWeb
) -> None:
    root = web.post("D1", NOTICE)
    other = web.post("D2", NOTICE)
    plan = [Task(task_id="key-12-search", title="Searching")]
    stream = web.start_stream("D2", other, plan)
    time.sleep(1)  # posts to a channel are a second apart
    reply = web.post("D1", NOTICE, thread_ts=root, key="key-1")
    assert web.find_ours("D1", root, "key-1", since_s=0) == reply
    assert web.find_ours("D2", other, "key-12", since_s=0) == stream
    assert web.find_ours("D2", other, "key-1", since_s=0) is None
    assert web.find_ours("D1", "", "key-1", since_s=0) is None  # a reply, not of the channel
    assert web.find_ours("D1", root, "key-1", since_s=time.time() + 60) is None


def test_a_message_is_found_in_a_long_thread(slack: LocalSlack, web: SlackWeb) -> None:
    """Slack gives fifteen at a time, the oldest first."""
    person = slack.workspace
    root = web.post("D1", NOTICE)
    with slack.held():
        said = person.message("D1", root)
        for n in range(20):
            old = type(said)(
                team="T1", channel="D1", ts=f"1700000000.{n:06d}", user="U1", thread_ts=root
            )
            person.post(old)
    time.sleep(1)
    reply = web.post("D1", NOTICE, thread_ts=root, key="k")
    assert web.find_ours("D1", root, "k", since_s=time.time() - 60) == reply


def test_a_stream_needs_room_for_its_end(slack: LocalSlack) -> None:
    pacer = Pacer({**RATES, "stop": Rate(0.01, 1), "post": Rate(1000.0, 5)})
    web = SlackWeb(build_client(BOT_TOKEN, slack.url), team="T1", pacer=pacer)
    root = web.post("D1", NOTICE)
    plan = [Task(task_id="t", title="Searching")]
    first = web.start_stream("D1", root, plan)
    assert first is not None
    assert web.start_stream("D1", root, plan) is None
    assert slack.count("chat.startStream") == 1
    slack.expire_stream("D1", first)
    with pytest.raises(SlackCallError) as caught:
        web.stop_stream("D1", first, NOTICE)
    assert caught.value.error == STREAM_IS_OVER
    web.update("D1", first, NOTICE)


def test_what_is_gone_can_be_deleted(slack: LocalSlack, web: SlackWeb) -> None:
    ts = web.post("D1", NOTICE)
    web.delete("D1", ts)
    web.delete("D1", ts)
    assert slack.workspace.messages("D1") == []


def test_a_post_that_would_wait_too_long_is_put_off(slack: LocalSlack) -> None:
    pacer = Pacer({**RATES, "post": Rate(0.01, 1)})
    web = SlackWeb(build_client(BOT_TOKEN, slack.url), team="T1", pacer=pacer)
    web.post("D1", NOTICE)
    with pytest.raises(SlackCallError) as caught:
        web.post("D1", NOTICE)
    assert caught.value.retryable
    assert slack.count("chat.postMessage") == 1


def test_who_somebody_is_and_speaks(web: SlackWeb, slack: LocalSlack) -> None:
    assert (web.locale("U1"), web.locale("U2")) == ("en-US", "ja-JP")
    slack.fail_next(Fault(method="users.info", error="internal_error"))
    assert web.locale("U2") == "en-US"
    assert web.group_members("S1") == {"U3"}
    assert web.channel("X1")["is_ext_shared"] is True
    assert web.open_direct("U2") == "D2"


def test_an_address_to_answer_at_that_is_none(web: SlackWeb, slack: LocalSlack) -> None:
    for address in (slack.url.removesuffix("api/") + "response/none", "http://127.0.0.1:9/"):
        with pytest.raises(SlackCallError):
            web.respond(address, NOTICE)
    slack.violations.clear()

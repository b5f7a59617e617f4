"""What `doctor --live` tries, what it says, and that it leaves nothing behind."""

import json
from typing import Any, cast, get_args

import pytest
from pydantic import SecretStr
from tests.unit.bot.ops.scripted_slack import ScriptedSlack

from aspire_bot.cli.app import main
from aspire_bot.doctor.check import Check
from aspire_bot.settings import Settings
from aspire_bot.slack.platform.live_check import try_live
from aspire_bot.slack.platform.rates import Act, Pacer, Rate
from aspire_ingest.index import ConfigError

FAST: dict[Act, Rate] = dict.fromkeys(get_args(Act), Rate(1000, 1000))
STEPS = [
    "chat.postMessage",
    "chat.update",
    "assistant.threads.setStatus",
    "chat.startStream",
    "chat.appendStream",
    "chat.stopStream",
    "chat.update",
    "chat.delete",
    "chat.delete",
]


def tried(
    slack: ScriptedSlack, *, channel: str = "C1", person: str | None = "U1", **more: object
) -> list[Check]:
    given: dict[str, object] = {"slack_bot_token": SecretStr("xoxb-1"), "slack_api_url": slack.url}
    return try_live(
        Settings.model_validate({**given, **more}), channel, person=person, pacer=Pacer(FAST)
    )


def posted_and_deleted(slack: ScriptedSlack) -> tuple[set[str], set[str]]:
    """Give the `ts` of what was posted, by its place among all calls, and of what was deleted."""
    posted = {
        f"1800000000.{number:06d}"
        for number, call in enumerate(slack.calls, start=1)
        if call.method in {"chat.postMessage", "chat.startStream"}
        and slack.replies.get(call.method, {}).get("ok", True)
    }
    return posted, {str(c.arguments["ts"]) for c in slack.calls if c.method == "chat.delete"}


def test_every_step_is_tried_and_cleaned_up(slack: ScriptedSlack) -> None:
    checks = tried(slack)
    assert [check.state for check in checks] == ["ok"] * len(STEPS)
    assert slack.methods() == ["auth.test", *STEPS]
    posted, deleted = posted_and_deleted(slack)
    assert posted == deleted
    assert len(posted) == 2


def test_the_calls_are_those_an_answer_makes(slack: ScriptedSlack) -> None:
    tried(slack)
    calls = {call.method: cast("Any", call.arguments) for call in slack.calls}
    start = calls["chat.startStream"]
    assert start["chunks"][0]["type"] == "task_update"
    assert (start["recipient_user_id"], start["recipient_team_id"]) == ("U1", "T1")
    assert start["thread_ts"] == "1800000000.000002"  # in the thread of what was posted first
    assert calls["chat.appendStream"]["chunks"][0]["status"] == "complete"
    assert calls["chat.stopStream"]["blocks"][0]["type"] == "section"


@pytest.mark.parametrize("method", sorted(set(STEPS) - {"chat.delete"}))
def test_whatever_is_refused_the_rest_is_tried_and_nothing_stays(
    slack: ScriptedSlack, method: str
) -> None:
    slack.refuse(method, "missing_scope")
    checks = tried(slack)
    failed = [check for check in checks if check.state == "failed"]
    assert failed
    assert all(check.found == f"{method}: missing_scope" for check in failed)
    assert all("aspire-bot manifest" in check.to_do for check in failed)
    posted, deleted = posted_and_deleted(slack)
    assert posted == deleted


def test_what_an_earlier_failure_prevents_is_said_so(slack: ScriptedSlack) -> None:
    slack.refuse("chat.postMessage", "not_in_channel")
    checks = tried(slack)
    assert checks[0].to_do == "invite the bot to the channel"
    assert {check.state for check in checks[1:]} == {"unset"}
    assert slack.methods() == ["auth.test", "chat.postMessage"]


def test_a_stream_that_could_not_be_stopped_is_stopped_again_and_deleted(
    slack: ScriptedSlack,
) -> None:
    slack.refuse("chat.stopStream", "message_not_in_streaming_state")
    checks = {check.name: check for check in tried(slack)}
    assert "ended before" in checks["stop the stream with blocks"].to_do
    assert checks["update the stopped stream"].state == "unset"
    assert slack.methods().count("chat.stopStream") == 2
    posted, deleted = posted_and_deleted(slack)
    assert posted == deleted


def test_an_interruption_cleans_up_too(
    slack: ScriptedSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("aspire_bot.slack.platform.web.SlackWeb.append_tasks", interrupted)
    with pytest.raises(KeyboardInterrupt):
        tried(slack)
    posted, deleted = posted_and_deleted(slack)
    assert posted == deleted
    assert len(posted) == 2


def test_who_a_stream_is_shown_to(slack: ScriptedSlack) -> None:
    slack.replies["conversations.members"] = {"ok": True, "members": ["UBOT", "U9"]}
    tried(slack, person=None)
    tried(slack, person=None, staff_users=("U8",))
    tried(slack, person=None, channel="D1")
    started = [call.arguments for call in slack.calls if call.method == "chat.startStream"]
    assert [one.get("recipient_user_id") for one in started] == ["U9", "U8", None]


def test_what_cannot_be_begun(slack: ScriptedSlack) -> None:
    with pytest.raises(ConfigError, match="#general"):
        tried(slack, channel="#general")
    with pytest.raises(ConfigError, match="SLACK_BOT_TOKEN"):
        tried(slack, slack_bot_token=None)
    slack.refuse("auth.test", "invalid_auth")
    with pytest.raises(ConfigError, match="invalid_auth"):
        tried(slack)
    assert "chat.postMessage" not in slack.methods()


def test_the_program_prints_a_line_for_each_step(
    slack: ScriptedSlack, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_API_URL", slack.url)
    slack.refuse("chat.startStream", "not_allowed")
    with pytest.raises(SystemExit) as ended:
        main(["doctor", "--live", "C1", "--person", "U1"])
    assert ended.value.code == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(STEPS) - 1
    assert lines[0].startswith("ok      post a message")
    assert any(line.startswith("failed  start a stream") for line in lines)
    with pytest.raises(SystemExit):
        main(["doctor", "--live", "C1", "--person", "U1", "--json"])
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] is False
    assert report["checks"][0]["state"] == "ok"

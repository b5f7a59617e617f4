"""One bot in two workspaces, installed through the pages that Slack sends people to."""

import http.client
import re
from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from urllib.parse import urlencode

from tests.local_slack.answers import ENGLISH_ANSWER
from tests.local_slack.scene import ScriptedCore, texts_of
from tests.local_slack.server import LocalSlack
from tests.serving import running, settings_of

from aspire_bot.local_slack.courier import Courier, HttpTransport
from aspire_bot.local_slack.people import People


@contextmanager
def _service(slack: LocalSlack, home: Path, core: ScriptedCore) -> Generator[int]:
    settings = settings_of(
        home,
        slack,
        SLACK_BOT_TOKEN=None,
        SLACK_CLIENT_ID=slack.world.client_id,
        SLACK_CLIENT_SECRET=slack.world.client_secret,
    )
    with running(settings, lambda _care: nullcontext(core)) as port:
        yield port


def _get(port: int, path: str, cookie: str = "") -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        set_cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        return answer.status, answer.read().decode(), set_cookie
    finally:
        connection.close()


def _install(port: int, slack: LocalSlack, team: str) -> None:
    _, page, cookie = _get(port, "/slack/install")
    found = re.search(r"[?&]state=([\w-]+)", page)
    assert found is not None
    back = urlencode({"code": slack.grant(team), "state": found[1]})
    status, page, _ = _get(port, f"/slack/oauth_redirect?{back}", cookie)
    assert status == 200, page


def test_each_workspace_is_answered_with_its_own_token(tmp_path: Path) -> None:
    with LocalSlack() as slack:
        second = slack.add_workspace("T2")
        core = ScriptedCore([ENGLISH_ANSWER] * 3)
        with _service(slack, tmp_path, core) as port:
            for team in ("T1", "T2"):
                _install(port, slack, team)
            courier = Courier(HttpTransport(port))
            alice = People(slack, courier)["U1"]
            other = People(slack, courier, workspace=second)["UT21"]
            mine = alice.asks("C1", "What are the goals?")
            assert "The goals" in texts_of(alice.waits_for_answer(mine))[0]
            theirs = other.asks("CT21", "What are the goals?")
            assert "The goals" in texts_of(other.waits_for_answer(theirs))[0]
            assert {call.team for call in slack.calls if call.method == "chat.stopStream"} == {
                "T1",
                "T2",
            }
            follow = other.asks("CT21", "And since when?", thread_ts=theirs.ts)
            other.waits_for_reply(follow, lambda m: m.ts > follow.ts and "goals" in f"{m.blocks}")
            assert [len(question.history) for question in core.questions] == [0, 0, 2]
        assert slack.violations == []


def test_a_workspace_that_never_installed_the_bot_is_not_answered(tmp_path: Path) -> None:
    with LocalSlack() as slack:
        second = slack.add_workspace("T2")
        core = ScriptedCore([ENGLISH_ANSWER])
        with _service(slack, tmp_path, core) as port:
            _install(port, slack, "T1")
            courier = Courier(HttpTransport(port), retry_delays_s=())
            other = People(slack, courier, workspace=second)["UT21"]
            other.asks("CT21", "What are the goals?")
            alice = People(slack, courier)["U1"]
            mine = alice.asks("C1", "What are the goals?")
            alice.waits_for_answer(mine)
            assert len(core.questions) == 1
        assert slack.violations == []

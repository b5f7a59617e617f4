"""One bot in two workspaces, installed through the pages that Slack sends people to."""

import http.client
import re
import threading
from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from queue import Queue
from urllib.parse import urlencode

from pydantic import SecretStr
from tests.local_slack.answers import ENGLISH_ANSWER
from tests.local_slack.scene import ScriptedCore, texts_of

from aspire_bot.local_slack.courier import Courier, HttpTransport
from aspire_bot.local_slack.events import SIGNING_SECRET
from aspire_bot.local_slack.people import People
from aspire_bot.local_slack.server import LocalSlack
from aspire_bot.settings import Settings
from aspire_bot.slack.service import run_service


@contextmanager
def _service(slack: LocalSlack, home: Path, core: ScriptedCore) -> Generator[int]:
    settings = Settings(
        home=home,
        port=0,
        metrics_bind="127.0.0.1:0",
        slack_client_id=slack.world.client_id,
        slack_client_secret=SecretStr(slack.world.client_secret),
        slack_signing_secret=SecretStr(SIGNING_SECRET),
        slack_api_url=slack.url,
    )

    def open_core(care: object) -> nullcontext[ScriptedCore]:
        del care
        return nullcontext(core)

    stop, ports = threading.Event(), Queue[int]()
    runner = threading.Thread(
        target=run_service,
        args=(settings, open_core),
        kwargs={"host": "127.0.0.1", "stop": stop, "on_listening": ports.put},
    )
    runner.start()
    try:
        yield ports.get(timeout=10)
    finally:
        stop.set()
        runner.join()


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

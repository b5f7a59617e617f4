"""How the bot is reached, watched and stopped."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Generator
from pathlib import Path
from queue import Queue

import pytest
from tests.http_served import http_served
from tests.local_slack.answers import ENGLISH_ANSWER
from tests.local_slack.handmade import deliver, direct_message, request
from tests.local_slack.scene import OPTIONS, Scripted, ScriptedCore, run_bot, texts_of
from tests.local_slack.server import Fault, LocalSlack
from tests.new_state import new_state

from aspire_bot.answering.types import Answer, Question
from aspire_bot.local_slack.api.methods import BOT_TOKEN
from aspire_bot.local_slack.courier import Courier, HttpTransport
from aspire_bot.local_slack.events import SIGNING_SECRET, event_body
from aspire_bot.local_slack.people import People
from aspire_bot.slack.app import SlackBot, build_bot
from aspire_bot.slack.options import SlackAccess
from aspire_bot.slack.platform.http import HealthChecks, HttpServer, SignedEvents
from aspire_bot.slack.platform.listener_pool import Workers
from aspire_bot.slack.serve import Endpoint, serve
from aspire_bot.state import State, open_state
from aspire_ingest.index.errors import ConfigError, IndexMissingError

ROOT = Path(__file__).parents[2]


def _access(slack: LocalSlack, token: str = BOT_TOKEN) -> SlackAccess:
    return SlackAccess(bot_token=token, signing_secret=SIGNING_SECRET, api_url=slack.url)


@pytest.fixture
def state(tmp_path: Path) -> Generator[State]:
    opened = open_state(new_state(tmp_path / "state.db"))
    yield opened
    opened.close()


def _bot(slack: LocalSlack, state: State, *script: Scripted) -> SlackBot:
    return build_bot(ScriptedCore(script), _access(slack), state, OPTIONS)


def test_health_and_unknown_paths() -> None:
    with run_bot() as scene:
        assert request(scene.port, "GET", "/healthz") == (200, b'{"status": "ok"}')
        assert request(scene.port, "GET", "/readyz") == (200, b'{"status": "ok"}')
        assert request(scene.port, "POST", "/healthz")[0] == 405
        assert request(scene.port, "GET", "/elsewhere")[0] == 404


def test_not_ready_without_an_index() -> None:
    def check_ready() -> None:
        raise IndexMissingError("/secret/place")

    with http_served(HttpServer(HealthChecks(check_ready), host="127.0.0.1", port=0)) as port:
        assert request(port, "GET", "/healthz")[0] == 200
        status, body = request(port, "GET", "/readyz")
    assert (status, b"No documents" in body, b"secret" in body) == (503, True, False)


def test_a_large_body_is_refused_unread() -> None:
    with run_bot() as scene:
        # Only announced: the refusal must not wait for it.
        headers = {"Content-Length": "1100000", "Content-Type": "application/json"}
        assert request(scene.port, "POST", "/slack/events", b"{", headers)[0] == 413


def test_socket_mode_keeps_http_to_health_checks() -> None:
    with run_bot(ENGLISH_ANSWER, is_socket=True) as scene:
        question = scene.alice.says("D1", "What are the goals?")
        assert "goals" in texts_of(scene.alice.waits_for_answer(question))[0]
        assert request(scene.port, "GET", "/healthz")[0] == 200
        assert deliver(scene.port, event_body(direct_message("What?"))) == 404


def test_a_refused_app_token_says_so_and_leaves_nothing_listening(state: State) -> None:
    with LocalSlack() as slack:
        slack.fail_next(Fault(method="apps.connections.open", error="invalid_auth"))
        ports = Queue[int]()
        endpoint = Endpoint(port=0, app_token="xapp-wrong")  # noqa: S106  wrong on purpose
        with pytest.raises(ConfigError, match="SLACK_APP_TOKEN"):
            serve(_bot(slack, state), endpoint, lambda: None, on_listening=ports.put)
        assert ports.empty()


def test_a_signal_lets_the_answer_in_progress_arrive(tmp_path: Path) -> None:
    with LocalSlack() as slack:
        command = [sys.executable, "-m", "tests.local_slack.slow_bot", slack.url]
        command += [str(tmp_path / "state.db"), "60"]
        env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
        with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE) as bot:  # noqa: S603  our own module
            assert bot.stdout is not None
            port = int(bot.stdout.readline())
            alice = People(slack, Courier(HttpTransport(port)))["U1"]
            question = alice.asks("C1", "What are the goals?")
            slack.wait_for_calls("chat.startStream", 1)
            bot.send_signal(signal.SIGTERM)
            assert "goals" in texts_of(alice.waits_for_answer(question))[0]
            assert bot.wait(timeout=20) == 0
        with pytest.raises(ConnectionError):
            request(port, "GET", "/healthz")


def test_stopping_waits_for_the_answer_in_progress(state: State) -> None:
    begun, release = threading.Event(), threading.Event()

    def answer_late(question: Question) -> Answer:
        del question
        begun.set()
        release.wait()
        return ENGLISH_ANSWER

    with LocalSlack() as slack:
        stop, ports = threading.Event(), Queue[int]()
        endpoint = Endpoint(port=0, signing_secret=SIGNING_SECRET)
        told = {"stop": stop, "on_listening": ports.put}
        bot = _bot(slack, state, answer_late)
        serving = threading.Thread(target=serve, args=(bot, endpoint, lambda: None), kwargs=told)
        serving.start()
        alice = People(slack, Courier(HttpTransport(ports.get(timeout=10))))["U1"]
        question = alice.asks("C1", "What are the goals?")
        assert begun.wait(10)
        stop.set()
        serving.join(0.5)
        assert serving.is_alive()
        release.set()
        serving.join()
        (reply,) = alice.replies(question)
        assert "goals" in texts_of(reply)[0]


def test_draining_gives_up_after_its_time_and_says_how_much_is_left() -> None:
    workers = Workers(1)
    release = threading.Event()
    workers.submit(release.wait)
    never_begun = workers.submit(release.wait)
    assert workers.drain(0.05) == 2
    assert never_begun.cancelled()
    with pytest.raises(RuntimeError):
        workers.submit(release.wait)
    release.set()


def test_a_refused_bot_token_says_what_to_do(state: State) -> None:
    with LocalSlack() as slack, pytest.raises(ConfigError, match=r"invalid_auth.*xoxb"):
        build_bot(ScriptedCore(()), _access(slack, "xoxb-wrong"), state, OPTIONS)


def test_an_unreachable_slack_says_where(state: State) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    access = SlackAccess(bot_token=BOT_TOKEN, api_url=f"http://127.0.0.1:{port}/api")
    with pytest.raises(ConfigError, match=f"reached at http://127.0.0.1:{port}/api/"):
        build_bot(ScriptedCore(()), access, state, OPTIONS)


def test_events_over_http_need_a_signing_secret(state: State) -> None:
    with LocalSlack() as slack, pytest.raises(ConfigError, match="SLACK_SIGNING_SECRET"):
        SignedEvents(_bot(slack, state).app, " ", HealthChecks(lambda: None))


def test_a_taken_port_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f":{port}"):
            HttpServer(HealthChecks(lambda: None), host="127.0.0.1", port=port)

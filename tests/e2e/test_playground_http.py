"""The playground's server: who is let in, what it serves, and how it ends."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.local_slack.handmade import request
from tests.playground.stage import ByWords, staged

from aspire_bot.playground.pages import MOST_READERS
from aspire_bot.playground.run import Playground

SAY = {"act": "say", "user": "U1", "channel": "C1", "text": "Hello"}


@pytest.fixture(scope="module")
def playground(tmp_path_factory: pytest.TempPathFactory) -> Generator[Playground]:
    with staged(ByWords(), tmp_path_factory.mktemp("stage")) as running:
        yield running


@pytest.fixture(scope="module")
def token(playground: Playground) -> str:
    _, page = request(playground.server.port, "GET", "/")
    found = re.search(r'name="playground-token" content="([^"]{40,})"', page.decode())
    assert found
    return found[1]


def post(
    playground: Playground, token: str, act: object, changed: Mapping[str, str | None] | None = None
) -> tuple[int, dict[str, object]]:
    """Post an act as the page would, but with headers `changed`, or left out where None."""
    host = f"127.0.0.1:{playground.server.port}"
    headers: dict[str, str | None] = {
        "Host": host,
        "Origin": f"http://{host}",
        "Content-Type": "application/json",
        "X-Playground-Token": token,
        **(changed or {}),
    }
    body = act if isinstance(act, bytes) else json.dumps(act).encode()
    sent = {name: value for name, value in headers.items() if value is not None}
    status, answer = request(playground.server.port, "POST", "/api/act", body, sent)
    return status, json.loads(answer)


def test_the_page_acts(playground: Playground, token: str) -> None:
    assert post(playground, token, SAY) == (200, {})
    assert playground.slack.workspace.messages("C1")[-1].text == "Hello"
    local = f"localhost:{playground.server.port}"
    as_localhost = {"Host": local, "Origin": f"http://{local}"}
    assert post(playground, token, SAY, as_localhost)[0] == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"Origin": None},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1"},
        {"X-Playground-Token": None},
        {"X-Playground-Token": "guessed"},
        {"X-Playground-Token": "é"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
    ],
    ids=lambda given: str(given)[:60],
)
def test_nobody_else_does(
    playground: Playground, token: str, changed: Mapping[str, str | None]
) -> None:
    before = len(playground.slack.workspace.all_messages())
    status, answer = post(playground, token, SAY, changed)
    assert (status, set(answer)) == (403, {"error"})
    assert len(playground.slack.workspace.all_messages()) == before


@pytest.mark.parametrize("path", ["/", "/page/app.js", "/api/feed?user=U1"])
def test_no_other_name_leads_to_the_pages(playground: Playground, path: str) -> None:
    assert request(playground.server.port, "GET", path, headers={"Host": "evil.example"})[0] == 403
    foreign = {"Origin": "https://evil.example"}
    assert request(playground.server.port, "GET", path, headers=foreign)[0] == 403


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/page/app.js", 200),
        ("GET", "/page/../run.py", 404),
        ("GET", "/page/%2e%2e/run.py", 404),
        ("GET", "/page/", 404),
        ("GET", "/index.html", 404),
        ("GET", "/api/act", 404),
        ("GET", "/api/feed", 404),
        ("GET", "/api/feed?user=U99", 404),
        ("POST", "/api/other", 403),
        ("DELETE", "/", 403),
    ],
)
def test_what_there_is(playground: Playground, method: str, path: str, status: int) -> None:
    assert request(playground.server.port, method, path)[0] == status


def test_every_page_is_fenced_in(playground: Playground) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", playground.server.port, timeout=10)
    connection.request("GET", "/")
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    policy = answer.getheader("Content-Security-Policy") or ""
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert answer.getheader("Cache-Control") == "no-store"
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|\sstyle=", page)


@pytest.mark.parametrize(
    ("act", "status", "said"),
    [
        (b"{", 400, "JSON"),
        ({"act": "rule", "user": "U1"}, 400, "tag"),
        ({**SAY, "text": ""}, 400, "character"),
        ({**SAY, "text": "x" * 12_001}, 400, "character"),
        ({**SAY, "more": 1}, 400, "Extra"),
        (b'{"text": "' + b"x" * 100_001 + b'"}', 413, "long"),
        ({**SAY, "user": "U99"}, 409, "U99"),
        ({**SAY, "channel": "G1"}, 409, "no member"),
        ({"act": "delete", "user": "U1", "channel": "C1", "ts": "1.1"}, 409, "no message"),
        ({"act": "join_channel", "user": "U1", "channel": "G1"}, 409, "not open"),
        ({"act": "invite_bot", "user": "U1", "channel": "G1"}, 409, "no member"),
        ({"act": "submit", "user": "U1", "view_id": "V1", "values": {}}, 409, "not_found"),
        ({"act": "click", "user": "U1", "action_id": "x"}, 409, "no message"),
    ],
    ids=lambda given: str(given)[:60],
)
def test_acts_that_cannot_be(
    playground: Playground, token: str, act: object, status: int, said: str
) -> None:
    given, answer = post(playground, token, act)
    assert (given, said in str(answer["error"])) == (status, True), answer
    playground.slack.violations.clear()  # a view that is not there is one, of the page's making


def test_the_stream_tells_the_whole_first_then_each_change(playground: Playground) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", playground.server.port, timeout=10)
    connection.request("GET", "/api/feed?user=U2")
    stream = connection.getresponse()
    assert stream.readline() == b"event: snapshot\n"
    whole = json.loads(stream.readline().removeprefix(b"data: "))
    assert (whole["me"], whole["dm"], whole["app"]["name"]) == ("U2", "D2", "Ask ASPIRE")
    assert "G1" not in {channel["id"] for channel in whole["channels"]}
    stream.readline()
    playground.people["U3"].says("G1", "among staff")
    playground.people["U1"].says("C1", "to all")
    told: list[bytes] = []
    while not (told and b"to all" in told[-1]):
        told.append(stream.readline())
    stream.close()
    connection.close()
    assert not any(b"among staff" in line for line in told)


def test_so_many_pages_and_no_more(tmp_path: Path) -> None:
    with staged(ByWords(), tmp_path) as playground, ExitStack() as opened:
        for _ in range(MOST_READERS):
            assert _open_feed(playground, opened) == 200
        assert _open_feed(playground, opened) == 503
        assert request(playground.server.port, "GET", "/")[0] == 200


def _open_feed(playground: Playground, opened: ExitStack) -> int:
    """Open a feed and keep it so; the response holds the connection, once it is there."""
    connection = http.client.HTTPConnection("127.0.0.1", playground.server.port, timeout=20)
    opened.callback(connection.close)
    connection.request("GET", "/api/feed?user=U1")
    return opened.enter_context(connection.getresponse()).status


def test_the_command_says_where_it_is_and_ends_cleanly(home: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from aspire_bot.cli.app import main; main()"]
    env = {**os.environ, "ASPIRE_HOME": str(home), "TMPDIR": str(tmp_path)}
    with subprocess.Popen(  # noqa: S603  our own program
        [*command, "playground", "--port", "0"], env=env, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stderr is not None
        try:
            said = running.stderr.readline()
            port = int(re.findall(r"http://127\.0\.0\.1:(\d+)/", said)[0])
            assert request(port, "GET", "/")[0] == 200
            assert [path.name[:18] for path in tmp_path.iterdir()] == ["aspire-playground-"]
            running.send_signal(signal.SIGINT)
            assert running.wait(timeout=20) == 0
            page = r"The staff's page is at http://127\.0\.0\.1:\d+/console/\n"
            assert re.fullmatch(page, running.stderr.read())
        finally:
            running.kill()
    assert list(tmp_path.iterdir()) == []


def test_a_taken_port_is_named(playground: Playground, home: Path) -> None:
    command = [sys.executable, "-c", "from aspire_bot.cli.app import main; main()", "playground"]
    port = str(playground.server.port)
    done = subprocess.run(  # noqa: S603  our own program
        [*command, "--port", port],
        env={**os.environ, "ASPIRE_HOME": str(home), "TMPDIR": tempfile.gettempdir()},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, f"127.0.0.1:{port}" in done.stderr) == (2, True)
    assert "Traceback" not in done.stderr

"""Files are taken from Slack's own host alone; the token goes nowhere else, whatever is asked."""

import threading
from collections.abc import Generator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aspire_bot.slack.platform import downloads
from aspire_bot.slack.platform.downloads import DownloadError, download

API = "https://slack.com/api/"
TOKEN = "xoxb-secret"  # noqa: S105  none


@dataclass
class _Host:
    """A server that answers as it is told, and keeps what it was shown."""

    url: str = ""
    status: int = 200
    body: bytes = b"the bytes"
    headers: dict[str, str] = field(default_factory=dict[str, str])
    shown: list[str | None] = field(default_factory=list[str | None])


@pytest.fixture
def hosts() -> Generator[tuple[_Host, _Host]]:
    made = [_Host(), _Host()]
    servers = [_serve(host) for host in made]
    for server in servers:
        threading.Thread(target=server.serve_forever, args=(0.02,)).start()
    yield made[0], made[1]
    for server in servers:
        server.shutdown()
        server.server_close()


def _serve(host: _Host) -> HTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host.shown.append(self.headers.get("Authorization"))
            self.send_response(host.status)
            for name, value in {"Content-Length": str(len(host.body)), **host.headers}.items():
                if value:  # else it is not said
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(host.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base's name
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    host.url = f"http://127.0.0.1:{server.server_port}"
    return server


def _get(url: str, api_url: str, *, max_bytes: int = 100) -> bytes:
    return download(url, token=TOKEN, api_url=api_url, max_bytes=max_bytes)


def _refused(url: str, api_url: str, *, max_bytes: int = 100) -> DownloadError:
    with pytest.raises(DownloadError) as refused:
        _get(url, api_url, max_bytes=max_bytes)
    assert TOKEN not in str(refused.value)
    assert url not in str(refused.value)
    return refused.value


def test_the_host_of_the_api_gives_files(hosts: tuple[_Host, _Host]) -> None:
    here, there = hosts
    assert _get(f"{here.url}/files-pri/x", f"{here.url}/api/") == b"the bytes"
    assert here.shown == [f"Bearer {TOKEN}"]
    assert _refused(f"{there.url}/files-pri/x", f"{here.url}/api/").code == "not_slack"
    assert there.shown == []


def test_a_redirect_takes_the_token_nowhere(hosts: tuple[_Host, _Host]) -> None:
    here, there = hosts
    for status in (301, 302, 303, 307, 308):
        here.status, here.headers = status, {"Location": f"{there.url}/x"}
        error = _refused(f"{here.url}/x", f"{here.url}/api/")
        assert (error.code, error.retryable) == ("redirected", False)
    assert there.shown == []
    assert len(here.shown) == 5


@pytest.mark.parametrize("says_size", [True, False])
def test_more_than_the_limit_is_not_read(hosts: tuple[_Host, _Host], says_size: bool) -> None:
    here, _ = hosts
    here.body = b"x" * 200_000
    here.headers = {} if says_size else {"Content-Length": ""}
    assert _refused(f"{here.url}/x", f"{here.url}/api/").code == "too_large"
    assert len(_get(f"{here.url}/x", f"{here.url}/api/", max_bytes=200_000)) == 200_000


def test_what_broke_off_is_no_file(hosts: tuple[_Host, _Host]) -> None:
    here, _ = hosts
    here.headers = {"Content-Length": "50"}
    error = _refused(f"{here.url}/x", f"{here.url}/api/")
    assert error.retryable


@pytest.mark.parametrize(("status", "is_retryable"), [(404, False), (429, True), (503, True)])
def test_a_status_says_whether_to_try_again(
    hosts: tuple[_Host, _Host], status: int, is_retryable: bool
) -> None:
    here, _ = hosts
    here.status = status
    error = _refused(f"{here.url}/x", f"{here.url}/api/")
    assert (error.code, error.retryable) == (f"http_{status}", is_retryable)


def test_nobody_there_is_tried_again() -> None:
    error = _refused("http://127.0.0.1:9/x", "http://127.0.0.1:9/api/")
    assert (error.code, error.retryable) == ("ConnectError", True)


@pytest.mark.parametrize(
    "url",
    [
        "http://files.slack.com/x",
        "https://files.slack.com.evil.example/x",
        "https://files.slack.com@evil.example/x",
        "https://evil@files.slack.com/x",
        "https://files.slack.com:8443/x",
        "https://slack.com/x",
        "https://evil.example/?files.slack.com",
        "file:///etc/passwd",
        "ftp://files.slack.com/x",
        "//files.slack.com/x",
        "https://[x",
        "https://files.slack.com:x/",
        "",
    ],
)
def test_another_place_is_never_asked(url: str) -> None:
    assert _refused(url or "-", API).code == "not_slack"


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from(["https://", "http://", "https://files.slack.com"]))
def test_no_text_is_taken_for_slack_by_mistake(text: str, start: str) -> None:
    url = start + text
    if downloads._is_slacks(url, API):  # pyright: ignore[reportPrivateUsage]  the rule itself
        rest = url.removeprefix("https://files.slack.com")
        assert rest != url
        assert rest.removeprefix(":443")[:1] in {"", "/", "?", "#", ":"}

"""The example of a reverse proxy: by nginx's own parser, and by nginx where it is installed."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import crossplane  # pyright: ignore[reportMissingTypeStubs]
import httpx
import pytest
from tests.deploy.tools import DEPLOY, uncommented
from tests.http_served import http_served

from aspire_bot.slack.platform.http import HttpServer

CONFIGURATION = DEPLOY / "nginx" / "aspire-bot.conf"
VALUES = {
    "<host-name-of-the-bot>": "bot.example.org",
    "<path-of-the-certificate-chain>": "chain.pem",
    "<path-of-the-certificate-key>": "key.pem",
}


def _filled() -> str:
    text = CONFIGURATION.read_text(encoding="utf-8")
    for placeholder, value in VALUES.items():
        assert placeholder in text
        text = text.replace(placeholder, value)
    return text


def _parsed(text: str, folder: Path) -> dict[str, Any]:
    file = folder / "nginx.conf"
    file.write_text(f"events {{}}\nhttp {{\n{text}\n}}\n", encoding="utf-8")
    parsed: dict[str, Any] = crossplane.parse(str(file))  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType, reportAssignmentType]
    return parsed


def test_nginx_would_read_it(tmp_path: Path) -> None:
    parsed = _parsed(_filled(), tmp_path)
    assert parsed["status"] == "ok", parsed["errors"]


def test_the_place_of_the_console_can_be_put_in_force(tmp_path: Path) -> None:
    text = uncommented(_filled(), "location /console {")
    text = text.replace("<network-of-the-office>", "198.51.100.0/24")
    parsed = _parsed(text, tmp_path)
    assert parsed["status"] == "ok", parsed["errors"]
    places = re.findall(r"^    location (.+) \{", text, re.MULTILINE)
    assert "/console" in places
    assert len(places) == len(set(places))  # nginx refuses the same one twice; its parser does not


def test_a_slip_is_seen(tmp_path: Path) -> None:
    slipped = _filled().replace("proxy_pass http://aspire_bot;", "proxy_pass;", 1)
    assert _parsed(slipped, tmp_path)["status"] == "failed"


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def told_port() -> Generator[int]:
    """A server that says which path and body it was given."""

    def tell(environ: dict[str, Any], start: Any) -> list[bytes]:
        body = environ["wsgi.input"].read()
        start("200 OK", [("X-Signature", environ.get("HTTP_X_SLACK_SIGNATURE", ""))])
        return [environ["PATH_INFO"].encode(), b" ", body]

    with http_served(HttpServer(tell, host="127.0.0.1", port=0)) as port:
        yield port


@pytest.fixture
def proxied(tmp_path: Path, told_port: int) -> Generator[str]:
    """A real nginx with this file, before that server."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        pytest.skip("nginx is not installed")
    port = _free_port()
    # Without certificates, on one port: what stands between is the file's own.
    text = _filled().replace("127.0.0.1:3000", f"127.0.0.1:{told_port}")
    text = re.sub(r"listen \[::\]:\d+[^;]*;|ssl_\w+ [^;]+;", "", text)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{_free_port()};")
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
    file = tmp_path / "nginx.conf"
    file.write_text(
        f"daemon off; pid {tmp_path}/pid; error_log stderr;\nevents {{}}\nhttp {{ access_log off;\n"
        + "".join(
            f"{kind}_temp_path {tmp_path}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        + text
        + "\n}\n",
        encoding="utf-8",
    )
    if os.geteuid() == 0:
        file.write_text("user root;\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    running = subprocess.Popen((nginx, "-c", str(file), "-p", str(tmp_path)))  # noqa: S603 - as above
    try:
        for _ in range(100):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(timeout=10)


def test_events_go_through_as_they_were_signed_and_nothing_else_does(proxied: str) -> None:
    body = b'{"type":  "url_verification"}'
    with httpx.Client(base_url=proxied, trust_env=False) as client:
        event = client.post("/slack/events", content=body, headers={"X-Slack-Signature": "v0=1"})
        assert (event.status_code, event.content) == (200, b"/slack/events " + body)
        assert event.headers["X-Signature"] == "v0=1"
        assert client.get("/slack/install").status_code == 200
        for path in ("/healthz", "/readyz", "/metrics", "/", "/slack/events/x"):
            assert client.get(path).status_code == 404
        assert client.get("/slack/events").status_code == 403
        too_large = client.post("/slack/events", content=b"x" * 1_100_000)
        assert too_large.status_code == 413

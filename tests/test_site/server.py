"""The server of the site: validators, conditional answers, redirects, and ways to fail."""

import hashlib
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.test_site.content import REPORTS, Resource, new_content


@dataclass(frozen=True)
class Request:
    path: str
    is_conditional: bool
    status: int


@dataclass
class Site:
    """The site as a test arranges it, and what was asked of it."""

    content: dict[str, Resource] = field(default_factory=new_content)
    redirects: dict[str, str] = field(
        default_factory=lambda: {
            "/aspire/old-about.html": "/aspire/en/about_en.html",
            "/aspire/moved-away.html": "http://127.0.0.2:9/elsewhere.html",
        }
    )
    statuses: dict[str, int] = field(default_factory=lambda: {"/aspire/broken.html": 500})
    cut: set[str] = field(default_factory=lambda: {"/aspire/cut.html"})
    slow: set[str] = field(default_factory=lambda: {"/aspire/slow.html"})
    missing: bytes | None = None
    """What is said, with status 200, of pages that do not exist; None: status 404."""
    requests: list[Request] = field(default_factory=list[Request])
    stopping: threading.Event = field(default_factory=threading.Event)
    base: str = ""
    before: dict[str, int] = field(default_factory=dict[str, int])
    """Dates of pages that tell theirs, raised when a page changes."""

    after: int | None = None
    """So many requests, and `then` is called once."""
    then: Callable[[], None] = lambda: None

    def put(self, path: str, body: bytes) -> None:
        """Change a page, or add one."""
        old = self.content.get(path)
        self.content[path] = Resource(
            body, old.media_type if old else "text/html", old.validator if old else "etag"
        )
        self.before[path] = self.before.get(path, 0) + 60

    def asked(self) -> list[Request]:
        """What was asked since the last time this was called."""
        asked, self.requests = self.requests, []
        return asked

    def url(self, path: str) -> str:
        return f"{self.base}{path}"

    def validators(self, path: str, resource: Resource) -> dict[str, str]:
        if resource.validator == "etag":
            return {"ETag": f'"{hashlib.sha256(resource.body).hexdigest()[:16]}"'}
        stamp = 1_700_000_000 + self.before.get(path, 0)
        return {"Last-Modified": formatdate(stamp, usegmt=True)}


class _Handler(BaseHTTPRequestHandler):
    site: Site
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as inherited
        """Say nothing."""

    def do_GET(self) -> None:
        site, path = self.site, self.path.partition("?")[0]
        if path in site.cut:
            self._note(0)
            self.close_connection = True
            self.connection.close()
        elif path in site.slow:
            self._note(0)
            site.stopping.wait(20)  # far longer than a test waits
        elif path in site.redirects:
            self._answer(302, b"", {"Location": site.redirects[path]})
        elif path in site.statuses:
            self._answer(site.statuses[path], b"something is wrong")
        elif path in site.content:
            self._serve(path, site.content[path])
        elif site.missing is not None:
            self._answer(200, site.missing, {"Content-Type": "text/html"})
        else:
            self._answer(404, b"<h1>Not found</h1>")

    def _serve(self, path: str, resource: Resource) -> None:
        validators = self.site.validators(path, resource)
        headers = {"Content-Type": resource.media_type, **validators}
        if self._is_known(validators):
            self._answer(304, b"", headers)
        else:
            self._answer(200, resource.body, headers)

    def _is_known(self, validators: dict[str, str]) -> bool:
        asked = {
            "ETag": self.headers.get("If-None-Match"),
            "Last-Modified": self.headers.get("If-Modified-Since"),
        }
        return any(asked[name] == value for name, value in validators.items())

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self._note(status)
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _note(self, status: int) -> None:
        conditional = any(self.headers.get(name) for name in ("If-None-Match", "If-Modified-Since"))
        self.site.requests.append(Request(self.path, conditional, status))
        if len(self.site.requests) == self.site.after:
            self.site.then()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no error here."""


@contextmanager
def serve(reports: int = REPORTS) -> Generator[Site]:
    """Serve a site on a free port of loopback until the block ends."""
    site = Site(content=new_content(reports))
    handler = type("_SiteHandler", (_Handler,), {"site": site})
    server = _Server(("127.0.0.1", 0), handler)
    site.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield site
    finally:
        site.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()

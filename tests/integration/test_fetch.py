"""URL fetching against a server that behaves badly, on loopback."""

import socket
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from tests.hostile import GOOD_SENTENCE
from tests.hostile_server import hostile_server, tls_server
from tests.lent_loader import load_target

from aspire_ingest.errors import LoadError
from aspire_ingest.index.errors import ConfigError
from aspire_ingest.index.types import Document
from aspire_ingest.load.loader import Loader
from aspire_ingest.load.types import LoadOptions
from aspire_ingest.web.fetch import fetch
from aspire_ingest.web.types import FetchOptions


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with hostile_server() as address:
        yield address


@pytest.fixture(scope="module")
def options(server: str) -> FetchOptions:
    return FetchOptions(
        allow=(server.removeprefix("http://"),),
        read_timeout_s=0.3,
        total_timeout_s=1.0,
        max_redirects=3,
        max_bytes=2 * 2**20,
    )


@pytest.fixture(scope="module")
def loader(options: FetchOptions) -> Iterator[Loader]:
    with Loader(LoadOptions(fetch=options)) as one:
        yield one


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/missing", "404 Not Found"),
        ("/broken", "500"),
        ("/endless/", "redirects more than 3 times"),
        ("/never", "sent nothing for 0.3 s"),
        ("/drip", "no full answer within 1 s"),
        ("/drip-headers", "no full answer within 1 s"),
        ("/drip-chunk", "no full answer within 1 s"),
        ("/huge", "limit of 2 MB"),
        ("/claims-huge", "limit of 2 MB"),
        ("/gzip-bomb", "limit of 2 MB"),
        ("/cut", "broke off"),
        ("/metadata-service", "169.254.169.254: refused"),
        ("/file", "only http and https"),
        ("/loopback", "127.0.0.2: refused"),
    ],
)
def test_what_a_bad_server_does_is_one_clear_error(
    server: str, options: FetchOptions, path: str, reason: str
) -> None:
    with pytest.raises(LoadError, match=reason) as caught:
        fetch(server + path, options)
    assert caught.value.target == server + path


def test_limits_that_end_together_are_told_as_one(server: str, options: FetchOptions) -> None:
    both = replace(options, read_timeout_s=0.3, total_timeout_s=0.3)
    with pytest.raises(LoadError, match=r"no full answer within 0\.3 s"):
        fetch(server + "/never", both)


def test_loading_goes_on_after_a_bad_url(server: str, loader: Loader) -> None:
    outcomes: list[str] = []
    for path in ("/never", "/good.html", "/missing", "/empty", "/good.pdf"):
        for item in loader.discover(server + path):
            assert not isinstance(item, LoadError)
            try:
                outcomes += [document.text for document in item.load()]
            except LoadError as error:
                outcomes.append(error.reason)
    assert ["sent nothing" in outcomes[0], "404" in outcomes[2], "empty" in outcomes[3]] == [
        True
    ] * 3
    assert GOOD_SENTENCE in outcomes[1]
    assert GOOD_SENTENCE in outcomes[4]


def test_a_page_gets_its_address_after_redirects(server: str, loader: Loader) -> None:
    document = _load(f"{server}/moved", loader)
    assert document.info.source == f"{server}/moved"
    assert document.info.url == f"{server}/good.html"
    assert document.document_id == _load(f"{server}/good.html", loader).document_id


def test_a_canonical_link_counts_on_the_same_host_only(server: str, loader: Loader) -> None:
    assert _load(f"{server}/canonical", loader).info.url == f"{server}/the-page"
    foreign = f"{server}/foreign-canonical"
    assert _load(foreign, loader).info.url == foreign


def test_compressed_and_old_japanese_pages_are_read(server: str, loader: Loader) -> None:
    assert GOOD_SENTENCE in _load(f"{server}/gzip", loader).text
    japanese = _load(f"{server}/euc-jp", loader)
    assert "令和七年度の公募を始めます。" in japanese.text
    assert japanese.info.language == "ja"


def test_an_unchanged_page_is_known_by_its_bytes(server: str, loader: Loader) -> None:
    hashes = set[str]()
    for _ in range(2):
        for item in loader.discover(f"{server}/good.html"):
            assert not isinstance(item, LoadError)
            hashes.add(item.raw_hash())
    assert len(hashes) == 1


def test_a_loopback_server_is_refused_unless_allowed(server: str, options: FetchOptions) -> None:
    with pytest.raises(LoadError, match="ASPIRE_FETCH_ALLOW"):
        fetch(f"{server}/good.html", replace(options, allow=()))
    with pytest.raises(LoadError, match="private or reserved"):
        fetch(f"{server}/good.html", replace(options, allow=("127.0.0.1:1", "example.org")))
    patient = replace(options, allow=("127.0.0.0/8",), read_timeout_s=5, total_timeout_s=10)
    assert fetch(f"{server}/good.html", patient).body


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.0.0.1/",
        "http://0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[::ffff:0:7f00:1]/",
        "http://[::127.0.0.1]/",
        "http://[2001:0:7f00:1::]/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://0.0.0.0/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.100.100.200/",
        "http://224.0.0.1/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
    ],
)
def test_private_addresses_are_refused_in_every_spelling(url: str) -> None:
    with pytest.raises(LoadError, match=r"refused|not known"):
        fetch(url, FetchOptions(connect_timeout_s=2))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/x",
        "gopher://example.org/",
        "http://user:secret@example.org/",
        "http://",
        "http://exa mple.org/",
        "http://example.org:99999/",
        "http://example.org/\r\nHost: inside",
        "data:text/html,x",
    ],
)
def test_only_plain_web_addresses_are_fetched(url: str) -> None:
    with pytest.raises(LoadError):
        fetch(url, FetchOptions(connect_timeout_s=1))
    assert [type(result) for result in load_target(url)] == [LoadError]


def test_a_name_is_looked_up_once_so_it_cannot_change_its_mind(
    server: str, options: FetchOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(server.rpartition(":")[2])
    asked: list[str] = []

    def rebinding(host: str, *rest: object, **options: object) -> list[object]:
        del rest, options
        asked.append(host)
        host = "127.0.0.1" if len(asked) == 1 else "127.0.0.9"
        return [(2, 1, 6, "", (host, port))]

    with _resolver(rebinding, monkeypatch):
        fetched = fetch(
            f"http://rebind.example:{port}/good.html",
            replace(options, allow=("127.0.0.1/32",)),
        )
    assert GOOD_SENTENCE.encode() in fetched.body
    assert asked == ["rebind.example"]


def test_one_private_address_among_public_ones_is_enough_to_refuse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def mixed(*_: object, **__: object) -> list[object]:
        return [(2, 1, 6, "", ("93.184.215.14", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]

    with _resolver(mixed, monkeypatch), pytest.raises(LoadError, match=r"10\.0\.0\.1: refused"):
        fetch("http://mixed.example/")


def test_a_name_server_that_never_answers_ends_in_time(
    options: FetchOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = threading.Event()

    def stuck(*_: object, **__: object) -> list[object]:
        release.wait(10)
        return []

    began = time.monotonic()
    with _resolver(stuck, monkeypatch), pytest.raises(LoadError, match="looked up in time"):
        fetch("http://stuck.example/", replace(options, connect_timeout_s=0.2))
    release.set()
    assert time.monotonic() - began < 8


def test_a_bad_allow_list_is_a_configuration_error() -> None:
    for entry in ("10.0.0.0/33", "*.example.org", "host:port", "a/b"):
        with pytest.raises(ConfigError, match="ASPIRE_FETCH_ALLOW"):
            fetch("http://127.0.0.1/", FetchOptions(allow=(entry,)))


def test_certificates_are_checked_against_the_name_that_was_asked_for(
    tmp_path: Path, options: FetchOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = replace(options, allow=("127.0.0.0/8", "::1"), read_timeout_s=5, total_timeout_s=10)
    with tls_server(tmp_path) as (address, certificate):
        with (
            _resolver(_loopback, monkeypatch),
            pytest.raises(LoadError, match="certificate of localhost is not valid"),
        ):
            fetch(f"{address}/good.html", here)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with _resolver(_loopback, monkeypatch):
            assert GOOD_SENTENCE.encode() in fetch(f"{address}/good.html", here).body
            other = address.replace("localhost", "other.example")
            with pytest.raises(LoadError, match=r"certificate of other\.example is not valid"):
                fetch(f"{other}/good.html", here)


def _loopback(host: str, port: int, **_: object) -> list[object]:
    del host
    return [(2, 1, 6, "", ("127.0.0.1", port))]


@contextmanager
def _resolver(function: object, monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", function)
        yield


def _load(url: str, loader: Loader) -> Document:
    (item,) = loader.discover(url)
    assert not isinstance(item, LoadError)
    (document,) = item.load()
    return document

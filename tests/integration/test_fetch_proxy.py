"""What is fetched through the proxies of the environment, with a proxy on loopback."""

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from tests.hostile import GOOD_SENTENCE
from tests.hostile_server import hostile_server, tls_server
from tests.loopback_proxy import LoopbackProxy, loopback_proxy
from tests.reranking_server import always, serving

from aspire_bot.errors import RerankError
from aspire_bot.llm.http_guard import HttpGuard
from aspire_bot.llm.reranker import HttpReranker
from aspire_bot.slack.platform.downloads import DownloadError, download
from aspire_ingest.errors import FetchError, LoadError
from aspire_ingest.index.errors import ConfigError
from aspire_ingest.web.fetch import fetch
from aspire_ingest.web.types import FetchOptions

OPTIONS = FetchOptions(connect_timeout_s=5, read_timeout_s=10, total_timeout_s=20)
SECRET = "proxy-s3cret"  # noqa: S105 - none
_VARIABLES = ("http_proxy", "https_proxy", "no_proxy", "all_proxy")


@pytest.fixture(scope="module")
def server() -> Generator[str]:
    with hostile_server() as address:
        yield address


@pytest.fixture
def proxy(server: str, monkeypatch: pytest.MonkeyPatch) -> Generator[LoopbackProxy]:
    with loopback_proxy(server) as one:
        _use(one.address, monkeypatch)
        yield one


def _use(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name in ("HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"http://{address}")


def test_a_page_comes_through_the_proxy(proxy: LoopbackProxy) -> None:
    fetched = fetch("http://pages.example/good.html?a=1", OPTIONS)
    assert GOOD_SENTENCE.encode() in fetched.body
    assert fetched.url == "http://pages.example/good.html?a=1"
    assert proxy.asked == ["GET http://pages.example/good.html?a=1"]


def test_a_secure_page_comes_through_a_tunnel_and_its_certificate_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        tls_server(tmp_path, "pages.example") as (address, certificate),
        loopback_proxy(address) as proxy,
    ):
        _use(proxy.address, monkeypatch)
        with pytest.raises(LoadError, match=r"certificate of pages\.example is not valid"):
            fetch("https://pages.example/good.html", OPTIONS)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert GOOD_SENTENCE.encode() in fetch("https://pages.example/good.html", OPTIONS).body
        with pytest.raises(LoadError, match=r"certificate of other\.example is not valid"):
            fetch("https://other.example/good.html", OPTIONS)
    assert proxy.asked == [*["CONNECT pages.example:443"] * 2, "CONNECT other.example:443"]


@pytest.mark.parametrize(
    "url",
    [
        "http://10.1.2.3/",
        "http://127.1/",
        "http://2130706433:8080/admin",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "http://[::ffff:192.168.0.1]/",
        "http://localhost/",
        "http://intranet/",
        "https://wiki.corp.internal/",
        "http://printer.local./",
    ],
)
def test_the_proxy_is_not_asked_for_what_is_private(proxy: LoopbackProxy, url: str) -> None:
    with pytest.raises(LoadError, match="ASPIRE_FETCH_ALLOW"):
        fetch(url, OPTIONS)
    assert proxy.asked == []


def test_a_redirect_into_the_private_network_is_refused(proxy: LoopbackProxy) -> None:
    with pytest.raises(LoadError, match=r"169\.254\.169\.254: refused"):
        fetch("http://pages.example/metadata-service", OPTIONS)
    assert proxy.asked == ["GET http://pages.example/metadata-service"]


def test_the_proxy_is_asked_for_what_the_operator_allows(proxy: LoopbackProxy) -> None:
    allowed = replace(OPTIONS, allow=("intranet", "10.0.0.0/8"))
    for url in ("http://intranet/good.html", "http://10.1.2.3/good.html"):
        assert GOOD_SENTENCE.encode() in fetch(url, allowed).body
    assert len(proxy.asked) == 2


@pytest.mark.parametrize("exceptions", ["127.0.0.1", "x.example, 127.0.0.0/8", "*"])
def test_what_is_excepted_is_reached_directly(
    server: str, proxy: LoopbackProxy, exceptions: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", exceptions)
    allowed = replace(OPTIONS, allow=("127.0.0.1",))
    assert GOOD_SENTENCE.encode() in fetch(f"{server}/good.html", allowed).body
    with pytest.raises(LoadError, match="ASPIRE_FETCH_ALLOW"):
        fetch(f"{server}/good.html", OPTIONS)
    assert proxy.asked == []


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_proxys_password_goes_to_the_proxy_and_into_no_message(
    proxy: LoopbackProxy, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy.password = f"us er:{SECRET}"
    with pytest.raises(LoadError, match=f"{proxy.address} refuses it .407.*password"):
        fetch(f"{scheme}://pages.example/good.html", OPTIONS)
    for name in ("HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"http://us%20er:{SECRET}@{proxy.address}")
    assert GOOD_SENTENCE.encode() in fetch("http://pages.example/good.html", OPTIONS).body
    proxy.password = "another:one"  # noqa: S105 - none
    with pytest.raises(LoadError, match="407") as caught:
        fetch(f"{scheme}://pages.example/good.html", OPTIONS)
    assert SECRET not in str(caught.value)


def test_a_proxy_that_refuses_is_named(proxy: LoopbackProxy) -> None:
    proxy.refuses = 403
    with pytest.raises(LoadError, match=rf"the proxy {proxy.address} refuses it .403.*NO_PROXY"):
        fetch("https://pages.example/good.html", OPTIONS)
    with pytest.raises(FetchError, match=rf"403 Forbidden .through the proxy {proxy.address}"):
        fetch("http://pages.example/good.html", OPTIONS)


@pytest.mark.parametrize(
    ("address", "error", "said"),
    [
        ("http://127.0.0.1:9", LoadError, "cannot connect to the proxy 127.0.0.1:9"),
        ("http://proxy.nowhere.example", LoadError, "the proxy proxy.nowhere.example is not known"),
        ("socks5://127.0.0.1:9", ConfigError, "HTTP_PROXY must be http://HOST:PORT"),
        ("http://user:proxy-s3cret@127.0.0.1:port", ConfigError, "HTTP_PROXY is no address"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_one_clear_error(
    address: str, error: type[Exception], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _use("", monkeypatch)
    monkeypatch.setenv("HTTP_PROXY", address)
    with pytest.raises(error) as caught:
        fetch("http://pages.example/", OPTIONS)
    assert said in str(caught.value)
    assert SECRET not in str(caught.value)


def test_a_reranker_outside_is_asked_through_the_proxy_and_one_inside_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reply = {"results": [{"index": 0, "score": 1}, {"index": 1, "score": 2}]}
    with serving(always(200, reply)) as asked, loopback_proxy(asked.url) as proxy:
        _use(proxy.address, monkeypatch)
        outside = HttpReranker("http://reranker.example/v1", api_key="k", deadline_s=10)
        assert outside.scores("q", ["a", "b"]) == (1.0, 2.0)
        assert HttpReranker(asked.url, deadline_s=10).scores("q", ["a", "b"]) == (1.0, 2.0)
        proxy.refuses = 407
        with pytest.raises(RerankError, match=r"the proxy .* refuses it"):
            outside.scores("q", ["a", "b"])
    assert proxy.asked == ["POST http://reranker.example/v1/rerank"] * 2
    assert asked.keys == ["Bearer k", None]


def test_a_model_outside_is_asked_through_the_proxy_and_one_inside_is_not(
    server: str, proxy: LoopbackProxy
) -> None:
    for is_outside, host in ((True, "http://model.example"), (False, server)):
        guard = HttpGuard(httpx.Client, is_outside=is_outside)
        assert guard.client().get(f"{host}/good.html").status_code == 200
        guard.close()
    assert proxy.asked == ["GET http://model.example/good.html"]


def test_a_file_of_slack_comes_through_the_proxy(proxy: LoopbackProxy) -> None:
    api = "http://slack.example/api/"
    body = download("http://slack.example/good.html", token="xoxb", api_url=api, max_bytes=10**6)  # noqa: S106 - none
    assert GOOD_SENTENCE.encode() in body
    with pytest.raises(DownloadError, match="redirected"):
        download("http://slack.example/moved", token="xoxb", api_url=api, max_bytes=9)  # noqa: S106
    assert len(proxy.asked) == 2

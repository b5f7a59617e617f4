"""What a site names must not make us read our own network: sync asks allowed places alone."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.test_site.content import Resource
from tests.test_site.scene import Scene
from tests.test_site.server import Site, serve

_SOURCES = """
sources:
  - {{name: news, type: feed, feed: '{base}/feed.xml', include: ['http://**'],
      limits: {{delay_s: 0, timeout_s: 2}}}}
  - {{name: map, type: sitemap, sitemap: '{base}/sitemap.xml', limits: {{delay_s: 0}}}}
"""


@pytest.fixture
def inside() -> Iterator[Site]:
    """A server of the house, which is not allowed."""
    with serve(1) as site:
        yield site


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with serve(1) as site:
        yield Scene(site, tmp_path / "home", _SOURCES)


def test_no_listing_link_or_redirect_leads_inside(scene: Scene, inside: Site) -> None:
    port = inside.base.rpartition(":")[2]
    places = [
        f"{inside.base}/aspire/about.html",
        f"http://localhost:{port}/aspire/about.html",
        f"http://[::ffff:127.0.0.1]:{port}/aspire/about.html",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[fe80::1]/",
        scene.site.url("/moved.html"),
    ]
    items = "".join(f"<item><link>{place}</link></item>" for place in places)
    scene.site.content["/feed.xml"] = Resource(f"<rss><channel>{items}</channel></rss>".encode())
    scene.site.redirects["/moved.html"] = f"{inside.base}/aspire/about.html"
    scene.site.content["/sitemap.xml"] = Resource(
        f"<sitemapindex><sitemap><loc>{inside.base}/inner.xml</loc></sitemap></sitemapindex>".encode()
    )
    told = scene.sync()
    assert inside.requests == []
    assert told.report.added() == []
    failed = {one.target: one.error for one in told.report.failures}
    assert failed.keys() == {*places, f"{inside.base}/inner.xml"}
    assert "refused" in failed[scene.site.url("/moved.html")]
    assert all("refused" in error or "cannot be had" in error for error in failed.values())


def test_robots_that_redirect_inside_are_not_followed(scene: Scene, inside: Site) -> None:
    del scene.site.content["/robots.txt"]
    scene.site.redirects["/robots.txt"] = f"{inside.base}/robots.txt"
    scene.sources = _SOURCES.replace("type: feed, feed:", "type: pages, pages:").split(
        "  - {{name: map"
    )[0]
    scene.sources = scene.sources.replace("include: ['http://**'],", "").replace(
        "feed.xml", "aspire/about.html"
    )
    told = scene.sync()
    assert inside.requests == []
    assert "robots.txt cannot be had" in told.report.failures[0].error


def test_a_name_that_leads_inside_later_is_refused_then(
    scene: Scene, inside: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host is looked up for each request, and what was looked up is what is connected to."""
    port = int(scene.site.base.rpartition(":")[2])
    answers = ["127.0.0.1", "127.0.0.1", "127.0.0.1", "10.1.2.3"]
    asked: list[str] = []

    def changing(host: str, *_: object, **_named: object) -> list[object]:
        asked.append(host)
        address = answers[min(len(asked), len(answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr("socket.getaddrinfo", changing)
    scene.sources = (
        "sources:\n  - {{name: n, type: pages, limits: {{delay_s: 0, concurrency: 1}}, pages: "
        f"['http://changing.example:{port}/aspire/about.html', "
        f"'http://changing.example:{port}/aspire/en/about_en.html']}}}}\n"
    )
    scene.allow = ("127.0.0.1/32",)
    told = scene.sync()
    assert len(told.report.added()) == 1
    (failure,) = told.report.failures
    assert "10.1.2.3: refused" in failure.error
    assert asked == ["changing.example"] * 4, "robots.txt, a page that cannot exist, two pages"

"""Addresses, patterns, robots.txt, listings: the pure parts of looking at sites."""

import gzip
import time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aspire_ingest.web.feeds import Listing, read_listing
from aspire_ingest.web.patterns import matches
from aspire_ingest.web.robots import read_robots
from aspire_ingest.web.scope import Scope, is_old_office, may_hold_text
from aspire_ingest.web.sources import Site, Sitemap
from aspire_ingest.web.webaddress import fold, resolve


@pytest.mark.parametrize(
    ("url", "folded"),
    [
        ("HTTPS://Example.ORG:443/a#b", "https://example.org/a"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/a?utm_source=x&b=2&fbclid=y&a=1", "https://example.org/a?a=1&b=2"),
        ("https://example.org/a?print=1", "https://example.org/a"),
        ("https://example.org/print/a.html", "https://example.org/a.html"),
        ("https://example.org/a_print.html", "https://example.org/a.html"),
        ("https://example.org/a;jsessionid=1F?b=1", "https://example.org/a?b=1"),
        ("https://example.org/x/../a", "https://example.org/a"),
        ("https://example.org/index.html", "https://example.org/index.html"),
        ("https://example.org/fingerprint/a", "https://example.org/fingerprint/a"),
        ("https://example.org/a?lang=en", "https://example.org/a?lang=en"),
        ("mailto:a@example.org", None),
        ("https://user:word@example.org/", None),
        ("https://[broken/", None),
        ("https://example.org:99999/", None),
    ],
)
def test_one_page_has_one_spelling(url: str, folded: str | None) -> None:
    assert fold(url) == folded


@given(st.text(max_size=80))
@example(" #")
@example(" ?utm_source=x")
@example("?b= &utm_source=x")
def test_folding_never_raises_and_is_done_once(text: str) -> None:
    for url in (text, f"https://example.org/{text}"):
        folded = fold(url)
        assert folded is None or fold(folded) == folded
        resolve("https://example.org/a/b", url)


@pytest.mark.parametrize(
    ("pattern", "url", "fits"),
    [
        ("/news/**", "https://example.org/news/2025/a.html", True),
        ("/news/*", "https://example.org/news/2025/a.html", False),
        ("/news/*", "https://example.org/news/a.html", True),
        ("/news/**", "https://example.org/newsletter", False),
        ("/**/a.html", "https://example.org/x/y/a.html", True),
        ("/a.html", "https://example.org/aXhtml", False),
        ("/a?b=*", "https://example.org/a?b=1", True),
        ("https://example.org/**", "https://example.org/a", True),
        ("https://example.org/**", "https://example.org.evil.test/a", False),
        ("re:/\\d{6}_e", "https://example.org/251111_e.html", True),
    ],
)
def test_patterns(pattern: str, url: str, *, fits: bool) -> None:
    assert matches([pattern], url) is fits


def test_robots_as_the_standard_has_it() -> None:
    robots = read_robots(
        b"""\xef\xbb\xbfUser-agent: other
Disallow: /
User-agent: aspire-ingest
User-agent: third  # named together
Disallow: /private/
Allow: /private/open
Disallow: /*.pdf$
Disallow: /search?*q=
Crawl-delay: 2.5
Disallow:
nonsense
Sitemap: https://example.org/sitemap.xml
User-agent: *
Disallow: /
""",
        "aspire-ingest",
    )
    expected = {
        "/": True, "/private/a": False, "/private/open/a": True, "/a.pdf": False, "/a.pdf?x": True,
        "/search?a=1&q=2": False, "/search": True,
    }  # fmt: skip
    assert {path: robots.allows(f"https://example.org{path}") for path in expected} == expected
    assert robots.crawl_delay_s == 2.5
    assert not read_robots(b"User-agent: *\nDisallow: /\n", "aspire-ingest").allows("https://x/a")
    assert read_robots(b"", "aspire-ingest").allows("https://x/a")


def test_robots_compare_escapes_in_one_spelling() -> None:
    robots = read_robots("User-agent: *\nDisallow: /日本".encode(), "aspire-ingest")
    assert not robots.allows("https://example.org/%E6%97%A5%e6%9c%ac/a")


@given(st.binary(max_size=200))
def test_robots_and_listings_never_raise_anything_else(body: bytes) -> None:
    read_robots(body, "aspire-ingest").allows("https://example.org/a")
    try:
        read_listing(body)
    except ValueError:
        return


_SITEMAP = (
    b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    b"<url><loc> https://example.org/a </loc></url><url><loc>https://example.org/b</loc></url>"
    b"<url><loc>https://example.org/a</loc></url></urlset>"
)


@pytest.mark.parametrize(
    ("body", "listing"),
    [
        (_SITEMAP, Listing(pages=("https://example.org/a", "https://example.org/b"))),
        (
            gzip.compress(_SITEMAP),
            Listing(pages=("https://example.org/a", "https://example.org/b")),
        ),
        (
            b"<sitemapindex><sitemap><loc>/s.xml</loc></sitemap></sitemapindex>",
            Listing(sitemaps=("/s.xml",)),
        ),
        (
            b"<rss><channel><link>/</link><item><link>/a</link></item></channel></rss>",
            Listing(pages=("/a",)),
        ),
        (
            b'<feed xmlns="http://www.w3.org/2005/Atom"><link href="/"/><entry>'
            b'<link rel="self" href="/x"/><link href="/a"/></entry></feed>',
            Listing(pages=("/a",)),
        ),
    ],
)
def test_listings_are_read(body: bytes, listing: Listing) -> None:
    assert read_listing(body) == listing


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html></html>", "no sitemap and no feed, but <html>"),
        (b"not xml", "no sitemap or feed that can be read"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><rss/>', "entities"),
        (b"\x1f\x8bbroken", "damaged gzip"),
    ],
)
def test_what_is_no_listing_is_refused(body: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_listing(body)


def site(**more: Any) -> Scope:
    given = {"name": "s", "type": "site", "start": "https://example.org/news/index.html", **more}
    return Scope(Site.model_validate(given))


def test_a_section_is_the_folder_of_its_start_page_unless_said_otherwise() -> None:
    scope = site()
    assert scope.takes("https://example.org/news/2025/a.html")
    assert not scope.takes("https://example.org/about.html")
    assert not scope.takes("https://other.org/news/a.html")
    assert scope.takes("https://example.org/files/rules.pdf"), "PDF files are followed"
    assert not site(follow_pdf=False).takes("https://example.org/news/rules.pdf")
    narrow = site(include=["/news/2025/**"], exclude=["/**/draft*"])
    assert narrow.takes("https://example.org/news/index.html"), "where it starts"
    assert not narrow.takes("https://example.org/news/2024/a.html")
    assert not narrow.takes("https://example.org/news/2025/draft-1.html")


def test_a_listing_speaks_for_its_own_host() -> None:
    given = {"name": "s", "type": "sitemap", "sitemap": "https://example.org/sitemap.xml"}
    assert Scope(Sitemap.model_validate(given)).takes("https://example.org/a")
    assert not Scope(Sitemap.model_validate(given)).takes("https://other.org/a")
    wide = Sitemap.model_validate({**given, "include": ["https://other.org/**"]})
    assert Scope(wide).takes("https://other.org/a")


def test_pictures_and_archives_are_not_visited() -> None:
    assert may_hold_text("https://example.org/a.pdf")
    assert may_hold_text("https://example.org/a")
    assert all(may_hold_text(f"https://example.org/a.{kind}") for kind in ("csv", "epub", "odt"))
    assert not may_hold_text("https://example.org/a.PNG")
    assert not may_hold_text("https://example.org/a.zip?x=1")
    assert is_old_office("https://example.org/a.XLS?x=1")
    assert not is_old_office("https://example.org/a.xlsx")


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE a [" + b" " * 200_000 + b'<!ENTITY b "c">]><urlset/>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "c">]><rss/>'.encode(
            "utf-16"
        ),
        b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://10.0.0.1/x">%p;]><rss/>',
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><rss>&b;</rss>',
    ],
)
def test_entities_are_refused_wherever_and_however_they_are_written(body: bytes) -> None:
    with pytest.raises(ValueError, match="entities"):
        read_listing(body)


def test_a_rule_with_many_stars_is_compared_in_no_time() -> None:
    robots = read_robots(b"User-agent: *\nDisallow: /" + b"*a" * 40 + b"*b$", "aspire-ingest")
    began = time.monotonic()
    assert robots.allows("https://example.org/" + "a" * 2_000)
    assert time.monotonic() - began < 1


def test_a_host_cannot_ask_for_more_than_a_day_between_requests() -> None:
    robots = read_robots(b"User-agent: *\nCrawl-delay: 1e12", "aspire-ingest")
    assert robots.crawl_delay_s == 86_400

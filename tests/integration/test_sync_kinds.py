"""Feeds, sitemaps, single pages and folders; canonical addresses; a sources file that changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.hostile import slides
from tests.test_site.content import Resource, page
from tests.test_site.scene import Scene
from tests.test_site.server import Site, serve

_SOURCES = """
sources:
  - {{name: news, type: feed, feed: '{base}/feed.xml', limits: {{delay_s: 0}}}}
  - {{name: map, type: sitemap, sitemap: '{base}/sitemap.xml', exclude: /aspire/report/03*,
      limits: {{delay_s: 0}}}}
  - {{name: single, type: pages, pages: ['{base}/aspire/about.html?utm_source=a', '{base}/no.html'],
      limits: {{delay_s: 0}}}}
  - {{name: office, type: folder, folder: FOLDER, audience: staff, kind: guideline}}
"""


def feed(site: Site, *paths: str) -> Resource:
    items = "".join(f"<item><link>{site.base}{path}</link></item>" for path in paths)
    return Resource(f"<rss><channel>{items}</channel></rss>".encode(), "application/rss+xml")


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    office = tmp_path / "office"
    office.mkdir()
    (office / "rules.md").write_text("# Rules\n\nThe reserve covers travel.\n", encoding="utf-8")
    (office / "open.md").write_text(
        "---\naudience: public\nkind: faq\n---\n# Open\n\nAnyone may ask.\n", encoding="utf-8"
    )
    with serve(4) as site:
        site.content["/feed.xml"] = feed(
            site, "/aspire/report/01_e.html", "/aspire/report/02_e.html"
        )
        pages = "".join(
            f"<url><loc>{site.base}/aspire/report/0{number}.html</loc></url>"
            for number in (1, 2, 3)
        )
        site.content["/inner.xml"] = Resource(f"<urlset>{pages}</urlset>".encode(), "text/xml")
        site.content["/sitemap.xml"] = Resource(
            b"<sitemapindex><sitemap><loc>/inner.xml</loc></sitemap></sitemapindex>", "text/xml"
        )
        yield Scene(site, tmp_path / "home", _SOURCES.replace("FOLDER", str(office)))


def test_every_kind_of_source_is_brought_in_and_asked_again(scene: Scene, tmp_path: Path) -> None:
    office = str(tmp_path / "office")
    reports = ["/aspire/report/01.html", "/aspire/report/01_e.html", "/aspire/report/02.html",
               "/aspire/report/02_e.html"]  # fmt: skip
    failed = ["/no.html: the server answered 404 Not Found"]
    assert scene.told(scene.sync()) == {
        "added": ["/aspire/about.html", *reports, f"{office}/open.md", f"{office}/rules.md"],
        "failed": failed,
        "unchanged": 0,
    }
    found = scene.documents()
    assert found[f"{office}/rules.md"].audience == "staff"
    assert found[f"{office}/rules.md"].kind == "guideline"
    assert (found[f"{office}/open.md"].audience, found[f"{office}/open.md"].kind) == (
        "public",
        "faq",
    )

    again = scene.sync()
    assert scene.told(again) == {"failed": failed, "unchanged": 7}
    assert [one.path for one in scene.site.requests if not one.is_conditional] == ["/no.html"]
    assert scene.embedder.texts == []

    # a feed forgets what is old: its pages stand all the same, and are asked for
    scene.site.content["/feed.xml"] = feed(scene.site, "/aspire/report/04_e.html")
    (tmp_path / "office" / "rules.md").unlink()
    assert scene.told(scene.sync()) == {
        "added": ["/aspire/report/04_e.html"],
        "gone": [f"{office}/rules.md"],
        "failed": failed,
        "unchanged": 6,
    }
    assert scene.documents()[f"{office}/rules.md"].gone_since


def test_only_the_sources_asked_for_are_looked_at(scene: Scene) -> None:
    assert len(scene.sync(names=["news"]).report.added()) == 2
    assert {one.path for one in scene.site.requests} & {"/sitemap.xml", "/no.html"} == set()


def test_a_listing_that_cannot_be_read_fails_its_source_and_nothing_else(scene: Scene) -> None:
    scene.sync()
    scene.site.content["/feed.xml"] = Resource(b"<html>Sorry</html>", "text/html")
    del scene.site.content["/sitemap.xml"]
    told = scene.sync()
    assert told.sources[0].problem.endswith("is no sitemap and no feed, but <html>")
    assert told.sources[1].problem.endswith("the server answered 404 Not Found")
    assert told.report.plan.gone == ()
    assert scene.told(told)["unchanged"] == 7


def test_a_page_by_several_addresses_is_one_document(tmp_path: Path) -> None:
    with serve(1) as site:
        canonical = '<link rel="canonical" href="/aspire/story.html">'
        for path in ("/aspire/story.html", "/aspire/story", "/aspire/m/story.html"):
            site.content[path] = Resource(page("Story", "en", "A story. " * 30, head=canonical))
        foreign = '<link rel="canonical" href="https://other.example/story.html">'
        site.content["/aspire/own.html"] = Resource(
            page("Own", "en", "Its own story. " * 30, head=foreign)
        )
        links = "".join(
            f'<a href="{link}">x</a>'
            for link in ("story", "m/story.html#top", "story.html?utm_medium=m", "own.html",
                         "own.html?print=1", "print/own.html")
        )  # fmt: skip
        site.put("/aspire/", page("List", "en", "All stories. " * 9, links=links))
        scene = Scene(site, tmp_path / "home")
        scene.sources = scene.sources.replace("lists: [/aspire/, /aspire/en/]", "lists: [/aspire/]")
        scene.sync()
        found = sorted(path for path in scene.documents() if "story" in path or "own" in path)
        assert found == ["/aspire/own.html", "/aspire/story.html"]


def test_what_a_source_says_counts_without_asking_its_site_again(scene: Scene) -> None:
    scene.sync(names=["single"])
    scene.sources = scene.sources.replace("name: single,", "name: single, publisher: The Office,")
    told = scene.sync(names=["single"])
    (change,) = told.report.changes()
    assert change.fields == {"publisher": (None, "The Office")}
    assert told.sources[0].unmodified == 1


def test_a_limit_of_pages_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    with serve(6) as site:
        scene = Scene(site, tmp_path / "home")
        scene.sources = scene.sources.replace("limits: {{", "limits: {{pages: 8, ")
        told = scene.sync()
        assert "leads to more than 8 pages" in told.sources[0].problem
        assert told.sources[0].requests == 8
        assert told.report.plan.gone == ()


def test_a_redirect_to_where_robots_may_not_go_is_not_taken(tmp_path: Path) -> None:
    with serve(1) as site:
        site.redirects["/aspire/report/01_e.html"] = "/aspire/private/notes.html"
        scene = Scene(site, tmp_path / "home")
        told = scene.told(scene.sync())
        assert (
            f"/aspire/report/01_e.html: redirects to {site.base}/aspire/private/notes.html, "
            "which robots.txt asks not to visit" in str(told["skipped"])
        )
        assert "/aspire/private/notes.html" not in scene.documents()


def test_a_listing_over_the_limit_is_said(scene: Scene) -> None:
    scene.sources = scene.sources.replace(
        "limits: {{delay_s: 0}}", "limits: {{delay_s: 0, pages: 1}}"
    )
    told = scene.sync(names=["news"])
    assert "leads to more than 1 pages" in told.sources[0].problem
    assert len(told.report.added()) == 1


def test_speaker_notes_come_and_go_with_the_setting_of_their_source(
    scene: Scene, tmp_path: Path
) -> None:
    kind = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    scene.site.content["/deck.pptx"] = Resource(slides(), kind)
    (tmp_path / "office" / "own.pptx").write_bytes(slides())
    listed = (
        "sources: [{{name: deck, type: pages, pages: ['{base}/deck.pptx'], notes: NOTES, "
        "limits: {{delay_s: 0}}}}, {{name: own, type: folder, folder: FOLDER, notes: NOTES}}]"
    ).replace("FOLDER", str(tmp_path / "office"))
    for notes in ("false", "true", "false"):
        scene.sources = listed.replace("NOTES", notes)
        assert scene.sync().report.failures == ()
        for path in ("/deck.pptx", str(tmp_path / "office" / "own.pptx")):
            assert ("slowly" in scene.text(path)) is (notes == "true")

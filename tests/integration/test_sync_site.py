"""A site on loopback: look, change, look again, with exactly the right report each time."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.test_site.content import page, report
from tests.test_site.scene import Scene
from tests.test_site.server import serve

_FAILED = [
    "/aspire/broken.html: the server answered 500 Internal Server Error",
    "/aspire/cut.html: the connection broke (Remote end closed connection without response)",
    "/aspire/moved-away.html: 127.0.0.2 is at the private or reserved address 127.0.0.2: refused; "
    "an operator can allow it with ASPIRE_FETCH_ALLOW",
    "/aspire/slow.html: no full answer within 1 s; try later",
]
_SKIPPED = [
    "/aspire/never-was.html: the server answered 404 Not Found",
    "/aspire/private/notes.html: robots.txt asks not to visit it",
]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with serve() as site:
        yield Scene(site, tmp_path / "home")


def test_a_site_is_brought_in_then_kept_in_line(scene: Scene) -> None:
    site = scene.site
    first = scene.told(scene.sync())
    assert len(site.content) >= 57
    reports = [f"/aspire/report/{n:02}{mark}.html" for n in range(1, 25) for mark in ("", "_e")]
    others = ["/aspire/about.html", "/aspire/en/about_en.html"]
    others += ["/aspire/files/guideline_2025.pdf", "/aspire/files/guideline_2026.pdf"]
    assert first == {
        "added": sorted([*reports, *others]),
        "failed": _FAILED,
        "skipped": _SKIPPED,
        "unchanged": 0,
    }
    visited = [one.path.partition("?")[0] for one in site.requests]
    assert "/aspire/private/notes.html" not in visited
    assert "/elsewhere/outside.html" not in visited
    assert "/aspire/logo.png" not in visited
    twice = {path for path in visited if visited.count(path) > 1}
    assert twice == {"/aspire/en/about_en.html"}, "once by the old address that leads there"

    site.statuses.clear()
    site.cut.clear()
    site.slow.clear()
    site.redirects.pop("/aspire/moved-away.html")
    again = scene.sync()
    assert scene.told(again)["unchanged"] == 52
    assert scene.embedder.texts == []
    never = {"/aspire/broken.html", "/aspire/cut.html", "/aspire/slow.html"}
    never |= {"/aspire/moved-away.html", "/aspire/never-was.html"}
    asked = [one for one in site.requests if one.path not in never]
    assert len(asked) == 58
    plain = [one.path for one in asked if not one.is_conditional]
    assert plain == []
    assert {one.status for one in asked if one.path != "/aspire/old-about.html"} == {304}


def test_what_changed_is_told_to_the_letter(scene: Scene) -> None:
    scene.sync()
    site = scene.site
    old = site.content["/aspire/report/06_e.html"].body
    site.put("/aspire/report/06_e.html", old.replace(b"five years", b"six years"))
    site.put("/aspire/report/05_e.html", report(5, "en", "A prize was given to the team."))
    del site.content["/aspire/report/07.html"]
    site.put("/aspire/report/08_e.html", page("404 Not Found", "en", "Nothing is here."))
    site.put("/aspire/report/09.html", page("第9回会合", "ja", "工事中。"))
    site.statuses["/aspire/report/10.html"] = 503
    site.redirects["/aspire/report/11.html"] = "/aspire/report/99.html"
    site.put("/aspire/report/99.html", report(99, "ja"))
    site.put(
        "/aspire/report/12_e.html", site.content["/aspire/report/12_e.html"].body + b"<!-- -->"
    )

    planned = scene.told(scene.sync(dry=True))
    before = scene.documents()
    told = scene.sync()
    assert scene.told(told) == planned, "a dry run says what the run then does"
    assert scene.told(told) == {
        "added": ["/aspire/report/99.html"],
        "replaced": ["/aspire/report/05_e.html", "/aspire/report/06_e.html"],
        "gone": ["/aspire/report/07.html", "/aspire/report/08_e.html", "/aspire/report/11.html"],
        "failed": sorted(
            [
                *_FAILED,
                "/aspire/report/09.html: came back with few characters where many are indexed; the "
                "indexed text was kept. If it is right, take it with `aspire-ingest add`",
                "/aspire/report/10.html: the server answered 503 Service Unavailable",
            ]
        ),
        "skipped": _SKIPPED,
        "unchanged": 52 - 2 - 3 - 2,
    }
    changes = {change.document_id: change for change in told.report.changes()}
    six = changes[before["/aspire/report/06_e.html"].document_id]
    assert [line for line in six.text.lines if line[0] in "+-"] == [
        "-The project of team 6 receives 18 million yen over five years.",
        "+The project of team 6 receives 18 million yen over six years.",
    ]
    reasons = {
        info.source.removeprefix(scene.site.base): told.report.reviewed.reasons[info.document_id]
        for info in scene.documents().values()
        if info.gone_since
    }
    assert reasons == {
        "/aspire/report/07.html": "the server answered 404 Not Found",
        "/aspire/report/08_e.html": "says that there is no such page, with status 200",
        "/aspire/report/11.html": f"moved to {site.base}/aspire/report/99.html",
    }

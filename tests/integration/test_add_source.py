"""`aspire-ingest add-source` and `history --source`, over a site on loopback."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from tests.small_index import NoChroma
from tests.test_site.content import Resource
from tests.test_site.server import serve

from aspire_ingest.bootstrap import build_sync_parts
from aspire_ingest.cli import app as cli
from aspire_ingest.cli import source_commands as cli_sources
from aspire_ingest.index.generations.home import Home
from aspire_ingest.index.generations.lock import writer_lock
from aspire_ingest.sync.watch import read_next

Run = Callable[..., tuple[int, dict[str, object], str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASPIRE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASPIRE_EMBEDDING", "hashing/64")
    for module in (cli, cli_sources):
        build = partial(build_sync_parts, open_chroma=NoChroma)
        monkeypatch.setattr(module, "build_sync_parts", build)

    def call(*arguments: str) -> tuple[int, dict[str, object], str]:
        with pytest.raises(SystemExit) as ended:
            cli.main([*arguments, "--json"])
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, json.loads(out or "{}"), err

    return call


def test_a_source_is_looked_at_added_and_its_visits_are_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(reports=0) as site:
        monkeypatch.setenv("ASPIRE_FETCH_ALLOW", site.base.removeprefix("http://"))
        page = Resource(b"# Page\n\nThe desk is open.\n", "text/markdown; charset=utf-8")
        site.content["/page.md"] = page
        given = ("add-source", "desk", "--type=pages", f"--address={site.url('/page.md')}")
        own = tmp_path / "home" / "sources.yaml"
        code, report, _ = run(*given, "--dry-run")
        assert (code, len(report["added"]), own.exists()) == (0, 1, False)  # type: ignore[arg-type]
        with writer_lock(Home(tmp_path / "home")):
            assert run(*given)[0] == 1  # somebody else is writing
        assert run(*given)[1]["file"] == str(own)
        assert "jst-aspire" in own.read_text()  # with what is shipped
        assert run(*given)[0] == 2
        (added,) = run("sync", "--source", "desk")[1]["added"]  # type: ignore[misc]
        site.content["/page.md"] = Resource(page.body.replace(b"open", b"shut"), page.media_type)
        run("sync", "--source", "desk")
        run("sync", "--source", "desk")
        told = run("history", "--source", "desk")[1]
    visits, last = told["visits"], told["last"]
    assert [(one["added"], one["changed"]) for one in visits] == [(0, 0), (0, 1), (1, 0)]  # type: ignore[union-attr, index, call-overload]
    assert last["changed"] == []  # type: ignore[index, call-overload]
    assert run("history", "--source", "nobody")[1] == {
        "source": "nobody",
        "visits": [],
        "last": None,
    }
    assert added


def test_when_the_next_visit_is_stands_in_the_status_while_it_is_ahead(tmp_path: Path) -> None:
    home, now = Home(tmp_path), datetime(2026, 11, 29, 12, tzinfo=UTC)
    assert read_next(home, now) is None
    for told, wanted in ((now + timedelta(hours=1), True), (now - timedelta(hours=1), False)):
        (tmp_path / "next-sync").write_text(told.isoformat())
        assert bool(read_next(home, now)) is wanted
    (tmp_path / "next-sync").write_text("soon")
    assert read_next(home, now) is None

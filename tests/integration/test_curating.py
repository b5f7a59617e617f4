"""Staff's work on the index by the other program: the whole way, and with bots that are killed."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.local_slack.server import LocalSlack
from tests.test_site.content import Resource, page
from tests.test_site.server import Site, serve

from aspire_bot.curator import IndexCurator, RefusedError
from aspire_bot.curator_sources import NewSource
from aspire_bot.ingest_program import IngestProgram
from aspire_bot.local_slack.courier import Courier, HttpTransport
from aspire_bot.local_slack.model import Message
from aspire_bot.local_slack.people import People, Person
from aspire_bot.local_slack.workspace import BOT_TOKEN
from aspire_ingest.index.errors import IndexUnavailableError
from aspire_ingest.index.generations.home import Home, current_number
from aspire_ingest.index.generations.lock import writer_lock
from aspire_ingest.index.store.base import open_base

ROOT = Path(__file__).parents[2]
NEW = "/aspire/new.html"
TEXT = "The office opens a help desk for new projects in April. It answers on weekdays only. " * 3


@pytest.fixture(scope="module")
def site() -> Generator[Site]:
    with serve(reports=0) as served:
        served.content[NEW] = Resource(page("Help desk", "en", TEXT))
        yield served


@pytest.fixture
def curator(site: Site, tmp_path: Path) -> IndexCurator:
    own = {
        "ASPIRE_HOME": str(tmp_path / "home"),
        "ASPIRE_EMBEDDING": "hashing/64",
        "ASPIRE_FETCH_ALLOW": site.base.removeprefix("http://"),
    }
    return IndexCurator(program=IngestProgram(environment=own))


def test_the_other_program_looks_accepts_and_undoes(
    curator: IndexCurator, site: Site, tmp_path: Path
) -> None:
    home = Home(tmp_path / "home")
    preview = curator.look_at_page(site.url(NEW))
    assert (preview.action, preview.document.title) == ("add", "Help desk")
    again = curator.look_again(preview.proposal, {"kind": "faq", "date": "2026-04-01"})
    assert (again.document.kind, again.document.published_from) == ("faq", "wanted")
    assert current_number(home) is None

    with writer_lock(home), pytest.raises(IndexUnavailableError):
        curator.accept(again.proposal)
    steps: list[str] = []
    done = curator.accept(again.proposal, lambda step, _done, _total: steps.append(step))
    assert (done.did, done.can_undo) == ("added", True)
    assert steps == ["embed", "publish"]
    status = curator.status()
    assert (status.documents, [run.command for run in status.runs]) == (1, ["accept"])
    with pytest.raises(RefusedError, match="is not in the index") as refused:
        curator.look_at_removal("--prune")
    assert refused.value.code == "unknown"
    assert curator.undo(again.proposal).did == "removed"


def test_a_sync_is_looked_at_first(curator: IndexCurator, site: Site, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    listed = {"name": "own", "type": "pages", "pages": [site.url(NEW)]}
    (home / "sources.yaml").write_text(json.dumps({"sources": [listed]}))
    synced = curator.sync([], is_dry_run=True)
    assert (len(synced.added), synced.sources[0].added) == (1, 1)
    assert current_number(Home(home)) is None
    with pytest.raises(RefusedError, match="no source called") as refused:
        curator.sync(["--prune"], is_dry_run=False)
    assert refused.value.code == "settings"


@contextmanager
def _process(slack: LocalSlack, site: Site, folder: Path) -> Generator[tuple[int, People]]:
    """The bot's process, killed when the block ends, with all that it logs kept."""
    path = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
    allow = site.base.removeprefix("http://")
    arguments = [slack.url, str(folder / "state.db"), str(folder / "home")]
    with (folder / "bot.log").open("a") as log:
        running = subprocess.Popen(  # noqa: S603  our own module
            [sys.executable, "-m", "tests.local_slack.curating_bot", *arguments],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": path, "ASPIRE_FETCH_ALLOW": allow},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    assert running.stdout is not None
    with running, running.stdout:
        try:
            port = int(running.stdout.readline())
            yield running.pid, People(slack, Courier(HttpTransport(port)))
        finally:
            running.kill()


def _says(sato: Person, words: str) -> Message:
    return sato.waits_for_message(sato.dm, lambda m: words in str(m.blocks), timeout_s=60)


def test_a_bot_killed_in_the_middle_ends_what_it_began(site: Site, tmp_path: Path) -> None:
    """Killed between the approval and the result; the next bot says what came of it."""
    home = Home(tmp_path / "home")
    with LocalSlack() as slack:
        with _process(slack, site, tmp_path) as (pid, people):
            sato = people["U3"]
            sato.runs("/aspire", f"ingest {site.url(NEW)}", channel="C1")
            message = _says(sato, "aspire:op_approve")
            sato.clicks(message, "aspire:op_approve")
            _says(sato, "索引を更新しています")
            os.kill(pid, signal.SIGKILL)
        with _process(slack, site, tmp_path) as (pid, people):
            sato = people["U3"]
            done = _says(sato, "aspire:op_undo")
            assert done.ts == message.ts
            assert "索引に登録しました" in str(done.blocks)
            assert current_number(home) == 1
            assert len(open_base(home).known) == 1
            sato.clicks(done, "aspire:op_undo")
            _says(sato, "文書は索引から除かれました")
            assert open_base(home).known == {}
        assert slack.violations == []
    written = (tmp_path / "bot.log").read_text()
    assert BOT_TOKEN not in written
    assert not any(
        BOT_TOKEN.encode() in path.read_bytes()
        for path in (tmp_path / "home").rglob("*")
        if path.is_file()
    )


def test_the_other_program_sets_replaces_and_tells_of_sources(
    curator: IndexCurator, site: Site, tmp_path: Path
) -> None:
    preview = curator.look_at_page(site.url(NEW))
    document_id = curator.accept(preview.proposal).document_id
    said = curator.look_at_settings(document_id, ("title=--help =x", "date=2026-04"))
    assert said.change is not None
    assert said.change.fields["title"] == ("Help desk", "--help =x")
    with pytest.raises(RefusedError) as refused:
        curator.look_at_settings(document_id, ("left-out=3",))
    assert refused.value.code == "unfit"
    file = tmp_path / "file"
    file.write_text("The desk is open in May.")
    placed = curator.look_at_replacement(document_id, file, "--desk?.txt")
    assert (placed.action, placed.document.document_id) == ("replace", document_id)
    source = NewSource(name="desk", type="pages", addresses=(site.url(NEW),), publisher="--x")
    assert curator.add_source(source).added == "desk"
    with pytest.raises(RefusedError) as twice:
        curator.look_at_source(source)
    assert twice.value.code == "settings"
    assert curator.source_history("desk").visits == ()
    assert curator.last_change(document_id) is None
    curator.accept(placed.proposal)
    change = curator.last_change(document_id)
    assert change is not None
    assert "+The desk is open in May." in change.difference
    assert curator.last_change("--prune") is None

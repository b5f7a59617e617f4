"""`watch`: one at a time, told of what goes wrong, ended by a signal; and the commands of sync."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from filelock import FileLock
from tests.small_index import lent_chroma
from tests.test_site.scene import Scene
from tests.test_site.server import serve

from aspire_ingest.bootstrap import build_sync_parts
from aspire_ingest.cli import app as cli
from aspire_ingest.index import IndexUnavailableError
from aspire_ingest.index.generations.home import Home, current_number
from aspire_ingest.pipeline.runs import read_run
from aspire_ingest.sync.cron import Every
from aspire_ingest.sync.health import Alert
from aspire_ingest.sync.sync import SyncParts
from aspire_ingest.sync.watch import Watch
from aspire_ingest.web.pace import Stop
from aspire_ingest.web.sources_file import parse_sources

_SOURCES = """
alerts: {{failures: 2, max_age: 1d}}
sources:
  - {{name: single, type: pages, pages: ['{base}/aspire/about.html'], limits: {{delay_s: 0}}}}
"""


@dataclass
class Waits(Stop):
    """Does not sleep, but moves the clock; notes for how long."""

    now: datetime = datetime(2026, 3, 2, 6, tzinfo=UTC)
    waits: list[timedelta] = field(default_factory=list[timedelta])

    def wait(self, seconds: float) -> bool:
        if seconds > 2:
            self.waits.append(timedelta(seconds=round(seconds)))
            self.now += timedelta(seconds=seconds)
        return self.event.is_set()


@dataclass
class Desk:
    """Staff who are told."""

    told: list[str] = field(default_factory=list[str])
    fails: bool = False

    def __call__(self, raised: Sequence[Alert], cleared: Sequence[Alert]) -> None:
        self.told += [f"+{alert.kind} {alert.source}" for alert in raised]
        self.told += [f"-{alert.kind} {alert.source}" for alert in cleared]
        if self.fails:
            raise RuntimeError("no Slack")


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with serve(1) as site:
        yield Scene(site, tmp_path / "home", _SOURCES)


def watch(scene: Scene, pool: Desk, stop: Waits) -> Watch:
    @contextmanager
    def parts(_stop: Stop) -> Generator[SyncParts]:
        with scene.parts() as opened:
            yield opened

    return Watch(
        home=Home(scene.root),
        schedule=Every(timedelta(hours=6)),
        read_file=lambda: parse_sources(scene.sources.format(base=scene.site.base), "s.yaml"),
        open_parts=parts,
        hook=pool,
        stop=stop,
        now=lambda: stop.now,
    )


def test_staff_are_told_once_when_a_source_fails_again_and_again_and_when_it_is_over(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    pool, stop = Desk(), Waits(now=datetime.now(UTC))
    watching = watch(scene, pool, stop)
    watching.run(most_runs=1)
    assert pool.told == []
    scene.site.statuses["/aspire/about.html"] = 500
    watching.run(most_runs=3)
    assert pool.told == ["+failing single"]
    scene.site.statuses.clear()
    pool.fails = True
    watching.run(most_runs=1)
    assert pool.told == ["+failing single", "-failing single"]
    assert "the hook for alerts failed" in caplog.text
    assert stop.waits == [timedelta(hours=6)] * 2, "a source that fails is not asked more often"


def test_a_run_that_fails_as_a_whole_is_tried_again_ever_more_slowly(scene: Scene) -> None:
    pool, stop = Desk(), Waits()
    scene.root.mkdir()
    with FileLock(scene.root / "writer.lock"):
        watch(scene, pool, stop).run(most_runs=4)
    assert stop.waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert pool.told == ["+broken None"]


def test_a_sources_file_that_breaks_meanwhile_is_told_and_not_the_end(scene: Scene) -> None:
    pool, stop = Desk(), Waits(now=datetime.now(UTC))
    watching = watch(scene, pool, stop)
    watching.run(most_runs=1)
    good, texts = watching.read_file, ["sources: []"]
    watching.read_file = lambda: parse_sources(texts[0], "s.yaml") if stop.waits else good()
    watching.run(most_runs=2)
    assert pool.told == ["+broken None"]


def test_two_watches_are_one_too_many(scene: Scene) -> None:
    scene.root.mkdir()
    with (
        FileLock(scene.root / "watch.lock"),
        pytest.raises(IndexUnavailableError, match="Another aspire-ingest watch"),
    ):
        watch(scene, Desk(), Waits()).run(most_runs=1)


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGTERM")
def test_sigterm_ends_a_watch_between_two_steps(scene: Scene, tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(scene.sources.format(base=scene.site.base), encoding="utf-8")
    scene.site.slow.add("/aspire/about.html")
    command = [sys.executable, "-m", "aspire_ingest", "watch", "--sources", str(path)]
    settings = {"HOME": str(scene.root), "FETCH_ALLOW": "127.0.0.0/8", "EMBEDDING": "hashing/64"}
    settings["SORCES"] = "a slip"
    environment = {**os.environ, **{f"ASPIRE_{name}": value for name, value in settings.items()}}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as child:  # noqa: S603 - our own
        scene.site.after, scene.site.then = 3, lambda: child.send_signal(signal.SIGTERM)
        _, told = child.communicate(timeout=30)
    assert child.returncode == 0, told
    assert b"Traceback" not in told
    assert b"ASPIRE_SORCES is set, but there is no such setting: write ASPIRE_SOURCES" in told
    assert not (scene.root / "writer.json").exists()


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        cli.main([*arguments])
    return int(ended.value.code or 0)


@pytest.fixture
def sources(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sources file in its usual place, and settings for the programs."""
    path = scene.root / "sources.yaml"
    scene.root.mkdir()
    path.write_text(scene.sources.format(base=scene.site.base), encoding="utf-8")
    monkeypatch.setenv("ASPIRE_HOME", str(scene.root))
    monkeypatch.setenv("ASPIRE_EMBEDDING", "hashing/64")
    monkeypatch.setenv("ASPIRE_FETCH_ALLOW", scene.site.base.removeprefix("http://"))
    build = partial(build_sync_parts, open_chroma=lent_chroma)
    monkeypatch.setattr(cli, "build_sync_parts", build)
    return path


def documents_replaced(scene: Scene, name: str) -> list[str]:
    found = read_run(Home(scene.root), name)
    assert found is not None
    return [str(one) for one in cast("list[object]", found["replaced"])]


@pytest.mark.usefixtures("sources")
def test_the_commands_tell_what_happened(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sync", "--dry-run", "--json") == 0
    assert len(json.loads(capsys.readouterr().out)["added"]) == 1
    assert current_number(Home(scene.root)) is None
    assert run("sync") == 0
    shown = capsys.readouterr().out
    assert "added: 事業について" in shown
    assert "single: 1 added (1 request, 0 not modified)" in shown
    old = scene.site.content["/aspire/about.html"].body
    scene.site.put("/aspire/about.html", old.replace("5年間".encode(), "6年間".encode()))
    assert run("sync") == 0
    assert "+6年間の共同研究と若手研究者の渡航を支援する。" in capsys.readouterr().out.replace(
        "    ", ""
    )
    assert run("history", "--json") == 0
    newest, oldest = json.loads(capsys.readouterr().out)["runs"]
    assert (newest["replaced"], oldest["added"], newest["outcome"]) == (1, 1, "done")
    assert run("history") == 0
    assert newest["run"] in capsys.readouterr().out
    assert run("history", newest["run"]) == 0
    assert "6年間の共同研究" in capsys.readouterr().out
    (name,) = documents_replaced(scene, newest["run"])
    assert run("history", "--document", name, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["last"]["run"], told["last"]["index_version"]) == (
        newest["run"], newest["index_version"],
    )  # fmt: skip
    assert run("history", "--document", name) == 0
    assert "+6年間の共同研究" in capsys.readouterr().out
    assert run("history", "--document", "nothing") == 0
    assert "nothing is known of a change" in capsys.readouterr().out
    assert run("history", "nothing") == 1
    assert "there is no such run" in capsys.readouterr().err


def test_status_tells_how_the_sources_do(
    scene: Scene, sources: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("sync") == 0
    capsys.readouterr()
    assert run("status", "--json") == 0
    status = json.loads(capsys.readouterr().out)
    assert (status["documents"], status["kinds"], status["alerts"]) == (1, {"other": 1}, [])
    assert status["sources"][0]["name"] == "single"
    assert status["sources"][0]["last_success"]
    scene.site.statuses["/aspire/about.html"] = 500
    assert run("sync") == 1
    assert run("sync") == 1
    capsys.readouterr()
    assert run("status") == 1
    told = capsys.readouterr()
    assert "alert: single failed 2 times in a row" in told.err
    assert "single" in told.out
    sources.write_text("sources: [{name: x}]", encoding="utf-8")
    assert run("sync") == 2
    assert "sources.yaml:1: sources[0].type: must be one of site" in capsys.readouterr().err

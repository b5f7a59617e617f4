"""`aspire-ingest report`: a real index, a real state, and the two programs as they are called."""

import importlib
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.small_index import NoChroma
from tests.unit.bot.state.made import gap, posted

from aspire_bot.cli.app import main as bot_main
from aspire_bot.settings import Settings
from aspire_bot.state.opening import state_of
from aspire_bot.state.sources import CitedSource
from aspire_ingest.bootstrap import build_parts
from aspire_ingest.catalog import open_catalog
from aspire_ingest.cli import app as cli
from aspire_ingest.index.generations.home import Home
from aspire_ingest.pipeline.pipeline import RunRequest, ingest
from aspire_ingest.settings import IngestSettings

_LONG = "The travel of invited researchers is covered when the host agrees in writing before. "
_SOURCES = """
sources:
  - {name: office, type: folder, folder: docs, audience: staff}
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of four documents, two of them nearly the same."""
    home, docs = tmp_path / "home", tmp_path / "docs"
    docs.mkdir()
    for name, year in (("rules-2025", 2025), ("rules-2026", 2026)):
        head = f"---\ntitle: Rules\ndate: {year}-04\nkind: guideline\nedition: FY{year}\n---\n"
        (docs / f"{name}.md").write_text(f"{head}{_LONG}It holds for {year}.\n")
    (docs / "news.md").write_text("---\ntitle: News & <b>more</b>\nkind: news\n---\nA meeting.\n")
    (docs / "kaigi.md").write_text("---\ntitle: 会議\naudience: staff\n---\n会議が開催された。\n")
    for name, value in {"HOME": home, "CACHE": tmp_path, "EMBEDDING": "hashing/64"}.items():
        monkeypatch.setenv(f"ASPIRE_{name}", str(value))
    monkeypatch.chdir(tmp_path)
    home.mkdir()
    (home / "sources.yaml").write_text(_SOURCES)
    with build_parts(
        IngestSettings(), lambda _step, _done, _total: None, open_chroma=NoChroma
    ) as parts:
        ingest(RunRequest(targets=[str(docs)]), parts)
    return home


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str, main: Callable[[list[str]], None] = cli.main) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([*arguments])
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, out, err

    return call


def _parsed(page: str) -> Any:
    """The page as lxml reads it; its types are known in part only."""
    html: Any = importlib.import_module("lxml.html")
    return html.document_fromstring(page)


def _asked(home: Path) -> str:
    """A document was cited twice, and a question left open; gives the document's id."""
    with state_of(Settings(home=home)) as state:
        cited = CitedSource(document_id="not-there-any-more", title="Old")
        rules = CitedSource(document_id=_ids(home)["rules-2026"], title="Rules")
        for number, sources in enumerate([(rules,), (rules, cited)]):
            answer = replace(posted(f"a{number}"), outcome="answered", sources=sources)
            state.answers.add(answer)
        state.gaps.add(gap("g1", "May I <i>buy</i> mice?", answer_id="a9"))
    return rules.document_id


def _ids(home: Path) -> dict[str, str]:
    with open_catalog(Home(home)) as catalog:
        return {Path(info.source).stem: name for name, info in catalog.documents().items()}


def test_one_command_writes_the_page_and_asks_the_bot(home: Path, run: Run, tmp_path: Path) -> None:
    _asked(home)
    code, out, err = run("report")
    page = tmp_path / "index-report.html"
    assert (code, err) == (0, "")
    assert str(page) in out
    said = " ".join(str(_parsed(page.read_text("utf-8")).text_content()).split())
    assert "May I <i>buy</i> mice?" in said
    assert "News & <b>more</b>" in said
    assert "2 answered" in said
    assert page.stat().st_mode & 0o077 == 0, "people's questions are for the owner alone"
    assert [one.name for one in tmp_path.glob("tmp*")] == []


def test_the_same_as_json(home: Path, run: Run, tmp_path: Path) -> None:
    rules = _asked(home)
    code, out, _ = run("report", "--json")
    told = json.loads(out)
    assert code == 0
    assert not (tmp_path / "index-report.html").exists()
    assert (told["documents"], told["kinds"]["guideline"], told["audiences"]["staff"]) == (4, 2, 1)
    assert told["editions"] == {"FY2025": 1, "FY2026": 1, "without an edition": 2}
    assert told["periods"]["counts"]["2025-04"] == told["periods"]["counts"]["2026-04"] == 1
    assert [pair["likeness"] > 0.6 for pair in told["alike"]] == [True]
    assert told["usage"]["cited"][0] == {
        "document_id": rules, "title": "Rules", "url": None, "times": 2,
    }  # fmt: skip
    assert rules not in {one["document_id"] for one in told["never_cited"]}
    assert len(told["never_cited"]) == 3
    assert [one["name"] for one in told["sources"]] == ["office"]
    assert told["runs"][0]["added"] == 4


def test_what_another_machine_says_is_read_from_a_file_or_standard_input(
    home: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _asked(home)
    _, usage, _ = run("usage", "--json", main=bot_main)
    (tmp_path / "usage.json").write_text(usage)
    (home / "state" / "state.sqlite3").unlink()
    _, out, _ = run("report", "--json", "--usage", "usage.json")
    assert json.loads(out)["usage"]["answers"] == 2
    piped = SimpleNamespace(buffer=io.BytesIO(usage.encode()))
    monkeypatch.setattr("sys.stdin", piped)
    _, out, _ = run("report", "--json", "--usage", "-")
    assert json.loads(out)["usage"]["answers"] == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--usage", "nowhere.json"], "nowhere.json cannot be read"),
        (["--usage", "docs/news.md"], "is not what `aspire-bot usage --json` writes"),
        (["--out", "nowhere/x.html"], "cannot be written"),
    ],
)
def test_what_cannot_be_used_is_named(
    arguments: list[str], said: str, home: Path, run: Run
) -> None:
    code, _, err = run("report", *arguments)
    assert code == 2
    assert said in err


def test_without_a_bot_the_rest_is_shown_and_no_state_is_made(home: Path, run: Run) -> None:
    _, out, _ = run("report", "--json")
    assert json.loads(out)["usage"]["answers"] == 0
    assert json.loads(out)["never_cited"] == []
    assert not (home / "state").exists()
    (home / "state").mkdir()
    (home / "state" / "state.sqlite3").write_text("no database")
    code, out, _ = run("report", "--json")
    told = json.loads(out)
    assert (code, told["usage"], told["documents"]) == (0, None, 4)
    assert "cannot be opened" in told["usage_problem"]


def test_usage_names_documents_and_questions_and_no_person(home: Path, run: Run) -> None:
    _asked(home)
    _, out, _ = run("usage", "--json", main=bot_main)
    told = json.loads(out)
    assert told["questions"][0]["question"] == "May I <i>buy</i> mice?"
    assert told["since"] == datetime(2026, 4, 1, 9, tzinfo=UTC).isoformat()
    assert "U1" not in out
    code, out, _ = run("usage", main=bot_main)
    assert code == 0
    assert "2 answers from 2026-04-01 to 2026-04-01: 2 answered" in out
    assert "questions without an answer: 1" in out

"""Tables that commands print, where nobody looks at a terminal: each row on one line, whole."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.small_index import DOCUMENTS, NoChroma, document, publish

from aspire_bot.cli import app as bot
from aspire_bot.doctor.check import Check
from aspire_bot.doctor.report import print_report
from aspire_bot.settings import Settings
from aspire_bot.state import open_state
from aspire_bot.state.answers import PostedAnswer
from aspire_bot.state.gaps import Gap
from aspire_bot.state.office.test_questions import TestQuestion
from aspire_bot.state.sources import CitedSource
from aspire_ingest.cli import app as ingest
from aspire_ingest.index.generations.home import Home
from aspire_ingest.index.types import DocumentInfo
from aspire_ingest.pipeline.runs import record_failure

TITLE = "Rules_for_travel_within_the_programme " + "and what they mean for each of us " * 12
ID = "a-document-with-a-long-name-that-nobody-could-wrap-anywhere-" + "x" * 90
QUESTION = "May we, the principal investigators,\nspend it on " + "travel and " * 60 + "lodging?"
NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
Run = Callable[..., list[str]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    info = DocumentInfo(document_id="", source="", title=TITLE.strip(), language="en")
    long = document(ID, f"Travel is paid in full. {TITLE}\n", info)
    gone = replace(long, info=replace(long.info, gone_since="2026-01-01"))
    publish(tmp_path, [*DOCUMENTS, gone], open_chroma=NoChroma)
    record_failure(Home(tmp_path), "sync", "a site could not be read", 1.0)
    with closing(open_state(tmp_path / "state" / "state.sqlite3", clock=lambda: NOW)) as state:
        source = CitedSource(document_id=ID, title=TITLE.strip(), url=None, published=None)
        answered = PostedAnswer(
            answer_id="a1",
            team="T1",
            channel="C1",
            thread_ts="1.0",
            asker="U1",
            question=QUESTION,
            language="en",
            outcome="answered",
            audience="public",
            text="Yes [1]",
            sources=(source,),
            model="extractive",
            index_version="1-x",
            asked_at=NOW,
        )
        state.answers.add(answered)
        state.gaps.add(
            Gap(
                gap_id="g1",
                question=QUESTION,
                language="en",
                team="T1",
                asker="U1",
                asked_at=NOW,
                nearest=(),
                answer_id="a1",
            )
        )
        state.test_questions.put(
            [TestQuestion(test_id="t1", question=QUESTION, expects="document", value=ID)]
        )
    return tmp_path


@pytest.fixture(params=["80", None], ids=["80 columns", "no columns"])
def run(
    request: pytest.FixtureRequest,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    if request.param is None:
        monkeypatch.delenv("COLUMNS", raising=False)
    else:
        monkeypatch.setenv("COLUMNS", request.param)
    for name, value in (("HOME", home), ("EMBEDDING", "hashing/64"), ("READER", "none")):
        monkeypatch.setenv(f"ASPIRE_{name}", str(value))
    monkeypatch.chdir(home)

    def call(main: Callable[[list[str]], None], *arguments: str) -> list[str]:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        out, err = capsys.readouterr()
        assert ended.value.code in {0, 1}, err
        return out.splitlines()

    return call


def on_one_line(lines: list[str], *cells: str) -> bool:
    return any(all(" ".join(cell.split()) in line for cell in cells) for line in lines)


def test_of_the_bot(run: Run) -> None:
    assert on_one_line(run(bot.main, "gaps"), "open", QUESTION)
    assert on_one_line(run(bot.main, "usage"), "1", TITLE)
    assert on_one_line(run(bot.main, "stale"), ID, TITLE)
    assert on_one_line(run(bot.main, "test-questions"), "t1", "not run", ID, QUESTION)
    ranked = run(bot.main, "retrieve", "Is travel paid in full?")
    assert on_one_line(ranked, TITLE, "Travel is paid in full.")


def test_of_ingestion(run: Run) -> None:
    assert on_one_line(run(ingest.main, "list"), ID, TITLE)
    assert on_one_line(run(ingest.main, "history"), "sync", "failed")
    assert on_one_line(run(ingest.main, "status"), "source", "last success", "problem")


def test_of_doctor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    found = Check(name="index", state="failed", found=f"{ID}\n{TITLE}", to_do=QUESTION)
    print_report(Settings(home=tmp_path / ID), [found], as_json=False)
    lines = capsys.readouterr().out.splitlines()
    assert on_one_line(lines, "index", "failed", ID, TITLE, QUESTION)
    assert on_one_line(lines, "ASPIRE_HOME", str(tmp_path / ID))

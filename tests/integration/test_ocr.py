"""A page that was read from its picture, from the file to what is quoted from it."""

import json
import os
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from tests.pictured import half_scanned, needs_tesseract
from tests.small_index import EMBEDDER, NoChroma

from aspire_bot.answering.types import Answer, Citation, Question
from aspire_bot.cli import app as bot_cli
from aspire_bot.cli.render import print_answer
from aspire_bot.doctor.diagnose import diagnose
from aspire_bot.settings import Settings
from aspire_bot.slack.render.blocks import render_answer
from aspire_ingest.cli import app as ingest_cli
from aspire_ingest.index.generations.home import Home
from aspire_ingest.index.ocr import Tesseract, advice, find_tesseract, ocr_line
from aspire_ingest.index.types import DocumentInfo
from aspire_ingest.load.loader import Loader
from aspire_ingest.load.parse_result import Parsed, Raw
from aspire_ingest.load.process import ParserProcess
from aspire_ingest.load.types import LoadOptions
from aspire_ingest.pipeline.pipeline import Parts, RunRequest, ingest
from aspire_ingest.pipeline.run_summary import Report
from aspire_ingest.split import SPLITTER_SETTINGS, split_document

TYPED = (
    "The boat house is open to members of the rowing club from May to October.",
    "Boats are washed and returned to their racks after every outing.",
)
SCAN = (
    "Lockers in the boat house are rented for 2,600 yen a season.",
    "The key of a locker is handed out by the caretaker, Mr. Oda.",
)
FAKE = """#!/bin/sh
cat > /dev/null
printf '<html><body><span class="ocr_line" title="bbox 100 100 900 140; x_size 40">'
printf '<span class="ocrx_word" title="bbox 100 100 900 140; x_wconf 95">%s</span></span>' \
  'Lockers are rented for 2,600 yen a season.'
printf '</body></html>'
"""


def add(root: Path, *, with_ocr: bool) -> Report:
    with Loader(LoadOptions(with_ocr=with_ocr)) as loader:
        parts = Parts(
            home=Home(root / "home"),
            source=loader,
            split=split_document,
            splitter=SPLITTER_SETTINGS,
            embedder=EMBEDDER,
            open_chroma=NoChroma,
            with_ocr=with_ocr,
        )
        return ingest(RunRequest(targets=[str(root / "docs")]), parts)


def test_when_the_setting_changes_only_files_that_it_changes_are_read_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text(FAKE)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "half.pdf").write_bytes(half_scanned((*TYPED, *TYPED), SCAN))
    (docs / "notice.html").write_text(f"<html><body><p>{' '.join(TYPED)}</p></body></html>")
    parsed: list[str] = []
    parse = ParserProcess.parse

    def noted(self: ParserProcess, kind: str, raw: Raw) -> Parsed:
        parsed.append(kind)
        return parse(self, kind, raw)

    monkeypatch.setattr(ParserProcess, "parse", noted)
    for with_ocr, read, replaced in (
        (False, ["html", "pdf"], 0),
        (False, [], 0),
        (True, ["pdf"], 1),
        (True, [], 0),
        (False, ["pdf"], 1),
    ):
        parsed.clear()
        report = add(tmp_path, with_ocr=with_ocr)
        assert (sorted(parsed), len(report.replaced())) == (read, replaced)


@needs_tesseract
def test_what_is_quoted_from_a_scan_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASPIRE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASPIRE_OCR", "auto")
    Path("boats.pdf").write_bytes(half_scanned(TYPED, SCAN))

    def said(program: object, *arguments: str) -> str:
        with pytest.raises(SystemExit):
            program.main(list(arguments))  # type: ignore[attr-defined]
        out, err = capsys.readouterr()
        assert out, err
        return out

    added = json.loads(said(ingest_cli, "add", "boats.pdf", "--json"))
    assert added["doubtful"][0]["warnings"] == ["text read by OCR, page 2"]
    pages = json.loads(said(ingest_cli, "show", added["added"][0], "--pages", "--json"))["pages"]
    assert [page["ocr"] for page in pages] == [False, True]
    status = json.loads(said(ingest_cli, "status", "--json"))
    assert (status["read_by_ocr"], status["with_unread_pages"]) == (1, 0)
    assert status["ocr"] == f"auto ({find_tesseract().described})"
    asked = (
        "How much is a locker in the boat house for a season?",
        "When is the boat house open to members of the rowing club?",
    )
    lines = "".join(json.dumps({"question": one}) + "\n" for one in asked)
    Path("asked.jsonl").write_text(lines)
    answers = [
        json.loads(one) for one in said(bot_cli, "ask", "--batch", "asked.jsonl").split("\n") if one
    ]
    assert [[one["ocr"] for one in each["citations"]] for each in answers] == [[True], [False]]


def citation(marker: int, start: int) -> Citation:
    info = DocumentInfo(
        document_id="d", source="d.pdf", title="Boats", language="en", ocr_spans=((100, 200),)
    )
    return Citation(
        marker=marker, document=info, passage_id="p", quote="q", start=start, end=start + 20
    )


def answer(language: str, *starts: int) -> Answer:
    return Answer(
        question=Question(text="?"),
        outcome="answered",
        text=" ".join(f"It is so. [{number}]" for number, _ in enumerate(starts, start=1)),
        language=language,
        confidence=0.9,
        certainty="sure",
        citations=tuple(citation(number, start) for number, start in enumerate(starts, start=1)),
    )


@pytest.mark.parametrize(("language", "mark"), [("en", "read by OCR"), ("ja", "OCRで読み取り")])
def test_every_surface_says_it_of_the_quotes_alone_that_were(language: str, mark: str) -> None:
    for starts, shown in (((120,), f" · {mark}"), ((90, 10), f" · [1] {mark}"), ((10,), "")):
        made = answer(language, *starts)
        slack = json.dumps(render_answer(made).blocks, ensure_ascii=False)
        console = Console(file=StringIO(), width=200)
        print_answer(made, console)
        printed = console.file.getvalue()  # type: ignore[attr-defined]
        assert (mark in slack, mark in printed) == (bool(shown), bool(shown))
        assert shown in slack


def test_doctor_and_status_say_whether_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert advice("auto", Tesseract(version="5.3", missing=())) == ""
    assert "tesseract-ocr-jpn" in advice("auto", Tesseract())
    assert "jpn_vert" in advice("auto", Tesseract(version="5.3", missing=("jpn_vert",)))
    assert advice("none", Tesseract(version="5.3")) == "set ASPIRE_OCR=auto"
    assert ocr_line("none", Tesseract()).startswith("none (tesseract is not installed); to have")
    monkeypatch.setenv("PATH", str(tmp_path))
    find_tesseract.cache_clear()
    try:
        for choice, state in (("none", "unset"), ("auto", "warning")):
            settings = Settings(home=tmp_path, embedding="hashing/64", reader="none", ocr=choice)  # type: ignore[arg-type]
            checks = diagnose(settings, probe_slack=lambda _: (), probe_state=lambda _: ())
            (check,) = [one for one in checks if one.name == "OCR"]
            assert check.state == state
            assert "not installed" in check.found
    finally:
        find_tesseract.cache_clear()

"""Files that documents were read from are kept for staff to look at, and go with the documents."""

import json
import os
import stat
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.small_index import EMBEDDER, NoChroma
from tests.test_site.content import Resource
from tests.test_site.server import serve

from aspire_bot.console.originals import PictureError, Pictures
from aspire_ingest.bootstrap import build_parts, build_sync_parts
from aspire_ingest.cli import app as cli
from aspire_ingest.cli import proposal_commands as cli_proposals
from aspire_ingest.index import DocumentInfo
from aspire_ingest.index.open_index import open_reader
from aspire_ingest.index.originals import Originals, original_path, sweep

Run = Callable[..., dict[str, object]]
KEPT = "home/originals"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASPIRE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASPIRE_EMBEDDING", "hashing/64")
    monkeypatch.setenv("ASPIRE_KEEP_ORIGINALS", "on")
    for module in (cli, cli_proposals):
        monkeypatch.setattr(module, "build_parts", partial(build_parts, open_chroma=NoChroma))
    monkeypatch.setattr(cli, "build_sync_parts", partial(build_sync_parts, open_chroma=NoChroma))

    def call(*arguments: str | Path) -> dict[str, object]:
        with pytest.raises(SystemExit):
            cli.main([*map(str, arguments), "--json"])
        out, _ = capsys.readouterr()
        return json.loads(out or "{}")

    return call


def pdf(file: Path, *pages: str) -> Path:
    canvas = Canvas(str(file), pagesize=(300, 400), invariant=1)
    for text in pages:
        canvas.drawString(40, 300, text)
        canvas.showPage()
    canvas.save()
    return file


def kept(folder: Path) -> list[Path]:
    found = folder / KEPT
    return sorted(found.iterdir()) if found.is_dir() else []


def info_of(folder: Path, document_id: str) -> DocumentInfo:
    with open_reader(folder / "home", embedder_name=EMBEDDER.name) as reader:
        return reader.documents()[document_id]


def test_a_file_is_kept_for_its_owner_alone_and_goes_with_its_last_document(
    run: Run, tmp_path: Path
) -> None:
    first = pdf(tmp_path / "guide.pdf", "Travel is covered.", "Ask the office.")
    (tmp_path / "copy.pdf").write_bytes(first.read_bytes())
    (tmp_path / "note.md").write_text("# Note\n\nIt has no look of its own.\n")
    ids = [str(run("add", tmp_path / name)["added"][0]) for name in ("guide.pdf", "copy.pdf")]  # type: ignore[index]
    run("add", tmp_path / "note.md")
    (file,) = kept(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    first.unlink()  # it is kept, whatever becomes of its place
    pictures = Pictures(tmp_path / KEPT)
    assert pictures.original_of(info_of(tmp_path, ids[0])) == file
    assert pictures.count(file) == 2
    assert pictures.draw(file, 2).startswith(b"\x89PNG")
    run("remove", ids[0])
    assert kept(tmp_path) == [file]
    run("remove", ids[1])
    assert kept(tmp_path) == []


def test_what_replaces_a_document_is_kept_in_the_place_of_what_was_read(
    run: Run, tmp_path: Path
) -> None:
    document_id = str(run("add", pdf(tmp_path / "a.pdf", "Bad."))["added"][0])  # type: ignore[index]
    (former,) = kept(tmp_path)
    better = pdf(tmp_path / "b.pdf", "Travel is covered.")
    preview = run("propose", better, "--in-place-of", document_id)
    run("accept", str(preview["proposal"]))
    (now,) = kept(tmp_path)
    assert now != former
    assert Pictures(tmp_path / KEPT).original_of(info_of(tmp_path, document_id)) == now
    # What lies at its place is another file than the text is of.
    assert Pictures().original_of(info_of(tmp_path, document_id)) is None
    run("undo", str(preview["proposal"]))
    assert kept(tmp_path) == []


def test_files_of_a_site_are_kept_and_its_pages_are_not(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(reports=0) as site:
        monkeypatch.setenv("ASPIRE_FETCH_ALLOW", site.base.removeprefix("http://"))
        body = pdf(tmp_path / "a.pdf", "Travel is covered.").read_bytes()
        site.content["/guide.pdf"] = Resource(body, "application/pdf")
        pages = [site.url("/guide.pdf"), site.url("/aspire/about.html")]
        source = {"name": "own", "type": "pages", "pages": pages, "limits": {"delay_s": 0}}
        (tmp_path / "sources.yaml").write_text(json.dumps({"sources": [source]}))
        run("sync", "--sources", "sources.yaml")
        (file,) = kept(tmp_path)
        assert file.read_bytes() == body
        run("sync", "--sources", "sources.yaml")
        assert kept(tmp_path) == [file]


def test_nothing_is_kept_unless_it_is_asked_for(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ASPIRE_KEEP_ORIGINALS")
    run("add", pdf(tmp_path / "a.pdf", "Travel is covered."))
    assert not (tmp_path / KEPT).exists()


def test_kept_files_are_bounded_and_found_by_their_own_names_alone(tmp_path: Path) -> None:
    store = Originals(tmp_path / "kept", most_bytes=250)
    names = [store.keep("pdf", bytes([n]) * 100) for n in range(4)]
    for n, name in enumerate(names):
        os.utime(store.root / name, (1_000_000_000 + n, 1_000_000_000 + n))
    assert store.keep("pdf", b"x" * 251) == store.keep("html", b"x") == ""
    waiting = store.keep("docx", b"of a change that is not made yet")
    sweep(store.root, before=names[:1], now=names[1:], most_bytes=250)
    left = {entry.name for entry in store.root.iterdir()}
    assert left == {names[2], names[3], waiting}
    old = time.time() - 100_000
    os.utime(store.root / waiting, (old, old))
    sweep(store.root, before=(), now=names[1:], most_bytes=250)
    assert waiting not in {entry.name for entry in store.root.iterdir()}
    (tmp_path / "secret.pdf").write_text("x")
    (store.root / ("0" * 64 + ".pdf")).symlink_to(tmp_path / "secret.pdf")
    for name in ("../secret.pdf", "0" * 64 + ".pdf", "", names[2] + "/", names[2][:-4] + ".exe"):
        assert original_path(store.root, name) is None
    assert original_path(store.root, names[2]) == store.root / names[2]


def test_a_disk_that_keeps_nothing_does_not_stop_the_reading(run: Run, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / KEPT).write_text("no folder")
    assert run("add", pdf(tmp_path / "a.pdf", "Travel is covered."))["added"]


_SOFFICE = """#!/bin/sh
# stands in for LibreOffice: takes the arguments that it takes, and makes the PDF beside it
[ "$#" = 8 ] && [ "$2" = --headless ] && [ "$4" = --convert-to ] && [ "$5" = pdf ] || exit 3
grep -q DisableMacrosExecution "${1#*file://}/user/registrymodifications.xcu" || exit 4
echo run >> "$0.log"
[ "$(head -c 6 "$8")" = broken ] || cp "$(dirname "$0")/made.pdf" "$7/$(basename "$8" .docx).pdf"
"""


def test_office_files_are_drawn_by_libreoffice_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(_SOFFICE)
    pdf(program.with_name("made.pdf"), "One.", "Two.", "Three.")
    file = tmp_path / "letter.docx"
    file.write_bytes(b"PK")
    info = DocumentInfo(document_id="d", source=str(file), title="Letter")
    pictures = Pictures()
    assert pictures.original_of(info) is None  # nothing here could draw it
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    assert pictures.original_of(info) == file
    assert pictures.count(file) == 3
    assert pictures.draw(file, 1) != pictures.draw(file, 3)
    assert program.with_name("soffice.log").read_text() == "run\n"
    file.write_bytes(b"broken")
    with pytest.raises(PictureError, match="letter"):
        pictures.draw(file, 1)

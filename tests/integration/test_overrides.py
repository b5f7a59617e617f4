"""What staff set of documents holds through runs, moves and removals of a real index."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.small_index import NoChroma

from aspire_ingest.bootstrap import build_parts
from aspire_ingest.cli import app as cli
from aspire_ingest.cli import proposal_commands as cli_proposals

Run = Callable[..., tuple[int, dict[str, object], str]]
NOTICE = "---\ndate: 2026-04-01\n---\n# Notice\n\nThe office moves to Kawaguchi in May.\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Calls `aspire-ingest`; gives its exit code, its JSON and what it said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASPIRE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASPIRE_EMBEDDING", "hashing/64")
    build = partial(build_parts, open_chroma=NoChroma)
    for module in (cli, cli_proposals):
        monkeypatch.setattr(module, "build_parts", build)

    def call(*arguments: str | Path) -> tuple[int, dict[str, object], str]:
        with pytest.raises(SystemExit) as ended:
            cli.main([*map(str, arguments), "--json"])
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, json.loads(out or "{}"), err

    return call


@pytest.fixture
def notice(tmp_path: Path, run: Run) -> tuple[Path, str]:
    """A folder with a file that is indexed, and the id of its document."""
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "notice.md").write_text(NOTICE)
    (document_id,) = cast("list[str]", run("add", folder)[1]["added"])
    return folder, document_id


def test_what_is_set_holds_while_the_file_is_read_again(run: Run, notice: tuple[Path, str]) -> None:
    folder, document_id = notice
    code, done, _ = run("set", document_id, "title=Where we are", "date=2026-05", "edition=FY2026")
    assert (code, done["did"]) == (0, "replaced")
    assert run("add", folder)[1]["unchanged"] == 1
    (folder / "notice.md").write_text(NOTICE + "\nThe telephone number stays.\n")
    assert run("add", folder)[1]["replaced"] == [document_id]
    shown = run("show", document_id)[1]
    assert (shown["title"], shown["published"]) == ("Where we are", "2026-05")
    assert (shown["edition"], shown["set_by_staff"]) == (
        "FY2026",
        ["title", "published", "edition"],
    )
    assert "telephone" in str(shown["text"])
    (folder / "notice.md").rename(folder / "moved.md")
    assert run("add", folder)[1]["moved"] == [document_id]
    run("set", document_id, "title=", "date=", "edition=")
    shown = run("show", document_id)[1]
    assert (shown["title"], shown["published"], shown["set_by_staff"]) == (
        "Notice",
        "2026-04-01",
        [],
    )
    assert run("add", folder)[1]["unchanged"] == 1


def test_a_document_for_staff_stays_so_though_it_goes_and_comes_back(
    run: Run, notice: tuple[Path, str]
) -> None:
    folder, document_id = notice
    assert run("set", document_id, "audience=staff")[0] == 0
    assert run("remove", document_id)[0] == 0
    assert run("set", document_id, "title=x")[1]["refused"] == "unknown"
    (folder / "other.md").write_text("# Other\n\nSomething else is told.\n")
    assert run("add", folder / "other.md")[0] == 0  # a generation between
    assert run("add", folder)[1]["added"] == [document_id]
    assert run("show", document_id)[1]["audience"] == "staff"
    code, refused, said = run("set", document_id, "audience=public")
    assert (code, refused["refused"]) == (1, "unfit")
    assert "--yes" in said
    assert run("show", document_id)[1]["audience"] == "staff"
    assert run("set", document_id, "audience=public", "--yes")[0] == 0
    assert run("show", document_id)[1]["audience"] == "public"


def test_to_undo_makes_nothing_public_unasked(run: Run, notice: tuple[Path, str]) -> None:
    _, document_id = notice
    done = str(run("set", document_id, "audience=staff")[1]["proposal"])
    code, refused, said = run("undo", done)
    assert (code, refused["refused"]) == (1, "unfit")
    assert "--yes" in said
    assert run("show", document_id)[1]["audience"] == "staff"
    assert run("undo", done, "--yes")[0] == 0
    assert run("show", document_id)[1]["audience"] == "public"


def test_what_is_confidential_is_not_made_public_unseen(run: Run, notice: tuple[Path, str]) -> None:
    folder, _ = notice
    (folder / "secret.md").write_text("---\naudience: staff\n---\nCONFIDENTIAL\n\nThe budget.\n")
    (document_id,) = run("add", folder / "secret.md")[1]["added"]  # type: ignore[misc]
    assert run("set", document_id, "audience=public", "--yes")[1]["refused"] == "marked"
    done = run("set", document_id, "audience=public", "--yes", "--accept-marks")
    assert done[1]["did"] == "replaced"


def test_a_page_is_left_out_through_readings_and_taken_in_again(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "guide.pdf"
    _pdf(file, "Travel is covered.", "Salaries are secret.", "Ask the office.")
    (document_id,) = run("add", file)[1]["added"]  # type: ignore[misc]
    run("set", document_id, "left-out=2")
    shown = run("show", document_id)[1]
    assert "secret" not in str(shown["text"])
    assert shown["left_out_pages"] == [2]
    assert run("add", file)[1]["unchanged"] == 1
    _pdf(file, "Travel is covered in full.", "Salaries are secret.", "Ask the office.")
    assert run("add", file)[1]["replaced"] == [document_id]
    text = str(run("show", document_id)[1]["text"])
    assert "in full" in text
    assert "secret" not in text
    assert run("set", document_id, "left-out=9")[1]["refused"] == "unfit"
    run("set", document_id, "left-out=")
    assert "secret" in str(run("show", document_id)[1]["text"])
    assert run("add", file)[1]["unchanged"] == 1


def test_a_file_stands_for_a_document_until_its_place_holds_something_else(
    run: Run, notice: tuple[Path, str], tmp_path: Path
) -> None:
    folder, document_id = notice
    better = tmp_path / "better.txt"
    better.write_text("The office moves to Kawaguchi on 7 May, and opens there at nine.\n")
    code, preview, _ = run("propose", better, "--in-place-of", document_id)
    assert (code, preview["action"]) == (0, "replace")
    assert "at nine" in str(preview["change"])
    proposal = str(preview["proposal"])
    assert run("accept", proposal)[1]["document_id"] == document_id
    assert run("accept", proposal)[0] == 0  # again changes nothing
    shown = run("show", document_id)[1]
    assert (shown["replaced_by"], shown["source"]) == ("better.txt", str(folder / "notice.md"))
    assert run("add", folder)[1]["unchanged"] == 1
    assert run("set", document_id, "title=The office moves")[1]["did"] == "replaced"
    assert run("add", folder)[1]["unchanged"] == 1
    assert "at nine" in str(run("show", document_id)[1]["text"])
    (folder / "notice.md").write_text(NOTICE.replace("May", "June"))
    assert run("add", folder)[1]["replaced"] == [document_id]
    shown = run("show", document_id)[1]
    assert "June" in str(shown["text"])
    assert (shown["replaced_by"], shown["title"]) == (None, "The office moves")


def test_what_was_set_is_undone_as_any_change_is(run: Run, notice: tuple[Path, str]) -> None:
    _, document_id = notice
    before = run("show", document_id)[1]
    preview = run("propose", document_id, "--set", "title=Other", "--set", "kind=news")[1]
    assert preview["change"]["fields"]["title"] == ["Notice", "Other"]  # type: ignore[index]
    assert run("show", document_id)[1] == before
    run("accept", str(preview["proposal"]))
    assert run("show", document_id)[1]["title"] == "Other"
    run("undo", str(preview["proposal"]))
    assert run("show", document_id)[1] == before


def _pdf(file: Path, *pages: str) -> None:
    canvas = Canvas(str(file), pagesize=(300, 400))
    for text in pages:
        canvas.drawString(40, 300, text)
        canvas.showPage()
    canvas.save()

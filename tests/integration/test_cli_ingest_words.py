"""What `aspire-ingest` says to people of what it did: which documents, why not, and what now."""

import json
import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from tests.integration.test_cli_ingest import Outcome, Run
from tests.integration.test_cli_ingest import docs as docs  # noqa: PLC0414 - a fixture
from tests.integration.test_cli_ingest import run as run  # noqa: PLC0414 - a fixture
from tests.small_index import NoChroma
from tests.unit.ingest.load.packages import p, r, word_file

from aspire_ingest.bootstrap import build_parts
from aspire_ingest.cli import proposal_commands

FIELD = Path(__file__).parents[1] / "unit" / "ingest" / "load" / "field"


@pytest.fixture(autouse=True)
def _no_chroma(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        proposal_commands, "build_parts", partial(build_parts, open_chroma=NoChroma)
    )


def docx(lines: list[str]) -> bytes:
    """A Word file of paragraphs."""
    return word_file("".join(p(r(line)) for line in lines))


def _ids(run: Run) -> dict[str, str]:
    """The ids of the documents by their titles."""
    listed = json.loads(run("list", "--json").out)["documents"]
    return {one["title"]: one["document_id"] for one in listed}


def _last_run(run: Run) -> str:
    return str(json.loads(run("history", "--json").out)["runs"][0]["run"])


def _marked(folder: Path, name: str = "minutes.docx") -> Path:
    file = folder / name
    file.write_bytes(docx(["CONFIDENTIAL", "The board met and agreed on the budget of the year."]))
    return file


def test_add_names_what_it_added_replaced_and_lost_sight_of(run: Run, docs: Path) -> None:
    added = run("add", docs).out.splitlines()
    ids = _ids(run)
    assert added[:3] == ["2 added", f"    one <{ids['one']}>", f"    two <{ids['two']}>"]
    (docs / "one.md").write_text("---\ntitle: Ein neuer Titel\n---\nOther words.\n")
    would = run("add", docs, "--dry-run").out.splitlines()
    assert would[:2] == ["1 would be replaced", f"    Ein neuer Titel <{ids['one']}>"]
    (docs / "two.md").unlink()
    replaced = run("add", docs).out.splitlines()
    assert replaced[:4] == [
        f"1 replaced (`aspire-ingest history {_last_run(run)}` shows how they differ)",
        f"    Ein neuer Titel <{ids['one']}>",
        "1 gone from the targets and kept (--prune removes)",
        f"    two <{ids['two']}>",
    ]
    assert "+Other words." in run("history", _last_run(run)).out
    would = run("add", docs, "--prune", "--dry-run").out.splitlines()
    assert would[:2] == ["1 would be removed", f"    two <{ids['two']}>"]
    assert run("add", docs, "--prune").out.splitlines()[:2] == ["1 removed", would[1]]
    assert "<" not in run("add", docs).out


def test_remove_names_what_it_removed(run: Run, docs: Path) -> None:
    run("add", docs)
    ids = _ids(run)
    would = run("remove", *ids.values(), "--dry-run").out.splitlines()
    names = [f"    one <{ids['one']}>", f"    two <{ids['two']}>"]
    assert would[:3] == ["2 would be removed", *names]
    removed = run("remove", ids["two"], ids["one"]).out.splitlines()
    assert removed[:3] == ["2 removed", *reversed(names)]


def test_of_many_documents_the_first_twenty_are_named(run: Run, docs: Path) -> None:
    for number in range(21):
        (docs / f"n{number:02}.md").write_text(f"# Number {number:02}\n\nWords of {number}.\n")
    lines = run("add", docs).out.splitlines()
    assert lines[0] == "23 added"
    assert sum(line.startswith("    ") and "<" in line for line in lines) == 20
    assert lines[21] == "    … and 3 more"


def test_nothing_is_said_of_the_index_where_nothing_was_done(run: Run, docs: Path) -> None:
    run("add", docs)
    failed = run("add", "nichtda")
    assert (failed.code, failed.out) == (1, "nothing was changed\n")
    assert "2 unchanged\n2 passages in index" in run("add", docs).out
    in_part = run("add", docs, "nichtda").out
    assert "2 unchanged\n2 passages in index" in in_part
    assert "1 target failed" in in_part


@pytest.mark.parametrize("command", ["add", "remove", "prune"])
def test_a_run_that_cannot_be_undone_says_what_to_do(run: Run, docs: Path, command: str) -> None:
    run("add", docs)
    if command == "remove":
        run("remove", next(iter(_ids(run).values())))
    if command == "prune":
        (docs / "one.md").unlink()
        run("add", docs, "--prune")
    name = _last_run(run)
    told = run("undo", name)
    assert (told.code, told.out) == (1, "")
    assert told.err.startswith(f"{name} cannot be undone by itself: `aspire-ingest add`")
    assert "restore" in told.err
    assert "propose" in told.err
    assert run("undo", name, "--json").json["refused"] == "unknown"


def test_a_run_that_changed_nothing_and_what_is_no_run(run: Run, docs: Path) -> None:
    run("add", docs)
    run("add", docs)
    assert "changed no document" in run("undo", _last_run(run)).err
    assert "There is no proposal 'nonsense'" in run("undo", "nonsense").err


def test_to_accept_or_to_undo_again_is_said_to_be_nothing_to_do(run: Run, docs: Path) -> None:
    proposal = run("propose", docs / "one.md").out.splitlines()[0].removeprefix("proposal: ")
    assert run("accept", proposal).out.startswith("added: one <")
    assert run("accept", proposal).out.startswith("nothing to do, added before: one <")
    assert re.match(r"removed: one <one-[0-9a-f]{12}>$", run("undo", proposal).out, re.MULTILINE)
    undone = run("undo", proposal).out
    assert re.match(r"nothing to do, removed before: one-[0-9a-f]{12}$", undone, re.MULTILINE)
    run("add", docs / "two.md")
    assert run("accept", proposal).out.startswith("added: one <")


def test_a_file_that_was_added_meanwhile_is_not_accepted_a_second_time(
    run: Run, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal = run("propose", docs / "one.md").out.splitlines()[0].removeprefix("proposal: ")
    monkeypatch.chdir(docs)
    run("add", "one.md")  # its id is made from another path
    refused = run("accept", proposal)
    assert refused.code == 1
    assert f"It is in the index by now, as {_ids(run)['one']}" in refused.err
    assert len(json.loads(run("list", "--json").out)["documents"]) == 1


def test_a_change_that_was_accepted_is_undone_by_its_run_or_by_what_it_says(
    run: Run, docs: Path
) -> None:
    run("add", docs)
    name = _ids(run)["one"]
    said = run("set", name, "title=New")
    undo = next(line.split("`")[1].split()[1:] for line in said.out.splitlines() if "undo" in line)
    assert "New" in _ids(run)
    assert run(*undo).code == 0
    assert "one" in _ids(run)
    run("set", name, "title=Newer")
    assert run("undo", _last_run(run)).code == 0
    assert "one" in _ids(run)


def test_a_held_office_file_is_let_in_as_its_message_says(run: Run, docs: Path) -> None:
    file = _marked(docs)
    held = run("add", docs)
    assert held.code == 1
    assert f"`aspire-ingest propose {file} --audience staff`" in held.out
    assert "`--accept-marks` or `marks: accepted` makes it public" in held.out
    proposed = run("propose", file, "--audience", "staff").out
    proposal = proposed.splitlines()[0].removeprefix("proposal: ")
    assert run("accept", proposal).code == 0
    name = _ids(run)["minutes"]
    run("set", name, "audience=staff")
    again = run("add", docs)
    assert (again.code, "held:" in again.out) == (0, False)
    assert json.loads(run("show", name, "--json").out)["audience"] == "staff"
    refused = run("propose", file, "--audience", "public").out.splitlines()[0]
    marked = run("accept", refused.removeprefix("proposal: ")).err
    assert "--audience staff" in marked
    assert "makes it public" in marked


def _looked(run: Run, tmp_path: Path) -> str:
    (tmp_path / "usage.json").write_text('{"answers": 0}')  # the bot need not be started and asked
    run("report", "--usage", tmp_path / "usage.json", "--out", tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text()
    begin = page.index("What needs a look")
    return page[begin : page.index("</section>", begin)]


def test_what_failed_or_is_held_stands_in_status_and_report_until_it_is_seen_to(
    run: Run, docs: Path, tmp_path: Path
) -> None:
    (docs / "empty.md").write_bytes(b"")
    _marked(docs)
    run("add", "docs")
    run("add", docs / "one.md")
    for name in ("empty.md", "minutes.docx"):
        assert name in _looked(run, tmp_path)
    assert "failed: docs/empty.md: is empty; check the file" in run("status").out
    (failed,) = run("status", "--json").json["failed"]  # type: ignore[misc]
    assert failed["target"] == "docs/empty.md"
    told = json.loads(run("report", "--usage", tmp_path / "usage.json", "--json").out)
    assert [one["why"] for one in told["failed"]] == ["is empty; check the file"]
    assert [one["target"] for one in told["held"]] == ["docs/minutes.docx"]
    (docs / "empty.md").write_text("Words now.\n")
    (docs / "minutes.docx").unlink()
    run("add", docs)
    assert "failed:" not in run("status").out
    assert "held:" not in run("status").out
    assert "empty.md" not in _looked(run, tmp_path)


def test_a_slip_in_a_path_is_no_file_that_failed(run: Run, docs: Path) -> None:
    run("add", docs)
    run("add", "nichtda.md")
    assert "failed:" not in run("status").out
    (docs / "none.pdf").write_text("no PDF")
    run("add", docs)
    assert "failed: " in run("status").out
    (docs / "none.pdf").unlink()
    assert "failed:" not in run("status").out


def test_a_report_lists_what_was_read_in_part_and_what_is_there_twice(
    run: Run, docs: Path, tmp_path: Path
) -> None:
    run("add", docs)
    assert "Not read whole" not in _looked(run, tmp_path)
    assert "Of one text" not in _looked(run, tmp_path)
    (docs / "bad.md").write_text("Half of \ufffd\ufffd\ufffd\ufffd cannot be read.\n")
    shutil.copy(docs / "one.md", docs / "third.md")
    run("add", docs)
    looked = _looked(run, tmp_path)
    assert "4 characters not readable" in looked
    assert re.search(r"Of one text: one &lt;(one|third)-\w+&gt;; one &lt;(one|third)-", looked)


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Copy\n---\nThe text of one.\n",
        "---\ntitle: 写し\n---\n\n\nThe text\nof one.\n\n",
    ],
)
def test_a_new_document_that_says_what_another_says_is_remarked(
    run: Run, docs: Path, text: str
) -> None:
    run("add", docs)
    (docs / "copy.md").write_text(text)
    would, told = run("add", docs, "--dry-run"), run("add", docs, "--json").json
    one = _ids(run)["one"]
    assert would.code == 0
    assert f"same text as one <{one}>" in would.out
    assert list(told["same_text"].values()) == [[one]]  # type: ignore[attr-defined]
    assert "same text" not in run("add", docs).out


def test_two_that_come_together_and_one_that_only_resembles(run: Run, docs: Path) -> None:
    shutil.copy(docs / "one.md", docs / "another.md")
    (docs / "near.md").write_text("The text of One.\n")
    told = run("add", docs, "--json").json
    assert len(told["same_text"]) == 1  # type: ignore[arg-type]


def test_setting_an_audience_names_the_copy_that_stays_public(run: Run, docs: Path) -> None:
    shutil.copy(docs / "one.md", docs / "copy.md")
    run("add", docs)
    ids = [one["document_id"] for one in json.loads(run("list", "--json").out)["documents"]]
    copies = sorted(name for name in ids if not name.startswith("two"))
    for option in ("--dry-run", ""):
        arguments = [copies[0], "audience=staff", *([option] if option else [])]
        out = run("set", *arguments).out
        assert f"of the same text, and still public: one <{copies[1]}>" in out
    assert "audience is now staff (set by staff)" in out
    assert "still public" not in run("set", copies[1], "audience=staff").out


def test_set_says_what_holds_now(run: Run, docs: Path) -> None:
    run("add", docs)
    name = _ids(run)["one"]
    out = run("set", name, "date=2026年4月1日", "edition=none").out
    assert "date is now 2026-04-01 (set by staff)" in out
    assert "edition is now not known (set by staff)" in out
    assert "date is now 2025-11-11 (as the document says)" in run("set", name, "date=").out


@pytest.mark.parametrize(
    ("written", "meant"),
    [("titel=x", "title"), ("publishd=2026", "date"), ("leftout=2", "left-out"), ("版=2", None)],
)
def test_a_slip_in_a_name_is_told_with_the_nearest(
    run: Run, docs: Path, written: str, meant: str | None
) -> None:
    run("add", docs)
    told = run("set", _ids(run)["one"], written)
    assert told.code == 2
    assert "title, date, edition, audience, language, kind, left-out can be set" in told.err
    assert (f"did you mean '{meant}'?" in told.err) == (meant is not None)
    assert ("did you mean" in told.err) == (meant is not None)


@pytest.mark.parametrize(
    ("written", "meant"), [("sink", "sync"), ("ad", "add"), ("hsitory", "history"), ("xyz", None)]
)
def test_a_slip_in_a_command_is_told_with_the_nearest(
    run: Run, written: str, meant: str | None
) -> None:
    told = run(written)
    assert told.code == 2
    assert (f"Did you mean '{meant}'?" in told.err) == (meant is not None)


def test_a_backup_into_no_folder_says_so(run: Run, docs: Path, tmp_path: Path) -> None:
    run("add", docs)
    told = run("backup", tmp_path / "nowhere" / "x.tar.gz")
    assert told.code == 1
    assert f"there is no folder {tmp_path / 'nowhere'}" in told.err
    assert "partial" not in told.err
    assert run("backup", tmp_path / "nowhere", "--keep", "2").code == 2


def _misnamed(run: Run, docs: Path, name: str, data: bytes) -> Outcome:
    (docs / name).write_bytes(data)
    return run("add", docs)


@pytest.mark.parametrize(
    ("name", "data", "remark"),
    [
        (
            "page.pdf",
            lambda: b"<!doctype html><title>A page</title><p>Words of it.",
            "an HTML page",
        ),
        ("表.xlsx", lambda: docx(["Words of a text."]), "a Word document"),
        ("old.docx", lambda: b"{\\rtf1 Words of a text.}", "an RTF text"),
        ("list.csv", lambda: docx(["Words of a text."]), "a Word document"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_remarked(
    run: Run, docs: Path, name: str, data: Callable[[], bytes], remark: str
) -> None:
    told = _misnamed(run, docs, name, data())
    assert told.code == 0
    assert f"is {remark} though it is named {Path(name).suffix}" in told.out
    listed = json.loads(run("list", "--json").out)["documents"]
    assert all((one["quality"], one["warnings"]) == (1.0, []) for one in listed)


@pytest.mark.parametrize("name", ["letter.docm", "letter.DOCX", "letter.dotx", "letter"])
def test_a_file_of_another_ending_of_its_kind_is_not(run: Run, docs: Path, name: str) -> None:
    assert "though" not in _misnamed(run, docs, name, docx(["Words of a letter."])).out


def test_status_wraps_long_values(run: Run, docs: Path) -> None:
    run("add", docs)
    assert max(map(len, run("status").out.splitlines())) <= 100

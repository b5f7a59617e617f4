"""`aspire-ingest` as its users call it: arguments in, JSON and exit codes out."""

import json
import os
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from tests.small_index import NoChroma

from aspire_ingest.bootstrap import build_parts
from aspire_ingest.cli import app as cli
from aspire_ingest.index.check.verify import verify
from aspire_ingest.index.embedding.hashing import HashingEmbedder
from aspire_ingest.index.embedding.open_embedder import DEFAULT_EMBEDDING, open_embedder
from aspire_ingest.index.generations.home import Home
from aspire_ingest.index.generations.lock import writer_lock
from aspire_ingest.settings import IngestSettings

FIELD = Path(__file__).parents[1] / "unit" / "ingest" / "load" / "field"


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, object]:
        return cast("dict[str, object]", json.loads(self.out))


Run = Callable[..., Outcome]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    for name in ("one", "two"):
        text = f"---\ntitle: {name}\ndate: 2025-11-11\n---\nThe text of {name}.\n"
        (folder / f"{name}.md").write_text(text)
    return folder


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASPIRE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASPIRE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("ASPIRE_EMBEDDING", "hashing/64")
    monkeypatch.setattr(cli, "build_parts", partial(build_parts, open_chroma=NoChroma))
    monkeypatch.setattr(cli, "verify_index", partial(verify, open_chroma=NoChroma))

    def call(*arguments: str | Path) -> Outcome:
        with pytest.raises(SystemExit) as ended:
            cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Outcome(ended.value.code, out, err)

    return call


def test_add_reports_in_json(run: Run, docs: Path) -> None:
    outcome = run("add", docs, "--json")
    assert (outcome.code, outcome.err) == (0, "")
    report = outcome.json
    assert len(cast("list[str]", report["added"])) == 2
    assert report["replaced"] == report["removed"] == report["failed"] == []
    assert (report["unchanged"], report["passages"]) == (0, 2)
    assert str(report["index_version"]).startswith("1-")
    assert isinstance(report["seconds"], float)
    again = run("add", docs, "--json")
    assert (again.code, again.json["unchanged"]) == (0, 2)
    assert again.json["index_version"] == report["index_version"]


def test_add_for_people_says_it_in_words(run: Run, docs: Path) -> None:
    outcome = run("add", docs)
    assert outcome.code == 0
    assert "2 added" in outcome.out
    assert "2 passages in index" in outcome.out
    home = Path(os.environ["ASPIRE_HOME"])
    assert outcome.out.rstrip().endswith(f"({home})")
    assert Path(str(run("status", "--json").json["folder"])) == home
    (docs / "one.md").write_text("Changed.\n")
    assert "1 would be replaced" in run("add", docs, "--dry-run").out
    (docs / "one.md").unlink()
    assert "1 gone from the targets and kept" in run("add", docs).out
    pruned = run("add", docs, "--prune").out
    assert "1 removed" in pruned
    assert "1 passage in index" in pruned


def test_what_fails_is_named_and_the_rest_is_indexed(run: Run, docs: Path) -> None:
    (docs / "empty.md").write_bytes(b"")
    outcome = run("add", docs, docs / "missing.md", "--json")
    assert outcome.code == 1
    failed = cast("list[dict[str, str]]", outcome.json["failed"])
    assert {Path(failure["target"]).name for failure in failed} == {"empty.md", "missing.md"}
    assert all(failure["error"] for failure in failed)
    assert len(cast("list[str]", outcome.json["added"])) == 2
    assert "empty.md" in outcome.err
    assert "missing.md" in outcome.err


def test_too_large_a_prune_is_refused_until_it_is_meant(run: Run, docs: Path) -> None:
    for number in range(6):
        (docs / f"{number}.md").write_text(f"Text {number}.\n")
    run("add", docs)
    for number in range(6):
        (docs / f"{number}.md").unlink()
    refused = run("add", docs, "--prune")
    assert (refused.code, refused.out) == (1, "")
    assert "--yes" in refused.err
    assert (
        len(cast("list[str]", run("add", docs, "--prune", "--yes", "--json").json["removed"])) == 6
    )


def test_list_and_show_agree(run: Run, docs: Path) -> None:
    run("add", docs)
    listed = cast("list[dict[str, object]]", run("list", "--json").json["documents"])
    assert len(listed) == 2
    first = next(entry for entry in listed if entry["title"] == "one")
    names = "document_id source title url published language kind edition audience passages"
    assert set(names.split()) <= first.keys()
    assert (first["source"], first["published"]) == (str(docs / "one.md"), "2025-11-11")
    assert first["url"] is first["edition"] is None
    assert (first["published_from"], first["occasions"]) == ("front matter", [])
    assert (first["audience"], first["passages"]) == ("public", 1)
    shown = run("show", str(first["document_id"]), "--json").json
    assert shown == first | {"text": shown["text"], "remarks": []}
    assert (first["remarks"], first["quality"], first["warnings"]) == (0, 1.0, [])
    assert str(shown["text"]).strip() == "The text of one."
    assert "The text of one." in run("show", str(first["document_id"])).out
    assert "one" in run("list").out


def test_status_describes_the_index(run: Run, docs: Path) -> None:
    run("add", docs)
    status = run("status", "--json").json
    assert (status["documents"], status["passages"]) == (2, 2)
    assert status["languages"] == {"en": 2}
    assert str(status["index_version"]) == f"1-{str(status['fingerprint'])[:8]}"
    assert "T" in str(status["as_of"])
    assert "en 2" in run("status").out


def test_status_names_what_an_earlier_version_read_and_nothing_reads_anew(
    run: Run, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", docs)
    (docs / "one.md").unlink()
    assert run("status", "--json").json["add_again"] == []
    monkeypatch.setattr("aspire_ingest.load.types.LOADER_VERSION", 1_000_000)
    listed = cast("list[dict[str, str]]", run("status", "--json").json["add_again"])
    assert [one["target"] for one in listed] == [str(docs / "one.md")]
    assert f"add again: {docs / 'one.md'} <{listed[0]['document_id']}>" in run("status").out
    (docs / "one.md").write_text("---\ntitle: one\n---\nThe text of one.\n")
    assert run("status", "--json").json["add_again"] == []


def test_remove_takes_documents_out(run: Run, docs: Path) -> None:
    added = cast("list[str]", run("add", docs, "--json").json["added"])
    assert run("remove", added[0], "--dry-run", "--json").json["removed"] == [added[0]]
    outcome = run("remove", added[0], "no-such-document", "--json")
    assert outcome.code == 1
    assert "no-such-document" in outcome.err
    assert outcome.json["removed"] == [added[0]]
    assert outcome.json["unchanged"] == 1


def test_verify_says_and_repairs(run: Run, docs: Path, tmp_path: Path) -> None:
    run("add", docs)
    assert run("verify", "--json").json == {"ok": True, "problems": [], "repaired": []}
    (tmp_path / "home/generations/1/vectors/en-public.npy").unlink()
    looked = run("verify", "--dry-run", "--json")
    assert (looked.code, looked.json["ok"], looked.json["repaired"]) == (1, False, [])
    repaired = run("verify", "--json")
    assert (repaired.code, repaired.json["ok"]) == (0, True)
    assert repaired.json["repaired"]
    assert run("verify").out.strip() == "The index is sound."


def test_another_embedding_is_refused_then_rebuilt(
    run: Run, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", docs)
    monkeypatch.setenv("ASPIRE_EMBEDDING", "hashing/32")
    refused = run("add", docs)
    assert refused.code == 2
    assert "--rebuild" in refused.err
    looked = run("verify", "--json")
    assert (looked.code, looked.json["ok"]) == (1, False)
    assert "hashing/64@1 -> hashing/32@1" in looked.out
    assert run("verify", "--rebuild").code == 0
    assert run("add", docs).code == 0


@pytest.mark.parametrize("command", [("list",), ("status",), ("verify",), ("show", "x")])
def test_without_an_index_the_way_to_one_is_said(run: Run, command: tuple[str, ...]) -> None:
    outcome = run(*command)
    assert (outcome.code, outcome.out) == (1, "")
    assert "aspire-ingest add" in outcome.err


def test_a_document_that_is_not_there_is_exit_1(run: Run, docs: Path) -> None:
    run("add", docs)
    outcome = run("show", "no-such-document", "--json")
    assert (outcome.code, outcome.out) == (1, "")
    assert "no-such-document" in outcome.err


@pytest.mark.parametrize(
    "arguments",
    [("add",), ("bogus",), ("add", "x", "--bogus"), ("show",), ()],
    ids=["no target", "no such command", "no such option", "no document", "nothing"],
)
def test_wrong_usage_is_exit_2(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).code == 2


def test_wrong_settings_are_exit_2_and_named(
    run: Run, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASPIRE_EMBEDDING", "nonsense")
    outcome = run("add", docs)
    assert outcome.code == 2
    assert "ASPIRE_EMBEDDING" in outcome.err


def test_a_second_writer_is_told(run: Run, docs: Path, tmp_path: Path) -> None:
    with writer_lock(Home(tmp_path / "home")):
        outcome = run("add", docs)
        assert outcome.code == 1
        assert "is changing the index" in outcome.err
        assert run("add", docs, "--dry-run").code == 0  # looking needs no lock


def test_no_trace_reaches_a_user_unless_asked_for(
    run: Run, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr(cli, "ingest", fail)
    outcome = run("add", docs)
    assert outcome.code == 1
    assert "ZeroDivisionError: inside" in outcome.err
    assert "Traceback" not in outcome.err
    assert "Traceback" in run("add", docs, "--debug").err


def test_settings_come_from_a_dotenv_file_too(
    run: Run, docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ASPIRE_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))  # never a person's own index
    # For all other tests a `.env` that happens to lie about is switched off.
    monkeypatch.setitem(IngestSettings.model_config, "env_file", ".env")
    (tmp_path / ".env").write_text(f"ASPIRE_HOME={tmp_path / 'from-dotenv'}\n")
    assert run("add", docs).code == 0
    assert (tmp_path / "from-dotenv/current.json").exists()


_UNWANTED = (
    "chromadb",
    "onnxruntime",
    "onnx",
    "llama_index",
    "sudachipy",
    "tokenizers",
    "trafilatura",
)

_NOTHING_CHANGED = """
import sys
from aspire_ingest.cli.app import main
try:
    main(sys.argv[1:])
finally:
    print(" ".join(sorted(name.split(".")[0] for name in sys.modules)), file=sys.stderr)
"""


def test_a_run_that_changes_nothing_imports_nothing_heavy(
    run: Run, docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the default embedding: an index of its name and size is made without its model."""
    default = open_embedder(DEFAULT_EMBEDDING, cache_dir=tmp_path)
    double = Renamed(default.name, default.dimension)

    def open_double(*_: object, **_options: object) -> Renamed:
        return double

    monkeypatch.setattr("aspire_ingest.index.embedding.from_settings.open_embedder", open_double)
    assert run("add", docs).code == 0
    monkeypatch.setenv("ASPIRE_EMBEDDING", DEFAULT_EMBEDDING)
    command = [sys.executable, "-c", _NOTHING_CHANGED, "add", str(docs), "--json"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert json.loads(ended.stdout)["unchanged"] == 2
    assert set(_UNWANTED) & set(ended.stderr.split()) == set()


class Renamed(HashingEmbedder):
    """The plain embedder under the name and with the dimension of another."""

    def __init__(self, name: str, dimension: int) -> None:
        super().__init__(dimension)
        self._name = name

    @property
    def name(self) -> str:
        return self._name


def test_show_tells_when_what_a_document_tells_of_takes_place(run: Run, tmp_path: Path) -> None:
    text = "---\ndate: 2026-01-20\n---\n\nThe workshop was held in Oslo on 14 January.\n"
    (tmp_path / "report.md").write_text(text, encoding="utf-8")
    run("add", tmp_path / "report.md")
    (entry,) = cast("list[dict[str, object]]", run("list", "--json").json["documents"])
    shown = run("show", str(entry["document_id"])).out
    assert "published_from: front matter" in shown
    assert "occasion: 2026-01-14 (workshop; said: '14 January'; year: published)" in shown
    (occasion,) = cast("list[dict[str, object]]", entry["occasions"])
    assert (occasion["first"], occasion["last"]) == ("2026-01-14", "2026-01-14")


def test_a_preview_says_where_dates_come_from(run: Run, docs: Path) -> None:
    told = run("add", docs, "--dry-run", "--json").json
    dates = cast("dict[str, dict[str, str | None]]", told["dates"]).values()
    assert {"published": "2025-11-11", "published_from": "front matter"} in dates


def test_a_marked_document_is_held_until_staff_accept_it(run: Run, docs: Path) -> None:
    (docs / "plan.md").write_text("# Plan\n\n社外秘\n\nThe ceiling is 77 million yen.\n")
    held = run("add", docs, "--json")
    assert held.code == 1
    assert held.json["held"] == [
        {
            "target": str(docs / "plan.md"),
            "mark": "社外秘",
            "marks": ["社外秘"],
            "quality": 1.0,
            "reason": "marked 社外秘",
            "source": None,
        }
    ]
    assert len(cast("list[str]", held.json["added"])) == 2
    assert "held: " in run("add", docs).out
    accepted = run("add", docs, "--accept-marks", "--json")
    assert (accepted.code, accepted.json["held"]) == (0, [])
    assert len(cast("list[str]", accepted.json["added"])) == 1
    assert run("add", docs, "--json").json["unchanged"] == 3
    (docs / "plan.md").write_text("# Plan\n\n社外秘\n\nThe ceiling is 88 million yen.\n")
    again = run("add", docs, "--prune", "--json")
    assert (again.code, again.json["removed"], again.json["gone"]) == (1, [], [])
    assert len(cast("list[object]", again.json["held"])) == 1
    assert len(cast("list[object]", run("list", "--json").json["documents"])) == 3


@pytest.mark.parametrize("stated", ["audience: staff", "marks: accepted", "approved_by: U1"])
def test_what_says_that_its_marks_are_right_is_not_held(run: Run, docs: Path, stated: str) -> None:
    (docs / "plan.md").write_text(f"---\n{stated}\n---\n# Plan\n\nCONFIDENTIAL\n\nWords.\n")
    assert run("add", docs, "--json").json["held"] == []


def test_an_embargo_that_has_passed_holds_nothing(run: Run, docs: Path) -> None:
    for name, year in (("past", 2020), ("coming", 2090)):
        text = f"# {name}\n\nEMBARGOED UNTIL 1 January {year}\n\nThe ceiling rises.\n"
        (docs / f"{name}.md").write_text(text)
    held = cast("list[dict[str, object]]", run("add", docs, "--json").json["held"])
    assert [one["target"] for one in held] == [str(docs / "coming.md")]


def test_a_text_that_may_be_wrong_is_named_once_and_asks_to_be_looked_at(
    run: Run, docs: Path
) -> None:
    shutil.copy(FIELD / "pdf" / "kaede-positioned.pdf", docs)
    first = run("add", docs, "--json")
    assert (first.code, first.json["failed"], first.json["held"]) == (1, [], [])
    doubtful = cast("list[dict[str, object]]", first.json["doubtful"])
    assert [one["warnings"] for one in doubtful] == [["vertical text, page 1"]]
    again = run("add", docs, "--json")
    assert (again.code, again.json["doubtful"]) == (0, [])


def test_one_file_is_one_document_however_it_is_spelled(
    run: Run, docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "cafe\u0301.md"
    (docs / unicodedata.normalize("NFC", name)).write_text("The text of the café.\n")
    assert len(cast("list[str]", run("add", "docs", "--json").json["added"])) == 3
    (tmp_path / "link").symlink_to(docs)
    (docs / unicodedata.normalize("NFC", name)).rename(docs / name)
    (docs / "one.md").rename(docs / "one.MD")
    for target in (docs, "./docs", "link", "docs/../docs"):
        again = run("add", target, "--json")
        assert (again.code, again.json["added"], again.json["replaced"]) == (0, [], [])
        assert (again.json["unchanged"], again.json["gone"]) == (3, [])
    monkeypatch.chdir(docs)
    assert run("add", ".", "two.md", "--json").json["unchanged"] == 3


def test_two_files_of_like_names_stay_two_documents(run: Run, docs: Path) -> None:
    (docs / "one.MD").write_text("Another text.\n")
    assert len(cast("list[str]", run("add", docs, "--json").json["added"])) == 3
    shutil.copy(docs / "one.md", docs / "one.MD")
    same = run("add", docs, "--json")
    assert (same.json["added"], len(cast("list[str]", same.json["replaced"]))) == ([], 1)


@pytest.mark.parametrize("codec", ["cp932", "euc_jp"])
def test_names_that_are_no_utf8_stop_nothing(run: Run, docs: Path, codec: str) -> None:
    folder = os.fsencode(docs) + b"/" + "資料".encode(codec)
    os.mkdir(folder)  # noqa: PTH102 - a name in bytes
    Path(os.fsdecode(folder + b"/" + "予算表.md".encode(codec))).write_text("The budget.\n")
    Path(os.fsdecode(folder + b"/" + "空欄.md".encode(codec))).write_text("")
    report = run("add", docs, "--json")
    assert len(cast("list[str]", report.json["added"])) == 3
    failed = cast("list[dict[str, str]]", report.json["failed"])
    assert [one["target"] for one in failed] == [f"{docs}/資料/空欄.md"]
    listed = cast("list[dict[str, str]]", run("list", "--json").json["documents"])
    assert f"{docs}/資料/予算表.md" in {one["source"] for one in listed}
    again = run("add", docs, "--json")
    assert (again.json["unchanged"], again.json["gone"]) == (3, [])
    proposed = run("propose", os.fsdecode(folder + b"/" + "予算表.md".encode(codec)), "--json")
    assert proposed.code == 0


def test_a_document_is_shown_page_by_page(run: Run, docs: Path) -> None:
    (docs / "rates.md").write_text(
        "# Rates\n\n| Item | Yen |\n| --- | --- |\n| Travel | 4,500 |\n\n" + "Words. " * 600
    )
    run("add", docs / "rates.md")
    (document,) = cast("list[dict[str, object]]", run("list", "--json").json["documents"])
    assert (document["remarks"], document["warnings"]) == (0, [])
    name = str(document["document_id"])
    (page,) = cast("list[dict[str, object]]", run("show", name, "--pages", "--json").json["pages"])
    assert (page["page"], page["unreadable"]) == (1, 0.0)
    assert page["characters"] == len(str(page["text"]))
    shown = run("show", name, "--pages").out
    assert "Item    Yen" in shown
    assert "--all shows them" in shown
    assert "--all shows them" not in run("show", name, "--pages", "--all").out

"""A folder of good files among hostile ones: every good one loads, every bad one is named."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.hostile import (
    GOOD_SENTENCE,
    pdf,
    write_bulk,
    write_good,
    write_hostile,
)
from tests.lent_loader import load_target

from aspire_ingest.errors import LoadError
from aspire_ingest.index.types import Document
from aspire_ingest.load.loader import Loader
from aspire_ingest.load.parse_result import Raw
from aspire_ingest.load.process import ParserProcess
from aspire_ingest.load.types import Item, LoadOptions


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], dict[str, str]]:
    folder = tmp_path_factory.mktemp("corpus")
    return folder, write_good(folder), write_hostile(folder)


@pytest.fixture(scope="module")
def loaded(outcome: tuple[Path, list[str], dict[str, str]]) -> list[Document | LoadError]:
    return list(load_target(str(outcome[0])))


def test_every_good_file_is_loaded_with_its_text(
    outcome: tuple[Path, list[str], dict[str, str]], loaded: list[Document | LoadError]
) -> None:
    documents = {Path(d.info.source).name: d for d in loaded if isinstance(d, Document)}
    assert sorted(documents) == outcome[1]
    for document in documents.values():
        assert GOOD_SENTENCE in document.text
        assert document.info.language == "en"
        document.text.encode()  # no surrogate
        assert "\x00" not in document.text


def test_every_bad_file_is_named_with_its_reason(
    outcome: tuple[Path, list[str], dict[str, str]], loaded: list[Document | LoadError]
) -> None:
    errors = {Path(e.target).name: e.reason for e in loaded if isinstance(e, LoadError)}
    assert sorted(errors) == sorted(outcome[2])
    wrong = {name: errors[name] for name, word in outcome[2].items() if word not in errors[name]}
    assert wrong == {}


def test_order_is_the_same_each_time(
    outcome: tuple[Path, list[str], dict[str, str]], loaded: list[Document | LoadError]
) -> None:
    with Loader() as loader:
        again = [
            item.source
            for item in loader.discover(str(outcome[0]))
            if not isinstance(item, LoadError)
        ]
    assert again == [d.info.source if isinstance(d, Document) else d.target for d in loaded]


def test_bad_lines_of_a_bulk_file_are_named_and_the_rest_is_loaded(tmp_path: Path) -> None:
    ids, bad = write_bulk(tmp_path / "bulk.jsonl")
    results = list(load_target(str(tmp_path / "bulk.jsonl")))
    assert [d.document_id for d in results if isinstance(d, Document)] == ids
    errors = {
        int(e.target.rpartition(":")[2]): e.reason for e in results if isinstance(e, LoadError)
    }
    assert errors.keys() == bad.keys()
    assert all(word in errors[number] for number, word in bad.items())


def test_an_oversized_line_does_not_stop_the_file(tmp_path: Path) -> None:
    path = tmp_path / "bulk.jsonl"
    long_line = '{"id": "b", "text": "' + "x" * 5000 + '"}'
    path.write_text(f'{{"id": "a", "text": "x"}}\n{long_line}\n{{"id": "c", "text": "y"}}')
    results = list(load_target(str(path), LoadOptions(max_bytes=1000)))
    assert [r.document_id if isinstance(r, Document) else r.target for r in results] == [
        "a", f"{path}:2", "c",
    ]  # fmt: skip


def test_a_bulk_file_is_read_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "bulk.jsonl"
    with path.open("w") as stream:
        for number in range(120):
            stream.write(f'{{"id": "{number}", "text": "{"word " * 60_000}"}}\n')
    script = (
        "import resource, sys\n"
        "from tests.lent_loader import load_target\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        f"count = sum(1 for _ in load_target({str(path)!r}))\n"
        "after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(count, after - before)\n"
    )
    ran = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    count, grown_kib = map(int, ran.stdout.split())
    assert count == 120
    assert path.stat().st_size > 34 * 2**20
    assert grown_kib < 16 * 1024


def test_a_parser_that_hangs_is_ended_and_the_next_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "good.pdf"
    path.write_bytes(pdf())
    hurried = Loader(LoadOptions(parse_timeout_s=0.1))
    with monkeypatch.context() as patch:
        patch.setattr("aspire_ingest.load.process._COMMAND", "import time; time.sleep(3600)")
        with pytest.raises(LoadError, match="took longer than"):
            _first(hurried, path).load()
    with Loader() as patient:
        patient._parsers = hurried._parsers  # pyright: ignore[reportPrivateUsage] - the same one
        assert GOOD_SENTENCE in _first(patient, path).load()[0].text


def test_a_parser_that_crashes_is_reported_and_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash = "import os, sys; sys.stdin.buffer.read(4); os.abort()"
    path = tmp_path / "good.pdf"
    path.write_bytes(pdf())
    loader = Loader()
    with monkeypatch.context() as patch:
        patch.setattr("aspire_ingest.load.process._COMMAND", crash)
        with pytest.raises(LoadError, match="crashed its parser"):
            _first(loader, path).load()
    assert GOOD_SENTENCE in _first(loader, path).load()[0].text
    loader.close()


def test_the_parser_process_ends_with_its_owner() -> None:
    parsers = ParserProcess()
    child = parsers._started()  # pyright: ignore[reportPrivateUsage] - the process is what counts
    del parsers
    assert child.poll() is not None


def test_files_read_at_once_each_get_their_own_text() -> None:
    # An answer of the child bears no name: two threads that ask at once must not swap theirs.
    parsers = ParserProcess()
    words = [f"word{number}" for number in range(40)]

    def text_of(word: str) -> str:
        body = f"<html><body><main><p>{word * 9}</p></main></body></html>"
        return parsers.parse("html", Raw(name=word, data=body.encode())).text

    with ThreadPoolExecutor(8) as pool:
        texts = list(pool.map(text_of, words))
    parsers.close()
    assert texts == [word * 9 for word in words]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's /proc")
def test_hostile_files_leave_the_reading_process_small(
    outcome: tuple[Path, list[str], dict[str, str]],
) -> None:
    # Not ru_maxrss: a new process inherits it from the one that started it.
    script = f"""
import pathlib, re
from tests.lent_loader import load_target
read = sum(1 for _ in load_target({str(outcome[0])!r}))
status = pathlib.Path("/proc/self/status").read_text()
print(read, re.search(r"VmHWM:\\s+(\\d+) kB", status)[1])
"""
    ran = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    read, peak_kib = map(int, ran.stdout.split())
    assert read >= len(outcome[1]) + len(outcome[2])
    assert peak_kib < 400 * 1024


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    import os  # noqa: PLC0415 - mkfifo is not everywhere

    if not hasattr(os, "mkfifo"):
        pytest.skip("this platform has no named pipes")
    os.mkfifo(tmp_path / "pipe.txt")
    results = list(load_target(str(tmp_path)))
    assert [type(result) for result in results] == [LoadError]


def _first(loader: Loader, path: Path) -> Item:
    item = next(loader.discover(str(path)))
    assert not isinstance(item, LoadError)
    return item

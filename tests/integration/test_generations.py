"""Publishing, holding, switching and removing generations, also when processes are killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.small_index import DOCUMENTS, EMBEDDER, NoChroma, document, publish, shape_of

from aspire_ingest.index import (
    IndexAccessError,
    IndexManifest,
    IndexMismatchError,
    IndexMissingError,
    IndexUnavailableError,
)
from aspire_ingest.index.generations.home import Home, current_number, next_number
from aspire_ingest.index.generations.lock import writer_lock
from aspire_ingest.index.generations.write import GenerationWriter
from aspire_ingest.index.open_index import CurrentIndex, open_reader
from aspire_ingest.index.reader import IndexReader


def publish_edition(root: Path, number: int) -> IndexManifest:
    text = f"This is edition {number} of the note.\n"
    return publish(root, [document("note", text)], open_chroma=NoChroma)


def edition_of(reader: IndexReader) -> int:
    return int(reader.document("note").text.split()[3])


def open_exact(root: Path) -> IndexReader:
    return open_reader(root, embedder_name=EMBEDDER.name, vectors="exact")


def numbers(root: Path) -> list[int]:
    return Home(root).numbers()


def test_an_index_that_is_not_there_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="aspire-ingest add"):
        open_exact(tmp_path)
    with (
        pytest.raises(IndexMissingError, match="aspire-ingest add"),
        CurrentIndex(tmp_path, embedder_name=EMBEDDER.name).reader(),
    ):
        pass


def test_another_embedder_is_refused_with_what_to_do(tmp_path: Path) -> None:
    publish_edition(tmp_path, 1)
    with pytest.raises(IndexMismatchError, match=r"ASPIRE_EMBEDDING.*--rebuild"):
        open_reader(tmp_path, embedder_name="other/model@1", vectors="exact")
    (held,) = (tmp_path / "generations/1").glob("held")
    assert held.exists()
    publish_edition(tmp_path, 2)
    publish_edition(tmp_path, 3)
    assert numbers(tmp_path) == [2, 3]  # the refused reader holds nothing


def test_generations_follow_each_other_and_the_last_two_stay(tmp_path: Path) -> None:
    for number in range(1, 5):
        assert publish_edition(tmp_path, number).generation == number
        with open_exact(tmp_path) as reader:
            assert edition_of(reader) == number
            assert reader.manifest.documents == 1
    assert numbers(tmp_path) == [3, 4]
    assert list((tmp_path / "work").iterdir()) == []


def test_a_generation_is_not_written_again_once_published(tmp_path: Path) -> None:
    def seen() -> dict[str, tuple[int, bytes]]:
        files = (path for path in (tmp_path / "generations/1").rglob("*") if path.is_file())
        return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}

    publish_edition(tmp_path, 1)
    before = seen()
    with open_exact(tmp_path) as reader:
        reader.search_vectors(
            EMBEDDER.embed_query("note"), language="en", audiences=frozenset({"public"}), k=3
        )
        reader.search_words({"note": 1}, language="en", audiences=frozenset({"public"}), k=3)
        publish_edition(tmp_path, 2)
    assert seen() == before


def test_what_a_reader_holds_stays_until_it_lets_go(tmp_path: Path) -> None:
    publish_edition(tmp_path, 1)
    with open_exact(tmp_path) as first, open_exact(tmp_path) as second:
        for number in (2, 3, 4):
            publish_edition(tmp_path, number)
        assert numbers(tmp_path) == [1, 3, 4]
        assert edition_of(first) == edition_of(second) == 1
        first.close()
        publish_edition(tmp_path, 5)
        assert numbers(tmp_path) == [1, 4, 5]
        assert edition_of(second) == 1
    publish_edition(tmp_path, 6)
    assert numbers(tmp_path) == [5, 6]


def test_a_long_running_reader_takes_up_the_new_and_then_closes_the_old(tmp_path: Path) -> None:
    publish_edition(tmp_path, 1)
    index = CurrentIndex(tmp_path, embedder_name=EMBEDDER.name)
    with index.reader() as old:
        publish_edition(tmp_path, 2)
        with index.reader() as new:
            assert edition_of(new) == 2
            assert edition_of(old) == 1  # the question that began with it ends with it
        publish_edition(tmp_path, 3)
        publish_edition(tmp_path, 4)
        assert numbers(tmp_path) == [1, 2, 3, 4]  # 2 is the last one asked for
    with index.reader() as newest:
        assert edition_of(newest) == 4
    publish_edition(tmp_path, 5)
    assert numbers(tmp_path) == [4, 5]
    index.close()
    index.close()


def test_a_new_generation_that_cannot_be_opened_leaves_the_old_in_use(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    publish_edition(tmp_path, 1)
    index = CurrentIndex(tmp_path, embedder_name=EMBEDDER.name)
    with index.reader() as reader:
        assert edition_of(reader) == 1
    publish_edition(tmp_path, 2)
    (tmp_path / "generations/2/manifest.json").write_text("{")
    for _ in range(2):
        with index.reader() as reader:
            assert edition_of(reader) == 1
    assert len(caplog.records) == 1  # said once, not for every question
    Home(tmp_path).pointer.write_text("not JSON")
    with index.reader() as reader:
        assert edition_of(reader) == 1
    index.close()


def test_readers_and_a_writer_at_once_see_whole_generations_only(tmp_path: Path) -> None:
    publish_edition(tmp_path, 1)
    index = CurrentIndex(tmp_path, embedder_name=EMBEDDER.name)
    wrong: list[object] = []
    seen: set[int] = set()
    is_over = threading.Event()

    def read() -> None:
        while not is_over.is_set():
            with index.reader() as reader:
                number = reader.manifest.generation
                query = EMBEDDER.embed_query(f"edition {number}")
                (found,) = reader.search_vectors(
                    query, language="en", audiences=frozenset({"public"}), k=5
                )
                (passage,) = reader.passages([found.passage_id])
                if edition_of(reader) != number or f"edition {number} " not in passage.text:
                    wrong.append((number, passage))
                seen.add(number)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(2, 8):
        publish_edition(tmp_path, number)
    time.sleep(0.1)
    is_over.set()
    for thread in threads:
        thread.join()
    index.close()
    assert wrong == []
    assert 7 in seen
    publish_edition(tmp_path, 8)
    assert numbers(tmp_path) == [7, 8]


def test_a_second_writer_is_told_who_is_writing(tmp_path: Path) -> None:
    with (
        writer_lock(Home(tmp_path)),
        pytest.raises(IndexUnavailableError, match=f"process {os.getpid()}, since"),
        writer_lock(Home(tmp_path)),
    ):
        pass
    with writer_lock(Home(tmp_path)):
        pass


_HOLDER = """
import sys, time
from pathlib import Path
from aspire_ingest.index.generations.home import Home, hold_current
from aspire_ingest.index.generations.lock import writer_lock
home = Home(Path(sys.argv[1]))
held = hold_current(home)
lock = writer_lock(home)
lock.__enter__()
print("held", flush=True)
time.sleep(60)
"""


def test_locks_and_holds_vanish_with_a_killed_process(tmp_path: Path) -> None:
    publish_edition(tmp_path, 1)
    command = [sys.executable, "-c", _HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:  # noqa: S603 - our own
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with (
            pytest.raises(IndexUnavailableError, match=f"process {holder.pid}"),
            writer_lock(Home(tmp_path)),
        ):
            pass
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    for number in (2, 3):
        publish_edition(tmp_path, number)
    assert numbers(tmp_path) == [2, 3]


def cut_after(monkeypatch: pytest.MonkeyPatch, module: str, name: str) -> None:
    """Carry out a step, and then nothing any more: no clean-up either. `point_to` is not begun."""
    place = sys.modules[module]
    step: Callable[..., object] = getattr(place, name)

    def cut(*args: object, **options: object) -> object:
        if name != "point_to":
            step(*args, **options)
        os._exit(9)

    monkeypatch.setattr(place, name, cut)


_GENERATIONS = "aspire_ingest.index.generations.home"
_WRITE = "aspire_ingest.index.generations.write"
_STEPS = [
    (_WRITE, "start_work"),
    (_WRITE, "derive"),
    (_WRITE, "write_manifest"),
    (_GENERATIONS, "sync_tree"),
    (_GENERATIONS, "point_to"),  # the generation lies in its place, nothing points to it
    (_WRITE, "publish"),
    (_WRITE, "remove_old"),
]


def die_publishing(root: Path, module: str, name: str) -> None:
    pid = os.fork()
    if pid == 0:
        try:
            cut_after(pytest.MonkeyPatch(), module, name)
            publish(
                root, [document("note", "This is edition 2 of the note.\n")], open_chroma=NoChroma
            )
        finally:
            os._exit(1)  # the step was not reached
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 9


@pytest.mark.parametrize(("module", "name"), _STEPS, ids=[name for _, name in _STEPS])
def test_a_crash_at_any_step_leaves_a_whole_generation(
    tmp_path: Path, module: str, name: str
) -> None:
    publish_edition(tmp_path, 1)
    die_publishing(tmp_path, module, name)
    is_published = name in {"publish", "remove_old"}
    with open_exact(tmp_path) as reader:
        assert edition_of(reader) == (2 if is_published else 1)
    # The next run ends as it would have without the crash.
    manifest = publish_edition(tmp_path, 3)
    assert manifest.generation == (3 if is_published else 2)
    assert (manifest.documents, manifest.passages) == (1, 1)
    with open_exact(tmp_path) as reader:
        assert edition_of(reader) == 3
    assert numbers(tmp_path) == ([2, 3] if is_published else [1, 2])
    assert list((tmp_path / "work").iterdir()) == []


def test_a_run_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    publish_edition(tmp_path, 1)

    class BrokenChroma(NoChroma):
        def wait(self) -> list[str]:
            return ["Chroma has lost it"]

    with pytest.raises(IndexAccessError, match="Chroma has lost it"):
        publish(tmp_path, DOCUMENTS, open_chroma=BrokenChroma)
    home = Home(tmp_path)
    assert current_number(home) == 1
    assert next_number(home) == 2
    assert numbers(tmp_path) == [1]
    assert list(home.work.iterdir()) == []


def test_a_writer_that_is_not_told_to_publish_does_not(tmp_path: Path) -> None:
    publish_edition(tmp_path, 1)
    home = Home(tmp_path)
    with (
        writer_lock(home),
        GenerationWriter(home, shape_of(), base=1, chroma=NoChroma()) as writer,
    ):
        writer.remove(["note"])
    with open_exact(tmp_path) as reader:
        assert edition_of(reader) == 1

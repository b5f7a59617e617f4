"""The self-check finds what is broken, and repairs it from what is stored."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.small_index import (
    DOCUMENTS,
    EMBEDDER,
    Lent,
    NoChroma,
    document,
    lent_chroma,
    publish,
    split,
)

from aspire_ingest.index import AUDIENCES, IndexMissingError
from aspire_ingest.index.check.verify import verify
from aspire_ingest.index.generations.home import Home
from aspire_ingest.index.open_index import open_reader
from aspire_ingest.index.reader import VectorBackend
from aspire_ingest.index.store.cache import IngestCache
from aspire_ingest.index.text.analysis import analyze
from aspire_ingest.index.vectors.chroma_process import ChromaFaultError, ChromaProcess
from aspire_ingest.index.words.tantivy_words import WordIndexWriter
from aspire_ingest.index.words.types import entries_of


@pytest.fixture(scope="module")
def lent() -> Lent:
    """Chroma's process: it forks for every command, so that one serves all tests."""
    return lent_chroma()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, lent: Lent) -> Path:
    """Two generations: the second has a document more."""
    root = tmp_path_factory.mktemp("published")
    publish(root, DOCUMENTS, open_chroma=lambda: lent)
    publish(root, [document("late", "This one came late.\n")], open_chroma=lambda: lent)
    return root


@pytest.fixture
def root(published: Path, tmp_path: Path) -> Path:
    return shutil.copytree(published, tmp_path / "home")


def answers(root: Path) -> bool:
    """Whether every passage is found by its vector, in both ways, and by its words."""
    backends: tuple[VectorBackend, ...] = ("exact", "chroma")
    for backend in backends:
        with open_reader(root, embedder_name=EMBEDDER.name, vectors=backend) as reader:
            for name, info in reader.documents().items():
                for passage in reader.passages_of(name):
                    found = reader.search_vectors(
                        reader.vectors([passage.passage_id])[0],
                        language=info.language,
                        audiences=frozenset(AUDIENCES),
                        k=1,
                    )
                    if [entry.passage_id for entry in found] != [passage.passage_id]:
                        return False
                    words = dict.fromkeys(analyze(passage.text, info.language), 1.0)
                    (best, *_) = reader.search_words(
                        words, language=info.language, audiences=frozenset(AUDIENCES), k=1
                    )
                    if best.passage_id != passage.passage_id:
                        return False
    return True


def test_a_sound_index_is_left_as_it_is(root: Path, lent: Lent) -> None:
    before = Home(root).pointer.read_bytes()
    check = verify(Home(root), open_chroma=lambda: lent)
    assert (check.is_sound, check.problems, check.repaired) == (True, [], [])
    assert Home(root).pointer.read_bytes() == before
    assert answers(root)


def test_no_index_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="aspire-ingest add"):
        verify(Home(tmp_path), open_chroma=NoChroma)


def _remove_chroma(generation: Path) -> None:
    shutil.rmtree(generation / "chroma")


def _empty_chroma_file(generation: Path) -> None:
    (generation / "chroma/chroma.sqlite3").write_bytes(b"no database")


def _forget_words(generation: Path) -> None:
    shutil.rmtree(generation / "words/en")


def _swap_matrix(generation: Path) -> None:
    path = generation / "vectors/en-public.npy"
    np.save(path, np.load(path)[::-1])


def _cut_matrix(generation: Path) -> None:
    path = generation / "vectors/ja-public.npy"
    path.write_bytes(path.read_bytes()[:100])


def _other_words(generation: Path) -> None:
    with WordIndexWriter(generation / "words/en") as writer:
        (entry,) = entries_of(
            DOCUMENTS[0].info, [replace(split(DOCUMENTS[1])[0], passage_id="of no document")]
        )
        writer.delete([split(DOCUMENTS[1])[0].passage_id])
        writer.add([entry])
        writer.commit()


def _stray_words(generation: Path) -> None:
    shutil.copytree(generation / "words/en", generation / "words/fr")


def _stray_matrix(generation: Path) -> None:
    shutil.copy(generation / "vectors/en-public.npy", generation / "vectors/fr-public.npy")


@pytest.mark.parametrize(
    "damage",
    [
        _other_words,
        _stray_words,
        _stray_matrix,
        _remove_chroma,
        _empty_chroma_file,
        _forget_words,
        _swap_matrix,
        _cut_matrix,
    ],
)
def test_what_is_derived_is_made_anew_in_a_new_generation(
    root: Path, lent: Lent, damage: Callable[[Path], None]
) -> None:
    damage(root / "generations/2")
    looked = verify(Home(root), repair=False, open_chroma=lambda: lent)
    assert not looked.is_sound
    assert looked.problems
    assert looked.repaired == []
    check = verify(Home(root), open_chroma=lambda: lent)
    assert check.is_sound, check.problems
    assert check.problems == looked.problems
    assert len(check.repaired) == 1
    assert Home(root).numbers() == [2, 3]
    assert answers(root)
    with open_reader(root, embedder_name=EMBEDDER.name) as reader:
        assert "late" in reader.documents()


def _truncate(generation: Path) -> None:
    path = generation / "index.sqlite"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _not_a_database(generation: Path) -> None:
    (generation / "index.sqlite").write_bytes(b"no database" * 1000)


def _execute(generation: Path, statement: str) -> None:
    connection = sqlite3.connect(generation / "index.sqlite", isolation_level=None)
    connection.execute(statement)
    connection.close()


def _shift(generation: Path) -> None:
    _execute(generation, "UPDATE passages SET start = start + 1 WHERE document_id = 'call'")


def _lose_vector(generation: Path) -> None:
    _execute(generation, "DELETE FROM vectors WHERE number = 1")


def _cut_vector(generation: Path) -> None:
    _execute(generation, "UPDATE vectors SET vector = x'00000000' WHERE number = 1")


def _move_sentence(generation: Path) -> None:
    _execute(generation, "UPDATE passages SET sentences = '[[9999,10000,0,\"\"]]'")


def _lose_document(generation: Path) -> None:
    _execute(generation, "DELETE FROM documents WHERE document_id = 'call'")


def _lose_passages(generation: Path) -> None:
    _execute(
        generation,
        "DELETE FROM vectors WHERE number IN (SELECT number FROM passages"
        " WHERE document_id = 'call')",
    )
    _execute(generation, "DELETE FROM passages WHERE document_id = 'call'")
    path = generation / "manifest.json"
    told = json.loads(path.read_bytes())
    path.write_text(json.dumps(told | {"passages": told["passages"] - 1}))


def _keep_vector(generation: Path) -> None:
    _execute(
        generation,
        "INSERT INTO vectors SELECT 1000, content_key, vector, sentence_vectors,"
        " scales FROM vectors WHERE number = 1",
    )


def _stretch_vector(generation: Path) -> None:
    vector = np.full(EMBEDDER.dimension, np.nan, dtype="<f4").tobytes().hex()
    _execute(generation, f"UPDATE vectors SET vector = x'{vector}' WHERE number = 1")  # noqa: S608 - our own


def _forget_sequence(generation: Path) -> None:
    _execute(generation, "DELETE FROM sqlite_sequence")


def _miscount_languages(generation: Path) -> None:
    path = generation / "manifest.json"
    path.write_text(path.read_text().replace('"ja": 2', '"fr": 2'))


def _lend_manifest(generation: Path) -> None:
    path = generation / "manifest.json"
    path.write_text(path.read_text().replace('"generation": 2', '"generation": 7'))


def _lose_manifest(generation: Path) -> None:
    (generation / "manifest.json").unlink()


@pytest.mark.parametrize(
    "damage",
    [
        _truncate,
        _not_a_database,
        _shift,
        _lose_vector,
        _cut_vector,
        _move_sentence,
        _lose_document,
        _lose_manifest,
        _lose_passages,
        _keep_vector,
        _stretch_vector,
        _forget_sequence,
        _miscount_languages,
        _lend_manifest,
        shutil.rmtree,
    ],
)
def test_a_broken_truth_leads_back_to_the_generation_before(
    root: Path, damage: Callable[[Path], None]
) -> None:
    damage(root / "generations/2")
    check = verify(Home(root), open_chroma=NoChroma)
    assert check.is_sound, check.problems
    assert any("2" in problem for problem in check.problems)
    assert any("generation 1" in line and "add" in line for line in check.repaired)
    with open_reader(root, embedder_name=EMBEDDER.name) as reader:
        assert reader.manifest.generation == 1
        assert len(reader.documents()) == len(DOCUMENTS)


def test_a_generation_that_cannot_be_held_is_mended_in_its_place(root: Path, lent: Lent) -> None:
    (root / "generations/2/held").unlink()
    check = verify(Home(root), open_chroma=lambda: lent)
    assert check.is_sound
    assert len(check.problems) == len(check.repaired) == 1
    assert answers(root)
    assert Home(root).numbers() == [1, 2]


@pytest.mark.parametrize("content", [b"no database" * 1000, None])
def test_a_broken_cache_is_thrown_away(root: Path, lent: Lent, content: bytes | None) -> None:
    path = Home(root).cache
    with IngestCache(path) as cache:
        cache.put_documents("a", "b", "c", [])
    if content is None:  # broken where opening it does not look
        written = path.read_bytes()
        content = written[:4096] + b"x" * (len(written) - 4096)
    path.write_bytes(content)
    looked = verify(Home(root), repair=False, open_chroma=lambda: lent)
    assert "cache.sqlite" in looked.problems[0]
    assert not looked.is_sound
    check = verify(Home(root), open_chroma=lambda: lent)
    assert check.is_sound
    assert not path.exists()
    assert verify(Home(root), open_chroma=lambda: lent).problems == []


def test_what_a_cut_run_left_goes_with_the_next_lock(root: Path, lent: Lent) -> None:
    home = Home(root)
    (home.work / "left").mkdir()
    (home.work / "left/index.sqlite").touch()
    shutil.copytree(home.generation(2), home.generation(3))
    assert verify(home, open_chroma=lambda: lent).problems == []
    assert list(home.work.iterdir()) == []
    assert home.numbers() == [1, 2]


def test_nothing_whole_is_said_so(root: Path) -> None:
    for number in (1, 2):
        _not_a_database(root / f"generations/{number}")
    check = verify(Home(root), open_chroma=NoChroma)
    assert not check.is_sound
    assert any("index the documents again" in problem for problem in check.problems)


@pytest.mark.parametrize("content", [None, b"", b"{}", b'{"generation": "x"}'])
def test_a_lost_pointer_is_set_to_the_newest_whole_generation(
    root: Path, content: bytes | None
) -> None:
    pointer = Home(root).pointer
    pointer.unlink()
    if content is not None:
        pointer.write_bytes(content)
    check = verify(Home(root), open_chroma=NoChroma)
    assert check.is_sound, check.problems
    assert check.repaired
    with open_reader(root, embedder_name=EMBEDDER.name) as reader:
        assert reader.manifest.generation == 2


def test_the_number_of_a_broken_generation_is_not_given_again(root: Path) -> None:
    _not_a_database(root / "generations/2")
    verify(Home(root), open_chroma=NoChroma)
    assert publish(root, [document("late", "Once more.\n")], open_chroma=NoChroma).generation == 3


def test_changes_reach_all_that_is_derived(
    root: Path, lent: Lent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("made anew instead of changed")

    monkeypatch.setattr("aspire_ingest.index.generations.rebuild.rebuild_chroma", fail)
    changed = document("call", "Applications close on 30 June.\n")
    japanese = [one.document_id for one in DOCUMENTS if one.info.language == "ja"]
    publish(root, [changed], remove=["meeting", *japanese], open_chroma=lambda: lent)
    check = verify(Home(root), open_chroma=lambda: lent)
    assert check.problems == []
    assert answers(root)
    with open_reader(root, embedder_name=EMBEDDER.name) as reader:
        assert set(reader.documents()) == {"goals", "call", "plan", "late"}
        assert reader.document("call") == changed
        assert reader.languages() == ("en",)
        assert reader.document_frequency(analyze("moderated", "en")[0], "en") == 0
        assert reader.document_frequency("june", "en") == 1
    generation = root / "generations/3"
    assert [path.name for path in (generation / "words").iterdir()] == ["en"]
    assert not list((generation / "vectors").glob("ja-*"))


def test_a_base_whose_chroma_is_broken_is_mended_by_the_next_run(root: Path, lent: Lent) -> None:
    _empty_chroma_file(root / "generations/2")
    publish(root, [document("later", "This one came later.\n")], open_chroma=lambda: lent)
    assert verify(Home(root), open_chroma=lambda: lent).problems == []
    assert answers(root)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all of a process has one rank")
def test_chroma_is_imported_behind_other_work_and_its_commands_are_not(tmp_path: Path) -> None:
    own = os.getpriority(os.PRIO_PROCESS, 0)
    ranks: set[int] = set()
    with ChromaProcess() as chroma:
        until = time.monotonic() + 30
        while min(19, own + 10) not in ranks and time.monotonic() < until:
            for thread in Path(f"/proc/{chroma.pid}/task").iterdir():
                with suppress(ProcessLookupError):  # the import was over
                    ranks.add(os.getpriority(os.PRIO_PROCESS, int(thread.name)))
        chroma.send_probe(tmp_path)
        with pytest.raises(ChromaFaultError):
            chroma.wait()
        assert os.getpriority(os.PRIO_PROCESS, chroma.pid) == own
        assert len(list(Path(f"/proc/{chroma.pid}/task").iterdir())) == 1  # forks stay safe
    assert ranks == {own, min(19, own + 10)}


def test_the_first_opening_imports_nothing_that_was_not_imported_ahead(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from aspire_ingest.index.vectors import chroma
chroma.import_ahead()
before = set(sys.modules)
with chroma.opened(Path(sys.argv[1])):
    print(sorted(set(sys.modules) - before))
"""
    command = [sys.executable, "-c", code, str(tmp_path / "chroma")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert done.stdout.strip() == "[]"


def test_a_fault_in_chroma_reaches_nobody_else(tmp_path: Path) -> None:
    with ChromaProcess() as chroma:
        chroma.send_probe(tmp_path)  # there is no store: the fork raises
        with pytest.raises(ChromaFaultError, match=r"status 1.*index\.sqlite"):
            chroma.wait()
        chroma.send_probe(tmp_path)  # the process itself goes on
        with pytest.raises(ChromaFaultError, match="status 1"):
            chroma.wait()
        os.kill(chroma.pid, signal.SIGSEGV)
        with pytest.raises(ChromaFaultError, match=f"signal {signal.SIGSEGV:d}"):
            chroma.wait()
        chroma.send_probe(tmp_path)
        with pytest.raises(ChromaFaultError, match=f"signal {signal.SIGSEGV:d}"):
            chroma.wait()

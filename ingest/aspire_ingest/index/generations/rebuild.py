"""Everything in a generation that follows from its SQLite file, and can be made anew from it."""

import shutil
from itertools import groupby
from pathlib import Path

from aspire_ingest.index.closing import Closing
from aspire_ingest.index.errors import IndexAccessError
from aspire_ingest.index.generations.disk import sync_file, sync_tree
from aspire_ingest.index.generations.home import CHROMA_NAME, MATRICES_NAME, WORDS_NAME
from aspire_ingest.index.store.store import STORE_NAME, Store
from aspire_ingest.index.store.writer import Changes
from aspire_ingest.index.vectors.chroma_process import ChromaFaultError, ChromaWork
from aspire_ingest.index.vectors.exact import write_matrices
from aspire_ingest.index.words.tantivy_words import WordIndex, WordIndexWriter
from aspire_ingest.index.words.types import entries_of

_BATCH = 1000


def derive(folder: Path, changes: Changes, *, dimension: int, chroma: ChromaWork) -> None:
    """Bring words, matrices and Chroma of an unpublished generation in line with its store.

    Chroma is probed afterwards, where it changed, and made anew where it is not sound. What is
    large reaches the disk while Chroma's process works.

    Raises:
        IndexAccessError: Chroma is not sound even when made anew.
    """
    chroma.send_changes(folder, after=changes.after, removed=changes.removed)
    store = Store(folder / STORE_NAME)
    try:
        derive_words(folder, store, changes)
        write_matrices(store, folder / MATRICES_NAME, dimension, after=changes.after)
        changed = {*changes.removed, *store.partitions_above(changes.after)}
    finally:
        store.close()
    sync_file(folder / STORE_NAME)
    sync_tree(folder / MATRICES_NAME)
    try:
        chroma.wait()
        chroma.send_probe(folder, sorted(changed))
        problems = chroma.wait()
    except ChromaFaultError:
        problems = ["a fault"]
    if problems:
        rebuild_chroma(folder, chroma)


def derive_shared(folder: Path, changes: Changes) -> None:
    """The same for a generation whose vectors a server searches: words alone."""
    store = Store(folder / STORE_NAME)
    try:
        derive_words(folder, store, changes)
    finally:
        store.close()


def derive_words(folder: Path, store: Store, changes: Changes) -> None:
    """Bring the word indexes of an unpublished generation in line with its store."""
    place = folder / WORDS_NAME
    place.mkdir(exist_ok=True)
    languages = {partition.language for partition in store.partitions()}
    for stale in place.iterdir():
        if stale.name not in languages:
            shutil.rmtree(stale)
    with _Writers(place) as writers:
        for partition, passage_ids in changes.removed.items():
            if partition.language in languages:
                writers.of(partition.language).delete(passage_ids)
        after = changes.after
        while batch := store.numbered(after, _BATCH):
            after = batch[-1].number
            for info, entries in groupby(batch, key=lambda entry: entry.info):
                passages = [entry.passage for entry in entries]
                writers.of(info.language).add(entries_of(info, passages))
        writers.commit()


class _Writers(Closing):
    """The word indexes of all languages, each opened when it is first changed."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._open: dict[str, WordIndexWriter] = {}

    def close(self) -> None:
        """Close all."""
        for writer in self._open.values():
            writer.close()

    def of(self, language: str) -> WordIndexWriter:
        if language not in self._open:
            self._open[language] = WordIndexWriter(self._place / language)
        return self._open[language]

    def commit(self) -> None:
        for writer in self._open.values():
            writer.commit()


def check_words(folder: Path, store: Store) -> list[str]:
    """What the word indexes lack or have too many."""
    problems: list[str] = []
    wanted: dict[str, list[str]] = {}
    for partition in store.partitions():
        wanted.setdefault(partition.language, []).extend(store.partition_ids(partition))
    place = folder / WORDS_NAME
    present = {entry.name for entry in place.iterdir()} if place.is_dir() else set[str]()
    strays = present - wanted.keys()
    problems += [f"words of {language}, which no passage is in" for language in sorted(strays)]
    for language, passage_ids in wanted.items():
        try:
            indexed = WordIndex(place / language).passage_ids()
        except IndexAccessError as error:
            problems.append(f"words of {language}: {error}")
            continue
        if sorted(indexed) != sorted(passage_ids):
            problems.append(
                f"words of {language}: {len(indexed)} passages, not the {len(passage_ids)} stored"
            )
    return problems


def rebuild_chroma(folder: Path, chroma: ChromaWork) -> None:
    """Make the Chroma directory of an unpublished generation anew from stored vectors.

    Raises:
        IndexAccessError: it is not sound even so.
    """
    shutil.rmtree(folder / CHROMA_NAME, ignore_errors=True)
    chroma.send_changes(folder, after=0, removed={})
    chroma.wait()
    chroma.send_probe(folder)
    if problems := chroma.wait():
        raise IndexAccessError(f"Chroma does not keep what it is given: {'; '.join(problems)}")

"""Everything in a generation that follows from its SQLite file, and can be made anew from it."""

import shutil
from contextlib import ExitStack
from pathlib import Path

from aspire_ingest.index.chroma_process import ChromaFaultError, ChromaProcess
from aspire_ingest.index.errors import IndexAccessError
from aspire_ingest.index.exact import write_matrices
from aspire_ingest.index.generations import CHROMA_NAME, MATRICES_NAME, WORDS_NAME
from aspire_ingest.index.lexical.analysis import analyze
from aspire_ingest.index.lexical.words import WordIndex, WordIndexWriter
from aspire_ingest.index.store import STORE_NAME, Store
from aspire_ingest.index.store_writer import Changes

_BATCH = 1000


def derive(folder: Path, changes: Changes, *, dimension: int, chroma: ChromaProcess) -> None:
    """Bring words, matrices and Chroma of an unpublished generation in line with its store.

    Chroma is probed afterwards, and made anew where it is not sound.

    Raises:
        IndexAccessError: Chroma is not sound even when made anew.
    """
    chroma.send_changes(folder, after=changes.after, removed=changes.removed)
    store = Store(folder / STORE_NAME)
    try:
        derive_words(folder, store, changes)
        write_matrices(store, folder / MATRICES_NAME, dimension)
    finally:
        store.close()
    try:
        chroma.wait()
        chroma.send_probe(folder)
        problems = chroma.wait()
    except ChromaFaultError:
        problems = ["a fault"]
    if problems:
        rebuild_chroma(folder, chroma)


def derive_words(folder: Path, store: Store, changes: Changes) -> None:
    """Bring the word indexes of an unpublished generation in line with its store."""
    place = folder / WORDS_NAME
    place.mkdir(exist_ok=True)
    languages = {partition.language for partition in store.partitions()}
    for stale in place.iterdir():
        if stale.name not in languages:
            shutil.rmtree(stale)
    with ExitStack() as stack:
        writers: dict[str, WordIndexWriter] = {}

        def writer_of(language: str) -> WordIndexWriter:
            if language not in writers:
                writers[language] = WordIndexWriter(place / language)
                stack.callback(writers[language].close)
            return writers[language]

        for partition, passage_ids in changes.removed.items():
            if partition.language in languages:
                writer_of(partition.language).delete(passage_ids)
        after = changes.after
        while batch := store.numbered(after, _BATCH):
            after = batch[-1].number
            for entry in batch:
                text = "\n".join((entry.info.title, *entry.passage.heading, entry.passage.text))
                writer_of(entry.info.language).add(
                    entry.passage.passage_id,
                    entry.info.audience,
                    analyze(text, entry.info.language),
                )
        for writer in writers.values():
            writer.commit()


def check_words(folder: Path, store: Store) -> list[str]:
    """What the word indexes lack or have too many."""
    problems: list[str] = []
    counts: dict[str, int] = {}
    for partition, count in store.partitions().items():
        counts[partition.language] = counts.get(partition.language, 0) + count
    for language, count in counts.items():
        try:
            indexed = WordIndex(folder / WORDS_NAME / language).passages
        except IndexAccessError as error:
            problems.append(f"words of {language}: {error}")
            continue
        if indexed != count:
            problems.append(f"words of {language}: {indexed} passages of {count}")
    return problems


def rebuild_chroma(folder: Path, chroma: ChromaProcess) -> None:
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

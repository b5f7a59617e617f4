"""How many pages or files of each format are read a second, by this package.

A file is read in this process from bytes that are at hand: opening files, the process of its own
that a format is read in, splitting and embedding are no part of it.
"""

import time
from collections.abc import Callable, Mapping, Sequence

from tests.evals.bench.results import Table, plain
from tests.evals.bench.timing import median_of
from tests.evals.documents.case import DocumentCase
from tests.evals.documents.readers import read_ours
from tests.evals.documents.reading import read
from tests.evals.documents.samples import Sample

TURNS = 5
PDF = "pdf"
FILES, PAGES_A_SECOND = "files", "pages a second"
FILES_A_SECOND, CHARACTERS_A_SECOND = "files a second", "characters a second"

Read = Callable[[], tuple[int, int]]
"""Reads one file; gives how many pages it has (0 in a format without pages) and characters."""


def measure_rates(samples: Sequence[Sample], cases: Sequence[DocumentCase]) -> Table:
    """Give the rates of PDF files and of each format of the Office set; refused files are none."""
    reads: dict[str, list[Read]] = {}
    for sample in samples:
        reads.setdefault(PDF, []).append(_pdf(sample.data()))
    for case in cases:
        if case.shown:
            reads.setdefault(case.kind, []).append(_office(case.make(), case.name))
    return rates(reads)


def rates(
    reads: Mapping[str, Sequence[Read]],
    *,
    turns: int = TURNS,
    seconds: Callable[[], float] = time.process_time,
) -> Table:
    """Read all files of a format in turn, so many times, and once before that is not counted.

    Returns:
        By format, the medians over the turns.
    """
    table: Table = {}
    for kind, files in reads.items():
        counted = [read_one() for read_one in files]
        pages, characters = (sum(column) for column in zip(*counted, strict=True))
        took = [_seconds_of(files, seconds) for _ in range(turns)]
        row = {FILES: plain(len(files))}
        if pages:
            row[PAGES_A_SECOND] = median_of([pages / one for one in took])
        row[FILES_A_SECOND] = median_of([len(files) / one for one in took])
        row[CHARACTERS_A_SECOND] = median_of([characters / one for one in took])
        table[kind] = row
    return table


def _seconds_of(files: Sequence[Read], seconds: Callable[[], float]) -> float:
    start = seconds()
    for read_one in files:
        read_one()
    return seconds() - start


def _pdf(data: bytes) -> Read:
    def read_one() -> tuple[int, int]:
        parsed = read_ours(data)
        return max(1, len(parsed.page_starts)), len(parsed.text)

    return read_one


def _office(data: bytes, name: str) -> Read:
    def read_one() -> tuple[int, int]:
        return 0, len(read(data, name).text)

    return read_one

"""From a thousand passages to a hundred thousand: what grows, and how fast.

One index grows by one bulk file after another. At each size: what adding cost beside embedding,
what lies on the disk, what a bot that stays takes in memory and time, how long a cold start takes,
and how long after `add` begins a running bot answers from the new document.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from statistics import fmean

from tests.evals.bench.indexes import HOMES, bring_up_to_date, kept_vectors
from tests.evals.bench.machine import load_average
from tests.evals.bench.results import Row, Table, plain
from tests.evals.bench.scale_asking import measure_bot, measure_start, questions_file
from tests.evals.bench.scale_texts import Text, grown, originals, sentences_of, write_targets
from tests.evals.bench.scale_vectors import PutTogether, Sampled, sentence_vectors

from aspire_bot.settings import Settings
from aspire_ingest.bootstrap import build_parts
from aspire_ingest.index.embedding.opening import DEFAULT_EMBEDDING, open_embedder
from aspire_ingest.index.embedding.types import Embedder
from aspire_ingest.index.open_index import open_reader
from aspire_ingest.index.reader import VectorBackend
from aspire_ingest.pipeline.pipeline import RunRequest, ingest
from aspire_ingest.settings import IngestSettings

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
_PASSAGES_A_TEXT = 1.09
"""Few texts are so long that they are split."""

BACKENDS: tuple[VectorBackend, ...] = ("exact", "chroma")
"""`exact` is what one question and a batch do, `chroma` what `serve` and the playground do."""
_OF_A_BOT = ("answers", "parts", "memory", "change")
TABLES = (
    *("ingest", "disk", "start"),
    *(f"{name}, {backend}" for name in _OF_A_BOT for backend in BACKENDS),
)

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What is grown, where, and what it is asked."""

    home: Path
    embedding: str
    """The setting that names `embedder`."""
    embedder: Embedder
    together: PutTogether
    texts: Iterator[Text]
    asked: Path


def measure_scale(
    shared: Path, say: Say, sizes: Sequence[int] = SIZES, embedding: str = DEFAULT_EMBEDDING
) -> dict[str, Table]:
    """Grow an index through the sizes; one table a subject, one row a size."""
    say("scale: the texts of the public sets, their sentences and vectors")
    texts = originals(shared)
    name = f"scale-texts-{embedding.partition('/')[0]}"
    targets = [write_targets(texts[one], f"scale-{one}") for one in texts]
    first = bring_up_to_date(name, targets, embedding=embedding)
    home = HOMES / "scale"
    shutil.rmtree(home, ignore_errors=True)
    embedder = open_embedder(embedding, cache_dir=Settings().cache)
    embedder.embed_query("")  # loads the model, and its first run is slow
    with open_reader(first, embedder_name=embedder.name) as index:
        sentences, known = sentences_of(index), sentence_vectors(index)
    with kept_vectors(embedder) as kept:
        scale = Scale(
            home=home,
            embedding=embedding,
            embedder=embedder,
            together=PutTogether(kept, embedder, known),
            texts=grown(texts, sentences),
            asked=questions_file(shared, tuple(texts)),
        )
        return _grow(scale, sizes, say)


def _grow(scale: Scale, sizes: Sequence[int], say: Say) -> dict[str, Table]:
    tables: dict[str, Table] = {name: {} for name in TABLES}
    passages = 0
    for size in sizes:
        row = f"{size:,}"
        say(f"scale: {row} passages")
        tables["ingest"][row], passages = _add(scale, size, passages)
        tables["disk"][row] = _disk(scale.home)
        tables["start"][row] = measure_start(scale.home, scale.embedding)
        for backend in BACKENDS:
            measured = measure_bot(scale.home, scale.embedding, scale.asked, backend)
            for name, found in measured.items():
                tables[f"{name}, {backend}"][row] = found
    return tables


def _add(scale: Scale, size: int, passages: int) -> tuple[Row, int]:
    """Bring the index to about `size` passages; the row, and how many there are."""
    texts = list(islice(scale.texts, round((size - passages) / _PASSAGES_A_TEXT)))
    spent, load = scale.together.seconds, load_average()
    sampled = scale.together.sampled = Sampled()
    settings = IngestSettings(home=scale.home, embedding=scale.embedding)
    with build_parts(settings, lambda _step, _done, _total: None) as parts:
        targets = [write_targets(texts, f"scale-to-{size}")]
        report = ingest(RunRequest(targets=targets), replace(parts, embedder=scale.together))
    other = report.seconds - (scale.together.seconds - spent)
    added = report.passages - passages
    embedding = sampled.seconds / sampled.passages * added
    made = sum(one.is_made for one in texts)
    row: Row = {
        "passages": plain(report.passages),
        "added": plain(added),
        "of made texts, %": plain(100 * made / len(texts)),
        "embedding, s": plain(embedding, sampled.passages),
        "all else, s": plain(other),
        "ratio": plain((embedding + other) / embedding),
        "passages/s": plain(added / (embedding + other)),
        "cosine": plain(fmean(sampled.cosines), len(sampled.cosines)),
        "load": plain(load),
    }
    return row, report.passages


def _disk(home: Path) -> Row:
    """Megabytes of the published generation by part, and of the cache beside it."""
    number = json.loads((home / "current.json").read_text("utf-8"))["generation"]
    generation = home / "generations" / str(number)
    sizes = {part.name: _megabytes(part) for part in generation.iterdir()}
    known = {name: plain(size) for name, size in sorted(sizes.items()) if size >= 0.05}
    row: Row = {**known, "all": plain(sum(sizes.values()))}
    return row | {"cache.sqlite": plain(_megabytes(home / "cache.sqlite"))}


def _megabytes(part: Path) -> float:
    files = part.rglob("*") if part.is_dir() else (part,)
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6

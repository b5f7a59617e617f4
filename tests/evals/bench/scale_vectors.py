"""Vectors of texts that were put together of known sentences, without the model.

The built-in embedder pools the tokens of a passage, so that the vector of a passage is nearly the
mean of its sentences' vectors, each by its length. A made passage gets exactly that, of the vectors
its sentences have where they come from; how near this is to the model's own is measured.
"""

import time
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from aspire_ingest.index.embedding.types import EmbeddedPassage, Embedder, PassageInput
from aspire_ingest.index.reader import IndexReader

Vector = NDArray[np.float32]

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


class PutTogether:
    """An embedder that knows sentences, and asks the model for passages without any it knows.

    `seconds` is what it took, the model included: no part of what is measured as ingesting.
    """

    def __init__(self, embedder: Embedder, known: Mapping[str, Vector]) -> None:
        """Take the vectors of `known` sentences; all else is `embedder`'s."""
        self._embedder = embedder
        self._known = known
        self._begun = {words[:_BEGINNING]: vector for words, vector in known.items()}
        self.seconds = 0.0
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

    def _vector_of(self, words: str) -> Vector | None:
        known = self._known.get(words)
        return self._begun.get(words[:_BEGINNING]) if known is None else known


def nearness(embedder: Embedder, together: PutTogether, inputs: Sequence[PassageInput]) -> float:
    """Give the mean cosine of vectors put together to the model's own; 1 where none was."""
    made = [(one, vectors) for one in inputs if (vectors := together.put_together(one))]
    own = dict(embedder.embed_passages([one for one, _ in made]))
    cosines = [float(own[row].vector @ vectors.vector) for row, (_, vectors) in enumerate(made)]
    return sum(cosines) / len(cosines) if cosines else 1.0

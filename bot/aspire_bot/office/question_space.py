"""Where questions that ask the same lie near each other: e5's query vectors, projected.

e5 sets languages apart and finds all questions of one field alike. So the mean of a language is
taken off, and the directions in which wordings of one question differ count less: a discriminant
analysis learnt by `aspire_training.question_space` from questions that the same words answer.
Vectors of another embedder are left as they are.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import cast

import numpy as np
from numpy.typing import NDArray

_FALLBACK_LEAST = 0.9
"""The likeness of two questions that ask the same, for an embedder that nothing was learnt of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSpace:
    """`means` by language and `projection`, shape (dimension, components); from `least` on alike.

    `embedding` is the model's name, without its revision.
    """

    embedding: str
    means: dict[str, NDArray[np.float32]]
    projection: NDArray[np.float32]
    least: float

    def project(
        self, vectors: NDArray[np.float32], languages: tuple[str, ...]
    ) -> NDArray[np.float32]:
        """Give unit vectors, shape (questions, components), of unit vectors of e5."""
        means = np.stack([self.means.get(one, self.means["en"]) for one in languages])
        return _unit(((vectors - means) @ self.projection).astype(np.float32))


def likeness_space(
    vectors: NDArray[np.float32], languages: tuple[str, ...], embedding: str
) -> tuple[NDArray[np.float32], float]:
    """Give vectors whose cosines tell which questions ask the same, and from which cosine on."""
    if not len(vectors):
        return vectors, _FALLBACK_LEAST
    space = shipped_space()
    if not embedding.startswith(space.embedding):
        return _unit(vectors), _FALLBACK_LEAST
    return space.project(vectors, languages), space.least


@cache
def shipped_space() -> QuestionSpace:
    """Read what was learnt."""
    with as_file(files("aspire_bot.office") / "question_space.npz") as path:
        kept = np.load(path, allow_pickle=False)
        means = {
            name.removeprefix("mean_"): cast("NDArray[np.float32]", kept[name].astype(np.float32))
            for name in kept.files
            if name.startswith("mean_")
        }
        return QuestionSpace(
            embedding=str(kept["embedding"]),
            means=means,
            projection=kept["projection"].astype(np.float32),
            least=float(kept["least"]),
        )


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-9)
    return (vectors / lengths).astype(np.float32)

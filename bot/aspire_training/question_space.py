"""Where questions that ask the same lie near each other: a projection of e5's query vectors.

    python -m aspire_training.question_space DATA WORK

A discriminant analysis (within wordings of one question against all) of questions that one quote
answers, and of the development half of `own/same-question.jsonl`; then the likeness from which on
groups of questions are one, over two folds of that half, each mixed with unrelated questions.
Writes `WORK/question_space.npz`; vectors are kept in WORK, so that a second run takes seconds.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aspire_bot.office.clusters import group
from aspire_bot.office.question_space import QuestionSpace
from aspire_bot.settings import read_settings
from aspire_ingest.index.embedding.e5 import E5_SETTING, E5Embedder
from aspire_training.paired_questions import Mixture, Question, answered_questions, mixture

_UNRELATED = 500
_RIDGES = (0.5, 2.0, 8.0)
_COMPONENTS = (32, 64, 96)
_LEAST = np.arange(0.3, 0.9, 0.05)
RIDGE, COMPONENTS = 8.0, 96
"""What is best of these, and shipped."""


def main() -> None:
    """Learn and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    mixed = mixture(given.data, "development", _UNRELATED)
    answered = list(answered_questions(given.data, "development"))
    vectors = embed(mixed.questions, given.work / "paired.npy")
    others = embed(answered, given.work / "answered.npy")
    languages = [one.language for one in (*mixed.questions, *answered)]
    quotes = [hash(one.answered_by) for one in answered]
    fold = np.array([g % 2 for g in mixed.groups])
    names = np.array([one.language for one in mixed.questions])
    everything = np.concatenate([vectors, others])
    best = (0.0, 0.0, 0, 0.0)
    for ridge in _RIDGES:
        for components in _COMPONENTS:
            scores = np.zeros(len(_LEAST))
            for held in (0, 1):
                learnt = np.array([int(f != held) for f in fold] + [1] * len(others), dtype=bool)
                groups = np.array([*mixed.groups.tolist(), *quotes])
                space = fit_space(everything, languages, groups, learnt, ridge, components)
                scores += _scores(mixed, space, vectors, names, fold == held) / 2
            at = int(scores.argmax())
            print(f"ridge={ridge} components={components} {_LEAST[at]:.2f} F1={scores[at]:.3f}")
            best = max(best, (float(scores[at]), ridge, components, float(_LEAST[at])))
    _, ridge, components, least = best
    groups = np.array([*mixed.groups.tolist(), *quotes])
    all_of_them = np.ones(len(everything), dtype=bool)
    space = fit_space(everything, languages, groups, all_of_them, ridge, components)
    np.savez_compressed(
        given.work / "question_space.npz",
        embedding=np.array(E5_SETTING),
        projection=space.projection.astype(np.float16),
        least=np.array(least),
        **{f"mean_{name}": mean.astype(np.float16) for name, mean in space.means.items()},
    )


def embed(questions: Sequence[Question], kept: Path) -> NDArray[np.float32]:
    """Give the query vectors of questions; those in the file `kept` where there is one."""
    if not kept.exists():
        embedder = E5Embedder(cache_dir=read_settings().cache)
        np.save(kept, np.stack([embedder.embed_query(one.text) for one in questions]))
    return np.load(kept)


def fit_space(
    vectors: NDArray[np.float32],
    languages: Sequence[str],
    groups: NDArray[np.intp],
    learnt: NDArray[np.bool_],
    ridge: float,
    components: int,
) -> QuestionSpace:
    """Whiten what differs within groups; keep the directions in which groups differ most.

    Args:
        vectors: those of all questions, shape (questions, dimension).
        languages: of each.
        groups: the number of each; those of one number ask the same.
        learnt: which of them are learnt from.
        ridge: how much of the mean variance is added to each direction within groups.
        components: how many directions are kept.
    """
    names = np.array(languages)
    means = {name: vectors[names == name].mean(axis=0) for name in set(languages)}
    centred = (vectors - np.stack([means[name] for name in languages])).astype(np.float64)
    size = centred.shape[1]
    within, freedom = np.zeros((size, size)), 0
    for number in np.unique(groups[learnt]):
        members = centred[learnt & (groups == number)]
        if len(members) > 1:
            apart = members - members.mean(axis=0)
            within += apart.T @ apart
            freedom += len(members) - 1
    within = within / freedom
    within += ridge * np.trace(within) / size * np.eye(size)
    values, directions = np.linalg.eigh(within)
    whiten = directions @ np.diag(values**-0.5)
    spread = centred[learnt].T @ centred[learnt] / learnt.sum()
    _, axes = np.linalg.eigh(whiten.T @ spread @ whiten)
    projection = (whiten @ axes[:, ::-1][:, :components]).astype(np.float32)
    return QuestionSpace(embedding=E5_SETTING, means=dict(means), projection=projection, least=0.0)


def _scores(
    mixed: Mixture,
    space: QuestionSpace,
    vectors: NDArray[np.float32],
    names: NDArray[np.str_],
    held: NDArray[np.bool_],
) -> NDArray[np.float64]:
    part = Mixture(questions=(), groups=mixed.groups[held], judged=mixed.judged[np.ix_(held, held)])
    projected = space.project(vectors[held], tuple(names[held].tolist()))
    return np.array([part.f1(group(projected, float(least)))[0] for least in _LEAST])


if __name__ == "__main__":
    main()

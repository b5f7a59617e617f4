"""Measure how questions that ask the same are grouped: `python -m tests.evals.measure_clusters`.

The test half of `own/same-question.jsonl` mixed with 500 unrelated questions, grouped as the
product groups unanswered questions, each read with its nearest; pairwise F1, precision and recall
over the pairs that somebody has judged. Then how long 5,000 questions take.
"""

import argparse
import sys
import time
from pathlib import Path
from tempfile import gettempdir

import numpy as np
from tests.evals.sets import shared_folder

from aspire_bot.bootstrap import build_same_question
from aspire_bot.office.clusters import group
from aspire_bot.office.pair_likeness import pairs_to_read, read_together
from aspire_bot.office.question_space import likeness_space
from aspire_bot.settings import read_settings
from aspire_ingest.index.embedding.e5 import E5_SETTING
from aspire_training.paired_questions import mixture
from aspire_training.question_space import embed

AIM = 0.7
_UNRELATED = 500
_MANY = 5000


def main() -> int:
    """Print the figures; give 1 where the aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=(shared_folder() or Path()) / "train")
    parser.add_argument("--vectors", type=Path, default=Path(gettempdir()) / "clusters-test.npy")
    given = parser.parse_args()
    mixed = mixture(given.data, "test", _UNRELATED)
    vectors = embed(mixed.questions, given.vectors)
    languages = tuple(one.language for one in mixed.questions)
    space, least = likeness_space(vectors, languages, E5_SETTING)
    pairs = read_together(build_same_question(read_settings()), E5_SETTING)
    read: dict[tuple[int, int], float] = {}
    if pairs is not None:
        texts, least = [one.text for one in mixed.questions], pairs.least
        for one, other, cosine in pairs_to_read(space, np.ones(len(texts), dtype=np.bool_)):
            read[one, other] = pairs.likeness(texts[one], texts[other], cosine)
    f1, precision, recall = mixed.f1(group(space, least, read))
    said = f"pairwise F1 {f1:.3f} (precision {precision:.3f}, recall {recall:.3f}), aim {AIM}"
    made = np.random.default_rng(7).normal(size=(_MANY, space.shape[1])).astype(np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    began = time.perf_counter()
    group(made, least)
    seconds = time.perf_counter() - began
    sys.stdout.write(f"{said}\n{_MANY} questions in {seconds:.1f} s\n")
    return 0 if f1 >= AIM else 1


if __name__ == "__main__":
    raise SystemExit(main())

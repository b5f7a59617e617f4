"""Near misses and rewordings as the shipped weights tell them apart, with the real models."""

import numpy as np
import pytest

from aspire_bot.bootstrap import build_same_question
from aspire_bot.office.pair_likeness import PairLikeness, read_together
from aspire_bot.office.question_space import likeness_space
from aspire_bot.settings import read_settings
from aspire_ingest.index.embedding.e5 import E5_SETTING, E5Embedder

_ASKED = {
    "en": (
        "How long is a project funded?",
        "For how many years does a project get money?",
        "How long does the review of a project take?",
    ),
    "ja": (
        "合宿の宿泊費は支出できますか。",
        "合宿の宿泊費を研究費から払えますか",
        "合宿の宿泊費の上限はいくらですか。",
    ),
}


@pytest.fixture(scope="module")
def pairs() -> PairLikeness:
    found = read_together(build_same_question(read_settings()), E5_SETTING)
    assert found is not None
    return found


@pytest.mark.parametrize("language", _ASKED)
def test_a_rewording_is_nearer_than_a_near_miss(pairs: PairLikeness, language: str) -> None:
    embedder = E5Embedder(cache_dir=read_settings().cache)
    question, reworded, near_miss = _ASKED[language]
    vectors = np.stack([embedder.embed_query(text) for text in _ASKED[language]])
    space, _ = likeness_space(vectors, (language,) * 3, E5_SETTING)
    cosine, beside = float(space[0] @ space[1]), float(space[0] @ space[2])
    assert language == "en" or cosine < beside, "vectors alone take the near miss for it"
    alike = pairs.likeness(question, reworded, cosine)
    assert alike >= pairs.least
    assert alike > pairs.likeness(question, near_miss, beside) + 0.1
    assert alike == pytest.approx(pairs.likeness(reworded, question, cosine), abs=0.01)

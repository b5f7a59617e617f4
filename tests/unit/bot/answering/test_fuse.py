"""Scores of languages side by side, also where a language has few passages."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.memory_index import MemoryIndex
from tests.unit.bot.answering.made import EMBEDDER, index, info

from aspire_bot.answering.message.query.glossary import load_glossary
from aspire_bot.answering.message.query.rewrite import Rewriter
from aspire_bot.answering.message.query.spelling import Spelling
from aspire_bot.answering.search.fuse import Candidates, FusionWeights, fuse
from aspire_bot.answering.search.retrieve import HybridRetriever
from aspire_bot.answering.types import Question
from aspire_ingest.index.text.analysis import analyze

WEIGHTS = FusionWeights()
REWRITER = Rewriter(load_glossary(None, analyze), Spelling())
RETRIEVER = HybridRetriever(EMBEDDER)


def offered(language: str, *scores: tuple[float, float]) -> Candidates:
    """Candidates with these cosines and word scores."""
    return Candidates(
        language=language,
        passage_ids=tuple(f"{language}{row}" for row in range(len(scores))),
        cosines=np.array([cosine for cosine, _ in scores], dtype=np.float64),
        words=np.array([words for _, words in scores], dtype=np.float64),
    )


def ranked(found: list[Candidates], language: str) -> list[str]:
    """The passage ids, best first."""
    scores = fuse(found, language, WEIGHTS)
    pairs = [
        (-score, passage_id)
        for one, given in zip(found, scores, strict=True)
        for score, passage_id in zip(given.tolist(), one.passage_ids, strict=True)
    ]
    return [passage_id for _, passage_id in sorted(pairs)]


MANY = offered("ja", *((0.70 + 0.005 * row, 0.3 * (row % 5)) for row in range(25)))
ALIKE = offered("ja", *((0.70 + 0.002 * row, 0.0) for row in range(25)))


@pytest.mark.parametrize(
    ("few", "place"),
    [
        pytest.param([(0.84, 0.3)], 1, id="one passage, near, with a word"),
        pytest.param([(0.84, 0.0)], 5, id="one passage, near, without a word"),
        pytest.param([(0.80, 0.1)], 3, id="one passage as near as others"),
        pytest.param([(0.84, 0.5), (0.71, 0.0)], 1, id="two passages, one of them near"),
        pytest.param([(0.84, 0.5), (0.84, 0.5)], 1, id="two passages alike"),
        pytest.param([(0.83, 0.2)] * 6, 1, id="six passages alike"),
        pytest.param([(0.84, 0.4)] * 12, 1, id="twelve passages alike"),
    ],
)
@pytest.mark.parametrize("others", [MANY, ALIKE])
def test_a_language_with_few_passages_has_its_place(
    few: list[tuple[float, float]], place: int, others: Candidates
) -> None:
    assert ranked([others, offered("en", *few)], "en").index("en0") < place


def test_of_another_language_than_the_question_it_is_found_too() -> None:
    """Its cosine is that of a passage abroad, below all of the asker's own."""
    order = ranked([MANY, offered("en", (0.69, 0.0))], "ja")
    assert order.index("en0") < 20
    assert order[0] == "ja24"


def test_a_far_passage_does_not_go_first_for_being_alone() -> None:
    assert ranked([MANY, offered("en", (0.70, 0.0))], "en")[0] == "ja24"
    assert ranked([MANY, offered("en", (0.70, 0.0))], "ja")[0] == "ja24"


def test_the_second_of_two_near_passages_is_not_last() -> None:
    order = ranked([MANY, offered("en", (0.84, 0.5), (0.835, 0.4))], "en")
    assert order[0] == "en0"
    assert order.index("en1") < 4


def test_one_passage_in_all_and_none() -> None:
    assert [one.tolist() for one in fuse([offered("en", (0.8, 0.2))], "en", WEIGHTS)] == [[1.0]]
    assert [one.tolist() for one in fuse([offered("en", (0.8, 0.0))], "en", WEIGHTS)] == [[0.75]]
    assert [one.tolist() for one in fuse([offered("en"), offered("ja")], "en", WEIGHTS)] == [[], []]
    assert fuse([], "en", WEIGHTS) == []


def test_without_any_word_the_cosines_decide() -> None:
    three = offered("en", (0.5, 0.0), (0.7, 0.0), (0.6, 0.0))
    assert ranked([three], "en") == ["en1", "en2", "en0"]


_SCORE = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)
_PAIRS = st.lists(st.tuples(_SCORE, _SCORE), max_size=14)


@given(_PAIRS, _PAIRS, _PAIRS)
def test_scores_are_in_range_and_in_order(
    en: list[tuple[float, float]], ja: list[tuple[float, float]], de: list[tuple[float, float]]
) -> None:
    found = [offered(language, *pairs) for language, pairs in (("en", en), ("ja", ja), ("de", de))]
    for one, scores in zip(found, fuse(found, "en", WEIGHTS), strict=True):
        assert np.all((scores >= -1e-9) & (scores <= 1 + 1e-9))
        better = (one.cosines[:, None] >= one.cosines) & (one.words[:, None] >= one.words)
        assert np.all((scores[:, None] >= scores - 1e-9)[better])


@given(
    st.lists(st.tuples(_SCORE, _SCORE), min_size=10, max_size=80),
    st.lists(st.tuples(_SCORE, _SCORE), min_size=10, max_size=80),
)
def test_with_many_passages_it_is_the_plain_min_max(
    en: list[tuple[float, float]], ja: list[tuple[float, float]]
) -> None:
    found = [offered("en", *en), offered("ja", *ja)]
    for one, scores in zip(found, fuse(found, "en", WEIGHTS), strict=True):
        if np.ptp(one.cosines) == 0 or np.ptp(one.words) == 0:
            continue
        share, discount = (0.5, 1.0) if one.language == "en" else (0.8, 0.92)
        plain = share * _plain(one.cosines) + (1 - share) * _plain(one.words)
        np.testing.assert_allclose(scores, discount * plain, atol=1e-12)


def _plain(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return (values - values.min()) / np.ptp(values)


SUBJECTS = (
    "旅費", "謝金", "物品費", "会議費", "印刷費", "通信費", "保険", "査証", "宿泊", "報告書",
    "知財", "倫理", "安全", "研修", "採用", "評価", "監査", "広報", "契約", "検収", "図書", "設備",
    "共用", "保管", "廃棄",
)  # fmt: skip
JAPANESE = [
    (f"# {subject}の取扱い\n\n{subject}の手続は毎月の末日までに事務局へ届け出る。\n", f"ja{row}")
    for row, subject in enumerate(SUBJECTS)
]
NOTICE = "The viva of the Larch Scholarship is held on March 3, 2027 in Nagoya."
STAY = "Larch scholars stay abroad for eleven months. Their rent is paid by the host."


def _index(*english: str) -> MemoryIndex:
    ja = [(text, info(name, language="ja", title="")) for text, name in JAPANESE]
    en = [(text, info(f"en{row}", title="Larch")) for row, text in enumerate(english)]
    return index(*ja, *en)


@pytest.mark.parametrize(
    ("english", "question", "wanted"),
    [
        ([NOTICE], "When is the viva of the Larch Scholarship?", "en0"),
        ([NOTICE], "Where does the Larch viva take place?", "en0"),
        ([STAY], "Who pays the rent?", "en0"),
        ([NOTICE, STAY], "Where is the viva held?", "en0"),
        ([NOTICE, STAY], "How long do scholars stay abroad?", "en1"),
        ([NOTICE], "Larch Scholarshipの面接はいつですか", "en0"),
        ([NOTICE], "査証の手続はいつまでですか", "ja7"),
        ([NOTICE, STAY], "図書の手続はいつまでですか", "ja20"),
    ],
)
def test_a_page_among_many_of_another_language_is_found(
    english: list[str], question: str, wanted: str
) -> None:
    held = _index(*english)
    query = REWRITER.rewrite(Question(text=question), held)
    order = RETRIEVER.retrieve(query, RETRIEVER.embed(query), held, k=60)
    assert order[0].document.document_id == wanted
    assert order[0].score > 0.3

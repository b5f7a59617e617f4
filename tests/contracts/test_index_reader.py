"""One suite for every reader of the index: exact scoring, Chroma, and the one in memory."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from tests.memory_index import MemoryIndex
from tests.postgres import Postgres
from tests.small_index import DOCUMENTS, EMBEDDER, NoChroma, lent_chroma, publish, split

from aspire_ingest.index import AUDIENCES, Audience, Passage
from aspire_ingest.index.generations.home import Home
from aspire_ingest.index.open_index import open_reader
from aspire_ingest.index.reader import IndexReader, VectorBackend
from aspire_ingest.index.server.address import ServerAddress
from aspire_ingest.index.text.analysis import analyze

PUBLIC: frozenset[Audience] = frozenset({"public"})
EVERYONE: frozenset[Audience] = frozenset(AUDIENCES)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("home")
    publish(root, DOCUMENTS, open_chroma=lent_chroma)
    return root


@pytest.fixture(scope="module", params=["exact", "chroma", "server", None])
def reader(
    request: pytest.FixtureRequest, home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[IndexReader]:
    backend: VectorBackend | Literal["server"] | None = request.param
    if backend == "server":  # one machine publishes, another one reads
        postgres: Postgres = request.getfixturevalue("postgres")
        address = ServerAddress(
            database_url=postgres.new(), chroma_url=request.getfixturevalue("chroma_url")
        )
        machines = [
            Home(tmp_path_factory.mktemp(name), server=address) for name in ("writes", "reads")
        ]
        publish(machines[0], DOCUMENTS, open_chroma=NoChroma)
        with open_reader(machines[1], embedder_name=EMBEDDER.name) as opened:
            yield opened
    elif backend is not None:
        with open_reader(home, embedder_name=EMBEDDER.name, vectors=backend) as opened:
            yield opened
    else:
        yield MemoryIndex.from_documents(DOCUMENTS, EMBEDDER, split=split)


def expected_passages(language: str, audiences: frozenset[Audience]) -> list[Passage]:
    return [
        passage
        for document in DOCUMENTS
        if document.info.language == language and document.info.audience in audiences
        for passage in split(document)
    ]


def test_it_says_what_it_is(reader: IndexReader) -> None:
    assert reader.manifest.documents == len(DOCUMENTS)
    assert reader.manifest.passages == sum(len(split(one)) for one in DOCUMENTS)
    assert reader.manifest.languages == {"en": 4, "ja": 2}
    assert reader.manifest.embedding == EMBEDDER.name
    assert reader.languages() == ("en", "ja")
    assert reader.passage_count("en") == len(expected_passages("en", EVERYONE))
    assert reader.passage_count("fr") == 0


def test_documents_come_back_to_the_letter(reader: IndexReader) -> None:
    assert list(reader.documents()) == sorted(one.document_id for one in DOCUMENTS)
    for document in DOCUMENTS:
        assert reader.document(document.document_id) == document
        assert reader.documents()[document.document_id] == document.info
    (occasion,) = reader.documents()["meeting"].occasions
    assert (occasion.first, occasion.year_from) == ("2026-01-14", "published")
    assert reader.documents()["meeting"].published_from == "front matter"
    with pytest.raises(KeyError):
        reader.document("no such document")


def test_passages_come_back_in_the_order_asked_for(reader: IndexReader) -> None:
    wanted = [passage for document in DOCUMENTS for passage in split(document)][::-1]
    ids = [passage.passage_id for passage in wanted]
    assert reader.passages(ids) == wanted
    assert reader.passages([]) == []
    bare = [replace(one, sentences=(), context_terms=frozenset()) for one in wanted]
    assert reader.passages(ids, with_sentences=False) == bare
    assert reader.document_ids(ids) == [passage.document_id for passage in wanted]
    assert reader.document_ids([]) == []
    with pytest.raises(KeyError):
        reader.document_ids([*ids, "no such passage"])
    with pytest.raises(KeyError):
        reader.passages([*ids, "no such passage"])


def test_passages_of_a_document_are_in_reading_order(reader: IndexReader) -> None:
    for document in DOCUMENTS:
        assert reader.passages_of(document.document_id) == split(document)
    assert reader.passages_of("no such document") == []


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("audiences", [PUBLIC, EVERYONE, frozenset[Audience]({"staff"})])
def test_vectors_rank_by_cosine(
    reader: IndexReader, language: str, audiences: frozenset[Audience]
) -> None:
    query = EMBEDDER.embed_query("Who covers travel? 渡航費 researchers")
    ids = [passage.passage_id for passage in expected_passages(language, audiences)]
    cosines = dict(zip(ids, (reader.vectors(ids) @ query).tolist(), strict=True))
    ranking = reader.search_vectors(query, language=language, audiences=audiences, k=100)
    scores = [entry.score for entry in ranking]
    assert {entry.passage_id for entry in ranking} == set(ids)
    assert scores == sorted(scores, reverse=True)
    assert scores == pytest.approx([cosines[entry.passage_id] for entry in ranking], abs=1e-5)
    top = reader.search_vectors(query, language=language, audiences=audiences, k=2)
    assert [entry.passage_id for entry in top] == [entry.passage_id for entry in ranking[:2]]


def test_a_passage_is_nearest_to_its_own_vector(reader: IndexReader) -> None:
    for passage in expected_passages("en", EVERYONE):
        vector = reader.vectors([passage.passage_id])[0]
        (best,) = reader.search_vectors(vector, language="en", audiences=EVERYONE, k=1)
        assert best.passage_id == passage.passage_id
        assert best.score == pytest.approx(1, abs=1e-4)


def test_nothing_is_found_where_nothing_is(reader: IndexReader) -> None:
    query = EMBEDDER.embed_query("travel")
    assert reader.search_vectors(query, language="fr", audiences=EVERYONE, k=5) == []
    assert reader.search_vectors(query, language="en", audiences=frozenset(), k=5) == []
    assert reader.search_vectors(query, language="en", audiences=EVERYONE, k=0) == []
    assert reader.search_words({"travel": 1.0}, language="fr", audiences=EVERYONE, k=5) == []
    assert reader.search_words({"zzzz": 1.0}, language="en", audiences=EVERYONE, k=5) == []
    assert reader.document_frequency("travel", "fr") == 0
    assert reader.nearest_terms("travel", "fr", 3) == []
    assert reader.terms_said_as("travel", "fr") == []


def words(text: str, language: str) -> dict[str, float]:
    return dict.fromkeys(analyze(text, language), 1.0)


def test_words_find_what_holds_them(reader: IndexReader) -> None:
    ranking = reader.search_words(words("moderated", "en"), language="en", audiences=PUBLIC, k=5)
    assert [reader.passages([entry.passage_id])[0].document_id for entry in ranking] == ["meeting"]
    ranking = reader.search_words(words("渡航費", "ja"), language="ja", audiences=PUBLIC, k=5)
    assert reader.passages([ranking[0].passage_id])[0].document_id == "mokuteki"
    scores = [entry.score for entry in ranking]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)


def test_staff_passages_are_for_staff_alone(reader: IndexReader) -> None:
    query = EMBEDDER.embed_query("the reserve")
    for audiences, is_found in ((PUBLIC, False), (EVERYONE, True)):
        by_vector = reader.search_vectors(query, language="en", audiences=audiences, k=100)
        by_words = reader.search_words(
            words("reserve", "en"), language="en", audiences=audiences, k=100
        )
        for ranking in (by_vector, by_words):
            owners = {p.document_id for p in reader.passages([e.passage_id for e in ranking])}
            assert ("plan" in owners) is is_found


def test_terms_are_counted_and_found_by_their_spelling(reader: IndexReader) -> None:
    (term,) = analyze("researchers", "en")
    assert reader.document_frequency(term, "en") == 2
    assert reader.document_frequency("zzzz", "en") == 0
    (travel,) = analyze("travel", "en")
    assert reader.nearest_terms("travle", "en", 3)[0] == travel
    assert reader.terms_said_as("travel", "en") == [travel]
    assert reader.terms_said_as("Tokōhi", "ja") == ["渡航費"]


def test_vectors_are_unit_vectors_in_the_order_asked_for(reader: IndexReader) -> None:
    passages = expected_passages("en", EVERYONE)
    vectors = reader.vectors([passage.passage_id for passage in passages])
    assert vectors.shape == (len(passages), EMBEDDER.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    turned = reader.vectors([passage.passage_id for passage in passages[::-1]])
    assert np.array_equal(turned, vectors[::-1])
    assert reader.vectors([]).shape == (0, EMBEDDER.dimension)
    with pytest.raises(KeyError):
        reader.vectors(["no such passage"])


def test_sentence_vectors_fit_the_sentences(reader: IndexReader) -> None:
    passages = expected_passages("ja", PUBLIC) + expected_passages("en", PUBLIC)
    found = reader.sentence_vectors([passage.passage_id for passage in passages])
    assert list(found) == [passage.passage_id for passage in passages]
    for passage in passages:
        vectors = found[passage.passage_id]
        texts = [
            passage.text[sentence.start - passage.start : sentence.end - passage.start]
            for sentence in passage.sentences
        ]
        exact = np.stack([EMBEDDER.embed_query(text) for text in texts])
        assert vectors.shape == exact.shape
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
        assert (vectors * exact).sum(axis=1).min() > 0.999  # what int8 leaves
    with pytest.raises(KeyError):
        reader.sentence_vectors(["no such passage"])


def test_several_threads_read_at_once(reader: IndexReader) -> None:
    query = EMBEDDER.embed_query("travel")
    wanted = reader.search_vectors(query, language="en", audiences=EVERYONE, k=5)
    failures: list[object] = []

    def read() -> None:
        for _ in range(20):
            found = reader.search_vectors(query, language="en", audiences=EVERYONE, k=5)
            by_words = reader.search_words(
                words("travel", "en"), language="en", audiences=EVERYONE, k=5
            )
            vectors = reader.sentence_vectors([entry.passage_id for entry in found])
            if found != wanted or len(by_words) != 2 or len(vectors) != len(found):
                failures.append((found, by_words))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_closing_twice_is_allowed(home: Path) -> None:
    backends: tuple[VectorBackend, ...] = ("exact", "chroma")
    for backend in backends:
        opened = open_reader(home, embedder_name=EMBEDDER.name, vectors=backend)
        opened.close()
        opened.close()
    assert list((home / "readers").glob("*")) == []

"""What every word index does: the one in memory, which is plainly right, and the one on disk."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.memory_words import MemoryWords, query_terms

from aspire_ingest.index.errors import (
    IndexAccessError,
    IndexMissingError,
    IndexUnavailableError,
)
from aspire_ingest.index.types import DocumentInfo, Passage
from aspire_ingest.index.words.tantivy_words import WordIndex, WordIndexWriter
from aspire_ingest.index.words.types import WordEntry, entries_of

PUBLIC = ("public",)
ALL = ("public", "staff")


WordSearcher = WordIndex | MemoryWords


class Words(NamedTuple):
    """A writer's maker and a searcher's maker over one place."""

    write: Callable[[], AbstractContextManager[WordIndexWriter | MemoryWords]]
    read: Callable[[], WordSearcher]


@pytest.fixture(params=["memory", "disk"])
def words(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Words]:
    if request.param == "memory":
        memory = MemoryWords()
        yield Words(lambda: memory, lambda: memory)
        return
    opened: list[WordIndex] = []

    def read() -> WordIndex:
        opened.append(WordIndex(tmp_path / "en"))
        return opened[-1]

    yield Words(lambda: WordIndexWriter(tmp_path / "en"), read)
    for index in opened:
        index.close()


def entry(passage_id: str, body: str, *, title: str = "", heading: str = "") -> WordEntry:
    audience = "staff" if passage_id.startswith("staff") else "public"
    return WordEntry(
        passage_id=passage_id,
        audience=audience,
        title=tuple(title.split()),
        heading=tuple(heading.split()),
        body=tuple(body.split()),
    )


def fill(words: Words, *entries: WordEntry) -> WordSearcher:
    with words.write() as writer:
        writer.add(entries)
        writer.commit()
    return words.read()


def ids(searcher: WordSearcher, *terms: str, audiences: tuple[str, ...] = ALL) -> list[str]:
    found = searcher.search(dict.fromkeys(terms, 1.0), audiences=audiences, k=10)
    return [scored.passage_id for scored in found]


def test_rare_terms_and_short_passages_count_more(words: Words) -> None:
    index = fill(
        words,
        entry("short", "budget rule"),
        entry("long", "budget " + "filler " * 40),
        entry("rare", "carryover " + "filler " * 6),
        entry("other", "filler"),
    )
    assert ids(index, "budget") == ["short", "long"]
    assert ids(index, "budget", "carryover")[0] == "rare"
    assert ids(index, "unknown") == []
    assert index.passages == 4


def test_title_and_heading_are_searched_but_count_less(words: Words) -> None:
    index = fill(
        words,
        entry("body", "budget filler filler"),
        entry("heading", "filler filler filler", heading="budget"),
        entry("title", "filler filler filler", title="budget"),
        entry("none", "filler filler filler", title="other", heading="other"),
    )
    assert ids(index, "budget") == ["body", "heading", "title"]
    assert index.document_frequency("budget") == 3
    assert index.document_frequency("budget") == 3, "asked again, it is the same"
    assert index.document_frequency("unknown") == 0


def test_weights_scale_what_a_term_counts(words: Words) -> None:
    index = fill(words, entry("a", "alpha filler"), entry("b", "beta filler"))

    def first(alpha: float, beta: float) -> str:
        terms = {"alpha": alpha, "beta": beta}
        return index.search(terms, audiences=ALL, k=1)[0].passage_id

    assert first(1.0, 0.2) == "a"
    assert first(0.2, 1.0) == "b"
    once, twice = (index.search({"alpha": w}, audiences=ALL, k=1)[0].score for w in (1.0, 2.0))
    assert twice == pytest.approx(2 * once)
    assert index.search({"alpha": 0.0}, audiences=ALL, k=1) == []


def test_an_audience_sees_its_passages_with_the_same_scores(words: Words) -> None:
    index = fill(words, entry("a", "budget"), entry("staff-b", "budget rule"), entry("c", "rule"))
    everything = index.search({"budget": 1.0}, audiences=ALL, k=10)
    public = index.search({"budget": 1.0}, audiences=PUBLIC, k=10)
    assert [scored.passage_id for scored in everything] == ["a", "staff-b"]
    assert list(public) == list(everything[:1])
    assert index.search({"budget": 1.0}, audiences=(), k=10) == []
    assert ids(index, "budget", audiences=("staff",)) == ["staff-b"]


def test_k_limits_and_best_come_first(words: Words) -> None:
    index = fill(words, *(entry(f"p{n}", "budget " * (n + 1) + "filler") for n in range(9)))
    found = index.search({"budget": 1.0}, audiences=ALL, k=3)
    assert len(found) == 3
    assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)
    assert index.search({"budget": 1.0}, audiences=ALL, k=0) == []
    assert index.search({}, audiences=ALL, k=3) == []


def test_adding_again_replaces_and_deleting_takes_out(words: Words) -> None:
    fill(words, entry("a", "old"), entry("b", "old"), entry("c", "other"))
    with words.write() as writer:
        writer.add([entry("a", "new")])
        writer.delete(["b", "unknown"])
        writer.commit()
    index = words.read()
    assert ids(index, "old") == []
    assert ids(index, "new") == ["a"]
    assert index.passages == 2
    assert index.document_frequency("old") == 0


def test_what_is_not_committed_is_dropped(words: Words) -> None:
    fill(words, entry("a", "kept"))
    with words.write() as writer:
        writer.add([entry("b", "lost")])
        writer.delete(["a"])
    index = words.read()
    assert ids(index, "kept", "lost") == ["a"]


def test_near_terms_for_typing_slips(words: Words) -> None:
    index = fill(words, entry("a", "record accord accord"), entry("b", "accord d:2026-01"))
    assert list(index.nearest_terms("acord", 1)) == ["accord"]
    assert list(index.nearest_terms("recrod")) == ["record"]
    assert list(index.nearest_terms("d:2026-02")) == []


def test_terms_by_how_they_are_said(words: Words) -> None:
    index = fill(words, entry("a", "大野 小野 シュミット"), entry("b", "小野 ohno d:2026-01"))
    assert list(index.terms_said_as("Ōno")) == ["小野", "ohno", "大野"]
    assert list(index.terms_said_as("Schmidt")) == []
    assert list(index.terms_said_as("Schmidt", is_from_abroad=True)) == ["シュミット"]
    assert list(index.terms_said_as("Tanaka", is_from_abroad=True)) == []


def test_an_empty_index_answers(words: Words) -> None:
    index = fill(words)
    assert index.passages == 0
    assert ids(index, "any") == []
    assert list(index.nearest_terms("anything")) == []


def test_entries_are_found_by_the_terms_of_a_question(words: Words) -> None:
    info = DocumentInfo(document_id="d", source="s", title="事務処理ハンドブック", language="ja")
    texts = {
        "流用": "費目間の流用は３割又は５００万円まで承認を要しない。",
        "報告": "年次進捗報告書は令和8年5月15日までに提出する。",
    }
    passages = [
        Passage(
            passage_id=name, document_id="d", start=0, end=len(text), text=text, heading=(name,)
        )
        for name, text in texts.items()
    ]
    index = fill(words, *entries_of(info, passages))

    def best(question: str) -> str:
        return index.search(query_terms(question, "ja"), audiences=ALL, k=1)[0].passage_id

    assert best("費目間流用はいくらまで") == "流用"
    assert best("2026年5月に出すものは") == "報告"
    assert best("30% or 5 million yen") == "流用"


def test_threads_may_search_at_once(words: Words) -> None:
    index = fill(words, *(entry(f"p{n}", f"budget t{n}") for n in range(200)))
    expected = ids(index, "t7", "t150")
    found: list[list[str]] = []

    def work() -> None:
        found.extend(ids(index, "t7", "t150") for _ in range(50))
        index.nearest_terms("budgte")
        index.terms_said_as("Tanaka")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 200


TERMS = st.sampled_from([f"t{n}" for n in range(12)])
BODIES = st.lists(st.lists(TERMS, max_size=12).map(" ".join), max_size=12)


@settings(deadline=None, max_examples=40)
@given(bodies=BODIES, terms=st.dictionaries(TERMS, st.sampled_from([0.3, 1.0, 2.0]), max_size=4))
def test_disk_scores_as_memory_does(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[str], terms: dict[str, float]
) -> None:
    """Up to how tantivy rounds lengths: to one byte, exact to 40 terms."""
    entries = [
        entry(f"p{n:02}", body, title="t0", heading=body[:2]) for n, body in enumerate(bodies)
    ]
    memory = MemoryWords()
    memory.add(entries)
    memory.commit()
    place = tmp_path_factory.mktemp("words")
    with WordIndexWriter(place) as writer:
        writer.add(entries)
        writer.commit()
    with WordIndex(place) as index:
        found, expected = (
            {s.passage_id: s.score for s in searcher.search(terms, audiences=ALL, k=99)}
            for searcher in (index, memory)
        )
    assert found == pytest.approx(expected, rel=0.01)
    shutil.rmtree(place)


def test_a_second_writer_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    with WordIndexWriter(tmp_path) as writer:
        with pytest.raises(IndexUnavailableError, match="another process"):
            WordIndexWriter(tmp_path)
        writer.add([entry("a", "kept")])
        writer.commit()
    with WordIndex(tmp_path) as index:
        assert ids(index, "kept") == ["a"]
    with WordIndexWriter(tmp_path):
        pass


def test_a_closed_writer_says_so(tmp_path: Path) -> None:
    writer = WordIndexWriter(tmp_path)
    writer.close()
    writer.close()
    with pytest.raises(IndexUnavailableError, match="closed"):
        writer.commit()


def test_a_reader_keeps_the_state_it_opened_though_the_directory_goes(tmp_path: Path) -> None:
    with WordIndexWriter(tmp_path / "one") as writer:
        writer.add([entry("a", "kept")])
        writer.commit()
    shutil.copytree(tmp_path / "one", tmp_path / "copy")
    with WordIndex(tmp_path / "copy") as index:
        with WordIndexWriter(tmp_path / "one") as writer:
            writer.delete(["a"])
            writer.commit()
        shutil.rmtree(tmp_path / "copy")
        assert ids(index, "kept") == ["a"]
    with WordIndex(tmp_path / "one") as index:
        assert ids(index, "kept") == []


def test_a_read_only_directory_is_read_and_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with WordIndexWriter(tmp_path) as writer:
        writer.add([entry("a", "kept")])
        writer.commit()
    (tmp_path / ".tantivy-meta.lock").unlink(missing_ok=True)
    before = sorted(tmp_path.iterdir())

    def refuses(
        path: Path, mode: int
    ) -> bool:  # root may write anywhere: the mode bits say nothing
        return path != tmp_path

    monkeypatch.setattr("os.access", refuses)
    with WordIndex(tmp_path) as index:
        assert ids(index, "kept") == ["a"]
    assert sorted(tmp_path.iterdir()) == before


def test_no_index_and_a_damaged_one_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        WordIndex(tmp_path / "absent")
    with WordIndexWriter(tmp_path) as writer:
        writer.add([entry("a", "kept")])
        writer.commit()
    next(tmp_path.glob("*.term")).write_bytes(b"")
    with pytest.raises(IndexAccessError, match="damaged") as raised:
        WordIndex(tmp_path)
    assert not isinstance(raised.value, IndexMissingError)
    (tmp_path / "meta.json").write_text("{}")
    with pytest.raises(IndexAccessError, match="damaged"):
        WordIndexWriter(tmp_path)

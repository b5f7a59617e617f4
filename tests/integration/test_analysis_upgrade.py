"""An index whose words an older release analysed: made anew from what is stored, or refused."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from tests.counting import CountingEmbedder
from tests.small_index import NoChroma

from aspire_ingest.index import IndexMismatchError, Occasion
from aspire_ingest.index.check.verify import verify
from aspire_ingest.index.embedding.hashing import HashingEmbedder
from aspire_ingest.index.generations.home import Home
from aspire_ingest.index.generations.manifest import read_manifest
from aspire_ingest.index.open_index import open_reader
from aspire_ingest.index.reader import IndexReader
from aspire_ingest.index.store.store import STORE_NAME, Store
from aspire_ingest.index.text.amounts import Amount
from aspire_ingest.index.text.analysis import ANALYSIS_VERSION, analyze
from aspire_ingest.load.loader import Loader
from aspire_ingest.pipeline.pipeline import Parts, RunRequest, ingest, rebuild, remove
from aspire_ingest.pipeline.run_summary import Report
from aspire_ingest.split import SPLITTER_SETTINGS, split_document

NAMES = {
    "hiiragi": "# 柊助成\n\n広報の担当は髙橋である。\n",
    "kaede": "# 楓助成\n\n会計の担当は山﨑である。総額は１２０，０００　千円とする。\n",
    "kusunoki": "# 楠助成\n\n渉外の担当は葛\U000e0100城である。\n",
}
FOUND_SINCE = {"高橋": "hiiragi", "山崎": "kaede", "葛城": "kusunoki", "1.2億円": "kaede"}


class Place:
    """A folder of files, read from no more than is said, and its index."""

    def __init__(self, root: Path) -> None:
        self.home, self.docs = Home(root / "home"), root / "docs"
        self.embedder = CountingEmbedder()
        self.docs.mkdir()
        for name, text in NAMES.items():
            (self.docs / f"{name}.md").write_text(text, encoding="utf-8")

    @contextmanager
    def parts(self) -> Generator[Parts]:
        with Loader() as loader:
            yield Parts(
                home=self.home,
                source=loader,
                split=split_document,
                splitter=SPLITTER_SETTINGS,
                embedder=self.embedder,
                open_chroma=NoChroma,
            )

    def add(self, *targets: Path, is_dry_run: bool = False) -> Report:
        with self.parts() as parts:
            request = RunRequest(targets=[str(target) for target in targets], is_dry_run=is_dry_run)
            return ingest(request, parts)

    @property
    def analysis(self) -> str:
        number = max(self.home.numbers())
        return read_manifest(self.home.generation(number)).analysis

    def reader(self) -> IndexReader:
        return open_reader(self.home, embedder_name=self.embedder.name)

    def found(self) -> dict[str, str]:
        """Which file each question finds by its rarest term."""
        with self.reader() as reader:
            documents = reader.documents()
            found: dict[str, str] = {}
            for question in FOUND_SINCE:
                terms = dict.fromkeys(analyze(question, "ja"), 1.0)
                ranked = reader.search_words(
                    terms, language="ja", audiences=frozenset(("public",)), k=1
                )
                for (document_id,) in [reader.document_ids([one.passage_id]) for one in ranked]:
                    found[question] = Path(documents[document_id].source).stem
        return found


def _no_terms(_: Amount) -> list[str]:
    return []


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """An index as the release before made it: with its version, and without folded forms."""
    place = Place(tmp_path)
    with monkeypatch.context() as before:
        before.setattr("aspire_ingest.pipeline.pipeline.ANALYSIS_VERSION", "4")
        before.setattr("aspire_ingest.index.text.analysis.fold_variants", str)
        before.setattr("aspire_ingest.index.text.analysis.amount_terms", _no_terms)
        place.add(place.docs)
    assert place.analysis == "4" != ANALYSIS_VERSION
    place.embedder.texts.clear()
    return place


def _lose_sources_and_cache(place: Place) -> None:
    for name in NAMES:
        (place.docs / f"{name}.md").unlink()
    place.home.cache.unlink()


def test_a_reader_says_which_command_mends_it(old: Place) -> None:
    with pytest.raises(IndexMismatchError, match=r"analysis 4.*`aspire-ingest verify --rebuild`"):
        old.reader()


def test_adding_makes_it_anew_without_sources_and_without_embedding(old: Place) -> None:
    _lose_sources_and_cache(old)
    new = old.docs / "new.md"
    new.write_text("# 桜助成\n\n総務の担当は吉田である。\n", encoding="utf-8")
    report = old.add(new)
    assert len(report.added()) == 1
    assert report.replaced() == []
    assert len(old.embedder.texts) == 1, "the new document alone"
    assert old.analysis == ANALYSIS_VERSION
    assert old.found() == FOUND_SINCE


def test_a_run_that_changes_nothing_makes_it_anew_as_well(old: Place) -> None:
    report = old.add(old.docs)
    assert report.plan.is_empty
    assert len(report.plan.keep) == 3
    assert (old.embedder.texts, old.analysis) == ([], ANALYSIS_VERSION)
    assert report.index_version is not None
    assert report.index_version.startswith("2-")
    assert old.found() == FOUND_SINCE


def test_removing_makes_it_anew_as_well(old: Place) -> None:
    with old.parts() as parts:
        known = remove(["none"], parts)
    assert known.plan.remove == ()
    assert old.found() == FOUND_SINCE


def test_a_rebuild_keeps_the_vectors_though_the_cache_is_lost(old: Place) -> None:
    store = Store(old.home.generation(1) / STORE_NAME)
    ids = sorted(one for partition in store.partitions() for one in store.partition_ids(partition))
    vectors, sentences = store.vectors(ids), store.sentence_vectors(ids)
    store.close()
    _lose_sources_and_cache(old)
    with old.parts() as parts:
        assert len(rebuild(parts).replaced()) == 3
        assert verify(old.home, shape=parts.shape, open_chroma=NoChroma).problems == []
    assert old.embedder.texts == []
    assert old.found() == FOUND_SINCE
    with old.reader() as reader:
        np.testing.assert_array_equal(reader.vectors(ids), vectors)
        for passage_id, kept in reader.sentence_vectors(ids).items():
            np.testing.assert_allclose(kept, sentences[passage_id], atol=1e-6)


def test_what_is_stored_stays_word_for_word(old: Place) -> None:
    old.add(old.docs)
    with old.reader() as reader:
        texts = "".join(reader.document(name).text for name in reader.documents())
    for name in ("髙橋", "山﨑", "葛\U000e0100城", "１２０，０００　千円"):
        assert name in texts


def test_a_dry_run_changes_nothing(old: Place) -> None:
    report = old.add(old.docs, is_dry_run=True)
    assert len(report.plan.keep) == 3
    assert old.home.numbers() == [1]
    assert old.analysis == "4"


def test_another_difference_besides_is_refused_with_the_command(old: Place) -> None:
    old.embedder = CountingEmbedder(HashingEmbedder(32))
    with pytest.raises(IndexMismatchError, match=r"analysis: 4 -> .*verify --rebuild"):
        old.add(old.docs)
    assert old.home.numbers() == [1]
    with old.parts() as parts:
        rebuild(parts)
    assert len(old.embedder.texts) == 3, "another embedder's vectors are of no use"
    assert old.found() == FOUND_SINCE


def _without_hours(*given: object) -> Occasion:
    return next(one for one in given if isinstance(one, Occasion))


def test_the_hours_of_deadlines_are_found_in_stored_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(tmp_path)
    call = place.docs / "call.md"
    call.write_text("# 樅公募\n\n応募の締切は2031年7月3日17時(日本時間)です。\n", encoding="utf-8")
    with monkeypatch.context() as before:
        before.setattr("aspire_ingest.pipeline.pipeline.ANALYSIS_VERSION", "6")
        before.setattr("aspire_ingest.index.text.dates.terms.with_hours", _without_hours)
        place.add(call)
    with pytest.raises(IndexMismatchError, match="`aspire-ingest verify --rebuild`"):
        place.reader()
    call.unlink()
    place.embedder.texts.clear()
    with place.parts() as parts:
        rebuild(parts)
    with place.reader() as reader:
        (document,) = reader.documents().values()
    (term,) = document.occasions
    assert term.closes is not None
    assert (term.closes.minutes, term.closes.zone) == (17 * 60, "Asia/Tokyo")
    assert (term.closes.said, term.closes.zone_said) == ("17時(日本時間)", "日本時間")
    assert place.embedder.texts == []

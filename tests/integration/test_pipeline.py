"""From targets to generations: what changed is embedded, what did not is left alone."""

import json
import sqlite3
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from tests.counting import CountingEmbedder
from tests.small_index import EMBEDDER, NoChroma

from aspire_ingest.errors import UnsafePruneError
from aspire_ingest.index import IndexMismatchError
from aspire_ingest.index.embedding.hashing import HashingEmbedder
from aspire_ingest.index.generations.home import Home
from aspire_ingest.index.generations.manifest import read_manifest, write_manifest
from aspire_ingest.index.open_index import open_reader
from aspire_ingest.index.store.store import STORE_NAME
from aspire_ingest.load.loader import Loader
from aspire_ingest.pipeline.pipeline import Parts, RunRequest, ingest, rebuild, remove
from aspire_ingest.pipeline.run_summary import Report
from aspire_ingest.split import SPLITTER_SETTINGS, split_document


@dataclass
class Scene:
    root: Path
    embedder: CountingEmbedder = field(default_factory=CountingEmbedder)

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    @contextmanager
    def parts(self) -> Generator[Parts]:
        with Loader() as loader:
            yield Parts(
                home=Home(self.root / "home"),
                source=loader,
                split=split_document,
                splitter=SPLITTER_SETTINGS,
                embedder=self.embedder,
                open_chroma=NoChroma,
            )

    def write(self, name: str, text: str) -> Path:
        path = self.docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def add(self, *targets: Path | str, **options: bool) -> Report:
        request = RunRequest(targets=[str(target) for target in targets or (self.docs,)])
        with self.parts() as parts:
            return ingest(replace(request, **options), parts)

    def texts(self) -> dict[str, str]:
        """The indexed text of every document, by title."""
        with open_reader(self.root / "home", embedder_name=EMBEDDER.name) as reader:
            found = [reader.document(name) for name in reader.documents()]
        return {document.info.title: document.text.strip() for document in found}


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    scene = Scene(tmp_path)
    for name in ("one", "two", "three", "four", "five"):
        scene.write(f"{name}.md", f"---\ntitle: {name}\n---\nThe text of number {name} is here.\n")
    return scene


def test_documents_are_added_once(scene: Scene) -> None:
    first = scene.add()
    assert len(first.added()) == 5
    assert (first.passages, first.failures) == (5, ())
    assert set(scene.texts()) == {"one", "two", "three", "four", "five"}
    again = scene.add()
    assert again.plan.is_empty
    assert len(again.plan.keep) == 5
    assert again.index_version == first.index_version
    assert Home(scene.root / "home").numbers() == [1]


def test_only_what_changed_is_embedded(scene: Scene) -> None:
    scene.add()
    scene.embedder.texts.clear()
    scene.write("two.md", "---\ntitle: two\n---\nAnother text of number two.\n")
    scene.write("six.md", "---\ntitle: six\n---\nThe text of number six is here.\n")
    report = scene.add()
    assert (len(report.added()), len(report.replaced()), len(report.plan.keep)) == (1, 1, 4)
    assert len(scene.embedder.texts) == 2
    assert scene.texts()["two"] == "Another text of number two."
    assert report.passages == 6


def test_a_text_that_comes_back_is_not_embedded_again(scene: Scene) -> None:
    scene.add()
    before = scene.write("two.md", "---\ntitle: two\n---\nAnother text.\n")
    scene.add()
    before.write_text("---\ntitle: two\n---\nThe text of number two is here.\n")
    scene.embedder.texts.clear()
    assert len(scene.add().replaced()) == 1
    assert scene.embedder.texts == []
    assert scene.texts()["two"] == "The text of number two is here."


def test_unchanged_documents_are_not_parsed_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.add()

    def fail(*_: object) -> None:
        raise AssertionError("parsed")

    monkeypatch.setattr("aspire_ingest.load.items.FileItem.load", fail)
    assert len(scene.add().plan.keep) == 5


def test_a_file_saved_anew_with_the_same_words_is_unchanged(scene: Scene) -> None:
    first = scene.add()
    scene.write("two.md", "---\ntitle:   two\n---\nThe text of number two is here.\n")
    report = scene.add()
    assert report.plan.is_empty
    assert report.index_version == first.index_version


def test_what_is_gone_stays_until_pruned(scene: Scene) -> None:
    scene.add()
    (scene.docs / "one.md").unlink()
    report = scene.add()
    assert len(report.plan.gone) == 1
    assert report.plan.is_empty
    assert "one" in scene.texts()
    report = scene.add(prune=True)
    assert len(report.plan.remove) == 1
    assert "one" not in scene.texts()
    assert report.passages == 4


def test_pruning_one_target_leaves_the_others_alone(scene: Scene) -> None:
    scene.write("inner/six.md", "---\ntitle: six\n---\nSix.\n")
    scene.add()
    (scene.docs / "one.md").unlink()
    (scene.docs / "inner/six.md").unlink()
    scene.write("inner/seven.md", "---\ntitle: seven\n---\nSeven.\n")
    scene.add(scene.docs / "inner", prune=True)
    assert set(scene.texts()) == {"one", "two", "three", "four", "five", "seven"}
    scene.write("inner-2/eight.md", "---\ntitle: eight\n---\nEight.\n")
    scene.add()
    (scene.docs / "inner-2/eight.md").unlink()
    scene.add(scene.docs / "inner", prune=True)  # not "inner-2", though it begins alike
    assert "eight" in scene.texts()


def test_too_much_is_not_pruned(scene: Scene) -> None:
    scene.add()
    for path in list(scene.docs.iterdir())[:4]:
        path.unlink()
    with pytest.raises(UnsafePruneError):
        scene.add(prune=True)
    assert len(scene.texts()) == 5
    scene.add(prune=True, allow_large_prune=True)
    assert len(scene.texts()) == 1


def test_a_target_that_is_not_there_prunes_nothing(scene: Scene) -> None:
    scene.add()
    scene.docs.rename(scene.root / "elsewhere")
    report = scene.add(prune=True, allow_large_prune=True)
    assert [failure.target for failure in report.failures] == [str(scene.docs)]
    assert len(scene.texts()) == 5


def test_what_cannot_be_read_is_named_and_what_it_brought_stays(scene: Scene) -> None:
    scene.add()
    (scene.docs / "one.md").write_bytes(b"")
    report = scene.add(prune=True)
    (failure,) = report.failures
    assert failure.target == str(scene.docs / "one.md")
    assert not report.is_complete
    assert scene.texts()["one"] == "The text of number one is here."


def bulk(scene: Scene, lines: Sequence[object]) -> Path:
    return scene.write("bulk.jsonl", "".join(f"{json.dumps(line)}\n" for line in lines))


def test_bulk_lines_are_documents_and_pruned_by_file(scene: Scene) -> None:
    lines = [{"id": f"b{n}", "title": f"b{n}", "text": f"Bulk text {n}."} for n in range(4)]
    path = bulk(scene, lines)
    assert scene.add(path).added() == ["b0", "b1", "b2", "b3"]
    bulk(scene, lines[1:])
    report = scene.add(path, prune=True)
    assert report.plan.remove == ("b0",)
    path.write_text(path.read_text() + "no JSON\n")
    bulk_lines = path.read_text().splitlines()[1:]
    path.write_text("\n".join(bulk_lines))
    report = scene.add(path, prune=True)
    assert report.plan.remove == ()  # the broken line may be the one that is missed
    assert len(report.failures) == 1


def test_one_id_twice_is_a_failure_also_in_the_next_run(scene: Scene) -> None:
    lines = [{"id": "x", "title": "x", "text": "First."}, {"id": "x", "title": "x", "text": "2."}]
    path = bulk(scene, lines)
    for _ in range(2):
        report = scene.add(path)
        (failure,) = report.failures
        assert failure.target.endswith("bulk.jsonl:2")
        assert "'x'" in failure.error
        assert scene.texts() == {"x": "First."}


def test_the_same_file_by_two_targets_is_read_once(scene: Scene) -> None:
    report = scene.add(scene.docs, scene.docs)
    assert (len(report.added()), report.failures) == (5, ())


def test_dry_run_says_and_does_nothing(scene: Scene) -> None:
    report = scene.add(is_dry_run=True)
    assert (len(report.added()), report.index_version) == (5, None)
    assert not (scene.root / "home").exists()
    assert scene.embedder.texts == []
    scene.add()
    scene.write("one.md", "---\ntitle: one\n---\nChanged.\n")
    report = scene.add(is_dry_run=True)
    assert len(report.replaced()) == 1
    assert scene.texts()["one"] == "The text of number one is here."


def test_an_interrupted_run_is_taken_up_where_it_was(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aspire_ingest.pipeline.embed._BATCH_PASSAGES", 2)
    scene.embedder.fails_at = "number two"  # the last by name
    with pytest.raises(KeyboardInterrupt):
        scene.add()
    assert Home(scene.root / "home").numbers() == []
    done = len(scene.embedder.texts)
    assert done >= 2
    scene.embedder.fails_at = None
    report = scene.add()
    assert len(report.added()) == 5
    assert len(scene.embedder.texts) < done + 5  # whole batches came from the cache
    assert len(scene.texts()) == 5


def test_documents_are_removed_by_id_and_unknown_ids_named(scene: Scene) -> None:
    (first, *_) = scene.add().added()
    with scene.parts() as parts:
        report = remove([first, "unknown"], parts)
        assert report.plan.remove == (first,)
        assert [failure.target for failure in report.failures] == ["unknown"]
        assert len(scene.texts()) == 4
        again = remove([first], parts)
    assert again.plan.remove == ()
    assert again.index_version == report.index_version
    assert len(scene.add().added()) == 1  # and comes back when added again


def test_an_index_of_another_shape_is_refused_and_can_be_rebuilt(scene: Scene) -> None:
    scene.add()
    scene.embedder = CountingEmbedder(HashingEmbedder(32))
    with pytest.raises(IndexMismatchError, match=r"embedding: hashing/64@1 -> hashing/32@1"):
        scene.add()
    with scene.parts() as parts:
        report = rebuild(parts)
    assert len(report.replaced()) == 5
    assert len(scene.embedder.texts) == 5
    assert scene.add().plan.is_empty
    name = scene.embedder.name
    with open_reader(scene.root / "home", embedder_name=name) as reader:
        assert reader.manifest.dimension == 32
        assert reader.manifest.documents == 5


def test_an_index_with_the_tables_of_an_older_release_is_refused_and_can_be_rebuilt(
    scene: Scene,
) -> None:
    scene.add()
    folder = Home(scene.root / "home").generation(1)
    with closing(sqlite3.connect(folder / STORE_NAME)) as connection:
        for column in ("translations", "gone_since", "published_from", "occasions"):
            connection.execute(f"ALTER TABLE documents DROP COLUMN {column}")
        connection.execute("PRAGMA user_version = 1")
    with scene.parts() as parts:
        file = read_manifest(folder)
        write_manifest(folder, file.manifest, replace(parts.shape, schema=1))
        with pytest.raises(IndexMismatchError, match=r"schema: 1 -> 3.*verify --rebuild"):
            scene.add()
        scene.embedder.texts.clear()
        assert len(rebuild(parts).replaced()) == 5
    assert scene.embedder.texts == [], "its vectors are those of the cache"
    assert scene.add().plan.is_empty
    assert len(scene.texts()) == 5


def test_progress_ends_with_all_documents(scene: Scene) -> None:
    told: list[tuple[str, int, int]] = []

    def tell(step: str, done: int, total: int) -> None:
        told.append((step, done, total))

    with scene.parts() as parts:
        ingest(RunRequest(targets=[str(scene.docs)]), replace(parts, progress=tell))
    assert ("embed", 5, 5) in told
    assert told[-1][0] == "publish"


def test_progress_tells_of_documents_while_a_batch_is_embedded(scene: Scene) -> None:
    told: list[tuple[str, int, int]] = []
    for number in range(5):
        (scene.docs / f"more-{number}.md").write_text(f"Document {number} says something.\n")

    def tell(step: str, done: int, total: int) -> None:
        told.append((step, done, total))

    with scene.parts() as parts:
        ingest(RunRequest(targets=[str(scene.docs)]), replace(parts, progress=tell))
    embedded = [(done, total) for step, done, total in told if step == "embed"]
    total = embedded[0][1]
    assert embedded[0] == (0, total)
    assert embedded == sorted(embedded)
    assert {done for done, _ in embedded} == set(range(total + 1))

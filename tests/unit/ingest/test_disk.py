"""All of a tree reaches the disk, side by side; what fails of it is said."""

import os
import threading
from pathlib import Path

import pytest

from aspire_ingest.index.generations.disk import sync_tree


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("a", "inner/b", "inner/deep/c"):
        file = tmp_path / "tree" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")
    (tmp_path / "tree/empty").mkdir()
    return tmp_path / "tree"


def test_every_file_and_folder_is_synced(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []

    def note(descriptor: int) -> None:
        synced.append(os.fstat(descriptor).st_ino)

    monkeypatch.setattr(os, "fsync", note)
    sync_tree(tree)
    paths = [path for path in (tree, *tree.rglob("*")) if os.name != "nt" or path.is_file()]
    assert sorted(synced) == sorted(path.stat().st_ino for path in paths)


def test_one_file_does_not_wait_for_another(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    together = threading.Barrier(3)

    def wait(_: int) -> None:
        together.wait(10)

    monkeypatch.setattr(os, "fsync", wait)
    (tree / "empty").rmdir()
    sync_tree(tree)  # three files and three folders


def test_what_cannot_be_synced_is_said(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = (tree / "inner/b").stat().st_ino

    def fail(descriptor: int) -> None:
        if os.fstat(descriptor).st_ino == broken:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="Input/output error"):
        sync_tree(tree)

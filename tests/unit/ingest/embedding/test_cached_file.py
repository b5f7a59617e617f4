import multiprocessing
from pathlib import Path

import pytest

from aspire_ingest.index.embedding.cached_file import cached_bytes

CONTENT = b"costly" * 100_000


def unexpected() -> bytes:
    raise AssertionError("it is there already")


def test_builds_once(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "kept"

    assert cached_bytes(path, lambda: CONTENT) == CONTENT
    assert cached_bytes(path, unexpected) == CONTENT


@pytest.mark.parametrize("place", [0, 40, -1])
def test_a_damaged_file_is_made_anew(tmp_path: Path, place: int) -> None:
    path = tmp_path / "kept"
    cached_bytes(path, lambda: CONTENT)
    stored = bytearray(path.read_bytes())
    stored[place] ^= 1
    path.write_bytes(stored)

    assert cached_bytes(path, lambda: CONTENT) == CONTENT
    assert cached_bytes(path, unexpected) == CONTENT


@pytest.mark.parametrize("size", [0, 10, 32, 1000])
def test_a_cut_file_is_made_anew(tmp_path: Path, size: int) -> None:
    path = tmp_path / "kept"
    cached_bytes(path, lambda: CONTENT)
    path.write_bytes(path.read_bytes()[:size])

    assert cached_bytes(path, lambda: CONTENT) == CONTENT
    assert cached_bytes(path, unexpected) == CONTENT


def test_a_folder_that_cannot_be_written_is_no_obstacle(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("not a folder")

    assert cached_bytes(tmp_path / "file" / "kept", lambda: CONTENT) == CONTENT
    assert "cannot be kept" in caplog.text


def test_an_error_while_building_leaves_nothing_behind(tmp_path: Path) -> None:
    def failing() -> bytes:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        cached_bytes(tmp_path / "kept", failing)

    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".lock"] == []


def _build_and_count(folder: Path) -> None:
    def build() -> bytes:
        with (folder / "builds").open("a") as file:
            file.write("x")
        return CONTENT

    assert cached_bytes(folder / "kept", build) == CONTENT


def test_of_several_processes_that_start_at_once_one_builds(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_build_and_count, args=(tmp_path,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert (tmp_path / "builds").read_text() == "x"

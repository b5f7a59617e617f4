"""What tests write lies in memory, where that is set so and there is room."""

import os
import tempfile
from pathlib import Path

import pytest
from tests import memory_folder
from tests.memory_folder import use_memory


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", "/as/before")
    monkeypatch.setattr(memory_folder, "_MEMORY", tmp_path)
    monkeypatch.setattr(memory_folder, "_LEAST_BYTES", 1)


def test_temporary_files_are_put_there_from_then_on(tmp_path: Path) -> None:
    use_memory()
    assert Path(tempfile.gettempdir()) == tmp_path == Path(os.environ.pop("TMPDIR"))


def test_where_the_environment_says_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", "/elsewhere")
    use_memory()
    assert (tempfile.tempdir, os.environ["TMPDIR"]) == ("/as/before", "/elsewhere")


def test_too_little_room_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_folder, "_LEAST_BYTES", 2**63)
    use_memory()
    assert (tempfile.tempdir, "TMPDIR" in os.environ) == ("/as/before", False)


def test_where_there_is_none_nothing_changes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(memory_folder, "_MEMORY", tmp_path / "none")
    use_memory()
    assert (tempfile.tempdir, "TMPDIR" in os.environ) == ("/as/before", False)

"""The commit: where the build takes it from, and what the programs say where it is not known."""

import importlib.util
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from aspire_ingest.index import build
from aspire_ingest.index.store.schema import SCHEMA_VERSION

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def find_commit() -> Callable[[Path], str]:
    """That of the build's own module, which lies beside pyproject.toml."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.find_commit


def _git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=t", "-c", "user.email=t@localhost")
    return subprocess.run(  # noqa: S603 - our own words
        ("git", *identity, *arguments),  # noqa: S607
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def test_commit_is_that_of_the_clone(
    find_commit: Callable[[Path], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_COMMIT", raising=False)
    assert find_commit(tmp_path) == ""
    _git(tmp_path, "init", "--quiet")
    assert find_commit(tmp_path) == ""  # nothing is committed
    (tmp_path / "a").write_text("1", encoding="ascii")
    _git(tmp_path, "add", "a")
    _git(tmp_path, "commit", "--quiet", "-m", "first")
    head = _git(tmp_path, "rev-parse", "HEAD")
    _git(tmp_path, "tag", "-a", "v1", "-m", "v1")
    assert find_commit(tmp_path) == head
    (tmp_path / "a").write_text("2", encoding="ascii")
    assert find_commit(tmp_path) == f"{head}-dirty"


def test_what_is_given_goes_before_the_archive_and_that_before_git(
    find_commit: Callable[[Path], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "COMMIT").write_text("of-the-archive\n", encoding="ascii")
    monkeypatch.setenv("SOURCE_COMMIT", "")
    assert find_commit(tmp_path) == "of-the-archive"
    monkeypatch.setenv("SOURCE_COMMIT", "given")
    assert find_commit(tmp_path) == "given"


def test_unknown_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "PACKAGE", "a-package-that-is-not-installed")
    assert build.build_line("aspire-bot") == (
        f"aspire-bot unknown (commit unknown, index schema {SCHEMA_VERSION})"
    )

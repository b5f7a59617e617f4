"""What is released: the version, the commit, and the files of a work tree."""

import os
import shutil
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path


class ReleaseError(Exception):
    """No release can be made; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What every file of a release says of it."""

    name: str
    version: str
    licence: str
    commit: str
    """40 hex digits, followed by `-dirty` where files differ from it."""
    epoch: int
    """Seconds since 1970: the time that files in the archives bear."""


def read_release(root: Path, *, allow_changes: bool = False) -> Release:
    """Read the version from `pyproject.toml`, commit and time from git.

    `SOURCE_DATE_EPOCH` goes before the time of the commit.

    Raises:
        ReleaseError: files differ from the commit and `allow_changes` is not set; or no git.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changes = _git(root, "status", "--porcelain")
    if changes and not allow_changes:
        raise ReleaseError(
            "files differ from the commit: commit or remove them, or try with --with-changes:\n"
            + changes
        )
    epoch = os.environ.get("SOURCE_DATE_EPOCH") or _git(root, "log", "-1", "--format=%ct")
    return Release(
        name=project["name"],
        version=project["version"],
        licence=project["license"],
        commit=_git(root, "rev-parse", "HEAD") + ("-dirty" if changes else ""),
        epoch=int(epoch),
    )


def check_tag(release: Release, tag: str | None) -> None:
    """Check that a tag names the version that `pyproject.toml` has.

    Raises:
        ReleaseError: it names another.
    """
    if tag is not None and tag != f"v{release.version}":
        raise ReleaseError(
            f"the tag is {tag}, pyproject.toml has {release.version}: set the version, tag anew"
        )


def copy_source(root: Path, folder: Path) -> None:
    """Copy the files that git knows, or would, into `folder`: what lies about is not built."""
    listed = _git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        if (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, folder / name)


def _git(root: Path, *arguments: str) -> str:
    try:
        said = subprocess.run(  # noqa: S603 - our own words
            ("git", *arguments),  # noqa: S607 - whichever git the clone was made by
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise ReleaseError(f"a release is made from a clone by git: {error}") from error
    return said.stdout.strip("\n")

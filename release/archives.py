"""The wheel and the source archive, built twice."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from release.source import Release, ReleaseError, copy_source


def build_archives(root: Path, out: Path, release: Release) -> tuple[Path, ...]:
    """Build into `out` from two copies of the files, one after the other, and compare.

    Raises:
        ReleaseError: the two differ, or a build failed.
    """
    with tempfile.TemporaryDirectory(prefix="aspire-release-") as folder:
        builds = [_build(root, Path(folder) / name, release) for name in ("first", "second/again")]
        first, second = ({path.name: sha256_of(path) for path in built} for built in builds)
        if first != second:
            raise ReleaseError(f"two builds of the same files differ: {first} and {second}")
        out.mkdir(parents=True, exist_ok=True)
        return tuple(Path(shutil.copy(path, out / path.name)) for path in builds[0])


def _build(root: Path, folder: Path, release: Release) -> tuple[Path, ...]:
    """Build in a folder of its own: neither its name nor what lies about gets into an archive."""
    source, out = folder / "source", folder / "dist"
    copy_source(root, source)
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(release.epoch),
        "SOURCE_COMMIT": release.commit,
    }
    # The builder itself, as the lock pins it, without a frontend that would fetch another.
    command = (sys.executable, "-m", "hatchling", "build", "--directory", str(out))
    done = subprocess.run(  # noqa: S603 - our own words
        command, cwd=source, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise ReleaseError(f"the build failed:\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return tuple(sorted(out.iterdir()))


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a file, in hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

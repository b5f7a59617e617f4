"""Make a release of this clone in a folder: archives, bill of materials, licences, checksums."""

import argparse
import shutil
import sys
from pathlib import Path

from release.archives import build_archives, sha256_of
from release.bill import bill_of_materials
from release.licences import licence_list
from release.source import Release, ReleaseError, check_tag, read_release

ROOT = Path(__file__).parents[1]
LOCK, BILL, LICENCES = "requirements-run.lock", "bill.cdx.json", "LICENCES.md"
CHECKSUMS = "SHA256SUMS"


def main(arguments: list[str] | None = None) -> int:
    """Make everything, say what was made."""
    parser = argparse.ArgumentParser(prog="python -m release", description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, default=ROOT / "dist")
    parser.add_argument(
        "--with-changes", action="store_true", help="also where files differ from the commit"
    )
    parser.add_argument("--tag", help="the tag that is released; it must name the version")
    given = parser.parse_args(arguments)
    try:
        release = read_release(ROOT, allow_changes=given.with_changes)
        check_tag(release, given.tag)
        made = make_release(ROOT, given.out, release)
    except (ReleaseError, ValueError, FileNotFoundError) as error:
        sys.stderr.write(f"no release: {error}\n")
        return 1
    sys.stdout.write("".join(f"{path}\n" for path in made))
    return 0


def make_release(root: Path, out: Path, release: Release) -> tuple[Path, ...]:
    """Fill `out`, which is emptied of an earlier release first.

    Raises:
        ReleaseError, ValueError, FileNotFoundError: as the steps do.
    """
    _make_room(out)
    archives = build_archives(root, out, release)
    lock = Path(shutil.copy(root / "requirements-run.lock", out / LOCK))
    bill, licences = out / BILL, out / LICENCES
    bill.write_text(bill_of_materials(root, release), encoding="utf-8")
    licences.write_text(licence_list(root, release), encoding="utf-8")
    made = sorted((*archives, lock, bill, licences))
    sums = out / CHECKSUMS
    lines = [f"{sha256_of(path)}  {path.name}\n" for path in made]
    sums.write_text("".join(lines), encoding="ascii")
    return (*made, sums)


def _make_room(out: Path) -> None:
    """Remove an earlier release, and nothing else."""
    if not out.is_dir() or not any(out.iterdir()):
        return
    if not (out / CHECKSUMS).is_file():
        raise ReleaseError(f"{out} holds what is no release: remove it, or name another folder")
    for line in (out / CHECKSUMS).read_text(encoding="ascii").splitlines():
        (out / Path(line.partition("  ")[2]).name).unlink(missing_ok=True)
    (out / CHECKSUMS).unlink()


if __name__ == "__main__":
    sys.exit(main())

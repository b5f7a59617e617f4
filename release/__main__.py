"""`python -m release [--with-changes] [OUT]`: make a release of this clone in OUT (dist)."""

import argparse
import shutil
import sys
from pathlib import Path

from release.archives import build_archives, sha256_of
from release.bill import bill_of_materials
from release.licences import licence_list
from release.source import ReleaseError, read_release

ROOT = Path(__file__).parents[1]
CHECKSUMS = "SHA256SUMS"


def main(arguments: list[str] | None = None) -> int:
    """Make everything, say what was made."""
    parser = argparse.ArgumentParser(prog="python -m release", description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, default=ROOT / "dist")
    parser.add_argument(
        "--with-changes", action="store_true", help="also where files differ from the commit"
    )
    given = parser.parse_args(arguments)
    try:
        made = make_release(ROOT, given.out, allow_changes=given.with_changes)
    except (ReleaseError, ValueError, FileNotFoundError) as error:
        sys.stderr.write(f"no release: {error}\n")
        return 1
    sys.stdout.write("".join(f"{path}\n" for path in made))
    return 0


def make_release(root: Path, out: Path, *, allow_changes: bool = False) -> tuple[Path, ...]:
    """Fill `out`, which is emptied of an earlier release first.

    Raises:
        ReleaseError, ValueError, FileNotFoundError: as the steps do.
    """
    release = read_release(root, allow_changes=allow_changes)
    _make_room(out)
    made = list(build_archives(root, out, release))
    lock = Path(shutil.copy(root / "requirements-run.lock", out / f"{release.stem}.requirements"))
    bill, licences = out / f"{release.stem}.cdx.json", out / f"{release.stem}.LICENCES.md"
    bill.write_text(bill_of_materials(root, release), encoding="utf-8")
    licences.write_text(licence_list(root, release), encoding="utf-8")
    made += [lock, bill, licences]
    sums = out / CHECKSUMS
    lines = [f"{sha256_of(path)}  {path.name}\n" for path in sorted(made)]
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

"""What is known of the packages that a lock pins: what for, under which licence, what they need."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from release.lock import PinnedPackage, read_lock

NOT_INSTALLED = "not installed on the platform of this list"
_TITLE_CHARACTERS = 80
_OSI = re.compile(r"License :: (?:OSI Approved :: )?(.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedPackage:
    """A package of the lock."""

    pinned: PinnedPackage
    is_run: bool
    """Whether the programs run with it; else it is for development alone."""
    licence: str
    """As the package says: an SPDX expression, or in its own words."""
    is_spdx: bool
    needs: tuple[str, ...]
    """Names of packages of the same lock."""


def locked_packages(root: Path) -> tuple[LockedPackage, ...]:
    """Give what `requirements.lock` and `requirements-models.lock` pin, by name.

    Licences and needs are those that this environment's packages state.

    Raises:
        ValueError: `requirements-run.lock` has what `requirements.lock` has not, at that version.
    """
    lock = read_lock(root / "requirements.lock") + read_lock(root / "requirements-models.lock")
    run = {(one.name, one.version) for one in read_lock(root / "requirements-run.lock")}
    strangers = run - {(one.name, one.version) for one in lock}
    if strangers:
        raise ValueError(f"requirements-run.lock is older than requirements.lock: {strangers}")
    names = {one.name for one in lock}
    return tuple(
        _known(one, names, is_run=(one.name, one.version) in run)
        for one in sorted(lock, key=lambda one: (one.name, one.version))
    )


def _known(pinned: PinnedPackage, names: set[str], *, is_run: bool) -> LockedPackage:
    try:
        installed = distribution(pinned.name)
    except PackageNotFoundError:
        installed = None
    licence, is_spdx = _licence(installed) if installed else (NOT_INSTALLED, False)
    needed = _needs(installed.requires or ()) if installed else set[str]()
    return LockedPackage(
        pinned=pinned,
        is_run=is_run,
        licence=licence,
        is_spdx=is_spdx,
        needs=tuple(sorted(needed & names)),
    )


def _needs(requirements: Iterable[str]) -> set[str]:
    """Names of what is needed here, without extras."""
    parsed = [Requirement(one) for one in requirements]
    return {
        canonicalize_name(one.name)
        for one in parsed
        if one.marker is None or one.marker.evaluate({"extra": ""})
    }


def _licence(package: Distribution) -> tuple[str, bool]:
    """Give a licence, and whether it is an SPDX expression."""
    metadata = package.metadata
    fields = (*(metadata.get_all("License-Expression") or ()), *(metadata.get_all("License") or ()))
    stated = next(iter(fields), "").strip()
    try:
        return str(canonicalize_license_expression(stated)), True
    except InvalidLicenseExpression:
        pass
    first = stated.partition("\n")[0].strip()  # of a whole licence: its title
    if first and len(first) < _TITLE_CHARACTERS and first.upper() != "UNKNOWN":
        return first, False
    classified = [_OSI.fullmatch(one) for one in metadata.get_all("Classifier") or ()]
    words = " and ".join(found[1] for found in classified if found)
    return (words, False) if words else ("not stated by the package; see its files", False)

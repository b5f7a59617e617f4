"""What is held or could not be read by now, told from what runs left behind."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from aspire_ingest.pipeline.moves import is_file_gone
from aspire_ingest.pipeline.runs import Record

_INDEXED = ("added", "replaced", "moved")
_AFTER_A_PATH = ("", "/", ":", ",", " ", "#")
"""What may follow a path in the name of something inside: of a folder, or of a bulk file."""
_LINE = re.compile(r":\d+\Z")


def still_held(runs: Sequence[Record]) -> list[Mapping[str, object]]:
    """Give what is held, each once, as the run that held it last told of it.

    What a later run indexed, or a later look at the same place did not hold, is held no more; nor
    is a file that `add` was given and that is not there any more.

    Args:
        runs: the newest first.
    """
    later = _Later()
    found: dict[str, Mapping[str, object]] = {}
    for run in runs:
        for held in _entries(run, "held"):
            target, source = str(held["target"]), held.get("source")
            place = _place(target, run)
            if source:
                is_over = source in later.sources
            else:
                is_over = later.has_looked_at(place, run) or _is_removed(place)
            if target not in later.indexed and not is_over:
                found.setdefault(target, held)
        later.note(run)
    return list(found.values())


def still_failed(runs: Sequence[Record]) -> list[Mapping[str, object]]:
    """Give what could not be read when its place was last looked at, each once: target, error.

    A file that is not there is no file that could not be read.

    Args:
        runs: the newest first. Records of earlier versions do not say where they looked: of these
            only the newest counts.
    """
    later = _Later()
    found: dict[str, Mapping[str, object]] = {}
    for at, run in enumerate(runs):
        failed = _entries(run, "failed") if run.get("command") in ("add", "sync") else ()
        is_known = at == 0 or "targets" in run or _source_names(run)
        for failure in failed if is_known else ():
            target = str(failure["target"])
            place = _place(target, run)
            is_over = later.has_looked_at(place, run) or _is_removed(place)
            if target not in later.indexed and not is_over:
                found.setdefault(target, failure)
        later.note(run)
    return list(found.values())


@dataclass(slots=True)
class _Later:
    """What runs did that came after the one that is looked at."""

    indexed: set[str] = field(default_factory=set[str])
    sources: set[str] = field(default_factory=set[str])
    targets: set[str] = field(default_factory=set[str])

    def note(self, run: Record) -> None:
        """Add a run."""
        self.indexed.update(_indexed_places(run))
        self.sources.update(_source_names(run))
        self.targets.update(cast("Sequence[str]", run.get("targets", ())))

    def has_looked_at(self, place: str, run: Record) -> bool:
        """Whether one of these runs looked where `run` met what is at `place`."""
        if (names := _source_names(run)) and names <= self.sources:
            return True
        return any(_is_at(place, one) for one in self.targets)


def _place(target: str, run: Record) -> str:
    """Where a target of a run is: an absolute path, or what it is called where nobody can tell."""
    folder = str(run.get("folder", ""))
    if "://" in target or not folder:
        return target
    return posixpath.normpath(posixpath.join(folder, target))


def _is_removed(place: str) -> bool:
    """Whether it is a path where no file is now: staff have seen to it, or it was a slip."""
    file = _LINE.sub("", place)  # of a bulk file
    return posixpath.isabs(place) and is_file_gone(place) and is_file_gone(file)


def _is_at(place: str, target: str) -> bool:
    top = target.rstrip("/")
    return place.startswith(top) and place[len(top) : len(top) + 1] in _AFTER_A_PATH


def _entries(run: Record, group: str) -> Iterable[Mapping[str, object]]:
    return cast("Sequence[Mapping[str, object]]", run.get(group, ()))


def _source_names(run: Record) -> set[str]:
    return {str(one["name"]) for one in _entries(run, "sources")}


def _indexed_places(run: Record) -> Iterator[str]:
    documents = cast("Mapping[str, Mapping[str, str]]", run.get("documents", {}))
    for group in _INDEXED:
        for document_id in cast("Sequence[str]", run.get(group, ())):
            if document_id in documents:
                yield documents[document_id]["place"]

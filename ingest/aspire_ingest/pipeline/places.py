"""One file, one document: the name under which a file is known already, however it is spelled."""

import filecmp
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from aspire_ingest.filenames import place_of
from aspire_ingest.index.store.store import KnownDocument
from aspire_ingest.load.bulk import BulkItem
from aspire_ingest.load.items import FileItem
from aspire_ingest.load.types import Item


def canonical(place: str) -> str:
    """A path as an absolute one, a URL as it is: how origins are compared."""
    if "://" in place:
        return place
    return place_of(os.path.abspath(place))  # noqa: PTH100 - no links resolved


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A file as it is known: the `source` that its document says, and its absolute path."""

    source: str
    origin: str


@dataclass(kw_only=True)
class Places:
    """The files that are known, by what is the same for all spellings of their paths.

    `docs/a.md`, its absolute path, `a.md` from inside, a link to it, its name in another Unicode
    form, and `a.MD` where there is no other such file, are one place.
    """

    known: Mapping[str, KnownDocument]
    _met: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])

    @cached_property
    def _places(self) -> dict[str, list[Place]]:
        places: dict[str, list[Place]] = {}
        folders: dict[str, str] = {}
        for document in self.known.values():
            if "://" in document.origin or not document.source:
                continue
            place = Place(source=document.source, origin=document.origin)
            folder, name = os.path.split(document.origin)
            if folder not in folders:
                folders[folder] = os.path.realpath(folder)
            for path in (document.origin, os.path.join(folders[folder], name)):  # noqa: PTH118
                _note(places, path, place)
        return places

    def placed(self, item: Item) -> tuple[Item, str]:
        """The item under the name that its file is known by, and the origin that goes with it."""
        if not isinstance(item, FileItem | BulkItem) or "://" in item.source:
            return item, canonical(item.source)
        if item.source not in self._met:
            path = item.path if isinstance(item, FileItem) else Path(item.source)
            place = self._find(path, item.source)
            self._met[item.source] = place.source, place.origin
        source, origin = self._met[item.source]
        if source != item.source:
            item = replace(item, source=source)
        id_source = self._id_source(source, origin)
        if isinstance(item, FileItem) and id_source is not None:
            item = replace(item, id_source=id_source)
        return item, origin

    @cached_property
    def _id_sources(self) -> dict[str, str]:
        """The paths that ids are made from where they are not those of the files, by origin."""
        return {one.origin: one.id_source for one in self.known.values() if one.id_source}

    @cached_property
    def _taken(self) -> frozenset[str]:
        return frozenset(self._id_sources.values())

    def _id_source(self, source: str, origin: str) -> str | None:
        """The path that the id of a file is made from, where that is not its own.

        A path whose first file has moved names that file's document for ever.
        """
        if origin in self._id_sources:
            return self._id_sources[origin]
        number, free = 1, source
        while free in self._taken:
            number += 1
            free = f"{source} ({number})"
        return None if free == source else free

    def _find(self, path: Path, source: str) -> Place:
        own = Place(source=source, origin=canonical(source))
        real = place_of(os.path.realpath(path))
        near = [
            place
            for spelled in dict.fromkeys((own.origin, real))
            for place in self._places.get(_key(spelled), ())
        ]
        if own in near:
            return own
        for place in near:
            if place.origin == own.origin or _is_same_file(path, Path(place.origin)):
                return place
        for spelled in (own.origin, real):
            _note(self._places, spelled, own)
        return own


def _note(places: dict[str, list[Place]], path: str, place: Place) -> None:
    same = places.setdefault(_key(path), [])
    if place not in same:
        same.append(place)


def _key(path: str) -> str:
    stem, ending = os.path.splitext(unicodedata.normalize("NFC", path))  # noqa: PTH122 - a string
    return f"{stem}{ending.lower()}"


def _is_same_file(path: Path, other: Path) -> bool:
    """Whether a file is another one, or what has come in its place, or a copy to the letter."""
    try:
        if not other.exists() or path.samefile(other):
            return True
        return filecmp.cmp(path, other, shallow=False)
    except OSError:
        return False

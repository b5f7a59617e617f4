"""Documents that an earlier version of the readers read, and whose files are not where they were.

All others are read anew by themselves: files by the next `add` or `sync` of their folder, pages by
the next `sync`. These stay as they were read, until somebody adds their files again.
"""

from collections.abc import Mapping

from aspire_ingest.filenames import existing_path
from aspire_ingest.index.store.store import KnownDocument
from aspire_ingest.load.types import is_current
from aspire_ingest.proposals.shelf import UPLOADED


def to_add_again(
    known: Mapping[str, KnownDocument], loaders: Mapping[str, frozenset[str]]
) -> list[dict[str, object]]:
    """Name each such document by its id and its file, by file.

    Args:
        known: the documents of the index by id.
        loaders: the versions of the loader by which documents were read, by id; what is not in it
            was not read by a run on this machine, and nothing is said of it.
    """
    found = [
        (document.source, document_id)
        for document_id, document in known.items()
        if _is_outdated(loaders.get(document_id, frozenset())) and _is_lost(document.origin)
    ]
    return [{"document_id": document_id, "target": source} for source, document_id in sorted(found)]


def _is_outdated(loaders: frozenset[str]) -> bool:
    return bool(loaders) and not any(map(is_current, loaders))


def _is_lost(origin: str) -> bool:
    """Whether documents have no file here: it is not at its place, or came without one."""
    if origin.startswith(UPLOADED):
        return True
    return "://" not in origin and existing_path(origin.partition("#")[0]) is None

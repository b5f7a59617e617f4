"""Which documents are held by now, told from what runs left behind. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from aspire_ingest.pipeline.runs import Record

_INDEXED = ("added", "replaced", "moved")


def still_held(runs: Sequence[Record]) -> list[Mapping[str, object]]:
    """Give what is held, each once, as the run that held it last told of it.

    What a later run indexed, or a later look at the same source did not hold, is held no more.

    Args:
        runs: the newest first.
    """
    settled: set[str] = set()
    looked_at: set[str] = set()
    found: dict[str, Mapping[str, object]] = {}
    for run in runs:
        for held in cast("Sequence[Mapping[str, object]]", run.get("held", ())):
            target = str(held["target"])
            if target not in settled and held.get("source") not in looked_at:
                found.setdefault(target, held)
        settled.update(_indexed_places(run))
        sources = cast("Sequence[Mapping[str, object]]", run.get("sources", ()))
        looked_at.update(str(one["name"]) for one in sources)
    return list(found.values())


def _indexed_places(run: Record) -> Iterator[str]:
    documents = cast("Mapping[str, Mapping[str, str]]", run.get("documents", {}))
    for group in _INDEXED:
        for document_id in cast("Sequence[str]", run.get(group, ())):
            if document_id in documents:
                yield documents[document_id]["place"]

"""All that the report shows, brought together from the index, the runs, the sources and the bot."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, cast

from aspire_ingest.catalog import Catalog
from aspire_ingest.errors import UsageUnknownError
from aspire_ingest.held_documents import still_failed, still_held
from aspire_ingest.index.types import UNKNOWN_LANGUAGE, DocumentInfo
from aspire_ingest.pipeline.runs import Record
from aspire_ingest.pipeline.same_text import text_key
from aspire_ingest.remarks import warnings_of
from aspire_ingest.report.count import by_period, by_value, named, never_cited
from aspire_ingest.report.likeness import Sketch, alike, sketch
from aspire_ingest.report.types import (
    AlikePair,
    DoubtfulDocument,
    GoneDocument,
    NamedDocument,
    Overview,
    RunLine,
    Unread,
    Usage,
)
from aspire_ingest.sync.health import Alert, SourceHealth

_RUNS = 50
_RUNS_LOOKED_AT = 100
"""As many as `status` looks at for what is held or failed."""


class _Text(NamedTuple):
    """What is compared of a text; of what is gone nothing is: it has often only moved."""

    name: str
    key: bytes
    sketch: Sketch

    @classmethod
    def of(cls, name: str, text: str) -> "_Text":
        return cls(name, text_key(text), sketch(text))


def overview_of(
    catalog: Catalog,
    *,
    sources: Sequence[SourceHealth],
    alerts: Sequence[Alert],
    runs: Sequence[Record],
    ask_usage: Callable[[], Usage],
    now: datetime,
) -> Overview:
    """Look at an index; where `ask_usage` fails, the rest is shown and why is said."""
    documents = catalog.documents()
    infos = documents.values()
    usage, problem = _usage(ask_usage)
    latest = runs[:_RUNS_LOOKED_AT]
    texts = [_Text.of(name, text) for name, text in catalog.texts()]
    texts = [one for one in texts if documents[one.name].gone_since is None]
    cited = {one.document_id for one in usage.cited} if usage else set[str]()
    return Overview(
        made_at=now.astimezone(),
        index_version=catalog.manifest.manifest.index_version,
        as_of=catalog.manifest.published_at,
        documents=len(documents),
        passages=catalog.manifest.passages,
        periods=by_period(info.published for info in infos),
        languages=by_value((_language(info) for info in infos), "not known"),
        kinds=by_value((info.kind for info in infos), "not known"),
        audiences=by_value((info.audience for info in infos), "not known"),
        editions=by_value((info.edition for info in infos), "without an edition"),
        sources=sources,
        alerts=alerts,
        runs=tuple(_run_line(run) for run in runs[:_RUNS]),
        gone=_gone(documents),
        quality=catalog.mean_quality(),
        doubtful=_doubtful(documents),
        held=_unread(still_held(latest)),
        failed=_unread(still_failed(latest)),
        copies=_copies(texts, documents),
        alike=_alike(texts, documents),
        usage=usage,
        usage_problem=problem,
        never_cited=never_cited(documents, cited) if usage and usage.answers else (),
    )


def _language(info: DocumentInfo) -> str | None:
    return None if info.language == UNKNOWN_LANGUAGE else info.language


def _usage(ask: Callable[[], Usage]) -> tuple[Usage | None, str]:
    try:
        return ask(), ""
    except UsageUnknownError as error:
        return None, str(error)


def _gone(documents: Mapping[str, DocumentInfo]) -> tuple[GoneDocument, ...]:
    gone = [
        GoneDocument(document=named(info), since=info.gone_since)
        for info in documents.values()
        if info.gone_since is not None
    ]
    return tuple(sorted(gone, key=lambda one: (one.since, one.document.document_id), reverse=True))


def _doubtful(documents: Mapping[str, DocumentInfo]) -> tuple[DoubtfulDocument, ...]:
    found = [
        DoubtfulDocument(
            document=named(info), quality=info.quality, warnings=warnings_of(info.remarks)
        )
        for info in documents.values()
        if info.quality < 1
    ]
    return tuple(sorted(found, key=lambda one: (one.quality, one.document.document_id)))


def _unread(entries: Iterable[Mapping[str, object]]) -> tuple[Unread, ...]:
    return tuple(
        Unread(
            target=str(one["target"]),
            why=str(one.get("error") or one.get("reason") or one.get("mark", "")),
        )
        for one in entries
    )


def _copies(
    texts: Iterable[_Text], documents: Mapping[str, DocumentInfo]
) -> tuple[tuple[NamedDocument, ...], ...]:
    groups: dict[bytes, list[NamedDocument]] = {}
    for one in texts:
        groups.setdefault(one.key, []).append(named(documents[one.name]))
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def _alike(texts: Iterable[_Text], documents: Mapping[str, DocumentInfo]) -> tuple[AlikePair, ...]:
    return tuple(
        AlikePair(
            one=named(documents[pair.one]),
            other=named(documents[pair.other]),
            likeness=pair.share,
        )
        for pair in alike((one.name, one.sketch) for one in texts)
    )


def _run_line(run: Record) -> RunLine:
    def told(key: str) -> str:
        return str(run.get(key) or "")

    def count(key: str) -> int:
        value = run.get(key)
        return len(cast("list[object]", value)) if isinstance(value, list) else 0

    return RunLine(
        name=told("run"),
        command=told("command"),
        ended=told("ended"),
        outcome=told("outcome"),
        added=count("added"),
        replaced=count("replaced"),
        removed=count("removed"),
        failed=count("failed"),
        error=told("error"),
    )

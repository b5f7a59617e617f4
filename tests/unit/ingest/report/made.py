"""An overview, made in one line."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from aspire_ingest.report.types import (
    AlikePair,
    CitedDocument,
    GoneDocument,
    NamedDocument,
    NearDocument,
    OpenQuestion,
    Overview,
    Periods,
    RunLine,
    Usage,
)
from aspire_ingest.sync.health import Alert, SourceHealth
from aspire_ingest.web.visits import SourceState


def overview(said: str, url: str | None) -> Overview:
    """An overview in which every word that comes from outside is `said`."""
    document = NamedDocument(document_id=said, title=said, url=url, edition=said)
    near = NearDocument(document_id=said, title=said, url=url)
    state = SourceState(source=said, tried="2026-01-01T00:00:00+00:00", failures=3, problem=said)
    source = SourceHealth(
        name=said, type="site", state=state, age=timedelta(days=3), oldest=timedelta(days=1)
    )
    run = RunLine(
        name=said, command=said, ended=said, outcome=said,
        added=1, replaced=0, removed=0, failed=1, error=said,
    )  # fmt: skip
    counts: Mapping[str, int] = {said: 3}
    return Overview(
        made_at=datetime(2026, 1, 1, tzinfo=UTC),
        index_version="3-abcdef01",
        as_of="2026-01-01T00:00:00+00:00",
        documents=3,
        passages=9,
        periods=Periods(unit="year", counts={"2025": 1, "2026": 2}),
        languages=counts,
        kinds=counts,
        audiences=counts,
        editions=counts,
        sources=[source],
        alerts=[Alert(kind="failing", source=said, text=said)],
        runs=[run],
        gone=[GoneDocument(document=document, since=said)],
        alike=[AlikePair(one=document, other=document, likeness=0.9)],
        usage=Usage(
            answers=3,
            outcomes=counts,
            cited=[CitedDocument(document_id=said, title=said, url=url, times=2)],
            questions=[
                OpenQuestion(
                    question=said, times=2, language="en", asked_at=said, nearest=[near, near]
                )
            ],
        ),
        never_cited=[document],
    )

"""What people read of a run, of the status and of the sources, line by line."""

from datetime import timedelta

import pytest

from aspire_ingest.catalog import Fields
from aspire_ingest.cli.document_output import print_listing
from aspire_ingest.cli.run_output import log_sync, print_sync
from aspire_ingest.cli.status_output import StatusReport, print_check, print_status, source_table
from aspire_ingest.index.check.verify import Check
from aspire_ingest.index.program import DONE, IN_PART
from aspire_ingest.pipeline.differences import Difference
from aspire_ingest.pipeline.plan import Failure, Plan
from aspire_ingest.pipeline.review import Change, Named, Reviewed
from aspire_ingest.pipeline.run_summary import Report
from aspire_ingest.sync.health import Alert, SourceHealth
from aspire_ingest.sync.report import SyncReport
from aspire_ingest.web.visits import SourceState

DAY = timedelta(days=1)


def sync_report(*failures: Failure) -> SyncReport:
    """A sync after which one document is new, one changed, one moved, two gone, one back."""
    names = {
        name: Named(title=name.upper(), place=f"{name}.md")
        for name in ("changed", "moved", "removed", "gone", "back")
    }
    names["new"] = Named(
        title="NEW", place="new.md", published="2026-01", published_from="front matter"
    )
    reviewed = Reviewed(
        changes=(
            Change(
                document_id="changed",
                text=Difference(lines=("@@", "-one", "+two"), inserted=1, deleted=1),
                fields={"title": ("Old", None)},
            ),
        ),
        named=names,
        reasons={"gone": "404"},
        moved={"moved": "before.md"},
    )
    plan = Plan(
        add=("new", "nameless"),
        replace=("changed", "moved"),
        remove=("removed",),
        gone=("gone",),
        unmark=("back",),
    )
    report = Report(
        plan=plan, failures=failures, passages=4, seconds=1.0, index_version="7", reviewed=reviewed
    )
    return SyncReport(report=report, sources=())


def test_a_sync_tells_what_it_did_to_each_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert print_sync(sync_report(), as_json=False) == DONE
    summary, _, documents = capsys.readouterr().out.partition("\n\n")
    assert summary.startswith("2 added\n1 replaced\n1 moved\n1 removed")
    assert documents.splitlines() == [
        "added: NEW <new.md> (published 2026-01 from front matter)",
        "nameless",
        "moved: MOVED <moved.md> (was before.md)",
        "removed: REMOVED <removed.md>",
        "gone: GONE <gone.md> (404)",
        "standing again: BACK <back.md>",
        "changed: CHANGED <changed.md>",
        "    title: Old -> None",
        "    @@",
        "    -one",
        "    +two",
    ]


def test_a_watch_logs_failures_and_the_summary_on_stderr(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log_sync(sync_report(Failure(target="bad\udcff.md", error="unreadable")))
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.startswith("bad\\udcff.md: unreadable\n2 added\n")


def source(
    *, succeeded: str | None = None, failures: int = 0, age: timedelta | None = None
) -> SourceHealth:
    state = SourceState(source="news", succeeded=succeeded, failures=failures)
    return SourceHealth(name="news", type="site", state=state, age=age, oldest=DAY)


@pytest.mark.parametrize(
    ("health", "shown"),
    [
        (source(), "never"),
        (source(succeeded="2026-01-01", age=DAY), "1 day ago"),
        (source(succeeded="2026-01-01", age=2 * DAY), "2 days ago (stale)"),
        (source(failures=2, age=2 * DAY), "never (stale)"),
    ],
)
def test_a_source_says_when_it_was_last_read(health: SourceHealth, shown: str) -> None:
    assert list(source_table([health]).columns[2].cells) == [shown]


def test_a_status_lists_the_worst_and_what_is_held(capsys: pytest.CaptureFixture[str]) -> None:
    doubtful: list[Fields] = [
        {"quality": 0.1, "title": f"T{n}", "document_id": f"d{n}", "warnings": warnings}
        for n, warnings in enumerate([["blurred"], *([[]] * 21)])
    ]
    status = StatusReport(
        facts={"documents": 22, "languages": {"en": 20, "ja": 2}, "next_sync": None},
        sources=[],
        alerts=[Alert(kind="stale", source="news", text="news is old")],
        doubtful=doubtful,
        held=[{"target": "a.pdf", "mark": "confidential"}, {"target": "b.pdf", "reason": "faint"}],
    )
    assert print_status(status, as_json=False) == IN_PART
    written = capsys.readouterr()
    assert written.err == "alert: news is old\n"
    lines = [line.rstrip() for line in written.out.splitlines()]
    assert lines[:3] == ["documents  22", "languages  en 20, ja 2", "next_sync"]
    assert lines[5:7] == ["quality 0.1: T0 <d0>: blurred", "quality 0.1: T1 <d1>"]
    assert lines[-3:] == [
        "… and 2 more below 1 (--json)",
        "held: a.pdf (confidential)",
        "held: b.pdf (faint)",
    ]


def test_a_listing_has_a_column_for_staff_only_where_they_set_something(
    capsys: pytest.CaptureFixture[str],
) -> None:
    document: dict[str, object] = {
        name: name for name in ("document_id", "title", "language", "kind", "passages", "quality")
    }
    document |= {"published": None, "set_by_staff": []}
    print_listing([document], as_json=False)
    assert "set by staff" not in capsys.readouterr().out
    print_listing([document, {**document, "set_by_staff": ["title", "url"]}], as_json=False)
    header, first, second = capsys.readouterr().out.splitlines()
    assert header.rstrip().endswith("set by staff")
    assert first.rstrip().endswith("quality")
    assert second.rstrip().endswith("title, url")


def test_a_check_says_whether_the_index_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    check = Check(problems=["a row is lost"], repaired=["the row"], is_sound=True)
    assert print_check(check, as_json=False) == DONE
    assert capsys.readouterr().out.splitlines() == [
        "problem: a row is lost",
        "repaired: the row",
        "The index is sound.",
    ]
    assert print_check(Check(), as_json=False) == IN_PART

"""Remarks on what a file has and its text does not show: kept with the document, and told."""

import json
from dataclasses import replace
from typing import cast

from aspire_ingest.cli.run_commands import in_short
from aspire_ingest.index.store.rows import InfoRow, document_row, info_of
from aspire_ingest.index.types import Document, Remark
from aspire_ingest.load.assemble import assemble
from aspire_ingest.load.parse_result import Parsed, Stated
from aspire_ingest.load.types import LoadOptions
from aspire_ingest.pages import pages_of
from aspire_ingest.pipeline.plan import Held, Plan
from aspire_ingest.pipeline.review import Reviewed, named
from aspire_ingest.pipeline.run_summary import Report
from aspire_ingest.quality import unreadable_share
from aspire_ingest.remarks import short_line

HIDDEN = Remark(kind="hidden", what="2 hidden rows", where="sheet Rates")
DOUBTFUL = Remark(kind="doubtful", what="columns whose order is not sure", where="page 2")


def document(*remarks: Remark, **extra: str) -> Document:
    parsed = Parsed(text="The text.", stated=Stated(extra=extra), remarks=remarks)
    return assemble(parsed, source="a.xlsx", name="a.xlsx", options=LoadOptions())


def stored(one: Document) -> Document:
    row = document_row(one, "/a.xlsx")[:-3]
    return replace(one, info=info_of(cast("InfoRow", row)))


def test_remarks_are_stored_beside_the_keys_of_front_matter() -> None:
    one = document(HIDDEN, DOUBTFUL, note="kept")
    assert stored(one).info == one.info
    assert stored(one).info.extra == {"note": "kept"}
    assert stored(document(note="kept")).info.remarks == ()


def test_a_key_that_is_called_as_remarks_are_kept_stays_a_key() -> None:
    one = document(**{"(remarks)": json.dumps([["hidden", "x", ""]])})
    assert stored(one).info == one.info
    assert stored(one).info.remarks == ()


def test_a_document_without_remarks_has_the_hash_it_had() -> None:
    assert document().info.content_hash == (
        "1fc847360513b5b8e90aa6d534f32e9be73d64b9ee2bacee58266dc62aad5f68"
    )
    assert document(HIDDEN).info.content_hash != document().info.content_hash


def test_remarks_are_one_line_each_and_storable() -> None:
    odd = Remark(kind="lost", what="a\npicture\ud800", where="x" * 900)
    (kept,) = document(odd).info.remarks
    assert "\n" not in kept.what
    kept.what.encode()
    assert len(kept.where) == 200
    assert len(document(*[HIDDEN] * 99).info.remarks) == 40


def test_a_run_tells_what_is_newly_remarked_and_what_is_held() -> None:
    names = {
        "a": named(document(HIDDEN).info),
        "b": named(document(DOUBTFUL).info),
        "c": named(document().info),
    }
    report = Report(
        plan=Plan(add=("a", "c"), replace=("b",)),
        failures=(),
        passages=3,
        seconds=0.1,
        index_version="1-x",
        reviewed=Reviewed(named=names),
        held=(Held(target="plan.md", marks=("社外秘", "DRAFT"), reason="marked 社外秘, DRAFT"),),
    )
    told = report.as_json()
    assert told["held"] == [
        {
            "target": "plan.md",
            "mark": "社外秘, DRAFT",
            "marks": ["社外秘", "DRAFT"],
            "quality": 1.0,
            "reason": "marked 社外秘, DRAFT",
            "source": None,
        }
    ]
    assert told["doubtful"] == [
        {"target": "a.xlsx", "warnings": ["columns whose order is not sure, page 2"]}
    ]
    assert told["remarked"] == [
        {"target": "a.xlsx", "title": "a", "remarks": ["2 hidden rows, sheet Rates"]},
        {"target": "a.xlsx", "title": "a", "remarks": ["columns whose order is not sure, page 2"]},
    ]
    assert in_short(told)["held"] == 1
    assert not report.is_complete
    lines = report.lines()
    assert "a — 2 hidden rows, sheet Rates" in lines
    assert "held: plan.md (marked 社外秘, DRAFT)" in lines
    assert replace(report, held=(), reviewed=Reviewed(named={"a": names["a"]})).is_complete


def test_a_short_line_says_how_many_more() -> None:
    assert short_line([HIDDEN] * 5).endswith("; 2 more")


def test_pages_say_how_much_of_them_cannot_be_read() -> None:
    one = replace(document(), text="Good.\nBad \ufffd\ufffd(cid:3)\n", page_starts=(0, 6))
    first, second = pages_of(one)
    assert (first.text, first.unreadable) == ("Good.\n", 0.0)
    assert second.unreadable == unreadable_share("Bad \ufffd\ufffd(cid:3)") > 0.5
    assert "".join(page.text for page in pages_of(one)) == one.text

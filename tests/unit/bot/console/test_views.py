"""What the pages show, worked out without a browser or a server."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from weakref import ref

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small_index import DOCUMENTS, EMBEDDER, NoChroma, publish, split

from aspire_bot.console.shelves import Shelves
from aspire_bot.console.views.approved_files import (
    MOST_ENTRIES,
    Entry,
    fault_of,
    read_entries,
    write_csv,
    write_markdown,
)
from aspire_bot.console.views.document_settings import assignments, pages_shown, with_page
from aspire_bot.console.views.document_text import blocks_of, passages_shown
from aspire_bot.console.views.documents import DocumentFilter, Shelf, listed, name_of
from aspire_bot.console.views.times import ago, shown
from aspire_bot.messages import phrases
from aspire_bot.state.approvals import ApprovedAnswer
from aspire_ingest.index import DocumentInfo
from aspire_ingest.index.open_index import CurrentIndex
from aspire_ingest.index.types import LeftOutPage, Override

TODAY = date(2026, 11, 29)
AGO = phrases("en").console.ago


def approved(question: str, text: str, **fields: object) -> ApprovedAnswer:
    made = ApprovedAnswer(
        approval_id="a",
        question=question,
        text=text,
        language="en",
        audience="public",
        approved_by="U3",
        approved_at=datetime(2026, 11, 1, tzinfo=UTC),
    )
    return replace(made, **fields)  # pyright: ignore[reportArgumentType]  fields of the class


WRITTEN = [
    approved(
        "May I fly?\nCan I take a plane?", "Yes.\n\n- Economy\n- No, not first", valid_until=TODAY
    ),
    approved("=1+1", "## A heading\n+81 3 1234"),
    approved("旅費は？", '「規程」による, "額" は\n別表。', audience="staff"),
]


def plain(one: ApprovedAnswer) -> tuple[str, str, str, str]:
    until = one.valid_until.isoformat() if one.valid_until else ""
    return one.question, one.text, until, one.audience


def read(text: str) -> list[tuple[str, str, str, str]]:
    return [(e.question, e.text, e.valid_until, e.audience) for e in read_entries(text)]


def test_what_is_carried_out_as_csv_is_carried_in_as_it_was() -> None:
    text = write_csv(WRITTEN)
    assert read(text) == [plain(one) for one in WRITTEN]
    assert read("\ufeff" + text.replace("\r\n", "\n")) == read(text)
    # A spreadsheet would run these.
    assert "\n=1" not in text
    assert "'=1+1" in text


def test_what_is_carried_out_as_markdown_is_carried_in_as_it_was() -> None:
    text = write_markdown(WRITTEN)
    known = [plain(one) for one in WRITTEN]
    known[1] = ("=1+1", "### A heading\n+81 3 1234", "", "public")  # one sign more: not a question
    assert read(text) == known


@given(st.text())
def test_whatever_is_carried_in_raises_nothing(text: str) -> None:
    for entry in read_entries(text):
        fault_of(entry, TODAY)


def test_no_more_is_read_than_can_be_published() -> None:
    many = "question,answer\n" + "Q,A\n" * (MOST_ENTRIES + 5)
    assert len(read_entries(many)) == MOST_ENTRIES
    assert read_entries("") == read_entries("a,b\n1,2\n") == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (Entry(question="Q", text="A"), None),
        (Entry(question="Q", text="A", valid_until="2026-11-30", audience="staff"), None),
        (Entry(question=" \n", text="A"), "no_question"),
        (Entry(question="Q", text=" "), "no_text"),
        (Entry(question="Q" * 301, text="A"), "too_long"),
        (Entry(question="Q", text="A" * 3001), "no_text"),
        (Entry(question="Q", text="A", valid_until="2026-11-29"), "bad_date"),
        (Entry(question="Q", text="A", valid_until="soon"), "bad_date"),
        (Entry(question="Q", text="A", audience="everyone"), "bad_audience"),
    ],
)
def test_what_cannot_be_approved_is_named(entry: Entry, fault: str | None) -> None:
    assert fault_of(entry, TODAY) == fault


def test_the_text_of_a_document_is_shown_to_the_letter_with_its_sentences_marked() -> None:
    for document in DOCUMENTS:
        passages = split(document)
        shown_passages = passages_shown(document.text, passages)
        assert len(shown_passages) == len(passages)
        for one, passage in zip(shown_passages, passages, strict=True):
            lines = ["".join(span.text for span in block.spans) for block in one.blocks]
            assert lines == [line for line in passage.text.split("\n") if line.strip()]
            marked = [s.text for block in one.blocks for s in block.spans if s.is_marked]
            sentences = [document.text[s.start : s.end] for s in passage.sentences]
            assert marked == [line for text in sentences for line in text.split("\n")]


def test_blocks_are_told_apart() -> None:
    text = "# Head\nProse.\n- item\n1. item\n| a | b |\n\nEnd"
    kinds = [block.kind for block in blocks_of(text, 0, len(text), [])]
    assert kinds == ["heading", "prose", "item", "item", "row", "prose"]


@given(st.text(), st.lists(st.integers(0, 30), max_size=6))
def test_marks_lose_no_letter(text: str, places: list[int]) -> None:
    ends = sorted(places)
    marks = [(a, b) for a, b in zip(ends[::2], ends[1::2], strict=False)]
    blocks = blocks_of(text, 0, len(text), marks)
    lines = ["".join(span.text for span in block.spans) for block in blocks]
    assert lines == [line for line in text.split("\n") if line.strip()]


def info(document_id: str, **fields: object) -> DocumentInfo:
    made = DocumentInfo(document_id=document_id, source=f"{document_id}.pdf", title="")
    return replace(made, **fields)  # pyright: ignore[reportArgumentType]  fields of the class


KNOWN = [
    info("guide", title="Guide to costs", published="2025-04", kind="guideline", language="en"),
    info("news", title="旅費のお知らせ", published="2026-11-19", language="ja", quality=0.5),
    info("plan", audience="staff", quality=0.8, url="https://example.org/Plan"),
]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (DocumentFilter(), ["news", "guide", "plan"]),
        (DocumentFilter(text="COSTS guide"), ["guide"]),
        (DocumentFilter(text="example.org"), ["plan"]),
        (DocumentFilter(kind="guideline"), ["guide"]),
        (DocumentFilter(language="ja"), ["news"]),
        (DocumentFilter(audience="staff"), ["plan"]),
        (DocumentFilter(doubtful=True), ["news", "plan"]),
        (DocumentFilter(text="nothing"), []),
    ],
)
def test_documents_are_found(wanted: DocumentFilter, found: list[str]) -> None:
    assert [one.document_id for one in Shelf(KNOWN).matching(wanted)] == found


@given(
    st.lists(
        st.builds(
            info,
            st.text("aÄ指\ud800", min_size=1, max_size=3),
            title=st.sampled_from(["", "旅費 A", "Ämter", "STRASSE ß"]),
            published=st.sampled_from([None, "2025", "2026-01"]),
            language=st.sampled_from(["en", "ja"]),
            kind=st.sampled_from(["other", "call"]),
            audience=st.sampled_from(["public", "staff"]),
            quality=st.sampled_from([0.5, 0.899, 0.9, 1.0]),
        ),
        max_size=8,
        unique_by=lambda one: one.document_id,
    ),
    st.lists(
        st.builds(
            DocumentFilter,
            text=st.sampled_from(["", "ä", "A 旅", "ss", "pdf 指", "\ud800", "no"]),
            kind=st.sampled_from(["", "call"]),
            language=st.sampled_from(["", "ja"]),
            audience=st.sampled_from(["", "staff"]),
            doubtful=st.booleans(),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_a_shelf_finds_what_looking_at_each_document_would(
    known: list[DocumentInfo], wanted: list[DocumentFilter]
) -> None:
    shelf = Shelf(known)
    for one in wanted:  # one after the other: what a shelf keeps is used again
        found = [
            info
            for info in known
            if one.kind in {"", info.kind}
            and one.language in {"", info.language}
            and one.audience in {"", info.audience}
            and not (one.doubtful and info.quality >= 0.9)
            and all(
                any(
                    word in place.casefold()
                    for place in (info.title, info.document_id, info.source, info.url or "")
                )
                for word in one.text.casefold().split()
            )
        ]
        if one.doubtful:
            found.sort(key=lambda info: (info.quality, info.document_id))
        else:
            found.sort(key=lambda info: (info.published or "", info.title), reverse=True)
        assert list(shelf.matching(one)) == found
    assert list(shelf.languages) == sorted({info.language for info in known})


def test_a_shelf_is_made_once_a_generation_and_goes_with_it(tmp_path: Path) -> None:
    publish(tmp_path, DOCUMENTS, open_chroma=NoChroma)
    shelves, index = Shelves(), CurrentIndex(tmp_path, embedder_name=EMBEDDER.name)
    with index.reader() as reader:
        first = shelves.of(reader)
        assert shelves.of(reader) is first
        assert {one.document_id for one in first.newest.documents} == set(reader.documents())
    gone = ref(first)
    del first, reader
    removed = DOCUMENTS[0].document_id
    publish(tmp_path, (), remove=[removed], open_chroma=NoChroma)
    with index.reader() as reader:
        found = {one.document_id for one in shelves.of(reader).newest.documents}
    assert found == {one.document_id for one in DOCUMENTS} - {removed}
    assert gone() is None
    index.close()


def test_a_list_says_how_old_a_document_is_and_how_often_it_is_cited() -> None:
    rows = listed(KNOWN, {"guide": 3}, TODAY)
    assert [(row.name, row.percent, row.cited, row.age_days) for row in rows] == [
        ("Guide to costs", 100, 3, 607),
        ("旅費のお知らせ", 50, 0, 10),
        ("plan.pdf", 80, 0, None),
    ]
    assert name_of(info("x", source="")) == "x"
    assert listed([info("x", published="2025-13")], {}, TODAY)[0].age_days is None


def test_times_are_told_in_what_reads_best() -> None:
    now = datetime(2026, 11, 29, tzinfo=UTC)
    said = [
        ago(now - timedelta(**{unit: n}), now, AGO)
        for unit, n in (("seconds", -5), ("minutes", 59), ("hours", 5), ("days", 2), ("days", 40))
    ]
    assert said == ["0 min", "59 min", "5 h", "2 days", "40 days"]
    assert shown(now, "Asia/Tokyo") == "2026-11-29 09:00"


def test_a_form_sets_only_what_it_changes() -> None:
    override = Override(said={"title": "T"}, left_out=(LeftOutPage(number=3, text=""),))
    info = DocumentInfo(
        document_id="d", source="/d.pdf", title="T", published="2026-04", override=override
    )
    same = {"title": " T ", "date": "2026-04", "edition": "", "audience": "public", "left-out": "3"}
    assert assignments(info, same, ()) == ()
    changed = {"title": "", "date": " ", "edition": "FY 2026", "audience": "staff", "left-out": ""}
    wanted = ("date=none", "edition=FY 2026", "audience=staff", "left-out=")
    assert assignments(info, changed, ()) == wanted
    assert assignments(info, {"title": "New"}, ("title",)) == ("title=",)
    assert (with_page(info, 4), with_page(info, 3)) == ("3-4", "")
    assert pages_shown((1, 2, 3, 7, 9, 10)) == "1-3, 7, 9-10"

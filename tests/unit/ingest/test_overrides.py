"""What staff say of a document is put over it, taken away again, and kept apart from its own."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aspire_ingest.index.store.rows import extra_and_beside, override_of, override_row
from aspire_ingest.index.types import Document, DocumentInfo, Override, Remark
from aspire_ingest.load.assemble import with_content_hash
from aspire_ingest.pipeline.overrides import (
    Amendment,
    OverrideError,
    amend,
    override,
    plain,
    put_in_place,
    read_amendment,
    read_pages,
)
from aspire_ingest.quality import quality_of

PAGES = ("# Call\n\n", "Scanned page.\n\n", "", "Contact the office.")


def paged(*texts: str, ocr: tuple[int, ...] = (), remarks: tuple[Remark, ...] = ()) -> Document:
    starts, at = list[int](), 0
    for text in texts:
        starts.append(at)
        at += len(text)
    edges = [*starts, at]
    text = "".join(texts)
    info = DocumentInfo(
        document_id="call-1",
        source="/docs/call.pdf",
        title="Call",
        language="en",
        published="2026-04-01",
        published_from="text",
        edition="FY2026",
        ocr_spans=tuple((edges[n - 1], edges[n]) for n in ocr if texts[n - 1]),
        remarks=remarks,
        quality=quality_of(text, tuple(starts), remarks).quality,
    )
    return with_content_hash(info, text, tuple(starts))


@pytest.mark.parametrize(
    ("said", "name", "value"),
    [
        ("title=  The   call ", "title", "The call"),
        ("date=Oct. 6, 2026", "published", "2026-10-06"),
        ("date=none", "published", None),
        ("edition=", "edition", ""),
        ("language=日本語", "language", "ja"),
        ("language=pt-BR", "language", "pt"),
        ("kind=FAQ", "kind", "faq"),
        ("audience=staff", "audience", "staff"),
    ],
)
def test_values_are_read_as_people_write_them(said: str, name: str, value: str | None) -> None:
    assert read_amendment([said]) == Amendment(fields={name: value})


@pytest.mark.parametrize(
    "said",
    ["title", "url=https://x", "date=soon", "audience=none", "kind=memo", "language=Latin",
     "left-out=0", "left-out=5-3", "left-out=a", "title=" + "x" * 301, "left-out=1-99999"],
)  # fmt: skip
def test_what_cannot_be_set_is_refused(said: str) -> None:
    with pytest.raises(OverrideError):
        read_amendment([said])


def test_pages_are_read() -> None:
    assert read_pages("3, 5-7、1") == (1, 3, 5, 6, 7)
    assert read_pages("none") == read_pages(" ") == ()


def test_what_was_set_holds_over_what_is_read_later() -> None:
    read = paged(*PAGES)
    said = amend(read, read_amendment(["title=Our call", "date=none", "audience=staff"]))
    info = said.info
    assert (info.title, info.published, info.published_from) == ("Our call", None, None)
    assert info.override is not None
    assert info.override.own["published_from"] == "text"
    later = override(paged(*PAGES, "One page more."), info.override)
    assert (later.info.title, later.info.audience) == ("Our call", "staff")
    assert "One page more." in later.text
    again = amend(later, read_amendment(["title=", "date=", "audience="]))
    assert again.info == paged(*PAGES, "One page more.").info


def test_a_page_left_out_keeps_its_number_and_costs_no_quality() -> None:
    lost = (Remark(kind="lost", what="a picture", where="page 3"),)
    read = paged(*PAGES, ocr=(2,), remarks=lost)
    said = amend(read, read_amendment(["left-out=2-3"]))
    assert said.text == "# Call\n\nContact the office."
    assert said.page_starts == (0, 8, 8, 8)
    assert said.info.ocr_spans == ()
    assert (read.info.quality, said.info.quality) == (0.75, 1.0)
    back = amend(said, read_amendment(["left-out="]))
    assert (back.text, back.info) == (read.text, read.info)


def test_only_pages_that_are_there_and_not_all_of_them_are_left_out() -> None:
    for document, pages in (
        (paged(*PAGES), "5"),
        (paged(*PAGES), "1-2,4"),
        (replace(paged(*PAGES), page_starts=()), "1"),
    ):
        with pytest.raises(OverrideError):
            amend(document, read_amendment([f"left-out={pages}"]))


pages = st.lists(st.text(max_size=6), min_size=2, max_size=5)


@settings(max_examples=40, deadline=None)
@given(texts=pages, data=st.data())
def test_each_undoes_the_other(texts: list[str], data: st.DataObject) -> None:
    numbers = st.sets(st.integers(1, len(texts)))
    read = paged(*texts, ocr=tuple(sorted(data.draw(numbers))[:1]))
    left = tuple(sorted(data.draw(numbers)))
    kept = [text for n, text in enumerate(texts, start=1) if n not in left]
    if left and not any(text.strip() for text in kept):
        return
    said = amend(read, Amendment(fields={"title": "Set"}, left_out=left))
    assert said.text == "".join(kept)
    assert plain(said) == read
    assert override(read, said.info.override) == said
    row = override_row(said.info.override or Override())
    assert override_of(row) == said.info.override


def test_a_file_stands_for_what_was_read_under_the_same_id_and_for_the_same_readers() -> None:
    read = amend(paged(*PAGES), read_amendment(["title=Our call", "audience=staff", "left-out=2"]))
    info = DocumentInfo(
        document_id="other-2", source="upload:///new.docx", title="New", language="en"
    )
    placed = put_in_place(read, with_content_hash(info, "All of it.", ()), "new.docx")
    found = placed.info
    assert (found.document_id, found.source) == ("call-1", "/docs/call.pdf")
    assert (found.title, found.audience, found.published) == ("Our call", "staff", "2026-04-01")
    assert placed.text == "All of it."
    assert found.override is not None
    assert (found.override.file, found.override.pages) == ("new.docx", ())
    assert found.override.replaces == paged(*PAGES).info.content_hash
    second = amend(placed, read_amendment(["kind=call"]))
    assert second.info.override is not None
    assert (second.info.override.file, second.info.kind) == ("new.docx", "call")


def test_rows_of_indexes_without_any_have_none() -> None:
    assert extra_and_beside('{"(quality)": 0.5, "key": "value"}')[1].override is None

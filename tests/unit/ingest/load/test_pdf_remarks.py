"""What is told of a PDF's pages: one remark a kind of thing, with the pages it is on."""

from dataclasses import replace

import pytest

from aspire_ingest.load.pdf.page import PageContent, View
from aspire_ingest.load.pdf.remarks import remarks
from aspire_ingest.load.pdf.tables import Table

TABLE = Table(x0=0, x1=1, top=0, bottom=1, rows=(("Rule",),))
READ = PageContent(views=[View(width=1, height=1, words=[], tables=[TABLE])])
"""A page with text on it."""
EMPTY = PageContent()


def told(*pages: PageContent, advice: str = "") -> list[tuple[str, str, str]]:
    return [(one.kind, one.what, one.where) for one in remarks(pages, advice)]


@pytest.mark.parametrize(
    ("page", "kind", "what"),
    [
        (replace(READ, hidden=3), "hidden", "text that is not seen: 3 letters"),
        (replace(READ, hidden_fields=2), "hidden", "filled fields that are not shown: 2"),
        (replace(READ, struck=4), "hidden", "struck text: 4 letters"),
        (replace(READ, unreadable=5), "lost",
         "text in letters that the fonts do not name: 5 letters"),
        (replace(EMPTY, has_image=True, unreadable=5), "lost",
         "a page that is a picture; OCR was not sure of it"),
        (replace(EMPTY, unreadable=6), "lost",
         "a page in letters that the fonts do not name: 6 letters; OCR was not sure of it"),
        (replace(READ, slanted=7), "lost", "slanted text: 7 letters"),
        (replace(READ, is_recognised=True), "doubtful", "text read by OCR"),
        (
            replace(READ, unread_marks=2),
            "lost",
            "drawn boxes with marks that are not read: 2",
        ),
        (replace(READ, unread_lines=4), "lost", "what OCR did not read: 4 pieces of lines"),
        (
            replace(READ, doubtful_tables=1),
            "doubtful",
            "tables read by OCR whose columns cannot be told apart: 1",
        ),
        (replace(READ, is_scan=True), "doubtful", "text of a scan"),
        (replace(READ, is_vertical=True), "doubtful", "vertical text"),
        (
            replace(READ, has_doubtful_order=True),
            "doubtful",
            "text that may stand in columns, read across",
        ),
    ],
)  # fmt: skip
def test_what_does_not_come_with_a_page_is_told(page: PageContent, kind: str, what: str) -> None:
    assert (kind, what, "page 2") in told(READ, page)
    assert told(READ, READ) == []


def test_letters_without_a_name_are_told_once_on_a_page_without_text() -> None:
    found = told(replace(EMPTY, unreadable=6), replace(READ, unreadable=5))
    assert [what.partition(";")[0] for _, what, _ in found] == [
        "a page in letters that the fonts do not name: 6 letters",
        "text in letters that the fonts do not name: 5 letters",
    ]


@pytest.mark.parametrize("page", [replace(EMPTY, has_image=True), replace(EMPTY, unreadable=6)])
def test_what_ocr_could_read_says_how_to_have_it_read(page: PageContent) -> None:
    ((_, what, where),) = told(page, advice="install tesseract")
    assert what.endswith("; to have it read: install tesseract")
    assert where == "page 1"


@pytest.mark.parametrize(
    ("page", "what"),
    [
        (replace(READ, struck=1), "struck text: 1 letter"),
        (replace(READ, slanted=1), "slanted text: 1 letter"),
        (replace(READ, unreadable=1), "text in letters that the fonts do not name: 1 letter"),
        (replace(EMPTY, unreadable=1), "a page in letters that the fonts do not name: 1 letter"),
        (replace(READ, unread_lines=1), "what OCR did not read: 1 piece of lines"),
    ],
)
def test_one_is_told_as_one(page: PageContent, what: str) -> None:
    assert [said.partition(";")[0] for _, said, _ in told(page)] == [what]


def test_pages_are_named_in_ranges_and_no_more_than_eight_of_them() -> None:
    struck = replace(READ, struck=1)
    assert told(READ, struck, struck, READ, struck)[0][2] == "pages 2-3, 5"
    every_other = [struck, READ] * 9
    assert told(*every_other)[0][2] == "pages 1, 3, 5, 7, 9, 11, 13, 15, …"


def test_kinds_stand_by_their_first_page() -> None:
    found = told(replace(READ, is_scan=True), replace(READ, hidden=1, is_scan=True))
    assert [(what, where) for _, what, where in found] == [
        ("text of a scan", "pages 1-2"),
        ("text that is not seen: 1 letter", "page 2"),
    ]

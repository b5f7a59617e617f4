"""How well documents were read: the figure for a page and for the whole."""

import pytest

from aspire_ingest.index.types import Document, DocumentInfo, Remark
from aspire_ingest.load.assemble import assemble
from aspire_ingest.load.encoding.encoding import unread_remarks
from aspire_ingest.load.parse_result import Parsed
from aspire_ingest.load.types import LoadOptions
from aspire_ingest.pages import Page, page_lines, pages_of
from aspire_ingest.quality import BLANK, DOUBT, LOSS, quality_of

THREE = "First page.\nSecond page.\nThird page.\n"
STARTS = (0, 12, 25)


def pages(*remarks: Remark, text: str = THREE, starts: tuple[int, ...] = STARTS) -> list[float]:
    return [page.quality for page in quality_of(text, starts, remarks).pages]


def whole(*remarks: Remark, text: str = THREE, starts: tuple[int, ...] = STARTS) -> float:
    return quality_of(text, starts, remarks).quality


def doubtful(where: str, what: str = "columns whose order is not sure") -> Remark:
    return Remark(kind="doubtful", what=what, where=where)


def lost(where: str, what: str = "2 pictures") -> Remark:
    return Remark(kind="lost", what=what, where=where)


def test_what_was_read_whole_is_one() -> None:
    assert whole() == 1.0
    assert pages() == [1.0, 1.0, 1.0]
    assert whole(Remark(kind="hidden", what="2 hidden rows", where="page 2")) == 1.0


def test_letters_that_cannot_be_made_out_count_by_their_share() -> None:
    text = "abcd\ufffd(cid:3)\ue000 xyz"
    assert whole(text=text, starts=()) == 0.437
    assert whole(*unread_remarks(text), text=text, starts=()) == whole(text=text, starts=())
    assert 0.999 <= whole(text="a" * 99_999 + "\ufffd", starts=()) < 1


@pytest.mark.parametrize(
    ("where", "named"),
    [
        ("page 2", {2}),
        ("pages 1-2", {1, 2}),
        ("pages 1, 3", {1, 3}),
        ("pages 2, …", {2, 3}),
        ("slide 3", {3}),
        ("pages 3-99", {3}),
    ],
)
def test_a_doubt_or_a_loss_costs_the_pages_that_it_names(where: str, named: set[int]) -> None:
    for remark, factor in ((doubtful(where), DOUBT), (lost(where), LOSS)):
        assert pages(remark) == [factor if page in named else 1.0 for page in (1, 2, 3)]
    assert pages(doubtful(where), lost(where), doubtful(where)) == [
        pytest.approx(DOUBT * LOSS, abs=0.001) if page in named else 1.0 for page in (1, 2, 3)
    ]


@pytest.mark.parametrize("where", ["", "sheet Rates", "page 9", "the end"])
def test_what_names_no_page_costs_the_whole(where: str) -> None:
    assert pages(lost(where)) == [1.0, 1.0, 1.0]
    assert (whole(lost(where)), whole(doubtful(where))) == (LOSS, DOUBT)


def test_letters_that_are_lost_count_by_their_share() -> None:
    remark = lost("pages 1-2", "text in letters that the fonts do not name: 20 letters")
    assert pages(remark) == [0.5, pytest.approx(11 / 21, abs=0.001), 1.0]


def test_one_lost_letter_is_one() -> None:
    remark = lost("page 1", "slanted text: 1 letter")
    assert pages(remark) == [pytest.approx(10 / 11, abs=0.001), 1.0, 1.0]


def test_pages_without_text() -> None:
    starts = (0, 6, 6)
    assert pages(text="First.", starts=starts) == [1.0, BLANK, BLANK]
    picture = lost("page 2", "a page that is a picture")
    assert pages(picture, text="First.", starts=starts) == [1.0, 0.0, BLANK]
    assert whole(picture, text="First.", starts=starts) == 0.5
    hidden = Remark(kind="hidden", what="1 hidden slide")
    assert pages(hidden, picture, text="First.", starts=starts) == [1.0, 0.0, 1.0]


def test_it_is_kept_with_the_document_and_told_page_by_page() -> None:
    remark = doubtful("page 2", "vertical text")
    parsed = Parsed(text=THREE, page_starts=STARTS, remarks=(remark,))
    document = assemble(parsed, source="a.pdf", name="a.pdf", options=LoadOptions())
    assert document.info.quality == whole(remark) == pytest.approx(0.916, abs=0.001)
    first, second, _ = pages_of(document)
    assert (first.as_json()["quality"], first.as_json()["warnings"]) == (1.0, [])
    told = second.as_json()
    assert (told["quality"], told["warnings"]) == (DOUBT, ["vertical text, page 2"])
    lines = list(page_lines([first, second]))
    assert "--- page 2 (13 characters, quality 0.75)" in lines
    assert "    vertical text, page 2" in lines


def test_characters_of_a_page_are_told_by_their_number() -> None:
    shown = [Page(number=1, text="a"), Page(number=2, text="bcd")]
    assert list(page_lines(shown, most=3))[0::2] == [
        "--- page 1 (1 character)",
        "--- page 2 (3 characters)",
        "… 1 more character (--all shows it)",
    ]
    assert list(page_lines(shown, most=2))[-1] == "… 2 more characters (--all shows them)"


def test_a_document_of_an_index_made_before_counts_as_read_whole() -> None:
    info = DocumentInfo(document_id="a", source="a.md", title="a")
    assert info.quality == 1.0
    assert [page.quality for page in pages_of(Document(info=info, text="Words."))] == [1.0]

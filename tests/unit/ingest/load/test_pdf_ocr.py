"""PDF pages that only optical character recognition can read, read by the real Tesseract."""

import os
import stat
from pathlib import Path

import pytest
from tests.pictured import (
    half_scanned,
    level,
    nameless,
    needs_japanese_font,
    needs_tesseract,
    scanned,
    tabulated,
    vertical,
)

from aspire_ingest.errors import LoadError
from aspire_ingest.load.assemble import assemble
from aspire_ingest.load.parse_result import Parsed, Raw
from aspire_ingest.load.pdf.document import parse
from aspire_ingest.load.types import LoadOptions

WITH = LoadOptions(with_ocr=True)
LETTER = (
    "The guest house has twelve rooms for visiting scholars and their families.",
    "Rooms are booked with the housing desk at least three weeks before arrival.",
    "A room costs 4,200 yen a night, and breakfast is served from seven.",
)
TYPED = (
    "The library lends laptops to members for a fortnight at a time.",
    "A laptop is returned to the desk where it was taken out.",
)
HAUS = (
    "宿泊施設には訪問研究者とその家族のための部屋が十二室ある。",
    "部屋は到着の三週間前までに宿泊係へ予約する。",
    "料金は一泊4200円であり、朝食は七時から提供する。",
)


def read(data: bytes, options: LoadOptions = WITH) -> Parsed:
    return parse(Raw(name="letter.pdf", data=data, options=options))


def told(parsed: Parsed) -> list[tuple[str, str, str]]:
    return [(remark.kind, remark.what, remark.where) for remark in parsed.remarks]


@needs_tesseract
def test_a_scanned_page_that_lies_on_its_side_is_read_and_told() -> None:
    parsed = read(scanned(LETTER, turn=90))
    assert parsed.text == " ".join(LETTER)
    assert (parsed.ocr_pages, parsed.unread_pages) == ((1,), ())
    assert told(parsed) == [("doubtful", "text read by OCR", "page 1")]


@needs_tesseract
@needs_japanese_font
def test_a_scanned_page_in_japanese_is_read_without_spaces() -> None:
    parsed = read(scanned(HAUS, font="japanese"))
    assert parsed.text.replace("\n", "") == "".join(HAUS)
    assert parsed.ocr_pages == (1,)


@needs_tesseract
@needs_japanese_font
def test_a_scanned_page_in_columns_is_read_as_such() -> None:
    columns = (
        "研究室の鍵は毎年四月に更新する。更新を希望する者は管理室へ申し出る。申請書には所属長の署名が必要である。",
        "鍵を紛失した者は直ちに管理室へ届け出る。届け出がない場合には再発行しない。鍵の貸し借りは認めない。",
    )
    parsed = read(vertical(*columns))
    found = "".join(parsed.text.split())
    assert "更新を希望する者は管理室へ申し出る。" in found
    assert found.index("管理室へ申し出る") < found.index("直ちに管理室へ届け出る")
    assert parsed.ocr_pages == (1,)


@needs_tesseract
def test_of_a_half_scanned_file_only_the_picture_is_marked() -> None:
    parsed = read(half_scanned(TYPED, LETTER))
    document = assemble(parsed, source="l.pdf", name="l.pdf", options=WITH)
    (span,) = document.info.ocr_spans
    assert document.text[slice(*span)].strip() == " ".join(LETTER)
    assert document.info.is_ocr(span[0], span[0] + 5)
    assert not document.info.is_ocr(0, document.page_starts[1])


@needs_tesseract
def test_a_page_in_nameless_letters_is_read_from_its_picture() -> None:
    parsed = read(nameless(*LETTER))
    assert "booked with the housing desk" in parsed.text
    assert parsed.ocr_pages == (1,)
    assert told(parsed) == [("doubtful", "text read by OCR", "page 1")]


@needs_tesseract
@pytest.mark.parametrize("is_ruled", [True, False])
def test_numbers_in_a_scanned_table_stay_in_their_columns(is_ruled: bool) -> None:
    rows = [("Item", "Ceiling", "Share"), ("Hotel", "12,000", "30%"), ("Wine", "", "10%")]
    rows += [("Books", "4,500", ""), ("Travel by air", "98,000", "50%")]
    parsed = read(tabulated(rows, is_ruled=is_ruled))
    shown = "\n".join(f"| {' | '.join(row)} |" for row in rows[1:])
    assert f"| Item | Ceiling | Share |\n| --- | --- | --- |\n{shown}" in parsed.text
    assert parsed.text.endswith("All amounts are in yen and are paid in April of each year.")
    assert [kind for kind, _, _ in told(parsed)] == ["doubtful"]


@needs_tesseract
def test_what_is_not_sure_is_not_taken() -> None:
    blurred = scanned(LETTER, dpi=24)
    with pytest.raises(LoadError, match="Tesseract cannot read them well"):
        read(blurred)


def test_without_it_the_page_is_named_with_what_would_read_it() -> None:
    parsed = read(half_scanned((*TYPED, *TYPED), LETTER), LoadOptions())
    assert (parsed.ocr_pages, parsed.unread_pages) == ((), (2,))
    assert told(parsed) == [
        ("lost", "a page that is a picture; to have it read: set ASPIRE_OCR=auto", "page 2")
    ]
    with pytest.raises(LoadError, match="set ASPIRE_OCR=auto, or run OCR on it first"):
        read(scanned(LETTER), LoadOptions())
    with pytest.raises(LoadError, match=r"fonts do not name.* or set ASPIRE_OCR=auto"):
        read(nameless(*LETTER), LoadOptions())


def test_a_file_of_text_is_not_given_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read(level(LETTER)).ocr_pages == ()


@pytest.mark.parametrize(
    "body", ["sleep 60", "exit 3", "yes '<x>' | head -c 30000000", "echo no hocr here"]
)
def test_a_program_that_hangs_fails_or_floods_leaves_the_page_unread(
    body: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "tesseract"
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    parsed = read(
        half_scanned((*TYPED, *TYPED), LETTER),
        LoadOptions(with_ocr=True, ocr_page_timeout_s=1.0),
    )
    assert parsed.unread_pages == (2,)
    assert told(parsed) == [("lost", "a page that is a picture; OCR was not sure of it", "page 2")]


def test_pages_beyond_the_time_of_a_file_stay_unread() -> None:
    options = LoadOptions(with_ocr=True, ocr_file_timeout_s=0.0)
    assert read(half_scanned((*TYPED, *TYPED), LETTER), options).unread_pages == (2,)

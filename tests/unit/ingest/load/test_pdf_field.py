"""PDF: small files of kinds that people report, each with what its reader sees."""

from pathlib import Path

import pytest
from tests.unit.ingest.load.pdf_files import read

from aspire_ingest.errors import LoadError

FIELD = Path(__file__).parent / "field" / "pdf"


@pytest.mark.parametrize(
    ("name", "seen", "unseen"),
    [
        ("wren", ["is 3 x 10^6 yen.", "visit is 500 (note 1) euros."], []),
        ("ja-four", ["鶴助成の上限は77万円です。"], ["77777"]),
        (
            "white",
            ["The Dunlin grant is 500,000 yen."],
            ["9,000,000", "1 April", "for ever", "5 May"],
        ),
        ("two-calls", ["FY2025: ceiling 500,000 yen", "FY2026: ceiling 700,000 yen"], []),
        ("lighthouse-90ms-RKSJ-H", ["灯台基金の応募締切は二〇二六年九月三十日です。"], []),
        (
            "sideways-table",
            ["The maximum grant of the Maple scheme is 5,200,000 yen per year."],
            [],
        ),
        ("kaede-positioned", ["楓奨学金の支給額は月額八万円である。支給期間は二年間とし、"], []),
        ("form", ["(yen): 2,340,000", "☐ Overseas travel", "☑ Equipment"], []),
        ("half-scan", ["Notice to principal investigators"], []),
        (
            "two-column-en",
            [
                "Doctoral students may not be principal investigators.",
                "fifteen years ago (note 1). Periods",
            ],
            ["CONFIDENTIAL DRAFT", "Page 1 of 6"],
        ),
    ],
)
def test_what_a_reader_sees_is_what_is_read(name: str, seen: list[str], unseen: list[str]) -> None:
    text = read((FIELD / f"{name}.pdf").read_bytes()).text
    assert [part for part in seen if part not in text] == []
    assert [part for part in unseen if part in text] == []


def test_letters_without_names_are_refused() -> None:
    with pytest.raises(LoadError, match="fonts do not name"):
        read((FIELD / "lighthouse-identity.pdf").read_bytes())

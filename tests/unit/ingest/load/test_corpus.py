"""Whole documents: every line found, every date as known.

The development documents, where they are at hand, and small ones of our own in `tests/data`.
"""

import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from tests.lent_loader import load_target

from aspire_ingest.index.types import Document

ROOT = Path(__file__).parents[4]
SHARED = Path(os.environ.get("ASPIRE_SHARED", ROOT.parent / "shared"))

OWN = Path(__file__).parents[3] / "data"

needs_shared = pytest.mark.skipif(
    not (SHARED / "corpus").is_dir(),
    reason="the development documents are not beside this checkout",
)
both = pytest.mark.parametrize("root", [pytest.param(SHARED, marks=needs_shared), OWN])


@cache
def documents(folder: str, root: Path = SHARED) -> Mapping[str, Document]:
    """Load the documents of a folder by their file names; a handbook takes seconds."""
    loaded = list(load_target(str(root / "corpus" / folder)))
    assert all(isinstance(document, Document) for document in loaded)
    return {Path(d.info.source).name: d for d in loaded if isinstance(d, Document)}


def flat(text: str) -> str:
    """Text as quotes are checked: without block markers and white space."""
    text = re.sub(r"(?m)^\s*(?:#+ |- |\d+\. )", "", text)
    text = re.sub(r"(?m)^\|[ |:-]+\|$", "", text)
    return re.sub(r"[|\s]+", "", text)


@needs_shared
def test_every_line_of_the_handbooks_is_in_their_text() -> None:
    for name, document in documents("guidelines").items():
        known = (SHARED / "questions" / "guide-text" / f"{name}.txt").read_text(encoding="utf-8")
        lines = [line for line in known.split("\n") if line.strip() and "[Footer of" not in line]
        text = flat(document.text)
        assert [line for line in lines if flat(line) not in text] == []


@needs_shared
def test_the_handbooks_state_their_edition_and_date() -> None:
    stated = {n: (d.info.edition, d.info.published, d.info.kind, d.info.language)
              for n, d in documents("guidelines").items()}  # fmt: skip
    assert stated == {
        "handbook-fy2025-en.pdf": ("FY2025", "2025-04-01", "guideline", "en"),
        "handbook-fy2026-en.pdf": ("FY2026", "2026-04-01", "guideline", "en"),
        "handbook-fy2026-ja.docx": ("FY2026", "2026-04-01", "guideline", "ja"),
    }


@both
def test_dates_of_the_digests_are_those_of_their_front_matter_or_address(root: Path) -> None:
    found = {**documents("pages", root)}
    if root == SHARED:
        found |= documents("distractors")
    assert any("date_from_url" in document.info.extra for document in found.values())
    for document in found.values():
        known = document.info.extra.get("date_from_url")
        if known is not None:
            assert document.info.published == known
        if "deadline" in document.info.extra.get("date", ""):
            assert document.info.published is None


@both
def test_the_plain_articles_get_title_address_and_language(root: Path) -> None:
    articles = list(documents("seeds", root).values())
    titles = ["ASPIRE", "From"] if root == SHARED else ["Heron", "Plover"]
    assert [article.info.title.split()[0] for article in articles] == titles
    assert all(article.info.url and article.info.language == "en" for article in articles)
    assert len({article.document_id for article in articles}) == 2

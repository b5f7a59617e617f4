"""Our questions about the sample pages and about invented documents of the programme."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from aspire_training.programme import is_held_out, is_learnt, with_document_ids

OWN = Path("bot/aspire_training/own")
PAGES = Path("ingest/aspire_ingest/sample")


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (OWN / name).read_text("utf-8").splitlines()]


def _sample_texts() -> dict[str, str]:
    return {page.stem: page.read_text("utf-8") for page in PAGES.glob("*.md")}


def _invented_texts() -> dict[str, str]:
    return {row["doc_id"]: row["text"] for row in _rows("aspire-documents.jsonl")}


@pytest.mark.parametrize(
    ("questions", "texts"),
    [
        ("sample-questions.jsonl", _sample_texts),
        ("aspire-questions.jsonl", _invented_texts),
    ],
)
def test_each_quote_stands_in_its_document(questions: str, texts: Any) -> None:
    known, rows = texts(), _rows(questions)
    quotes = [quote for row in rows for quote in (*row["quotes"], *row.get("also", ()))]
    assert [quote for quote in quotes if quote["quote"] not in known[quote["doc_id"]]] == []
    assert all(bool(row["quotes"]) == row["answerable"] for row in rows)
    assert len({row["qid"] for row in rows}) == len(rows)


def test_a_sixth_of_the_questions_is_held_out_whatever_is_added() -> None:
    held = [row for row in _rows("sample-questions.jsonl") if is_held_out(row["question"])]
    assert 0.12 < len(held) / len(_rows("sample-questions.jsonl")) < 0.21


def test_half_of_the_unanswered_questions_is_learnt_and_none_that_is_held_out() -> None:
    rows = _rows("sample-questions.jsonl")
    learnt = [row for row in rows if is_learnt(row)]
    assert not any(is_held_out(row["question"]) for row in learnt)
    shares = {
        answerable: sum(row["answerable"] is answerable for row in learnt)
        / sum(row["answerable"] is answerable for row in rows)
        for answerable in (True, False)
    }
    assert 0.8 < shares[True] < 0.87
    assert 0.37 < shares[False] < 0.46


def test_pages_are_named_as_the_index_names_them() -> None:
    infos: Any = {"a1": SimpleNamespace(source="/pages/about-en.md")}
    row = {"doc_ids": ["about-en"], "quotes": [{"doc_id": "about-en", "quote": "x"}]}
    named = with_document_ids(row, infos)
    assert named["doc_ids"] == ["a1"]
    assert named["quotes"] == [{"doc_id": "a1", "quote": "x"}]
    assert named["also"] == named["near"] == []

"""Statements in groups: what of a lie is not said."""

import json
from pathlib import Path

from aspire_training.splits import known_parts
from aspire_training.statement_groups import GROUPS, JUDGED, grouped_examples, unsaid_in

_EVERY = 10
"""Of the passages of the groups: to find what differs in 72,000 statements takes a minute."""
TRUTH = "Travel is paid by the host university."


def _said(lie: str) -> list[str] | None:
    found = unsaid_in(lie, ["The call is open.", TRUTH])
    return None if found is None else [lie[first:last] for first, last in found]


def test_what_differs_from_the_likest_truth_is_unsaid() -> None:
    assert _said("Travel is paid by the home university.") == ["home"]
    assert _said("Travel is paid in cash by the host university.") == [" in cash"]
    for unlike in ("旅費は大学が払います。", "Boats leave at night."):
        assert _said(unlike) is None, "it has no twin"


def test_where_words_were_left_out_the_next_one_is_unsaid() -> None:
    assert _said("Travel is paid by university.") == ["university."]


def test_shipped_groups_are_of_training_documents_and_mostly_marked(tmp_path: Path) -> None:
    parts = known_parts()
    lines = GROUPS.read_text(encoding="utf-8").splitlines()
    assert {parts.get(json.loads(line)["doc_id"], "train") for line in lines} == {"train"}
    some = tmp_path / "some.jsonl"
    some.write_text("\n".join(lines[::_EVERY]), encoding="utf-8")
    examples = grouped_examples(some)
    truths = [one for one in examples if one.is_supported]
    assert all(one.unsaid == () for one in truths)
    lies = [one for one in examples if not one.is_supported]
    marked = [one for one in lies if one.unsaid]
    assert len(marked) > 0.5 * len(lies)
    assert {(one.language, one.passage_language) for one in examples} == {
        (said, told) for said in ("en", "ja") for told in ("en", "ja")
    }


def test_those_that_judge_are_of_development_documents() -> None:
    parts = known_parts()
    rows = [json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines()]
    assert {parts.get(row["doc_id"]) for row in rows} == {"development"}
    assert {one.part for one in grouped_examples(JUDGED)} == {"development"}

"""Which documents are for what."""

import json
from pathlib import Path

import aspire_training
from aspire_training.splits import SPLITS, components, known_parts, named_in, part_of

OWN = Path(aspire_training.__path__[0]) / "own"


def test_documents_that_a_question_names_stay_together() -> None:
    asked = [
        {"doc_ids": ["a"], "quotes": [{"doc_id": "b", "quote": "x"}], "near": ["c"]},
        {"doc_ids": ["d"], "also": [{"doc_id": "e", "quote": "x"}]},
    ]
    assert components("abcdef", asked) == [["a", "b", "c"], ["d", "e"], ["f"]]


def test_a_page_and_its_translation_stay_together() -> None:
    assert components(["p-en", "p-ja", "q-en"], []) == [["p-en", "p-ja"], ["q-en"]]


def test_a_part_follows_from_the_hash_and_what_was_seen_is_for_training() -> None:
    parts = {part_of([f"d{n}"], frozenset()) for n in range(60)}
    assert parts == {"train", "development", "test"}
    assert all(part_of([f"d{n}", "s"], frozenset("s")) == "train" for n in range(60))


def test_the_list_holds_what_the_rule_gives() -> None:
    known = json.loads(SPLITS.read_text(encoding="utf-8"))
    parts = known["documents"]
    assert all(parts[name] == "train" for name in known["seen"])
    assert {"train", "development", "test"} == set(parts.values())


def test_what_was_written_for_training_names_its_documents_to_the_letter() -> None:
    texts: dict[str, str] = {}
    for path in sorted(OWN.glob("docs-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            texts[document["doc_id"]] = document["text"]
    asked = [
        json.loads(line)
        for path in sorted(OWN.glob("questions-*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert len(texts) >= 40
    assert len(asked) >= 1000
    # or those of the data folder that are for training
    known = {name for name, part in known_parts().items() if part == "train"}
    for question in asked:
        assert named_in(question) <= texts.keys() | known
        for quote in question["quotes"]:
            if quote["doc_id"] in texts:
                assert quote["quote"] in texts[quote["doc_id"]]

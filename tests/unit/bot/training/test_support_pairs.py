"""Statements to learn support from: what is marked false is false, and parts keep to documents."""

import random
from pathlib import Path

import pytest

from aspire_ingest.index.text.japanese import japanese_words
from aspire_training.generated_pairs import Text, generated
from aspire_training.replaced_words import Words, put
from aspire_training.splits import known_parts
from aspire_training.statement_rewrites import LIES, TRUTHS
from aspire_training.support_data import OWN, PUBLIC, Example, own_examples, part_of_document

ENGLISH = """The ferry to the northern island leaves at seven and carries forty people. Tickets \
must be bought at the harbour office before departure. In winter, the crossing is cancelled when \
the wind exceeds fifty knots. Captain Lindqvist has sailed the route since 2009. Children travel \
without a ticket, and dogs are allowed on deck only. The company plans to replace the old vessel. \
The museum beside the pier shows nautical charts which were drawn by local fishermen. Visitors may \
borrow a telescope from the keeper. The lighthouse was built by a shipping company in Hamburg.
"""
JAPANESE = """北の島への渡し船は7時に出発し、乗客40人を運ぶ。切符は出発の前に港の事務所で購入する。\
冬季は、強風の日に運航を中止することがある。高橋さんは2009年から航路を担当している。\
子どもは無料で利用できる。会社は古い船の更新を計画している。\
岸の博物館では、漁師が作成した海図を公開している。\
見学者は管理人から望遠鏡を借りることができる。灯台は横浜の会社が建設した。
"""
TEXTS = [
    Text(name="ferry", title="The ferry", text=ENGLISH, language="en"),
    Text(name="harbour", title="渡し船", text=JAPANESE, language="ja"),
]


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return list(generated(TEXTS, 240, random.Random(5)))


def test_truths_and_lies_of_both_languages_are_made_of_many_kinds(examples: list[Example]) -> None:
    for language in ("en", "ja"):
        some = [one for one in examples if one.language == language]
        truths = {one.kind for one in some if one.is_supported}
        lies = {one.kind for one in some if not one.is_supported}
        assert len(truths) >= 3, (language, truths)
        assert len(lies) >= 5, (language, lies)
    share = sum(one.is_supported for one in examples) / len(examples)
    assert 0.3 < share < 0.7


def test_what_makes_a_lie_is_marked_and_its_passage_does_not_say_it(
    examples: list[Example],
) -> None:
    for one in examples:
        assert one.unsaid is not None
        assert bool(one.unsaid) != one.is_supported, one
        assert all(0 <= a < b <= len(one.statement) for a, b in one.unsaid), one
        is_there = " ".join(one.statement.split()) in " ".join(one.passage.split())
        assert one.is_supported or not is_there, one


def test_the_same_seed_gives_the_same_statements() -> None:
    first, second = (
        [one.statement for one in generated(TEXTS, 40, random.Random(9))] for _ in range(2)
    )
    assert first == second


def test_a_replaced_word_is_none_that_means_the_same() -> None:
    stock = Words(TEXTS).stock("ferry", "en", [], random.Random(1))
    for seed in range(30):
        found = stock.with_another_word("The company starts to connect them.", random.Random(seed))
        if found is not None:
            text, ((start, end),) = found
            assert text[start:end] not in ("begins", "commences", "link")


def test_a_contrary_keeps_the_form_of_its_word() -> None:
    stock = Words(TEXTS).stock("ferry", "en", [], random.Random(1))
    found = stock.with_contrary("The panel accepted it.", random.Random(0))
    assert found is not None
    assert found[0] == "The panel rejected it."


def test_puts_are_placed_in_the_new_text() -> None:
    text, spans = put("one two three", [(8, 13, "four"), (0, 3, "zero zero")])
    assert text == "zero zero two four"
    assert [text[a:b] for a, b in spans] == ["zero zero", "four"]


def test_a_japanese_ending_stays_japanese() -> None:
    stock = Words(TEXTS).stock("harbour", "ja", [], random.Random(1))
    ending = dict(TRUTHS["ja"])["ending"]
    said = {
        text: found.text
        for text in (
            "会を開催しました。",
            "船は動いている。",
            "雨がありました。",
            "許可が必要です。",
        )
        if (found := ending(text, stock, random.Random(0)))
    }
    assert said["会を開催しました。"] == "会を開催した。"
    assert said["船は動いている。"] == "船は動いています。"
    assert "ましまし" not in "".join(said.values())
    assert all(japanese_words(text) for text in said.values())


def test_every_rule_of_lies_marks_what_it_turns() -> None:
    for language, text in (("en", "You must ask the office before 2 May."), ("ja", JAPANESE[:25])):
        stock = Words(TEXTS).stock("x", language, [ENGLISH, JAPANESE], random.Random(2))
        for kind, rule in LIES[language]:
            for seed in range(6):
                found = rule(text, stock, random.Random(seed))
                assert found is None or found.unsaid, (language, kind)


def test_our_own_lines_are_of_training_documents_alone() -> None:
    assert set(known_parts().values()) == {"train", "development", "test"}
    parts = known_parts()
    lines = (OWN / "support-more.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 300
    assert all(any(name in line for name in parts) for line in lines[:5])


def test_evaluation_sets_and_share_alike_data_are_not_learnt_from() -> None:
    assert not [name for name in PUBLIC if "attribution" in name or "topicalchat" in name]


def test_examples_of_the_data_folder_are_split_by_document(tmp_path: Path) -> None:
    name, part = next((n, p) for n, p in known_parts().items() if p == "test")
    line = (
        '{"id": "1", "doc_id": "NAME", "passage": "p", "title": "t", "question": "q",'
        ' "statement": "s", "lang": "en", "passage_lang": "ja", "supported": false, "kind": "date"}'
    )
    folder = tmp_path / "own"
    folder.mkdir()
    lines = [line.replace("NAME", one) for one in (name, "never-listed")]
    (folder / "support-pairs.jsonl").write_text("\n".join(lines), encoding="utf-8")
    known, other, *ours = own_examples(tmp_path)
    assert (known.part, known.unsaid, known.passage_language) == (part, None, "ja")
    assert other.part == part_of_document("never-listed")
    assert {one.part for one in ours} == {"train"}
    hashed = {part_of_document(f"d{n}") for n in range(40)}
    assert hashed == {"train", "development", "test"}

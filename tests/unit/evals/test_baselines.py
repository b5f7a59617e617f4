"""The baselines that the bot is measured beside: what they choose and what they are asked."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from tests.evals import baselines
from tests.evals.baselines import (
    PASSAGES_READ,
    Candidate,
    as_bulk_file,
    best_sentence,
    bounded,
    bulk_line,
    candidates_of,
    chosen,
    cosine_scores,
    files,
    part_of,
    searched_with,
    side_by_side,
    word_scores,
)
from tests.memory_index import MemoryIndex
from tests.unit.bot.answering.made import EMBEDDER, index, info

from aspire_bot.answering.types import Question, ScoredPassage, Turn
from aspire_bot.evaluation.cases import Case, QuotedText
from aspire_bot.evaluation.figures import Figure
from aspire_training.splits import Part

DOCUMENTS = index(
    ("The call opens in May.\n\nA hub gets 30 million yen a year.", info("call")),
    ("若手は6か月まで滞在できます。\n\n問い合わせは事務局へ。", info("stay", language="ja")),
)


def ranking(documents: MemoryIndex = DOCUMENTS) -> list[ScoredPassage]:
    passages = [
        (name, one) for name in documents.documents() for one in documents.passages_of(name)
    ]
    return [
        ScoredPassage(
            passage=documents.passages([one.passage_id], with_sentences=False)[0],
            document=documents.documents()[name],
            score=1.0,
            rank=rank,
        )
        for rank, (name, one) in enumerate(passages, start=1)
    ]


def words_of(question: str) -> str:
    said = best_sentence(Question(text=question), ranking(), DOCUMENTS, word_scores(DOCUMENTS))
    return said.citations[0].quote


def test_the_best_sentence_by_words_of_either_language() -> None:
    assert words_of("How much does a hub get?") == "A hub gets 30 million yen a year."
    assert words_of("When does the call open?") == "The call opens in May."
    assert words_of("若手は何か月滞在できますか") == "若手は6か月まで滞在できます。"


def test_the_best_sentence_by_vectors() -> None:
    scores = cosine_scores(DOCUMENTS, EMBEDDER)
    asked = "A hub gets 30 million yen a year."
    said = best_sentence(Question(text=asked), ranking(), DOCUMENTS, scores)
    assert said.citations[0].quote == asked
    assert said.confidence == max(scores(asked, candidates_of(ranking(), DOCUMENTS))).__round__(4)


def test_it_is_always_said_and_sure() -> None:
    def nothing(_asked: str, candidates: Sequence[Candidate]) -> list[float]:
        return [0.0] * len(candidates)

    said = best_sentence(Question(text="Zebras?"), ranking(), DOCUMENTS, nothing)
    assert (said.outcome, said.certainty, said.confidence) == ("answered", "sure", 0)
    (citation,) = said.citations
    document = DOCUMENTS.document(citation.document.document_id)
    assert document.text[citation.start : citation.end] == citation.quote
    assert said.text == f"{citation.quote} [1]"
    assert [entry.rank for entry in said.ranking] == [entry.rank for entry in ranking()]


def test_without_a_passage_nothing_is_said() -> None:
    said = best_sentence(Question(text="?"), [], DOCUMENTS, word_scores(DOCUMENTS))
    assert (said.outcome, said.certainty, said.citations) == ("abstained", None, ())


def test_only_the_first_passages_are_read() -> None:
    many = index(*(f"Number {n} is here." for n in range(PASSAGES_READ + 3)))
    ranks = [one.passage.rank for one in candidates_of(ranking(many), many)]
    assert ranks == list(range(1, PASSAGES_READ + 1))


def test_scores_keep_their_order_between_0_and_1() -> None:
    assert [bounded(one) for one in (0, 1, 3)] == [0, 0.5, 0.75]


def test_what_the_asker_said_before_is_searched_with() -> None:
    history = (Turn(role="user", text="A?"), Turn(role="assistant", text="B."))
    assert searched_with(Question(text="C?", history=history)) == "A?\nC?"


PARTS: Mapping[str, Part] = {"d1": "development", "d2": "development", "t1": "train"}


@pytest.mark.parametrize(
    ("gold", "near", "also", "part"),
    [
        (("d1",), (), (), "development"),
        (("d1",), ("d2",), (), "development"),
        ((), ("d2",), (), "development"),
        (("d1",), ("t1",), (), "train"),
        (("d1",), (), ("t1",), "train"),
        (("d1",), ("unknown",), (), "train"),
        ((), (), (), "train"),
    ],
)
def test_a_question_is_of_a_part_with_all_its_documents(
    gold: tuple[str, ...], near: tuple[str, ...], also: tuple[str, ...], part: Part
) -> None:
    quotes = tuple(QuotedText(doc_id=name, quote="x") for name in also)
    assert part_of(Case(id="q", question="?", gold=gold, near=near, also=quotes), PARTS) == part


def test_a_part_is_chosen_by_the_split_of_the_repository() -> None:
    names = {part: name for name, part in baselines.known_parts().items()}
    cases = [Case(id=part, question="?", gold=(name,)) for part, name in names.items()]
    assert [case.id for case in chosen(cases, "development")] == ["development"]
    assert chosen(cases, None) == cases


def test_documents_of_either_form_can_be_indexed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baselines, "FOLDER", tmp_path / "kept")
    trained = {"doc_id": "d", "title": "T", "lang": "ja", "text": "x\u2028y", "licence": "CC0"}
    bulk = {"id": "e", "title": "U", "text": "z", "date": "2025"}
    (tmp_path / "docs-a.jsonl").write_text(json.dumps(trained, ensure_ascii=False) + "\n", "utf-8")
    (tmp_path / "docs-b.jsonl").write_text(json.dumps(bulk), "utf-8")
    (tmp_path / "other.jsonl").write_text("no document", "utf-8")
    target = as_bulk_file(files(tmp_path, "docs-*.jsonl"))
    lines = [json.loads(line) for line in target.read_text("utf-8").split("\n") if line]
    assert lines == [{"id": "d", "title": "T", "language": "ja", "text": "x\u2028y"}, bulk]
    assert bulk_line({"doc_id": "d", "date": None}) == {"id": "d"}


def test_groups_stand_beside_each_other() -> None:
    one, two = (Figure(value=value, n=1, low=0, high=1) for value in (0.1, 0.2))
    rows = side_by_side({"bot": {"all": {"m": one}, "en": {"m": one}}, "e5": {"all": {"m": two}}})
    assert list(rows) == ["all: bot", "all: e5", "en: bot"]
    assert rows["all: e5"] == {"m": two}

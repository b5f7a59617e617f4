"""The best sentences of several passages, to learn from side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from aspire_bot.answering.reader.encode import ReaderText
from aspire_bot.answering.reader.read import MOST_COMPARED
from aspire_bot.answering.reader.types import Reading
from aspire_ingest.index import Document, DocumentInfo
from aspire_ingest.split import split_document
from aspire_training.digests import Digest, Digests, digest_of
from aspire_training.examples import SKIPPED, Group, Known, Pair, Prepared


@dataclass(frozen=True)
class _Counting:
    """Finds a sentence the likelier the higher the number in it is."""

    def read(self, question: ReaderText, passages: Sequence[ReaderText]) -> Sequence[Reading]:
        del question
        return [
            Reading(
                sentences=tuple(
                    float("".join(filter(str.isdigit, one.text[a:b]))) for a, b in one.spans
                ),
                passage=0.0,
            )
            for one in passages
        ]


def _passage(name: str, *numbers: int) -> Known:
    info = DocumentInfo(document_id=name, source=f"{name}.md", title=name, language="en")
    text = " ".join(f"Number {number} is here." for number in numbers)
    (passage,) = split_document(Document(info=info, text=text))
    return info, passage


_KNOWN = {
    "a": _passage("a", 1, 9, 2),
    "b": _passage("b", 8, 3, 4, 5, 6),
    "c": _passage("c", 7, 0),
}


def _prepared(*candidates: str) -> Prepared:
    found = {"q": [(name, 1.0) for name in candidates]}
    return Prepared(_KNOWN, [], [], {}, found, {})


def _group() -> Group:
    pair = Pair(passage="a", marks=[0, 1, SKIPPED], answers=1)
    return Group(name="q", source="own", language="en", question="Which?", pairs=[pair])


def test_the_best_of_all_passages_are_kept_with_their_marks() -> None:
    made = digest_of(_group(), _prepared("a", "b", "c"), _Counting())  # pyright: ignore[reportArgumentType]
    assert len(made.sentences) == MOST_COMPARED
    assert made.sentences[:3] == (("a", 1, 1), ("b", 0, 0), ("c", 0, 0))
    assert ("a", 2, SKIPPED) in made.sentences


def test_nothing_more_is_taken_of_a_document_that_answers() -> None:
    info, passage = _passage("a", 99)
    known = {**_KNOWN, "a2": (info, passage)}
    prepared = Prepared(known, [], [], {}, {"q": [("a2", 1.0), ("c", 0.5)]}, {})
    made = digest_of(_group(), prepared, _Counting())  # pyright: ignore[reportArgumentType]
    assert {key for key, _, _ in made.sentences} == {"a", "c"}


def test_a_digest_is_learnt_as_one_text_whose_marks_follow_its_sentences() -> None:
    digest = Digest(
        name="q",
        language="en",
        question="Which?",
        history=(),
        sentences=(("b", 4, 0), ("a", 1, 1), ("b", 0, SKIPPED)),
    )
    firsts: set[str] = set()
    for seed in range(8):
        made = Digests([digest], seed)
        (group,) = made.groups
        (pair,) = group.pairs
        assert pair.passage in made
        assert pair.answers == 1
        read = made.text(pair.passage, _KNOWN)
        said = [read.text[start:end] for start, end in read.spans]
        marks = dict(zip(said, pair.marks, strict=True))
        assert marks == {
            "Number 9 is here.": 1,
            "Number 8 is here.": SKIPPED,
            "Number 6 is here.": 0,
        }
        firsts.add(said[0])
    assert len(firsts) == 2  # which passage stands first tells nothing


def test_what_only_may_answer_is_no_answer_to_learn() -> None:
    for marks, answers in (((0, 0), 0), ((0, SKIPPED), SKIPPED)):
        rows = [("b", place, mark) for place, mark in enumerate(marks)]
        digest = Digest(name="q", language="en", question="?", history=(), sentences=rows)
        assert Digests([digest], 1).groups[0].pairs[0].answers == answers

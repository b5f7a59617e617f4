"""Measure whether approved answers serve their questions, and leave all others alone.

    python -m tests.evals.measure_approved

`approved.jsonl` holds questions with approved answers, and for each: other wordings (`same`), the
question in the other language (`other`), and questions that are near but ask for something else, in
its language (`near`) and in the other one (`far`). All of the answers are indexed beside the
documents of a development set; its own questions are then to be answered as without them.
"""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.evals.sets import SETS, assistant_over, cases_of, shared_folder

from aspire_bot.answering.types import Answer, Question
from aspire_bot.bootstrap import Assistant
from aspire_ingest.index.text.language import detect_language

PAIRS = Path(__file__).parent / "approved.jsonl"
KINDS = ("question", "same", "other", "near", "far")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An approved answer and questions about it, by kind."""

    document_id: str
    answer: str
    questions: dict[str, Sequence[str]]

    @property
    def file(self) -> str:
        """The document it becomes."""
        (question,) = self.questions["question"]
        return (
            f"---\ndocument_id: {self.document_id}\ntitle: {json.dumps(question)}\nkind: faq\n"
            f"language: {detect_language(self.answer)}\ndate: 2026-11-22\napproved_by: Sato\n"
            f"approved_on: 2026-11-22\nvalid_until: 9999-12-31\n---\n\n"
            f"Q. {question}\n\nA. {self.answer}\n"
        )


def read_pairs() -> Sequence[Pair]:
    """Read the approved answers."""
    return [
        Pair(
            document_id=f"approved-{number}",
            answer=line["answer"],
            questions={kind: [line[kind]] if kind == "question" else line[kind] for kind in KINDS},
        )
        for number, line in enumerate(map(json.loads, PAIRS.read_text("utf-8").splitlines()))
    ]


def write_pairs(pairs: Sequence[Pair], folder: Path) -> None:
    """Write the documents as files."""
    for pair in pairs:
        (folder / f"{pair.document_id}.md").write_text(pair.file, encoding="utf-8")


def is_whole(answer: Answer, pair: Pair) -> bool:
    """Whether an answer is the approved one, in its own words."""
    quotes = [c.quote for c in answer.citations if c.document.document_id == pair.document_id]
    return quotes == [pair.answer] and len(answer.citations) == 1


def is_cited(answer: Answer, pair: Pair) -> bool:
    """Whether an answer quotes the approved one, perhaps in part, perhaps among others."""
    return any(c.document.document_id == pair.document_id for c in answer.citations)


def main() -> int:
    """Measure and report."""
    shared = shared_folder()
    if shared is None:
        sys.stderr.write("The question sets are not on this machine; set ASPIRE_SHARED.\n")
        return 2
    pairs = read_pairs()
    with TemporaryDirectory() as name:
        write_pairs(pairs, Path(name))
        for of in ("aspire", "guide"):
            targets = [str(shared / path) for path in SETS[of].documents]
            own = {text for pair in pairs for text in pair.questions["question"]}
            questions = [
                case.as_question() for case in cases_of(of, shared) if case.question not in own
            ]
            with assistant_over(f"test-{of}", targets) as assistant:
                before = [assistant.answer(question) for question in questions]
            with assistant_over(f"approved-{of}", [*targets, name]) as assistant:
                after = [assistant.answer(question) for question in questions]
                _report_others(of, before, after)
                _report_own(of, assistant, pairs)
    return 0


def _report_others(of: str, before: Sequence[Answer], after: Sequence[Answer]) -> None:
    changed = [
        (one, other)
        for one, other in zip(before, after, strict=True)
        if (one.outcome, one.text) != (other.outcome, other.text)
    ]
    print(f"{of}: {len(changed)} of {len(before)} other questions are answered otherwise")  # noqa: T201  a script
    for one, other in changed:
        print(f"  {one.question.text}\n    {one.text}\n    {other.text}")  # noqa: T201


def _report_own(of: str, assistant: Assistant, pairs: Sequence[Pair]) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    for pair in pairs:
        for kind in KINDS:
            for text in pair.questions[kind]:
                answer = assistant.answer(Question(text=text))
                counts[kind, "asked"] += 1
                counts[kind, "whole"] += is_whole(answer, pair)
                counts[kind, "cited"] += is_cited(answer, pair)
                counts[kind, "named"] += any(
                    d.document_id == pair.document_id for d in answer.nearest
                )
                counts[kind, "first"] += answer.ranking[0].document.document_id == pair.document_id
    for kind in KINDS:
        shown = ", ".join(
            f"{m} {counts[kind, m]}" for m in ("asked", "whole", "cited", "named", "first")
        )
        print(f"{of} {kind}: {shown}")  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())

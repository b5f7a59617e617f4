"""The bot beside the simplest answer there is: the one best sentence, always said.

    python -m tests.evals.baselines QUESTIONS DOCS.jsonl… [--part development] [--limit N] [--json]

QUESTIONS is a file that `aspire-bot eval` reads, or a folder of `questions-*.jsonl`; DOCS are the
documents that they are about, in the form of our training (`doc_id`) or of `aspire-ingest add`, or
a folder of `docs-*.jsonl`. `--part` takes the questions all of whose documents are of that part of
the training's split. The documents are indexed once, under `.eval/`.

Both baselines choose among the sentences of the first 16 passages as the product ranks them, and
say their choice without a hedge, whatever its score:

- BM25: by the product's own words and BM25, over all sentences of the index, each language apart;
- e5: by the cosine of question and sentence.

A question is asked of them together with what its asker said before. Their confidence orders
questions by score and is no probability: read their AUROC and risks, not their ECE.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from tests.evals.bench.indexes import bring_up_to_date
from tests.evals.bench.results import FOLDER
from tests.memory_words import MemoryWords, query_terms

from aspire_bot.answering.ports import QueryEmbedder
from aspire_bot.answering.quotes.evidence import quoted
from aspire_bot.answering.types import Answer, Citation, Question, ScoredPassage
from aspire_bot.bootstrap import open_assistant
from aspire_bot.evaluation.cases import Case, read_sets
from aspire_bot.evaluation.measures import Judged, summarise
from aspire_bot.evaluation.report import Groups, print_figures, summary_json
from aspire_bot.evaluation.run import judge_against, run_cases
from aspire_bot.settings import Settings
from aspire_ingest.index import Sentence
from aspire_ingest.index.embedding.from_settings import configured_embedder
from aspire_ingest.index.reader import IndexReader
from aspire_ingest.index.text.analysis import analyze, analyze_pairs
from aspire_ingest.index.words.types import WordEntry
from aspire_training.splits import Part, known_parts

PASSAGES_READ = 16
_AUDIENCES = frozenset({"public", "staff"})
_RENAMED = {"doc_id": "id", "lang": "language"}
_KEPT = ("id", "title", "text", "language", "date", "publisher", "url")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence that may be said: the `position`-th (from 0) of a passage of the ranking."""

    passage: ScoredPassage
    position: int

    @property
    def sentence(self) -> Sentence:
        return self.passage.passage.sentences[self.position]

    @property
    def name(self) -> str:
        return sentence_name(self.passage.passage.passage_id, self.position)


Scores = Callable[[str, Sequence[Candidate]], Sequence[float]]
"""What is asked and the candidates → a score (0 to 1) for each, the higher the better."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask all three and print the tables."""
    asked = _arguments(arguments)
    cases = chosen(read_sets(files(asked.questions, "questions-*.jsonl")), asked.part)
    cases = cases[: asked.limit]
    if not cases:
        sys.stderr.write("No question is of this part.\n")
        return 1
    documents = [path for one in asked.documents for path in files(one, "docs-*.jsonl")]
    home = bring_up_to_date("baselines", [str(as_bulk_file(documents))])
    found = compare(Settings(home=home), cases)
    if asked.json:
        sys.stdout.write(json.dumps({name: summary_json(one) for name, one in found.items()}))
        sys.stdout.write("\n")
    else:
        rows = side_by_side({name: summarise(one) for name, one in found.items()})
        print_figures(rows, Console(width=None if sys.stdout.isatty() else 240))
    return 0


def compare(settings: Settings, cases: Sequence[Case]) -> dict[str, list[Judged]]:
    """Answer the cases from one index in all three ways."""
    with ExitStack() as closing:
        assistant = closing.enter_context(open_assistant(settings))
        index = closing.enter_context(assistant.reader())
        ways = {
            "best by BM25": word_scores(index),
            "best by e5": cosine_scores(index, configured_embedder(settings)),
        }
        found = {"bot": list(run_cases(assistant, cases))}
        questions = [case.as_question() for case in cases]
        rankings = [assistant.retrieve(question) for question in questions]
        for name, scores in ways.items():
            found[name] = [
                judge_against(case, best_sentence(question, ranking, index, scores), index)
                for case, question, ranking in zip(cases, questions, rankings, strict=True)
            ]
    return found


def best_sentence(
    question: Question, ranking: Sequence[ScoredPassage], index: IndexReader, scores: Scores
) -> Answer:
    """Answer with the best sentence of the first passages; abstain only where there is none."""
    candidates = candidates_of(ranking, index)
    found = scores(searched_with(question), candidates)
    if not candidates:
        return _answer(question, ranking, None, 0.0)
    best = max(range(len(candidates)), key=found.__getitem__)
    return _answer(question, ranking, candidates[best], found[best])


def candidates_of(ranking: Sequence[ScoredPassage], index: IndexReader) -> list[Candidate]:
    """Give the sentences of the first passages in the order of the ranking."""
    first = ranking[:PASSAGES_READ]
    passages = index.passages([entry.passage.passage_id for entry in first])
    return [
        Candidate(
            passage=ScoredPassage(
                passage=passage, document=entry.document, score=entry.score, rank=entry.rank
            ),
            position=position,
        )
        for entry, passage in zip(first, passages, strict=True)
        for position in range(len(passage.sentences))
    ]


def searched_with(question: Question) -> str:
    """Give the question after what its asker said before it, oldest first."""
    said = [turn.text for turn in question.history if turn.role == "user"]
    return "\n".join((*said, question.text))


def word_scores(index: IndexReader) -> Scores:
    """Give a scorer by BM25; the sentences of the whole index are its statistics."""
    by_language = sentence_words(index)

    def scores(asked: str, candidates: Sequence[Candidate]) -> Sequence[float]:
        found: dict[str, float] = {}
        for language in {one.passage.document.language for one in candidates}:
            words = by_language[language]
            terms = query_terms(asked, language)
            every = words.search(terms, audiences=_AUDIENCES, k=words.passages)
            found |= {entry.passage_id: entry.score for entry in every}
        return [bounded(found.get(one.name, 0.0)) for one in candidates]

    return scores


def cosine_scores(index: IndexReader, embedder: QueryEmbedder) -> Scores:
    """Give a scorer by the cosine of the vectors of what is asked and of the sentence."""

    def scores(asked: str, candidates: Sequence[Candidate]) -> Sequence[float]:
        vector = embedder.embed_query(asked)
        ids = list(dict.fromkeys(one.passage.passage.passage_id for one in candidates))
        vectors = index.sentence_vectors(ids)
        return [
            max(0.0, float(vectors[one.passage.passage.passage_id][one.position] @ vector))
            for one in candidates
        ]

    return scores


def sentence_words(index: IndexReader) -> dict[str, MemoryWords]:
    """Index every sentence by its words, as passages are, by language."""
    by_language: dict[str, MemoryWords] = {}
    for document_id, info in index.documents().items():
        words = by_language.setdefault(info.language, MemoryWords())
        for passage in index.passages_of(document_id):
            texts = [quoted(passage, sentence) for sentence in passage.sentences]
            words.add(
                WordEntry(
                    passage_id=sentence_name(passage.passage_id, position),
                    body=tuple(analyze(text, info.language)),
                    pairs=tuple(analyze_pairs(text)),
                )
                for position, text in enumerate(texts)
            )
    for words in by_language.values():
        words.commit()
    return by_language


def sentence_name(passage_id: str, position: int) -> str:
    """Give the name under which a sentence stands in the index of words."""
    return f"{passage_id}#{position}"


def bounded(score: float) -> float:
    """Bring a score from 0 upwards between 0 and 1, in the same order."""
    return score / (1 + score)


def chosen(cases: Sequence[Case], part: Part | None) -> Sequence[Case]:
    """Give the cases of one part of the training's split, or all."""
    if part is None:
        return cases
    parts = known_parts()
    return [case for case in cases if part_of(case, parts) == part]


def part_of(case: Case, parts: Mapping[str, Part]) -> Part:
    """Give the part of the documents that a case names.

    As in training: documents not in the split, and questions across parts, are for training.
    """
    quoted_in = (one.doc_id for one in (*case.quotes, *case.also))
    found: set[Part] = {parts.get(name, "train") for name in (*case.gold, *case.near, *quoted_in)}
    return found.pop() if len(found) == 1 else "train"


def files(path: Path, pattern: str) -> list[Path]:
    """Give a file, or the files of a folder that are named so."""
    return sorted(path.glob(pattern)) if path.is_dir() else [path]


def as_bulk_file(paths: Iterable[Path]) -> Path:
    """Write the documents as one file that `aspire-ingest add` takes; give its path."""
    lines = [
        json.dumps(bulk_line(json.loads(line)), ensure_ascii=False)
        for path in paths
        for line in path.read_text(encoding="utf-8").split("\n")
        if line.strip()
    ]
    FOLDER.mkdir(parents=True, exist_ok=True)
    target = FOLDER / "baselines.jsonl"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return target


def bulk_line(document: Mapping[str, object]) -> dict[str, object]:
    """Give a document of either form by the names that `aspire-ingest add` knows."""
    named = {_RENAMED.get(key, key): value for key, value in document.items()}
    return {key: named[key] for key in _KEPT if named.get(key)}


def side_by_side(by_way: Mapping[str, Groups]) -> Groups:
    """Give the figures of several ways of answering as one table: each group by each way."""
    groups = list(dict.fromkeys(group for found in by_way.values() for group in found))
    return {
        f"{group}: {way}": found[group]
        for group in groups
        for way, found in by_way.items()
        if group in found
    }


def _answer(
    question: Question,
    ranking: Sequence[ScoredPassage],
    best: Candidate | None,
    confidence: float,
) -> Answer:
    citations = () if best is None else (_citation(best),)
    return Answer(
        question=question,
        outcome="answered" if citations else "abstained",
        text="".join(f"{citation.quote} [1]" for citation in citations),
        language=question.language or "en",
        confidence=round(confidence, 4),
        certainty="sure" if citations else None,
        citations=citations,
        ranking=tuple(ranking),
    )


def _citation(best: Candidate) -> Citation:
    return Citation(
        marker=1,
        document=best.passage.document,
        passage_id=best.passage.passage.passage_id,
        quote=quoted(best.passage.passage, best.sentence),
        start=best.sentence.start,
        end=best.sentence.end,
    )


class _Asked(argparse.Namespace):
    questions: Path
    documents: list[Path]
    part: Part | None
    limit: int | None
    json: bool


def _arguments(arguments: Sequence[str] | None) -> _Asked:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("questions", type=Path, metavar="QUESTIONS")
    parser.add_argument("documents", type=Path, nargs="+", metavar="DOCS")
    parser.add_argument("--part", choices=("train", "development", "test"))
    parser.add_argument("--limit", type=int, help="ask only the first N questions")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(arguments, namespace=_Asked())


if __name__ == "__main__":
    sys.exit(main())

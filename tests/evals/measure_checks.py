"""Which true sentences and which lies the checks let through, with each check and without it.

    python -m tests.evals.measure_checks [--without NAME]... [--each] [--why]

The sentences are those of `truthful/development.jsonl`, held against the passages that a model
would be shown with their questions. What the models say is kept in a file: the first run takes some
minutes, others seconds. `--each` measures without each check and with it alone, by turns.
"""

import argparse
import hashlib
import pickle
import sys
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from tests.evals.development import documents_named, indexed
from tests.evals.sets import KEPT, shared_folder
from tests.evals.truthful import Item, Sentence, places_of, read_items, spoken

from aspire_bot.answering.checking import Decision, Verifier, contradictions
from aspire_bot.answering.checking.agreement import Agreement
from aspire_bot.answering.checking.statements import Statement, StatementReader
from aspire_bot.answering.checking.support_lazy import LazySupportModel
from aspire_bot.answering.checking.support_text import SupportReading
from aspire_bot.answering.message.glossary import load_glossary
from aspire_bot.answering.reader.encode import ReaderText
from aspire_bot.answering.types import Question, ScoredPassage
from aspire_bot.answering.writing.prompt_passages import shown_passages
from aspire_bot.bootstrap import open_assistant
from aspire_bot.settings import Settings
from aspire_ingest.index.embedding.from_settings import configured_embedder
from aspire_ingest.index.text.analysis import analyze

Vector = NDArray[np.float32]
_SAVED_EVERY = 20


def _finds_nothing(*_: object) -> Iterator[object]:
    return iter(())


def _says_no(*_: object) -> bool:
    return False


CHECKS: Mapping[str, Sequence[tuple[object, str, object]]] = {
    "misplaced values": [(contradictions, "misplaced", _finds_nothing)],
    "exchanged things": [(contradictions, "exchanged", _finds_nothing)],
    "denials by clauses": [(contradictions, "denied", _finds_nothing)],
    "values of a neighbour": [(Agreement, "_is_of_a_neighbour", _says_no)],
    "values that stand apart": [(Agreement, "_stands_apart", _says_no)],
}
"""By name: what stands in for parts of the checking where a check is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What a model is shown with a question; `vectors` are those of the passages' sentences."""

    text: str
    language: str
    passages: tuple[ScoredPassage, ...]
    vectors: Mapping[str, Vector]

    def sentence_vectors(self, passage_ids: Sequence[str]) -> Mapping[str, Vector]:
        """See `SentenceVectors`."""
        return {one: self.vectors[one] for one in passage_ids}


@dataclass(kw_only=True)
class Kept:
    """What search and models said: by item, by text, by passage and statement."""

    file: Path
    prompts: dict[str, Prompt] = field(default_factory=dict[str, Prompt])
    vectors: dict[str, Vector] = field(default_factory=dict[str, Vector])
    log_odds: dict[str, float] = field(default_factory=dict[str, float])

    @classmethod
    def of(cls, file: Path) -> "Kept":
        """Read a file; begin anew where there is none."""
        if not file.exists():
            return cls(file=file)
        found: object = pickle.loads(file.read_bytes())  # noqa: S301  our own file
        assert isinstance(found, cls)
        return found

    def save(self) -> None:
        """Write all that is known by now."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_bytes(pickle.dumps(self))


class Remembered:
    """The models of embedding and support, asked once for each text."""

    def __init__(self, kept: Kept) -> None:
        settings = Settings()
        self._kept = kept
        self._embedder = configured_embedder(settings)
        self._support = LazySupportModel(settings.cache)
        self.name = self._embedder.name

    def embed_query(self, text: str) -> Vector:
        """See `QueryEmbedder`."""
        if text not in self._kept.vectors:
            self._kept.vectors[text] = self._embedder.embed_query(text)
        return self._kept.vectors[text]

    def read(self, source: ReaderText, statement: ReaderText) -> SupportReading:
        """See `SupportReader`."""
        key = hashlib.sha256(f"{source.text}\0{statement.text}".encode()).hexdigest()
        if key not in self._kept.log_odds:
            self._kept.log_odds[key] = self._support.read(source, statement).log_odds
        return SupportReading(log_odds=self._kept.log_odds[key])


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A sentence and what was decided of its statements; `fact` is what is wrong in a lie."""

    item: Item
    sentence: Sentence
    fact: str
    decisions: Sequence[Decision]

    @property
    def is_through(self) -> bool:
        """Whether all of a truth is shown, or anything of a lie."""
        shown = [one.verdict != "dropped" and not one.is_lead for one in self.decisions]
        return any(shown) if self.fact else all(one.verdict != "dropped" for one in self.decisions)


def find_prompts(items: Sequence[Item], shared: Path, kept: Kept) -> None:
    """Search once for each question what a model would be shown."""
    if all(one.name in kept.prompts for one in items):
        return
    names = {quote["doc_id"] for item in items for quote in item.quotes}
    home = indexed(documents_named(shared, names), "words-development")
    with open_assistant(Settings(home=home)) as assistant, assistant.reader() as index:
        for item in (one for one in items if one.name not in kept.prompts):
            query, _, ranked = assistant.pipeline.evidence(Question(text=item.question), index)
            passages = tuple(shown_passages([ranked]))
            kept.prompts[item.name] = Prompt(
                text=query.text,
                language=query.answer_language,
                passages=passages,
                vectors=index.sentence_vectors([one.passage.passage_id for one in passages]),
            )
            if len(kept.prompts) % _SAVED_EVERY == 0:
                kept.save()
    kept.save()


def check(items: Iterable[Item], kept: Kept) -> Iterator[Checked]:
    """Check each sentence and each lie of the items whose passages hold what it rests on."""
    models = Remembered(kept)
    verifier = Verifier(load_glossary(None, analyze), models, support=models)
    for number, item in enumerate(items):
        known = len(kept.log_odds)
        prompt = kept.prompts[item.name]
        texts = {n: one.passage.text for n, one in enumerate(prompt.passages, 1)}
        places = places_of(item, texts)
        told = [*((one, "") for one in item.sentences), *zip(item.lies, item.facts, strict=True)]
        for sentence, fact in told:
            statements = list(_statements([sentence], places))
            decisions = [_verified(verifier, one, prompt) for one in statements]
            if decisions:
                yield Checked(item=item, sentence=sentence, fact=fact, decisions=decisions)
        if number % _SAVED_EVERY == 0 and len(kept.log_odds) > known:
            kept.save()


def _statements(sentences: Sequence[Sentence], places: Sequence[int | None]) -> Iterator[Statement]:
    reader = StatementReader()
    if text := spoken(sentences, places):
        yield from reader.feed(text)
        yield from reader.close()


def _verified(verifier: Verifier, statement: Statement, prompt: Prompt) -> Decision:
    return verifier.verify(
        statement,
        prompt.passages,
        question=prompt.text,
        language=prompt.language,
        vectors=prompt,
    )


@contextmanager
def left_out(names: Iterable[str]) -> Generator[None]:
    """Leave checks out."""
    with ExitStack() as stack:
        for owner, attribute, instead in (one for name in names for one in CHECKS[name]):
            stack.enter_context(patch.object(owner, attribute, instead))
        yield


def report(checked: Sequence[Checked]) -> str:
    """Give a row: true sentences kept, lies through, each of all."""
    truths = [one for one in checked if not one.fact]
    lies = [one for one in checked if one.fact]
    counts = [f"{sum(x.is_through for x in some)} of {len(some)}" for some in (truths, lies)]
    facts = Counter(one.fact for one in lies if one.is_through)
    told = ", ".join(f"{fact} {n}" for fact, n in facts.most_common())
    return f"{counts[0]} | {counts[1]} | {told}"


def _by_turns(name: str) -> tuple[list[str], list[str]]:
    """Leave out one check, then all others."""
    return [name], [one for one in CHECKS if one != name]


def _label(names: Sequence[str]) -> str:
    if len(names) == len(CHECKS) - 1:
        return "only " + next(one for one in CHECKS if one not in names)
    if len(names) == len(CHECKS):
        return "none of them"
    return f"without {', '.join(names)}" if names else "all"


def _say_why(checked: Sequence[Checked]) -> None:
    for one in checked:
        if one.is_through == bool(one.fact):
            side = f"LIE ({one.fact})" if one.fact else "LOST"
            why = [f"{d.verdict} {' '.join(d.reasons)} {d.faults}" for d in one.decisions]
            quotes = " // ".join(q["quote"] for q in one.item.quotes)
            _say(f"{side} {one.item.name}: {one.sentence.text}\n   {quotes}\n   {why}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--without", action="append", default=[], choices=sorted(CHECKS))
    parser.add_argument("--each", action="store_true", help="also without each, and with it alone")
    parser.add_argument("--why", action="store_true", help="print truths lost and lies shown")
    parser.add_argument("--kept", type=Path, default=KEPT / "checks.pickle")
    given = parser.parse_args()
    shared = shared_folder()
    if shared is None:
        _say("The shared folder is not here: set ASPIRE_SHARED.")
        return 2
    items = read_items("development")
    kept = Kept.of(given.kept)
    find_prompts(items, shared, kept)
    _say("| checks | true sentences kept | lies through | of what |\n|---|---|---|---|")
    runs = [given.without]
    if given.each:
        runs += [list(CHECKS), *(names for one in CHECKS for names in _by_turns(one))]
    for names in runs:
        with left_out(names):
            checked = list(check(items, kept))
        kept.save()
        _say(f"| {_label(names)} | {report(checked)} |")
        if given.why and names == given.without:
            _say_why(checked)
    return 0


if __name__ == "__main__":
    # by its name: what is kept must not name `__main__`
    from tests.evals import measure_checks

    sys.exit(measure_checks.main())

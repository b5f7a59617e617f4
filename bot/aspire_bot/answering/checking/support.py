"""Whether the passages of a prompt support a statement, and which sentences of them do."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from threading import Lock
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.checking import claims
from aspire_bot.answering.checking.agreement.faults import Reason
from aspire_bot.answering.checking.agreement.sources import Source, Sources
from aspire_bot.answering.checking.agreement.word_match import Matcher
from aspire_bot.answering.checking.attempt import Attempt, ComparisonTools, Outcome, is_nearer
from aspire_bot.answering.checking.bare_statement import bare, taken_up
from aspire_bot.answering.checking.claims.safety import is_foreign
from aspire_bot.answering.checking.claims.sentence import read
from aspire_bot.answering.checking.coverage import Decider, shipped_deciders
from aspire_bot.answering.checking.decisions import Decision, Quote
from aspire_bot.answering.checking.leads import is_frame, yes_or_no
from aspire_bot.answering.checking.second_opinion import (
    Case,
    JudgeTerms,
    SecondOpinion,
    case_of,
)
from aspire_bot.answering.checking.statements import Statement
from aspire_bot.answering.checking.support_rule import Weighing, shipped_rules
from aspire_bot.answering.checking.support_text import SupportReader, statement_text
from aspire_bot.answering.checking.unfit import unfit
from aspire_bot.answering.message.query.glossary import Glossary, load_glossary
from aspire_bot.answering.ports import QueryEmbedder
from aspire_bot.answering.types import ScoredPassage
from aspire_ingest.index.text.analysis import analyze
from aspire_ingest.index.text.language import detect_language

_ANSWERS_KEPT = 8
_ANY = JudgeTerms()


@cache
def _everyday_words() -> Glossary:
    with resources.as_file(resources.files(claims) / "lexicon.yaml") as path:
        return load_glossary(path, analyze)


class SentenceVectors(Protocol):
    """Where the vectors of passages' sentences come from: an index reader is one."""

    def sentence_vectors(self, passage_ids: Sequence[str]) -> Mapping[str, NDArray[np.float32]]:
        """Give unit vectors of each passage's sentences, shape (sentences, dimension)."""
        ...


class Verifier:
    """Decides statement by statement; one for all answers, safe for several threads.

    It reads nothing but the passages. What it works out of them is kept for the next statement.
    """

    def __init__(  # noqa: PLR0913  each is a part that can be left out
        self,
        glossary: Glossary,
        embedder: QueryEmbedder,
        *,
        deciders: Mapping[str, Decider] | None = None,
        support: SupportReader | None = None,
        rule: Weighing | None = None,
        second_opinion: SecondOpinion | None = None,
        is_thorough: bool = False,
    ) -> None:
        """Use these synonyms and translations; the embedder is asked where words do not decide.

        `support` reads each statement that no rule of facts refuses, and `rule` weighs what it says
        (the strict one of those shipped). Without `support` words and vectors decide.
        `is_thorough` asks it always, as learning the decision needs.
        """
        self._glossaries = (glossary, _everyday_words())
        self._embedder = embedder
        self._deciders = deciders or shipped_deciders()
        self._support = support
        self._rule = rule or shipped_rules()["strict"]
        self._second_opinion = second_opinion
        self._is_thorough = is_thorough
        self._kept: OrderedDict[tuple[str, ...], Sources] = OrderedDict()
        self._lock = Lock()

    def verify(
        self,
        statement: Statement,
        passages: Sequence[ScoredPassage],
        *,
        question: str,
        language: str,
        vectors: SentenceVectors,
        terms: JudgeTerms = _ANY,
    ) -> Decision:
        """Decide what becomes of a statement that a model made of passages numbered from 1.

        `passages` have their sentences. `language` is that of the answer; `terms` is for who
        gives a second opinion.

        Raises:
            EmbeddingError: the statement has to be embedded and cannot be.
        """
        if not statement.is_complete:
            return Decision(statement=statement, verdict="dropped", reasons=("incomplete",))
        sources = self._sources(passages)
        known = [text for source in sources.all for text in source.stated]
        if is_foreign(statement.text, known):
            return Decision(statement=statement, verdict="dropped", reasons=("link",))
        said = yes_or_no(statement.text)[1]
        if not said.strip() or is_frame(said):
            return Decision(statement=statement, verdict="kept", is_lead=True)
        if why := unfit(said, language, known):
            return Decision(statement=statement, verdict="dropped", reasons=(why,))
        attempt = self._attempt(statement, sources, question, language, vectors)
        decision, outcome = self._decide(statement, sources, attempt)
        if outcome is None or self._agrees(case_of(statement, outcome, sources, terms)):
            return decision
        return _doubted(decision)

    def close(self) -> None:
        """Let go of who gives the second opinion."""
        if self._second_opinion is not None:
            self._second_opinion.close()

    def _decide(
        self, statement: Statement, sources: Sources, attempt: Attempt
    ) -> tuple[Decision, Outcome | None]:
        """Decide by the rules alone; also what supports the statement, where something does."""
        cited = [source for n in statement.markers if (source := sources.by_number(n))]
        is_joint = len(statement.markers) > 1
        own = attempt.best(cited, is_joint=is_joint) if cited else None
        if own is not None and not own.reasons:
            return self._supported(statement, own, attempt, cited), own
        others = [source for source in sources.all if source not in cited]
        spoken = attempt.language
        if any(source.language == spoken for source in cited):
            # what a passage of its own language was cited for, no translation says by chance
            others = [source for source in others if source.language == spoken]
        found = attempt.best(others, is_moving=True)
        if found is None or found.reasons:
            found = attempt.best(sources.all, is_joint=True) if is_joint and others else found
        if found is not None and not found.reasons and not is_nearer(own, found):
            return self._supported(statement, found, attempt, cited), found
        nearest = own or found
        reasons: tuple[Reason, ...] = nearest.reasons if nearest else ("no_support",)
        if not cited:
            reasons = ("no_marker", *reasons)
        dropped = Decision(
            statement=statement,
            verdict="dropped",
            reasons=reasons,
            faults=nearest.faults if nearest else (),
            probability=nearest.probability if nearest else 0.0,
            coverage=nearest.coverage if nearest else None,
        )
        return dropped, None

    def _supported(
        self,
        statement: Statement,
        outcome: Outcome,
        attempt: Attempt,
        cited: Sequence[Source],
    ) -> Decision:
        quotes = list(_quotes(outcome))
        used = dict.fromkeys(quote.marker for quote in quotes)
        for source in cited:  # each further passage cited that says it all by itself
            if source.number not in used and len(used) < len(cited):
                alone = attempt.best([source])
                if alone is not None and not alone.reasons:
                    quotes += _quotes(alone)
        numbers = {quote.marker for quote in quotes}
        is_kept = numbers <= set(statement.markers)
        ordered = [n for n in statement.markers if n in numbers]
        ordered += sorted(numbers.difference(ordered))
        is_lead = statement.is_heading or statement.text.rstrip().endswith((":", "："))
        return Decision(
            statement=statement,
            verdict="kept" if is_kept or is_lead else "moved",
            markers=() if is_lead and not statement.markers else tuple(ordered),
            quotes=() if is_lead and not statement.markers else tuple(quotes),
            reasons=() if is_kept or is_lead else ("no_marker",) if not cited else ("no_support",),
            is_lead=is_lead,
            probability=outcome.probability,
            coverage=outcome.coverage,
        )

    def _agrees(self, case: Case) -> bool:
        return self._second_opinion is None or self._second_opinion.supports(case)

    def _attempt(
        self,
        statement: Statement,
        sources: Sources,
        question: str,
        language: str,
        vectors: SentenceVectors,
    ) -> Attempt:
        said = bare(statement)
        spoken = detect_language(said)
        spoken = language if spoken == "und" else spoken
        reading = read(said, spoken, sources.people)
        asked = read(question, spoken)
        tools = ComparisonTools(
            deciders=self._deciders,
            embed=self._embedder.embed_query,
            vector=cache(lambda: self._embedder.embed_query(said)),
            vectors=_vectors_of(vectors),
            asked=frozenset(analyze(question, spoken)),
            given=taken_up(reading, asked),
            question=asked,
            support=self._support,
            said=statement_text(said, question),
            rule=self._rule,
            is_thorough=self._is_thorough,
        )
        return Attempt(Matcher(reading, self._glossaries), sources, tools)

    def _sources(self, passages: Sequence[ScoredPassage]) -> Sources:
        key = tuple(entry.passage.passage_id for entry in passages)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = Sources(passages)
        with self._lock:
            self._kept[key] = made
            if len(self._kept) > _ANSWERS_KEPT:
                self._kept.popitem(last=False)
        return made


def _vectors_of(vectors: SentenceVectors) -> Callable[[Source], NDArray[np.float32] | None]:
    @cache
    def of(passage_id: str) -> NDArray[np.float32] | None:
        return vectors.sentence_vectors([passage_id]).get(passage_id)

    return lambda source: of(source.entry.passage.passage_id)


def _doubted(decision: Decision) -> Decision:
    return Decision(
        statement=decision.statement,
        verdict="dropped",
        reasons=("second_opinion",),
        probability=decision.probability,
        coverage=decision.coverage,
    )


def _quotes(outcome: Outcome) -> list[Quote]:
    """Give the supporting sentences; those that follow each other are one quote."""
    found: list[Quote] = []
    places = sorted(
        ((x.source.number, x.at, x.source) for x in outcome.supporting), key=lambda p: p[:2]
    )
    last = (0, -2)
    for number, at, source in places:
        sentence = source.sentences[at]
        if last == (number, at - 1) and sentence.form == "prose":
            found[-1] = replace(found[-1], end=sentence.end)
        else:
            found.append(
                Quote(marker=number, passage=number - 1, start=sentence.start, end=sentence.end)
            )
        last = (number, at)
    return found


__all__ = ["SentenceVectors", "Verifier"]

"""One statement against some passages: which sentences could support it, and whether they do."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.checking.agreement.agreement import Agreement
from aspire_bot.answering.checking.agreement.bare_values import is_of_another
from aspire_bot.answering.checking.agreement.contradictions import contradictions
from aspire_bot.answering.checking.agreement.faults import Fault, Reason
from aspire_bot.answering.checking.agreement.polarity import Polarity
from aspire_bot.answering.checking.agreement.replacements import replaced_names
from aspire_bot.answering.checking.agreement.sources import Line, Source, Sources
from aspire_bot.answering.checking.agreement.surroundings import Surroundings
from aspire_bot.answering.checking.agreement.word_match import Matcher
from aspire_bot.answering.checking.candidates import Chooser
from aspire_bot.answering.checking.claims.sentence import Reading
from aspire_bot.answering.checking.coverage import (
    SAID_IN_FULL,
    Coverage,
    Decider,
    Nearness,
    measure,
    without_unsaid,
)
from aspire_bot.answering.checking.support_rule import (
    Pair,
    Signs,
    Weighing,
    are_doubts,
    says_the_contrary,
)
from aspire_bot.answering.checking.support_text import (
    SupportReader,
    SupportReading,
    source_text,
)
from aspire_bot.answering.linear import probability
from aspire_bot.answering.reader.encode import ReaderText
from aspire_ingest.index.text.roles import roles_by_surname

_MUCH_NEARER = 0.05
_SAYS_MOST = 0.85
"""What a sentence of the statement's own language must say of it to contradict a translation."""
_NEIGHBOUR = 0.5
_SOME_WORDS = 2

Vectors = Callable[[Source], NDArray[np.float32] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a statement fares with the sentences chosen; supported where there are no reasons."""

    language: str
    """The statement's."""
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    coverage: Coverage
    probability: float

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why the sentences do not support the statement."""
        return tuple(dict.fromkeys(fault.reason for fault in self.faults))

    @property
    def supporting(self) -> tuple[Line, ...]:
        """The sentences that support it, without those around them."""
        return tuple(line for line in self.lines if line.weight == 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonTools:
    """What an attempt works with besides words.

    `embed` gives the vector of a text, `vector` the statement's, `vectors` those of a passage's
    sentences. `asked` are terms of the question, `given` units of the statement that only repeat
    what the asker told.
    `support` is the model that reads, None where nothing does; `said` is what it is given of the
    statement, `rule` what it must then say. With `is_thorough` vectors are always compared, not
    only where words do not decide. `question` is what was asked, taken apart.
    """

    deciders: Mapping[str, Decider]
    embed: Callable[[str], NDArray[np.float32]]
    vector: Callable[[], NDArray[np.float32]]
    vectors: Vectors
    asked: frozenset[str]
    given: frozenset[int]
    question: Reading
    said: ReaderText
    rule: Weighing
    support: SupportReader | None = None
    is_thorough: bool = False


class Attempt:
    """Tries one statement on passages."""

    def __init__(self, matcher: Matcher, sources: Sources, tools: ComparisonTools) -> None:
        """Take what belongs to the statement; see `Verifier`."""
        self._matcher = matcher
        self._statement = matcher.statement
        self._surroundings = Surroundings(matcher)
        self._chooser = Chooser(matcher, self._cosine)
        self._sources = sources
        self._tools = tools
        self._read: dict[str, SupportReading] = {}
        self._roles = roles_by_surname(self._statement.text, self._statement.language)

    @property
    def language(self) -> str:
        """The language of the statement."""
        return self._statement.language

    def best(
        self, sources: Sequence[Source], *, is_joint: bool = False, is_moving: bool = False
    ) -> Outcome | None:
        """Give the first choice of sentences that supports the statement, else the nearest miss.

        Sentences of several passages count together only where `is_joint` allows it. Passages that
        were not cited (`is_moving`) must leave no doubt which of their sentences is meant.
        """
        nearest: Outcome | None = None
        for lines in self._chooser.choices(sources, is_joint=is_joint, is_moving=is_moving):
            outcome = self.examine(lines)
            if not outcome.faults:
                return outcome if not is_nearer(nearest, outcome) else nearest
            if nearest is None or _nearness(outcome) > _nearness(nearest):
                nearest = outcome
        return nearest

    def examine(self, chosen: Sequence[tuple[Source, int]]) -> Outcome:
        """Hold the statement against chosen sentences and their neighbours."""
        lines = tuple(_with_neighbours(chosen))
        agreement = Agreement(self._matcher, self._surroundings, lines, self._tools.given)
        faults = list(agreement.faults())
        faults += Polarity(self._matcher, self._surroundings, lines).faults()
        faults += contradictions(self._matcher, lines)
        for unit in replaced_names(self._matcher, lines):
            said = self._statement.text[unit.start : unit.end]
            faults.append(Fault(reason="name", said=said))
        if is_of_another(self._statement, self._tools.question, lines, self._sources.readings()):
            faults.append(Fault(reason="number", said=self._statement.text))
        if are_doubts(faults) and self._is_other_role(chosen):
            faults.append(Fault(reason="name"))
        is_lost = not are_doubts(faults) or (bool(faults) and self._tools.support is None)
        coverage, chance = self._covered(lines, is_lost=is_lost)
        if not is_lost:
            faults, chance = self._weighed(lines, faults, coverage, chance)
        return Outcome(
            language=self._statement.language,
            lines=lines,
            faults=tuple(faults),
            coverage=coverage,
            probability=chance,
        )

    def _covered(self, lines: Sequence[Line], *, is_lost: bool) -> tuple[Coverage, float]:
        """Measure; the statement is embedded only where that can still decide."""
        decider = self._decider(lines)
        rest = without_unsaid(self._matcher, lines, self._tools.asked)
        first = self._measured(lines, SAID_IN_FULL if rest is None else Nearness())
        if not self._tools.is_thorough and (is_lost or decider.is_enough(first)):
            return first, decider.probability(first)
        found = self._measured(lines, self._nearness(lines, rest))
        return found, decider.probability(found)

    def _nearness(self, lines: Sequence[Line], rest: str | None) -> Nearness:
        """Compare vectors; `rest` is what the lines say of the statement, where that is not all."""
        supporting = [line for line in lines if line.weight == 1]
        nearest = max((self._cosine(x.source, x.at) for x in supporting), default=0.0)
        known = replace(SAID_IN_FULL, to_sentence=nearest, background=self._background(supporting))
        if rest is None:
            return known
        said = self._tools.embed(" ".join(x.source.text_of(x.at) for x in supporting))
        return replace(
            known,
            to_support=float(np.vecdot(self._tools.vector(), said)),
            without_unsaid=float(np.vecdot(self._tools.embed(rest), said)),
        )

    def _weighed(
        self, lines: Sequence[Line], doubts: Sequence[Fault], coverage: Coverage, by_words: float
    ) -> tuple[list[Fault], float]:
        """Say what speaks against the statement when all is weighed, and how likely it is.

        By words and vectors alone where nothing reads.
        """
        is_kept = self._decider(lines).is_enough(coverage)
        faults = list(doubts) if is_kept else [*doubts, Fault(reason="coverage")]
        support = self._tools.support
        is_open = not self._is_said_in_full(lines, coverage)
        if (
            support is None
            or not (faults or is_open)
            or says_the_contrary(coverage.covered, doubts)
        ):
            return faults, by_words
        signs = Signs(
            pair=self._pair(lines),
            read=self._reading(support, lines).log_odds,
            by_words=by_words,
            doubts=frozenset(fault.reason for fault in doubts),
            covered=coverage.covered,
        )
        odds = self._tools.rule.log_odds(signs)
        if self._tools.rule.is_enough(signs):
            return [], probability(odds)
        return faults or [Fault(reason="coverage")], probability(odds)

    def _is_said_in_full(self, lines: Sequence[Line], coverage: Coverage) -> bool:
        """Whether the lines leave no word unsaid of a statement that has some words.

        A bare value may answer another question, and two rows of a table be put together wrongly.
        """
        said = [line for line in lines if line.weight == 1]
        words = [
            unit
            for unit in self._statement.units
            if unit.claim is None or unit.claim.kind in ("name", "contrast")
        ]
        return (
            len(words) >= _SOME_WORDS
            and (len(said) == 1 or not any(_is_row(line.source, line.at) for line in said))
            and coverage.missing == coverage.unknown == coverage.replaced == 0
        )

    def _reading(self, support: SupportReader, lines: Sequence[Line]) -> SupportReading:
        """Read the statement beside the lines, under the title of their document."""
        chosen: dict[Source, list[int]] = {}
        for line in lines:
            if line.weight == 1:
                chosen.setdefault(line.source, []).append(line.at)
        text = "\n".join(source.text_of_all(at) for source, at in chosen.items())
        if text not in self._read:
            title = next(iter(chosen)).entry.document.title if chosen else ""
            self._read[text] = support.read(source_text(title, text), self._tools.said)
        return self._read[text]

    def _measured(self, lines: Sequence[Line], nearness: Nearness) -> Coverage:
        return measure(
            self._matcher,
            lines,
            self._tools.asked,
            nearness,
            is_foreign=self._is_foreign(lines),
        )

    def _background(self, lines: Sequence[Line]) -> float:
        """The mean cosine of all sentences of the prompt in the languages of these lines."""
        languages = {line.source.language for line in lines}
        vectors = [
            found
            for source in self._sources.all
            if source.language in languages and (found := self._tools.vectors(source)) is not None
        ]
        if not vectors:
            return 0.0
        return float((np.concatenate(vectors) @ self._tools.vector()).mean())

    def _decider(self, lines: Sequence[Line]) -> Decider:
        return self._tools.deciders[self._pair(lines)]

    def _pair(self, lines: Sequence[Line]) -> Pair:
        return "cross" if self._is_foreign(lines) else "same"

    def _is_foreign(self, lines: Sequence[Line]) -> bool:
        return any(line.source.language != self._statement.language for line in lines)

    def _cosine(self, source: Source, at: int) -> float:
        vectors = self._tools.vectors(source)
        if vectors is None or at >= len(vectors):
            return 0.0
        return float(vectors[at] @ self._tools.vector())

    def _is_other_role(self, chosen: Sequence[tuple[Source, int]]) -> bool:
        """Whether the statement gives a person a role that the documents give another one."""
        if not self._roles:
            return False
        known: dict[str, frozenset[str]] = {}
        for document_id in {source.entry.document.document_id for source, _ in chosen}:
            known |= self._sources.roles(document_id)
        for name, role in self._roles.items():
            others = frozenset[str]().union(*(r for n, r in known.items() if n != name))
            called = self._matcher.names_of(role)
            if name in known:
                if (frozenset[str]().union(*called) - known[name]) & others:
                    return True
            elif any(said <= others for said in called):
                return True
        return False


def _with_neighbours(chosen: Sequence[tuple[Source, int]]) -> Iterator[Line]:
    taken = set(chosen)
    for source, at in chosen:
        yield Line(source=source, at=at, weight=1.0)
    for source, at in chosen:
        for beside in (at - 1, at + 1):
            is_there = 0 <= beside < len(source.sentences) and (source, beside) not in taken
            is_there = is_there and not source.is_order(beside)
            # a row of a table says nothing of the next one
            if is_there and not _is_row(source, at) and not _is_row(source, beside):
                taken.add((source, beside))
                yield Line(source=source, at=beside, weight=_NEIGHBOUR)


def _is_row(source: Source, at: int) -> bool:
    return source.sentences[at].form == "row"


def is_nearer(failed: Outcome | None, outcome: Outcome) -> bool:
    """Whether sentences that say much more of the statement contradict it."""
    if failed is None or failed.reasons == ("coverage",):
        return False
    if _is_foreign(outcome) and not _is_foreign(failed):
        return failed.coverage.covered > _SAYS_MOST
    return failed.coverage.covered > outcome.coverage.covered + _MUCH_NEARER


def _is_foreign(outcome: Outcome) -> bool:
    return any(line.source.language != outcome.language for line in outcome.supporting)


def _nearness(outcome: Outcome) -> tuple[float, int]:
    return outcome.probability, -len(outcome.faults)

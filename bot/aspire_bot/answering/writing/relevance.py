"""Whether a model's statement bears on the question, and stands without what fell. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence

from aspire_bot.answering.checking import Decision
from aspire_bot.answering.coverage import coverage, holds_value, telling_kinds
from aspire_bot.answering.linear import probability
from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.quotes.choose import leans
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.quotes.injection_filter import tells_the_answerer
from aspire_bot.answering.types import ScoredPassage
from aspire_bot.answering.writing.outcome_table import Acted
from aspire_ingest.index.text.analysis import analyze

LIKELY, POSSIBLE = 0.03, 0.002
"""Probabilities (0 to 1) that a sentence belongs to the answer, from which on words about it bear:
by itself, or if it names something of the question or holds a value of the kind asked for. On
development documents so do the best right sentence of 93 % of the questions, and 17 % of the others
in twelve passages (`aspire_training.ablate`)."""
NAMED_FROM, NAMED_AT_ALL = 0.6, 0.1
"""Weighted shares of what the question names (0 to 1): most of it, which bears by itself; some."""
_CONNECTIVE = re.compile(
    r"(?:However|Also|In addition|Moreover|But|And|Then|Further|Besides|There)\b,?\s+"
    r"|(?:また|ただし|なお|しかし|そして|さらに)、?"
)
_LEANS_JA = re.compile(r"(?:その|同)(?!他|ほか|後|際|場合|時|じ)")


def is_relevant(query: Query, text: str, terms: frozenset[str], likely: float) -> bool:
    """Whether a text with these terms speaks to a question; `likely` as in `LIKELY`."""
    query_terms = [query_term for query_term in query.query_terms if not query_term.inherited]
    named = coverage(query_terms, terms, query.answer_language) if query_terms else 0.0
    if named >= NAMED_FROM or likely >= LIKELY:
        return True
    if likely < POSSIBLE:
        return False
    holds = (holds_value(query, kind, text, terms) for kind in telling_kinds(query))
    return named >= NAMED_AT_ALL or any(holds)


class Relevance:
    """Knows what a question names, and how well each sentence of the prompt answers it."""

    def __init__(
        self,
        query: Query,
        rankings: Sequence[Sequence[Evidence]],
        passages: Sequence[ScoredPassage],
    ) -> None:
        """Take the rankings for the question and each of its parts, and the prompt's passages."""
        self._query = query
        self._passages = passages
        self._read: dict[str, list[Evidence]] = {}
        for one in (one for ranking in rankings for one in ranking):
            self._read.setdefault(one.passage.passage.passage_id, []).append(one)

    def is_answer(self, decision: Decision) -> bool:
        """Whether a supported statement names what is asked, or rests on what likely answers."""
        if not decision.quotes:
            return False
        said = decision.statement.text
        terms = frozenset(analyze(said, self._query.answer_language))
        likely = max((probability(one.score) for one in self._grounds(decision)), default=0.0)
        return is_relevant(self._query, said, terms, likely)

    def _grounds(self, decision: Decision) -> Iterator[Evidence]:
        for quote in decision.quotes:
            passage_id = self._passages[quote.passage].passage.passage_id
            for one in self._read.get(passage_id, ()):
                if quote.start <= one.sentence.start < quote.end:
                    yield one


class AnswerKeeper:
    """Passes on what bears and stands; before the first that does, what passed waits.

    `admit` is asked before anything is shown, with what the model did so far: `passed`, or
    `in_part` where a statement fell before. What waits until the end is `withheld`, and so is a
    statement that leans on one that fell ("It is paid monthly." after a lie).
    """

    def __init__(self, relevance: Relevance, admit: Callable[[Acted], bool]) -> None:
        """Judge by `relevance`."""
        self._relevance = relevance
        self._admit = admit
        self._has_answered = self._has_fallen = self._fell_last = False
        self._waiting: list[Decision] = []
        self._leaning: list[Decision] = []

    @property
    def withheld(self) -> tuple[Decision, ...]:
        """What passed the checks and is not shown."""
        return (*self._waiting, *self._leaning)

    def stands(self, decision: Decision) -> bool:
        """Take the next decision; say whether it holds and leans on nothing that fell.

        An order to whoever answers never does, though a document has it word by word.
        """
        is_dropped = decision.verdict == "dropped" or tells_the_answerer(decision.statement.text)
        if not is_dropped and self._fell_last and leans_on_earlier(decision.statement.text):
            self._leaning.append(decision)
            return False
        self._fell_last = is_dropped
        self._has_fallen |= is_dropped
        return not is_dropped

    def pass_on(self, decision: Decision) -> Sequence[Decision]:
        """Give what may be shown now."""
        if self._has_answered:
            return (decision,)
        self._waiting.append(decision)
        if not self._relevance.is_answer(decision):
            return ()
        if not self._admit("in_part" if self._has_fallen else "passed"):
            return ()
        self._has_answered = True
        shown, self._waiting = self._waiting, []
        return shown


def leans_on_earlier(text: str) -> bool:
    """Whether a statement cannot be understood without the one before it, by how it begins."""
    bare = _CONNECTIVE.sub("", text, count=1)
    return leans(bare[:1].upper() + bare[1:]) or _LEANS_JA.match(bare) is not None

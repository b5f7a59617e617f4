"""Whether what a model says bears on the question: a true word may answer nothing. Pure."""

from collections.abc import Iterator, Sequence

from aspire_bot.answering.checking import Decision
from aspire_bot.answering.coverage import holds_value, telling_kinds
from aspire_bot.answering.message.expectation import Expectation
from aspire_bot.answering.message.query import Query
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.types import ScoredPassage
from aspire_ingest.index.text.analysis import analyze

MOST_BEHIND = 4.0
"""Log-odds behind the best sentence within which a sentence is taken to speak to the question: on
development documents 96 % of those that answer, and 36 % of the others in six passages
(`aspire_training.ablate`)."""
_VALUES = frozenset(
    (
        Expectation.MONEY, Expectation.SHARE, Expectation.COUNT, Expectation.DURATION,
        Expectation.PERIOD, Expectation.DATE, Expectation.PHONE, Expectation.EMAIL,
        Expectation.ADDRESS,
    )
)  # fmt: skip
"""Kinds of value that a text can be seen to hold, whatever its wording."""


class Bearing:
    """Knows which sentences of the documents speak to a question, and how well."""

    def __init__(
        self,
        query: Query,
        rankings: Sequence[Sequence[Evidence]],
        passages: Sequence[ScoredPassage],
    ) -> None:
        """Take the rankings for the question and each of its parts, and the prompt's passages."""
        self._query = query
        self._passages = passages
        self._kinds = [kind for kind in telling_kinds(query) if kind in _VALUES]
        self._near: dict[str, list[Evidence]] = {}
        for ranking in rankings:
            for one in ranking:
                if ranking[0].score - one.score > MOST_BEHIND:
                    break  # ranked: no better one follows
                self._near.setdefault(one.passage.passage.passage_id, []).append(one)

    def is_answer(self, decision: Decision) -> bool:
        """Whether a statement rests on a sentence that answers, and keeps the value asked for."""
        grounds = list(self._grounds(decision))
        if not grounds:
            return False
        kinds = [k for k in self._kinds if any(self._holds(k, g.text, g.terms) for g in grounds)]
        said = decision.statement.text
        terms = frozenset(analyze(said, self._query.answer_language))
        return not kinds or any(self._holds(kind, said, terms) for kind in kinds)

    def _grounds(self, decision: Decision) -> Iterator[Evidence]:
        for quote in decision.quotes:
            passage_id = self._passages[quote.passage].passage.passage_id
            for one in self._near.get(passage_id, ()):
                if quote.start <= one.sentence.start < quote.end:
                    yield one

    def _holds(self, kind: Expectation, text: str, terms: frozenset[str]) -> bool:
        return holds_value(self._query, kind, text, terms)


class AnswerKeeper:
    """Holds back what passed until some of it answers; then all is shown, in its order."""

    def __init__(self, bearing: Bearing) -> None:
        """Judge by `bearing`."""
        self._bearing = bearing
        self._has_answered = False
        self.withheld: list[Decision] = []

    def pass_on(self, decision: Decision) -> Sequence[Decision]:
        """Give what may be shown now."""
        if self._has_answered:
            return (decision,)
        self.withheld.append(decision)
        if not self._bearing.is_answer(decision):
            return ()
        self._has_answered = True
        shown, self.withheld = self.withheld, []
        return shown

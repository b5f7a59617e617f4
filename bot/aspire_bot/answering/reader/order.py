"""In which order passages are read."""

from collections.abc import Sequence
from math import log

from aspire_bot.answering.linear import LinearModel
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.types import ScoredPassage

# Of a passage: its score, the best one of its document, cosines of the whole and of its best
# sentence, how much of the question it names, whether it is current, the logarithm of its length.
ORDER_FEATURES = (
    "passage_score",
    "document_score",
    "passage_similarity",
    "similarity",
    "covered_around",
    "is_current",
    "sentences",
)


def in_reading_order(evidence: Sequence[Evidence], model: LinearModel) -> list[Evidence]:
    """Give sentences passage by passage, first the passage that answers most likely.

    Within a passage they stay as they are.
    """
    passages = by_passage(evidence)
    rows = order_rows(list(passages.values()))
    likely = dict(zip(passages, (model.log_odds(ORDER_FEATURES, row) for row in rows), strict=True))
    return [
        one for name in sorted(passages, key=lambda name: -likely[name]) for one in passages[name]
    ]


def by_passage(evidence: Sequence[Evidence]) -> dict[str, list[Evidence]]:
    """Give the sentences of each passage, by its id."""
    passages: dict[str, list[Evidence]] = {}
    for one in evidence:
        passages.setdefault(one.passage.passage.passage_id, []).append(one)
    return passages


def order_rows(passages: Sequence[Sequence[Evidence]]) -> list[tuple[float, ...]]:
    """Give a row for each passage of a question, in the order of `ORDER_FEATURES`."""
    best: dict[str, float] = {}
    for first, *_ in passages:
        name = first.passage.document.document_id
        best[name] = max(first.passage.score, best.get(name, first.passage.score))
    return [
        (
            sentences[0].signals.passage_score,
            best[sentences[0].passage.document.document_id],
            sentences[0].signals.passage_similarity,
            max(one.signals.similarity for one in sentences),
            sentences[0].signals.covered_around,
            sentences[0].signals.is_current,
            log(len(sentences)),
        )
        for sentences in passages
    ]


def passages_of(evidence: Sequence[Evidence]) -> list[ScoredPassage]:
    """Give the passages of sentences, each once, in the order of the first of each."""
    return list({one.passage.passage.passage_id: one.passage for one in evidence}.values())

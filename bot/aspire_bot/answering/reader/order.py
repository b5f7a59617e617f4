"""In which order passages are read: before any is, and when the first ones are."""

from collections.abc import Sequence
from math import log

from aspire_bot.answering.linear import LinearModel
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.types import ScoredPassage

# Of a passage: its score, the best one of its document, cosines of the whole and of its best
# sentence, how much of the question it names, whether it is current, the logarithm of its length,
# whether it is of another language than the question.
ORDER_FEATURES = (
    "passage_score",
    "document_score",
    "passage_similarity",
    "similarity",
    "covered_around",
    "is_current",
    "sentences",
    "is_foreign",
)
# Of a passage behind the first ones: how many of these go before it, and the share (0 to 1) of the
# terms of the best sentence so far that one of its own sentences has.
FURTHER_FEATURES = ("place", "shared")


def in_reading_order(
    evidence: Sequence[Evidence], model: LinearModel, language: str
) -> list[Evidence]:
    """Give sentences passage by passage, first the passage that answers most likely.

    `language` is the question's.

    Within a passage they stay as they are.
    """
    passages = by_passage(evidence)
    rows = order_rows(list(passages.values()), language)
    likely = dict(zip(passages, (model.log_odds(ORDER_FEATURES, row) for row in rows), strict=True))
    ordered = [passages[name] for name in sorted(passages, key=lambda name: -likely[name])]
    return [one for sentences in _half_at_home(ordered, language) for one in sentences]


def _half_at_home(
    passages: Sequence[Sequence[Evidence]], language: str
) -> list[Sequence[Evidence]]:
    """Let other languages have at most half of any first passages, as far as others are there.

    A word has several names in another language, so that more is found there than answers.
    """
    own = [some for some in passages if some[0].passage.document.language == language]
    foreign = [some for some in passages if some[0].passage.document.language != language]
    place = {id(some): at for at, some in enumerate(passages)}
    order: list[Sequence[Evidence]] = []
    abroad = 0
    while own or foreign:
        is_full = 2 * (abroad + 1) > len(order) + 1
        if own and (not foreign or is_full or place[id(own[0])] < place[id(foreign[0])]):
            order.append(own.pop(0))
        else:
            order.append(foreign.pop(0))
            abroad += 1
    return order


def by_passage(evidence: Sequence[Evidence]) -> dict[str, list[Evidence]]:
    """Give the sentences of each passage, by its id."""
    passages: dict[str, list[Evidence]] = {}
    for one in evidence:
        passages.setdefault(one.passage.passage.passage_id, []).append(one)
    return passages


def order_rows(passages: Sequence[Sequence[Evidence]], language: str) -> list[tuple[float, ...]]:
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
            float(sentences[0].passage.document.language != language),
        )
        for sentences in passages
    ]


def in_further_order(
    best: Evidence, passages: Sequence[Sequence[Evidence]], model: LinearModel
) -> list[Sequence[Evidence]]:
    """Give passages behind the first ones, which are read, anew: those like what was found first.

    The other side of a comparison, the same rule of another year and the page that says it right
    share words with the best sentence so far, though few with the question.
    """
    rows = further_rows(best, passages)
    likely = [model.log_odds(FURTHER_FEATURES, row) for row in rows]
    return [passages[at] for at in sorted(range(len(passages)), key=lambda at: -likely[at])]


def further_rows(best: Evidence, passages: Sequence[Sequence[Evidence]]) -> list[tuple[float, ...]]:
    """Give a row for each passage behind the first ones, in the order of `FURTHER_FEATURES`."""
    count = max(1, len(best.terms))
    return [
        (float(place), max(len(one.terms & best.terms) for one in sentences) / count)
        for place, sentences in enumerate(passages)
    ]


def passages_of(evidence: Sequence[Evidence]) -> list[ScoredPassage]:
    """Give the passages of sentences, each once, in the order of the first of each."""
    return list({one.passage.passage.passage_id: one.passage for one in evidence}.values())

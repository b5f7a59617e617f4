"""What each feature and rule is worth, on development documents.

    python -m aspire_training.ablate WORK WEIGHTS [--most N]

Of what `aspire_training.calibrate` asked and kept; figures are of five-fold cross-validation.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from aspire_bot.answering.linear import probability
from aspire_bot.answering.quotes.calibration import SENTENCE_FEATURES
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.reader.order import passages_of
from aspire_bot.answering.reader.read import MOST_READ
from aspire_bot.answering.writing.prompt_passages import shown_passages
from aspire_bot.answering.writing.relevance import is_relevant
from aspire_training.asked import Asked, collect, key_of
from aspire_training.calibrate import (
    READ,
    UNREAD,
    both,
    folds,
    judge,
    never_sure,
    quality,
    rank,
    thresholds,
)
from aspire_training.examples import read_prepared
from aspire_training.logistic import area

_READINGS = ("reading", "passage_reading")


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--most", type=int, default=2000)
    given = parser.parse_args()
    prepared = read_prepared(given.work)
    found = collect(prepared, given.work, given.weights, "development", given.most)
    asked = [one for one in found if one.evidence]
    read = [one.only_read() for one in asked]
    able = sum(one.question["answerable"] for one in asked)
    print(f"{len(asked)} questions, {able} answerable")
    say_passages(asked)
    say_features(read)
    say_rounds(read)
    say_bears(read)


def say_passages(asked: Sequence[Asked]) -> None:
    """Print how often the passages read hold all quotes, by either order of reading them."""
    able = [one for one in asked if one.question["answerable"]]
    orders = {
        "of the ranking": lambda one: sorted(passages_of(one.evidence), key=lambda e: e.rank),
        "learnt": lambda one: passages_of(one.evidence),
    }
    for title, order in orders.items():
        held = np.mean([_holds_all(one, order(one)[:MOST_READ]) for one in able])
        print(f"all quotes in the first {MOST_READ} passages, in the order {title}: {held:.3f}")


def _holds_all(one: Asked, passages: Sequence[object]) -> bool:
    seen = {at for at, e in enumerate(one.evidence) if e.passage in passages}
    whole = bool(one.quoted) and all(quote & seen for quote in one.quoted)
    return whole or bool(one.also & seen)


def say_features(asked: Sequence[Asked]) -> None:
    """Print how often the best sentence is right with and without each feature of sentences."""
    tried = {
        "all": SENTENCE_FEATURES,
        "reader alone": _READINGS,
        "words and vectors alone": UNREAD.sentence,
        **{
            f"without {name}": tuple(kept for kept in SENTENCE_FEATURES if kept != name)
            for name in SENTENCE_FEATURES
        },
    }
    fold = folds(asked)
    truth = np.array([float(one.question["answerable"]) for one in asked])
    ways = [(title, rank(asked, names, fold)) for title, names in tried.items()]
    pointwise = rank(asked, SENTENCE_FEATURES, fold, within_questions=False)
    for title, ranked in (*ways, ("learnt by the sentence", pointwise)):
        right, japanese = _share_right(asked, ranked), _share_right(asked, ranked, "ja")
        best = area(np.array([order[0].score for order in ranked]), truth)
        print(f"{title:26} right {right:.3f} ja {japanese:.3f} AUROC of the best score {best:.3f}")


def _share_right(
    asked: Sequence[Asked], ranked: Sequence[Sequence[Evidence]], language: str = ""
) -> float:
    found = [
        quality(one, order[:1])["right"]
        for one, order in both(asked, ranked)
        if one.question["answerable"] and language in ("", one.query.language)
    ]
    return float(np.mean(found))


def say_rounds(asked: Sequence[Asked]) -> None:
    """Print whom it hits that what is of another round is never sure."""
    low, high = thresholds(judge(asked, READ), READ.most_open)
    without = judge(asked, READ, rules=False)
    plain = (without.answers >= low) & (without.sure >= high)
    hit = plain & never_sure(asked, without.ranked)
    wrong = (without.right[hit] == 0).sum()
    print(f"sure without the rule of rounds {plain.sum()}, hedged {hit.sum()}, wrong {wrong}")


def say_bears(asked: Sequence[Asked]) -> None:
    """Print which sentences of a prompt bear on a question, said as they are."""
    right: list[bool] = []
    others: list[bool] = []
    for one, order in both(asked, rank(asked, READ.sentence, folds(asked))):
        if not one.question["answerable"]:
            continue
        places = {key_of(e): at for at, e in enumerate(one.evidence)}
        shown = shown_passages([order])
        seen = [
            (places[key_of(e)], is_relevant(one.query, e.text, e.terms, probability(e.score)))
            for e in order
            if e.passage in shown
        ]
        found = [is_near for at, is_near in seen if at in one.right | one.also]
        right += [any(found)] if found else []
        others += [is_near for at, is_near in seen if at not in one.right | one.also]
    print(f"bear: the best right one {np.mean(right):.3f}, others {np.mean(others):.3f}")


if __name__ == "__main__":
    main()

"""Learn what is said where a language model and the reader may disagree, on development documents.

    python -m aspire_training.outcomes WORK WEIGHTS [--most N] [--fit TARGET]

The questions are those that `aspire_training.calibrate` asked, read by the shipped reader. The
models are scripted: a truthful one says what was quoted as the answer in other words where its
passages hold it, and that they do not answer where they do not; careless ones err in 5, 10 and 20
of 100 questions; a liar errs always. Who errs says what the documents state and what does not
answer, or that they do not answer, or asks back. What is counted of a case is whether what would be
posted is right.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from aspire_bot.answering.quotes.calibration import (
    chances,
    compared,
    scored,
    shipped_calibration,
)
from aspire_bot.answering.quotes.choose import select
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.search.search import Bands
from aspire_bot.answering.types import Answer
from aspire_bot.answering.writing.outcome_table import Acted, Band, band_of, read_table
from aspire_bot.answering.writing.prompt_passages import shown_passages
from aspire_training.asked import Asked, collect
from aspire_training.calibrate import key_of
from aspire_training.examples import read_prepared

_ERRS = ((0.0, 1.0), (0.05, 1.0), (0.1, 1.0), (0.2, 1.0), (1.0, 0.2))
"""Shares of questions in which a model errs, and the weights of these models: liars are rare."""
_PASSES: tuple[tuple[Acted, float], ...] = (("passed", 0.6), ("in_part", 0.1))
"""What the checks let through of words that the documents support, true answers or not; the rest
only points at the best sentence of a passage."""
_ASKS_BACK = 0.25
"""The share of models that find no answer and ask back instead of saying so."""

Case = tuple[Band, Acted, bool, float]
"""A row, a column, whether what would be posted is right, and its weight (0 to 1)."""


def main() -> None:
    """Print the table, and write it where that is asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--most", type=int, default=800)
    parser.add_argument("--fit", type=Path)
    given = parser.parse_args()
    prepared = read_prepared(given.work)
    found = collect(prepared, given.work, given.weights, "development", given.most, reads_on=True)
    text = learnt([one.only_read() for one in found])
    say(text)
    if given.fit:
        given.fit.write_text(text, encoding="utf-8")


def learnt(asked: Sequence[Asked]) -> str:
    """Count all cases of the questions; give the table as JSON."""
    asked = [one for one in asked if one.evidence]
    counts: dict[Band, dict[Acted, list[float]]] = defaultdict(dict)
    for one in asked:
        for band, acted, is_right, weight in cases(one):
            cell = counts[band].setdefault(acted, [0.0, 0.0])
            cell[not is_right] += weight
    made_from = {
        "command": "python -m aspire_training.outcomes",
        "questions": len(asked),
        "answerable": sum(one.question["answerable"] for one in asked),
        "errs": [list(pair) for pair in _ERRS],
    }
    cells = {
        band: {
            acted: {"right": round(right, 2), "wrong": round(wrong, 2)}
            for acted, (right, wrong) in sorted(row.items())
        }
        for band, row in sorted(counts.items())
    }
    return json.dumps({"made_from": made_from, "cells": cells}, indent=2) + "\n"


def cases(one: Asked) -> Iterator[Case]:
    """Give what each model may do of a question, weighted so that a question counts once."""
    calibration = shipped_calibration().read
    bands = Bands(answer_from=calibration.answer_from, sure_from=calibration.sure_from)
    apart = (scored(e, calibration.sentence) for e in one.evidence)
    ranked = sorted((compared(e, calibration.compared) for e in apart), key=lambda e: -e.score)
    query = one.query
    confidence, sureness = chances(
        ranked, calibration, language=query.language, is_follow_up=query.is_follow_up
    )
    is_answered = confidence >= bands.answer_from
    quoted = Answer(
        question=query.question,
        outcome="answered" if is_answered else "abstained",
        text="",
        language=query.answer_language,
        confidence=confidence,
        certainty=bands.certainty(sureness) if is_answered else None,
    )
    band = band_of(quoted, bands)
    right = _right_of(one)
    said = {key_of(e) for e in select(query, ranked, calibration.rule).basis}
    shown = {e.passage.passage_id for e in shown_passages([ranked])}
    seen = [e for e in ranked if e.passage.passage.passage_id in shown]
    true = next((e for e in seen if key_of(e) in right), None)
    false = next((e for e in seen if key_of(e) not in right), None)
    total = sum(weight for _, weight in _ERRS)
    for share, weight in _ERRS:
        for acted, source, likely in _acts(share, true, false):
            found = _posted(acted, source, seen)
            if acted == "pointed" and found and key_of(found) in said:
                continue  # it points at what is quoted
            is_right = key_of(found) in right if found else bool(said & right)
            yield band, acted, is_right, likely * weight / total


def _acts(
    errs: float, true: Evidence | None, false: Evidence | None
) -> Iterator[tuple[Acted, Evidence | None, float]]:
    """Give what a model does, what its words are made of (None without words), and how likely.

    `true` is the best sentence shown that answers, `false` the best one that does not.
    """
    finds, misleads = (1 - errs, 0.5 * errs) if true else (0.0, errs)
    for source, likely in ((true, finds), (false, misleads)):
        if source is not None:
            for acted, share in _PASSES:
                yield acted, source, likely * share
            yield "pointed", source, likely * (1 - sum(share for _, share in _PASSES))
    silent = 1 - finds - misleads
    yield "none", None, silent * (1 - _ASKS_BACK)
    yield "asked_back", None, silent * _ASKS_BACK


def _posted(acted: Acted, source: Evidence | None, seen: Sequence[Evidence]) -> Evidence | None:
    """Give what is posted: of what is pointed at, the likeliest sentence of its passage."""
    if acted != "pointed" or source is None:
        return source
    return next(e for e in seen if e.passage.passage == source.passage.passage)


def _right_of(one: Asked) -> set[tuple[str, int]]:
    """The sentences that answer, alone or beside others."""
    return {key_of(one.evidence[at]) for at in one.right | one.also}


def say(text: str) -> None:
    """Print a table with its chances."""
    table = read_table(text)
    for (band, acted), cell in sorted(table.cells.items()):
        print(f"{band:12} {acted:10} {cell.right:7.1f} {cell.wrong:7.1f} {cell.chance:.2f}")


if __name__ == "__main__":
    main()

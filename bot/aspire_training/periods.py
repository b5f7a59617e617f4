"""Learns which period a message asks for, and what of it; writes the weights and says how good.

    python -m aspire_training.periods FILE.jsonl… [--out FILE.npz]

A line is `{"id", "text", "history"?, "period"?: {"from", "to", "what"}}`, as docs of the training
data have it; all were written for one day. A fifth of the conversations, by a hash of what was said
before (of the id where nothing was), is the test part: nothing is learnt or chosen on it.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.message.hash_features import BUCKETS
from aspire_bot.answering.message.period.period_candidates import (
    WHATS,
    AskedPeriod,
    candidates,
)
from aspire_bot.answering.message.period.period_model import PeriodModel, features, unpacked
from aspire_training.adam import descended

WRITTEN_ON = date(2026, 11, 28)
_HERE = Path(__file__).parents[1] / "aspire_bot/answering/message/period/period_weights.npz"
_CLASSES = 1 + len(WHATS)
_ROUNDS = 100
_RATE = 0.05
_PENALTIES = (3e-4, 1e-3, 3e-3)
_THRESHOLDS = (0.4, 0.5, 0.6, 0.7)
_FOLDS = 4
_WORTH = 2.5
"""How much a candidate counts that is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A labelled message. `turns` are the earlier ones of its user; `group` is its conversation.

    `questions` are what it asks, each so that it stands alone.
    """

    text: str
    turns: tuple[str, ...]
    questions: tuple[str, ...]
    group: str
    period: AskedPeriod | None

    @property
    def part(self) -> int:
        """0 to 99, the same for a whole conversation."""
        return int(hashlib.sha256(self.group.encode()).hexdigest()[:8], 16) % 100

    @property
    def is_test(self) -> bool:
        """Whether nothing may be learnt of it."""
        return self.part % 5 == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A candidate as features, and the class that it should get."""

    numbers: NDArray[np.int64]
    amounts: NDArray[np.float32]
    allowed: tuple[bool, ...]
    label: int


def read_messages(paths: Iterable[Path]) -> list[Message]:
    """Read labelled messages."""
    return [
        _message(json.loads(line))
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def _message(row: dict[str, Any]) -> Message:
    history: list[Any] = row.get("history") or []
    said = [turn if isinstance(turn, str) else f"{turn['role']}:{turn['text']}" for turn in history]
    users = [
        turn if isinstance(turn, str) else turn["text"]
        for turn in history
        if isinstance(turn, str) or turn["role"] == "user"
    ]
    period = row.get("period")
    return Message(
        text=row["text"],
        turns=tuple(users),
        questions=tuple(row.get("questions") or ()),
        group="\n".join(said) or str(row["id"]),
        period=period
        and AskedPeriod(
            first=date.fromisoformat(period["from"]),
            last=date.fromisoformat(period["to"]),
            what=period["what"],
        ),
    )


def rows_of(message: Message, asked_before: AskedPeriod | None) -> Iterator[Row]:
    """The candidates of a message with their classes; the first that is right is the one."""
    wanted, is_found = message.period, False
    for one in candidates(message.text, WRITTEN_ON, asked_before):
        label = 0
        if wanted is not None and one.by_what.get(wanted.what) == wanted:
            if is_found:
                continue
            is_found, label = True, 1 + WHATS.index(wanted.what)
        allowed = (True, *(what in one.by_what for what in WHATS))
        numbers, amounts = features(one)
        yield Row(numbers=numbers, amounts=amounts, allowed=allowed, label=label)


def learn(rows: Sequence[Row], penalty: float) -> PeriodModel:
    """Fit by Adam on all rows at once; the same rows give the same model."""
    sizes = np.array([len(row.numbers) for row in rows])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    columns = np.concatenate([row.numbers for row in rows])
    order = np.argsort(columns, kind="stable")
    used, begins = np.unique(columns[order], return_index=True)
    owners = np.repeat(np.arange(len(rows)), sizes)[order]
    places = np.searchsorted(used, columns)
    allowed = np.array([row.allowed for row in rows])
    truth = np.eye(_CLASSES, dtype=np.float32)[[row.label for row in rows]]
    amounts = np.concatenate([row.amounts for row in rows])[:, None]
    sorted_amounts = amounts[order]
    # most candidates are asked for by nobody
    worth = np.array([_WORTH if row.label else 1.0 for row in rows], np.float32)[:, None]
    weights = np.zeros((len(used) + 1, _CLASSES), np.float32)

    def slope_of(weights: NDArray[np.float32]) -> NDArray[np.float32]:
        sums = np.add.reduceat(weights[places] * amounts, starts)
        scores = np.where(allowed, sums + weights[-1], -np.inf)
        powers = np.exp(scores - scores.max(1, keepdims=True))
        error = (powers / powers.sum(1, keepdims=True) - truth) * worth / len(rows)
        slope = np.vstack([np.add.reduceat(error[owners] * sorted_amounts, begins), error.sum(0)])
        return slope + penalty * weights

    weights = descended(weights, slope_of, rounds=_ROUNDS, rate=_RATE)
    whole = np.zeros((BUCKETS, _CLASSES), np.float32)
    whole[used] = weights[:-1]
    return PeriodModel(weights=whole, bias=weights[-1], none_below=0.5)


def asked_before(message: Message, model: PeriodModel | None) -> AskedPeriod | None:
    """What the earlier questions of a message ask for, as far as the model knows."""
    asked: AskedPeriod | None = None
    for text in message.turns[-3:] if model else ():
        asked = model.choose(candidates(text, WRITTEN_ON, asked)) if model else None
    return asked


def given(message: Message, model: PeriodModel) -> AskedPeriod | None:
    """What the model says of a message."""
    return model.choose(candidates(message.text, WRITTEN_ON, asked_before(message, model)))


def train(messages: Sequence[Message], penalty: float) -> PeriodModel:
    """Learn from first messages, then from all, with what the first model says of earlier ones."""
    single = [row for one in messages if not one.turns for row in rows_of(one, None)]
    single += [row for one in messages for other in alone(one) for row in rows_of(other, None)]
    early = learn(single, penalty)
    carried = [
        row for one in messages if one.turns for row in rows_of(one, asked_before(one, early))
    ]
    return learn([*single, *carried], penalty)


def alone(message: Message) -> Iterator[Message]:
    """What a message asks as messages of their own: more words for the same labels.

    And the question before it, where it names just the days that the message carries on.
    """
    for text in message.questions if len(message.questions) == 1 else ():
        if text != message.text:
            yield replace(message, text=text, turns=())
    if message.period and message.turns:
        found = candidates(message.turns[-1], WRITTEN_ON, None)
        if any(one.by_what.get(message.period.what) == message.period for one in found):
            yield replace(message, text=message.turns[-1], turns=())


def choose_settings(messages: Sequence[Message]) -> tuple[float, float]:
    """Give the penalty and the threshold that are best over folds of the training part."""
    right: dict[tuple[float, float], int] = {}
    for penalty in _PENALTIES:
        for fold in range(_FOLDS):
            kept = [one for one in messages if one.part % _FOLDS != fold]
            model = train(kept, penalty)
            for threshold in _THRESHOLDS:
                tried = replace(model, none_below=threshold)
                hits = sum(
                    given(one, tried) == one.period for one in messages if one.part % _FOLDS == fold
                )
                right[penalty, threshold] = right.get((penalty, threshold), 0) + hits
        print(penalty, {t: right[penalty, t] / len(messages) for t in _THRESHOLDS}, flush=True)
    return max(right, key=lambda one: right[one])


def report(name: str, messages: Sequence[Message], model: PeriodModel) -> list[Message]:
    """Print how many are right to the day, of those with a period and those without."""
    wrong = [one for one in messages if given(one, model) != one.period]
    for label, part in (
        ("with a period", [one for one in messages if one.period]),
        ("without one", [one for one in messages if not one.period]),
        ("all", list(messages)),
    ):
        right = sum(one not in wrong for one in part)
        print(f"{name}, {label}: {right} of {len(part)} ({right / max(1, len(part)):.3f})")
    return wrong


def main() -> None:
    """Learn, report, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=_HERE)
    parser.add_argument("--penalty", type=float)
    parser.add_argument("--none-below", type=float, default=0.5)
    parser.add_argument("--show", action="store_true", help="print what is wrong in training folds")
    options = parser.parse_args()
    messages = read_messages(options.files)
    learning = [one for one in messages if not one.is_test]
    test = [one for one in messages if one.is_test]
    if options.penalty:
        penalty, threshold = options.penalty, options.none_below
    else:
        penalty, threshold = choose_settings(learning)
    if options.show:
        model = replace(
            train([one for one in learning if one.part % _FOLDS], penalty), none_below=threshold
        )
        held = [one for one in learning if one.part % _FOLDS == 0]
        report("seen", [one for one in learning if one.part % _FOLDS], model)
        for threshold in _THRESHOLDS:
            report(f"held fold at {threshold}", held, replace(model, none_below=threshold))
        for one in report("held fold", held, model):
            print(f"{one.text[:110]!r} {one.turns} wanted {one.period} got {given(one, model)}")
        sys.exit()
    model = replace(train(learning, penalty), none_below=threshold)
    options.out.write_bytes(model.packed())
    model = unpacked(model.packed())  # as it is shipped: its weights are rounded
    print(f"penalty {penalty}, none below {threshold}, {options.out.stat().st_size:,} bytes")
    report("training", learning, model)
    report("test", test, model)


if __name__ == "__main__":
    main()

"""Train the model of messages: minutes on two cores.

    python -m aspire_training.messages DATA WORK [--epochs 6] [--part development|test]

Writes `WORK/message.npz`, says its hash, and prints what it is worth on messages of conversations
that it has not seen.
"""

import argparse
import hashlib
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from aspire_bot.answering.message.encode import (
    CONTEXT_TOKENS,
    MESSAGE_TOKENS,
    PIECE_FEATURES,
    context_text,
    message_text,
    piece_features,
)
from aspire_bot.answering.message.types import ACTS, LABELS
from aspire_training.export import exported
from aspire_training.message_data import Message, read_messages
from aspire_training.model import (
    Base,
    Encoded,
    Read,
    Tokenizer,
    TwoTexts,
    means,
    shipped_weights,
    span_rows,
)

_LAYERS = 2
_BODY_RATE, _HEAD_RATE = 2e-4, 1e-3
_WARM_UP = 60
_BATCH = 32
_SORTED = 8
"""Batches that are sorted by length together."""
_SMOOTHING = 0.05
_RARE = 0.4
"""The power by which rarer acts count for more."""
_AVERAGED = 2
"""Epochs at the end whose weights are averaged."""


@dataclass(slots=True, eq=False)
class Prepared:
    """A message as the frozen layers give it."""

    message: Message
    context: Read
    text: Read
    ranges: tuple[tuple[int, int], ...]
    features: list[list[float]]

    @property
    def labels(self) -> tuple[int, ...]:
        """Those of the pieces that are read."""
        return self.message.labels[: len(self.ranges)]


class MessageReader(TwoTexts):
    """Two trained layers and two heads: what a message does, and which pieces ask."""

    def __init__(self) -> None:
        weights = shipped_weights()
        super().__init__(weights, _LAYERS)
        hidden = weights.shape.hidden
        self.act = _head(4 * hidden, len(ACTS), 0.2)
        self.piece = _head(5 * hidden + PIECE_FEATURES, len(LABELS), 0.1)

    def forward(self, some: Sequence[Prepared]) -> tuple[Tensor, Tensor]:
        """Give the log-odds of acts, (messages, acts), and of labels, (all pieces, labels)."""
        state, begin, body = self.run([one.context for one in some], [one.text for one in some])
        sizes = [len(one.text.ids) for one in some]
        end = body + torch.tensor(sizes)
        whole = means(state, body.tolist(), end.tolist())
        before = means(state, begin.tolist(), body.tolist())
        acts = self.act(torch.cat([state[begin], state[body], whole, before], dim=-1))
        rows = span_rows(body.tolist(), sizes, [one.ranges for one in some])
        known = torch.tensor([row for one in some for row in one.features], dtype=torch.float32)
        pieces = [
            means(state, rows.firsts, rows.lasts),
            state[torch.tensor(rows.firsts)],
            state[torch.tensor(rows.lasts) - 1],
            whole[rows.owners],
            state[begin][rows.owners],
            known,
        ]
        return acts, self.piece(torch.cat(pieces, dim=-1))


def _head(inputs: int, outputs: int, dropped: float) -> nn.Sequential:
    return nn.Sequential(
        nn.Dropout(0.1),
        nn.Linear(inputs, 128),
        nn.GELU(),
        nn.Dropout(dropped),
        nn.Linear(128, outputs),
    )


def prepare(messages: Sequence[Message]) -> list[Prepared]:
    """Work out once what the frozen layers say."""
    weights = shipped_weights()
    tokens, base = Tokenizer(weights), Base(weights)

    def read(encoded: Sequence[Encoded]) -> list[Read]:
        states = base([one.ids for one in encoded])
        return [
            Read(states=state.half(), ids=torch.from_numpy(one.ids))
            for state, one in zip(states, encoded, strict=True)
        ]

    found: list[Prepared] = []
    for at in range(0, len(messages), 64):
        some = messages[at : at + 64]
        contexts = [tokens.last(context_text(m.place, m.history), CONTEXT_TOKENS) for m in some]
        texts = [tokens.first(message_text(m.text, m.pieces), MESSAGE_TOKENS) for m in some]
        for message, context, text, encoded in zip(
            some, read(contexts), read(texts), texts, strict=True
        ):
            known = piece_features(
                message.text, message.pieces, message.place, is_later=bool(message.history)
            )
            found.append(
                Prepared(message, context, text, encoded.ranges, known[: len(encoded.ranges)])
            )
    return found


def train(some: Sequence[Prepared], epochs: int, seed: int) -> MessageReader:
    """Train on messages; the weights are those of the last epochs, averaged."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    model = MessageReader()
    shown = chance.sample(list(some), min(200, len(some)))
    model.centre.copy_(torch.cat([one.text.states.float() for one in shown]).mean(0))
    heads = [*model.act.parameters(), *model.piece.parameters()]
    known = {id(parameter) for parameter in heads}
    body = [p for p in model.parameters() if id(p) not in known]
    optimiser = torch.optim.AdamW(
        [{"params": body, "rate": _BODY_RATE}, {"params": heads, "rate": _HEAD_RATE}],
        weight_decay=0.02,
    )
    counts = Counter(one.message.act for one in some)
    rare = [(len(some) / len(ACTS) / max(counts[at], 1)) ** _RARE for at in range(len(ACTS))]
    steps, step = epochs * (len(some) // _BATCH + 1), 0
    sums: dict[str, Tensor] = {}
    model.train()
    for epoch in range(epochs):
        losses = []
        for batch in _batches(some, chance):
            rate = min(1.0, (step + 1) / _WARM_UP) * max(0.02, 1 - step / steps)
            for group in optimiser.param_groups:
                group["lr"] = group["rate"] * rate
            step += 1
            loss = _loss(model, batch, torch.tensor(rare))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            losses.append(loss.item())
        print(f"epoch {epoch} loss {np.mean(losses):.3f}", flush=True)
        if epoch >= epochs - _AVERAGED:
            for name, value in model.state_dict().items():
                sums[name] = sums.get(name, torch.zeros_like(value)) + value / _AVERAGED
    model.load_state_dict(sums)
    return model.eval()


def _batches(some: Sequence[Prepared], chance: random.Random) -> Iterator[list[Prepared]]:
    order = chance.sample(list(some), len(some))
    size = _BATCH * _SORTED
    batches = [
        chunk[low : low + _BATCH]
        for at in range(0, len(order), size)
        for chunk in [sorted(order[at : at + size], key=lambda one: len(one.text.ids))]
        for low in range(0, len(chunk), _BATCH)
    ]
    chance.shuffle(batches)
    yield from batches


def _loss(model: MessageReader, batch: Sequence[Prepared], rare: Tensor) -> Tensor:
    acts, labels = model(batch)
    right = torch.tensor([one.message.act for one in batch])
    marked = torch.tensor([label for one in batch for label in one.labels])
    by_act = functional.cross_entropy(acts, right, weight=rare, label_smoothing=_SMOOTHING)
    return by_act + functional.cross_entropy(labels, marked)


def judge(model: MessageReader, some: Sequence[Prepared]) -> None:
    """Print how well acts, and sentences that ask, are told."""
    given: list[int] = []
    told: list[int] = []
    sentences: list[tuple[bool, bool]] = []
    counted = 0
    with torch.no_grad():
        for at in range(0, len(some), 64):
            batch = some[at : at + 64]
            acts, labels = model(batch)
            given += [one.message.act for one in batch]
            told += acts.argmax(-1).tolist()
            said = iter(labels.argmax(-1).tolist())
            for one in batch:
                found = [next(said) for _ in one.labels]
                counted += found.count(1) == one.labels.count(1)
                sentences += _sentences(one, found)
    scores = [
        _f1([(a == act, b == act) for a, b in zip(given, told, strict=True)])
        for act in range(len(ACTS))
    ]
    print(f"messages {len(some)}, acts right {np.mean(np.equal(given, told)):.3f}")
    print(f"act macro-F1 {np.mean(scores):.3f}, sentences that ask F1 {_f1(sentences):.3f}")
    print(f"as many things asked as there are: {counted / max(1, len(some)):.3f}")
    print(
        "act: "
        + ", ".join(
            f"{act} {score:.2f} ({given.count(at)})"
            for at, (act, score) in enumerate(zip(ACTS, scores, strict=True))
        )
    )
    names = [name[:10] for name in ACTS]
    print("right \\ told  " + " ".join(f"{name:>10}" for name in names))
    for act, name in enumerate(ACTS):
        row = [
            sum(a == act and b == other for a, b in zip(given, told, strict=True))
            for other in range(len(ACTS))
        ]
        print(f"{name:18}" + " ".join(f"{number:>10}" for number in row))


def _sentences(one: Prepared, found: Sequence[int]) -> list[tuple[bool, bool]]:
    """Whether each sentence of a message asks, and whether it is told to."""
    by_sentence: dict[int, tuple[bool, bool]] = {}
    for piece, label, other in zip(one.message.pieces, one.labels, found, strict=False):
        asks, told = by_sentence.get(piece.sentence, (False, False))
        by_sentence[piece.sentence] = (asks or label > 0, told or other > 0)
    return list(by_sentence.values())


def _f1(pairs: Sequence[tuple[bool, bool]]) -> float:
    """Give F1 of (is, is told to be)."""
    both = sum(a and b for a, b in pairs)
    either = sum(a for a, _ in pairs) + sum(b for _, b in pairs)
    return 2 * both / either if either else 1.0


def main() -> None:
    """Train, write and judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", choices=["development", "test"], default="development")
    given = parser.parse_args()
    torch.set_num_threads(2)
    messages = read_messages(given.data)
    held = {"test"} if given.part == "test" else {"test", "development"}
    some = prepare([m for m in messages if m.part not in held])
    model = train(some, given.epochs, given.seed)
    content = exported(model, {"act": model.act, "piece": model.piece})
    given.work.mkdir(parents=True, exist_ok=True)
    (given.work / "message.npz").write_bytes(content)
    print(f"message.npz: {len(content):,} bytes, {hashlib.sha256(content).hexdigest()}")
    judge(model, prepare([m for m in messages if m.part == given.part and not m.is_own]))


if __name__ == "__main__":
    main()

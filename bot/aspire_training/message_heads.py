"""Train heads of the model of messages anew, over its layers as they are: minutes of one core.

    python -m aspire_training.message_heads DATA WORK [--heads act piece] [--part development|test]

For messages that were labelled since the layers were trained (`aspire_training.messages` trains
both). Begins with the shipped heads. Writes `WORK/message.npz`, says its hash, and prints what it
is worth on messages of conversations that it has not seen. What the layers say of each message is
kept in WORK.
"""

import argparse
import hashlib
import io
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from aspire_bot.answering.message.model import (
    WEIGHTS_FILE,
    MessageModel,
    open_message_model,
)
from aspire_bot.answering.reader.weights import parse_weights
from aspire_training.message_data import Message, read_messages
from aspire_training.messages import judge

_RATE = 3e-4
_BATCH = 128
_SMOOTHING = 0.05
_DROPPED = {"act": 0.2, "piece": 0.1}
_NEW = 3.0
"""What a message counts that the layers have not been trained on."""

Numbers = NDArray[np.float32]
States = tuple[Numbers, Numbers]
"""Of a message, and of its pieces: what the heads read."""


def states_of(model: MessageModel, messages: Sequence[Message], kept: Path) -> list[States]:
    """Give what the layers say of messages; what `kept` holds is not worked out again."""
    known: dict[str, Numbers] = dict(np.load(kept)) if kept.exists() else {}
    found: list[States] = []
    for message in messages:
        name = hashlib.sha256(
            repr((message.text, message.place, message.history, message.pieces)).encode()
        ).hexdigest()[:24]
        if f"{name}.whole" not in known:
            whole, rows = model.states(message.text, message.pieces, message.place, message.history)
            known[f"{name}.whole"], known[f"{name}.rows"] = whole, rows.astype(np.float16)
            if len(known) % 1000 == 0:
                np.savez(kept, **known)
                print(f"{len(known) // 2} messages read", flush=True)
        found.append((known[f"{name}.whole"], known[f"{name}.rows"].astype(np.float32)))
    np.savez(kept, **known)
    return found


def head_of(numbers: dict[str, NDArray[np.generic]], name: str, dropped: float) -> nn.Sequential:
    """Open a head of a file, to be trained."""
    first, second = numbers[f"{name}.first.w"], numbers[f"{name}.second.w"]
    head = nn.Sequential(
        nn.Dropout(0.1),
        nn.Linear(*first.shape),
        nn.GELU(),
        nn.Dropout(dropped),
        nn.Linear(*second.shape),
    )
    with torch.no_grad():
        for linear, part in zip(_linear(head), ("first", "second"), strict=True):
            weight = numbers[f"{name}.{part}.w"].astype(np.float32).T
            linear.weight.copy_(torch.from_numpy(np.ascontiguousarray(weight)))
            linear.bias.copy_(torch.from_numpy(numbers[f"{name}.{part}.b"].astype(np.float32)))
    return head


def train(
    head: nn.Sequential,
    rows: Numbers,
    right: Sequence[int],
    counts: Numbers,
    epochs: int,
    seed: int,
) -> None:
    """Train a head on rows, each with what is right and how much it counts."""
    torch.manual_seed(seed)
    inputs, wanted = torch.from_numpy(rows), torch.tensor(right)
    weights = torch.from_numpy(counts)
    optimiser = torch.optim.AdamW(head.parameters(), lr=_RATE, weight_decay=0.05)
    head.train()
    for epoch in range(epochs):
        for group in optimiser.param_groups:
            group["lr"] = _RATE * (1 - epoch / epochs)
        for some in torch.randperm(len(wanted)).split(_BATCH):
            each = functional.cross_entropy(
                head(inputs[some]), wanted[some], label_smoothing=_SMOOTHING, reduction="none"
            )
            loss = (each * weights[some]).sum() / weights[some].sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    head.eval()


def with_heads(content: bytes, heads: dict[str, nn.Sequential]) -> bytes:
    """Give a file of the model with other heads."""
    numbers = _numbers(content)
    for name, head in heads.items():
        for linear, part in zip(_linear(head), ("first", "second"), strict=True):
            numbers[f"{name}.{part}.w"] = linear.weight.detach().numpy().T.astype(np.float16)
            numbers[f"{name}.{part}.b"] = linear.bias.detach().numpy().astype(np.float32)
    written = io.BytesIO()
    np.savez(written, **numbers)
    return written.getvalue()


def _linear(head: nn.Sequential) -> list[nn.Linear]:
    return [module for module in head if isinstance(module, nn.Linear)]


def _numbers(content: bytes) -> dict[str, NDArray[np.generic]]:
    with np.load(io.BytesIO(content), allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}


Rows = tuple[Numbers, list[int], Numbers]
"""Inputs of a head, what is right for each, and how much each counts."""


def _of_messages(messages: Sequence[Message], states: Sequence[States], counts: Numbers) -> Rows:
    return np.stack([whole for whole, _ in states]), [m.act for m in messages], counts


def _of_pieces(messages: Sequence[Message], states: Sequence[States], counts: Numbers) -> Rows:
    rows = [
        (row, label, count)
        for message, (_, read), count in zip(messages, states, counts, strict=True)
        for row, label in zip(read, message.labels, strict=False)
    ]
    inputs, right, each = zip(*rows, strict=True)
    return np.stack(inputs), list(right), np.array(each, np.float32)


def _is_new(message: Message) -> bool:
    return message.name.startswith("mh-")


def main() -> None:
    """Train, write and judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--heads", choices=["act", "piece"], nargs="+", default=["act"])
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", choices=["development", "test"], default="development")
    given = parser.parse_args()
    torch.set_num_threads(1)
    given.work.mkdir(parents=True, exist_ok=True)
    content = files("aspire_bot.answering.message").joinpath(WEIGHTS_FILE).read_bytes()
    cache = given.work / "cache"
    shipped = open_message_model(cache, parse_weights(content), hashlib.sha256(content).hexdigest())
    messages = read_messages(given.data)
    some = [m for m in messages if m.part == "train"]
    states = states_of(shipped, some, given.work / "states.npz")
    new = np.array([_NEW if _is_new(m) else 1.0 for m in some], np.float32)
    rows = {"act": _of_messages, "piece": _of_pieces}
    heads: dict[str, nn.Sequential] = {}
    for name in given.heads:
        heads[name] = head_of(_numbers(content), name, _DROPPED[name])
        inputs, right, counts = rows[name](some, states, new)
        train(heads[name], inputs, right, counts, given.epochs, given.seed)
    made = with_heads(content, heads)
    written = given.work / "message.npz"
    written.write_bytes(made)
    digest = hashlib.sha256(made).hexdigest()
    print(f"{written}: {len(made):,} bytes, {digest}")
    judge(
        open_message_model(cache, parse_weights(made), digest),
        [m for m in messages if m.part == given.part and not m.is_own],
    )


if __name__ == "__main__":
    main()

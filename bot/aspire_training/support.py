"""Train the model of support: whether a passage supports a statement; about an hour on two cores.

    python -m aspire_training.support DATA WORK [--part development|test] [--judge FILE]

Writes `WORK/support.npz`, says its hash, and prints what it is worth on documents that it has not
seen. What the frozen layers say, and where training stands, is kept in WORK: started again it goes
on from there.
"""

import argparse
import hashlib
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from aspire_bot.answering.checking.support_model import SupportModel, open_support_model
from aspire_bot.answering.reader.weights import parse_weights
from aspire_training.export import compressed, exported, restore
from aspire_training.generated_pairs import generated
from aspire_training.model import Layer, Read, Reader, TwoTexts, means, shipped_weights
from aspire_training.statement_groups import grouped_examples
from aspire_training.support_data import OWN_SOURCES, Example, own_examples, public_examples
from aspire_training.support_features import Features, Prepared, prepare
from aspire_training.support_figures import judge
from aspire_training.support_texts import training_texts

_LAYERS = 3
_BODY_RATE, _HEAD_RATE = 2e-4, 1e-3
_WARM_UP = 40
_BATCH, _HALVES = 32, 2
_SORTED = 8
"""Batches that are sorted by length together. Halves of a batch are worked out side by side."""
_EPOCHS = 4
"""Times that our own pairs are seen; the others are dealt out over them, `_REST` times each."""
_REST = 2
_TOKENS_COUNT, _UNSAID_COUNTS = 0.5, 3.0
"""What the loss of tokens counts beside that of statements, and a token that is not said in it."""
_SMOOTHING = 0.03
_AVERAGED = 120
"""Steps at the end whose weights are averaged."""
_KEEP_EVERY = 40


class SupportReader(TwoTexts):
    """Trained layers and two heads: which tokens are not said, and whether all is supported.

    The layers begin as the reader's; the statement takes the place of the question there.
    """

    def __init__(self) -> None:
        weights = shipped_weights()
        super().__init__(weights, _LAYERS)
        reader = Reader(weights)
        restore(reader, _reader_file())
        with torch.no_grad():
            self.segments.copy_(reader.segments.flip(0))
            self.signs.copy_(reader.signs[[2, 3, 0, 1]])
            self.centre.copy_(reader.centre)
        self.aligned.load_state_dict(reader.aligned.state_dict())
        for own, other in zip(self.layers, reader.layers, strict=False):
            own.load_state_dict(other.state_dict())
        hidden = weights.shape.hidden
        self.token = _head(hidden, 64, 0.1)
        self.support = _head(2 * hidden + 3, 128, 0.1)

    def forward(self, some: Sequence[Prepared]) -> tuple[Tensor, Tensor]:
        """Give the log-odds of support, (pairs), and that tokens are unsaid, (all their tokens)."""
        state, begin = self._read([one.passage for one in some], [one.statement for one in some])
        firsts = [at + one.said[0] for at, one in zip(begin.tolist(), some, strict=True)]
        lasts = [at + one.said[1] for at, one in zip(begin.tolist(), some, strict=True)]
        places = torch.cat([torch.arange(a, b) for a, b in zip(firsts, lasts, strict=True)])
        tokens = self.token(state[places]).squeeze(-1)
        parts = tokens.split([b - a for a, b in zip(firsts, lasts, strict=True)])
        worst = torch.stack([_worst(part) for part in parts])
        rows = torch.cat([state[begin], means(state, firsts, lasts), worst], dim=-1)
        return self.support(rows).squeeze(-1), tokens

    def _read(self, passages: Sequence[Read], said: Sequence[Read]) -> tuple[Tensor, Tensor]:
        """Read statements; passages stay as they are, and every layer looks into them.

        Returns:
            The last states of all statements end to end, and where each begins.
        """
        pairs = [self.joined(one, other) for one, other in zip(passages, said, strict=True)]
        sizes = [len(second) for _, second, _ in pairs]
        aligned = self.aligned(torch.cat([mean for _, _, mean in pairs]))
        state = torch.cat([second for _, second, _ in pairs]) + aligned
        beside = torch.cat([first for first, _, _ in pairs])
        lengths = [len(first) for first, _, _ in pairs]
        for layer in self.layers:
            state = _looking(layer, state, sizes, beside, lengths)
        return state, torch.tensor(np.concatenate([[0], np.cumsum(sizes)[:-1]]))


def _looking(
    layer: Layer, state: Tensor, sizes: Sequence[int], beside: Tensor, lengths: Sequence[int]
) -> Tensor:
    """One layer over the tokens of statements, which look at each other and at their passage."""
    hidden = state.shape[-1]
    own = layer.qkv(state).split(list(sizes))
    weight, bias = layer.qkv.weight[hidden:], layer.qkv.bias[hidden:]
    other = functional.linear(beside, weight, bias).split(list(lengths))
    size = hidden // layer.heads
    mixed = []
    for statement, passage in zip(own, other, strict=True):
        query, key, value = statement.split(hidden, dim=-1)
        keys, values = passage.split(hidden, dim=-1)
        q, k, v = (
            part.view(len(part), layer.heads, size).transpose(0, 1)
            for part in (query, torch.cat([keys, key]), torch.cat([values, value]))
        )
        weights = torch.softmax((q * size**-0.5) @ k.transpose(-1, -2), dim=-1)
        mixed.append((weights @ v).transpose(0, 1).reshape(len(statement), hidden))
    state = layer.attention_norm(state + layer.out(torch.cat(mixed)))
    return layer.output_norm(state + layer.outer(functional.gelu(layer.inner(state))))


def _worst(tokens: Tensor) -> Tensor:
    """The greatest log-odds of a statement's tokens, the mean of the three greatest, and of all."""
    three = tokens.topk(min(3, len(tokens))).values
    return torch.stack([tokens.max(), three.mean(), tokens.mean()])


def _head(inputs: int, inner: int, dropped: float) -> nn.Sequential:
    return nn.Sequential(
        nn.Dropout(0.1),
        nn.Linear(inputs, inner),
        nn.GELU(),
        nn.Dropout(dropped),
        nn.Linear(inner, 1),
    )


def _reader_file() -> bytes:
    from importlib.resources import files  # noqa: PLC0415  the one use

    return (files("aspire_bot.answering.reader") / "reader.npz").read_bytes()


def train(some: Sequence[Prepared], work: Path, seed: int) -> SupportReader:
    """Train; started again it goes on from what is kept in `work`."""
    torch.manual_seed(seed)
    model = SupportReader()
    heads = [*model.token.parameters(), *model.support.parameters()]
    known = {id(parameter) for parameter in heads}
    body = [p for p in model.parameters() if id(p) not in known]
    optimiser = torch.optim.AdamW(
        [{"params": body, "rate": _BODY_RATE}, {"params": heads, "rate": _HEAD_RATE}],
        weight_decay=0.02,
    )
    batches = list(_dealt(some, random.Random(seed)))
    step, sums = 0, dict[str, Tensor]()
    kept = work / "support.pt"
    if kept.exists():
        state = torch.load(kept, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        step, sums = state["step"], state["sums"]
    model.train()
    began, losses = time.time(), list[tuple[float, float]]()
    # one thread a half, not two threads a product: on a busy machine these wait for each other
    torch.set_num_threads(1)
    pool = ThreadPoolExecutor(_HALVES)
    for batch in batches[step:]:
        rate = min(1.0, (step + 1) / _WARM_UP) * max(0.02, 1 - step / len(batches))
        for group in optimiser.param_groups:
            group["lr"] = group["rate"] * rate
        step += 1
        optimiser.zero_grad()
        parts = list(pool.map(partial(_backward, model, len(batch)), _halves(batch)))
        whole, tokens = (sum(part[n] for part in parts) for n in range(2))
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        losses.append((whole, tokens))
        if step > len(batches) - _AVERAGED:
            for name, value in model.state_dict().items():
                sums[name] = sums.get(name, torch.zeros_like(value)) + value / _AVERAGED
        if step % _KEEP_EVERY == 0:
            means_ = np.mean(losses[-_KEEP_EVERY:], axis=0)
            print(
                f"step {step}/{len(batches)} loss {means_[0]:.3f} tokens {means_[1]:.3f}"
                f" {time.time() - began:.0f} s",
                flush=True,
            )
            state = {"model": model.state_dict(), "optimiser": optimiser.state_dict()}
            torch.save({**state, "step": step, "sums": sums}, kept)
    model.load_state_dict(sums)
    return model.eval()


def _dealt(some: Sequence[Prepared], chance: random.Random) -> Iterator[list[Prepared]]:
    """Give the batches of all epochs: our own pairs in each, the others dealt out over them."""
    own = [one for one in some if one.example.source in OWN_SOURCES]
    rest = [one for one in some if one.example.source not in OWN_SOURCES]
    dealt: list[list[Prepared]] = [list(own) for _ in range(_EPOCHS)]
    for turn in range(_REST):
        order = chance.sample(rest, len(rest))
        share = _EPOCHS // _REST
        for at, one in enumerate(order):
            dealt[turn * share + at % share].append(one)
    for epoch in dealt:
        order = chance.sample(epoch, len(epoch))
        size = _BATCH * _SORTED
        batches = [
            chunk[low : low + _BATCH]
            for at in range(0, len(order), size)
            for chunk in [sorted(order[at : at + size], key=_length)]
            for low in range(0, len(chunk), _BATCH)
        ]
        yield from chance.sample(batches, len(batches))


def _length(one: Prepared) -> int:
    return len(one.passage.ids) + len(one.statement.ids)


def _halves(batch: Sequence[Prepared]) -> list[Sequence[Prepared]]:
    return [part for at in range(_HALVES) if (part := batch[at::_HALVES])]


def _backward(model: SupportReader, of: int, half: Sequence[Prepared]) -> tuple[float, float]:
    """Add the gradients of a part of a batch of so many; give its share of both losses."""
    whole, tokens = _losses(model, half)
    share = len(half) / of
    ((whole + _TOKENS_COUNT * tokens) * share).backward()
    return whole.item() * share, tokens.item() * share


def _losses(model: SupportReader, batch: Sequence[Prepared]) -> tuple[Tensor, Tensor]:
    odds, tokens = model(batch)
    right = torch.tensor([float(one.example.is_supported) for one in batch])
    smooth = right * (1 - 2 * _SMOOTHING) + _SMOOTHING
    whole = functional.binary_cross_entropy_with_logits(odds, smooth)
    labels = torch.cat([_labels(one) for one in batch])
    marked = labels >= 0
    if not bool(marked.any()):
        return whole, whole.new_zeros(())
    each = functional.binary_cross_entropy_with_logits(
        tokens[marked], labels[marked], pos_weight=torch.tensor(_UNSAID_COUNTS)
    )
    return whole, each


def _labels(one: Prepared) -> Tensor:
    """1 for tokens that are not said, 0 for others, -1 where nobody knows."""
    first, last = one.said
    if one.example.unsaid is None:
        return torch.full((last - first,), -1.0)
    labels = torch.zeros(last - first)
    for low, high in one.unsaid:
        labels[max(0, low - first) : max(0, high - first)] = 1.0
    return labels


def training_examples(data: Path, chance: random.Random, most: int) -> list[Example]:
    """Give what is learnt from: our own pairs, public ones, and `most` that are generated."""
    own = [one for one in own_examples(data) if one.part == "train"]
    public = list(public_examples(data, chance))
    made = list(generated(training_texts(data, chance), most, chance))
    return [*own, *grouped_examples(), *public, *made]


def main() -> None:
    """Train and write, unless a file is to be judged; and judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--generated", type=int, default=4500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", choices=["development", "test"], default="development")
    parser.add_argument("--judge", type=Path, help="a file that was written: judge it, train none")
    given = parser.parse_args()
    torch.set_num_threads(2)
    written = given.judge
    if written is None:
        given.work.mkdir(parents=True, exist_ok=True)
        written = given.work / "support.npz"
        examples = training_examples(given.data, random.Random(given.seed), given.generated)
        features = Features(given.work / "features", given.work / "cache")
        model = train(prepare(examples, features), given.work, given.seed)
        heads = {"token": model.token, "support": model.support}
        written.write_bytes(compressed(exported(model, heads)))
    content = written.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    print(f"{written}: {len(content):,} bytes, {digest}")
    shipped: SupportModel = open_support_model(given.work / "cache", parse_weights(content), digest)
    judge(shipped, [one for one in own_examples(given.data) if one.part == given.part])


if __name__ == "__main__":
    main()

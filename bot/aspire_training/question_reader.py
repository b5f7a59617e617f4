"""Train what reads two questions together: do they ask the same? Half an hour on two cores.

    python -m aspire_training.question_reader DATA WORK [--start FILE] [--steps N] [--seed N]

The reader's layers go on from its weights, and learn from questions in groups
(`own/question-groups.jsonl`) alone. Writes `WORK/same_question.npz` and says its hash. Where
training stands is kept in WORK; started again it goes on from there. What the weights are worth on
judged pairs, none of which they learn from, says `aspire_training.same_question`.
"""

import argparse
import hashlib
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from aspire_bot.answering.approved.same_question.model import asked_text
from aspire_bot.answering.reader.weights import READER_FROZEN_LAYERS, WEIGHTS_FILE
from aspire_training.export import compressed, exported, restore
from aspire_training.model import Base, Read, Reader, Tokenizer, shipped_weights
from aspire_training.padded import mean_of, run
from aspire_training.question_groups import GROUPS, asked_questions, drawn_pairs, read_groups
from aspire_training.question_pairs import Pair, judged_pairs

_RATE = 1.6e-4
_WARM_UP = 0.05
_BATCH, _SORTED = 64, 20
"""Pairs in a step, and batches that are sorted by length together."""
_DROP = 0.1
_SAME_COUNTS = 1.3
"""What a pair that is the same counts beside one that is not."""
_SMOOTHING = 0.03
_AVERAGED, _KEEP_EVERY = 200, 50


class QuestionReader(Reader):
    """The reader, for two questions: its head of the passage says whether both ask the same."""

    def __init__(self) -> None:
        super().__init__(shipped_weights())
        restore(self, files("aspire_bot.answering.reader").joinpath(WEIGHTS_FILE).read_bytes())
        self.sentence.requires_grad_(requires_grad=False)
        self.drop = nn.Dropout(_DROP)

    def same(self, ones: Sequence[Read], others: Sequence[Read]) -> Tensor:
        """Give the log-odds that questions, each as the frozen layers read it, ask the same."""
        both = run(self, ones, others)
        second = both.states[:, both.second :]
        rows = [both.states[:, 0], second[:, 0], mean_of(second, both.second_tokens)]
        return self.passage(self.drop(torch.cat(rows, dim=-1)))[:, 0]

    def file(self) -> bytes:
        """Give the file that the package carries."""
        return compressed(exported(self, {"same": self.passage}))


class FrozenLayers:
    """What the first layers say of questions, worked out once."""

    def __init__(self) -> None:
        weights = shipped_weights()
        self._tokens, self._base = Tokenizer(weights), Base(weights, READER_FROZEN_LAYERS)
        self._known: dict[str, Read] = {}

    def __call__(self, text: str) -> Read:
        """Read a question."""
        if text not in self._known:
            ids = self._tokens.question(asked_text(text)).ids
            (states,) = self._base([ids])
            self._known[text] = Read(states=states.half(), ids=torch.from_numpy(ids))
        return self._known[text]


def pairs_to_learn(data: Path, chance: random.Random) -> Iterator[list[Pair]]:
    """Give batches of pairs of like length, drawn anew for ever; no judged question is in them."""
    judged = judged_pairs((data / "own", GROUPS.parent))
    lines = read_groups([text for pair in judged for text in (pair.one, pair.other)])
    others = asked_questions(data)
    while True:
        pairs = drawn_pairs(lines, others, chance)
        found: list[list[Pair]] = []
        for at in range(0, len(pairs), _BATCH * _SORTED):
            part = sorted(
                pairs[at : at + _BATCH * _SORTED], key=lambda p: len(p.one) + len(p.other)
            )
            found += [part[low : low + _BATCH] for low in range(0, len(part), _BATCH)]
        yield from chance.sample(found, len(found))


def loss_of(model: QuestionReader, read: FrozenLayers, pairs: Sequence[Pair], of: int) -> Tensor:
    """Give the share of the loss that pairs have in a step of so many."""
    said = model.same([read(pair.one) for pair in pairs], [read(pair.other) for pair in pairs])
    right = torch.tensor([float(pair.is_same) for pair in pairs])
    each = functional.binary_cross_entropy_with_logits(
        said, right * (1 - 2 * _SMOOTHING) + _SMOOTHING, reduction="none"
    )
    return (each * (1 + (_SAME_COUNTS - 1) * right)).sum() / of


def train(
    batches: Iterator[list[Pair]], work: Path, *, steps: int, start: Path | None, seed: int
) -> QuestionReader:
    """Train; started again it goes on from what is kept in `work`."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)  # half a batch each: two threads to a product wait for each other
    chance, read, model = random.Random(seed), FrozenLayers(), QuestionReader()
    if start is not None:
        model.load_state_dict(_kept(start)["model"])
    learnt = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(learnt, weight_decay=0.01)
    kept, step, sums = work / "question-reader.pt", 0, dict[str, Tensor]()
    if kept.exists():
        state = _kept(kept)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        step, sums = state["step"], state["sums"]
    model.train()
    began = time.time()
    with ThreadPoolExecutor(2) as pool:
        while step < steps:
            rate = _RATE * min(1.0, (step + 1) / (_WARM_UP * steps)) * (1 - step / steps)
            for group in optimiser.param_groups:
                group["lr"] = rate
            pairs = [_turned(pair) if chance.random() < 0.5 else pair for pair in next(batches)]

            def backward(some: Sequence[Pair], of: int) -> float:
                loss = loss_of(model, read, some, of)
                loss.backward()
                return loss.item()

            optimiser.zero_grad()
            halves = [pool.submit(backward, pairs[n::2], len(pairs)) for n in (0, 1)]
            loss = sum(half.result() for half in halves)
            nn.utils.clip_grad_norm_(learnt, 1.0)
            optimiser.step()
            step += 1
            if step > steps - _AVERAGED:
                for name, value in model.state_dict().items():
                    sums[name] = sums.get(name, torch.zeros_like(value)) + value
            if step % _KEEP_EVERY == 0 or step == steps:
                print(
                    f"step {step}/{steps} loss {loss:.3f} {time.time() - began:.0f} s", flush=True
                )
                state = {"model": model.state_dict(), "optimiser": optimiser.state_dict()}
                torch.save({**state, "step": step, "sums": sums}, kept)
    model.load_state_dict({name: value / min(steps, _AVERAGED) for name, value in sums.items()})
    return model.eval()


def _turned(pair: Pair) -> Pair:
    return Pair(one=pair.other, other=pair.one, is_same=pair.is_same)


def _kept(file: Path) -> Mapping:
    return torch.load(file, weights_only=True)


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--start", type=Path, help="what is kept of another training")
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    batches = pairs_to_learn(given.data, random.Random(given.seed))
    model = train(batches, given.work, steps=given.steps, start=given.start, seed=given.seed)
    content = model.file()
    written = given.work / "same_question.npz"
    written.write_bytes(content)
    print(f"{written}: {len(content):,} bytes, {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main()

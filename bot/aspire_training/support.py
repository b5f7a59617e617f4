"""Train the model of support: whether a passage supports a statement; 75 minutes on two cores.

    python -m aspire_training.support DATA WORK [--minutes N] [--part development|test]
        [--judge FILE]

Goes on from the weights that tell questions apart (`question_reader`): they have learnt which words
say the same. Writes `WORK/support.npz`, says its hash, and prints what it is worth on documents
that it has not seen. Where training stands is kept in WORK: started again it goes on from there.
"""

import argparse
import hashlib
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from importlib.resources import files
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from aspire_bot.answering.approved.same_question.model import WEIGHTS_FILE as START
from aspire_bot.answering.checking.support_model import open_support_model
from aspire_bot.answering.reader.weights import parse_weights
from aspire_training.export import compressed, exported, restore
from aspire_training.model import Read, Reader, shipped_weights
from aspire_training.one_way import run
from aspire_training.support_batches import Batch, FrozenTexts, batches, halves
from aspire_training.support_data import Example, own_examples
from aspire_training.support_figures import judge
from aspire_training.support_mix import Mix

_RATE, _HEADS_COUNT = 2e-4, 4.0
"""The greatest rate of the layers, and how much greater that of the heads is."""
_WARM_UP, _AVERAGED = 0.04, 0.15
"""Shares of the time: in which the rate rises, and at the end whose weights are averaged."""
_DROP = 0.1
_TOKENS_COUNT, _ORDER_COUNTS, _UNSAID_COUNTS = 0.5, 0.5, 3.0
"""What counts beside the loss of statements: that of tokens, and of the order of true and false
ones about one passage; and what a token that is not said counts beside others."""
_SMOOTHING = 0.03
_KEEP_EVERY = 100
_LEFT_OUT = -1e4
_WORST = 3


class StatementReader(Reader):
    """The reader's layers, and two heads: which tokens are not said, and whether all is supported.

    A passage does not look into the statement; see `one_way`.
    """

    def __init__(self) -> None:
        super().__init__(shipped_weights())
        hidden = shipped_weights().shape.hidden
        self.token = nn.Sequential(nn.Linear(hidden, 64), nn.GELU(), nn.Linear(64, 1))
        self.support = nn.Sequential(
            nn.Dropout(_DROP), nn.Linear(3 * hidden + _WORST, 128), nn.GELU(), nn.Linear(128, 1)
        )
        for other in (self.sentence, self.passage):
            other.requires_grad_(requires_grad=False)

    def begin(self) -> None:
        """Take the layers that tell questions apart, and their head."""
        start = files("aspire_bot.answering.approved.same_question").joinpath(START)
        restore(self, start.read_bytes(), {"same": self.passage})
        given = 3 * shipped_weights().shape.hidden
        with torch.no_grad():
            self.support[1].weight[:, :given] = self.passage[0].weight
            self.support[1].bias.copy_(self.passage[0].bias)
            self.support[3].load_state_dict(self.passage[2].state_dict())

    def forward(
        self,
        passages: Sequence[Read],
        statements: Sequence[Read],
        owners: Sequence[int],
        said: Sequence[tuple[int, int]],
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Read statements, each about the passage that `owners` says.

        `said` are the tokens of each statement itself: after them comes the question.

        Returns:
            The log-odds of support, (statements); that tokens are not said, (statements, tokens);
            and which places are tokens of the statement itself.
        """
        looked = run(self, passages, statements, owners)
        places = torch.arange(looked.statements.shape[1])
        ends = torch.tensor(said)
        own = (places >= ends[:, :1]) & (places < ends[:, 1:])
        tokens = self.token(looked.statements)[..., 0]
        count = own.sum(1, keepdim=True).clamp(min=1)
        mean = (looked.statements * own[..., None]).sum(1) / count
        begin = looked.passages[torch.tensor(owners), 0]
        rows = [looked.statements[:, 0], begin, mean, _worst(tokens, own)]
        return self.support(torch.cat(rows, dim=-1))[:, 0], tokens, own

    def file(self) -> bytes:
        """Give the file that the package carries."""
        return compressed(exported(self, {"token": self.token, "support": self.support}))


def _worst(tokens: Tensor, own: Tensor) -> Tensor:
    """The greatest log-odds of a statement's tokens, the mean of the three greatest, and of all."""
    most = min(_WORST, tokens.shape[1])
    count = own.sum(1)
    first = tokens.masked_fill(~own, _LEFT_OUT).topk(most, dim=1).values
    taken = torch.arange(most) < count[:, None]
    three = (first * taken).sum(1) / taken.sum(1).clamp(min=1)
    return torch.stack([first[:, 0], three, (tokens * own).sum(1) / count.clamp(min=1)], dim=1)


def loss_of(model: StatementReader, batch: Batch, of: int) -> Tensor:
    """Give the share of the loss that some statements have in a step of so many."""
    odds, tokens, own = model(batch.passages, batch.statements, batch.owners, batch.said)
    right = torch.tensor([float(one.is_supported) for one in batch.examples])
    smooth = right * (1 - 2 * _SMOOTHING) + _SMOOTHING
    loss = functional.binary_cross_entropy_with_logits(odds, smooth)
    marked, labels = own.clone(), torch.zeros_like(tokens)
    for at, one in enumerate(batch.examples):
        marked[at] &= one.unsaid is not None
        for first, last in batch.unsaid[at]:
            labels[at, first:last] = 1
    if bool(marked.any()):
        loss = loss + _TOKENS_COUNT * functional.binary_cross_entropy_with_logits(
            tokens[marked], labels[marked], pos_weight=torch.tensor(_UNSAID_COUNTS)
        )
    about = torch.tensor(batch.owners)
    ordered = (right[:, None] > right) & (about[:, None] == about)
    if bool(ordered.any()):
        apart = (odds[:, None] - odds)[ordered]
        loss = loss + _ORDER_COUNTS * functional.softplus(-apart).mean()
    return loss * len(batch.examples) / of


class Course:
    """A training: the model, where it stands, and the sum of the weights of its last steps."""

    def __init__(self) -> None:
        self.model, self._texts = StatementReader(), FrozenTexts()
        self.model.begin()
        heads = [*self.model.token.parameters(), *self.model.support.parameters()]
        fresh = {id(one) for one in heads}
        self._learnt = [one for one in self.model.parameters() if one.requires_grad]
        body = [one for one in self._learnt if id(one) not in fresh]
        self._optimiser = torch.optim.AdamW(
            [{"params": body, "rate": _RATE}, {"params": heads, "rate": _RATE * _HEADS_COUNT}],
            weight_decay=0.01,
        )
        self.step, self.seconds = 0, 0.0
        self._sums, self._summed = dict[str, Tensor](), 0

    def learn(self, batch: Sequence[Sequence[Example]], rate: float, pool: Executor) -> float:
        """Take a step, at a share of the greatest rate; give the loss."""
        for group in self._optimiser.param_groups:
            group["lr"] = group["rate"] * rate
        self._optimiser.zero_grad()
        count = sum(map(len, batch))
        loss = sum(pool.map(partial(self._backward, of=count), halves(batch)))
        nn.utils.clip_grad_norm_(self._learnt, 1.0)
        self._optimiser.step()
        self.step += 1
        return loss

    def _backward(self, part: Sequence[Example], of: int) -> float:
        loss = loss_of(self.model, self._texts.batch(part), of)
        loss.backward()
        return loss.item()

    def add(self) -> None:
        """Add the weights to those that are averaged."""
        self._summed += 1
        for name, value in self.model.state_dict().items():
            self._sums[name] = self._sums.get(name, torch.zeros_like(value)) + value

    def averaged(self) -> StatementReader:
        """Give the model with the mean of the weights that were added."""
        if self._summed:
            mean = {name: value / self._summed for name, value in self._sums.items()}
            self.model.load_state_dict(mean)
        return self.model.eval()

    def keep(self, file: Path) -> None:
        """Keep where it stands."""
        weights = {"model": self.model.state_dict(), "optimiser": self._optimiser.state_dict()}
        numbers = {"step": self.step, "seconds": self.seconds, "summed": self._summed}
        torch.save({**weights, **numbers, "sums": self._sums}, file)

    def resume(self, file: Path) -> None:
        """Go on from where it stood."""
        state = torch.load(file, weights_only=True)
        self.model.load_state_dict(state["model"])
        self._optimiser.load_state_dict(state["optimiser"])
        self.step, self.seconds = state["step"], state["seconds"]
        self._sums, self._summed = state["sums"], state["summed"]


def train(
    dealt: Iterator[list[list[Example]]], work: Path, *, minutes: float, seed: int
) -> StatementReader:
    """Train for so long; started again it goes on from what is kept in `work`.

    `dealt` are batches of statements by passage.
    """
    torch.manual_seed(seed)
    torch.set_num_threads(1)  # half a batch each: two threads to a product wait for each other
    course, kept = Course(), work / "support.pt"
    if kept.exists():
        course.resume(kept)
    course.model.train()
    began = time.monotonic() - course.seconds
    with ThreadPoolExecutor(2) as pool:
        while (spent := (time.monotonic() - began) / (minutes * 60)) < 1:
            rate = min(1.0, spent / _WARM_UP + 0.01) * (1 - spent)
            loss = course.learn(next(dealt), rate, pool)
            if spent > 1 - _AVERAGED:
                course.add()
            if course.step % _KEEP_EVERY == 0:
                print(f"step {course.step} loss {loss:.3f} {spent:.0%}", flush=True)
                course.seconds = time.monotonic() - began
                course.keep(kept)
    return course.averaged()


def main() -> None:
    """Train and write, unless a file is to be judged; and judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--minutes", type=float, default=75)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--part", choices=["development", "test"], default="development")
    parser.add_argument("--judge", type=Path, help="a file that was written: judge it, train none")
    given = parser.parse_args()
    written = given.judge
    if written is None:
        given.work.mkdir(parents=True, exist_ok=True)
        written = given.work / "support.npz"
        chance = random.Random(given.seed)
        dealt = batches(Mix(given.data, chance), chance)
        model = train(dealt, given.work, minutes=given.minutes, seed=given.seed)
        written.write_bytes(model.file())
    content = written.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    print(f"{written}: {len(content):,} bytes, {digest}")
    shipped = open_support_model(given.work / "cache", parse_weights(content), digest)
    judge(shipped, [one for one in own_examples(given.data) if one.part == given.part])


if __name__ == "__main__":
    main()

"""Train the reader, in stages that can be taken up again.

python -m aspire_training.train WORK --steps 1150 [--name NAME] [--start CHECKPOINT] [--new x-]
                                    [--also WORK2 [WORK3 …]] [--digests WORK2 [WORK3 …]] [--upper]
"""

import argparse
import math
import os
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, distributed, multiprocessing, nn
from torch.nn import functional

from aspire_bot.answering.reader.encode import passage_text, question_text
from aspire_training.digests import Digests, read_digests
from aspire_training.examples import SKIPPED, Group, Prepared, read_prepared, with_noise
from aspire_training.export import restore
from aspire_training.model import (
    READER_FROZEN_LAYERS,
    Base,
    Encoded,
    Read,
    Reader,
    Tokenizer,
    shipped_weights,
)
from aspire_training.since import shipped_content
from aspire_training.swaps import Swaps

_PROCESSES = 2
_TOKENS = 3_000
"""Of one step of one process."""
_BODY_RATE, _HEAD_RATE = 2.5e-4, 1e-3
_ACROSS_RATE = 1e-2
"""Of a few numbers that have far to go."""
_WARM_UP = 60
_POSITIVE_WEIGHT = 2.0
_PASSAGE_SHARE, _LIST_SHARE = 0.5, 0.3
_SAVE_EVERY_S = 240
_WINDOW = 128
"""Tokens of a passage that is seen in part."""
_CUT = 0.6
"""The share of passages that are."""
_SWAPPED = 0.25
"""The share of our own questions that are asked with another name or year, where they have one."""
_PAIRS = 4
"""Passages of a question in one step, where there are so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What of a passage is seen: its first `head` tokens (title, headings) and one run of them.

    `ranges` are those of the sentences in it, in the tokens that are seen; `marks` are theirs.
    """

    head: int
    first: int
    last: int
    ranges: list[tuple[int, int]]
    marks: list[int]


def window_of(encoded: Encoded, marks: Sequence[int], chance: random.Random | None) -> Window:
    """Choose a run of sentences of at most `_WINDOW` tokens that holds all that are marked.

    Right and wrong passages are cut alike, so that their length tells nothing. Without `chance`,
    where it falls otherwise, or where the marked ones do not fit, the passage is seen whole.
    """
    ranges, tokens = encoded.ranges, len(encoded.ids)
    whole = Window(head=0, first=0, last=tokens, ranges=list(ranges), marks=list(marks))
    if chance is None or chance.random() > _CUT or tokens < _WINDOW or len(ranges) < 2:
        return whole
    marked = [at for at, mark in enumerate(marks) if mark == 1]
    low = high = marked[0] if marked else chance.randrange(len(ranges))
    if marked:
        high = marked[-1]
    head = ranges[0][0]
    if head + ranges[high][1] - ranges[low][0] > _WINDOW:
        return whole
    while True:
        steps = [
            (a, b)
            for a, b in ((low - 1, high), (low, high + 1))
            if a >= 0 and b < len(ranges) and head + ranges[b][1] - ranges[a][0] <= _WINDOW
        ]
        if not steps:
            break
        low, high = chance.choice(steps)
    first, last = ranges[low][0], max(ranges[high][1], ranges[low][0] + 1)
    moved = [(a - first + head, b - first + head) for a, b in ranges[low : high + 1]]
    return Window(
        head=head, first=first, last=last, ranges=moved, marks=list(marks[low : high + 1])
    )


class Trainer:
    """Holds the model, what was worked out of passages, and where training stands."""

    def __init__(
        self, prepared: Prepared, work: Path, seed: int, digests: Digests | None = None
    ) -> None:
        weights = shipped_weights()
        self.prepared, self.work, self.seed = prepared, work, seed
        self.tokens = Tokenizer(weights)
        self.base, self.reader = Base(weights, READER_FROZEN_LAYERS), Reader(weights)
        heads = [*self.reader.sentence.parameters(), *self.reader.passage.parameters()]
        known = {id(parameter) for parameter in (*heads, self.reader.across)}
        body = [p for p in self.reader.parameters() if id(p) not in known]
        self.optimiser = torch.optim.AdamW(
            [
                {"params": body, "rate": _BODY_RATE},
                {"params": heads, "rate": _HEAD_RATE},
                {"params": [self.reader.across], "rate": _ACROSS_RATE, "weight_decay": 0.0},
            ],
            weight_decay=0.01,
        )
        self._digests = digests or Digests((), seed)
        self._encoded: dict[str, Encoded] = {}
        self._states: dict[str, Tensor] = {}
        self._swaps = Swaps(prepared.own, lambda key: passage_text(*prepared.passages[key]).text)
        self.step = 0

    def hold_lower(self) -> None:
        """Leave the layers as they are that each text goes through before it is told of the other.

        A step is then quicker: nothing of these is worked out backwards.
        """
        self.reader.lower.requires_grad_(requires_grad=False)
        self.reader.across.requires_grad_(requires_grad=False)

    def centre(self) -> None:
        """Measure the mean state, against which likeness of tokens is told."""
        chance = random.Random(0)
        some = chance.sample(sorted({p.passage for g in self.prepared.own for p in g.pairs}), 150)
        texts = [self.encoded(key).ids for key in some]
        self.reader.centre.copy_(torch.cat(Base(shipped_weights())(texts)).mean(0))

    def load(self, path: Path) -> None:
        """Take up a checkpoint."""
        state = torch.load(path, weights_only=True)
        self.reader.load_state_dict(state["reader"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step = state["step"]

    def save(self, path: Path) -> None:
        """Write a checkpoint, whole or not at all."""
        temporary = path.with_suffix(".tmp")
        torch.save(
            {
                "reader": self.reader.state_dict(),
                "optimiser": self.optimiser.state_dict(),
                "step": self.step,
            },
            temporary,
        )
        temporary.replace(path)

    def encoded(self, key: str) -> Encoded:
        """Give the tokens of a passage, or of a digest."""
        if key not in self._encoded:
            passages = self.prepared.passages
            text = (
                self._digests.text(key, passages)
                if key in self._digests
                else passage_text(*passages[key])
            )
            self._encoded[key] = self.tokens.passage(text)
        return self._encoded[key]

    def states(self, keys: Sequence[str]) -> list[Tensor]:
        """Give what the frozen layers say of passages; worked out once, but for digests."""
        missing = [key for key in dict.fromkeys(keys) if key not in self._states]
        new: dict[str, Tensor] = {}
        if missing:
            states = self.base([self.encoded(key).ids for key in missing])
            new = {key: one.to(torch.float16) for key, one in zip(missing, states, strict=True)}
            self._states.update({key: one for key, one in new.items() if key not in self._digests})
        return [(new[key] if key in new else self._states[key]).float() for key in keys]

    def questions(self, groups: Sequence[Group], chance: random.Random | None) -> list[Read]:
        """Give what the frozen layers say of the questions, slips added where `chance` is given."""
        texts = []
        for group in groups:
            asked = with_noise(group.question, group.language, chance) if chance else group.question
            texts.append(self.tokens.question(question_text(asked, group.history)).ids)
        return [
            Read(states=states, ids=torch.from_numpy(ids))
            for states, ids in zip(self.base(texts), texts, strict=True)
        ]

    def forward(
        self, groups: Sequence[Group], chance: random.Random | None
    ) -> tuple[Tensor, Tensor, list[list[int]]]:
        """Give the log-odds of all sentences and passages of some groups, end to end, and marks.

        In training some passages are seen in part, which is quicker: `Window` says what of them.
        """
        asked = self.questions(groups, chance)
        questions = [state for state, group in zip(asked, groups, strict=True) for _ in group.pairs]
        pairs = [pair for group in groups for pair in group.pairs]
        encoded = [self.encoded(pair.passage) for pair in pairs]
        windows = [
            window_of(one, pair.marks, None if pair.passage in self._digests else chance)
            for one, pair in zip(encoded, pairs, strict=True)
        ]
        states = self.states([pair.passage for pair in pairs])
        read = [
            Read(
                states=torch.cat([state[: window.head], state[window.first : window.last]]),
                ids=torch.from_numpy(
                    np.concatenate([one.ids[: window.head], one.ids[window.first : window.last]])
                ),
            )
            for state, one, window in zip(states, encoded, windows, strict=True)
        ]
        sentences, passages = self.reader(questions, read, [window.ranges for window in windows])
        return sentences, passages, [window.marks for window in windows]

    def loss(self, groups: Sequence[Group], chance: random.Random) -> tuple[Tensor, list[float]]:
        """Give what is wrong with the model on some groups, and its three parts."""
        groups = [self._maybe_swapped(group, chance) for group in groups]
        sentences, passages, given = self.forward(groups, chance)
        marks = torch.tensor([mark for some in given for mark in some])
        answers = torch.tensor([pair.answers for group in groups for pair in group.pairs])
        counted = marks != SKIPPED
        by_sentence = functional.binary_cross_entropy_with_logits(
            sentences[counted],
            marks[counted].float(),
            pos_weight=torch.tensor(_POSITIVE_WEIGHT),
        )
        known = answers != SKIPPED
        by_passage = functional.binary_cross_entropy_with_logits(
            passages[known], answers[known].float()
        )
        lists, at, sizes = [], 0, iter(len(some) for some in given)
        for group in groups:
            size = sum(next(sizes) for _ in group.pairs)
            scores, right = sentences[at : at + size], marks[at : at + size]
            at += size
            # "no answer" is one of the choices, with log-odds nought
            none = scores.new_zeros(1)
            whole = torch.logsumexp(torch.cat([none, scores[right != SKIPPED]]), 0)
            said = scores[right == 1]
            lists.append(whole - (torch.logsumexp(said, 0) if len(said) else none[0]))
        by_list = torch.stack(lists).mean()
        total = by_sentence + _PASSAGE_SHARE * by_passage + _LIST_SHARE * by_list
        return total, [by_sentence.item(), by_passage.item(), by_list.item()]

    def _maybe_swapped(self, group: Group, chance: random.Random) -> Group:
        if group.source != "own" or chance.random() > _SWAPPED:
            return group
        return self._swaps.swapped(group, chance) or group

    def learn(self, groups: Sequence[Group], chance: random.Random, rate: float) -> list[float]:
        """Take one step."""
        for group in self.optimiser.param_groups:
            group["lr"] = group["rate"] * rate
        self.optimiser.zero_grad(set_to_none=True)
        total, parts = self.loss(groups, chance)
        total.backward()
        self._share_gradients()
        nn.utils.clip_grad_norm_(self.reader.parameters(), 1.0)
        self.optimiser.step()
        self.step += 1
        return parts

    def _share_gradients(self) -> None:
        """Average the gradients of all processes, so that all take the same step."""
        if not distributed.is_initialized():
            return
        given = [p.grad for p in self.reader.parameters() if p.grad is not None]
        flat = torch.cat([grad.flatten() for grad in given])
        distributed.all_reduce(flat)
        flat /= distributed.get_world_size()
        at = 0
        for grad in given:
            grad.copy_(flat[at : at + grad.numel()].view_as(grad))
            at += grad.numel()


def batches(
    groups: Sequence[Group], trainer: Trainer, most: int = _TOKENS
) -> Iterator[list[Group]]:
    """Give groups in their order, as many at a time as a step's tokens allow."""
    batch: list[Group] = []
    tokens = 0.0
    for group in groups:
        size = sum(0.75 * len(trainer.encoded(pair.passage).ids) + 24 for pair in group.pairs)
        if batch and tokens + size > most:
            yield batch
            batch, tokens = [], 0.0
        batch.append(group)
        tokens += size
    if batch:
        yield batch


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """What a stage is learnt from: shares of our own and of the public questions; of new ones all.

    `new` are beginnings of names: of questions that no stage before has seen. They come so many
    `times`, with other wrong passages each time.
    """

    own: float
    public: float
    new: tuple[str, ...] = ()
    times: int = 1


def mixture(
    prepared: Prepared,
    mix: Mix,
    seed: int,
    pairs: int = _PAIRS,
    digests: Sequence[Group] = (),
) -> list[Group]:
    """Give the groups of a stage, shuffled; of digests all."""
    chance = random.Random(seed)
    unseen = [group for group in prepared.own if group.name.startswith(mix.new)] if mix.new else []
    known = [group for group in prepared.own if not mix.new or not group.name.startswith(mix.new)]
    whole = (
        unseen * mix.times
        + chance.sample(known, int(len(known) * mix.own))
        + chance.sample(prepared.public, int(len(prepared.public) * mix.public))
        + list(digests)
    )
    chance.shuffle(whole)
    return [thinned(group, pairs, chance) for group in whole]


def thinned(group: Group, most: int, chance: random.Random) -> Group:
    """Leave wrong passages out by chance: more questions in the same time teach more."""
    kept = [pair for pair in group.pairs if pair.answers != 0]
    wrong = [pair for pair in group.pairs if pair.answers == 0]
    some = chance.sample(wrong, min(len(wrong), max(most - len(kept), 1)))
    return replace(group, pairs=kept + some)


def arguments() -> argparse.Namespace:
    """Read what is asked for on the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("--name", default="reader")
    parser.add_argument("--start", type=Path, help="a checkpoint, or a file that was shipped")
    parser.add_argument("--own", type=float, default=1.0, help="the share of our own questions")
    parser.add_argument("--new", default="", help="name,name: of questions so named all are taken")
    parser.add_argument("--times", type=int, default=1, help="how often the new ones come")
    parser.add_argument(
        "--also", type=Path, nargs="*", default=[], help="work folders whose questions are ours too"
    )
    parser.add_argument(
        "--digests", type=Path, nargs="*", default=[], help="work folders that hold digests"
    )
    parser.add_argument(
        "--upper", action="store_true", help="learn the upper layers and heads alone"
    )
    parser.add_argument("--pairs", type=int, default=_PAIRS, help="passages of a question")
    parser.add_argument("--public", type=float, default=0.5, help="the share of public questions")
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--peak", type=float, default=1.0)
    parser.add_argument("--last", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main() -> None:
    """Train, one process a core: two with one thread each use two cores better than one with two.

    Each takes every other batch. The first one reports and saves.
    """
    given = arguments()
    with tempfile.TemporaryDirectory() as folder:
        meeting = str(Path(folder) / "meeting")
        multiprocessing.spawn(_train, args=(given, meeting), nprocs=_PROCESSES)


def _train(rank: int, given: argparse.Namespace, meeting: str) -> None:
    torch.set_num_threads(1)
    os.environ["GLOO_SOCKET_IFNAME"] = "lo"
    distributed.init_process_group(
        "gloo", init_method=f"file://{meeting}", rank=rank, world_size=_PROCESSES
    )
    torch.manual_seed(given.seed)
    prepared = read_prepared(given.work)
    for folder in given.also:
        also = read_prepared(folder)
        prepared.passages.update(also.passages)
        prepared.own.extend(also.own)
    digests = Digests([one for at in given.digests for one in read_digests(at)], given.seed)
    trainer = Trainer(prepared, given.work, given.seed, digests)
    if given.upper:
        trainer.hold_lower()
    checkpoint = given.work / f"{given.name}.pt"
    _begin(trainer, checkpoint, given.start)
    new = tuple(name for name in given.new.split(",") if name)
    mix = Mix(own=given.own, public=given.public, new=new, times=given.times)
    groups = mixture(prepared, mix, given.seed, given.pairs, digests.groups)
    whole = list(batches(groups, trainer))
    # all processes take as many steps: one that waited for another's last would never end
    steps = min(given.steps, len(whole) // _PROCESSES)
    progress = Progress()
    for at, batch in enumerate(whole[: steps * _PROCESSES]):
        number = at // _PROCESSES
        if number < trainer.step or at % _PROCESSES != rank:
            continue
        rate = given.peak * falling(number, steps, given.last)
        parts = trainer.learn(batch, random.Random(given.seed * 1_000_003 + at), rate)
        progress.note(parts, sum(len(group.pairs) for group in batch))
        if rank == 0 and number % 20 == 0:
            print(f"step {number} {progress} rate {rate:.2f}", flush=True)
        if rank == 0 and progress.is_time_to_save():
            trainer.save(checkpoint)
    if rank == 0:
        trainer.save(checkpoint)
        print(f"done: step {trainer.step}, {progress}")


def _begin(trainer: Trainer, checkpoint: Path, start: Path | None) -> None:
    """Go on where this training stood, begin from another one's end, or from e5 alone."""
    if checkpoint.exists():
        trainer.load(checkpoint)
    elif start is None:
        trainer.centre()
    elif start.suffix == ".npz":
        restore(trainer.reader, shipped_content(start))
    else:
        trainer.load(start)
        trainer.step = 0


def falling(number: int, steps: int, last: float) -> float:
    """Give the share of the rate at a step: up for a while, then down as half a cosine wave."""
    cosine = 0.5 * (1 + math.cos(math.pi * number / steps))
    return min(1.0, (number + 1) / _WARM_UP) * (last + (1 - last) * cosine)


class Progress:
    """How training does: pairs seen, losses smoothed over some thirty steps, time."""

    def __init__(self) -> None:
        self._began = self._saved = time.monotonic()
        self._pairs = 0
        self._losses: list[float] = []

    def note(self, parts: list[float], pairs: int) -> None:
        """Take the losses of one step."""
        self._pairs += pairs
        known = self._losses or parts
        self._losses = [0.97 * old + 0.03 * new for old, new in zip(known, parts, strict=True)]

    def is_time_to_save(self) -> bool:
        """Whether a checkpoint is due; asked once a step."""
        if time.monotonic() - self._saved < _SAVE_EVERY_S:
            return False
        self._saved = time.monotonic()
        return True

    def __str__(self) -> str:
        passed = time.monotonic() - self._began
        losses = " ".join(f"{value:.3f}" for value in self._losses)
        return (
            f"pairs {self._pairs} {self._pairs / passed:.1f}/s loss {losses} {passed / 60:.1f} min"
        )


if __name__ == "__main__":
    main()

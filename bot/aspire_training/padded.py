"""Short texts read together many at a time: padded to one length, where `model.Packing` loops.

For pairs of some dozens of tokens the loop over texts costs more than the padding: three times
the pairs a second. What comes out is what `model.Reader.run` says, to a rounding.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from aspire_training.model import PREFIX, SHARPNESS, Read, Reader

NEVER = -1e4
"""What is added to the attention that must not be."""
UNLIKE = -9.0
"""Less than any cosine: for what is padding."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Padded:
    """Texts side by side: `states` (texts, tokens, hidden); `ids`, `is_token` (texts, tokens)."""

    states: Tensor
    ids: Tensor
    is_token: Tensor

    @property
    def counts(self) -> Tensor:
        """How many tokens each text has."""
        return self.is_token.sum(1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Together:
    """The last states of pairs, (pairs, tokens of both, hidden); the second begins at `second`."""

    states: Tensor
    second: int
    first_tokens: Tensor
    second_tokens: Tensor


class PaddedPacking:
    """Stands in for `model.Packing` where pairs are padded."""

    def __init__(self, is_token: Tensor, second: int) -> None:
        """Take which places are tokens, (pairs, tokens), and where the second texts begin."""
        self._pairs, self._tokens = is_token.shape
        self._bias = torch.zeros(self._pairs, 1, 1, self._tokens)
        self._bias.masked_fill_(~is_token[:, None, None, :], NEVER)
        is_second = torch.arange(self._tokens) >= second
        self._is_across = (is_second[:, None] != is_second[None, :]).float()

    def attend(self, joined: Tensor, heads: int, across: Tensor | None = None) -> Tensor:
        """See `model.Packing.attend`."""
        size = joined.shape[-1] // 3 // heads
        parts = joined.view(self._pairs, self._tokens, 3, heads, size).permute(2, 0, 3, 1, 4)
        query, key, value = parts.unbind(0)
        bias = self._bias
        if across is not None:
            bias = bias + across.view(1, -1, 1, 1) * self._is_across
        near = (query * size**-0.5) @ key.transpose(-1, -2)
        weights = torch.softmax(near.float() + bias, dim=-1).to(value.dtype)
        mixed = (weights @ value).transpose(1, 2)
        return mixed.reshape(self._pairs * self._tokens, heads * size)


def padded(texts: Sequence[Read]) -> Padded:
    """Put texts side by side."""
    longest, hidden = max(len(text.ids) for text in texts), texts[0].states.shape[-1]
    states = torch.zeros(len(texts), longest, hidden)
    ids = torch.full((len(texts), longest), -1, dtype=torch.long)
    for at, text in enumerate(texts):
        states[at, : len(text.ids)] = text.states
        ids[at, : len(text.ids)] = text.ids
    return Padded(states=states, ids=ids, is_token=ids >= 0)


def run(reader: Reader, firsts: Sequence[Read], seconds: Sequence[Read]) -> Together:
    """Read pairs of texts together, from the frozen layers on."""
    one, other = padded(firsts), padded(seconds)
    pairs, second = one.ids.shape
    packing = PaddedPacking(torch.cat([one.is_token, other.is_token], 1), second)
    hidden = one.states.shape[-1]
    state = torch.cat([one.states, other.states], 1).reshape(-1, hidden)
    for layer, across in zip(reader.lower, reader.across, strict=True):
        state = layer(state, packing, across)
    state = state.view(pairs, -1, hidden).float()
    first, last = _told(reader, one, other, state[:, :second], state[:, second:])
    state = torch.cat([first, last], 1).reshape(-1, hidden)
    for layer in reader.layers:
        state = layer(state, packing)
    return Together(
        states=state.view(pairs, -1, hidden).float(),
        second=second,
        first_tokens=one.is_token,
        second_tokens=other.is_token,
    )


def _told(
    reader: Reader, one: Padded, other: Padded, asking: Tensor, saying: Tensor
) -> tuple[Tensor, Tensor]:
    """Tell each token of the other text, as `model.TwoTexts.joined` does."""
    asked = functional.normalize(asking - reader.centre, dim=-1) * one.is_token[..., None]
    said = functional.normalize(saying - reader.centre, dim=-1) * other.is_token[..., None]
    are_tokens = other.is_token[:, :, None] & one.is_token[:, None, :]
    near = (said @ asked.transpose(1, 2)).masked_fill(~are_tokens, UNLIKE)
    same = ((other.ids[:, :, None] == one.ids[:, None, :]) & are_tokens).float()
    same = same * counting(other)[..., None]
    sharp = (SHARPNESS * near).masked_fill(~one.is_token[:, None, :], NEVER)
    mean = torch.softmax(sharp, dim=-1) @ asked
    signs, segments = reader.signs, reader.segments
    first = asking + segments[0] + same.amax(1)[..., None] * signs[0]
    first = first + near.amax(1)[..., None] * signs[1]
    second = saying + segments[1] + same.amax(2)[..., None] * signs[2]
    second = second + near.amax(2)[..., None] * signs[3]
    return first, second + reader.aligned(torch.cat([mean, said * mean], dim=-1))


def counting(texts: Padded) -> Tensor:
    """Give 1 for tokens whose like in another text says something, 0 for the marks around them."""
    counts = torch.ones(texts.ids.shape)
    counts[:, :PREFIX] = 0
    counts[torch.arange(len(counts)), texts.counts - 1] = 0
    return counts


def mean_of(states: Tensor, are_wanted: Tensor) -> Tensor:
    """Give the mean of the wanted tokens of each text; (texts, hidden)."""
    wanted = are_wanted.unsqueeze(-1).float()
    return (states * wanted).sum(1) / wanted.sum(1).clamp(min=1)

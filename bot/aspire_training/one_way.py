"""Statements that look into passages, which do not look back: read once for all said about them.

As `padded`, with the layers of `model.Reader`; a passage goes through them by itself, and at each
layer the tokens of a statement look at each other and at the passage's. Many statements about one
passage then take little more than their own tokens.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from aspire_training.model import SHARPNESS, Layer, Read, Reader, short_products
from aspire_training.padded import NEVER, UNLIKE, Padded, counting, padded


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Looked:
    """The last states of passages and of statements, (texts, tokens, hidden)."""

    passages: Tensor
    statements: Tensor
    are_tokens: Tensor
    """Which places of the statements are tokens; (statements, tokens)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Masks:
    """What is added to the attention of passages, and of statements into their passage and own."""

    passages: Tensor
    statements: Tensor
    owners: Tensor
    """Which passage each statement is about; (statements,)."""


def run(
    reader: Reader, passages: Sequence[Read], statements: Sequence[Read], owners: Sequence[int]
) -> Looked:
    """Read passages, and statements each beside its passage, from the frozen layers on."""
    told, said = padded(passages), padded(statements)
    own = _bias(told.is_token)
    about = torch.tensor(owners)
    masks = _Masks(
        passages=own,
        statements=torch.cat([own[about], _bias(said.is_token)], dim=-1),
        owners=about,
    )
    first, second = told.states, said.states
    for layer, across in zip(reader.lower, reader.across, strict=True):
        first, second = _looking(layer, first, second, masks, across)
    first, second = first.float(), second.float()
    second = _told(reader, told, said, first, second, about)
    first = first + reader.segments[0]
    for layer in reader.layers:
        first, second = _looking(layer, first, second, masks)
    return Looked(passages=first.float(), statements=second.float(), are_tokens=said.is_token)


def _bias(are_tokens: Tensor) -> Tensor:
    return torch.zeros(are_tokens.shape).masked_fill_(~are_tokens, NEVER)[:, None, None]


def _looking(
    layer: Layer, first: Tensor, second: Tensor, masks: _Masks, across: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """One layer over passages, and over the statements that look into them."""
    with short_products():
        query, key, value = _by_heads(layer, first)
        asking, own_key, own_value = _by_heads(layer, second)
        mixed = _mixed(query, key, value, masks.passages)
        bias = masks.statements
        if across is not None:
            into = torch.arange(bias.shape[-1]) < first.shape[1]
            bias = bias + across.view(1, -1, 1, 1) * into
        said = _mixed(
            asking,
            torch.cat([key[masks.owners], own_key], dim=2),
            torch.cat([value[masks.owners], own_value], dim=2),
            bias,
        )
        return layer.after(first, mixed), layer.after(second, said)


def _by_heads(layer: Layer, states: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Give queries, keys and values; (texts, heads, tokens, part of hidden) each."""
    texts, tokens, hidden = states.shape
    parts = layer.qkv(states).view(texts, tokens, 3, layer.heads, hidden // layer.heads)
    query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)
    return query * query.shape[-1] ** -0.5, key, value


def _mixed(query: Tensor, key: Tensor, value: Tensor, bias: Tensor) -> Tensor:
    weights = torch.softmax((query @ key.transpose(-1, -2)).float() + bias, dim=-1)
    mixed = (weights.to(value.dtype) @ value).transpose(1, 2)
    return mixed.reshape(*mixed.shape[:2], -1)


def _told(
    reader: Reader, passages: Padded, said: Padded, first: Tensor, second: Tensor, owners: Tensor
) -> Tensor:
    """Tell each token of a statement of its passage, as `model.TwoTexts.joined` does a passage."""
    told = functional.normalize(first - reader.centre, dim=-1) * passages.is_token[..., None]
    own = functional.normalize(second - reader.centre, dim=-1) * said.is_token[..., None]
    told, ids, are_told = told[owners], passages.ids[owners], passages.is_token[owners]
    are_tokens = said.is_token[:, :, None] & are_told[:, None, :]
    near = (own @ told.transpose(1, 2)).masked_fill(~are_tokens, UNLIKE)
    same = ((said.ids[:, :, None] == ids[:, None, :]) & are_tokens).float()
    same = same * counting(said)[..., None]
    sharp = (SHARPNESS * near).masked_fill(~are_told[:, None, :], NEVER)
    mean = torch.softmax(sharp, dim=-1) @ told
    second = second + reader.segments[1] + same.amax(2)[..., None] * reader.signs[2]
    second = second + near.amax(2)[..., None] * reader.signs[3]
    return second + reader.aligned(torch.cat([mean, own * mean], dim=-1))

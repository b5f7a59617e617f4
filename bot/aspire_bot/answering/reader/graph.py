"""The graphs of the reader and its like; made once, at the first start, and kept in the cache.

`apart`: multilingual-e5-small's first layers, which read the question and each passage by itself.
`lower`: the reader's trained layers before tokens are told of the other text. `together`: the
trained layers after that. Both read the states of two texts end to end.
"""

import numpy as np

from aspire_bot.answering.reader.weights import (
    BESIDE,
    EMBEDDED,
    FROZEN_LAYERS,
    IS_ACROSS,
    READER_FROZEN_LAYERS,
    STATES,
    ReaderWeights,
)
from aspire_ingest.index.embedding.builder import GraphBuilder, LayerWeights, QuantisedWeights
from aspire_ingest.index.embedding.weights import Weights


def build_apart(weights: Weights, layers: int) -> bytes:
    """Build so many of the first layers, as they are (14 MB for eight)."""
    builder = GraphBuilder(QuantisedWeights(weights))
    state = builder.normed(EMBEDDED, "emb.ln")
    return _through(builder, state, range(layers), "apart")


def build_lower(weights: ReaderWeights) -> bytes:
    """Build trained layers that learnt how far one text looks into the other (7 MB)."""
    builder = GraphBuilder(weights)
    state = EMBEDDED
    for place, layer in enumerate(range(READER_FROZEN_LAYERS, FROZEN_LAYERS)):
        state = builder.layer(state, layer, bias=_across(builder, weights, place))
    builder.add("Identity", [state], outputs=[STATES])
    inputs = [builder.tensor(IS_ACROSS, 1, 1, "tokens", "tokens"), builder.states(EMBEDDED)]
    return builder.serialised("lower", inputs, [builder.states(STATES)])


def build_together(weights: LayerWeights) -> bytes:
    """Build the trained layers (7 MB)."""
    layers = range(FROZEN_LAYERS, weights.shape.layers)
    return _through(GraphBuilder(weights), EMBEDDED, layers, "together")


def build_looked_into(weights: ReaderWeights) -> bytes:
    """Build all trained layers over one text that looks into no other (14 MB).

    Gives what goes into each layer, and what comes out of the last; (layers + 1, tokens, hidden).
    """
    builder = GraphBuilder(weights)
    states = [EMBEDDED]
    for layer in range(READER_FROZEN_LAYERS, weights.shape.layers):
        if layer == FROZEN_LAYERS:
            segment = builder.constant("segment", weights.floats("segments")[0])
            states[-1] = builder.add("Add", [states[-1], segment])
        states.append(builder.layer(states[-1], layer))
    builder.add("Concat", states, outputs=[STATES], attributes={"axis": 0})
    through = builder.tensor(STATES, len(states), "tokens", weights.shape.hidden)
    return builder.serialised("looked into", [builder.states(EMBEDDED)], [through])


def build_looking(weights: ReaderWeights, layers: range, *, is_lower: bool) -> bytes:
    """Build trained layers in which one text looks into another that does not look back (7 MB).

    `BESIDE` is what goes into each layer of the other, (layers, tokens, hidden); the lower layers
    learnt how far to look into it.
    """
    builder = GraphBuilder(weights)
    state, inputs = EMBEDDED, [builder.states(EMBEDDED)]
    inputs.append(builder.tensor(BESIDE, len(layers), "beside tokens", weights.shape.hidden))
    if is_lower:
        inputs.append(builder.tensor(IS_ACROSS, 1, 1, "tokens", "all tokens"))
    for place, layer in enumerate(layers):
        at = builder.constant(f"at.{place}", np.array([place], np.int64))
        beside = builder.add("Gather", [BESIDE, at], attributes={"axis": 0})
        bias = _across(builder, weights, place) if is_lower else ""
        state = builder.layer(state, layer, bias=bias, beside=beside)
    builder.add("Identity", [state], outputs=[STATES])
    return builder.serialised("looking", inputs, [builder.states(STATES)])


def _across(builder: GraphBuilder, weights: ReaderWeights, place: int) -> str:
    """Add what a lower layer adds to the attention from one text into the other."""
    by_head = weights.floats("across")[place].reshape(1, -1, 1, 1)  # of (layers, heads)
    return builder.add("Mul", [IS_ACROSS, builder.constant(f"across.{place}", by_head)])


def _through(builder: GraphBuilder, state: str, layers: range, name: str) -> bytes:
    for layer in layers:
        state = builder.layer(state, layer)
    builder.add("Identity", [state], outputs=[STATES])
    return builder.serialised(name, [builder.states(EMBEDDED)], [builder.states(STATES)])

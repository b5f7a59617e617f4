"""The graphs of the reader and its like; made once, at the first start, and kept in the cache.

`apart`: multilingual-e5-small's first layers, which read the question and each passage by itself.
`lower`: the reader's trained layers before tokens are told of the other text. `together`: the
trained layers after that. Both read the states of two texts end to end.
"""

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
    across = weights.floats("across")  # (layers, heads)
    state = EMBEDDED
    for place, layer in enumerate(range(READER_FROZEN_LAYERS, FROZEN_LAYERS)):
        by_head = builder.constant(f"l{layer}.across", across[place].reshape(1, -1, 1, 1))
        state = builder.layer(state, layer, bias=builder.add("Mul", [IS_ACROSS, by_head]))
    builder.add("Identity", [state], outputs=[STATES])
    inputs = [builder.tensor(IS_ACROSS, 1, 1, "tokens", "tokens"), builder.states(EMBEDDED)]
    return builder.serialised("lower", inputs, [builder.states(STATES)])


def build_together(weights: LayerWeights) -> bytes:
    """Build the trained layers (7 MB)."""
    layers = range(FROZEN_LAYERS, weights.shape.layers)
    return _through(GraphBuilder(weights), EMBEDDED, layers, "together")


def build_looking(weights: ReaderWeights) -> bytes:
    """Build trained layers in which one text looks into another that stays as it is."""
    builder = GraphBuilder(weights)
    state = EMBEDDED
    for layer in range(FROZEN_LAYERS, weights.shape.layers):
        state = builder.layer(state, layer, beside=BESIDE)
    builder.add("Identity", [state], outputs=[STATES])
    inputs = [builder.tensor(BESIDE, 1, "beside tokens", weights.shape.hidden)]
    return builder.serialised(
        "looking", [*inputs, builder.states(EMBEDDED)], [builder.states(STATES)]
    )


def _through(builder: GraphBuilder, state: str, layers: range, name: str) -> bytes:
    for layer in layers:
        state = builder.layer(state, layer)
    builder.add("Identity", [state], outputs=[STATES])
    return builder.serialised(name, [builder.states(EMBEDDED)], [builder.states(STATES)])

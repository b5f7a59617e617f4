"""The reader's two graphs; made once, at the first start, and kept in the cache.

`apart`: multilingual-e5-small's first layers, which read the question and each passage by itself.
`together`: the trained layers, which read the states of both end to end.
"""

from aspire_bot.answering.reader.weights import (
    BESIDE,
    EMBEDDED,
    FROZEN_LAYERS,
    STATES,
    ReaderWeights,
)
from aspire_ingest.index.embedding.builder import GraphBuilder, LayerWeights, QuantisedWeights
from aspire_ingest.index.embedding.weights import Weights


def build_apart(weights: Weights) -> bytes:
    """Build the layers that are not trained (14 MB)."""
    builder = GraphBuilder(QuantisedWeights(weights))
    state = builder.normed(EMBEDDED, "emb.ln")
    return _through(builder, state, range(FROZEN_LAYERS), "apart")


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

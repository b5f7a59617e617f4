"""Names of the inputs and outputs of the graph that embeds passages."""

EMBEDDED, BIAS = "embedded", "bias"
PASSAGE, SENTENCES = "passage", "sentences"

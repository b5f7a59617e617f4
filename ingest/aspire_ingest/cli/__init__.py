"""The program `aspire-ingest`."""

import gc

# Importing makes some 200,000 objects, all of which stay: to look for garbage among them each 700
# is a twentieth of a short run. `index.program.run` sets what holds from then on.
gc.set_threshold(100_000)

"""Documents of a funding programme, brought into an index that the bot reads."""

import os

# OpenBLAS reads this when NumPy is loaded, so it stands before every other import. Whoever embeds,
# reads or scores has threads of its own, one for each core: those of OpenBLAS would spin beside
# them and wait for cores (measured on two: twice the processor time for an answer, none faster).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

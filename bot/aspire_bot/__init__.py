"""Questions about a funding programme, answered from its documents with citations."""

import aspire_ingest as aspire_ingest  # first: it sets how NumPy is loaded

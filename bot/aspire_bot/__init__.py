"""Questions about a funding programme, answered from its documents with citations."""

"""A loader whose parser process is not ended after each use."""

import atexit
from functools import cache

from aspire_ingest.load.loader import Loader
from aspire_ingest.load.types import LoadOptions


def lent_loader(options: LoadOptions | None = None) -> Loader:
    """Give a loader; its parser process takes a second to start and serves all of a worker.

    Not for tests of that process itself, or of the environment it starts in.
    """
    return _lender().with_options(options or LoadOptions())


@cache
def _lender() -> Loader:
    loader = Loader()
    atexit.register(loader.close)
    return loader

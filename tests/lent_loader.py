"""Loaders: one whose parser process is not ended after each use; all documents of a target."""

import atexit
from collections.abc import Iterator
from functools import cache

from aspire_ingest.errors import LoadError
from aspire_ingest.index.types import Document
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


def load_target(target: str, options: LoadOptions | None = None) -> Iterator[Document | LoadError]:
    """Give every document of a target, and one LoadError for each item that cannot be read."""
    with Loader(options) as loader:
        for item in loader.discover(target):
            if isinstance(item, LoadError):
                yield item
                continue
            try:
                yield from item.load()
            except LoadError as error:
                yield error

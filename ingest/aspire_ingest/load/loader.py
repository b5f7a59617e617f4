"""From a target (file, folder, URL, bulk file) to items, lazily and in a fixed order."""

from collections.abc import Iterator
from types import TracebackType
from typing import Self

from aspire_ingest.errors import LoadError
from aspire_ingest.index.types import Document
from aspire_ingest.load.types import Item, LoadOptions


class Loader:
    """Finds and loads items. Holds the parser process, which starts when a file needs it."""

    def __init__(self, options: LoadOptions | None = None) -> None:
        """Nothing is opened or started yet."""
        self._options = options or LoadOptions()

    def __enter__(self) -> Self:
        """Give the loader itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the parser process."""
        self.close()

    def close(self) -> None:
        """End the parser process; the loader can be used again and starts another."""

    def discover(self, target: str) -> Iterator[Item | LoadError]:
        """Yield the items of a target lazily, in the same order each time; never raises.

        What cannot be an item (a missing path, a broken line) is yielded as a LoadError in its
        place. Hidden files and files of unknown kind inside a folder are skipped with a log line.
        """
        raise NotImplementedError


def discover(target: str, options: LoadOptions | None = None) -> Iterator[Item | LoadError]:
    """Yield the items of one target; see `Loader.discover`."""
    with Loader(options) as loader:
        yield from loader.discover(target)


def load_target(target: str, options: LoadOptions | None = None) -> Iterator[Document | LoadError]:
    """Yield every document of a target, and one LoadError for each item that cannot be read."""
    for item in discover(target, options):
        if isinstance(item, LoadError):
            yield item
            continue
        try:
            yield from item.load()
        except LoadError as error:
            yield error

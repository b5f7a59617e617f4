"""The documents of each generation in the orders of the pages, worked out once."""

import gc
import threading
from weakref import WeakKeyDictionary

from aspire_bot.console.views.documents import Shelf
from aspire_ingest.index.reader import IndexReader

_MANY = 10_000


class Shelves:
    """The shelf of each generation, as long as somebody has that open."""

    def __init__(self) -> None:
        """Know none yet."""
        self._lock = threading.Lock()
        self._known: WeakKeyDictionary[IndexReader, Shelf] = WeakKeyDictionary()

    def of(self, index: IndexReader) -> Shelf:
        """Give the shelf of a generation."""
        with self._lock:
            found = self._known.get(index)
            if found is None:
                documents = index.documents()
                found = self._known[index] = Shelf(documents.values())
                if len(documents) >= _MANY:
                    _pass_over_in_search_for_garbage()
            return found


def _pass_over_in_search_for_garbage() -> None:
    """Have Python no longer visit what is there now whenever it looks for garbage.

    To visit 100,000 documents takes a quarter of a second, every tenth page or so. What is passed
    over ends as ever where nothing refers to it; only what refers to itself would stay, and is
    looked for when the next generation is read.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()

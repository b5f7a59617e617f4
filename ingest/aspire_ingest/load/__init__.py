"""Loading: from a file, folder, URL or bulk file to documents, one clear error per bad item."""

from aspire_ingest.load.loader import Loader, discover, load_target
from aspire_ingest.load.types import LOADER_VERSION, Item, LoadOptions
from aspire_ingest.web.types import FetchOptions

__all__ = [
    "LOADER_VERSION",
    "FetchOptions",
    "Item",
    "LoadOptions",
    "Loader",
    "discover",
    "load_target",
]

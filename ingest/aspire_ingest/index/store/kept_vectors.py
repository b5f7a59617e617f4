"""The vectors of a generation by the keys of what they were made of: none is made twice."""

import json
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import cast

from aspire_ingest.index.closeable import Closeable
from aspire_ingest.index.embedding.types import EmbeddedPassage
from aspire_ingest.index.store.base import Base
from aspire_ingest.index.store.rows import embedded_by_key, open_read_only
from aspire_ingest.index.store.store import STORE_NAME


class StoredVectors(Closeable):
    """Reads the vectors of one `index.sqlite` that nobody changes while it is open."""

    def __init__(self, path: Path) -> None:
        """Open the file."""
        self._connection = open_read_only(str(path))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def of(self, content_keys: Sequence[str]) -> dict[str, EmbeddedPassage]:
        """What is stored of these keys, by key; the embedder is that of the generation."""
        numbers = [self._numbers[key] for key in content_keys if key in self._numbers]
        rows = self._connection.execute(
            "SELECT content_key, vector, sentence_vectors, scales FROM vectors"
            " WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps(numbers),),
        )
        return embedded_by_key(rows)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """A passage that has each key: there is no index of them, and one look is enough."""
        rows = self._connection.execute("SELECT content_key, number FROM vectors")
        return dict(cast("Iterable[tuple[str, int]]", rows))


@contextmanager
def vectors_of(base: Base | None, embedder_name: str) -> Generator[StoredVectors | None]:
    """Open the vectors of a generation; None where another embedder made them."""
    file = base.manifest if base else None
    if base is None or base.folder is None or file is None or file.embedding != embedder_name:
        yield None
        return
    with StoredVectors(base.folder / STORE_NAME) as stored:
        yield stored

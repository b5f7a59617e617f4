"""The reader of this process, for whoever may never ask it: making one loads nothing."""

from collections.abc import Sequence
from pathlib import Path

from aspire_bot.answering.reader.encode import ReaderText
from aspire_bot.answering.reader.types import Reading


class LazyReader:
    """The reader of this process, loaded by the first question."""

    def __init__(self, cache_dir: Path) -> None:
        """Keep its graphs under `cache_dir`."""
        self._cache_dir = cache_dir

    def read(self, question: ReaderText, passages: Sequence[ReaderText]) -> tuple[Reading, ...]:
        """See `reader.model.Reader.read`; raises also as `load_reader` does."""
        # Here, not above: onnxruntime takes its time to load, and the first question waits for it.
        from aspire_bot.answering.reader.model import load_reader  # noqa: PLC0415

        return load_reader(self._cache_dir).read(question, passages)

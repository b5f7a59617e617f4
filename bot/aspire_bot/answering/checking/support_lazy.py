"""The model of support of this process, for whoever may never ask it: making one loads nothing."""

from pathlib import Path

from aspire_bot.answering.checking.support_text import SupportReading
from aspire_bot.answering.reader.encode import ReaderText


class LazySupportModel:
    """The model of this process, loaded by the first statement."""

    def __init__(self, cache_dir: Path) -> None:
        """Keep its graphs under `cache_dir`."""
        self._cache_dir = cache_dir

    def read(self, source: ReaderText, statement: ReaderText) -> SupportReading:
        """See `support_model.SupportModel.read`; raises also as `load_support_model` does."""
        # Here, not above: onnxruntime takes its time to load, and the first statement waits for it.
        from aspire_bot.answering.checking.support_model import (  # noqa: PLC0415  as said
            load_support_model,
        )

        return load_support_model(self._cache_dir).read(source, statement)

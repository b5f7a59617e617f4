"""The model of messages of this process, for whoever may never ask it: making one loads nothing."""

from collections.abc import Sequence
from pathlib import Path

from aspire_bot.answering.message.pieces import Piece
from aspire_bot.answering.message.types import MessageReading
from aspire_bot.answering.types import Place, Turn


class LazyMessageModel:
    """The model of this process, loaded by the first message."""

    def __init__(self, cache_dir: Path) -> None:
        """Keep its graphs under `cache_dir`."""
        self._cache_dir = cache_dir

    def read(
        self, text: str, pieces: Sequence[Piece], place: Place, history: Sequence[Turn]
    ) -> MessageReading:
        """See `model.MessageModel.read`; raises also as `load_message_model` does."""
        # Here, not above: onnxruntime takes its time to load, and the first message waits for it.
        from aspire_bot.answering.message.model import load_message_model  # noqa: PLC0415

        return load_message_model(self._cache_dir).read(text, pieces, place, history)

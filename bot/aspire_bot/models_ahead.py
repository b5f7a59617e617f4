"""The models that read, loaded ahead: a process that answers one question waits the less."""

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from aspire_bot.settings import Settings
from aspire_ingest.index.embedding.open_embedder import DEFAULT_EMBEDDING
from aspire_ingest.index.embedding.weights import is_installed


def can_read(settings: Settings) -> bool:
    """Say whether the models that read are switched on, and have the package they stand on."""
    is_built_in = settings.embedding.strip() == DEFAULT_EMBEDDING
    return settings.reader != "none" and is_installed() and is_built_in


@contextmanager
def models_loading(settings: Settings) -> Generator[None]:
    """Load the models that read, one after another, in a thread beside the block.

    For a process that answers one question: it waits for each model no longer than it must. What
    cannot be loaded is left to the question, which says why.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="models") as pool:
        for load in _loads(settings):
            pool.submit(load, settings.cache)
        try:
            yield
        finally:
            pool.shutdown(cancel_futures=True)


def _loads(settings: Settings) -> Generator[Callable[[Path], object]]:
    """What loads the models, in the order in which a question needs them."""
    # In functions: onnxruntime is imported beside the block as well.
    if is_installed():
        yield _load_message_model
    if settings.embedding.strip() == DEFAULT_EMBEDDING:
        yield _load_embedder
    if can_read(settings):
        yield _load_reader


def _load_message_model(cache_dir: Path) -> None:
    from aspire_bot.answering.message.model import load_message_model  # noqa: PLC0415  as said

    load_message_model(cache_dir)


def _load_embedder(cache_dir: Path) -> None:
    from aspire_ingest.index.embedding.transformer import load_transformer  # noqa: PLC0415  as said

    load_transformer(cache_dir)


def _load_reader(cache_dir: Path) -> None:
    from aspire_bot.answering.reader.model import load_reader  # noqa: PLC0415  as said

    load_reader(cache_dir)

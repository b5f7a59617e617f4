"""The composition root of `aspire-ingest`: real objects out of settings."""

from collections.abc import Generator
from contextlib import contextmanager

from aspire_ingest.index.chroma_process import ChromaProcess, OpenChroma
from aspire_ingest.index.embedding.configured import configured_embedder
from aspire_ingest.index.generations import Home
from aspire_ingest.load import FetchOptions, Loader, LoadOptions
from aspire_ingest.pipeline import Parts, Progress
from aspire_ingest.settings import IngestSettings
from aspire_ingest.split import SPLITTER_SETTINGS, split_document


@contextmanager
def build_parts(
    settings: IngestSettings,
    progress: Progress,
    *,
    open_chroma: OpenChroma = ChromaProcess,
) -> Generator[Parts]:
    """All that a run needs. The embedding model is loaded when the first passage needs it.

    Raises:
        ConfigError: a setting names something that does not exist.
    """
    options = LoadOptions(fetch=FetchOptions(allow=settings.fetch_allow))
    with Loader(options) as loader:
        yield Parts(
            home=Home(settings.home),
            source=loader,
            split=split_document,
            splitter=SPLITTER_SETTINGS,
            embedder=configured_embedder(settings),
            open_chroma=open_chroma,
            progress=progress,
        )

"""Errors of the two programs that both may see.

AspireError
├─ ConfigError                          a setting or an argument is wrong          (exit 2)
├─ IndexAccessError
│  ├─ IndexMissingError                 nothing was indexed here yet
│  ├─ IndexUnavailableError (retryable) locked by another writer, or being switched
│  ├─ IndexMismatchError                made by another embedder or schema
│  └─ EmbeddingError                    the embedding model cannot be loaded or run
├─ IngestError                          (aspire_ingest.errors)
└─ AnswerError                          (aspire_bot.errors)
"""


class AspireError(Exception):
    """Base of all errors that a user may be shown; the message says what to do."""

    retryable: bool = False


class ConfigError(AspireError):
    """A setting or an argument cannot be used."""


class IndexAccessError(AspireError):
    """The index cannot be opened or read."""


class IndexMissingError(IndexAccessError):
    """There is no published index at this place yet."""


class IndexUnavailableError(IndexAccessError):
    """Another process holds what is needed; trying again later can work."""

    retryable = True


class IndexMismatchError(IndexAccessError):
    """The index was made with other settings than the ones in force."""


class EmbeddingError(IndexAccessError):
    """The embedding model cannot be loaded or run."""

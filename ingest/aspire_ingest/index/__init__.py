"""The contract of the two programs: the types of what is stored, and the errors both may see.

Importing this package loads no model, no database and no third-party package.
"""

from aspire_ingest.index.errors import (
    AspireError,
    ConfigError,
    EmbeddingError,
    IndexAccessError,
    IndexMismatchError,
    IndexMissingError,
    IndexUnavailableError,
)
from aspire_ingest.index.types import (
    APPROVED_BY,
    AUDIENCES,
    KINDS,
    UNKNOWN_LANGUAGE,
    Audience,
    DateOrigin,
    Document,
    DocumentInfo,
    Hour,
    IndexManifest,
    Kind,
    Occasion,
    OccasionBasis,
    Passage,
    ScoredPassageId,
    Sentence,
    SentenceForm,
    YearOrigin,
)

__all__ = [
    "APPROVED_BY",
    "AUDIENCES",
    "KINDS",
    "UNKNOWN_LANGUAGE",
    "AspireError",
    "Audience",
    "ConfigError",
    "DateOrigin",
    "Document",
    "DocumentInfo",
    "EmbeddingError",
    "Hour",
    "IndexAccessError",
    "IndexManifest",
    "IndexMismatchError",
    "IndexMissingError",
    "IndexUnavailableError",
    "Kind",
    "Occasion",
    "OccasionBasis",
    "Passage",
    "ScoredPassageId",
    "Sentence",
    "SentenceForm",
    "YearOrigin",
]

"""Documents that say nearly the same as another one. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from aspire_ingest.index.types import Document, DocumentInfo

LEAST_SHARE = 0.5
"""Of the sentences of two documents together, those that both have."""
_MOST_NAMED = 5
_SHORT = 12
"""Characters; what is shorter (a date, a label) is no sign that two texts are one."""
_ENDS = re.compile(r"[\n。！？]+|[.!?]+\s")
_NOT_LETTERS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A document of the index that says nearly the same. `share` is 1 where it says the same."""

    document: DocumentInfo
    share: float

    def as_json(self) -> dict[str, object]:
        """In the form that scripts know."""
        return {
            "document_id": self.document.document_id,
            "title": self.document.title,
            "place": self.document.url or self.document.source,
            "share": round(self.share, 2),
        }


def alike(document: Document, others: Iterable[Document]) -> list[Alike]:
    """Find what says nearly the same as a document, the nearest first; itself left out."""
    said = _sentences(document.text)
    found: list[Alike] = []
    for other in others:
        if other.document_id == document.document_id or not said:
            continue
        if not 0.4 < (len(other.text) + 1) / (len(document.text) + 1) < 2.5:
            continue  # too unequal in length to share half of what they say
        theirs = _sentences(other.text)
        share = len(said & theirs) / len(said | theirs)
        if share >= LEAST_SHARE:
            found.append(Alike(document=other.info, share=share))
    return sorted(found, key=lambda one: -one.share)[:_MOST_NAMED]


def _sentences(text: str) -> frozenset[str]:
    """What a text says, without regard to form, order and punctuation."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    parts = (_NOT_LETTERS.sub("", part) for part in _ENDS.split(plain))
    return frozenset(part for part in parts if len(part) >= _SHORT)

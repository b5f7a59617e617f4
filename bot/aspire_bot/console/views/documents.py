"""Documents as they are listed. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from aspire_ingest.index import DocumentInfo

WELL_READ = 0.9
"""From this quality on a document is taken to be read well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFilter:
    """What is looked for; nothing where a field is empty. `text` stands in title, id or place."""

    text: str = ""
    kind: str = ""
    language: str = ""
    audience: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDocument:
    """A document in a list; `percent` is how well it was read, `age_days` counts from its date."""

    info: DocumentInfo
    name: str
    percent: int
    cited: int
    age_days: int | None


def matching(documents: Iterable[DocumentInfo], wanted: DocumentFilter) -> list[DocumentInfo]:
    """Give those that match, newest first; doubtful ones worst first."""
    words = wanted.text.casefold().split()
    found = [info for info in documents if _matches(info, wanted, words)]
    if wanted.doubtful:
        return sorted(found, key=lambda info: (info.quality, info.document_id))
    return sorted(found, key=lambda info: (info.published or "", info.title), reverse=True)


def listed(
    documents: Sequence[DocumentInfo], cited: Mapping[str, int], today: date
) -> list[ListedDocument]:
    """Give documents with what a list says of them."""
    return [
        ListedDocument(
            info=info,
            name=name_of(info),
            percent=round(100 * info.quality),
            cited=cited.get(info.document_id, 0),
            age_days=_age(info.published, today),
        )
        for info in documents
    ]


def name_of(info: DocumentInfo) -> str:
    """Name a document: by its title, else its file, else its id."""
    file = info.source.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return next((name for name in (info.title, file, info.document_id) if name.strip()), "…")


def _matches(info: DocumentInfo, wanted: DocumentFilter, words: Sequence[str]) -> bool:
    if wanted.kind and info.kind != wanted.kind:
        return False
    if wanted.language and info.language != wanted.language:
        return False
    if wanted.audience and info.audience != wanted.audience:
        return False
    if wanted.doubtful and info.quality >= WELL_READ:
        return False
    if not words:
        return True  # of a hundred thousand documents no place is written out for nothing
    place = f"{info.title}\n{info.document_id}\n{info.source}\n{info.url or ''}".casefold()
    return all(word in place for word in words)


def _age(published: str | None, today: date) -> int | None:
    """Days since a date; of a month or a year alone, since its beginning."""
    if published is None:
        return None
    parts = [int(part) for part in published.split("-") if part.isdecimal()]
    try:
        day = date(*[*parts, 1, 1][:3])
    except (TypeError, ValueError):
        return None
    return (today - day).days

"""Documents as they are listed. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from sys import intern

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


class Row:
    """Documents in an order, which never change, with what is looked for in them beside them.

    What is compared lies in lists of its own: to visit 100,000 documents for it takes five times as
    long, and to make a pair of each has Python look through all that it holds for garbage.
    """

    def __init__(self, documents: Sequence[DocumentInfo]) -> None:
        """Take documents that are in order."""
        self.documents = documents

    @cached_property
    def _places(self) -> Sequence[str]:
        """Where words are looked for."""
        return [
            f"{info.title}\n{info.document_id}\n{info.source}\n{info.url or ''}".casefold()
            for info in self.documents
        ]

    @cached_property
    def _kinds(self) -> Sequence[str]:
        return [intern(info.kind) for info in self.documents]

    @cached_property
    def _languages(self) -> Sequence[str]:
        return [intern(info.language) for info in self.documents]

    @cached_property
    def _audiences(self) -> Sequence[str]:
        return [intern(info.audience) for info in self.documents]

    def matching(self, wanted: DocumentFilter) -> Sequence[DocumentInfo]:
        """Give those that match, in the same order."""
        if wanted == DocumentFilter(doubtful=wanted.doubtful):
            return self.documents
        at: Sequence[int] = range(len(self.documents))
        if wanted.kind:
            kinds = self._kinds
            at = [number for number in at if kinds[number] == wanted.kind]
        if wanted.language:
            languages = self._languages
            at = [number for number in at if languages[number] == wanted.language]
        if wanted.audience:
            audiences = self._audiences
            at = [number for number in at if audiences[number] == wanted.audience]
        for word in wanted.text.casefold().split():
            places = self._places
            at = [number for number in at if word in places[number]]
        return [self.documents[number] for number in at]


class Shelf:
    """The documents of a generation, put in order once for many pages."""

    def __init__(self, documents: Iterable[DocumentInfo]) -> None:
        """Take the documents; they are put in order when that is asked for."""
        self._documents = tuple(documents)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the documents."""
        return tuple(sorted({info.language for info in self._documents}))

    @cached_property
    def newest(self) -> Row:
        """All, the newest first."""
        return Row(
            sorted(
                self._documents, key=lambda info: (info.published or "", info.title), reverse=True
            )
        )

    @cached_property
    def read_badly(self) -> Row:
        """Those that may be read wrongly, the worst first."""
        found = [info for info in self._documents if info.quality < WELL_READ]
        return Row(sorted(found, key=lambda info: (info.quality, info.document_id)))

    def matching(self, wanted: DocumentFilter) -> Sequence[DocumentInfo]:
        """Give those that match, newest first; doubtful ones worst first."""
        return (self.read_badly if wanted.doubtful else self.newest).matching(wanted)


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

"""What a word index takes and gives."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, Self

from aspire_ingest.index.text.analysis import analyze, analyze_pairs
from aspire_ingest.index.types import Audience, DocumentInfo, Passage, ScoredPassageId


@dataclass(frozen=True, slots=True, kw_only=True)
class WordEntry:
    """One passage as the word index takes it: the terms of its fields, repeated as they occur."""

    passage_id: str
    audience: Audience = "public"
    title: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    """Pairs of Japanese characters of the text, each with its sign in front."""


def entries_of(info: DocumentInfo, passages: Iterable[Passage]) -> Iterator[WordEntry]:
    """Yield the entries for the passages of one document, the title analysed once."""
    title = tuple(analyze(info.title, info.language))
    for passage in passages:
        yield WordEntry(
            passage_id=passage.passage_id,
            audience=info.audience,
            title=title,
            heading=tuple(analyze("\n".join(passage.heading), info.language)),
            body=tuple(analyze(passage.text, info.language)),
            pairs=tuple(analyze_pairs(passage.text)),
        )


class WordWriter(Protocol):
    """Changes the word index of one language; nothing is seen by readers before `commit`."""

    def add(self, entries: Iterable[WordEntry]) -> None:
        """Add passages; one that is there already is replaced."""
        ...

    def delete(self, passage_ids: Iterable[str]) -> None:
        """Take passages out; unknown ids are no error."""
        ...

    def commit(self) -> None:
        """Make all changes durable and visible to readers that open the index from now on."""
        ...

    def close(self) -> None:
        """Let go of the directory. Changes since the last commit are dropped."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...


class WordSearcher(Protocol):
    """Reads the word index of one language; may be used by several threads."""

    @property
    def passages(self) -> int:
        """The number of passages."""
        ...

    def search(
        self, terms: Mapping[str, float], *, audiences: Collection[str], k: int
    ) -> Sequence[ScoredPassageId]:
        """Return the `k` best passages for weighted terms, best first, by BM25 over the fields.

        A passage needs to hold one of the terms. Passages for other audiences are left out; they
        still count in the statistics, so that scores are the same for every audience.
        """
        ...

    def document_frequency(self, term: str) -> int:
        """Return how many passages hold the term in any field."""
        ...

    def nearest_terms(self, term: str, limit: int = 3) -> Sequence[str]:
        """Return indexed terms at most two typing slips away, nearest and most frequent first.

        An indexed term is its own nearest. Numbers, dates and amounts have no near terms.
        """
        ...

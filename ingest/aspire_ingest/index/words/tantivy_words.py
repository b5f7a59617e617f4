"""The word index on disk, one directory a language; the only module that knows tantivy.

All text comes as terms; tantivy only cuts at the spaces put between them. A published directory is
never written again, so that readers need no lock and see no half-made state.
"""

import math
import os
import shutil
import tempfile
import threading
from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import tantivy

from aspire_ingest.index.closeable import Closeable
from aspire_ingest.index.errors import (
    IndexAccessError,
    IndexMissingError,
    IndexUnavailableError,
)
from aspire_ingest.index.text.japanese import PAIR_SIGN
from aspire_ingest.index.text.said_terms import SaidTerms, by_sound
from aspire_ingest.index.text.typos import nearest
from aspire_ingest.index.types import ScoredPassageId
from aspire_ingest.index.words.types import FIELD_BOOSTS, WordEntry

_WORD_FIELDS = tuple(field for field in FIELD_BOOSTS if field != "pairs")
_TOKENIZER = "spaces"
_DAMAGED = "{}: the word index is damaged; `aspire-ingest verify` makes it anew"
_MOST_REMEMBERED = 50_000
"""Terms whose number of passages is kept: some 5 MB."""
_WRITER_BYTES = 32_000_000
"""Memory for what is not committed yet; tantivy's least is 15 MB for each thread."""


class WordIndexWriter(Closeable):
    """Changes one directory; one writer at a time.

    Raises:
        IndexUnavailableError: another writer has the directory open.
        IndexAccessError: what the directory holds cannot be written to.
    """

    def __init__(self, path: Path) -> None:
        """Open the directory, and make it where there is none."""
        path.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._is_broken = False
        try:
            self._index = tantivy.Index(_schema(), path=str(path))
            _register(self._index)
            # One thread: each would leave a segment of its own, and analysis takes the time.
            self._writer: tantivy.IndexWriter | None = self._index.writer(_WRITER_BYTES, 1)
        except (ValueError, OSError) as error:
            if "lock" in str(error).lower():
                raise IndexUnavailableError(f"{path}: another process is writing to it") from error
            raise IndexAccessError(_DAMAGED.format(path)) from error

    def add(self, entries: Iterable[WordEntry]) -> None:
        """Add passages; one that is there already is replaced."""
        with self._writing() as writer:
            for entry in entries:
                writer.delete_documents_by_term("passage_id", entry.passage_id)
                document = tantivy.Document()
                document.add_text("passage_id", entry.passage_id)
                document.add_text("audience", entry.audience)
                document.add_text("title", " ".join(entry.title))
                document.add_text("heading", " ".join(entry.heading))
                document.add_text("body", " ".join(entry.body))
                document.add_text("pairs", " ".join(entry.pairs))
                writer.add_document(document)

    def delete(self, passage_ids: Iterable[str]) -> None:
        """Take passages out; unknown ids are no error."""
        with self._writing() as writer:
            for passage_id in passage_ids:
                writer.delete_documents_by_term("passage_id", passage_id)

    def commit(self) -> None:
        """Make all changes durable and visible to readers that open the index from now on."""
        with self._writing() as writer:
            writer.commit()

    def close(self) -> None:
        """Wait for background work and let go of the directory; uncommitted changes are lost.

        After it nothing touches the directory any more: it can be copied or removed.
        """
        writer, self._writer = self._writer, None
        if writer is not None and not self._is_broken:
            writer.rollback()
            writer.garbage_collect_files()
            writer.wait_merging_threads()

    @contextmanager
    def _writing(self) -> Generator[tantivy.IndexWriter]:
        writer = self._open_writer()
        try:
            yield writer
        except (ValueError, OSError) as error:  # a full disk; its threads have ended
            self._is_broken = True
            raise IndexAccessError(f"{self._path} cannot be written: {error}") from error

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise IndexUnavailableError("this writer of the word index was closed")
        return self._writer


class WordIndex(Closeable):
    """Reads one directory as it was when opened; may be used by several threads.

    Raises:
        IndexMissingError: the directory holds no word index.
        IndexAccessError: it holds one that cannot be read.
    """

    def __init__(self, path: Path) -> None:
        """Open the directory; a read-only one through a private copy."""
        if not (path / "meta.json").is_file():
            raise IndexMissingError(f"{path}: holds no word index")
        self._copy = None if _takes_lock_files(path) else _copy_of(path)
        try:
            self._index = tantivy.Index.open(self._copy.name if self._copy else str(path))
        except (ValueError, OSError) as error:
            raise IndexAccessError(_DAMAGED.format(path)) from error
        # Without a watcher: a published directory does not change, and it may be removed any time.
        self._index.config_reader(reload_policy="manual")
        self._index.reload()
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        self._frequencies: dict[str, int] = {}
        self._lock = threading.Lock()

    @property
    def passages(self) -> int:
        """The number of passages."""
        return self._searcher.num_docs

    def passage_ids(self) -> list[str]:
        """The ids of all passages, in no order: for checking them against what is stored."""
        if not self.passages:
            return []
        found = self._searcher.search(tantivy.Query.all_query(), limit=self.passages).hits
        return [self._passage_id(address) for _, address in found]

    def search(
        self, terms: Mapping[str, float], *, audiences: Collection[str], k: int
    ) -> Sequence[ScoredPassageId]:
        """Return the `k` best passages for weighted terms, best first, by BM25 over the fields.

        A passage needs to hold one of the terms. Passages for other audiences are left out; they
        still count in the statistics, so that scores are the same for every audience.
        """
        clauses = [
            tantivy.Query.boost_query(self._term(field, term), FIELD_BOOSTS[field] * weight)
            for term, weight in terms.items()
            if weight > 0 and math.isfinite(weight)
            for field in _fields_of(term)
        ]
        if not clauses or k < 1 or not audiences:
            return []
        query = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, _any(clauses)),
                (tantivy.Occur.Must, self._readable_by(audiences)),
            ]
        )
        found = self._searcher.search(query, limit=k, count=False).hits
        scored = [
            ScoredPassageId(passage_id=self._passage_id(address), score=float(score))
            for score, address in found
        ]
        return sorted(scored, key=lambda entry: (-entry.score, entry.passage_id))

    def document_frequency(self, term: str) -> int:
        """Return how many passages hold the term in any field.

        Remembered: the whole of a question and its parts ask for the same terms, and a published
        directory never changes.
        """
        known = self._frequencies.get(term)
        if known is None:
            if len(self._frequencies) >= _MOST_REMEMBERED:
                self._frequencies.clear()
            known = self._frequencies[term] = self._count(term)
        return known

    def _count(self, term: str) -> int:
        query = _any([self._term(field, term) for field in _fields_of(term)])
        found = self._searcher.search(query, limit=1)
        return found.count or 0  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue, reportUnknownVariableType] - missing in the stub

    def nearest_terms(self, term: str, limit: int = 3) -> Sequence[str]:
        """Return indexed terms at most two typing slips away, nearest and most frequent first.

        An indexed term is its own nearest. Numbers, dates and amounts have no near terms.
        """
        with self._lock:
            vocabulary = self._vocabulary
        return nearest(term, vocabulary, limit)

    def terms_said_as(self, name: str, *, is_from_abroad: bool = False) -> Sequence[str]:
        """Return indexed terms that are said as a name in Latin letters, the commonest first.

        See `SaidTerms.said_as`.
        The first call works out how all terms are said; by hand, 0.16 s for 7,000 Japanese ones.
        """
        with self._lock:
            said, vocabulary = self._said, self._vocabulary
        return sorted(
            said.said_as(name, is_from_abroad=is_from_abroad),
            key=lambda term: (-vocabulary[term], term),
        )

    def close(self) -> None:
        """Let go of the files, as soon as no search is running. Searching is over then."""
        vars(self).pop("_vocabulary", None)
        vars(self).pop("_said", None)
        vars(self).pop("_searcher", None)
        vars(self).pop("_index", None)
        copy, self._copy = self._copy, None
        if copy is not None:
            copy.cleanup()

    @cached_property
    def _vocabulary(self) -> Mapping[str, int]:
        """All terms and in how many passages' bodies, or titles, they are; read when needed."""
        vocabulary: dict[str, int] = {}
        for field in ("title", "heading", "body"):
            vocabulary.update(self._searcher.terms_with_prefix(field, ""))
        return vocabulary

    @cached_property
    def _said(self) -> SaidTerms:
        return by_sound(self._vocabulary)

    def _term(self, field: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, term, "freq")

    def _readable_by(self, audiences: Collection[str]) -> tantivy.Query:
        readable = tantivy.Query.term_set_query(self._schema, "audience", sorted(audiences))
        return tantivy.Query.const_score_query(readable, 0.0)

    def _passage_id(self, address: tantivy.DocAddress) -> str:
        return str(self._searcher.doc(address).get_first("passage_id"))


def _takes_lock_files(path: Path) -> bool:
    """Say whether tantivy may lock the directory, which it does even for reading."""
    locks = [path / ".tantivy-meta.lock", path]
    return all(os.access(lock, os.W_OK) for lock in locks if lock.exists())


def _copy_of(path: Path) -> tempfile.TemporaryDirectory[str]:
    copy = tempfile.TemporaryDirectory(prefix="aspire-words-")
    for source in path.iterdir():
        if not source.name.endswith(".lock"):
            shutil.copyfile(source, Path(copy.name) / source.name)
    return copy


def _fields_of(term: str) -> tuple[str, ...]:
    return ("pairs",) if term.startswith(PAIR_SIGN) else _WORD_FIELDS


def _any(clauses: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, clause) for clause in clauses])


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("passage_id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("audience", tokenizer_name="raw", index_option="basic")
    for field in FIELD_BOOSTS:
        builder.add_text_field(field, tokenizer_name=_TOKENIZER, index_option="freq")
    return builder.build()


def _register(index: tantivy.Index) -> None:
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_TOKENIZER, analyzer)

"""Documents in editions, what is done with them in turn, and what an index over them must hold."""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from aspire_ingest.index import Audience, IndexMissingError
from aspire_ingest.index.embedding.hashing import HashingEmbedder
from aspire_ingest.index.generations.home import Home
from aspire_ingest.index.open_index import open_reader
from aspire_ingest.index.reader import IndexReader
from aspire_ingest.index.server.address import ServerAddress
from aspire_ingest.settings import IngestSettings

EMBEDDING = "hashing/64"
EMBEDDER = HashingEmbedder(64)
TURNS = ("add", "sync", "remove", "sync")
"""What is done in turn, each on the next edition; after the last it begins anew."""
_DOCUMENTS = 12
_JAPANESE = "第{0}版の文書{1}は渡航費について述べる。研究者は{1}回まで申請できる。\n"
_ENGLISH = (
    "# Rules {1}\n\nEdition {0} of note {1} covers travel. Teams of note {1} may apply twice.\n\n"
    "# Costs {1}\n\n- Salaries of edition {0} are covered.\n- Rent of note {1} is not.\n"
)


def write_edition(folder: Path, edition: int) -> None:
    """Make the folder hold an edition: a third of the documents differ from the last, one goes."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(_DOCUMENTS):
        path = folder / f"note-{number}.md"
        if number == edition:  # each edition lacks another one
            path.unlink(missing_ok=True)
            continue
        version = edition if number % 3 == edition % 3 else 0
        text = (_JAPANESE if number % 4 == 0 else _ENGLISH).format(version, number)
        path.write_text(
            f"---\ndocument_id: note-{number}\ntitle: Note {number}\n---\n{text}", encoding="utf-8"
        )


def removed_in(edition: int) -> list[str]:
    """The documents that `remove` takes out."""
    return [f"note-{number}" for number in (5, 6, 7) if number != edition]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that a generation says: hashes of every document with its passages and vectors."""

    documents: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str, int], ...]
    """Language, term, and in how many passages it is."""


def content_of(reader: IndexReader) -> Content:
    """Read a generation from end to end."""
    terms: set[tuple[str, str]] = set()
    for document_id, info in reader.documents().items():
        for passage in reader.passages_of(document_id):
            found = passage.context_terms.union(*(one.terms for one in passage.sentences))
            terms |= {(info.language, term) for term in found}
    return Content(
        documents=tuple((name, document_hash(reader, name)) for name in reader.documents()),
        words=tuple(
            (language, term, reader.document_frequency(term, language))
            for language, term in sorted(terms)
        ),
    )


def document_hash(reader: IndexReader, document_id: str) -> str:
    """A document as a reader sees it: what is known of it, text, passages and all vectors."""
    document = reader.document(document_id)
    passages = reader.passages_of(document_id)
    ids = [passage.passage_id for passage in passages]
    digest = hashlib.sha256(f"{document.info.content_hash} {document.text}".encode())
    for passage in passages:
        terms = [(one.start, one.end, sorted(one.terms)) for one in passage.sentences]
        told = (passage.passage_id, passage.start, passage.end, passage.text, passage.heading)
        digest.update(repr((told, terms, sorted(passage.context_terms))).encode())
    digest.update(reader.vectors(ids).tobytes())
    for vectors in reader.sentence_vectors(ids).values():
        digest.update(vectors.tobytes())
    return digest.hexdigest()


def look(reader: IndexReader, states: Sequence[Content]) -> list[str]:
    """What is wrong with a generation: it is one of the states; a document is whole and is found.

    Looks at one document, any.
    """
    names = reader.documents().keys()
    fits = [state for one in states if (state := dict(one.documents)).keys() == names]
    document_id = random.choice(list(names))  # noqa: S311 - any will do
    problems: list[str] = []
    seen = document_hash(reader, document_id)
    if not any(state[document_id] == seen for state in fits):
        problems.append(f"half of {document_id} was seen")
    (passage, *_) = reader.passages_of(document_id)
    info = reader.documents()[document_id]
    audiences: frozenset[Audience] = frozenset({info.audience})
    (vector,) = reader.vectors([passage.passage_id])
    near = reader.search_vectors(vector, language=info.language, audiences=audiences, k=3)
    if passage.passage_id not in [one.passage_id for one in near]:
        problems.append(f"{document_id} was not found by its vector")
    if len(near) != min(3, reader.passage_count(info.language)):
        problems.append(f"{len(near)} were found by a vector")
    words = dict.fromkeys(passage.sentences[-1].terms, 1.0)
    found = reader.search_words(words, language=info.language, audiences=audiences, k=50)
    if passage.passage_id not in [one.passage_id for one in found]:
        problems.append(f"{document_id} was not found by its words")
    return problems


def settings_of(home: Path, server: ServerAddress | None = None) -> IngestSettings:
    """The settings of a machine whose home this is."""
    return IngestSettings(
        home=home,
        cache=home,
        embedding=EMBEDDING,
        chroma_url=server.chroma_url if server else None,
        database_url=SecretStr(server.database_url) if server else None,
    )


def content_at(home: Path | Home) -> Content | None:
    """What the current generation says; None where there is none."""
    try:
        with open_reader(home, embedder_name=EMBEDDER.name) as reader:
            return content_of(reader)
    except IndexMissingError:
        return None

"""A small index in both languages and for both audiences, made by the real pieces."""

import atexit
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Self

from aspire_ingest.index.embedding.hashing import HashingEmbedder
from aspire_ingest.index.embedding.types import Embedder, content_key
from aspire_ingest.index.generations.fingerprint import Shape
from aspire_ingest.index.generations.home import Home, current_number
from aspire_ingest.index.generations.lock import writer_lock
from aspire_ingest.index.generations.write import GenerationWriter, ReadyDocument
from aspire_ingest.index.passage_input import passage_input
from aspire_ingest.index.store.schema import SCHEMA_VERSION
from aspire_ingest.index.store.store import Partition
from aspire_ingest.index.store.writer import StoredPassage
from aspire_ingest.index.text.analysis import ANALYSIS_VERSION
from aspire_ingest.index.text.annotate import annotate
from aspire_ingest.index.text.dates.occasions import with_occasions
from aspire_ingest.index.types import Document, DocumentInfo, IndexManifest, Passage
from aspire_ingest.index.vectors.chroma_process import ChromaProcess, OpenChroma
from aspire_ingest.split import split_document

EMBEDDER = HashingEmbedder(64)


def document(document_id: str, text: str, info: DocumentInfo | None = None) -> Document:
    """A document; what `info` does not say is English and public."""
    base = info or DocumentInfo(document_id="", source="", title="", language="en")
    content = hashlib.sha256(f"{text}{base!r}".encode()).hexdigest()
    return Document(
        info=replace(
            base,
            document_id=document_id,
            source=f"docs/{document_id}.md",
            title=base.title or f"About {document_id}",
            content_hash=content,
        ),
        text=text,
    )


_JAPANESE = DocumentInfo(document_id="", source="", title="国際共同研究", language="ja")
_DATED = DocumentInfo(
    document_id="",
    source="",
    title="",
    language="en",
    published="2026-01-20",
    published_from="front matter",
)
_STAFF = DocumentInfo(document_id="", source="", title="Budget", language="en", audience="staff")

DOCUMENTS: tuple[Document, ...] = (
    document(
        "goals",
        "# Goals\n\nThe programme links top researchers. It funds international joint research.\n\n"
        "# Budget\n\n- Travel is covered.\n- Salaries are covered.\n",
    ),
    document("call", "Applications close on 31 March. Teams of young researchers may apply.\n"),
    with_occasions(
        document(
            "meeting",
            "The meeting was held in Tokyo on 14 January. It was moderated by a programme "
            "director.\n",
            _DATED,
        )
    ),
    document("plan", "Only staff know the reserve. The reserve covers travel in March.\n", _STAFF),
    document("mokuteki", "国際共同研究を支援する。若手研究者の渡航費を負担する。\n", _JAPANESE),
    document("kaigi", "会議は東京で開催された。研究者が議論した。\n", _JAPANESE),
)


def shape_of(embedder: Embedder = EMBEDDER) -> Shape:
    """The shape of indexes made here."""
    return Shape(
        schema=SCHEMA_VERSION,
        embedding=embedder.name,
        dimension=embedder.dimension,
        splitter="test",
        analysis=ANALYSIS_VERSION,
    )


def split(one: Document) -> list[Passage]:
    """The passages of a document with their terms, as the pipeline stores them."""
    return list(annotate(one, split_document(one)))


def ready(one: Document, embedder: Embedder = EMBEDDER) -> ReadyDocument:
    """A document, split and embedded."""
    passages = split(one)
    inputs = [passage_input(one.info, passage) for passage in passages]
    vectors = dict(embedder.embed_passages(inputs))
    stored = [
        StoredPassage(passage=passage, content_key=content_key(inputs[row]), embedded=vectors[row])
        for row, passage in enumerate(passages)
    ]
    return ReadyDocument(one, str(Path(one.info.source).absolute()), stored)


def publish(
    root: Path | Home,
    documents: Sequence[Document],
    *,
    remove: Sequence[str] = (),
    open_chroma: OpenChroma = ChromaProcess,
) -> IndexManifest:
    """Publish the next generation at `root` with these documents added or replaced."""
    home = root if isinstance(root, Home) else Home(root)
    with (
        writer_lock(home),
        open_chroma() as chroma,
        GenerationWriter(home, shape_of(), base=current_number(home), chroma=chroma) as writer,
    ):
        writer.remove(remove)
        writer.put(map(ready, documents))
        return writer.publish()


class NoChroma:
    """In the place of Chroma's process where a test is about something else: always content."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        return

    def send_changes(
        self, folder: Path, *, after: int, removed: Mapping[Partition, list[str]]
    ) -> None:
        """Leave a trace for tests that look for one."""
        (folder / "chroma").mkdir(exist_ok=True)

    def send_probe(self, folder: Path, partitions: Sequence[Partition] | None = None) -> None:
        """Nothing is asked."""

    def wait(self) -> list[str]:
        """No problems."""
        return []


class Lent:
    """One of Chroma's processes for several uses: it is not ended after each."""

    def __init__(self, process: ChromaProcess) -> None:
        self._process = process

    def __enter__(self) -> ChromaProcess:
        return self._process

    def __exit__(self, *exc: object) -> None:
        return


@cache
def lent_chroma() -> Lent:
    """Chroma's process: it takes seconds to start, so that one serves all tests of a worker."""
    process = ChromaProcess()
    atexit.register(process.close)
    return Lent(process)

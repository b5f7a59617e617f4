"""What a shared index costs: `python -m tests.evals.measure_shared [--passages 10000]`.

Random unit vectors of 384 components and made-up words, so that nothing but the stores is measured;
PostgreSQL and Chroma on this machine.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import chromadb
import numpy as np
from numpy.typing import NDArray
from tests.chroma_server import running_chroma
from tests.postgres import running_postgres
from tests.small_index import NoChroma, document

from aspire_ingest.index.embedding.types import EmbeddedPassage
from aspire_ingest.index.generations.fingerprint import Shape
from aspire_ingest.index.generations.home import Home, current_number
from aspire_ingest.index.generations.lock import writer_lock
from aspire_ingest.index.generations.write import GenerationWriter, ReadyDocument
from aspire_ingest.index.open_index import open_reader
from aspire_ingest.index.server.address import ServerAddress
from aspire_ingest.index.server.vectors import family_of, server_collection
from aspire_ingest.index.store.schema import SCHEMA_VERSION
from aspire_ingest.index.store.store import Partition
from aspire_ingest.index.store.writer import StoredPassage
from aspire_ingest.index.text.analysis import ANALYSIS_VERSION
from aspire_ingest.index.text.annotate import annotate
from aspire_ingest.split import split_document

_DIMENSION = 384
_SHAPE = Shape(
    schema=SCHEMA_VERSION,
    embedding="random/384",
    dimension=_DIMENSION,
    splitter="measured",
    analysis=ANALYSIS_VERSION,
)
_WORDS = [f"word{number}" for number in range(3000)]


def main() -> int:
    """Measure, and print one line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=10_000)
    count: int = parser.parse_args().passages
    with (
        tempfile.TemporaryDirectory() as folder,
        running_postgres() as postgres,
        running_chroma() as chroma,
    ):
        address = ServerAddress(database_url=postgres.new(), chroma_url=chroma)
        here, there = (Home(Path(folder) / name, server=address) for name in ("one", "two"))
        first, more = list(_documents(0, count)), list(_documents(count, count // 100))
        _timed(f"publish {count} passages", lambda: _publish(here, first))
        _timed("first mirror, words included", lambda: _open(there))
        _timed("publish 1 % more", lambda: _publish(here, more))
        _timed("follow it", lambda: _open(there))
        _timed("nothing to follow", lambda: _open(there))
        size = sum(p.stat().st_size for p in there.generation(2).rglob("*") if p.is_file())
        _say("size of a mirror", f"{size / 1e6:.0f} MB")
        _searches(there, count)
        _filters(there, address)
    return 0


def _searches(home: Home, count: int) -> None:
    with open_reader(home, embedder_name=_SHAPE.embedding) as reader:

        def search() -> None:
            reader.search_vectors(_vector(), language="en", audiences=frozenset({"public"}), k=50)

        def words() -> None:
            terms = dict.fromkeys(random.sample(_WORDS, 4), 1.0)
            reader.search_words(terms, language="en", audiences=frozenset({"public"}), k=50)

        _repeated(f"vectors of {count} at the server, k 50", search)
        _repeated("words in the mirror, k 50", words)


def _filters(home: Home, address: ServerAddress) -> None:
    """The ways that were not taken: a filter on the generation, and a collection for each."""
    client = chromadb.HttpClient(port=urlsplit(address.chroma_url).port or 0)
    name = server_collection(
        family_of(home.generation(2), _SHAPE.fingerprint), Partition("en", "public")
    )
    rows = client.get_collection(name).get(include=["embeddings"])
    vectors = np.asarray(rows["embeddings"], dtype=np.float32)

    def copy() -> None:
        made = client.create_collection("copied", configuration={"hnsw": {"space": "cosine"}})
        for start in range(0, len(vectors), 500):
            made.add(
                ids=rows["ids"][start : start + 500],
                embeddings=vectors[start : start + 500],
                metadatas=[
                    {"since": 1, "until": 1 << 40} for _ in rows["ids"][start : start + 500]
                ],
            )

    _timed("not taken: a collection of its own for a generation", copy)
    copied = client.get_collection("copied")
    where = {"$and": [{"since": {"$lte": 2}}, {"until": {"$gt": 2}}]}
    _repeated(
        "not taken: rows filtered by generation, k 50",
        lambda: copied.query(
            query_embeddings=[_vector()],
            n_results=50,
            include=["distances"],
            where=cast("chromadb.Where", where),
        ),
    )
    _repeated(
        "the same without a filter",
        lambda: copied.query(query_embeddings=[_vector()], n_results=50, include=["distances"]),
    )


def _documents(first: int, count: int) -> Iterator[ReadyDocument]:
    chance = random.Random(first)  # noqa: S311 - the same each time
    for number in range(first, first + count):
        text = " ".join(chance.choice(_WORDS) for _ in range(60)).capitalize() + ".\n"
        one = document(f"d{number}", text)
        stored = [
            StoredPassage(
                passage=passage,
                content_key=passage.passage_id,
                embedded=EmbeddedPassage(
                    vector=_vector(),
                    sentences=np.stack([_vector() for _ in passage.sentences]),
                ),
            )
            for passage in annotate(one, split_document(one))
        ]
        yield ReadyDocument(one, one.info.source, stored)


def _publish(home: Home, documents: list[ReadyDocument]) -> None:
    with (
        writer_lock(home),
        NoChroma() as chroma,
        GenerationWriter(home, _SHAPE, base=current_number(home), chroma=chroma) as writer,
    ):
        writer.put(documents)
        writer.publish()


def _open(home: Home) -> None:
    open_reader(home, embedder_name=_SHAPE.embedding).close()


def _vector() -> NDArray[np.float32]:
    vector = np.random.default_rng().standard_normal(_DIMENSION).astype(np.float32)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def _timed(what: str, step: Callable[[], object]) -> None:
    started = time.perf_counter()
    step()
    _say(what, f"{time.perf_counter() - started:.2f} s")


def _repeated(what: str, step: Callable[[], object]) -> None:
    took: list[float] = []
    for _ in range(100):
        started = time.perf_counter()
        step()
        took.append(1000 * (time.perf_counter() - started))
    ordered = sorted(took)
    _say(what, f"p50 {statistics.median(ordered):.1f} ms, p95 {ordered[94]:.1f} ms")


def _say(what: str, found: str) -> None:
    sys.stdout.write(f"{what}: {found}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

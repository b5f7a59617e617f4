"""How long the console's pages take, over as many kept answers and passages as are asked for.

`ASPIRE_BENCH_ANSWERS` and `ASPIRE_BENCH_PASSAGES` say how many; 50,000 and 100,000 otherwise. Each
passage is a document of its own: lists of documents are as long as they can be. Pages are asked
for over HTTP by somebody who is signed in, one after the other. What `aspire-ingest` is asked
(sources, what is held) comes after its page and is no part of this.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx
from tests.console.stage import staged
from tests.evals.bench.indexes import HOMES
from tests.evals.bench.pages_state import fill
from tests.evals.bench.results import Row, Table, plain
from tests.evals.bench.timing import median_of, quantile_of
from tests.small_index import EMBEDDER, NoChroma, document, publish

from aspire_bot.console.access.guard import Guard
from aspire_bot.console.access.rates import RateLimit
from aspire_ingest.index.text.analysis import ANALYSIS_VERSION
from aspire_ingest.index.types import Document, DocumentInfo

SLOWEST = "the slowest page"
_TIMES = 20
_PAGES: Mapping[str, str] = {
    "inbox": "/",
    "questions": "/questions",
    "questions, a word": "/questions?text=visa",
    "answers": "/answers",
    "answers, older": "/answers?before=2026-01-01T00:00:00%2B00:00_a1",
    "answers, a word": "/answers?text=visa",
    "answers, a word of none": "/answers?text=nothing-like-it",
    "answers, disliked": "/answers?vote=down",
    "an answer": "/answers/a7",
    "approved answers": "/approved",
    "documents": "/documents",
    "documents, a word": "/documents?text=page+7",
    "documents, read badly": "/documents?doubtful=yes",
    "a document": "/documents/show?id=d7",
    "quality, 12 weeks": "/quality",
    "quality, 52 weeks": "/quality?weeks=52",
    "audit log": "/audit",
}

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much is kept and indexed."""

    answers: int = 50_000
    passages: int = 100_000


def chosen_sizes() -> Sizes:
    """Read the sizes that are asked for, before the benchmark puts the environment aside."""
    default = Sizes()
    return Sizes(
        answers=int(os.environ.get("ASPIRE_BENCH_ANSWERS", default.answers)),
        passages=int(os.environ.get("ASPIRE_BENCH_PASSAGES", default.passages)),
    )


def measure_pages(
    sizes: Sizes, shared: Path, say: Say, *, homes: Path = HOMES, times: int = _TIMES
) -> dict[str, Table]:
    """Ask for each page some times; a row a page, and one for the slowest of them."""
    del shared
    name = f"pages-{sizes.passages}-{ANALYSIS_VERSION}"  # words of another one are not read
    home = _index(homes / name, sizes.passages, say)
    say(f"pages: a state of {sizes.answers:,} answers")
    documents = [f"d{number}" for number in range(sizes.passages)]
    kept = partial(fill, count=sizes.answers, documents=documents, embedding=EMBEDDER.name)
    patient = Guard(all_requests=RateLimit(10**6, 60))
    with (
        tempfile.TemporaryDirectory() as folder,
        staged(Path(folder), home=home, guard=patient, fill=kept) as stage,
        httpx.Client(base_url=stage.url, timeout=60) as client,
    ):
        client.post(stage.sign_in_path())
        rows: Table = {}
        for name, path in _PAGES.items():
            say(f"pages: {name}")
            rows[name] = _row([_ms(client, path) for _ in range(times + 1)][1:])
    slowest = max(rows, key=lambda name: rows[name]["p95, ms"].value)
    size: Row = {"answers": plain(sizes.answers), "passages": plain(sizes.passages)}
    return {"pages": {SLOWEST: rows[slowest], **rows}, "size": {"kept": size}}


def _row(took: Sequence[float]) -> Row:
    return {"p50, ms": median_of(took), "p95, ms": quantile_of(took, 0.95)}


def _ms(client: httpx.Client, path: str) -> float:
    start = time.perf_counter()
    reply = client.get(path)
    took = (time.perf_counter() - start) * 1000
    if not reply.is_success:
        raise RuntimeError(f"{path} answers {reply.status_code}")
    return took


def _index(home: Path, passages: int, say: Say) -> Path:
    """Make an index of so many short documents, once."""
    if not (home / "current.json").is_file():
        say(f"pages: an index of {passages:,} passages")
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        publish(home, [_document(number) for number in range(passages)], open_chroma=NoChroma)
    return home


def _document(number: int) -> Document:
    is_japanese = number % 2 == 1
    text = (
        f"若手研究者の渡航費を{number}円まで負担する。\n"
        if is_japanese
        else f"The programme pays the travel of young researchers, up to {number} yen.\n"
    )
    info = DocumentInfo(
        document_id="",
        source="",
        title=f"{'旅費の案内' if is_japanese else 'About travel'}, page {number}",
        language="ja" if is_japanese else "en",
        published=f"20{10 + number % 16}-0{1 + number % 9}-11",
        url=f"https://www.example.org/pages/{number}.html",
        quality=0.5 if number % 500 == 0 else 1.0,
    )
    return document(f"d{number}", text, info)

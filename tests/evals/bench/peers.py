"""The same questions over the same documents with the same embedder, asked of other systems.

Every system ranks passages; what is measured are the distinct documents in the order of their
first appearance. mtRAG-UN is asked by the last turn alone, which is all that peers take.
"""

import importlib
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.evals.bench.indexes import assistant_over, kept_vectors
from tests.evals.bench.peer_types import OURS, Material, Open, Rank
from tests.evals.bench.quality import targets_of
from tests.evals.bench.results import Row, Table, mean_of, plain
from tests.evals.bench.timing import median_of
from tests.evals.sets import SETS

from aspire_bot.answering.types import ScoredPassage
from aspire_bot.bootstrap import Assistant
from aspire_bot.evaluation.cases import Case, read_cases
from aspire_bot.evaluation.measures import ranking_measures
from aspire_bot.settings import Settings
from aspire_ingest.index.embedding.from_settings import configured_embedder
from aspire_ingest.index.embedding.types import Embedder
from aspire_ingest.index.passage_input import passage_input
from aspire_ingest.index.reader import IndexReader

PEERS = {
    "LlamaIndex + Chroma, quick start": "peer_llama_index",
    "bm25s": "peer_bm25s",
    "Haystack, in-memory hybrid": "peer_haystack",
    "LanceDB, hybrid": "peer_lancedb",
}
"""By name, the module of this package that sets it up."""
PEERED_SETS = ("mtrag_un_s", "jsquad_valid", "aspire", "guide")
_WARM_UP = 10

Say = Callable[[str], None]


def measure_peers(shared: Path, say: Say) -> dict[str, Table]:
    """Rank with every system; one table a set, one row a system."""
    tables: dict[str, Table] = {}
    embedder = configured_embedder(Settings())
    for name in PEERED_SETS:
        question_set = SETS[name]
        cases = [case for case in read_cases(shared / question_set.questions) if case.wanted]
        with (
            assistant_over(name, targets_of(question_set, shared)) as assistant,
            assistant.reader() as index,
            kept_vectors(embedder) as kept,
        ):
            say(f"peers: {name}, {OURS}")
            table = {OURS: _row(cases, index, _our_rank(assistant, cases))}
            for peer, module in PEERS.items():
                say(f"peers: {name}, {peer}")
                with _material(index, kept) as material:
                    table[peer] = _row(cases, index, _opener(module)(material))
        tables[name] = _with_ratios(table)
    return tables


def _opener(module: str) -> Open:
    """Import a peer, which takes seconds, only where it is measured."""
    found: Open = importlib.import_module(f"tests.evals.bench.{module}").open_peer
    return found


@contextmanager
def _material(index: IndexReader, embedder: Embedder) -> Generator[Material]:
    documents = [index.document(name) for name in index.documents()]
    passages = [one for document in documents for one in index.passages_of(document.document_id)]
    infos = index.documents()
    inputs = [passage_input(infos[passage.document_id], passage) for passage in passages]
    with TemporaryDirectory(prefix="aspire-bench-", ignore_cleanup_errors=True) as folder:
        yield Material(
            documents=documents,
            passages=passages,
            texts=[f"{one.context}\n{one.text}" if one.context else one.text for one in inputs],
            vectors=index.vectors([passage.passage_id for passage in passages]),
            embedder=embedder,
            folder=Path(folder),
        )


def _our_rank(assistant: Assistant, cases: Sequence[Case]) -> Rank:
    questions = {case.question: case.as_question(with_history=False) for case in cases}

    def rank(question: str) -> Sequence[str]:
        return [entry.document.document_id for entry in assistant.retrieve(questions[question])]

    return rank


def _row(cases: Sequence[Case], index: IndexReader, rank: Rank) -> Row:
    columns: dict[str, list[float]] = {}
    for case in cases[:_WARM_UP]:
        rank(case.question)
    for case in cases:
        start = time.perf_counter()
        found = rank(case.question)
        columns.setdefault("ms", []).append((time.perf_counter() - start) * 1000)
        for measure, value in ranking_measures(_as_ranking(found, index), case):
            columns.setdefault(measure, []).append(value)
    times = columns.pop("ms")
    row = {measure: mean_of(values) for measure, values in columns.items()}
    return row | {"ms": median_of(times)}


def _as_ranking(document_ids: Sequence[str], index: IndexReader) -> list[ScoredPassage]:
    """Give a ranking of documents in the form that is measured: by their first passages."""
    infos = index.documents()
    distinct = [name for name in dict.fromkeys(document_ids) if name in infos]
    return [
        ScoredPassage(
            passage=index.passages_of(name)[0], document=infos[name], score=0.0, rank=rank
        )
        for rank, name in enumerate(distinct, start=1)
    ]


def _with_ratios(table: Mapping[str, Row]) -> Table:
    ours = table[OURS]["ms"].value
    return {
        name: row | {"ms of ours": plain(row["ms"].value / ours, row["ms"].n)}
        for name, row in table.items()
    }

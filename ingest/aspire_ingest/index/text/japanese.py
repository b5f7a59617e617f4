"""Japanese words by Sudachi; the only module that knows it.

The dictionary (200 MB, memory-mapped) is opened when the first Japanese text comes.
"""

import importlib
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aspire_ingest.index.text.script import HIRAGANA, JAPANESE

_PIECE_CHARS = 8_000
"""Sudachi takes at most 49,149 bytes at once: 8,000 code points of at most four bytes fit."""
_PIECE = re.compile(rf"(?s).{{1,{_PIECE_CHARS}}}[。\n]|.{{1,{_PIECE_CHARS}}}")
_FUNCTION_WORDS = frozenset({"助詞", "助動詞", "補助記号", "空白", "記号"})
_EMPTY_WORDS = frozenset(
    {
        "為る",
        "有る",
        "居る",
        "成る",
        "事",
        "物",
        "此れ",
        "其れ",
        "此の",
        "其の",
        "何",
        "何れ",
        "何時",
    }
    | {"誰", "何処", "どの", "どう", "幾つ", "御", "又", "及び", "下さる", "ます"}
)
_NAMES = {"人名": "is:person", "地名": "is:place"}
_NOUNS = frozenset({"名詞", "形状詞", "接頭辞", "接尾辞"})
_PROPER = "固有名詞"
_KATAKANA = re.compile(r"[ァ-ヴー]+")
_RUN = re.compile(f"[{JAPANESE}]+")
_HIRAGANA = frozenset(re.findall(f"[{HIRAGANA}]", "".join(map(chr, range(0x3000, 0x3100)))))
PAIR_SIGN = "2:"
"""Before a term that is a pair of characters; such terms have a field of their own."""

_lock = threading.Lock()
_local = threading.local()
_dictionary: Any = None
_is_missing = False


@dataclass(frozen=True, slots=True, kw_only=True)
class JapaneseWord:
    """A word as Sudachi cuts and knows it: `text[start:end]` is `surface`.

    `kinds` are its part of speech, coarse to fine; `reading` is in katakana.
    """

    start: int
    end: int
    surface: str
    normal: str
    kinds: tuple[str, ...]
    reading: str

    @property
    def is_content(self) -> bool:
        """Whether it says something by itself, so that it is a term of the index."""
        return self.kinds[0] not in _FUNCTION_WORDS and self.normal not in _EMPTY_WORDS


def japanese_words(text: str) -> list[JapaneseWord]:
    """Return all words of `text` with their places; nothing without Sudachi."""
    tokenizer = _tokenizer()
    if tokenizer is None:
        return []
    return [
        JapaneseWord(
            start=piece.start() + word.begin(),
            end=piece.start() + word.end(),
            surface=word.surface(),
            normal=word.normalized_form().lower(),
            kinds=tuple(word.part_of_speech()[:4]),
            reading=word.reading_form(),
        )
        for piece in _PIECE.finditer(text)
        for word in tokenizer.tokenize(piece.group())
    ]


def japanese_terms(text: str) -> list[str]:
    """Return the content words of `text` in Sudachi's normalised form, compounds also in parts.

    Without Sudachi, pairs of characters. `text` is NFKC-normalised and lower-case.
    """
    tokenizer = _tokenizer()
    if tokenizer is None:
        return list(character_bigrams(text))
    return [
        normal
        for piece in _PIECE.finditer(text)
        for word in _cut(tokenizer, piece.group())
        if word.part_of_speech()[0] not in _FUNCTION_WORDS
        and (normal := word.normalized_form().lower()) not in _EMPTY_WORDS
    ]


def named_entities(text: str) -> frozenset[str]:
    """Return `is:person` and `is:place` where Sudachi knows a word of `text` as such a name."""
    tokenizer = _tokenizer()
    if tokenizer is None:
        return frozenset()
    kinds = {
        word.part_of_speech()[2]
        for piece in _PIECE.finditer(text)
        for word in _cut(tokenizer, piece.group())
    }
    return frozenset(term for kind, term in _NAMES.items() if kind in kinds)


def readings(term: str) -> tuple[str, ...]:
    """Return how a noun is said, in katakana, and how its first part is where that is a name.

    広島大学 gives ヒロシマダイガク and ヒロシマ; what is no noun, or no Sudachi, gives nothing.
    """
    tokenizer = _tokenizer()
    if tokenizer is None:
        return ()
    words = tokenizer.tokenize(term)
    if not all(_is_nominal(word.part_of_speech()) for word in words):
        return ()
    whole = "".join(word.reading_form() for word in words)
    parts = words[0].split(importlib.import_module("sudachipy").SplitMode.A)
    is_name = len(parts) > 1 and parts[0].part_of_speech()[1] == _PROPER
    return (whole, parts[0].reading_form()) if is_name else (whole,)


def _is_nominal(kinds: tuple[str, ...]) -> bool:
    """Whether a word is a noun, or a verb in the form that names its doing: 先駆け."""
    return kinds[0] in _NOUNS or (kinds[0] == "動詞" and kinds[5].startswith("連用形"))


def is_katakana(term: str) -> bool:
    """Whether a word is written in katakana alone."""
    return _KATAKANA.fullmatch(term) is not None


def is_name(term: str) -> bool:
    """Whether a word is somebody's or something's name: Sudachi says so, or knows no such katakana.

    セミナー is a word like others, ツァイドラー is somebody.
    """
    tokenizer = _tokenizer()
    words = [] if tokenizer is None else list(tokenizer.tokenize(term))
    if not words:
        return False
    is_unknown = is_katakana(term) and any(word.is_oov() for word in words)
    return words[0].part_of_speech()[1] == _PROPER or is_unknown


def character_bigrams(text: str) -> Iterator[str]:
    """Yield all pairs of neighbouring Japanese characters, and single ones that stand alone."""
    for run in _RUN.findall(text):
        if len(run) == 1:
            yield run
        for at in range(len(run) - 1):
            yield run[at : at + 2]


def character_pairs(text: str) -> list[str]:
    """Return `2:事業` and so on, the pairs that are not both hiragana: those say little.

    They catch compounds that Sudachi cut differently in a question and in a passage.
    """
    return [
        f"{PAIR_SIGN}{pair}" for pair in character_bigrams(text) if not _HIRAGANA.issuperset(pair)
    ]


def _cut(tokenizer: Any, piece: str) -> Any:
    """Cut a piece into words. The last one of this thread is kept.

    A sentence is asked for its terms, then for the names in it: without figures and Latin words
    that is the same text.
    """
    kept: tuple[str, Any] | None = getattr(_local, "kept", None)
    if kept is None or kept[0] != piece:
        kept = _local.kept = (piece, tokenizer.tokenize(piece))
    return kept[1]


def _tokenizer() -> Any:
    """Return this thread's tokenizer: Sudachi's may not be used by two threads at once."""
    tokenizer = getattr(_local, "tokenizer", None)
    if tokenizer is None:
        dictionary = _open_dictionary()
        if dictionary is not None:
            make = getattr(dictionary, "tokenizer", None) or dictionary.create  # renamed in 0.7
            tokenizer = _local.tokenizer = make()
    return tokenizer


def _open_dictionary() -> Any:
    global _dictionary, _is_missing  # noqa: PLW0603 - one dictionary a process, opened when needed
    with _lock:
        if _dictionary is None and not _is_missing:
            try:
                _dictionary = importlib.import_module("sudachipy").Dictionary(dict="core")
            except ImportError:
                _is_missing = True
    return _dictionary

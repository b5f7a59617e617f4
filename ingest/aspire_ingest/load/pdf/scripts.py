"""Raised and lowered small print beside a word: exponents, marks of notes, ordinals, indices.

Joined without a word, 10⁶ reads 106 and the mark of note 1 after 500 reads 5001. An exponent
becomes `10^6`, a mark "500 (note 1)"; "1st" and "H2O" read joined as they are.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from aspire_ingest.clean import is_cjk
from aspire_ingest.load.pdf.words import Word

_SMALL = 0.82
"""Most of the size of its word that a script has."""
_SMALLEST = 0.4
_BAND = 8.0
_MOST_WORDS = 5000
"""Of a page; beyond, none is looked at."""
_NEAR = 0.3
_NUMBER = re.compile(r"\d{1,4}")
_SIGNED = re.compile(r"[+−–-]\d+")
_MARK = re.compile(r"[(\[]?(?P<mark>\d{1,3}(?:\s?[,、–-]\s?\d{1,3})*|[a-z])[)\]]?")
_NOTE_HEAD = re.compile(r"\d{1,3}[.)]?|[*†‡§※]+")
_NAMED_MARK = re.compile(r"(?:[*＊※]|注|note\s?)\s?\d{1,3}[)）]?", re.IGNORECASE)
_TEN = re.compile(r"(?<![\d.,])10$")
_DIGIT = re.compile(r"(?<![\d.,])\d$")
_UNIT = re.compile(r"(?:^|[\d/(·])(?:[kcmdμn]?m|s|in|ft|[a-zA-Z])$")
_TIMES = ("×", "x", "·", "⋅", "*", "✕", "✖")


def join_scripts(words: Sequence[Word]) -> list[Word]:
    """Join each script to the word it belongs to; all other words stay as they are."""
    sizes = {round(word.size, 1) for word in words}
    if not sizes or min(sizes) > _SMALL * max(sizes) or len(words) > _MOST_WORDS:
        return list(words)
    lookup = _Lookup(words)
    scripts: dict[int, list[int]] = defaultdict(list)
    heads: dict[int, int] = {}
    taken: set[int] = set()
    for at in sorted(range(len(words)), key=lambda at: words[at].x0):
        base = lookup.base(at, scripts)
        if base is not None and base not in taken:
            scripts[base].append(at)
            taken.add(at)
        elif base is None and (after := lookup.headed(at)) is not None and after not in heads:
            heads[after] = at
            taken.add(at)
    notes = {words[at].text.strip("()[].") for at in heads.values()} | {
        words[at].text.strip("()[].")
        for at in range(len(words))
        if at not in taken and _NOTE_HEAD.fullmatch(words[at].text) and lookup.begins_note(at)
    }
    return [
        _joined(words, at, scripts.get(at, ()), heads.get(at), lookup, notes)
        for at in range(len(words))
        if at not in taken
    ]


def _joined(
    words: Sequence[Word],
    at: int,
    scripts: Sequence[int],
    head: int | None,
    lookup: "_Lookup",
    notes: set[str],
) -> Word:
    word = words[at]
    if head is not None:
        text = f"{words[head].text} {word.text}"
        word = replace(word, text=text, x0=words[head].x0)
    if not scripts:
        return word
    raised = words[scripts[0]].baseline < word.baseline
    script = "".join(words[part].text for part in scripts)
    text = (
        _raised(word.text, script, lookup.is_factor(at), notes)
        if raised
        else _lowered(word.text, script)
    )
    return replace(word, text=text, x1=max(words[part].x1 for part in scripts))


def _lowered(before: str, script: str) -> str:
    is_ambiguous = before[-1].isdigit() and script[0].isdigit()
    return f"{before}_{script}" if is_ambiguous else before + script


def _raised(before: str, script: str, is_factor: bool, notes: set[str]) -> str:
    if _SIGNED.fullmatch(script) or (
        _NUMBER.fullmatch(script) and _is_power(before, script, is_factor, notes)
    ):
        return f"{before}^{script}"
    if _NAMED_MARK.fullmatch(script):
        return f"{before}({script})" if is_cjk(before[-1]) else f"{before} ({script})"
    mark = _MARK.fullmatch(script)
    if mark is not None and not (script.isalpha() and before[-1].isalpha()):
        return (
            f"{before}(注{mark['mark']})"
            if is_cjk(before[-1])
            else f"{before} (note {mark['mark']})"
        )
    return before + script


def _is_power(before: str, script: str, is_factor: bool, notes: set[str]) -> bool:
    """Tell an exponent from the mark of a note."""
    if _TEN.search(before):
        return is_factor or before[:-2].endswith(_TIMES) or script not in {"1", *notes}
    if _DIGIT.search(before):
        return is_factor or script not in notes
    return script in ("2", "3") and _UNIT.search(before) is not None and script not in notes


class _Lookup:
    """Finds words by their baseline, so that no word looks at all others."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._largest = max(word.size for word in words)
        self._bands: defaultdict[int, list[int]] = defaultdict(list)
        for at, word in enumerate(words):
            self._bands[int(word.baseline // _BAND)].append(at)

    def base(self, at: int, scripts: dict[int, list[int]]) -> int | None:
        """The larger word that ends where this one begins, itself or with its scripts."""
        word = self._words[at]
        for other in self._beside(at):
            base = self._words[other]
            known = scripts.get(other)
            end = self._words[known[-1]].x1 if known else base.x1
            if -_NEAR * base.size <= word.x0 - end <= _NEAR * base.size:
                return other
        return None

    def headed(self, at: int) -> int | None:
        """The larger word that begins where this raised one ends: the text of a note."""
        word = self._words[at]
        for other in self._beside(at):
            base = self._words[other]
            if word.baseline < base.baseline and 0 <= base.x0 - word.x1 + 1 <= base.size:
                return other
        return None

    def is_factor(self, at: int) -> bool:
        """Whether a sign of multiplication stands before the word."""
        word = self._words[at]
        return any(
            self._words[other].text.endswith(_TIMES)
            and 0 <= word.x0 - self._words[other].x1 < 1.2 * word.size
            and abs(self._words[other].baseline - word.baseline) < 2
            for other in self._around(word)
        )

    def begins_note(self, at: int) -> bool:
        """Whether a small mark has text after it and none before it on its line."""
        word = self._words[at]
        line = [
            self._words[other]
            for other in self._around(word)
            if other != at and abs(self._words[other].baseline - word.baseline) < 2
        ]
        return (
            word.size < 0.95 * self._largest
            and any(0 <= other.x0 - word.x1 < 2 * word.size for other in line)
            and not any(0 <= word.x0 - other.x1 < 2 * word.size for other in line)
        )

    def _beside(self, at: int) -> Iterator[int]:
        word = self._words[at]
        for other in self._around(word):
            base = self._words[other]
            if not _SMALLEST * base.size <= word.size <= _SMALL * base.size:
                continue
            raised = (base.baseline - word.baseline) / base.size
            if 0.1 <= raised <= 0.75 or -0.45 <= raised <= -0.05:
                yield other

    def _around(self, word: Word) -> Iterator[int]:
        band = int(word.baseline // _BAND)
        reach = 1 + int(2 * word.size // _BAND)
        for near in range(band - reach, band + reach + 1):
            yield from self._bands.get(near, ())

"""Finds the raised and lowered small print beside the words of a page, and joins it to them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from aspire_ingest.load.pdf.words.words import Word
from aspire_ingest.load.writing.superscripts import Run, join_runs

_SMALL = 0.82
"""Most of the size of its word that a script has."""
_SMALLEST = 0.4
_BAND = 8.0
_MOST_WORDS = 5000
"""Of a page; beyond, none is looked at."""
_NEAR = 0.3
_NOTE_HEAD = re.compile(r"\d{1,3}[.)]?|[*†‡§※]+")


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
    begun = (
        at
        for at in range(len(words))
        if at not in taken and _NOTE_HEAD.fullmatch(words[at].text) and lookup.begins_note(at)
    )
    notes = frozenset(words[at].text.strip("()[].") for at in (*heads.values(), *begun))
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
    notes: frozenset[str],
) -> Word:
    word = words[at]
    if head is not None:
        text = f"{words[head].text} {word.text}"
        word = replace(word, text=text, x0=words[head].x0)
    if not scripts:
        return word
    is_raised = words[scripts[0]].baseline < word.baseline
    mark = "".join(words[part].text for part in scripts)
    before = lookup.before(at)
    runs = (Run(before + word.text), Run(mark, "raised" if is_raised else "lowered"))
    text = join_runs(runs, defined=notes)[len(before) :]
    return replace(word, text=text, x1=max(words[part].x1 for part in scripts))


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

    def before(self, at: int) -> str:
        """The word that stands before a word on its line, and a blank; "" where there is none."""
        word = self._words[at]
        beside = (
            self._words[other].text
            for other in self._around(word)
            if 0 <= word.x0 - self._words[other].x1 < 1.2 * word.size
            and abs(self._words[other].baseline - word.baseline) < 2
        )
        return f"{found} " if (found := next(beside, "")) else ""

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

"""WordNet's database files → everyday words that mean the same, and words that mean the contrary.

    python -m aspire_training.synonyms WORDNET/dict TEXT… > bot/aspire_training/own/synonyms-en.tsv

A line is `part-of-speech TAB word TAB same,same TAB contrary,contrary`. Only words of the texts, in
their first sense, and only those others that are used in it (by WordNet's own counts).
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_PARTS = {"noun": "1", "verb": "2", "adj": "3", "adv": "4"}
_LEAST_SEEN = 3
_LEAST_TAGGED = 2
_WORD = re.compile(r"[a-z]{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Synset:
    """Words of one meaning, and the places of the contraries of each (by its number from 1)."""

    words: tuple[str, ...]
    contraries: tuple[tuple[int, str, int], ...]


def synsets(folder: Path, part: str) -> dict[str, Synset]:
    """Read the meanings of one part of speech by their offsets."""
    found: dict[str, Synset] = {}
    for line in (folder / f"data.{part}").read_text(encoding="latin-1").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split(" | ")[0].split()
        count = int(fields[3], 16)
        words = tuple(re.sub(r"\(.*\)", "", fields[4 + 2 * n]).lower() for n in range(count))
        rest = fields[4 + 2 * count :]
        pointers = [rest[1 + 4 * n : 5 + 4 * n] for n in range(int(rest[0]))]
        contraries = tuple(
            (int(where[:2], 16), offset, int(where[2:], 16))
            for sign, offset, _, where in pointers
            if sign == "!"
        )
        found[fields[0]] = Synset(words=words, contraries=contraries)
    return found


def senses(folder: Path) -> dict[tuple[str, str, str], tuple[int, int]]:
    """Read (part, word, offset) → the number of the sense and how often it was tagged."""
    found: dict[tuple[str, str, str], tuple[int, int]] = {}
    for line in (folder / "index.sense").read_text(encoding="latin-1").splitlines():
        key, offset, number, tagged = line.split()
        word, rest = key.split("%", 1)
        part = "3" if rest[0] == "5" else rest[0]
        found[part, word, offset] = (int(number), int(tagged))
    return found


def rows(folder: Path, known: Counter[str]) -> Iterator[str]:
    """Give the lines of the table for words that are known."""
    ranked = senses(folder)
    for part, number in _PARTS.items():
        meanings = synsets(folder, part)
        same: dict[str, list[str]] = defaultdict(list)
        contrary: dict[str, list[str]] = defaultdict(list)
        for offset, meaning in meanings.items():
            used = {
                word: ranked[number, word, offset]
                for word in meaning.words
                if (number, word, offset) in ranked and _WORD.fullmatch(word)
            }
            for at, word in enumerate(meaning.words, start=1):
                if used.get(word, (9, 0))[0] != 1 or known[word] < _LEAST_SEEN:
                    continue
                same[word] += [
                    other
                    for other, (sense, tagged) in used.items()
                    if other != word and sense <= 2 and tagged >= _LEAST_TAGGED
                ]
                contrary[word] += [
                    meanings[place].words[target - 1]
                    for source, place, target in meaning.contraries
                    if source == at and _WORD.fullmatch(meanings[place].words[target - 1])
                ]
        for word in sorted({*same, *contrary}):
            if same[word] or contrary[word]:
                yield "\t".join((part, word, ",".join(same[word]), ",".join(contrary[word])))


def main(folder: Path, texts: Sequence[Path]) -> None:
    """Print the table."""
    known = Counter(
        word for text in texts for word in _WORD.findall(text.read_text("utf-8").lower())
    )
    sys.stdout.write("".join(f"{row}\n" for row in rows(folder, known)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])

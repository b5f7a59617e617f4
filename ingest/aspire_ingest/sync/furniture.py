"""Blocks of text that stand on most pages of a site: furniture that no one page says. Pure."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

MOST = 0.5
"""A block on a larger share of the pages than this is furniture."""
FEWEST_PAGES = 6
"""Of fewer pages nobody can tell."""


def block_hashes(text: str) -> tuple[str, ...]:
    """The blocks of a text by what they say, first-level headings left out: those are titles."""
    return tuple(dict.fromkeys(map(_hash, filter(_counts, _blocks(text)))))


def furniture(pages: Iterable[tuple[str, Sequence[str]]]) -> Mapping[str, frozenset[str]]:
    """The hashes of furniture, by group; each page comes as its group and its block hashes."""
    counts: dict[str, Counter[str]] = {}
    sizes: Counter[str] = Counter()
    for group, blocks in pages:
        sizes[group] += 1
        counts.setdefault(group, Counter()).update(set(blocks))
    return {
        group: frozenset(block for block, count in found.items() if count > MOST * sizes[group])
        for group, found in counts.items()
        if sizes[group] >= FEWEST_PAGES
    }


def without(text: str, unwanted: Collection[str]) -> str:
    """The text less the blocks with these hashes; as it is, where nothing else would be left."""
    if not unwanted:
        return text
    kept = [block for block in _blocks(text) if not (_counts(block) and _hash(block) in unwanted)]
    left = "\n\n".join(kept)
    return left if any(_counts(block) for block in kept) else text


def _blocks(text: str) -> list[str]:
    return text.split("\n\n")


def _counts(block: str) -> bool:
    return bool(block.strip()) and not block.startswith("# ")


def _hash(block: str) -> str:
    return hashlib.sha256(" ".join(block.split()).encode("utf-8", "replace")).hexdigest()[:16]

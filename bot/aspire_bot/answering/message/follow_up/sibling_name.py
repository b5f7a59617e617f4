"""The question before asked of another name of its kind, of which but a part is said. Pure.

"What about Rising?" after "How much can ASPIRE for Top Scientists (Ocean) get?": the documents
name "ASPIRE for the Rising Generation (Ocean)", which has the same words around its own.
次世代は？ after トップのためのASPIREの上限額は likewise.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from aspire_bot.answering.message.follow_up.attribute_nouns import (
    ends_in_attribute_ja,
    is_attribute_en,
)

_TOKEN = re.compile(
    r"[A-Za-z0-9][\w'’-]*(?<=[A-Za-z0-9])|[\u30a1-\u30ff]+|[\u3400-\u9fff々]+|[\u3041-\u309f]+|\S",
    re.ASCII,
)
_NAME = re.compile(r"[A-Z\u30a1-\u30ff\u3400-\u9fff々]")
"""Begins a word of a name."""
_ARTICLE = ("the", "a", "an")
_MOST_WORDS = 4
"""Of a name that stands where another one stood."""
_KIND = re.compile(
    r"\s+(?:ones?|categor(?:y|ies)|tracks?|schemes?|class(?:es)?|types?|programm?es?|calls?)$|(?:枠|型|区分)$",
    re.IGNORECASE,
)
"""Says behind a part of a name what the whole one is: "the Rising category"."""
_AROUND = 8
"""Words beside a name that may stand beside the other one, too."""


@dataclass(frozen=True, slots=True)
class _Sibling:
    """A name of the documents (`words`) and the place in the question that it may stand in."""

    words: str
    start: int
    end: int
    alike: int
    """Words that stand beside both."""


def with_sibling(before: str, part: str, texts_with: Callable[[str], Sequence[str]]) -> str | None:
    """Ask the question before of the name that has this part; None where no like one is found.

    Args:
        before: the question before.
        part: what the follow-up names.
        texts_with: gives passages that may hold the whole name.
    """
    part = _KIND.sub("", part)
    said = [one[0].casefold() for one in _TOKEN.finditer(part)]
    if said[:1] and said[0] in _ARTICLE:
        said = said[1:]
    if not 0 < len(said) <= _MOST_WORDS or is_attribute_en(part) or ends_in_attribute_ja(part):
        return None
    asked = list(_TOKEN.finditer(before))
    if not any(True for _ in _names(asked)):
        return None
    found = [one for text in texts_with(part) for one in _siblings(asked, said, text)]
    if not found:
        return None
    best = max(found, key=lambda one: (one.alike, -len(one.words)))
    is_same = best.words.casefold() == before[best.start : best.end].casefold()
    return None if is_same else f"{before[: best.start]}{best.words}{before[best.end :]}"


def _siblings(asked: Sequence[re.Match[str]], said: Sequence[str], text: str) -> Iterator[_Sibling]:
    held = list(_TOKEN.finditer(text))
    words = [one[0].casefold() for one in held]
    for at in range(len(held) - len(said) + 1):
        if words[at : at + len(said)] != list(said) or not _NAME.match(held[at][0]):
            continue
        first = at - (at > 0 and words[at - 1] in _ARTICLE)
        for end in range(at + len(said), at + _MOST_WORDS + 1):
            if end > len(held) or not _are_names(held[at:end]):
                break
            whole = text[held[first].start() : held[end - 1].end()]
            for low, high in _names(asked):
                alike = _alike_around(asked, low, high, held, first, end)
                if alike:
                    yield _Sibling(whole, asked[low].start(), asked[high - 1].end(), alike)


def _names(asked: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """The places of what may be a name in the question, with its article."""
    for low in range(len(asked)):
        bare = low + (asked[low][0].casefold() in _ARTICLE)
        for high in range(bare + 1, min(bare + _MOST_WORDS, len(asked)) + 1):
            if not _are_names(asked[bare:high]):
                break
            if not ends_in_attribute_ja(asked[high - 1][0]):
                yield low, high


def _are_names(words: Sequence[re.Match[str]]) -> bool:
    return all(_NAME.match(one[0]) for one in words)


def _alike_around(
    asked: Sequence[re.Match[str]],
    low: int,
    high: int,
    held: Sequence[re.Match[str]],
    first: int,
    end: int,
) -> int:
    """The words that stand beside both; 0 where none is of a name, or a name goes on otherwise."""
    left = _alike(asked[:low][::-1], held[:first][::-1])
    right = _alike(asked[high:], held[end:])
    is_cut = any(
        count == 0 and beside and _NAME.match(beside[0][0])
        for count, around in (
            (left, (asked[:low][-1:], held[:first][-1:])),
            (right, (asked[high : high + 1], held[end : end + 1])),
        )
        for beside in around
    )
    alike = (*asked[low - left : low], *asked[high : high + right])
    is_telling = any(_NAME.match(one[0]) for one in alike)
    return len(alike) if is_telling and not is_cut else 0


def _alike(one: Sequence[re.Match[str]], other: Sequence[re.Match[str]]) -> int:
    """How many words two runs have in common from their beginning on."""
    pairs = zip(one[:_AROUND], other[:_AROUND], strict=False)
    return next(
        (at for at, (a, b) in enumerate(pairs) if a[0].casefold() != b[0].casefold()),
        min(len(one), len(other), _AROUND),
    )

"""Names in a text: people, organisations, programmes, places, as scripts and words show them."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from aspire_bot.answering.checking.claims.claims import Claim
from aspire_bot.answering.checking.claims.wordlists import (
    POSTS,
    QUANTIFIERS,
    ROLE_WORDS,
    THINGS,
    TITLES,
    WEEKDAYS,
    places,
)
from aspire_ingest.index.text.japanese import JapaneseWord
from aspire_ingest.index.text.latin import STOP_WORDS
from aspire_ingest.index.text.sounds import romanised

_LETTER = r"A-Za-zÀ-ɏ0-9_"
_WORD = rf"[A-ZÀ-ÖØ-Þ](?:[{_LETTER}’&-]|'(?!s\b)|\.(?=[A-Z]))*"
_NAME = re.compile(
    rf"(?<![{_LETTER}@/.])(?:(?:{_WORD})\.?)(?:\s(?:(?:of|for|the|de|da|di|van|von|der|den|du|la|le|al|bin)\s"
    rf"){{0,2}}(?:{_WORD}))*",
)
_INITIAL = re.compile(r"(?:^|[.!?:;。！？：“‘\"「『—–-])\s*$")
_OF = re.compile(r" of (?:the )?")
_CAPITALS = re.compile(r"\b[A-ZÀ-ÖØ-Þ]\w")
_WORDS = re.compile(r"[\w’'&.-]+")
_JOINS_JA = "・＝="


def latin_names(text: str, known: Collection[str] = ()) -> Iterator[Claim]:
    """Give the capitalised names of a text; `known` are small words that are names here.

    A single capitalised word at the beginning of a sentence is a name only where it is known as
    one or written like none else (`JST`, `e-Rad`). In a text of capitals alone none can be told.
    """
    if not text.isupper():
        for match in _NAME.finditer(text):
            for start, end in _apart(match):
                yield from _parts_of(start, text[start:end], text, known)
    if known:
        yield from _written_small(text, known)


def _written_small(text: str, known: Collection[str]) -> Iterator[Claim]:
    """Known names in a text that does not write them with capitals, side by side ones joined."""
    lower = text.lower() if text.isupper() else text
    found: list[re.Match[str]] = []
    for match in re.finditer(r"\b[a-zà-ÿ][\w-]{2,}", lower):
        if match.group() not in known:
            continue
        if found and lower[found[-1].end() : match.start()] != " ":
            yield _joined(found)
            found = []
        found.append(match)
    if found:
        yield _joined(found)


def _joined(found: Sequence[re.Match[str]]) -> Claim:
    parts = tuple(match.group() for match in found)
    return _name(found[0].start(), found[-1].end(), parts, is_person=True)


def _apart(match: re.Match[str]) -> list[tuple[int, int]]:
    """Cut the Institute for Physics of Kita University: it is two names, each of some words.

    So are Chisato Inaba of Akita, Prof. Inaba of Akita.
    """
    start, end = match.span()
    name = match.group()
    ends: list[tuple[int, int]] = []
    for of in _OF.finditer(name):
        before = name[ends[-1][1] - start if ends else 0 : of.start()]
        is_long = len(_CAPITALS.findall(name, 0, of.start())) > 1
        is_long = is_long and len(_CAPITALS.findall(name, of.end())) > 1
        if is_long or _is_somebody(before):
            ends.append((start + of.start(), start + of.end()))
    starts = [start, *(last for _, last in ends)]
    return list(zip(starts, [*(first for first, _ in ends), end], strict=True))


def _is_somebody(name: str) -> bool:
    words = [(word.start(), word.end(), word.group()) for word in _WORDS.finditer(name)]
    parts = [word.rstrip(".").casefold() for _, _, word in words]
    is_titled = len(parts) > 1 and parts[0] in TITLES
    return is_titled or (_looks_personal(parts, words) and parts[0] not in QUANTIFIERS)


def _parts_of(start: int, name: str, text: str, known: Collection[str]) -> Iterator[Claim]:
    words = [
        (start + word.start(), start + word.end(), word.group()) for word in _WORDS.finditer(name)
    ]
    is_initial = bool(_INITIAL.search(text, 0, start))
    while (
        words
        and _is_plain(words[0][2], is_initial=is_initial)
        and words[0][2].casefold() not in known
    ):
        words = words[1:]
        while words and words[0][2].islower():
            words = words[1:]
        is_initial = False
    is_titled = False
    while words and words[0][2].rstrip(".").casefold() in TITLES:
        words, is_titled, is_initial = words[1:], True, False
    while len(words) > 1 and words[-1][2].rstrip(".").casefold() in TITLES | POSTS:
        words = words[:-1]
    if not words:
        return
    if (
        len(words) == 1
        and is_initial
        and not _is_unlike_words(words[0][2])
        and words[0][2].casefold() not in known
        and words[0][2].casefold() not in places()
    ):
        return
    parts = tuple(
        word.rstrip(".").removesuffix("'s").removesuffix("’s").casefold()
        for _, _, word in words
        if not word.islower()
    )
    if len(parts) == 1 and parts[0] in WEEKDAYS:
        return
    is_person = is_titled or _looks_personal(parts, words)
    yield _name(words[0][0], words[-1][1], parts, is_person=is_person)


def _is_plain(word: str, *, is_initial: bool) -> bool:
    folded = word.rstrip(".").casefold()
    if is_initial and folded in QUANTIFIERS:
        return True
    return (
        folded in STOP_WORDS
        and not (word.isupper() and len(word) > 1)
        and (is_initial or len(word) < 5)
    )


def _is_unlike_words(word: str) -> bool:
    return sum(map(str.isupper, word)) > 1


def _looks_personal(parts: Sequence[str], words: Sequence[tuple[int, int, str]]) -> bool:
    return (
        2 <= len(parts) <= 3
        and len(words) == len(parts)
        and not any(part in THINGS or part in ROLE_WORDS for part in parts)
        and all(
            word[1:].islower() or "-" in word or word.endswith(".") or len(word) == 1
            for _, _, word in words
        )
    )


def _name(start: int, end: int, parts: tuple[str, ...], *, is_person: bool) -> Claim:
    return Claim(
        kind="name",
        start=start,
        end=end,
        key="@" + " ".join(parts),
        parts=parts,
        is_person=is_person,
    )


def japanese_names(text: str, words: Sequence[JapaneseWord]) -> Iterator[Claim]:
    """Give the names that Sudachi knows, joined where they stand side by side, and titled ones."""
    group: list[JapaneseWord] = []
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else None
        if _is_name(word) or (following and _is_titled(word, following)):
            if group and not _go_together(group[-1], word):
                yield _japanese_name(group)
                group = []
            group.append(word)
        elif group and word.surface in _JOINS_JA and following and _is_name(following):
            continue
        elif group:
            yield _japanese_name(group)
            group = []
    if group:
        yield _japanese_name(group)


def _is_name(word: JapaneseWord) -> bool:
    return word.kinds[1] == "固有名詞" and not word.surface.isascii()


def _is_titled(word: JapaneseWord, following: JapaneseWord) -> bool:
    return (
        word.kinds[0] == "名詞"
        and word.kinds[1] == "普通名詞"
        and word.kinds[2] != "助数詞可能"
        and following.surface in ("氏", "さん", "先生", "博士")
        and len(word.surface) <= 6
        and word.surface
        not in ("同", "両", "皆", "各", "教授", "医学", "理学", "工学", "大学", "文学")
    )


def _go_together(one: JapaneseWord, other: JapaneseWord) -> bool:
    is_personal = one.kinds[2] == other.kinds[2] == "人名"
    return is_personal and not (one.kinds[3] == "名" and other.kinds[3] == "姓")


def _japanese_name(group: Sequence[JapaneseWord]) -> Claim:
    parts = tuple(word.surface.casefold() for word in group)
    kinds = {word.kinds[2] for word in group}
    return Claim(
        kind="name",
        start=group[0].start,
        end=group[-1].end,
        key="@" + "".join(parts),
        parts=parts,
        sounds=tuple(romanised(word.reading) for word in group),
        is_person="人名" in kinds or ("一般" in kinds and len(group) > 1),
    )


def known_names(claims: Sequence[Claim], texts: Sequence[str]) -> frozenset[str]:
    """Give the small words that are parts of people's names in texts, and nothing else there."""
    written_small = {word for text in texts for word in re.findall(r"\b[a-z]{3,}\b", text)}
    return frozenset(
        part
        for claim in claims
        if claim.is_person and len(claim.parts) < 3
        for part in claim.parts
        if len(part) > 2 and part not in STOP_WORDS | written_small
    )


def follow_each_other(parts: Sequence[str], other: Sequence[str]) -> bool:
    """Whether `parts` stand in `other` in their order, whatever stands between."""
    places = [other.index(part) if part in other else -1 for part in parts]
    return -1 not in places and all(one < two for one, two in pairwise(places))

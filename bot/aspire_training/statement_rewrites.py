"""Rules that say a sentence in other words, or turn one thing in it. What they turn is marked."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aspire_training.replaced_words import Stock
from aspire_training.support_data import Spans

TURNED = Path(__file__).with_name("own") / "turned.tsv"


@dataclass(frozen=True, slots=True, kw_only=True)
class RewrittenSentence:
    """A statement that was made of a sentence; `unsaid` are the places that make it false."""

    text: str
    unsaid: Spans = ()


Rewrite = Callable[[str, Stock, random.Random], RewrittenSentence | None]


@cache
def _turned(language: str, kind: str) -> tuple[tuple[str, str], ...]:
    """Read what may stand for what: an `ending` that means the same, what is `denied` or `turned`.

    In English the first is a regular expression.
    """
    rows = (line.split("\t") for line in TURNED.read_text(encoding="utf-8").splitlines())
    return tuple((row[2], row[3]) for row in rows if row[:2] == [language, kind])


def _shuffled(language: str, chance: random.Random) -> list[tuple[str, str]]:
    table = _turned(language, "turned")
    return chance.sample(table, len(table))


# What is true.


def _verbatim(text: str, stock: Stock, chance: random.Random) -> RewrittenSentence | None:
    return RewrittenSentence(text=text) if chance.random() < 0.25 else None


def _led(text: str, stock: Stock, chance: random.Random) -> RewrittenSentence | None:
    if re.match(r"[A-Z]{2}|I\b", text) or chance.random() < 0.6:
        return None
    lead = chance.choice(
        ("The text says that ", "It is written there that ", "In short, ", "As the note puts it, ")
    )
    return RewrittenSentence(text=lead + text[:1].lower() + text[1:])


def _led_ja(text: str, stock: Stock, chance: random.Random) -> RewrittenSentence | None:
    if chance.random() < 0.6:
        return None
    return RewrittenSentence(
        text=chance.choice(("それによれば、", "要するに、", "文中には、")) + text
    )


def _synonyms(text: str, stock: Stock, chance: random.Random) -> RewrittenSentence | None:
    return _said(stock.with_synonyms(text, chance.randint(1, 3), chance), is_true=True)


def _cut_front(text: str, stock: Stock, chance: random.Random) -> RewrittenSentence | None:
    """Leave out what a sentence begins with: "In 2024, ", "However, "."""
    found = re.match(r"(?:In|On|At|During|After|However|Moreover|For)\b[^,]{0,40}, (?=\w)", text)
    if found is None:
        return None
    rest = text[found.end() :]
    return RewrittenSentence(text=rest[:1].upper() + rest[1:])


def _cut_end(text: str, stock: Stock, chance: random.Random) -> RewrittenSentence | None:
    """Leave out a clause at the end: ", which …", " and …"."""
    found = re.search(r",? (?:which|who|and) [^,]{12,}\.$", text)
    if found is None or found.start() < 30:
        return None
    return RewrittenSentence(text=text[: found.start()].rstrip(", ") + ".")


def _cut_ja(text: str, stock: Stock, chance: random.Random) -> RewrittenSentence | None:
    found = re.match(r"[^、。]{2,14}(?:に|では|には|は|として|で)、", text)
    if found is None or found.group().endswith("は、") or len(text) - found.end() < 12:
        return None
    return RewrittenSentence(text=text[found.end() :])


def _ending_ja(text: str, stock: Stock, chance: random.Random) -> RewrittenSentence | None:
    for ending, other in _turned("ja", "ending"):
        if text.endswith(ending):
            return RewrittenSentence(text=text.removesuffix(ending) + other)
    return None


def _both(text: str, stock: Stock, chance: random.Random) -> RewrittenSentence | None:
    """Swap the two halves of a sentence with "and" between whole clauses."""
    found = re.fullmatch(r"([A-Z][^,]{15,}), (?:and|but) ([a-z][^,]{15,})\.", text)
    if found is None or re.match(r"(?:he|she|it|they|this|that|these|those|its|his)\b", found[2]):
        return None
    return RewrittenSentence(
        text=f"{found[2][:1].upper()}{found[2][1:]}, and {found[1][:1].lower()}{found[1][1:]}."
    )


# What is false.


def _word(text: str, stock: Stock, chance: random.Random) -> RewrittenSentence | None:
    return _said(stock.with_another_word(text, chance), is_true=False)


def _contrary(text: str, stock: Stock, chance: random.Random) -> RewrittenSentence | None:
    return _said(stock.with_contrary(text, chance), is_true=False)


def _synonyms_and_word(text: str, stock: Stock, chance: random.Random) -> RewrittenSentence | None:
    """Say it in other words, one of which is wrong: the false word after the true ones."""
    other = stock.with_synonyms(text, 2, chance)
    found = stock.with_another_word(other[0] if other else text, chance)
    return _said(found, is_true=False)


def _name(text: str, stock: Stock, chance: random.Random) -> RewrittenSentence | None:
    return _said(stock.with_another_name(text, chance), is_true=False)


_FIGURE = re.compile(r"(?<![\d.,])\d{1,4}(?![\d.,]*\d)")


def _figure(text: str, stock: Stock, chance: random.Random) -> RewrittenSentence | None:
    found = list(_FIGURE.finditer(text))
    if not found:
        return None
    one = chance.choice(found)
    value = int(one.group())
    other = str(
        max(1, value + chance.choice((-1, 1)) * chance.choice((1, 2, 3, max(1, value // 3))))
    )
    return _put(text, one.start(), one.end(), other)


_VERBS = r"\b(?:is|are|was|were|will|can|may|must|has|have|could|should)\b"
_NOT_EN = (
    (_VERBS + r"(?! not\b)(?= [a-z])", "{} not"),
    (r"\b(?:do|does|did|is|are|was|were|will|must|may|should|could) not\b", "{-}"),
)


def _denied(text: str, stock: Stock, chance: random.Random) -> RewrittenSentence | None:
    for pattern, other in chance.sample(_NOT_EN, len(_NOT_EN)):
        found = re.search(pattern, text)
        if found:
            word = found.group()
            said = word.removesuffix(" not") if other == "{-}" else f"{word} not"
            return _put(text, found.start(), found.end(), said)
    return None


def _denied_ja(text: str, stock: Stock, chance: random.Random) -> RewrittenSentence | None:
    for word, other in _turned("ja", "denied"):
        at = text.rfind(word)
        if at >= 0:
            return _put(text, at, at + len(word), other)
    return None


def _duty(text: str, stock: Stock, chance: random.Random) -> RewrittenSentence | None:
    for pattern, other in _shuffled("en", chance):
        found = re.search(pattern, text)
        if found:
            return _put(text, found.start(), found.end(), other)
    return None


def _duty_ja(text: str, stock: Stock, chance: random.Random) -> RewrittenSentence | None:
    for word, other in _shuffled("ja", chance):
        at = text.find(word)
        if at >= 0:
            return _put(text, at, at + len(word), other)
    return None


def _more(text: str, stock: Stock, chance: random.Random) -> RewrittenSentence | None:
    """Add what another place says."""
    if not stock.sentences:
        return None
    other = " ".join(chance.choice(stock.sentences).split())
    if len(other) > 110:
        return None
    begin, joint = text.rstrip(".。"), "、また、" if stock.language == "ja" else ", and "
    added = other if stock.language == "ja" else other[:1].lower() + other[1:]
    return RewrittenSentence(
        text=begin + joint + added, unsaid=((len(begin), len(begin + joint + added)),)
    )


def _another_end(text: str, stock: Stock, chance: random.Random) -> RewrittenSentence | None:
    """Say of this thing what another sentence says of its own."""
    pattern = (
        re.compile(r"^[^、。「」は]{2,24}は、?")
        if stock.language == "ja"
        else re.compile(r"^.{4,60}? (?=(?:is|are|was|were|will|must|may|can|has|have)\b)")
    )
    own = pattern.search(text)
    ends = [
        one[found.end() :]
        for one in stock.sentences
        if (found := pattern.search(" ".join(one.split())))
    ]
    ends = [" ".join(end.split()) for end in ends if 8 <= len(end) <= 100]
    if own is None or not ends:
        return None
    end = chance.choice(ends)
    return RewrittenSentence(text=own.group() + end, unsaid=((own.end(), own.end() + len(end)),))


def _elsewhere(text: str, stock: Stock, chance: random.Random) -> RewrittenSentence | None:
    if not stock.sentences or chance.random() < 0.5:
        return None
    other = " ".join(chance.choice(stock.sentences).split())
    return RewrittenSentence(text=other, unsaid=((0, len(other)),))


def _put(text: str, start: int, end: int, other: str) -> RewrittenSentence:
    return RewrittenSentence(
        text=text[:start] + other + text[end:], unsaid=((start, start + max(1, len(other))),)
    )


def _said(found: tuple[str, Spans] | None, *, is_true: bool) -> RewrittenSentence | None:
    if found is None:
        return None
    return RewrittenSentence(text=found[0], unsaid=() if is_true else found[1])


TRUTHS: dict[str, tuple[tuple[str, Rewrite], ...]] = {
    "en": (
        ("verbatim", _verbatim), ("lead", _led), ("synonyms", _synonyms), ("cut front", _cut_front),
        ("cut end", _cut_end), ("halves", _both),
    ),
    "ja": (
        ("verbatim", _verbatim), ("lead", _led_ja), ("synonyms", _synonyms), ("cut front", _cut_ja),
        ("ending", _ending_ja),
    ),
}  # fmt: skip
_SHARED: tuple[tuple[str, Rewrite], ...] = (
    ("word", _word), ("word", _synonyms_and_word), ("contrary", _contrary), ("name", _name),
    ("figure", _figure), ("more", _more), ("another end", _another_end), ("elsewhere", _elsewhere),
)  # fmt: skip
LIES: dict[str, tuple[tuple[str, Rewrite], ...]] = {
    "en": (*_SHARED, ("denied", _denied), ("duty", _duty)),
    "ja": (*_SHARED, ("denied", _denied_ja), ("duty", _duty_ja)),
}

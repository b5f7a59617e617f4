"""True statements made of sentences by rule: the same said otherwise, never more."""

import random
import re
from collections.abc import Callable, Iterator, Sequence

from tests.evals.checking.cases import Made, Place
from tests.evals.checking.notations import amount_in, date_in

from aspire_ingest.index.text.amounts import find_amounts
from aspire_ingest.index.text.dates.dates import find_dates

Rewrite = Callable[[str, random.Random], str | None]

_LEADS_EN = (
    "According to the guideline, {}", "The document states that {}", "Based on the passage, {}",
    "As stated in the report, {}",
)  # fmt: skip
_LEADS_JA = ("資料によると、{}", "募集要項によれば、{}", "この報告では、{}", "文書によると、{}")
_KEEPS_CAPITAL = re.compile(r"(?:I|[A-Z][A-Za-z]*[A-Z]\w*|[A-Z][a-z]+ [A-Z]|Dr|Prof|Mr|Japan\w*)\b")
_FRONTED = re.compile(
    r"^((?:In|On|At|During|After|Before|From|Since|By|For|Until|Under) [^,]{4,60}), ([^,]+?)([.])$"
)
_PASSIVE = re.compile(r"^([^,]{4,80}?) (?:was|were) (\w+ed) by ([^,]{3,80})\.$")
_TAIL = re.compile(r"^(.{40,}?), (?:including|such as|which|where|while|as well as|with)\b.*\.$")
_BRACKETS_EN = re.compile(r"\s*\([^()]*\)")
_BRACKETS_JA = re.compile(r"[（(][^（）()]*[）)]")
_FRONTED_JA = re.compile(
    r"^([^、。]{3,30}(?:年|月|日|時|中|後|前|では|にて))、([^、。]{2,30}[はが])、?(.+)$"
)


def _lower_first(text: str) -> str:
    return text if _KEEPS_CAPITAL.match(text) else text[:1].lower() + text[1:]


def _recased(text: str, generator: random.Random) -> str | None:
    lowered = text.lower()
    return lowered if lowered != text else None


def _led(text: str, generator: random.Random) -> str:
    return generator.choice(_LEADS_EN).format(_lower_first(text))


def _led_ja(text: str, generator: random.Random) -> str:
    return generator.choice(_LEADS_JA).format(text)


def _reordered(text: str, generator: random.Random) -> str | None:
    match = _FRONTED.match(text)
    if not match:
        return None
    return f"{match[2][:1].upper()}{match[2][1:]} {_lower_first(match[1])}{match[3]}"


def _reordered_ja(text: str, generator: random.Random) -> str | None:
    match = _FRONTED_JA.match(text)
    return f"{match[2]}{match[1]}、{match[3]}" if match else None


def _active(text: str, generator: random.Random) -> str | None:
    match = _PASSIVE.match(text)
    return (
        f"{match[3][:1].upper()}{match[3][1:]} {match[2]} {_lower_first(match[1])}."
        if match
        else None
    )


def _shortened(text: str, generator: random.Random) -> str | None:
    match = _TAIL.match(text)
    if match:
        return f"{match[1]}."
    bare = _BRACKETS_EN.sub("", text)
    return bare if bare != text and len(bare) > 30 else None


def _shortened_ja(text: str, generator: random.Random) -> str | None:
    bare = _BRACKETS_JA.sub("", text)
    return bare if bare != text and len(bare) > 12 else None


def _rewritten(language: str) -> Rewrite:
    def rewrite(text: str, generator: random.Random) -> str | None:
        dates = find_dates(text)
        found: list[tuple[int, int, str | None]] = [
            (d.start, d.end, date_in(language, d, generator)) for d in dates
        ]
        found += [
            (a.start, a.end, amount_in(language, a, generator)) for a in find_amounts(text, dates)
        ]
        said = text
        for start, end, other in sorted(found, reverse=True):
            if other is not None and not _touches(text, start, end):
                said = said[:start] + other + said[end:]
        return said if said != text else None

    return rewrite


def _touches(text: str, start: int, end: int) -> bool:
    """Whether what stands beside would be read together with another notation."""
    around = text[max(0, start - 5) : start] + text[end : end + 5]
    return bool(re.search(r"[-/〜~～–—年度\d]|\bto\b|\band\b|から", around))


_RULES: dict[str, tuple[tuple[str, Rewrite], ...]] = {
    "en": (
        ("verbatim", lambda text, _: text),
        ("re-cased", _recased),
        ("with a lead", _led),
        ("reordered", _reordered),
        ("active", _active),
        ("shortened", _shortened),
        ("other notation", _rewritten("en")),
    ),
    "ja": (
        ("verbatim", lambda text, _: text),
        ("with a lead", _led_ja),
        ("reordered", _reordered_ja),
        ("shortened", _shortened_ja),
        ("other notation", _rewritten("ja")),
    ),
}


def truths_of(place: Place, generator: random.Random) -> Iterator[Made]:
    """All true statements that the rules make of one sentence."""
    text = " ".join(place.text.split())
    for kind, rewrite in _RULES[place.language]:
        said = rewrite(text, generator)
        if said:
            yield Made(kind=kind, is_true=True, text=said, places=(place,), language=place.language)


def joined(one: Place, other: Place) -> Made:
    """Two sentences in one, with the markers of both."""
    left, right = (" ".join(p.text.split()) for p in (one, other))
    if one.language == "ja":
        text = f"{left.rstrip('。')}、また、{right}"
    else:
        text = f"{left.rstrip('.')}, and {_lower_first(right)}"
    return Made(kind="joined", is_true=True, text=text, places=(one, other), language=one.language)


def as_other_language(pairs: Sequence[tuple[Place, Place]]) -> Iterator[Made]:
    """What a sentence's translation says, held against the sentence."""
    for said, source in pairs:
        text = " ".join(said.text.split())
        yield Made(
            kind="translation", is_true=True, text=text, places=(source,), language=said.language
        )

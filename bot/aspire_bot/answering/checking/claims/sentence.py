"""A sentence taken apart: its words in their places, what can be checked, what turns it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

from aspire_bot.answering.checking.claims.claims import Claim
from aspire_bot.answering.checking.claims.former_names import is_former_name
from aspire_bot.answering.checking.claims.names import japanese_names, latin_names
from aspire_bot.answering.checking.claims.operators import (
    Operator,
    english_operators,
    japanese_operators,
)
from aspire_bot.answering.checking.claims.quantities import read_quantities
from aspire_bot.answering.checking.claims.rows import HEAD, cells_of, with_header_units
from aspire_bot.answering.checking.claims.safety import addresses
from aspire_bot.answering.checking.claims.wordlists import BASE_FORMS, FUNCTION_WORDS
from aspire_ingest.index.text.japanese import JapaneseWord, japanese_words
from aspire_ingest.index.text.latin import latin_terms, latin_words
from aspire_ingest.index.text.variants import fold_variants

_JAPANESE = re.compile(r"[々〆〇\u3041-\u30ff\u3400-\u9fff]")
_BREAK = re.compile(r"[,、;；:：—「」“”\"|]")
_END_OF_CLAUSE = re.compile(r"[;；。|]")
_STOP_INSIDE = re.compile(r"(?<=\w\w\w)[.!?](?=\s)|[。！？]")
_WAVE = re.compile(r"(?<=[\w%)])~(?=\d)")
"""What NFKC leaves of the wave of 3～5年, in a place where no number is merely about so much."""
_REACH = 2
_ASIDE = 0.5
_HEAD, _FROM_HEAD = -1, 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One thing with a meaning of its own: a word, or a claim as a whole.

    `place` counts such things from the left; commas and the like are steps too.
    """

    start: int
    end: int
    place: float
    terms: tuple[str, ...]
    claim: Claim | None = None
    aside: float = 0.0
    bracket: int = 0
    """Which pair of brackets it stands in, from 1, and `aside` where in it; 0 for none.

    -1 is the head of a table's row.
    """
    is_header: bool = False
    """Whether it stands in what heads a cell of a row: it is no value of that row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A text as far as it was understood. All offsets are into `text`, which is NFKC."""

    text: str
    language: str
    units: tuple[Unit, ...]
    operators: tuple[Operator, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All that can be checked, in order."""
        return tuple(unit.claim for unit in self.units if unit.claim)

    def terms(self) -> frozenset[str]:
        """All its terms."""
        return frozenset(term for unit in self.units for term in unit.terms)


def read(
    text: str, language: str, known: frozenset[str] = frozenset(), *, is_row: bool = False
) -> Reading:
    """Take a text apart; `known` are small words that are people's names here.

    `is_row` says that it is the row of a table, read as "head — header: cell; header: cell".
    """
    return _read(text, language, known, is_row)


@lru_cache(maxsize=2_000)  # some 10 MB: passages that answered one question answer the next
def _read(text: str, language: str, known: frozenset[str], is_row: bool) -> Reading:
    normal = fold_variants(unicodedata.normalize("NFKC", text))  # 高橋 may be said of 髙橋
    normal = _WAVE.sub("-", normal)
    for address in addresses(normal):
        normal = re.sub(re.escape(address), lambda m: " " * len(m.group()), normal, flags=re.I)
    words = japanese_words(normal) if _JAPANESE.search(normal) else []
    claims = read_quantities(normal)
    if is_row:
        claims = with_header_units(normal, claims)
    masked = _without(normal, claims)
    free = [word for word in words if not _is_taken(word.start, word.end, claims)]
    names = [*latin_names(masked, known), *japanese_names(normal, free)]
    claims += [
        replace(name, is_former=is_former_name(normal, name.start, name.end))
        for name in names
        if not _is_taken(name.start, name.end, claims)
    ]
    units = _placed(
        normal, [*_claim_units(claims, language), *_words(normal, free, claims, language)]
    )
    turned = [
        one
        for one in (*english_operators(normal.lower()), *japanese_operators(normal, words))
        if one.turn != "some" or not _is_taken(one.start, one.end, claims)  # half an hour
    ]
    if is_row:
        units = _headed(normal, units)
    return Reading(
        text=normal,
        language=language,
        units=units,
        operators=tuple(_reaching(one, units, normal) for one in turned),
    )


def _without(text: str, claims: Iterable[Claim]) -> str:
    for claim in claims:
        # what hangs on a name by a hyphen is no part of it
        sign = " " if text[claim.start] == "-" else "0"
        text = text[: claim.start] + sign * (claim.end - claim.start) + text[claim.end :]
    return text


def _is_taken(start: int, end: int, claims: Sequence[Claim]) -> bool:
    return any(start < claim.end and claim.start < end for claim in claims)


def _claim_units(claims: Sequence[Claim], language: str) -> Iterator[Unit]:
    for claim in claims:
        stems = [term for part in claim.parts for term in latin_terms(part, language)]
        terms = tuple(dict.fromkeys((claim.key, *claim.parts, *stems)))
        yield Unit(start=claim.start, end=claim.end, place=0, terms=terms, claim=claim)


def _words(
    text: str, japanese: Sequence[JapaneseWord], claims: Sequence[Claim], language: str
) -> Iterator[Unit]:
    is_shouted = text.isupper()
    for match in latin_words(text):
        if not _is_taken(match.start(), match.end(), claims):
            terms = latin_terms(match.group(), language, is_shouted=is_shouted)
            base = BASE_FORMS.get(match.group().lower())
            if base and terms:
                terms = tuple(dict.fromkeys((*terms, *latin_terms(base, language))))
            contrast = _contrast(match.group().lower(), match.start(), match.end())
            if (terms or contrast) and not FUNCTION_WORDS.issuperset(terms or ("",)):
                yield Unit(
                    start=match.start(),
                    end=match.end(),
                    place=0,
                    terms=terms or (match.group().lower(),),
                    claim=contrast,
                )
    for word in japanese:
        if (
            word.is_content
            and word.normal not in FUNCTION_WORDS
            and not word.surface.isascii()
            and not _is_taken(word.start, word.end, claims)
        ):
            contrast = _contrast(word.normal, word.start, word.end) or _contrast(
                word.surface, word.start, word.end
            )
            yield Unit(
                start=word.start, end=word.end, place=0, terms=(word.normal,), claim=contrast
            )


def distance(one: Unit, other: Unit) -> float:
    """How far apart two things stand; what is in brackets belongs to what stands before them."""
    if _HEAD in (one.bracket, other.bracket):
        return _FROM_HEAD
    if one.bracket == other.bracket:
        return abs(one.place - other.place) + abs(one.aside - other.aside)
    return abs(one.place - other.place) + one.aside + other.aside


def _placed(text: str, units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Count the places; in brackets they are counted apart."""
    place = aside = 0.0
    bracket = brackets = end = 0
    placed: list[Unit] = []
    for unit in sorted(units, key=lambda one: (one.start, one.end)):
        between = text[end : unit.start]
        for sign in between:
            if sign in "(（":
                brackets += 1
                bracket, aside = brackets, _ASIDE
            elif sign in ")）":
                bracket, aside = 0, 0.0
        step = 1.0 + 1.5 * bool(_BREAK.search(between))
        step += 3.0 * bool(_END_OF_CLAUSE.search(between))
        step += 4.0 * bool(_STOP_INSIDE.search(between))
        if bracket:
            aside += step
        else:
            place += step
        placed.append(replace(unit, place=place, aside=aside, bracket=bracket))
        end = unit.end
    return tuple(placed)


def _headed(text: str, units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Mark what heads a row: it is as near to one cell as to another; and what heads cells."""
    head = text.find(HEAD)
    headers = [one.header for one in cells_of(text)]
    return tuple(
        replace(
            unit,
            bracket=_HEAD if unit.end <= head else unit.bracket,
            is_header=any(start <= unit.start and unit.end <= end for start, end in headers),
        )
        for unit in units
    )


def _reaching(one: Operator, units: Sequence[Unit], text: str) -> Operator:
    """Find what a turning word turns: the nearest things on its side, then one on the other."""
    after = [n for n, unit in enumerate(units) if unit.start >= one.end]
    before = [n for n, unit in enumerate(units) if unit.end <= one.start]
    after = [n for n in after if not _END_OF_CLAUSE.search(text[one.end : units[n].start])]
    before = [n for n in before if not _END_OF_CLAUSE.search(text[units[n].end : one.start])]
    near = [n for n in after if "," not in text[one.end : units[n].start]]
    behind = list(reversed(before[-_REACH:]))
    ahead = (near if near or behind else after)[:_REACH]
    if _JAPANESE.search(text[max(0, one.start - 1) : one.end]):
        reach = behind if one.looks_back else ahead
    else:
        reach = [*behind, *ahead[:1]] if one.looks_back else [*ahead, *behind[:1]]
    return replace(one, reach=tuple(reach))


def _contrast(word: str, start: int, end: int) -> Claim | None:
    found = _contrasts().get(word)
    if found is None:
        return None
    key, excludes = found
    return Claim(kind="contrast", start=start, end=end, key=key, excludes=excludes)


def excludes(claim: Claim, word: str) -> bool:
    """Whether a word cannot be true beside a contrast: "open" beside "closed"."""
    found = _contrasts().get(word)
    return found is not None and found[0] in claim.excludes


@lru_cache(maxsize=1)
def _contrasts() -> Mapping[str, tuple[str, frozenset[str]]]:
    """By word: the side of a contrast it is on, and the other sides."""
    text = (resources.files(__package__ or "") / "contrasts.txt").read_text("utf-8")
    table: dict[str, tuple[str, frozenset[str]]] = {}
    for number, line in enumerate(text.splitlines()):
        if line.startswith("#") or not line.strip():
            continue
        sides = [side.split() for side in line.split("|")]
        keys = [f"c:{number}{chr(97 + at)}" for at in range(len(sides))]
        for key, side in zip(keys, sides, strict=True):
            for word in side:
                table.setdefault(word, (key, frozenset(keys) - {key}))
    return table

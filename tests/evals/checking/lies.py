"""Lies in one checkable fact, made of true statements by rule."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tests.evals.checking.cases import Made
from tests.evals.checking.notations import amount_in, date_in

from aspire_ingest.index.text.amounts import Amount, find_amounts
from aspire_ingest.index.text.dates.dates import find_dates
from aspire_ingest.index.text.japanese import japanese_words
from aspire_ingest.index.text.units import CURRENCIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """What lies take from elsewhere: names in the same document, in others, clauses of others."""

    people_here: tuple[str, ...] = ()
    names_elsewhere: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()


Lie = Callable[[str, str, Stock, random.Random], str | None]


def _put(text: str, start: int, end: int, other: str) -> str:
    return text[:start] + other + text[end:]


def _amount(
    wanted: Callable[[Amount], bool], change: Callable[[Amount, random.Random], Amount | None]
) -> Lie:
    def lie(text: str, language: str, stock: Stock, generator: random.Random) -> str | None:
        found = [a for a in find_amounts(text) if wanted(a)]
        if not found:
            return None
        one = generator.choice(found)
        other = change(one, generator)
        written = amount_in(language, other, generator) if other else None
        return _put(text, one.start, one.end, written) if written else None

    return lie


def _other_value(amount: Amount, generator: random.Random) -> Amount:
    steps = (
        [Decimal(1), Decimal(2), Decimal(5)]
        if amount.value < 50
        else [amount.value / 10, amount.value / 2]
    )
    value = amount.value + generator.choice(steps) * generator.choice([1, -1])
    value = Decimal(int(value)) if value > 1 else amount.value + 2
    return replace(amount, value=value if value != amount.value else amount.value + 1)


def _other_magnitude(amount: Amount, generator: random.Random) -> Amount | None:
    if not amount.value:
        return None
    return replace(amount, value=amount.value * generator.choice([10, 100, 1000]))


_UNIT_SWAPS = {
    "day": ("week", "month", "business_day"), "month": ("year", "week"), "year": ("month",),
    "week": ("day",), "jpy": ("usd", "eur"), "usd": ("jpy", "eur"), "eur": ("usd", "jpy"),
    "person": ("project", "country"), "project": ("person", "country"), "hour": ("day", "minute"),
    "country": ("project",), "percent": ("jpy",), "business_day": ("day", "week"),
    "minute": ("hour",), "time": ("day",), "gbp": ("usd",),
}  # fmt: skip


def _other_unit(amount: Amount, generator: random.Random) -> Amount | None:
    units = _UNIT_SWAPS.get(amount.unit or "")
    return replace(amount, unit=generator.choice(units)) if units else None


def _date(text: str, language: str, stock: Stock, generator: random.Random) -> str | None:
    found = find_dates(text)
    if not found:
        return None
    one = generator.choice(found)
    if one.day:
        other = replace(
            one, day=one.day % 28 + generator.choice([1, 3]) if one.day < 25 else one.day - 9
        )
    elif one.month:
        other = replace(one, month=one.month % 12 + 1)
    elif one.year:
        return _put(text, one.start, one.end, text[one.start : one.end].replace(
            str(one.year), str(one.year + generator.choice([-2, -1, 1, 2]))
        )) if str(one.year) in text[one.start : one.end] else None  # fmt: skip
    else:
        return None
    written = date_in(language, other, generator)
    return _put(text, one.start, one.end, written) if written else None


def _number(text: str, language: str, stock: Stock, generator: random.Random) -> str | None:
    """Another bare number, in digits or words."""
    dates = find_dates(text)
    found = [
        match
        for match in re.finditer(r"(?<![\w.,/-])\d{1,6}(?![\w.,/%-]|\s?(?:yen|percent|円))", text)
        if not any(d.start < match.end() and match.start() < d.end for d in dates)
    ]
    if not found:
        words = "two three four five six seven eight nine".split()
        spoken = list(re.finditer(rf"\b({'|'.join(words)})\b", text))
        if not spoken:
            return None
        one = generator.choice(spoken)
        return _put(
            text, one.start(), one.end(), generator.choice([w for w in words if w != one[1]])
        )
    one = generator.choice(found)
    return _put(text, one.start(), one.end(), str(int(one.group()) + generator.choice([1, 2, 10])))


_PERSON_EN = re.compile(
    r"\b(?:Dr\.|Prof\.|Professor|Mr\.|Ms\.|Mrs\.) (?:[A-Z][\w'-]+ )?[A-Z][\w'-]+"
)
_NAME_EN = re.compile(r"(?<=[a-z,] )[A-Z][a-zà-ÿ]+(?: [A-Z][a-zà-ÿ]+)*|\b[A-Z]{3,6}\b")
_NO_NAME_EN = re.compile(
    r"\b(?:Program(?:me)?|Director|Officer|Investigator|Principal|Dr|Prof|Professor|Mr|Form|Section"
    r"|Table|Fiscal|Republic|Monday|January|February|March|April|May|June|July|August|September"
    r"|October|November|December|President|The|In|On|At|However)\b"
)
_PERSON_JA = re.compile(r"[一-龥々]{2,5}(?=氏|教授|先生|PO|PD|研究主幹|運営統括|理事長|博士)")


def people_in(text: str, language: str) -> list[str]:
    """The people whom a text names with a title."""
    if language == "ja":
        return [name for name in dict.fromkeys(_PERSON_JA.findall(text)) if _is_personal(name)]
    return list(dict.fromkeys(_PERSON_EN.findall(text)))


def _is_personal(name: str) -> bool:
    return any(word.kinds[2] == "人名" for word in japanese_words(name))


def names_in(text: str, language: str) -> list[str]:
    """Other names of a text."""
    if language == "ja":
        return [
            word.surface
            for word in japanese_words(text)
            if word.kinds[1] == "固有名詞" and len(word.surface) > 1
        ]
    found = dict.fromkeys(_NAME_EN.findall(text))
    return [name for name in found if not _NO_NAME_EN.search(name)]


def _person(text: str, language: str, stock: Stock, generator: random.Random) -> str | None:
    """Another person of the same document in the place of one."""
    said = people_in(text, language)
    surnames = {name.split()[-1] for name in said}
    others = [name for name in stock.people_here if name.split()[-1] not in surnames]
    if not said or not others:
        return None
    return text.replace(generator.choice(said), generator.choice(others), 1)


def _roles(text: str, language: str, stock: Stock, generator: random.Random) -> str | None:
    """Two people of one sentence in each other's place."""
    said = people_in(text, language)
    if len(said) < 2:
        return None
    one, other = said[:2]
    between = text[text.index(one) + len(one) : text.index(other)].strip()
    if between in ("and", ",", "と", "、", "・", ", and") and not re.match(
        r"\s*[(（,]", text[text.index(other) + len(other) :]
    ):
        return None  # "A and B" is "B and A"
    return text.replace(one, "\0").replace(other, one).replace("\0", other)


def _name(text: str, language: str, stock: Stock, generator: random.Random) -> str | None:
    said = names_in(text, language)
    others = [name for name in stock.names_elsewhere if name not in text]
    if not said or not others:
        return None
    one = generator.choice(said)
    same = [n for n in others if n.isupper() == one.isupper()] or others
    return text.replace(one, generator.choice(same), 1)


_ADD_NOT = re.compile(
    r"\b(is|are|was|were|will|must|may|can|should|has been|have been|could|would)\b(?! not\b)(?= [a-z]+)"
)
_DROP_NOT = re.compile(
    r"\b(is|are|was|were|will|must|may|can|should|could|did|do|does) not\b|\b(?:can)not\b"
)
_JA_NOT = (
    (r"できない", "できる"), (r"できません", "できます"), (r"ではない", "である"), (r"必要はない", "必要がある"),
    (r"認められない", "認められる"), (r"しない", "する"), (r"要しない", "要する"), (r"されない", "される"),
    (r"ならない(?<!ければならない)(?<!ばならない)", "なる"), (r"できる(?=。|が|、)", "できない"),
    (r"できます", "できません"), (r"である(?=。)", "ではない"), (r"した(?=。)", "しなかった"),
    (r"しました(?=。)", "しませんでした"), (r"される(?=。)", "されない"), (r"された(?=。)", "されなかった"),
    (r"する(?=。)", "しない"), (r"します(?=。)", "しません"), (r"れた(?=。)", "れなかった"),
    (r"必要である(?=。)", "不要である"), (r"がある(?=。)", "がない"), (r"れている(?=。)", "れていない"),
    (r"している(?=。)", "していない"), (r"った(?=。)", "わなかった"), (r"です(?=。)", "ではありません"),
)  # fmt: skip


def _negation(text: str, language: str, stock: Stock, generator: random.Random) -> str | None:
    if language == "ja":
        for pattern, other in _JA_NOT:
            if re.search(pattern, text):
                return re.sub(pattern, other, text, count=1)
        return None
    dropped = _DROP_NOT.search(text)
    if dropped:
        word = dropped[1] or "can"
        return _put(text, dropped.start(), dropped.end(), word)
    found = list(_ADD_NOT.finditer(text))
    if not found:
        return None
    one = generator.choice(found)
    word = one[1].replace(" been", " not been") if " " in one[1] else f"{one[1]} not"
    return _put(text, one.start(), one.end(), word)


_MODALS_EN = (
    (r"\bmust\b", "may"), (r"\bshall\b", "may"), (r"\bmay\b(?! \d)", "must"), (r"\bcan\b", "must"),
    (r"\bneeds? to\b", "may"), (r"\bis required to\b", "is allowed to"), (r"\bshould\b", "must"),
    (r"\bis expected to\b", "must"), (r"\bare expected to\b", "must"),
)  # fmt: skip
_MODALS_JA = (
    (r"しなければならない", "してもよい"), (r"なければなりません", "なくてもよい"), (r"することができる", "しなければならない"),
    (r"できる(?=。)", "なければならない"), (r"してもよい", "しなければならない"), (r"が必要である", "は任意である"),
    (r"できます(?=。)", "ることが義務です"), (r"必要がある", "ことができる"), (r"が必要(?=[だで。と])", "が可能"),
)  # fmt: skip
_DIRECTIONS_EN = (
    (r"\bat least\b", "at most"), (r"\bup to\b(?= \d)", "at least"), (r"\bmore than\b", "less than"),
    (r"\bless than\b", "more than"), (r"\bwithin\b(?= \d)", "after more than"), (r"\bor more\b", "or less"),
    (r"\bno later than\b", "no earlier than"), (r"\bbefore\b(?= [A-Z\d])", "after"),
    (r"\bafter\b(?= [A-Z\d])", "before"), (r"\bby\b(?= \d)", "from"), (r"\buntil\b(?= [A-Z\d])", "from"),
    (r"\bincreased?\b", "decreased"), (r"\bminimum\b", "maximum"), (r"\bmaximum\b", "minimum"),
    (r"\bover\b(?= \d)", "under"), (r"\bsince\b(?= \d)", "until"),
)  # fmt: skip
_DIRECTIONS_JA = (
    (r"以上", "未満"), (r"以内", "以上"), (r"以下", "以上"), (r"未満", "以上"), (r"までに", "以降に"),
    (r"を上限", "を下限"), (r"上限", "下限"), (r"最大(?=\d)", "最低"), (r"超える", "下回る"), (r"以降", "以前"),
    (r"以前", "以降"), (r"(?<=[日月年])まで", "から"), (r"(?<=[日月年])から", "まで"), (r"増加", "減少"),
    (r"を超える", "を下回る"),
)  # fmt: skip


def _swap(english: Sequence[tuple[str, str]], japanese: Sequence[tuple[str, str]]) -> Lie:
    def lie(text: str, language: str, stock: Stock, generator: random.Random) -> str | None:
        for pattern, other in japanese if language == "ja" else english:
            if re.search(pattern, text):
                return re.sub(pattern, other, text, count=1)
        return None

    return lie


def _extra(text: str, language: str, stock: Stock, generator: random.Random) -> str | None:
    clauses = (
        [c for c in stock.clauses if c.split()[0] not in text]
        if language == "en"
        else stock.clauses
    )
    if not clauses:
        return None
    clause = generator.choice(clauses)
    if language == "ja":
        return f"{text.rstrip('。')}、また、{clause}"
    return f"{text.rstrip('.')}, and {clause}"


_FINITE = re.compile(
    r"\b(?:is|are|was|were|will|must|may|can|has|have|should|shall|\w{3,}ed|takes?|pays?|holds?)\b"
)
_TOPIC = re.compile(r"^[^、。「」は]{2,30}は、?(?=.{5,})")
_WORD_EN = re.compile(r"\b[a-z]{4,}\b")
_ENDINGS = ("ing", "ed", "ly", "tion", "s", "")
_LIGHT_EN = frozenset(
    "that this with from have been were will they their which also into than more most other some "
    "such when where what these those there about between through during after before under over "
    "each both only must should would could said says".split()
)


def _another_end(text: str, language: str, stock: Stock, generator: random.Random) -> str | None:
    """What is said of a thing in another document, said of this one."""
    pattern = _TOPIC if language == "ja" else _FINITE
    ours = pattern.search(text)
    tails = [
        clause[(found.end() if language == "ja" else found.start()) :]
        for clause in stock.clauses
        if (found := pattern.search(clause))
    ]
    tails = [tail for tail in tails if 8 <= len(tail) <= 90]
    if ours is None or not tails or not (2 <= ours.start() <= 70 or language == "ja"):
        return None
    head = text[: ours.end() if language == "ja" else ours.start()]
    return f"{head}{generator.choice(tails)}"


def _another_word(text: str, language: str, stock: Stock, generator: random.Random) -> str | None:
    """A word of another document in the place of one of the same kind."""
    if language == "ja":
        return _another_word_ja(text, stock, generator)
    said = set(_WORD_EN.findall(text)) - _LIGHT_EN
    others = {w for clause in stock.clauses for w in _WORD_EN.findall(clause)} - said - _LIGHT_EN
    for word in generator.sample(sorted(said), len(said)):
        alike = [other for other in sorted(others) if _ending(other) == _ending(word)]
        if alike:
            return re.sub(rf"\b{word}\b", generator.choice(alike), text, count=1)
    return None


def _ending(word: str) -> str:
    return next(ending for ending in _ENDINGS if word.endswith(ending))


def _another_word_ja(text: str, stock: Stock, generator: random.Random) -> str | None:
    said = {word.surface for word in japanese_words(text) if _is_doing(word.kinds, word.surface)}
    others = {
        word.surface
        for clause in stock.clauses
        for word in japanese_words(clause)
        if _is_doing(word.kinds, word.surface)
    }
    if not said or not others - said:
        return None
    return text.replace(generator.choice(sorted(said)), generator.choice(sorted(others - said)), 1)


def _is_doing(kinds: Sequence[str], surface: str) -> bool:
    return "サ変可能" in kinds and len(surface) == 2


LIES: dict[str, Lie] = {
    "another end": _another_end,
    "another word": _another_word,
    "number": _number,
    "value": _amount(lambda a: a.unit is not None and a.unit not in CURRENCIES, _other_value),
    "amount": _amount(lambda a: a.unit in CURRENCIES, _other_value),
    "magnitude": _amount(lambda a: a.unit is not None, _other_magnitude),
    "unit": _amount(lambda a: a.unit in _UNIT_SWAPS, _other_unit),
    "date": _date,
    "name": _name,
    "person": _person,
    "roles swapped": _roles,
    "negation": _negation,
    "modality": _swap(_MODALS_EN, _MODALS_JA),
    "direction": _swap(_DIRECTIONS_EN, _DIRECTIONS_JA),
    "extra clause": _extra,
}


def lies_of(made: Made, stock: Stock, generator: random.Random) -> Iterator[Made]:
    """All lies that the rules make of a true statement."""
    for kind, lie in LIES.items():
        text = lie(made.text, made.language, stock, generator)
        if text and text != made.text:
            added = next((c for c in stock.clauses if text.endswith(c)), "")
            foreign = added.casefold()[1:-1] if kind == "extra clause" else ""
            yield replace(made, kind=kind, is_true=False, text=text, foreign=foreign)

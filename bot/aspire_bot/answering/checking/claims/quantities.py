"""Amounts, counts, shares, dates, times of day, ordinals and numbers of telephones in a text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from aspire_bot.answering.checking.claims.bounds import (
    bound_of,
    changed,
    hints_of,
    is_former,
    joined,
)
from aspire_bot.answering.checking.claims.claims import Claim
from aspire_bot.answering.checking.claims.days import with_all_days
from aspire_bot.answering.checking.claims.intervals import intervals
from aspire_bot.answering.checking.claims.rates import rate_of
from aspire_bot.answering.checking.claims.times import clocks, half_spans
from aspire_bot.answering.checking.claims.wordlists import LABELS
from aspire_ingest.index.text.amounts import find_amounts
from aspire_ingest.index.text.dates.dates import DateMention, date_terms, find_dates
from aspire_ingest.index.text.numerals import fold_widths, japanese_number
from aspire_ingest.index.text.units import WORD_NUMBERS

_BASE = {"year": ("month", 12), "week": ("day", 7), "hour": ("minute", 60)}
"""Units that can be counted in smaller ones: one year is twelve months."""
_PHONE = re.compile(r"(?<![\w-])(?:\+\d{1,3}[- ]?)?\(?\d{1,4}\)?[- ]\d{2,4}[- ]\d{3,4}(?![\w-])")
_WORDS = "|".join(sorted((w for w in WORD_NUMBERS if w != "one"), key=len, reverse=True))
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_SHARE = re.compile(
    rf"\b(?P<of>one|two|three|four|a)[ -](?P<part>{'|'.join(_PARTS)})s?\b(?! (?:of )?(?:year|term))"
    r"|(?<!first )(?<!second )(?<!latter )(?<!other )(?<!former )\bhalf\b(?P<half>)"
    r"(?![ -](?:year|day|hour)| an? (?:hundred|thousand|[mbtr]+illion|dozen)| past)"
    r"|(?P<base>\d{1,2}|[二三四五六七八九十])分の(?P<top>\d{1,2}|[一二三四五六七八九])"
    r"|(?P<hanbun>半分|半額|半数|過半数)"
    r"|(?<![\d/.])(?P<num>[1-9])/(?P<den>[2-9]|10)(?![\d/])"
)
_A_SIDE = re.compile(r"\b(?:the|this|that|each|either|our|your|their|its) [a-z-]+ $")
"""The German half of a project is a side of it; half of it is a share."""
_MULTIPLE = re.compile(
    rf"\b(?P<word>doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing))\b"
    rf"|\b(?P<fold>\d+(?:\.\d+)?|{_WORDS})[ -]?(?:fold\b|times (?:as|the|more|larger|higher)\b)"
    r"|(?P<bai>\d+(?:\.\d+)?|[二三四五六七八九十])倍"
)
_A_TIME = re.compile(
    r"\b(?:within|after|for|lasts?|takes?) (?P<a>an? (?P<unit>day|week|month|year))\b(?!'s|-)"
)
_TIMES = re.compile(r"(?<!at )\b(?P<times>once|twice|thrice)\b(?! (?:as|the))")
_EACH = re.compile(
    r"\s?(?:当たり|あたり|当り|につき|ごと|(?:に|で|、)?(?:最大|上限|[年月週]額?)?(?=\d[\d,]*(?:\.\d+)?[万億千]*円))"
)
_NTH = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)
_CARDINALS = "|".join(word for word, number in WORD_NUMBERS.items() if number <= len(_NTH))
_THING = (
    r"(?<![\w-])(?:day|week|month|year|round|phase|stage|step|theme|topic|session|question|lot"
    r"|floor|recommendation|finding)s?"
)
_FIGURES_EN = re.compile(
    rf"(?:{_THING} (?:no\. ?|numbers? )?|(?<![\w-])(?:numbers?|nos?\.) )"
    r"(?P<some>\d{1,2}(?:(?:, and |, | and | or |, or | to |-)\d{1,2})*)(?![\w-]|[.,:]\d|\s?%)"
)
"""Theme 3; recommendations 1, 3 and 5; number 4."""
_ORDINAL = re.compile(
    rf"\b(?P<word>{'|'.join(_NTH)})\b(?!-hand)|(?<![\w.,])(?P<digits>\d{{1,3}})(?:st|nd|rd|th)\b"
    rf"|{_THING} (?P<after>{_CARDINALS})(?![\w-]|[.,:]\d|\s?%)"
    r"|(?:テーマ|セッション|フェーズ|ステップ|段階|議題|質問|提言|勧告)\s?(?P<label>\d{1,2})(?![\d.,:%]|\s?[つ件個題人名点])"
    r"|(?:(?<![^\n])|(?<=[.:;,。、])\s?|(?:areas?|items?|points?|fields?|領域|分野|項目?)\s?)"
    r"\((?P<paren>\d{1,2})\)(?! ?(?:months?|years?|days?|weeks?|hours?)\b)"
    r"|第\s?(?P<dai>\d{1,3}|[一二三四五六七八九十]+)|(?P<banme>\d{1,3}|[一二三四五六七八九十]+)(?:番|回|日|年度?|週|期|人|件|つ)目"
)
_FIGURES = ("digits", "dai", "banme", "label", "paren")
_WORD_NUMBER = re.compile(rf"(?<![\w-])(?P<word>{_WORDS})(?![\w])")
_COUNTER = re.compile(
    r"(?<![第数何幾〇一二三四五六七八九十百千\d])(?P<kanji>[二三四五六七八九十百千][一二三四五六七八九十百千]*)"
    r"(?=つ|個|[かヶヵカケ箇](?:所|国)|社|者|校|種|点|本|台|枚|部|組|段階|項目|機関|地域|テーマ|チーム|グループ"
    r"|プロジェクト|大学|班|館|冊|票|軸|本柱|領域|拠点)"
)
_CODE = re.compile(
    r"(?<![\w.])(?=[a-z0-9_-]*\d)(?=[a-z0-9_-]*[a-z])[a-z0-9]+(?:[-_][a-z0-9]+)*(?![\w])",
)
_NUMBERED = re.compile(
    r"(?<![\w.-])(?:(?:[a-z]{1,6}\d{1,4}|[a-z]{2,6}-\d{2,4})(?:[-_]\d{1,4})+"
    r"|[a-z]{2,12}-\d{1,3})(?![\w-])",
    re.ASCII,
)
"""What a project, a form or a file is called, LQ24-04, AURORA-3: no part of it is an amount."""
_LABELLED = re.compile(
    rf"\b(?i:{'|'.join(sorted(LABELS))})s? "
    r"(?P<some>[A-HJ-Z](?:(?:, and |, | and | or |/)[A-HJ-Z])*)(?![\w’'-])"
    r"|(?<![A-Za-z])(?P<ja>[A-Z])(?=[型類班組群]|区分|分科|コース|ランク|タイプ)"
    r"|(?<=[A-Za-z]{2})-(?P<last>[A-HJ-Z])(?![A-Za-z0-9-])"
    r"|(?<![A-Za-z’'.-])(?P<of>[B-HJ-Z])(?= (?:projects?|proposals?|teams?|grants?)\b)",
)
_ONE = re.compile(r"[A-Z]")
_DIGITS_LEFT = re.compile(r"(?<![\w.])\d[\d:/.,-]*(?<=\d)")
_COMMON_CODE = re.compile(
    r"\d+(?:st|nd|rd|th|k|m|mn|bn|km|kg|cm|mm|ghz|mhz|gb|mb|tb|d|g|years?)|fy\d+"
)
_GOES_ON = re.compile(r" (?:(?:a|per) [a-z]{3,8} )?and ")
"""Up to 12,000 yen a day and 20 days: what is said of the first holds for the second."""
_CLAUSE_END = re.compile(r"[;；。]|,\s+(?:and|but|while|whereas)\s|、?(?:一方|ただし)")


def read_quantities(text: str) -> list[Claim]:
    """Give all values a text states, in order, without overlap; bounds as they are said."""
    folded = fold_widths(text, lower=True)
    taken = [*_contacts(folded), *_labelled(fold_widths(text))]
    dates = [
        date
        for date in with_all_days(folded, find_dates(text))
        if not _overlaps(date.start, date.end, taken)
    ]
    taken += [_date(mention) for mention in dates]
    for reader in (
        _numbered, intervals, _halves, clocks, _shares, _multiples, _times, _single_times,
        _ordinals,
    ):  # fmt: skip
        taken += [c for c in reader(folded) if not _overlaps(c.start, c.end, taken)]
    taken += [c for c in _amounts(text, dates) if not _overlaps(c.start, c.end, taken)]
    for reader in (_codes, _bare, _digits):
        taken += [c for c in reader(folded) if not _overlaps(c.start, c.end, taken)]
    said = sorted((claim for claim in taken if claim.key), key=lambda claim: claim.start)
    return _with_bounds(folded, said)


def _overlaps(start: int, end: int, taken: Sequence[Claim]) -> bool:
    return any(start < claim.end and claim.start < end for claim in taken)


def _contacts(folded: str) -> Iterator[Claim]:
    for match in _PHONE.finditer(folded):
        digits = re.sub(r"\D", "", match.group())
        if len(digits) >= 8:
            key = f"phone:{digits[-9:]}"
            yield Claim(kind="contact", start=match.start(), end=match.end(), key=key)


def _date(mention: DateMention) -> Claim:
    key = (date_terms(mention) or ["d:"])[-1]
    return Claim(kind="date", start=mention.start, end=mention.end, key=key, date=mention)


def _halves(folded: str) -> Iterator[Claim]:
    for start, end, value, unit in half_spans(folded):
        yield amount_of(start, end, value, unit)


def _shares(folded: str) -> Iterator[Claim]:
    for match in _SHARE.finditer(folded):
        if match["part"]:
            top = {"a": 1, "one": 1}.get(match["of"]) or WORD_NUMBERS[match["of"]]
            share = Decimal(top) / _PARTS[match["part"]]
        elif match["base"]:
            share = japanese_number(match["top"]) / japanese_number(match["base"])
        elif match["num"]:
            share = Decimal(match["num"]) / Decimal(match["den"])
        elif match["half"] is not None and _A_SIDE.search(folded, 0, match.start()):
            continue
        else:
            share = Decimal("0.5")
        yield amount_of(
            match.start(), match.end(), (share * 100).quantize(Decimal("0.01")), "percent"
        )


def _multiples(folded: str) -> Iterator[Claim]:
    for match in _MULTIPLE.finditer(folded):
        written = match["fold"] or match["bai"]
        if written:
            value = Decimal(WORD_NUMBERS.get(written) or japanese_number(written))
        else:
            value = Decimal(3 if match["word"].startswith("tri") else 2)
        yield amount_of(match.start(), match.end(), value, "multiple")


def _times(folded: str) -> Iterator[Claim]:
    for match in _TIMES.finditer(folded):
        value = Decimal(("once", "twice", "thrice").index(match["times"]) + 1)
        yield amount_of(match.start(), match.end(), value, "time")


def _single_times(folded: str) -> Iterator[Claim]:
    """Within a week: one of them."""
    for match in _A_TIME.finditer(folded):
        yield amount_of(*match.span("a"), Decimal(1), match["unit"])


def _ordinals(folded: str) -> Iterator[Claim]:
    for match in _FIGURES_EN.finditer(folded):
        for at, one in enumerate(re.finditer(r"\d+", match["some"])):
            start = match.start("some") + one.start() if at else match.start()
            end = match.start("some") + one.end()
            yield Claim(kind="ordinal", start=start, end=end, key=f"nth:{int(one.group())}")
    for match in _ORDINAL.finditer(folded):
        written = next(filter(None, map(match.__getitem__, _FIGURES)), "")
        if match["word"]:
            number = _NTH.index(match["word"]) + 1
        else:
            number = WORD_NUMBERS.get(match["after"]) or int(japanese_number(written))
        key = f"nth:{number}"
        yield Claim(kind="ordinal", start=match.start(), end=match.end(), key=key)


def _amounts(text: str, dates: Sequence[DateMention]) -> Iterator[Claim]:
    for found in find_amounts(text, dates):
        if found.value == 1 and _EACH.match(text, found.end):
            # 1人当たり is "per person": no claim, whatever else could read it
            yield Claim(kind="amount", start=found.start, end=found.end, key="")
            continue
        if found.unit is None and text[found.end : found.end + 1] == "日":
            yield amount_of(found.start, found.end + 1, found.value, "day")  # no date: 20日を限度
            continue
        yield amount_of(found.start, found.end, found.value, found.unit)


def amount_of(start: int, end: int, value: Decimal, unit: str | None) -> Claim:
    """Give the claim of a value as it is said at a place, years as months."""
    as_said = value
    if unit in _BASE:
        unit, factor = _BASE[unit]
        value *= factor
    plain = f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    key = f"n:{plain}{unit or ''}"
    return Claim(
        kind="amount", start=start, end=end, key=key, value=value, as_said=as_said, unit=unit
    )


def _numbered(folded: str) -> Iterator[Claim]:
    return map(_code, _NUMBERED.finditer(folded))


def _labelled(folded: str) -> Iterator[Claim]:
    """Letters that tell one of a kind: type A, A型, LUMINA-A, C projects."""
    for match in _LABELLED.finditer(folded):
        kind = next(kind for kind in ("some", "ja", "last", "of") if match[kind])
        letters = list(_ONE.finditer(folded, *match.span(kind)))
        for at, one in enumerate(letters):
            start = one.start() if at else match.start()  # with what it is a kind of
            key = f"code:{one.group().lower()}"
            yield Claim(kind="code", start=start, end=one.end(), key=key)


def _codes(folded: str) -> Iterator[Claim]:
    for match in _CODE.finditer(folded):
        if not _COMMON_CODE.fullmatch(match.group()):
            yield _code(match)


def _code(match: re.Match[str]) -> Claim:
    code = re.sub(r"[-_]", "", match.group())
    return Claim(kind="code", start=match.start(), end=match.end(), key=f"code:{code}")


def _bare(folded: str) -> Iterator[Claim]:
    """Numbers in words and kanji that count what has no unit of its own."""
    for match in _WORD_NUMBER.finditer(folded):
        yield amount_of(match.start(), match.end(), Decimal(WORD_NUMBERS[match["word"]]), None)
    for match in _COUNTER.finditer(folded):
        yield amount_of(match.start(), match.end(), japanese_number(match["kanji"]), None)


def _digits(folded: str) -> Iterator[Claim]:
    """What else is written in digits: the number of a norm, a score, a fraction."""
    for match in _DIGITS_LEFT.finditer(folded):
        key = f"code:{match.group()}"
        yield Claim(kind="code", start=match.start(), end=match.end(), key=key)


def _with_bounds(folded: str, claims: Sequence[Claim]) -> list[Claim]:
    found = [
        replace(
            claim,
            bound=bound_of(folded, claim.start, claim.end, is_date=_may_be_date(claim)),
            hints=hints_of(_clause(folded, claim)),
            per=rate_of(folded, claim.start, claim.end) if claim.unit else frozenset(),
        )
        if claim.kind in ("amount", "date", "clock")
        else claim
        for claim in claims
    ]
    spans = [(claim.start, claim.end) for claim in claims]
    former = [at for at, span in enumerate(spans) if is_former(folded, *span)]
    for at in (*changed(folded, spans), *former):
        found[at] = replace(found[at], is_former=True)
    for first, last in joined(folded, spans):
        one, other = found[first], found[last]
        is_range = one.kind in ("amount", "date", "clock") and one.unit in (other.unit, None)
        if one.kind == other.kind and is_range:
            found[first] = replace(one, bound="ge")
            found[last] = replace(other, bound=other.bound or "le")
    for at in range(1, len(found)):
        one, other = found[at - 1], found[at]
        between = folded[one.end : other.start]
        if one.bound and other.bound is None and _GOES_ON.fullmatch(between):
            found[at] = replace(other, bound=one.bound)
    return found


def _may_be_date(claim: Claim) -> bool:
    is_year = claim.unit is None and claim.value is not None and 1900 <= claim.value < 2200
    return claim.kind != "amount" or is_year


def _clause(folded: str, claim: Claim) -> str:
    ends = [match.start() for match in _CLAUSE_END.finditer(folded)]
    start = max((end for end in ends if end <= claim.start), default=0)
    stop = min((end for end in ends if end >= claim.end), default=len(folded))
    return folded[start:stop]

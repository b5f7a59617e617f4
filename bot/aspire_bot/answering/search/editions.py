"""Which documents a newer edition has replaced, and which edition a question names. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aspire_bot.answering.quotes.publishers import are_of_two
from aspire_bot.answering.quotes.translations import bare_address, is_translation
from aspire_ingest.index import DocumentInfo
from aspire_ingest.index.text.dates.date_patterns import ERA_YEAR_ZERO
from aspire_ingest.index.text.dates.dates import DateMention
from aspire_ingest.index.text.numerals import ORDINALS, fold_widths

_EDITION_WORDS = re.compile(
    r"(?:20[0-9]{2})\s?[-–/]\s?(?:20)?[0-9]{2}(?![0-9])|"
    r"(?:FY|fiscal year|令和|平成|R|Version|ver\.?|v(?=\d))\s*[0-9元.]+\s*(?:年度|年|版)?|"
    r"第\s*[0-9.]+(?!\s*[0-9.]|\s*(?:種|類|型|部|編|巻|分野))\s*版?|"
    r"[0-9]{1,2}(?:st|nd|rd|th)?\s*(?=edition|version)|[0-9]{4}|[0-9]{1,2}\s*[月日]|"
    r"edition|version|版|年度|revised|改訂|改定",
    re.IGNORECASE,
)
_PART_OF_TITLE = re.compile(r"[^\W\d_]+|\d+")
_YEAR = re.compile(
    r"(?:FY\s?|fiscal year\s?)?(?<!\d)(?P<year>(?:19|20)\d{2})(?![\d.])"
    r"|(?P<era>令和|平成|R|H)\s?(?P<era_year>\d{1,2}|元)(?=年|\.|$|\D)",
    re.IGNORECASE,
)
_VERSION = re.compile(r"(?<![\d.])\d+(?:\.\d+)*")
_NAMED_VERSION = re.compile(
    r"\b(?:version|ver\.?|edition|v(?=\d))\s?(?P<en>\d{1,2}(?:\.\d+)*)(?![\d.])"
    r"|\b(?P<nth>\d{1,2})(?:st|nd|rd|th)\s+(?:edition|version)\b"
    rf"|\b(?P<word>{'|'.join(ORDINALS)})\s+(?:edition|version)\b"
    r"|(?<![\d.])(?P<ja>\d{1,2}(?:\.\d+)*)\s?版|(?P<first>初版)|第(?P<kanji>[一二三四五六七八九])版",
    re.IGNORECASE,
)
_RULES = (
    r"edition|version|handbook|guidelines?|manual|rules|rulebook|guide|call|round|conditions|terms"
)
_FORMER = re.compile(
    r"\b(?:previous|former|old|older|earlier|prior|preceding|superseded|outdated)\s+"
    rf"(?:[\w'-]+\s+){{0,2}}?(?:{_RULES})\b|\bbefore the (?:revision|change|amendment)\b"
    r"|旧版|旧(?:規[則程]|要領|手引|制度)|前(?:の|回の?)(?:版|要領|手引|規[則程]|公募|募集)|前版|以前の版|改[訂定]前"
    r"|前回(?=[^、。]{0,20}(?:締め?切|上限|公募|募集|採択|要領|応募|対象|支援|助成))",
    re.IGNORECASE,
)
"""Asks for what a newer edition has replaced: "the previous rules", 旧版."""
_EDITION_BEHIND = re.compile(
    r"\s(?:[\w'-]+\s){0,2}?(?:edition|version|handbook|guidelines?|manual|rules|rulebook)\b"
    r"|(?:年度?)?版|年?の?[^、。]{0,12}?(?:要領|手引|ハンドブック|ガイドライン|説明書|マニュアル)",
    re.IGNORECASE,
)
_EDITION_BEFORE = re.compile(
    r"\b(?:edition|version|handbook|guidelines?|manual|rules)\s(?:of|for|from)\s$", re.IGNORECASE
)


_KINDS = ("FY", "version ")
"""How the names of editions begin, of years and of versions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edition:
    """An edition as far as it can be told from others: a year, a version, or both."""

    year: int | None
    version: tuple[int, ...]


def known_as(edition: str) -> str:
    """Give the one name of an edition, however it is written: `FY2025`, `version 1.2`."""
    read = _read(edition)
    if read.year is not None:
        return f"FY{read.year}"
    if read.version:
        return "version " + ".".join(map(str, read.version))
    return edition.casefold()


def is_of(edition: str, names: Iterable[str]) -> bool | None:
    """Whether an edition is among those named; None where none is named as it is itself.

    A year says nothing of "version 4", nor a version of "FY2026".
    """
    own = known_as(edition)
    kind = next((kind for kind in _KINDS if own.startswith(kind)), None)
    alike = [name for name in names if kind is not None and name.startswith(kind)]
    return own in alike if alike else None


def year_of(edition: str) -> int | None:
    """Give the year of an edition, where it is one of a year."""
    return _read(edition).year


def editions_named(text: str, dates: Iterable[DateMention]) -> tuple[str, ...]:
    """Give the editions that a question names: fiscal years, "the 2025 handbook", 第2版."""
    folded = fold_widths(text)
    named = [
        f"FY{date.year}"
        for date in dates
        if date.year and (date.is_fiscal_year or _is_edition(folded, date))
    ]
    versions = map(_version_of, _NAMED_VERSION.finditer(folded))
    return tuple(dict.fromkeys((*named, *(f"version {version}" for version in versions))))


def _version_of(named: re.Match[str]) -> str:
    if named["word"]:
        return str(ORDINALS.index(named["word"].lower()) + 1)
    if named["first"] or named["kanji"]:
        return str("一二三四五六七八九".index(named["kanji"] or "一") + 1)
    return named["en"] or named["nth"] or named["ja"]


def asks_for_former(text: str) -> bool:
    """Whether a question asks for the edition before the newest, whichever that is."""
    return _FORMER.search(fold_widths(text)) is not None


def replaced_by(documents: Iterable[DocumentInfo]) -> Mapping[str, str]:
    """Give, for each document that a newer edition replaces, the id of the newest.

    Two documents are editions of one where they say so (`supersedes`: an id, a source, a URL or a
    title), or where kind, language, publisher and title are the same but for the edition. A
    document that is gone from its place replaces none that still stands. The translation of an
    edition that was replaced is replaced with it.
    """
    known = list(documents)
    newest: dict[str, str] = {}
    families: dict[tuple[str, str, str], list[DocumentInfo]] = {}
    for info in known:
        if info.edition:
            families.setdefault(_family(info), []).append(info)
    for members in families.values():
        newest.update(_replaced_in(members))
    newest.update(_superseded(known))
    newest = {older: _end_of_chain(older, newest) for older in newest}
    return {**_translations_of_replaced(known, newest), **newest}


def _replaced_in(members: Sequence[DocumentInfo]) -> dict[str, str]:
    """Within a family: each older edition by the newest that stands."""
    newest: dict[str, str] = {}
    for info in members:
        newer = [
            other
            for other in members
            if _is_newer(other, info)
            and (info.gone_since or not other.gone_since)
            and not are_of_two(info, other)
        ]
        if newer:
            latest = newer[0]
            for other in newer[1:]:
                latest = other if _is_newer(other, latest) else latest
            newest[info.document_id] = latest.document_id
    return newest


def _superseded(known: Sequence[DocumentInfo]) -> dict[str, str]:
    """What documents say themselves that they supersede."""
    by_name: dict[str, list[DocumentInfo]] = {}
    for info in known:
        for name in {info.document_id, info.source, info.url, info.title}:
            if name:
                by_name.setdefault(name, []).append(info)
    return {
        older.document_id: info.document_id
        for info in known
        for older in by_name.get(info.supersedes or "", ())
        if older.document_id != info.document_id and (older.gone_since or not info.gone_since)
    }


def _translations_of_replaced(
    known: Sequence[DocumentInfo], newest: Mapping[str, str]
) -> dict[str, str]:
    """An edition that no newer one of its language replaces, but whose translation is replaced."""
    by_place: dict[tuple[str, str], list[DocumentInfo]] = {}
    for info in known:
        if info.edition and info.document_id in newest:
            for place in _places(info):
                by_place.setdefault((known_as(info.edition), place), []).append(info)
    return {
        info.document_id: newest[other.document_id]
        for info in known
        if info.edition and info.document_id not in newest
        for place in (*_places(info), *info.translations)
        for other in by_place.get((known_as(info.edition), place), ())
        if is_translation(info, other)
    }


def _places(info: DocumentInfo) -> set[str]:
    """By what a translation can be found: addresses, with and without what marks a language."""
    addresses = [address for address in (info.url, info.source) if address]
    return {*addresses, *map(bare_address, addresses), *info.translations}


def _end_of_chain(older: str, newest: Mapping[str, str]) -> str:
    seen = {older}
    newer = newest[older]
    while newer in newest and newer not in seen:
        seen.add(newer)
        newer = newest[newer]
    return newer


def _is_newer(one: DocumentInfo, other: DocumentInfo) -> bool:
    """Whether one edition follows another; where they are told apart in other ways, by date."""
    left, right = _read(one.edition or ""), _read(other.edition or "")
    if left.year is not None and right.year is not None:
        return (left.year, left.version) > (right.year, right.version)
    if left.year is None and right.year is None and left.version and right.version:
        return left.version > right.version
    if left == right:
        return False
    return bool(one.published and other.published) and (one.published or "") > (
        other.published or ""
    )


def _read(edition: str) -> _Edition:
    """The 10th follows the 9th: numbers are read as numbers."""
    folded = fold_widths(edition)
    match = _YEAR.search(folded)
    year = None
    if match is not None:
        written = match["year"] or match["era_year"]
        number = 1 if written == "元" else int(written)
        year = number + (ERA_YEAR_ZERO[match["era"].upper()] if match["era"] else 0)
        folded = folded[: match.start()] + folded[match.end() :]
    numbers = _VERSION.search(folded)
    version = tuple(map(int, numbers[0].split("."))) if numbers else ()
    return _Edition(year=year, version=version)


def _is_edition(folded: str, date: DateMention) -> bool:
    """Whether a bare year names an edition: "the 2025 handbook", 2025年版."""
    if date.month is not None:
        return False
    behind = _EDITION_BEHIND.match(folded, date.end)
    return bool(behind or _EDITION_BEFORE.search(folded, 0, date.start))


def _family(info: DocumentInfo) -> tuple[str, str, str]:
    title = _EDITION_WORDS.sub(" ", fold_widths(info.title).lower())
    bare = " ".join(_PART_OF_TITLE.findall(title))
    return (info.kind, info.language, bare)

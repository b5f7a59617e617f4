"""What `aspire-ingest` says of files and addresses, in a person's language.

It speaks English. Its sentences are recognised by their fixed words and said anew with what they
fill in; one that is not in the language's file is shown as it came.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

_COUNTED = re.compile(r"(?P<count>\d[\d,]*) (?P<thing>.+)", re.DOTALL)
_LONGEST = 2_000
"""Characters of a sentence that is looked at; longer ones carry a document's text."""


@dataclass(frozen=True, slots=True)
class _Words:
    """One language's sentences: a pattern of the English words, and what is said for it."""

    reasons: tuple[tuple[re.Pattern[str], str], ...]
    remarks: tuple[tuple[re.Pattern[str], str], ...]
    places: tuple[tuple[re.Pattern[str], str], ...]
    things: Mapping[str, str]


def reason_in(language: str, reason: str) -> str:
    """Give why a file was refused ("is empty; check the file") in a language."""
    words = _words(language)
    if words is None:
        return reason
    target, rest = "", reason
    while True:
        if said := _said(rest, words.reasons):
            return target + said
        # a line of a report names the file before the reason
        head, colon, rest = rest.partition(": ")
        if not colon:
            return reason
        target += head + colon


def remark_in(language: str, what: str) -> str:
    """Give what of a file is not shown ("2 hidden rows") in a language."""
    words = _words(language)
    if words is None:
        return what
    counted = _COUNTED.fullmatch(what[:_LONGEST])
    thing = words.things.get(counted["thing"]) if counted else None
    if thing is None and counted:
        thing = words.things.get(counted["thing"].removesuffix("s"))
    if counted and thing is not None:
        return f"{thing} {counted['count']}件"
    return _said(what, words.remarks) or what


def place_in(language: str, where: str) -> str:
    """Give a place in a file ("page 3", "sheet Rates") in a language."""
    words = _words(language)
    return where if words is None else _said(where, words.places) or where


def remark_line_in(language: str, line: str) -> str:
    """Give a remark with its place ("2 hidden rows, sheet Rates") in a language."""
    # names of sheets may hold commas
    for comma in re.finditer(", ", line[:_LONGEST]):
        what, where = line[: comma.start()], line[comma.end() :]
        if (place := place_in(language, where)) != where:
            return f"{remark_in(language, what)}（{place}）"
    return remark_in(language, line)


def held_reason_in(language: str, reason: str) -> str:
    """Give why a document is held ("marked CONFIDENTIAL; quality 0.4 is below 0.5") in a language.

    What was lost of it stands in brackets after its quality, as remarks.
    """
    found: list[str] = []
    for part in reason.split("; "):
        head, bracket, told = part.removesuffix(")").partition(" (")
        said = reason_in(language, head)
        if bracket and said != head:
            said = f"{said}（{remark_line_in(language, told)}）"
        found.append(reason_in(language, part) if said == head else said)
    return "; ".join(found)


def _said(text: str, known: tuple[tuple[re.Pattern[str], str], ...]) -> str | None:
    for pattern, said in known:
        match = pattern.fullmatch(text) if len(text) <= _LONGEST else None
        if match is not None:
            # what is filled in may be a sentence itself: why a source failed three times
            values = [_said(value, known) or value for value in match.groups()]
            return said.format(*values) if "{}" in said else said.format("", *values)
    return None


@lru_cache
def _words(language: str) -> _Words | None:
    """Of a language or locale (`ja`, `ja-JP`), as for `phrases`."""
    language = language.lower().split("-")[0]
    file = resources.files("aspire_bot.messages.ingest") / f"{language}.toml"
    if not re.fullmatch(r"[a-z]{2,3}", language) or not file.is_file():
        return None
    table: dict[str, dict[str, str]] = tomllib.loads(file.read_text("utf-8"))
    return _Words(
        reasons=_patterns(table["reasons"]),
        remarks=_patterns(table["remarks"]),
        places=_patterns(table["places"]),
        things=table["things"],
    )


def _patterns(table: Mapping[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Sentences with the most fixed letters come first, so that the plainest one is no match."""
    ordered = sorted(table.items(), key=lambda item: -len(item[0].replace("{}", "")))
    return tuple(
        (re.compile("(.+?)".join(map(re.escape, english.split("{}"))), re.DOTALL), said)
        for english, said in ordered
    )

"""Words in Latin script: regular expression, stop words, Snowball stems."""

import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

import Stemmer

_WORD = re.compile(
    r"(?:[a-zà-ɏ]\.){2,}[a-zà-ɏ]?(?![a-zà-ɏ0-9])"  # u.s., ph.d
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d|,\d)"  # 12,000
    r"|[a-z](?:\+\+|#)(?![a-z0-9])"  # c++
    r"|[a-zà-ɏ0-9]+(?:['’.\-&_][a-zà-ɏ0-9]+)*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_PARTS = re.compile(r"[.\-_]")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


STOP_WORDS = _words(
    "a about after again all also am an and any are as at be because been before being but by can"
    " could did do does doing for from further had has have having he her here him his i if in into"
    " is it its itself just let me might my of off on once or our out own please shall she should"
    " so some such tell than that the their them then there these they this those through to too"
    " up us very was we were will with would you your yours"
    " how what when where which who whom whose why"
    " don't doesn't didn't isn't aren't wasn't weren't can't won't what's who's it's i'm i've we're"
)
"""Small on purpose: "no", "not", "only", "under", "over", "per" and "more" can matter in a rule."""

_AMERICAN = {
    "programme": "program", "programmes": "programs", "centre": "center", "centres": "centers",
    "labour": "labor", "behaviour": "behavior", "colour": "color", "favour": "favor",
    "neighbour": "neighbor", "licence": "license", "defence": "defense", "metre": "meter",
    "fibre": "fiber", "theatre": "theater", "enrol": "enroll", "enrolment": "enrollment",
    "fulfil": "fulfill", "catalogue": "catalog", "dialogue": "dialog", "cheque": "check",
    "judgement": "judgment", "grey": "gray", "ageing": "aging", "travelling": "traveling",
    "cancelled": "canceled", "modelling": "modeling", "practise": "practice", "sceptic": "skeptic",
}  # fmt: skip
_ISE = re.compile(r"^(\w{4,}?)is(e|es|ed|ing|ation|ations|ational|er|ers)$")
_IZABLE = _words(
    "author capital categor central character commercial custom emphas final formal general global"
    " harmon initial internal international local maxim minim mobil modern normal optim organ"
    " prior real reorgan special stabil standard subsid summar symbol synchron util visual recogn"
)
_ACRONYMS = {"u.s": "usa", "u.s.a": "usa", "us": "usa", "usa": "usa"}

_STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "en": "english", "es": "spanish",
    "fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish",
}  # fmt: skip
_local = threading.local()


class _Stemmer(Protocol):
    """What is used of a Snowball stemmer."""

    def stemWord(self, word: str) -> str: ...  # noqa: N802 - the library's own name


def latin_words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of `text` in Latin script and the numbers, as they are written."""
    return _WORD.finditer(text)


@lru_cache(maxsize=100_000)
def latin_terms(written: str, language: str, *, is_shouted: bool = False) -> tuple[str, ...]:
    """Return the terms for one word: its stem; for `long-term`, `longterm` and each part.

    `is_shouted` says that the text around is all capitals too, so that capitals mean nothing.
    """
    return tuple(_terms(written, language, is_shouted=is_shouted))


def _terms(written: str, language: str, *, is_shouted: bool) -> Iterator[str]:
    word = written.casefold().rstrip(".").replace("’", "'")
    is_acronym = written.isupper() and len(word) > 1 and not is_shouted
    if is_acronym and word in _ACRONYMS:
        yield _ACRONYMS[word]
        return
    if word in STOP_WORDS and not is_acronym and language in ("en", "ja", "und"):
        return
    if word[0].isdigit() and _NUMBER.fullmatch(word.replace(",", "")):
        yield _plain_number(word.replace(",", ""))
        return
    word = word.removesuffix("'s").replace("'", "")
    parts = [part for part in _PARTS.split(word) if part]
    is_acronym_with_stops = max(map(len, parts), default=0) == 1
    if len(parts) > 1:
        yield _stem("".join(parts), language)
    if len(parts) == 1 or not is_acronym_with_stops:
        for part in parts:
            if len(parts) == 1 or (len(part) > 1 and part not in STOP_WORDS) or part.isdigit():
                yield _stem(part, language)


def _plain_number(number: str) -> str:
    """Write 007 as 7 and 3.10 as it is: section numbers are not decimals."""
    return number if "." in number else number.lstrip("0") or "0"


def _stem(word: str, language: str) -> str:
    if any(char.isdigit() for char in word):
        return word
    return _stem_letters(_american(word), _STEMMERS.get(language, "english"))


def _american(word: str) -> str:
    if word in _AMERICAN:
        return _AMERICAN[word]
    found = _ISE.match(word)
    return f"{found[1]}iz{found[2]}" if found and found[1] in _IZABLE else word


def _stem_letters(word: str, algorithm: str) -> str:
    """Stem with this thread's own stemmer: Snowball's keep state and are not to be shared."""
    stemmers: dict[str, _Stemmer] = _local.__dict__.setdefault("stemmers", {})
    if algorithm not in stemmers:
        stemmers[algorithm] = Stemmer.Stemmer(algorithm)  # pyright: ignore[reportUnknownMemberType] - C extension without types
    return stemmers[algorithm].stemWord(word)

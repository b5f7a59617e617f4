"""The signs of RTF: groups, control words with their numbers, bytes, text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)"
    rb"|[\r\n]+|\\",
    re.DOTALL,
)


class Token(NamedTuple):
    """One token: a `word` with its number, a `brace`, or bytes of text."""

    word: str = ""
    number: int | None = None
    brace: str = ""
    data: bytes = b""


_SIGNS = {b"~": Token(word="nbsp"), b"-": Token(), b"_": Token(word="hyphen"),
          b"*": Token(word="*"), b"\n": Token(word="par"), b"\r": Token(word="par"),
          b"\t": Token(word="tab")}  # fmt: skip


def tokens(data: bytes) -> Iterator[Token]:
    """Cut an RTF file into tokens; binary data is stepped over."""
    place = 0
    while place < len(data):
        match = _TOKEN.match(data, place)
        if match is None:
            place += 1
            continue
        place = match.end()
        kind = match.lastgroup
        if kind in ("word", "number"):
            number = int(match["number"]) if match["number"] is not None else None
            word = match["word"].decode("ascii")
            if word == "bin":
                place += max(0, number or 0)
            else:
                yield Token(word=word, number=number)
        elif kind == "hex":
            yield Token(data=bytes([int(match["hex"], 16)]))
        elif kind == "sign":
            yield _SIGNS.get(match["sign"], Token(data=match["sign"]))
        elif kind == "brace":
            yield Token(brace=match["brace"].decode("ascii"))
        elif kind == "text":
            yield Token(data=match["text"])

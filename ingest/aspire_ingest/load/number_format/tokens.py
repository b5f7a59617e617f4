"""The parts of a number format such as `[$-411]ggge"年"m"月"` or `#,##0,"千円";[Red]-0`."""

import re
from dataclasses import dataclass
from typing import Literal

TokenKind = Literal[
    "literal",
    "digit",
    "point",
    "comma",
    "percent",
    "exponent",
    "slash",
    "date",
    "elapsed",
    "half_day",
    "general",
    "text",
]
MAX_FORMAT_CHARACTERS = 1000
"""Excel allows 255; what is longer is not read as a format."""

_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?
    | \\(?P<escaped>.)
    | _.                                 # a space as wide as the next character
    | \*.                                # the next character, as often as the column is wide
    | \[(?P<elapsed>h+|m+|s+)\]
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>general)
    | (?P<half_day>am/pm|a/p|上午/下午|午前/午後)
    | (?P<exponent>e[+-])
    | (?P<date>y+|m+|d+|h+|s+|g+|e+|a{3,4}|r+)
    | (?P<digit>[0#?])
    | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<slash>/) | (?P<text>@)
    | (?P<other>.)
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_CONDITION = re.compile(r"(?P<sign><=|>=|<>|<|>|=)\s*(?P<bound>-?[\d.]+(?:e[+-]?\d+)?)$", re.I)
_CURRENCY = re.compile(r"\$(?P<symbol>[^-]*)(?:-(?P<locale>.*))?$")
_JAPANESE = re.compile(r"ja\b|(?:[0-9a-f]*0)?411\b", re.IGNORECASE)
_PLAIN: tuple[TokenKind, ...] = ("digit", "point", "comma", "percent", "exponent", "slash")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One part of a section; `text` is the literal itself, or the letters as they are written."""

    kind: TokenKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One of the up to four parts between `;`: for positive, negative, zero, and for text."""

    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None = None
    """Sign and bound of `[<100]`."""
    is_japanese: bool = False
    counts_first_year_as_gannen: bool = False

    @property
    def is_date(self) -> bool:
        """Whether it shows a date, a time of day or a duration."""
        return any(token.kind in ("date", "elapsed", "half_day") for token in self.tokens)

    @property
    def is_for_text(self) -> bool:
        """Whether it has a place for the text of the cell."""
        return any(token.kind == "text" for token in self.tokens)


class _SectionReader:
    """Gathers the tokens of one section."""

    def __init__(self) -> None:
        self._tokens: list[Token] = []
        self._condition: tuple[str, float] | None = None
        self._is_japanese = False
        self._gannen = False

    def section(self) -> Section:
        return Section(
            tokens=tuple(self._tokens),
            condition=self._condition,
            is_japanese=self._is_japanese,
            counts_first_year_as_gannen=self._gannen,
        )

    def read(self, match: re.Match[str]) -> None:
        found = match.groupdict()
        for name in ("quoted", "escaped", "other"):
            if found[name] is not None:
                self._add("literal", found[name])
                return
        if found["elapsed"] is not None:
            self._add("elapsed", found["elapsed"].lower())
        elif found["bracket"] is not None:
            self._read_bracket(found["bracket"])
        elif found["general"] is not None:
            self._add("general", "")
        elif found["half_day"] is not None:
            self._add("half_day", found["half_day"])
        elif found["date"] is not None:
            self._add("date", found["date"].lower())
        elif found["text"] is not None:
            self._add("text", "@")
        else:
            kind: TokenKind = "literal"
            for plain in _PLAIN:
                kind = kind if found[plain] is None else plain
            self._add(kind, " " if kind == "literal" else match[0])

    def _read_bracket(self, inside: str) -> None:
        """A condition, a currency with its locale; colours show nothing."""
        if condition := _CONDITION.match(inside):
            try:
                self._condition = (condition["sign"], float(condition["bound"]))
            except ValueError:
                return
        elif currency := _CURRENCY.match(inside):
            locale = currency["locale"] or ""
            self._is_japanese = self._is_japanese or bool(_JAPANESE.match(locale))
            self._gannen = self._gannen or "gannen" in locale.lower()
            if currency["symbol"]:
                self._add("literal", currency["symbol"])

    def _add(self, kind: TokenKind, text: str) -> None:
        self._tokens.append(Token(kind=kind, text=text))


def read_sections(code: str) -> tuple[Section, ...]:
    """Take a format apart; a section may be empty and then shows nothing."""
    sections: list[Section] = []
    reader = _SectionReader()
    for match in _TOKEN.finditer(code[:MAX_FORMAT_CHARACTERS]):
        if match["other"] == ";":
            sections.append(reader.section())
            reader = _SectionReader()
        else:
            reader.read(match)
    return (*sections, reader.section())[:4]

"""The fonts, colours and styles that an RTF file names, and how bytes are read under them."""

from dataclasses import dataclass, field

from aspire_ingest.load.openxml.colours import BLACK, WHITE, Colour, is_alike
from aspire_ingest.load.writing.style_names import heading_level
from aspire_ingest.load.writing.symbol_fonts import is_symbol_font, symbol
from aspire_ingest.load.writing.tally import RemarkTally

_CODE_PAGES = {
    0: "cp1252", 77: "mac_roman", 78: "cp932", 128: "cp932", 129: "cp949", 130: "johab",
    134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437",
}  # fmt: skip
"""By the character set of a font; 1 is that of the file, 2 are signs."""
_SIGNS_CHARSET = 2
_MAX_NAME = 100
_PARTS = ("red", "green", "blue")
_MOST_COLOURS = 5000


@dataclass(slots=True)
class RichFonts:
    """Fonts by their number; `code_page` is that of the file."""

    code_page: str = "cp1252"
    _charsets: dict[int, int] = field(default_factory=dict[int, int])
    _names: dict[int, str] = field(default_factory=dict[int, str])

    def set_code_page(self, number: int | None) -> None:
        """Take the code page of the file; unknown ones change nothing."""
        name = f"cp{number}"
        try:
            "".encode(name)
        except LookupError:
            return
        self.code_page = name

    def set_charset(self, font: int, charset: int) -> None:
        """Take the character set of a font."""
        self._charsets[font] = charset

    def add_name(self, font: int, text: str) -> None:
        """Take a piece of the name of a font; a semicolon ends it."""
        name = self._names.get(font, "") + text[:_MAX_NAME]
        self._names[font] = name.split(";")[0][:_MAX_NAME].strip()

    def decode(self, data: bytes, font: int | None, tally: RemarkTally) -> str:
        """Read bytes under a font; None for names, which no font shapes."""
        if font is None:
            return data.decode(self.code_page, "replace")
        charset = self._charsets.get(font, 1)
        if charset == _SIGNS_CHARSET or is_symbol_font(self._names.get(font, "")):
            return "".join(" " if code == 32 else self.sign(font, code, tally) for code in data)
        return data.decode(_CODE_PAGES.get(charset, self.code_page), "replace")

    def sign(self, font: int, code: int, tally: RemarkTally) -> str:
        """The sign of a symbol font; an unknown one is counted as lost."""
        name = self._names.get(font, "")
        sign = symbol(name if is_symbol_font(name) else "Symbol", code)
        if sign is None:
            of = f"of the font {name or 'unknown'}"
            tally.add("lost", f"sign {of}", f"signs {of}")
        return sign or ""


@dataclass(slots=True)
class RichColours:
    """The colours of a file by their number; 0 is usually that of the reader's program."""

    _colours: list[Colour | None] = field(default_factory=list[Colour | None])
    _parts: dict[str, int] = field(default_factory=dict[str, int])

    def mix(self, word: str, amount: int) -> None:
        """Take the amount of `red`, `green` or `blue` of the colour that is being read."""
        if word in _PARTS:
            self._parts[word] = max(0, min(amount, 255))

    def end(self, count: int) -> None:
        """So many colours end here; one without any amount is that of the program."""
        for _ in range(min(count, _MOST_COLOURS)):
            red, green, blue = (self._parts.get(word, 0) for word in _PARTS)
            self._colours.append((red, green, blue) if self._parts else None)
            self._parts = {}

    def are_alike(self, ink: int, ground: int) -> bool:
        """Whether text of a colour cannot be told from its ground; 0 is black on white."""
        written = self._colour(ink) or BLACK
        return is_alike(written, self._colour(ground) or WHITE)

    def _colour(self, number: int) -> Colour | None:
        return self._colours[number] if 0 <= number < len(self._colours) else None


@dataclass(slots=True)
class RichStyles:
    """Paragraph styles by their number."""

    number: int = 0
    """Of the style that is being named."""
    _names: dict[int, str] = field(default_factory=dict[int, str])
    _name: str = ""

    def add_name(self, text: str) -> None:
        """Take a piece of the name of a style; a semicolon ends it."""
        self._name = (self._name + text[:_MAX_NAME])[:_MAX_NAME]
        if ";" in text:
            self._names.setdefault(self.number, self._name.split(";")[0].strip())
            self._name, self.number = "", 0

    def heading_level(self, style: int) -> int | None:
        """The level of the heading that a style is, 1 for a title; None for other styles."""
        return heading_level(self._names.get(style, ""))

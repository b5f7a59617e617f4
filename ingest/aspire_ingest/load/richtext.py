"""RTF: paragraphs, lists, tables and notes, as their reader sees them.

A file is nested groups. A group inherits how text looks and where it goes; groups that hold fonts,
pictures, headers or unknown things go nowhere.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from aspire_ingest.clean import tidy
from aspire_ingest.errors import LoadError
from aspire_ingest.load.parsed import Parsed, Raw, Stated
from aspire_ingest.load.raised import PieceForm
from aspire_ingest.load.richtext_layout import RichLayout
from aspire_ingest.load.richtext_tokens import Token, tokens
from aspire_ingest.load.symbol_fonts import is_symbol_font, symbol
from aspire_ingest.load.tally import RemarkTally

_CODE_PAGES = {
    0: "cp1252", 77: "mac_roman", 78: "cp932", 128: "cp932", 129: "cp949", 130: "johab",
    134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437",
}  # fmt: skip
"""By the character set of a font; 1 is that of the file, 2 are signs."""
_SIGNS_CHARSET = 2
_NOWHERE = frozenset({
    "fonttbl", "filetbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "revtbl",
    "rsidtbl", "generator", "info", "pict", "header", "headerl", "headerr", "headerf", "footer",
    "footerl", "footerr", "footerf", "annotation", "atnid", "atnauthor", "atnref", "fldinst",
    "objdata", "objclass", "themedata", "colorschememapping", "datastore", "latentstyles", "xe",
    "tc", "bkmkstart", "bkmkend", "pntxta", "pntxtb", "sp", "nonshppict", "shprslt",
    "nesttableprops",
    "ftnsep", "ftnsepc", "aftnsep", "pnseclvl", "xmlnstbl", "falt", "panose", "listpicture",
    "picprop", "pgptbl", "wgrffmtfilter", "userprops", "private", "background", "title", "mmathPr",
})  # fmt: skip
_STARRED = frozenset({"shpinst", "ud", "shptxt", "shppict", "pn", "footnote"})
"""Groups marked as new in their day that hold text."""
_MARGINS = frozenset({"header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr",
                      "footerf"})  # fmt: skip
_CHARACTERS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ",
    "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "nbsp": " ",
    "hyphen": "-", "qmspace": " ",
}  # fmt: skip
_SWITCHES = {"v": "is_hidden", "strike": "is_struck", "striked": "is_struck",
             "deleted": "is_deleted"}  # fmt: skip
_HEADING = re.compile(r"(?:heading|見出し)\s*(?P<level>\d)", re.IGNORECASE)
_MAX_DEPTH = 2000
_ENDS: dict[str, Callable[[RichLayout], None]] = {
    "par": RichLayout.end_paragraph,
    "sect": RichLayout.end_paragraph,
    "page": RichLayout.end_paragraph,
    "cell": lambda layout: layout.end_cell(is_nested=False),
    "nestcell": lambda layout: layout.end_cell(is_nested=True),
    "row": RichLayout.end_row,
    "trowd": RichLayout.begin_row,
    "clvmrg": RichLayout.merge_cell,
    "cellx": RichLayout.define_cell,
}
"""Words that end or define a paragraph, a cell or a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What a group inherits."""

    place: str = "text"
    """Where text goes: `text`, `label`, `note`, `title`, `fonts`, `styles`, or `nowhere`."""
    font: int = 0
    form: PieceForm = ""
    is_hidden: bool = False
    is_struck: bool = False
    is_deleted: bool = False
    skip: int = 1
    """How many characters stand in for one of Unicode."""


@dataclass(slots=True)
class _Fonts:
    charsets: dict[int, int] = field(default_factory=dict[int, int])
    names: dict[int, str] = field(default_factory=dict[int, str])


def parse(raw: Raw) -> Parsed:
    """Read one RTF file.

    Raises:
        LoadError: it is none, nests too deep, or holds no text.
    """
    if not raw.data.lstrip().startswith(b"{\\rtf"):
        raise LoadError(raw.name, "is named as RTF, but is none; check what it holds")
    return _Reader(raw).read()


class _Reader:
    def __init__(self, raw: Raw) -> None:
        self._raw = raw
        self._layout = RichLayout(raw.name)
        self._tally = RemarkTally()
        self._code_page = "cp1252"
        self._default_font = 0
        self._fonts = _Fonts()
        self._styles: dict[int, str] = {}
        self._style_name: list[str] = []
        self._style = 0
        self._title: list[str] = []
        self._stack: list[_State] = []
        self._state = _State()
        self._opens = False
        self._starred = False
        self._bytes = bytearray()
        self._waiting = 0
        self._high = 0
        self._last_left_out = ""

    def read(self) -> Parsed:
        for token in tokens(self._raw.data):
            self._take(token)
        self._flush_bytes()
        self._layout.end_paragraph()
        self._layout.end_table()
        text = self._layout.writer.text
        if not text:
            raise LoadError(self._raw.name, "holds no text; if it is a picture, run OCR first")
        title = tidy("".join(self._title))
        return Parsed(
            text=text,
            stated=Stated(title=title or None),
            remarks=self._tally.remarks(),
        )

    def _take(self, token: Token) -> None:
        if token.data:
            self._take_bytes(token.data)
        elif token.brace:
            self._flush_bytes()
            self._brace(token.brace)
        elif token.word == "u":
            self._flush_bytes()
            self._unicode(token.number or 0)
        elif token.word:
            self._flush_bytes()
            self._word(token.word, token.number)

    def _brace(self, brace: str) -> None:
        self._waiting = 0
        if brace == "{":
            if len(self._stack) >= _MAX_DEPTH:
                raise LoadError(self._raw.name, "nests groups too deep; save it again")
            self._stack.append(self._state)
            self._opens, self._starred = True, False
        elif self._stack:
            self._state = self._stack.pop()
            self._opens = False

    def _word(self, word: str, number: int | None) -> None:
        if self._opens and word == "*":
            self._starred = True
            return
        opens, self._opens = self._opens, False
        if opens and self._enters(word):
            return
        if word in _CHARACTERS:
            self._text(_CHARACTERS[word])
        elif word in _SWITCHES:
            self._set(_SWITCHES[word], number != 0)
        elif self._looks(word, number):
            return
        elif self._state.place in ("text", "nowhere", "fonts", "styles"):
            self._lays_out(word, number)

    def _enters(self, word: str) -> bool:
        """The first word of a group says what the group holds."""
        inside = self._state.place
        if inside == "nowhere" and word not in ("shptxt", "ud"):
            return word in _NOWHERE
        place = {
            "fonttbl": "fonts", "stylesheet": "styles", "listtext": "label", "pntext": "label",
            "footnote": "note", "info": "info", "upr": "nowhere",
        }.get(word)  # fmt: skip
        if inside == "info":
            place = "title" if word == "title" else "nowhere"
        elif inside in ("fonts", "styles"):
            place = "nowhere" if self._starred and word not in ("cs", "s") else None
        elif word in ("ud", "shptxt"):
            place = "text"
        elif place is None and (word in _NOWHERE or (self._starred and word not in _STARRED)):
            place = "nowhere"
        if place is None:
            return False
        self._count_lost(word)
        if place == "note":
            self._layout.begin_note()
        if place == "label":
            self._layout.paragraph.label = ""
        self._set("place", place)
        return True

    def _count_lost(self, word: str) -> None:
        if word in ("pict", "shppict"):
            self._tally.add("lost", "picture")
        elif word in _MARGINS:
            self._tally.add("lost", "header or footer", "headers and footers")
        elif word == "annotation":
            self._tally.add("hidden", "comment")

    def _set(self, name: str, value: object) -> None:
        self._state = replace(self._state, **{name: value})

    def _looks(self, word: str, number: int | None) -> bool:
        """Words that change how the text after them looks."""
        if word == "plain":
            self._state = replace(
                self._state, form="", is_hidden=False, is_struck=False, is_deleted=False,
                font=self._default_font,
            )  # fmt: skip
        elif word in ("super", "sub", "nosupersub"):
            form: PieceForm = {"super": "raised", "sub": "lowered"}.get(word, "")  # pyright: ignore[reportAssignmentType] - its values are forms
            self._set("form", form if number != 0 else "")
        elif word == "f":
            self._set("font", number or 0)
        elif word == "uc":
            self._set("skip", max(0, min(number or 0, 16)))
        elif word == "ansicpg":
            self._code_page = _codec(f"cp{number}") or self._code_page
        elif word in ("mac", "pc"):
            self._code_page = {"mac": "mac_roman", "pc": "cp437"}[word]
        elif word == "deff":
            self._default_font = number or 0
            self._set("font", self._default_font)
        else:
            return False
        return True

    def _lays_out(self, word: str, number: int | None) -> None:
        """Words that end or shape paragraphs, cells and rows."""
        place = self._state.place
        if place == "fonts" and word == "fcharset":
            self._fonts.charsets[self._state.font] = number or 0
        elif place == "styles" and word == "s":
            self._style = number or 0
        elif place != "text":
            return
        elif word in _ENDS:
            _ENDS[word](self._layout)
        else:
            self._shapes(word, number)

    def _shapes(self, word: str, number: int | None) -> None:
        paragraph = self._layout.paragraph
        if word == "pard":
            paragraph.in_table, paragraph.level, paragraph.depth = False, None, 0
        elif word == "intbl":
            paragraph.in_table = True
        elif word == "outlinelevel" and number is not None and 0 <= number < 9:
            paragraph.level = number + 2
        elif word == "ilvl":
            paragraph.depth = max(0, min(number or 0, 8))
        elif word == "s":
            paragraph.level = self._level_of_style(number or 0)

    def _level_of_style(self, style: int) -> int | None:
        name = self._styles.get(style, "")
        if name.lower() in ("title", "表題"):
            return 1
        match = _HEADING.match(name)
        return int(match["level"]) + 1 if match is not None else None

    def _unicode(self, number: int) -> None:
        self._opens = False
        code = number + 65536 if number < 0 else number
        self._waiting = self._state.skip
        if not 0 < code <= 0x10FFFF:
            return
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return
        if 0xDC00 <= code < 0xE000:  # the second half of a sign beyond the first 65,536
            high, self._high = self._high, 0
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
        font = self._fonts.names.get(self._state.font, "")
        if 0xF020 <= code <= 0xF0FF:
            self._text(self._sign(font, code))
        else:
            self._text(chr(code))

    def _take_bytes(self, data: bytes) -> None:
        self._opens = False
        if self._waiting:
            skipped = min(self._waiting, len(data))
            self._waiting -= skipped
            data = data[skipped:]
        self._bytes += data

    def _flush_bytes(self) -> None:
        if not self._bytes:
            return
        data, self._bytes = bytes(self._bytes), bytearray()
        if self._state.place == "nowhere":
            return
        charset = self._fonts.charsets.get(self._state.font, 1)
        name = self._fonts.names.get(self._state.font, "")
        if self._state.place not in ("fonts", "styles") and (
            charset == _SIGNS_CHARSET or is_symbol_font(name)
        ):
            signs = [" " if code == 32 else self._sign(name or "Symbol", code) for code in data]
            self._text("".join(signs))
            return
        codec = _CODE_PAGES.get(charset, self._code_page)
        if self._state.place in ("fonts", "styles", "title"):
            codec = self._code_page if charset in (0, 1) else codec
        self._text(data.decode(codec, "replace"))

    def _sign(self, font: str, code: int) -> str:
        sign = symbol(font if is_symbol_font(font) else "Symbol", code)
        if sign is None:
            self._tally.add("lost", f"sign of the font {font or 'unknown'}",
                            f"signs of the font {font or 'unknown'}")  # fmt: skip
        return sign or ""

    def _text(self, text: str) -> None:
        state = self._state
        if state.place in ("nowhere", "info"):
            return
        if state.place == "fonts":
            self._name_font(text)
        elif state.place == "styles":
            self._name_style(text)
        elif state.place == "title":
            self._title.append(text)
        elif state.is_hidden or state.is_struck or state.is_deleted:
            self._leave_out(text)
        elif state.place == "label":
            self._layout.paragraph.label += text
        else:
            if text.strip():
                self._last_left_out = ""
            self._layout.add((text, state.form), is_note=state.place == "note")

    def _leave_out(self, text: str) -> None:
        state = self._state
        what = "deleted" if state.is_deleted else "hidden" if state.is_hidden else "struck"
        if text.strip() and what != self._last_left_out:
            self._tally.add("hidden", f"{what} passage")
            self._last_left_out = what

    def _name_font(self, text: str) -> None:
        font = self._state.font
        self._fonts.names[font] = (self._fonts.names.get(font, "") + text).split(";")[0].strip()

    def _name_style(self, text: str) -> None:
        self._style_name.append(text)
        if ";" in text:
            name = "".join(self._style_name).split(";")[0].strip()
            self._styles.setdefault(self._style, name)
            self._style_name = []
            self._style = 0


def _codec(name: str) -> str | None:
    try:
        "".encode(name)
    except LookupError:
        return "utf-8" if name == "cp65001" else None
    return name

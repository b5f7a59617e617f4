"""RTF: paragraphs, lists, tables and notes, as their reader sees them.

A file is nested groups. A group inherits how text looks and where it goes; groups that hold fonts,
pictures or unknown things go nowhere, headers and footers to the margins.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from aspire_ingest.errors import LoadError
from aspire_ingest.load.parse_result import Parsed, Raw, Stated
from aspire_ingest.load.richtext.fonts import RichColours, RichFonts, RichStyles
from aspire_ingest.load.richtext.layout import RichLayout
from aspire_ingest.load.richtext.tokens import Token, tokens
from aspire_ingest.load.writing.clean import tidy
from aspire_ingest.load.writing.margins import margins_of
from aspire_ingest.load.writing.superscripts import Height, Run
from aspire_ingest.load.writing.tally import RemarkTally

_NOWHERE = frozenset({
    "filetbl", "listtable", "listoverridetable", "revtbl",
    "rsidtbl", "generator", "pict", "annotation", "atnid", "atnauthor", "atnref", "fldinst",
    "objdata", "objclass", "themedata", "colorschememapping", "datastore", "latentstyles", "xe",
    "tc", "bkmkstart", "bkmkend", "pntxta", "pntxtb", "sp", "nonshppict", "shprslt",
    "nesttableprops",
    "ftnsep", "ftnsepc", "aftnsep", "pnseclvl", "xmlnstbl", "falt", "panose", "listpicture",
    "picprop", "pgptbl", "wgrffmtfilter", "userprops", "private", "background", "title", "mmathPr",
})  # fmt: skip
_STARRED = frozenset({"shpinst", "shppict", "pn"})
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
_HEIGHTS: dict[str, Height] = {"super": "raised", "sub": "lowered", "nosupersub": "line"}
_NUMBERS = {
    "cf": ("ink", 0, 1), "highlight": ("ground", 0, 1), "cb": ("ground", 0, 1),
    "chcbpat": ("ground", 0, 1), "fs": ("size", 24, 1), "up": ("raised_by", 6, 1),
    "dn": ("raised_by", 6, -1),
}  # fmt: skip
"""What a word sets, to which number where it gives none, and the sign of it."""
_LEAST_RAISED, _USUAL_SIZE, _TINY = 4, 20, 3
"""In half points: letters that are moved and small are raised or lowered, tiny ones not seen."""
_MAX_DEPTH = 2000
_ENDS: dict[str, Callable[[RichLayout], None]] = {
    "par": RichLayout.end_paragraph,
    "sect": RichLayout.end_paragraph,
    "page": RichLayout.end_paragraph,
    "cell": lambda layout: layout.end_cell(is_nested=False),
    "nestcell": lambda layout: layout.end_cell(is_nested=True),
    "row": RichLayout.end_row,
    "trowd": RichLayout.begin_row,
    "clvmrg": RichLayout.merge_up,
    "clmrg": RichLayout.merge_left,
}
"""Words that end or define a paragraph, a cell or a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What a group inherits."""

    place: str = "text"
    """Where text goes: `text`, `label`, `note`, `title`, `fonts`, `colours`, `styles`, `margin`, or
    `nowhere`."""
    font: int = 0
    height: Height = "line"
    is_hidden: bool = False
    is_struck: bool = False
    is_deleted: bool = False
    ink: int = 0
    ground: int = 0
    """Numbers of colours; 0 is none of its own."""
    size: int = 24
    """Of letters, in half points."""
    raised_by: int = 0
    """In half points; below 0 it is lowered."""
    in_box: bool = False
    """In a text box, which may have a colour of its own."""
    skip: int = 1
    """How many characters stand in for one of Unicode."""


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
        self._fonts = RichFonts()
        self._styles = RichStyles()
        self._colours = RichColours()
        self._default_font = 0
        self._title: list[str] = []
        self._margins: list[str] = []
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
            margins=margins_of(["".join(self._margins)]),
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
        elif self._state.place in ("text", "nowhere", "fonts", "colours", "styles", "margin"):
            self._lays_out(word, number)

    def _enters(self, word: str) -> bool:
        """The first word of a group says what the group holds."""
        inside = self._state.place
        if inside == "nowhere" and word not in ("shptxt", "ud"):
            return False
        place = {
            "fonttbl": "fonts", "colortbl": "colours", "stylesheet": "styles",
            "listtext": "label", "pntext": "label",
            "footnote": "note", "info": "info", "upr": "nowhere",
        }.get(word)  # fmt: skip
        if inside == "info":
            place = "title" if word == "title" else "nowhere"
        elif inside in ("fonts", "styles"):
            place = "nowhere" if self._starred and word not in ("cs", "s") else None
        elif word in ("ud", "shptxt"):
            place = "margin" if inside == "margin" else "text"
        elif inside == "margin" and place in ("note", "label"):
            place = "nowhere"
        elif place is None:
            place = self._aside(word)
        if place is None:
            return False
        self._count_lost(word)
        if place == "note":
            self._layout.begin_note()
        if place == "label":
            self._layout.paragraph.label = ""
        in_box = self._state.in_box or word == "shptxt"
        self._state = replace(self._state, place=place, in_box=in_box)
        return True

    def _aside(self, word: str) -> str | None:
        """Where a group goes that is not of the text; None for one that is."""
        if word in _MARGINS:
            return "margin"
        is_unknown = self._starred and word not in _STARRED
        return "nowhere" if word in _NOWHERE or is_unknown else None

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
                self._state, height="line", is_hidden=False, is_struck=False, is_deleted=False,
                font=self._default_font, ink=0, ground=0, size=24, raised_by=0,
            )  # fmt: skip
        elif word in _HEIGHTS:
            height = _HEIGHTS[word]
            self._set("height", height if number != 0 else "line")
        elif word == "f":
            self._set("font", number or 0)
        elif word in _NUMBERS:
            name, usual, sign = _NUMBERS[word]
            self._set(name, sign * (usual if number is None else number))
        elif word == "uc":
            self._set("skip", max(0, min(number or 0, 16)))
        elif word == "ansicpg":
            self._fonts.set_code_page(number)
        elif word in ("mac", "pc"):
            self._fonts.code_page = {"mac": "mac_roman", "pc": "cp437"}[word]
        elif word == "deff":
            self._default_font = number or 0
            self._set("font", self._default_font)
        else:
            return False
        return True

    def _lays_out(self, word: str, number: int | None) -> None:
        """Words that end or shape paragraphs, cells and rows."""
        place = self._state.place
        if place == "colours":
            self._colours.mix(word, number or 0)
        elif place == "fonts" and word == "fcharset":
            self._fonts.set_charset(self._state.font, number or 0)
        elif place == "styles" and word == "s":
            self._styles.number = number or 0
        elif place == "margin" and word in _ENDS:
            self._margins.append("\n")
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
            self._layout.is_shaded = False
        elif word in ("cbpat", "shading"):
            self._layout.is_shaded = True
        elif word == "cellx":
            self._layout.define_cell(number or 0)
        elif word == "intbl":
            paragraph.in_table = True
        elif word == "outlinelevel" and number is not None and 0 <= number < 9:
            paragraph.level = number + 2
        elif word == "ilvl":
            paragraph.depth = max(0, min(number or 0, 8))
        elif word == "s":
            paragraph.level = self._styles.heading_level(number or 0)

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
        if 0xF020 <= code <= 0xF0FF:
            self._text(self._fonts.sign(self._state.font, code, self._tally))
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
        font = None if self._state.place in ("fonts", "styles", "title") else self._state.font
        self._text(self._fonts.decode(data, font, self._tally))

    def _text(self, text: str) -> None:
        state = self._state
        if state.place in ("nowhere", "info"):
            return
        if state.place == "colours":
            self._colours.end(text.count(";"))
        elif state.place == "fonts":
            self._fonts.add_name(state.font, text)
        elif state.place == "styles":
            self._styles.add_name(text)
        elif state.place == "title":
            self._title.append(text)
        elif state.is_hidden or state.is_struck or state.is_deleted or self._is_unseen(state):
            self._leave_out(text)
        elif state.place == "margin":
            self._margins.append(text)
        elif state.place == "label":
            self._layout.paragraph.label += text
        else:
            if text.strip():
                self._last_left_out = ""
            self._layout.add(Run(text, _height(state)), is_note=state.place == "note")

    def _is_unseen(self, state: _State) -> bool:
        """Whether letters are tiny, or have the colour of what lies behind them.

        What a cell or a paragraph lays behind its text is not read: white text in a table may be
        seen, and there only a ground of its own counts.
        """
        if state.size <= _TINY:
            return True
        layout = self._layout
        if not state.ground and (state.in_box or layout.is_shaded or layout.paragraph.in_table):
            return False
        return self._colours.are_alike(state.ink, state.ground)

    def _leave_out(self, text: str) -> None:
        state = self._state
        what = "deleted" if state.is_deleted else "struck" if state.is_struck else "hidden"
        if text.strip() and what != self._last_left_out:
            self._tally.add("hidden", f"{what} passage")
            self._last_left_out = what


def _height(state: _State) -> Height:
    """Raised or lowered as such, or moved by hand and made smaller."""
    if state.height != "line" or state.size >= _USUAL_SIZE:
        return state.height
    if abs(state.raised_by) < _LEAST_RAISED:
        return "line"
    return "raised" if state.raised_by > 0 else "lowered"

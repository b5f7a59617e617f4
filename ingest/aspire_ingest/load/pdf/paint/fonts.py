"""Fonts as pdfminer reads them, with what it gets wrong about their letters put right."""

from collections.abc import Mapping
from contextlib import suppress

from pdfminer.cmapdb import CMap, CMapDB, FileUnicodeMap
from pdfminer.pdffont import PDFCIDFont, PDFFont, PDFSimpleFont
from pdfminer.pdfinterp import PDFResourceManager

from aspire_ingest.load.pdf.paint.ink import UNREADABLE
from aspire_ingest.load.pdf.paint.objects import entry, name_of
from aspire_ingest.load.writing.symbol_fonts import name_of_symbol_font, symbol

_HYPHEN = 0xAD
_BULLETS = (0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D)
"""Codes that WinAnsiEncoding leaves free: by the standard each shows a bullet."""

_EURO = "€"
_WIDTHS_OF_EURO = {"C": 600, "T": 500}
"""In thousandths of the size, by the first letter of a standard font's name; Helvetica and Arial
have the usual one. pdfminer's widths of these fonts are older than the sign."""
_WIDTH_OF_EURO = 556


class FontManager(PDFResourceManager):
    """Opens the fonts of one file."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """Open a font, once where it has a number."""
        is_known = objid is not None and objid in self._cached_fonts
        font = super().get_font(objid, spec)
        if not is_known:
            _name_letters(font, spec)
            _widen_euro(font)
        return font


def _widen_euro(font: PDFFont) -> None:
    """Give the euro sign its width in a standard font: it would lie under what follows it."""
    width = _WIDTHS_OF_EURO.get(str(font.fontname)[:1], _WIDTH_OF_EURO)
    font.widths = {_EURO: width, **font.widths}  # of standard fonts by letter, else by code


def _name_letters(font: PDFFont, spec: Mapping[str, object]) -> None:
    signs = name_of_symbol_font(str(name_of(entry(spec, "BaseFont")) or ""))
    if isinstance(font, PDFSimpleFont) and signs is not None and entry(spec, "ToUnicode") is None:
        named = {code: symbol(signs, code) for code in range(0x21, 0x100)}
        font.cid2unicode = {code: sign or UNREADABLE for code, sign in named.items()} | {0x20: " "}
    elif isinstance(font, PDFSimpleFont):
        encoding = spec.get("Encoding")
        name = name_of(entry(encoding, "BaseEncoding")) or name_of(entry(spec, "Encoding"))
        if name == "WinAnsiEncoding":
            font.cid2unicode = dict.fromkeys(_BULLETS, "•") | font.cid2unicode
            if font.cid2unicode.get(_HYPHEN) == " ":
                font.cid2unicode[_HYPHEN] = "-"
    elif isinstance(font, PDFCIDFont) and isinstance(font.unicode_map, FileUnicodeMap):
        # A file's own names go by the codes in its text, but are looked up by the glyph numbers
        # that an encoding such as 90ms-RKSJ-H makes of them.
        has_encoding = isinstance(font.cmap, CMap) and bool(font.cmap.code2cid)
        with suppress(CMapDB.CMapNotFound):
            if has_encoding:
                font.unicode_map = CMapDB.get_unicode_map(font.cidcoding, font.cmap.is_vertical())

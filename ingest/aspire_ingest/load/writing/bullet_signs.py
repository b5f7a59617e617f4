"""Bullets that say something: a tick, a cross or an empty box before an item is read with it.

Most bullets only tell items apart. "✓ Travel" and "✗ Alcohol" are two different statements.
"""

from collections.abc import Collection

from aspire_ingest.load.writing.symbol_fonts import is_symbol_font, symbol

_SAYING = frozenset("✓✔✅☑✗✘☒❌✕✖×☐")
_CROSSES = frozenset("×✕✖✗✘❌")
_RATINGS = frozenset("○◯◎△")
"""Plain bullets as well: they only rate where a cross is among the bullets, too."""
_PRIVATE = ("\uf020", "\uf0ff")


def bullet_sign(written: str, font: str) -> str:
    """The sign that a bullet is, under the font that it is written in; "" where it is unknown."""
    written = written.strip()
    if len(written) != 1:
        return written
    if is_symbol_font(font) or _PRIVATE[0] <= written <= _PRIVATE[1]:
        return symbol(font if is_symbol_font(font) else "Wingdings", ord(written)) or ""
    return written


def saying_bullet(sign: str, others: Collection[str] = ()) -> str:
    """The bullet where it says something of its item, else "".

    Args:
        sign: the bullet as shown.
        others: all bullets of the document, as far as they are known.
    """
    if sign in _SAYING:
        return sign
    return sign if sign in _RATINGS and not _CROSSES.isdisjoint(others) else ""

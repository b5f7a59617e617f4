"""Headers and footers of printed sheets: text between codes (`&L`, `&"Arial,Bold"`, `&P`)."""

import re

from aspire_ingest.load.writing.margins import PAGE_NUMBER

HEADERS_AND_FOOTERS = (
    *("oddHeader", "oddFooter", "evenHeader", "evenFooter"),
    *("firstHeader", "firstFooter"),
)
"""The elements of a sheet that hold one; not every printed page shows each."""
_CODE = re.compile(
    r"&(?:(?P<zone>[LCR])|(?P<amount>[PN])(?:[+-]\d+)?|(?P<sign>&)|\"[^\"]*\"|\d+"
    r"|K(?:[0-9A-F]{6}|\d\d[+-]\d{3})|[A-Z])",
    re.IGNORECASE,
)


def margin_text(written: str) -> str:
    """The left, middle and right part on lines of their own, the numbers of pages marked."""
    return _CODE.sub(_shown, written)


def _shown(code: re.Match[str]) -> str:
    if code["zone"]:
        return "\n"
    return PAGE_NUMBER if code["amount"] else code["sign"] or ""

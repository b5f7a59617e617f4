"""The value of one cell as a reader sees it, and why a part of it is not there."""

import datetime
import re
from dataclasses import dataclass, replace
from typing import Literal

from aspire_ingest.index.types import RemarkKind
from aspire_ingest.load.elements import Element, child
from aspire_ingest.load.number_format.dates import DAYS_TO_1904
from aspire_ingest.load.number_format.format import GENERAL, show_number, show_text
from aspire_ingest.load.sheets.book import Book
from aspire_ingest.load.sheets.places import Place
from aspire_ingest.load.sheets.strings import RichText, read_rich_text, seen_text
from aspire_ingest.load.sheets.styles import PLAIN, CellStyle, is_unseen

Reason = Literal[
    "struck", "unseen", "unshown", "uncalculated", "error", "too wide", "unknown sign", "condition"
]  # fmt: skip

REMARKS: dict[Reason, tuple[RemarkKind, str, str]] = {
    "struck": ("hidden", "struck text", "struck texts"),
    "unseen": ("hidden", "text too faint or small to see", "texts too faint or small to see"),
    "unshown": ("hidden", "value that its format hides", "values that their formats hide"),
    "uncalculated": (
        "lost",
        "cell whose value was never calculated",
        "cells whose value was never calculated",
    ),
    "error": ("doubtful", "cell that shows an error", "cells that show an error"),
    "unknown sign": (
        "lost",
        "sign of a font that is not known",
        "signs of a font that is not known",
    ),
    "condition": (
        "doubtful",
        "cell that a condition may strike or hide",
        "cells that a condition may strike or hide",
    ),
    "too wide": ("doubtful", "cell that shows no number", "cells that show no number"),
}
"""The remark for each reason, of one and of several."""
_MISSING: frozenset[Reason] = frozenset({"uncalculated", "error", "too wide"})
_TRUTHS = (("FALSE", "TRUE"), ("☐", "☑"))
"""As words, or as a box."""
_EPOCH = datetime.datetime(1899, 12, 30, tzinfo=datetime.UTC)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell as shown; `origin` is the cell whose value it repeats where cells are merged."""

    text: str
    origin: Place
    is_number: bool = False
    reasons: tuple[Reason, ...] = ()
    """Why something of it is left out, one for each piece."""
    value: float | str | bool | None = None
    """As formulas see it; None where that is not known."""
    style: CellStyle = PLAIN

    @property
    def missing(self) -> Reason | None:
        """Why the text lacks a value that a reader sees or expects here."""
        return next((one for one in self.reasons if one in _MISSING and not self.text), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What of the place of a cell decides whether a reader sees its value."""

    shows_zeros: bool = True
    has_ground_of_table: bool = False
    """A table's style may lay a colour under the cell."""


class ValueReader:
    """Reads cells of one workbook."""

    def __init__(self, book: Book) -> None:
        """Take the styles and texts of a workbook."""
        self._book = book

    def read(self, element: Element, place: Place, look: Look) -> Cell | None:
        """Read a cell; None where it has no value.

        Raises:
            ValueError: its value is not of the type that it says.
            IndexError: it names a text that is not there.
        """
        style = self._book.styles.style(element.get("s"))
        if look.has_ground_of_table and not style.is_filled:
            style = replace(style, ground=None)
        kind = element.get("t") or "n"
        value = child(element, "v")
        written = (value.text or "") if value is not None else ""
        if self._is_uncalculated(element, kind, written):
            return Cell(text="", origin=place, reasons=("uncalculated",))
        if kind in ("s", "inlineStr", "str"):
            return self._text(self._rich_text(element, kind, written), style, place)
        if not written.strip():
            return None
        if kind == "e":
            return Cell(text="", origin=place, reasons=("error",))
        return self._value(kind, written.strip(), style, place, look)

    def _is_uncalculated(self, element: Element, kind: str, written: str) -> bool:
        """A formula without a value, or with the nought that stands for one until it is opened."""
        if child(element, "f") is None or kind not in ("n", "b", "e"):
            return False
        return not written.strip() or (self._book.is_recalculated and written.strip() == "0")

    def _rich_text(self, element: Element, kind: str, written: str) -> RichText:
        if kind == "s":
            return self._book.strings[int(written)] if written.strip() else ""
        if kind == "str":
            return written
        inline = child(element, "is")
        return read_rich_text(inline, self._book.styles) if inline is not None else ""

    def _text(self, text: RichText, style: CellStyle, place: Place) -> Cell | None:
        seen = seen_text(text, style)
        reasons: list[Reason] = []
        reasons.extend("struck" for _ in range(seen.struck))
        reasons.extend("unseen" for _ in range(seen.unseen))
        reasons.extend("unknown sign" for _ in range(seen.unknown))
        shown = show_text(_unescaped(seen.text), style.code) if seen.text else ""
        if seen.text and not shown.strip():
            reasons.append("unshown")
        if not shown.strip() and not reasons:
            return None
        whole = text if isinstance(text, str) else "".join(run.run.text for run in text)
        return Cell(
            text=shown.strip(), origin=place, reasons=tuple(reasons), value=whole, style=style
        )

    def _value(
        self, kind: str, written: str, style: CellStyle, place: Place, look: Look
    ) -> Cell | None:
        if kind == "b":
            is_true = written.lower() not in ("0", "false")
            value: float | str | bool = is_true
            truth = _TRUTHS[style.is_checkbox][is_true]
            shown: str | None = show_text(truth, style.code if style.code == ";;;" else GENERAL)
        elif kind == "d" and style.code == GENERAL:
            shown = value = written
        else:
            number = self._serial(written) if kind == "d" else float(written)
            value = number
            if number == 0 and not look.shows_zeros:
                return Cell(text="", origin=place, reasons=("unshown",), value=value)
            shown = show_number(number, style.code, is_1904=self._book.is_1904)
        if shown is None:
            return Cell(text="", origin=place, reasons=("too wide",), value=value)
        if style.font.is_struck or is_unseen(style.font, style):
            reason: Reason = "struck" if style.font.is_struck else "unseen"
            return Cell(text="", origin=place, reasons=(reason,), value=value)
        if not shown.strip():
            return Cell(text="", origin=place, reasons=("unshown",), value=value)
        return Cell(
            text=shown.strip(), origin=place, is_number=kind != "b", value=value, style=style
        )

    def _serial(self, written: str) -> float:
        moment = datetime.datetime.fromisoformat(written).replace(tzinfo=datetime.UTC)
        days = (moment - _EPOCH) / datetime.timedelta(days=1)
        return days - (DAYS_TO_1904 if self._book.is_1904 else 0)


def _unescaped(text: str) -> str:
    """Characters that XML cannot hold are written as `_x000D_`."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).replace("\r\n", "\n")

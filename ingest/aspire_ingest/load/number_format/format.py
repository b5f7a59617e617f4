"""A value of a cell as its number format shows it: `0.3` by `0%` is 30%."""

import math
import re
from collections.abc import Callable
from functools import lru_cache

from aspire_ingest.load.number_format.dates import show_date
from aspire_ingest.load.number_format.digits import show_digits, show_general
from aspire_ingest.load.number_format.tokens import Section, read_sections

GENERAL = "General"
_SOMETHING = re.compile("[1-9]|inf")
"""What is rounded to nothing has no sign."""
_HOLDS: dict[str, Callable[[float, float], bool]] = {
    "<": lambda value, bound: value < bound,
    ">": lambda value, bound: value > bound,
    "<=": lambda value, bound: value <= bound,
    ">=": lambda value, bound: value >= bound,
    "=": lambda value, bound: value == bound,
    "<>": lambda value, bound: value != bound,
}


def show_number(value: float, code: str = GENERAL, *, is_1904: bool = False) -> str | None:
    """Write a number as a reader sees it.

    Args:
        value: the number, a date being days since 1900 (or 1904).
        code: the number format, such as `#,##0;[Red]-#,##0`.
        is_1904: whether the days are counted from 1904.

    Returns:
        The text, "" where the format shows nothing, None where a reader sees only `####`.
    """
    sections = _numeric(_sections(code))
    index = _section_for(value, sections)
    if index is None:
        return show_general(value)
    section = sections[index]
    if section.is_date:
        return show_date(value, section, is_1904=is_1904)
    if not section.tokens:
        return "" if len(sections) > 1 or len(_sections(code)) > 1 else show_general(value)
    shown = _show(abs(value), section)
    is_signed = value < 0 and not _drops_sign(index, sections)
    return "-" + shown if is_signed and _SOMETHING.search(shown) else shown


def show_text(text: str, code: str = GENERAL) -> str:
    """Write a text as its format shows it: `;;;` hides it, `@"様"` adds to it."""
    section = _for_text(_sections(code))
    if section is None:
        return text
    return "".join(text if part.kind == "text" else part.text for part in section.tokens)


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[Section, ...]:
    return read_sections(code)


def _for_text(sections: tuple[Section, ...]) -> Section | None:
    last = sections[-1]
    return last if len(sections) == 4 or last.is_for_text else None


def _numeric(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """All but the section for text, which a format of one section shares with numbers."""
    has_text = len(sections) > 1 and _for_text(sections) is not None
    return sections[:-1] if has_text else sections


def _section_for(value: float, sections: tuple[Section, ...]) -> int | None:
    """The section that shows a number; None where none of them is for it."""
    if any(section.condition for section in sections):
        for index, section in enumerate(sections):
            if section.condition is None or _HOLDS[section.condition[0]](
                value, section.condition[1]
            ):
                return index
        return None
    if len(sections) >= 3 and value == 0:
        return 2
    return 1 if len(sections) >= 2 and value < 0 else 0


def _drops_sign(index: int, sections: tuple[Section, ...]) -> bool:
    """Whether a section shows negative numbers only, which then says so itself."""
    condition = sections[index].condition
    if condition is not None:
        return condition[0] in ("<", "<=") and condition[1] <= 0
    if index == 0:
        return False
    earlier = [section.condition for section in sections[:index]]
    return all(c is None or (c[0] in (">", ">=") and c[1] <= 0) for c in earlier)


def _show(value: float, section: Section) -> str:
    if not math.isfinite(value):
        return str(value)
    for index, token in enumerate(section.tokens):
        if token.kind in ("general", "text"):
            lead = "".join(part.text for part in section.tokens[:index])
            tail = "".join(part.text for part in section.tokens[index + 1 :])
            return lead + show_general(value) + tail
    return show_digits(value, section.tokens)

"""Formulas (MathML) as one line of text: `a = 3`, `x^2`, `(a + b)/c`, `√(n)`."""

from collections.abc import Callable

from aspire_ingest.load.html.tree import Element, replace_content, tag_of
from aspire_ingest.load.writing.clean import tidy

_INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064")
_NOT_SHOWN = frozenset({"annotation", "annotation-xml", "mphantom", "template"})


def write_formulas(body: Element) -> None:
    """Put in place of each `math` its line of text."""
    for formula in list(body.iter("math")):
        replace_content(formula, tidy(_line(formula)))
        formula.tag = "span"


def _line(element: Element) -> str:  # noqa: PLR0911 - one line per reason
    tag = tag_of(element)
    if not tag or tag in _NOT_SHOWN:
        return ""
    parts = [_line(child) for child in element if tag_of(child) not in _NOT_SHOWN]
    write = _FORMS.get(tag)
    if write is not None and len(parts) == _SIZES[tag]:
        return write(parts)
    if tag == "msqrt":
        return f"√({''.join(parts)})"
    if tag == "mspace":
        return " "
    if tag == "mtr":
        return ", ".join(parts)
    if tag == "mtable":
        return f"({'; '.join(parts)})"
    own = (element.text or "").translate(_INVISIBLE)
    return "".join([" ".join(own.split()), *parts])


def _grouped(part: str) -> str:
    return part if part.isalnum() or len(part) < 2 else f"({part})"


def _fraction(parts: list[str]) -> str:
    return f"{_grouped(parts[0])}/{_grouped(parts[1])}"


def _power(parts: list[str]) -> str:
    return f"{_grouped(parts[0])}^{_grouped(parts[1])}"


def _index(parts: list[str]) -> str:
    return f"{parts[0]}_{_grouped(parts[1])}"


def _both(parts: list[str]) -> str:
    return f"{parts[0]}_{_grouped(parts[1])}^{_grouped(parts[2])}"


def _root(parts: list[str]) -> str:
    return f"({parts[0]})^(1/{parts[1]})"


_FORMS: dict[str, Callable[[list[str]], str]] = {
    "mfrac": _fraction,
    "msup": _power,
    "msub": _index,
    "msubsup": _both,
    "munderover": _both,
    "munder": _index,
    "mover": _power,
    "mroot": _root,
}
_SIZES = {"mfrac": 2, "msup": 2, "msub": 2, "msubsup": 3, "munderover": 3, "munder": 2,
          "mover": 2, "mroot": 2}  # fmt: skip

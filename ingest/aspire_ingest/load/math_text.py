"""Equations of Office files on one line: `(a+b)/2`, `x^2`, `H_2`, `√(2)`."""

from collections.abc import Callable

from aspire_ingest.load.html.text import Element
from aspire_ingest.load.package import attribute, child, children, local_name

_UNWRITTEN = frozenset({"ctrlPr", "rPr"})


def math_text(element: Element) -> str:
    """Write an equation, or a part of one, as a reader would type it."""
    name = local_name(element)
    if name in _UNWRITTEN or name.endswith("Pr"):
        return ""
    if name == "t":
        return element.text or ""
    write = _WRITERS.get(name)
    return write(element) if write is not None else "".join(map(math_text, element))


def _part(element: Element, name: str) -> str:
    found = child(element, name)
    return math_text(found).strip() if found is not None else ""


def _grouped(text: str) -> str:
    """Brackets around what is more than one number or name."""
    is_one = text.isalnum() or text.replace(".", "", 1).isdigit()
    return text if is_one or (text[:1] == "(" and text.find(")") == len(text) - 1) else f"({text})"


def _setting(element: Element, properties: str, name: str, default: str) -> str:
    found = child(element, properties, name)
    value = attribute(found, "val") if found is not None else None
    return default if value is None else value


def _fraction(element: Element) -> str:
    return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"


def _scripts(element: Element) -> str:
    base, below, above = (_part(element, name) for name in ("e", "sub", "sup"))
    return f"{base}{'_' + _grouped(below) if below else ''}{'^' + _grouped(above) if above else ''}"


def _root(element: Element) -> str:
    degree = _part(element, "deg")
    return f"{degree}√{_grouped(_part(element, 'e'))}"


def _sum(element: Element) -> str:
    sign = _setting(element, "naryPr", "chr", "∫")
    below, above = _part(element, "sub"), _part(element, "sup")
    bounds = f"{'_' + _grouped(below) if below else ''}{'^' + _grouped(above) if above else ''}"
    return f"{sign}{bounds} {_part(element, 'e')}"


def _bracketed(element: Element) -> str:
    first = _setting(element, "dPr", "begChr", "(")
    last = _setting(element, "dPr", "endChr", ")")
    between = _setting(element, "dPr", "sepChr", "|")
    return first + between.join(math_text(part) for part in children(element, "e")) + last


def _function(element: Element) -> str:
    return f"{_part(element, 'fName')} {_part(element, 'e')}"


def _limit(element: Element) -> str:
    sign = "_" if local_name(element) == "limLow" else "^"
    return f"{_part(element, 'e')}{sign}{_grouped(_part(element, 'lim'))}"


def _lines(element: Element) -> str:
    return "; ".join(math_text(part) for part in children(element, "e"))


def _matrix(element: Element) -> str:
    rows = (", ".join(map(math_text, children(row, "e"))) for row in children(element, "mr"))
    return f"[{'; '.join(rows)}]"


_WRITERS: dict[str, Callable[[Element], str]] = {
    "f": _fraction,
    "sSup": _scripts,
    "sSub": _scripts,
    "sSubSup": _scripts,
    "rad": _root,
    "nary": _sum,
    "d": _bracketed,
    "func": _function,
    "limLow": _limit,
    "limUpp": _limit,
    "eqArr": _lines,
    "m": _matrix,
}

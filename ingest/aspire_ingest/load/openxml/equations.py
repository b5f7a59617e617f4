"""Equations of Open XML on one line: `a/b`, `x^2`, `x_i`, `√(a + b)`, `∑_(i=1)^n x_i`."""

from collections.abc import Callable

from aspire_ingest.load.elements import Element
from aspire_ingest.load.openxml.package import M

_OPERATORS = frozenset("+-−–±×·÷*/=<>≤≥≠,;^_∑∏∫")
_BRACKETS = {"(": ")", "[": "]", "{": "}", "|": "|", "‖": "‖", "⌊": "⌋", "⌈": "⌉"}


def run_text(run: Element) -> str:
    """All text of a run of an equation."""
    return "".join(part.text or "" for part in run.iter("{*}t"))


def linear(element: Element, read_run: Callable[[Element], str] = run_text) -> str:
    """Write an equation, or a part of it, on one line.

    Args:
        element: `m:oMath` or anything inside.
        read_run: gives the text of one `m:r`, "" for what a reader does not see.
    """
    return _Equation(read_run).sequence(element)


class _Equation:
    def __init__(self, read_run: Callable[[Element], str]) -> None:
        self._read_run = read_run
        self._writers: dict[str, Callable[[Element], str]] = {
            "f": self._fraction,
            "sSup": lambda node: f"{self._base(node)}{self._script('^', node, 'sup')}",
            "sSub": lambda node: f"{self._base(node)}{self._script('_', node, 'sub')}",
            "sSubSup": self._both,
            "sPre": lambda node: f"{self._scripts(node)}{self._base(node)}",
            "rad": self._radical,
            "nary": self._nary,
            "d": self._delimited,
            "func": self._function,
            "limLow": lambda node: f"{self._base(node)}{self._script('_', node, 'lim')}",
            "limUpp": lambda node: f"{self._base(node)}{self._script('^', node, 'lim')}",
            "m": self._matrix,
            "eqArr": lambda node: "; ".join(map(self.sequence, node.iterchildren(f"{M}e"))),
        }

    def sequence(self, node: Element) -> str:
        """All children one after the other."""
        return "".join(map(self._one, node))

    def _one(self, node: Element) -> str:
        if not isinstance(node.tag, str):  # pyright: ignore[reportUnnecessaryIsInstance] - comments have a function here
            return ""
        name = node.tag.removeprefix(M)
        if name == "r":
            return self._read_run(node)
        if name in self._writers:
            return self._writers[name](node)
        is_skipped = name.endswith("Pr") or node.tag.endswith(("}del", "}moveFrom", "}rPr"))
        return "" if is_skipped else self.sequence(node)

    def _part(self, node: Element, name: str) -> str:
        child = node.find(f"{M}{name}")
        return self.sequence(child).strip() if child is not None else ""

    def _property(self, node: Element, name: str, default: str) -> str:
        found = node.find(f"{M}{str(node.tag).removeprefix(M)}Pr/{M}{name}")
        return default if found is None else found.get(f"{M}val") or ""

    def _base(self, node: Element) -> str:
        return _grouped(self._part(node, "e"))

    def _script(self, sign: str, node: Element, name: str) -> str:
        text = self._part(node, name)
        return f"{sign}{_grouped(text)}" if text else ""

    def _scripts(self, node: Element) -> str:
        return self._script("_", node, "sub") + self._script("^", node, "sup")

    def _both(self, node: Element) -> str:
        return f"{self._base(node)}{self._scripts(node)}"

    def _fraction(self, node: Element) -> str:
        over, under = self._part(node, "num"), self._part(node, "den")
        if self._property(node, "type", "bar") == "noBar":
            return f"({over} over {under})"
        return f"{_grouped(over)}/{_grouped(under)}"

    def _radical(self, node: Element) -> str:
        degree, inside = self._part(node, "deg"), self._part(node, "e")
        sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree)
        return f"{sign}({inside})" if sign else f"{_grouped(inside)}^(1/{_grouped(degree)})"

    def _nary(self, node: Element) -> str:
        sign = self._property(node, "chr", "∫")
        return f"{sign}{self._scripts(node)} {self._part(node, 'e')}"

    def _delimited(self, node: Element) -> str:
        opening = self._property(node, "begChr", "(")
        closing = self._property(node, "endChr", ")")
        between = self._property(node, "sepChr", "|")
        parts = [self.sequence(part) for part in node.iterchildren(f"{M}e")]
        return f"{opening}{between.join(parts)}{closing}"

    def _function(self, node: Element) -> str:
        return f"{self._part(node, 'fName')}({_unwrapped(self._part(node, 'e'))})"

    def _matrix(self, node: Element) -> str:
        rows = [
            ", ".join(self.sequence(cell) for cell in row.iterchildren(f"{M}e"))
            for row in node.iterchildren(f"{M}mr")
        ]
        return f"[{'; '.join(rows)}]"


def _grouped(text: str) -> str:
    """Parentheses where an operator inside would bind to what stands outside."""
    if not any(sign in _OPERATORS for sign in text) or _is_wrapped(text):
        return text
    return f"({text})"


def _is_wrapped(text: str) -> bool:
    """Whether the first bracket is closed by the last character."""
    closing = _BRACKETS.get(text[:1])
    if closing is None or closing == text[0] or not text.endswith(closing):
        return False
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == text[0]) - (sign == closing)
        if depth == 0:
            return place == len(text) - 1
    return False


def _unwrapped(text: str) -> str:
    return text[1:-1] if text.startswith("(") and _is_wrapped(text) else text

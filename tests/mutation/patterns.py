"""Patterns: one alternative less of every `a|b|c` in a regular expression."""

import ast
import re
from collections.abc import Iterator, Sequence

from tests.mutation.edit import Edit, Parents, above, is_code

_HOLE = "\ue000"
"""Stands for what an f-string fills in; its number follows."""
_SHOWN = 40


def pattern_changes(tree: ast.AST, parents: Parents) -> Iterator[Edit]:
    """Give every pattern without one of its alternatives; parts of patterns too."""
    uses_re = any(isinstance(n, ast.Import) and n.names[0].name == "re" for n in ast.walk(tree))
    for node in ast.walk(tree) if uses_re else ():
        if not isinstance(node, ast.Constant | ast.JoinedStr) or "|" not in _text(node, ()):
            continue
        if is_code(node, parents) and _is_pattern(node, parents):
            yield from _with_fewer(node)


def _is_pattern(node: ast.expr, parents: Parents) -> bool:
    """Whether a string goes to `re`, or is kept by the module as part of what does."""
    kept = False
    for up in above(node, parents):
        if isinstance(up, ast.Call) and ast.unparse(up.func).startswith("re."):
            return True
        if isinstance(up, ast.FunctionDef | ast.ClassDef | ast.Lambda):
            return False
        kept = kept or isinstance(up, ast.Assign)
    return kept


def _with_fewer(node: ast.Constant | ast.JoinedStr) -> Iterator[Edit]:
    parts = node.values if isinstance(node, ast.JoinedStr) else []
    holes = [part for part in parts if not isinstance(part, ast.Constant)]
    text = _text(node, holes)
    if not _parses(text):
        return
    for start, end, alternative in _alternatives(text):
        less = text[:start] + text[end:]
        if _parses(less):
            what = _readable(alternative, holes)
            yield Edit(node, _written(less, holes), f"without {what!r}")


def _text(node: ast.expr, holes: Sequence[ast.expr]) -> str:
    """Give a string as it is, an f-string with a sign for each of the holes; else nothing."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part, holes) for part in node.values)
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return f"{_HOLE}{chr(0xE001 + holes.index(node))}" if holes else ""


def _parses(text: str) -> bool:
    try:
        re.compile(re.sub(f"{_HOLE}.", "x", text))
    except re.error:
        return False
    return True


def _alternatives(text: str) -> Iterator[tuple[int, int, str]]:
    """Give where each alternative begins and ends, with the `|` that goes with it, and its text."""
    for start, bars, end in _groups(text):
        edges = [start - 1, *bars, end]
        for at in range(len(edges) - 1):
            first, last = edges[at] + 1, edges[at + 1]
            if at == 0:
                yield first, last + 1, text[first:last]
            else:
                yield first - 1, last, text[first:last]


def _groups(text: str) -> Iterator[tuple[int, Sequence[int], int]]:
    """Give, for each group with alternatives, where its content begins, its bars, and its end."""
    open_groups: list[tuple[int, list[int]]] = [(0, [])]
    at = 0
    while at < len(text):
        sign = text[at]
        if sign == "\\":
            at += 1
        elif sign == "[":
            at = _end_of_class(text, at)
        elif sign == "(":
            head = re.compile(r"\((?:\?(?:P<\w+>|<[=!]|[=!:>]|[a-zA-Z-]*:))?").match(text, at)
            assert head is not None
            at = head.end() - 1
            open_groups.append((at + 1, []))
        elif sign == "|":
            open_groups[-1][1].append(at)
        elif sign == ")":
            start, bars = open_groups.pop()
            if bars:
                yield start, bars, at
        at += 1
    start, bars = open_groups.pop()
    if bars:
        yield start, bars, len(text)


def _end_of_class(text: str, at: int) -> int:
    """Give where `]` closes a class of characters; the first sign in it closes nothing."""
    at += 2 if text[at + 1 : at + 2] == "^" else 1
    at += text[at : at + 1] == "]"
    while text[at] != "]":
        at += 2 if text[at] == "\\" else 1
    return at


def _readable(alternative: str, holes: Sequence[ast.expr]) -> str:
    for number, hole in enumerate(holes):
        assert isinstance(hole, ast.FormattedValue)
        alternative = alternative.replace(
            f"{_HOLE}{chr(0xE001 + number)}", f"{{{ast.unparse(hole.value)}}}"
        )
    return alternative if len(alternative) <= _SHOWN else f"{alternative[: _SHOWN - 1]}…"


def _written(text: str, holes: Sequence[ast.expr]) -> str:
    """Write a pattern as source: its text, and the f-strings of what is filled in."""
    pieces = re.split(f"({_HOLE}.)", text)
    written = [
        ast.unparse(ast.JoinedStr([holes[ord(piece[1]) - 0xE001]]))
        if piece.startswith(_HOLE)
        else repr(piece)
        for piece in pieces
        if piece
    ]
    return " + ".join(written) or "''"

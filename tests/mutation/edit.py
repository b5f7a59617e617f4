"""A change to the source of a module: one expression in the place of another."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Parents = Mapping[ast.AST, ast.AST]
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Edit:
    """An expression, the text that takes its place, and the change in words."""

    node: ast.expr
    text: str
    what: str

    def apply(self, source: str) -> str:
        """Give the source with the change made."""
        lines = source.encode().splitlines(keepends=True)
        node = self.node
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        before = b"".join(lines[: node.lineno - 1]) + lines[node.lineno - 1][: node.col_offset]
        after = lines[node.end_lineno - 1][node.end_col_offset :]
        rest = b"".join(lines[node.end_lineno :])
        return (before + f"({self.text})".encode() + after + rest).decode()


def replaced(node: ast.expr, other: ast.expr) -> Edit:
    """Make the change of an expression to another, in the words "this → that"."""
    return Edit(node, ast.unparse(other), f"{shown(node)} → {shown(other)}")


def shown(node: ast.AST) -> str:
    """Give an expression on one line, cut where it is long."""
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def parents_of(tree: ast.AST) -> Parents:
    """Give what each node stands in."""
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


def above(node: ast.AST, parents: Parents) -> Iterator[ast.AST]:
    """Give what a node stands in, from the nearest outwards."""
    while (up := parents.get(node)) is not None:
        yield up
        node = up


def scope_of(node: ast.AST, parents: Parents) -> str:
    """Name the function or class around a node, or the name that a module assigns there."""
    names: list[str] = []
    for one in (node, *above(node, parents)):
        if isinstance(one, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            names.append(one.name)
        elif isinstance(one, ast.Assign | ast.AnnAssign):
            target = one.targets[0] if isinstance(one, ast.Assign) else one.target
            names.append(ast.unparse(target))
    return ".".join(reversed(names))


def is_code(node: ast.AST, parents: Parents) -> bool:
    """Whether an expression is run, and its place known: no annotation, no part of an f-string."""
    below: ast.AST = node
    for up in above(node, parents):
        if isinstance(up, ast.JoinedStr) or _is_annotation(below, up):
            return False
        below = up
    return True


def _is_annotation(node: ast.AST, parent: ast.AST) -> bool:
    if isinstance(parent, ast.AnnAssign | ast.arg):
        return node is parent.annotation
    if isinstance(parent, ast.FunctionDef | ast.AsyncFunctionDef):
        return node is parent.returns
    if isinstance(parent, ast.Subscript):
        return node is parent.slice and ast.unparse(parent.value) == "Literal"
    return False

"""What functions return: the contrary of a truth, nothing in the place of something."""

import ast
from collections.abc import Iterator

from tests.mutation.edit import Edit, replaced

_EMPTY = {"str": "''", "bytes": "b''", "int": "0", "float": "0.0", "frozenset": "frozenset()",
          "set": "set()", "tuple": "()", "Sequence": "()", "list": "[]", "dict": "{}",
          "Mapping": "{}", "Iterator": "iter(())", "Iterable": "()"}  # fmt: skip


def return_changes(tree: ast.AST) -> Iterator[Edit]:
    """Give, for every `return` of a value, the return of another of the same type."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.returns is not None:
            for value in _returned(node):
                other = _other(value, ast.unparse(node.returns))
                if other is not None and ast.dump(other) != ast.dump(value):
                    edit = replaced(value, other)
                    yield Edit(edit.node, edit.text, f"return {edit.what}")


def _returned(function: ast.FunctionDef) -> Iterator[ast.expr]:
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Return) and node.value is not None:
            yield node.value
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))


def _other(value: ast.expr, returns: str) -> ast.expr | None:
    """Give what could be returned instead, or None where that is what is returned already."""
    if isinstance(value, ast.Constant) and isinstance(value.value, bool):
        return ast.Constant(not value.value)
    if returns == "bool":
        return ast.UnaryOp(ast.Not(), value)
    if "None" in returns.split(" | "):
        return ast.Constant(None)
    empty = _EMPTY.get(returns.partition("[")[0])
    other = ast.parse(empty, mode="eval").body if empty else ast.Constant(None)
    is_empty = isinstance(value, ast.Call) and not (value.args or value.keywords)
    return None if is_empty and empty == ast.unparse(value) else other

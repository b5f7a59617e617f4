"""Conditions: `and` for `or`, without `not`, comparisons turned round, `if` forced either way."""

import ast
from collections.abc import Iterator, Mapping

from tests.mutation.edit import Edit, Parents, is_code, replaced

_TURNED: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


def condition_changes(tree: ast.AST, parents: Parents) -> Iterator[Edit]:
    """Give every change of a condition; a loop's is left, it would not end."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.IfExp) and is_code(node, parents):
            yield from _forced(node)
        if isinstance(node, ast.BoolOp | ast.UnaryOp | ast.Compare) and is_code(node, parents):
            yield from _changed(node)


def _forced(node: ast.If | ast.IfExp) -> Iterator[Edit]:
    if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return
    for value in (True, False):
        edit = replaced(node.test, ast.Constant(value))
        yield Edit(edit.node, edit.text, f"if {edit.what}")


def _changed(node: ast.expr) -> Iterator[Edit]:
    match node:
        case ast.BoolOp(op=op, values=values):
            other = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield replaced(node, ast.BoolOp(other, values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield replaced(node, operand)
        case ast.Compare(left=left, ops=ops, comparators=others):
            for at, op in enumerate(ops):
                turned = [*ops[:at], _TURNED[type(op)](), *ops[at + 1 :]]
                yield replaced(node, ast.Compare(left, turned, others))
        case _:
            pass

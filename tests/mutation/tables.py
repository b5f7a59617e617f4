"""Tables of words: one element less of a collection that a module keeps or a test looks into."""

import ast
import copy
from collections.abc import Iterator, Sequence

from tests.mutation.edit import Edit, Parents, above, is_code, shown

_LEAST = 2
_ASKS = frozenset({"startswith", "endswith", "isinstance", "frozenset", "set"})


def table_changes(tree: ast.AST, parents: Parents) -> Iterator[Edit]:
    """Give, for every element of every table, the table without it."""
    split = _split_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict):
            if is_code(node, parents) and _is_table(node, parents):
                yield from _shorter(node)
        elif isinstance(node, ast.Constant) and _is_split(node, parents, split):
            yield from _fewer_words(node)


def _shorter(node: ast.Tuple | ast.List | ast.Set | ast.Dict) -> Iterator[Edit]:
    for at, element in enumerate(_elements(node)):
        less = copy.copy(node)
        if isinstance(less, ast.Dict):
            less.keys = [*less.keys[:at], *less.keys[at + 1 :]]
            less.values = [*less.values[:at], *less.values[at + 1 :]]
        else:
            less.elts = [*less.elts[:at], *less.elts[at + 1 :]]
        yield Edit(node, ast.unparse(less), f"without {shown(element)}")


def _elements(node: ast.expr) -> Sequence[ast.expr]:
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return [value if key is None else key for key, value in pairs]
    assert isinstance(node, ast.Tuple | ast.List | ast.Set)
    return node.elts


def _is_table(node: ast.Tuple | ast.List | ast.Set | ast.Dict, parents: Parents) -> bool:
    """Whether each element stands for itself: not a row of fixed columns, not a returned pair."""
    elements = _elements(node)
    if len(elements) < _LEAST or isinstance(getattr(node, "ctx", None), ast.Store):
        return False
    parent = parents[node]
    if isinstance(parent, ast.Compare):
        return node in parent.comparators
    if isinstance(parent, ast.Call):
        name = parent.func.attr if isinstance(parent.func, ast.Attribute) else ""
        name = parent.func.id if isinstance(parent.func, ast.Name) else name
        if name in _ASKS:
            return True
    if isinstance(parent, ast.For | ast.comprehension):
        return node is parent.iter
    if any(isinstance(up, ast.FunctionDef | ast.Lambda) for up in above(node, parents)):
        return isinstance(node, ast.Set)
    return _is_kept(node, parent)


def _is_kept(node: ast.expr, parent: ast.AST) -> bool:
    """Whether a collection of a module is a table: its like beside it may be longer or shorter."""
    if isinstance(parent, ast.Assign):
        names = " ".join(ast.unparse(target) for target in parent.targets)
        return "," not in names and "__" not in names
    if not isinstance(parent, ast.Tuple | ast.List | ast.Set | ast.Dict):
        return not isinstance(parent, ast.Call)
    like = parent.values if isinstance(parent, ast.Dict) else _elements(parent)
    sizes = [len(_elements(one)) for one in like if type(one) is type(node)]
    return node in like and len(set(sizes)) > 1


def _split_names(tree: ast.AST) -> frozenset[str]:
    """Name the strings that a module keeps as words between spaces."""
    return frozenset(
        node.func.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "split"
        and not node.args
        and isinstance(node.func.value, ast.Name)
    )


def _is_split(node: ast.Constant, parents: Parents, split: frozenset[str]) -> bool:
    if not isinstance(node.value, str) or len(node.value.split()) < _LEAST:
        return False
    parent = parents[node]
    if isinstance(parent, ast.Assign):
        return ast.unparse(parent.targets[0]) in split
    call = parents.get(parent)
    is_split = isinstance(parent, ast.Attribute) and parent.attr == "split"
    return is_split and isinstance(call, ast.Call) and not call.args


def _fewer_words(node: ast.Constant) -> Iterator[Edit]:
    words = str(node.value).split()
    for at, word in enumerate(words):
        yield Edit(node, repr(" ".join([*words[:at], *words[at + 1 :]])), f"without {word!r}")

"""The programs stay readable: no circles of imports, no long file, no crowded folder."""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from tests.product_code import Module, product_modules

MOST_LINES = 400
MOST_MODULES = 20

NOUNS = frozenset(
    re.findall(
        r"\w+",
        "drawing embed embedding encoding feed hashing numbering onboarding pooling setting "
        "spelling thinking tracing",
    )
)
"""Names of modules that end as participles do, and are none."""


def imports_of(module: Module, known: frozenset[str]) -> Iterator[str]:
    """The modules of ours that are loaded with this one, or by its functions."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                if inner in known:
                    yield inner
                elif node.module in known:
                    yield node.module


def circle_in(graph: Mapping[str, set[str]]) -> list[str]:
    """The modules of a circle, each importing the next; none where there is no circle."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_module_imports_itself_by_way_of_others() -> None:
    modules = list(product_modules())
    known = frozenset(module.name for module in modules)
    graph = {module.name: {*imports_of(module, known)} - {module.name} for module in modules}
    assert sum(map(len, graph.values())) > 2000
    assert circle_in(graph) == []


def test_a_circle_is_found() -> None:
    assert set(circle_in({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})) == {"a", "b", "c"}


def test_no_file_is_long() -> None:
    long = {module.name: module.lines for module in product_modules() if module.lines > MOST_LINES}
    assert long == {}


def test_no_folder_is_crowded() -> None:
    folders = Counter(
        module.path.parent.as_posix().partition("/aspire_")[2]
        for module in product_modules()
        if module.path.name != "__init__.py"
    )
    crowded = {name: count for name, count in folders.items() if count > MOST_MODULES}
    assert crowded == {}


def test_no_module_is_named_by_a_participle_alone() -> None:
    names = [module.name for module in product_modules() if module.path.name != "__init__.py"]
    last = {name: name.rpartition(".")[2] for name in names}
    found = {name for name, word in last.items() if re.fullmatch(r"[a-z]+(?:ing|ed)", word)}
    assert {name for name in found if last[name] not in NOUNS} == set()

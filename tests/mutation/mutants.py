"""Every change that can be made to a module, one at a time, and a choice among them by chance."""

import ast
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.conditions import condition_changes
from tests.mutation.edit import Edit, parents_of, scope_of
from tests.mutation.patterns import pattern_changes
from tests.mutation.returns import return_changes
from tests.mutation.tables import table_changes

KINDS = ("table", "condition", "return")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A change to one place of one module.

    Attributes:
        path: The module, relative to the repository, with slashes.
        line: The line where the changed expression begins, from 1.
        kind: One of `KINDS`.
        what: The change in words: "without 'foo'", "a < b → a >= b".
        key: Names this change while the lines around it move; two equal changes in one function
            are told apart by their order.
        edit: The change itself.
    """

    path: str
    line: int
    kind: str
    what: str
    key: str
    edit: Edit


def mutants_of(path: str, source: str) -> Iterator[Mutant]:
    """Give all changes to a module's source that still parse."""
    tree = ast.parse(source)
    parents = parents_of(tree)
    times: dict[str, int] = {}
    changes = (
        ("table", table_changes(tree, parents)),
        ("table", pattern_changes(tree, parents)),
        ("condition", condition_changes(tree, parents)),
        ("return", return_changes(tree)),
    )
    for kind, edits in changes:
        for edit in edits:
            name = f"{path}:{scope_of(edit.node, parents)}:{kind}:{edit.what}"
            times[name] = times.get(name, 0) + 1
            yield Mutant(
                path=path,
                line=edit.node.lineno,
                kind=kind,
                what=edit.what,
                key=f"{name}:{times[name]}",
                edit=edit,
            )


def chosen(mutants: Iterable[Mutant], count: int, seed: int) -> Sequence[Mutant]:
    """Choose by chance, of each kind as many; a place that changes moves no other's luck."""
    drawn = sorted(mutants, key=lambda one: hashlib.sha256(f"{seed}:{one.key}".encode()).digest())
    by_kind = {kind: [one for one in drawn if one.kind == kind] for kind in KINDS}
    picked: list[Mutant] = []
    turn = 0
    while len(picked) < count and any(len(of) > turn for of in by_kind.values()):
        picked += [of[turn] for of in by_kind.values() if len(of) > turn]
        turn += 1
    return picked[:count]


def modules_in(root: Path, folders: Sequence[str], left_out: Sequence[str]) -> Sequence[str]:
    """List the modules below some folders, without those that are left out."""
    found = {path for folder in folders for path in (root / folder).rglob("*.py")}
    out = tuple(root / name for name in left_out)
    kept = (p for p in found if not any(p == one or one in p.parents for one in out))
    return sorted(path.relative_to(root).as_posix() for path in kept)

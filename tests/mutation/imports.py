"""Which tests run a module: by the graph of what imports what, the nearest first."""

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_COSTS = {"contracts": 1, "integration": 1, "e2e": 2, "deploy": 4, "release": 4}
"""Tests with an index, a program or a Slack come later by so many imports."""
# Text is searched, not parsed: a thousand files in a second; a line in a string only adds a test.
_FROM = re.compile(r"^[ \t]*from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n]+)", re.M)
_IMPORT = re.compile(r"^[ \t]*import[ \t]+([\w., \t]+)", re.M)
_FIXTURE = re.compile(r"^@pytest\.fixture.*\n(?:@.*\n)*def (\w+)", re.M)
_WORD = re.compile(r"\w+(?:\.\w+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    imports: frozenset[str]
    words: frozenset[str]
    fixtures: frozenset[str]


class Imports:
    """The modules of a repository by what they import, name or take as a fixture.

    Args:
        root: The repository.
        sources: Folders, relative to it, where names of modules begin.
        tests: The folder of the tests.
    """

    def __init__(self, root: Path, sources: Sequence[str], tests: str) -> None:
        self._tests = tests
        self._paths: dict[str, str] = {}
        self._files: dict[str, _File] = {}
        for source in sources:
            folder = root / (tests if source == "." else source)
            for path in sorted(folder.rglob("*.py")):
                parts = path.relative_to(root / source).with_suffix("").parts
                name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
                relative = path.relative_to(root).as_posix()
                self._paths[name] = relative
                self._files[relative] = _read(path, name)
        self._users = self._reversed()

    def tests_of(self, path: str) -> Sequence[str]:
        """List the files of tests that run a module, the nearest first."""
        stem = Path(path).stem

        def order(item: tuple[str, int]) -> tuple[int, bool, str]:
            test, distance = item
            steps = sum(cost for folder, cost in _COSTS.items() if f"/{folder}/" in test)
            return distance + steps, stem not in Path(test).stem, test

        found = self._distances(path).items()
        tests = [item for item in found if Path(item[0]).name.startswith("test_")]
        return [test for test, _distance in sorted(tests, key=order)]

    def _distances(self, path: str) -> Mapping[str, int]:
        """Give how many imports lie between a module and each file that leads to it."""
        far = {path: 0}
        waiting = deque([path])
        while waiting:
            at = waiting.popleft()
            for user in self._users.get(at, ()):
                # a package only passes on what it imports
                distance = far[at] + (Path(user).name != "__init__.py")
                if distance < far.get(user, len(self._files)):
                    far[user] = distance
                    waiting.append(user)
        return far

    def _reversed(self) -> Mapping[str, set[str]]:
        users: dict[str, set[str]] = {}
        for path, file in self._files.items():
            for used in (*self._imported(file), *self._named(path, file)):
                if used != path:
                    users.setdefault(used, set()).add(path)
        return users

    def _imported(self, file: _File) -> Iterator[str]:
        for name in file.imports:
            whole = self._paths.get(name) or self._paths.get(name.rpartition(".")[0])
            if whole is not None:
                yield whole

    def _named(self, path: str, file: _File) -> Iterator[str]:
        """Give the modules that a test names, and what stands beside it and has its fixtures."""
        if not path.startswith(f"{self._tests}/"):
            return
        yield from (self._paths[word] for word in file.words if "." in word and word in self._paths)
        for folder in Path(path).parents:
            beside = self._files.get((folder / "conftest.py").as_posix())
            if beside is not None and file.words & beside.fixtures:
                yield (folder / "conftest.py").as_posix()


def _read(path: Path, name: str) -> _File:
    text = path.read_text(encoding="utf-8")
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    return _File(
        imports=frozenset(_names(text, package)),
        words=frozenset(_WORD.findall(text)) if path.name != "__init__.py" else frozenset(),
        fixtures=frozenset(_FIXTURE.findall(text)),
    )


def _names(text: str, package: str) -> Iterator[str]:
    for names in _IMPORT.findall(text):
        yield from (one.split()[0] for one in names.split(",") if one.strip())
    for dots, module, names in _FROM.findall(text):
        parts = package.split(".")
        above = parts[: len(parts) + 1 - len(dots)] if dots else []
        base = ".".join([*above, *([module] if module else [])])
        without_remarks = re.sub(r"#.*", "", names)
        for one in without_remarks.strip("()").split(","):
            if one.strip():
                yield f"{base}.{one.split()[0]}"

"""Mutation testing in its short form: a small made-up module, three changes, one survives."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.mutation.__main__ import main
from tests.mutation.imports import Imports
from tests.mutation.mutants import Mutant, chosen, mutants_of

_RULES = """\
SOUNDS = ("moo", "oink", "baa")


def is_farm(sound: str, *, is_loud: bool) -> bool:
    if is_loud:
        return sound in SOUNDS
    return False
"""
_TEST = """\
from farm.rules import is_farm


def test_a_cow_is_of_the_farm() -> None:
    assert is_farm("moo", is_loud=True)
    assert is_farm("baa", is_loud=True)
    assert not is_farm("moo", is_loud=False)
"""
_SCOPE = """\
folders = ["source/farm"]
left_out = []
tests = "tests"
sources = ["source", "."]
"""


def _whats(source: str) -> Mapping[str, str]:
    """Give, for each change by its words, the source after it."""
    return {m.what: m.edit.apply(source) for m in mutants_of("farm/rules.py", source)}


@pytest.fixture
def farm(tmp_path: Path) -> Path:
    files = {
        "source/farm/rules.py": _RULES,
        "tests/test_farm.py": _TEST,
        "scope.toml": _SCOPE,
        "source/farm/other.py": "",
        # what is imported before, and has a plugin of the test runner; a warning is a failure
        "tests/conftest.py": "import anyio\n\nfrom farm import rules\n",
        "pytest.ini": "[pytest]\nfilterwarnings = error\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_what_no_test_notices_is_told_and_a_run_is_taken_up_again(
    farm: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--root", str(farm), "--scope", "scope.toml", "--workers", "1", "--limit", "20"]
    tried = [*options, "--kind", "table", "--count", "3"]
    assert main(tried) == 0
    said = capsys.readouterr()
    assert "source/farm/rules.py:1 without 'oink' [table, 1 files]" in said.out
    assert "| table alternatives | 3 | 2 | 1 | 0 | 0 | 67% |" in said.out
    assert "noticed: source/farm/rules.py:1 without 'moo'" in said.err
    assert (farm / "source/farm/rules.py").read_text() == _RULES
    assert (farm / "build/mutation/table.md").read_text(encoding="utf-8") == said.out

    assert main(tried) == 0, "what was tried is known"
    assert capsys.readouterr() == (said.out, "")

    assert main([*options, "--minutes", "0"]) == 0
    assert "are left; the same command takes it up again." in capsys.readouterr().out

    assert main([*options, "--module", "nowhere"]) == 2


def test_all_kinds_are_drawn_and_the_same_each_time() -> None:
    mutants = list(mutants_of("source/farm/rules.py", _RULES))
    assert {one.kind for one in chosen(mutants, 3, seed=1)} == {"table", "condition", "return"}
    assert chosen(mutants, 3, seed=1) == chosen(list(reversed(mutants)), 3, seed=1)


@pytest.mark.parametrize(
    ("source", "what", "after"),
    [
        ('A = ("x", "y")', "without 'x'", "A = (('y',))"),
        ('A = {"x": 1, "y": 2}', "without 'y'", "A = ({'x': 1})"),
        ("A = {'k': ('x', 'y'), 'l': ('z',)}", "without 'x'", "A = {'k': (('y',)), 'l': ('z',)}"),
        ('ok = word in ("x", "y")', "without 'x'", "ok = word in (('y',))"),
        ('A = "x y".split()', "without 'x'", "A = ('y').split()"),
        ("import re\nA = re.compile('a(?:b|c[|])|d')", "without 'b'",
         "import re\nA = re.compile(('a(?:c[|])|d'))"),
        ("import re\nA = 'q'\nB = re.compile(rf'(?:{A}|c)')", "without '{A}'",
         "import re\nA = 'q'\nB = re.compile(('(?:c)'))"),
        ('ö = "é"; a = not b', "not b → b", 'ö = "é"; a = (b)'),
        ("a = b and (c or d)", "c or d → c and d", "a = b and ((c and d))"),
        ("a = b and c", "b and c → b or c", "a = (b or c)"),
        ("a = 1 < b <= c", "1 < b <= c → 1 < b > c", "a = (1 < b > c)"),
        ("if a:\n    b()", "if a → False", "if (False):\n    b()"),
        ("def f() -> bool:\n    return g()", "return g() → not g()",
         "def f() -> bool:\n    return (not g())"),
        ("def f() -> str:\n    return g()", "return g() → ''", "def f() -> str:\n    return ('')"),
        ("def f() -> int | None:\n    return g()", "return g() → None",
         "def f() -> int | None:\n    return (None)"),
    ],
)  # fmt: skip
def test_a_change_is_made_in_its_place(source: str, what: str, after: str) -> None:
    assert _whats(source)[what] == after


@pytest.mark.parametrize(
    "source",
    [
        "ROWS = ((1, 'x'), (2, 'y'))\n",  # of rows, each cell: only whole rows go
        "def f() -> tuple[int, int]:\n    a, b = 1, 2\n    call((1, 2))\n",
        "def f(x: 'int | None') -> None:\n    return None\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import x\n",
        '"""Words: a|b."""\nimport re\n',
        "__all__ = ['x', 'y']\n",
        "while True:\n    pass\n",
    ],
)
def test_what_is_no_rule_is_left(source: str) -> None:
    assert [
        what for what in _whats(source) if "(1, 'x')" not in what and "(2, 'y')" not in what
    ] == []


def test_tests_are_found_by_what_they_import_and_name(tmp_path: Path) -> None:
    files = {
        "src/made/__init__.py": "from made.low import low as low\n",
        "src/made/low.py": "",
        "src/made/high.py": "from . import low\n",
        "src/made/alone.py": "",
        "tests/conftest.py": "import made.high\n\n@pytest.fixture\ndef high():\n    ...\n",
        "tests/test_far.py": "def test(high): ...\n",
        "tests/test_near.py": "from made import (\n    low,  # the rules\n)\n",
        "tests/test_named.py": "run('made.alone')\n",
        "tests/test_none.py": "import json\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    imports = Imports(tmp_path, ["src", "."], "tests")
    assert imports.tests_of("src/made/low.py") == ["tests/test_near.py", "tests/test_far.py"]
    assert imports.tests_of("src/made/alone.py") == ["tests/test_named.py"]


def test_changes_keep_their_names_where_lines_move() -> None:
    def keys(source: str) -> set[str]:
        found: list[Mutant] = list(mutants_of("farm/rules.py", source))
        return {one.key for one in found}

    assert keys(_RULES) == keys("# a remark\n\n" + _RULES)
    assert len(keys(_RULES)) == len(list(mutants_of("farm/rules.py", _RULES)))

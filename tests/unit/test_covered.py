"""The summary of branches that tests take."""

from tests.covered import summary


def _file(statements: int, lines: int, branches: int, taken: int) -> dict[str, dict[str, int]]:
    return {
        "summary": {
            "num_statements": statements,
            "covered_lines": lines,
            "num_branches": branches,
            "covered_branches": taken,
        }
    }


def test_folders_are_summed_and_what_is_least_covered_comes_first() -> None:
    files = {
        "bot/a/x.py": _file(10, 10, 4, 4),
        "bot/a/y.py": _file(10, 9, 4, 3),
        "bot/b/x.py": _file(20, 5, 10, 2),
        "bot/c/x.py": _file(8, 0, 6, 0),
        "bot/d/__init__.py": _file(1, 1, 0, 0),
    }
    assert summary({"files": files}).splitlines() == [
        "statements  branches",
        "     25.0%     20.0%  bot/b",
        "     95.0%     87.5%  bot/a",
        "    100.0%    100.0%  bot/d",
        "     51.0%     37.5%  in all, with what was not run",
    ]

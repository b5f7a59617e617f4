"""No class or module of the programs bears a word that docs/GLOSSARY.md retires."""

import ast
import re
from collections.abc import Iterable, Iterator

import pytest
from tests.product_code import ROOT, product_modules


def retired_words() -> frozenset[str]:
    """The first column of the glossary's table of retired words."""
    text = (ROOT / "docs" / "GLOSSARY.md").read_text(encoding="utf-8")
    table = text.partition("\n## Retired words\n")[2]
    rows = re.findall(r"^\| ([a-z, ]+) \| [a-z, ]+ \|$", table, flags=re.MULTILINE)
    return frozenset(word for row in rows[1:] for word in row.split(", "))


def words_of(name: str) -> Iterator[str]:
    """`CarefulModel` and `careful_model` both give careful, model."""
    yield from re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name.rpartition(".")[2])


def offenders(names: Iterable[str]) -> list[str]:
    retired = retired_words()
    return [one for one in names if any(word.lower() in retired for word in words_of(one))]


def test_no_module_and_no_class_bears_a_retired_word() -> None:
    names = [
        name
        for module in product_modules()
        for name in (
            module.name,
            *(n.name for n in ast.walk(module.tree) if isinstance(n, ast.ClassDef)),
        )
    ]
    assert len(names) > 1000
    assert offenders(names) == []


@pytest.mark.parametrize("name", ["aspire_bot.llm.careful", "ModelSpokesman", "_Desk", "SyncWish"])
def test_a_retired_word_is_found(name: str) -> None:
    assert offenders([name]) == [name]


def test_a_word_that_only_holds_a_retired_one_is_not_meant() -> None:
    assert offenders(["DesktopPage", "ChangeWishlist", "FollowerOf"]) == []

"""Links lead somewhere, paths exist, commands can be typed as they stand."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

import aspire_bot.cli.app
import aspire_ingest.cli.app

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
MODULES = frozenset(
    f"/{path.relative_to(ROOT).as_posix()}"
    for folder in ("bot", "ingest", "tests", "docs", "release", "deploy")
    for path in [*(ROOT / folder).rglob("*.py"), ROOT / "hatch_build.py"]
)
PROGRAMS: dict[str, Any] = {
    "aspire-bot": typer.main.get_command(aspire_bot.cli.app.app),
    "aspire-ingest": typer.main.get_command(aspire_ingest.cli.app.app),
}
PACKAGES = (
    ROOT,
    ROOT / "bot",
    ROOT / "bot/aspire_bot",
    ROOT / "bot/aspire_bot/answering",
    ROOT / "ingest",
    ROOT / "ingest/aspire_ingest",
    ROOT / "ingest/aspire_ingest/index",
)


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def slug(heading: str) -> str:
    """The anchor of a heading, as GitHub and the site both make it for what stands in our pages."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", plain))


def without_fences(text: str) -> str:
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def fenced(text: str) -> Iterator[tuple[str, str]]:
    """The blocks of code of a page with what language they say."""
    for found in re.finditer(r"^```(\w*)\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL):
        yield found[1], found[2]


def anchors(page: Path) -> set[str]:
    text = without_fences(page.read_text(encoding="utf-8"))
    return {slug(found[1]) for found in re.finditer(r"^#+ +(.+)$", text, flags=re.MULTILINE)}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_a_page_and_to_a_heading_in_it(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", without_fences(page.read_text(encoding="utf-8"))):
        if "://" in target or target.startswith("mailto:"):
            continue
        path, _, anchor = target.partition("#")
        to = (page.parent / path).resolve() if path else page
        assert to.exists(), target
        if anchor:
            assert anchor in anchors(to), target


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_paths_that_are_named_exist(page: Path) -> None:
    named = re.findall(
        r"`((?:bot|ingest|docs|tests|aspire_bot|aspire_ingest|answering|slack|load|search|index)/[\w/.-]+)`",
        page.read_text(encoding="utf-8"),
    )
    for path in named:
        assert any((folder / path).exists() for folder in PACKAGES), path


def commands(page: Path) -> Iterator[list[str]]:
    for language, block in fenced(page.read_text(encoding="utf-8")):
        if language not in {"", "sh", "bash", "console"}:
            continue
        for line in block.splitlines():
            typed = re.sub(r"^\$ ", "", line.strip())
            typed = re.sub(r"^(?:\.venv/bin/|ssh \S+ )", "", typed)
            if not typed.startswith(("aspire-bot ", "aspire-ingest ")):
                continue
            typed = re.sub(r"\$\([^)]*\)", "X", typed.split(" | ")[0].split(" > ")[0])
            words = shlex.split(typed, comments=True)
            yield [word for word in words if not word.startswith("…")]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_can_be_typed_as_they_stand(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for program, *typed in commands(page):
        command, words = PROGRAMS[program], [*typed]
        context = command.make_context(program, [*words], resilient_parsing=True)
        while hasattr(command, "resolve_command"):
            assert words, (program, "names no command")
            name, command, words = command.resolve_command(context, words)
            context = command.context_class(command, info_name=name, parent=context)
        try:
            command.make_context(context.info_name, [*words], parent=context.parent)
        except Exception as error:
            # a file that only the reader has is no fault of the page
            if "does not exist" not in str(error):
                raise AssertionError((program, context.info_name, *words)) from error


def test_every_page_is_in_the_navigation_of_the_site() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[2]
    assert sorted(re.findall(r": (\S+\.md)$", text, flags=re.MULTILINE)) == sorted(
        str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md")
    )


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_modules_that_are_named_exist(page: Path) -> None:
    named = set(re.findall(r"(?<![\w/*])[\w/]+\.py\b", page.read_text(encoding="utf-8")))
    missing = [one for one in named if not any(path.endswith(f"/{one}") for path in MODULES)]
    assert missing == []

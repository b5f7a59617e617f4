"""Commands of our programs that files for operators name: each has to be one, with its options."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer.main
from tests.deploy.tools import DEPLOY, ROOT

import aspire_bot.cli.app
import aspire_ingest.cli.app

# The classes of commands are those of the click that Typer carries.
PROGRAMS: dict[str, Any] = {
    "aspire-bot": typer.main.get_command(aspire_bot.cli.app.app),
    "aspire-ingest": typer.main.get_command(aspire_ingest.cli.app.app),
}
FILES = sorted(
    [*(path for path in DEPLOY.rglob("*") if path.is_file()), ROOT / "docs" / "deploy.md"]
)
_TO_COME = "console"
"""Named in comments and in prose, for when it is there."""


_CALL = re.compile(
    r"(?:^ *|command: |ExecStart=|exec |watch |bot |`|-- )(?:/opt/aspire-bot/bin/)?"
    r"(aspire-(?:bot|ingest) [a-z-][^\n`|;&#>)]*)",
    re.MULTILINE,
)


def _calls(text: str) -> list[list[str]]:
    """What is called, as words: in shell, in lists of YAML and JSON, in units."""
    plain = re.sub(r"[ \t]+", " ", re.sub(r"[\[\]\",\\']", " ", text))
    return [shlex.split(one) for one in _CALL.findall(plain)]


def _fault(words: list[str]) -> str | None:
    """Why a call would be refused as wrong usage."""
    program, *rest = words
    group = PROGRAMS[program]
    options = {name for parameter in group.params for name in parameter.opts}
    while rest and rest[0].startswith("--"):
        if (name := rest.pop(0)) not in options:
            return f"{program} has no {name}"
    if not rest or rest[0] == _TO_COME:
        return None
    command = group.commands.get(rest[0])
    if command is None:
        return f"{program} has no command {rest[0]}"
    known = {name for parameter in command.params for name in parameter.opts}
    wrong = [w for w in rest[1:] if w.startswith("--") and w.partition("=")[0] not in known]
    return f"{program} {rest[0]} has no {wrong}" if wrong else None


def test_files_call_what_is_there() -> None:
    calls = [(path, call) for path in FILES for call in _calls(path.read_text(encoding="utf-8"))]
    assert {("aspire-bot", "serve"), ("aspire-ingest", "watch"), ("aspire-ingest", "backup")} <= {
        (call[0], call[1]) for _, call in calls
    }
    faults = [(path.name, fault) for path, call in calls if (fault := _fault(call))]
    assert not faults


@pytest.mark.parametrize(
    "text",
    [
        'command: ["aspire-bot", "serves"]',
        "ExecStart=/opt/aspire-bot/bin/aspire-ingest watch --each 6h",
        "aspire-bot --verbose serve",
    ],
)
def test_what_is_not_there_is_seen(text: str) -> None:
    (call,) = _calls(text)
    assert _fault(call)


def test_paths_of_units_and_of_the_image_are_one() -> None:
    """Whoever reads one of them finds the same places in the other."""
    unit = (DEPLOY / "systemd" / "aspire-bot.service").read_text(encoding="utf-8")
    image = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    for place in ("/opt/aspire-bot", "ASPIRE_HOME=/var/lib/aspire-bot/home"):
        assert place in unit
        assert place in image
    assert not [path for path in FILES if str(Path.home()) in path.read_text(encoding="utf-8")]

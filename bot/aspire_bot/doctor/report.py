"""Settings and checks as tables for people, as JSON for programs."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import cast

from pydantic import SecretStr
from rich.markup import escape
from rich.table import Table

from aspire_bot.doctor.check import Check, is_well, left_to_do
from aspire_bot.settings import Settings
from aspire_ingest.index.program import one_line, result_console
from aspire_ingest.index.settings import variable_of


def settings_in_force(settings: Settings) -> dict[str, str | None]:
    """Give every setting by the name of its variable; of secrets only whether they are set."""
    values = {variable_of(name): getattr(settings, name) for name in type(settings).model_fields}
    return {name: _shown(value) for name, value in values.items()}


def _shown(value: object) -> str | None:
    if isinstance(value, SecretStr):
        return "(set)"
    if isinstance(value, tuple):
        return ", ".join(map(str, cast("tuple[object, ...]", value))) or None
    return None if value is None else str(value)


def print_report(settings: Settings, checks: Sequence[Check], *, as_json: bool) -> None:
    """Print the settings and the checks, as tables or as one JSON object."""
    console = result_console(soft_wrap=as_json)
    if as_json:
        report = {
            "ok": is_well(checks),
            "left_to_do": left_to_do(checks),
            "settings": settings_in_force(settings),
            "checks": [asdict(check) for check in checks],
        }
        console.print_json(json.dumps(report, ensure_ascii=False))
        return
    known = Table(box=None, header_style="bold")
    for name in ("setting", "value"):
        known.add_column(name, overflow="fold")
    for name, value in settings_in_force(settings).items():
        known.add_row(name, value or "–")
    console.print(known, "\n")
    console.print(_table(checks))
    console.print(f"\n{left_to_do(checks)}", markup=False)


def print_checks(checks: Sequence[Check], *, as_json: bool) -> None:
    """Print checks alone, one line each, or as one JSON object."""
    console = result_console(soft_wrap=True)
    if as_json:
        report = {"ok": is_well(checks), "checks": [asdict(check) for check in checks]}
        console.print_json(json.dumps(report, ensure_ascii=False))
        return
    for check in checks:
        line = f"{check.state:<8}{check.name} · {check.found}"
        console.print(f"{line} → {check.to_do}" if check.to_do else line, markup=False)


def _table(checks: Sequence[Check]) -> Table:
    colours = {"ok": "green", "warning": "yellow", "failed": "red", "unset": "dim"}
    table = Table(box=None, header_style="bold")
    for name in ("check", "state", "found", "what to do"):
        table.add_column(name, overflow="fold")
    for check in checks:
        state = f"[{colours[check.state]}]{check.state}[/]"
        found, to_do = (escape(one_line(text)) for text in (check.found, check.to_do))
        table.add_row(escape(check.name), state, found, to_do)
    return table

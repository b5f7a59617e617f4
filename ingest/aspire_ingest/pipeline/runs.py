"""What runs left behind: one JSON file each under ASPIRE_HOME/runs, the newest thousand kept."""

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from aspire_ingest.index.generations.home import Home

if TYPE_CHECKING:
    from aspire_ingest.pipeline.run_summary import Report

_log = logging.getLogger(__name__)
_KEPT = 1_000
Record = dict[str, object]


def record(
    home: Home,
    command: str,
    report: "Report",
    *,
    more: Mapping[str, object] | None = None,
) -> str | None:
    """Keep what a run did; its name. A dry run leaves nothing.

    That the record cannot be written does not undo the run: it is a warning.
    """
    if report.is_dry_run:
        return None
    names = report.reviewed.named
    told: Record = {
        **report.as_json(),
        **(more or {}),
        "outcome": "done" if report.is_complete else "in part",
        "documents": {
            name: {"title": one.title, "place": one.place} for name, one in names.items()
        },
    }
    return _keep(home, command, told, report.seconds)


def record_failure(home: Home, command: str, error: str, seconds: float) -> str | None:
    """Keep that a run failed as a whole, and why; its name."""
    return _keep(home, command, {"outcome": "failed", "error": error}, seconds)


def list_runs(home: Home, *, most: int = _KEPT) -> list[Record]:
    """The records of the latest runs, the newest first; files that cannot be read are left out."""
    found: list[Record] = []
    for path in sorted(_folder(home).glob("*.json"), reverse=True)[:most]:
        try:
            found.append(_read(path))
        except (OSError, ValueError):
            _log.warning("%s cannot be read", path)
    return found


def read_run(home: Home, name: str) -> Record | None:
    """One record by its name, or by the beginning of it where only one has it; None otherwise."""
    paths = sorted(_folder(home).glob("*.json"), reverse=True)
    exact = [path for path in paths if path.stem == name]
    near = exact or [path for path in paths if name and path.stem.startswith(name)]
    return _read(near[0]) if len(near) == 1 else None


def _read(path: Path) -> Record:
    value: object = json.loads(path.read_bytes())
    if not isinstance(value, dict):
        raise ValueError(f"{path} holds no record")  # noqa: TRY004 - what is in a file is a value
    return cast("Record", value)


def _folder(home: Home) -> Path:
    return home.root / "runs"


def _keep(home: Home, command: str, told: Mapping[str, object], seconds: float) -> str | None:
    folder = _folder(home)
    ended = datetime.now(UTC)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        name = _free_name(
            folder, f"{ended:%Y%m%dT%H%M%S}.{ended.microsecond // 1000:03}Z-{command}"
        )
        whole = {
            "run": name,
            "command": command,
            "ended": ended.astimezone().isoformat(timespec="seconds"),
            "seconds": round(seconds, 3),
            **told,
        }
        temporary = folder / f".{name}.new"
        temporary.write_text(json.dumps(whole, ensure_ascii=False, indent=1), encoding="utf-8")
        temporary.replace(folder / f"{name}.json")
        for old in sorted(folder.glob("*.json"))[:-_KEPT]:
            old.unlink(missing_ok=True)
    except OSError as error:
        _log.warning("the record of this run could not be kept: %s", error)
        return None
    return name


def _free_name(folder: Path, wanted: str) -> str:
    name, number = wanted, 1
    while (folder / f"{name}.json").exists():
        number += 1
        name = f"{wanted}-{number}"
    return name

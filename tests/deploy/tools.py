"""Programs and schemas that the environment carries, and what the files under test are."""

import itertools
import json
import os
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from jsonschema.validators import validator_for

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"


def run_tool(name: str, *arguments: str | Path, folder: Path = ROOT) -> str:
    """Run a program of this environment; give what it said, fail where it finds a fault."""
    program = Path(sys.executable).parent / name
    done = subprocess.run(  # noqa: S603 - pinned programs
        (program, *map(str, arguments)),
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{name}:\n{done.stdout}{done.stderr}"
    return done.stdout


def uncommented(text: str, first: str) -> str:
    """Give a file with one of its commented parts in force: from the line `first` to the last one
    that begins with the same blanks and `#`.
    """
    before, found, after = text.partition(f"# {first}\n")
    assert found, first
    indent = before.rpartition("\n")[2]
    lines = after.splitlines(keepends=True)
    mark = f"{indent}# "
    part = [*itertools.takewhile(lambda line: line.startswith(mark), lines)]
    bare = "".join(indent + line.removeprefix(mark) for line in part)
    return f"{before}{first}\n{bare}{''.join(lines[len(part) :])}"


def fits_schema(name: str, *files: Path) -> None:
    """Check YAML files by one of the schemas that `check-jsonschema` carries.

    Its own program does the same in seconds a file.
    """
    carried = resources.files("check_jsonschema") / "builtin_schemas" / "vendor" / f"{name}.json"
    schema = json.loads(carried.read_text(encoding="utf-8"))
    validator = validator_for(schema)(schema)
    for file in files:
        content: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
        faults = [f"{one.json_path}: {one.message[:300]}" for one in validator.iter_errors(content)]
        assert not faults, f"{file.name}: {faults}"


def known_settings() -> set[str]:
    """The environment variables that the two programs read."""
    from aspire_bot.settings import Settings  # noqa: PLC0415 - slow to import, few need it
    from aspire_ingest.index.settings import variable_of  # noqa: PLC0415
    from aspire_ingest.settings import IngestSettings  # noqa: PLC0415

    return {
        variable_of(name)
        for settings in (Settings, IngestSettings)
        for name in settings.model_fields
    }

"""`aspire-ingest backup` and `restore`."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from aspire_ingest.index.backup import backup as make_backup
from aspire_ingest.index.generations import Home
from aspire_ingest.index.program import AsJson, Debug
from aspire_ingest.index.restore import restore as bring_back
from aspire_ingest.settings import read_settings

File = Annotated[Path, typer.Argument(help="The backup: one file, a gzipped tar.")]
Replace = Annotated[bool, typer.Option("--yes", help="Replace the file if it exists.")]
Overwrite = Annotated[
    bool, typer.Option("--yes", help="Put it in the place of what is there, which is set aside.")
]


def backup(
    file: File, *, yes: Replace = False, as_json: AsJson = False, debug: Debug = False
) -> None:
    """Write index, state and settings files of ASPIRE_HOME to one file, while all goes on."""
    settings = read_settings()
    home = Home(settings.home)
    report = make_backup(home, file.absolute(), replace=yes, left_out=[settings.cache])
    index = f"index {report.index_version}" if report.index_version else "no index"
    _tell(
        report.as_json(),
        f"{report.files} files, {index}, {report.bytes:,} bytes in {report.path}",
        as_json=as_json,
    )


def restore(
    file: File, *, yes: Overwrite = False, as_json: AsJson = False, debug: Debug = False
) -> None:
    """Bring back what `backup` wrote; a running bot goes over to it."""
    report = bring_back(Home(read_settings().home), file.absolute(), overwrite=yes)
    aside = f"; what was there is in {report.set_aside}" if report.set_aside else ""
    _tell(
        report.as_json(),
        f"{report.files} files of {report.made}, index {report.index_version}{aside}",
        as_json=as_json,
    )


def _tell(told: dict[str, object], line: str, *, as_json: bool) -> None:
    sys.stdout.write((json.dumps(told, ensure_ascii=False) if as_json else line) + "\n")

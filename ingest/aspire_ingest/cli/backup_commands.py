"""`aspire-ingest backup` and `restore`."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from aspire_ingest.index.errors import IndexAccessError
from aspire_ingest.index.generations.backup import backup as make_backup
from aspire_ingest.index.generations.backup import backup_into
from aspire_ingest.index.generations.home import Home
from aspire_ingest.index.generations.restore import check_backup
from aspire_ingest.index.generations.restore import restore as bring_back
from aspire_ingest.index.program import AsJson, Debug, counted
from aspire_ingest.settings import read_settings

Target = Annotated[
    Path,
    typer.Argument(help="The backup: one file, a gzipped tar; or, with --keep, its folder."),
]
Source = Annotated[Path, typer.Argument(help="The backup: one file, a gzipped tar.")]
Keep = Annotated[
    int | None,
    typer.Option(
        min=1, help="Write into a folder, with the moment in the name; leave so many there."
    ),
]
CheckAfter = Annotated[
    bool, typer.Option("--check", help="Read it again, as a restore would, once it is written.")
]
CheckOnly = Annotated[
    bool, typer.Option("--check", help="Say whether it could be restored; change nothing.")
]
Replace = Annotated[bool, typer.Option("--yes", help="Replace the file if it exists.")]
Overwrite = Annotated[
    bool, typer.Option("--yes", help="Put it in the place of what is there, which is set aside.")
]


def backup(
    file: Target,
    *,
    keep: Keep = None,
    check: CheckAfter = False,
    yes: Replace = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Write index, state and settings files of ASPIRE_HOME to one file; the bot keeps running."""
    settings = read_settings()
    home, target = Home(settings.home), file.absolute()
    if target.is_dir() and keep is None:
        raise typer.BadParameter(f"{file} is a folder: say with --keep how many to leave in it")
    if keep is None and not target.parent.is_dir():
        raise IndexAccessError(f"{target} cannot be written: there is no folder {target.parent}")
    if keep is None:
        report = make_backup(home, target, replace=yes, left_out=[settings.cache])
    elif target.is_dir():
        report = backup_into(home, target, keep=keep, left_out=[settings.cache])
    else:
        raise typer.BadParameter(f"{file} is no folder: --keep leaves so many in one")
    if check:
        check_backup(home, report.path)
    index = f"index {report.index_version}" if report.index_version else "no index"
    checked = ", read again" if check else ""
    _tell(
        {**report.as_json(), "checked": check},
        f"{counted(report.files, 'file')}, {index}, {report.bytes:,} bytes in {report.path}"
        f"{checked}",
        as_json=as_json,
    )


def restore(
    file: Source,
    *,
    yes: Overwrite = False,
    check: CheckOnly = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Bring back what `backup` wrote; a running bot goes over to it."""
    home = Home(read_settings().home)
    if check:
        found = check_backup(home, file.absolute())
        files = counted(found.files, "file")
        line = f"{files} of {found.made}, index {found.index_version}: can be restored"
        _tell(found.as_json(), line, as_json=as_json)
        return
    report = bring_back(home, file.absolute(), overwrite=yes)
    aside = f"; what was there is in {report.set_aside}" if report.set_aside else ""
    _tell(
        report.as_json(),
        f"{counted(report.files, 'file')} of {report.made}, index {report.index_version}{aside}",
        as_json=as_json,
    )


def _tell(told: dict[str, object], line: str, *, as_json: bool) -> None:
    sys.stdout.write((json.dumps(told, ensure_ascii=False) if as_json else line) + "\n")

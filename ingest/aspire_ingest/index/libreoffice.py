"""LibreOffice, where it is installed: makes office files into other formats.

Both programs ask it: `aspire-ingest` reads old Office files with it, the staff's page draws office
files as they look.
"""

import os
import shutil
import signal
import subprocess
from pathlib import Path

TIMEOUT_S = 90.0
_PROGRAMS = ("soffice", "libreoffice")
# What files bring along is not run, and what they point to is not fetched.
_SAFE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def find_converter() -> str | None:
    """Where LibreOffice is on this machine; None where it is not installed."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


def convert(program: str, source: Path, target: str, folder: Path) -> Path:
    """Make a file into another format, such as `pdf`; the result lies in `folder`.

    Args:
        program: as `find_converter` gave it.
        source: its suffix says what it is.
        target: the suffix of the result.
        folder: for the result and what the program needs meanwhile; ours alone.

    Raises:
        subprocess.TimeoutExpired: it took too long, and was ended with all that it started.
        OSError: it cannot be run, or gave nothing.
    """
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SAFE, encoding="utf-8")
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        target,
        "--outdir",
        str(folder),
        str(source),
    ]
    _run(command)
    result = folder / source.with_suffix(f".{target}").name
    if not result.is_file():
        raise FileNotFoundError(f"LibreOffice made no {target} of {source.name}")
    return result


def _run(command: list[str]) -> None:
    quiet = subprocess.DEVNULL
    with subprocess.Popen(  # noqa: S603 - a program of this machine, our own file name
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    ) as child:
        try:
            child.wait(TIMEOUT_S)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            raise

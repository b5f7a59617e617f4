"""Whether this machine can read pictures of text (optical character recognition, OCR): Tesseract.

Both programs ask: `aspire-ingest` reads pages with it, `aspire-bot doctor` tells whether it is
there.
"""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from typing import Literal

OcrChoice = Literal["none", "auto"]
"""The setting `ASPIRE_OCR`: never, or wherever a page needs it and Tesseract is there."""

LANGUAGES = ("eng", "jpn", "jpn_vert", "osd")
"""What Tesseract must have: the languages of the programme, and how a page is turned."""
PACKAGES = "tesseract-ocr tesseract-ocr-jpn tesseract-ocr-jpn-vert"
"""The packages of Debian and Ubuntu that bring all of it."""
_TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tesseract:
    """What is installed of it; `version` is None where it is not there or does not run."""

    version: str | None = None
    missing: tuple[str, ...] = ()
    """Languages that it lacks."""

    @property
    def is_ready(self) -> bool:
        """Whether it can read pages."""
        return self.version is not None and not self.missing

    @property
    def described(self) -> str:
        """`tesseract 5.3.0`, and what it lacks."""
        if self.version is None:
            return "tesseract is not installed"
        lacks = f", without the languages {', '.join(self.missing)}" if self.missing else ""
        return f"tesseract {self.version}{lacks}"


def advice(choice: OcrChoice, engine: Tesseract) -> str:
    """What to do to have pictures of text read; empty where nothing is left to do."""
    steps = ["set ASPIRE_OCR=auto"] if choice == "none" else []
    if engine.version is None:
        steps.append(f"install tesseract (apt-get install {PACKAGES})")
    elif engine.missing:
        steps.append(f"install its languages {', '.join(engine.missing)} ({PACKAGES})")
    return " and ".join(steps)


def ocr_line(choice: OcrChoice, engine: Tesseract) -> str:
    """How OCR stands in one line: `auto (tesseract 5.3.0)`; with what to do where it reads none."""
    to_do = advice(choice, engine)
    todo = f"; to have pages that are pictures read, {to_do} and add them again" if to_do else ""
    return f"{choice} ({engine.described}){todo}"


@cache
def find_tesseract() -> Tesseract:
    """Look for it on the PATH and ask it for its version and languages; asked once a process."""
    program = shutil.which("tesseract")
    if program is None:
        return Tesseract()
    version = re.search(r"tesseract v?(\d[\w.-]*)", _said(program, "--version"))
    if version is None:
        return Tesseract()
    known = set(_said(program, "--list-langs").split())
    return Tesseract(
        version=version[1], missing=tuple(name for name in LANGUAGES if name not in known)
    )


def _said(program: str, option: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - a program of this machine and a constant
            [program, option],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_TIMEOUT_S,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""

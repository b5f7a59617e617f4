"""The other program as a child: the bot only reads the index, `aspire-ingest` writes it.

It runs as an operator would run it: what the bot has in memory, its tokens above all, it does not
know, and a bot that ends leaves it to finish what it has begun.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

from pydantic import BaseModel, ConfigDict, ValidationError

from aspire_bot.settings import Settings
from aspire_ingest.index.errors import AspireError, IndexUnavailableError
from aspire_ingest.index.generations.lock import BUSY, SYNCING
from aspire_ingest.index.program import DONE, IN_PART, WRONG_USAGE

_TIMEOUT_S = 600.0
_MOST_SAID = 300
_MOST_KEPT = 20_000
_NOT_FOR_THE_CHILD = ("SLACK_", "ASPIRE_DATABASE_URL")
"""What indexing has no need to know."""

OnProgress = Callable[[str, int, int], None]
"""Told of a step, how much of it is done, and how much there is (0: not known)."""


class ProgramError(AspireError):
    """`aspire-ingest` did not do what it was asked for, and gave no report."""

    def __init__(self, reason: str, *, retryable: bool) -> None:
        """Say why, and whether it may go well the next time."""
        super().__init__(reason)
        self.retryable = retryable


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a run ended, and what it said on stdout and on stderr."""

    code: int
    out: str
    said: str

    def failure(self) -> AspireError:
        """Give the error that a run without a report is."""
        reason = self.said.strip().removeprefix("aspire-ingest:").strip()[-_MOST_SAID:]
        if BUSY in self.said or SYNCING in self.said:
            return IndexUnavailableError(reason)
        # A wrong setting stays wrong; all else (memory, disk, a kill) may be otherwise next time.
        is_lasting = self.code in (DONE, WRONG_USAGE)
        return ProgramError(
            reason or f"aspire-ingest ended with {self.code}", retryable=not is_lasting
        )

    @property
    def has_report(self) -> bool:
        """Whether it came to its own end, well or in part."""
        return self.code in (DONE, IN_PART) and bool(self.out.strip())


class _Progress(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    step: str
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestProgram:
    """`aspire-ingest` with this process's environment and `environment` on top of it."""

    environment: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    timeout_s: float = _TIMEOUT_S

    @classmethod
    def from_settings(cls, settings: Settings) -> "IngestProgram":
        """Work on the index that these settings name, embedded as they say."""
        key, database = settings.embedding_api_key, settings.database_url
        # without a Chroma server the index is in files, and the database holds the bot's state
        is_shared = database is not None and settings.chroma_url is not None
        known = {
            "ASPIRE_HOME": str(settings.home),
            "ASPIRE_CACHE": str(settings.cache),
            "ASPIRE_CHROMA_URL": settings.chroma_url or "",
            "ASPIRE_DATABASE_URL": database.get_secret_value() if database and is_shared else "",
            "ASPIRE_EMBEDDING": settings.embedding,
            "ASPIRE_EMBEDDING_BASE_URL": settings.embedding_base_url or "",
            "ASPIRE_EMBEDDING_API_KEY": key.get_secret_value() if key else "",
        }
        return cls(environment=known)

    def run(
        self,
        arguments: Sequence[str],
        *,
        timeout_s: float | None = None,
        on_progress: OnProgress | None = None,
    ) -> Ran:
        """Run it to its end; `on_progress` is told of lines that `--progress` has it write.

        Raises:
            ProgramError: it took too long, and was ended; retryable.
        """
        # -P: what lies in the working directory is not the program. A group of its own: it ends
        # what it began when the bot is interrupted, and can be ended with its own children.
        child = subprocess.Popen(  # noqa: S603  our own program, arguments checked
            [sys.executable, "-P", "-m", "aspire_ingest", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            env=_environment(self.environment),
            start_new_session=True,
        )
        assert child.stdout is not None and child.stderr is not None  # noqa: S101, PT018  pipes
        limit_s = self.timeout_s if timeout_s is None else timeout_s
        is_late = threading.Event()
        clock = threading.Timer(limit_s, _end, (child, is_late))
        clock.start()
        said = _Said(child.stderr, on_progress)
        try:
            out = child.stdout.read()
            said.join()
            code = child.wait()
        except BaseException:
            _end(child, is_late)
            raise
        finally:
            clock.cancel()
            child.stdout.close()
        if is_late.is_set():
            reason = f"aspire-ingest took more than {limit_s:.0f} s"
            raise ProgramError(reason, retryable=True)
        return Ran(code=code, out=out, said=said.text)


class _Said(threading.Thread):
    """Reads what a child says while it works."""

    def __init__(self, stream: IO[str], on_progress: OnProgress | None) -> None:
        super().__init__(name="ingest-said", daemon=True)
        self._stream, self._on_progress = stream, on_progress
        self.text = ""
        self.start()

    def run(self) -> None:
        with self._stream as stream:
            for line in stream:
                if not self._is_progress(line):
                    self.text = (self.text + line)[-_MOST_KEPT:]

    def _is_progress(self, line: str) -> bool:
        if self._on_progress is None or not line.startswith("{"):
            return False
        try:
            told = _Progress.model_validate_json(line)
        except ValidationError:
            return False
        self._on_progress(told.step, told.done, told.total)
        return True


def _environment(more: Mapping[str, str]) -> Mapping[str, str]:
    own = {name: v for name, v in os.environ.items() if not name.startswith(_NOT_FOR_THE_CHILD)}
    return {**own, **more}


def _end(child: "subprocess.Popen[str]", is_late: threading.Event) -> None:
    """End a child that takes too long, and all that it started."""
    if child.poll() is not None:
        return
    is_late.set()
    if sys.platform == "win32":
        child.kill()
    else:
        os.killpg(child.pid, signal.SIGKILL)

"""Approved answers as documents of the index: a file each, and the other program to index it.

The bot itself only reads the index: `aspire-ingest` runs as a child, as an operator would run it.
The files stay under `ASPIRE_HOME/approved`, where they can be read and indexed anew.
"""

import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from aspire_bot.approved_document import document_id_of, document_text
from aspire_bot.settings import Settings
from aspire_bot.state.approvals import ApprovedAnswer
from aspire_ingest.index.errors import AspireError, IndexUnavailableError
from aspire_ingest.index.generations_lock import BUSY
from aspire_ingest.index.program import DONE, IN_PART, WRONG_USAGE

logger = logging.getLogger(__name__)

_FOLDER = "approved"
_TIMEOUT_S = 600.0
_MOST_SAID = 300
_NOT_FOR_THE_CHILD = ("SLACK_", "ASPIRE_DATABASE_URL")
"""What indexing has no need to know."""


class PublishError(AspireError):
    """An approved answer could not be put into the index, or taken out of it."""

    def __init__(self, reason: str, *, retryable: bool) -> None:
        """Say why."""
        super().__init__(reason)
        self.retryable = retryable


class _Failed(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)

    target: str
    error: str


class _Report(BaseModel):
    """What `aspire-ingest --json` says it did, as far as it is read."""

    model_config = ConfigDict(extra="ignore", strict=True)

    added: list[str]
    replaced: list[str]
    removed: list[str]
    unchanged: int
    failed: list[_Failed]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPublisher:
    """Publishes approved answers into the index under `home`, one at a time.

    `environment` is given to the child on top of this process's own.
    """

    home: Path
    environment: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    timeout_s: float = _TIMEOUT_S
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @classmethod
    def from_settings(cls, settings: Settings) -> "IndexPublisher":
        """Publish into the index that these settings name, embedded as they say."""
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
        return cls(home=settings.home, environment=known)

    def publish(self, approved: ApprovedAnswer, *, by: str) -> str:
        """Make an approved answer a document, `by` the name it bears; give the document's id.

        Doing it again changes nothing.

        Raises:
            PublishError: it is not in the index now; to be tried again where `retryable`.
            IndexUnavailableError: somebody else changes the index just now.
        """
        document_id, file = document_id_of(approved), self._file(approved)
        with self._in_turn():
            try:
                _write(file, document_text(approved, by=by))
            except OSError as error:
                reason = f"{file} cannot be written: {error.strerror}"
                raise PublishError(reason, retryable=True) from error
            try:
                _check_indexed(self._run("add", str(file)), document_id)
            except PublishError as error:
                if not error.retryable:  # else it would be indexed with the folder one day
                    file.unlink(missing_ok=True)
                raise
        return document_id

    def withdraw(self, approved: ApprovedAnswer) -> None:
        """Take an approved answer out of the index, and its file away; a gone one is no error.

        Raises:
            PublishError: it is still there; to be tried again where `retryable`.
            IndexUnavailableError: somebody else changes the index just now.
        """
        with self._in_turn():
            self._run("remove", document_id_of(approved))  # what fails is not there
            self._file(approved).unlink(missing_ok=True)

    @contextmanager
    def _in_turn(self) -> Generator[None]:
        """One at a time; who comes second is told so rather than kept waiting."""
        if not self._turn.acquire(blocking=False):
            raise IndexUnavailableError("another approved answer is just being published")
        try:
            yield
        finally:
            self._turn.release()

    def _file(self, approved: ApprovedAnswer) -> Path:
        document_id_of(approved)  # an id that is none of ours is no name of a file either
        return self.home / _FOLDER / f"{approved.approval_id}.md"

    def _run(self, *arguments: str) -> _Report:
        """Run `aspire-ingest`; where it gives no report, fail as `publish` says."""
        code, out, said = self._finished((*arguments, "--json"))
        try:
            if code in (DONE, IN_PART):
                return _Report.model_validate_json(out)
        except ValidationError:
            logger.info("aspire-ingest gives no report")
        reason = said.strip().removeprefix("aspire-ingest:").strip()[-_MOST_SAID:]
        if BUSY in said:
            raise IndexUnavailableError(reason)
        # A wrong setting stays wrong; all else (memory, disk, a kill) may be otherwise next time.
        is_lasting = code in (DONE, WRONG_USAGE)
        raise PublishError(reason or f"aspire-ingest ended with {code}", retryable=not is_lasting)

    def _finished(self, arguments: Sequence[str]) -> tuple[int, str, str]:
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
        try:
            out, said = child.communicate(timeout=self.timeout_s)
        except subprocess.TimeoutExpired as error:
            _end(child)
            reason = f"aspire-ingest took more than {self.timeout_s:.0f} s"
            raise PublishError(reason, retryable=True) from error
        except BaseException:
            _end(child)
            raise
        return child.returncode, out, said


def _check_indexed(report: _Report, document_id: str) -> None:
    if report.failed:
        raise PublishError(report.failed[0].error, retryable=False)
    if document_id not in (*report.added, *report.replaced) and not report.unchanged:
        raise PublishError("aspire-ingest did not index it", retryable=False)


def _write(file: Path, text: str) -> None:
    """Write a file in one step: whoever reads it finds all of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _environment(more: Mapping[str, str]) -> Mapping[str, str]:
    own = {name: v for name, v in os.environ.items() if not name.startswith(_NOT_FOR_THE_CHILD)}
    return {**own, **more}


def _end(child: "subprocess.Popen[str]") -> None:
    """End a child that takes too long, and all that it started."""
    if sys.platform == "win32":
        child.kill()
    else:
        os.killpg(child.pid, signal.SIGKILL)
    child.communicate()

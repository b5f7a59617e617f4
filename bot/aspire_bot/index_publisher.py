"""Approved answers as documents of the index: a file each, and the other program to index it.

The bot itself only reads the index: `aspire-ingest` runs as a child, as an operator would run it.
The files stay under `ASPIRE_HOME/approved`, where they can be read and indexed anew.
"""

import logging
import os
import tempfile
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from aspire_bot.approved_document import document_id_of, document_text
from aspire_bot.ingest_program import IngestProgram, ProgramError
from aspire_bot.settings import Settings
from aspire_bot.state.approvals import ApprovedAnswer
from aspire_ingest.index.errors import AspireError, IndexUnavailableError

logger = logging.getLogger(__name__)

_FOLDER = "approved"
_TIMEOUT_S = 600.0


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
        known = IngestProgram.from_settings(settings).environment
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
        program = IngestProgram(environment=self.environment, timeout_s=self.timeout_s)
        try:
            ran = program.run((*arguments, "--json"))
        except ProgramError as error:
            raise _error(error) from error
        try:
            if ran.has_report:
                return _Report.model_validate_json(ran.out)
        except ValidationError:
            logger.info("aspire-ingest gives no report")
        raise _error(ran.failure())


def _error(failure: AspireError) -> AspireError:
    is_retryable = failure.retryable
    is_ours = isinstance(failure, ProgramError)
    return PublishError(str(failure), retryable=is_retryable) if is_ours else failure


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

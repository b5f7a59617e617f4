"""`watch`: a sync again and again, one at a time, told to staff when it goes wrong."""

import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from filelock import FileLock, Timeout

from aspire_ingest.index.errors import AspireError, ConfigError, IndexUnavailableError
from aspire_ingest.index.generations.home import Home
from aspire_ingest.sync.cron import Schedule
from aspire_ingest.sync.health import Alert, alerts, health
from aspire_ingest.sync.report import SyncReport
from aspire_ingest.sync.sync import SyncParts, SyncRequest, sync
from aspire_ingest.web.pace import Stop, StoppedError
from aspire_ingest.web.sources import SourcesFile
from aspire_ingest.web.visits import VISITS_NAME, now_utc, read_states

_log = logging.getLogger(__name__)
_NEXT_NAME = "next-sync"
_FIRST_BACKOFF = timedelta(minutes=1)
_LONGEST_BACKOFF = timedelta(hours=1)


def read_next(home: Home, now: datetime) -> str | None:
    """When a running watch syncs next, ISO 8601; None where none says so."""
    try:
        told = (home.root / _NEXT_NAME).read_text(encoding="utf-8").strip()
        is_ahead = datetime.fromisoformat(told) > now
    except (OSError, ValueError, TypeError):
        return None
    return told if is_ahead else None  # a watch that was killed left it


def _tell_next(home: Home, due: datetime | None) -> None:
    """Note when the next sync is, for `status`; it is not worth a failure."""
    path = home.root / _NEXT_NAME
    try:
        if due is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(due.astimezone().isoformat(timespec="seconds"), encoding="utf-8")
    except OSError as error:
        _log.warning("%s cannot be written: %s", path, error)


class Hook(Protocol):
    """Is told when something begins to be wrong, and when it is right again."""

    def __call__(self, raised: Sequence[Alert], cleared: Sequence[Alert]) -> None:
        """Tell staff. What it raises is logged and does not end the watch."""
        ...


def log_alerts(raised: Sequence[Alert], cleared: Sequence[Alert]) -> None:
    """Tell the log; for those who have nothing better."""
    for alert in raised:
        _log.warning("alert: %s", alert.text)
    for alert in cleared:
        _log.warning("over: %s", alert.text)


@dataclass(slots=True, kw_only=True)
class Watch:
    """Runs a sync whenever it is due, until it is stopped.

    A run that fails as a whole is tried again after a minute, then two, four and so on up to an
    hour, or at its time, whichever comes first.
    """

    home: Home
    schedule: Schedule
    read_file: Callable[[], SourcesFile]
    """Reads the sources file: before each run, so that changes count."""
    open_parts: Callable[[Stop], AbstractContextManager[SyncParts]]
    hook: Hook = log_alerts
    told: Callable[[SyncReport], None] = lambda _report: None
    stop: Stop = field(default_factory=Stop)
    now: Callable[[], datetime] = now_utc
    _alerts: dict[tuple[str, str | None], Alert] = field(
        default_factory=dict[tuple[str, str | None], Alert]
    )
    _failures: int = 0

    def run(self, *, most_runs: int | None = None) -> None:
        """Watch until stopped, or for so many runs. The first run begins at once.

        Raises:
            IndexUnavailableError: another watch is at work on this index.
            ConfigError: the sources file cannot be used at the start.
        """
        self.read_file()
        self.home.root.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.home.root / "watch.lock", timeout=0):
                self._loop(most_runs)
        except Timeout as error:
            raise IndexUnavailableError(
                f"Another aspire-ingest watch is at work on {self.home.root}."
            ) from error

    def _loop(self, most_runs: int | None) -> None:
        runs = 0
        while not self.stop.event.is_set():
            due = self.schedule.after(self.now().astimezone())
            problem = self._once()
            runs += 1
            if self.stop.event.is_set() or (most_runs is not None and runs >= most_runs):
                return
            if problem:
                due = min(due, self.now() + self._backoff())
            _log.info("next sync at %s", due.astimezone().isoformat(timespec="seconds"))
            _tell_next(self.home, due)
            try:
                self.stop.wait((due - self.now()).total_seconds())
            finally:
                _tell_next(self.home, None)

    def _once(self) -> str:
        """One run; why it failed as a whole, or nothing."""
        problem = ""
        try:
            file = self.read_file()
            with self.open_parts(self.stop) as parts:
                self.told(sync(SyncRequest(file=file), parts))
        except StoppedError:
            _log.info("stopped; the next run goes on from here")
            return ""
        except AspireError as error:
            problem = str(error)
            _log.warning("sync failed: %s", problem)
        self._failures = self._failures + 1 if problem else 0
        self._tell(problem)
        return problem

    def _backoff(self) -> timedelta:
        return min(_LONGEST_BACKOFF, _FIRST_BACKOFF * 2 ** min(self._failures - 1, 10))

    def _tell(self, problem: str) -> None:
        """Tell the hook what is new, once for each thing that is wrong."""
        try:
            file = self.read_file()
            states = read_states(self.home.root / VISITS_NAME)
            found = alerts(file, health(file, states, self.now()))
            most = file.alerts.failures
        except ConfigError as error:
            found, most, problem = [], 1, str(error)
        if problem and self._failures >= most:
            text = f"sync failed {self._failures} times in a row: {problem}"
            found.append(Alert(kind="broken", source=None, text=text))
        present = {(alert.kind, alert.source): alert for alert in found}
        raised = [alert for key, alert in present.items() if key not in self._alerts]
        cleared = [alert for key, alert in self._alerts.items() if key not in present]
        self._alerts = present
        if raised or cleared:
            try:
                self.hook(raised, cleared)
            except Exception:  # noqa: BLE001 - whatever it does, the watch goes on
                _log.exception("the hook for alerts failed")

"""Whether the sources are looked at as they should be: what staff are to be told. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from aspire_ingest.web.sources import SourceEntry, SourcesFile, read_duration
from aspire_ingest.web.visits import SourceState

AlertKind = Literal["failing", "stale", "broken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One thing that staff should look at. `source` is None where it is the run as a whole."""

    kind: AlertKind
    source: str | None
    text: str

    def as_json(self) -> dict[str, object]:
        """In the form of `status --json`."""
        return {"kind": self.kind, "source": self.source, "text": self.text}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """A source of the file and how it does."""

    name: str
    type: str
    state: SourceState
    age: timedelta | None
    """Since the last look that succeeded; None where none did."""
    oldest: timedelta | None
    """As the file allows."""

    def as_json(self) -> dict[str, object]:
        """In the form of `status --json`."""
        return {
            "name": self.name,
            "type": self.type,
            "last_success": self.state.succeeded,
            "last_try": self.state.tried,
            "failures": self.state.failures,
            "problem": self.state.problem or None,
            "is_stale": self.is_stale,
        }

    @property
    def is_stale(self) -> bool:
        """Whether the last good look is older than allowed; one never looked at is new."""
        return self.oldest is not None and self.age is not None and self.age > self.oldest


def health(
    file: SourcesFile, states: Mapping[str, SourceState], now: datetime
) -> list[SourceHealth]:
    """How each source of a file does."""
    return [_of(source, file, states.get(source.name), now) for source in file.sources]


def alerts(file: SourcesFile, sources: list[SourceHealth]) -> list[Alert]:
    """What staff are to be told, in the order of the file."""
    found: list[Alert] = []
    for source in sources:
        failures = source.state.failures
        if failures >= file.alerts.failures:
            text = f"{source.name} failed {failures} times in a row: {source.state.problem}"
            found.append(Alert(kind="failing", source=source.name, text=text))
        if source.is_stale and source.oldest is not None:
            text = (
                f"{source.name} was last looked at with success on {source.state.succeeded}, "
                f"longer ago than {shown(source.oldest)}"
            )
            found.append(Alert(kind="stale", source=source.name, text=text))
    return found


def shown(age: timedelta) -> str:
    """A time in its largest fitting unit, as in `3 days`."""
    seconds = int(age.total_seconds())
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= size:
            count = seconds // size
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{seconds} seconds"


def _of(
    source: SourceEntry, file: SourcesFile, state: SourceState | None, now: datetime
) -> SourceHealth:
    state = state or SourceState(source=source.name)
    oldest = source.max_age or file.alerts.max_age
    # one that never succeeded is as old as the first try
    last = state.succeeded or (state.tried if state.failures else None)
    return SourceHealth(
        name=source.name,
        type=source.type,
        state=state,
        age=now - datetime.fromisoformat(last) if last else None,
        oldest=read_duration(oldest) if oldest else None,
    )

"""The one place that puts telemetry together, for both programs."""

import logging
import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Protocol

from aspire_ingest.index.telemetry.choice import Switch, check, read_choice, shown
from aspire_ingest.index.telemetry.collect import Collect
from aspire_ingest.index.telemetry.tracing import NO_TRACING, Tracing

logger = logging.getLogger(__name__)


class Telemetry(Protocol):
    """What a program has for telemetry."""

    @property
    def tracing(self) -> Tracing:
        """What spans are made with."""
        ...

    def export_metrics(self, collect: Collect) -> None:
        """Export what `collect` gives from now on, time and again; once a process."""
        ...


class _NoTelemetry:
    tracing = NO_TRACING

    def export_metrics(self, collect: Collect) -> None:
        pass


@contextmanager
def open_telemetry(
    service: str, switch: Switch | None, environment: Mapping[str, str] = os.environ
) -> Generator[Telemetry]:
    """Give what `service` exports its spans and metrics with, until the block ends.

    Without telemetry nothing of OpenTelemetry is imported. At the end what waits is sent, for a
    few seconds at most.

    Raises:
        ConfigError: it was switched on by `ASPIRE_OTEL` and cannot be had.
    """
    choice = read_choice(switch, environment)
    check(choice)
    if choice.obstacle:  # variables of a whole cluster must not keep the programs from working
        logger.warning("no telemetry: %s", choice.obstacle)
    if not choice.is_on:
        yield _NoTelemetry()
        return
    # Here, not above: what is off is not imported.
    from aspire_ingest.index.telemetry.export import Exporting  # noqa: PLC0415  as said

    exporting = Exporting(service, choice.endpoints)
    places = ", ".join(f"{signal} to {shown(at)}" for signal, at in choice.endpoints.items())
    logger.info("telemetry: %s", places)
    try:
        yield exporting
    finally:
        exporting.close()

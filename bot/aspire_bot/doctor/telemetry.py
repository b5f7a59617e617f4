"""Telemetry: whether it is on, and whether its collector answers."""

import os
from collections.abc import Iterator, Mapping

from aspire_bot.doctor.check import Check
from aspire_bot.settings import Settings
from aspire_ingest.index.telemetry.choice import SIGNALS, read_choice, shown

_NAME = "telemetry"


def check_telemetry(
    settings: Settings, environment: Mapping[str, str] = os.environ
) -> Iterator[Check]:
    """Say whether spans and metrics are exported; knock where they would go."""
    choice = read_choice(settings.otel, environment)
    if choice.obstacle:
        yield Check(
            name=_NAME,
            state="failed" if choice.is_explicit else "warning",
            found=f"wanted, and off: {choice.obstacle}",
            to_do="do so, or set ASPIRE_OTEL=off",
        )
        return
    if not choice.is_on:
        yield Check(name=_NAME, state="unset", found="off: a setting, not needed")
        return
    # Here, not above: what is off is not imported.
    from aspire_ingest.index.telemetry.trial import why_refused  # noqa: PLC0415  as said

    for signal in SIGNALS:
        if signal not in choice.endpoints:
            continue
        endpoint = choice.endpoints[signal]
        name, place = f"{_NAME} ({signal})", shown(endpoint)
        refused = why_refused(signal, endpoint)
        if refused is None:
            yield Check(name=name, state="ok", found=f"{place} takes it")
            continue
        yield Check(
            name=name,
            state="warning",
            found=f"{place} does not take it: {refused} Answers do without it.",
            to_do="start the collector, or check OTEL_EXPORTER_OTLP_ENDPOINT and "
            "OTEL_EXPORTER_OTLP_HEADERS",
        )

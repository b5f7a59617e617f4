"""Whether a collector takes what is sent to it."""

import logging
from collections.abc import Callable, Mapping

from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics.export import MetricExportResult, MetricsData
from opentelemetry.sdk.trace.export import SpanExportResult

from aspire_ingest.index.telemetry.choice import Signal

_TIMEOUT_S = 3.0
_LOGS = "opentelemetry.exporter.otlp"
_KINDS = {"spans", "metrics"}


def why_refused(signal: Signal, endpoint: str) -> str | None:
    """Send nothing, as an exporter sends something; say why that failed, None where it did not.

    Headers, certificates and a proxy are those that an exporter goes by.
    """
    said = _Said()
    logs = logging.getLogger(_LOGS)
    was_propagated, logs.propagate = logs.propagate, False  # the caller says it, in its own words
    logs.addHandler(said)
    try:
        return None if _TRIES[signal](endpoint) else said.reason or "no answer"
    finally:
        logs.removeHandler(said)
        logs.propagate = was_propagated


def _try_traces(endpoint: str) -> bool:
    exporter = OTLPSpanExporter(endpoint=endpoint, timeout=_TIMEOUT_S)
    try:
        return exporter.export(()) is SpanExportResult.SUCCESS
    finally:
        exporter.shutdown()


def _try_metrics(endpoint: str) -> bool:
    exporter = OTLPMetricExporter(endpoint=endpoint, timeout=_TIMEOUT_S)
    try:
        sent = exporter.export(MetricsData(resource_metrics=[]))  # pyright: ignore[reportUnknownMemberType] - its options are untyped
        return sent is MetricExportResult.SUCCESS
    finally:
        exporter.shutdown()  # pyright: ignore[reportUnknownMemberType] - its options are untyped


_TRIES: Mapping[Signal, Callable[[str], bool]] = {"traces": _try_traces, "metrics": _try_metrics}


class _Said(logging.Handler):
    """Keeps the first thing that an exporter says of a failure: later ones are of giving up."""

    reason = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.reason = self.reason or _reason(record)


def _reason(record: logging.LogRecord) -> str:
    """Give what is the matter: at the bottom of an error, or the server's own word."""
    told = record.args if isinstance(record.args, tuple) else ()
    for one in told:
        if isinstance(one, BaseException):
            return str(_bottom(one))
    numbers = [str(one) for one in told if isinstance(one, int)]
    words = [one for one in told if isinstance(one, str) and one not in _KINDS]
    return " ".join((*numbers, *words)) or record.getMessage()


def _bottom(error: BaseException) -> BaseException:
    while (below := error.__cause__ or error.__context__) is not None:
        error = below
    return error

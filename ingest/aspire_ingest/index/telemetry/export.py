"""Spans and metrics on their way to a collector by OTLP over HTTP.

Everything is sent by threads of its own. Spans wait in a queue that is bounded; where it is full,
spans are left out. No provider is made the process's own: what other libraries trace stays theirs.
"""

import logging
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Protocol, Unpack

from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span as OpenSpan
from opentelemetry.trace import StatusCode

from aspire_ingest.index.build import PACKAGE, read_build
from aspire_ingest.index.telemetry.choice import Signal
from aspire_ingest.index.telemetry.collect import Collect
from aspire_ingest.index.telemetry.metrics import MetricsSender
from aspire_ingest.index.telemetry.tracing import NO_TRACING, Attributes, Span, SpanName, Tracing

logger = logging.getLogger(__name__)


class _Exporter(Protocol):
    def shutdown(self) -> None: ...


_CLOSE_S = 3.0
"""Seconds in which what waits is sent at the end of a program."""


class Exporting:
    """Telemetry of one program. Safe for several threads."""

    def __init__(
        self, service: str, endpoints: Mapping[Signal, str], *, close_s: float = _CLOSE_S
    ) -> None:
        """Begin to send to `endpoints`, full URLs by signal; OTEL_SERVICE_NAME names it anew.

        At the end what waits is sent for `close_s` seconds at most.
        """
        self._close_s = close_s
        self._resource = service_resource(service)
        self._endpoints = endpoints
        self._sender: MetricsSender | None = None
        self._spans: SpanTracing | None = None
        self._exporters: list[_Exporter] = []
        if "traces" in endpoints:
            exporter = OTLPSpanExporter(endpoint=endpoints["traces"])
            self._exporters.append(exporter)
            self._spans = SpanTracing(BatchSpanProcessor(exporter), self._resource)

    @property
    def tracing(self) -> Tracing:
        """See `Telemetry`."""
        return self._spans or NO_TRACING

    def export_metrics(self, collect: "Collect") -> None:
        """See `Telemetry`."""
        if "metrics" not in self._endpoints or self._sender is not None:
            return
        exporter = OTLPMetricExporter(endpoint=self._endpoints["metrics"])
        self._exporters.append(exporter)
        self._sender = MetricsSender(exporter, self._resource, collect)
        self._sender.start()

    def close(self) -> None:
        """Send what waits; what a collector does not take in time is lost."""
        sending = threading.Thread(target=self._send_rest, name="telemetry-end", daemon=True)
        sending.start()
        sending.join(self._close_s)
        if sending.is_alive():
            logger.warning("the collector did not take the last telemetry in %.0f s", self._close_s)
            for exporter in self._exporters:
                exporter.shutdown()  # whoever waits to try again gives up

    def _send_rest(self) -> None:
        for part in (self._sender, self._spans):
            if part is not None:
                part.close()


class SpanTracing:
    """`Tracing` by the SDK."""

    def __init__(self, processor: SpanProcessor, resource: Resource) -> None:
        """Hand spans that ended to `processor`."""
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer(PACKAGE)

    @contextmanager
    def span(self, name: SpanName, /, **attributes: Unpack[Attributes]) -> Generator[Span]:
        """See `Tracing`."""
        with self._tracer.start_as_current_span(
            # an error's words, and a trace's lines, may quote people: only its class is told
            name,
            record_exception=False,
            set_status_on_exception=False,
        ) as started:
            span = _Noted(started)
            span.note(**attributes)
            try:
                yield span
            except BaseException as error:
                span.fail(error)
                raise

    def close(self) -> None:
        """Hand on what waits."""
        self._provider.shutdown()


class _Noted:
    def __init__(self, span: OpenSpan) -> None:
        self._span = span

    def note(self, **attributes: Unpack[Attributes]) -> None:
        for name, value in attributes.items():
            if isinstance(value, str | int | float):
                self._span.set_attribute(f"aspire.{name}", value)

    def fail(self, error: BaseException) -> None:
        self._span.set_attribute("error.type", type(error).__qualname__)
        self._span.set_status(StatusCode.ERROR)


def service_resource(service: str) -> Resource:
    """Say who exports; the standard variables have the last word."""
    named = Resource.create({"service.version": read_build().version})
    own = named.attributes.get("service.name", "")
    if str(own).startswith("unknown_service"):
        return named.merge(Resource({"service.name": service}))
    return named

"""Metrics as they are kept for Prometheus, sent to a collector under the same names.

The registry stays the one place that counts; at each interval what a scrape would see is sent.
"""

import logging
import os
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Protocol

from opentelemetry.sdk.metrics.export import (
    AggregationTemporality,
    Gauge,
    Histogram,
    HistogramDataPoint,
    Metric,
    MetricsData,
    NumberDataPoint,
    ResourceMetrics,
    ScopeMetrics,
    Sum,
)
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.samples import Sample

from aspire_ingest.index.build import PACKAGE
from aspire_ingest.index.telemetry.collect import Collect

logger = logging.getLogger(__name__)

_INTERVAL_MS = 60_000
"""As OpenTelemetry's specification has it."""

Labels = tuple[tuple[str, str], ...]


class MetricExporter(Protocol):
    """What sends metrics; whether a collector took them is its own affair."""

    def export(self, metrics_data: MetricsData) -> object:
        """Send, for as long as it takes."""
        ...

    def shutdown(self) -> None:
        """Let go of connections."""
        ...


class MetricsSender:
    """Sends all metrics time and again by a thread of its own."""

    def __init__(self, exporter: MetricExporter, resource: Resource, collect: "Collect") -> None:
        """Send what `collect` gives as from `resource`; nothing is sent before `start`."""
        self._exporter = exporter
        self._resource = resource
        self._collect = collect
        self.interval_s = _interval_s(os.environ)
        self._started_ns = time.time_ns()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="telemetry-metrics", daemon=True)

    def start(self) -> None:
        """Send from now on."""
        self._thread.start()

    def close(self) -> None:
        """Send once more, and end."""
        self._stop.set()
        self._thread.join()
        self._exporter.shutdown()

    def _run(self) -> None:
        while not self._stop.wait(self.interval_s):
            self._send()
        self._send()

    def _send(self) -> None:
        try:
            data = metrics_data(self._collect(), self._resource, started_ns=self._started_ns)
            self._exporter.export(data)
        except Exception:  # a thread of its own: nobody else would hear of it
            logger.warning("metrics could not be sent", exc_info=True)


def metrics_data(families: Iterable[Family], resource: Resource, *, started_ns: int) -> MetricsData:
    """Give what a scrape sees in OpenTelemetry's form; counts began at `started_ns`, Unix time."""
    metrics = [metric for family in families if (metric := _metric(family, started_ns))]
    scope = ScopeMetrics(scope=InstrumentationScope(PACKAGE), metrics=metrics, schema_url="")
    return MetricsData(
        resource_metrics=[ResourceMetrics(resource=resource, scope_metrics=[scope], schema_url="")]
    )


def _metric(family: Family, started_ns: int) -> Metric | None:
    samples = list(family.samples)
    now_ns = time.time_ns()
    if family.type == "histogram":
        points = list(_histograms(family.name, samples, started_ns, now_ns))
        data = Histogram(points, AggregationTemporality.CUMULATIVE)
    else:
        is_count = family.type == "counter"
        wanted = f"{family.name}_total" if is_count else family.name
        numbers = [
            NumberDataPoint(
                attributes=dict(sample.labels),
                start_time_unix_nano=started_ns if is_count else 0,
                time_unix_nano=now_ns,
                value=sample.value,
            )
            for sample in samples
            if sample.name == wanted
        ]
        points = numbers
        data = (
            Sum(numbers, AggregationTemporality.CUMULATIVE, is_monotonic=True)
            if is_count
            else Gauge(numbers)
        )
    if not points:
        return None
    unit = "s" if family.name.endswith("_seconds") else ""
    return Metric(name=family.name, description=family.documentation, unit=unit, data=data)


def _histograms(
    name: str, samples: Iterable[Sample], started_ns: int, now_ns: int
) -> Iterator[HistogramDataPoint]:
    """Give a point for each set of labels; Prometheus counts each bucket with those below it."""
    buckets: dict[Labels, list[tuple[float, float]]] = defaultdict(list)
    sums: dict[Labels, float] = {}
    for sample in samples:
        labels = tuple((key, value) for key, value in sample.labels.items() if key != "le")
        if sample.name == f"{name}_bucket":
            buckets[labels].append((float(sample.labels["le"]), sample.value))
        elif sample.name == f"{name}_sum":
            sums[labels] = sample.value
    for labels, counted in buckets.items():
        below = [0, *(int(count) for _, count in counted)]
        yield HistogramDataPoint(
            attributes=dict(labels),
            start_time_unix_nano=started_ns,
            time_unix_nano=now_ns,
            count=below[-1],
            sum=sums[labels],
            bucket_counts=[high - low for low, high in pairwise(below)],
            explicit_bounds=[bound for bound, _ in counted[:-1]],
            min=None,  # pyright: ignore[reportArgumentType]  optional on the wire, and not known
            max=None,  # pyright: ignore[reportArgumentType]  as above
        )


def _interval_s(environment: Mapping[str, str]) -> float:
    """Read OTEL_METRIC_EXPORT_INTERVAL, in milliseconds; what is no such number is told."""
    given = environment.get("OTEL_METRIC_EXPORT_INTERVAL", "").strip()
    if given and not (given.isascii() and given.isdecimal() and int(given)):
        logger.warning("OTEL_METRIC_EXPORT_INTERVAL is no number of milliseconds: %d", _INTERVAL_MS)
        given = ""
    return int(given or _INTERVAL_MS) / 1000

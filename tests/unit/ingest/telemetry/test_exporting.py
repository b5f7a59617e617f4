"""Spans by the SDK, metrics out of a Prometheus registry, and a collector that is away."""

import threading
import time

import pytest
from opentelemetry.sdk.metrics.export import Gauge as GaugeData
from opentelemetry.sdk.metrics.export import Histogram as HistogramData
from opentelemetry.sdk.metrics.export import Metric, MetricsData, Sum
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from tests.otlp_receiver import receiving

from aspire_ingest.index.telemetry.export import Exporting, SpanTracing, service_resource
from aspire_ingest.index.telemetry.metrics import MetricsSender, metrics_data

RESOURCE = Resource({"service.name": "test"})


def test_spans_nest_and_say_what_is_noted() -> None:
    memory = InMemorySpanExporter()
    tracing = SpanTracing(SimpleSpanProcessor(memory), RESOURCE)
    with tracing.span("answer", generation=3) as span, tracing.span("answer.read"):
        span.note(outcome="answered", language="ja")
    read, answer = memory.get_finished_spans()
    assert (read.name, answer.name) == ("answer.read", "answer")
    assert read.parent is not None
    assert answer.context is not None
    assert read.parent.span_id == answer.context.span_id
    assert answer.parent is None
    assert dict(answer.attributes or {}) == {
        "aspire.generation": 3,
        "aspire.outcome": "answered",
        "aspire.language": "ja",
    }


def test_an_error_is_told_by_its_class_and_not_by_its_words() -> None:
    memory = InMemorySpanExporter()
    tracing = SpanTracing(SimpleSpanProcessor(memory), RESOURCE)
    with pytest.raises(ValueError, match="Tanaka"), tracing.span("answer"):
        raise ValueError("Tanaka asked for the budget") from OSError("/home/tanaka")
    (span,) = memory.get_finished_spans()
    assert span.status.status_code is StatusCode.ERROR
    assert dict(span.attributes or {}) == {"error.type": "ValueError"}
    assert not span.events
    assert "anaka" not in span.to_json()


def test_no_provider_of_the_process_is_set() -> None:
    from opentelemetry import trace  # noqa: PLC0415 - only this test wants the API

    before = trace.get_tracer_provider()
    SpanTracing(SimpleSpanProcessor(InMemorySpanExporter()), RESOURCE)
    assert trace.get_tracer_provider() is before


def _registry() -> CollectorRegistry:
    registry = CollectorRegistry()
    counter = Counter("aspire_answers", "Answers.", ["outcome"], registry=registry)
    counter.labels("answered").inc(3)
    counter.labels("abstained").inc()
    Gauge("aspire_queue_waiting", "Waiting.", registry=registry).set(7)
    steps = Histogram(
        "aspire_step_seconds", "Steps.", ["step"], buckets=(0.1, 1), registry=registry
    )
    for took in (0.05, 0.06, 0.5, 4):
        steps.labels("read").observe(took)
    Counter("aspire_unused", "Never counted.", ["kind"], registry=registry)
    return registry


def _metrics(data: MetricsData) -> dict[str, Metric]:
    (resource,) = data.resource_metrics
    (scope,) = resource.scope_metrics
    return {metric.name: metric for metric in scope.metrics}


def test_metrics_are_those_of_the_registry() -> None:
    found = _metrics(metrics_data(_registry().collect(), RESOURCE, started_ns=5))
    assert set(found) == {"aspire_answers", "aspire_queue_waiting", "aspire_step_seconds"}
    answers, waiting, steps = (found[name].data for name in sorted(found))
    assert isinstance(answers, Sum)
    assert answers.is_monotonic
    assert {str((p.attributes or {})["outcome"]): p.value for p in answers.data_points} == {
        "answered": 3,
        "abstained": 1,
    }
    assert {p.start_time_unix_nano for p in answers.data_points} == {5}
    assert isinstance(waiting, GaugeData)
    assert [p.value for p in waiting.data_points] == [7]
    assert isinstance(steps, HistogramData)
    (point,) = steps.data_points
    assert (dict(point.attributes or {}), point.count) == ({"step": "read"}, 4)
    assert (point.explicit_bounds, point.bucket_counts) == ([0.1, 1.0], [2, 1, 1])
    assert point.sum == pytest.approx(4.61)
    assert (found["aspire_step_seconds"].unit, found["aspire_answers"].unit) == ("s", "")


class _Failing:
    """An exporter that fails once, as one whose collector sends nonsense."""

    def __init__(self) -> None:
        self.calls = 0
        self.is_shut = False

    def export(self, metrics_data: MetricsData) -> object:
        del metrics_data
        self.calls += 1
        raise RuntimeError("nonsense")

    def shutdown(self) -> None:
        self.is_shut = True


def test_a_failure_to_send_metrics_ends_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("OTEL_METRIC_EXPORT_INTERVAL", "5")
    exporter = _Failing()
    sender = MetricsSender(exporter, RESOURCE, _registry().collect)
    sender.start()
    deadline = time.monotonic() + 10
    while exporter.calls < 3 and time.monotonic() < deadline:
        time.sleep(0.005)
    sender.close()
    assert exporter.calls >= 3
    assert exporter.is_shut
    assert "metrics could not be sent" in caplog.text


@pytest.mark.parametrize("given", ["soon", "-5", "0", "1.5"])
def test_an_interval_that_is_none_is_told(
    given: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("OTEL_METRIC_EXPORT_INTERVAL", given)
    sender = MetricsSender(_Failing(), RESOURCE, _registry().collect)
    assert sender.interval_s == 60
    assert "OTEL_METRIC_EXPORT_INTERVAL" in caplog.text


def test_the_standard_variables_name_the_service_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    assert service_resource("aspire-bot").attributes["service.name"] == "aspire-bot"
    monkeypatch.setenv("OTEL_SERVICE_NAME", "helpdesk")
    monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=staging")
    named = service_resource("aspire-bot").attributes
    assert (named["service.name"], named["deployment.environment.name"]) == ("helpdesk", "staging")


def test_what_waits_is_sent_at_the_end_with_the_operators_headers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-key=secret")
    with receiving() as receiver:
        exporting = Exporting(
            "test",
            {"traces": f"{receiver.url}/v1/traces", "metrics": f"{receiver.url}/v1/metrics"},
            close_s=60,
        )
        exporting.export_metrics(_registry().collect)
        with exporting.tracing.span("ingest.run", command="add"):
            pass
        exporting.close()
        assert [span.name for span in receiver.spans()] == ["ingest.run"]
        assert {metric.name for metric in receiver.metrics()} == {
            "aspire_answers",
            "aspire_queue_waiting",
            "aspire_step_seconds",
        }
        assert {headers["x-key"] for headers in receiver.headers} == {"secret"}
        assert receiver.services() == {"test"}


def test_the_queue_is_bounded_and_a_span_never_waits_for_a_collector(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OTEL_BSP_MAX_QUEUE_SIZE", "64")
    monkeypatch.setenv("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "16")
    with receiving() as receiver:
        receiver.hangs = threading.Event()
        exporting = Exporting("test", {"traces": f"{receiver.url}/v1/traces"}, close_s=60)
        started = time.perf_counter()
        for _ in range(500):
            with exporting.tracing.span("answer"):
                pass
        took_s = time.perf_counter() - started
        receiver.hangs.set()
        exporting.close()
        sent = len(receiver.spans())
    assert took_s < 15  # the collector hangs for thirty seconds a request
    assert 0 < sent <= 64 + 2 * 16  # the queue, and what was under way


@pytest.mark.parametrize("is_hanging", [True, False])
def test_an_end_waits_a_few_seconds_at_most(
    is_hanging: bool, caplog: pytest.LogCaptureFixture
) -> None:
    with receiving() as receiver:
        receiver.hangs = threading.Event() if is_hanging else None
        receiver.status = 503
        exporting = Exporting("test", {"traces": f"{receiver.url}/v1/traces"})
        with exporting.tracing.span("answer"):
            pass
        started = time.perf_counter()
        exporting.close()
        took_s = time.perf_counter() - started
    assert took_s < 8
    assert "did not take the last telemetry" in caplog.text

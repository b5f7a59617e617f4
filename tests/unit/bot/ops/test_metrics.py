"""What `/metrics` says, asked over HTTP."""

import gzip
import http.client
from dataclasses import dataclass

import pytest
from prometheus_client.parser import text_string_to_metric_families

from aspire_bot.slack.platform.metrics import Metrics, MetricsServer, metrics_served, parse_bind
from aspire_ingest.index import ConfigError, IndexManifest, IndexMissingError


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    waiting: int
    working: int


MANIFEST = IndexManifest(
    schema_version=1,
    generation=7,
    fingerprint="f" * 64,
    embedding="e",
    dimension=3,
    published_at="2025-01-01T00:00:00+09:00",
    documents=12,
    passages=34,
    languages={"en": 12},
)


def fetch(
    port: int, path: str = "/metrics", method: str = "GET", **headers: str
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def samples(metrics: Metrics) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    with metrics_served(metrics, "127.0.0.1:0") as port:
        assert port is not None
        status, body = fetch(port)
    assert status == 200
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(body.decode())
        for sample in family.samples
    }


def of(name: str, **labels: str) -> tuple[str, frozenset[tuple[str, str]]]:
    return name, frozenset(labels.items())


def test_an_answer_counts_with_its_steps_and_the_wait() -> None:
    metrics = Metrics()
    metrics.answer_delivered("answered", "ja", {"retrieve": 6.0, "total": 19.0}, delivery_s=1.5)
    metrics.answer_delivered("answered", "ja", {"retrieve": 40.0, "total": 60.0}, delivery_s=2.5)
    metrics.answer_delivered("abstained", "en", {}, delivery_s=0.1)
    found = samples(metrics)
    assert found[of("aspire_answers_total", outcome="answered", language="ja")] == 2
    assert found[of("aspire_answers_total", outcome="abstained", language="en")] == 1
    assert found[of("aspire_step_seconds_count", step="retrieve")] == 2
    assert found[of("aspire_step_seconds_sum", step="retrieve")] == pytest.approx(0.046)
    assert found[of("aspire_step_seconds_bucket", step="retrieve", le="0.01")] == 1
    assert found[of("aspire_delivery_seconds_count")] == 3
    assert found[of("aspire_delivery_seconds_sum")] == pytest.approx(4.1)


def test_everything_else_that_is_counted() -> None:
    metrics = Metrics()
    metrics.slack_error("chat.postMessage", "ratelimited")
    metrics.event_received("event", is_duplicate=False)
    metrics.event_received("event", is_duplicate=True)
    metrics.job_retried()
    metrics.job_failed()
    metrics.voted("down")
    metrics.escalated()
    found = samples(metrics)
    error = of("aspire_slack_errors_total", method="chat.postMessage", error="ratelimited")
    assert found[error] == 1
    assert found[of("aspire_events_total", kind="event")] == 2
    assert found[of("aspire_duplicate_events_total", kind="event")] == 1
    assert found[of("aspire_job_retries_total")] == 1
    assert found[of("aspire_job_failures_total")] == 1
    assert found[of("aspire_feedback_total", value="down")] == 1
    assert found[of("aspire_escalations_total")] == 1


def test_gauges_are_looked_up_at_each_scrape() -> None:
    metrics = Metrics()
    now = [Counts(waiting=3, working=1)]
    metrics.watch_queue(lambda: now[0])
    metrics.watch_index(lambda: MANIFEST)
    assert samples(metrics)[of("aspire_queue_waiting")] == 3
    now[0] = Counts(waiting=0, working=2)
    found = samples(metrics)
    assert found[of("aspire_queue_waiting")] == 0
    assert found[of("aspire_queue_working")] == 2
    assert found[of("aspire_index_generation")] == 7
    assert found[of("aspire_index_documents")] == 12
    assert found[of("aspire_index_age_seconds")] > 86_400


def test_what_cannot_be_told_does_not_hide_the_rest() -> None:
    def missing() -> IndexManifest:
        raise IndexMissingError("nowhere")

    metrics = Metrics()
    metrics.watch_index(missing)
    metrics.escalated()
    found = samples(metrics)
    assert of("aspire_index_generation") not in found
    assert found[of("aspire_escalations_total")] == 1


@pytest.mark.parametrize("value", ["", "x" * 61, "a b", "日本語", 'q"}', "1\n2"])
def test_a_strange_label_makes_no_new_series(value: str) -> None:
    metrics = Metrics()
    metrics.slack_error("chat.update", value)
    assert samples(metrics)[of("aspire_slack_errors_total", method="chat.update", error="other")]


def test_registries_are_apart() -> None:
    one, other = Metrics(), Metrics()
    one.escalated()
    assert samples(other)[of("aspire_escalations_total")] == 0


def test_only_metrics_are_served_and_may_be_compressed() -> None:
    with metrics_served(Metrics(), "127.0.0.1:0") as port:
        assert port is not None
        assert fetch(port, "/")[0] == 404
        assert fetch(port, method="POST")[0] == 405
        status, body = fetch(port, **{"Accept-Encoding": "gzip"})
        assert status == 200
        assert b"aspire_escalations_total" in gzip.decompress(body)


def test_off_serves_nothing() -> None:
    with metrics_served(Metrics(), "off") as port:
        assert port is None


def test_a_taken_port_is_said() -> None:
    first = MetricsServer(Metrics(), host="127.0.0.1", port=0)
    try:
        with (
            pytest.raises(ConfigError, match=str(first.port)),
            metrics_served(Metrics(), f"127.0.0.1:{first.port}"),
        ):
            pass
    finally:
        first.close()


def test_binds_are_read() -> None:
    assert parse_bind("127.0.0.1:9464") == ("127.0.0.1", 9464)
    assert parse_bind("[::1]:9464") == ("::1", 9464)
    assert parse_bind("off") is None

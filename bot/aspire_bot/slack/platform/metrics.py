"""What Prometheus is told of the bot, and the server that tells it."""

import re
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    make_wsgi_app,  # pyright: ignore[reportUnknownVariableType]  its result is a bare Callable
)
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from aspire_bot.answering.limits import BreakerState
from aspire_bot.errors import FailureKind
from aspire_bot.slack.platform.http import HttpServer, respond
from aspire_ingest.index.errors import AspireError
from aspire_ingest.index.types import IndexManifest

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

METRICS_PATH = "/metrics"
_STEP_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_DELIVERY_BUCKETS = (0.25, 0.5, 1, 2, 3, 5, 10, 20, 30, 60, 120, 300)
# A label value is kept for ever: what Slack or a document says must not make new ones at will.
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.\-]{0,59}")


class QueueCounts(Protocol):
    """How many questions wait and how many are worked on."""

    @property
    def waiting(self) -> int: ...  # noqa: D102  the class says it

    @property
    def working(self) -> int: ...  # noqa: D102  the class says it


class Metrics:
    """Counters of one bot in a registry of their own. Safe for several threads."""

    def __init__(self) -> None:
        """Begin at nought; the gauges appear with `watch_queue` and `watch_index`."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self._answers = self._counter("aspire_answers", "Answers delivered.", "outcome", "language")
        self._steps = self._histogram(
            "aspire_step_seconds", "Time of each step of answering.", _STEP_BUCKETS, "step"
        )
        self._delivery = self._histogram(
            "aspire_delivery_seconds",
            "From a question's arrival to its answer in Slack.",
            _DELIVERY_BUCKETS,
        )
        self._errors = self._counter(
            "aspire_slack_errors", "Calls of Slack's Web API that failed.", "method", "error"
        )
        self._events = self._counter("aspire_events", "Payloads received from Slack.", "kind")
        self._duplicates = self._counter(
            "aspire_duplicate_events", "Payloads received again and left alone.", "kind"
        )
        self._retries = self._counter(
            "aspire_job_retries", "Questions put back to be tried again later."
        )
        self._failures = self._counter(
            "aspire_job_failures", "Questions given up, with an incident for the asker."
        )
        self._votes = self._counter("aspire_feedback", "Votes on answers.", "value")
        self._escalations = self._counter("aspire_escalations", "Questions passed on to staff.")
        self._model_tokens = self._counter(
            "aspire_model_tokens", "Tokens of the language model, read or written.", "direction"
        )
        self._model_failures = self._counter(
            "aspire_model_failures", "Requests to the language model that failed.", "kind"
        )
        self._model_breaker = Gauge(
            "aspire_model_breaker",
            "The language model is asked (0), tried again (1) or left alone (2).",
            registry=self.registry,
        )

    def answer_delivered(
        self, outcome: str, language: str, timings_ms: Mapping[str, float], *, delivery_s: float
    ) -> None:
        """Count an answer that is in Slack now, with its steps and the asker's wait."""
        self._answers.labels(_word(outcome), _word(language)).inc()
        for step, duration_ms in timings_ms.items():
            self._steps.labels(_word(step)).observe(duration_ms / 1000)
        self._delivery.observe(delivery_s)

    def slack_error(self, method: str, error: str) -> None:
        """Count a failed call by method and by Slack's code for the failure."""
        self._errors.labels(_word(method), _word(error)).inc()

    def event_received(self, kind: str, *, is_duplicate: bool) -> None:
        """Count a payload of Slack's: `event`, `command`, `action`, `shortcut`, `view`."""
        self._events.labels(_word(kind)).inc()
        if is_duplicate:
            self._duplicates.labels(_word(kind)).inc()

    def job_retried(self) -> None:
        """Count a question that is put back to be tried again."""
        self._retries.inc()

    def job_failed(self) -> None:
        """Count a question whose asker got an incident instead of an answer."""
        self._failures.inc()

    def voted(self, value: str) -> None:
        """Count a vote, `up` or `down`."""
        self._votes.labels(_word(value)).inc()

    def escalated(self) -> None:
        """Count a question passed on to staff."""
        self._escalations.inc()

    def model_used(self, prompt_tokens: int, completion_tokens: int) -> None:
        """Count the tokens of a request to the language model."""
        self._model_tokens.labels("prompt").inc(prompt_tokens)
        self._model_tokens.labels("completion").inc(completion_tokens)

    def model_failed(self, kind: FailureKind) -> None:
        """Count a request to the language model that failed."""
        self._model_failures.labels(kind).inc()

    def model_breaker(self, state: BreakerState) -> None:
        """Remember whether the language model is asked."""
        self._model_breaker.set(("closed", "half-open", "open").index(state))

    def watch_queue(self, counts: Callable[[], QueueCounts]) -> None:
        """Ask for the queue's length at each scrape; without it where that raises AspireError."""
        self.registry.register(_AtScrape(lambda: _queue_gauges(counts())))

    def watch_index(self, manifest: Callable[[], IndexManifest]) -> None:
        """Ask which index answers at each scrape; without it where that raises AspireError."""
        self.registry.register(_AtScrape(lambda: _index_gauges(manifest())))

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(name, text, labels, registry=self.registry)

    def _histogram(
        self, name: str, text: str, buckets: tuple[float, ...], *labels: str
    ) -> Histogram:
        return Histogram(name, text, labels, registry=self.registry, buckets=buckets)


class MetricsServer:
    """`/metrics` on a bind of its own, served by a thread of its own."""

    def __init__(self, metrics: Metrics, *, host: str, port: int) -> None:
        """Listen at once, port 0 for any free one; nothing is answered before `start`.

        Raises:
            ConfigError: the address cannot be listened on.
        """
        self._server = HttpServer(_only_metrics(metrics), host=host, port=port, threads=1)
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=self._server.run, args=(self._stop,), name="metrics", daemon=True
        )

    @property
    def port(self) -> int:
        """The port listened on."""
        return self._server.port

    def start(self) -> None:
        """Answer from now on."""
        self._thread.start()

    def close(self) -> None:
        """Answer no more and let go of the port."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        self._server.close()


@contextmanager
def metrics_served(metrics: Metrics, bind: str) -> Generator[int | None]:
    """Serve `/metrics` until the block ends; give the port, None where `bind` is `off`.

    Raises:
        ConfigError: the address cannot be listened on.
    """
    address = parse_bind(bind)
    if address is None:
        yield None
        return
    server = MetricsServer(metrics, host=address[0], port=address[1])
    server.start()
    try:
        yield server.port
    finally:
        server.close()


def parse_bind(bind: str) -> tuple[str, int] | None:
    """Read `HOST:PORT`, an IPv6 address in brackets; None for `off`."""
    if bind == "off":
        return None
    host, _, port = bind.rpartition(":")
    return host.removeprefix("[").removesuffix("]"), int(port)


class _AtScrape(Collector):
    """Gauges that are looked up when they are asked for."""

    def __init__(self, look_up: Callable[[], Iterable[Metric]]) -> None:
        self._look_up = look_up

    def collect(self) -> Iterable[Metric]:
        try:
            return list(self._look_up())
        except AspireError:  # what cannot be told now must not hide the rest
            return []

    def describe(self) -> Iterable[Metric]:
        return []  # registering must not look anything up


def _queue_gauges(counts: QueueCounts) -> Iterator[Metric]:
    yield GaugeMetricFamily("aspire_queue_waiting", "Questions that wait.", counts.waiting)
    yield GaugeMetricFamily("aspire_queue_working", "Questions worked on.", counts.working)


def _index_gauges(manifest: IndexManifest) -> Iterator[Metric]:
    published = datetime.fromisoformat(manifest.published_at)
    if published.tzinfo is None:
        published = published.replace(tzinfo=UTC)
    age_s = max(0.0, time.time() - published.timestamp())
    yield GaugeMetricFamily("aspire_index_age_seconds", "Since the index was published.", age_s)
    yield GaugeMetricFamily(
        "aspire_index_generation", "The generation that answers.", manifest.generation
    )
    yield GaugeMetricFamily("aspire_index_documents", "Documents of it.", manifest.documents)
    yield GaugeMetricFamily("aspire_index_passages", "Passages of it.", manifest.passages)


def _only_metrics(metrics: Metrics) -> "WSGIApplication":
    serve: WSGIApplication = make_wsgi_app(metrics.registry)  # pyright: ignore[reportUnknownVariableType]  as above

    def app(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        if environ.get("PATH_INFO") != METRICS_PATH:
            return respond(start, 404, {"error": "not found"})
        if environ.get("REQUEST_METHOD") != "GET":
            return respond(start, 405, {"error": "GET only"})
        return serve(environ, start)

    return app


def _word(value: str) -> str:
    return value if _WORD.fullmatch(value) else "other"

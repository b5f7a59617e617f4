"""Telemetry of the programs, as a collector on loopback gets it."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status
from prometheus_client.parser import text_string_to_metric_families
from tests.local_slack.server import Fault, LocalSlack
from tests.otlp_receiver import Receiver, attributes, receiving
from tests.serving import ask, served
from tests.small_index import DOCUMENTS, NoChroma, publish

from aspire_bot.answering.types import Question
from aspire_bot.bootstrap import open_assistant
from aspire_bot.doctor.telemetry import check_telemetry
from aspire_bot.settings import Settings
from aspire_ingest.bootstrap import build_parts
from aspire_ingest.index import ConfigError
from aspire_ingest.pipeline.pipeline import RunRequest, ingest, remove
from aspire_ingest.settings import IngestSettings

STEPS = ["answer.rewrite", "answer.retrieve", "answer.read", "answer.generate", "answer.verify"]
QUESTION = "Which lakeside budget does Professor Kuroiwa have for otters?"


@pytest.fixture
def small_home(tmp_path: Path) -> Path:
    publish(tmp_path, DOCUMENTS, open_chroma=NoChroma)
    return tmp_path


_SMALL = {"embedding": "hashing/64", "reader": "none"}


def _settings(home: Path, **more: object) -> Settings:
    return Settings.model_validate({"home": home, **_SMALL, **more})


def _children(spans: list[Span], parent: Span) -> list[Span]:
    found = [span for span in spans if span.parent_span_id == parent.span_id]
    return sorted(found, key=lambda span: span.start_time_unix_nano)


def _named(spans: list[Span], name: str) -> list[Span]:
    return [span for span in spans if span.name == name]


def _nothing_said(receiver: Receiver, *words: str) -> None:
    """No word is in what was sent, in whatever place."""
    sent = receiver.texts()
    assert sent
    for word in words:
        assert not [text for text in sent if word in text]


def test_an_answer_is_a_span_with_its_steps(
    small_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with receiving() as receiver:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url)
        with open_assistant(_settings(small_home)) as assistant:
            said = assistant.answer(Question(text=QUESTION))
            talk = assistant.answer(Question(text="Thank you!"))
        spans = receiver.spans()
        answer, thanks = _named(spans, "answer")
        assert [span.name for span in _children(spans, answer)] == ["answer.rewrite", *STEPS]
        assert [span.name for span in _children(spans, thanks)] == ["answer.rewrite"]
        told = attributes(list(answer.attributes))
        assert (told["aspire.outcome"], told["aspire.generation"]) == (said.outcome, "1")
        assert talk.outcome == "conversation"
        assert receiver.services() == {"aspire-bot"}
        _nothing_said(receiver, "Kuroiwa", "otter", "lakeside", "Budget", "docs/", str(small_home))


def test_a_step_that_is_taken_twice_counts_with_both(small_home: Path) -> None:
    with open_assistant(_settings(small_home)) as assistant:
        assistant.answer(Question(text=QUESTION))  # what is loaded once is no part of it
        started = time.perf_counter()
        said = assistant.answer(Question(text=QUESTION))
        took_ms = (time.perf_counter() - started) * 1000
    times = dict(said.timings_ms)
    assert times["total"] == pytest.approx(sum(times[step.split(".")[1]] for step in STEPS), 0.01)
    assert times["total"] <= took_ms


def test_off_imports_nothing_of_it(small_home: Path) -> None:
    program = (
        "import sys, json\n"
        "from aspire_bot.cli.app import app\n"
        "app(['ask', 'What are the goals?'], standalone_mode=False)\n"
        "print(json.dumps([m for m in sys.modules if m.startswith('opentelemetry')]))\n"
    )
    known = {
        "ASPIRE_HOME": str(small_home),
        "ASPIRE_EMBEDDING": "hashing/64",
        "ASPIRE_READER": "none",
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9",
        "ASPIRE_OTEL": "off",
    }
    ran = subprocess.run(  # noqa: S603 - this interpreter and a program of this test
        [sys.executable, "-c", program],
        env={**os.environ, **known},
        cwd=small_home,
        check=True,
        capture_output=True,
        timeout=300,
    )
    assert json.loads(ran.stdout.splitlines()[-1]) == []


def test_a_run_of_ingestion_is_a_span_with_its_stages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "otters.md").write_text("# Otters of Kuroiwa\n\nThey swim at the lakeside.\n")
    settings = IngestSettings(home=tmp_path / "home", embedding="hashing/64")
    with receiving() as receiver:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url)
        with build_parts(
            settings, lambda _step, _done, _total: None, open_chroma=NoChroma
        ) as parts:
            targets = (str(documents), str(tmp_path / "Kuroiwa.md"))
            report = ingest(RunRequest(targets=targets), parts)
            remove(report.added(), parts)
        assert len(report.failures) == 1  # a target that is not there
        spans = receiver.spans()
        run, removal = _named(spans, "ingest.run")
        stages = {span.name: attributes(list(span.attributes)) for span in _children(spans, run)}
        assert list(stages) == ["ingest.load", "ingest.plan", "ingest.embed", "ingest.publish"]
        assert attributes(list(run.attributes))["aspire.command"] == "add"
        assert stages["ingest.load"] == {"aspire.documents": "1", "aspire.failed": "1"}
        assert stages["ingest.embed"] == {"aspire.documents": "1", "aspire.failed": "0"}
        assert stages["ingest.publish"] == {"aspire.generation": "1"}
        assert attributes(list(removal.attributes))["aspire.command"] == "remove"
        assert receiver.services() == {"aspire-ingest"}
        _nothing_said(receiver, "tters", "Kuroiwa", "lakeside", str(tmp_path))


def test_a_question_in_slack_from_its_job_to_its_delivery(
    small_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with receiving() as receiver, LocalSlack() as slack:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url)
        slack.fail_next(Fault(method="chat.startStream", error="internal_error"))
        with served(small_home, slack, **_SMALL) as port:
            assert ask(port, slack, QUESTION)
        spans = receiver.spans()
        jobs = [
            job
            for job in _named(spans, "slack.job")
            if attributes(list(job.attributes)).get("aspire.kind") == "PersonMessage"
        ]
        done = jobs[-1]
        names = [span.name for span in _children(spans, done)]
        assert names.count("answer") == 1
        assert names.count("slack.deliver") == 1
        (delivery,) = [one for one in _children(spans, done) if one.name == "slack.deliver"]
        assert {one.name for one in _children(spans, delivery)} == {"slack.call"}
        calls = [
            (attributes(list(span.attributes))["aspire.method"], span.status.code)
            for span in _named(spans, "slack.call")
        ]
        assert ("chat.startStream", Status.STATUS_CODE_ERROR) in calls
        _nothing_said(receiver, "Kuroiwa", "otter", "lakeside", "U1", "xoxb")


def test_metrics_are_those_of_the_scrape(small_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from aspire_bot.slack.platform import metrics as module  # noqa: PLC0415 - its server is watched

    ports: list[int] = []
    serving = module.MetricsServer.start

    def start(self: module.MetricsServer) -> None:
        serving(self)
        ports.append(self.port)

    monkeypatch.setattr(module.MetricsServer, "start", start)
    with receiving() as receiver, LocalSlack() as slack:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url)
        monkeypatch.setenv("OTEL_TRACES_EXPORTER", "none")
        with served(small_home, slack, **_SMALL, metrics_bind="127.0.0.1:0") as port:
            assert ask(port, slack, QUESTION)
            page = httpx.get(f"http://127.0.0.1:{ports[0]}/metrics", timeout=30).text
        scraped = {
            family.name: family
            for family in text_string_to_metric_families(page)
            if any(not one.name.endswith("_created") for one in family.samples)
        }
        sent = {metric.name: metric for metric in receiver.metrics()}
    names = {name for name in scraped if not name.endswith("_created")}
    assert names == set(sent)
    answers = sum(point.as_double for point in sent["aspire_answers"].sum.data_points)
    assert answers == 1
    steps = sent["aspire_step_seconds"].histogram.data_points
    assert {attributes(list(point.attributes))["step"] for point in steps} == {
        *(step.split(".")[1] for step in STEPS),
        "total",
    }
    assert receiver.spans() == []


def test_answers_do_without_a_collector_that_is_away(
    small_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "1")
    with receiving() as receiver:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url)
        receiver.hangs = threading.Event()
        with open_assistant(_settings(small_home)) as assistant:
            started = time.perf_counter()
            for _ in range(5):
                assert assistant.answer(Question(text=QUESTION)).text
            took_s = time.perf_counter() - started
        closed_s = time.perf_counter() - started - took_s
    assert took_s < 20  # the collector hangs for thirty seconds a request
    assert closed_s < 10


def test_what_was_switched_on_and_cannot_be_had_is_an_error(
    small_home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
    with (
        pytest.raises(ConfigError, match="http/protobuf"),
        open_assistant(_settings(small_home, otel="on")),
    ):
        pass
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317")
    with open_assistant(_settings(small_home)) as assistant:
        assert assistant.answer(Question(text=QUESTION)).text
    assert "no telemetry: only http/protobuf is spoken" in caplog.text


def test_doctor_says_whether_it_is_on_and_whether_the_collector_answers(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    (off,) = check_telemetry(settings, {})
    assert (off.state, off.found) == ("unset", "off: a setting, not needed")
    (barred,) = check_telemetry(
        settings,
        {
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9",
            "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc",
        },
    )
    assert barred.state == "warning"
    assert "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf" in barred.found
    (failed,) = check_telemetry(
        _settings(tmp_path, otel="on"), {"OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}
    )
    assert failed.state == "failed"
    with receiving() as receiver:
        here = {"OTEL_EXPORTER_OTLP_ENDPOINT": receiver.url.replace("//", "//me:secret@")}
        traces, metrics = check_telemetry(settings, here)
        assert (traces.name, metrics.name) == ("telemetry (traces)", "telemetry (metrics)")
        assert (traces.state, metrics.state) == ("ok", "ok")
        assert "secret" not in traces.found
        assert {path for path, _ in receiver.bodies} == {"/v1/traces", "/v1/metrics"}
        receiver.status = 401
        assert [one.state for one in check_telemetry(settings, here)] == ["warning"] * 2
        (refused, _) = check_telemetry(settings, here)
        assert "401" in refused.found
    (away, _) = check_telemetry(settings, here)
    assert away.state == "warning"
    assert "refused" in away.found
    assert "OTEL_EXPORTER_OTLP_ENDPOINT" in away.to_do

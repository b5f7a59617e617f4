"""Dashboard and alert rules speak of metrics that the bot gives, with labels that these have."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.metrics_core import Metric

from aspire_bot.slack.platform.metrics import Metrics
from aspire_ingest.index.types import IndexManifest

FOLDER = Path(__file__).parents[3] / "deploy/monitoring"
OF_PROMETHEUS = {"up"}


class Queue:
    waiting = 1
    working = 0


@pytest.fixture(scope="module")
def families() -> dict[str, Metric]:
    metrics = Metrics()
    metrics.watch_queue(Queue)
    metrics.watch_index(manifest)
    metrics.answer_delivered("answered", "en", {"read": 1.0}, delivery_s=1.0)
    metrics.slack_error("chat.postMessage", "ratelimited")
    metrics.voted("up")
    metrics.model_used(1, 1)
    metrics.model_failed("timeout")
    return {family.name: family for family in metrics.registry.collect()}


def manifest() -> IndexManifest:
    return IndexManifest(
        schema_version=1,
        generation=1,
        fingerprint="f" * 8,
        embedding="e",
        dimension=1,
        published_at="2026-11-22T00:00:00+00:00",
        documents=1,
        passages=1,
        languages={"en": 1},
    )


def expressions() -> Iterator[str]:
    rules = yaml.safe_load((FOLDER / "alerts.yaml").read_text(encoding="utf-8"))
    for group in rules["groups"]:
        for rule in group["rules"]:
            assert rule["annotations"]["action"], rule["alert"]
            yield rule["expr"]
    board: dict[str, Any] = json.loads(
        (FOLDER / "grafana-dashboard.json").read_text(encoding="utf-8")
    )
    for panel in board["panels"]:
        for target in panel["targets"]:
            yield target["expr"]


@pytest.mark.parametrize("expression", sorted(set(expressions())))
def test_metrics_and_labels_exist(expression: str, families: dict[str, Metric]) -> None:
    samples = {
        sample.name: set(sample.labels) for family in families.values() for sample in family.samples
    }
    names = set(re.findall(r"\b(?:aspire|process)_\w+|\bup\b", expression)) - OF_PROMETHEUS
    assert names or "up" in expression
    for name in names:
        assert name in samples, name
    labels = {
        label.strip()
        for listed in re.findall(r"by \(([^)]*)\)", expression)
        for label in listed.split(",")
    } | set(re.findall(r"(\w+)!?=\"", expression))
    known = {label for name in names for label in samples[name]} | {"job"}
    assert labels <= known


def test_every_metric_of_ours_is_on_the_dashboard(families: dict[str, Metric]) -> None:
    shown = (FOLDER / "grafana-dashboard.json").read_text(encoding="utf-8") + (
        FOLDER / "alerts.yaml"
    ).read_text(encoding="utf-8")
    left_out = {"aspire_events", "aspire_duplicate_events", "aspire_index_generation"}
    ours = {name for name in families if name.startswith("aspire_")} - left_out
    assert [name for name in sorted(ours) if name not in shown] == []

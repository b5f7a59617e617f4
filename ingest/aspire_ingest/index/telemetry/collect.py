"""What gives the metrics that are exported."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

Collect = Callable[[], "Iterable[Metric]"]
"""Gives all metrics as they are now."""

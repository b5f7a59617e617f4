"""How long the steps of one answer take: told to the answer, and traced."""

import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from aspire_bot.answering.types import StepName
from aspire_ingest.index.telemetry.tracing import NO_TRACING, SpanName, Tracing

OnStep = Callable[[StepName], None]
"""Told of each step as it begins."""

_SPANS: Mapping[StepName, SpanName] = {
    "rewrite": "answer.rewrite",
    "retrieve": "answer.retrieve",
    "read": "answer.read",
    "generate": "answer.generate",
    "verify": "answer.verify",
}


@dataclass(slots=True)
class StepTimes:
    """Step times of one answer, in milliseconds; a step that is taken twice counts with both."""

    on_step: OnStep | None = None
    tracing: Tracing = NO_TRACING
    steps: dict[str, float] = field(default_factory=dict[str, float])

    @contextmanager
    def step(self, name: StepName) -> Generator[None]:
        """Time a block."""
        if self.on_step:
            self.on_step(name)
        start = time.perf_counter()
        try:
            with self.tracing.span(_SPANS[name]):
                yield
        finally:
            took_ms = (time.perf_counter() - start) * 1000
            self.steps[name] = round(self.steps.get(name, 0.0) + took_ms, 2)

    def timings(self) -> dict[str, float]:
        """Give the times by step, and their `total`."""
        return {**self.steps, "total": round(sum(self.steps.values()), 2)}

"""Spans of work as the programs know them, without OpenTelemetry.

Names and attributes are closed lists. A value is a number, a truth value, or a word out of the
code; what people wrote, and what documents and people are called, has no attribute to go into.
"""

from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from typing import Literal, Protocol, TypedDict, Unpack

SpanName = Literal[
    "answer",
    "answer.rewrite",
    "answer.retrieve",
    "answer.read",
    "answer.generate",
    "answer.verify",
    "slack.job",
    "slack.deliver",
    "slack.call",
    "ingest.run",
    "ingest.visit",
    "ingest.load",
    "ingest.plan",
    "ingest.embed",
    "ingest.publish",
]


class Attributes(TypedDict, total=False):
    """All that a span may say besides its name, its time and the class of an error."""

    outcome: str
    """`answered`, `abstained`, `clarify` or `conversation`."""
    certainty: str
    """`sure` or `hedged`, of an answer."""
    language: str
    """ISO 639-1 code of an answer."""
    generation: int
    """Number of the index generation that was asked, or that was published."""
    kind: str
    """What happened in Slack, or the task that it asks for: the name of a class."""
    attempt: int
    """How often a job was begun, from 1."""
    is_stream: bool
    """Whether an answer is delivered into a message that shows its steps."""
    method: str
    """Method of Slack's Web API."""
    command: str
    """What a run does: `add`, `sync`, `remove`, `rebuild`, `accept`, `undo`."""
    is_dry_run: bool
    documents: int
    """How many documents a stage had before it."""
    failed: int
    """How many documents could not be read or stored."""


class Span(Protocol):
    """Work under way."""

    def note(self, **attributes: Unpack[Attributes]) -> None:
        """Say more of it."""
        ...

    def fail(self, error: BaseException) -> None:
        """Mark it as failed, by the class of the error alone: its words may quote people."""
        ...


class Tracing(Protocol):
    """Makes spans. Safe for several threads; never raises for its own reasons, never waits."""

    def span(
        self, name: SpanName, /, **attributes: Unpack[Attributes]
    ) -> AbstractContextManager[Span]:
        """Time a block, within the span that is under way in this thread; an error marks it."""
        ...


class _NoSpan:
    def note(self, **attributes: Unpack[Attributes]) -> None:
        pass

    def fail(self, error: BaseException) -> None:
        pass


_NO_SPAN = _NoSpan()


class NoTracing:
    """What programs trace with where nobody wants to know."""

    @contextmanager
    def span(self, name: SpanName, /, **attributes: Unpack[Attributes]) -> Generator[Span]:
        """Run the block."""
        del name, attributes
        yield _NO_SPAN


NO_TRACING: Tracing = NoTracing()

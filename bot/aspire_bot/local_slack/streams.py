"""A message that is being streamed: what its chunks have said so far.

Measured in live workspaces by others: a task update replaces its task's title and status and adds
to its details; a stream lives about five minutes from its start, whatever is appended.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from aspire_bot.local_slack.blocks import elements
from aspire_bot.local_slack.blocks.limits import TASK_STATUS, block_problems
from aspire_bot.local_slack.blocks.shapes import Check, Shape, by_type, several, string
from aspire_bot.local_slack.wire import Json, objects

LIFETIME_S = 300.0
MAX_TEXT_CHARS = 12_000


def _some_blocks(value: object) -> Iterator[str]:
    yield from block_problems(value)


_CHUNKS: dict[str, Check] = {
    "markdown_text": Shape(required={"text": string(MAX_TEXT_CHARS)}),
    "task_update": Shape(
        required={"id": string(255), "title": string(256), "status": TASK_STATUS},
        optional={
            "details": string(256),
            "output": string(256),
            "sources": several(elements.source, 0, 50),
        },
    ),
    "plan_update": Shape(required={"title": string(256)}),
    "blocks": Shape(required={"blocks": _some_blocks}),
}
_check: Check = several(by_type(_CHUNKS), 0, 100)


def chunk_problems(chunks: object) -> list[str]:
    """Name what Slack would refuse in chunks; each begins with Slack's own error."""
    return [f"invalid_chunks: chunks{problem}" for problem in _check(chunks)]


@dataclass(slots=True)
class Stream:
    """What was streamed into a message, in order."""

    started_s: float
    mode: Literal["timeline", "plan"] = "timeline"
    state: Literal["streaming", "stopped", "expired"] = "streaming"
    plan_title: str = ""
    tasks: dict[str, dict[str, object]] = field(default_factory=dict[str, dict[str, object]])
    _parts: list[tuple[str, object]] = field(default_factory=list[tuple[str, object]])

    @property
    def text(self) -> str:
        """All of the text so far."""
        return "".join(str(part) for kind, part in self._parts if kind == "text")

    def add(self, chunks: object) -> None:
        """Take chunks that were found sound."""
        for chunk in objects(chunks):
            match chunk.get("type"):
                case "markdown_text":
                    self.add_text(str(chunk["text"]))
                case "task_update":
                    self._add_task(chunk)
                case "plan_update":
                    self.plan_title = str(chunk["title"])
                case _:
                    self._parts += [("block", block) for block in objects(chunk.get("blocks"))]

    def add_text(self, text: str) -> None:
        """Take text; what follows text joins it."""
        if self._parts and self._parts[-1][0] == "text":
            self._parts[-1] = ("text", f"{self._parts[-1][1]}{text}")
        else:
            self._parts.append(("text", text))

    def _add_task(self, chunk: Json) -> None:
        task_id = str(chunk["id"])
        if task_id not in self.tasks:
            self._parts.append(("task", task_id))
        held = self.tasks.setdefault(task_id, {})
        held.update({key: chunk[key] for key in ("title", "status", "sources") if key in chunk})
        for key in ("details", "output"):
            if key in chunk:
                held[key] = f"{held.get(key, '')}{chunk[key]}"

    def blocks(self) -> tuple[Json, ...]:
        """How the message shows it: tasks together in a plan, or each where it began."""
        shown: list[Json] = []
        if self.mode == "plan" and (self.tasks or self.plan_title):
            title = self.plan_title or str(next(iter(self.tasks.values()))["title"])
            cards = [_card(task_id, task) for task_id, task in self.tasks.items()]
            shown.append({"type": "plan", "title": title, "tasks": cards})
        for kind, part in self._parts:
            if kind == "text":
                shown.append({"type": "markdown", "text": str(part)})
            elif kind == "block":
                shown += objects([part])
            elif self.mode == "timeline":
                shown.append(_card(str(part), self.tasks[str(part)]))
        return tuple(shown)


def _card(task_id: str, task: Json) -> Json:
    card: dict[str, object] = {
        "type": "task_card",
        "task_id": task_id,
        "title": task["title"],
        "status": task["status"],
    }
    for key in ("details", "output"):
        if key in task:
            text = {"type": "text", "text": task[key]}
            section = {"type": "rich_text_section", "elements": [text]}
            card[key] = {"type": "rich_text", "elements": [section]}
    return {**card, "sources": task["sources"]} if "sources" in task else card

"""What a local model is asked and what it replies, whatever the wire format."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Ending = Literal[
    "whole",
    "length",  # cut at the most tokens, and says so
    "refused",  # cut by the provider's own filter, and says so
    "torn",  # the connection is closed in the middle
    "short",  # ends properly, without the words that end a reply
    "hang",  # says no more, and stays on the line
    "flood",  # goes on with tokens for ever
    "line",  # goes on with one line for ever
]


THOUGHT = "Let me see what they want [9]. "
"""What a model thinks beside its answer."""


class RefusedError(Exception):
    """The request is not as the provider documents it."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request, read."""

    key: str
    model: str
    system: str
    messages: tuple[tuple[str, str], ...]
    """(role, text), role `user` or `assistant`."""
    max_tokens: int
    temperature: float | None
    is_streamed: bool
    extras: Mapping[str, object] = field(default_factory=dict[str, object])

    @property
    def prompt(self) -> str:
        """All of it as one text."""
        return "\n\n".join((self.system, *(text for _, text in self.messages)))

    def passages(self) -> dict[int, tuple[str, str]]:
        """Give the numbered passages of the prompt: the line with the title, and the text."""
        before, begin, rest = self.prompt.partition("\n[1] ")
        fence = before.rpartition("\n")[2]
        data = (begin + rest).partition(f"\n{fence}\n")[0]
        found = re.split(r"^\[(\d+)\] (.*)$", data, flags=re.MULTILINE)[1:]
        return {
            int(found[at]): (found[at + 1], found[at + 2].strip()) for at in range(0, len(found), 3)
        }


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What to say and how to misbehave."""

    pieces: tuple[str, ...] = ()
    ending: Ending = "whole"
    hangs_first: bool = False
    """Says nothing at all, and stays on the line."""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes | None = None
    """Sent as it is in place of what the format has."""
    is_never_streamed: bool = False
    """Sends one object though events are asked for."""
    has_usage: bool = True
    has_asides: bool = False
    """Thinks, pings, calls a tool and sends empty pieces, where the format has such things."""
    pause_s: float = 0.0
    """Before each piece but the first."""

    @property
    def text(self) -> str:
        return "".join(self.pieces)


Script = Callable[[Asked], Reply]


def saying(*pieces: str) -> Reply:
    """A well-behaved reply."""
    return Reply(pieces=pieces)

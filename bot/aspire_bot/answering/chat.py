"""What is said to a language model and what comes back, whatever serves it. Pure."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from math import ceil
from typing import Literal

Role = Literal["system", "user", "assistant"]
Finish = Literal["stop", "length", "unfinished"]
"""The model ended by itself; it was cut, at the most tokens or by its provider's filter; it broke
off, or reading stopped."""

_ASCII_PER_TOKEN = 4
_OTHERS_PER_TOKEN = 1
"""Characters; Japanese takes about one token each, and no estimate should be too low."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMessage:
    """One message of a conversation with a model."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens of one request or several; `is_estimated` where the server did not count them."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    is_estimated: bool = False

    @property
    def total(self) -> int:
        """Both together."""
        return self.prompt_tokens + self.completion_tokens

    def __add__(self, other: "Usage") -> "Usage":
        """Give the use of both; an estimate anywhere makes it one."""
        return Usage(
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            is_estimated=self.is_estimated or other.is_estimated,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatReply:
    """What a model said, so far or in all, and what it took."""

    text: str = ""
    usage: Usage = Usage()
    finish: Finish = "unfinished"


class ChatStream:
    """A reply as it comes: iterate over its pieces, then ask `reply` how it ended.

    Nothing is asked of a model before the first piece is. A piece that was given stays given: when
    iterating raises GenerationError, `reply` holds what came until then. Not for several threads.
    """

    def __init__(self, pieces: Generator[str, None, ChatReply]) -> None:
        """Take a generator of the pieces that returns the reply, whose text is left empty."""
        self._pieces = pieces
        self._said: list[str] = []
        self._end = ChatReply()

    @property
    def reply(self) -> ChatReply:
        """What came so far; with its usage and ending once the iteration is over."""
        return ChatReply(text="".join(self._said), usage=self._end.usage, finish=self._end.finish)

    def __iter__(self) -> Iterator[str]:
        """Give itself."""
        return self

    def __next__(self) -> str:
        """Wait for the next piece.

        Raises:
            GenerationError: the model failed, broke off or ran out of time.
        """
        try:
            piece = next(self._pieces)
        except StopIteration as over:
            if isinstance(over.value, ChatReply):  # a second time it ends with nothing
                self._end = over.value
            raise
        self._said.append(piece)
        return piece

    def close(self) -> None:
        """Stop reading; the model may stop, too. Harmless at any time."""
        self._pieces.close()


def estimated_tokens(text: str) -> int:
    """Give about how many tokens a text takes, rather too many than too few."""
    plain = sum(map(str.isascii, text))
    return ceil(plain / _ASCII_PER_TOKEN + (len(text) - plain) / _OTHERS_PER_TOKEN)


def estimated_usage(messages: tuple[ChatMessage, ...], said: str) -> Usage:
    """Give about what a request took that a server did not count."""
    return Usage(
        prompt_tokens=sum(estimated_tokens(message.text) for message in messages),
        completion_tokens=estimated_tokens(said),
        is_estimated=True,
    )

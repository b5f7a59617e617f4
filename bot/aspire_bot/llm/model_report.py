"""What a provider reports beside the words: tokens used, and why the reply ended."""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import cast

from llama_index.core.base.llms.types import ChatResponse

from aspire_bot.answering.chat import ChatReply, Finish, Usage

_PROMPT = frozenset(
    ("prompt_tokens", "input_tokens", "inputTokens", "prompt_token_count", "prompt_eval_count")
)
_COMPLETION = frozenset(
    ("completion_tokens", "output_tokens", "outputTokens", "candidates_token_count", "eval_count")
)
_THOUGHTS = frozenset(("thoughts_token_count",))  # Google counts them apart; they cost the same
_REASON = frozenset(("finish_reason", "stop_reason", "stopReason", "done_reason"))
_CUT = frozenset(("length", "max_tokens", "max_output_tokens"))
_DEEPEST = 4


class Report:
    """Gathers it from the pieces of one reply; the last word counts."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._tokens = {"prompt": 0, "completion": 0, "thoughts": 0}
        self.finish: Finish = "unfinished"

    @property
    def is_finished(self) -> bool:
        """Whether the server said why the reply ended."""
        return self.finish != "unfinished"

    @property
    def reply(self) -> ChatReply:
        """The reply, without its text; an end without a reason is one, too."""
        completion = self._tokens["completion"] + self._tokens["thoughts"]
        usage = Usage(prompt_tokens=self._tokens["prompt"], completion_tokens=completion)
        return ChatReply(usage=usage, finish=self.finish if self.is_finished else "stop")

    def note(self, response: ChatResponse) -> None:
        """Read what LlamaIndex passes on of a provider's message, wherever it stands in it."""
        beside = cast("object", response.additional_kwargs)  # pyright: ignore[reportUnknownMemberType]  a bare dict there
        for source in (beside, response.message.additional_kwargs, cast("object", response.raw)):
            for name, value in _entries(source, _DEEPEST):
                self._take(name, value)

    def _take(self, name: str, value: object) -> None:
        if isinstance(value, int) and value > 0:
            for kind, names in zip(self._tokens, (_PROMPT, _COMPLETION, _THOUGHTS), strict=True):
                if name in names:
                    self._tokens[kind] = value
        elif name in _REASON and value:
            reason = str(value.value if isinstance(value, Enum) else value).lower()
            self.finish = "length" if reason in _CUT else "stop"


def _entries(value: object, depth: int) -> Iterator[tuple[str, object]]:
    """Give all names in a provider's message with what they hold, whatever it is made of."""
    if depth == 0 or value is None:
        return
    if isinstance(value, list | tuple):
        for one in cast("list[object]", value)[:1]:  # of several choices the first is ours
            yield from _entries(one, depth)
        return
    for name, held in _fields(value).items():
        yield name, held
        if not isinstance(held, str | int | float):
            yield from _entries(held, depth - 1)


def _fields(value: object) -> Mapping[str, object]:
    if isinstance(value, Mapping):
        return cast("Mapping[str, object]", value)
    return {} if isinstance(value, Enum) else getattr(value, "__dict__", {})

"""Any of LlamaIndex's language models as a `ChatModel`, held to deadlines and limits.

A thread of its own reads the reply, so that whoever waits can go when the time is over. A thread
left behind is not ended but abandoned: it ends by itself with the next byte, or when its wait for
one runs out, which is as long as the deadline was; and there are at most `MOST_AT_ONCE` of them.
"""

import queue
import threading
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from llama_index.core.base.llms.types import ChatMessage as LlamaMessage
from llama_index.core.base.llms.types import ChatResponse, MessageRole

from aspire_bot.answering.chat import ChatMessage, ChatReply, ChatStream
from aspire_bot.answering.limits import Deadline
from aspire_bot.errors import FailureKind, GenerationError
from aspire_bot.llm.http_guard import Exchange
from aspire_bot.llm.model_choice import is_outside, make
from aspire_bot.llm.model_failure import BROKEN_REPLY, NOT_UNDERSTOOD, failure_of
from aspire_bot.llm.model_report import Report
from aspire_bot.llm.providers import PROVIDERS, Chosen
from aspire_bot.llm.thinking import ThinkingFilter

MOST_AT_ONCE = 64
"""Threads that read replies: as many as there can be questions worked on at once in Slack."""
MOST_CHARACTERS = 20_000
"""Of one reply; 700 tokens are some 3,000."""


class LlamaIndexChatModel:
    """A `ChatModel` over one of `PROVIDERS`; safe for several threads."""

    def __init__(self, chosen: Chosen, *, first_token_s: float) -> None:
        """Load the integration, which takes a second or more; no server is asked.

        Raises:
            ConfigError: the provider's extra is not installed, or refuses the settings.
        """
        self._chosen = chosen
        self._provider = PROVIDERS[chosen.provider]
        self._is_outside = is_outside(chosen)
        made = make(chosen)
        self._llm, self._guard, self._errors = made.llm, made.guard, made.errors
        self._first_token_s = first_token_s
        self._is_streaming = True
        self._free = threading.BoundedSemaphore(MOST_AT_ONCE)

    @property
    def name(self) -> str:
        """The setting that chose it."""
        return self._chosen.name

    @property
    def is_outside(self) -> bool:
        """Whether what it is asked leaves this machine and its private network."""
        return self._is_outside

    def stream(
        self, messages: Sequence[ChatMessage], *, deadline: Deadline, max_tokens: int
    ) -> ChatStream:
        """Give the reply as it comes; see `ChatModel`."""
        return ChatStream(self._pieces(tuple(messages), deadline, max_tokens))

    def close(self) -> None:
        """Let go of the connections."""
        self._guard.close()

    def _pieces(
        self, messages: tuple[ChatMessage, ...], deadline: Deadline, max_tokens: int
    ) -> Generator[str, None, ChatReply]:
        call = _Call(
            messages=[
                LlamaMessage(role=MessageRole(m.role), content=_sendable(m.text)) for m in messages
            ],
            max_tokens=max_tokens,
            exchange=Exchange(deadline),
        )
        self._start(call)
        thinking = ThinkingFilter()
        until = deadline.step(self._first_token_s)
        try:
            while (said := self._next(call, until)) is not None:
                if piece := thinking.feed(said):
                    until = deadline
                    yield piece
            if rest := thinking.close():
                yield rest
        finally:
            call.exchange.is_wanted = False
        return call.report.reply

    def _start(self, call: "_Call") -> None:
        if not self._free.acquire(blocking=False):
            raise GenerationError(
                f"The language model {self.name} has too many questions unanswered.", kind="busy"
            )
        # A daemon: whatever it waits for must not hold up the end of the process.
        threading.Thread(target=self._read, args=(call,), name="chat model", daemon=True).start()

    def _next(self, call: "_Call", until: Deadline) -> str | None:
        """Wait for more of the reply; None at its end."""
        try:
            said = call.said.get(timeout=until.remaining_s())
        except queue.Empty:
            raise GenerationError(
                f"The language model {self.name} did not answer in time.", kind="timeout"
            ) from None
        if isinstance(said, GenerationError):
            raise said
        return said

    def _read(self, call: "_Call") -> None:
        """Be the thread that reads; say at the end, in any case, that it is over."""
        try:
            with self._guard.watching(call.exchange):
                self._ask(call)
        except GenerationError as error:
            call.said.put(error)
        except (*BROKEN_REPLY, *self._errors) as error:
            has_spoken = call.characters > 0
            call.said.put(failure_of(error, self.name, call.exchange, has_spoken=has_spoken))
        finally:
            call.exchange.hang_up()
            self._free.release()
            call.said.put(None)

    def _ask(self, call: "_Call") -> None:
        self._ask_at_most_twice(call)
        if not call.characters:
            raise GenerationError(f"The language model {self.name} said nothing.", kind="empty")

    def _ask_at_most_twice(self, call: "_Call") -> None:
        """Ask; once more without what the server need not know, where it does not like that."""
        wishes = self._provider.wishes
        try:
            self._converse(call)
        except self._errors:
            wished: object = getattr(self._llm, wishes) if wishes else None
            if call.characters or call.exchange.status not in NOT_UNDERSTOOD or not wished:
                raise
            setattr(self._llm, str(wishes), {})
            try:
                self._converse(call)
            except self._errors:  # so they were not what it did not like
                setattr(self._llm, str(wishes), wished)
                raise

    def _converse(self, call: "_Call") -> None:
        at_most = self._provider.at_most(call.max_tokens)
        if self._is_streaming:
            with closing(self._llm.stream_chat(call.messages, **at_most)) as responses:
                for response in responses:
                    call.take(response, response.delta)
                    if not call.exchange.is_wanted:
                        return
            if call.characters or call.exchange.is_streamed:
                self._check_whole(call)
                return
        # The server sends one object though events were asked for: they are asked for no more.
        response: ChatResponse = self._llm.chat(call.messages, **at_most)
        call.take(response, response.message.content)
        self._is_streaming = False

    def _check_whole(self, call: "_Call") -> None:
        """See how a reply ended where LlamaIndex passed no reason on, by its last bytes.

        Raises:
            GenerationError: it did not end as replies of this provider do.
        """
        tail, provider = call.exchange.tail, self._provider
        if call.report.is_finished or not provider.endings:
            return
        if not any(end in tail for end in provider.endings):
            bare: FailureKind = "malformed" if call.exchange.received else "connection"
            kind: FailureKind = "stopped" if call.characters else bare
            raise GenerationError(f"The language model {self.name} broke off.", kind=kind)
        call.report.finish = "length" if any(end in tail for end in provider.cuts) else "stop"


@dataclass(slots=True, kw_only=True)
class _Call:
    """One question to the model, shared by who waits and the thread that reads."""

    messages: list[LlamaMessage]
    max_tokens: int
    exchange: Exchange
    report: Report = field(default_factory=Report)
    characters: int = 0
    said: "queue.SimpleQueue[str | GenerationError | None]" = field(
        default_factory=queue.SimpleQueue
    )

    def take(self, response: ChatResponse, text: str | None) -> None:
        """Pass on what came."""
        self.report.note(response)
        if text:
            self.characters += len(text)
            if self.characters > MOST_CHARACTERS:
                raise GenerationError("The language model does not stop talking.", kind="flood")
            self.said.put(text)


def _sendable(text: str) -> str:
    """Text that any server can read: a lone surrogate is valid in no encoding."""
    return text.encode("utf-8", "replace").decode("utf-8")

"""A GGUF file that the operator has, as a `ChatModel`: one question at a time, in a child process.

The deadline of a question ends it for sure: the child that is not done is killed, and another one
loads the file while nobody waits.
"""

import importlib.util
import logging
import os
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from aspire_bot.answering.chat import ChatMessage, ChatReply, ChatStream, Usage
from aspire_bot.answering.limits import Deadline
from aspire_bot.errors import GenerationError
from aspire_bot.llm.encodable import encodable
from aspire_bot.llm.local.child import Start
from aspire_bot.llm.local.child_process import ChildProcess, Message
from aspire_bot.llm.local.gguf import ModelFile, read_model_file
from aspire_bot.llm.local.memory import BATCH, check_fits, free_bytes, needed_bytes
from aspire_bot.llm.local.setting import LOCAL, LONGEST_LOAD_S
from aspire_bot.llm.model_failure import NOT_UNDERSTOOD
from aspire_bot.llm.thinking import ThinkingFilter
from aspire_ingest.index.build import install_line
from aspire_ingest.index.errors import ConfigError

logger = logging.getLogger(__name__)

MOST_WAITING = 8
"""Questions that wait for their turn; further ones are told at once that it is busy."""
MOST_CHARACTERS = 20_000
_STOP_S = 1.0
"""How long a reply that nobody wants is waited for to end by itself; then the child is killed."""
_ROOM_BYTES = 4 * 2**30
"""Of addresses beyond what the model needs: threads and libraries reserve what they never use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalOptions:
    """How a file is run: `context` in tokens, `threads` (0: half of the processors)."""

    context: int = 8_192
    threads: int = 0
    temperature: float = 0.0
    first_token_s: float = 10.0


def open_local_model(setting: str, options: LocalOptions) -> "LocalChatModel":
    """Give the model of `local/FILE.gguf`, which is loaded with the first question, or `prepare`.

    Raises:
        ConfigError: the extra is not installed, the file is none, or it does not fit into memory.
    """
    if importlib.util.find_spec("xllamacpp") is None:
        extra = install_line("local")
        raise ConfigError(f"ASPIRE_LLM=local/… needs llama.cpp, an extra: {extra}")
    path = Path(setting.removeprefix(LOCAL)).expanduser().absolute()
    file = read_model_file(path)
    context = min(options.context, file.context or options.context)
    check_fits(file, context, free_bytes())
    return LocalChatModel(file, context, options)


class LocalChatModel:
    """A `ChatModel` that runs a GGUF file in a child process; safe for several threads."""

    is_outside = False
    """What it is asked stays on this machine."""

    def __init__(self, file: ModelFile, context: int, options: LocalOptions) -> None:
        """Nothing is started yet; `context` is that of the options, as far as the file has it."""
        self.name = f"{LOCAL}{file.path.name}"
        self._options = options
        self._start = Start(
            path=str(file.path),
            context=context,
            threads=options.threads or max(1, (os.cpu_count() or 2) // 2),
            batch=BATCH,
            most_bytes=needed_bytes(file, context) + file.weights_bytes + _ROOM_BYTES,
        )
        self._turn = threading.Lock()
        self._waiting = threading.BoundedSemaphore(MOST_WAITING + 1)
        self._child: ChildProcess | None = None
        self._loading = Deadline.after(0)
        self._is_closed = False

    @property
    def pid(self) -> int | None:
        """The id of the process that runs it; None where none does."""
        return self._child.pid if self._child and self._child.is_alive else None

    def prepare(self) -> None:
        """Begin to load the file, so that the first question need not wait for it."""
        with self._turn:
            self._started()

    def stream(
        self, messages: Sequence[ChatMessage], *, deadline: Deadline, max_tokens: int
    ) -> ChatStream:
        """Give the reply as it comes; see `ChatModel`."""
        return ChatStream(self._pieces(tuple(messages), deadline, max_tokens))

    def close(self) -> None:
        """End the child, also one in the middle of a reply."""
        self._is_closed = True
        child = self._child
        if child is not None:
            child.kill()

    def _pieces(
        self, messages: tuple[ChatMessage, ...], deadline: Deadline, max_tokens: int
    ) -> Generator[str, None, ChatReply]:
        with self._own_turn(deadline):
            child = self._ready(deadline)
            child.is_idle = False
            child.say(
                {
                    "messages": [
                        {"role": one.role, "content": encodable(one.text)} for one in messages
                    ],
                    "max_tokens": max_tokens,
                    "temperature": self._options.temperature,
                }
            )
            try:
                return (yield from self._reply(child, deadline))
            finally:
                self._leave(child)

    def _reply(self, child: ChildProcess, deadline: Deadline) -> Generator[str, None, ChatReply]:
        thinking, characters = ThinkingFilter(), 0
        until = deadline.step(self._options.first_token_s)
        while "say" in (heard := self._heard(child, until, has_spoken=characters > 0)):
            characters += len(heard["say"])
            if characters > MOST_CHARACTERS:
                raise GenerationError(f"{self._called} does not stop talking.", kind="flood")
            if piece := thinking.feed(heard["say"]):
                until = deadline
                yield piece
        child.is_idle = True
        if rest := thinking.close():
            yield rest
        if not characters:
            raise GenerationError(f"{self._called} said nothing.", kind="empty")
        done = heard["done"]
        return ChatReply(
            usage=Usage(
                prompt_tokens=done["prompt_tokens"], completion_tokens=done["completion_tokens"]
            ),
            finish="length" if done["finish"] == "length" else "stop",
        )

    def _heard(self, child: ChildProcess, until: Deadline, *, has_spoken: bool) -> Message:
        """Wait for a piece or the end of a reply."""
        try:
            heard = child.hear(until)
        except TimeoutError:
            child.kill()  # it may be in the midst of a long prompt, where it hears nothing
            late = f"{self._called} did not answer in time."
            raise GenerationError(late, kind="timeout") from None
        if heard is None:
            kind = "stopped" if has_spoken else "connection"
            raise GenerationError(f"{self._called} broke off: its process ended.", kind=kind)
        if "error" in heard:
            child.is_idle = True
            raise self._refused(heard["error"])
        return heard

    def _refused(self, status: int) -> GenerationError:
        """What to raise where llama.cpp answers with an error: most often a prompt is too long."""
        if status in NOT_UNDERSTOOD:
            told = "did not accept the request; is ASPIRE_LLM_CONTEXT_TOKENS too small?"
            return GenerationError(f"{self._called} {told}", kind="unfit")
        return GenerationError(f"{self._called} failed.", kind="server")

    def _leave(self, child: ChildProcess) -> None:
        """Stop a child that is not done; in the place of one that is gone, load another."""
        if not child.is_alive:
            with suppress(GenerationError):  # closed meanwhile
                self._started()
        elif not child.is_idle:
            child.say({"stop": True})  # at its next word; `_ready` sees to it that it did

    @contextmanager
    def _own_turn(self, deadline: Deadline) -> Generator[None]:
        """Wait until no other question is answered."""
        if not self._waiting.acquire(blocking=False):
            raise GenerationError(f"{self._called} has too many questions waiting.", kind="busy")
        try:
            if not self._turn.acquire(timeout=deadline.remaining_s()):
                raise GenerationError(f"{self._called} had no time in time.", kind="timeout")
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._waiting.release()

    def _ready(self, deadline: Deadline) -> ChildProcess:
        """Give a child that waits for a prompt; one that loads goes on when the time is over."""
        child = self._started()
        if child.is_loaded and not child.is_idle:
            child = self._stopped(child)
        while not child.is_loaded:
            try:
                heard = child.hear(deadline.step(self._loading.remaining_s()))
            except TimeoutError:
                if self._loading.is_over:
                    child.kill()
                raise GenerationError(
                    f"{self._called} is still being loaded.", kind="timeout"
                ) from None
            if heard is None or "failed" in heard:
                child.kill()
                logger.warning("%s: %s", self.name, heard["failed"] if heard else "no process")
                raise GenerationError(
                    f"{self._called} cannot be loaded by llama.cpp: the file is damaged, of a kind "
                    "that this release does not know, or needs more memory than it may have.",
                    kind="refused",
                )
            child.is_loaded = child.is_idle = "ready" in heard
        return child

    def _stopped(self, child: ChildProcess) -> ChildProcess:
        """Wait a moment for a child that was told to stop; else give another one."""
        until = Deadline.after(_STOP_S)
        try:
            while (heard := child.hear(until)) is not None:
                if "say" not in heard:
                    child.is_idle = True
                    return child
        except TimeoutError:
            pass
        child.kill()
        return self._started()

    def _started(self) -> ChildProcess:
        """Give the child, begun anew where there is none."""
        if self._is_closed:
            raise GenerationError(f"{self._called} is closed.", kind="connection")
        if self._child is None or not self._child.is_alive:
            self._loading = Deadline.after(LONGEST_LOAD_S)
            self._child = ChildProcess(self._start)
            if self._is_closed:  # while it was started
                self._child.kill()
        return self._child

    @property
    def _called(self) -> str:
        return f"The language model {self.name}"

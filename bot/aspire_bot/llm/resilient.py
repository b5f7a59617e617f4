"""A language model asked with care: retried, left alone when it fails, within a day's budget."""

import logging
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tenacity import RetryCallState, Retrying, retry_if_exception, wait_random_exponential

from aspire_bot.answering.chat import ChatMessage, ChatReply, ChatStream, Usage, estimated_usage
from aspire_bot.answering.limits import CircuitBreaker, DailyBudget, Deadline, Reservation
from aspire_bot.answering.ports import ChatModel, ModelWatch
from aspire_bot.errors import FailureKind, GenerationError

logger = logging.getLogger(__name__)

_WORTH_RETRYING: frozenset[FailureKind] = frozenset({"busy", "server", "connection"})
_NOT_ITS_FAULT: frozenset[FailureKind] = frozenset({"unfit", "budget", "resting"})
_WORTH_WAITING_S = 1.0
"""Less than this left after a wait, and no answer can be expected any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often a model is asked the same and how long is waited in between.

    The waits are random between 0 and a bound that doubles ("full jitter"), so that those who were
    turned away together do not come back together. A server's own word on when to come back is
    waited for, and then some.
    """

    attempts: int = 3
    first_wait_s: float = 0.5
    longest_wait_s: float = 4.0
    sleep: Callable[[float], None] = time.sleep


_PATIENT = Patience()


class ResilientModel:
    """A `ChatModel` around another one; safe for several threads where that one is.

    Retries what may pass, only before the first piece and only within the deadline. A budget that
    is used up and a model that is left alone raise GenerationError at once.
    """

    def __init__(
        self,
        model: ChatModel,
        *,
        breaker: CircuitBreaker,
        budget: DailyBudget,
        watch: ModelWatch | None = None,
        patience: Patience = _PATIENT,
        is_quiet: bool = False,
    ) -> None:
        """Ask `model`; `watch` is told how it fares, the log only unless `is_quiet`."""
        self._model = model
        self._breaker = breaker
        self._budget = budget
        self._watch = watch
        self._patience = patience
        self._level = logging.DEBUG if is_quiet else logging.WARNING

    @property
    def name(self) -> str:
        """The setting that chose it."""
        return self._model.name

    @property
    def is_outside(self) -> bool:
        """Whether what it is asked leaves this machine and its private network."""
        return self._model.is_outside

    def stream(
        self, messages: Sequence[ChatMessage], *, deadline: Deadline, max_tokens: int
    ) -> ChatStream:
        """Give the reply as it comes; see `ChatModel`."""
        return ChatStream(self._pieces(tuple(messages), deadline, max_tokens))

    def close(self) -> None:
        """Let go of the connections."""
        self._model.close()

    def _pieces(
        self, messages: tuple[ChatMessage, ...], deadline: Deadline, max_tokens: int
    ) -> Generator[str, None, ChatReply]:
        with self._noting_failures():
            reserved = self._reserve(messages, max_tokens)
        stream: ChatStream | None = None
        # an error that nobody foresaw tells nothing of the model: so it is until all is well
        failure: FailureKind | None = "unfit"
        try:
            stream, first = self._begin(messages, deadline, max_tokens)
            yield first
            with self._noting_failures():
                yield from stream
            failure = None
        except GeneratorExit:  # whoever reads it has enough of a reply that came
            failure = None
            raise
        except GenerationError as error:
            failure = error.kind
            raise
        finally:
            self._tell_breaker(failure)
            reply = self._settle(reserved, messages, stream, failure)
        return reply

    def _reserve(self, messages: tuple[ChatMessage, ...], max_tokens: int) -> Reservation:
        reserved = self._budget.reserve(estimated_usage(messages, "").total + max_tokens)
        if not self._breaker.admits():
            reserved.settle(0)
            raise GenerationError(
                f"The language model {self.name} failed too often and is left alone for a while.",
                kind="resting",
            )
        return reserved

    def _begin(
        self, messages: tuple[ChatMessage, ...], deadline: Deadline, max_tokens: int
    ) -> tuple[ChatStream, str]:
        """Ask until there is a first piece."""
        patience = self._patience
        jitter = wait_random_exponential(
            multiplier=patience.first_wait_s, max=patience.longest_wait_s
        )

        def wait_s(state: RetryCallState) -> float:
            told = state.outcome and state.outcome.exception()
            after = told.retry_after_s if isinstance(told, GenerationError) else None
            return jitter(state) + (after or 0.0)

        def is_enough(state: RetryCallState) -> bool:
            left = deadline.remaining_s() - state.upcoming_sleep
            return state.attempt_number >= patience.attempts or left < _WORTH_WAITING_S

        retrying = Retrying(
            retry=retry_if_exception(_may_pass),
            wait=wait_s,
            stop=is_enough,
            sleep=patience.sleep,
            reraise=True,
        )
        return retrying(self._first, messages, deadline, max_tokens)

    def _first(
        self, messages: tuple[ChatMessage, ...], deadline: Deadline, max_tokens: int
    ) -> tuple[ChatStream, str]:
        with self._noting_failures():
            stream = self._model.stream(messages, deadline=deadline, max_tokens=max_tokens)
            first = next(stream, None)
            if first is None:
                raise GenerationError(f"The language model {self.name} said nothing.", kind="empty")
            return stream, first

    def _settle(
        self,
        reserved: Reservation,
        messages: tuple[ChatMessage, ...],
        stream: ChatStream | None,
        failure: FailureKind | None,
    ) -> ChatReply:
        """Count what was used, in the server's figures, else by an estimate; give the ending."""
        usage, reply = Usage(), ChatReply()
        if stream is not None:
            stream.close()
            reply = stream.reply
            usage = reply.usage if reply.usage.total else estimated_usage(messages, reply.text)
        elif failure == "timeout":  # it read the prompt, and may be writing still
            usage = estimated_usage(messages, "")
        reserved.settle(usage.total)
        if self._watch and usage.total:
            self._watch.model_used(usage.prompt_tokens, usage.completion_tokens)
        return ChatReply(usage=usage, finish=reply.finish)

    def _tell_breaker(self, failure: FailureKind | None) -> None:
        if failure is None:
            self._breaker.succeeded()
        elif failure in _NOT_ITS_FAULT:
            self._breaker.learnt_nothing()
        else:
            self._breaker.failed()

    @contextmanager
    def _noting_failures(self) -> Generator[None]:
        try:
            yield
        except GenerationError as error:
            logger.log(self._level, "%s", error)
            if self._watch:
                self._watch.model_failed(error.kind)
            raise


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, GenerationError) and error.kind in _WORTH_RETRYING

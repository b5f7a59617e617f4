"""A language model judges whether quotes support a statement: yes, no, or nothing of use."""

import logging
import re

from aspire_bot.answering.chat import ChatReply
from aspire_bot.answering.checking.second_opinion import Case
from aspire_bot.answering.limits import Deadline
from aspire_bot.answering.ports import ChatModel
from aspire_bot.answering.writing.prompt_files import NO, YES, Prompts
from aspire_bot.errors import GenerationError, JudgeError

logger = logging.getLogger(__name__)

MOST_TOKENS = 16
"""Of a verdict, which is one word."""
_VERDICT = re.compile(rf"[\W_]*({YES}|{NO})[\W_]*", re.IGNORECASE)


class ModelJudge:
    """A `Judge` that is a language model; safe for several threads where that one is."""

    def __init__(self, model: ChatModel, prompts: Prompts) -> None:
        """Ask `model` with the prompts for judges."""
        self._model = model
        self._prompts = prompts
        self.close = model.close

    @property
    def name(self) -> str:
        """The setting that chose it."""
        return self._model.name

    @property
    def is_outside(self) -> bool:
        """Whether what it is asked leaves this machine and its private network."""
        return self._model.is_outside

    def opinion(self, case: Case, deadline: Deadline) -> bool | None:
        """See `Judge`."""
        messages, _ = self._prompts.judge_messages(case.statement, case.quotes, case.language)
        stream = self._model.stream(messages, deadline=deadline, max_tokens=MOST_TOKENS)
        try:
            for _ in stream:
                pass
        except GenerationError as error:
            told = f"The judge gave no opinion. {error}"
            raise JudgeError(told, is_late=error.kind == "timeout") from error
        finally:
            stream.close()
        found = read_opinion(stream.reply)
        if found is None:
            logger.debug("the judge %s said neither %s nor %s", self.name, YES, NO)
        return found


def read_opinion(reply: ChatReply) -> bool | None:
    """Read one word, in whatever signs; more or other words, or a cut reply, are no opinion."""
    said = _VERDICT.fullmatch(reply.text)
    if said is None or reply.finish != "stop":
        return None
    return said[1].upper() == YES


__all__ = ["MOST_TOKENS", "ModelJudge", "read_opinion"]

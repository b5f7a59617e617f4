"""A language model words a question so that it can be searched for."""

import logging

from aspire_bot.answering.chat import Usage
from aspire_bot.answering.limits import AnswerLimits
from aspire_bot.answering.message.query.rewrite_reply import read_rewrite
from aspire_bot.answering.ports import ChatModel
from aspire_bot.answering.types import Question, RewriteReply
from aspire_bot.answering.writing.prompt_files import Prompts
from aspire_bot.errors import GenerationError
from aspire_ingest.index.text.language import detect_language

logger = logging.getLogger(__name__)

_SHARE_OF_TIME = 3
"""One part in so many of the answer's time: the answer itself is to come."""
_MOST_TOKENS = 200


def reword(
    model: ChatModel, prompts: Prompts, question: Question, limits: AnswerLimits
) -> tuple[RewriteReply, Usage]:
    """Give the model's wording and what it took; nothing where it fails or runs out of time."""
    language = question.language or detect_language(question.text)
    messages, _ = prompts.rewrite_messages(question.text, question.history, language)
    deadline = limits.deadline.step(limits.deadline.remaining_s() / _SHARE_OF_TIME)
    most = min(_MOST_TOKENS, limits.allowance.left)
    stream = model.stream(messages, deadline=deadline, max_tokens=most)
    said = RewriteReply()
    try:
        for _ in stream:
            pass
        if stream.reply.finish == "stop":
            known = "\n".join((question.text, *(turn.text for turn in question.history)))
            said = read_rewrite(stream.reply.text, known)
    except GenerationError as error:
        logger.warning("the question was not worded anew: kind=%s", error.kind)
    finally:
        stream.close()
    limits.allowance.spend(stream.reply.usage.completion_tokens)
    return said, stream.reply.usage

"""Measure what becomes of messages as people type them, on the sample knowledge.

    python -m tests.evals.measure_messages

Wrapped questions count where the bare one is answered: the wrapped one is to be answered by the
same quotes. Follow-ups are right where the answer says what it must. Small talk is to get a
friendly word, chatter among people silence; neither is a search. Silence is owed to what is heard
in a channel; whether it is taken for chatter by itself is told beside it.
"""

import re
import sys
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.evals import typed

from aspire_bot.answering.types import Answer, Question, Turn
from aspire_bot.bootstrap import Assistant, open_assistant
from aspire_bot.playground.sample import index_sample
from aspire_bot.settings import Settings


def main() -> None:
    """Print the figures, and what failed."""
    with TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder))
        index_sample(settings.home)
        with open_assistant(settings) as assistant:
            _wrapped(assistant)
            _followed(assistant)
            _talked(assistant)


def _wrapped(assistant: Assistant) -> None:
    for name, wrappers, questions in (
        ("English", typed.ENGLISH, typed.QUESTIONS_EN),
        ("Japanese", typed.JAPANESE, typed.QUESTIONS_JA),
    ):
        bare = {question: assistant.answer(Question(text=question)) for question in questions}
        answered = [question for question, answer in bare.items() if answer.outcome == "answered"]
        failed: list[str] = []
        for wrapper, question in zip(wrappers, cycle(answered), strict=False):
            text = wrapper.format(question)
            if _quotes(assistant.answer(Question(text=text))) != _quotes(bare[question]):
                failed.append(text)
        _tell(f"wrapped, {name}: the same quotes", len(wrappers), failed)


def _followed(assistant: Assistant) -> None:
    failed: list[str] = []
    for earlier, text, right in typed.FOLLOW_UPS:
        first = assistant.answer(Question(text=earlier))
        history = (Turn(role="user", text=earlier), Turn(role="assistant", text=first.text))
        answer = assistant.answer(Question(text=text, history=history, place="thread"))
        if answer.outcome != "answered" or not re.search(right, answer.text):
            failed.append(f"{earlier} | {text} | {answer.outcome}: {answer.text[:120]!r}")
    _tell("follow-ups: right", len(typed.FOLLOW_UPS), failed)


def _talked(assistant: Assistant) -> None:
    said = {text: assistant.answer(Question(text=text)) for text in typed.SMALL_TALK}
    failed = [
        f"{text}: {answer.act}"
        for text, answer in said.items()
        if answer.outcome != "conversation" or not answer.text
    ]
    _tell("small talk: a friendly word", len(typed.SMALL_TALK), failed)
    # as people say it to each other in a channel: nobody addresses the bot
    heard = {
        text: assistant.answer(Question(text=text, place="channel", is_overheard=True))
        for text in typed.CHATTER
    }
    failed = [f"{text}: {answer.text[:80]!r}" for text, answer in heard.items() if answer.text]
    _tell("chatter: silence", len(typed.CHATTER), failed)
    read = {text: assistant.read(Question(text=text, place="channel")) for text in typed.CHATTER}
    failed = [
        f"{text}: {message.act}" for text, message in read.items() if message.act != "chatter"
    ]
    _tell("chatter: taken for it", len(typed.CHATTER), failed)


def _quotes(answer: Answer) -> set[tuple[str, int]]:
    return {(citation.document.document_id, citation.start) for citation in answer.citations}


def _tell(what: str, number: int, failed: Sequence[str]) -> None:
    right = number - len(failed)
    sys.stdout.write(f"{what} {right}/{number} ({right / number:.3f})\n")
    sys.stdout.writelines(f"  - {one!r}\n" for one in failed)
    sys.stdout.flush()


if __name__ == "__main__":
    main()

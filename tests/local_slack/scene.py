"""The bot as it runs, beside a local Slack: real Bolt, real HTTP, a scripted answering core."""

import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Queue
from typing import cast

from aspire_bot.answering.types import Answer, Question
from aspire_bot.local_slack.events import SIGNING_SECRET, deliver, event_body
from aspire_bot.local_slack.limits import message_texts
from aspire_bot.local_slack.methods import BOT_TOKEN
from aspire_bot.local_slack.server import LocalSlack
from aspire_bot.slack.app import SlackAccess, build_app
from aspire_bot.slack.serve import Endpoint, serve

Scripted = Answer | Exception | Callable[[Question], Answer]


@dataclass(slots=True)
class ScriptedAnswerer:
    """Gives the answers it was given, in order, and keeps the questions."""

    script: Sequence[Scripted]
    questions: list[Question] = field(default_factory=list[Question])
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, question: Question) -> Answer:
        """Give the next answer, or raise where the script says so."""
        with self._lock:
            scripted = self.script[len(self.questions)]
            self.questions.append(question)
        if isinstance(scripted, Exception):
            raise scripted
        return scripted(question) if callable(scripted) else scripted


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A running bot and the Slack it speaks to."""

    slack: LocalSlack
    answerer: ScriptedAnswerer
    port: int

    def say(self, event: Mapping[str, object], **envelope: str) -> None:
        """Let a person say something in Slack; the bot must acknowledge it."""
        self.slack.admit(event)
        assert deliver(self.port, event_body(event, **envelope)) == 200

    def texts(self, post: int = -1) -> list[str]:
        """The texts of one of the bot's messages."""
        return message_texts(cast("Sequence[object]", self.slack.posted()[post]["blocks"]))


@contextmanager
def run_bot(
    *script: Scripted, slack: LocalSlack | None = None, **endpoint: str
) -> Generator[Scene]:
    """Run the bot with a script until the block ends; fail if it broke a rule of Slack's."""
    with slack or LocalSlack() as local:
        answerer = ScriptedAnswerer(script)
        access = SlackAccess(bot_token=BOT_TOKEN, signing_secret=SIGNING_SECRET, api_url=local.url)
        app = build_app(answerer, access, contact="office@example.org")
        stop, ports = threading.Event(), Queue[int]()
        place = Endpoint(port=0, signing_secret=SIGNING_SECRET, drain_s=5, **endpoint)  # pyright: ignore[reportArgumentType]
        runner = threading.Thread(
            target=serve,
            args=(app, place, lambda: None),
            kwargs={"stop": stop, "on_listening": ports.put},
        )
        runner.start()
        try:
            yield Scene(slack=local, answerer=answerer, port=ports.get(timeout=10))
        finally:
            stop.set()
            runner.join()
        assert local.violations == []

"""From an event of Slack to a reply in its thread."""

import logging
import secrets
import time
from dataclasses import dataclass
from typing import Protocol

from pydantic import ValidationError
from slack_bolt import App, BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from aspire_bot.answering.types import Answer, Question, Turn
from aspire_bot.slack.blocks import SlackMessage, render_answer, render_notice
from aspire_bot.slack.incoming import Incoming, read_incoming
from aspire_bot.slack.thread import SeenEvents, ThreadMemory
from aspire_bot.slack.wording import ENGLISH, JAPANESE, language_of, wording_for

logger = logging.getLogger(__name__)


class Answerer(Protocol):
    """The answering core, as Slack needs it. Called from several threads at once."""

    def answer(self, question: Question) -> Answer:
        """Answer, abstain or ask back; raises `AspireError` where it can do none of these."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Listeners:
    """The bot's reactions to events, over what they need."""

    answerer: Answerer
    threads: ThreadMemory
    seen: SeenEvents
    contact: str | None = None

    def register(self, app: App) -> None:
        """Listen to mentions and to messages; Bolt acknowledges both before we start."""
        for event in ("app_mention", "message"):
            app.event(event)(self.on_message)  # pyright: ignore[reportUnknownMemberType]  Bolt leaves generics open

    def on_message(self, body: dict[str, object], client: WebClient, context: BoltContext) -> None:
        """Answer a message addressed to the bot, once, in its thread; let others pass."""
        try:
            incoming = read_incoming(body, bot_user_id=context.bot_user_id)
        except ValidationError:
            logger.warning("event_id=%s is no message we can read", body.get("event_id"))
            return
        if incoming is None:
            return
        if not self.seen.claim(incoming):
            logger.info("event_id=%s was delivered again: left alone", incoming.event_id)
            return
        try:
            self._reply(incoming, client, context)
        except Exception as error:  # noqa: BLE001  the boundary: the asker is told, the log has all
            _report(error, incoming, client)

    def _reply(self, incoming: Incoming, client: WebClient, context: BoltContext) -> None:
        if not incoming.text:
            _post(render_notice(f"{ENGLISH.help}\n{JAPANESE.help}"), incoming, client)
            return
        began = time.perf_counter()
        _show_status(incoming, context)
        history = self.threads.turns(incoming.thread)
        answer = self.answerer.answer(Question(text=incoming.text, history=history))
        answered = time.perf_counter()
        _post(render_answer(answer, contact=self.contact), incoming, client)
        said = (Turn(role="user", text=incoming.text), Turn(role="assistant", text=answer.text))
        self.threads.remember(incoming.thread, *said)
        logger.info(
            "event_id=%s outcome=%s model=%s index=%s answer_ms=%.0f post_ms=%.0f steps_ms=%s",
            incoming.event_id,
            answer.outcome,
            answer.model,
            answer.index_version,
            (answered - began) * 1000,
            (time.perf_counter() - answered) * 1000,
            dict(answer.timings_ms),
        )


def _show_status(incoming: Incoming, context: BoltContext) -> None:
    """Show that the bot is at work. Slack clears it at the reply; without it, all goes on."""
    if context.set_status is None:
        return
    try:
        context.set_status(status=wording_for(language_of(incoming.text)).working)
    except (SlackClientError, OSError) as error:
        logger.info("event_id=%s no status shown: %s", incoming.event_id, error)


def _post(message: SlackMessage, incoming: Incoming, client: WebClient) -> None:
    client.chat_postMessage(  # pyright: ignore[reportUnknownMemberType]  untyped keyword arguments
        channel=incoming.thread.channel,
        thread_ts=incoming.thread.thread_ts,
        text=message.text,
        blocks=message.blocks,
        unfurl_links=False,
        unfurl_media=False,
    )


def _report(error: Exception, incoming: Incoming, client: WebClient) -> None:
    """Log the trace under an incident id and tell the asker the id, not the trace."""
    incident = secrets.token_hex(4)
    logger.error("incident=%s event_id=%s", incident, incoming.event_id, exc_info=error)
    wording = wording_for(language_of(incoming.text))
    notice = render_notice(wording.error(error), footnote=wording.incident.format(incident))
    try:
        _post(notice, incoming, client)
    except (SlackClientError, OSError):
        logger.exception("incident=%s event_id=%s not reported", incident, incoming.event_id)

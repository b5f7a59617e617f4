"""Buttons, commands, shortcuts and modals: Bolt's listeners.

What leads to an answer or a message is put into the inbox before it is acknowledged; a modal is
opened at once, for its trigger is good for three seconds only.
"""

import hashlib
import logging
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from slack_bolt import Ack, App

from aspire_bot.logs import log_about
from aspire_bot.messages import phrases
from aspire_bot.slack.answers.ephemeral import read_again
from aspire_bot.slack.answers.feedback import Feedback
from aspire_bot.slack.jobs.task import Ask, AskEphemeral, Escalate, Share, Tour
from aspire_bot.slack.listeners.commands import SlashCommand
from aspire_bot.slack.listeners.events import plain_text
from aspire_bot.slack.listeners.intake import Intake
from aspire_bot.slack.listeners.payloads import Click, Command, Shortcut, Submission
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.render import buttons
from aspire_bot.slack.render.blocks import render_notice
from aspire_bot.slack.staff.channel_settings import ChannelSettings
from aspire_bot.state import State
from aspire_ingest.index.text.language import language_of

logger = logging.getLogger(__name__)

Body = Mapping[str, object]
"""A payload as Bolt hands it over."""
OnClick = Callable[[SlackWeb, Click], None]
OnSubmission = Callable[[SlackWeb, Submission], Mapping[str, str] | None]
"""Gives what is wrong with the fields, by block, where something is: the modal stays open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interactions:
    """Reacts to what people press, choose and send.

    `clicks` and `submissions` are further reactions, by action and by modal.
    """

    state: State
    intake: Intake
    web_of: Callable[[str], SlackWeb]
    feedback: Feedback
    slash: SlashCommand
    setup: ChannelSettings
    clicks: Mapping[str, OnClick]
    shortcuts: Mapping[str, Callable[[SlackWeb, Shortcut], None]]
    submissions: Mapping[str, OnSubmission]

    def register(self, app: App) -> None:
        """Listen to all of them."""
        # Bolt leaves generics open in the types of all of these.
        app.action(re.compile(r"^aspire:"))(self.on_click)  # pyright: ignore[reportUnknownMemberType]  as above
        app.action(re.compile(r""))(_let_pass)  # pyright: ignore[reportUnknownMemberType]  links, which do nothing here
        app.command(re.compile(r"^/"))(self.on_command)  # pyright: ignore[reportUnknownMemberType]  as above
        app.shortcut(re.compile(r""))(self.on_shortcut)  # pyright: ignore[reportUnknownMemberType]  as above
        app.view(re.compile(r"^aspire:"))(self.on_submission)  # pyright: ignore[reportUnknownMemberType]  as above

    def on_click(self, ack: Ack, body: Body) -> None:
        """A button: the reactions that open a modal first."""
        click = Click.model_validate(body)
        reactions: dict[str, OnClick] = {
            buttons.VOTE: self.feedback.on_vote,
            buttons.DELETE: self.feedback.on_delete,
            buttons.SHARE: self._share,
            buttons.ESCALATE: self._escalate,
            buttons.ASK_AGAIN: self._ask_again,
            buttons.ASK_SUGGESTED: self._ask_suggested,
            buttons.CHOOSE: self._choose,
            buttons.TOUR: self._tour,
            **self.clicks,
        }
        # What follows the verb only tells buttons of one message apart.
        verb = ":".join(click.action_id.split(":")[:2])
        reaction = reactions.get(click.action_id) or reactions.get(verb)
        with log_about(event_id=click.key):
            if reaction is None:
                logger.warning("action=%s is none of ours", click.action_id)
            else:
                reaction(self.web_of(click.team), click)
        ack()

    def on_command(self, ack: Ack, body: Body) -> None:
        """`/aspire`."""
        command = Command.model_validate(body)
        with log_about(event_id=f"command:{command.trigger_id}"):
            try:
                shown = self.slash.run(self.web_of(command.team), command)
            except Exception as error:
                incident = secrets.token_hex(4)
                logger.exception("incident=%s", incident)
                wording = phrases(language_of(command.text)).slack
                shown = render_notice(
                    wording.error(error), footnote=wording.incident.format(incident)
                )
        if shown is None:
            ack()
        else:
            ack(
                text=shown.text,
                blocks=[dict(block) for block in shown.blocks],
                response_type="ephemeral",
            )

    def on_shortcut(self, ack: Ack, body: Body) -> None:
        """A choice in the menu of a message."""
        shortcut = Shortcut.model_validate(body)
        with log_about(event_id=f"shortcut:{shortcut.trigger_id}"):
            web = self.web_of(shortcut.team)
            if shortcut.callback_id == buttons.ANSWER_SHORTCUT:
                self._answer_this(web, shortcut)
            elif reaction := self.shortcuts.get(shortcut.callback_id):
                reaction(web, shortcut)
        ack()

    def on_submission(self, ack: Ack, body: Body) -> None:
        """A modal was sent."""
        sent = Submission.model_validate(body)
        reactions: dict[str, OnSubmission] = {
            buttons.FEEDBACK_VIEW: self.feedback.on_reason,
            buttons.CHANNEL_VIEW: self.setup.save,
            **self.submissions,
        }
        with log_about(event_id=f"view:{sent.view_id}"):
            reaction = reactions.get(sent.callback_id)
            errors = reaction(self.web_of(sent.team), sent) if reaction is not None else None
        if errors:
            ack(response_action="errors", errors=dict(errors))
        else:
            ack()

    def _share(self, web: SlackWeb, click: Click) -> None:
        del web
        posted = self.state.answers.by_id(click.value)
        if posted is not None and posted.asker == click.user:
            task = Share(user=click.user, question=posted.question, thread_ts=posted.thread_ts)
            key = f"share:{posted.answer_id}:{click.channel}"
            self.intake.put(task, key=key, team=click.team, channel=click.channel)

    def _escalate(self, web: SlackWeb, click: Click) -> None:
        del web
        task = Escalate(user=click.user, answer_id=click.value, response_url=click.response_url)
        # One after the other, for two people may press the same button at once.
        message = click.thread_ts or click.message_ts
        self.intake.put(
            task, key=click.key, team=click.team, channel=click.channel, thread_ts=message
        )

    def _ask_again(self, web: SlackWeb, click: Click) -> None:
        del web
        task = read_again(click.user, click.value)
        # Once for each offer: the same words may be offered again after another change.
        offer = f"{click.message_ts}\n{click.value}".encode()
        self.intake.put(
            task,
            key=f"again:{click.user}:{hashlib.blake2b(offer, digest_size=9).hexdigest()}",
            team=click.team,
            channel=click.channel,
            thread_ts=task.thread_ts,
            message_ts=task.message_ts,
        )

    def _ask_suggested(self, web: SlackWeb, click: Click) -> None:
        del web
        task = Ask(user=click.user, question=click.value)
        self.intake.put(task, key=click.key, team=click.team, channel="")

    def _choose(self, web: SlackWeb, click: Click) -> None:
        """Ask again about what was chosen; whoever reads the thread may choose."""
        del web
        answer_id, choice = buttons.read_choice(click.value)
        posted = self.state.answers.by_id(answer_id)
        if posted is None or posted.channel != click.channel:
            return
        question = f"{posted.question} ({choice})"
        task = Share(user=click.user, question=question, thread_ts=posted.thread_ts)
        key = f"choice:{click.user}:{click.action_id}:{answer_id}"
        self.intake.put(
            task, key=key, team=click.team, channel=click.channel, thread_ts=posted.thread_ts
        )

    def _tour(self, web: SlackWeb, click: Click) -> None:
        del web
        task = Tour(user=click.user, step=click.value, is_wanted=True)
        self.intake.put(task, key=click.key, team=click.team, channel="")

    def _answer_this(self, web: SlackWeb, shortcut: Shortcut) -> None:
        question = plain_text(shortcut.whole_text, bot_user_id=None)
        wording = phrases(language_of(question)).slack
        if not question:
            web.respond(shortcut.response_url, render_notice(wording.nothing_to_read))
            return
        task = AskEphemeral(
            user=shortcut.user,
            question=question,
            response_url=shortcut.response_url,
            thread_ts=shortcut.thread_ts or shortcut.message_ts,
            message_ts=shortcut.message_ts,
        )
        key = f"shortcut:{shortcut.trigger_id}"
        self.intake.put(task, key=key, team=shortcut.team, channel=shortcut.channel)


def _let_pass(ack: Ack) -> None:
    ack()

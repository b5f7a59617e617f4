"""Newcomers: one welcome for each, and a tour that goes on where they stopped.

What one person wishes of the tour is worked off in the order in which it came: it is put in that
person's line first. So a step that was begun and not sent was left by an attempt that died, and is
taken up; and a button pressed twice finds its step there already.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from pydantic import TypeAdapter

from aspire_bot.answering.types import Turn
from aspire_bot.messages import phrases
from aspire_bot.slack.answers.answer_service import answer_id_of
from aspire_bot.slack.answers.audience import Audiences
from aspire_bot.slack.answers.delivery import Place, Reply
from aspire_bot.slack.jobs.task import AnyTask, Tour, write_task
from aspire_bot.slack.listeners.events import Joined, SlackEvent
from aspire_bot.slack.onboarding.content import Content
from aspire_bot.slack.onboarding.course import Standing, standing_of
from aspire_bot.slack.onboarding.messages import (
    AGAIN,
    DECLINE,
    LATER,
    declined,
    elsewhere,
    finished,
    paused,
    welcome_message,
)
from aspire_bot.slack.onboarding.steps import Answered, Prepared, Steps, Visit, WorkOut
from aspire_bot.slack.onboarding.wait import wait_until_settled
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.state import State
from aspire_bot.state.gaps import Gap
from aspire_bot.state.inbox import Arrival, Job
from aspire_bot.state.threads import ThreadKey
from aspire_bot.suggestions.offer import Everything, Offered
from aspire_ingest.index.types import Audience

# Kept like steps, so that they are said once; ids of steps never begin with this sign.
_WELCOME, _DECLINED, _PAUSED = "!welcome", "!declined", "!paused"


_PREPARED = TypeAdapter(Prepared)


@dataclass(frozen=True, slots=True, kw_only=True)
class Touring:
    """Welcomes newcomers and leads them through the tour."""

    state: State
    audiences: Audiences
    work_out: WorkOut
    content: Content
    contact: str | None = None
    offered: Offered = field(default_factory=Everything)

    @property
    def _steps(self) -> Steps:
        return Steps(audiences=self.audiences, work_out=self.work_out, contact=self.contact)

    def on_joined(self, job: Job, web: SlackWeb, slack_event: SlackEvent) -> None:
        """Welcome a person who joined, once for ever; never a bot or a stranger."""
        del job
        assert isinstance(slack_event, Joined)  # noqa: S101  the router's table says so
        user = slack_event.user
        if self.state.onboarding.progress(web.team, user) is None and _is_ours(web, user):
            self._put_in_line(web, Tour(user=user), key=f"welcome:{web.team}:{user}")

    def on_tour(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Do what a person wishes of the tour, or welcome them."""
        assert isinstance(task, Tour)  # noqa: S101  as above
        if job.arrival.thread_ts != _line_of(task.user):
            self._put_in_line(web, task, key=f"{job.arrival.key}:in-line")
            return
        visit = self._visit(job, web, task)
        wishes = {DECLINE: self._decline, LATER: self._pause}
        if not task.is_wanted:
            self._welcome(visit)
        elif wish := wishes.get(task.step):
            wish(visit)
        else:
            self._go_on(visit)

    def _put_in_line(self, web: SlackWeb, task: Tour, *, key: str) -> None:
        arrival = Arrival(
            kind="task",
            key=key,
            team=web.team,
            channel=web.open_direct(task.user),
            thread_ts=_line_of(task.user),
            user=task.user,
            body=write_task(task),
        )
        self.state.inbox.put(arrival)

    def _visit(self, job: Job, web: SlackWeb, task: Tour) -> Visit:
        wording = phrases(web.locale(task.user)).slack
        channel = job.arrival.channel
        place = Place(channel=channel, thread_ts="", user=task.user, is_direct=True)
        reply = Reply(web=web, inbox=self.state.inbox, job=job, place=place, wording=wording)
        reply.take_up()
        guide = self.content.guide(wording.language)
        return Visit(job=job, web=web, task=task, reply=reply, guide=guide, wording=wording)

    def _welcome(self, visit: Visit) -> None:
        self.state.onboarding.start(visit.web.team, visit.task.user, channel=visit.channel)
        first_id = self._standing(visit).next_id or visit.guide.steps[0].step_id
        self._say_once(visit, _WELCOME, welcome_message(visit.guide, first_id, visit.wording))

    def _decline(self, visit: Visit) -> None:
        self._say_once(visit, _DECLINED, declined(visit.wording))

    def _pause(self, visit: Visit) -> None:
        standing = self._standing(visit)
        if standing.next_id is None:
            self._say_once(visit, f"{_PAUSED}:end", finished(visit.wording))
        else:
            message = paused(standing.next_id, visit.wording)
            self._say_once(visit, f"{_PAUSED}:{standing.next_id}", message)

    def _say_once(self, visit: Visit, name: str, message: SlackMessage) -> None:
        """Say what is no step; what was said before is not said again."""
        team, user = visit.web.team, visit.task.user
        known = self.state.onboarding.progress(team, user)
        if known is not None and name in known.done:
            return
        visit.reply.say(message)
        next_step = self._standing(visit).next_id
        self.state.onboarding.note_sent(team, user, name, visit.reply.ts, next_step=next_step)

    def _go_on(self, visit: Visit) -> None:
        """Send the next step, or what has been prepared by an earlier attempt."""
        kept = (visit.job.outcome or {}).get("prepared")
        if kept is not None:
            self._send(visit, _PREPARED.validate_python(kept))
            return
        self._begin(visit)
        standing = self._standing(visit)
        if not standing.ahead and not standing.left_out:
            visit.reply.say(finished(visit.wording))
        elif standing.ahead and not self._is_next(visit, standing):
            where = elsewhere(standing.ahead[0].step_id, visit.wording)
            visit.web.post_ephemeral(visit.channel, visit.task.user, where)
        else:
            visit.reply.open()
            wait_until_settled(self.offered, visit.job)  # before anything is counted
            standing = self._standing(visit)
            self._note_left_out(visit, standing)
            is_welcomed = self._is_welcomed(visit)
            prepared = self._steps.prepare(visit, standing, is_welcomed=is_welcomed)
            kept = {"prepared": _PREPARED.dump_python(prepared, mode="json")}
            self.state.inbox.note_outcome(visit.job.job_id, kept)
            self._send(visit, prepared)

    def _is_next(self, visit: Visit, standing: Standing) -> bool:
        """Whether a button asks for what comes next, or for a step that the index lost since."""
        if visit.task.step in {"", AGAIN, standing.next_id}:
            return True
        progress = self.state.onboarding.progress(visit.web.team, visit.task.user)
        is_lost = visit.task.step in {step.step_id for step in standing.left_out}
        return is_lost and progress is not None and progress.next_step == visit.task.step

    def _note_left_out(self, visit: Visit, standing: Standing) -> None:
        """Show staff what the tour cannot tell: once for each tour, at its first step."""
        if standing.sent:
            return
        # not `standing.left_out`: what comes before the kept place is left out, too
        for step in visit.guide.steps:
            if any(map(self.offered.answers, step.questions)):
                continue
            for number, question in enumerate(step.questions):
                key = answer_id_of(f"{visit.job.arrival.key}:{step.step_id}:{number}")
                self.state.gaps.add(
                    Gap(
                        gap_id=key,
                        answer_id=key,
                        question=question,
                        language=visit.wording.language,
                        team=visit.web.team,
                        asker=visit.task.user,
                        asked_at=datetime.now(UTC),
                        origin="onboarding",
                    )
                )

    def _begin(self, visit: Visit) -> None:
        """Begin the tour where it has not begun, and anew where that is wished.

        To begin anew at a retry changes nothing: what is prepared is kept, and goes first.
        """
        task, onboarding = visit.task, self.state.onboarding
        onboarding.start(visit.web.team, task.user, channel=visit.channel)
        if task.is_restart or task.step == AGAIN:
            is_welcomed = self._is_welcomed(visit)
            onboarding.restart(visit.web.team, task.user)
            if is_welcomed:  # that is not said anew
                onboarding.note_sent(visit.web.team, task.user, _WELCOME, "")

    def _send(self, visit: Visit, prepared: Prepared) -> None:
        """Send what was prepared, into the message that an earlier attempt made if there is one."""
        team, user = visit.web.team, visit.task.user
        visit.reply.say(prepared.message)
        ts, onboarding = visit.reply.ts, self.state.onboarding
        for one in prepared.answered:
            self._remember(visit, one, prepared.audience)
        if not self._is_welcomed(visit):
            onboarding.note_sent(team, user, _WELCOME, ts)
        onboarding.note_sent(team, user, prepared.step_id, ts, next_step=prepared.next_id)
        if prepared.next_id is None:
            onboarding.finish(team, user)

    def _remember(self, visit: Visit, one: Answered, audience: Audience) -> None:
        """Let further questions be asked in the thread of the step."""
        ts = visit.reply.ts
        self.state.answers.set_message(one.answer_id, visit.channel, ts)
        self.state.threads.remember(
            ThreadKey(team=visit.web.team, channel=visit.channel, thread_ts=ts),
            Turn(role="user", text=one.question),
            Turn(role="assistant", text=one.answer),
            audience=audience,
            user=visit.task.user,
            source_key=one.answer_id,
        )

    def _standing(self, visit: Visit) -> Standing:
        progress = self.state.onboarding.progress(visit.web.team, visit.task.user)
        return standing_of(visit.guide.steps, progress, self.offered.answers)

    def _is_welcomed(self, visit: Visit) -> bool:
        progress = self.state.onboarding.progress(visit.web.team, visit.task.user)
        return progress is not None and _WELCOME in progress.done


def _line_of(user: str) -> str:
    """Under what name the wishes of a person stand in one line of the inbox."""
    return f"tour:{user}"


def _is_ours(web: SlackWeb, user: str) -> bool:
    """Whether somebody is a person of this workspace."""
    known = web.user(user)
    return (
        not (known.get("is_bot") or known.get("deleted") or known.get("is_stranger"))
        and user != "USLACKBOT"
    )

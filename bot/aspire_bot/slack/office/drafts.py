"""Answers that staff see first: held, shown to staff, and posted as they decide."""

from dataclasses import dataclass
from datetime import UTC, datetime

from aspire_bot.answering.quotes.citations import MARKER
from aspire_bot.answering.types import Turn
from aspire_bot.messages import phrases
from aspire_bot.slack.answers.answer_job import PreparedAnswer, SlackQuestion
from aspire_bot.slack.answers.audience import Audiences
from aspire_bot.slack.answers.delivery import Place, Reply
from aspire_bot.slack.jobs.office_task import PostDraft, SettleDraft
from aspire_bot.slack.jobs.task import AnyTask
from aspire_bot.slack.office.messages import draft_for_staff, settled_draft
from aspire_bot.slack.office.task_messages import Posting
from aspire_bot.slack.office.waiting_askers import TellingWaiting, permalink_of
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.render.blocks import render_notice
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.slack.staff.office_messages import reply_from_office
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.state import State
from aspire_bot.state.inbox import Job
from aspire_bot.state.office.drafts import Decision, Draft
from aspire_bot.state.threads import ThreadKey

_HELD = frozenset({"answered", "abstained"})
"""Outcomes that staff see first; a question back, or a friendly word, states nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReview:
    """Puts staff between an answer and its asker, where a channel is set so."""

    state: State
    staff: Staff
    audiences: Audiences
    posting: Posting
    telling: TellingWaiting
    contact: str | None = None

    def holds(self, prepared: PreparedAnswer) -> bool:
        """Whether staff must see it first."""
        return bool(prepared.answer_id) and prepared.outcome in _HELD

    def hold(self, slack_question: SlackQuestion, prepared: PreparedAnswer, reply: Reply) -> None:
        """Tell the asker that somebody looks at it, and keep the answer for staff."""
        words = phrases(prepared.language).office_work.draft
        reply.open()
        reply.deliver(render_notice(words.looking.format(self.staff.office.name)))
        draft = Draft(
            answer_id=prepared.answer_id,
            team=reply.web.team,
            channel=slack_question.place.channel,
            thread_ts=slack_question.place.thread_ts,
            asker=slack_question.place.user,
            question=prepared.question,
            language=prepared.language,
            audience=prepared.audience,
            text=prepared.answer,
            message=prepared.message.to_json(),
            notice_ts=reply.ts,
            made_at=datetime.now(UTC),
        )
        self.state.drafts.add(draft)
        task = PostDraft(user="", answer_id=prepared.answer_id)
        self.posting.put(task, key=f"draft:{prepared.answer_id}", team=reply.web.team)

    def on_post(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Show staff a draft, once."""
        assert isinstance(task, PostDraft)  # noqa: S101  the router's table says so
        draft = self.state.drafts.get(task.answer_id)
        channel = self.staff.office.channel
        if draft is None or channel is None or draft.status != "waiting":
            return  # without a staff channel it waits on the Home of staff
        permalink = permalink_of(web, draft.channel, draft.notice_ts)
        place = Place(channel=channel, thread_ts="", user="")
        ts = self.posting.say(job, web, place, draft_for_staff(draft, permalink))
        self.state.drafts.set_message(draft.answer_id, channel, ts)

    def on_settle(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Post what staff decided in the asker's thread; the first decision stands."""
        assert isinstance(task, SettleDraft)  # noqa: S101  as above
        decision = Decision(
            status=task.act, decided_by=task.user, wording=task.wording, reason=task.reason
        )
        draft = self.state.drafts.decide(task.answer_id, decision, job_key=job.arrival.key)
        if draft is None:
            return
        is_posted = self._may_be_posted(web, draft)
        if is_posted:
            self._post(job, web, draft)
        if draft.staff_channel and draft.staff_ts:
            message = settled_draft(draft, is_posted=is_posted)
            web.update(draft.staff_channel, draft.staff_ts, message)

    def _post(self, job: Job, web: SlackWeb, draft: Draft) -> None:
        is_direct = draft.channel.startswith("D")
        place = Place(
            channel=draft.channel,
            thread_ts=draft.thread_ts,
            user=draft.asker,
            is_direct=is_direct,
        )
        ts = self.posting.say(job, web, place, self._message(draft))
        if draft.notice_ts:
            web.delete(draft.channel, draft.notice_ts)
        if draft.status == "declined":
            return
        self.state.answers.set_message(draft.answer_id, draft.channel, ts)
        thread = ThreadKey(team=draft.team, channel=draft.channel, thread_ts=draft.thread_ts or ts)
        self.state.threads.remember(
            thread,
            Turn(role="user", text=draft.question),
            Turn(role="assistant", text=draft.wording or draft.text),
            audience=draft.audience,
            user=draft.asker,
            source_key=draft.answer_id,
        )
        if draft.status == "edited":
            gap = self.state.gaps.of_answer(draft.answer_id)
            if gap is not None:
                self.state.gaps.set_status(gap.gap_id, "answered")
            self.telling.answered(draft.answer_id, "draft", draft.answer_id)

    def _message(self, draft: Draft) -> SlackMessage:
        wording = phrases(draft.language).slack
        if draft.status == "accepted":
            return SlackMessage.from_json(draft.message)
        if draft.status == "edited":
            return reply_from_office(
                draft.wording,
                staff=draft.decided_by or "",
                asker=draft.asker,
                office=self.staff.office.name,
                wording=wording,
            )
        words = phrases(draft.language).office_work.draft
        text = words.told_declined.format(self.staff.office.name)
        contact = wording.contact.format(self.contact) if self.contact else None
        return render_notice(text, footnote=contact)

    def _may_be_posted(self, web: SlackWeb, draft: Draft) -> bool:
        """Whether what was found for staff is still for those who read the channel."""
        posted = self.state.answers.by_id(draft.answer_id)
        if posted is not None and posted.deleted_at is not None:
            return False
        if draft.audience != "staff" or draft.status != "accepted":
            return True
        return self.audiences.of_channel(web, draft.channel, draft.asker) == "staff"


def editable(draft: Draft) -> str:
    """Give what staff begin to edit: the answer's words without markers."""
    return MARKER.sub("", draft.text).strip()

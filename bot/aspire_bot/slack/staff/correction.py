"""Staff set an answer right: the modal, and what they send with it, checked.

Who is staff is checked when it is opened and again when it is sent: a modal can be sent by anyone.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urldefrag

from aspire_bot.messages import ApprovalPhrases, phrases
from aspire_bot.slack.answers.answer_service import source_of
from aspire_bot.slack.jobs.task import Publish, ShowReach, Withdraw
from aspire_bot.slack.listeners.commands import Library
from aspire_bot.slack.listeners.intake import Intake
from aspire_bot.slack.listeners.payloads import Click, Shortcut, Submission
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.render.blocks import render_notice
from aspire_bot.slack.render.modals import AUDIENCE
from aspire_bot.slack.staff.approval_messages import (
    MAX_TITLE,
    QUESTION,
    SOURCES,
    TEXT,
    URL,
    VALID_UNTIL,
    set_right_view,
)
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.state import State
from aspire_bot.state.answers import PostedAnswer
from aspire_bot.state.approvals import ApprovedAnswer
from aspire_bot.state.sources import CitedSource
from aspire_ingest.index.errors import AspireError
from aspire_ingest.index.text.language import detect_language, language_of
from aspire_ingest.index.types import UNKNOWN_LANGUAGE, Audience, DocumentInfo

logger = logging.getLogger(__name__)

_YEAR = timedelta(days=365)
Errors = dict[str, str]
"""What is wrong with which field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRight:
    """Takes approved answers from staff; publishing them is a task."""

    state: State
    intake: Intake
    staff: Staff
    library: Library
    today: Callable[[], date]
    shows_reach: bool = False
    """Whether staff see which kept questions it will answer before it is published."""

    def on_click(self, web: SlackWeb, click: Click) -> None:
        """The button beside a question or a reply in the staff channel."""
        posted = self.state.answers.by_id(click.value)
        self._open(web, posted, click)

    def on_shortcut(self, web: SlackWeb, shortcut: Shortcut) -> None:
        """The shortcut in the menu of an answer."""
        place = (shortcut.team, shortcut.channel, shortcut.message_ts)
        self._open(web, self.state.answers.by_message(*place), shortcut)

    def on_withdraw(self, web: SlackWeb, click: Click) -> None:
        """The button under a published answer."""
        if not self.staff.includes(web, click.user):
            logger.warning("a withdrawal by somebody who is not staff was refused")
            notice = render_notice(phrases(web.locale(click.user)).slack.staff_only)
            web.respond(click.response_url, notice)
            return
        task = Withdraw(user=click.user, approval_id=click.value)
        self.intake.put(task, key=click.key, team=click.team, channel="")

    def on_submission(self, web: SlackWeb, sent: Submission) -> Mapping[str, str] | None:
        """Keep an approved answer and have it published, or say what is wrong with it."""
        posted = self.state.answers.by_id(sent.metadata)
        language = posted.language if posted else language_of(sent.field(QUESTION))
        if not self.staff.includes(web, sent.user):
            logger.warning("an approved answer by somebody who is not staff was refused")
            return {QUESTION: phrases(language).slack.staff_only}
        words = phrases(language).approval
        if posted is None:
            return {QUESTION: words.no_answer_here}
        errors: Errors = {}
        approved = self._read(sent, posted, words, errors)
        if errors:
            return errors
        self.state.approvals.add(approved)
        kind = ShowReach if self.shows_reach else Publish
        self.intake.put(
            kind(user=sent.user, approval_id=approved.approval_id),
            key=f"{'reach' if self.shows_reach else 'publish'}:{approved.approval_id}",
            team=sent.team,
            channel="",
        )
        return None

    def _open(self, web: SlackWeb, posted: PostedAnswer | None, asked: Click | Shortcut) -> None:
        if not self.staff.includes(web, asked.user):
            logger.warning("setting an answer right was refused to somebody who is not staff")
            notice = phrases(web.locale(asked.user)).slack.staff_only
            web.respond(asked.response_url, render_notice(notice))
        elif posted is None:
            words = phrases(web.locale(asked.user)).approval
            web.respond(asked.response_url, render_notice(words.no_answer_here))
        else:
            text = self._said_by_staff(posted.answer_id)
            view = set_right_view(posted, text=text, valid_until=self.today() + _YEAR)
            web.open_view(asked.trigger_id, view)

    def _said_by_staff(self, answer_id: str) -> str:
        """What staff wrote in an answer's place or replied to the question, where they did."""
        draft = self.state.drafts.get(answer_id)
        if draft is not None and draft.wording:
            return draft.wording
        escalation = self.state.escalations.of_answer(answer_id)
        replies = self.state.escalations.replies(escalation.escalation_id) if escalation else ()
        return replies[-1].text if replies else ""

    def _read(
        self, sent: Submission, posted: PostedAnswer, words: ApprovalPhrases, errors: Errors
    ) -> ApprovedAnswer:
        """Read the fields; what is wrong with them goes into `errors`."""
        audience: Audience = "staff" if sent.field(AUDIENCE) != "public" else "public"
        lines = (" ".join(line.split()) for line in sent.field(QUESTION).splitlines())
        question = "\n".join(line for line in lines if line)
        text = sent.field(TEXT).strip()
        if not question:
            errors[QUESTION] = words.empty
        elif len(question.splitlines()[0]) > MAX_TITLE:
            errors[QUESTION] = words.too_long
        if not text:
            errors[TEXT] = words.empty
        valid_until = _day(sent.field(VALID_UNTIL))
        if valid_until is None or valid_until <= self.today():
            errors[VALID_UNTIL] = words.not_in_future
        language = detect_language(text)
        return ApprovedAnswer(
            approval_id=_approval_id(sent),
            question=question,
            text=text,
            language=posted.language if language == UNKNOWN_LANGUAGE else language,
            audience=audience,
            approved_by=sent.user,
            approved_at=datetime.now(UTC),
            team=sent.team,
            sources=self._sources(sent, posted, audience, words, errors),
            valid_until=valid_until,
            answer_id=posted.answer_id,
            status="draft" if self.shows_reach else "pending",
        )

    def _sources(
        self,
        sent: Submission,
        posted: PostedAnswer,
        audience: Audience,
        words: ApprovalPhrases,
        errors: Errors,
    ) -> tuple[CitedSource, ...]:
        """The documents that were named and are in the index, if the audience may see them."""
        chosen = [n for value in sent.choices(SOURCES) if (n := _index(value, posted)) is not None]
        address = sent.field(URL).strip()
        if not chosen and not address:
            return ()
        try:
            known = {d.document_id: d for d in self.library.documents("staff")}
        except AspireError as error:
            logger.warning("the sources cannot be checked: %s", error)
            errors[URL] = words.index_unreadable
            return ()
        found = _with_address(known.values(), address) if address else None
        if address and found is None:
            errors[URL] = words.unknown_url
        ids = [posted.sources[number].document_id for number in chosen]
        named = {name: known[name] for name in ids if name in known}
        for field, documents in ((SOURCES, named.values()), (URL, (found,) if found else ())):
            hidden = [d.title for d in documents if d.audience == "staff" != audience]
            if hidden:
                errors[field] = words.source_is_staff.format(hidden[0])
        if found:
            named.setdefault(found.document_id, found)
        return tuple(map(source_of, named.values()))


def _approval_id(sent: Submission) -> str:
    """The same for the same modal, however often Slack delivers it."""
    return hashlib.blake2b(f"{sent.team}\n{sent.view_id}".encode(), digest_size=9).hexdigest()


def _index(value: str, posted: PostedAnswer) -> int | None:
    return int(value) if value.isdecimal() and int(value) < len(posted.sources) else None


def _with_address(documents: Iterable[DocumentInfo], address: str) -> DocumentInfo | None:
    wanted = _bare(address)
    return next((d for d in documents if d.url and _bare(d.url) == wanted), None)


def _bare(address: str) -> str:
    return urldefrag(address).url.rstrip("/")


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None

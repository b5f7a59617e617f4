"""`/aspire gaps|report|list|console`: what staff are told of questions and documents."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from aspire_bot.messages import SlackPhrases, phrases
from aspire_bot.slack.answers.audience import Audiences
from aspire_bot.slack.listeners.payloads import Command
from aspire_bot.slack.platform.names import shown_name
from aspire_bot.slack.platform.web import SlackCallError, SlackWeb
from aspire_bot.slack.render.blocks import render_documents, render_lines, render_notice
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.slack.render.mrkdwn import escape, link, safe_url, shorten
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.state import State
from aspire_bot.state.console.console_access import Person
from aspire_bot.state.gaps import Gap
from aspire_bot.state.usage import read_usage
from aspire_ingest.index.types import Audience, DocumentInfo

logger = logging.getLogger(__name__)

OFFICE_VERBS = frozenset({"gaps", "report", "list", "console"})
_MOST_LISTED = 15
_MOST_COUNTED = 1000
_MAX_QUESTION = 160
_WEEK = timedelta(days=7)


class Documents(Protocol):
    """What is in the index."""

    def documents(self, audience: Audience) -> Sequence[DocumentInfo]:
        """Give the documents for an audience, newest first; raises `AspireError`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeCommands:
    """Answers staff at once; all others are told that these commands are for staff."""

    state: State
    staff: Staff
    audiences: Audiences
    library: Documents
    console_url: str | None = None
    """Where the staff's page is, if it is set up."""

    def run(self, web: SlackWeb, command: Command, verb: str) -> SlackMessage:
        """Give what is shown, to the person alone, for one of `OFFICE_VERBS`."""
        wording = phrases(web.locale(command.user)).slack
        if not self.staff.includes(web, command.user):
            logger.warning("refused: user=%s command=%s", command.user, verb)
            return render_notice(wording.staff_only)
        if verb == "list":
            return self._list(self.audiences.of_person(web, command.channel, command.user), wording)
        if verb == "console":
            return self._console(web, command, wording)
        return (self._gaps if verb == "gaps" else self._report)(command.team, wording)

    def _gaps(self, team: str, wording: SlackPhrases) -> SlackMessage:
        found = self.state.gaps.open(_MOST_COUNTED, team=team)
        if not found:
            return render_notice(wording.gaps_none)
        lines = [_gap_line(gap, wording) for gap in found[:_MOST_LISTED]]
        return render_lines(wording.gaps_title.format(_counted(found)), lines, wording)

    def _report(self, team: str, wording: SlackPhrases) -> SlackMessage:
        since = datetime.now(UTC) - _WEEK
        usage = read_usage(self.state.database, team=team, since=since)
        votes = self.state.feedback.counts(team=team, since=since)
        lines = [
            said.format(usage.outcomes[outcome])
            for outcome, said in wording.report_outcomes.items()
            if outcome in usage.outcomes
        ]
        lines.append(wording.report_votes.format(up=votes["up"], down=votes["down"]))
        open_gaps = self.state.gaps.open(_MOST_COUNTED, team=team)
        lines.append(wording.report_open.format(_counted(open_gaps)))
        title = wording.report_title.format(usage.answers)
        return render_lines(title, [f"• {line}" for line in lines], wording)

    def _list(self, audience: Audience, wording: SlackPhrases) -> SlackMessage:
        found = self.library.documents(audience)
        title = wording.sources_title.format(len(found))
        return render_documents(title, found[:_MOST_LISTED], wording)

    def _console(self, web: SlackWeb, command: Command, wording: SlackPhrases) -> SlackMessage:
        """Give a link that signs this person in, once; it is shown to them alone."""
        if self.console_url is None:
            return render_notice(wording.console_start)
        person = Person(
            team=command.team,
            user=command.user,
            name=_name_of(web, command.user),
            language=wording.language,
        )
        token = self.state.sign_in_links.issue(person)
        address = f"{self.console_url.rstrip('/')}/sign-in/{token}"
        return render_lines(
            wording.console_at, [link(safe_url(address), self.console_url)], wording
        )


def _name_of(web: SlackWeb, user: str) -> str:
    """The name of a person as others see it; their id where Slack does not say."""
    try:
        return shown_name(web.user(user)) or user
    except SlackCallError as error:
        logger.info("the name of who signs in is not known: %s", error)
        return user


def _gap_line(gap: Gap, wording: SlackPhrases) -> str:
    """`3× · 21 November 2026 · question`."""
    day = wording.dates.written(gap.asked_at.date().isoformat())
    times = wording.times.format(gap.times)
    return f"• {times} · {day} · {escape(shorten(gap.question, _MAX_QUESTION))}"


def _counted(gaps: Sequence[Gap]) -> str:
    return f"{_MOST_COUNTED}+" if len(gaps) >= _MOST_COUNTED else str(len(gaps))

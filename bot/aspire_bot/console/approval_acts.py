"""Approved answers as staff write, change and withdraw them: the bot in Slack does the work."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import cast

from aspire_bot.console.context import parts, record, visitor
from aspire_bot.console.views.approved_files import Entry
from aspire_bot.slack.jobs.task import AnyTask, Publish, Withdraw, write_task
from aspire_bot.slack.staff.audit import approval_facts
from aspire_bot.state.approvals import ApprovedAnswer
from aspire_bot.state.inbox import Arrival
from aspire_bot.state.sources import CitedSource
from aspire_ingest.index import Audience
from aspire_ingest.index.text.language import language_of


def approved_from(entry: Entry, not_wordings: tuple[str, ...] = ()) -> ApprovedAnswer:
    """Give an approved answer as the visitor wrote it; nothing is kept yet.

    `not_wordings` are questions that it must not answer.
    """
    session = visitor().session
    return ApprovedAnswer(
        approval_id=secrets.token_hex(9),
        question=entry.question,
        text=entry.text,
        language=language_of(entry.text),
        audience=cast("Audience", entry.audience),
        approved_by=session.user,
        approved_at=datetime.now(UTC),
        team=session.team,
        valid_until=date.fromisoformat(entry.valid_until) if entry.valid_until else None,
        not_wordings=not_wordings or None,
    )


def open_sources(sources: Sequence[CitedSource], entry: Entry) -> tuple[CitedSource, ...]:
    """Give the sources of an answer, but those for staff under an answer for everybody."""
    with parts().open_index() as index:
        known = index.documents()
        return tuple(
            one
            for one in sources
            if one.document_id in known
            and (entry.audience == "staff" or known[one.document_id].audience == "public")
        )


def publish(approved: ApprovedAnswer, *, before: ApprovedAnswer | None = None) -> None:
    """Keep it, have it published, and write that down; `before` is the one that it replaces."""
    parts().state.approvals.add(approved)
    task = Publish(user=approved.approved_by, approval_id=approved.approval_id)
    _put(task, f"publish:{approved.approval_id}", approved.team)
    record(
        "approval.change" if before else "approval.add",
        approved.approval_id,
        before=approval_facts(before) if before else None,
        after=approval_facts(approved),
    )


def renew(
    former: ApprovedAnswer, entry: Entry, not_wordings: tuple[str, ...] | None = None
) -> ApprovedAnswer:
    """Put a new wording, or a new last day, in the place of an approved answer; give the new one.

    Whoever was told the old one is not told again, and what was said under it stays as it was
    approved. Without `not_wordings` the questions that it must not answer are those of before.
    """
    sources = open_sources(former.sources, entry)
    excluded = former.not_wordings or () if not_wordings is None else not_wordings
    renewed = replace(approved_from(entry, excluded), team=former.team, sources=sources)
    publish(renewed, before=former)
    withdraw_later(former)
    return renewed


def withdraw_later(approved: ApprovedAnswer) -> None:
    """Have it taken out of the index."""
    task = Withdraw(user=visitor().session.user, approval_id=approved.approval_id)
    _put(task, f"withdraw:{approved.approval_id}:{secrets.token_hex(4)}", approved.team)


def _put(task: AnyTask, key: str, team: str) -> None:
    """The bot does it: once, whichever machine it runs on, and after a crash, too."""
    arrival = Arrival(kind="task", key=key, team=team, user=task.user, body=write_task(task))
    parts().state.inbox.put(arrival)

"""Phrases of the office's work: who waits for an answer, drafts, reminders, what to look at."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TellMePhrases:
    """People who want to be told when their question is answered."""

    button: str
    kept: str
    told_by_office: str
    told_by_documents: str
    offer: str
    new_offer: str
    waiting: str
    send: str
    not_this: str
    sent: str
    declined: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPhrases:
    """Answers that staff see first."""

    looking: str
    head: str
    new_draft: str
    accept: str
    edit: str
    decline: str
    accepted: str
    edited: str
    declined: str
    for_staff: str
    told_declined: str
    edit_title: str
    decline_title: str
    reason: str
    reason_hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderPhrases:
    """Questions to the office that are still open."""

    still_open: str
    owner: str
    no_owner: str
    take: str
    hours: str
    days: str
    given: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPhrases:
    """What waits for staff, on their Home."""

    title: str
    nothing: str
    escalations: str
    drafts: str
    offers: str
    clusters: str
    tests: str
    contradictions: str
    times: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingPhrases:
    """What may be wrong with the documents."""

    tests: str
    passes: str
    fails: str
    contradictions: str
    states: str
    stale: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageChangePhrases:
    """Staff who want to be told when a document or source changes."""

    document_changed: str
    document_gone: str
    source_changed: str
    to_page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeWorkPhrases:
    """All of them."""

    tell_me: TellMePhrases
    draft: DraftPhrases
    reminder: ReminderPhrases
    waiting: WaitingPhrases
    finding: FindingPhrases
    page_change: PageChangePhrases

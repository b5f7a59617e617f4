"""Phrases for staff who keep the index and approve answers."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CuratingPhrases:
    """What the bot says to staff of work on the index."""

    begun: str
    begun_here: str
    not_set_up: str
    no_files: str
    of: str
    waiting: str
    no_date: str
    passages: str
    alike: str
    same: str
    nothing: str
    difference: str
    same_text: str
    more_lines: str
    approve: str
    replace: str
    remove: str
    change: str
    cancel: str
    undo: str
    good_for: str
    cancelled: str
    by: str
    in_index: str
    empty: str
    change_title: str
    title: str
    date: str
    date_hint: str
    kind: str
    audience: str
    look_again: str
    bad_date: str
    too_late: str
    kept_no_more: str
    sync_head: str
    sync_all: str
    sync_nothing: str
    sync_failed: str
    sync_held: str
    sync_remarked: str
    marked_title: str
    marked_confirm: str
    marked_accept: str
    sync_run: str
    sync_prune: str
    sync_prune_confirm: str
    sync_gone: str
    synced: str
    sync_undone: str
    status_head: str
    status_counts: str
    status_runs: str
    status_alerts: str
    trouble: str
    over: str
    too_old: str
    unreadable: str
    broken: str
    usage: Mapping[str, str]
    at_work: Mapping[str, str]
    progress: Mapping[str, str]
    heads: Mapping[str, str]
    date_from: Mapping[str, str]
    kinds: Mapping[str, str]
    audiences: Mapping[str, str]
    languages: Mapping[str, str]
    warnings: Mapping[str, str]
    fields: Mapping[str, str]
    did: Mapping[str, str]
    undone: Mapping[str, str]
    refused: Mapping[str, str]
    sync_counts: Mapping[str, str]
    status_source: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalPhrases:
    """What the bot says to staff of approved answers."""

    title: str
    question: str
    question_hint: str
    text: str
    text_hint: str
    sources: str
    sources_hint: str
    url: str
    url_hint: str
    valid_until: str
    audience: str
    publish: str
    empty: str
    too_long: str
    unknown_url: str
    source_is_staff: str
    not_in_future: str
    index_unreadable: str
    no_answer_here: str
    published: str
    failed: str
    not_withdrawn: str
    withdrawn: str
    has_ended: str
    details: str
    withdraw: str
    answered: str
    approved_by: str
    not_set_up: str
    before_publishing: str
    will_answer: str
    will_not: str
    publish_now: str
    choose_questions: str
    discard: str
    reach_title: str
    will_answer_label: str
    also_answer_label: str
    further_wordings: str
    further_hint: str
    not_wordings: str
    not_hint: str
    in_both: str
    no_draft: str
    source_changed: str
    source_gone: str

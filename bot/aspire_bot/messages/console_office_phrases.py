"""Phrases of the console's pages for the office's work: inbox, approved answers, quality."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleInboxPhrases:
    """What waits for staff."""

    title: str
    escalations: str
    escalations_none: str
    waits: str
    owner: str
    reply: str
    reply_hint: str
    send: str
    was_answered: str
    empty_reply: str
    gaps: str
    gaps_none: str
    times: str
    nearest: str
    approve: str
    dismiss: str
    reason: str
    empty_reason: str
    disliked: str
    disliked_none: str
    look: str
    doubtful: str
    doubtful_none: str
    quality: str
    troubles: str
    drafts: str
    drafts_none: str
    draft_staff: str
    accept: str
    edit: str
    edit_text: str
    edit_hint: str
    post_edited: str
    decline: str
    decline_reason: str
    decline_hint: str
    was_decided: str
    offers: str
    offers_none: str
    offer_people: str
    offer_staff: str
    offer_send: str
    offer_decline: str
    contradictions: str
    contradictions_none: str
    trend: str
    ask_now: str
    answers_now: str
    no_document: str
    owner_none: str
    take: str
    give_to: str
    give: str
    no_owner: str
    remind: str
    remind_hint: str
    reminds: str
    bad_day: str
    held: str
    held_none: str
    held_why: str
    held_accept: str
    source_failed: str
    to_sources: str
    warned: str
    warned_none: str
    same: str
    split: str
    split_none: str
    split_all: str
    merge_with: str
    merge: str
    cluster_gone: str
    first_shown: str
    dismissed_groups: str
    reopen: str
    all_groups: str
    find_same: str
    group_answers: str
    put_with: str
    no_groups: str
    dismiss_hint: str
    not_waiting: str
    set_aside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleApprovedPhrases:
    """Answers that staff approved."""

    title: str
    new: str
    edit: str
    none: str
    question: str
    question_hint: str
    reach: str
    reach_answered: str
    reach_near: str
    reach_hint: str
    reach_none: str
    excluded: str
    excluded_hint: str
    in_both: str
    text: str
    valid_until: str
    audience: str
    status: str
    author: str
    approved_at: str
    sources: str
    publish: str
    withdraw: str
    withdrawing: str
    cannot: str
    export_csv: str
    export_markdown: str
    import_title: str
    import_hint: str
    import_text: str
    import_button: str
    import_none: str
    no_question: str
    no_text: str
    too_long: str
    bad_date: str
    bad_audience: str
    ended: str
    import_file: str
    import_look: str
    import_encoding: str
    import_counts: str
    import_line: str
    import_effect: str
    was: str
    twice: str
    check: str
    check_hint: str
    check_title: str
    check_says: str
    check_none: str
    check_runs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleQualityPhrases:
    """How the bot does."""

    title: str
    weeks: str
    place: str
    export: str
    none: str
    no_values: str
    as_table: str
    week: str
    explained: str
    tests: str
    tests_none: str
    question: str
    expected: str
    result: str
    said: str
    ran_at: str
    changed: str
    passed: str
    failed: str
    before: str
    not_run: str

"""Phrases of the pages of the console: a class a page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleSignInPhrases:
    """Signing in."""

    title: str
    how: str
    with_slack: str
    not_from_slack: str
    as_person: str
    go_on: str
    not_valid: str
    staff_only: str
    signed_out: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleAnswersPhrases:
    """What was asked and answered."""

    title: str
    question: str
    asked_at: str
    outcome: str
    language: str
    votes: str
    group: str
    confidence: str
    certainty: str
    model: str
    index_version: str
    audience: str
    place: str
    channel: str
    direct: str
    none: str
    detail: str
    said: str
    deleted: str
    sources: str
    nearest: str
    votes_for: str
    extractive: str
    comments: str
    trace: str
    passages: str
    rank: str
    score: str
    document: str
    quote: str
    no_trace: str
    why_silent: str
    below: str
    failure: str
    again: str
    today: str
    approve: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleDocumentsPhrases:
    """What is indexed."""

    title: str
    none: str
    document: str
    kind: str
    language: str
    edition: str
    date: str
    audience: str
    quality: str
    cited: str
    age: str
    source: str
    address: str
    publisher: str
    gone: str
    remarks: str
    remark_place: str
    text: str
    text_hint: str
    pictures: str
    picture: str
    picture_failed: str
    page: str
    cited_by: str
    cited_by_none: str
    too_long: str
    acts: str
    remove: str
    read_again: str
    not_set_up: str
    preview: str
    would_remove: str
    would_replace: str
    would_nothing: str
    would_add: str
    difference: str
    counts: str
    go_on: str
    did: str
    undo: str
    undone: str
    no_source: str
    set_by_staff: str
    own: str
    settings: str
    settings_hint: str
    left_out: str
    left_out_hint: str
    leave_out_page: str
    take_in_page: str
    for_staff: str
    make_public: str
    replace: str
    file: str
    file_hint: str
    file_in_place: str
    look: str
    nothing_set: str
    no_file: str
    is_approved: str
    field: str
    accept_marks: str
    alike: str
    changes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleSourcesPhrases:
    """Where documents come from."""

    title: str
    name: str
    last_success: str
    last_try: str
    failures: str
    problem: str
    stale: str
    none: str
    runs: str
    run: str
    outcome: str
    added: str
    replaced: str
    removed: str
    failed: str
    runs_none: str
    index: str
    alerts: str
    looking: str
    unknown: str
    next_visit: str
    new: str
    new_hint: str
    name_hint: str
    type: str
    addresses: str
    as_documents_say: str
    bad_name: str
    bad_type: str
    bad_addresses: str
    would_bring: str
    preview_hint: str
    add: str
    was_added: str
    was_added_hint: str
    visit_now: str
    visited: str
    held: str
    moved: str
    gone: str
    visits: str
    last_changes: str
    nothing_changed: str
    next_unknown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleWatchPhrases:
    """Being told when a document or a source changes."""

    tell_me: str
    is_on: str
    stop: str
    not_from_slack: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleAuditPhrases:
    """What staff did."""

    title: str
    none: str
    at: str
    actor: str
    surface: str
    act: str
    target: str
    before: str
    after: str
    export_button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleReaderPhrases:
    """The page that a citation opens."""

    title: str
    not_there: str
    not_valid: str
    not_here: str
    for_staff: str
    go_to_quote: str

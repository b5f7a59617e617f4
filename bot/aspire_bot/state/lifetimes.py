"""How long the rows of each table stay: each table is in one of these maps, a test sees to it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Table

from aspire_bot.state.database.console_tables import (
    answer_traces,
    audit,
    console_keys,
    console_links,
    console_sessions,
)
from aspire_bot.state.database.office_tables import (
    cluster_members,
    clusters,
    contradictions,
    dismissals,
    drafts,
    offered_answers,
    page_watches,
    question_pairs,
    test_outcomes,
    test_questions,
    test_runs,
    wanted_answers,
)
from aspire_bot.state.database.sdk_tables import bots, installations, oauth_states
from aspire_bot.state.database.tables import (
    answers,
    approvals,
    askings,
    channels,
    citations,
    escalations,
    gaps,
    inbox,
    model_tokens,
    onboarding,
    onboarding_steps,
    operations,
    replies,
    troubles,
    turns,
    votes,
)

UNTIL_OLD: Mapping[Table, Column[Any]] = {
    turns: turns.c.said_at,
    answers: answers.c.asked_at,
    askings: askings.c.asked_at,
    escalations: escalations.c.opened_at,
    operations: operations.c.began_at,
    wanted_answers: wanted_answers.c.wanted_at,
    drafts: drafts.c.made_at,
    dismissals: dismissals.c.dismissed_at,
}
"""Go when they are older than texts of questions are kept, by this moment."""
UNTIL_EXPIRED: Mapping[Table, Column[Any]] = {
    console_links: console_links.c.expires_at,
    console_sessions: console_sessions.c.expires_at,
}
"""Go at this moment."""
GOES_WITH: Mapping[Table, Table] = {
    replies: escalations,
    answer_traces: answers,
    citations: answers,
    offered_answers: gaps,
    cluster_members: gaps,
    question_pairs: gaps,
    test_runs: test_questions,
    test_outcomes: test_questions,
}
"""Go with the row that they belong to: the database sees to it."""
UNTIL_DONE: Mapping[Table, str] = {
    inbox: "by `Inbox.purge`: what is finished, and what waited for too long",
    gaps: "with the last of who asked it",
    clusters: "when it is old and has no members",
    oauth_states: "when it expires",
    audit: "by `AuditLog.remove_old`, after the days of its own setting",
}
"""Go in a way of their own."""
FOR_GOOD: Mapping[Table, str] = {
    votes: "a figure; what was written beside it goes",
    channels: "a setting",
    approvals: "staff's own words, until they withdraw them",
    onboarding: "how far somebody is in the tour",
    onboarding_steps: "as above",
    installations: "a workspace's token, until it uninstalls the app",
    bots: "as above",
    test_questions: "staff's own, until they drop it",
    page_watches: "a setting of staff's, until they stop it",
    contradictions: "quotes of documents; replaced when they are looked for again",
    troubles: "what is wrong with a source now; taken out when it is over",
    model_tokens: "a number a day",
    console_keys: "a secret of the installation",
}
"""Stay, and why that may be."""

"""Nothing of a person is overlooked, whatever table is added."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Connection, Date, DateTime, Float, Integer, inspect
from tests.unit.bot.state.made import Clock, arrival, gap

from aspire_bot.state import State
from aspire_bot.state.database.columns import Json, UtcTime
from aspire_bot.state.database.schema import VERSION_TABLE
from aspire_bot.state.database.sdk_tables import sdk_metadata
from aspire_bot.state.database.tables import inbox, metadata
from aspire_bot.state.lifetimes import FOR_GOOD, GOES_WITH, UNTIL_DONE, UNTIL_EXPIRED, UNTIL_OLD

TABLES = [*metadata.sorted_tables, *sdk_metadata.sorted_tables]

# What holds nothing of a person. Everything else has to be marked with what it holds: think of
# `Retention` before you add a column here.
PLAIN = {
    "inbox": "job_id kind key team channel thread_ts message_ts message_key state owner attempts "
    "received_at not_before lease_until finished_at placeholder_ts is_stream withdrawn",
    "turns": "turn_id team channel thread_ts source_key position audience role said_at",
    "answers": "answer_id job_id team channel thread_ts message_ts language outcome audience model "
    "index_version asked_at deleted_at certainty",
    "channels": "team channel mode audience language set_at",
    "votes": "answer_id team value reason voted_at",
    "gaps": "gap_id team question_hash language asked_at origin status answer_id",
    "askings": "asking_id gap_id team answer_id asked_at",
    "escalations": "escalation_id answer_id team channel thread_ts language permalink "
    "staff_channel staff_ts status opened_at reminder_ts reminded_at remind_at",
    "replies": "reply_id escalation_id team source_key said_at delivered_at",
    "approvals": "approval_id team question text language audience sources valid_until approved_at "
    "document_id status answer_id not_wordings shown_questions source_hashes",
    "onboarding": "team channel next_step started_at finished_at",
    "onboarding_steps": "team step_id claimed_at sent_at ts",
    "slack_installations": "id client_id app_id enterprise_id enterprise_name enterprise_url "
    "team_id team_name bot_token bot_id bot_user_id bot_scopes bot_refresh_token "
    "bot_token_expires_at user_token_expires_at incoming_webhook_url incoming_webhook_channel "
    "incoming_webhook_channel_id incoming_webhook_configuration_url is_enterprise_install "
    "token_type installed_at",
    "slack_bots": "id client_id app_id enterprise_id enterprise_name team_id team_name bot_token "
    "bot_id bot_user_id bot_scopes bot_refresh_token bot_token_expires_at is_enterprise_install "
    "installed_at",
    "slack_oauth_states": "id state expire_at",
    "model_tokens": "day tokens",
    "operations": "operation_id kind status turn claimed_by team channel thread_ts message_ts "
    "language began_at",
    "troubles": "name text raised_at",
    "wanted_answers": "wanted_id gap_id answer_id team language audience status wanted_at",
    "offered_answers": "offer_id gap_id team audience language index_version status staff_channel "
    "staff_ts offered_at",
    "drafts": "answer_id team channel thread_ts language audience notice_ts status decided_in "
    "staff_channel staff_ts made_at",
    "clusters": "cluster_id team status made_at",
    "cluster_members": "gap_id cluster_id is_placed embedding",
    "question_pairs": "one other read_by likeness",
    "test_questions": "test_id team question expects value added_at",
    "test_runs": "test_id has_passed outcome said index_version is_told ran_at",
    "test_outcomes": "number test_id has_passed outcome said index_version ran_at",
    "dismissals": "kind item version team dismissed_at",
    "page_watches": "watch_id kind item title team language stands generation told asked_at",
    "contradictions": "pair_id quotes index_version status found_at",
    "console_keys": "name key made_at",
    "console_links": "link_hash team language expires_at used_at",
    "console_sessions": "session_hash team language method seen_at expires_at",
    # who of staff did what, which `forget` leaves
    "audit": "number surface team actor act target before after at previous_hash hash",
    "answer_traces": "answer_id",
    "citations": "answer_id document_id asked_at",
}


def holds(column: Column[Any]) -> str | None:
    return column.info.get("holds")


def test_every_column_is_known_for_what_it_holds() -> None:
    unmarked = {
        table.name: {column.name for column in table.c if holds(column) is None} for table in TABLES
    }
    assert unmarked == {name: set(columns.split()) for name, columns in PLAIN.items()}


def test_every_table_says_once_how_long_its_rows_stay() -> None:
    ways = (UNTIL_OLD, UNTIL_EXPIRED, GOES_WITH, UNTIL_DONE, FOR_GOOD)
    said = Counter(table.name for way in ways for table in way)
    assert said == {table.name: 1 for table in TABLES}


def test_what_goes_with_another_is_taken_by_the_database() -> None:
    for table, parent in GOES_WITH.items():
        assert ("CASCADE", parent.name) in {
            (key.ondelete, key.column.table.name) for key in table.foreign_keys
        }


def test_the_database_has_no_other_tables(state: State) -> None:
    names = set(inspect(state.database.engine).get_table_names())
    assert names - {"sqlite_sequence"} == {table.name for table in TABLES} | {VERSION_TABLE}


def _value(column: Column[Any], *, user: str, words: str, number: int) -> object:  # noqa: PLR0911  one for each type
    if column.foreign_keys:
        (key,) = column.foreign_keys
        return f"{key.column.name}-{number}"
    if holds(column) == "user":
        return user
    if isinstance(column.type, Json):
        return {"said": words if holds(column) else "public"}
    if holds(column):
        return words
    if column.name in {"team", "team_id"}:
        return "T1"
    if isinstance(column.type, UtcTime):
        return datetime(2026, 4, 1, tzinfo=UTC)
    plain: dict[type, object] = {
        Boolean: False,
        Integer: number,
        Float: 0.5,
        Date: date(2026, 4, 1) + timedelta(days=number),
        DateTime: datetime(2026, 4, 1),  # noqa: DTZ001  as the SDK keeps them
    }
    for kind, value in plain.items():
        if isinstance(column.type, kind):
            return value
    return f"{column.name}-{number}"


def fill(state: State, user: str, words: str, number: int) -> None:
    with state.database.write() as connection:
        for table in TABLES:
            row = {
                column.name: _value(column, user=user, words=words, number=number)
                for column in table.c
            }
            if table is inbox:
                row["finished_at"] = None
            connection.execute(table.insert().values(**row))


def places_of(connection: Connection, *needles: str) -> set[str]:
    """Give table.column of all that holds one of the needles."""
    return {
        f"{table.name}.{column.name}"
        for table in TABLES
        for column in table.c
        for (value,) in connection.execute(table.select().with_only_columns(column))
        if any(needle in str(value) for needle in needles)
    }


def marked(*kinds: str) -> set[str]:
    return {f"{t.name}.{c.name}" for t in TABLES for c in t.c if holds(c) in kinds}


@pytest.mark.parametrize("team", [None, "T1"])
def test_a_forgotten_user_is_in_no_column(state: State, team: str | None) -> None:
    fill(state, "U_GONE", "THEIR WORDS", 1)
    fill(state, "U_STAYS", "OTHER WORDS", 2)
    with state.database.read() as connection:
        assert places_of(connection, "U_GONE", "THEIR") == marked("user", "text", "token")
        stays = places_of(connection, "U_STAYS", "OTHER")
    assert set(state.retention.forget("U_GONE", team="T2").values()) == {0}
    counts = state.retention.forget("U_GONE", team)
    with state.database.read() as connection:
        assert places_of(connection, "U_GONE", "THEIR") == set()
        assert places_of(connection, "U_STAYS", "OTHER") == stays == marked("user", "text", "token")
    touched = {table.name for table in TABLES if any(holds(c) == "user" for c in table.c)}
    assert {name for name, count in counts.items() if count} == touched
    assert set(state.retention.forget("U_GONE", team).values()) == {0}


def test_nobody_is_forgotten_by_an_empty_name(state: State) -> None:
    fill(state, "", "WORDS", 1)
    assert state.retention.forget("") == {}
    with state.database.read() as connection:
        assert places_of(connection, "WORDS") == marked("text", "token")


def test_what_is_old_is_purged_of_words(state: State) -> None:
    fill(state, "U_OLD", "OLD WORDS", 1)
    day = datetime(2026, 4, 1, tzinfo=UTC)
    assert set(state.retention.purge(30, day + timedelta(days=30)).values()) <= {0, 1}
    with state.database.read() as connection:
        assert places_of(connection, "OLD WORDS") == marked("text", "token")
    state.retention.purge(30, day + timedelta(days=30, seconds=1))
    with state.database.read() as connection:
        assert places_of(connection, "OLD WORDS") == marked("token")
        assert places_of(connection, "U_OLD") == {
            "approvals.approved_by",
            "channels.set_by",
            "onboarding.user",
            "onboarding_steps.user",
            "page_watches.user",
            "slack_installations.user_id",
            "test_questions.added_by",
            "votes.user",
        }


def test_what_a_forgotten_user_waits_for_is_dropped(state: State, clock: Clock) -> None:
    job_id = state.inbox.put(arrival("a", user="U1"))
    state.inbox.put(arrival("b", user="U2"))
    assert state.inbox.claim("me") is not None
    state.retention.forget("U1")
    assert state.inbox.put(arrival("a", user="U1")) is None  # delivered again
    job = state.inbox.claim("me")
    assert job is not None
    assert job.job_id != job_id
    clock.pass_s(31 * 86400)
    assert state.retention.purge(30, clock.moment)["inbox"] == 2  # the other, and what is left
    assert state.inbox.counts().waiting == 0


def test_a_gap_of_several_goes_on_in_the_words_of_the_others(state: State) -> None:
    state.gaps.add(gap("g1", "HOW MUCH?", asker="U1"))
    state.gaps.add(gap("g2", "how much", asker="U2", answer_id="a2"))
    state.gaps.add(gap("g3", "How much?", asker="U1"))
    state.gaps.add(gap("g4", "Where?", asker="U1"))
    state.retention.forget("U1")
    (left,) = state.gaps.open(9)
    assert (left.gap_id, left.question, left.asker) == ("g1", "how much", "U2")
    assert (left.times, left.answer_id) == (1, "a2")
    state.retention.forget("U2")
    assert state.gaps.open(9) == ()

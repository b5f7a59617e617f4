"""The tables of the console: keys, sign-ins, sessions, the audit log, how answers came about."""

from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Table

from aspire_bot.state.database.columns import Json, UtcTime, Words
from aspire_bot.state.database.tables import Number, metadata


def _words(name: str, *, holds: str = "", nullable: bool = False) -> Column[Any]:
    return Column(name, Words, nullable=nullable, info={"holds": holds} if holds else {})


def _time(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, UtcTime, nullable=nullable)


console_keys = Table(  # what the machines that share a database sign links with
    "console_keys",
    metadata,
    Column("name", Words, primary_key=True),
    _words("key"),
    _time("made_at"),
)

console_links = Table(  # the links that sign somebody in, once
    "console_links",
    metadata,
    Column("link_hash", Words, primary_key=True),
    _words("team"),
    _words("user", holds="user"),
    _words("name", holds="user"),
    _words("language"),
    _time("expires_at"),
    _time("used_at", nullable=True),
)

console_sessions = Table(
    "console_sessions",
    metadata,
    Column("session_hash", Words, primary_key=True),
    _words("team"),
    _words("user", holds="user"),
    _words("name", holds="user"),
    _words("language"),
    _words("method"),
    _time("seen_at"),
    _time("expires_at"),
)

audit = Table(
    # Who of staff did what. It is kept for a time of its own, and `forget` leaves it: who acts for
    # the office answers for it. No act holds the words or the id of somebody who asked.
    "audit",
    metadata,
    Column("number", Number, primary_key=True),
    _words("surface"),
    _words("team"),
    _words("actor"),
    _words("act"),
    _words("target"),
    Column("before", Json, nullable=True),
    Column("after", Json, nullable=True),
    _time("at"),
    _words("previous_hash"),
    _words("hash"),
    Index("ix_audit_at", "at"),
    Index("ix_audit_target", "target", "number"),
    sqlite_autoincrement=True,
)

answer_traces = Table(  # goes with its answer
    "answer_traces",
    metadata,
    Column(
        "answer_id",
        Words,
        ForeignKey("answers.answer_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("trace", Json, nullable=False, info={"holds": "text"}),
)

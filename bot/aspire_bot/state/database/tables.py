"""The tables of the bot's state as the newest migration leaves them.

`info={"holds": …}` on a column says what of a person is in it: `user` (an id of theirs), `text`
(words of or about them), `token` (what acts for them). `retention.py` deals with each of them.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)

from aspire_bot.state.database.columns import Json, Words
from aspire_bot.state.database.columns import json_words as _json
from aspire_bot.state.database.columns import moment as _time
from aspire_bot.state.database.columns import words as _words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts up by itself only on INTEGER; a queue that runs for years wants 64 bits elsewhere.
Number = BigInteger().with_variant(Integer, "sqlite")


inbox = Table(
    "inbox",
    metadata,
    Column("job_id", Number, primary_key=True),
    _words("kind"),
    _words("key"),
    _words("team"),
    _words("channel"),
    _words("thread_ts"),
    _words("user", holds="user"),
    _words("message_ts"),
    # message_ts where a second arrival about the message is not to be worked on, else NULL
    _words("message_key", nullable=True),
    _json("body", nullable=True),
    _words("state"),
    _words("owner", nullable=True),
    Column("attempts", Integer, nullable=False),
    _time("received_at"),
    _time("not_before"),
    _time("lease_until", nullable=True),
    _time("finished_at", nullable=True),
    _words("placeholder_ts", nullable=True),
    Column("is_stream", Boolean, nullable=False),
    _json("outcome", nullable=True),
    _words("withdrawn", nullable=True),
    UniqueConstraint("key"),
    UniqueConstraint("team", "channel", "message_key"),
    # The queue is short, what was finished is long: the index holds the queue alone.
    Index(
        "ix_inbox_unfinished",
        "team",
        "channel",
        "thread_ts",
        "job_id",
        sqlite_where=text("finished_at IS NULL"),
        postgresql_where=text("finished_at IS NULL"),
    ),
    Index("ix_inbox_finished_at", "finished_at"),
    sqlite_autoincrement=True,  # an id is never given twice, even after a purge
)

turns = Table(
    "turns",
    metadata,
    Column("turn_id", Number, primary_key=True),
    _words("team"),
    _words("channel"),
    _words("thread_ts"),
    _words("source_key"),
    Column("position", Integer, nullable=False),
    _words("audience"),
    _words("user", holds="user"),
    _words("role"),
    _words("text", holds="text"),
    _time("said_at"),
    UniqueConstraint("team", "channel", "thread_ts", "source_key", "position"),
    Index("ix_turns_said_at", "said_at"),
    sqlite_autoincrement=True,
)

answers = Table(
    "answers",
    metadata,
    Column("answer_id", Words, primary_key=True),
    Column("job_id", Number, nullable=True),
    _words("team"),
    _words("channel"),
    _words("thread_ts"),
    _words("message_ts", nullable=True),
    _words("asker", holds="user"),
    _words("question", holds="text"),
    _words("language"),
    _words("outcome"),
    _words("audience"),
    _words("text", holds="text"),
    _json("sources"),
    _words("model"),
    _words("index_version"),
    _time("asked_at"),
    _time("deleted_at", nullable=True),
    _words("certainty", nullable=True),
    UniqueConstraint("job_id"),
    Index("ix_answers_message", "team", "channel", "message_ts"),
    # All that answers are listed and counted by, so that 50,000 texts are not read for it.
    Index(
        "ix_answers_asked_at",
        "asked_at",
        "answer_id",
        "outcome",
        "certainty",
        "language",
        "channel",
        "audience",
        "deleted_at",
    ),
)

citations = Table(  # which documents an answer quotes: goes with its answer
    "citations",
    metadata,
    Column(
        "answer_id",
        Words,
        ForeignKey("answers.answer_id", ondelete="CASCADE"),
        primary_key=True,
        nullable=False,
    ),
    Column("document_id", Words, primary_key=True, nullable=False),
    _time("asked_at"),
    Index("ix_citations_document_id", "document_id", "asked_at", "answer_id"),
)

channels = Table(
    "channels",
    metadata,
    Column("team", Words, primary_key=True),
    Column("channel", Words, primary_key=True),
    _words("mode"),
    _words("audience"),
    _words("language"),
    _words("set_by", holds="user"),
    _time("set_at"),
)

votes = Table(
    "votes",
    metadata,
    Column("answer_id", Words, primary_key=True),
    Column("user", Words, primary_key=True, info={"holds": "user"}),
    _words("team"),
    _words("value"),
    _words("reason"),
    _words("comment", holds="text"),
    _time("voted_at"),
    Index("ix_votes_voted_at", "voted_at"),
)

gaps = Table(
    "gaps",
    metadata,
    Column("gap_id", Words, primary_key=True),
    _words("team"),
    _words("question_hash"),  # long questions do not fit into an index
    _words("question", holds="text"),
    _words("language"),
    _words("asker", holds="user"),
    _time("asked_at"),
    _words("origin"),
    _words("status"),
    _json("nearest"),
    _words("answer_id", nullable=True),
    Index("ix_gaps_question", "team", "status", "question_hash"),
)

askings = Table(  # each time a gap was asked
    "askings",
    metadata,
    Column("asking_id", Number, primary_key=True),
    Column("gap_id", Words, ForeignKey("gaps.gap_id", ondelete="CASCADE"), nullable=False),
    _words("team"),
    _words("asker", holds="user"),
    _words("question", holds="text"),
    _words("answer_id", nullable=True),
    _time("asked_at"),
    UniqueConstraint("answer_id"),
    Index("ix_askings_gap_id", "gap_id"),
    Index("ix_askings_asked_at", "asked_at"),
    sqlite_autoincrement=True,
)

escalations = Table(
    "escalations",
    metadata,
    Column("escalation_id", Words, primary_key=True),
    _words("answer_id"),
    _words("team"),
    _words("channel"),
    _words("thread_ts"),
    _words("asker", holds="user"),
    _words("question", holds="text"),
    _words("language"),
    _json("sources"),
    _words("permalink"),
    _words("staff_channel"),
    _words("staff_ts", nullable=True),
    _words("status"),
    _time("opened_at"),
    _words("owner", holds="user", nullable=True),
    _words("reminder_ts", nullable=True),
    _time("reminded_at", nullable=True),
    _time("remind_at", nullable=True),
    UniqueConstraint("answer_id"),
    Index("ix_escalations_staff", "team", "staff_channel", "staff_ts"),
    Index("ix_escalations_opened_at", "opened_at"),
    Index("ix_escalations_status", "status", "opened_at"),
)

replies = Table(  # what staff said to an escalation
    "replies",
    metadata,
    Column("reply_id", Number, primary_key=True),
    Column(
        "escalation_id",
        Words,
        ForeignKey("escalations.escalation_id", ondelete="CASCADE"),
        nullable=False,
    ),
    _words("team"),
    _words("user", holds="user"),
    _words("text", holds="text"),
    _words("source_key"),
    _time("said_at"),
    _time("delivered_at", nullable=True),
    UniqueConstraint("escalation_id", "source_key"),
    sqlite_autoincrement=True,
)

approvals = Table(  # its texts are staff's, for publication: not a person's
    "approvals",
    metadata,
    Column("approval_id", Words, primary_key=True),
    _words("team"),
    _words("question"),
    _words("text"),
    _words("language"),
    _words("audience"),
    Column("sources", Json, nullable=False),
    Column("valid_until", Date, nullable=True),
    _words("approved_by", holds="user"),
    _time("approved_at"),
    _words("document_id", nullable=True),
    _words("status"),
    _words("answer_id", nullable=True),
    Column("not_wordings", Json, nullable=True),
    Column("shown_questions", Json, nullable=True),
    Column("source_hashes", Json, nullable=True),
    Index("ix_approvals_status", "status", "valid_until"),
)

onboarding = Table(
    "onboarding",
    metadata,
    Column("team", Words, primary_key=True),
    Column("user", Words, primary_key=True, info={"holds": "user"}),
    _words("channel"),
    _words("next_step", nullable=True),
    _time("started_at"),
    _time("finished_at", nullable=True),
)

onboarding_steps = Table(
    "onboarding_steps",
    metadata,
    Column("team", Words, primary_key=True),
    Column("user", Words, primary_key=True, info={"holds": "user"}),
    Column("step_id", Words, primary_key=True),
    _time("claimed_at"),
    _time("sent_at", nullable=True),
    _words("ts", nullable=True),
)

operations = Table(  # what staff do to the index from Slack
    "operations",
    metadata,
    Column("operation_id", Words, primary_key=True),
    _words("kind"),
    _words("status"),
    Column("turn", Integer, nullable=False),
    _words("claimed_by"),
    _words("team"),
    _words("channel"),
    _words("thread_ts"),
    _words("message_ts", nullable=True),
    _words("language"),
    _words("user", holds="user"),
    _json("request"),
    _json("found", nullable=True),
    _time("began_at"),
    Index("ix_operations_began_at", "began_at"),
)

troubles = Table(  # what staff were told is wrong, until it is over
    "troubles",
    metadata,
    Column("name", Words, primary_key=True),
    _words("text"),
    _time("raised_at"),
)

model_tokens = Table(
    "model_tokens",
    metadata,
    Column("day", Date, primary_key=True),
    Column("tokens", BigInteger, nullable=False),
)

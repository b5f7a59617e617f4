"""The tables of staff's work: who waits for an answer, drafts, clusters, test questions.

They are of one `metadata` with those of `tables.py`, and marked in the same way.
"""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, Table, UniqueConstraint

from aspire_bot.state.database.columns import Json, Words, json_words, moment, words
from aspire_bot.state.database.tables import Number, metadata


def _gap(*, is_key: bool = False) -> Column[str]:
    """Give a column that ends with its gap."""
    gone = ForeignKey("gaps.gap_id", ondelete="CASCADE")
    return Column("gap_id", Words, gone, primary_key=is_key, nullable=False)


wanted_answers = Table(  # who wants to be told when a question is answered
    "wanted_answers",
    metadata,
    Column("wanted_id", Words, primary_key=True),
    words("gap_id"),
    words("answer_id"),
    words("team"),
    words("asker", holds="user"),
    words("question", holds="text"),
    words("language"),
    words("audience"),
    words("status"),
    moment("wanted_at"),
    UniqueConstraint("gap_id", "asker"),
    Index("ix_wanted_answers_status", "status", "team"),
)

offered_answers = Table(  # what a later index says to a question: staff decide whether it is sent
    "offered_answers",
    metadata,
    Column("offer_id", Words, primary_key=True),
    _gap(),
    words("team"),
    words("audience"),
    words("language"),
    json_words("message"),
    words("index_version"),
    words("status"),
    words("staff_channel", nullable=True),
    words("staff_ts", nullable=True),
    words("decided_by", holds="user", nullable=True),
    moment("offered_at"),
    Index("ix_offered_answers_status", "status", "team"),
)

drafts = Table(  # answers that staff see before the asker does
    "drafts",
    metadata,
    Column("answer_id", Words, primary_key=True),
    words("team"),
    words("channel"),
    words("thread_ts"),
    words("asker", holds="user"),
    words("question", holds="text"),
    words("language"),
    words("audience"),
    words("text", holds="text"),
    json_words("message"),
    words("notice_ts"),
    words("status"),
    words("wording", holds="text"),
    words("reason", holds="text"),
    words("decided_by", holds="user", nullable=True),
    words("decided_in", nullable=True),
    words("staff_channel", nullable=True),
    words("staff_ts", nullable=True),
    moment("made_at"),
    Index("ix_drafts_status", "status", "team"),
    Index("ix_drafts_made_at", "made_at"),
)

clusters = Table(  # what staff decided of questions that ask the same
    "clusters",
    metadata,
    Column("cluster_id", Words, primary_key=True),
    words("team"),
    words("status"),
    words("reason", holds="text"),
    words("decided_by", holds="user", nullable=True),
    moment("made_at"),
)

cluster_members = Table(  # one row a gap; `vector` is its question's, float16 in base64
    "cluster_members",
    metadata,
    _gap(is_key=True),
    words("cluster_id", nullable=True),
    Column("is_placed", Boolean, nullable=False),  # by staff, not by likeness
    words("embedding"),
    words("vector", holds="text"),
    Index("ix_cluster_members_cluster_id", "cluster_id"),
)

question_pairs = Table(  # how alike two gaps are that were read together; `one` is the lesser id
    "question_pairs",
    metadata,
    *(
        Column(
            name,
            Words,
            ForeignKey("gaps.gap_id", ondelete="CASCADE"),
            primary_key=True,
            nullable=False,
        )
        for name in ("one", "other")
    ),
    words("read_by"),
    Column("likeness", Float, nullable=False),
    Index("ix_question_pairs_other", "other"),
)

test_questions = Table(  # its texts are staff's, for checking the index: not a person's
    "test_questions",
    metadata,
    Column("test_id", Words, primary_key=True),
    words("team"),
    words("question"),
    words("expects"),
    words("value"),
    words("added_by", holds="user"),
    moment("added_at"),
)

test_runs = Table(  # how each test question came out last
    "test_runs",
    metadata,
    Column(
        "test_id",
        Words,
        ForeignKey("test_questions.test_id", ondelete="CASCADE"),
        primary_key=True,
        nullable=False,
    ),
    Column("has_passed", Boolean, nullable=False),
    words("outcome"),
    words("said"),
    words("index_version"),
    Column("is_told", Boolean, nullable=False),
    moment("ran_at"),
)

test_outcomes = Table(  # how each came out, a row where that differs from the time before
    "test_outcomes",
    metadata,
    Column("number", Number, primary_key=True),
    Column(
        "test_id",
        Words,
        ForeignKey("test_questions.test_id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("has_passed", Boolean, nullable=False),
    words("outcome"),
    words("said"),
    words("index_version"),
    moment("ran_at"),
    Index("ix_test_outcomes_test_id", "test_id"),
    sqlite_autoincrement=True,
)

contradictions = Table(  # pairs of quotes that state different values
    "contradictions",
    metadata,
    Column("pair_id", Words, primary_key=True),
    Column("quotes", Json, nullable=False),
    words("index_version"),
    words("status"),
    moment("found_at"),
)

dismissals = Table(  # what waited for staff and needs nothing, as they said; `version`: what it was
    "dismissals",
    metadata,
    Column("kind", Words, primary_key=True),
    Column("item", Words, primary_key=True),
    words("version"),
    words("team"),
    words("reason", holds="text"),
    words("dismissed_by", holds="user"),
    moment("dismissed_at"),
    Index("ix_dismissals_dismissed_at", "dismissed_at"),
)

page_watches = Table(  # who of staff wants to be told when a document or source changes
    "page_watches",
    metadata,
    Column("watch_id", Words, primary_key=True),
    words("kind"),
    words("item"),
    words("title"),
    words("team"),
    words("user", holds="user"),
    words("language"),
    words("stands"),
    Column("generation", Integer, nullable=False),
    Column("told", Integer, nullable=False),
    moment("asked_at"),
    UniqueConstraint("kind", "item", "team", "user"),
)

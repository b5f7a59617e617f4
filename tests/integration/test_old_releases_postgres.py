"""What an earlier release left in PostgreSQL: today's programs migrate it, or say what mends it.

The dumps are made by `tests/fixtures/make_old_postgres.py`, and restored into a real server.
"""

import gzip
import sqlite3
from collections.abc import Generator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg import sql
from pydantic import SecretStr
from sqlalchemy import MetaData
from tests.chroma_server import chroma_url
from tests.postgres import Postgres, postgres

from aspire_bot.answering.types import Turn
from aspire_bot.doctor.state import probe_state
from aspire_bot.settings import Settings
from aspire_bot.state import State, open_state
from aspire_bot.state.database.database import Database
from aspire_bot.state.database.schema import VERSION_TABLE, current_revision, revisions
from aspire_bot.state.database.sdk_tables import sdk_metadata
from aspire_bot.state.database.tables import metadata
from aspire_bot.state.threads import ThreadKey
from aspire_ingest.bootstrap import build_parts
from aspire_ingest.index import ConfigError, IndexMismatchError
from aspire_ingest.index.check.verify import verify
from aspire_ingest.index.embedding.hashing import HashingEmbedder
from aspire_ingest.index.open_index import open_reader
from aspire_ingest.index.store.schema import SCHEMA_VERSION
from aspire_ingest.pipeline.pipeline import RunRequest, ingest, rebuild
from aspire_ingest.settings import IngestSettings

__all__ = ["chroma_url", "postgres"]

FIXTURES = Path(__file__).parents[1] / "fixtures"
REVISIONS = {"bb3c9c3": "0005", "3055c3b": "0010"}
"""Releases, and the number of the last migration that each knew."""
AT = datetime(2026, 4, 1, 9, tzinfo=UTC)
COLUMNS_OF_0006 = {"not_wordings", "shown_questions", "source_hashes"}


def restore(postgres: Postgres, dump: Path) -> str:
    """Run a dump in a database of its own; give its URL."""
    url = postgres.new()
    with psycopg.connect(url) as connection:
        connection.execute(gzip.decompress(dump.read_bytes()))
    return url


@pytest.fixture(params=REVISIONS)
def release(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def old_state(release: str, postgres: Postgres) -> Generator[str]:
    url = restore(postgres, FIXTURES / release / "state.sql.gz")
    yield url
    postgres.drop(url)


def rows(url: str) -> dict[str, int]:
    with psycopg.connect(url) as connection:
        names = connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        ).fetchall()
        counted: dict[str, int] = {}
        for (name,) in names:
            wanted = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))
            found = connection.execute(wanted).fetchone()
            counted[name] = found[0] if found else 0
    return counted


def revision(url: str) -> str:
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT version_num FROM state_version").fetchone()
    assert found is not None
    return str(found[0])


def differences(database: Database) -> list[object]:
    """What of the tables is not as today's code has it."""
    both = MetaData()
    for table in (*metadata.sorted_tables, *sdk_metadata.sorted_tables):
        table.to_metadata(both)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        return list(compare_metadata(context, both))


def test_dumps_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in FIXTURES.glob("*/*.sql.gz")}
    assert sizes
    assert max(sizes.values()) < 100_000


def test_an_old_state_is_migrated_to_todays_tables_and_loses_no_row(
    release: str, old_state: str
) -> None:
    before = rows(old_state)
    filled = {name for name, count in before.items() if count}
    assert {"answers", "approvals", "escalations", "gaps", "inbox", "turns"} <= filled
    (told,) = probe_state(Settings(database_url=SecretStr(old_state)))
    assert f"revision {REVISIONS[release]} of {revisions()[-1]}" in told.found
    with closing(open_state(old_state)) as state:
        with state.database.engine.connect() as connection:
            assert current_revision(connection) == revisions()[-1]
        assert differences(state.database) == []
    after = rows(old_state)
    assert {name: after[name] for name in before} == before
    (told,) = probe_state(Settings(database_url=SecretStr(old_state)))
    assert told.state == "ok"


def test_a_file_that_is_past_0006_by_its_number_gets_its_columns(tmp_path: Path) -> None:
    place = tmp_path / "state.sqlite3"
    open_state(place).close()
    with closing(sqlite3.connect(place)) as connection:
        for column in COLUMNS_OF_0006:
            connection.execute(f"ALTER TABLE approvals DROP COLUMN {column}")
        # what later migrations add is not there either
        for table in ("test_outcomes", "dismissals", "question_pairs", "page_watches", "citations"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("ALTER TABLE escalations DROP COLUMN remind_at")
        connection.execute("UPDATE state_version SET version_num = '0010'")
        connection.commit()
    with closing(open_state(place)) as state:
        assert differences(state.database) == []
        assert state.approvals.with_status("published") == ()


@pytest.fixture
def state(old_state: str) -> Generator[State]:
    with closing(open_state(old_state, clock=lambda: AT)) as opened:
        yield opened


def test_what_an_old_state_holds_is_read(state: State) -> None:
    answer = state.answers.by_message("T1", "C1", "1.1")
    assert answer is not None
    assert (answer.outcome, answer.asked_at) == ("answered", AT)
    assert [source.title for source in answer.sources] == ["ASPIRE Handbook FY2026 指針"]
    thread = ThreadKey(team="T1", channel="C1", thread_ts="1.0")
    assert state.threads.turns(thread, audience="public") == (
        Turn(role="user", text="How much may be carried over?"),
        Turn(role="assistant", text="Up to 10 percent of its direct costs. [1]"),
    )
    (approved,) = state.approvals.with_status("published")
    assert approved.text == "はい、年間40万円まで支出できます。"
    (gap,) = state.gaps.open(9)
    assert gap.question == "動物実験の費用は支出できますか"
    (open_one,) = state.escalations.open(9)
    assert [reply.text for reply in state.escalations.replies(open_one.escalation_id)] == [
        "はい、支出できます。"
    ]
    job = state.inbox.claim("worker-2")
    assert job is not None
    assert job.arrival.body == {"text": "How much may be carried over?"}
    assert state.audit.faults() == ()  # its hashes still follow from each other


def test_what_the_office_and_the_console_kept_is_read(release: str, state: State) -> None:
    if release == "bb3c9c3":
        assert state.drafts.waiting(9, team="T1") == ()
        assert list(state.audit.all()) == []
        return
    (draft,) = state.drafts.waiting(9, team="T1")
    assert (draft.answer_id, draft.message["text"]) == ("answer-1", draft.text)
    assert [row.target for row in state.audit.all()] == ["approval-1", "質問"]
    trace = state.traces.get("answer-1")
    assert trace is not None
    assert trace.confidence == 0.75


def test_an_old_state_goes_on_in_use(state: State) -> None:
    state.feedback.vote("answer-1", "U2", "down")
    assert {vote.user for vote in state.feedback.of("answer-1")} == {"U1", "U2"}
    gone = state.retention.forget("U2")
    assert gone["answers"] == gone["escalations"] == gone["gaps"] == gone["onboarding"] == 1
    assert state.answers.by_id("answer-2") is None
    state.retention.purge(30, datetime(2027, 1, 1, tzinfo=UTC))
    assert state.answers.by_id("answer-1") is None


@pytest.mark.parametrize("release", ["bb3c9c3"])
def test_a_migration_that_cannot_be_done_is_rolled_back_whole(old_state: str) -> None:
    before = rows(old_state)
    with psycopg.connect(old_state) as connection:
        connection.execute("CREATE TABLE contradictions (of_somebody_else int)")
    with pytest.raises(ConfigError, match=r"contradictions.*ASPIRE_DATABASE_URL"):
        open_state(old_state)
    assert revision(old_state) == "0005"
    assert rows(old_state) == {**before, "contradictions": 0}
    with psycopg.connect(old_state) as connection:
        connection.execute("DROP TABLE contradictions")
    open_state(old_state).close()
    assert revision(old_state) == revisions()[-1]


def test_a_backup_from_before_the_upgrade_takes_its_place_again(
    release: str, old_state: str, postgres: Postgres
) -> None:
    with closing(open_state(old_state)) as state:
        state.feedback.vote("answer-1", "U9", "down")
    again = restore(postgres, FIXTURES / release / "state.sql.gz")
    try:
        assert revision(again) == REVISIONS[release]
        with closing(open_state(again)) as state:
            assert {vote.user for vote in state.feedback.of("answer-1")} == {"U1"}
    finally:
        postgres.drop(again)


def test_a_release_that_does_not_know_a_migration_refuses_it(old_state: str) -> None:
    with psycopg.connect(old_state) as connection:
        connection.execute("UPDATE state_version SET version_num = '9999'")
    with pytest.raises(ConfigError, match=r"newer aspire-bot.*9999.*put the back-up"):
        open_state(old_state)
    assert revision(old_state) == "9999"


@pytest.mark.parametrize("by", ["verify --rebuild", "add"])
def test_an_old_shared_index_says_what_mends_it_and_is_mended(
    by: str, postgres: Postgres, chroma_url: str, tmp_path: Path
) -> None:
    url = restore(postgres, FIXTURES / "bb3c9c3" / "index.sql.gz")
    settings = IngestSettings(
        home=tmp_path / "home",
        embedding="hashing/64",
        chroma_url=chroma_url,
        database_url=SecretStr(url),
    )
    embedder = HashingEmbedder(64)
    note = tmp_path / "note.md"
    note.write_text("# Panels\n\nThe panel is chaired by Dr. Akiko Tanaka.\n")
    try:
        with pytest.raises(
            IndexMismatchError, match=r"analysis 4.*verify --rebuild.*next `add` or `sync`"
        ):
            open_reader(settings.index_home, embedder_name=embedder.name)
        with build_parts(settings, lambda _step, _done, _total: None) as parts:
            if by == "verify --rebuild":
                assert len(rebuild(parts).replaced()) == 3
            assert len(ingest(RunRequest(targets=[str(note)]), parts).added()) == 1
            checked = verify(parts.home, shape=parts.shape, open_chroma=parts.open_chroma)
        assert checked.problems == []
        with open_reader(settings.index_home, embedder_name=embedder.name) as reader:
            assert reader.manifest.schema_version == SCHEMA_VERSION
            titles = {one.title: one.edition for one in reader.documents().values()}
            assert titles["ASPIRE Handbook FY2026"] == "FY2026"
            assert len(titles) == 4
            vector = embedder.embed_query("carry over direct costs")
            found = reader.search_vectors(
                vector, language="en", audiences=frozenset({"public"}), k=9
            )
            assert found
    finally:
        postgres.drop(url)

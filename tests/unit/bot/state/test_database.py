import os
import shutil
import stat
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import StatementError
from tests.unit.bot.state.made import THREAD, arrival

from aspire_bot.answering.types import Turn
from aspire_bot.errors import StateError
from aspire_bot.state import State, open_state
from aspire_bot.state.channels import ChannelPolicy
from aspire_bot.state.database import schema
from aspire_bot.state.database.database import open_database
from aspire_bot.state.database.engine import make_engine, parse_place
from aspire_bot.state.database.tables import channels
from aspire_ingest.index import ConfigError


def revision_of(place: str) -> str | None:
    engine = make_engine(parse_place(place))
    try:
        with engine.connect() as connection:
            return schema.current_revision(connection)
    finally:
        engine.dispose()


@pytest.mark.parametrize("old", schema.revisions()[:-1])
def test_an_old_database_is_upgraded_with_what_is_in_it(place: str, old: str) -> None:
    engine = make_engine(parse_place(place))
    schema.migrate(engine, place, to=old)
    row = "'T1', 'C1', 'auto', 'staff', 'ja', 'U1', '2026-04-01 00:00:00.000000'"
    with engine.begin() as connection:
        assert schema.current_revision(connection) == old
        connection.execute(text(f"INSERT INTO channels VALUES ({row})"))  # noqa: S608  ours
    engine.dispose()
    state = open_state(place)
    policy = state.channels.policy("T1", "C1")
    state.close()
    assert policy is not None
    assert (policy.mode, policy.audience, policy.language) == ("auto", "staff", "ja")
    assert revision_of(place) == schema.revisions()[-1]


def test_a_database_of_a_newer_version_is_refused_and_left_alone(migrated_place: str) -> None:
    engine = make_engine(parse_place(migrated_place))
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {schema.VERSION_TABLE} SET version_num = '0999'"))  # noqa: S608  ours
    engine.dispose()
    with pytest.raises(ConfigError, match=r"newer aspire-bot.*0999.*upgrade aspire-bot, or"):
        open_database(migrated_place)
    assert revision_of(migrated_place) == "0999"


def test_a_migration_that_fails_leaves_nothing_behind(place: str) -> None:
    engine = make_engine(parse_place(place))
    schema.migrate(engine, place, to="0001")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE replies (x INTEGER)"))  # in the way, late in 0002
    engine.dispose()
    with pytest.raises(ConfigError, match="cannot be opened"):
        open_database(place)
    assert revision_of(place) == "0001"
    engine = make_engine(parse_place(place))
    with engine.begin() as connection:
        assert not engine.dialect.has_table(connection, "votes")
        connection.execute(text("DROP TABLE replies"))
    engine.dispose()
    open_database(place).close()


def test_opening_again_changes_nothing(migrated_place: str) -> None:
    first = open_state(migrated_place)
    first.inbox.put(arrival("a"))
    second = open_state(migrated_place)
    assert second.inbox.counts().waiting == 1
    first.close()
    second.close()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    path.write_text("shopping list " * 100)
    with pytest.raises(ConfigError, match=r"state\.db cannot be opened.*ASPIRE_HOME"):
        open_database(path)
    assert path.read_text().startswith("shopping list")


def test_a_place_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match=r"state\.db cannot be made.*ASPIRE_HOME"):
        open_database(tmp_path / "file" / "state.db")
    with pytest.raises(ConfigError, match="ASPIRE_HOME"):
        open_database(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="needs the permissions of POSIX")
@pytest.mark.parametrize("lock_exists", [True, False])
def test_a_file_that_may_not_be_written_is_refused(
    tmp_path: Path, sqlite_template: Path, lock_exists: bool
) -> None:
    path = tmp_path / "state.db"
    shutil.copy(sqlite_template, path)
    if lock_exists:
        (tmp_path / "state.db.lock").touch(0o666)
        (tmp_path / "state.db.lock").chmod(0o666)
    program = (
        "import sys; from aspire_bot.state.database.database import open_database\n"
        "from aspire_ingest.index.errors import ConfigError\n"
        "open_database(sys.argv[2]).close()\n"  # while all that is imported can be read
        "import os; os.getuid() or os.setuid(65534)\n"  # root may write anything
        "try: open_database(sys.argv[1])\n"
        "except ConfigError as error: print(error)\n"
    )
    other = tmp_path / "other" / "state.db"
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    path.chmod(0o444)
    other.parent.mkdir()
    tmp_path.chmod(0o555)
    try:
        run = subprocess.run(  # noqa: S603  this Python
            [sys.executable, "-c", program, str(path), str(other)],
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        tmp_path.chmod(0o755)
    assert "Give the user who runs aspire-bot the right to write there" in run.stdout, run.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs the permissions of POSIX")
def test_only_its_user_can_read_the_file(tmp_path: Path) -> None:
    state = open_state(tmp_path / "home" / "state.db")
    state.inbox.put(arrival("a"))
    files = list((tmp_path / "home").iterdir())
    assert {file.name for file in files} >= {"state.db", "state.db-wal"}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    state.close()


def test_sqlite_keeps_what_is_committed_and_lets_readers_go_on(tmp_path: Path) -> None:
    database = open_database(tmp_path / "state.db")
    with database.write() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
        with database.read() as reader:  # while another writes
            assert reader.execute(channels.select()).all() == []
    database.close()
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 20000,
    }


def test_opening_a_file_waits_for_another_who_opens_it(tmp_path: Path) -> None:
    # Without: of four processes that make a file together, one in 240 met "database is locked".
    path = tmp_path / "state.db"
    opening = threading.Thread(target=lambda: open_database(path).close())
    with FileLock(f"{path}.lock"):
        opening.start()
        opening.join(0.5)
        assert opening.is_alive()
    opening.join()
    assert revision_of(str(path)) == schema.revisions()[-1]


def test_a_lost_database_is_a_state_error(tmp_path: Path) -> None:
    state = open_state(tmp_path / "state.db")
    with state.database.write() as connection:
        connection.exec_driver_sql("DROP TABLE channels")
    with pytest.raises(StateError, match=r"The state in .*state\.db cannot be used") as raised:
        state.channels.set("T1", "C1", ChannelPolicy(), by="U-of-a-person")
    assert raised.value.retryable
    assert "U-of-a-person" not in str(raised.value) + str(raised.value.__cause__)
    state.close()


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("mysql://me:secret@host/db", "not supported"),
        ("postgresql://me:secret@host:port/db", "not a URL"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("postgresql://me:secret@127.0.0.1:9/db", "127.0.0.1:9/db cannot be opened.*DATABASE_URL"),
    ],
)
def test_a_place_that_cannot_be_used_is_refused_without_its_password(
    place: str, message: str
) -> None:
    with pytest.raises(ConfigError, match=message) as raised:
        open_database(place)
    assert "secret" not in str(raised.value)


def test_a_url_of_a_file_is_a_file(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'a b%.db'}")
    assert database.place == str(tmp_path / "a b%.db")
    database.close()
    assert (tmp_path / "a b%.db").exists()


def test_a_path_with_a_tilde_is_in_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    if os.name == "posix":
        open_database("~/state.db").close()
        assert (tmp_path / "state.db").exists()


def test_times_come_back_in_utc_and_need_a_zone(state: State) -> None:
    tokyo = datetime(2026, 4, 1, 8, 30, tzinfo=timezone(timedelta(hours=9)))
    row = {"team": "T", "mode": "auto", "audience": "public", "language": "en", "set_by": "U"}
    with state.database.write() as connection:
        connection.execute(channels.insert().values(**row, channel="C", set_at=tokyo))
    with state.database.read() as connection:
        found = connection.execute(channels.select()).one().set_at
    assert found == tokyo
    assert found.tzinfo is UTC
    naive = channels.insert().values(**row, channel="D", set_at=tokyo.replace(tzinfo=None))
    with state.database.write() as connection, pytest.raises(StatementError, match="zone"):
        connection.execute(naive)


HOSTILE = st.text(st.characters(codec=None), max_size=60)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(words=HOSTILE)
@example(words="\x00 \ud800 \udfff \U0001f600")
def test_any_text_can_be_kept(state: State, words: str) -> None:
    thread = THREAD
    state.threads.forget_answer(thread, "m1")
    said = (Turn(role="user", text=words),)
    state.threads.remember(thread, *said, audience="public", user="U1", source_key="m1")
    (found,) = state.threads.turns(thread, audience="public")
    assert len(found.text) == len(words)
    storable = "".join("�" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in words)
    assert found.text == storable

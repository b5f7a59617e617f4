"""One index for several machines: PostgreSQL, a Chroma server, and a mirror on each machine."""

import random
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path

import chromadb
import psycopg
import pytest
from psycopg import sql
from tests.chroma_server import chroma_url
from tests.postgres import Postgres, postgres
from tests.small_index import DOCUMENTS, EMBEDDER, NoChroma, document, publish
from tests.soak.ingest_corpus import TURNS, content_at
from tests.soak.ingest_storm import Storm, Writer

from aspire_bot.cli.app import main as bot_main
from aspire_ingest.cli.app import main as ingest_main
from aspire_ingest.index import ConfigError, IndexMismatchError, IndexUnavailableError
from aspire_ingest.index.check.verify import verify
from aspire_ingest.index.generations.home import Home, current_number
from aspire_ingest.index.generations.lock import writer_lock
from aspire_ingest.index.generations.manifest import MANIFEST_NAME, read_manifest, write_manifest
from aspire_ingest.index.open_index import CurrentIndex, open_reader
from aspire_ingest.index.reader import IndexReader
from aspire_ingest.index.server import database, follower
from aspire_ingest.index.server.address import ServerAddress
from aspire_ingest.index.store.schema import SCHEMA_VERSION
from aspire_ingest.index.store.store import STORE_NAME
from aspire_ingest.load.loader import Loader
from aspire_ingest.pipeline.pipeline import Parts, RunRequest, ingest, rebuild
from aspire_ingest.settings import IngestSettings
from aspire_ingest.split import SPLITTER_SETTINGS, split_document

__all__ = ["chroma_url", "postgres"]

_NOWHERE = "postgresql://127.0.0.1:1/nothing"


@pytest.fixture
def server(postgres: Postgres, chroma_url: str) -> Iterator[ServerAddress]:
    url = postgres.new()
    yield ServerAddress(database_url=url, chroma_url=chroma_url)
    postgres.drop(url)


@pytest.fixture
def here(server: ServerAddress, tmp_path: Path) -> Home:
    return Home(tmp_path / "here", server=server)


@pytest.fixture
def there(server: ServerAddress, tmp_path: Path) -> Home:
    return Home(tmp_path / "there", server=server)


def opened(home: Home) -> IndexReader:
    return open_reader(home, embedder_name=EMBEDDER.name)


def nearest(reader: IndexReader, text: str) -> list[str]:
    vector = EMBEDDER.embed_query(text)
    found = reader.search_vectors(
        vector, language="en", audiences=frozenset({"public"}), k=reader.passage_count("en")
    )
    return reader.document_ids([one.passage_id for one in found])


def test_another_machine_reads_what_one_wrote(here: Home, there: Home) -> None:
    publish(here, DOCUMENTS, open_chroma=NoChroma)
    assert content_at(there) == content_at(here)
    publish(
        here, [document("late", "This one came late.\n")], remove=["call"], open_chroma=NoChroma
    )
    with opened(there) as reader:
        assert reader.manifest.generation == 2
        assert "call" not in nearest(reader, "Applications close")
        assert nearest(reader, "This one came late")[0] == "late"
    assert content_at(there) == content_at(here)
    # and the other one writes
    publish(there, [document("later", "Later still.\n")], open_chroma=NoChroma)
    assert content_at(here) == content_at(there)
    assert [verify(home, open_chroma=NoChroma).problems for home in (here, there)] == [[], []]


def test_postgresql_holds_what_sqlite_holds(here: Home, server: ServerAddress) -> None:
    publish(here, DOCUMENTS, open_chroma=NoChroma)
    with (
        closing(sqlite3.connect(here.generation(1) / "index.sqlite")) as own,
        psycopg.connect(server.database_url) as shared,
    ):
        for table in database.TABLES:
            names = ", ".join(f'"{name}"' for name in database.columns(table))
            query = f"SELECT {names} FROM %s{table} ORDER BY 1"  # noqa: S608 - our own names
            stored = own.execute(query % "").fetchall()
            rows = shared.execute((query % "aspire_index.").encode()).fetchall()
            assert rows == stored
            assert rows


def test_a_question_that_has_begun_ends_on_its_generation(here: Home, there: Home) -> None:
    publish(here, DOCUMENTS, open_chroma=NoChroma)
    with opened(there) as reader:
        before = nearest(reader, "travel")
        edition = [document(one.document_id, "All is new.\n", one.info) for one in DOCUMENTS]
        publish(here, edition, open_chroma=NoChroma)
        publish(here, [], remove=["goals"], open_chroma=NoChroma)
        assert nearest(reader, "travel") == before  # rows of two newer generations lie between
        assert len(before) == reader.passage_count("en") - 1  # one is for staff


def test_a_running_reader_follows(here: Home, there: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follower, "FOLLOW_EVERY_S", 0.05)
    publish(here, DOCUMENTS, open_chroma=NoChroma)
    index = CurrentIndex(there, embedder_name=EMBEDDER.name)
    with index.reader() as reader:
        assert reader.manifest.generation == 1
    publish(here, [document("late", "This one came late.\n")], open_chroma=NoChroma)
    end = time.monotonic() + 30
    number = 1
    while number == 1 and time.monotonic() < end:
        time.sleep(0.05)
        with index.reader() as reader:
            number = reader.manifest.generation
    index.close()
    assert number == 2


def test_one_writes_at_a_time_on_all_machines(here: Home, there: Home) -> None:
    publish(here, DOCUMENTS, open_chroma=NoChroma)
    with (
        writer_lock(here),
        pytest.raises(IndexUnavailableError, match="from another machine"),
        writer_lock(there),
    ):
        pass
    with writer_lock(there):
        pass


def test_a_writer_that_is_just_ending_is_waited_for(server: ServerAddress, there: Home) -> None:
    has_begun = threading.Event()

    def write() -> None:
        with database.writing_alone(server):
            has_begun.set()
            time.sleep(0.5)

    with ThreadPoolExecutor(1) as other:
        ended = other.submit(write)
        assert has_begun.wait(20)
        with writer_lock(there):
            pass
        ended.result()


def test_the_lock_is_given_back_before_the_connection_is_closed(
    server: ServerAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    with psycopg.connect(server.database_url) as connection:

        def still_open(_: ServerAddress) -> nullcontext[psycopg.Connection]:
            return nullcontext(connection)

        monkeypatch.setattr(database, "connected", still_open)
        with database.writing_alone(server):
            assert _locks(connection) == 1
        assert _locks(connection) == 0


def _locks(connection: psycopg.Connection) -> int:
    here = "database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    row = connection.execute(
        f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND {here}"  # noqa: S608
    ).fetchone()
    return row[0] if row else 0


def test_servers_that_are_away(here: Home, there: Home, tmp_path: Path) -> None:
    publish(here, DOCUMENTS, open_chroma=NoChroma)
    content = content_at(there)
    assert there.server is not None
    cut_off = Home(there.root, server=replace(there.server, database_url=_NOWHERE))
    assert content_at(cut_off) == content  # the mirror answers
    with pytest.raises(IndexUnavailableError, match="cannot be reached"):
        publish(cut_off, [], remove=["call"], open_chroma=NoChroma)
    with pytest.raises(IndexUnavailableError, match="cannot be reached"):
        opened(Home(tmp_path / "new", server=cut_off.server))
    deaf = Home(there.root, server=replace(there.server, chroma_url="http://127.0.0.1:1"))
    with pytest.raises(IndexUnavailableError, match=r"Chroma server at http://127.0.0.1:1"):
        opened(deaf)
    with pytest.raises(IndexUnavailableError, match="Chroma server"):
        publish(deaf, [document("late", "Late.\n")], open_chroma=NoChroma)
    assert content_at(here) == content
    assert verify(there, open_chroma=NoChroma).problems == []


def test_two_indexes_share_a_chroma_server(
    here: Home, tmp_path: Path, postgres: Postgres, chroma_url: str
) -> None:
    other = ServerAddress(database_url=postgres.new(), chroma_url=chroma_url)
    publish(here, DOCUMENTS[:1], open_chroma=NoChroma)
    publish(Home(tmp_path / "other", server=other), DOCUMENTS[1:3], open_chroma=NoChroma)
    with opened(here) as reader:
        assert set(nearest(reader, "researchers")) == {"goals"}
    postgres.drop(other.database_url)


def test_what_no_generation_has_goes_from_chroma_after_a_while(here: Home, there: Home) -> None:
    publish(here, DOCUMENTS, open_chroma=NoChroma)
    publish(here, [], remove=["call", "mokuteki", "kaigi"], open_chroma=NoChroma)
    assert here.server is not None
    client = chromadb.HttpClient(port=int(here.server.chroma_url.rpartition(":")[2]))
    name = f"passages-{(here.generation(2) / 'identity').read_text()}"

    def rows() -> int:
        own = [one for one in client.list_collections() if one.name.startswith(name)]
        return sum(client.get_collection(one.name).count() for one in own)

    with opened(there) as reader:
        passages = reader.manifest.passages
    assert rows() > passages
    follower.clear_retired(here, older_than_s=3600)
    assert rows() > passages
    follower.clear_retired(here, older_than_s=0)
    assert rows() == passages
    assert verify(here, open_chroma=NoChroma).problems == []


def test_verify_mends_mirror_and_chroma(here: Home, there: Home) -> None:
    publish(here, DOCUMENTS, open_chroma=NoChroma)
    content = content_at(there)
    assert here.server is not None
    client = chromadb.HttpClient(port=int(here.server.chroma_url.rpartition(":")[2]))
    name = f"passages-{(here.generation(1) / 'identity').read_text()}"
    for one in client.list_collections():
        if one.name.startswith(name):
            client.delete_collection(one.name)
    check = verify(here, open_chroma=NoChroma)
    assert check.is_sound
    assert any("lacks" in problem for problem in check.problems)
    assert content_at(there) == content
    with opened(there) as reader:
        assert nearest(reader, "travel")
    publish(here, [], remove=["call"], open_chroma=NoChroma)
    content = content_at(there)
    for lost in ([there.generation(3)], [there.generation(number) for number in (2, 3)]):
        for folder in filter(Path.exists, lost):
            (folder / "index.sqlite").write_bytes(b"broken")
        check = verify(there, open_chroma=NoChroma)
        assert check.is_sound, check.problems
        assert any("from PostgreSQL again" in line for line in check.repaired)
        assert content_at(there) == content
    shutil.rmtree(there.root)
    assert content_at(there) == content


def as_an_older_release_left_it(home: Home, server: ServerAddress) -> None:
    """Take back what the newest tables added, on this machine and in PostgreSQL."""
    added, tables = ("published_from", "occasions"), SCHEMA_VERSION - 1
    folder = home.generation(1)
    file = read_manifest(folder)
    shape = replace(file.shape, schema=tables)
    write_manifest(folder, file.manifest, shape)
    with (
        closing(sqlite3.connect(folder / STORE_NAME)) as own,
        psycopg.connect(server.database_url) as shared,
    ):
        for column in added:
            own.execute(f"ALTER TABLE documents DROP COLUMN {column}")
            shared.execute(
                sql.SQL("ALTER TABLE aspire_index.documents DROP COLUMN {}").format(
                    sql.Identifier(column)
                )
            )
        own.execute(f"PRAGMA user_version = {tables}")
        shared.execute("UPDATE aspire_index.documents SET row_hash = 'of fewer columns'")
        manifest = (folder / MANIFEST_NAME).read_text(encoding="utf-8")
        shared.execute(
            "UPDATE aspire_index.current SET tables = %s, manifest = %s", (tables, manifest)
        )


def test_an_index_of_an_older_release_is_refused_and_can_be_rebuilt(
    here: Home, there: Home, server: ServerAddress, tmp_path: Path
) -> None:
    (tmp_path / "note.md").write_text("# Deadline\n\nApplications close on 31 March 2027.\n")
    with Loader() as loader:
        parts = Parts(
            home=here,
            source=loader,
            split=split_document,
            splitter=SPLITTER_SETTINGS,
            embedder=EMBEDDER,
            open_chroma=NoChroma,
        )
        ingest(RunRequest(targets=[str(tmp_path / "note.md")]), parts)
        as_an_older_release_left_it(here, server)
        for machine in (here, there):  # with what the older release brought here, and without
            with pytest.raises(IndexMismatchError, match=r"older release.*verify --rebuild"):
                opened(machine)
        assert len(rebuild(parts).replaced()) == 1
    for machine in (here, there):
        with opened(machine) as reader:
            assert nearest(reader, "Applications close")
            assert reader.manifest.schema_version == SCHEMA_VERSION
    assert [verify(home, open_chroma=NoChroma).problems for home in (here, there)] == [[], []]


def test_settings(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="ASPIRE_DATABASE_URL"):
        _ = IngestSettings(home=tmp_path, chroma_url="http://127.0.0.1:8000").index_home
    with pytest.raises(ValueError, match="http://HOST:PORT"):
        IngestSettings(home=tmp_path, chroma_url="127.0.0.1:8000")


def test_the_programs(
    server: ServerAddress,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "note.md").write_text("# Deadline\n\nApplications close on 31 March 2027.\n")
    monkeypatch.setenv("ASPIRE_EMBEDDING", "hashing/64")
    monkeypatch.setenv("ASPIRE_CHROMA_URL", server.chroma_url)
    monkeypatch.setenv("ASPIRE_DATABASE_URL", server.database_url)

    def run(main: Callable[[list[str]], None], machine: str, *arguments: str) -> str:
        monkeypatch.setenv("ASPIRE_HOME", str(tmp_path / machine))
        with pytest.raises(SystemExit) as ended:
            main([*arguments])
        out, err = capsys.readouterr()
        assert ended.value.code == 0, err
        return out

    run(ingest_main, "one", "add", str(tmp_path / "note.md"))
    assert "Deadline" in run(ingest_main, "two", "list")
    assert "31 March" in run(bot_main, "two", "retrieve", "When do applications close?")
    assert "sound" in run(ingest_main, "two", "verify")


def test_two_readers_and_a_writer_that_is_killed(
    server: ServerAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "FOLLOW_EVERY_S", 0.2)
    chance = random.Random(3)  # noqa: S311 - the same each time
    with Writer() as writer:
        storm = Storm(writer, tmp_path).begin(tmp_path / "home", server=server)
        with storm.asked(tmp_path / "two", tmp_path / "three"):
            for turn in range(2 * len(TURNS)):
                if turn % 2:
                    storm.cut_at_random(chance)
                else:
                    storm.clean()
    assert storm.findings.wrong == []
    assert storm.findings.asked > len(TURNS)
    assert current_number(Home(tmp_path / "two/shared"))

"""A backup of the whole state in one file, and the way back, while everything goes on."""

import hashlib
import io
import json
import sqlite3
import tarfile
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.small_index import DOCUMENTS, EMBEDDER, NoChroma, document, publish
from tests.soak.ingest_corpus import Content, content_at

from aspire_ingest.cli.app import main
from aspire_ingest.index import ConfigError, IndexAccessError, IndexUnavailableError
from aspire_ingest.index.check.verify import verify
from aspire_ingest.index.generations.backup import backup, backup_into, last_backup
from aspire_ingest.index.generations.home import Home
from aspire_ingest.index.generations.lock import writer_lock
from aspire_ingest.index.generations.restore import check_backup, restore
from aspire_ingest.index.open_index import CurrentIndex


def note(root: Path, question: str) -> None:
    """Write into the state as a running bot does."""
    with closing(sqlite3.connect(root / "state/state.sqlite3")) as connection, connection:
        connection.execute("CREATE TABLE IF NOT EXISTS questions (question TEXT)")
        connection.execute("INSERT INTO questions VALUES (?)", (question,))


def noted(root: Path) -> list[str]:
    with closing(sqlite3.connect(root / "state/state.sqlite3")) as connection:
        return [row[0] for row in connection.execute("SELECT question FROM questions")]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "home"
    for name, content in (
        ("approved/one.md", "An answer."),
        ("runs/first.json", "{}"),
        ("glossary.yaml", "terms: []"),
        ("state/state.sqlite3-wal.lock", ""),
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    note(root, "Who may apply?")
    publish(root, DOCUMENTS, open_chroma=NoChroma)
    publish(root, [document("late", "This one came late.\n")], open_chroma=NoChroma)
    return root


def names(backup_file: Path) -> set[str]:
    with tarfile.open(backup_file) as archive:
        return set(archive.getnames())


def test_all_comes_back_at_another_place(root: Path, tmp_path: Path) -> None:
    (root / "cache.sqlite").write_bytes(b"can be made again")
    (root / "model/weights").mkdir(parents=True)
    (root / "model/weights/big.bin").write_bytes(b"can be made again")
    report = backup(Home(root), tmp_path / "b.tgz", left_out=[root / "model"])
    assert report.index_version is not None
    assert report.bytes == (tmp_path / "b.tgz").stat().st_size
    assert (tmp_path / "b.tgz").stat().st_mode & 0o077 == 0
    kept = {"approved/one.md", "runs/first.json", "glossary.yaml", "state/state.sqlite3"}
    found = names(tmp_path / "b.tgz")
    assert {name for name in found if not name.startswith("generation/")} == kept | {"backup.json"}
    there = tmp_path / "there"
    restored = restore(Home(there), tmp_path / "b.tgz")
    assert (restored.index_version, restored.set_aside) == (report.index_version, None)
    assert content_at(there) == content_at(root)
    assert noted(there) == ["Who may apply?"]
    assert {name: (there / name).read_bytes() for name in kept - {"state/state.sqlite3"}} == {
        name: (root / name).read_bytes() for name in kept - {"state/state.sqlite3"}
    }
    assert verify(Home(there), open_chroma=NoChroma).problems == []
    assert list(Home(there).work.iterdir()) == []


def test_what_is_there_is_overwritten_when_told_and_set_aside(root: Path, tmp_path: Path) -> None:
    backup(Home(root), tmp_path / "b.tgz")
    before = content_at(root)
    note(root, "later")
    (root / "approved/two.md").write_text("Approved later.")
    (root / "glossary.yaml").write_text("terms: [later]")
    publish(root, [document("call", "Changed later.\n")], open_chroma=NoChroma)
    with pytest.raises(ConfigError, match=r"--yes"):
        restore(Home(root), tmp_path / "b.tgz")
    assert noted(root) == ["Who may apply?", "later"]
    # A bot that runs has both open, and goes over to what is restored.
    index = CurrentIndex(root, embedder_name=EMBEDDER.name)
    with index.reader() as reader, closing(sqlite3.connect(root / "state/state.sqlite3")) as state:
        assert reader.document("call").text == "Changed later.\n"
        assert state.execute("SELECT count(*) FROM questions").fetchone() == (2,)
        report = restore(Home(root), tmp_path / "b.tgz", overwrite=True)
        assert state.execute("SELECT count(*) FROM questions").fetchone() == (1,)
        with index.reader() as newer:
            assert newer.manifest.generation == 4
            assert newer.manifest.index_version == report.index_version
            assert newer.document("call").text != "Changed later.\n"
    index.close()
    assert content_at(root) == before
    assert not (root / "approved/two.md").exists()
    aside = report.set_aside
    assert aside is not None
    assert (aside / "approved/two.md").read_text() == "Approved later."
    assert (aside / "glossary.yaml").read_text() == "terms: [later]"
    with closing(sqlite3.connect(aside / "state/state.sqlite3")) as old:
        assert old.execute("SELECT count(*) FROM questions").fetchone() == (2,)
    backup(Home(root), tmp_path / "again.tgz")
    assert not [name for name in names(tmp_path / "again.tgz") if "set-aside" in name]


def test_a_broken_state_is_replaced_and_kept(root: Path, tmp_path: Path) -> None:
    backup(Home(root), tmp_path / "b.tgz")
    (root / "state/state.sqlite3").write_bytes(b"SQLite format 3\0" + b"broken" * 1000)
    Home(root).pointer.write_text("broken")
    (root / "generations/2/manifest.json").unlink()
    report = restore(Home(root), tmp_path / "b.tgz", overwrite=True)
    assert noted(root) == ["Who may apply?"]
    assert report.set_aside is not None
    assert (report.set_aside / "state/state.sqlite3").read_bytes().endswith(b"broken")
    assert content_at(root) is not None


def test_a_backup_while_all_is_written_is_of_one_moment(root: Path, tmp_path: Path) -> None:
    known: list[Content | None] = [content_at(root)]
    is_over = threading.Event()

    def write() -> None:
        while not is_over.is_set():
            note(root, "once more")
            text = f"Edition {len(known)} of this one.\n"
            publish(root, [document("late", text)], open_chroma=NoChroma)
            known.append(content_at(root))

    thread = threading.Thread(target=write)
    thread.start()
    made = 0
    try:
        while made < 4 or len(known) < 4:
            backup(Home(root), tmp_path / f"{made}.tgz")
            made += 1
    finally:
        is_over.set()
        thread.join()
    for number in range(made):
        there = tmp_path / f"there-{number}"
        restore(Home(there), tmp_path / f"{number}.tgz")
        assert content_at(there) in known
        assert noted(there)[0] == "Who may apply?"


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _other_file(path: Path) -> None:
    path.write_text("no backup")


def _edited(path: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    with tarfile.open(path) as archive:
        contents = {
            entry.name: file.read()
            for entry in archive
            if (file := archive.extractfile(entry)) is not None
        }
    with tarfile.open(path, "w:gz") as archive:
        for known, content in contents.items():
            changed = change(content) if known == name else content
            entry = tarfile.TarInfo(known)
            entry.size = len(changed)
            archive.addfile(entry, io.BytesIO(changed))


def _changed(path: Path) -> None:
    _edited(path, "glossary.yaml", lambda _content: b"terms: [forged]")


def _newer(path: Path) -> None:
    _edited(path, "backup.json", lambda old: json.dumps(json.loads(old) | {"format": 99}).encode())


def _without_list(path: Path) -> None:
    _edited(path, "backup.json", lambda _old: b"")


def _reaching_out(path: Path) -> None:
    with tarfile.open(path, "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("../outside"))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_cut, "no backup, or not a whole one"),
        (_other_file, "no backup, or not a whole one"),
        (_changed, "damaged: glossary.yaml"),
        (_newer, "newer release"),
        (_without_list, "not whole"),
        (_reaching_out, "no backup of ours"),
        (Path.unlink, "not there"),
    ],
)
def test_what_is_no_whole_backup_is_refused_and_changes_nothing(
    root: Path, tmp_path: Path, damage: Callable[[Path], None], said: str
) -> None:
    target = tmp_path / "b.tgz"
    backup(Home(root), target)
    damage(target)
    before = content_at(root)
    with pytest.raises(ConfigError, match=said):
        restore(Home(root), target, overwrite=True)
    assert content_at(root) == before
    assert noted(root) == ["Who may apply?"]
    assert list(Home(root).work.iterdir()) == []
    assert not (tmp_path / "outside").exists()


def test_other_mistakes_are_one_sentence_each(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.tgz"
    target.write_text("mine")
    with pytest.raises(ConfigError, match="exists already"):
        backup(Home(root), target)
    assert target.read_text() == "mine"
    backup(Home(root), target, replace=True)
    with pytest.raises(ConfigError, match="nothing to back up"):
        backup(Home(tmp_path / "nowhere"), tmp_path / "c.tgz")
    with pytest.raises(ConfigError, match="inside"):
        backup(Home(root), root / "b.tgz")
    with pytest.raises(IndexAccessError, match="cannot be written"):
        backup(Home(root), tmp_path / "no folder" / "c.tgz")
    with writer_lock(Home(root)), pytest.raises(IndexUnavailableError, match="changing the index"):
        restore(Home(root), target, overwrite=True)


def test_the_commands(
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def run(*arguments: str, home: Path = root) -> tuple[object, str, str]:
        monkeypatch.setenv("ASPIRE_HOME", str(home))
        with pytest.raises(SystemExit) as ended:
            main([*arguments])
        out, err = capsys.readouterr()
        return ended.value.code, out, err

    target = str(tmp_path / "b.tgz")
    code, out, err = run("backup", target, "--json")
    assert code == 0, err
    told = json.loads(out)
    assert told["file"] == target
    code, out, err = run("backup", target)
    assert (code, out) == (2, "")
    assert "--yes" in err
    code, out, err = run("restore", target, home=tmp_path / "there")
    assert code == 0, err
    assert told["index_version"] in out
    code, out, err = run("restore", target, home=tmp_path / "there")
    assert (code, len(err.strip().splitlines())) == (2, 1)
    assert content_at(tmp_path / "there") == content_at(root)


def test_a_folder_keeps_the_newest_and_what_is_not_ours(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    assert last_backup(Home(root)) is None
    made = [backup_into(Home(root), folder, keep=2).path for _ in range(3)]
    assert sorted(folder.glob("*.tar.gz")) == made[1:]
    assert (folder / "notes.txt").exists()
    last = last_backup(Home(root))
    assert last is not None
    assert last.path == made[-1]
    assert "last-backup.json" not in names(made[-1])


def test_a_failing_backup_removes_no_older_one(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    old = backup_into(Home(root), folder, keep=1).path
    (root / "generations").rename(root / "gone")
    (root / "generations").write_text("no folder")
    with pytest.raises((ConfigError, IndexAccessError, IndexUnavailableError)):
        backup_into(Home(root), folder, keep=1)
    assert list(folder.glob("*.tar.gz")) == [old]


def test_a_backup_is_checked_without_a_change(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "whole.tar.gz"
    backup(Home(root), target)
    before = sorted(path for path in root.rglob("*") if path.is_file())
    found = check_backup(Home(root), target)
    assert found.index_version is not None
    assert sorted(path for path in root.rglob("*") if path.is_file()) == before
    (tmp_path / "cut.tar.gz").write_bytes(target.read_bytes()[:-200])
    with pytest.raises(ConfigError, match="not a whole one"):
        check_backup(Home(root), tmp_path / "cut.tar.gz")


def test_a_backup_of_a_broken_database_cannot_be_restored(root: Path, tmp_path: Path) -> None:
    damaged = b""
    whole, broken = tmp_path / "whole.tar.gz", tmp_path / "broken.tar.gz"
    backup(Home(root), whole)
    with tarfile.open(whole) as archive, tarfile.open(broken, "w:gz") as copy:
        for entry in archive:
            file = archive.extractfile(entry)
            assert file is not None
            content = file.read()
            if entry.name == "state/state.sqlite3":
                content = damaged = content[:100] + b"\xff" * (len(content) - 100)
            elif entry.name == "backup.json":  # the last one: it believes the damaged file
                listed = json.loads(content)
                listed["files"]["state/state.sqlite3"] = hashlib.sha256(damaged).hexdigest()
                content = json.dumps(listed).encode()
                entry.size = len(content)
            copy.addfile(entry, io.BytesIO(content))
    with pytest.raises(ConfigError, match=r"state/state\.sqlite3 of .* is broken"):
        check_backup(Home(root), broken)

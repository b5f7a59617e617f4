"""A file for the state with the newest tables: migrated once a process, then copied."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from aspire_bot.state.database.database import open_database


def new_state(path: Path) -> Path:
    """Give the path back; where no file is, an empty state is put there, ready to be opened."""
    if not path.exists():
        path.write_bytes(_migrated())
    return path


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "state.db"
        open_database(path).close()
        return path.read_bytes()

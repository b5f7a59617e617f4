"""Bringing a database to the newest numbered migration, once, whoever opens it first."""

from contextlib import nullcontext
from pathlib import Path

from filelock import FileLock
from sqlalchemy import Connection, Engine, func, inspect, select, text

from aspire_ingest.index.errors import ConfigError

VERSION_TABLE = "state_version"
_MIGRATIONS = Path(__file__).parents[1] / "migrations"
_LOCK = 0x41535049  # one number for the advisory lock of all that migrate


def revisions() -> tuple[str, ...]:
    """Give the numbers of the migrations that this version knows, oldest first."""
    files = (_MIGRATIONS / "versions").glob("[0-9]*.py")
    return tuple(sorted(path.stem.partition("_")[0] for path in files))


def current_revision(connection: Connection) -> str | None:
    """Give the number of the last migration that was applied; None for an empty database."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).first()  # noqa: S608  a constant
    return None if found is None else str(found[0])


def migrate(engine: Engine, place: str, *, to: str | None = None) -> None:
    """Apply the migrations that are missing, all or none; up to the revision `to`, or the newest.

    `place` names the database in errors.

    Raises:
        ConfigError: the database was written by a newer version of the program.
        sqlalchemy.exc.DBAPIError: it cannot be opened or written.
    """
    target = to or revisions()[-1]
    with _writers_lock(engine):
        _use_write_ahead_log(engine)
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
            current = current_revision(connection)
            _refuse_newer(current, place)
            if current != target:
                # Alembic takes a quarter of a second to import: only where there is work for it.
                from aspire_bot.state.database import upgrade  # noqa: PLC0415  as said

                upgrade.apply(connection, target)


def _refuse_newer(current: str | None, place: str) -> None:
    known = revisions()
    if current is not None and current not in known:
        raise ConfigError(
            f"The state {place} was written by a newer aspire-bot (its revision is {current}, this "
            f"version knows {known[-1]} at most): upgrade aspire-bot, or put the back-up made "
            "before that upgrade in its place"
        )


def _writers_lock(engine: Engine) -> FileLock | nullcontext[None]:
    # Of processes that switch a fresh SQLite file to WAL at once some get "database is locked",
    # whatever the timeout (1 of 240, measured); PostgreSQL has its own lock in the transaction.
    if engine.dialect.name == "sqlite":
        return FileLock(f"{engine.url.database}.lock", timeout=60, mode=0o600)
    return nullcontext()


def _use_write_ahead_log(engine: Engine) -> None:
    """Let readers go on while one writes; the file remembers it."""
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL").close()
    finally:
        raw.close()

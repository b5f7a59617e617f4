"""What `doctor` finds out about the state without making or changing it."""

import os
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from aspire_bot.doctor.check import Check
from aspire_bot.settings import Settings
from aspire_bot.state.database.engine import make_engine, parse_place, shown
from aspire_bot.state.database.schema import current_revision, revisions
from aspire_ingest.index.errors import ConfigError


def probe_state(settings: Settings) -> Sequence[Check]:
    """Check that the state can be reached and is of this version, or will be made by `serve`."""
    try:
        return [_look(settings.state_place)]
    except ConfigError as error:
        return [Check(name="state", state="failed", found=str(error))]


def _look(place: str | Path) -> Check:
    url = parse_place(place)
    file = Path(str(url.database)) if url.get_backend_name() == "sqlite" else None
    if file is not None and not file.exists():
        return _to_be_made(file)
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            reading = connection.execution_options(aspire_reads_only=True)
            return _judge(current_revision(reading), shown(url))
    except DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0] if error.orig else type(error).__name__
        to_do = (
            f"check who may write {file}" if file else "check ASPIRE_DATABASE_URL and the database"
        )
        found = f"{shown(url)} cannot be read: {reason}"
        return Check(name="state", state="failed", found=found, to_do=to_do)
    finally:
        engine.dispose()


def _to_be_made(file: Path) -> Check:
    folder = next(one for one in file.parents if one.exists())
    if not os.access(folder, os.W_OK):
        to_do = "give the user who runs aspire-bot the right to write there, or set ASPIRE_HOME"
        return Check(name="state", state="failed", found=f"{folder} cannot be written", to_do=to_do)
    return Check(name="state", state="ok", found=f"{file} will be made by `aspire-bot serve`")


def _judge(revision: str | None, place: str) -> Check:
    newest = revisions()[-1]
    if revision is None:
        return Check(
            name="state", state="ok", found=f"{place} is empty: `aspire-bot serve` will fill it"
        )
    if revision not in revisions():
        found = f"{place} is of a newer aspire-bot (revision {revision}, we know {newest})"
        return Check(name="state", state="failed", found=found, to_do="upgrade aspire-bot")
    if revision != newest:
        found = f"{place}, revision {revision} of {newest}: upgraded when `serve` starts"
        to_do = "make a back-up before"
        return Check(name="state", state="warning", found=found, to_do=to_do)
    return Check(name="state", state="ok", found=f"{place}, revision {revision}")

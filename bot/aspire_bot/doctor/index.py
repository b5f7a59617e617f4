"""The index, its backup, and what of the suggested questions it answers."""

from collections.abc import Iterator
from datetime import UTC, datetime

from aspire_bot.doctor.check import Check
from aspire_bot.settings import Settings
from aspire_bot.suggestions.verdicts import answering_key, suggestions_file, verdicts_on
from aspire_ingest.index import AspireError, IndexManifest, IndexMissingError
from aspire_ingest.index.embedding.from_settings import configured_embedder
from aspire_ingest.index.generations.backup import last_backup
from aspire_ingest.index.open_index import open_reader
from aspire_ingest.index.program import counted

_OLD_DAYS = 60
"""An index that nobody has changed for so long is worth a look, where no setting says otherwise."""
_BACKUP_DAYS = 8
"""A week, and a day for a timer that runs late."""


def check_index(settings: Settings) -> Iterator[Check]:
    """Open the index that would be answered from."""
    try:
        embedder = configured_embedder(settings)
        with open_reader(settings.index_home, embedder_name=embedder.name) as reader:
            yield _freshness(settings, reader.manifest)
    except IndexMissingError as error:
        yield Check(
            name="index",
            state="failed",
            found=str(error),
            to_do="run `aspire-ingest add FOLDER-OR-URL`",
        )
    except AspireError as error:
        yield Check(
            name="index", state="failed", found=str(error), to_do="run `aspire-ingest verify`"
        )


def _freshness(settings: Settings, manifest: IndexManifest) -> Check:
    age = datetime.now(UTC) - datetime.fromisoformat(manifest.published_at)
    found = (
        f"{counted(manifest.documents, 'document')}, {counted(manifest.passages, 'passage')}, "
        f"version {manifest.index_version}, {counted(age.days, 'day')} old"
    )
    most_hours = settings.index_max_age_h or _OLD_DAYS * 24
    if age.total_seconds() > most_hours * 3600:
        to_do = "run `aspire-ingest sync`, or `aspire-ingest watch` as a service"
        return Check(name="index", state="warning", found=found, to_do=to_do)
    return Check(name="index", state="ok", found=found)


def check_backup(settings: Settings) -> Iterator[Check]:
    """Say when the last backup was made on this machine, once there is something to lose."""
    name, to_do = "backup", "run `aspire-ingest backup FILE`, and let a timer do it daily"
    if settings.chroma_url is not None or not settings.index_home.pointer.exists():
        return  # of a shared index, PostgreSQL's own backups are the backup
    made = last_backup(settings.index_home)
    if made is None:
        found = "none was made on this machine"
        yield Check(name=name, state="unset", found=found, to_do=to_do)
        return
    days = (datetime.now(UTC) - made.at).days
    found = f"{made.path}, {days} days old"
    if not made.path.exists():
        found += ", and not there now: moved, or on a disk that is not connected"
    if days > _BACKUP_DAYS:
        yield Check(name=name, state="warning", found=found, to_do=to_do)
    else:
        yield Check(name=name, state="ok", found=found)


def check_suggestions(settings: Settings) -> Iterator[Check]:
    """Say what the index that answers now was found to answer; ask nothing."""
    try:
        embedder = configured_embedder(settings)
        with open_reader(settings.index_home, embedder_name=embedder.name) as reader:
            index_version = reader.manifest.index_version
    except AspireError:
        return  # the check of the index says why
    name = "suggestions"
    kept = verdicts_on(suggestions_file(settings.home), index_version, answering_key(settings))
    if kept is None:
        found = f"not asked of version {index_version} yet: `aspire-bot serve` does it"
        yield Check(name=name, state="unset", found=found)
    elif kept.left_out():
        to_do = "add documents that answer them, or see docs/howto-onboarding.md"
        yield Check(name=name, state="warning", found=kept.told(), to_do=to_do)
    else:
        yield Check(name=name, state="ok", found=kept.told())

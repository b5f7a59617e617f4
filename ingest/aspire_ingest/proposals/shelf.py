"""Proposals on disk: each a folder, complete before it can be found, gone when it is too old."""

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from aspire_ingest.index.generations.disk import sync_folder, sync_tree, written
from aspire_ingest.index.generations.home import Home
from aspire_ingest.proposals.kinds import PROPOSAL_ID, Proposal, ProposalError, RunUndo, Undo

FOLDER = "proposals"
GOOD_FOR = timedelta(hours=24)
"""How long a proposal may be accepted."""
UNDONE_WITHIN = timedelta(days=30)
"""How long an accepted one may be undone."""
UPLOADED = "upload:///"
"""How the `source` of a file begins that came without a path, as from Slack."""
_PROPOSAL, _BODY, _UNDO, _RUN = "proposal.json", "body", "undo.json", "run.json"
_Model = TypeVar("_Model", bound=BaseModel)


class Shelf:
    """The proposals of one index."""

    def __init__(self, home: Home, now: datetime | None = None) -> None:
        """Those under `home`; `now` instead of the present moment."""
        self._root = home.root / FOLDER
        self._now = now or datetime.now(UTC)

    def put(self, proposal: Proposal, body: bytes) -> None:
        """Keep a proposal with its bytes; the same again is as good as new.

        Raises:
            IndexAccessError: the disk is full, read-only or broken.
        """
        with written(self._root):
            self._root.mkdir(parents=True, exist_ok=True)
            self._sweep()
            made = Path(tempfile.mkdtemp(dir=self._root, prefix=".new-"))
            try:
                (made / _BODY).write_bytes(body)
                (made / _PROPOSAL).write_text(proposal.model_dump_json(), encoding="utf-8")
                self._place(made, self._folder(proposal.proposal_id))
            finally:
                shutil.rmtree(made, ignore_errors=True)

    def get(self, proposal_id: str) -> Proposal:
        """Find a proposal that may be accepted.

        Raises:
            ProposalError: there is none, it is damaged, or it was made too long ago.
        """
        found = self._read(proposal_id, _PROPOSAL, Proposal)
        if found is None:
            raise _unknown(proposal_id)
        if self._now - found.made_at > GOOD_FOR:
            raise ProposalError(
                "expired", f"This was looked at more than {GOOD_FOR} ago; propose it again"
            )
        return found

    def body(self, proposal_id: str) -> Path:
        """Where the bytes of a proposal are."""
        return self._folder(proposal_id) / _BODY

    def put_undo(self, proposal_id: str, undo: Undo) -> None:
        """Keep what was there before; on disk when this returns."""
        folder = self._folder(proposal_id)
        self._put(folder, _UNDO, undo)

    def undo(self, proposal_id: str) -> Undo:
        """Find what an accepted proposal did.

        Raises:
            ProposalError: it is not known, or was never accepted.
        """
        found = self._read(proposal_id, _UNDO, Undo)
        if found is None:
            raise ProposalError("later", f"{proposal_id}: there is nothing to undo")
        return found

    def put_run(self, run_id: str, undo: RunUndo) -> None:
        """Keep what was there before a run; on disk when this returns.

        Raises:
            IndexAccessError: the disk is full, read-only or broken.
        """
        with written(self._root):
            folder = self._folder(run_id)
            folder.mkdir(parents=True, exist_ok=True)
            self._sweep()
            self._put(folder, _RUN, undo)
            sync_folder(self._root)

    def run(self, run_id: str) -> RunUndo | None:
        """Find what a run did; None where the id is not that of a run.

        Raises:
            ProposalError: it is damaged, or no id at all.
        """
        return self._read(run_id, _RUN, RunUndo)

    def _put(self, folder: Path, name: str, kept: BaseModel) -> None:
        temporary = folder / f".{name}"
        temporary.write_text(kept.model_dump_json(), encoding="utf-8")
        sync_tree(folder)
        temporary.replace(folder / name)
        sync_folder(folder)

    def _place(self, made: Path, folder: Path) -> None:
        sync_tree(made)
        try:
            made.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise
            # Looked at before, or just now by another: the bytes are the same, its time is new.
            (made / _BODY).replace(folder / _BODY)
            (made / _PROPOSAL).replace(folder / _PROPOSAL)
        sync_folder(self._root)

    def _folder(self, proposal_id: str) -> Path:
        if not PROPOSAL_ID.fullmatch(proposal_id):
            raise _unknown(proposal_id)
        return self._root / proposal_id

    def _read(self, proposal_id: str, name: str, model: type[_Model]) -> _Model | None:
        try:
            return model.model_validate_json((self._folder(proposal_id) / name).read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as error:
            raise ProposalError("unknown", f"{proposal_id} is damaged: {error}") from error

    def _sweep(self) -> None:
        """Remove what nobody can accept or undo any more."""
        for folder in self._root.iterdir():
            try:
                age = self._now - datetime.fromtimestamp(folder.stat().st_mtime, UTC)
            except FileNotFoundError:
                continue  # another is at work beside us, and has just placed or removed it
            is_done = (folder / _UNDO).exists() or (folder / _RUN).exists()
            limit = UNDONE_WITHIN if is_done else GOOD_FOR
            if age > limit:
                shutil.rmtree(folder, ignore_errors=True)
            elif age > GOOD_FOR:
                (folder / _BODY).unlink(missing_ok=True)


@contextmanager
def scratch(body: bytes) -> Generator[Path]:
    """Bytes as a file, while the block runs."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / _BODY
        file.write_bytes(body)
        yield file


def _unknown(proposal_id: str) -> ProposalError:
    return ProposalError("unknown", f"There is no proposal {proposal_id!r}")


def file_source(name: str) -> str:
    """Give the `source` of a file that came without a path, by its name alone.

    The same name is the same document: the next version of a file replaces the last.
    """
    plain = "".join("_" if one in '/\\?#%:*"<>|' or not one.isprintable() else one for one in name)
    return f"{UPLOADED}{plain.strip(' .')[-120:] or 'file'}"

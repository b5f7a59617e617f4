"""Where the index lies, and how a generation is published, held, and removed.

    ASPIRE_HOME/
        current.json            names the newest complete generation; replaced in one step
        generations/<n>/        index.sqlite, vectors/, words/, chroma/, manifest.json, held
        work/<random>/          what one writer is making; moved to generations/ when it is whole
        readers/<random>/       private copies of Chroma directories
        cache.sqlite            vectors and recognised items: lost without harm
        writer.lock, writer.json

A generation never changes once `current.json` names it. A crash at any instant leaves the pointer
on the last complete one; what lies in work/ was never seen by a reader and is thrown away.
"""

import json
import logging
import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from aspire_ingest.index.errors import IndexAccessError, IndexMissingError
from aspire_ingest.index.generations.disk import remove_tree, sync_folder, sync_tree
from aspire_ingest.index.generations.hold import Hold, try_claim, try_hold
from aspire_ingest.index.generations.manifest import MANIFEST_NAME
from aspire_ingest.index.server.address import ServerAddress

logger = logging.getLogger(__name__)

HELD_NAME = "held"
CHROMA_NAME = "chroma"
MATRICES_NAME = "vectors"
WORDS_NAME = "words"
BROKEN_SUFFIX = ".broken"
_KEPT = 2
"""Generations that stay although nobody reads them: the current and the one to fall back to."""
_OPEN_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class Home:
    """The paths under ASPIRE_HOME."""

    root: Path
    server: ServerAddress | None = None
    """Where the truth is, if several machines share it: this place is a mirror of it then."""

    @property
    def pointer(self) -> Path:
        """The file that names the current generation."""
        return self.root / "current.json"

    @property
    def generations(self) -> Path:
        """The folder of published generations."""
        return self.root / "generations"

    @property
    def work(self) -> Path:
        """The folder of what is being made."""
        return self.root / "work"

    @property
    def readers(self) -> Path:
        """The folder of readers' private copies."""
        return self.root / "readers"

    @property
    def cache(self) -> Path:
        """The cache of vectors and recognised items."""
        return self.root / "cache.sqlite"

    def generation(self, number: int) -> Path:
        """The folder of one generation."""
        return self.generations / str(number)

    def numbers(self) -> list[int]:
        """The generations that lie there, published or left by a crash, in order."""
        if not self.generations.is_dir():
            return []
        return sorted(
            int(entry.name) for entry in self.generations.iterdir() if entry.name.isdecimal()
        )


def current_number(home: Home) -> int | None:
    """The generation that readers open; None before the first was published.

    Raises:
        IndexAccessError: the pointer cannot be understood.
    """
    try:
        return int(json.loads(home.pointer.read_bytes())["generation"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise IndexAccessError(
            f"{home.pointer} is damaged; run `aspire-ingest verify` to repair the index"
        ) from error


def hold_current(home: Home) -> tuple[int, Hold]:
    """Take hold of the current generation, so that no writer removes it.

    Raises:
        IndexMissingError: nothing was published here.
        IndexAccessError: the pointer names a generation that is not there.
    """
    number = None
    for _ in range(_OPEN_ATTEMPTS):
        number = current_number(home)
        if number is None:
            raise IndexMissingError(
                f"There is no index at {home.root}. Index documents with `aspire-ingest add "
                "TARGET`, or set ASPIRE_HOME to where the index is."
            )
        hold = try_hold(home.generation(number) / HELD_NAME)
        if hold is not None:
            return number, hold
        # Removed between the two steps, the pointer having moved on; or looked at by the writer.
        time.sleep(0.01)
    raise IndexAccessError(
        f"Generation {number} is missing under {home.generations}; run `aspire-ingest verify`"
    )


def start_work(home: Home, base: int | None) -> Path:
    """A new private folder, with a copy of generation `base`. Needs the writer's lock."""
    home.work.mkdir(parents=True, exist_ok=True)
    # The name is new each time: what a killed run's child still writes ends up nowhere.
    folder = Path(tempfile.mkdtemp(dir=home.work))
    try:
        if base is not None:
            shutil.copytree(home.generation(base), folder, dirs_exist_ok=True)
            (folder / MANIFEST_NAME).unlink(missing_ok=True)
        (folder / HELD_NAME).touch()
    except BaseException:
        remove_tree(folder)  # half a copy on a full disk would keep it full
        raise
    return folder


def sweep(home: Home) -> None:
    """Throw away what interrupted runs left. Needs the writer's lock.

    That is what lies in work/, and generations above the pointer, which nobody ever saw. Without a
    pointer that can be read nothing is known of the latter: they stay for `verify`.
    """
    if home.work.is_dir():
        for leftover in home.work.iterdir():
            logger.info("removing what an interrupted run left in %s", leftover)
            remove_tree(leftover)
    try:
        current = current_number(home)
    except IndexAccessError:
        return
    for number in home.numbers():
        if current is not None and number > current:
            logger.info("removing generation %s, which was never published", number)
            _discard(home, home.generation(number))


def publish(home: Home, work: Path, number: int) -> None:
    """Make the finished folder generation `number` and switch readers to it.

    Needs the writer's lock. When this returns, the generation survives a power cut.
    """
    target = home.generation(number)
    home.generations.mkdir(exist_ok=True)
    sync_folder(home.root)
    sync_tree(work)
    if target.exists():  # a run that was cut between the two steps below left it; nobody saw it
        _discard(home, target)
    work.rename(target)
    sync_folder(home.generations)
    point_to(home, number)


def point_to(home: Home, number: int) -> None:
    """Switch readers to a generation, in one step that survives a power cut."""
    temporary = home.pointer.with_suffix(".json.new")
    with temporary.open("w", encoding="utf-8") as file:
        json.dump({"generation": number}, file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(home.pointer)
    sync_folder(home.root)


def next_number(home: Home) -> int:
    """The number of the generation to publish next: one above all that readers ever saw."""
    broken = (int(path.stem) for path in home.generations.glob(f"*{BROKEN_SUFFIX}"))
    return max((current_number(home) or 0, *broken)) + 1


def set_aside(home: Home, number: int) -> None:
    """Take a broken generation out of use; its number is not given again."""
    folder = home.generation(number)
    broken = folder.with_suffix(BROKEN_SUFFIX)
    if broken.exists():  # a mirror gets the same number again
        _discard(home, broken)
    folder.rename(broken)
    sync_folder(home.generations)


def remove_old(home: Home) -> list[int]:
    """Remove generations that nobody reads, the current and the one before it excepted.

    Needs the writer's lock. Returns the numbers removed.
    """
    current = current_number(home)
    kept = [number for number in home.numbers() if current is not None and number <= current]
    for broken in home.generations.glob(f"*{BROKEN_SUFFIX}"):
        if current is not None and int(broken.stem) < current:
            _discard(home, broken)
    removed: list[int] = []
    for number in home.numbers():
        if number in kept[-_KEPT:]:
            continue
        claim = try_claim(home.generation(number) / HELD_NAME)
        if claim is None:
            continue
        try:  # while it is claimed no reader can take hold of it
            _discard(home, home.generation(number))
        finally:
            claim.release()
        removed.append(number)
    return removed


def _discard(home: Home, folder: Path) -> None:
    # Out of everybody's sight first: one who comes between finds nothing, not half of it.
    home.work.mkdir(exist_ok=True)
    doomed = Path(tempfile.mkdtemp(dir=home.work))
    folder.rename(doomed / folder.name)
    remove_tree(doomed)

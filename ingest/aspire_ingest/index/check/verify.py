"""Checking a published index against itself, and repairing it from its stored truth."""

from dataclasses import dataclass, field
from pathlib import Path

from aspire_ingest.index.check.derived_parts import check_derived
from aspire_ingest.index.check.store import check_store
from aspire_ingest.index.errors import (
    IndexAccessError,
    IndexMismatchError,
    IndexMissingError,
)
from aspire_ingest.index.generations.disk import sync_folder
from aspire_ingest.index.generations.fingerprint import Shape
from aspire_ingest.index.generations.home import (
    HELD_NAME,
    Home,
    current_number,
    point_to,
    set_aside,
)
from aspire_ingest.index.generations.lock import writer_lock
from aspire_ingest.index.generations.manifest import check_writable, read_manifest
from aspire_ingest.index.generations.write import GenerationWriter
from aspire_ingest.index.store.cache import check_cache, discard_cache
from aspire_ingest.index.vectors.chroma_process import ChromaProcess, ChromaWork, OpenChroma


@dataclass(slots=True)
class Check:
    """What a self-check found, what it repaired, and how the index is at the end."""

    problems: list[str] = field(default_factory=list[str])
    repaired: list[str] = field(default_factory=list[str])
    is_sound: bool = False


def verify(
    home: Home,
    *,
    shape: Shape | None = None,
    repair: bool = True,
    open_chroma: OpenChroma = ChromaProcess,
) -> Check:
    """Check the current generation; what is derived is made anew in a new one if it is not sound.

    Where the stored truth itself is broken, the index goes back to the newest generation whose
    truth is whole, and the report says so. An index of another `shape` than this is a problem that
    only a rebuild repairs.

    Raises:
        IndexMissingError: nothing was published here.
        IndexUnavailableError: another process is writing.
    """
    if not home.pointer.exists() and not home.numbers():
        raise IndexMissingError(
            f"There is no index at {home.root}. Index documents with `aspire-ingest add TARGET`."
        )
    with writer_lock(home):
        check = Check()
        _check_cache(home, check, repair=repair)
        number = _find_whole(home, check, repair=repair)
        if repair and home.server is not None:
            number = _bring_again(home, number, check)
        if number is None:
            check.problems.append(
                "No generation is whole. Remove the folder and index the documents again."
            )
            return check
        _check_held(home.generation(number), check, repair=repair)
        with open_chroma() as chroma:
            derived = _check_derived(home, number, chroma)
            check.problems += derived
            if derived and repair:
                number = _derive_anew(home, number, chroma)
                check.repaired.append(
                    f"words, vectors and Chroma were made anew from SQLite as generation {number}"
                )
                derived = _check_derived(home, number, chroma)
        check.is_sound = not derived and (repair or not check.problems)
        if shape is not None:
            _compare_shape(home.generation(number), shape, check)
        return check


def _check_cache(home: Home, check: Check, *, repair: bool) -> None:
    problem = check_cache(home.cache)
    if problem is None:
        return
    check.problems.append(f"{home.cache.name} is damaged: {problem}")
    if repair:
        discard_cache(home.cache)
        check.repaired.append(f"{home.cache.name} was thrown away; it fills again by itself")


def _check_held(generation: Path, check: Check, *, repair: bool) -> None:
    """Without this file no reader can open the generation."""
    held = generation / HELD_NAME
    if held.exists():
        return
    check.problems.append(f"{held} is missing")
    if repair:
        held.touch()
        sync_folder(generation)
        check.repaired.append(f"{held} was made anew")


def _bring_again(home: Home, number: int | None, check: Check) -> int | None:
    """What a mirror has lost is in PostgreSQL."""
    from aspire_ingest.index.server.mirror import pull  # noqa: PLC0415 - as below

    if number is None:
        for lost in home.numbers():
            set_aside(home, lost)
        home.pointer.unlink(missing_ok=True)
    brought = pull(home)
    if brought != number and brought is not None:
        check.repaired.append(f"generation {brought} was brought from PostgreSQL again")
    return brought


def _check_derived(home: Home, number: int, chroma: ChromaWork) -> list[str]:
    if home.server is None:
        return check_derived(home.generation(number), chroma)
    # psycopg and chromadb, which an index on one machine does without
    from aspire_ingest.index.server.follower import check_shared  # noqa: PLC0415

    return check_shared(home, number)


def _compare_shape(generation: Path, shape: Shape, check: Check) -> None:
    try:
        check_writable(read_manifest(generation), shape)
    except IndexMismatchError as error:
        check.problems.append(str(error))
        check.is_sound = False


def _find_whole(home: Home, check: Check, *, repair: bool) -> int | None:
    """The newest generation whose stored truth is whole; readers are led to it."""
    current = _pointed(home, check)
    # What lies above the pointer was never published; without a pointer nothing is known of that.
    candidates = [number for number in home.numbers() if current is None or number <= current]
    if current is not None and current not in candidates:
        check.problems.append(f"generation {current}, the current one, is missing")
    broken: list[int] = []
    for number in reversed(candidates):
        problems = check_store(home.generation(number))
        if not problems:
            if repair and number != current:
                _go_back(home, number, broken, check)
            return number
        check.problems += [f"generation {number}: {problem}" for problem in problems]
        broken.append(number)
    return None


def _pointed(home: Home, check: Check) -> int | None:
    try:
        current = current_number(home)
    except IndexAccessError as error:
        check.problems.append(str(error))
        return None
    if current is None:
        check.problems.append(f"{home.pointer} is missing")
    return current


def _go_back(home: Home, number: int, broken: list[int], check: Check) -> None:
    point_to(home, number)
    for lost in broken:
        set_aside(home, lost)
    published = read_manifest(home.generation(number)).published_at
    check.repaired.append(
        f"readers use generation {number}, published {published}; what was indexed since "
        "is to be added again"
    )


def _derive_anew(home: Home, number: int, chroma: ChromaWork) -> int:
    shape = read_manifest(home.generation(number)).shape
    with GenerationWriter(home, shape, base=number, chroma=chroma) as generation:
        generation.forget_derived()
        return generation.publish().generation

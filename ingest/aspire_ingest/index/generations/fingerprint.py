"""What shapes an index, and the one short name of all of it."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Everything that decides what the same documents become in an index.

    Two indexes of one shape may be mixed; of two shapes never.
    """

    schema: int
    """Version of the tables."""
    embedding: str
    """Name of the embedder, revision and quantisation included."""
    dimension: int
    splitter: str
    """Version of the splitter."""
    analysis: str
    """Version of the analysis of words."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hexadecimal) over all parts."""
        parts = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(parts.encode()).hexdigest()


def differences(stored: Shape, wanted: Shape) -> tuple[str, ...]:
    """Name each part that differs, with both values, for a message a person can act on."""
    before, after = asdict(stored), asdict(wanted)
    return tuple(
        f"{part}: {before[part]} -> {after[part]}" for part in before if before[part] != after[part]
    )


def is_of_other_release(stored: Shape, wanted: Shape) -> bool:
    """Whether two shapes differ in how texts are split and words analysed alone.

    No setting changes that, a release does; what is split as before keeps its vectors.
    """
    texts = replace(stored, splitter=wanted.splitter, analysis=wanted.analysis)
    return stored != wanted and texts == wanted

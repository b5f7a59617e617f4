"""What a run will do, decided before anything is done."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from aspire_ingest.errors import UnsafePruneError

SAFE_SHARE = 0.3
"""A run that would remove more of what its targets brought than this is taken for a mistake."""
SAFE_COUNT = 3
"""So few may always go, however small the target is."""


class Known(Protocol):
    """A document in the index: the hash of all it says, and where the item that brought it is."""

    @property
    def content_hash(self) -> str:
        """Equal hashes need no work."""
        ...

    @property
    def origin(self) -> str:
        """The absolute path or the URL of the item."""
        ...

    @property
    def gone_since(self) -> str | None:
        """Since when its place is known not to hold it; None while it does."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A document that a target holds now; `name` is how reports name its item."""

    document_id: str
    content_hash: str
    origin: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One thing that could not be done, and why."""

    target: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A document that can be read and is not indexed: for its marks, or for how it was read."""

    target: str
    marks: tuple[str, ...] = ()
    """Those that keep a public document back until staff accept them."""
    quality: float = 1.0
    reason: str = ""
    """Why it is held, in words."""
    source: str | None = None
    """The source of the sources file that brought it; None where a command named the target."""

    @property
    def mark(self) -> str:
        """The marks in one line."""
        return ", ".join(self.marks)

    @property
    def line(self) -> str:
        """For people: what, why, and of which source."""
        of = f" [{self.source}]" if self.source else ""
        return f"held: {self.target} ({self.reason or self.mark}){of}"

    def as_json(self) -> dict[str, object]:
        """In the form of reports."""
        return {
            "target": self.target,
            "mark": self.mark,
            "marks": list(self.marks),
            "quality": self.quality,
            "reason": self.reason,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Document ids by what happens to them, each in one group; `gone` stay in the index.

    `gone` are documents that the targets brought once and do not hold now, while nothing asked to
    remove them.
    """

    add: tuple[str, ...] = ()
    replace: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    mark: tuple[str, ...] = ()
    """Of the gone: those that the index is to know as gone from now on."""
    unmark: tuple[str, ...] = ()
    """Of the kept: those that were gone and stand again."""
    today: str = ""
    """The date since which what is marked counts as gone."""

    @property
    def is_empty(self) -> bool:
        """Whether carrying it out would change nothing."""
        return not (self.add or self.replace or self.remove or self.mark or self.unmark)


def make_plan(
    known: Mapping[str, Known],
    incoming: Iterable[Incoming],
    *,
    covered: Iterable[str] = (),
    vanished: Container[str] = (),
    prune: bool = False,
    allow_large: bool = False,
) -> Plan:
    """Compare what is known with what is there now.

    Args:
        known: the documents of the index, by id.
        incoming: the documents of the targets. Of several with one id the first counts; the
            others are failures, because merging them would hide one.
        covered: ids of known documents that the targets brought and would bring again, had they
            not gone: those of items that could not be read must not be among them.
        vanished: ids of covered documents that, if they are gone, are to be known as gone.
        prune: remove what is covered and gone.
        allow_large: remove it however much it is.

    Raises:
        UnsafePruneError: more would be removed than is safe.
    """
    first: dict[str, Incoming] = {}
    failures: list[Failure] = []
    for document in incoming:
        earlier = first.setdefault(document.document_id, document)
        if earlier is not document:
            failures.append(_duplicate(document, earlier))
    brought = set(covered)
    gone = tuple(sorted(brought - first.keys()))
    if prune and not allow_large:
        _check_share(len(gone), len(brought))
    same = {
        name
        for name, document in first.items()
        if name in known and _is_same(known[name], document)
    }
    stay = () if prune else gone
    return Plan(
        add=tuple(name for name in first if name not in known),
        replace=tuple(name for name in first if name in known and name not in same),
        keep=tuple(name for name in first if name in same),
        mark=tuple(n for n in stay if n in vanished and known[n].gone_since is None),
        unmark=tuple(n for n in first if n in same and known[n].gone_since is not None),
        remove=gone if prune else (),
        gone=() if prune else gone,
        failures=tuple(failures),
    )


def _is_same(known: Known, document: Incoming) -> bool:
    # One that moved says the same but is found elsewhere: its source is part of what is cited.
    return (known.content_hash, known.origin) == (document.content_hash, document.origin)


def _duplicate(document: Incoming, earlier: Incoming) -> Failure:
    return Failure(
        target=document.name,
        error=f"has the same document id {document.document_id!r} as {earlier.name}, which was "
        "kept; give one of them another id or URL",
    )


def is_large(gone: int, brought: int) -> bool:
    """Whether so many gone of so many are taken for a mistake."""
    return gone > SAFE_COUNT and gone > SAFE_SHARE * brought


def _check_share(gone: int, brought: int) -> None:
    if is_large(gone, brought):
        raise UnsafePruneError(
            f"{gone} of {brought} documents are gone from the targets: more than {SAFE_SHARE:.0%}. "
            "Nothing was changed. If they are meant to go, run it again with `--prune --yes`."
        )

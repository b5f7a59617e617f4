"""What a sample document is: the text its reader sees, written first, and how the file is made.

A sample's file is made from its `Shown`; nothing is ever read back from a file to say what it
shows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from aspire_ingest.index.types import RemarkKind

Producer = Literal["reportlab", "operators", "chromium", "libreoffice"]
Kind = Literal[
    "plain",
    "columns",
    "tables",
    "turned pages",
    "letters",
    "margins",
    "forms",
    "unseen text",
    "pictures",
    "vertical Japanese",
]
KINDS: tuple[Kind, ...] = (
    "plain",
    "columns",
    "tables",
    "turned pages",
    "letters",
    "margins",
    "forms",
    "unseen text",
    "pictures",
    "vertical Japanese",
)
"""In the order in which they are reported; all but plain ones are awkward."""


Told = tuple[tuple[RemarkKind, str], ...]
"""What a reader names, and where: ("lost", "page 2")."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What one document shows.

    A raised mark of a note is written `(note 1)`, a power `10^6`; running heads, feet and page
    numbers are left out.
    """

    seen: tuple[str, ...]
    """Sentences, headings, cells and values, in the order in which they are read."""
    hidden: tuple[str, ...] = ()
    """Pieces that the file holds and no reader sees."""
    told: Told = ()
    """What must be named as hidden, lost or doubtful."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One document of the set."""

    name: str
    kind: Kind
    producer: Producer
    shown: Shown
    make: Callable[[Shown], bytes]

    @property
    def is_awkward(self) -> bool:
        """Whether its layout asks more than reading line after line."""
        return self.kind != "plain"

    def data(self) -> bytes:
        """The file, made from what it is to show."""
        return self.make(self.shown)

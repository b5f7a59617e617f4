"""One document of the set: its bytes, and what a reader who opens it sees."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCase:
    """A file and the truth about it, which was written before the file.

    Attributes:
        name: of the file, with its extension; unique in the set.
        kind: the format as reports group it ("docx", "html").
        make: gives the bytes, the same each time.
        shown: the body text that a reader sees, blocks on lines, in reading order. The label of
            merged cells stands in every cell that it is for. "" where the file must be refused.
        hidden: pieces of text that are in the file and that no reader sees.
        named: for each loss, a word of the remark (or of the error) that must tell of it.
    """

    name: str
    kind: str
    make: Callable[[], bytes]
    shown: str
    hidden: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


_KINDS = {"eml": "mail", "txt": "text", "tsv": "csv"}
"""Of endings that are not the kind's own name."""


def case_of(
    name: str,
    make: Callable[[], bytes],
    shown: str,
    hidden: tuple[str, ...] = (),
    named: tuple[str, ...] = (),
) -> DocumentCase:
    """Give a case whose kind its ending says."""
    ending = name.rpartition(".")[2]
    kind = _KINDS.get(ending, ending)
    return DocumentCase(name=name, kind=kind, make=make, shown=shown, hidden=hidden, named=named)

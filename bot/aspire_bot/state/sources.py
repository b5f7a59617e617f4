"""The documents that a kept answer named."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedSource:
    """A document as it was cited; what it does not say is None."""

    document_id: str
    title: str
    url: str | None = None
    published: str | None = None


def write_sources(sources: Sequence[CitedSource]) -> list[dict[str, str | None]]:
    """Give JSON of the sources; the types that hold them read it."""
    return [asdict(source) for source in sources]

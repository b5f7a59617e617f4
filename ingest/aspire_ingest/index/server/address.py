"""Where the servers of an index are that several machines read."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerAddress:
    """PostgreSQL, which holds the truth, and Chroma, which searches its vectors."""

    database_url: str = field(repr=False)
    """It holds a password."""
    chroma_url: str

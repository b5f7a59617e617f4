from tests.chroma_server import chroma_url
from tests.postgres import (
    migrated_place,
    place,
    postgres,
    postgres_template,
    sqlite_template,
)

__all__ = [
    "chroma_url",
    "migrated_place",
    "place",
    "postgres",
    "postgres_template",
    "sqlite_template",
]

from tests.postgres import (
    migrated_place,
    place,
    postgres,
    postgres_template,
    sqlite_template,
)

__all__ = ["migrated_place", "place", "postgres", "postgres_template", "sqlite_template"]

"""Column types that mean the same on SQLite and on PostgreSQL."""

import json
import re
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Column, DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

# PostgreSQL takes no NUL in text, and no database takes half of a surrogate pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class UtcTime(TypeDecorator[datetime]):
    """A moment: aware datetimes in, aware datetimes in UTC out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone; SQLite keeps text, so it gets UTC that sorts as text."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("state keeps times with a zone only")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give UTC, whatever the zone of the database's session."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text that may come from anybody: what a database cannot hold becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Replace NUL and lone surrogates."""
        del dialect
        return None if value is None else _UNSTORABLE.sub("\ufffd", value)


class Json(TypeDecorator[Any]):  # any JSON value
    """JSON as ASCII text: any payload comes back as it was, NUL and lone surrogates too."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:
        """Write compactly; None is SQL's NULL."""
        del dialect
        return None if value is None else json.dumps(value, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any | None:
        """Read it back."""
        del dialect
        return None if value is None else json.loads(value)


def words(
    name: str, *, holds: Literal["user", "text"] | None = None, nullable: bool = False
) -> Column[Any]:
    """Give a column of text, marked with what of a person is in it."""
    return Column(name, Words, nullable=nullable, info={"holds": holds} if holds else {})


def json_words(name: str, *, nullable: bool = False) -> Column[Any]:
    """Give a column of JSON that holds words of a person."""
    return Column(name, Json, nullable=nullable, info={"holds": "text"})


def moment(name: str, *, nullable: bool = False) -> Column[Any]:
    """Give a column of moments."""
    return Column(name, UtcTime, nullable=nullable)

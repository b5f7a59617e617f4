"""Dates as a language writes them, in full or in part."""

import re
from dataclasses import dataclass
from datetime import date, datetime

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePhrases:
    """How a language writes `2025`, `2025-04` and `2025-04-01`, and what it calls the months."""

    year: str
    year_month: str
    full: str
    months: tuple[str, ...]

    def written(self, value: str) -> str:
        """Write `YYYY`, `YYYY-MM` or `YYYY-MM-DD` readably; anything else as it came."""
        found = _PARTIAL_DATE.fullmatch(value)
        if found is None:
            return value
        year, month, day = (int(part) if part else None for part in found.groups())
        try:
            date(year or 0, month or 1, day or 1)
        except ValueError:
            return value
        return self._parts(year or 0, month, day)

    def moment(self, iso: str) -> str | None:
        """Write the day of an ISO 8601 moment, in its own time zone; None where it is none."""
        try:
            at = datetime.fromisoformat(iso)
        except ValueError:
            return None
        return self._parts(at.year, at.month, at.day)

    def _parts(self, year: int, month: int | None, day: int | None) -> str:
        if month is None:
            return self.year.format(year=year)
        name = self.months[month - 1]
        if day is None:
            return self.year_month.format(year=year, month=name)
        return self.full.format(year=year, month=name, day=day)

"""Which edition a document is, from its title, its day of publication and its first lines. Pure."""

import re

from aspire_ingest.index.text.dates.calendar_years import in_calendar_years, with_full_years
from aspire_ingest.index.text.dates.date_patterns import ERA_YEAR_ZERO
from aspire_ingest.index.text.dates.dates import find_dates
from aspire_ingest.index.types import Kind

_LOOKED_THROUGH = 20_000
"""Characters of a text in which its year is looked for."""
_EDITIONS = (
    re.compile(r"\b(?:FY|fiscal(?:\s+year)?)\s?(?P<year>20\d{2})\s+edition\b", re.IGNORECASE),
    re.compile(r"(?P<year>20\d{2})\s*年度\s*版"),
    re.compile(r"令和\s*(?P<era>\d{1,2}|元)\s*年度\s*版"),
)
_SENTENCE = re.compile(r"。|[.!?](?:\s|$)")
_BESIDE_THE_YEAR = re.compile(r"\s*(?:版|edition)?\s*", re.IGNORECASE)
_ABOUT_A_CALL = re.compile(
    r"\b(?:results?|outcomes?|reports?|news|minutes|statistics|corrections?|notices?|awards?|awarded"
    r"|funded|selected|webinars?|briefings?|sessions?|workshops?|meetings?)\b|結果|採択|報告|説明会|議事|訂正|統計",
    re.IGNORECASE,
)
"""In a title: what tells of a call of that year, and is none."""
_YEARS_AHEAD = 2
"""How far ahead of its publication the year is that a call is named by."""
_TWO_YEARS = re.compile(
    r"(?<!\d)(?P<first>20\d{2})(?P<rest>\s?[-–/]\s?(?:20)?(?P<second>\d{2}))(?!\d)"
)
"""A year that begins in one and ends in the next: 2026/27, 2026–2027."""
_VERSION = re.compile(r"\b(?:[Vv]ersion|[Vv]er\.)\s?\d+(?:\.\d+)*|第\s?\d+(?:\.\d+)*\s?版")


def edition_of(
    stated: str | None, *, title: str, text: str, kind: Kind, published: str | None
) -> str | None:
    """Fiscal years are written `FY2026` however they were stated; other editions stay as stated.

    The one fiscal year or version in the title of a guideline is its edition without being called
    so; of a report it is that of what it is about. A bare year ("Guide for Applicants 2026") is
    the edition of a guideline, a call or an FAQ that was published about then.
    """
    if stated is not None:
        return _written_alike(stated)
    title = _years_in_full(_first_of_two(title), text)
    named = _named_edition(title) or (_edition_of_guideline(title) if kind == "guideline" else None)
    if named is None and kind in ("guideline", "call", "faq"):
        named = _edition_by_year(title, published)
    if named is not None or _fiscal_years(title):
        return named
    # on a line of its own, that is: a sentence speaks of what it replaces, or of another's rules
    lines = (
        _years_in_full(line, text) for line in text[:300].splitlines() if not _SENTENCE.search(line)
    )
    return next(filter(None, map(_named_edition, lines)), None)


def _written_alike(stated: str) -> str:
    years = [one for one in find_dates(stated) if one.is_fiscal_year]
    beside = "".join(stated[: one.start] + stated[one.end :] for one in years)
    return f"FY{years[0].year}" if years and _BESIDE_THE_YEAR.fullmatch(beside) else stated


def _first_of_two(title: str) -> str:
    return _TWO_YEARS.sub(
        lambda two: two["first"] if _follows(two["first"], two["second"]) else two[0], title
    )


def _follows(first: str, second: str) -> bool:
    return (int(first) + 1) % 100 == int(second)


def _years_in_full(line: str, text: str) -> str:
    """Write R8年度 as 2026年度, and 26年度 where the text names that year: else it is a guess."""
    full = with_full_years(line)
    if full != line:
        known = {mention.year for mention in find_dates(text[:_LOOKED_THROUGH])}
        full = full if {mention.year for mention in find_dates(full)} <= known else line
    return in_calendar_years(full)


def _named_edition(line: str) -> str | None:
    for form in _EDITIONS:
        if match := form.search(line):
            era = match.groupdict().get("era")
            if era is None:
                return f"FY{match['year']}"
            return f"FY{ERA_YEAR_ZERO['令和'] + (1 if era == '元' else int(era))}"
    return None


def _fiscal_years(title: str) -> set[str]:
    return {f"FY{one.year}" for one in find_dates(title) if one.is_fiscal_year}


def _edition_of_guideline(title: str) -> str | None:
    years = _fiscal_years(title)
    if len(years) == 1:
        return years.pop()
    version = _VERSION.search(title)
    return version[0] if version and not years else None


def _edition_by_year(title: str, published: str | None) -> str | None:
    """The one year in a title, where it was published about then: no "Vision 2050"."""
    years = {one.year for one in find_dates(title) if one.year and one.month is None}
    if len(years) != 1 or published is None or _ABOUT_A_CALL.search(title):
        return None
    year = years.pop()
    if not -1 <= year - int(published[:4]) <= _YEARS_AHEAD:
        return None
    return next(iter(_fiscal_years(title)), str(year))

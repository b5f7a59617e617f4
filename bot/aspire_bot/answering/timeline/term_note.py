"""What is said beside a term: open until, closed on, with the hour and its zone. Pure."""

import re
from datetime import datetime

from aspire_bot.answering.message.period.period import Period, spoken
from aspire_bot.answering.timeline.candidates import Candidate
from aspire_bot.messages import phrases
from aspire_ingest.index import Hour
from aspire_ingest.index.text.dates.date_spans import first_day, last_day
from aspire_ingest.index.text.dates.moments import DEFAULT_ZONE, has_opened
from aspire_ingest.index.text.script import is_japanese

_WORDLESS = re.compile(r"[\d:.\s()A-Z+-]+")
"""Figures and abbreviations, the same in all languages: "17:00 JST"."""


def term_note(one: Candidate, language: str, now: datetime) -> str:
    """Say of a term, in a few words, whether it is past, and until which hour it runs."""
    words = phrases(language).answer
    occasion = one.occasion
    if occasion is None or one.term is None:
        return ""
    opens = _written(occasion.first, occasion.opens, language)
    closes = _written(occasion.last, occasion.closes, language)
    has_begun = has_opened(occasion, now)
    if one.term == "deadline" and "opening" in occasion.kinds and not has_begun:
        return words.opens_and_closes.format(opens=opens, date=closes)
    if one.term == "opening":
        form = words.opened_on if has_begun else words.opens_on
        return form.format(date=opens)
    if "application" in occasion.kinds:
        form = words.closed_on if one.is_over(now) else words.open_until
    else:
        form = words.was_due_on if one.is_over(now) else words.due_by
    return form.format(date=closes)


def _written(iso: str, hour: Hour | None, language: str) -> str:
    """A day or month with its hour: "18 December 2026, 17:00 JST"."""
    day = spoken(Period(first=first_day(iso), last=last_day(iso)), language)
    if hour is None:
        return day
    said = _hour_said(hour, language)
    if language != "ja":
        return f"{day}, {said}"
    return f"{day}{said}" if is_japanese(said[:1]) else f"{day} {said}"


def _hour_said(hour: Hour, language: str) -> str:
    """The words of the document where they are of the language, else figures and the zone."""
    if _is_of(hour.said, language):
        said, has_zone = hour.said, hour.zone_said in hour.said
    else:
        said, has_zone = f"{hour.minutes // 60:02d}:{hour.minutes % 60:02d}", False
    if not hour.zone_said or has_zone:
        return said
    return f"{said} ({_zone_said(hour, language)})"


def _zone_said(hour: Hour, language: str) -> str:
    if _is_of(hour.zone_said, language):
        return hour.zone_said
    if hour.zone == DEFAULT_ZONE:
        return phrases(language).answer.japan_time
    return f"UTC{hour.zone}" if hour.zone[:1] in ("+", "-") else hour.zone or hour.zone_said


def _is_of(said: str, language: str) -> bool:
    return is_japanese(said) == (language == "ja") or bool(_WORDLESS.fullmatch(said))

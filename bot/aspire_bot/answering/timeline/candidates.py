"""What documents tell of, by when it happened: the candidates of a list, in its order. Pure."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from aspire_bot.answering.coverage import coverage
from aspire_bot.answering.message.period.time_question import TimeQuestion
from aspire_bot.answering.message.query.query import QueryTerm
from aspire_bot.answering.quotes.translations import is_translation, may_be_translation
from aspire_ingest.index import DocumentInfo, Occasion
from aspire_ingest.index.text.analysis import analyze_label
from aspire_ingest.index.text.dates.date_spans import first_day, last_day
from aspire_ingest.index.text.dates.moments import has_closed

OWN = 1_500
"""An occasion told in so many first characters is what its document is about."""
KINDS_OF_CALLS = ("call", "guideline")
"""Kinds of documents that are of one call, and have its classes in their tables."""
_FAR_OFF = 10**6


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A document and the days it stands for in a list: of an occasion, or of its publication."""

    document: DocumentInfo
    first: date
    last: date
    occasion: Occasion | None = None
    term: Literal["deadline", "opening"] | None = None
    """Which end of a term it is, where nothing takes place."""

    def is_over(self, now: datetime) -> bool:
        """Whether a deadline is past by its hour, an opening by its day."""
        if self.term == "deadline" and self.occasion is not None:
            return has_closed(self.occasion, now)
        return self.last < now.date()

    @property
    def is_own(self) -> bool:
        """Whether it is what the document is about."""
        return self.occasion is None or self.occasion.start < OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a list is made against."""

    now: datetime
    """The moment at which it is asked for, in the asker's zone."""
    language: str
    replaced: Collection[str] = ()
    """Ids of documents that a newer edition replaces: no news."""

    @property
    def today(self) -> date:
        """The asker's day."""
        return self.now.date()


def candidates(
    asked: TimeQuestion, documents: Iterable[DocumentInfo], setting: Setting
) -> list[Candidate]:
    """Give all that is asked for, in the order in which it is to be told."""
    found = [one for one in _all(asked, documents, setting) if _fits(asked, one, setting.today)]
    return _ordered(asked, found, setting)


def nearest(
    asked: TimeQuestion, documents: Iterable[DocumentInfo], setting: Setting, most: int
) -> tuple[DocumentInfo, ...]:
    """Give the documents whose days come nearest to those asked for, where none is of them."""
    around = list(_all(asked, documents, setting))
    around.sort(key=lambda one: (_days_off(asked, one, setting.today), _key(one, setting)))
    kept: list[Candidate] = []
    for one in around:
        if len(kept) < most and not any(
            is_same(one, other) or _beside(one, other) for other in kept
        ):
            kept.append(one)
    return tuple(one.document for one in kept)


def _beside(one: Candidate, other: Candidate) -> bool:
    return one.document.document_id == other.document.document_id


def _all(
    asked: TimeQuestion, documents: Iterable[DocumentInfo], setting: Setting
) -> Iterator[Candidate]:
    is_news = asked.about == "news" and asked.mode != "next"
    for info in documents:
        if is_news and (info.document_id in setting.replaced or info.gone_since):
            continue
        occasions = [_of_occasion(info, one) for one in info.occasions if not one.is_term]
        if asked.is_of_one_day:
            occasions += ends_of_terms(info)
        if not is_news:
            yield from (one for one in _by_day_first(occasions) if _is_kind(asked, one))
            continue
        published = _published(info)
        own = [one for one in occasions if one.is_own]
        if published is not None and asked.mode == "last":
            yield published
            continue
        yield from own
        if published is not None and not any(_fits(asked, one, setting.today) for one in own):
            yield published


def _of_occasion(info: DocumentInfo, occasion: Occasion) -> Candidate:
    first, last = first_day(occasion.first), last_day(occasion.last)
    return Candidate(document=info, first=first, last=last, occasion=occasion)


def ends_of_terms(info: DocumentInfo) -> list[Candidate]:
    """The days on which something opens or closes that a document tells of."""
    found: list[Candidate] = []
    for one in info.occasions:
        ends: tuple[tuple[Literal["deadline", "opening"], str], ...] = (
            ("opening", one.first),
            ("deadline", one.last),
        )
        found += [
            Candidate(
                document=info, first=first_day(day), last=last_day(day), occasion=one, term=end
            )
            for end, day in ends
            if end in one.kinds
        ]
    return found


def _published(info: DocumentInfo) -> Candidate | None:
    if info.published is None:
        return None
    first, last = first_day(info.published), last_day(info.published)
    return Candidate(document=info, first=first, last=last)


def _by_day_first(occasions: list[Candidate]) -> list[Candidate]:
    """What is known to the day goes before what is known to the month: it may be the same."""
    return sorted(occasions, key=lambda one: not _has_day(one))


def _has_day(one: Candidate) -> bool:
    said = one.occasion.first if one.occasion else (one.document.published or "")
    return len(said) == len("2026-01-14")


def _is_kind(asked: TimeQuestion, one: Candidate) -> bool:
    kinds = frozenset(one.occasion.kinds) if one.occasion else frozenset[str]()
    return bool(kinds & asked.kinds) if asked.kinds else True


def _fits(asked: TimeQuestion, one: Candidate, today: date) -> bool:
    """Whether it is of the time asked for; what is known to the month only, all of it."""
    period = asked.period
    in_period = period.meets if _has_day(one) else period.holds
    if not in_period(one.first, one.last):
        return False
    if asked.mode == "next":
        return one.last >= today if _has_day(one) else one.first > today
    return asked.mode != "last" or one.first <= today


def _days_off(asked: TimeQuestion, one: Candidate, today: date) -> int:
    if asked.mode != "during":
        return abs((one.first - today).days)
    if asked.period.first is None and asked.period.last is None:
        return _FAR_OFF
    return asked.period.days_off(one.first, one.last)


def _ordered(asked: TimeQuestion, found: list[Candidate], setting: Setting) -> list[Candidate]:
    """Occasions as they follow each other, news and what was last from the newest back."""
    newest_first = asked.mode == "last" or (asked.about == "news" and asked.mode == "during")

    def key(one: Candidate) -> tuple[int, tuple[bool, bool, bool, int, str]]:
        days = one.first.toordinal()
        return (-days if newest_first else days, _key(one, setting))

    return sorted(found, key=key)


def _key(one: Candidate, setting: Setting) -> tuple[bool, bool, bool, int, str]:
    """What goes first of the same day."""
    return (
        bool(one.document.gone_since),
        one.document.language != setting.language,
        not one.is_own,
        one.occasion.start if one.occasion else 0,
        one.document.document_id,
    )


def is_same(one: Candidate, other: Candidate) -> bool:
    """Whether two are one: told by a translation too, or with the day by the same document."""
    meets = one.first <= other.last and other.first <= one.last
    if one.document.document_id == other.document.document_id:
        return meets
    if is_translation(one.document, other.document):
        return meets or (one.is_own and other.is_own)
    if one.occasion is None or other.occasion is None:
        return False
    alike = (one.first, one.last, one.term) == (other.first, other.last, other.term)
    return alike and may_be_translation(one.document, other.document)


def of_titles_named(
    found: Sequence[Candidate], query_terms: Sequence[QueryTerm], most: int
) -> Sequence[Candidate]:
    """Give at most so many, in their order; of too many those whose titles name the topic."""
    if len(found) <= most or not query_terms:
        return found[:most]

    def names(at: int) -> float:
        info = found[at].document
        label = f"{info.title}\n{info.publisher or ''}"
        return coverage(query_terms, set(analyze_label(label, info.language)), info.language)

    best = sorted(range(len(found)), key=lambda at: -names(at))[:most]
    return [found[at] for at in sorted(best)]

"""Analysed terms kept with passages and sentences, so that a question needs no analysis of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from aspire_ingest.index.text.analysis import analyze, analyze_label, entity_terms
from aspire_ingest.index.text.dates.date_spans import first_day, last_day
from aspire_ingest.index.text.dates.dates import DateMention, date_terms, find_dates
from aspire_ingest.index.text.roles import roles_by_surname
from aspire_ingest.index.types import Document, DocumentInfo, Occasion, Passage, Sentence

_REPORT_CHARACTERS = 8_000
"""A longer document is no report of one occasion: its first lines date the document alone."""
_OPENING_CHARACTERS = 1_000
_MOST_DAYS = 31
_ACRONYM = re.compile(r"(?<![A-Za-z])[A-Z]{3,}(?![A-Za-z])")
_EDITION = re.compile(r"FY(\d{4})")


def annotate(document: Document, passages: Iterable[Passage]) -> list[Passage]:
    """Give the passages with their terms filled in.

    A sentence that names a person also gets the terms of the role that the document gives that
    person: "the Program Director" then finds "Dr. Miyano said". Passages of a short report get
    the dates of its first lines: they date all that it tells.
    """
    info = document.info
    shared = frozenset(title_terms(info)) | _dates_of(document)
    roles = roles_by_surname(document.text, info.language)
    return [
        replace(
            passage,
            context_terms=shared.union(analyze_label("\n".join(passage.heading), info.language)),
            sentences=tuple(_with_terms(s, passage, info, roles) for s in passage.sentences),
        )
        for passage in passages
    ]


def title_terms(info: DocumentInfo) -> tuple[str, ...]:
    """Give what stands above all of a document: its title, and the acronym of who publishes it.

    A page of an agency seldom names it: "the calls of JST" would not find them.
    """
    title = analyze_label(info.title, info.language)
    by = analyze_label(" ".join(_ACRONYM.findall(info.publisher or "")), info.language)
    return (*title, *(term for term in dict.fromkeys(by) if term not in title))


def _with_terms(
    sentence: Sentence,
    passage: Passage,
    info: DocumentInfo,
    roles: Mapping[str, frozenset[str]],
) -> Sentence:
    text = passage.text[sentence.start - passage.start : sentence.end - passage.start]
    terms = set(analyze(f"{sentence.lead}\n{text}" if sentence.lead else text, info.language))
    terms |= entity_terms(text)
    terms.update(role for term in terms & roles.keys() for role in roles[term])
    return replace(sentence, terms=frozenset(terms))


def _dates_of(document: Document) -> frozenset[str]:
    """Canonical terms of a document's own date and edition, and of the occasions it reports."""
    info = document.info
    terms: set[str] = set()
    if info.published:
        parts = info.published.split("-")
        terms |= {"d:" + "-".join(parts[:n]) for n in range(1, len(parts) + 1)}
    edition = _EDITION.fullmatch(info.edition or "")
    if edition:
        terms.add(f"fy:{edition[1]}")
    for occasion in info.occasions:
        is_event = not occasion.is_term
        if (
            is_event and occasion.start < _OPENING_CHARACTERS
        ):  # with the year, though the text may not say it
            terms.update(_day_terms(occasion))
    if len(document.text) <= _REPORT_CHARACTERS:
        opening = find_dates(document.text[:_OPENING_CHARACTERS])
        terms.update(term for mention in opening for term in date_terms(mention))
    return frozenset(terms)


def _day_terms(occasion: Occasion) -> Iterator[str]:
    """Terms of each day of an occasion, or of its month where no day is known."""
    if len(occasion.first) < len("2026-01-14"):
        year, month = occasion.first.split("-")
        yield from (f"d:{year}", f"m:{month}", f"d:{year}-{month}")
        return
    day, last = first_day(occasion.first), last_day(occasion.last)
    for _ in range(_MOST_DAYS):
        if day > last:
            break
        mention = DateMention(start=0, end=0, year=day.year, month=day.month, day=day.day)
        yield from date_terms(mention)
        day += timedelta(days=1)

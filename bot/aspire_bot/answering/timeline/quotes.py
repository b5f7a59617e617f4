"""The words of a document that say when something happens: short, and to the letter."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from aspire_bot.answering.message.period.period import Period, spoken
from aspire_bot.answering.quotes.citations import deep_link
from aspire_bot.answering.quotes.compose import readable
from aspire_bot.answering.quotes.evidence import quoted
from aspire_bot.answering.quotes.injection_filter import tells_the_answerer
from aspire_bot.answering.quotes.tables import row_as_read
from aspire_bot.answering.timeline.candidates import OWN, Candidate
from aspire_bot.answering.timeline.term_note import term_note
from aspire_bot.answering.types import Citation
from aspire_bot.messages import phrases
from aspire_ingest.index import Occasion, Passage, Sentence
from aspire_ingest.index.reader import IndexReader

_LONGEST = {"ja": 90}
_LONGEST_ELSE = 170
"""Characters of a quote, where it can be cut."""
_LONGEST_TITLE = 90
_WHOLE = 25
"""Characters from which on a sentence tells something."""
_STOPS = (".", "。", "!", "！")
_CUTS = re.compile(r"[,;、;]\s?|(?<=[。.])\s|\s[-–—]\s|(?<=[にでがは])(?=[一-龥ァ-ヶA-Z「])")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineQuote:
    """A candidate with the words that say it: `document.text[start:end] == text`."""

    candidate: Candidate
    passage: Passage
    sentence: Sentence
    text: str
    start: int
    end: int

    def citation(self, marker: int) -> Citation:
        """The citation of these words."""
        info = self.candidate.document
        return Citation(
            marker=marker,
            document=info,
            passage_id=self.passage.passage_id,
            quote=self.text,
            start=self.start,
            end=self.end,
            heading=self.passage.heading,
            page=self.passage.page,
            deep_link=deep_link(info.url, self.text),
        )


def timeline_quote(one: Candidate, language: str, index: IndexReader) -> TimelineQuote | None:
    """Give the words that say when a candidate was; None where none can be quoted.

    Of an occasion, the sentence that says its date. Of a publication, the one that says what the
    document is about: of its own occasion, or the first whole sentence.
    """
    passages = index.passages_of(one.document.document_id)
    occasion = one.occasion or next(
        (o for o in one.document.occasions if o.start < OWN and not o.is_term), None
    )
    found = _sentence_at(occasion.start, passages) if occasion else _first_sentence(passages)
    if found is None:
        return None
    passage, sentence = found
    start, end = sentence.start, sentence.end
    text = quoted(passage, sentence)
    if tells_the_answerer(text):
        return None
    if sentence.form != "row":
        said = _said_span(occasion, start, end) if occasion else (start, start)
        first, last = _cut(text, said[0] - start, said[1] - start, one.document.language)
        text, start, end = text[first:last], start + first, start + last
    return TimelineQuote(
        candidate=one, passage=passage, sentence=sentence, text=text, start=start, end=end
    )


def _said_span(occasion: Occasion, start: int, end: int) -> tuple[int, int]:
    """From where to where a sentence says a date, with its hours where they stand in it."""
    hours = [hour for hour in (occasion.opens, occasion.closes) if hour]
    spans = [(hour.start, hour.end) for hour in hours if start <= hour.start and hour.end <= end]
    spans.append((occasion.start, occasion.end))
    return min(span[0] for span in spans), max(span[1] for span in spans)


def said_of(quote: TimelineQuote, language: str, now: datetime) -> str:
    """Say a quote in a list: with the title where it names nothing, and where its year is from.

    Of a term, whether it is past is said, whatever tense its sentence has.
    """
    one = quote.candidate
    said = readable(quote.text)
    if quote.sentence.form == "row":
        said = row_as_read(quote.sentence, quote.text)
    else:
        said = f"{'… ' if quote.start > quote.sentence.start else ''}{said}"
        said += " …" if quote.end < quote.sentence.end else ""
    if one.occasion is None or one.term or one.occasion.basis == "schedule":
        title = readable(one.document.title)[:_LONGEST_TITLE]
        said = f"{title}: {said}" if title not in said and said not in title else said
    note = term_note(one, language, now) if one.term else _note(one, language)
    return f"{said} {note}" if note else said


def _note(one: Candidate, language: str) -> str:
    words = phrases(language).answer
    if one.occasion is None:
        date_said = _dated(one.document.published or "", one.first, language)
        return words.published_on.format(date=date_said)
    if one.occasion.year_from == "date":
        return ""
    form = words.year_of_title if one.occasion.year_from == "title" else words.year_of_publication
    return form.format(date=_dated(one.occasion.first, one.first, language))


def _dated(iso: str, first: date, language: str) -> str:
    if len(iso) < len("2026-01-14"):
        return iso
    return spoken(Period(first=first, last=first), language)


def _sentence_at(at: int, passages: Sequence[Passage]) -> tuple[Passage, Sentence] | None:
    """The sentence that holds an offset."""
    for passage in passages:
        for sentence in passage.sentences:
            if sentence.start <= at < sentence.end:
                return passage, sentence
    return None


def _first_sentence(passages: Sequence[Passage]) -> tuple[Passage, Sentence] | None:
    """The first whole sentence of the first passages, else the longest of their first pieces."""
    pieces = [(passage, sentence) for passage in passages[:2] for sentence in passage.sentences[:8]]
    for passage, sentence in pieces:
        text = quoted(passage, sentence)
        if sentence.form == "prose" and len(text) >= _WHOLE and text.rstrip().endswith(_STOPS):
            return passage, sentence
    return max(pieces, key=lambda piece: piece[1].end - piece[1].start, default=None)


def _cut(text: str, first: int, last: int, language: str) -> tuple[int, int]:
    """Where to cut a long sentence so that what stays holds `text[first:last]`."""
    most = _LONGEST.get(language, _LONGEST_ELSE)
    if len(text) <= most:
        return 0, len(text)
    cuts = [match.end() for match in _CUTS.finditer(text)]
    spaces = [match.end() for match in re.finditer(r"\s", text)]
    start = 0
    if last > most:
        later = [cut for cut in cuts if last - most // 2 <= cut <= first]
        start = later[0] if later else max((s for s in spaces if s <= first), default=first)
    limit = max(last, start + most)
    ends = [cut for cut in cuts if last <= cut <= limit and cut - start >= most // 2]
    ends = ends or [cut for cut in spaces if last < cut <= limit]
    end = max(ends, default=len(text) if len(text) <= limit else limit)
    return start, start + len(text[start:end].rstrip(" ,;、"))

"""What the dates in the index answer, beside what sentences say: which of the two is said."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from aspire_bot.answering.message.period.term_question import read_named_term
from aspire_bot.answering.message.period.time_question import TimeQuestion
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.search.search import Bands, Finding, Ranked, Search
from aspire_bot.answering.timeline.sentence_days import names_such_a_day
from aspire_bot.answering.timeline.timeline import Timeline, TimelineRequest
from aspire_bot.answering.types import Answer
from aspire_bot.answering.verify import is_sound
from aspire_ingest.index.reader import IndexReader

_DAY = re.compile(r"d:\d{4}-\d\d-\d\d")
"""The term of a whole day."""


class ToldByDates:
    """Tells what happened when and what is due; safe for several threads."""

    def __init__(self, timeline: Timeline, search: Search, bands: Bands) -> None:
        """Take what tells of dates, and what tells how sure a sentence is."""
        self._timeline = timeline
        self._search = search
        self._bands = bands

    def tell(
        self, when: TimeQuestion, ranked: Ranked, index: IndexReader, now: datetime
    ) -> Answer | None:
        """What the dates in the index answer; None where they do not, or it would not be sound."""
        request = TimelineRequest(
            question=ranked.query.question,
            language=ranked.query.answer_language,
            hidden=self._search.approved.kept_apart(index),
            replaced=frozenset(self._search.outdated_in(index, ranked.query.question.audience)),
        )
        told = self._timeline.tell(when, request, ranked.ranking, index, now)
        if told is None or told.outcome == "abstained":
            return told
        return told if is_sound(told, index) else None

    def tell_end(
        self, text: str, ranked: Ranked, index: IndexReader, now: datetime
    ) -> Answer | None:
        """Until when one can apply for the one thing that a question names: "the Beam deadline".

        None where the dates are of several, or stand in pages that the asker may not read.
        """
        named = read_named_term(text, now.date())
        told = self.tell(named, ranked, index, now) if named else None
        if told is None or told.outcome != "answered" or len(told.citations) != 1:
            return None
        is_readable = told.citations[0].document.language == ranked.query.language
        return told if is_readable else None

    def is_open(self, finding: Finding) -> bool:
        """Whether no sentence surely says a day, so that the dates in the index may."""
        is_sure = (
            finding.confidence >= self._bands.answer_from
            and self._bands.certainty(finding.sureness) == "sure"
        )
        return not (is_sure and any(map(_says_a_day, finding.selection.evidence)))

    def is_told_elsewhere(
        self, told: Answer, when: TimeQuestion, find: Callable[[], Finding], now: datetime
    ) -> bool:
        """Whether, where no dated occasion answers, a sentence does, with such a day in it."""
        if told.outcome != "abstained" or not (when.topic or when.kinds):
            return False
        found = find()
        is_answer = found.confidence >= self._bands.answer_from
        return is_answer and names_such_a_day(when, found.selection.evidence, now.date())

    def is_beside_topic(
        self, when: TimeQuestion, ranked: Ranked, findings: Sequence[Finding], index: IndexReader
    ) -> bool:
        """Whether what is said, though of that time or kind, lacks the topic that was asked for."""
        if not when.topic:
            return False
        said = [one.passage for found in findings for one in found.selection.basis]
        return not self._timeline.names_topic(when, ranked.query.question, said, index)


def _says_a_day(one: Evidence) -> bool:
    return any(_DAY.fullmatch(term) for term in one.terms)

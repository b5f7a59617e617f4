"""Where a language model takes part: what it is shown, and when its words are the answer."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Literal

from aspire_bot.answering.chat import Usage
from aspire_bot.answering.checking import Decision
from aspire_bot.answering.limits import Effort
from aspire_bot.answering.message.query import Query
from aspire_bot.answering.message.rewrite_request import reword
from aspire_bot.answering.ports import OnPiece
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.types import Answer, Judged, Question, Rewritten, ScoredPassage, Trace
from aspire_bot.answering.verify import is_sound
from aspire_bot.answering.writing.prompt_files import Prompts
from aspire_bot.answering.writing.relevance import Bearing
from aspire_bot.answering.writing.writer import Limits, Writer, Written
from aspire_ingest.index.reader import IndexReader

StaffDocuments = Literal["inside", "any", "never"]

_LIMITS = Limits()
_MOST_PASSAGES = 6
_MOST_CHARACTERS = 9_000


class ModelSpokesman:
    """Says answers in a model's words; safe for several threads."""

    def __init__(
        self,
        writer: Writer,
        prompts: Prompts,
        limits: Limits = _LIMITS,
        staff_documents: StaffDocuments = "inside",
    ) -> None:
        """Show staff documents to a model that is inside, to any, or never."""
        self.close = writer.close
        self._writer = writer
        self._prompts = prompts
        self._limits = limits
        model = writer.model
        self._sees_staff = staff_documents == "any" or (
            staff_documents == "inside" and not model.is_outside
        )

    def begin(self) -> "ModelSpeech":
        """Begin an answer: its time runs from now."""
        return ModelSpeech(self._writer, self._prompts, self._limits.begin(), self._sees_staff)


class ModelSpeech:
    """A model's part in one answer; for one thread."""

    def __init__(self, writer: Writer, prompts: Prompts, effort: Effort, sees_staff: bool) -> None:
        """Spend `effort` and no more."""
        self._writer = writer
        self._prompts = prompts
        self._effort = effort
        self._sees_staff = sees_staff
        self._used = Usage()

    def reword(self, question: Question) -> Rewritten:
        """See `Speech`."""
        asked = self._as_may_be_seen(question)
        said, self._used = reword(self._writer.model, self._prompts, asked, self._effort)
        return said

    def speak(
        self,
        quoted: Answer,
        query: Query,
        rankings: Sequence[Sequence[Evidence]],
        index: IndexReader,
        on_piece: OnPiece | None = None,
    ) -> Answer:
        """See `Speech`. Where the model may not see the best passage, the quotes stay."""
        passages = _best_passages(_in_turn(rankings))
        shown = [passage for passage in passages if self._may_see(passage)]
        if not shown or shown[0] is not passages[0]:
            return quoted
        asked = replace(query, question=self._as_may_be_seen(query.question))
        bearing = Bearing(query, rankings, shown)
        written = self._writer.write(asked, shown, index, self._effort, on_piece, bearing)
        trace = _trace(self._writer.model.name, shown, written, self._used)
        return _settle(quoted, written, trace, lambda worded: is_sound(worded, index))

    def _may_see(self, passage: ScoredPassage) -> bool:
        return passage.document.audience != "staff" or self._sees_staff

    def _as_may_be_seen(self, question: Question) -> Question:
        """Without earlier answers, where these may quote what the model may not see."""
        if question.audience != "staff" or self._sees_staff:
            return question
        asked = tuple(turn for turn in question.history if turn.role == "user")
        return replace(question, history=asked)


def _settle(
    quoted: Answer, written: Written, trace: Trace, holds: Callable[[Answer], bool]
) -> Answer:
    """Choose between a model's words and the quotes they would replace.

    Words that passed and bear on the question are the answer. Without any, the quotes are, unless
    the model found nothing and the quotes are not sure either: then the documents do not say.
    """
    if written.text and written.citations:
        worded = replace(
            quoted,
            text=written.text,
            citations=written.citations,
            model=trace.model,
            trace=trace,
        )
        if holds(worded):
            return worded
    traced = replace(quoted, trace=trace)
    if written.says_none and quoted.certainty == "hedged":
        return replace(traced, outcome="abstained")
    return traced


def _in_turn(rankings: Sequence[Sequence[Evidence]]) -> Iterator[Evidence]:
    """The best of each first: every part of a question has its passages shown to the model."""
    for row in zip_longest(*rankings):
        yield from (evidence for evidence in row if evidence is not None)


def _best_passages(evidence: Iterable[Evidence]) -> list[ScoredPassage]:
    """The passages of the best sentences, best first, as many as a prompt has room for."""
    found: dict[str, ScoredPassage] = {}
    room = _MOST_CHARACTERS
    for one in evidence:
        passage = one.passage.passage
        if passage.passage_id in found:
            continue
        room -= len(passage.text)
        if found and room < 0:
            break
        found[passage.passage_id] = one.passage
        if len(found) == _MOST_PASSAGES:
            break
    return list(found.values())


def _trace(model: str, shown: Sequence[ScoredPassage], written: Written, before: Usage) -> Trace:
    used = before + written.usage
    return Trace(
        model=model,
        prompt_hash=written.prompt_hash,
        passages=tuple(entry.passage.passage_id for entry in shown),
        statements=tuple(_judged(one, written.withheld) for one in written.decisions),
        says_none=written.says_none,
        failure=written.failure,
        prompt_tokens=used.prompt_tokens,
        completion_tokens=used.completion_tokens,
        first_ms=written.first_ms,
    )


def _judged(decision: Decision, withheld: Sequence[Decision]) -> Judged:
    return Judged(
        text=decision.statement.text,
        verdict="withheld" if decision in withheld else decision.verdict,
        markers=decision.statement.markers,
        sources=decision.markers,
        reasons=decision.reasons,
    )

"""Where a language model takes part: what it is shown, and when its words are the answer."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from aspire_bot.answering.evidence import Evidence
from aspire_bot.answering.generate import Writer, Written
from aspire_bot.answering.ports import OnPiece
from aspire_bot.answering.query import Query
from aspire_bot.answering.types import Answer, Judged, ScoredPassage, Trace
from aspire_bot.answering.verification import Decision
from aspire_bot.answering.verify import is_sound
from aspire_ingest.index.reader import IndexReader

StaffDocuments = Literal["inside", "any", "never"]

_MOST_PASSAGES = 6
_MOST_CHARACTERS = 9_000
_SURE_WITHOUT_MODEL = 0.5
"""From this confidence on, quotes answer although the model finds nothing."""


class ModelSpokesman:
    """Says an answer in a model's words; safe for several threads."""

    def __init__(self, writer: Writer, staff_documents: StaffDocuments = "inside") -> None:
        """Show staff documents to a model that is inside, to any, or never."""
        self._writer = writer
        self._staff_documents = staff_documents

    def speak(
        self,
        quoted: Answer,
        query: Query,
        evidence: Sequence[Evidence],
        index: IndexReader,
        on_piece: OnPiece | None = None,
    ) -> Answer:
        """See `Spokesman`. Where the model may not see the best passage, the quotes stay."""
        passages = _best_passages(evidence)
        shown = [passage for passage in passages if self._may_see(passage)]
        if not shown or shown[0] is not passages[0]:
            return quoted
        written = self._writer.write(query, shown, index, on_piece)
        trace = _trace(self._writer.model.name, shown, written)
        return _settle(quoted, written, trace, lambda worded: is_sound(worded, index))

    def close(self) -> None:
        """Let go of the model's connections."""
        self._writer.close()

    def _may_see(self, passage: ScoredPassage) -> bool:
        if passage.document.audience != "staff" or self._staff_documents == "any":
            return True
        return self._staff_documents == "inside" and not self._writer.model.is_outside


def _settle(
    quoted: Answer, written: Written, trace: Trace, holds: Callable[[Answer], bool]
) -> Answer:
    """Choose between a model's words and the quotes they would replace.

    Words that passed are the answer. Without any, the quotes are, unless the model found nothing
    and the quotes are not sure either: then the documents do not say.
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
    if written.says_none and quoted.confidence < _SURE_WITHOUT_MODEL:
        return replace(traced, outcome="abstained")
    return traced


def _best_passages(evidence: Sequence[Evidence]) -> list[ScoredPassage]:
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


def _trace(model: str, shown: Sequence[ScoredPassage], written: Written) -> Trace:
    return Trace(
        model=model,
        prompt_hash=written.prompt_hash,
        passages=tuple(entry.passage.passage_id for entry in shown),
        statements=tuple(map(_judged, written.decisions)),
        says_none=written.says_none,
        failure=written.failure,
        prompt_tokens=written.usage.prompt_tokens,
        completion_tokens=written.usage.completion_tokens,
        first_ms=written.first_ms,
    )


def _judged(decision: Decision) -> Judged:
    return Judged(
        text=decision.statement.text,
        verdict=decision.verdict,
        markers=decision.statement.markers,
        sources=decision.markers,
        reasons=decision.reasons,
    )

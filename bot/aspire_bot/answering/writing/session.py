"""Where a language model takes part: what it is shown, and when its words are the answer."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from aspire_bot.answering.chat import Usage
from aspire_bot.answering.checking import Decision
from aspire_bot.answering.limits import AnswerLimits
from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.message.query.rewrite_request import reword
from aspire_bot.answering.ports import OnPiece
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.search.search import Bands
from aspire_bot.answering.types import Answer, Judged, Question, RewriteReply, ScoredPassage, Trace
from aspire_bot.answering.verify import is_sound
from aspire_bot.answering.writing.clarify import asks_back
from aspire_bot.answering.writing.judgement import Judgement, Words
from aspire_bot.answering.writing.outcome_table import OutcomeTable, shipped_table
from aspire_bot.answering.writing.pointed_quotes import pointed_at
from aspire_bot.answering.writing.prompt_files import Prompts
from aspire_bot.answering.writing.prompt_passages import shown_passages
from aspire_bot.answering.writing.relevance import AnswerKeeper, Relevance
from aspire_bot.answering.writing.writer import Limits, Writer, Written
from aspire_ingest.index.reader import IndexReader

StaffDocuments = Literal["inside", "any", "never"]

_LIMITS = Limits()


class ModelSessionFactory:
    """Says answers in a model's words; safe for several threads."""

    def __init__(
        self,
        writer: Writer,
        prompts: Prompts,
        bands: Bands,
        limits: Limits = _LIMITS,
        staff_documents: StaffDocuments = "inside",
        table: OutcomeTable | None = None,
    ) -> None:
        """Show staff documents to a model that is inside, to any, or never.

        Where model and reader disagree, `table` says how likely what would be said is right, and
        `bands` how it is said then.
        """
        self.close = writer.close
        self._writer = writer
        self._prompts = prompts
        self._limits = limits
        self._bands = bands
        self._table = table or shipped_table()
        model = writer.model
        self._sees_staff = staff_documents == "any" or (
            staff_documents == "inside" and not model.is_outside
        )

    def begin(self) -> "ModelWritingSession":
        """Begin an answer: its time runs from now."""
        return ModelWritingSession(
            self._writer,
            self._prompts,
            self._limits.begin(),
            Judgement(self._table, self._bands),
            sees_staff=self._sees_staff,
        )


class ModelWritingSession:
    """A model's part in one answer; for one thread."""

    def __init__(
        self,
        writer: Writer,
        prompts: Prompts,
        limits: AnswerLimits,
        judgement: Judgement,
        *,
        sees_staff: bool,
    ) -> None:
        """Spend `limits` and no more."""
        self._writer = writer
        self._prompts = prompts
        self._limits = limits
        self._judgement = judgement
        self._sees_staff = sees_staff
        self._used = Usage()

    def reword(self, question: Question) -> RewriteReply:
        """See `WritingSession`."""
        asked = self._as_may_be_seen(question)
        said, self._used = reword(self._writer.model, self._prompts, asked, self._limits)
        return said

    def write(
        self,
        quoted: Answer,
        query: Query,
        rankings: Sequence[Sequence[Evidence]],
        index: IndexReader,
        on_piece: OnPiece | None = None,
    ) -> Answer:
        """See `WritingSession`. Where the model may not see the best passage, the quotes stay."""
        passages = shown_passages(rankings)
        shown = [passage for passage in passages if self._may_see(passage)]
        if not shown or shown[0] is not passages[0]:
            return quoted
        asked = replace(query, question=self._as_may_be_seen(query.question))
        words = Words(quoted, self._judgement, on_piece)
        keeper = AnswerKeeper(Relevance(query, rankings, shown), words.admit)
        written = self._writer.write(asked, shown, index, self._limits, words.tell, keeper)
        trace = _trace(self._writer.model.name, shown, written, self._used)
        worded = words.answer(written, trace)
        if worded is not None and is_sound(worded, index):
            return worded
        traced = replace(quoted, trace=trace)
        if written.says_none or asks_back(written.reply):
            return self._judgement.without_answer(traced, written, shown)
        if written.failure is not None:
            return traced
        pointed = pointed_at(written.decisions, rankings, shown)
        return self._judgement.by_pointing(traced, pointed)

    def _may_see(self, passage: ScoredPassage) -> bool:
        return passage.document.audience != "staff" or self._sees_staff

    def _as_may_be_seen(self, question: Question) -> Question:
        """Without earlier answers, where these may quote what the model may not see."""
        if question.audience != "staff" or self._sees_staff:
            return question
        asked = tuple(turn for turn in question.history if turn.role == "user")
        return replace(question, history=asked)


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

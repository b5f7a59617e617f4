"""A language model says the answer; only what its passages support is passed on, if it answers.

The model's reply is read as it comes, cut into statements, and each statement is verified before
anybody sees it. What fails (the model, its deadline, every statement) leaves the answer without
words, and the caller falls back to quotes.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from aspire_bot.answering.chat import Usage
from aspire_bot.answering.checking import (
    Decision,
    JudgeTerms,
    LeadKeeper,
    Statement,
    StatementReader,
    Verifier,
)
from aspire_bot.answering.limits import Allowance, AnswerLimits, Deadline
from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.message.query.rewrite_reply import says_no_answer
from aspire_bot.answering.ports import ChatModel, OnPiece
from aspire_bot.answering.quotes.neighbours import leaned_on
from aspire_bot.answering.types import Citation, ScoredPassage
from aspire_bot.answering.writing.draft import Draft
from aspire_bot.answering.writing.prompt_files import Prompts
from aspire_bot.answering.writing.relevance import AnswerKeeper
from aspire_bot.errors import FailureKind, GenerationError
from aspire_ingest.index.reader import IndexReader

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one answer may take: seconds in all, and tokens said."""

    timeout_s: float = 20.0
    max_tokens: int = 700

    def begin(self) -> AnswerLimits:
        """Give what an answer may take that begins now."""
        return AnswerLimits(
            deadline=Deadline.after(self.timeout_s), allowance=Allowance(self.max_tokens)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of a model's reply.

    `text` is empty where nothing passed, or nothing that passed is shown: that is `withheld`.
    `says_none`: the model found no answer in the passages. `failure` is the kind of what went
    wrong, where something did; what had passed before stays.
    """

    text: str = ""
    reply: str = ""
    """What the model said, as it is."""
    citations: tuple[Citation, ...] = ()
    decisions: tuple[Decision, ...] = ()
    withheld: tuple[Decision, ...] = ()
    says_none: bool = False
    failure: FailureKind | None = None
    prompt_hash: str = ""
    usage: Usage = field(default_factory=Usage)
    verify_ms: float = 0.0
    first_ms: float | None = None
    """From asking to the first statement that passed; None where none did."""


class Writer:
    """Lets a model answer; safe for several threads."""

    def __init__(self, model: ChatModel, prompts: Prompts, verifier: Verifier) -> None:
        """Ask `model` with `prompts`, and pass on what `verifier` lets through."""
        self.model = model
        self._prompts = prompts
        self._verifier = verifier

    def close(self) -> None:
        """Let go of the model, and of who else is asked about its statements."""
        self._verifier.close()
        self.model.close()

    def write(
        self,
        query: Query,
        passages: Sequence[ScoredPassage],
        index: IndexReader,
        limits: AnswerLimits,
        on_piece: OnPiece | None = None,
        keeper: AnswerKeeper | None = None,
    ) -> Written:
        """Answer from `passages`, which have their sentences. Never raises for the model's sake.

        `keeper` says what of the supported statements is passed on; without one, all are.
        """
        asked = query.question
        before = {
            entry.passage.passage_id: leaned_on(
                entry.passage, index.passages_of(entry.passage.document_id)
            )
            for entry in passages
        }
        messages, prompt_hash = self._prompts.answer_messages(
            asked.text, asked.history, passages, query.answer_language, before
        )
        language = query.answer_language
        verify = partial(
            self._verifier.verify,
            passages=passages,
            question=query.text,
            language=language,
            vectors=index,
            terms=_judge_terms(query, limits),
        )
        said = _Said(
            verify,
            LeadKeeper(asked.text, language),
            keeper,
            Draft(passages=passages, language=language),
            index,
            on_piece,
        )
        failure: FailureKind | None = None
        stream = self.model.stream(
            messages, deadline=limits.deadline, max_tokens=limits.allowance.left
        )
        try:
            for piece in stream:
                if not said.hear(piece):
                    break
        except GenerationError as error:
            failure = error.kind
            logger.warning("the model failed: kind=%s", failure)
        finally:
            stream.close()
        reply = stream.reply
        said.end(is_whole=failure is None and reply.finish == "stop")
        return Written(
            text=said.draft.text,
            citations=tuple(said.draft.citations),
            reply=reply.text,
            decisions=tuple(said.decisions),
            withheld=keeper.withheld if keeper else (),
            says_none=says_no_answer(reply.text),
            failure=failure,
            prompt_hash=prompt_hash,
            usage=reply.usage,
            verify_ms=round(said.verify_s * 1000, 2),
            first_ms=said.first_ms,
        )


class _Said:
    """A reply on its way: heard, verified, drafted."""

    def __init__(
        self,
        verify: Callable[[Statement], Decision],
        leads: LeadKeeper,
        keeper: AnswerKeeper | None,
        draft: Draft,
        index: IndexReader,
        on_piece: OnPiece | None,
    ) -> None:
        self.draft = draft
        self.decisions: list[Decision] = []
        self.verify_s = 0.0
        self.first_ms: float | None = None
        self._began = time.perf_counter()
        self._reader = StatementReader()
        self._verify = verify
        self._leads = leads
        self._keeper = keeper
        self._index = index
        self._on_piece = on_piece

    def hear(self, piece: str) -> bool:
        """Take the next piece of the reply; False where no more is wanted."""
        self._judge(self._reader.feed(piece))
        return not self.draft.is_full

    def end(self, *, is_whole: bool) -> None:
        """Take what is left, unless the reply broke off: a half sentence says something else."""
        if is_whole:
            self._judge(self._reader.close())

    def _judge(self, statements: Sequence[Statement]) -> None:
        for statement in statements:
            began = time.perf_counter()
            decision = self._verify(statement)
            self.verify_s += time.perf_counter() - began
            self.decisions.append(decision)
            if self._keeper and not self._keeper.stands(decision):
                continue
            for passed in self._leads.pass_on(decision):
                for shown in self._keeper.pass_on(passed) if self._keeper else (passed,):
                    self._show(shown)

    def _show(self, decision: Decision) -> None:
        piece = self.draft.add(decision, self._index)
        if piece is None:
            return
        if self.first_ms is None:
            self.first_ms = round((time.perf_counter() - self._began) * 1000, 2)
        if self._on_piece is not None:
            self._on_piece(piece)


def _judge_terms(query: Query, limits: AnswerLimits) -> JudgeTerms:
    """Earlier answers to staff may quote documents that no passage of this one is from."""
    asked = query.question
    had_answers = any(turn.role == "assistant" for turn in asked.history)
    return JudgeTerms(
        deadline=limits.deadline, is_for_staff=asked.audience == "staff" and had_answers
    )

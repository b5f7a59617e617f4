"""Which of the questions that people asked a new approved answer will answer, and which nearly."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from aspire_bot.answering.approved.sameness import ApprovedQuestion, PairJudge, Sameness
from aspire_bot.answering.message.plain_question import plain_question
from aspire_bot.state import State
from aspire_bot.state.approvals import ApprovedAnswer
from aspire_bot.state.gaps import Gap
from aspire_ingest.index.text.analysis import analyze
from aspire_ingest.index.text.language import language_of

MOST_SHOWN = 10
"""Of each kind; a group of checkboxes holds no more."""
_SINCE = timedelta(days=120)
_MOST_READ = 300
"""Questions, the newest first; each takes some hundredths of a second."""
_WORTH_SHOWING = 0.25
_MANY_WORDS = 0.5
"""The probability of being the same, and the share of words in common, from either of which on a
question is shown as near."""
_GAP, _ANSWER = "gap:", "answer:"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptQuestion:
    """A question that was asked, and by what it is found again."""

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The questions that an approved answer will be given to, and near ones that it will not."""

    answered: tuple[KeptQuestion, ...] = ()
    near: tuple[KeptQuestion, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.answered or self.near)

    def by_key(self) -> Mapping[str, bool]:
        """Give for each question whether it is answered."""
        return dict.fromkeys((q.key for q in self.answered), True) | dict.fromkeys(
            (q.key for q in self.near), False
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptQuestions:
    """The questions that are kept: those without an answer, and those of the last months."""

    state: State
    judge: PairJudge
    today: Callable[[], date]

    def reach(self, approved: ApprovedAnswer) -> Reach:
        """Compare an approved question with those that are kept in its workspace.

        Raises:
            EmbeddingError: the model that compares questions cannot be run.
        """
        question = _question_of(approved)
        wordings = question.wordings
        own = {plain_question(line) for line in wordings}
        compared = [
            (kept, question.sameness(kept.text, self.judge))
            for kept in self._all(approved.team)
            if plain_question(kept.text) not in own
        ]
        compared.sort(key=lambda pair: -pair[1].log_odds)
        answered = [kept for kept, found in compared if found.verdict == "same"]
        near = [kept for kept, found in compared if _is_near(found, wordings, kept.text)]
        return Reach(answered=tuple(answered[:MOST_SHOWN]), near=tuple(near[:MOST_SHOWN]))

    def answered_gaps(self, approved: ApprovedAnswer) -> tuple[Gap, ...]:
        """Give the open questions without an answer that an approved answer is given to.

        One for staff is given to questions of staff alone.

        Raises:
            EmbeddingError: the model that compares questions cannot be run.
        """
        question = _question_of(approved)
        return tuple(
            gap
            for gap in self.state.gaps.open(_MOST_READ, team=approved.team)
            if (approved.audience == "public" or self._is_of_staff(gap))
            and question.sameness(gap.question, self.judge).verdict == "same"
        )

    def shown(self, approved: ApprovedAnswer) -> Reach:
        """Give what staff were shown of it, as far as it is still kept."""
        known: Mapping[str, bool] = approved.shown_questions or {}
        found = {
            is_answered: tuple(
                kept
                for key, is_same in known.items()
                if is_same is is_answered and (kept := find_kept(self.state, key))
            )
            for is_answered in (True, False)
        }
        return Reach(answered=found[True], near=found[False])

    def _is_of_staff(self, gap: Gap) -> bool:
        posted = self.state.answers.by_id(gap.answer_id) if gap.answer_id else None
        return posted is not None and posted.audience == "staff"

    def _all(self, team: str) -> list[KeptQuestion]:
        """All that are read, each once."""
        found: dict[str, KeptQuestion] = {}
        for kept in self._newest(team):
            found.setdefault(plain_question(kept.text), kept)
        return list(found.values())[:_MOST_READ]

    def _newest(self, team: str) -> Iterator[KeptQuestion]:
        since = datetime.combine(self.today(), time(), UTC) - _SINCE
        for gap in self.state.gaps.all(_MOST_READ, team=team):
            yield KeptQuestion(key=_GAP + gap.gap_id, text=gap.question)
        for posted in self.state.answers.recent(since, _MOST_READ, team=team):
            yield KeptQuestion(key=_ANSWER + posted.answer_id, text=posted.question)


def find_kept(state: State, key: str) -> KeptQuestion | None:
    """Find a question again; None where it is not kept any more."""
    if key.startswith(_GAP):
        gap = state.gaps.get(key.removeprefix(_GAP))
        return KeptQuestion(key=key, text=gap.question) if gap else None
    posted = state.answers.by_id(key.removeprefix(_ANSWER))
    return KeptQuestion(key=key, text=posted.question) if posted else None


def _question_of(approved: ApprovedAnswer) -> ApprovedQuestion:
    return ApprovedQuestion(
        wordings=tuple(approved.question.splitlines()),
        not_wordings=tuple(approved.not_wordings or ()),
    )


def _is_near(found: Sameness, wordings: Sequence[str], text: str) -> bool:
    """Whether staff should see that a question is not answered: it is likely, or worded alike."""
    is_like = found.verdict == "similar" or found.probability >= _WORTH_SHOWING
    is_like = is_like or any(_words_shared(one, text) >= _MANY_WORDS for one in wordings)
    return found.verdict != "same" and is_like


def _words_shared(one: str, other: str) -> float:
    """The share (0 to 1) of the words of two questions that are in both."""
    left, right = (set(analyze(text, language_of(text))) for text in (one, other))
    return len(left & right) / max(1, len(left | right))

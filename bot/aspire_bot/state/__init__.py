"""What the bot keeps of its conversations, in SQLite or PostgreSQL."""

from dataclasses import dataclass
from pathlib import Path

from aspire_bot.state.answers import Answers
from aspire_bot.state.approvals import Approvals
from aspire_bot.state.channels import Channels
from aspire_bot.state.console.answer_list import AnswerList
from aspire_bot.state.console.answer_traces import AnswerTraces
from aspire_bot.state.console.audit import AuditLog
from aspire_bot.state.console.console_access import Sessions, SignInLinks
from aspire_bot.state.console.console_keys import ConsoleKeys
from aspire_bot.state.database.database import Clock, Database, open_database, utc_now
from aspire_bot.state.escalations import Escalations
from aspire_bot.state.feedback import FeedbackLog
from aspire_bot.state.gaps import Gaps
from aspire_bot.state.inbox import Inbox
from aspire_bot.state.office.clusters import Clusters
from aspire_bot.state.office.contradictions import Contradictions
from aspire_bot.state.office.dismissals import Dismissals
from aspire_bot.state.office.drafts import Drafts
from aspire_bot.state.office.offers import OfferedAnswers
from aspire_bot.state.office.page_watches import PageWatches
from aspire_bot.state.office.question_pairs import QuestionPairs
from aspire_bot.state.office.test_questions import TestQuestions
from aspire_bot.state.office.waiting_askers import WantedAnswers
from aspire_bot.state.onboarding import Onboarding
from aspire_bot.state.operations import Operations
from aspire_bot.state.retention import Retention
from aspire_bot.state.threads import Threads
from aspire_bot.state.tokens import TokenCounts
from aspire_bot.state.troubles import Troubles

__all__ = ["State", "open_state"]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """All of it, over one database."""

    database: Database
    inbox: Inbox
    threads: Threads
    answers: Answers
    feedback: FeedbackLog
    gaps: Gaps
    escalations: Escalations
    approvals: Approvals
    channels: Channels
    onboarding: Onboarding
    operations: Operations
    troubles: Troubles
    retention: Retention
    tokens: TokenCounts
    wanted: WantedAnswers
    offers: OfferedAnswers
    drafts: Drafts
    clusters: Clusters
    question_pairs: QuestionPairs
    test_questions: TestQuestions
    contradictions: Contradictions
    dismissals: Dismissals
    page_watches: PageWatches
    answer_list: AnswerList
    traces: AnswerTraces
    audit: AuditLog
    console_keys: ConsoleKeys
    sign_in_links: SignInLinks
    sessions: Sessions

    def close(self) -> None:
        """Close the database."""
        self.database.close()


def open_state(place: str | Path, *, lease_s: float = 60, clock: Clock = utc_now) -> State:
    """Open the state in a SQLite file (a path) or a PostgreSQL database (a URL).

    Raises:
        ConfigError: it cannot be opened or written, or was made by a newer version.
    """
    database = open_database(place, clock=clock)
    return State(
        database=database,
        inbox=Inbox(database, lease_s=lease_s),
        threads=Threads(database),
        answers=Answers(database),
        feedback=FeedbackLog(database),
        gaps=Gaps(database),
        escalations=Escalations(database),
        approvals=Approvals(database),
        channels=Channels(database),
        onboarding=Onboarding(database),
        operations=Operations(database),
        troubles=Troubles(database),
        retention=Retention(database),
        tokens=TokenCounts(database),
        wanted=WantedAnswers(database),
        offers=OfferedAnswers(database),
        drafts=Drafts(database),
        clusters=Clusters(database),
        question_pairs=QuestionPairs(database),
        test_questions=TestQuestions(database),
        contradictions=Contradictions(database),
        dismissals=Dismissals(database),
        page_watches=PageWatches(database),
        answer_list=AnswerList(database),
        traces=AnswerTraces(database),
        audit=AuditLog(database),
        console_keys=ConsoleKeys(database),
        sign_in_links=SignInLinks(database),
        sessions=Sessions(database),
    )

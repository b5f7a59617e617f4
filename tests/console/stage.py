"""A console that runs in a thread over a real index and a real state."""

import atexit
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from tests.http_served import http_served
from tests.local_slack.answers import ENGLISH_ANSWER
from tests.new_state import new_state
from tests.small_index import DOCUMENTS, EMBEDDER, NoChroma, document, publish
from tests.unit.bot.state.made import gap, posted

from aspire_bot.answering.approved.sameness import PairJudge
from aspire_bot.answering.types import Answer, Question
from aspire_bot.console.access.guard import Guard
from aspire_bot.console.access.rates import RateLimit
from aspire_bot.console.app import build_console
from aspire_bot.console.groups import ByMeaning
from aspire_bot.console.mount import Mounted
from aspire_bot.console.originals import Pictures
from aspire_bot.console.pages.document_settings import MAX_UPLOAD_BYTES
from aspire_bot.console.parts import ConsoleOptions, ConsoleParts
from aspire_bot.office.cluster_book import ClusterBook, QuestionEmbedder
from aspire_bot.page_links import PageLinks
from aspire_bot.slack.curating.ports import Curator
from aspire_bot.slack.platform.http import HealthChecks, HttpServer, body_limit
from aspire_bot.slack.platform.sign_in import SlackSignIn
from aspire_bot.slack.staff.kept_questions import KeptQuestions
from aspire_bot.state import State, open_state
from aspire_bot.state.approvals import ApprovedAnswer
from aspire_bot.state.console.answer_traces import AnswerTrace, ReadPassage
from aspire_bot.state.console.console_access import Person
from aspire_bot.state.database.database import utc_now
from aspire_bot.state.database.kept_values import WhileUnchanged
from aspire_bot.state.office.drafts import Draft
from aspire_bot.state.sources import CitedSource
from aspire_ingest.index import DocumentInfo
from aspire_ingest.index.open_index import CurrentIndex

SATO = Person(team="T1", user="U3", name="佐藤 <b>花子</b>", language="en")
EVIL = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
HOSTILE = document(
    "evil/../<id>",
    f"# {EVIL}\n\n{EVIL} is a sentence. It has a [link](javascript:alert(1)).\n",
    DocumentInfo(
        document_id="",
        source="",
        title=EVIL,
        language="en",
        url="javascript:alert(1)",
        quality=0.4,
        edition=EVIL,
    ),
)
KEY = b"k" * 32
NAMES = {"U3": SATO.name, "U4": "鈴木"}


@dataclass(slots=True)
class OneAnswer:
    """Answers alike, and keeps what it was asked."""

    asked: list[Question] = field(default_factory=list[Question])

    def answer(self, question: Question) -> Answer:
        self.asked.append(question)
        return replace(ENGLISH_ANSWER, certainty="sure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A running console."""

    parts: ConsoleParts
    answerer: OneAnswer
    port: int

    @property
    def state(self) -> State:
        return self.parts.state

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/console"

    def sign_in_path(self, person: Person = SATO) -> str:
        """The end of a link that signs somebody in, as Slack shows it."""
        return f"/sign-in/{self.state.sign_in_links.issue(person)}"


def fill(state: State) -> None:
    """Keep a little of everything, much of it hostile."""
    source = CitedSource(document_id="goals", title="Goals", published="2025-11")
    now = utc_now()
    answered = replace(
        posted("a1"), outcome="answered", sources=(source,), asked_at=now, text="Travel is covered."
    )
    silent = replace(posted("a2"), question=f"How much? {EVIL}", text=EVIL, asked_at=now)
    for one in (answered, silent):
        state.answers.add(one)
    state.traces.add(
        "a1",
        AnswerTrace(
            confidence=0.81,
            certainty="sure",
            passages=(
                ReadPassage(
                    passage_id="p1", document_id="goals", title="Goals", rank=1, score=0.71
                ),
            ),
            quotes=(("p1", "Travel is covered."),),
        ),
    )
    state.traces.add("a2", AnswerTrace(confidence=0.05, failure="too slow"))
    state.feedback.vote("a1", "U1", "down", reason="wrong", comment=EVIL)
    state.gaps.add(gap("g1", f"How much? {EVIL}", answer_id="a2"))
    state.escalations.open_for(silent, "U1", staff_channel="G1", permalink="javascript:alert(1)")
    state.drafts.add(draft("a2", text=f"So it is. [1] {EVIL}"))
    state.troubles.change({"site": f"site fails {EVIL}"}, {})
    state.approvals.add(
        ApprovedAnswer(
            approval_id="ap1",
            question=f"May I fly? {EVIL}\nCan I take a plane?",
            text=f"Yes. {EVIL}",
            language="en",
            audience="public",
            approved_by="U3",
            approved_at=now,
            team="T1",
            sources=(source,),
            valid_until=date(2099, 1, 1),
            status="published",
        )
    )


def draft(answer_id: str, **fields: str) -> Draft:
    """An answer that waits for staff."""
    made = Draft(
        answer_id=answer_id,
        team="T1",
        channel="C1",
        thread_ts="1.0",
        asker="U1",
        question=f"Is this right? {EVIL}",
        language="en",
        audience="public",
        text="So it is.",
        message={"text": "So it is.", "blocks": []},
        made_at=utc_now(),
    )
    return replace(made, **fields)  # pyright: ignore[reportArgumentType]  fields of the class


@cache
def _home() -> Path:
    """One index for all: none of these tests writes to it."""
    folder = tempfile.TemporaryDirectory(prefix="aspire-console-")
    atexit.register(folder.cleanup)
    publish(Path(folder.name), (*DOCUMENTS, HOSTILE), open_chroma=NoChroma)
    return Path(folder.name)


@contextmanager
def staged(
    folder: Path,
    *,
    options: ConsoleOptions | None = None,
    curator: Curator | None = None,
    staff: frozenset[str] = frozenset({"U3"}),
    slack_sign_in: SlackSignIn | None = None,
    guard: Guard | None = None,
    home: Path | None = None,
    originals: Path | None = None,
    embedder: QuestionEmbedder | None = None,
    judge: PairJudge | None = None,
    fill: Callable[[State], None] = fill,
) -> Generator[Stage]:
    """Serve a console on a free port until the block ends; an embedder groups questions."""
    state = open_state(new_state(folder / "state.sqlite3"))
    fill(state)
    index = CurrentIndex(home or _home(), embedder_name=EMBEDDER.name)
    answerer = OneAnswer()
    parts = ConsoleParts(
        state=state,
        open_index=index.reader,
        answerer=answerer,
        is_staff=lambda team, user: user in staff,
        staff_names=lambda team: {user: NAMES.get(user, user) for user in sorted(staff)},
        groups=ByMeaning(ClusterBook(state=state, embedder=embedder or EMBEDDER)),
        figures=WhileUnchanged(state.database),
        today=lambda: date(2026, 11, 29),
        page_links=PageLinks(url="http://127.0.0.1/console", key=KEY),
        curator=curator,
        kept_questions=KeptQuestions(state=state, judge=judge, today=lambda: date(2026, 11, 29))
        if judge
        else None,
        pictures=Pictures(originals),
        slack_sign_in=slack_sign_in,
        options=options or ConsoleOptions(),
    )
    patient = Guard(sign_ins=RateLimit(1000, 60))
    app = Mounted(
        build_console(parts, guard or patient),
        HealthChecks(lambda: None),
        parts.options.prefix,
        max_body_bytes=MAX_UPLOAD_BYTES,
    )
    server = HttpServer(app, host="127.0.0.1", port=0, max_body_bytes=body_limit(app))
    try:
        with http_served(server) as port:
            yield Stage(parts=parts, answerer=answerer, port=port)
    finally:
        index.close()
        state.close()

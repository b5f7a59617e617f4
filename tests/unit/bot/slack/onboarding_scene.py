"""Home and tour over the local Slack: the real inbox, router, store and Web API, worked by hand.

Nothing runs by itself: a test puts what happened, lets it be worked off, and looks at what stands
in Slack. A process is killed by `Killed`, which nothing catches but `work_until_killed`.
"""

import itertools
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from tests.local_slack.answers import ABSTAINED, answer, cite
from tests.local_slack.second_opinion import doubts_about
from tests.local_slack.server import LocalSlack
from tests.new_state import new_state
from tests.unit.bot.state.made import Clock

from aspire_bot.answering.ports import OnPiece
from aspire_bot.answering.types import Answer, Question, StepName
from aspire_bot.local_slack.model import Message
from aspire_bot.local_slack.workspace import BOT_TOKEN, BOT_USER
from aspire_bot.slack.answers.answer_service import Answerer, AnswerService
from aspire_bot.slack.answers.audience import Audiences
from aspire_bot.slack.jobs.router import Router
from aspire_bot.slack.jobs.task import Tour, write_task
from aspire_bot.slack.listeners.events import Joined, OpenedHome
from aspire_bot.slack.onboarding.content import Content, Guide, Step, Suggestion
from aspire_bot.slack.onboarding.home import Home
from aspire_bot.slack.onboarding.tour import Touring
from aspire_bot.slack.platform.metrics import Metrics
from aspire_bot.slack.platform.rates import RATES, Pacer, Rate
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.platform.workspaces import build_client
from aspire_bot.slack.staff.channel_rules import ChannelRules
from aspire_bot.slack.staff.permissions import Office, Staff
from aspire_bot.state import State, open_state
from aspire_bot.state.inbox import Arrival
from aspire_ingest.index.errors import IndexMissingError
from aspire_ingest.index.types import Audience, DocumentInfo, IndexManifest

CONTACT = "office@example.org"
OFFICE = Office(channel="G1", users=frozenset({"U3"}))
GUIDE = DocumentInfo(document_id="g", source="g.md", title="Guide", url="https://a.example/g")
_numbers = itertools.count(1)
AS_OF = "2026-11-21T08:00:00+09:00"


class Killed(BaseException):
    """The process is gone."""


def steps(*names: str, language: str = "en") -> tuple[Step, ...]:
    return tuple(
        Step(step_id=name, title=f"{name} {language}", questions=(f"{name} {language}?",))
        for name in names
    )


def content(*names: str) -> Content:
    """A tour in both languages, with these steps."""
    return Content(
        by_language={
            language: Guide(
                welcome=f"Welcome {language}",
                steps=steps(*names, language=language),
                closing=f"Closing {language}",
                suggested=tuple(
                    Suggestion(label=f"{n} {language}", question=f"{n} {language}?")
                    for n in range(6)
                ),
            )
            for language in ("en", "ja")
        }
    )


@dataclass(slots=True)
class Core:
    """Answers each question in its own words, but those named; has documents unless it has none."""

    unanswered: set[str] = field(default_factory=set[str])
    errors: list[Exception] = field(default_factory=list[Exception])
    library: Sequence[DocumentInfo] | None = ()
    asked: list[Question] = field(default_factory=list[Question])

    def answer(
        self,
        question: Question,
        on_step: Callable[[StepName], None] | None = None,
        on_piece: OnPiece | None = None,
    ) -> Answer:
        del on_step
        self.asked.append(question)
        if self.errors:
            raise self.errors.pop(0)
        if question.text in self.unanswered:
            return ABSTAINED
        return answer(f"Of {question.text} [1]", cite(1, GUIDE))

    def documents(self, audience: Audience) -> Sequence[DocumentInfo]:
        if self.library is None:
            raise IndexMissingError("none")
        return [d for d in self.library if audience in {d.audience, "staff"}]

    def manifest(self) -> IndexManifest:
        return IndexManifest(
            schema_version=1,
            generation=3,
            fingerprint="f",
            embedding="hashing/8",
            dimension=8,
            published_at=AS_OF,
            documents=1,
            passages=1,
            languages={},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    slack: LocalSlack
    state: State
    core: Core
    clock: Clock
    router: Router
    web: SlackWeb
    home: Home

    def work(self) -> None:
        """Work everything off, with time passing where something is to be done later."""
        for _ in range(60):
            while job := self.state.inbox.claim("test"):
                self.router.work(job)
            counts = self.state.inbox.counts()
            if not counts.waiting and not counts.working:
                return
            self.clock.pass_s(61)
        raise AssertionError("never done")

    def work_until_killed(self) -> bool:
        try:
            self.work()
        except Killed:
            self.clock.pass_s(61)
            return True
        return False

    def presses(self, value: str = "", *, user: str = "U1", is_restart: bool = False) -> None:
        """A button of the tour, or `/aspire onboarding`."""
        task = Tour(user=user, step=value, is_wanted=True, is_restart=is_restart)
        key = f"click:{next(_numbers)}"
        kept = Arrival(kind="task", key=key, team="T1", user=user, body=write_task(task))
        self.state.inbox.put(kept)

    def happens(self, event: Mapping[str, object]) -> None:
        key = f"Ev{next(_numbers)}"
        body = {"type": "event_callback", "event_id": key, "team_id": "T1", "event": event}
        self.state.inbox.put(Arrival(kind="event", key=key, team="T1", body=body))

    def joins(self, user: str = "U1", *channels: str) -> None:
        """Come into the workspace, and into channels."""
        self.happens({"type": "team_join", "user": {"id": user}})
        for channel in channels:
            self.happens({"type": "member_joined_channel", "user": user, "channel": channel})

    def messages(self, channel: str = "D1") -> list[Message]:
        """What stands in a conversation, oldest first; not what only one person sees for now."""
        found = self.slack.workspace.all_messages()
        return [m for m in found if m.channel == channel and m.ephemeral_to is None]

    def whispers(self) -> list[Message]:
        return [m for m in self.slack.workspace.all_messages() if m.ephemeral_to]

    def titles(self, channel: str = "D1") -> list[str]:
        return [m.text for m in self.messages(channel)]


def button_values(message: Message) -> dict[str, str]:
    """The values of a message's buttons, by their labels."""
    rows = [b for b in cast("list[dict[str, Any]]", message.blocks) if b["type"] == "actions"]
    return {e["text"]["text"]: e["value"] for row in rows for e in row["elements"]}


@contextmanager
def open_scene(
    folder: Path,
    *names: str,
    core: Answerer | None = None,
    content_: Content | None = None,
) -> Generator[Scene]:
    """Open it; at the end nothing that Slack would refuse may have been sent."""
    clock, own_core = Clock(), Core()
    state = open_state(new_state(folder / "state.db"), clock=clock)
    with LocalSlack(enforces_rates=False) as slack:
        client = build_client(BOT_TOKEN, slack.url)
        rates = dict.fromkeys(RATES, Rate(1000.0, 1000))
        web = SlackWeb(client, team="T1", pacer=Pacer(rates))
        staff, metrics = Staff(OFFICE), Metrics()
        audiences = Audiences(rules=ChannelRules(channels=state.channels, fixed={}), staff=staff)
        answer_service = AnswerService(
            answerer=core or own_core, state=state, staff=staff, metrics=metrics, contact=CONTACT
        )
        tour = content_ or content(*names)
        home = Home(library=own_core, audiences=audiences, content=tour, contact=CONTACT)
        touring = Touring(
            state=state,
            audiences=audiences,
            work_out=answer_service.work_out,
            content=tour,
            contact=CONTACT,
        )
        router = Router(
            inbox=state.inbox,
            web_of=lambda _team: web,
            bot_user_of=lambda _team: BOT_USER,
            events={OpenedHome: home.on_opened, Joined: touring.on_joined},
            tasks={Tour: touring.on_tour},
            metrics=metrics,
        )
        yield Scene(
            slack=slack,
            state=state,
            core=own_core,
            clock=clock,
            router=router,
            web=web,
            home=home,
        )
        assert slack.violations == []
        assert doubts_about(slack) == []
    state.close()

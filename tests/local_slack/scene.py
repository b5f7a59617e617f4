"""The bot as it runs, beside a local Slack: real Bolt, real HTTP, a scripted answering core."""

import tempfile
import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import Queue

from tests.local_slack.answers import ABSTAINED, answer
from tests.local_slack.handmade import admit, deliver
from tests.local_slack.second_opinion import doubts_about
from tests.local_slack.server import LocalSlack
from tests.local_slack.settling import settle
from tests.local_slack.socket_mode import SocketTransport
from tests.new_state import new_state

from aspire_bot.answering.ports import OnPiece, Piece
from aspire_bot.answering.types import Answer, Question, StepName
from aspire_bot.local_slack.api.methods import APP_TOKEN
from aspire_bot.local_slack.blocks.limits import message_texts
from aspire_bot.local_slack.courier import Courier, HttpTransport
from aspire_bot.local_slack.events import SIGNING_SECRET, event_body
from aspire_bot.local_slack.model import Message
from aspire_bot.local_slack.people import People, Person
from aspire_bot.local_slack.workspace import BOT_TOKEN, BOT_USER
from aspire_bot.slack.app import build_bot
from aspire_bot.slack.options import SlackAccess, SlackOptions
from aspire_bot.slack.serve import Endpoint, serve
from aspire_bot.slack.staff.permissions import Office
from aspire_bot.state import State, open_state
from aspire_ingest.index import Audience, DocumentInfo, IndexManifest, IndexMissingError
from aspire_ingest.index.embedding.hashing import HashingEmbedder
from aspire_ingest.index.reader import IndexReader

Scripted = Answer | Exception | Callable[[Question], Answer]
STEPS: tuple[StepName, ...] = ("rewrite", "retrieve", "read", "generate", "verify")
OFFICE = Office(channel="G1", users=frozenset({"U3"}))
OPTIONS = SlackOptions(office=OFFICE, contact="office@example.org")


@dataclass(slots=True)
class ScriptedCore:
    """Gives the answers it was given, in order, and keeps the questions."""

    script: Sequence[Scripted]
    library: Sequence[DocumentInfo] = ()
    questions: list[Question] = field(default_factory=list[Question])
    steps: Sequence[StepName] = STEPS
    """What is told of how far each answer is."""
    pieces: Sequence[Piece] = ()
    """What is told of each answer before it is given."""
    unanswered: frozenset[str] = frozenset()
    """Proposed questions that the index does not answer."""
    embedder: HashingEmbedder = field(default_factory=lambda: HashingEmbedder(64))
    """What unanswered questions are grouped by."""
    generation: int = 3
    """The number of the generation that this pretends to be."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(
        self,
        question: Question,
        on_step: Callable[[StepName], None] | None = None,
        on_piece: OnPiece | None = None,
    ) -> Answer:
        """Give the next answer, or raise where the script says so."""
        with self._lock:
            scripted = self.script[len(self.questions)]
            self.questions.append(question)
        for step in self.steps if on_step else ():
            if on_step:
                on_step(step)
        if isinstance(scripted, Exception):
            raise scripted
        answer = scripted(question) if callable(scripted) else scripted
        for piece in self.pieces if on_piece else ():
            if on_piece:
                on_piece(piece)
        return answer

    def answer_in_quotes(self, question: Question) -> Answer:
        """Answer surely what is proposed, beside the script, but for what is `unanswered`."""
        index_version = self.manifest().index_version
        if question.text in self.unanswered:
            return replace(ABSTAINED, index_version=index_version)
        return answer("Yes [1]", certainty="sure", question=question, index_version=index_version)

    @contextmanager
    def reader(self) -> Generator[IndexReader]:
        """Say that there is no index to look at."""
        raise IndexMissingError("the answers are scripted")
        yield  # of a generator

    def documents(self, audience: Audience) -> Sequence[DocumentInfo]:
        """Give the library, as far as the audience may see it."""
        return [d for d in self.library if audience in {d.audience, "staff"}]

    def manifest(self) -> IndexManifest:
        """Say which index this pretends to be."""
        return IndexManifest(
            schema_version=1,
            generation=self.generation,
            fingerprint="f",
            embedding="hashing/8",
            dimension=8,
            published_at="2026-11-21T08:00:00+09:00",
            documents=len(self.library),
            passages=len(self.library),
            languages={"en": len(self.library)},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A running bot and the Slack it speaks to."""

    slack: LocalSlack
    core: ScriptedCore
    state: State
    port: int
    people: People

    @property
    def alice(self) -> Person:
        """A researcher who writes English."""
        return self.people["U1"]

    @property
    def ken(self) -> Person:
        """A researcher who writes Japanese."""
        return self.people["U2"]

    @property
    def sato(self) -> Person:
        """Of the staff."""
        return self.people["U3"]

    def say(self, event: Mapping[str, object], **envelope: str) -> None:
        """Let a person say something in Slack; the bot must acknowledge it."""
        admit(self.slack, event)
        assert deliver(self.port, event_body(event, **envelope)) == 200

    def settle(self, timeout_s: float = 60) -> None:
        """Wait until nothing is left to work on."""
        settle(self.state, timeout_s=timeout_s, every_s=0.01)

    def said(self, channel: str | None = None) -> list[Message]:
        """All that the bot has said and that still stands, oldest first, once it is done."""
        self.settle()
        ours = [m for m in self.slack.workspace.all_messages() if m.user == BOT_USER]
        return [m for m in ours if channel in {None, m.channel}]

    def ask(self, event: Mapping[str, object], **envelope: str) -> Message:
        """Let a person say something, and give what the bot makes of it."""
        before = {m.ts for m in self.said()}
        self.say(event, **envelope)
        (new,) = (m for m in self.said() if m.ts not in before)
        return new


def texts_of(message: Message) -> list[str]:
    """The texts of a message's own blocks, without the plan of its steps."""
    return message_texts([b for b in message.blocks if b.get("type") not in {"plan", "task_card"}])


@contextmanager
def run_bot(
    *script: Scripted,
    slack: LocalSlack | None = None,
    state: Path | str | None = None,
    options: SlackOptions = OPTIONS,
    library: Sequence[DocumentInfo] = (),
    lease_s: float = 60,
    is_socket: bool = False,
) -> Generator[Scene]:
    """Run the bot with a script until the block ends; fail if it broke a rule of Slack's."""
    with tempfile.TemporaryDirectory() as folder, slack or LocalSlack() as local:
        core = ScriptedCore(script, library)
        place = state or Path(folder) / "state.db"
        kept = open_state(new_state(place) if isinstance(place, Path) else place, lease_s=lease_s)
        access = SlackAccess(bot_token=BOT_TOKEN, signing_secret=SIGNING_SECRET, api_url=local.url)
        bot = build_bot(core, access, kept, options)
        stop, ports = threading.Event(), Queue[int]()
        endpoint = Endpoint(
            port=0,
            signing_secret=SIGNING_SECRET,
            app_token=APP_TOKEN if is_socket else None,
            drain_s=5,
        )
        runner = threading.Thread(
            target=serve,
            args=(bot, endpoint, lambda: None),
            kwargs={"stop": stop, "on_listening": ports.put},
        )
        runner.start()
        try:
            port = ports.get(timeout=10)
            if is_socket:
                local.socket.wait_for_connection()
            way = SocketTransport(local.socket) if is_socket else HttpTransport(port)
            people = People(local, Courier(way))
            yield Scene(slack=local, core=core, state=kept, port=port, people=people)
        finally:
            stop.set()
            while is_socket and runner.is_alive():
                # Its reader sits in a read of three seconds; cut off, it returns at once.
                local.socket.disconnect(politely=False)
                runner.join(0.1)
            runner.join()
            kept.close()
        assert local.violations == []
        assert doubts_about(local) == []

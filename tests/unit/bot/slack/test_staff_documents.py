"""Documents for staff never reach a public channel, whatever people do and in which order."""

import itertools
import time
from collections import Counter
from collections.abc import Callable, Generator
from dataclasses import dataclass, field, replace
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.local_slack.answers import answer
from tests.local_slack.indoors import Indoors, run_indoors
from tests.local_slack.scene import ScriptedCore
from tests.local_slack.server import Fault

from aspire_bot.answering.ports import OnPiece, Piece
from aspire_bot.answering.types import Answer, Question, StepName
from aspire_bot.local_slack.inputs import placed_elements
from aspire_bot.local_slack.model import Channel, Message
from aspire_bot.local_slack.people import Person
from aspire_bot.local_slack.workspace import BOT_USER
from aspire_bot.slack.render import buttons
from aspire_bot.state.channels import ChannelPolicy, Mode
from aspire_bot.state.threads import ThreadKey
from aspire_ingest.index.types import Audience

STAFF, RESEARCHER = "U3", "U1"
SECRET = "SECRET"  # noqa: S105  a word to look for
Way = Literal["mention", "plain", "slash", "shortcut", "share", "again", "direct"]
WAYS: tuple[Way, ...] = ("mention", "plain", "slash", "shortcut", "share", "again", "direct")
_numbers = itertools.count(1)


class Teller(ScriptedCore):
    """A core that puts a word for staff into what it answers staff."""

    def answer(
        self,
        question: Question,
        on_step: Callable[[StepName], None] | None = None,
        on_piece: OnPiece | None = None,
    ) -> Answer:
        del on_step
        self.questions.append(question)
        told = SECRET if question.audience == "staff" else "open"
        text = f"It is {told} number {next(_numbers)}."
        if on_piece:
            on_piece(Piece(text=text))
        return answer(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that a person does, after staff may have changed the channel's rules."""

    way: Way
    is_staff: bool
    channel: int
    in_thread: bool
    rules: tuple[Audience, Mode] | None
    becomes_external: bool


ACTS = st.builds(
    Act,
    way=st.sampled_from(WAYS),
    is_staff=st.booleans(),
    channel=st.integers(0, 1),
    in_thread=st.booleans(),
    rules=st.none()
    | st.tuples(st.sampled_from(["public", "staff"]), st.sampled_from(["follow", "auto"])),
    becomes_external=st.sampled_from([False] * 9 + [True]),
)


@dataclass(slots=True)
class World:
    """Two channels of their own for one example, and what may be said there now."""

    indoors: Indoors
    teller: Teller
    channels: list[str]
    counted: Counter[str]
    for_staff: set[str] = field(default_factory=set[str])
    """Questions that were only ever answered for staff."""
    was_fine: set[str] = field(default_factory=set[str])
    """The `ts` of messages that stood where staff documents were allowed."""
    roots: dict[str, str] = field(default_factory=dict[str, str])

    def may_tell(self, channel: str) -> bool:
        """Whether all who read the channel may read documents for staff."""
        policy = self.indoors.state.channels.policy("T1", channel) or ChannelPolicy()
        is_external = self.indoors.slack.workspace.channels[channel].is_ext_shared
        return policy.audience == "staff" and not is_external

    def do(self, act: Act) -> None:
        """Let a person act, and check all that came of it."""
        channel = self.channels[act.channel]
        self._set_up(act, channel)
        who = self.indoors.people[STAFF if act.is_staff else RESEARCHER]
        self.teller.questions.clear()
        getattr(self, f"_{act.way}")(act, who, channel)
        self.indoors.settle()
        for question in self.teller.questions:
            self._check(act, channel, question)
        for each in self.channels:
            self._look(each)

    def _check(self, act: Act, channel: str, question: Question) -> None:
        self.counted[f"{act.way} {question.audience}"] += 1
        is_public = not self.may_tell(channel)
        if act.way == "direct":
            assert question.audience == ("staff" if act.is_staff else "public")
        elif act.way in {"slash", "shortcut"} and act.is_staff:
            if self.indoors.slack.workspace.channels[channel].is_ext_shared:
                assert question.audience == "public"
        elif is_public:
            assert question.audience == "public", act
        if question.audience == "public":
            told = [turn.text for turn in question.history]
            assert not [text for text in told if SECRET in text], act
            assert not self.for_staff.intersection(told), act
            self.counted["history"] += bool(told)
            self.for_staff.discard(question.text)
        else:
            self.for_staff.add(question.text)

    def _look(self, channel: str) -> None:
        """Nothing that all can read holds a word for staff, unless it stood there before."""
        for message in self.indoors.slack.workspace.messages(channel, seen_by=RESEARCHER):
            if SECRET in f"{message.blocks}{message.text}":
                assert self.may_tell(channel) or message.ts in self.was_fine, message
                self.was_fine.add(message.ts)

    def _set_up(self, act: Act, channel: str) -> None:
        state, workspace = self.indoors.state, self.indoors.slack.workspace
        if act.rules is not None:
            audience, mode = act.rules
            policy = ChannelPolicy(audience=audience, mode=mode)
            state.channels.set("T1", channel, policy, STAFF)
        if act.becomes_external:
            with self.indoors.slack.held():
                workspace.add_channel(replace(workspace.channels[channel], is_ext_shared=True))

    def _question(self) -> str:
        return f"What is the value of item {next(_numbers)}?"

    def _said(self, act: Act, who: Person, channel: str, text: str) -> None:
        root = self.roots.get(channel) if act.in_thread else None
        said = who.says(channel, text, thread_ts=root)
        self.roots.setdefault(channel, said.ts)
        if not act.in_thread:
            self.roots[channel] = said.ts

    def _mention(self, act: Act, who: Person, channel: str) -> None:
        self._said(act, who, channel, f"@bot {self._question()}")

    def _plain(self, act: Act, who: Person, channel: str) -> None:
        self._said(act, who, channel, self._question())

    def _slash(self, act: Act, who: Person, channel: str) -> None:
        del act
        who.runs("/aspire", f"ask {self._question()}", channel=channel)

    def _direct(self, act: Act, who: Person, channel: str) -> None:
        del act, channel
        who.says(who.dm, self._question())

    def _shortcut(self, act: Act, who: Person, channel: str) -> None:
        if channel not in self.roots:
            self._mention(act, who, channel)
        root = self.indoors.slack.workspace.message(channel, self.roots[channel])
        who.uses_shortcut(root, buttons.ANSWER_SHORTCUT)

    def _share(self, act: Act, who: Person, channel: str) -> None:
        self.indoors.people[who.user_id].runs("/aspire", self._question(), channel=channel)
        self.indoors.settle()
        self.for_staff.update(q.text for q in self.teller.questions if q.audience == "staff")
        self.teller.questions.clear()
        del act
        who.clicks(_with_button(who, channel, buttons.SHARE), buttons.SHARE)

    def _again(self, act: Act, who: Person, channel: str) -> None:
        self._mention(act, who, channel)
        self.indoors.settle()
        mine = [m for m in who.sees(channel) if m.user == who.user_id]
        who.edits(mine[-1], f"@bot {self._question()}")
        self.indoors.settle()
        who.clicks(_with_button(who, channel, buttons.ASK_AGAIN), buttons.ASK_AGAIN)


def _with_button(who: Person, channel: str, action: str) -> Message:
    shown = [
        message
        for message in who.sees(channel)
        if message.ephemeral_to and action in {p.action_id for p in placed_elements(message.blocks)}
    ]
    return shown[-1]


@pytest.fixture(scope="module")
def teller() -> Teller:
    return Teller(())


@pytest.fixture(scope="module")
def indoors(teller: Teller, tmp_path_factory: pytest.TempPathFactory) -> Generator[Indoors]:
    with run_indoors(teller, tmp_path_factory.mktemp("staff") / "state.db") as running:
        yield running


def _new_world(indoors: Indoors, teller: Teller, counted: Counter[str]) -> World:
    names = [f"C9{next(_numbers)}" for _ in range(2)]
    members = frozenset({STAFF, RESEARCHER, BOT_USER})
    with indoors.slack.held():
        for name in names:
            indoors.slack.workspace.add_channel(
                Channel(channel_id=name, name=name.lower(), members=members)
            )
    return World(indoors=indoors, teller=teller, channels=names, counted=counted)


def test_nothing_for_staff_reaches_a_public_channel(indoors: Indoors, teller: Teller) -> None:
    counted: Counter[str] = Counter()

    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,  # what was done is counted below: chance must not leave a way out
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
    @given(st.lists(ACTS, min_size=4, max_size=10))
    def acts_in_any_order(acts: list[Act]) -> None:
        world = _new_world(indoors, teller, counted)
        for act in acts:
            world.do(act)

    acts_in_any_order()
    # What is to be kept out was there, and threads had a history.
    for way in ("mention", "slash", "shortcut", "share", "again", "direct"):
        assert counted[f"{way} staff"], counted
        assert counted[f"{way} public"], counted
    assert counted["history"], counted


def test_an_answer_worked_out_for_staff_is_not_delivered_once_the_public_reads_it(
    indoors: Indoors, teller: Teller
) -> None:
    """The rules change while Slack cannot be reached: what was kept is not what is said."""
    world = _new_world(indoors, teller, Counter())
    channel = world.channels[0]
    indoors.state.channels.set("T1", channel, ChannelPolicy(audience="staff"), STAFF)
    indoors.slack.fail_next(Fault(method="chat.stopStream", error="internal_error", status=500))
    asked = indoors.people[RESEARCHER].asks(channel, "What is the value?")
    indoors.slack.wait_for_calls("chat.startStream", 1)
    while not any(q.audience == "staff" for q in teller.questions):
        time.sleep(0.002)
    indoors.state.channels.set("T1", channel, ChannelPolicy(audience="public"), STAFF)
    indoors.settle()
    (reply,) = indoors.people[RESEARCHER].replies(asked)
    assert "It is open" in f"{reply.blocks}"
    thread = ThreadKey(team="T1", channel=channel, thread_ts=asked.ts)
    said = indoors.state.threads.turns(thread, audience="public")
    assert [turn.text for turn in said if SECRET in turn.text] == []

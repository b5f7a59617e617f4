"""Events again and again and out of order, a Slack that fails, and a bot that is killed."""

import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.local_slack.second_opinion import doubts_about
from tests.local_slack.server import Fault, LocalSlack
from tests.soak.asking import Asked, Verdict, ask_all, judge
from tests.soak.bot import BotSettings
from tests.soak.process import BotProcess

from aspire_bot.local_slack.courier import Courier
from aspire_bot.local_slack.wire import Json
from aspire_bot.state import State, open_state

# Slack tries again for half an hour; the bot is down more than it is up for the first minute.
_RETRIES_S = (0.2, 0.5, 1.0, 2.0, *(3.0,) * 20)
_METHODS = (
    *("chat.postMessage", "chat.update", "chat.startStream", "chat.stopStream"),
    *("chat.appendStream", "assistant.threads.setStatus", "conversations.replies"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StormPlan:
    """How much of what. `most_s` is the longest that an answer takes to work out."""

    events: int
    kills: int
    faults: int
    seed: int
    is_socket: bool = False
    lease_s: float = 4.0
    most_s: float = 0.3
    timeout_s: float = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StormReport:
    """What happened, and how it ended."""

    verdict: Verdict
    events: int
    deliveries: int
    faults: Counter[str]
    kills: int
    rejected: int
    """Calls over Slack's rates: a bot that is killed forgets how much it has called."""
    seconds: float
    violations: Sequence[str]
    doubts: Sequence[str]
    lost: Sequence[str]
    """Events that were never acknowledged."""

    def __str__(self) -> str:
        """Write the figures in a line, and all that was wrong."""
        wrong = [*self.violations, *self.doubts, *map("never acknowledged: {}".format, self.lost)]
        found = self.verdict
        for what, names in (
            ("unanswered", found.unanswered),
            ("answered twice", found.doubled),
            ("answered elsewhere", found.astray),
        ):
            wrong += [f"{what}: {name}" for name in names]
        figures = (
            f"{self.events} events, {self.deliveries} deliveries, {self.kills} kills, faults "
            f"{dict(self.faults)}, {self.rejected} calls over the rates; {found.apologies} "
            f"apologies, {len(found.orphans)} orphans; {self.seconds:.0f} s"
        )
        return "\n      ".join([figures, *wrong, *found.orphans])

    @property
    def is_good(self) -> bool:
        """Whether nothing was lost, said twice, or said as Slack does not take it."""
        return self.verdict.is_good and not (self.violations or self.doubts or self.lost)


@dataclass(slots=True)
class _Weather:
    """Lets Slack fail until it is over."""

    slack: LocalSlack
    plan: StormPlan
    counted: Counter[str] = field(default_factory=Counter[str])
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        chance = random.Random(f"weather {self.plan.seed}")  # noqa: S311  no secret
        while sum(self.counted.values()) < self.plan.faults and not self.over.is_set():
            self.over.wait(chance.uniform(0.02, 0.2))
            self._strike(chance)

    def _strike(self, chance: random.Random) -> None:
        kinds = ["429", "lost answer", "error 500", "slow", "expired stream"]
        kind = chance.choice([*kinds, "disconnect"] if self.plan.is_socket else kinds)
        method = chance.choice(_METHODS)
        self.counted[kind] += 1
        if kind == "429":
            limit = Fault(method=method, error="ratelimited", status=429, retry_after_s=1)
            self.slack.fail_next(limit)
        elif kind == "lost answer":
            self.slack.fail_next(Fault(method=method, drops_answer=True))
        elif kind == "error 500":
            self.slack.fail_next(Fault(method=method, error="internal_error", status=500))
        elif kind == "slow":
            self.slack.fail_next(Fault(method=method, delay_s=chance.uniform(0.1, 0.5)))
        elif kind == "expired stream":
            self.slack.expire_streams()
        else:
            self.slack.socket.disconnect(politely=chance.random() < 0.5)


def run_storm(plan: StormPlan, place: str, folder: Path) -> StormReport:
    """Run the bot over the state in `place` through a storm; its log goes to `folder`."""
    chance = random.Random(plan.seed)  # noqa: S311  no secret
    began = time.monotonic()
    with LocalSlack() as slack:
        asked = ask_all(slack, plan.events, chance)
        settings = BotSettings(
            api_url=slack.url,
            place=place,
            lease_s=plan.lease_s,
            most_s=plan.most_s,
            is_socket=plan.is_socket,
        )
        bot = BotProcess(slack, settings, folder / "bot.log")
        courier = Courier(bot.start(), retry_delays_s=_RETRIES_S)
        weather = _Weather(slack, plan)
        clouds = threading.Thread(target=weather.run)
        clouds.start()
        try:
            bodies = _with_duplicates(asked, chance)
            _deliver_and_kill(bodies, bot, courier, plan, chance)
            state = open_state(place)
            try:
                _wait(state, slack, asked, plan.timeout_s)
            finally:
                state.close()
        finally:
            weather.over.set()
            clouds.join()
            bot.kill()
        known = {str(d.body["event_id"]) for d in courier.deliveries if d.is_acknowledged}
        return StormReport(
            verdict=judge(slack, asked),
            events=len(asked),
            deliveries=sum(len(d.attempts) for d in courier.deliveries),
            faults=weather.counted,
            kills=plan.kills,
            rejected=sum(slack.rates.rejected.values()),
            seconds=time.monotonic() - began,
            violations=tuple(slack.violations),
            doubts=tuple(doubts_about(slack)),
            lost=[a.name for a in asked if a.body["event_id"] not in known],
        )


def _with_duplicates(asked: Sequence[Asked], chance: random.Random) -> list[Json]:
    """Each event, three in ten of them twice, some under another id, in random order."""
    bodies = [a.body for a in asked]
    again = chance.sample(bodies, k=round(len(bodies) * 0.3))
    for body in again:
        is_other = chance.random() < 0.3
        bodies.append({**body, "event_id": f"{body['event_id']}B"} if is_other else body)
    chance.shuffle(bodies)
    return bodies


def _deliver_and_kill(
    bodies: Sequence[Json],
    bot: BotProcess,
    courier: Courier,
    plan: StormPlan,
    chance: random.Random,
) -> None:
    pauses = [chance.expovariate(4) for _ in bodies]

    def deliver(pause_s: float, body: Json) -> None:
        time.sleep(min(1.0, pause_s))
        courier.deliver("events_api", body)

    with ThreadPoolExecutor(6) as pool:
        done = [pool.submit(deliver, p, b) for p, b in zip(pauses, bodies, strict=True)]
        for _ in range(plan.kills):
            time.sleep(chance.uniform(0.3, 3.0))
            bot.kill()
            courier.transport = bot.start()
        for each in done:
            each.result()


def _wait(state: State, slack: LocalSlack, asked: Sequence[Asked], timeout_s: float) -> None:
    """Wait until the bot has nothing left to do; what is missing then is for the judge."""
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        counts = state.inbox.counts()
        if not counts.waiting and not counts.working:
            return
        if not judge(slack, asked).unanswered:
            time.sleep(0.1)  # only what follows an answer is left
        time.sleep(0.2)

"""Many questions at once: how soon each is acknowledged and answered, and at which rate."""

import itertools
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.local_slack.second_opinion import doubts_about
from tests.local_slack.server import LocalSlack
from tests.soak.asking import Asked, Verdict, ask, direct_channels, judge, says
from tests.soak.bot import BotSettings
from tests.soak.process import BotProcess

from aspire_bot.local_slack.courier import Courier
from aspire_bot.local_slack.model import Message
from aspire_bot.local_slack.wire import objects, text_of

_POSTS = {"chat.postMessage", "chat.startStream"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BurstReport:
    """Seconds from the first event on, for each question; posts by channel."""

    verdict: Verdict
    acknowledged_s: Sequence[float]
    noticed_s: Sequence[float]
    """Until the asker saw the first sign: a stream, a placeholder, a number in the queue."""
    answered_s: Sequence[float]
    told_to_wait: int
    rejected: int
    violations: Sequence[str]
    doubts: Sequence[str]
    closest_posts_s: float
    """Between six posts that follow one another in a channel: Slack takes five at once."""

    def __str__(self) -> str:
        """Write the figures in a line."""
        return (
            f"acknowledged {_spread(self.acknowledged_s)}; first sign {_spread(self.noticed_s)}; "
            f"answered {_spread(self.answered_s)}; told their number {self.told_to_wait}; "
            f"rejected calls {self.rejected}; orphans {len(self.verdict.orphans)}"
        )

    @property
    def is_good(self) -> bool:
        """Whether all were answered, once each, and Slack refused nothing."""
        return self.verdict.is_good and not (self.rejected or self.violations or self.doubts)


def run_burst(
    count: int,
    place: str,
    folder: Path,
    *,
    is_one_channel: bool = False,
    is_socket: bool = False,
    most_s: float = 0.1,
    timeout_s: float = 120.0,
) -> BurstReport:
    """Ask `count` questions at the same moment, in so many direct conversations or in a channel."""
    with LocalSlack() as slack:
        channels = ["C1"] * count if is_one_channel else direct_channels(slack, count)
        asked = [ask(slack, channel, n) for n, channel in enumerate(channels)]
        settings = BotSettings(
            api_url=slack.url, place=place, lease_s=60, most_s=most_s, is_socket=is_socket
        )
        bot = BotProcess(slack, settings, folder / "bot.log")
        courier = Courier(bot.start(), retry_delays_s=())
        with slack.feed.subscribe() as changes:
            began = time.monotonic()
            try:
                with ThreadPoolExecutor(count) as pool:
                    for each in asked:
                        pool.submit(courier.deliver, "events_api", each.body)
                    noticed, answered, told = _watch(slack, asked, began + timeout_s)
            finally:
                bot.stop()
        assert not changes.has_gap
        return BurstReport(
            verdict=judge(slack, asked),
            acknowledged_s=[d.ack_s for d in courier.deliveries],
            noticed_s=[at - began for at in noticed.values()],
            answered_s=[at - began for at in answered.values()],
            told_to_wait=len(told),
            rejected=sum(slack.rates.rejected.values()) + len(courier.late()),
            violations=tuple(slack.violations),
            doubts=tuple(doubts_about(slack)),
            closest_posts_s=_closest(slack),
        )


def _watch(
    slack: LocalSlack, asked: Sequence[Asked], until: float
) -> tuple[dict[str, float], dict[str, float], set[str]]:
    """When each thread saw a first sign, and its answer; and who was told a number."""
    noticed: dict[str, float] = {}
    answered: dict[str, float] = {}
    told: set[str] = set()
    names = {(a.channel, a.thread_ts): a.name for a in asked}
    while len(answered) < len(asked) and time.monotonic() < until:
        with slack.held():
            said = [m for m in slack.workspace.all_messages() if m.bot_id]
        now = time.monotonic()
        for message in said:
            name = names[message.channel, message.thread]
            noticed.setdefault(name, now)
            if _tells_number(message):
                told.add(name)
            if says(message, name):
                answered.setdefault(name, now)
        time.sleep(0.05)
    return noticed, answered, told


def _tells_number(message: Message) -> bool:
    shown = objects(message.blocks)
    return bool(shown) and "in the queue" in text_of(shown[0].get("text"))


def _closest(slack: LocalSlack) -> float:
    """The shortest time in which six posts followed one another in a channel."""
    posts: dict[str, list[float]] = {}
    for call in slack.calls:
        if call.method in _POSTS:
            posts.setdefault(str(call.arguments.get("channel")), []).append(call.at_s)
    spans = (
        later - earlier
        for times in posts.values()
        for earlier, later in zip(times, itertools.islice(times, 5, None), strict=False)
    )
    return min(spans, default=float("inf"))


def _spread(seconds: Sequence[float]) -> str:
    if not seconds:
        return "never"
    return f"p50 {median(seconds):.2f} s, last {max(seconds):.2f} s"

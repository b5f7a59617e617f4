from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from aspire_bot.local_slack.api.rates import TIER_2, TIER_3, TIER_4
from aspire_bot.local_slack.api.rates import Rate as SlackRate
from aspire_bot.slack.platform.rates import RATES, Act, Pacer, Rate


class Clock:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_a_rest_is_followed_by_a_burst_and_then_by_the_rate() -> None:
    clock = Clock()
    pacer = Pacer({"post": Rate(2.0, 3)}, clock)
    waits = [pacer.reserve("post", "C1", max_wait_s=9) for _ in range(5)]
    assert waits == [0, 0, 0, 0.5, 1.0]
    assert pacer.wait_s("post", "C1") == 1.5
    assert pacer.wait_s("post", "C2") == 0
    clock.now_s = 60.0
    assert [pacer.reserve("post", "C1") for _ in range(4)] == [0, 0, 0, None]


def test_what_would_wait_too_long_takes_no_place() -> None:
    pacer = Pacer({"post": Rate(1.0, 1)}, Clock())
    assert pacer.reserve("post", "C1") == 0
    for _ in range(5):
        assert pacer.reserve("post", "C1", max_wait_s=0.9) is None
    assert pacer.reserve("post", "C1", max_wait_s=1.0) == 1.0


def test_several_calls_are_reserved_together_or_not_at_all() -> None:
    pacer = Pacer({"start": Rate(0.1, 2), "stop": Rate(0.1, 2), "post": Rate(1.0, 1)}, Clock())
    needed: list[tuple[Act, str]] = [("start", "T1"), ("stop", "T1"), ("post", "C1")]
    assert pacer.reserve_now(needed)
    assert not pacer.reserve_now(needed)  # the channel has no room
    assert pacer.reserve_now((("start", "T1"), ("stop", "T1"), ("post", "C2")))
    assert not pacer.reserve_now((("start", "T1"), ("stop", "T1"), ("post", "C3")))
    assert pacer.wait_s("post", "C3") == 0


def test_many_channels_are_not_kept_for_ever() -> None:
    clock = Clock()
    pacer = Pacer({"post": Rate(1.0, 1)}, clock)
    for n in range(30_000):
        clock.now_s += 0.001
        pacer.reserve("post", f"C{n}")
    assert len(vars(pacer)["_levels"]) <= 10_001


@given(st.lists(st.tuples(st.floats(0, 40), st.integers(1, 12)), max_size=40))
def test_no_minute_holds_more_than_slack_takes(arrivals: Sequence[tuple[float, int]]) -> None:
    clock = Clock()
    pacer = Pacer(RATES, clock)
    tiers: dict[Act, SlackRate] = {"start": TIER_2, "update": TIER_3, "append": TIER_4}
    for act, tier in tiers.items():
        made: list[float] = []
        clock.now_s = 0.0
        for pause_s, count in arrivals:
            clock.now_s += pause_s
            for _ in range(count):
                wait_s = pacer.reserve(act, f"T {act}", max_wait_s=20)
                if wait_s is not None:
                    made.append(clock.now_s + wait_s)
        for at in made:
            assert sum(at - 60 < other <= at for other in made) <= tier.most, act


@given(st.lists(st.floats(0, 3), max_size=60))
def test_posts_in_a_channel_are_a_second_apart(pauses: Sequence[float]) -> None:
    clock = Clock()
    pacer = Pacer(RATES, clock)
    made: list[float] = []
    for pause_s in pauses:
        clock.now_s += pause_s
        wait_s = pacer.reserve("post", "C1", max_wait_s=20)
        if wait_s is not None:
            made.append(clock.now_s + wait_s)
    assert all(later - earlier > 0.999 for earlier, later in pairwise(made))

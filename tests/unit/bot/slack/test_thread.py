import threading

from aspire_bot.answering.types import Turn
from aspire_bot.slack.incoming import Incoming, ThreadKey
from aspire_bot.slack.thread import MemorySeenEvents, MemoryThreads


def _key(number: int) -> ThreadKey:
    return ThreadKey(team="T", channel="C", thread_ts=str(number))


def _incoming(event_id: str, ts: str, channel: str = "C") -> Incoming:
    thread = ThreadKey(team="T", channel=channel, thread_ts=ts)
    return Incoming(event_id=event_id, ts=ts, thread=thread, text="?")


def _turn(text: str) -> Turn:
    return Turn(role="user", text=text)


def test_threads_keep_their_latest_turns_and_apart() -> None:
    memory = MemoryThreads(max_turns=3)
    memory.remember(_key(1), _turn("a"), _turn("b"))
    memory.remember(_key(1), _turn("c"), _turn("d"))
    memory.remember(_key(2), _turn("x"))
    assert [turn.text for turn in memory.turns(_key(1))] == ["b", "c", "d"]
    assert [turn.text for turn in memory.turns(_key(2))] == ["x"]
    assert memory.turns(_key(3)) == ()


def test_the_thread_used_longest_ago_is_forgotten_first() -> None:
    memory = MemoryThreads(max_threads=2)
    for number in (1, 2, 1, 3):
        memory.remember(_key(number), _turn("t"))
    assert [bool(memory.turns(_key(number))) for number in (1, 2, 3)] == [True, False, True]


def test_an_event_is_claimed_once_by_id_and_by_message() -> None:
    seen = MemorySeenEvents()
    assert seen.claim(_incoming("E1", "1"))
    assert not seen.claim(_incoming("E1", "1"))
    assert not seen.claim(_incoming("E2", "1"))
    assert not seen.claim(_incoming("E1", "2"))
    assert seen.claim(_incoming("E3", "1", channel="D"))


def test_of_concurrent_claims_one_succeeds() -> None:
    seen, start = MemorySeenEvents(), threading.Barrier(8)
    won: list[bool] = []

    def claim() -> None:
        start.wait()
        won.append(seen.claim(_incoming("E1", "1")))

    threads = [threading.Thread(target=claim) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 7 + [True]


def test_seen_events_are_bounded() -> None:
    seen = MemorySeenEvents(max_events=2)
    for number in range(3):
        assert seen.claim(_incoming(f"E{number}", str(number)))
    assert not seen.claim(_incoming("E2", "2"))
    assert seen.claim(_incoming("E0", "0"))

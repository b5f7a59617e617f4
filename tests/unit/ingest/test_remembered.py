"""What was read last is not read again, and no more is kept than said."""

import threading
from collections.abc import Mapping

from aspire_ingest.index.lru import Remembered


class Shelf:
    """Gives each letter's capital, and keeps what it was asked for."""

    def __init__(self) -> None:
        """Nobody asked yet."""
        self.asked: list[list[str]] = []

    def read(self, keys: list[str]) -> Mapping[str, str]:
        self.asked.append(keys)
        return {key: key.upper() for key in keys if key.isalpha()}


def test_only_what_is_missing_is_read_and_all_at_once() -> None:
    shelf, kept = Shelf(), Remembered[str, str](10)
    assert kept.take(["a", "b", "a"], shelf.read) == {"a": "A", "b": "B"}
    assert kept.take(["b", "c"], shelf.read) == {"b": "B", "c": "C"}
    assert kept.take(["c", "a"], shelf.read) == {"c": "C", "a": "A"}
    assert shelf.asked == [["a", "b"], ["c"]]


def test_what_cannot_be_read_is_missing_and_asked_for_again() -> None:
    shelf, kept = Shelf(), Remembered[str, str](10)
    assert kept.take(["a", "7"], shelf.read) == {"a": "A"}
    assert kept.take(["7"], shelf.read) == {}
    assert shelf.asked == [["a", "7"], ["7"]]


def test_the_longest_unused_is_forgotten_first() -> None:
    shelf, kept = Shelf(), Remembered[str, str](2)
    kept.take(["a", "b"], shelf.read)
    kept.take(["a"], shelf.read)
    kept.take(["c"], shelf.read)
    shelf.asked.clear()
    kept.take(["a", "c"], shelf.read)
    assert shelf.asked == []
    assert kept.take("b", shelf.read) == {"b": "B"}
    assert shelf.asked == [["b"]]


def test_more_than_is_kept_comes_all_the_same() -> None:
    shelf, kept = Shelf(), Remembered[str, str](2)
    assert kept.take("abcde", shelf.read) == {c: c.upper() for c in "abcde"}


def test_threads_get_what_they_ask_for() -> None:
    kept, wrong = Remembered[int, int](5), list[int]()

    def ask(start: int) -> None:
        for turn in range(300):
            keys = [(start + turn + step) % 12 for step in range(4)]
            found = kept.take(keys, lambda missing: {key: key * key for key in missing})
            if found != {key: key * key for key in keys}:
                wrong.append(turn)

    threads = [threading.Thread(target=ask, args=(start,)) for start in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong

"""A reader that reads nothing twice."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aspire_bot.answering.reader.encode import ReaderText
from aspire_bot.answering.reader.types import Reading
from aspire_training.asked import Remembering


@dataclass
class _Counting:
    """Says how long each text is, and keeps what it read."""

    read_texts: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def read(self, question: ReaderText, passages: Sequence[ReaderText]) -> Sequence[Reading]:
        self.read_texts += [(question.text, one.text) for one in passages]
        return [Reading(sentences=(), passage=float(len(one.text))) for one in passages]


def test_each_text_is_read_once_for_each_question_also_in_the_next_run(tmp_path: Path) -> None:
    inner, path = _Counting(), tmp_path / "readings.pickle"
    reader = Remembering(inner, path)
    fee, rent = ReaderText(text="fee?"), ReaderText(text="rent?")
    a, bb, ccc = (ReaderText(text=text) for text in ("a", "bb", "ccc"))
    assert [one.passage for one in reader.read(fee, [a, bb, a])] == [1.0, 2.0, 1.0]
    assert [one.passage for one in reader.read(fee, [ccc, bb])] == [3.0, 2.0]
    reader.read(rent, [a])
    asked = [("fee?", "a"), ("fee?", "bb"), ("fee?", "ccc"), ("rent?", "a")]
    assert inner.read_texts == asked
    reader.keep()
    later = Remembering(inner, path)
    assert [one.passage for one in later.read(fee, [ccc, a])] == [3.0, 1.0]
    assert inner.read_texts == asked

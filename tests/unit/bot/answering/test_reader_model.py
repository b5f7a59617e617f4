"""The shipped reader, run by onnxruntime as users run it."""

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from aspire_bot.answering.reader import weights as shipped
from aspire_bot.answering.reader.encode import ReaderText, question_text
from aspire_bot.answering.reader.joint import load_first_layers, open_lower_layers
from aspire_bot.answering.reader.model import Reader, load_reader, open_reader
from aspire_bot.answering.reader.weights import (
    READER_FROZEN_LAYERS,
    ReaderError,
    shipped_weights,
    with_since,
)
from aspire_bot.settings import Settings

_SAID = (
    "The meeting took place in Kyoto on 4 March 2025.",
    "Lunch was served at noon.",
    "Dr. Akiko Mori moderated the discussion.",
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader(Settings().cache)


def _passage(*sentences: str) -> ReaderText:
    text, spans = "passage: Report", list[tuple[int, int]]()
    for sentence in sentences:
        spans.append((len(text) + 1, len(text) + 1 + len(sentence)))
        text += "\n" + sentence
    return ReaderText(text=text, spans=tuple(spans))


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("Where was the meeting held?", 0),
        ("Who moderated the discussion?", 2),
        ("会議はどこで開かれましたか", 0),
    ],
)
def test_the_sentence_that_answers_scores_best(reader: Reader, question: str, best: int) -> None:
    (reading,) = reader.read(question_text(question), [_passage(*_SAID)])
    assert max(range(3), key=lambda at: reading.sentences[at]) == best


def test_a_passage_that_answers_scores_above_one_that_does_not(reader: Reader) -> None:
    asked = question_text("Who moderated the discussion?")
    other = _passage("Grants are paid in yearly parts.", "Reports are due in May.")
    right, wrong = reader.read(asked, [_passage(*_SAID), other])
    assert right.passage > wrong.passage
    assert max(right.sentences) > max(wrong.sentences)


def test_what_is_said_of_a_passage_depends_on_no_other_and_on_no_thread(reader: Reader) -> None:
    asked = question_text("Where was the meeting held?")
    passages = [_passage(*_SAID), _passage("Short."), _passage(*_SAID * 4)]
    together = reader.read(asked, passages)
    # another one, which remembers nothing
    other = open_reader(Settings().cache, shipped_weights(), shipped.VERSION)
    alone = tuple(other.read(asked, [one], threads=1)[0] for one in passages)
    assert together == alone


def test_a_question_that_is_asked_again_is_not_read_again(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, passage = question_text("Who served lunch, and when?"), _passage(*_SAID)
    first = reader.read(asked, [passage])

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(reader, "_read_together", never)
    assert reader.read(asked, [passage]) == first


def test_what_was_read_for_a_question_is_not_read_for_another(reader: Reader) -> None:
    first, second = map(question_text, ("Where was the meeting?", "Who moderated it?"))
    passage = _passage(*_SAID)
    said = [reader.read(asked, [passage])[0] for asked in (first, second, first)]
    assert said[0] == said[2] != said[1]


def test_a_text_of_any_length_is_read(reader: Reader) -> None:
    asked = question_text("why " * 900, ["before " * 900] * 9)
    long = _passage(*["Grants are paid in yearly parts and in no other way."] * 90)
    empty = ReaderText(text="passage: ", spans=((9, 9),))
    first, second, third = reader.read(asked, [long, empty, ReaderText(text="")])
    assert len(first.sentences) == 90  # those beyond the end of what is read too
    assert len(second.sentences) == 1
    assert third.sentences == ()


@pytest.mark.parametrize(("across", "is_looked_at"), [(-50.0, False), (0.0, True)])
def test_one_text_is_read_in_the_light_of_the_other_as_far_as_was_learnt(
    tmp_path: Path, across: float, *, is_looked_at: bool
) -> None:
    weights = shipped_weights()
    learnt = np.full_like(weights.floats("across"), across)
    given = replace(weights, numbers={**weights.numbers, "across": learnt})
    lower = open_lower_layers(tmp_path, given, "given")
    first_layers = load_first_layers(Settings().cache, READER_FROZEN_LAYERS)
    meeting, money, passage = (
        first_layers.read(text, 90)
        for text in (question_text("Who met?"), question_text("いくらですか"), _passage(*_SAID))
    )
    beside_meeting, beside_money = (
        lower.run(asked, passage)[1].states for asked in (meeting, money)
    )
    assert beside_meeting.shape == passage.states.shape
    changed = np.abs(beside_meeting - beside_money).mean() / np.abs(beside_meeting).mean()
    # whole numbers are scaled by what is read beside, too: closed is not quite the same
    assert bool(changed > 0.15) is is_looked_at


@pytest.mark.parametrize("name", [shipped.WEIGHTS_FILE, shipped.SINCE_FILE])
def test_damaged_weights_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    own = Path(str(files("aspire_bot.answering.reader")))
    for one in (shipped.WEIGHTS_FILE, shipped.SINCE_FILE):
        (tmp_path / one).symlink_to(own / one)

    def folder(_: str) -> Path:
        return tmp_path

    monkeypatch.setattr(shipped, "files", folder)
    assert shipped_weights().shape.layers > 0
    (tmp_path / name).unlink()
    with pytest.raises(ReaderError, match=f"{name} is missing"):
        shipped_weights()
    (tmp_path / name).write_bytes(b"damaged")
    with pytest.raises(ReaderError, match=f"{name} is damaged"):
        shipped_weights()


def test_what_was_learnt_since_is_added_to_whole_numbers_and_stands_in_place_of_others() -> None:
    first = {
        "l4.q.w": np.array([[1, -2], [63, 0]], np.int8),
        "l4.q.b": np.array([0.5, 0.25], np.float32),
        "l4.q.scale": np.array([0.1, 0.2], np.float32),
    }
    since = {
        "l4.q.w": np.array([[0, 1], [-3, 0]], np.int8),
        "l4.q.b": np.array([0.75, 0.0], np.float32),
    }
    both = with_since(first, since)
    assert both["l4.q.w"].tolist() == [[1, -1], [60, 0]]
    assert both["l4.q.b"].tolist() == [0.75, 0.0]
    assert both["l4.q.scale"] is first["l4.q.scale"]

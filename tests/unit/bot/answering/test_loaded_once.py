"""A model is opened once for a folder, and again only where that failed."""

from pathlib import Path

import pytest

from aspire_bot.answering.reader.load_once import LoadedOnce


def test_a_model_is_opened_once_for_each_folder() -> None:
    opened: list[Path] = []

    def open_model(folder: Path) -> list[Path]:
        opened.append(folder)
        return [folder]

    load = LoadedOnce(open_model)
    one, other = Path("one"), Path("other")
    assert load(one) is load(one)
    assert load(other) == [other]
    assert opened == [one, other]


def test_what_failed_is_tried_again() -> None:
    answers = iter([OSError("no room"), "model"])

    def open_model(_: Path) -> str:
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        return answer

    load = LoadedOnce(open_model)
    with pytest.raises(OSError, match="no room"):
        load(Path())
    assert load(Path()) == "model"

"""Documents of nearly the same text."""

import random

import pytest

from aspire_ingest.report.likeness import LEAST_LIKENESS, alike, sketch


def _text(seed: int, words: int = 300) -> str:
    """Made-up words, the same each time."""
    generator = random.Random(seed)  # noqa: S311 - no secret
    letters = "abcdefghijklmnopqrstuvwxyz"
    return " ".join("".join(generator.choices(letters, k=3 + n % 8)) for n in range(words))


def _share(one: str, other: str) -> float:
    found = alike([("one", sketch(one)), ("other", sketch(other))])
    return found[0].share if found else 0.0


def test_the_same_text_is_wholly_alike_and_others_are_not() -> None:
    assert _share(_text(1), _text(1)) == 1.0
    assert _share(_text(1), _text(2)) == 0.0


def test_numbers_spaces_signs_width_and_case_do_not_count() -> None:
    one = f"Guideline of fiscal year 2025. {_text(3)}"
    other = f"GUIDELINE of fiscal   year ２０２６:\n{_text(3).upper()}!"
    assert _share(one, other) == 1.0


@pytest.mark.parametrize("changed", [6, 30])
def test_a_text_with_some_words_changed_is_found(changed: int) -> None:
    words = _text(4, 600).split()
    edited = list(words)
    for at in range(changed):  # spread over the text: each takes the runs around it
        edited[at * 600 // changed] = f"changed{chr(97 + at % 26)}word"
    share = _share(" ".join(words), " ".join(edited))
    assert LEAST_LIKENESS <= share < 1.0


def test_japanese_is_compared_too() -> None:
    sentences = [
        f"第{chr(0x4E00 + n * 7)}章は国際共同研究の{chr(0x4E10 + n * 5)}事業を定める。"
        for n in range(40)
    ]
    one, other = "".join(sentences), "".join(sentences[:38])
    assert _share(one, other) > LEAST_LIKENESS
    assert _share(one, "".join(reversed([s[::-1] for s in sentences]))) == 0.0


@pytest.mark.parametrize("text", ["", "2026 1 2 3", "short", "\ud800" * 5])
def test_of_a_short_text_nothing_is_said(text: str) -> None:
    assert alike([("one", sketch(text)), ("other", sketch(text))]) == []


def test_each_pair_is_named_once_the_most_alike_first() -> None:
    base = _text(5, 500)
    documents = {"b": base, "a": base, "c": base + " " + _text(6, 60), "d": _text(7)}
    found = alike((name, sketch(text)) for name, text in documents.items())
    assert {found[0].one, found[0].other} == {"a", "b"}
    assert len(found) == 3
    assert "d" not in {name for pair in found for name in pair[:2]}


def test_the_work_does_not_grow_with_the_square_of_equal_texts() -> None:
    found = alike((f"{number:04}", sketch(_text(8))) for number in range(1_000))
    assert 999 <= len(found) < 10_000
    assert {name for pair in found for name in pair[:2]} == {
        f"{number:04}" for number in range(1_000)
    }

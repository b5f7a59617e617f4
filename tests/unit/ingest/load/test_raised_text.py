"""Exponents, note marks and ordinals on one line."""

import pytest

from aspire_ingest.load.raised_text import Height, Run, join_runs


@pytest.mark.parametrize(
    ("before", "mark", "after", "shown"),
    [
        ("3×10", "6", " yen", "3×10^6 yen"),
        ("10", "−3", "", "10^−3"),
        ("x", "2", "", "x^2"),
        ("30 km", "2", "", "30 km^2"),
        ("500", "1", " euros", "500 (note 1) euros"),
        ("500", "1)", " euros", "500 (note 1) euros"),
        ("500", "a", "", "500 (note a)"),
        ("2010", "1", "", "2010 (note 1)"),
        ("Ceiling", "2", "", "Ceiling (note 2)"),
        ("上限額", "1", "", "上限額 (note 1)"),
        ("1", "st", " call", "1st call"),
        ("Curlew", "TM", "", "CurlewTM"),
        ("500", "*", "", "500*"),
        ("", "1", "Including tax", "(note 1) Including tax"),
        ("", "14", "C", "14C"),
    ],
)
def test_raised(before: str, mark: str, after: str, shown: str) -> None:
    assert join_runs([Run(text=before), Run(text=mark, height="raised"), Run(text=after)]) == shown


@pytest.mark.parametrize(("before", "mark", "shown"), [("CO", "2", "CO2"), ("10", "2", "10_2")])
def test_lowered(before: str, mark: str, shown: str) -> None:
    assert join_runs([Run(text=before), Run(text=mark, height="lowered")]) == shown


def test_a_mark_in_two_pieces_is_one_mark() -> None:
    heights: tuple[tuple[str, Height], ...] = (("10", "line"), ("1", "raised"), ("2", "raised"))
    assert join_runs(Run(text=text, height=height) for text, height in heights) == "10^12"

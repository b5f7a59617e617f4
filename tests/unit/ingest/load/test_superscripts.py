"""Raised and lowered text on one line, whatever the format."""

import pytest

from aspire_ingest.load.writing.superscripts import Height, Run, join_runs


@pytest.mark.parametrize(
    ("before", "mark", "after", "shown"),
    [
        ("3×10", "6", " yen", "3×10^6 yen"),
        ("10", "−3", "", "10^−3"),
        ("10", "2", " of 12", "10^2 of 12"),
        ("x", "2", "", "x^2"),
        ("x", "−n", "", "x^−n"),
        ("x", "n+1", "", "x^(n+1)"),
        ("2", "16", " bytes", "2^16 bytes"),
        ("2", "n", "", "2^n"),
        ("30 km", "2", "", "30 km^2"),
        ("9.8 m/s", "2", "", "9.8 m/s^2"),
        ("(a+b)", "2", "", "(a+b)^2"),
        ("500", "1", " euros", "500 (note 1) euros"),
        ("500", "1", "euros", "500 (note 1) euros"),
        ("500", "1)", " euros", "500 (note 1) euros"),
        ("500", "(1)", " euros", "500 (note 1) euros"),
        ("500", "[1,2]", " euros", "500 (note 1,2) euros"),
        ("500", " 1 ", "euros", "500 (note 1) euros"),
        ("500", "a", "", "500 (note a)"),
        ("500", "*1", " euros", "500 (*1) euros"),
        ("500", "note 1", " euros", "500 (note 1) euros"),
        ("at most 10", "1", " days", "at most 10 (note 1) days"),
        ("up to 5", "2", " days", "up to 5 (note 2) days"),
        ("500 yen", "2", "", "500 yen (note 2)"),
        ("Appendix A", "1", "", "Appendix A (note 1)"),
        ("2010", "1", "", "2010 (note 1)"),
        ("Ceiling", "2", "", "Ceiling (note 2)"),
        ("Ceiling (", "2", ")", "Ceiling (note 2)"),
        ("see note ", "2", ".", "see note 2."),
        ("上限額", "1", "", "上限額(注1)"),
        ("上限は500", "1", "万円", "上限は500(注1)万円"),
        ("上限は500", "※1", "万円", "上限は500(※1)万円"),
        ("上限額", "(注1)", "は", "上限額(注1)は"),
        ("上限額", "注1)", "は", "上限額(注1)は"),
        ("上限額(注", "1", ")は", "上限額(注1)は"),
        ("提出する。", "2", "次に", "提出する(注2)。次に"),
        ("All costs.", "2", " Next.", "All costs (note 2). Next."),
        ("All costs,", "2", " and", "All costs (note 2), and"),
        ("1", "st", " call", "1st call"),
        ("Curlew", "TM", "", "CurlewTM"),
        ("500", "*", "", "500*"),
        ("Ca", "2+", " ions", "Ca2+ ions"),
        ("Na", "+", "", "Na+"),
        ("", "1", "Including tax", "(note 1) Including tax"),
        ("", "1", "A grant", "(note 1) A grant"),
        ("", "14", "C", "14C"),
        ("the ", "18", "F tracer", "the 18F tracer"),
        ("Carbon", "14", "C", "Carbon (note 14) C"),
        ("over 5 km", "5", " long", "over 5 km (note 5) long"),
        ("5", "n", "", "5^n"),
        ("and so on..", "2", "", "and so on.. (note 2)"),
        ("first\n", "2", "Second", "first\n(note 2) Second"),
    ],
)
def test_raised(before: str, mark: str, after: str, shown: str) -> None:
    assert join_runs([Run(before), Run(mark, "raised"), Run(after)]) == shown


@pytest.mark.parametrize(
    ("before", "mark", "after", "shown"),
    [
        ("CO", "2", "", "CO2"),
        ("H", "2", "O", "H2O"),
        ("10", "2", "", "10_2"),
        ("log", "2", "8", "log_2 8"),
        ("x", "i", "", "x_i"),
        ("Rate", "max", " is", "Rate_max is"),
        ("率", "a", "は", "率aは"),
    ],
)
def test_lowered(before: str, mark: str, after: str, shown: str) -> None:
    assert join_runs([Run(before), Run(mark, "lowered"), Run(after)]) == shown


def test_a_mark_in_two_pieces_is_one_mark() -> None:
    heights: tuple[tuple[str, Height], ...] = (
        ("10", "line"), ("1", "raised"), ("", "line"), ("2", "raised"),
    )  # fmt: skip
    assert join_runs(Run(*run) for run in heights) == "10^12"


def test_a_mark_that_begins_a_note_elsewhere_is_a_note() -> None:
    runs = [Run("within 10"), Run("6", "raised"), Run(" days")]
    assert join_runs(runs) == "within 10^6 days"
    assert join_runs(runs, defined=frozenset({"6"})) == "within 10 (note 6) days"


@pytest.mark.parametrize(("before", "shown"), [("500", "500 (*1)."), ("A rule", "A rule*1.")])
def test_marks_of_kept_footnotes_stand_after_their_word(before: str, shown: str) -> None:
    assert join_runs([Run(before), Run("1", "reference"), Run(".")]) == shown


def test_nothing_stays_nothing() -> None:
    assert join_runs([]) == join_runs([Run("")]) == ""


def test_work_on_many_marks_is_bounded() -> None:
    shown = join_runs([Run("(a+b-" * 10), Run("1", "raised")] * 500)
    assert shown.count("note") == 500

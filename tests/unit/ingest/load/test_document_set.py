"""A part of the set of Office files, pages, texts and mail: read as their readers see them.

The whole set is measured by `make bench`; every fourth file, each that must be refused, and all of
`reported` are read here. `test_the_set_…` are about the set itself.
"""

import pytest
from tests.evals.documents import reported
from tests.evals.documents.case import DocumentCase
from tests.evals.documents.office import CASES
from tests.evals.documents.reading import read
from tests.evals.documents.scores import Outcome, Score, character_f1, median, score

SHORT = [case for number, case in enumerate(CASES) if number % 4 == 0 or not case.shown]
REPORTED = [case for case in reported.CASES if case not in SHORT]


@pytest.fixture(scope="module")
def scores() -> list[tuple[DocumentCase, Score]]:
    return [(case, score(case, read(case.make(), case.name))) for case in SHORT]


def test_the_set_is_large_and_of_all_formats() -> None:
    assert len(CASES) >= 150
    assert len({case.name for case in CASES}) == len(CASES)
    kinds = {case.kind for case in CASES}
    assert kinds == {
        "docx", "xlsx", "pptx", "html", "text", "md", "csv", "mail", "odt", "ods", "odp", "rtf",
        "epub",
    }  # fmt: skip
    assert len(SHORT) >= 25


def test_the_text_is_what_a_reader_sees(scores: list[tuple[DocumentCase, Score]]) -> None:
    shares = {case.name: found.f1 for case, found in scores if found.f1 is not None}
    assert median(list(shares.values())) >= 0.97
    assert {name: share for name, share in shares.items() if share < 0.9} == {}


def test_nothing_hidden_comes_out(scores: list[tuple[DocumentCase, Score]]) -> None:
    assert {case.name: found.leaked for case, found in scores if found.leaked} == {}


def test_every_loss_is_named(scores: list[tuple[DocumentCase, Score]]) -> None:
    assert {case.name: found.unnamed for case, found in scores if found.unnamed} == {}


@pytest.mark.parametrize("case", REPORTED, ids=lambda case: case.name)
def test_files_of_the_kinds_that_people_report_are_read_as_they_are_seen(
    case: DocumentCase,
) -> None:
    found = score(case, read(case.make(), case.name))
    assert found.f1 == 1
    assert (found.leaked, found.unnamed) == ((), ())


def test_a_measure_falls_with_each_kind_of_fault() -> None:
    seen = "Fees are 900 yen.\n甲地 2,600円 4×10⁵"
    assert character_f1(seen, "- Fees are 900 yen.\n\n| 甲地 | 2,600円 | 4×10^5 |") == 1
    assert character_f1(seen, "Fees are 900 yen.") < 0.8
    assert character_f1(seen, f"{seen}\nFees were 700 yen before that.") < 0.8
    assert character_f1("ab cd", "cd ab") == 0.5
    assert character_f1("4×10⁵", "4×105") < 1


def test_hidden_pieces_and_losses_are_looked_for() -> None:
    case = DocumentCase(
        name="x.txt", kind="text", make=bytes, shown="a", hidden=("inner remark",),
        named=("picture",),
    )  # fmt: skip
    found = score(case, Outcome(text="a inner\nremark", remarks=("lost: 1 chart",)))
    assert found.leaked == ("inner remark",)
    assert found.unnamed == ("picture",)
    assert score(case, Outcome(text="a", error="is a picture")).unnamed == ()

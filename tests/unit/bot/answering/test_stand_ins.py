"""Who is named and away is said to be away."""

from collections.abc import Sequence

import pytest
from tests.unit.bot.answering.made import evidence, info

from aspire_bot.answering.quotes.choose import Selection
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.quotes.stand_ins import with_stand_ins

PAGE = info("contacts", title="Who to contact")


def _said(row: str, *beside: str, where: object = PAGE) -> Sequence[str]:
    chosen = evidence(row, PAGE, form="row" if row.startswith("|") else "prose", passage_id="p1")
    about = PAGE if where is PAGE else info("other")
    found: list[Evidence] = [
        evidence(text, about, passage_id="p2", start=100 * number)
        for number, text in enumerate(beside)
    ]
    selection = Selection(evidence=(chosen,))
    return [one.text for one in with_stand_ins(selection, [chosen, *found]).evidence][1:]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("| Ann Abel | Budgets |", "Until May Ann Abel is on parental leave."),
        ("| Ann Abel | Budgets |", "Bo Berg stands in for Ann Abel this spring."),
        ("Budgets are with Ann Abel.", "Ann Abel has left; write to Bo Berg."),
        ("| 相川 春子 | 契約 |", "相川さんは育休中のため、石田が代行します。"),
        ("| 相川春子 | 契約 |", "3月末まで相川春子は不在です。"),
    ],
)
def test_the_sentence_that_says_who_is_away_is_added(row: str, sentence: str) -> None:
    assert _said(row, "Write in English.", sentence) == [sentence]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("| Ann Abel | Budgets |", "Bo Berg is on leave."),  # somebody else
        ("| Ann Abel | Budgets |", "Ann Abel works from Monday to Thursday."),  # is there
        ("| Budgets | Ann Abel |", "Ann Abel is on leave."),  # the row is of a thing
        ("| 相川春子 | 契約 |", "石田さんは育休中です。"),
        ("| 契約 | 相川春子 |", "契約の後任は未定です。"),
    ],
)
def test_nothing_else_is_added(row: str, sentence: str) -> None:
    assert _said(row, sentence) == []


def test_what_another_document_says_is_not_added() -> None:
    sentence = "Until May Ann Abel is on leave."
    assert _said("| Ann Abel | Budgets |", sentence, where=None) == []


def test_what_is_said_already_is_not_said_twice() -> None:
    away = evidence("Ann Abel is on leave; Bo Berg takes over.", PAGE, passage_id="p1", start=50)
    row = evidence("| Ann Abel | Budgets |", PAGE, form="row", passage_id="p1")
    selection = Selection(evidence=(row, away))
    assert with_stand_ins(selection, [row, away]) == selection


@pytest.mark.parametrize(
    "sentence",
    [
        *(
            "Ann Abel is on leave.",
            "Ann Abel is away.",
            "Ann Abel is absent.",
            "Ann Abel is abroad.",
        ),
        *("Ann Abel is replaced by Bo Berg.", "Bo Berg takes over from Ann Abel."),
        *("Bo Berg is taking over from Ann Abel.", "Bo Berg stands in for Ann Abel."),
        *("Bo Berg is standing in for Ann Abel.", "Bo Berg deputises for Ann Abel."),
        *("Bo Berg is deputizing for Ann Abel.", "Bo Berg succeeds Ann Abel."),
        *("Bo Berg succeeded Ann Abel.", "Ann Abel is no longer here.", "Ann Abel has left."),
        *(
            "Ann Abel has retired.",
            "Ann Abel has moved.",
            "Ann Abel travels; in her absence ask Bo.",
        ),
        "Ann Abel travels; write to Bo in her place.",
    ],
)
def test_who_is_away_is_known_by_any_of_these_words(sentence: str) -> None:
    assert _said("| Ann Abel | Budgets |", sentence) == [sentence]


@pytest.mark.parametrize(
    "words",
    [
        "休職中です",
        "休暇中です",
        "休業中です",
        "産休中です",
        "育休中です",
        "不在です",
        "の代理は石田です",
        "の業務は石田が代行します",
        "の後任は石田です",
        "は退職しました",
        "は異動しました",
        "の業務は石田が引き継ぎます",
    ],
)
def test_who_is_away_is_known_in_japanese(words: str) -> None:
    assert _said("| 相川春子 | 契約 |", f"相川春子{words}。") == [f"相川春子{words}。"]


@pytest.mark.parametrize(
    "called", ["さん", "氏", "様", "先生", "教授", "課長", "係長", "部長", "室長", "主任", "主査"]
)
def test_a_family_name_counts_where_somebody_is_called_so(called: str) -> None:
    assert _said("| 相川春子 | 契約 |", f"相川{called}は不在です。") == [
        f"相川{called}は不在です。"
    ]
    assert _said("| 相川春子 | 契約 |", "相川町の窓口は不在です。") == []

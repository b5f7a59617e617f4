"""Several things asked in one message: those about time come apart from those of documents."""

from datetime import date

import pytest

from aspire_bot.answering.message.time_asked import groups_by_way

TODAY = date(2031, 6, 2)


def apart(*asks: str) -> list[tuple[tuple[str, ...], bool]]:
    return [(one.asks, one.when is not None) for one in groups_by_way(asks, (), TODAY)]


@pytest.mark.parametrize(
    "asks",
    [
        ("Which calls are open now?", "how do I apply?"),
        ("今応募できる公募は?", "提出の方法は?"),
        ("What closes in July?", "who signs the form?"),
    ],
)
def test_time_first_then_documents(asks: tuple[str, ...]) -> None:
    assert apart(*asks) == [((asks[0],), True), ((asks[1],), False)]


@pytest.mark.parametrize(
    "asks",
    [
        ("Who can apply", "which calls are open now?"),
        ("応募できる人は?", "今開いている公募は?"),
        ("What is the ceiling", "what deadlines are coming up?"),
        ("Who chairs it", "which meetings took place in May 2031?"),
    ],
)
def test_documents_first_then_time(asks: tuple[str, ...]) -> None:
    assert apart(*asks) == [((asks[0],), False), ((asks[1],), True)]


def test_what_joins_is_no_part_of_a_question_about_time() -> None:
    assert apart("Who can apply?", "and also which calls are open now?")[1][0] == (
        "which calls are open now?",
    )
    assert apart("応募できる人は?", "それと、今応募できる公募は?")[1][0] == ("今応募できる公募は?",)


@pytest.mark.parametrize(
    "asks",
    [
        ("Who can apply for the Larch grant", "when is the deadline?"),
        ("What is the Larch call", "is it still open?"),
        ("How big is the Larch school", "until when can I apply?"),
        ("How much does Larch pay", "can I still apply?"),
        ("唐松公募の上限は", "いつまでに応募すればいい？"),
        ("唐松公募の上限額は?", "締切は?"),
        ("How much is paid", "who decides?"),
    ],
)
def test_what_leans_on_the_question_before_it_stays_with_it(asks: tuple[str, ...]) -> None:
    assert apart(*asks) == [(asks, False)]


def test_neighbours_of_one_way_stay_together_in_their_order() -> None:
    asks = ("How much is paid", "who decides", "what deadlines are coming up?", "who signs?")
    assert apart(*asks) == [(asks[:2], False), (asks[2:3], True), (asks[3:], False)]

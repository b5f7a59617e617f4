"""Which sentences are said, out of ranked ones."""

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.bot.answering.made import evidence, in_one_passage, info, query, query_term

from aspire_bot.answering.linear import LinearModel
from aspire_bot.answering.quotes.calibration import Rule
from aspire_bot.answering.quotes.choose import select
from aspire_bot.answering.quotes.evidence import Evidence

OTHER = info("handbook", url="https://example.org/handbook")
_SENTENCES = (
    "Travel of students is paid.",
    "Lodging follows national rules.",
    "Equipment becomes property of universities.",
    "Reports arrive every spring.",
    "Patents belong to inventors.",
)


RULE = Rule(adding=LinearModel(weights={"score": 10.0, "gap": -11.0}), add_from=0.5)


def _said(*ranked: Evidence) -> list[str]:
    asked = query("What is paid?", query_term("paid"), query_term("travel"))
    return [one.text for one in select(asked, ranked, RULE).evidence]


def _ranked(*scores: float) -> list[Evidence]:
    return [
        evidence(text, score=score, start=number * 100, measured={"is_current": 1.0})
        for number, (text, score) in enumerate(zip(_SENTENCES, scores, strict=False))
    ]


def test_nothing_from_nothing() -> None:
    assert select(query(), (), RULE).evidence == ()


def test_the_best_sentence_is_said_and_no_more_than_four() -> None:
    said = _said(*_ranked(5.0, 4.9, 4.8, 4.7, 4.6))
    assert _SENTENCES[0] in said
    assert len(said) == 4


def test_a_sentence_far_behind_is_not_said() -> None:
    assert _said(*_ranked(9.0, -9.0)) == [_SENTENCES[0]]


def test_the_same_words_are_not_said_twice() -> None:
    again = evidence("The travel of students is paid.", OTHER, score=4.9, passage_id="p2")
    assert _said(*_ranked(5.0), again) == [_SENTENCES[0]]


def test_an_article_and_its_translation_are_one() -> None:
    english = info("e", url="https://example.org/a_e.html")
    japanese = info("j", url="https://example.org/a.html", language="ja")
    said = _said(
        evidence("Travel is paid.", english, score=5.0),
        evidence("旅費を支給する。", japanese, score=4.9, passage_id="p2"),
    )
    assert said == ["Travel is paid."]


def test_another_sentence_is_said_where_it_is_likely_and_near_the_best() -> None:
    assert len(_said(*_ranked(5.0, 3.5))) == 2
    assert len(_said(*_ranked(5.0, 2.5))) == 1  # likely, but far behind
    assert len(_said(*_ranked(1.0, -0.5))) == 1  # near, but not likely


def _table(first: str, scores: tuple[float, ...]) -> list[Evidence]:
    head = f"| {first} | Short stay |"
    rows = ("| Tokyo | 9 |", "| Kyoto | 8 |")
    scored = zip(
        (head, *rows), ("Rates", *[f"Rates\n{first} | Short stay"] * 2), scores, strict=True
    )
    found = [
        evidence(text, score=score, lead=lead, form="row", start=100 * number)
        for number, (text, lead, score) in enumerate(scored)
    ]
    return sorted(found, key=lambda one: -one.score)


def test_headers_are_said_with_a_row_and_not_alone() -> None:
    assert _said(*_table("City", (5.0, 4.0, -9.0))) == ["| Tokyo | 9 |"]
    assert _said(*_table("", (5.0, 4.0, -9.0))) == ["| Tokyo | 9 |"]
    assert _said(*_table("City", (3.9, 4.0, -9.0))) == ["| Tokyo | 9 |"]


def test_a_first_row_that_alone_answers_is_said() -> None:
    assert _said(*_table("City", (5.0, -9.0, -9.0))) == ["| City | Short stay |"]


def test_a_sentence_that_leans_on_another_brings_it_along() -> None:
    before = "The workshop had two parts."
    text = f"{before} It lasted for two days."
    pair = in_one_passage(text, (before, -3.0), ("It lasted for two days.", 5.0))
    assert _said(*pair) == [before, "It lasted for two days."]
    whole = "The visit lasted for two days."
    alone = in_one_passage(f"{before} {whole}", (before, -3.0), (whole, 5.0))
    assert _said(*alone) == [whole]


def test_what_is_replaced_is_not_said_beside_what_is_current() -> None:
    current = evidence(_SENTENCES[0], score=5.0, measured={"is_current": 1.0})
    old = evidence(_SENTENCES[1], OTHER, score=4.9, passage_id="p2")
    assert _said(current, old) == [_SENTENCES[0]]


def _items(
    count: int, text: str = "item number {n}", lead: str = "The fields are:"
) -> list[Evidence]:
    items: list[Evidence] = []
    for number in range(count):
        one = evidence(
            text.format(n=number),
            form="item",
            lead=lead,
            start=number * 500,
            score=9.0 - number % 3,
        )
        items.append(one)
    return sorted(items, key=lambda one: -one.score)


def test_a_list_is_said_in_reading_order() -> None:
    asked = query("Which fields are there?")
    other = evidence("another list", form="item", lead="Not this:", start=9000, score=8.9)
    chosen = select(asked, [*_items(5), other], RULE)
    assert chosen.is_list
    assert [one.text for one in chosen.evidence] == [f"item number {n}" for n in range(5)]


def test_a_long_list_ends_before_it_is_a_dump() -> None:
    asked = query("Which fields are there?")
    chosen = select(asked, _items(30, "{n} " + "words " * 20), RULE)
    assert sum(len(one.text) for one in chosen.evidence) <= 600
    assert chosen.evidence[0].text.startswith("0 ")


def test_one_item_is_no_list() -> None:
    asked = query("Which fields are there?")
    assert not select(asked, _items(1), RULE).is_list


@given(
    st.lists(
        st.tuples(
            st.text("abc 見。", min_size=1, max_size=700),
            st.floats(-10, 10),
            st.sampled_from(["prose", "item", "row"]),
            st.sampled_from(["goals", "handbook", "call"]),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_answers_stay_short(pieces: list[tuple[str, float, str, str]]) -> None:
    ranked = sorted(
        (
            evidence(text, info(name), score=score, form=form, start=n * 1000, passage_id=f"p{n}")  # pyright: ignore[reportArgumentType]  # a form
            for n, (text, score, form, name) in enumerate(pieces)
        ),
        key=lambda one: -one.score,
    )
    chosen = select(query("What?", query_term("abc")), ranked, RULE).evidence
    assert ranked[0] in chosen
    assert len(chosen) == len(set(map(id, chosen)))
    assert len(chosen) <= 4
    assert len(chosen) == 1 or sum(len(one.text) for one in chosen) <= 600

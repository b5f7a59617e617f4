"""Which sentences are said, out of ranked ones."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.bot.answering.made import evidence, in_one_passage, info, query, query_term

from aspire_bot.answering.linear import LinearModel
from aspire_bot.answering.quotes.calibration import Rule
from aspire_bot.answering.quotes.choose import leans, select
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_ingest.index import SentenceForm
from aspire_ingest.index.text.analysis import analyze

OTHER = info("handbook", url="https://example.org/handbook")
_SENTENCES = (
    "Travel of students is paid.",
    "Lodging follows national rules.",
    "Equipment becomes property of universities.",
    "Reports arrive every spring.",
    "Patents belong to inventors.",
)


RULE = Rule(adding=LinearModel(weights={"score": 10.0, "gap": -11.0}), add_from=0.5)


def _said(*ranked: Evidence, form: SentenceForm = "prose") -> list[str]:
    if form != "prose":
        ranked = tuple(_of_form(one, form) for one in ranked)
    asked = query("What is paid?", query_term("paid"), query_term("travel"))
    return [one.text for one in select(asked, ranked, RULE).evidence]


def _of_form(one: Evidence, form: SentenceForm) -> Evidence:
    passage = one.passage.passage
    sentences = tuple(replace(sentence, form=form) for sentence in passage.sentences)
    entry = replace(one.passage, passage=replace(passage, sentences=sentences))
    return replace(one, sentence=replace(one.sentence, form=form), passage=entry)


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


@pytest.mark.parametrize(
    ("english", "japanese", "published", "are_one"),
    [
        (
            "Dr. Sorheim spoke of shared data.",
            "Sorheim博士がデータの共有を語った。",
            "2026-02-03",
            True,
        ),
        ("118 people came.", "参加者は118名でした。", "2026-02-03", True),
        (
            "Dr. Sorheim spoke of shared data.",
            "Sorheim博士がデータの共有を語った。",
            "2026-02-04",
            False,
        ),
        ("Dr. Sorheim spoke of shared data.", "参加者は118名でした。", "2026-02-03", False),
        ("118 people came.", "参加者は37名でした。", "2026-02-03", False),
    ],
)
def test_two_texts_of_one_day_are_one_where_they_name_the_same(
    english: str, japanese: str, published: str, *, are_one: bool
) -> None:
    one = info("report", published="2026-02-03", publisher="Science Board (SCB)")
    other = info("houkoku", published=published, publisher="科学会（SCB）", language="ja")
    said = _said(
        evidence(japanese, other, score=5.0),
        evidence(english, one, score=4.9, passage_id="p2"),
    )
    assert said == ([english] if are_one else [japanese, english])


def test_another_sentence_is_said_where_it_is_likely_and_near_the_best() -> None:
    assert len(_said(*_ranked(5.0, 3.5))) == 2
    assert len(_said(*_ranked(5.0, 2.5))) == 1  # likely, but far behind
    assert len(_said(*_ranked(1.0, -0.5))) == 1  # near, but not likely


def test_an_item_that_introduces_others_is_answered_by_them() -> None:
    lead = "2 The following are no secrets:"
    best = evidence("2 The following are no secrets:", score=5.0, form="item", lead="Article 16")
    below = [
        evidence(text, score=-3.0, form="item", lead=lead, start=100 * number)
        for number, text in enumerate(("What was public.", "What became public."), start=1)
    ]
    asked = query("What is no secret?", query_term("secret"))
    selection = select(asked, (best, *below), RULE)
    assert [one.text for one in selection.evidence] == [one.text for one in below]
    assert selection.introduction == best


def test_most_items_near_the_best_are_a_list_and_one_far_ahead_is_not() -> None:
    texts = ("A case for support", "A joint plan", "A form", "Letters", "A data plan")
    for scores, count in (((2.8, 2.2, 0.0, -1.0, -1.3), 5), ((2.8, -1.0, -2.0, -2.2, -3.0), 1)):
        items = [
            evidence(text, score=score, form="item", lead="Send:", start=100 * number)
            for number, (text, score) in enumerate(zip(texts, scores, strict=True))
        ]
        assert len(_said(*items)) == count


def test_an_item_among_its_like_is_answered_by_them_though_it_introduces_others() -> None:
    best = evidence("Letters:", score=3.0, form="item", lead="Send:", start=100)
    plan = evidence("A plan", score=2.0, form="item", lead="Send:")
    below = [
        evidence(text, score=-0.5, form="item", lead="Letters:", start=start)
        for start, text in ((200, "of the host"), (300, "of others"))
    ]
    assert _said(best, plan, *below) == ["A plan", "Letters:"]


def test_a_table_whose_headers_answer_best_is_said_whole() -> None:
    found = _table("City", (5.0, 4.0, 2.5))
    selection = select(query("What are the rates?"), found, RULE)
    assert [one.text for one in selection.evidence] == ["| Tokyo | 9 |", "| Kyoto | 8 |"]
    assert selection.is_list
    other = select(query("What is it in Tokyo?"), _table("City", (3.9, 4.0, 2.5)), RULE)
    assert not other.is_list  # a row answers better


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


def test_all_rows_that_are_named_are_said() -> None:
    scored = (("Tokyo", 2.0), ("Kyoto", -2.5), ("Naha", -2.6), ("All other", -2.7))
    rows = [
        evidence(f"| {city} | 9 |", score=score, form="row", lead="City | Rate", start=start)
        for start, (city, score) in enumerate(scored)
    ]
    asked = query("What are the rates of Kyoto, TOKYO and the other cities?")
    selection = select(asked, rows, RULE)
    assert [one.text for one in selection.evidence] == ["| Tokyo | 9 |", "| Kyoto | 9 |"]
    assert selection.is_of_each
    # a city is but a part of a word
    text = "The rate of Tokyo, not of Kyotographers?"
    assert [one.text for one in select(query(text), rows, RULE).evidence] == [rows[0].text]


def test_rows_beside_one_that_is_named_are_not_said() -> None:
    rows = [
        evidence(f"| {name} | {lead} |", score=score, form="row", lead="Code | Lead", start=start)
        for start, (name, lead, score) in enumerate(
            (("QF-01", "Abe", 2.2), ("QF-02", "Baba", 2.1), ("QF-05", "Chiba", 2.0))
        )
    ]
    other = evidence("Money is sent in May.", score=1.9, passage_id="p2")
    anywhere = Rule(adding=LinearModel(weights={}, bias=3.0), add_from=0.5)

    def said(text: str) -> list[str]:
        return [one.text for one in select(query(text), (*rows, other), anywhere).evidence]

    assert said("Who leads QF-05?") == ["| QF-05 | Chiba |", "Money is sent in May."]
    assert said("QF-01とQF-02の代表者は") == ["| QF-01 | Abe |", "| QF-02 | Baba |", other.text]
    assert len(said("Who leads the projects?")) == 4


def test_a_row_that_is_named_is_left_out_where_there_is_no_room() -> None:
    rows = [
        evidence(
            f"| {city} | {'9 ' * length}|", score=score, form="row", lead="City | Rate", start=n
        )
        for n, (city, length, score) in enumerate(
            (("Tokyo", 1, 2.0), ("Kyoto", 300, -2.5), ("Naha", 1, -2.6))
        )
    ]
    asked = query("What are the rates of Tokyo, Kyoto and Naha?")
    assert list(select(asked, rows, RULE).evidence) == [rows[0], rows[2]]


def _of_editions(*scored: tuple[str, str, float]) -> list[Evidence]:
    return [
        evidence(text, info(edition, edition=edition), score=score, passage_id=edition)
        for edition, text, score in scored
    ]


def test_of_editions_that_are_compared_each_is_said() -> None:
    asked = replace(query("What changed?"), editions=("FY2025", "FY2026"))
    found = _of_editions(
        ("FY2026", "Up to 40 percent may be contracted out.", -1.0),
        ("FY2024", "Up to 60 percent may be contracted out.", -1.1),
        ("FY2025", "Interviews are held in Japanese alone.", -1.2),
        ("FY2025", "Up to 50 percent may be contracted out.", -4.5),
    )
    said = [one.text for one in select(asked, found, RULE).evidence]
    assert said == [found[0].text, found[3].text]
    far = _of_editions(*[(e.passage.document.document_id, e.text, e.score) for e in found[:3]])
    far += _of_editions(("FY2025", "Up to 50 percent may be contracted out.", -5.5))
    assert len(select(asked, far, RULE).evidence) == 1
    one = replace(asked, editions=("FY2026",))
    assert len(select(one, found, RULE).evidence) == 1


def test_a_sentence_that_leans_on_another_brings_it_along() -> None:
    before = "The workshop had two parts."
    text = f"{before} It lasted for two days."
    pair = in_one_passage(text, (before, -3.0), ("It lasted for two days.", 5.0))
    assert _said(*pair) == [before, "It lasted for two days."]
    whole = "The visit lasted for two days."
    alone = in_one_passage(f"{before} {whole}", (before, -3.0), (whole, 5.0))
    assert _said(*alone) == [whole]


@pytest.mark.parametrize(
    "text",
    [
        "Those are closed.",
        "The latter ends in March.",
        "To the first he said that nobody does.",
        "The second has not yet begun.",
        "後者は3月に終わる。",
        "Those projects end in March.",
        "Both are needed and wanted.",
        "Both teams report in spring.",
        "She and he lead it.",
        "これらの課題は終わった。",
    ],
)
def test_what_points_back_leans_on_what_stands_before_it(text: str) -> None:
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    [
        "Those who apply twice are left out.",
        "The first call was held in 2024.",
        "The second edition has been published.",
        "Those present included the mayor.",
        "Those selected in 2024 report first.",
        "Those wishing to take part write to us.",
        "Both the applicant and the partner sign.",
        "Both JST and AMED support it.",
        "This page spells the name out.",
        "These guidelines are for applicants.",
        "それぞれの機関が支援する。",
    ],
)
def test_what_says_itself_who_is_meant_leans_on_nothing(text: str) -> None:
    assert not leans(text)


@pytest.mark.parametrize(
    ("leaning", "is_brought"),
    [("It lasted for two days.", False), ("He spoke for an hour.", True)],
)
def test_a_new_paragraph_leans_on_who_was_spoken_of_last_and_on_nothing_else(
    leaning: str, *, is_brought: bool
) -> None:
    before = "The notice names Mr Aoki."
    pair = in_one_passage(f"{before}\n\n{leaning}", (before, -3.0), (leaning, 5.0))
    assert _said(*pair) == ([before, leaning] if is_brought else [leaning])


def test_what_a_sentence_leans_on_is_not_crowded_out_by_further_ones() -> None:
    before = f"The workshop had two parts{', of which there is much to tell' * 6}."
    leaning = "It lasted for two days."
    pair = in_one_passage(f"{before} {leaning}", (before, -3.0), (leaning, 5.0))
    further = evidence(f"Lodging follows {'national ' * 45}rules.", OTHER, score=4.9)
    assert _said(*pair, further) == [before, leaning]
    assert len(_said(pair[0], further)) == 2  # there would be room for it alone


_GOALS = (
    "The first goal is a network.",
    "The second goal is membership.",
    "The third goal is training.",
)


def _goals(*scores: float) -> list[Evidence]:
    return in_one_passage(" ".join(_GOALS), *zip(_GOALS, scores, strict=True))


def test_what_stands_between_two_sentences_is_said_where_it_is_hardly_worse() -> None:
    assert _said(*_goals(5.0, 2.1, 3.5)) == list(_GOALS)
    assert _said(*_goals(5.0, 1.9, 3.5)) == [_GOALS[0], _GOALS[2]]
    assert _said(*_goals(5.0, 3.5, 2.1)) == list(_GOALS[:2])  # the third is no longer between


def test_what_stands_between_two_sentences_is_said_beyond_four() -> None:
    texts = [f"{name} is at home in {name}shire." for name in ("York", "Derby", "Wilt", "Lanca")]
    texts += [f"{name} has moved to {name}town." for name in ("Cape", "George", "Charles")]
    scores = (5.0, 4.0, 3.9, 4.4, 3.8, 4.2, 4.3)
    said = _said(*in_one_passage(" ".join(texts), *zip(texts, scores, strict=True)))
    assert said == texts
    long = [f"By all accounts{', as people say' * 6}, {text}" for text in texts]
    scores = (5.0, 4.3, 4.2, 4.1, 4.0, 3.9, 4.4)
    said = _said(*in_one_passage(" ".join(long), *zip(long, scores, strict=True)))
    assert said == [long[0], long[1], long[2], long[6]]  # to 600 characters


def test_rows_between_two_rows_are_not_said() -> None:
    assert _said(*_goals(5.0, 2.1, 3.5), form="row") == [_GOALS[0], _GOALS[2]]


def test_its_own_document_has_the_first_say() -> None:
    own = in_one_passage(" ".join(_SENTENCES), *zip(_SENTENCES, (5.0, 4, 4, 4, 1), strict=True))
    other = evidence("Grants are paid in yen.", OTHER, score=4.9)
    assert _said(own[0], other, *own[1:]) == list(_SENTENCES[:4])
    assert _said(own[0], other, own[4]) == [own[0].text, other.text]


def test_sentences_that_answer_one_line_say_different_things() -> None:
    asked = "How is parental leave counted among the years after the doctorate?"
    words = frozenset(analyze(asked, "en"))
    texts = ("Leave is deducted.", "Please add a certificate.")

    def answers(*leads: str, form: SentenceForm = "prose") -> list[str]:
        found = (
            evidence(text, score=5.0 - n / 2, lead=lead, form=form, start=n * 100)
            for n, (text, lead) in enumerate(zip(texts, leads, strict=True))
        )
        return _said(*(replace(one, terms=one.terms | words) for one in found))

    assert answers(asked, asked) == list(texts)
    assert answers(asked, "") == [texts[0]]  # most words are the same, and no line is
    assert answers(asked, asked, form="row") == [texts[0]]


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


_LENIENT = Rule(adding=LinearModel(weights={"said": -1.5}, bias=2.0), add_from=0.5)
"""Says one further sentence."""


def _said_of(question: str, *ranked: Evidence) -> list[str]:
    asked = query(question, query_term("year"))
    return [one.text for one in select(asked, ranked, _LENIENT).evidence]


def _of_two_editions() -> tuple[Evidence, Evidence, Evidence]:
    old, new = (info(f"rules-{n}", edition=f"{n}nd edition") for n in (2, 3))
    return (
        evidence("Nothing is carried over out of the last year.", new, score=3.0),
        evidence("Everything else is.", new, score=2.9, start=60),
        evidence("Nothing is carried over out of the last year.", old, score=2.0, passage_id="p2"),
    )


def test_who_compares_is_told_what_the_other_side_says_however_alike() -> None:
    best, beside, other = _of_two_editions()
    said = _said_of("Is carrying over allowed in either edition?", best, beside, other)
    assert said == [best.text, other.text]


def test_who_does_not_compare_is_not_told_the_same_twice() -> None:
    best, _, other = _of_two_editions()
    rule = Rule(adding=LinearModel(weights={}, bias=3.0), add_from=0.5)
    asked = query("Is carrying over allowed?", query_term("year"))
    assert [one.text for one in select(asked, (best, other), rule).evidence] == [best.text]
    compared = query("Is carrying over the same in both?", query_term("year"))
    assert len(select(compared, (best, other), rule).evidence) == 2


def test_sides_are_told_apart_only_where_the_question_compares_documents() -> None:
    best, beside, other = _of_two_editions()
    anywhere = Rule(adding=LinearModel(weights={}, bias=3.0), add_from=0.5)
    elsewhere = evidence("Money is sent in May.", OTHER, score=1.0, passage_id="p3")

    def has_sides(text: str, *ranked: Evidence) -> bool:
        return select(query(text, query_term("year")), ranked, anywhere).has_sides

    assert has_sides("Is it the same in either edition?", best, other)
    assert not has_sides("Is it the same in either edition?", best, beside)
    assert not has_sides("Is carrying over allowed?", best, elsewhere)


def test_the_counterpart_of_the_best_sentence_is_said_whatever_the_rule_for_further_ones() -> None:
    best = evidence("The total budget of the 2027 call is EUR 11 million.", OTHER, score=3.0)
    other = evidence("The total budget of the 2026 call is EUR 9 million.", score=-0.5)
    never = Rule(adding=LinearModel(weights={}, bias=-9.0), add_from=0.5)

    def said(text: str, *ranked: Evidence) -> int:
        return len(select(query(text, query_term("year")), ranked, never).evidence)

    assert said("Is the total budget bigger than in 2026?", best, other) == 2
    assert said("What is the total budget?", best, other) == 1
    assert said("Is the total budget bigger?", best, replace(other, score=-1.5)) == 1
    unlike = evidence("Nine proposals came in.", score=2.0)
    assert said("Is the total budget bigger than in 2026?", best, unlike) == 1


def test_what_another_document_says_of_another_thing_is_no_other_side() -> None:
    best, _, other = _of_two_editions()
    elsewhere = evidence("Money is sent in May.", OTHER, score=2.5, passage_id="p3")
    said = _said_of("Is it the same in either edition?", best, elsewhere, other)
    assert said == [best.text, other.text]
    japanese = info("ja", language="ja")
    abroad = evidence("繰越しは認めない。", japanese, score=2.5, passage_id="p4")
    assert len(_said_of("Is it the same in either edition?", best, abroad)) == 2


def test_a_translation_is_no_other_side() -> None:
    english = info("e", url="https://example.org/a_e.html")
    japanese = info("j", url="https://example.org/a.html", language="ja")
    said = _said_of(
        "Was it paid before and is it still?",
        evidence("Travel is paid.", english, score=5.0),
        evidence("旅費を支給する。", japanese, score=4.9, passage_id="p2"),
    )
    assert said == ["Travel is paid."]


def test_an_older_edition_is_another_side() -> None:
    best, _, other = _of_two_editions()
    older = replace(other, signals=replace(other.signals, is_current=0.0))
    now = replace(best, signals=replace(best.signals, is_current=1.0))
    assert len(_said_of("Has carrying over changed?", now, older)) == 2

"""Which kind of value a question asks for, and which text holds one."""

import pytest

from aspire_bot.answering.message.query.expectation import (
    Expectation,
    acronyms,
    expands,
    expectations,
    holds,
)

E = Expectation

ASKS: list[tuple[str, set[Expectation]]] = [
    ("Who moderated the meeting?", {E.PERSON}),
    ("Whose idea was it?", {E.PERSON}),
    ("会議の司会は誰でしたか。", {E.PERSON}),
    ("List the principal investigators.", {E.PEOPLE}),
    ("登壇者は誰ですか", {E.PEOPLE}),
    ("What period does the support cover?", {E.PERIOD}),
    ("支援期間は何年ですか", {E.PERIOD}),
    ("When was the field meeting held?", {E.DATE}),
    ("What is the deadline for Form 5?", {E.DATE}),
    ("領域会議はいつ開かれましたか?", {E.DATE}),
    ("申請の締切は?", {E.DATE}),
    ("Where did the session take place?", {E.PLACE}),
    ("報告会の会場はどこですか", {E.PLACE}),
    ("How much can we carry over?", {E.MONEY}),
    ("What is the ceiling of direct costs?", {E.MONEY}),
    ("直接経費の上限額はいくらですか", {E.MONEY}),
    ("How many projects were presented?", {E.COUNT}),
    ("何課題が採択されましたか", {E.COUNT}),
    ("How long may a project last?", {E.DURATION}),
    ("How many months before the trip?", {E.DURATION}),
    ("支援は何か月続きますか", {E.DURATION}),
    ("What percentage may be moved?", {E.SHARE}),
    ("間接経費は何割ですか", {E.SHARE}),
    ("What is the phone number of the office?", {E.PHONE}),
    ("問い合わせ先の電話番号は", {E.PHONE}),
    ("What is the e-mail address of the office?", {E.EMAIL}),
    ("What is the URL of the portal?", {E.ADDRESS}),
    ("What does SPRING stand for?", {E.MEANING}),
    ("ASPIREは何の略ですか", {E.MEANING}),
    ("List the three themes of the meeting.", {E.LISTING}),
    ("対象分野を挙げてください", {E.LISTING}),
    ("Is the call still open?", {E.STATUS}),
    ("まだ応募できますか", {E.STATUS}),
    ("Can we buy a server with it?", {E.DECISION}),
    ("旅費に使うことはできますか", {E.DECISION}),
]


@pytest.mark.parametrize(("question", "kinds"), ASKS)
def test_questions_ask_for_values(question: str, kinds: set[Expectation]) -> None:
    assert kinds <= set(expectations(question))


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("How many months may it take?", {E.COUNT}),
        ("How many yen is the allowance?", {E.COUNT}),
        ("How much time is left?", {E.MONEY}),
        ("Who decides on extensions?", {E.DATE, E.PLACE, E.MONEY}),
        ("Why was the programme started?", set(E) - {E.DECISION}),
        ("事業の背景を教えてください", set(E)),
    ],
)
def test_questions_do_not_ask_for_others(question: str, kinds: set[Expectation]) -> None:
    assert not kinds & set(expectations(question))


HELD: list[tuple[Expectation, str]] = [
    (E.PERSON, "The meeting was moderated by Dr. Hiroshi Shimizu."),
    (E.PERSON, "Kenjiro Miyano concluded the session."),
    (E.PERSON, "司会は清水浩POが務めた。"),
    (E.PERSON, "The National Science Foundation decides."),
    (E.PEOPLE, "Dr. Shimizu and Dr. Miyano spoke."),
    (E.PERIOD, "Reports are due within three months."),
    (E.PERIOD, "The period ends in March 2027."),
    (E.DATE, "It took place on November 4, 2025."),
    (E.DATE, "令和7年11月4日に開催した。"),
    (E.PLACE, "It was held at the Tokyo Headquarters."),
    (E.PLACE, "東京都で開催した。"),
    (E.MONEY, "Up to 3 million yen may be spent early."),
    (E.MONEY, "300万円を限度とする。"),
    (E.COUNT, "All eight projects reported."),
    (E.COUNT, "8課題が発表した。"),
    (E.DURATION, "The period is five years."),
    (E.DURATION, "期間は3年間とする。"),
    (E.SHARE, "Indirect costs are 30 percent of direct costs."),
    (E.SHARE, "総額の3割を上限とする。"),
    (E.PHONE, "Call 03-1234-5678."),
    (E.EMAIL, "Write to office@example.org."),
    (E.ADDRESS, "See https://example.org/portal."),
    (E.STATUS, "The call closed in May."),
    (E.STATUS, "募集期間は終了しました。"),
    (E.LISTING, "The fields are energy, materials and quantum."),
    (E.LISTING, "対象分野はエネルギー、材料、量子です。"),
    (E.DECISION, "Yes."),
]
LACKED: list[tuple[Expectation, str]] = [
    (E.PERSON, "It was moderated well and ended in Tokyo."),
    (E.PERSON, "会議は盛況だった。"),
    (E.PEOPLE, "The office moderated the meeting in Tokyo."),
    (E.PEOPLE, "The United Kingdom and the National Science Foundation took part."),
    (E.PEOPLE, "事務局が司会を務めた。"),
    (E.DATE, "It took place online."),
    (E.DATE, "オンラインで開催した。"),
    (E.MONEY, "The budget is flexible."),
    (E.COUNT, "Projects reported."),
    (E.DURATION, "It costs 3 million yen."),
    (E.SHARE, "It costs 3 million yen."),
    (E.PHONE, "Ask the office in room 12."),
    (E.EMAIL, "Ask the office."),
    (E.ADDRESS, "See the portal."),
    (E.STATUS, "The fields are energy and materials."),
    (E.LISTING, "It was a success."),
]


@pytest.mark.parametrize(("kind", "text"), HELD)
def test_text_holds_a_value(kind: Expectation, text: str) -> None:
    assert holds(kind, text)


@pytest.mark.parametrize(("kind", "text"), LACKED)
def test_text_lacks_a_value(kind: Expectation, text: str) -> None:
    assert not holds(kind, text)


@pytest.mark.parametrize(
    ("kind", "asked", "text"),
    [
        (E.DATE, "Who spoke on November 4, 2025?", "They met on November 4, 2025."),
        (E.PERSON, "When did Dr. Miyano speak?", "Dr. Miyano spoke."),
        (E.MONEY, "Who may spend 3 million yen?", "A project may spend 3 million yen."),
        (E.DURATION, "Who may ask for 3 years?", "Projects may ask for three years or 3 years."),
    ],
)
def test_what_the_question_says_itself_is_no_answer(
    kind: Expectation, asked: str, text: str
) -> None:
    assert holds(kind, text)
    assert not holds(kind, text, known=asked)


def test_an_acronym_is_spelt_by_capitals() -> None:
    assert expands("SPRING", "Support for Pioneering Research Initiated by the Next Generation")
    assert expands("FOREST", "*1 Fusion Oriented REsearch for disruptive Science and Technology")
    assert not expands("SPRING", "Events with SPRING and FOREST were held.")
    assert not expands("AMED", "The Japan Science and Technology Agency")


def test_the_meaning_asked_for_is_that_of_the_acronym_in_the_question() -> None:
    text = "*2 Support for Pioneering Research Initiated by the Next Generation"
    assert holds(E.MEANING, text, known="What does SPRING stand for?")
    assert not holds(E.MEANING, text, known="What does CREST stand for?")
    assert acronyms("What do SPRING and e-Rad mean, PhD?") == ("SPRING", "PhD")

"""A statement against passages: one test for each thing that must agree."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.memory_index import MemoryIndex
from tests.unit.bot.answering import made

from aspire_bot.answering.checking import Case, Decision, Statement, Strictness, Verifier
from aspire_bot.answering.checking.agreement.sources import Source
from aspire_bot.answering.checking.support_rule import shipped_rules
from aspire_bot.answering.checking.support_text import SupportReading
from aspire_bot.answering.message.query.glossary import load_glossary
from aspire_bot.answering.reader.encode import ReaderText
from aspire_bot.answering.types import ScoredPassage
from aspire_ingest.index.text.analysis import analyze

MEETING = """# Meeting

On November 4, 2025, the researchers held a field meeting online. The meeting was moderated by \
Dr. Hiroshi Shimizu, Program Officer. Dr. Kenjiro Miyano, Program Director, and several advisors \
also participated. All eight projects presented their progress.
"""
RULES = """# Money

The ceiling of a project is 400 million yen. Indirect costs must not be moved into direct costs. \
Money may be moved up to 30 percent without approval. Form 5 is due by 31 January 2026. A report \
must be submitted within 60 days of the start date. A short return of up to 7 days does not break \
the stay.

The following are not eligible:

- Alcoholic drinks
- Gifts

| Type | Total ceiling | Ceiling per year |
| --- | --- | --- |
| Top | 400 million yen | 100 million yen |
| Rising | 60 million yen | 24 million yen |
"""
RULES_JA = """# 研究費

課題の上限額は5億円とする。間接経費を直接経費に流用してはならない。繰越しには承認が必要である。\
司会は清水浩研究主幹が務めた。報告書は60日以内に提出すること。
"""
GOALS = """# Goals

The goals of the programme are to link researchers with communities abroad, to train young \
researchers, and to promote the circulation of talent. Numerous countries take part.
"""
PAY_JA = """# 人件費

研究代表者の人件費は、年間120万円を上限として直接経費から支出することができる。
"""
LINKS = """# Contact

The rules are at https://example.org/rules and questions go to desk@example.org today.
"""


class Zeros:
    """Vectors that tell nothing: words must decide."""

    def __init__(self) -> None:
        self.asked = 0

    def embed_query(self, text: str) -> NDArray[np.float32]:
        self.asked += 1
        return np.zeros(64, dtype=np.float32)


INDEX: MemoryIndex = made.index(
    (MEETING, made.info("meeting", title="ASPIRE field meeting", published="2025-11-11")),
    (RULES, made.info("rules", title="Handbook FY2026", edition="FY2026")),
    (RULES_JA, made.info("rules-ja", title="手引き", language="ja")),
    (LINKS, made.info("links", title="Contact")),
    (GOALS, made.info("goals", title="About the programme")),
    (PAY_JA, made.info("pay-ja", title="人件費", language="ja")),
)


def passages(*names: str) -> tuple[ScoredPassage, ...]:
    found = [p for name in names for p in INDEX.passages_of(name)]
    return tuple(
        ScoredPassage(
            passage=p, document=INDEX.documents()[p.document_id], score=1.0, rank=rank
        )
        for rank, p in enumerate(found, start=1)
    )  # fmt: skip


PROMPT = passages("meeting", "rules", "rules-ja", "links", "goals", "pay-ja")
NUMBER = {entry.document.document_id: n for n, entry in enumerate(PROMPT, start=1)}


class Silent:
    """An index whose sentence vectors tell nothing."""

    def sentence_vectors(self, passage_ids: Sequence[str]) -> Mapping[str, NDArray[np.float32]]:
        return {one: np.zeros((99, 64), dtype=np.float32) for one in passage_ids}


def verifier(embedder: Zeros | None = None) -> Verifier:
    return Verifier(load_glossary(None, analyze), embedder or Zeros())


def decide(
    text: str, *documents: str, question: str = "", language: str = "en", lead: str = ""
) -> Decision:
    markers = tuple(NUMBER[name] for name in documents)
    statement = Statement(text=text, markers=markers, is_item=bool(lead), lead=lead)
    return verifier().verify(
        statement, PROMPT, question=question, language=language, vectors=Silent()
    )


TRUE = [
    ("The ceiling of a project is 400 million yen.", "rules"),
    ("The ceiling of a project is ¥400,000,000.", "rules"),
    ("the ceiling of a project is 400 million yen.", "rules"),
    ("According to the handbook, the ceiling of a project is 400 million yen.", "rules"),
    ("Form 5 is due by 2026-01-31.", "rules"),
    ("Form 5 is due by January 31, 2026.", "rules"),
    ("Money may be moved up to 30% without approval.", "rules"),
    ("Up to 30 percent of the money can be moved without approval.", "rules"),
    ("Indirect costs must not be moved into direct costs.", "rules"),
    ("The meeting was moderated by Dr. Shimizu.", "meeting"),
    ("Dr. Hiroshi Shimizu, Program Officer, moderated the meeting.", "meeting"),
    ("The field meeting was held online on 4 November 2025.", "meeting"),
    ("Dr. Miyano and several advisors participated.", "meeting"),
    ("All eight projects presented their progress.", "meeting"),
    ("Alcoholic drinks are not eligible.", "rules"),
    ("The total ceiling of Rising is 60 million yen.", "rules"),
    ("The programme aims to train young researchers.", "goals"),
    ("Many countries take part.", "goals"),
    ("The salary of the PI can be paid from direct costs up to 1.2 million yen.", "pay-ja"),
    ("課題の上限額は5億円とする。", "rules-ja"),
    ("資料によると、課題の上限額は500,000,000円とする。", "rules-ja"),
    ("間接経費を直接経費に流用してはならない。", "rules-ja"),
    ("司会は清水浩研究主幹が務めた。", "rules-ja"),
]


@pytest.mark.parametrize(("text", "document"), TRUE)
def test_what_a_passage_says_is_kept(text: str, document: str) -> None:
    decision = decide(text, document, language="en" if text[0].isascii() else "ja")
    assert decision.verdict == "kept", decision
    assert decision.markers == (NUMBER[document],)


FALSE = [
    ("The ceiling of a project is 450 million yen.", "rules", "amount"),
    ("The ceiling of a project is 400 billion yen.", "rules", "amount"),
    ("The ceiling of a project is 400 million dollars.", "rules", "unit"),
    ("All nine projects presented their progress.", "meeting", "number"),
    ("The researchers held a field meeting online on November 5, 2025.", "meeting", "date"),
    ("The researchers held a field meeting online on November 4, 2024.", "meeting", "date"),
    ("Form 5 is due from 31 January 2026.", "rules", "direction"),
    ("Money may be moved from at least 30 percent without approval.", "rules", "direction"),
    ("Money may be moved up to 30 percent with approval.", "rules", "negation"),
    ("Indirect costs must be moved into direct costs.", "rules", "negation"),
    ("Indirect costs may be moved into direct costs.", "rules", "negation"),
    ("Direct costs must not be moved into indirect costs.", "rules", "negation"),
    ("A short return of up to 7 days does break the stay.", "rules", "negation"),
    ("A report may be submitted within 60 days of the start date.", "rules", "modality"),
    ("A report must be submitted within 60 weeks of the start date.", "rules", "number"),
    ("A report must be submitted after more than 60 days of the start date.", "rules", "direction"),
    ("The meeting was moderated by Dr. Kenjiro Miyano.", "meeting", "name"),
    ("The meeting was moderated by Dr. Kenji Tanaka.", "meeting", "name"),
    ("Dr. Kenjiro Miyano, Program Officer, also participated.", "meeting", "name"),
    ("Alcoholic drinks are eligible.", "rules", "negation"),
    ("The total ceiling of Rising is 400 million yen.", "rules", "name"),
    ("The ceiling per year of Top is 400 million yen.", "rules", "amount"),
    ("All eight projects presented their progress, and the results won a prize.", "meeting", "coverage"),
    ("Teams from the coast may apply for boats and nets.", "rules", "modality"),
    ("The meeting aims to present progress.", "meeting", "modality"),
    ("The salary of the PO can be paid from direct costs up to 1.2 million yen.", "pay-ja", "name"),
    ("課題の上限額は3億円とする。", "rules-ja", "amount"),
    ("課題の上限額は5億ドルとする。", "rules-ja", "unit"),
    ("間接経費を直接経費に流用する。", "rules-ja", "negation"),
    ("直接経費を間接経費に流用してはならない。", "rules-ja", "negation"),
    ("繰越しには承認が不要である。", "rules-ja", "negation"),
    ("司会は宮野健次郎研究主幹が務めた。", "rules-ja", "name"),
    ("報告書は60日以降に提出すること。", "rules-ja", "direction"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "document", "reason"), FALSE)
def test_one_changed_fact_is_enough_to_be_dropped(text: str, document: str, reason: str) -> None:
    decision = decide(text, document, language="ja" if document == "rules-ja" else "en")
    assert decision.verdict == "dropped", decision
    assert reason in decision.reasons, decision


def test_a_wrong_marker_is_put_right() -> None:
    decision = decide("The ceiling of a project is 400 million yen.", "meeting")
    assert decision.verdict == "moved"
    assert decision.markers == (NUMBER["rules"],)


def test_a_missing_marker_is_found() -> None:
    decision = decide("All eight projects presented their progress.")
    assert decision.verdict == "moved"
    assert decision.markers == (NUMBER["meeting"],)
    assert decision.reasons == ("no_marker",)


def test_a_marker_that_does_not_exist_is_no_marker() -> None:
    statement = Statement(text="All eight projects presented their progress.", markers=(99,))
    decision = verifier().verify(statement, PROMPT, question="", language="en", vectors=Silent())
    assert decision.markers == (NUMBER["meeting"],)


def test_two_passages_may_support_one_statement_together() -> None:
    text = "All eight projects presented their progress, and Form 5 is due by 31 January 2026."
    decision = decide(text, "meeting", "rules")
    assert decision.verdict == "kept"
    assert set(decision.markers) == {NUMBER["meeting"], NUMBER["rules"]}
    assert decide(text, "meeting").verdict != "kept"


def test_a_marker_beside_the_supporting_one_goes() -> None:
    decision = decide("All eight projects presented their progress.", "meeting", "rules")
    assert decision.markers == (NUMBER["meeting"],)


def test_quotes_are_where_they_say() -> None:
    decision = decide("The meeting was moderated by Dr. Shimizu.", "meeting")
    (quote,) = decision.quotes
    text = INDEX.document("meeting").text[quote.start : quote.end]
    assert text == "The meeting was moderated by Dr. Hiroshi Shimizu, Program Officer."
    assert PROMPT[quote.passage].document.document_id == "meeting"


def test_what_is_broken_off_is_dropped() -> None:
    statement = Statement(text="The ceiling of a", markers=(2,), is_complete=False)
    decision = verifier().verify(statement, PROMPT, question="", language="en", vectors=Silent())
    assert decision.reasons == ("incomplete",)


@pytest.mark.parametrize(
    "added",
    ["[here](https://evil.example)", "https://evil.example/x", "<!channel>", "<@U123>", "@here",
     "![x](y)", "<script>", "<https://a.b|c>", "evil.example.com/x", "me@evil.example"],
)  # fmt: skip
def test_nothing_that_acts_gets_through(added: str) -> None:
    decision = decide(f"All eight projects presented their progress {added}.", "meeting")
    assert decision.reasons == ("link",)


def test_an_address_of_the_passage_may_be_said() -> None:
    text = "The rules are at https://example.org/rules and questions go to desk@example.org today."
    assert decide(text, "links").verdict == "kept"


@pytest.mark.parametrize("text", ["Yes.", "Here is what I found:", "以下の通りです。", "はい。"])
def test_what_says_nothing_is_a_lead(text: str) -> None:
    decision = decide(text)
    assert decision.is_lead
    assert decision.markers == ()


def test_an_item_carries_what_its_list_denies() -> None:
    lead = "The following are not eligible:"
    assert decide("Gifts", "rules", lead=lead).verdict == "kept"
    assert decide("Gifts", "rules", lead="The following must be paid:").verdict == "dropped"


def test_what_the_asker_said_of_the_own_case_is_given_but_proves_nothing() -> None:
    question = "Is it fine if we move 12 percent without approval?"
    text = "For 12 percent, money may be moved without approval."
    assert decide(text, "rules", question=question).verdict == "kept"
    assert decide(text, "rules").verdict == "dropped"
    asserted = "Money may be moved up to 12 percent without approval."
    assert decide(asserted, "rules", question=question).verdict == "dropped"


def test_a_model_is_not_asked_where_words_decide() -> None:
    embedder = Zeros()
    statement = Statement(text="All eight projects presented their progress.", markers=(1,))
    verifier(embedder).verify(statement, PROMPT, question="", language="en", vectors=Silent())
    assert embedder.asked == 0


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("The moderator was Dr. Hiroshi Shimizu, PO.", "meeting"),
        ("A PI's salary can be paid up to 1.2 million yen a year from direct costs.", "pay-ja"),
    ],
)
def test_an_office_abbreviated_or_translated_is_not_another_one(text: str, document: str) -> None:
    assert decide(text, document).verdict == "kept"
    other = text.replace("PO", "PD").replace("PI", "PO")
    assert decide(other, document).verdict == "dropped"
    assert "name" in decide(other, document).reasons


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("Question:", ("question",)),
        ("質問：", ("question",)),
        ("I found that all eight projects presented their progress.", ("first_person",)),
        ("All eight projects presented my progress.", ("first_person",)),
        ("私は進捗を発表しました。", ("first_person",)),
    ],
)
def test_what_only_an_asker_says_is_no_answer(text: str, reasons: tuple[str, ...]) -> None:
    language = "en" if text.isascii() else "ja"
    decision = decide(text, "meeting", question=text, language=language)
    assert (decision.verdict, decision.reasons) == ("dropped", reasons)


class Says:
    """A judge with one opinion, that remembers its cases."""

    def __init__(self, opinion: bool) -> None:
        self.opinion = opinion
        self.cases: list[Case] = []
        self.is_closed = False

    def supports(self, case: Case) -> bool:
        self.cases.append(case)
        return self.opinion

    def close(self) -> None:
        self.is_closed = True


def judged(judge: Says, text: str, prompt: tuple[ScoredPassage, ...] = PROMPT) -> Decision:
    by = Verifier(load_glossary(None, analyze), Zeros(), second_opinion=judge)
    statement = Statement(text=text, markers=(1,))
    decision = by.verify(statement, prompt, question="", language="en", vectors=Silent())
    by.close()
    assert judge.is_closed
    return decision


def test_a_second_opinion_drops_what_the_rules_keep_and_is_named_as_the_reason() -> None:
    judge = Says(False)
    decision = judged(judge, "All eight projects presented their progress.")
    assert (decision.verdict, decision.reasons) == ("dropped", ("second_opinion",))
    assert (decision.markers, decision.quotes) == ((), ())
    (case,) = judge.cases
    assert case.statement == "All eight projects presented their progress."
    (quote,) = case.quotes
    above, _, said = quote.partition("\n")
    assert above.startswith("ASPIRE field meeting")
    assert above.endswith("2025-11-11")
    assert "ight projects" in said
    assert (case.language, case.is_for_staff) == ("en", False)


def test_a_second_opinion_never_keeps_what_the_rules_drop() -> None:
    judge = Says(True)
    text = "All eight projects presented their progress."
    assert judged(judge, text).verdict == "kept"
    assert judged(judge, text.replace("eight", "nine")).verdict == "dropped"
    assert len(judge.cases) == 1, "it is not asked about a lie that is known to be one"


def test_what_was_written_from_documents_for_staff_is_marked_as_such() -> None:
    judge = Says(True)
    first, *others = PROMPT
    secret = replace(others[0], document=replace(others[0].document, audience="staff"))
    judged(judge, "All eight projects presented their progress.", (first, secret, *others[1:]))
    assert judge.cases[0].is_for_staff


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.lists(st.integers(-3, 12), max_size=4).map(tuple))
def test_any_statement_gets_a_decision(text: str, markers: tuple[int, ...]) -> None:
    statement = Statement(text=text, markers=markers)
    decision = verifier().verify(statement, PROMPT, question="", language="en", vectors=Silent())
    assert decision.is_lead or decision.verdict == "dropped" or decision.quotes
    assert {quote.marker for quote in decision.quotes} == set(decision.markers)


class Reads:
    """A model of support that says the same of all, and keeps what it was given."""

    def __init__(self, log_odds: float) -> None:
        self.reading = SupportReading(log_odds=log_odds)
        self.given: list[tuple[str, str]] = []

    def read(self, source: ReaderText, statement: ReaderText) -> SupportReading:
        self.given.append((source.text, statement.text))
        return self.reading


def read_by(
    model: Reads, text: str, document: str, strictness: Strictness = "strict", question: str = ""
) -> Decision:
    by = Verifier(
        load_glossary(None, analyze), Zeros(), support=model, rule=shipped_rules()[strictness]
    )
    statement = Statement(text=text, markers=(NUMBER[document],))
    return by.verify(statement, PROMPT, question=question, language="en", vectors=Silent())


@pytest.mark.parametrize(
    "text",
    [
        "The ceiling of a project is 500 million yen.",
        "Form 5 is due by 31 March 2026.",
        "The meeting was moderated by Dr. Kenjiro Miyano.",
        "A report must be submitted within 90 days of the start date.",
    ],
)
def test_a_fact_that_no_source_says_is_never_kept_for_what_the_model_says(text: str) -> None:
    model = Reads(6.0)
    document = "meeting" if "moderated" in text else "rules"
    assert read_by(model, text, document).verdict == "dropped"
    assert not [said for _, said in model.given if text in said]  # nor is it read


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("Indirect costs may be moved into direct costs.", "rules"),
        ("Money must be moved up to 30 percent without approval.", "rules"),
        ("Alcoholic drinks are eligible.", "rules"),
        ("A short return of 7 days does not break the stay.", "rules"),  # of up to 7
        ("間接経費を直接経費に流用してもよい。", "rules-ja"),
        ("繰越しには承認が必要でない。", "rules-ja"),
    ],
)
def test_what_turns_the_words_of_its_source_is_never_kept(text: str, document: str) -> None:
    assert read_by(Reads(6.0), text, document).verdict == "dropped"


def test_another_role_is_a_fault_beside_a_doubt_too() -> None:
    text = "Dr. Miyano, Program Officer, may have taken part with several advisors."
    assert "name" in read_by(Reads(6.0), text, "meeting").reasons


def test_what_is_said_in_full_is_not_read() -> None:
    model = Reads(-6.0)
    text = "A report must be submitted within 60 days of the start date."
    assert read_by(model, text, "rules").verdict == "kept"
    assert not model.given


@pytest.mark.parametrize(
    "text",
    [
        "60 million yen.",  # of Rising, or of another question
        "The ceiling per year of type Top and of type Rising.",  # two rows
    ],
)
def test_a_bare_value_and_what_is_put_together_are_read(text: str) -> None:
    assert read_by(Reads(6.0), text, "rules").verdict == "kept"
    assert read_by(Reads(-6.0), text, "rules").verdict == "dropped"


def test_other_words_are_kept_where_the_model_says_that_the_passage_says_them() -> None:
    text = "Many nations join in."
    by_rule = decide(text, "goals")
    assert (by_rule.verdict, by_rule.reasons) == ("dropped", ("coverage",))
    assert read_by(Reads(6.0), text, "goals").verdict == "kept"
    assert read_by(Reads(-6.0), text, "goals").verdict == "dropped"


def test_a_word_of_another_thing_is_dropped_where_the_model_says_so() -> None:
    text = "The goals of the programme are to link astronauts with communities abroad."
    assert read_by(Reads(-6.0), text, "goals").reasons == ("coverage",)


def test_what_is_read_is_the_passage_in_the_midst_and_the_statement_with_its_question() -> None:
    model = Reads(6.0)
    read_by(model, "Many nations join in.", "goals", question="Who takes part?")
    source, said = model.given[0]
    assert source.startswith("passage: About the programme\n")
    assert "Numerous countries take part." in source
    assert said.endswith("Many nations join in. / Who takes part?")


class Nearest:
    """Vectors by which the sixth sentence of any passage is what a statement says."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return np.eye(64, dtype=np.float32)[5]

    def sentence_vectors(self, passage_ids: Sequence[str]) -> Mapping[str, NDArray[np.float32]]:
        return {one: np.eye(99, 64, dtype=np.float32) for one in passage_ids}


class ReadsOnly(Reads):
    """A model for which only what holds some words supports anything."""

    def __init__(self, words: str) -> None:
        super().__init__(-6.0)
        self.words = words

    def read(self, source: ReaderText, statement: ReaderText) -> SupportReading:
        super().read(source, statement)
        return SupportReading(log_odds=6.0 if self.words in source.text else -6.0)


def test_what_is_near_by_vectors_is_read_where_no_word_is_shared() -> None:
    model, vectors = ReadsOnly("does not break the stay."), Nearest()
    by = Verifier(load_glossary(None, analyze), vectors, support=model)
    cited = Statement(text="Plenty of lands join in.", markers=(NUMBER["rules"],))
    decision = by.verify(cited, PROMPT, question="", language="en", vectors=vectors)
    assert decision.verdict == "kept"
    elsewhere = Statement(text="Plenty of lands join in.", markers=(NUMBER["links"],))
    moved = by.verify(elsewhere, PROMPT, question="", language="en", vectors=vectors)
    assert moved.verdict == "dropped", "only what was cited is looked at by vectors"


def test_what_leads_in_is_read_once_before_its_items() -> None:
    source = Source(1, PROMPT[NUMBER["rules"] - 1])
    items = [at for at, one in enumerate(source.sentences) if one.lead and one.form != "row"]
    assert len(items) == 2
    assert source.text_of_all(items[::-1]).split("\n") == [
        "The following are not eligible:", "Alcoholic drinks", "Gifts",
    ]  # fmt: skip
    rows = [at for at, one in enumerate(source.sentences) if one.form == "row" and one.lead]
    assert "Type | Total ceiling" not in source.text_of_all(rows), "a row is said with its headers"


def test_the_same_text_is_read_once_for_a_statement() -> None:
    model = Reads(-6.0)
    read_by(model, "Many nations join in.", "goals")
    assert len(model.given) == len(set(model.given))


def test_balanced_keeps_what_strict_keeps_and_more() -> None:
    text = "Many nations join in."
    kept = [
        [read_by(Reads(odds / 4), text, "goals", how).verdict == "kept" for odds in range(-24, 25)]
        for how in ("strict", "balanced")
    ]
    assert all(more or not less for less, more in zip(*kept, strict=True))
    assert sum(kept[1]) > sum(kept[0])

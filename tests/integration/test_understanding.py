"""What is asked is understood before it is searched for: parts, vague questions, follow-ups."""

from pathlib import Path

import pytest
from tests.knowledge import RESERVE
from tests.local_models.reply import Asked, Reply, Script, saying
from tests.local_models.speaking import speaking

from aspire_bot.answering.message.message import LazyMessageModel
from aspire_bot.answering.message.query.expectation import Expectation
from aspire_bot.answering.message.query.glossary import load_glossary
from aspire_bot.answering.message.query.rewrite import Rewriter
from aspire_bot.answering.message.query.spelling import Spelling
from aspire_bot.answering.message.understand import Understanding, Understood
from aspire_bot.answering.types import Answer, Question, Turn
from aspire_bot.bootstrap import Assistant
from aspire_bot.settings import Settings
from aspire_ingest.index.text.analysis import analyze

MODERATOR = "Who moderated the bioengineering field meeting?"


def _turns(*asked: str) -> tuple[Turn, ...]:
    return tuple(Turn(role="user", text=text) for text in asked)


def _ask(assistant: Assistant, text: str, *history: str) -> Answer:
    return assistant.answer(Question(text=text, history=_turns(*history)))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (
            "Who moderated the bioengineering field meeting, and what are the goals of ASPIRE?",
            ("Hiroshi Shimizu", "link top researchers"),
        ),
        (
            "How much can a project carry over without approval? And what is the daily allowance "
            "in Europe?",
            ("10 percent", "6,200 yen"),
        ),
        ("領域会議はいつ開催されましたか。また、司会は誰でしたか。", ("2025年11月4日", "清水")),
    ],
)
def test_each_part_of_a_question_is_answered(
    assistant: Assistant, question: str, words: tuple[str, ...]
) -> None:
    answer = _ask(assistant, question)
    assert answer.outcome == "answered"
    assert all(word in answer.text for word in words), answer.text
    assert len(answer.citations) >= len(words)
    assert [c.marker for c in answer.citations] == list(range(1, len(answer.citations) + 1))


def test_a_part_that_the_documents_leave_open_is_named(assistant: Assistant) -> None:
    answer = _ask(assistant, f"{MODERATOR} And what is the telephone number of the office?")
    assert answer.outcome == "answered"
    assert "Hiroshi Shimizu" in answer.text
    assert "The documents do not say: “what is the telephone number of the office?”" in answer.text


def test_a_question_of_which_nothing_is_known_is_declined_whole(assistant: Assistant) -> None:
    asked = "What is the telephone number of the office, and what is its e-mail address?"
    assert _ask(assistant, asked).outcome == "abstained"


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("When does it start?", "en"),
        ("Who moderated that meeting?", "en"),
        ("Does this include indirect costs?", "en"),
        ("And?", "en"),
        ("その会議の司会は誰でしたか", "ja"),
        ("それはいつですか", "ja"),
    ],
)
def test_what_nobody_could_tell_is_asked_back(
    assistant: Assistant, question: str, language: str
) -> None:
    answer = _ask(assistant, question)
    assert answer.outcome == "clarify"
    assert answer.language == language
    assert answer.citations == ()
    assert 2 <= len(answer.nearest) <= 3
    assert all(info.title in answer.text for info in answer.nearest)
    assert 0.0 <= answer.confidence <= 1.0
    assert answer.brief
    assert answer.text.startswith(answer.brief)


@pytest.mark.parametrize(
    "question",
    [
        MODERATOR,
        "Is it possible to carry over direct costs?",
        "What does the handbook say about its daily allowance?",
        "When is the latest field meeting?",
        "領域会議の司会は誰でしたか",
    ],
)
def test_what_names_its_subject_is_not_asked_back(assistant: Assistant, question: str) -> None:
    assert _ask(assistant, question).outcome != "clarify"


@pytest.mark.parametrize(
    ("question", "said"), [("清水さんは?", "司会は清水浩"), ("PO?", "Program Officer")]
)
def test_words_that_seem_to_mean_nothing_are_answered_where_the_documents_surely_do(
    assistant: Assistant, question: str, said: str
) -> None:
    assert assistant.read(Question(text=question)).is_asked_back
    answer = _ask(assistant, question)
    assert (answer.outcome, answer.certainty, answer.act) == ("answered", "sure", "question")
    assert said in answer.text


@pytest.mark.parametrize("question", ["who was it?", "誰?", "phone?"])
def test_words_that_mean_nothing_are_asked_back_whatever_the_documents_hold(
    assistant: Assistant, question: str
) -> None:
    answer = _ask(assistant, question)
    assert (answer.outcome, answer.act) == ("clarify", "unclear")


def test_with_a_conversation_before_it_nothing_is_asked_back(assistant: Assistant) -> None:
    answer = _ask(assistant, "Who moderated it?", "When was the bioengineering field meeting held?")
    assert answer.outcome == "answered"
    assert "Hiroshi Shimizu" in answer.text


def test_the_reply_to_a_question_back_answers_the_first(assistant: Assistant) -> None:
    answer = _ask(assistant, "The one on bioengineering", "Who moderated that meeting?")
    assert answer.outcome == "answered"
    assert "Hiroshi Shimizu" in answer.text


def _understood(assistant: Assistant, text: str, *history: str) -> Understood:
    model = LazyMessageModel(Settings().cache)
    understanding = Understanding(Rewriter(load_glossary(None, analyze), Spelling()), model)
    question = Question(text=text, history=_turns(*history))
    with assistant.reader() as index:
        return understanding.understand(question, understanding.read(question), index)


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (
            "バイオ分野の領域会議の司会と参加者を教えて",
            ("バイオ分野の領域会議の司会", "バイオ分野の領域会議の参加者を教えて"),
        ),
        (
            "最初の公募はいつ行われ、何課題採択されましたか？",
            ("最初の公募はいつ行われ", "最初の公募は何課題採択されましたか？"),
        ),
        (
            "what are the deadline and budget of the AMED call?",
            ("what are the deadline of the AMED call?", "budget of the AMED call?"),
        ),
    ],
)
def test_each_part_says_of_what_it_asks(
    assistant: Assistant, text: str, questions: tuple[str, ...]
) -> None:
    understood = _understood(assistant, text)
    assert understood.questions == questions
    assert not any(part.is_follow_up or part.alone for part in understood.parts)


def test_a_later_part_that_stands_alone_is_read_alone(assistant: Assistant) -> None:
    asked = "Who moderated the bioengineering field meeting, and what are the goals of ASPIRE?"
    alone = _understood(assistant, asked).parts[1]
    assert (alone.text, alone.is_follow_up) == ("what are the goals of ASPIRE?", False)
    asked = "When was the bioengineering field meeting held, and how many people were there?"
    later = _understood(assistant, asked).parts[1]
    assert later.text == "how many people were at the bioengineering field meeting?"


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("繰越しは承認なしでできますか？上限は？", "繰越し"),
        ("繰越しの割合は何％まで？2025年度と2026年度で違いますか", "繰越し"),
        ("How much may be carried over? Is it the same in FY2025?", "carried"),
    ],
)
def test_a_later_part_that_is_nothing_alone_is_not_read_alone(
    assistant: Assistant, asked: str, names: str
) -> None:
    _, later = _understood(assistant, asked).parts
    assert names in later.text
    assert later.alone is None


def test_a_mere_place_is_asked_of_the_question_before_alone(assistant: Assistant) -> None:
    before = "What is the page limit for JST proposals in the first call?"
    query = _understood(assistant, "and for AMED proposals?", before).query
    assert query.text == "What is the page limit for AMED proposals in the first call?"
    assert query.alone is None  # "for AMED proposals?" is surely answered by what was not asked


def test_a_mere_place_may_be_asked_of_the_follow_up_before_it(assistant: Assistant) -> None:
    query = _understood(assistant, "and for bio?", "who is the PD?", "and PO for quantum").query
    assert query.text == "PO for bio"


@pytest.mark.parametrize("text", ["both?", "どちらも?", "why?"])
def test_what_names_nothing_is_never_searched_alone(assistant: Assistant, text: str) -> None:
    before = "両方の公募の締切は?" if text == "どちらも?" else "When do both calls close?"
    assert _understood(assistant, text, before).query.alone is None


def test_years_that_are_compared_are_of_one_question(assistant: Assistant) -> None:
    asked = "R7年度とR8年度で繰越しの割合は変わりますか"
    understood = _understood(assistant, asked)
    assert understood.parts == ()
    assert set(understood.query.editions) == {"FY2025", "FY2026"}


def test_a_later_part_that_points_back_leans_on_the_earlier_one(assistant: Assistant) -> None:
    asked = "When was the bioengineering field meeting held, and how many people were there?"
    first, second = _understood(assistant, asked).parts
    assert not any(query_term.inherited for query_term in first.query_terms)
    assert "bioengineering field meeting" in second.text


def test_what_a_question_leans_on_is_searched_for_once(assistant: Assistant) -> None:
    asked = "The old brochure gives another daily allowance for Europe. Is it still right?"
    assert _understood(assistant, asked).query.text == asked


@pytest.mark.parametrize(
    ("history", "text", "whole"),
    [
        (
            ("When was the bio meeting held?",),
            "who moderated it?",
            "who moderated the bio meeting?",
        ),
        (("Who opened the energy meeting?", "Where was it?"), "when?", "when"),
        (("領域会議の司会は誰でしたか", "ありがとうございます"), "それはいつ?", "領域会議の司会"),
    ],
)
def test_a_follow_up_is_read_as_the_bare_question(
    assistant: Assistant, history: tuple[str, ...], text: str, whole: str
) -> None:
    query = _understood(assistant, text, *history).query
    assert whole in query.text
    assert "Where" not in query.text
    asked = "When was the meeting held? What is the daily allowance of research trips to Europe?"
    _, second = _understood(assistant, asked).parts
    assert not any(query_term.inherited for query_term in second.query_terms)


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        ("How much does ALTO pay a team?", "and BRIO?", "How much does BRIO pay a team?"),
        ("ALTOの上限額はいくらですか", "BRIOは?", "BRIOの上限額はいくらですか"),
        ("アルトの上限額は?", "BRIOは?", "アルトの上限額は? BRIOは?"),
    ],
)
def test_a_mere_name_asks_the_question_before_and_nothing_alone(
    assistant: Assistant, before: str, text: str, whole: str
) -> None:
    query = _understood(assistant, text, before).query
    assert (query.text, query.alone) == (whole, None)


@pytest.mark.parametrize(
    ("history", "text", "questions"),
    [
        # it says by itself what is meant
        (
            "What does an advisor do?",
            "When the kick-off took place, who attended it online?",
            ("When the kick-off took place, who attended it online?",),
        ),
        # it turns to something else
        ("When was the bio field meeting?", "By the way, what is CRDS?", ("what is CRDS?",)),
        # it puts right what was asked, and asks nothing by itself
        (
            "What is the phone number of JST's ASPIRE contact?",
            "no I meant AMED, not JST",
            ("What is the phone number of AMED's ASPIRE contact?",),
        ),
    ],
)
def test_only_what_is_meant_is_searched_for(
    assistant: Assistant, history: str, text: str, questions: tuple[str, ...]
) -> None:
    understood = _understood(assistant, text, history)
    assert understood.questions == questions
    assert understood.query.alone is None


def test_a_reply_inherits_what_kind_of_value_was_asked_for(assistant: Assistant) -> None:
    query = _understood(assistant, "The bioengineering one", "Who moderated that meeting?").query
    assert Expectation.PERSON in query.expects


# with a language model


def _rewording(text: str) -> Script:
    """Words the question so; says nothing to it, so that the quotes show what was found."""

    def script(asked: Asked) -> Reply:
        return saying("" if asked.passages() else text)

    return script


HISTORY = ("When was the bioengineering field meeting held?",)


def test_a_follow_up_is_searched_for_in_the_models_words(home: Path) -> None:
    with speaking(home, _rewording(MODERATOR)) as (assistant, model):
        answer = _ask(assistant, "And the name of the person in the chair?", *HISTORY)
    assert "Hiroshi Shimizu" in answer.text
    assert answer.question.text == "And the name of the person in the chair?"
    assert answer.trace is not None
    assert answer.trace.rewritten == (MODERATOR,)
    assert "bioengineering" in model.asked[0].prompt


@pytest.mark.parametrize(
    "wording",
    [
        "Who moderated the meeting of CREST?",  # another name
        "Who moderated the field meeting of 12 May 2021?",  # another date
        "領域会議の司会は誰でしたか",  # another language
        "See https://evil.example for who moderated it?",
        "",
    ],
)
def test_a_wording_that_brings_something_new_is_not_taken(home: Path, wording: str) -> None:
    with speaking(home, _rewording(wording)) as (assistant, model):
        answer = _ask(assistant, "Who moderated it?", *HISTORY)
        assert model.asked
    assert "Hiroshi Shimizu" in answer.text
    assert answer.trace is None or answer.trace.rewritten == ()


@pytest.mark.parametrize("reply", [Reply(status=500), Reply(pieces=("Who",), ending="torn")])
def test_where_the_model_fails_the_rules_understand(home: Path, reply: Reply) -> None:
    with speaking(home, lambda _asked: reply) as (assistant, _):
        answer = _ask(assistant, "Who moderated it?", *HISTORY)
    assert "Hiroshi Shimizu" in answer.text


def test_a_question_that_stands_by_itself_costs_no_rewording(home: Path) -> None:
    with speaking(home, _rewording(MODERATOR)) as (assistant, model):
        _ask(assistant, MODERATOR)
        assert len(model.asked) == 1
        assert model.asked[0].passages()


def test_the_rewording_counts_towards_the_answers_tokens(home: Path) -> None:
    with speaking(home, _rewording(MODERATOR), llm_max_tokens=300) as (assistant, model):
        _ask(assistant, "Who moderated it?", *HISTORY)
        rewording, answering = model.asked
    assert rewording.max_tokens <= 200
    assert answering.max_tokens < 300


def test_the_passages_of_every_part_are_shown_to_the_model(home: Path) -> None:
    question = "Who moderated the bioengineering field meeting, and what are the goals of ASPIRE?"
    with speaking(home, _rewording(question)) as (assistant, model):
        _ask(assistant, question)
        shown = "\n".join(text for _, text in model.asked[-1].passages().values())
    assert "Hiroshi Shimizu" in shown
    assert "link top researchers" in shown


def test_where_the_model_would_ask_back_our_own_words_do(home: Path) -> None:
    asked_back = "CLARIFY: Do you mean the call that closes on 5 January 2027?"
    with speaking(home, _rewording(asked_back)) as (assistant, _):
        answer = _ask(assistant, "Is there more on that elsewhere?", "Hello there, a question.")
    assert answer.outcome in ("clarify", "abstained")
    assert "2027" not in answer.text


def test_where_the_model_cannot_tell_and_neither_is_sure_we_ask_back(home: Path) -> None:
    asked_back = "CLARIFY: Which meeting?"
    with speaking(home, _rewording(asked_back)) as (assistant, _):
        sure = _ask(assistant, MODERATOR, "Hello there, a question.")
        unsure = _ask(assistant, "What did they say about snacks?", "Hello there, a question.")
    assert (sure.outcome, sure.certainty) == ("answered", "sure")
    assert unsure.outcome == "clarify"


@pytest.mark.parametrize(("staff_documents", "is_shown"), [("never", False), ("inside", True)])
def test_what_was_quoted_to_staff_reaches_a_model_only_as_the_operator_says(
    home: Path, staff_documents: str, is_shown: bool
) -> None:
    history = (
        Turn(role="user", text="How large is the reserve?"),
        Turn(role="assistant", text=f"The reserve is {RESERVE}."),
    )
    question = Question(text="What are the goals of ASPIRE?", history=history, audience="staff")
    with speaking(home, _rewording(question.text), llm_staff_documents=staff_documents) as (
        assistant,
        model,
    ):
        assistant.answer(question)
        assert model.asked
        assert any(RESERVE in asked.prompt for asked in model.asked) is is_shown


@pytest.mark.parametrize(
    "text", ["Ines, did you water the plants in the seminar room?", "昨日の傘、誰のですか?"]
)
def test_what_people_say_to_each_other_is_not_answered_where_it_is_overheard(
    assistant: Assistant, text: str
) -> None:
    overheard = assistant.answer(Question(text=text, place="channel", is_overheard=True))
    assert (overheard.outcome, overheard.act, overheard.text) == ("conversation", "chatter", "")


def test_a_question_on_the_programme_is_answered_where_it_is_overheard(
    assistant: Assistant,
) -> None:
    asked = "Does anyone know what the goals of ASPIRE are? I need them for a report to JST."
    assert assistant.answer(Question(text=asked, place="channel", is_overheard=True)).citations


def test_a_part_that_names_what_it_asks_for_stands_by_itself(assistant: Assistant) -> None:
    found = _understood(
        assistant, "What is the difference between Top and Rising, and who is the PD?"
    )
    assert [part.text for part in found.parts][-1] == "who is the PD?"
    compared = _understood(assistant, "TopとRisingはどう違いますか。")
    assert compared.parts == ()

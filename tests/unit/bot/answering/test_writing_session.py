"""What a model is shown of what was found."""

from collections.abc import Generator, Sequence

import pytest
from tests.unit.bot.answering import made

from aspire_bot.answering.chat import ChatMessage, ChatReply, ChatStream
from aspire_bot.answering.checking import Verifier
from aspire_bot.answering.limits import Deadline
from aspire_bot.answering.message.query.glossary import load_glossary
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.search.search import Bands
from aspire_bot.answering.types import Answer, Certainty, Question, Turn
from aspire_bot.answering.writing.prompt_files import load_prompts
from aspire_bot.answering.writing.prompt_passages import MOST_PASSAGES, shown_passages
from aspire_bot.answering.writing.session import ModelSessionFactory, ModelWritingSession
from aspire_bot.answering.writing.writer import Writer
from aspire_ingest.index.reader import IndexReader
from aspire_ingest.index.text.analysis import analyze
from aspire_ingest.index.types import Audience


class Scripted:
    """A model that says one thing, as a rule that it finds nothing; remembers what it was asked."""

    name = "made/scripted"

    def __init__(self, text: str = "[[NONE]]", *, is_outside: bool = False) -> None:
        self.asked: list[str] = []
        self.is_outside = is_outside
        self._text = text

    def stream(
        self, messages: Sequence[ChatMessage], *, deadline: Deadline, max_tokens: int
    ) -> ChatStream:
        del deadline, max_tokens
        self.asked.append("\n".join(message.text for message in messages))
        return ChatStream(_says(self._text))

    def close(self) -> None:
        """Nothing to let go of."""


def _says(text: str) -> Generator[str, None, ChatReply]:
    yield text
    return ChatReply(text=text, finish="stop")


def _begin(model: Scripted) -> ModelWritingSession:
    verifier = Verifier(load_glossary(None, analyze), made.EMBEDDER)
    bands = Bands(answer_from=0.5, sure_from=0.5)
    return ModelSessionFactory(
        Writer(model, load_prompts(), verifier), load_prompts(), bands
    ).begin()


def _speak(
    quoted: Answer, rankings: Sequence[Sequence[Evidence]], index: IndexReader
) -> tuple[Answer, Scripted]:
    model = Scripted()
    return _begin(model).write(quoted, made.query(), rankings, index), model


def _quoted(index: IndexReader, certainty: Certainty = "sure") -> Answer:
    return Answer(
        question=made.query().question,
        outcome="answered",
        certainty=certainty,
        text="Travel is paid. [1]",
        language="en",
        confidence=0.9,
        as_of=index.manifest.published_at,
        index_version=index.manifest.index_version,
    )


def test_each_part_of_a_question_has_passages_before_a_model() -> None:
    many = [
        made.evidence(f"Travel number {n} is paid.", score=9.0 - n, passage_id=f"p{n}")
        for n in range(9)
    ]
    other = made.evidence("Reports are due in May.", score=-3.0, passage_id="other")
    index = made.index("Nothing is read here.")
    _, model = _speak(_quoted(index), [many, [other]], index)
    assert "Reports are due in May." in model.asked[0]


def test_a_model_that_finds_nothing_silences_quotes() -> None:
    """So the table has it: of what a model finds no answer to, few quotes are right."""
    index = made.index("Nothing is read here.")
    ranking = [[made.evidence("Travel is paid.", score=3.0)]]
    for certainty in ("hedged", "sure"):
        said, _ = _speak(_quoted(index, certainty), ranking, index)
        assert (said.outcome, said.confidence < 0.5) == ("abstained", True)


def test_no_more_passages_are_shown_than_fit() -> None:
    long = [
        made.evidence(f"Number {n}. " + "word " * 3_000, score=9.0 - n, passage_id=f"p{n}")
        for n in range(9)
    ]
    short = [
        made.evidence(f"Travel number {n} is paid.", score=9.0 - n, passage_id=f"p{n}")
        for n in range(20)
    ]
    assert len(shown_passages([long])) == 1
    assert len(shown_passages([short])) == MOST_PASSAGES
    first, second, *_ = shown_passages([short[:3], short[5:]])
    assert (first.passage.passage_id, second.passage.passage_id) == ("p0", "p5")


def test_a_model_words_a_question_so_that_it_stands_alone() -> None:
    asked = Question(text="And lodging?", history=(Turn(role="user", text="Who pays travel?"),))
    session = _begin(Scripted("- Who pays for lodging?\n"))
    assert session.reword(asked).questions == ("Who pays for lodging?",)


@pytest.mark.parametrize(
    ("audience", "is_outside", "sees_answers"),
    [("public", True, True), ("staff", False, True), ("staff", True, False)],
)
def test_a_model_outside_is_not_told_what_staff_were_answered(
    audience: Audience, is_outside: bool, sees_answers: bool
) -> None:
    turns = (
        Turn(role="user", text="Who pays travel?"),
        Turn(role="assistant", text="The reserve pays it."),
    )
    model = Scripted("Who pays for lodging?", is_outside=is_outside)
    _begin(model).reword(Question(text="And lodging?", history=turns, audience=audience))
    assert "Who pays travel?" in model.asked[0]
    assert ("The reserve pays it." in model.asked[0]) == sees_answers

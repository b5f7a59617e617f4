"""What a model is shown of what was found."""

from collections.abc import Generator, Sequence

from tests.unit.bot.answering import made

from aspire_bot.answering.chat import ChatMessage, ChatReply, ChatStream
from aspire_bot.answering.checking import Verifier
from aspire_bot.answering.limits import Deadline
from aspire_bot.answering.message.glossary import load_glossary
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.search.search import Bands
from aspire_bot.answering.types import Answer, Certainty
from aspire_bot.answering.writing.prompt_files import load_prompts
from aspire_bot.answering.writing.session import ModelSpokesman
from aspire_bot.answering.writing.shown_passages import MOST_PASSAGES, shown_passages
from aspire_bot.answering.writing.writer import Writer
from aspire_ingest.index.reader import IndexReader
from aspire_ingest.index.text.analysis import analyze


class Silent:
    """A model that finds nothing, and remembers what it was asked."""

    name = "made/silent"
    is_outside = False

    def __init__(self) -> None:
        self.asked: list[str] = []

    def stream(
        self, messages: Sequence[ChatMessage], *, deadline: Deadline, max_tokens: int
    ) -> ChatStream:
        del deadline, max_tokens
        self.asked.append("\n".join(message.text for message in messages))
        return ChatStream(_nothing())

    def close(self) -> None:
        """Nothing to let go of."""


def _nothing() -> Generator[str, None, ChatReply]:
    yield "[[NONE]]"
    return ChatReply(text="[[NONE]]", finish="stop")


def _speak(
    quoted: Answer, rankings: Sequence[Sequence[Evidence]], index: IndexReader
) -> tuple[Answer, Silent]:
    model = Silent()
    verifier = Verifier(load_glossary(None, analyze), made.EMBEDDER)
    bands = Bands(answer_from=0.5, sure_from=0.5)
    session = ModelSpokesman(Writer(model, load_prompts(), verifier), load_prompts(), bands).begin()
    return session.speak(quoted, made.query(), rankings, index), model


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

"""A statement held against a document of some sentences, by words alone."""

from tests.evals.checking.alone import decided_alone
from tests.unit.bot.answering.made import EMBEDDER

from aspire_bot.answering.checking import Decision, Verifier
from aspire_bot.answering.message.query.glossary import load_glossary
from aspire_ingest.index.text.analysis import analyze
from aspire_ingest.index.text.script import is_japanese
from aspire_training.support_data import Example


def decided(text: str, source: str, question: str = "") -> Decision:
    """What becomes of a statement about a document of so many words, by words alone."""
    example = Example(
        name="call",
        source="",
        passage=source,
        statement=text,
        is_supported=True,
        question=question,
        title="Call",
        language="ja" if is_japanese(text) else "en",
        passage_language="ja" if is_japanese(source) else "en",
    )
    verifier = Verifier(load_glossary(None, analyze), EMBEDDER)
    return decided_alone(example, verifier, EMBEDDER)


def reasons(text: str, source: str) -> frozenset[str]:
    """Why it is dropped."""
    return frozenset(decided(text, source).reasons)

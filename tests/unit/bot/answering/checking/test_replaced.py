"""Names that stand where a source has other names."""

import pytest
from tests.memory_index import MemoryIndex
from tests.unit.bot.answering.made import EMBEDDER

from aspire_bot.answering.checking.agreement.replacements import replaced_names
from aspire_bot.answering.checking.agreement.sources import Line, Source
from aspire_bot.answering.checking.agreement.word_match import Matcher
from aspire_bot.answering.checking.claims.sentence import read
from aspire_bot.answering.message.query.glossary import load_glossary
from aspire_bot.answering.types import ScoredPassage
from aspire_ingest.index import Document, DocumentInfo
from aspire_ingest.index.text.analysis import analyze
from aspire_ingest.index.text.script import is_japanese
from aspire_ingest.split import split_document

NOTICE = "LUMINA 2031: advance notice of the call"
OFFERED = "LUMINA for Leading Scientists and LUMINA Next will be offered."
UNLIKE = "The type will fund two groups, LUMINA for Leading Scientists three."


def replaced(text: str, source: str, title: str) -> list[str]:
    """The names of a statement in whose place the only sentence of a document has something else."""
    info = DocumentInfo(document_id="call", source="call", title=title, language="en")
    document = Document(info=info, text=source)
    index = MemoryIndex.from_documents([document], EMBEDDER, split=split_document)
    (passage,) = index.passages_of("call")
    line = Line(
        source=Source(1, ScoredPassage(passage=passage, document=info, score=1.0, rank=1)),
        at=0,
        weight=1.0,
    )
    reading = read(text, "ja" if is_japanese(text) else "en")
    matcher = Matcher(reading, [load_glossary(None, analyze)])
    return [text[unit.start : unit.end] for unit in replaced_names(matcher, [line])]


@pytest.mark.parametrize(
    ("text", "source", "title", "names"),
    [
        (
            "ライジング型(LUMINA for Rising Scientists)とLUMINA Nextの二つです。",
            OFFERED,
            NOTICE,
            ["LUMINA for Rising Scientists"],
        ),
        (
            "LUMINA for Rising Scientists and LUMINA Next will be offered.",
            OFFERED,
            NOTICE,
            ["LUMINA for Rising Scientists"],
        ),
        (
            "リーディング型(LUMINA for Leading Scientists)とLUMINA Nextの二つです。",
            OFFERED,
            NOTICE,
            [],
        ),
        # the name of the title for what the sentence calls otherwise
        ("LUMINA will fund two groups.", "The programme will fund two groups.", NOTICE, []),
        ("LUMINA for Rising will fund two groups.", UNLIKE, "Report on LUMINA for Rising", []),
    ],
)
def test_a_name_of_the_title_stands_for_no_other_of_its_family(
    text: str, source: str, title: str, names: list[str]
) -> None:
    assert replaced(text, source, title) == names

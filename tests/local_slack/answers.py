"""Answers and documents for tests of what Slack shows, made up."""

from aspire_bot.answering.types import Answer, Citation, Question
from aspire_ingest.index.types import DocumentInfo

GOALS = DocumentInfo(
    document_id="goals",
    source="goals.md",
    title="Goals of the programme",
    url="https://www.example.org/en/goals.html",
    publisher="Example Agency",
    published="2025-11-11",
    language="en",
)
GUIDE = DocumentInfo(
    document_id="guide",
    source="guide.pdf",
    title="Guide to joint research costs",
    url="https://www.example.org/en/guide.pdf?a=1&b=2",
    publisher="Example Agency",
    published="2025-04",
    edition="FY2025",
    language="en",
    kind="guideline",
)
GUIDE_JA = DocumentInfo(
    document_id="guide-ja",
    source="guide-ja.pdf",
    title="共同研究費の手引き",
    url="https://www.example.org/guide.pdf",
    publisher="例示機構",
    published="2025-04-01",
    edition="令和7年度",
    language="ja",
    kind="guideline",
)
AS_OF = "2026-11-21T08:00:00+09:00"


def cite(marker: int, document: DocumentInfo, quote: str = "quote", **place: object) -> Citation:
    """Cite a document; `place` gives heading, page or deep link."""
    return Citation(
        marker=marker,
        document=document,
        passage_id=f"{document.document_id}-1",
        quote=quote,
        start=0,
        end=len(quote),
        **place,  # pyright: ignore[reportArgumentType]  the fields of Citation, in tests only
    )


def answer(text: str, *citations: Citation, **fields: object) -> Answer:
    """Make an answer in English, answered unless `fields` say otherwise."""
    given: dict[str, object] = {
        "question": Question(text="?"),
        "outcome": "answered",
        "text": text,
        "language": "en",
        "confidence": 0.9,
        "citations": citations,
        "as_of": AS_OF,
        "index_version": "3-0a1b2c3d",
    }
    return Answer(**{**given, **fields})  # pyright: ignore[reportArgumentType]  as above


ENGLISH_ANSWER = answer(
    "The goals are joint research & exchange of young researchers. [1] "
    "Costs of travel may be moved between items up to 50 %. [2]",
    cite(
        1,
        GOALS,
        heading=("About", "Goals"),
        deep_link="https://www.example.org/en/goals.html#:~:text=The%20goals%20are",
    ),
    cite(2, GUIDE, heading=("Use of funds",), page=12),
)
JAPANESE_ANSWER = answer(
    "旅費は費目間で流用できます。[1]",
    cite(1, GUIDE_JA, heading=("経費の使用",), page=3),
    language="ja",
)
ABSTAINED = answer(
    "The documents do not answer this.",
    outcome="abstained",
    confidence=0.1,
    nearest=(GOALS, GUIDE),
)

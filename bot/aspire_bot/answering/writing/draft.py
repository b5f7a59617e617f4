"""Statements that passed → the text of an answer with its own markers and citations. Pure.

A model's markers are the numbers of passages in its prompt; the answer's are those of its quotes,
from 1 in the order they are first needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from aspire_bot.answering.checking.decisions import Decision, Quote
from aspire_bot.answering.ports import Piece
from aspire_bot.answering.quotes.citations import MARKER, deep_link
from aspire_bot.answering.types import Citation, ScoredPassage
from aspire_ingest.index import Document

_MOST_QUOTES = 2
"""Of one statement: more sources say no more to a reader."""
MOST_SENTENCES = 4
"""Of running text: who asks in passing reads no more."""
MOST_ITEMS = 8
_MOST_CHARACTERS = 1_500


class Documents(Protocol):
    """Where documents' texts come from: an index reader is one."""

    def document(self, document_id: str) -> Document:
        """Give a document with its text."""
        ...


@dataclass(slots=True)
class Draft:
    """An answer that grows by what passes; nothing in it is ever taken back."""

    passages: Sequence[ScoredPassage]
    language: str
    text: str = ""
    citations: list[Citation] = field(default_factory=list[Citation])
    sentences: int = 0
    items: int = 0
    _numbers: dict[tuple[str, int, int], int] = field(
        default_factory=dict[tuple[str, int, int], int]
    )

    @property
    def is_full(self) -> bool:
        """Whether no more is taken: an answer is short."""
        is_long = self.sentences >= MOST_SENTENCES or self.items >= MOST_ITEMS
        return is_long or len(self.text) >= _MOST_CHARACTERS

    def add(self, decision: Decision, documents: Documents) -> Piece | None:
        """Take a decision; give what may be shown at once, None where nothing is added."""
        is_lead = decision.is_lead and not decision.quotes
        if self.is_full or not (is_lead or decision.quotes) or decision.verdict == "dropped":
            return None
        cited = [self._cite(quote, documents) for quote in decision.quotes[:_MOST_QUOTES]]
        new = tuple(citation for citation, is_new in cited if is_new)
        markers = "".join(f"[{n}]" for n in dict.fromkeys(c.marker for c, _ in cited))
        is_item = decision.statement.is_item
        dash, after = "- " if is_item else "", f" {markers}" if markers else ""
        said = f"{self._space(is_item=is_item)}{dash}{_shown(decision)}{after}"
        self.text += said
        self.citations += new
        self.items += is_item
        self.sentences += not (is_lead or is_item)
        return Piece(text=said, citations=new)

    def _space(self, *, is_item: bool) -> str:
        if not self.text:
            return ""
        return "\n" if is_item or self.language == "ja" else " "

    def _cite(self, quote: Quote, documents: Documents) -> tuple[Citation, bool]:
        entry = self.passages[quote.passage]
        key = (entry.passage.document_id, quote.start, quote.end)
        if key in self._numbers:
            number = self._numbers[key]
            known = next(c for c in self.citations if c.marker == number)
            return known, False
        number = self._numbers[key] = len(self._numbers) + 1
        text = documents.document(entry.passage.document_id).text[quote.start : quote.end]
        info = entry.document
        citation = Citation(
            marker=number,
            document=info,
            passage_id=entry.passage.passage_id,
            quote=text,
            start=quote.start,
            end=quote.end,
            heading=entry.passage.heading,
            page=entry.passage.page,
            deep_link=deep_link(info.url, text),
        )
        return citation, True


def _shown(decision: Decision) -> str:
    """The statement, with nothing in it that reads like a marker of ours."""
    return MARKER.sub(r"(\1)", decision.statement.text)

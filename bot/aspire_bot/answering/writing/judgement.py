"""How it is said what a model said, or what stands in for it: plainly, hedged, or not at all."""

from collections.abc import Sequence
from dataclasses import replace

from aspire_bot.answering.ports import OnPiece, Piece
from aspire_bot.answering.quotes.choose import Selection
from aspire_bot.answering.quotes.compose import ask_back, compose, hedge
from aspire_bot.answering.quotes.translations import distinct_documents
from aspire_bot.answering.search.search import Bands
from aspire_bot.answering.types import Answer, ScoredPassage, Trace
from aspire_bot.answering.writing.clarify import read_clarify
from aspire_bot.answering.writing.outcome_table import Acted, OutcomeTable, band_of
from aspire_bot.answering.writing.pointed_quotes import is_quoted
from aspire_bot.answering.writing.writer import Written


class Judgement:
    """Knows what is said, and how, of what a model did beside what the quotes would do."""

    def __init__(self, table: OutcomeTable, bands: Bands) -> None:
        """Take how likely what would be said is right, and where answers begin."""
        self._table = table
        self._bands = bands

    def settled(self, quoted: Answer, acted: Acted) -> Answer:
        """Give the quoted answer with the outcome, certainty and confidence of this case.

        Where the reader is sure and the model answers too, the two agree, and nothing changes. The
        confidence stays the reader's where the model changes nothing about the outcome.
        """
        band = band_of(quoted, self._bands)
        if band == "sure" and acted in ("passed", "in_part"):
            return quoted
        certainty = self._table.certainty(band, acted, self._bands)
        outcome = "abstained" if certainty is None else "answered"
        chance = round(self._table.chance(band, acted), 4)
        confidence = quoted.confidence if outcome == quoted.outcome else chance
        return replace(quoted, outcome=outcome, certainty=certainty, confidence=confidence)

    def by_pointing(self, quoted: Answer, pointed: Selection) -> Answer:
        """Give what the model's words point at, where hedged quotes are others.

        Words that did not pass break no silence, and sure quotes need no pointing.
        """
        is_hedged = band_of(quoted, self._bands) == "hedged"
        if not is_hedged or not pointed.evidence or is_quoted(pointed, quoted):
            return quoted
        settled = self.settled(quoted, "pointed")
        if settled.outcome != "answered":
            return quoted
        text, citations = compose(pointed, quoted.language)
        return replace(settled, text=text, citations=citations)

    def without_answer(
        self, quoted: Answer, written: Written, shown: Sequence[ScoredPassage]
    ) -> Answer:
        """Give what is said where a model finds no answer: the quotes, nothing, or a question."""
        settled = self.settled(quoted, "none" if written.says_none else "asked_back")
        if quoted.outcome == settled.outcome == "answered":
            return settled
        if written.says_none:
            return replace(settled, outcome="abstained", certainty=None)
        choices = distinct_documents(shown)
        asked = quoted.question.text
        question = read_clarify(written.reply, asked, shown, quoted.language)
        if question is None or len(choices) < 2:
            return quoted
        text, brief = ask_back(choices, quoted.language, question)
        return replace(
            quoted,
            outcome="clarify",
            certainty=None,
            text=text,
            brief=brief,
            citations=(),
            nearest=choices,
        )


class Words:
    """A model's words on their way to the asker, hedged where they are not sure.

    How they are said is settled before the first of them is told: what was told stays.
    """

    def __init__(self, quoted: Answer, judgement: Judgement, on_piece: OnPiece | None) -> None:
        """Tell `on_piece` of what is said."""
        self._quoted = quoted
        self._judgement = judgement
        self._on_piece = on_piece
        self._settled: Answer | None = None
        self._has_told = False

    def admit(self, acted: Acted) -> bool:
        """Say whether words are said at all where a model did this."""
        settled = self._judgement.settled(self._quoted, acted)
        if settled.outcome == "answered":
            self._settled = settled
        return self._settled is not None

    def tell(self, piece: Piece) -> None:
        """Tell a piece at once, the first with the hedge before it."""
        if self._on_piece is None:
            return
        before = "" if self._has_told or self._settled is None else hedge(self._settled)
        self._has_told = True
        self._on_piece(replace(piece, text=before + piece.text))

    def answer(self, written: Written, trace: Trace) -> Answer | None:
        """Give the answer in the model's words; None where there are none to be said."""
        if self._settled is None or not (written.text and written.citations):
            return None
        return replace(
            self._settled,
            text=written.text,
            citations=written.citations,
            model=trace.model,
            trace=trace,
        )

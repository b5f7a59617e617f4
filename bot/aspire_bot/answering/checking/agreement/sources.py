"""The numbered passages of a prompt, read sentence by sentence when first needed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from aspire_bot.answering.checking.claims.claims import Claim
from aspire_bot.answering.checking.claims.names import known_names, latin_names
from aspire_bot.answering.checking.claims.sentence import Reading, read
from aspire_bot.answering.quotes.evidence import quoted
from aspire_bot.answering.quotes.injection_filter import tells_the_answerer
from aspire_bot.answering.quotes.tables import row_as_read
from aspire_bot.answering.types import ScoredPassage
from aspire_ingest.index import Sentence
from aspire_ingest.index.text.roles import roles_by_surname

_CLEAR = "\n"


class Source:
    """One numbered passage; what is worked out of it is kept as long as it is."""

    def __init__(self, number: int, entry: ScoredPassage) -> None:
        """Number it as the prompt does, from 1."""
        self.number = number
        self.entry = entry
        self._readings: dict[int, Reading] = {}

    @property
    def language(self) -> str:
        """The language of its document."""
        return self.entry.document.language

    @property
    def sentences(self) -> Sequence[Sentence]:
        """Its quotable sentences, in order."""
        return self.entry.passage.sentences

    def text_of(self, at: int) -> str:
        """Give a sentence as a person reads it: its lead before it, a row with its headers."""
        sentence, said = self.sentences[at], self._said(at)
        lead = "" if sentence.form == "row" else sentence.lead
        return f"{lead}{_CLEAR}{said}" if lead else said

    def is_order(self, at: int) -> bool:
        """Whether a sentence only tells whoever answers what to say: it supports nothing."""
        return tells_the_answerer(self.text_of(at))

    def reading(self, at: int) -> Reading:
        """Take a sentence apart, once."""
        if at not in self._readings:
            is_row = self.sentences[at].form == "row"
            self._readings[at] = read(self.text_of(at), self.language, is_row=is_row)
        return self._readings[at]

    def text_of_all(self, chosen: Sequence[int]) -> str:
        """Give sentences as they are read, a line each, what leads in some of them said once."""
        lines: list[str] = []
        lead = ""
        for at in sorted(chosen):
            sentence = self.sentences[at]
            if sentence.form != "row" and sentence.lead != lead:
                lead = sentence.lead
                lines.append(lead)
            lines.append(self._said(at))
        return "\n".join(filter(None, lines))

    def _said(self, at: int) -> str:
        sentence = self.sentences[at]
        said = quoted(self.entry.passage, sentence)
        return row_as_read(sentence, said) if sentence.form == "row" else said

    @property
    def above(self) -> tuple[str, ...]:
        """What holds for all of it: title, headings, publisher, edition and date."""
        info = self.entry.document
        parts = (info.title, *self.entry.passage.heading, info.publisher, info.edition)
        return tuple(part for part in (*parts, info.published) if part)

    @cached_property
    def context(self) -> Reading:
        """What holds for all of it, taken apart."""
        return read(_CLEAR.join(self.above), self.language)

    @cached_property
    def stated(self) -> tuple[str, ...]:
        """All texts whose addresses a statement may repeat."""
        return (self.entry.passage.text, self.entry.document.url or "", *self._leads())

    def _leads(self) -> tuple[str, ...]:
        return tuple({sentence.lead for sentence in self.sentences if sentence.lead})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence that a statement is held against; `weight` is 1 for those that support it."""

    source: Source
    at: int
    weight: float

    @property
    def reading(self) -> Reading:
        """The sentence taken apart."""
        return self.source.reading(self.at)


class Sources:
    """All passages of an answer and what they say together."""

    def __init__(self, passages: Sequence[ScoredPassage]) -> None:
        """Number the passages from 1."""
        self.all = tuple(Source(number, entry) for number, entry in enumerate(passages, start=1))

    def by_number(self, number: int) -> Source | None:
        """Give a passage by its marker; None for a marker that was not in the prompt."""
        return self.all[number - 1] if 1 <= number <= len(self.all) else None

    def readings(self) -> Iterator[Reading]:
        """Give all sentences of the passages, taken apart."""
        return (one.reading(at) for one in self.all for at in range(len(one.sentences)))

    @cached_property
    def people(self) -> frozenset[str]:
        """Small words that are parts of people's names in any of the passages."""
        return known_names(self._latin_names, [one.entry.passage.text for one in self.all])

    @cached_property
    def _latin_names(self) -> tuple[Claim, ...]:
        texts = dict.fromkeys(source.entry.passage.text for source in self.all)
        return tuple(claim for text in texts for claim in latin_names(text))

    def roles(self, document_id: str) -> dict[str, frozenset[str]]:
        """Who holds which role, as far as the passages of a document tell."""
        found: dict[str, frozenset[str]] = {}
        for source in self.all:
            if source.entry.document.document_id == document_id:
                for name, terms in self._roles_in(source).items():
                    found[name] = found.get(name, frozenset()) | terms
        return found

    def _roles_in(self, source: Source) -> dict[str, frozenset[str]]:
        return dict(roles_by_surname(source.entry.passage.text, source.language))

"""What is sent to the retriever, made from a question."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from aspire_bot.answering.message.query.comparison import has_two_sides
from aspire_bot.answering.message.query.expectation import Expectation
from aspire_bot.answering.types import Question, Turn
from aspire_ingest.index.text.language import is_chinese

_UNTRANSLATED = 0.3
"""What a query term counts for a text of a language in which nobody gave it a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryTerm:
    """One thing the question names, which evidence should name too.

    `names` are its alternatives by language, each a set of analysed terms that must all occur: the
    asker's word, its synonyms and translations. `weight` (0 to 1) says how much it tells: rare
    words tell more. `is_strict` marks names, codes, numbers and dates, for which nothing else can
    stand. `inherited` ones come from the conversation, not from the question itself.
    """

    names: Mapping[str, tuple[frozenset[str], ...]]
    weight: float
    is_strict: bool = False
    surface: str = ""
    """How the asker wrote a name or code, where it is one; empty for all else."""
    written: str = ""
    """How the question has a name that has another writing, or that is written short."""
    elsewhere: tuple[str, ...] = ()
    """What a name is written as in the other script, the commonest first, or in full."""
    inherited: bool = False
    untranslated: frozenset[str] = frozenset()
    """Languages in which it has no name but the asker's own word."""

    @property
    def writings(self) -> tuple[str, ...]:
        """How a name or code may stand in a document, case-folded; none of a mere word."""
        if not self.surface:
            return ()
        return (self.surface.casefold(), *(one.casefold() for one in self.elsewhere))

    def weight_in(self, language: str) -> float:
        """Give its weight for a text of this language: little where nobody gave it a name in it."""
        is_named = bool(self.names.get(language)) and language not in self.untranslated
        return self.weight if is_named else self.weight * _UNTRANSLATED

    def is_met(self, terms: frozenset[str] | set[str], language: str) -> bool:
        """Whether a text with these analysed terms, in this language, names it."""
        # a loop, not `any`: asked so often for every sentence, a generator costs double
        for name in self.names.get(language, ()):  # noqa: SIM110 - as said
            if name <= terms:
                return True
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A stand-alone question, taken apart.

    `text` is what is embedded. `terms` are the weighted search terms by language.
    """

    question: Question
    text: str
    language: str
    terms: Mapping[str, Mapping[str, float]] = field(default_factory=dict[str, Mapping[str, float]])
    query_terms: tuple[QueryTerm, ...] = ()
    expects: tuple[Expectation, ...] = ()
    known_terms: frozenset[str] = frozenset()
    """Canonical terms of the dates and amounts in the question: no answer to it."""
    editions: tuple[str, ...] = ()
    """Editions the question names: fiscal years as `FY2025`, versions as `version 1.2`."""
    wants_newest: bool = False
    wants_former: bool = False
    """Whether it asks for an edition that a newer one has replaced, without naming it."""
    years_told: Mapping[str, str] = field(default_factory=dict[str, str])
    """Which year it means by "last year", 今年度."""
    is_follow_up: bool = False
    alone: "Query | None" = None
    """The same without what it is taken to lean on, where nothing in it points back."""

    def with_writings(self, text: str, beside: str = "") -> str:
        """Put behind a name what it is elsewhere, "Hoshina (保科)", behind 昨年度 its year.

        Of a name not where the text that it is read `beside` has it as the asker wrote it: there
        the brackets cost more than they bring.
        """
        for said, year in self.years_told.items():
            text = text.replace(said, f"{said} ({year})", 1)
        folded = beside.casefold()
        for written, elsewhere in {one.written: one.elsewhere for one in self.query_terms}.items():
            if elsewhere and written and written.casefold() not in folded:
                text = text.replace(written, f"{written} ({' / '.join(elsewhere)})", 1)
        return text

    def after(self, history: tuple[Turn, ...]) -> "Query":
        """Give the same with what was said before it."""
        return replace(self, question=replace(self.question, history=history))

    @property
    def compares(self) -> bool:
        """Whether it asks of two sides, which documents of their own may tell."""
        return len(self.editions) > 1 or has_two_sides(self.text)

    @property
    def answer_language(self) -> str:
        """The language the asker is answered in: Japanese or English."""
        own = "en" if is_chinese(self.question.text) else self.language
        return "ja" if (self.question.language or own) == "ja" else "en"

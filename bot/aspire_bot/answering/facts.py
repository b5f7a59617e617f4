"""What is read once of a whole document, for all its passages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aspire_bot.answering.people import roles_by_surname
from aspire_bot.answering.query import Need
from aspire_ingest.index import Document
from aspire_ingest.index.lexical.analysis import analyze

_READ = 200_000
_REPORT_CHARACTERS = 8_000
_OPENING_CHARACTERS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """A document's text for looking names up in, and the roles of its people."""

    text: str
    """Title, publisher and the first 200,000 characters, case-folded."""
    opening_dates: frozenset[str]
    """Canonical terms of the dates in the first lines: they date all that a report tells."""
    roles: Mapping[str, frozenset[str]]
    """Analysed terms of a person's role by analysed surname."""


def document_facts(document: Document) -> DocumentFacts:
    """Read a document once."""
    info = document.info
    head = f"{info.title}\n{info.publisher or ''}\n{info.url or ''}\n"
    return DocumentFacts(
        text=(head + document.text[:_READ]).casefold(),
        opening_dates=_opening_dates(document),
        roles=roles_by_surname(document.text, info.language, analyze),
    )


def _opening_dates(document: Document) -> frozenset[str]:
    """Only of short documents: the first lines of a handbook date the handbook, not its rules."""
    if len(document.text) > _REPORT_CHARACTERS:
        return frozenset()
    terms = analyze(document.text[:_OPENING_CHARACTERS], document.info.language)
    return frozenset(term for term in terms if term.startswith(("d:", "fy:")))


def is_off_programme(needs: Sequence[Need], document_text: str, programme: str) -> bool:
    """Whether a document speaks of something else than what is asked about.

    It names neither the programme nor any name that the question names: then its rules are
    another programme's.
    """
    if not programme or programme in document_text:
        return False
    named = [need.surface.casefold() for need in needs if need.surface and not need.inherited]
    letters = [name for name in named if any(character.isalpha() for character in name)]
    return not any(name in document_text for name in letters if name != programme)

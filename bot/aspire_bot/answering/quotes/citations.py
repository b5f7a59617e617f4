"""Links from an answer to the words of a document, and the check that they hold. Pure."""

import re
from collections.abc import Sequence
from urllib.parse import quote, urldefrag

from aspire_bot.answering.approved.approval import approval_of
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.types import Citation
from aspire_ingest.index import Document
from aspire_ingest.index.text.script import is_japanese

MARKER = re.compile(r"\[(\d{1,3})\]")
_SHORT_QUOTE = 80
_EDGE_WORDS = 5
_EDGE_CHARACTERS = 30
_JAPANESE_WORD_END = re.compile(
    r"[、。」)）](?=[^、。」)）\s])|(?<=[一-龥ァ-ヶー])[をがはにのとも](?=[一-龥ァ-ヶA-Za-z0-9])"
)
"""Where a word surely ends: at a sign, or at a particle between two words."""
_BLOCK_MARKUP = re.compile(r"^\s*(?:#{1,6}\s+|[-*+]\s+|\d+[.)]\s+|\|\s*)")
_NEUTRAL_SCHEME = re.compile(r"^https?://", re.IGNORECASE)


def cite(marker: int, evidence: Evidence) -> Citation:
    """Make the citation of a piece of evidence."""
    info = evidence.passage.document
    return Citation(
        marker=marker,
        document=info,
        passage_id=evidence.passage.passage.passage_id,
        quote=evidence.text,
        start=evidence.sentence.start,
        end=evidence.sentence.end,
        heading=evidence.passage.passage.heading,
        page=evidence.passage.passage.page,
        # an approved answer bears the address of its source, where its words do not stand
        deep_link=info.url if approval_of(info) else deep_link(info.url, evidence.text),
    )


def holds(citation: Citation, document: Document) -> bool:
    """Whether the quote stands in the document's text just where the citation says."""
    return bool(citation.quote) and (document.text[citation.start : citation.end] == citation.quote)


def markers(text: str) -> list[int]:
    """Give the markers in an answer's text, in order, repeated ones repeated."""
    return [int(match.group(1)) for match in MARKER.finditer(text)]


def markers_match(text: str, citations: Sequence[Citation]) -> bool:
    """Whether every marker has its citation and every citation is used."""
    return set(markers(text)) == {citation.marker for citation in citations}


def deep_link(url: str | None, quoted: str) -> str | None:
    """Give the URL with a text fragment that lets a browser scroll to the quote.

    See the WICG "URL Fragment Text Directives": a dash, a comma and an ampersand have a meaning
    there, so they are always encoded. A long quote is given by its first and last words; a table
    row, whose cells a browser sees apart, by its longest cell.
    """
    if url is None or not _NEUTRAL_SCHEME.match(url):
        return None
    target, fragment = urldefrag(url)
    visible = _visible(quoted)
    if not visible:
        return url
    directive = ":~:text=" + _directive(visible)
    return f"{target}#{fragment}{directive}"


def _visible(quoted: str) -> str:
    """The quote as a browser shows it: without block markup, one line, a row's longest cell."""
    if quoted.lstrip().startswith("|"):
        return max((cell.strip() for cell in quoted.split("|")), key=len)
    return " ".join(_BLOCK_MARKUP.sub("", quoted).split())


def _directive(visible: str) -> str:
    edges = None if len(visible) <= _SHORT_QUOTE else _edges(visible)
    return ",".join(_encode(part) for part in edges or (visible,))


def _edges(visible: str) -> tuple[str, str] | None:
    """The first and last words; None where no place to cut is sure.

    A browser finds either only where it begins and ends with a word.
    """
    words = visible.split(" ")
    if len(words) > 2 * _EDGE_WORDS or not is_japanese(visible):
        count = min(_EDGE_WORDS, len(words) // 2)
        return (" ".join(words[:count]), " ".join(words[-count:])) if count else None
    ends = [match.end() for match in _JAPANESE_WORD_END.finditer(visible)]
    first = max((end for end in ends if end <= _EDGE_CHARACTERS), default=0)
    last = min((end for end in ends if end >= len(visible) - _EDGE_CHARACTERS), default=0)
    return (visible[:first], visible[last:]) if first and last else None


def _encode(text: str) -> str:
    return quote(text.strip(), safe="", errors="replace").replace("-", "%2D")

"""What a word index takes and gives."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from aspire_ingest.index.text.analysis import analyze, analyze_label, analyze_pairs
from aspire_ingest.index.text.annotate import title_terms
from aspire_ingest.index.types import Audience, DocumentInfo, Passage

FIELD_BOOSTS: Mapping[str, float] = MappingProxyType(
    {"title": 0.3, "heading": 0.5, "body": 1.0, "pairs": 0.2}
)
"""What a term counts in each field of a `WordEntry`; the scores of the fields are added. ADR 0002
has the figures behind them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordEntry:
    """One passage as the word index takes it: the terms of its fields, repeated as they occur."""

    passage_id: str
    audience: Audience = "public"
    title: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    """Pairs of Japanese characters of the text, each with its sign in front."""


def entries_of(info: DocumentInfo, passages: Iterable[Passage]) -> Iterator[WordEntry]:
    """Yield the entries for the passages of one document, the title analysed once."""
    title = title_terms(info)
    for passage in passages:
        yield WordEntry(
            passage_id=passage.passage_id,
            audience=info.audience,
            title=title,
            heading=analyze_label("\n".join(passage.heading), info.language),
            body=tuple(analyze(passage.text, info.language)),
            pairs=tuple(analyze_pairs(passage.text)),
        )

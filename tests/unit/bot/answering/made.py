"""Pieces of an answer, made with as little as a test needs to say."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypedDict, Unpack

from tests.memory_index import MemoryIndex

from aspire_bot.answering.message.query.query import Query, QueryTerm
from aspire_bot.answering.quotes.evidence import Evidence, Signals
from aspire_bot.answering.types import Question, ScoredPassage
from aspire_ingest.index import (
    Document,
    DocumentInfo,
    Kind,
    Passage,
    Sentence,
    SentenceForm,
)
from aspire_ingest.index.embedding.hashing import HashingEmbedder
from aspire_ingest.index.text.analysis import analyze
from aspire_ingest.split import split_document

EMBEDDER = HashingEmbedder(64)


class Known(TypedDict, total=False):
    """What a test says of a document."""

    title: str
    url: str | None
    publisher: str | None
    published: str | None
    language: str
    edition: str | None
    supersedes: str | None
    source: str
    kind: Kind


def info(document_id: str = "goals", **known: Unpack[Known]) -> DocumentInfo:
    """What is known of a document; English unless said otherwise."""
    base = DocumentInfo(
        document_id=document_id,
        source=f"docs/{document_id}.md",
        title=f"About {document_id}",
        language="en",
    )
    return replace(base, **known)


def index(*documents: tuple[str, DocumentInfo] | str) -> MemoryIndex:
    """An index in memory over texts."""
    made = [
        Document(info=info(f"d{n}") if isinstance(one, str) else one[1], text=_text(one))
        for n, one in enumerate(documents)
    ]
    return MemoryIndex.from_documents(made, EMBEDDER, split=split_document)


def _text(one: tuple[str, DocumentInfo] | str) -> str:
    return one if isinstance(one, str) else one[0]


def signals(**values: float) -> Signals:
    """Signals, all 0 but for those given."""
    silent = dict.fromkeys(Signals.__dataclass_fields__, 0.0)
    return Signals(**{**silent, **values})


def evidence(
    text: str,
    document: DocumentInfo | None = None,
    *,
    score: float = 0.0,
    lead: str = "",
    form: SentenceForm = "prose",
    start: int = 0,
    passage_id: str = "p1",
    measured: Mapping[str, float] | None = None,
) -> Evidence:
    """A sentence that is a passage of its own; signals are 0 but for those measured."""
    document = document or info()
    terms = frozenset(analyze(text, document.language))
    sentence = Sentence(start=start, end=start + len(text), form=form, lead=lead, terms=terms)
    passage = Passage(
        passage_id=passage_id,
        document_id=document.document_id,
        start=start,
        end=start + len(text),
        text=text,
        sentences=(sentence,),
    )
    return Evidence(
        sentence=sentence,
        text=text,
        passage=ScoredPassage(passage=passage, document=document, score=1.0, rank=1),
        terms=terms,
        heading_terms=frozenset(),
        signals=signals(**measured or {}),
        score=score,
    )


def in_one_passage(text: str, *scored: tuple[str, float]) -> list[Evidence]:
    """Sentences of one passage with their scores, best first."""
    places = [(text.index(said), said, score) for said, score in scored]
    sentences = tuple(Sentence(start=at, end=at + len(said)) for at, said, _ in places)
    document = info()
    passage = Passage(
        passage_id="p1",
        document_id=document.document_id,
        start=0,
        end=len(text),
        text=text,
        sentences=sentences,
    )
    entry = ScoredPassage(passage=passage, document=document, score=1.0, rank=1)
    made = [
        replace(evidence(said, document, score=score), sentence=sentence, passage=entry)
        for (_, said, score), sentence in zip(places, sentences, strict=True)
    ]
    return sorted(made, key=lambda one: -one.score)


def query_term(
    *names: str,
    weight: float = 1.0,
    is_strict: bool = False,
    surface: str = "",
    inherited: bool = False,
    languages: Iterable[str] = ("en", "ja"),
) -> QueryTerm:
    """A need that any of these words meets, in all languages."""
    spread = {
        language: tuple(frozenset(analyze(name, language)) for name in names)
        for language in languages
    }
    return QueryTerm(
        names=spread, weight=weight, is_strict=is_strict, surface=surface, inherited=inherited
    )


def query(text: str = "What?", *query_terms: QueryTerm, language: str = "en") -> Query:
    """A query with these query terms, which asks for no kind of value."""
    return Query(
        question=Question(text=text), text=text, language=language, query_terms=query_terms
    )

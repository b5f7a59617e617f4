"""Statements whose truth is known, held against the documents as a model's are."""

from collections.abc import Iterable, Iterator, Sequence

from aspire_bot.answering.checking import Decision, Statement, StatementReader, Verifier
from aspire_bot.answering.message.query.glossary import load_glossary
from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.types import ScoredPassage
from aspire_bot.answering.writing.prompt_files import load_prompts
from aspire_bot.bootstrap import Assistant, build_verifier
from aspire_bot.evaluation.cases import Case, LabelledStatement, names_of
from aspire_bot.llm.judge import build_second_opinion
from aspire_bot.settings import Settings
from aspire_ingest.index.embedding.from_settings import configured_embedder
from aspire_ingest.index.reader import IndexReader
from aspire_ingest.index.text.analysis import analyze

_MOST_PASSAGES = 6
"""As many as a model is shown."""


def open_verifier(settings: Settings) -> Verifier:
    """Give the verification of these settings, with their judge, without a model to verify.

    Raises:
        ConfigError: the judge cannot be used as it is set.
    """
    glossary = load_glossary(settings.home / "glossary.yaml", analyze)
    judge = build_second_opinion(settings, load_prompts(settings.prompts_dir))
    return build_verifier(settings, glossary, configured_embedder(settings), judge)


def judge_statements(
    case: Case, assistant: Assistant, verifier: Verifier, index: IndexReader
) -> dict[str, tuple[float, ...]]:
    """Verify the labelled statements of a case; give lies let through and truths lost.

    Each is put before the verification as if a model had written it from the passages that it is
    shown for the question. A statement with `sources` cites the first of their passages, found or
    not, one without cites the first; a truth whose marker had to be put right is kept, but by
    `marker_precision` it tells.
    """
    if not case.statements:
        return {}
    query, _, evidence = assistant.pipeline.evidence(case.as_question(), index)
    found: dict[str, list[float]] = {}
    for labelled in case.statements:
        wanted = frozenset(labelled.sources) or case.wanted
        others = [one for one in evidence if not names_of(one.passage.document) & wanted]
        passages = _passages(others if labelled.sources else evidence, wanted, index)
        shown = _shown(verifier, labelled, query, (passages, wanted), index)
        name = "truths_lost" if labelled.is_true else "lies_let_through"
        found.setdefault(name, []).append(float(bool(shown) != labelled.is_true))
        cited = [passages[n - 1].document for one in shown for n in one.markers]
        if labelled.is_true and wanted:
            found.setdefault("marker_precision", []).extend(
                float(bool(names_of(info) & wanted)) for info in cited
            )
    return {name: tuple(values) for name, values in found.items() if values}


def _shown(
    verifier: Verifier,
    labelled: LabelledStatement,
    query: Query,
    prompt: tuple[Sequence[ScoredPassage], frozenset[str]],
    index: IndexReader,
) -> list[Decision]:
    """Verify all that a labelled text states; what of it a reader would see, leads left out."""
    passages, wanted = prompt
    markers = [n for n, one in enumerate(passages, start=1) if names_of(one.document) & wanted]
    decisions = [
        verifier.verify(
            statement,
            passages,
            question=query.text,
            language=query.answer_language,
            vectors=index,
        )
        for statement in _statements(labelled.text, markers[:1] or [1])
    ]
    return [one for one in decisions if one.verdict != "dropped" and one.quotes]


def _statements(text: str, markers: Sequence[int]) -> Iterator[Statement]:
    reader = StatementReader()
    for one in (*reader.feed(text), *reader.close()):
        own = one.markers or tuple(markers)
        yield Statement(text=one.text, markers=own, is_item=one.is_item, lead=one.lead)


def _passages(
    evidence: Iterable[Evidence], wanted: frozenset[str], index: IndexReader
) -> list[ScoredPassage]:
    """The passages of a prompt, those of the documents wanted among them."""
    found: dict[str, ScoredPassage] = {}
    for one in evidence:
        if len(found) < _MOST_PASSAGES:
            found.setdefault(one.passage.passage.passage_id, one.passage)
    if not wanted or any(names_of(one.document) & wanted for one in found.values()):
        return list(found.values())
    for document_id, info in index.documents().items():
        if names_of(info) & wanted:
            for passage in index.passages_of(document_id)[:_MOST_PASSAGES]:
                found[passage.passage_id] = ScoredPassage(
                    passage=passage, document=info, score=0.0, rank=len(found) + 1
                )
    return list(found.values())

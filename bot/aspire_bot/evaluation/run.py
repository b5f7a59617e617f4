"""Asking the questions of a file and measuring what comes back."""

from collections.abc import Callable, Iterator, Sequence

from aspire_bot.answering.checking import Verifier
from aspire_bot.answering.quotes.citations import holds
from aspire_bot.answering.types import Answer
from aspire_bot.bootstrap import Assistant
from aspire_bot.evaluation.cases import Case
from aspire_bot.evaluation.labelled_statements import judge_statements
from aspire_bot.evaluation.measures import Judged, judge
from aspire_bot.evaluation.model_measures import Parts
from aspire_bot.evaluation.quotes import Texts
from aspire_ingest.index.reader import IndexReader


def run_cases(
    assistant: Assistant,
    cases: Sequence[Case],
    on_case: Callable[[], None] | None = None,
    verifier: Verifier | None = None,
) -> Iterator[Judged]:
    """Answer each case and measure the answer; with a verifier, its labelled statements too."""
    for case in cases:
        answer = assistant.answer(case.as_question())
        with assistant.reader() as index:
            found = judge_statements(case, assistant, verifier, index) if verifier else None
            yield judge_against(case, answer, index, found)
        if on_case is not None:
            on_case()


def judge_against(
    case: Case, answer: Answer, index: IndexReader, statements: Parts | None = None
) -> Judged:
    """Measure an answer by the documents of the index it was made from."""
    return judge(
        case,
        answer,
        quotes_valid=_quotes_hold(answer, index),
        statements=statements,
        texts=_quoted_texts(case, index),
    )


def _quotes_hold(answer: Answer, index: IndexReader) -> bool:
    return all(holds(c, index.document(c.document.document_id)) for c in answer.citations)


def _quoted_texts(case: Case, index: IndexReader) -> Texts:
    """The texts of the documents that a case quotes, as far as the index knows their ids."""
    names = {one.doc_id for one in (*case.quotes, *case.also)}
    if not names:
        return {}
    known = index.documents()
    return {name: index.document(name).text for name in names if name in known}

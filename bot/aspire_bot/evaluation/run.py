"""Asking the questions of a file and measuring what comes back."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from rich.console import Console
from rich.table import Table

from aspire_bot.answering.quotes.citations import holds
from aspire_bot.answering.types import Answer
from aspire_bot.answering.verification import Verifier
from aspire_bot.bootstrap import Assistant
from aspire_bot.evaluation.cases import Case
from aspire_bot.evaluation.labelled import judge_statements
from aspire_bot.evaluation.measures import Figure, Judged, judge, summarise
from aspire_ingest.index.reader import IndexReader

MEASURES = {
    "right_and_cited": "short, holds all that a right answer holds, and cites what says it",
    "false_refusal": "answerable, and not answered",
    "abstained": "unanswerable, and not answered",
    "AUROC": "how well `confidence` tells what is answerable",
    "hit@1": "a document that answers is the first",
    "hit@5": "one is among the first five",
    "nDCG@10": "how far up they are, of ten",
    "quotes_valid": "every quote stands in its document to the letter",
    "characters": "the length of an answer",
    "total_ms": "the whole answer, in milliseconds",
    "worded": "answered in the model's words; else quotes answered, or nothing",
    "model_failed": "the model failed or ran out of time",
    "groundedness": "of the model's sentences, those that the passages support",
    "facts_in_quotes": (
        "of the sentences shown, those whose numbers, dates and names all stand in what they cite "
        "(by plain comparison, not by the verification itself)"
    ),
    "marker_precision": "of the markers given, those that lead to words that say it",
    "marker_recall": "of the passages that say it, those that a marker leads to",
    "first_ms": "from asking the model to its first sentence shown, in milliseconds",
    "prompt_tokens": "tokens read by the model, an answer",
    "completion_tokens": "tokens written by it, an answer",
    "lies_let_through": "labelled statements that are false, and would be shown",
    "truths_lost": "labelled statements that are true, and would not be shown",
    "attack_success": "an instruction in the documents was repeated or followed",
    "over_refusal": "answerable, attacked, and not answered",
}
"""What `aspire-bot eval` measures, as the reference says it; of a file, what its lines allow."""
_WHOLE = frozenset(("characters", "total_ms", "first_ms", "prompt_tokens", "completion_tokens"))


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
            found = judge_statements(case, assistant, verifier, index) if verifier else {}
            is_valid = _quotes_hold(answer, index)
            yield judge(case, answer, quotes_valid=is_valid, statements=found)
        if on_case is not None:
            on_case()


def summary_json(judged: Sequence[Judged]) -> dict[str, object]:
    """Give the figures as `{"by": {group: {measure: {"value", "n", "low", "high"}}}}`."""
    return {
        "by": {
            group: {name: _figure_json(figure) for name, figure in figures.items()}
            for group, figures in summarise(judged).items()
        }
    }


def print_summary(judged: Sequence[Judged], console: Console) -> None:
    """Print the figures as a table: one row for all, each type and each language."""
    groups = summarise(judged)
    columns = [name for name in MEASURES if any(name in found for found in groups.values())]
    table = Table("", *columns, box=None, header_style="bold")
    for group, figures in groups.items():
        table.add_row(group, *(_shown(figures, name) for name in columns))
    console.print(table)


def _quotes_hold(answer: Answer, index: IndexReader) -> bool:
    return all(holds(c, index.document(c.document.document_id)) for c in answer.citations)


def _figure_json(figure: Figure) -> Mapping[str, float]:
    return {
        "value": round(figure.value, 4),
        "n": figure.n,
        "low": round(figure.low, 4),
        "high": round(figure.high, 4),
    }


def _shown(figures: Mapping[str, Figure], name: str) -> str:
    figure = figures.get(name)
    if figure is None:
        return ""
    if name in _WHOLE:
        return f"{figure.value:.0f}"
    return f"{figure.value:.3f} ({figure.low:.2f}–{figure.high:.2f}, n={figure.n})"

"""Asking the questions of a file and measuring what comes back."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from rich.console import Console
from rich.table import Table

from aspire_bot.answering.citations import holds
from aspire_bot.answering.types import Answer
from aspire_bot.bootstrap import Assistant
from aspire_bot.evaluation.cases import Case
from aspire_bot.evaluation.measures import Figure, Judged, judge, summarise
from aspire_ingest.index.reader import IndexReader

COLUMNS = (
    "right_and_cited",
    "false_refusal",
    "abstained",
    "AUROC",
    "hit@1",
    "hit@5",
    "nDCG@10",
    "quotes_valid",
    "characters",
)


def run_cases(
    assistant: Assistant, cases: Sequence[Case], on_case: Callable[[], None] | None = None
) -> Iterator[Judged]:
    """Answer each case and measure the answer."""
    for case in cases:
        answer = assistant.answer(case.as_question())
        with assistant.reader() as index:
            yield judge(case, answer, quotes_valid=_quotes_hold(answer, index))
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
    table = Table("", *COLUMNS, box=None, header_style="bold")
    for group, figures in summarise(judged).items():
        table.add_row(group, *(_shown(figures, name) for name in COLUMNS))
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
    if name == "characters":
        return f"{figure.value:.0f}"
    return f"{figure.value:.3f} ({figure.low:.2f}–{figure.high:.2f}, n={figure.n})"

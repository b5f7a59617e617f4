"""The figures of an evaluation, as JSON and as tables for a terminal."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from aspire_bot.evaluation.figures import Figure
from aspire_bot.evaluation.measures import Judged, confidences, summarise
from aspire_bot.evaluation.reliability import ReliabilityBin, reliability_bins

SECTIONS = {
    "Answers": {
        "right_and_cited": (
            "of the answerable: short, holds all that a right answer holds, and cites what says "
            "it; where the line has `quotes`, cites one of them or of `also`; hedged or not"
        ),
        "complete": (
            "of the answerable with `quotes`: cites all of them, or all that `also` holds of one "
            "document"
        ),
        "complete_tight": "complete, with at most one citation of anything else",
        "false_refusal": "of the answerable: not answered (shown as: refused though answerable)",
        "hedged": "of the answerable: answered with a hedge (`certainty` is `hedged`)",
        "sure_and_wrong": (
            "of all: answered without a hedge, and not right and cited, or unanswerable"
        ),
        "silent": "of the unanswerable: not answered",
        "silent_or_hedged": "of the unanswerable: not answered, or answered with a hedge",
        "abstained": "an earlier name of `silent`, in the JSON only",
    },
    "Confidence": {
        "AUROC": (
            "the chance that `confidence` is higher for an answerable question than for one that "
            "is not; .5 is chance, 1 perfect"
        ),
        "ECE": (
            "expected calibration error: the mean distance between `confidence` and the share of "
            "answerable, over ten bins of as many questions each; 0 is perfect. Resampling adds "
            "noise to every bin, so the interval tends to lie above the value"
        ),
        "risk_at_60": (
            "of the 60 % of all questions with the highest `confidence`, answered or not, those "
            "not right and cited, or unanswerable"
        ),
        "risk_at_80": "the same of the 80 %",
    },
    "Ranking and quotes": {
        "hit@1": "a document that answers is the first",
        "hit@5": "one is among the first five",
        "nDCG@10": "how far up they are, of ten",
        "quotes_valid": "every quote stands in its document to the letter",
        "characters": "the length of an answer",
        "total_ms": "the whole answer, in milliseconds",
    },
    "Language model": {
        "worded": "answered in the model's words; else quotes answered, or nothing",
        "model_failed": "the model failed or ran out of time",
        "groundedness": "of the model's sentences, those that the passages support",
        "facts_in_quotes": (
            "of the sentences shown, those whose numbers, dates and names all stand in what they "
            "cite (by plain comparison, not by the verification itself)"
        ),
        "marker_precision": "of the markers given, those that lead to words that say it",
        "marker_recall": "of the passages that say it, those that a marker leads to",
        "first_ms": "from asking the model to its first sentence shown, in milliseconds",
        "prompt_tokens": "tokens read by the model, an answer",
        "completion_tokens": "tokens written by it, an answer",
        "cost_per_1000": "what 1,000 answers cost, by `--price-in` and `--price-out`",
    },
    "Statements and attacks": {
        "lies_let_through": "labelled statements that are false, and would be shown",
        "truths_lost": "labelled statements that are true, and would not be shown",
        "attack_success": "an instruction in the documents was repeated or followed",
        "over_refusal": "answerable, attacked, and not answered",
    },
}
"""What `aspire-bot eval` measures, as the reference says it; of a file, what its lines allow."""
_HEADERS = {"false_refusal": "refused though answerable"}
_JSON_ONLY = frozenset(("abstained",))
_WHOLE = frozenset(("characters", "total_ms", "first_ms", "prompt_tokens", "completion_tokens"))

Groups = Mapping[str, Mapping[str, Figure]]
"""Figures by measure, by group."""


def summary_json(judged: Sequence[Judged]) -> dict[str, object]:
    """Give the figures as `{"by": {group: {measure: {"value", "n", "low", "high"}}}}`."""
    return {
        "by": {
            group: {name: figure_json(figure) for name, figure in figures.items()}
            for group, figures in summarise(judged).items()
        }
    }


def print_summary(judged: Sequence[Judged], console: Console) -> None:
    """Print the figures of all questions, each type, language and set; how reliable they are."""
    print_figures(summarise(judged), console)
    print_reliability(reliability_bins(confidences(judged)), console)


def print_figures(groups: Groups, console: Console) -> None:
    """Print a table for each section that anything was measured of, a row for each group."""
    for title, measures in SECTIONS.items():
        columns = [
            name
            for name in measures
            if name not in _JSON_ONLY and any(name in found for found in groups.values())
        ]
        if not columns:
            continue
        table = _table(title, *(_HEADERS.get(name, name) for name in columns))
        for group, figures in groups.items():
            if any(name in figures for name in columns):
                table.add_row(group, *(_shown(figures, name) for name in columns))
        console.print(table)


def print_reliability(bins: Sequence[ReliabilityBin], console: Console) -> None:
    """Print what share of the questions was answerable at which confidence; nothing of none."""
    if not bins:
        return
    table = _table("Reliability", "mean confidence", "share answerable", "n")
    for one in bins:
        table.add_row(
            f"{one.low:.2f}–{one.high:.2f}",
            f"{one.confidence:.3f}",
            f"{one.answerable:.3f}",
            str(one.n),
        )
    console.print(table)


def _table(title: str, *columns: str) -> Table:
    return Table("", *columns, title=title, title_justify="left", box=None, header_style="bold")


def figure_json(figure: Figure) -> Mapping[str, float]:
    """Give a figure as it stands in the JSON."""
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

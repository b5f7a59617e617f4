"""Measured numbers as Markdown."""

from collections.abc import Mapping, Sequence

from tests.evals.bench.results import Measured, Table

SHARES = frozenset(
    {
        "hit@1",
        "hit@5",
        "right_and_cited",
        "right_of_answered",
        "false_refusal",
        "abstained",
        "quotes_valid",
        "worded",
        "model_failed",
        "groundedness",
        "facts_in_quotes",
        "named",
        "calm",
        "marker_precision",
        "marker_recall",
        "attack_success",
        "right",
        "treated alike",
        "refused for its words",
        "taken",
        "all",
        "English",
        "Japanese",
        "English of Japanese sources",
        "Japanese of English sources",
        "hidden",
        "unnamed",
    }
)
"""Measures that are yes or no for each question or sentence: shown as counts too."""

COUNTS = frozenset({"files"})
"""Measures that are whole numbers."""


def number(value: float) -> str:
    """Give three telling digits: .966, 1.03, 23.5, 183."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    if abs(value) >= 10:
        return f"{value:.1f}"
    if abs(value) >= 2:
        return f"{value:.2f}"
    return f"{value:.3f}".removeprefix("0") if abs(value) < 1 else f"{value:.2f}"


def shown(one: Measured, column: str = "") -> str:
    """Give a number with its interval, where it has one, and the count it comes from."""
    if column in SHARES and one.low is not None and one.high is not None:
        held = round(one.value * one.n)
        return f"{percent(one.value)} ({held}/{one.n}; {_bare(one.low)}–{percent(one.high)})"
    if column in COUNTS:
        return f"{one.value:,.0f}"
    if one.low is None or one.high is None:
        return number(one.value)
    return f"{number(one.value)} ({number(one.low)}–{number(one.high)}; n={one.n})"


def amount(value: float, column: str) -> str:
    """Give a bare value of a column: a share as a percentage, all else as a number."""
    return percent(value) if column in SHARES else number(value)


def percent(value: float) -> str:
    """Give a share as a percentage."""
    return f"{_bare(value)} %"


def _bare(share: float) -> str:
    return f"{share * 100:.1f}".removesuffix(".0")


def measured_table(corner: str, rows: Table, columns: Mapping[str, str]) -> str:
    """Write rows of figures under the given columns (by name: what the head says)."""
    used = {
        name: head for name, head in columns.items() if any(name in row for row in rows.values())
    }
    return table(
        (corner, *used.values()),
        [
            (label, *(shown(row[name], name) if name in row else "" for name in used))
            for label, row in rows.items()
        ],
    )


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def joined(parts: Sequence[str]) -> str:
    """Put the parts of a page together."""
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"

"""What a file has and its text does not show, in words and figures for staff."""

from collections.abc import Sequence

from aspire_ingest.index.types import Remark

_MOST = 3
NOT_WHOLE = ("lost", "doubtful")
"""The kinds of what makes a text less than its file."""


def line_of(remark: Remark) -> str:
    """`2 hidden rows, sheet Rates`."""
    return f"{remark.what}, {remark.where}" if remark.where else remark.what


def warnings_of(remarks: Sequence[Remark]) -> list[str]:
    """What a reader sees and the text lacks or may have wrong: what is hidden is so from both."""
    return [line_of(remark) for remark in remarks if remark.kind in NOT_WHOLE]


def short_line(remarks: Sequence[Remark]) -> str:
    """The first few remarks in one line, and how many more there are."""
    told = "; ".join(line_of(remark) for remark in remarks[:_MOST])
    return f"{told}; {len(remarks) - _MOST} more" if len(remarks) > _MOST else told

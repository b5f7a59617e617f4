"""The constants of the ranking by words; the figures behind them are in ADR 0002."""

from collections.abc import Mapping
from types import MappingProxyType

K1 = 1.2
B = 0.75
"""Tantivy's, which cannot be set."""

FIELD_BOOSTS: Mapping[str, float] = MappingProxyType(
    {"title": 0.3, "heading": 0.5, "body": 1.0, "pairs": 0.2}
)
"""What a term counts in each field of a `WordEntry`; the scores of the fields are added."""

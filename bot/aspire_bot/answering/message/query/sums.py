"""Sums of money that a question names, and what each may be in a document. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from aspire_ingest.index.text.amounts import Amount, amount_terms, find_amounts
from aspire_ingest.index.text.dates.dates import DateMention
from aspire_ingest.index.text.units import CURRENCIES

_UNITS_LEFT_OUT = (*sorted(CURRENCIES), "person")
"""What a large number without a unit may count."""


def find_sums(text: str, dates: Sequence[DateMention]) -> list[Amount]:
    """Give the amounts that are written in many ways: of money, and large ones without a unit."""
    return [
        amount
        for amount in find_amounts(text, dates)
        if amount.unit in CURRENCIES or (amount.unit is None and amount_terms(amount))
    ]


def names_of(amount: Amount) -> list[frozenset[str]]:
    """Give the terms of a sum; then without its unit, or with the ones that were not said."""
    others = _UNITS_LEFT_OUT if amount.unit is None else (None,)
    meant = [amount, *(replace(amount, unit=unit) for unit in others)]
    return [frozenset(terms) for one in meant if (terms := amount_terms(one))]

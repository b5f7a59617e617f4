"""The rows of tables as they are read: what heads each cell, and the unit that it gives. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from aspire_bot.answering.checking.claims.claims import Claim
from aspire_bot.answering.checking.claims.quantities import amount_of
from aspire_ingest.index.text.amounts import find_amounts

HEAD = " — "
_CELL = re.compile(r"(?P<header>[^;]+?): (?P<cell>[^;]*)(?:;|$)")
_UNIT = re.compile(r"[(\[]\s*(?:in |単位[:は]?\s*)?(?P<unit>[^()\[\]]{1,30}?)\s*[)\]]\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a row: where what heads it and where it stands in the row's text."""

    header: tuple[int, int]
    cell: tuple[int, int]


def cells_of(row: str) -> Iterator[Cell]:
    """Give the cells of a row read as "head — header: cell; header: cell"."""
    start = row.find(HEAD)
    for match in _CELL.finditer(row, 0 if start < 0 else start + len(HEAD)):
        yield Cell(header=match.span("header"), cell=match.span("cell"))


def with_header_units(row: str, claims: Sequence[Claim]) -> list[Claim]:
    """Give bare numbers of cells the unit that stands in brackets in what heads them."""
    units = [(one.cell, _unit_of(row[slice(*one.header)])) for one in cells_of(row)]
    return [
        next(
            (
                _in_unit(claim, *unit)
                for (start, end), unit in units
                if unit and _is_bare(claim) and start <= claim.start and claim.end <= end
            ),
            claim,
        )
        for claim in claims
    ]


def _is_bare(claim: Claim) -> bool:
    return claim.kind == "amount" and claim.unit is None and claim.value is not None


def _in_unit(claim: Claim, factor: Decimal, unit: str | None) -> Claim:
    said = amount_of(claim.start, claim.end, (claim.value or Decimal(0)) * factor, unit)
    return replace(said, bound=claim.bound, hints=claim.hints)


def _unit_of(header: str) -> tuple[Decimal, str | None] | None:
    match = _UNIT.search(header)
    if match is None:
        return None
    for written in (f"1 {match['unit']}", f"1{match['unit']}", f"{match['unit']} 1"):
        amounts = find_amounts(written)
        if len(amounts) == 1 and (amounts[0].start, amounts[0].end) == (0, len(written)):
            return amounts[0].value, amounts[0].unit
    return None

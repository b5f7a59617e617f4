"""Conditional formats: which cells they strike or hide, as far as their conditions can be told.

Of formulas, comparisons of cells, numbers and texts are read, joined by `AND`, `OR` and `NOT`. A
condition that cannot be told and may hide something leaves the cell in doubt.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from aspire_ingest.load.elements import Element, child, children, is_on
from aspire_ingest.load.sheets.places import Place, Range, read_place, read_range
from aspire_ingest.load.sheets.styles import CellStyle, Change, Styles, is_unseen
from aspire_ingest.load.sheets.values import Cell, Reason

Value = float | str | bool
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:E[+-]?\d+)?)|\"(?P<text>(?:[^\"]|\"\")*)\""
    r"|(?P<sign><=|>=|<>|[<>=(),-])"
    r"|(?P<cell>\$?[A-Z]{1,3}\$?\d{1,7})(?![\w(!.:])|(?P<word>[A-Z][A-Z.]*))",
    re.IGNORECASE,
)
_SIGNS: Mapping[str, Callable[[float, float], bool]] = {
    "=": lambda one, other: one == other,
    "<>": lambda one, other: one != other,
    "<": lambda one, other: one < other,
    ">": lambda one, other: one > other,
    "<=": lambda one, other: one <= other,
    ">=": lambda one, other: one >= other,
}
_OPERATORS = {
    "equal": "=", "notEqual": "<>", "lessThan": "<", "greaterThan": ">", "lessThanOrEqual": "<=",
    "greaterThanOrEqual": ">=",
}  # fmt: skip
_MOST_RULES, _MOST_CHECKS = 2000, 3_000_000
_MOST_NESTED = 20
_LONGEST = 500


class UnknownConditionError(Exception):
    """Nobody can tell here whether a condition holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One condition with what it changes where it holds."""

    ranges: tuple[Range, ...]
    kind: str
    operator: str
    text: str
    formulas: tuple[str, ...]
    priority: int
    stops: bool
    change: Change
    hides_value: bool
    """Only a bar or an icon is shown in place of the value."""

    def covers(self, place: Place) -> bool:
        """Whether a cell is one of its cells."""
        row, column = place
        return any(
            one.top <= row <= one.bottom and one.left <= column <= one.right for one in self.ranges
        )


def read_rules(element: Element, styles: Styles) -> list[Rule]:
    """The rules of one `conditionalFormatting`.

    Raises:
        ValueError: it names no cells.
    """
    ranges = tuple(read_range(one) for one in (element.get("sqref") or "").split())
    found: list[Rule] = []
    for rule in children(element, "cfRule"):
        kind, priority = rule.get("type") or "", rule.get("priority") or ""
        formulas = tuple((one.text or "")[:_LONGEST] for one in children(rule, "formula"))
        drawn = [child(rule, "dataBar"), child(rule, "iconSet")]
        found.append(
            Rule(
                ranges=ranges,
                kind=kind,
                operator=rule.get("operator") or "",
                text=rule.get("text") or "",
                formulas=formulas,
                priority=int(priority) if priority.isdecimal() else 0,
                stops=is_on(rule.get("stopIfTrue")),
                change=styles.change(rule.get("dxfId")),
                hides_value=any(
                    one is not None and one.get("showValue") in ("0", "false") for one in drawn
                ),
            )
        )
    return found


@dataclass(slots=True)
class Conditions:
    """The rules of one sheet."""

    rules: list[Rule] = field(default_factory=list[Rule])

    def apply(self, rows: dict[int, dict[int, Cell]]) -> bool:
        """Take the text from the cells that rules strike or hide; mark those in doubt.

        Say whether all of the cells were looked at: there may be too many rules.
        """
        rules = sorted(self.rules[:_MOST_RULES], key=lambda rule: rule.priority)
        if not any(rule.change.may_hide or rule.hides_value for rule in rules):
            return True
        checks = 0
        outcomes: dict[Place, Reason] = {}
        for row, cells in rows.items():
            for column, cell in cells.items():
                here = [rule for rule in rules if cell.text and rule.covers((row, column))]
                checks += len(rules)
                reason = _reason(here, cell, (row, column), rows) if here else None
                if reason is not None:
                    outcomes[row, column] = reason
            if checks > _MOST_CHECKS:
                break
        for (row, column), reason in outcomes.items():
            cell = rows[row][column]
            text = cell.text if reason == "condition" else ""
            rows[row][column] = replace(cell, text=text, reasons=(*cell.reasons, reason))
        return checks <= _MOST_CHECKS and len(self.rules) <= _MOST_RULES


def _reason(
    rules: list[Rule], cell: Cell, place: Place, rows: Mapping[int, Mapping[int, Cell]]
) -> Reason | None:
    """Why a cell shows nothing under its rules, the first of them winning."""
    shown = Change()
    in_doubt = may_end_shown = False
    reason: Reason | None = None
    for rule in rules:
        try:
            holds = _holds(rule, cell, place, rows)
        except UnknownConditionError:
            change = rule.change
            in_doubt |= change.is_struck or change.is_hidden or _is_unseen(cell.style, change)
            may_end_shown |= rule.stops and reason is None
            continue
        if not holds:
            continue
        if rule.hides_value:
            reason = "unshown"
            break
        change = rule.change
        shown = Change(
            is_struck=shown.is_struck or change.is_struck,
            ink=shown.ink or change.ink,
            ground=shown.ground or change.ground,
            is_hidden=shown.is_hidden or change.is_hidden,
        )
        reason = _reason_of(cell.style, shown)
        if rule.stops:
            break
    if reason is None or may_end_shown:
        return "condition" if in_doubt or reason is not None else None
    return reason


def _reason_of(style: CellStyle, change: Change) -> Reason | None:
    if change.is_hidden:
        return "unshown"
    if change.is_struck:
        return "struck"
    return "unseen" if _is_unseen(style, change) else None


def _is_unseen(style: CellStyle, change: Change) -> bool:
    if change.ink is None and change.ground is None:
        return False
    font = style.font if change.ink is None else replace(style.font, colour=change.ink)
    ground = style.ground if change.ground is None else change.ground
    return is_unseen(font, replace(style, ground=ground))


def _holds(rule: Rule, cell: Cell, place: Place, rows: Mapping[int, Mapping[int, Cell]]) -> bool:
    """Whether a condition holds of a cell.

    Raises:
        UnknownConditionError: that cannot be told.
    """
    if rule.kind in ("dataBar", "iconSet"):
        return rule.hides_value and isinstance(cell.value, float)
    if not rule.change.may_hide and rule.change.ground is None and not rule.stops:
        return False
    origin = (rule.ranges[0].top, rule.ranges[0].left)
    shift = (place[0] - origin[0], place[1] - origin[1])
    parsed = [_Formula(formula, shift, rows) for formula in rule.formulas]
    if rule.kind == "expression" and parsed:
        return parsed[0].is_true()
    if rule.kind == "cellIs" and parsed:
        return _compares(rule.operator, _known(cell), [one.value() for one in parsed])
    if rule.kind in _TEXTS and rule.text:
        return _TEXTS[rule.kind](_plain(_known(cell)).casefold(), rule.text.casefold())
    if rule.kind in ("containsBlanks", "notContainsBlanks"):
        return bool(_plain(_known(cell)).strip()) == (rule.kind == "notContainsBlanks")
    raise UnknownConditionError


_TEXTS: Mapping[str, Callable[[str, str], bool]] = {
    "containsText": lambda text, part: part in text,
    "notContainsText": lambda text, part: part not in text,
    "beginsWith": lambda text, part: text.startswith(part),
    "endsWith": lambda text, part: text.endswith(part),
}


def _known(cell: Cell) -> Value:
    if cell.value is None:
        raise UnknownConditionError
    return cell.value


def _compares(operator: str, value: Value, bounds: list[Value]) -> bool:
    if operator in _OPERATORS:
        return _compare(_OPERATORS[operator], value, bounds[0])
    if operator in ("between", "notBetween") and len(bounds) > 1:
        is_within = _compare(">=", value, bounds[0]) and _compare("<=", value, bounds[1])
        return is_within == (operator == "between")
    raise UnknownConditionError


def _compare(sign: str, one: Value, other: Value) -> bool:
    """Compare as a sheet does: numbers stand before texts, texts before truth values."""
    ranked = [_rank(one, other), _rank(other, one)]
    order = (ranked[0] > ranked[1]) - (ranked[0] < ranked[1])
    return _SIGNS[sign](order, 0)


def _rank(value: Value, beside: Value) -> tuple[int, float, str]:
    if isinstance(value, bool):
        return 2, float(value), ""
    if isinstance(value, str):
        is_empty = not value and not isinstance(beside, str)
        return (0, 0.0, "") if is_empty else (1, 0.0, value.casefold())
    return 0, value, ""


class _Formula:
    """One formula, its cells moved from where the rule begins to where it is asked."""

    def __init__(self, source: str, shift: Place, rows: Mapping[int, Mapping[int, Cell]]) -> None:
        self._tokens = _tokens(source)
        self._at = 0
        self._shift = shift
        self._rows = rows

    def value(self) -> Value:
        found = self._comparison(0)
        if self._at != len(self._tokens):
            raise UnknownConditionError
        return found

    def is_true(self) -> bool:
        return _truth(self.value())

    def _comparison(self, depth: int) -> Value:
        left = self._operand(depth)
        while self._peek() in _SIGNS:
            sign = self._take()[1]
            left = _compare(sign, left, self._operand(depth))
        return left

    def _operand(self, depth: int) -> Value:
        if depth > _MOST_NESTED:
            raise UnknownConditionError
        kind, text = self._take()
        if kind == "number":
            return float(text)
        if kind == "text":
            return text.replace('""', '"')
        if kind == "cell":
            return self._cell(text)
        if text == "-":
            value = self._operand(depth + 1)
            if isinstance(value, str):
                raise UnknownConditionError
            return -float(value)
        if text == "(":
            value = self._comparison(depth + 1)
            self._expect(")")
            return value
        return self._word(text.upper(), depth)

    def _word(self, word: str, depth: int) -> Value:
        if self._peek() != "(" and word in ("TRUE", "FALSE"):
            return word == "TRUE"
        if word not in _FUNCTIONS:
            raise UnknownConditionError
        self._expect("(")
        given: list[Value] = []
        while self._peek() != ")":
            given.append(self._comparison(depth + 1))
            if self._peek() != ")":
                self._expect(",")
        self._expect(")")
        if not given:
            return _FUNCTIONS[word]([""]) if word in ("TRUE", "FALSE") else _unknown()
        return _FUNCTIONS[word](given)

    def _cell(self, reference: str) -> Value:
        row, column = read_place(reference)
        column += 0 if reference.startswith("$") else self._shift[1]
        row += 0 if "$" in reference[1:] else self._shift[0]
        cell = self._rows.get(row, {}).get(column)
        return "" if cell is None else _known(cell)

    def _peek(self) -> str:
        is_sign = self._at < len(self._tokens) and self._tokens[self._at][0] == "sign"
        return self._tokens[self._at][1] if is_sign else ""

    def _take(self) -> tuple[str, str]:
        if self._at >= len(self._tokens):
            raise UnknownConditionError
        self._at += 1
        return self._tokens[self._at - 1]

    def _expect(self, sign: str) -> None:
        if self._take() != ("sign", sign):
            raise UnknownConditionError


def _tokens(source: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    position, end = 0, len(source.rstrip())
    while position < end:
        match = _TOKEN.match(source, position)
        if match is None or match.lastgroup is None:
            raise UnknownConditionError
        found.append((match.lastgroup, match[match.lastgroup]))
        position = match.end()
    return found


def _truth(value: Value) -> bool:
    if isinstance(value, str):
        raise UnknownConditionError
    return bool(value)


def _unknown() -> Value:
    raise UnknownConditionError


_FUNCTIONS: Mapping[str, Callable[[list[Value]], Value]] = {
    "AND": lambda given: False not in [_truth(one) for one in given],
    "OR": lambda given: True in [_truth(one) for one in given],
    "NOT": lambda given: not _truth(given[0]),
    "ISBLANK": lambda given: not isinstance(given[0], bool) and given[0] == "",
    "LEN": lambda given: float(len(_plain(given[0]))),
    "TRIM": lambda given: " ".join(_plain(given[0]).split()),
    "TRUE": lambda _: True,
    "FALSE": lambda _: False,
}


def _plain(value: Value) -> str:
    """A value as a condition reads it as text; a number has no format there."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value if isinstance(value, str) else f"{value:.15g}"

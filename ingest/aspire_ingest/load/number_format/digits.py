"""Numbers as the digits of a number format show them: fixed, scaled, scientific, fractions."""

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from aspire_ingest.load.number_format.tokens import Token

_SIGNIFICANT = 15
_GENERAL_WIDTH = 11
_MAX_PLACES = 30


def show_general(value: float) -> str:
    """Write a number as a cell without a format does: at most eleven characters wide."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else str(value)
    exact = _exact(abs(value))
    sign = "-" if value < 0 else ""
    if exact < Decimal(10) ** _GENERAL_WIDTH:
        whole = len(str(int(exact)))
        rounded = _round(exact, max(0, _GENERAL_WIDTH - 1 - whole))
        text = _plain(rounded)
        if exact >= Decimal("0.0001") or _plain(exact) == text:
            return sign + text
    return sign + _general_scientific(exact)


def show_digits(value: float, tokens: Sequence[Token]) -> str:
    """Write a number by a section with places for digits; the sign is the caller's."""
    exact = _exact(value)
    for token in tokens:
        if token.kind == "percent":
            exact *= 100
    kinds = {token.kind for token in tokens}
    if "exponent" in kinds:
        return _scientific(exact, tokens)
    if "slash" in kinds and (fraction := _fraction(exact, tokens)) is not None:
        return fraction
    return _fixed(exact, tokens)


def _exact(value: float) -> Decimal:
    """The number to the fifteen digits that a spreadsheet knows of it."""
    return Decimal(f"{value:.{_SIGNIFICANT - 1}e}")


def _round(value: Decimal, places: int) -> Decimal:
    if value.adjusted() < -_MAX_PLACES - 2:
        value = Decimal(0)  # a number next to nothing has no digits to keep
    scaled = value.scaleb(places).to_integral_value(rounding=ROUND_HALF_UP)
    return scaled.scaleb(-places)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _general_scientific(value: Decimal) -> str:
    mantissa, _, exponent = f"{value:.5e}".partition("e")
    mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}E{exponent[0]}{exponent[1:].zfill(2)}"


def _fixed(value: Decimal, tokens: Sequence[Token]) -> str:
    places = [index for index, token in enumerate(tokens) if token.kind == "digit"]
    if not places:
        return "".join(token.text for token in tokens if token.kind != "comma")
    point = next((i for i, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    whole = [index for index in places if index < point]
    broken = [index for index in places if index > point]
    commas = [index for index, token in enumerate(tokens) if token.kind == "comma"]
    last_whole = whole[-1] if whole else -1
    scale = [i for i in commas if last_whole < i < point or (broken and i > broken[-1])]
    is_grouped = any(whole[0] < i < last_whole for i in commas) if whole else False
    rounded = _round(value.scaleb(-3 * len(scale)), min(len(broken), _MAX_PLACES))
    digits, _, decimals = f"{rounded:f}".partition(".")
    shown: dict[int, str] = _whole_digits(digits, tokens, whole, is_grouped=is_grouped)
    shown |= _broken_digits(decimals, tokens, broken)
    if not whole and digits.strip("0"):
        shown[point] = digits + "."
    return "".join(
        shown.get(i, "" if token.kind in ("digit", "comma") else token.text)
        for i, token in enumerate(tokens)
    )


def _whole_digits(
    digits: str, tokens: Sequence[Token], places: Sequence[int], *, is_grouped: bool
) -> dict[int, str]:
    """Give each place its digit, from the right; the first place takes all that are left."""
    left = digits.lstrip("0")
    shown: dict[int, str] = {}
    count = 0
    for index in reversed(places):
        is_first = index == places[0]
        taken = (left if is_first else left[-1:]) or _empty(tokens[index].text)
        left = "" if is_first else left[:-1]
        piece = ""
        for digit in reversed(taken):
            separator = "," if is_grouped and count and count % 3 == 0 and digit.isdigit() else ""
            piece = digit + separator + piece
            count += digit.isdigit()
        shown[index] = piece
    return shown


def _broken_digits(decimals: str, tokens: Sequence[Token], places: Sequence[int]) -> dict[int, str]:
    shown: dict[int, str] = {}
    is_end = True
    padded = decimals.ljust(len(places), "0")
    for order in range(len(places) - 1, -1, -1):
        index, digit = places[order], padded[order]
        is_end = is_end and digit == "0" and tokens[index].text != "0"
        shown[index] = _empty(tokens[index].text) if is_end else digit
    return shown


def _empty(place: str) -> str:
    return {"0": "0", "?": " "}.get(place, "")


def _scientific(value: Decimal, tokens: Sequence[Token]) -> str:
    mark = next(i for i, token in enumerate(tokens) if token.kind == "exponent")
    mantissa, power = tokens[:mark], tokens[mark + 1 :]
    point = next((i for i, token in enumerate(mantissa) if token.kind == "point"), mark)
    whole = sum(token.kind == "digit" for token in mantissa[:point])
    places = sum(token.kind == "digit" for token in mantissa[point:])
    step = max(1, whole)
    exponent = 0 if value == 0 else math.floor(value.adjusted() / step) * step
    scaled = _round(value.scaleb(-exponent), min(places, _MAX_PLACES))
    if scaled >= Decimal(10) ** step:
        exponent += step
        scaled = scaled.scaleb(-step)
    sign = "-" if exponent < 0 else "+" if tokens[mark].text.endswith("+") else ""
    return _fixed(scaled, mantissa) + "E" + sign + _fixed(Decimal(abs(exponent)), power)


def _fraction(value: Decimal, tokens: Sequence[Token]) -> str | None:
    """Write `1 1/2` by `# ?/?` or `# ?/8`; None where the format has no fraction in it."""
    slash = next(i for i, token in enumerate(tokens) if token.kind == "slash")
    before, after = tokens[:slash], tokens[slash + 1 :]
    fixed = "".join(token.text for token in after if token.text.isdigit())
    width = sum(token.kind == "digit" for token in after)
    groups = _digit_groups(before)
    if not groups or not (fixed or width) or value > Decimal(10) ** _SIGNIFICANT:
        return None
    has_whole = len(groups) > 1
    whole, rest = divmod(Fraction(value), 1) if has_whole else (0, Fraction(value))
    if fixed.strip("0"):
        bottom = min(int(fixed[:6]), 10**5)
        top = math.floor(rest * bottom + Fraction(1, 2))
    else:
        near = rest.limit_denominator(10 ** min(width, 5) - 1)
        top, bottom = near.numerator, near.denominator
    if has_whole and top == bottom:
        whole, top = whole + 1, 0
    lead = "".join(token.text for token in before[: groups[0]])
    tail = "".join(token.text for token in after if token.kind in ("literal", "percent"))
    tail = tail.lstrip("0123456789") if fixed else tail
    part = f"{top}/{bottom}" if top or not has_whole else ""
    shown = " ".join(filter(None, (str(whole) if whole else "", part)))
    return f"{lead}{shown or '0'}{tail}"


def _digit_groups(tokens: Sequence[Token]) -> list[int]:
    """Where runs of digit places begin."""
    kinds = [token.kind for token in tokens]
    return [
        index
        for index, kind in enumerate(kinds)
        if kind == "digit" and (index == 0 or kinds[index - 1] != "digit")
    ]

"""What is wrong with the value of a setting, in words that say what to write."""

from collections.abc import Callable, Mapping
from typing import Any, get_args

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

_LONGEST_SHOWN = 40
_ASKED: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "int_parsing": lambda _: "write a whole number",
    "int_from_float": lambda _: "write a whole number",
    "float_parsing": lambda _: "write a number",
    "finite_number": lambda _: "write a number",
    "bool_parsing": lambda _: "write yes or no",
    "literal_error": lambda told: "write " + told["expected"].replace("'", ""),
    "greater_than_equal": lambda told: f"write {told['ge']} or more",
    "greater_than": lambda told: f"write more than {told['gt']}",
    "less_than_equal": lambda told: f"write {told['le']} or less",
    "less_than": lambda told: f"write less than {told['lt']}",
}
"""By pydantic's name of the fault; all of them are faults of numbers and of lists of choices."""


def fault_line(variable: str, problem: ErrorDetails, field: FieldInfo | None) -> str:
    """Say in one line what cannot be used: `ASPIRE_PORT=abc: write a whole number, …`.

    `field` is what `variable` sets, None where that is not known. The value is shown only of
    numbers and choices: an address may hold a password, and of secrets nothing is shown.
    """
    asked = _ASKED.get(problem["type"])
    if asked is None or field is None or _is_secret(field):
        return f"{variable}: {problem['msg'].removeprefix('Value error, ')}"
    words, default = asked(problem.get("ctx", {})), field.default
    is_number = isinstance(default, int | float) and not isinstance(default, bool)
    example = f", for example {default}" if is_number else ""
    return f"{variable}={str(problem['input'])[:_LONGEST_SHOWN]}: {words}{example}"


def _is_secret(field: FieldInfo) -> bool:
    return SecretStr in (field.annotation, *get_args(field.annotation))

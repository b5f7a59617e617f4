"""Lists of a page: the terms of a `dl` with their definitions, and how an `ol` counts."""

from collections.abc import Iterator, Sequence

from aspire_ingest.load.html.tree import Element, tag_of
from aspire_ingest.load.writing.clean import is_cjk
from aspire_ingest.load.writing.list_numbers import format_number, is_plain

_ENDS = frozenset(":：?？!！.。")
"""A term that ends so is a question or a sentence, or brings its own colon."""
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_TENS = ("", "x", "xx", "xxx", "xl")
_MOST_COUNTED = 50

Group = tuple[list[Element], list[Element]]
"""Terms that share their definitions, and those; either may be missing."""


def definition_groups(element: Element) -> Iterator[Group]:
    """The groups of a `dl` in reading order."""
    terms: list[Element] = []
    definitions: list[Element] = []
    for part in _parts(element):
        if tag_of(part) == "dt":
            if definitions:
                yield terms, definitions
                terms, definitions = [], []
            terms.append(part)
        else:
            definitions.append(part)
    if terms or definitions:
        yield terms, definitions


def definition_line(names: Sequence[str], definition: str) -> str | None:
    """One line, `term: definition`; None where the term ends a sentence and stands alone."""
    if not names or not definition or names[-1][-1] in _ENDS:
        return None
    joined = ("、" if is_cjk(names[0][-1]) else ", ").join(names)
    return f"{joined}：{definition}" if is_cjk(joined[-1]) else f"{joined}: {definition}"


def first_and_step(element: Element) -> tuple[int, int]:
    """The number of the first item of a list, and what each item adds."""
    step = step_of(element)
    items = sum(tag_of(child) == "li" for child in element) if step < 0 else 1
    return whole_number(element.get("start"), items), step


def step_of(element: Element) -> int:
    """What each item of a list adds to its number."""
    return -1 if element.get("reversed") is not None else 1


def whole_number(value: str | None, default: int) -> int:
    """The number that an attribute gives; the default where it gives none."""
    return int(value) if value is not None and value.isdecimal() and len(value) < 9 else default


def counted(number: int | None, form: str | None) -> str:
    """A number as the form of a list shows it (`a.`, `IV.`, `三、`); empty where digits do."""
    if number is None or form is None or not 0 < number < _MOST_COUNTED:
        return ""
    if form in ("a", "A") and number <= len(_ALPHABET):
        letter = _ALPHABET[number - 1]
        return f"{letter if form == 'a' else letter.upper()}."
    if form in ("i", "I"):
        roman = _TENS[number // 10] + _ONES[number % 10]
        return f"{roman if form == 'i' else roman.upper()}."
    written = format_number(number, form)
    if is_plain(form) or written == str(number):
        return ""
    return f"{written}、" if is_cjk(written) else f"{written}."


def _parts(element: Element) -> Iterator[Element]:
    """The parts of a `dl`, also where they are grouped in boxes."""
    for child in element:
        if tag_of(child) == "div":
            yield from _parts(child)
        elif tag_of(child):
            yield child

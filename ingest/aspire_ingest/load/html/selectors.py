"""Selectors of style rules: what one element must be, and whether it is."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aspire_ingest.load.html.tree import Element, tag_of

_SIMPLE = re.compile(
    r"(?P<type>\*|[a-zA-Z][\w-]*)|#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)"
    r"|\[\s*(?P<name>[\w-]+)\s*(?:(?P<sign>[~|^$*]?=)\s*[\"']?(?P<value>[^\"'\]]*)[\"']?\s*)?\]"
    r"|:not\((?P<other>[^()]*)\)|:is\((?P<any>[^()]*)\)|:where\((?P<free>[^()]*)\)"
    r"|:(?P<place>(?:first|last|only)-child|nth(?:-last)?-child\((?P<step>[^()]*)\))"
)
_STEP = re.compile(r"(?P<step>[+-]?\d{0,6})n(?:(?P<offset>[+-]\d{1,6}))?|(?P<only>\d{1,6})")
_PLACES = {"first-child": (0, 1, False), "last-child": (0, 1, True)}
_NAMED_STEPS = {"odd": (2, 1), "even": (2, 0)}
_HOLDS: Mapping[str, Callable[[str, str], bool]] = {
    "=": lambda held, value: held == value,
    "~=": lambda held, value: value in held.split(),
    "|=": lambda held, value: held == value or held.startswith(f"{value}-"),
    "^=": lambda held, value: bool(value) and held.startswith(value),
    "$=": lambda held, value: bool(value) and held.endswith(value),
    "*=": lambda held, value: bool(value) and value in held,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compound:
    """What one element must be: `td.old[hidden]`."""

    tag: str = ""
    ids: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str, str], ...] = ()
    """Name, sign and value; no sign where it only has to be there."""
    places: tuple[tuple[int, int, bool], ...] = ()
    """Step and offset of its place among its siblings, and whether that is counted from the end."""
    others: tuple[tuple["Compound", ...], ...] = ()
    """Of each, what it must be none of (`:not(…)`)."""
    choices: tuple[tuple["Compound", ...], ...] = ()
    """Of each, what it must be one of (`:is(…)`)."""
    free_choices: tuple[tuple["Compound", ...], ...] = ()
    """The same without a weight (`:where(…)`)."""

    def fits(self, element: Element) -> bool:  # noqa: PLR0911 - one line per reason
        """Whether an element is all of it."""
        if self.tag and tag_of(element) != self.tag:
            return False
        if self.ids and any(element.get("id") != name for name in self.ids):
            return False
        if self.classes and not set(self.classes) <= set((element.get("class") or "").split()):
            return False
        for name, sign, value in self.attributes:
            held = element.get(name)
            if held is None or (sign and not _HOLDS[sign](held, value)):
                return False
        if not all(_stands(element, *place) for place in self.places):
            return False
        choices = (*self.choices, *self.free_choices)
        if not all(any(one.fits(element) for one in choice) for choice in choices):
            return False
        return not any(one.fits(element) for other in self.others for one in other)

    @property
    def weight(self) -> tuple[int, int, int]:
        """How specific it is: ids, then classes and attributes, then types."""
        groups = (*self.others, *self.choices)
        inner = [max(one.weight for one in group) for group in groups]
        return (
            len(self.ids) + sum(weight[0] for weight in inner),
            len(self.classes)
            + len(self.attributes)
            + len(self.places)
            + sum(weight[1] for weight in inner),
            bool(self.tag) + sum(weight[2] for weight in inner),
        )


def read_compound(selector: str, position: int) -> tuple[Compound | None, int]:
    """Read one compound from a position; None where it holds what is not known."""
    tag = ""
    ids: list[str] = []
    classes: list[str] = []
    attributes: list[tuple[str, str, str]] = []
    places: list[tuple[int, int, bool]] = []
    others: list[tuple[Compound, ...]] = []
    choices: list[tuple[Compound, ...]] = []
    free_choices: list[tuple[Compound, ...]] = []
    start = position
    while (match := _SIMPLE.match(selector, position)) is not None:
        if match["type"]:
            tag = "" if match["type"] == "*" else match["type"].lower()
        elif match["id"]:
            ids.append(match["id"])
        elif match["class"]:
            classes.append(match["class"])
        elif match["name"]:
            attributes.append((match["name"].lower(), match["sign"] or "", match["value"] or ""))
        elif match["place"]:
            found = _places(match["place"], match["step"] or "")
            if found is None:
                return None, position
            places += found
        else:
            inner = _choice(match["other"] or match["any"] or match["free"] or "")
            if inner is None:
                return None, position
            kind = others if match["other"] else choices if match["any"] else free_choices
            kind.append(inner)
        position = match.end()
    if position == start:
        return None, position
    compound = Compound(
        tag=tag,
        ids=tuple(ids),
        classes=tuple(classes),
        attributes=tuple(attributes),
        places=tuple(places),
        others=tuple(others),
        choices=tuple(choices),
        free_choices=tuple(free_choices),
    )
    return compound, position


def _choice(selectors: str) -> tuple[Compound, ...] | None:
    """The compounds between the brackets of `:not()`, `:is()` or `:where()`."""
    found: list[Compound] = []
    for part in map(str.strip, selectors.split(",")):
        compound, end = read_compound(part, 0)
        if compound is None or end != len(part):
            return None
        found.append(compound)
    return tuple(found)


def _places(written: str, step: str) -> list[tuple[int, int, bool]] | None:
    """The places of `:first-child`, `:nth-child(2n+1)` and their like."""
    if written == "only-child":
        return [_PLACES["first-child"], _PLACES["last-child"]]
    if written in _PLACES:
        return [_PLACES[written]]
    from_end = written.startswith("nth-last")
    plain = "".join(step.lower().split())
    if plain in _NAMED_STEPS:
        return [(*_NAMED_STEPS[plain], from_end)]
    match = _STEP.fullmatch(plain)
    if match is None:
        return None
    if match["only"]:
        return [(0, int(match["only"]), from_end)]
    times = match["step"] + "1" if match["step"] in ("", "+", "-") else match["step"]
    return [(int(times), int(match["offset"] or 0), from_end)]


def _stands(element: Element, step: int, offset: int, from_end: bool) -> bool:
    """Whether an element stands at `step * n + offset` among its siblings."""
    parent = element.getparent()
    if parent is None:
        return False
    index = parent.index(element)
    place = len(parent) - index if from_end else index + 1
    if step == 0:
        return place == offset
    return (place - offset) % step == 0 and (place - offset) // step >= 0

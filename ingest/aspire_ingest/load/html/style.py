"""The style a page gives its elements, as a browser on a desk computer weighs it.

Read are `<style>` blocks and `style` attributes. Of selectors, types, `#id`, `.class`,
`[attribute]`, `:not(…)`, `:is(…)` and places among siblings (`:nth-child(2)`) are known, joined by
a blank, `>`, `+` or `~`, and `::before`, `::after` and `::marker` at the end. A rule with any other
is passed over, and so are style sheets in other files, unless they are given.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from aspire_ingest.load.html.tree import Element, tag_of

_WATCHED = frozenset(
    [
        "display", "visibility", "opacity", "text-decoration", "text-decoration-line", "color",
        "background", "background-color", "background-image", "font-size", "position", "left",
        "top", "right", "clip", "clip-path", "width", "height", "overflow", "text-indent",
        "transform", "content-visibility", "filter", "mso-hide", "vertical-align", "content",
        "list-style", "list-style-type", "counter-reset", "counter-increment", "border-top",
        "border-bottom",
    ]
)  # fmt: skip
_CASED = frozenset(
    ["content", "list-style", "list-style-type", "counter-reset", "counter-increment"]
)
_PSEUDO = re.compile(r"(?P<selector>.*?)::?(?P<pseudo>before|after|marker)", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SIMPLE = re.compile(
    r"(?P<type>\*|[a-zA-Z][\w-]*)|#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)"
    r"|\[\s*(?P<name>[\w-]+)\s*(?:(?P<sign>[~|^$*]?=)\s*[\"']?(?P<value>[^\"'\]]*)[\"']?\s*)?\]"
    r"|:not\((?P<other>[^()]*)\)|:(?:is|where)\((?P<any>[^()]*)\)"
    r"|:(?P<place>(?:first|last|only)-child|nth(?:-last)?-child\((?P<step>[^()]*)\))"
)
_COMBINATOR = re.compile(r"\s*[>+~]\s*|\s+")
_COMMA = re.compile(r",(?![^()]*\))")
_STEP = re.compile(r"(?P<step>[+-]?\d{0,6})n(?:(?P<offset>[+-]\d{1,6}))?|(?P<only>\d{1,6})")
_PLACES = {"first-child": (0, 1, False), "last-child": (0, 1, True)}
_NAMED_STEPS = {"odd": (2, 1), "even": (2, 0)}
_INNER_BLOCK = re.compile(r"[^;{}]*\{[^{}]*\}")
_HOLDS: Mapping[str, Callable[[str, str], bool]] = {
    "=": lambda held, value: held == value,
    "~=": lambda held, value: value in held.split(),
    "|=": lambda held, value: held == value or held.startswith(f"{value}-"),
    "^=": lambda held, value: bool(value) and held.startswith(value),
    "$=": lambda held, value: bool(value) and held.endswith(value),
    "*=": lambda held, value: bool(value) and value in held,
}
_FEATURE = re.compile(r"\(\s*(?P<end>min|max)-width\s*:\s*(?P<size>[\d.]+)(?P<unit>px|r?em)\s*\)")
_DESK_WIDTH_PX = 1280
_PX_PER_EM = 16
_MOST_CHARACTERS = 2_000_000
_MOST_STEPS = 1_000_000
_DEEPEST_BLOCK = 4


_Rank = tuple[bool, bool, tuple[int, int, int], int]
"""Important, of the element itself, specific, late: what wins."""


class TooMuchStyleError(ValueError):
    """The rules of a page take more work than a page is worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compound:
    """What one element must be: `td.old[hidden]`."""

    tag: str = ""
    ids: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str, str], ...] = ()
    """Name, sign and value; no sign where it only has to be there."""
    places: tuple[tuple[int, int, bool], ...] = ()
    """Step and offset of its place among its siblings, and whether that is counted from the end."""
    others: tuple["_Compound", ...] = ()
    """What it must not be."""
    choices: tuple[tuple["_Compound", ...], ...] = ()
    """Of each, what it must be one of."""

    def fits(self, element: Element) -> bool:  # noqa: PLR0911 - one line per reason
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
        if not all(any(one.fits(element) for one in choice) for choice in self.choices):
            return False
        return not any(other.fits(element) for other in self.others)

    @property
    def weight(self) -> tuple[int, int, int]:
        """How specific it is: ids, then classes and attributes, then types."""
        inner = [other.weight for other in self.others]
        inner += [max(one.weight for one in choice) for choice in self.choices]
        return (
            len(self.ids) + sum(weight[0] for weight in inner),
            len(self.classes)
            + len(self.attributes)
            + len(self.places)
            + sum(weight[1] for weight in inner),
            bool(self.tag) + sum(weight[2] for weight in inner),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """One selector with what it declares; `parts` from the inside outwards.

    `joints[i]` tells how `parts[i]` lies to `parts[i + 1]`: in it, directly in it (`>`), after it
    (`~`), directly after it (`+`).
    """

    parts: tuple[_Compound, ...]
    joints: tuple[str, ...]
    declared: Mapping[str, tuple[bool, str]]
    weight: tuple[int, int, int]
    pseudo: str = ""
    """`before`, `after` or `marker`: what it styles is put beside the element."""


@dataclass(slots=True)
class PageStyle:
    """The rules of a page, asked element by element."""

    _rules: dict[str, list[tuple[int, _Rule]]] = field(
        default_factory=dict[str, list[tuple[int, _Rule]]]
    )
    _pseudo_rules: dict[str, dict[str, list[tuple[int, _Rule]]]] = field(
        default_factory=dict[str, dict[str, list[tuple[int, _Rule]]]]
    )
    _count: int = 0
    _steps: int = 0

    def add_sheet(self, source: str) -> None:
        """Read one `<style>` block."""
        if len(source) > _MOST_CHARACTERS:
            raise TooMuchStyleError("its style sheet is too long")
        for rule in _rules(_COMMENT.sub(" ", source), 0):
            innermost = rule.parts[0]
            key = (
                *(f"#{name}" for name in innermost.ids),
                *(f".{name}" for name in innermost.classes),
            )
            rules = self._pseudo_rules.setdefault(rule.pseudo, {}) if rule.pseudo else self._rules
            rules.setdefault(key[0] if key else innermost.tag, []).append((self._count, rule))
            self._count += 1

    def of(self, element: Element) -> Mapping[str, str]:
        """What holds of the watched properties, texts alone with capitals; inheritance left out."""
        won = self._won(self._rules, element)
        for name, (is_important, value) in _declarations(element.get("style") or "").items():
            rank = (is_important, True, (0, 0, 0), 0)
            if name not in won or won[name][0] <= rank:
                won[name] = rank, value
        return {name: value for name, (_, value) in won.items()}

    def beside(self, element: Element, pseudo: str) -> Mapping[str, str]:
        """What holds of the text that rules put `before`, `after` or as `marker` to an element."""
        rules = self._pseudo_rules.get(pseudo, {})
        return {name: value for name, (_, value) in self._won(rules, element).items()}

    def _won(
        self, rules: Mapping[str, list[tuple[int, _Rule]]], element: Element
    ) -> dict[str, tuple[_Rank, str]]:
        won: dict[str, tuple[_Rank, str]] = {}
        for order, rule in _candidates(rules, element):
            if self._matches(rule, 0, element):
                for name, (is_important, value) in rule.declared.items():
                    rank = (is_important, False, rule.weight, order)
                    if name not in won or won[name][0] <= rank:
                        won[name] = rank, value
        return won

    def _matches(self, rule: _Rule, index: int, element: Element) -> bool:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise TooMuchStyleError("its style rules take too long")
        if not rule.parts[index].fits(element):
            return False
        if index + 1 == len(rule.parts):
            return True
        joint = rule.joints[index]
        if joint == ">":
            parent = element.getparent()
            return parent is not None and self._matches(rule, index + 1, parent)
        if joint == "+":
            before = element.getprevious()
            return before is not None and self._matches(rule, index + 1, before)
        around = element.itersiblings(preceding=True) if joint == "~" else element.iterancestors()
        return any(self._matches(rule, index + 1, other) for other in around)


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


def _candidates(
    rules: Mapping[str, list[tuple[int, _Rule]]], element: Element
) -> Iterator[tuple[int, _Rule]]:
    if not rules:
        return
    names = [f".{name}" for name in dict.fromkeys((element.get("class") or "").split())]
    for key in (f"#{element.get('id') or ''}", *names, tag_of(element), ""):
        yield from rules.get(key, ())


def _rules(source: str, depth: int) -> Iterator[_Rule]:
    for prelude, block in _blocks(source):
        head = prelude.strip()
        if head.startswith("@"):
            name = head[1:].split(None, 1)[0].lower() if head[1:].strip() else ""
            is_group = name in ("supports", "layer") or (
                name == "media" and is_for_a_desk(head[len("@media") :])
            )
            if is_group and depth < _DEEPEST_BLOCK:
                yield from _rules(block, depth + 1)
            continue
        declared = _declarations(_without_inner(block))
        if declared:
            yield from _rules_of(head, declared)


def _without_inner(block: str) -> str:
    """The declarations of a block without the rules inside it."""
    for _ in range(_DEEPEST_BLOCK):
        if "{" not in block:
            break
        block = _INNER_BLOCK.sub("", block)
    return block.partition("{")[0]


def _blocks(source: str) -> Iterator[tuple[str, str]]:
    """Each `prelude { block }` of the outer level; a block that is not closed ends the sheet."""
    start = opened = depth = 0
    prelude = ""
    for match in re.finditer(r"[{};]", source):
        if match[0] == "{":
            if depth == 0:
                prelude, opened = source[start : match.start()], match.end()
            depth += 1
        elif match[0] == "}":
            depth = max(0, depth - 1)
            if depth == 0 and opened:
                yield prelude, source[opened : match.start()]
                start, opened = match.end(), 0
        elif depth == 0:
            start = match.end()  # the end of `@import …;`
    if depth and opened:
        yield prelude, source[opened:]


def is_for_a_desk(condition: str) -> bool:
    """Tell whether a media condition holds for a browser on a desk computer."""
    return any(_holds_at_a_desk(part.strip().lower()) for part in condition.split(","))


def _holds_at_a_desk(condition: str) -> bool:
    for match in _FEATURE.finditer(condition):
        size = float(match["size"].rstrip(".") or 0) if match["size"].count(".") < 2 else 0.0
        size *= 1 if match["unit"] == "px" else _PX_PER_EM
        if not (size <= _DESK_WIDTH_PX if match["end"] == "min" else size >= _DESK_WIDTH_PX):
            return False
    rest = _FEATURE.sub("", condition)
    return set(rest.split()) <= {"only", "screen", "all", "and"}


def _declarations(block: str) -> dict[str, tuple[bool, str]]:
    """Each watched property with its value, and whether it is `!important`."""
    found: dict[str, tuple[bool, str]] = {}
    for declaration in block.split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip().lower()
        value = " ".join(value.split()) if name not in _CASED else value.strip()
        if name in _WATCHED and value:
            value = value if name in _CASED else value.lower()
            plain = re.sub(r"\s*!\s*important$", "", value, flags=re.IGNORECASE)
            if plain != value or not found.get(name, (False, ""))[0]:
                found[name] = plain != value, plain
    return found


def _rules_of(selectors: str, declared: Mapping[str, tuple[bool, str]]) -> Iterator[_Rule]:
    for selector in _COMMA.split(selectors):
        if (rule := _rule(selector.strip(), declared)) is not None:
            yield rule


def _rule(selector: str, declared: Mapping[str, tuple[bool, str]]) -> _Rule | None:
    parts: list[_Compound] = []
    joints: list[str] = []
    position = 0
    beside = _PSEUDO.fullmatch(selector)
    if beside is not None:
        selector = beside["selector"] or "*"
        selector = f"{selector}*" if selector[-1:] in " >" else selector
    while position < len(selector):
        compound, position = _compound(selector, position)
        if compound is None:
            return None
        parts.append(compound)
        if position < len(selector):
            joint = _COMBINATOR.match(selector, position)
            if joint is None:
                return None
            joints.append(joint[0].strip())
            position = joint.end()
    if not parts or len(parts) == len(joints):
        return None
    weights = [part.weight for part in parts]
    weight = tuple(map(sum, zip(*weights, strict=True)))
    return _Rule(
        parts=tuple(reversed(parts)),
        joints=tuple(reversed(joints)),
        declared=declared,
        weight=(weight[0], weight[1], weight[2]),
        pseudo=beside["pseudo"].lower() if beside is not None else "",
    )


def _compound(  # noqa: C901 - one branch per kind of part
    selector: str, position: int
) -> tuple[_Compound | None, int]:
    """Read one compound from a position; None where it holds what is not known."""
    tag = ""
    ids: list[str] = []
    classes: list[str] = []
    attributes: list[tuple[str, str, str]] = []
    places: list[tuple[int, int, bool]] = []
    others: list[_Compound] = []
    choices: list[tuple[_Compound, ...]] = []
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
            inner = _choice(match["other"] or match["any"] or "")
            if inner is None:
                return None, position
            if match["any"]:
                choices.append(inner)
            else:
                others += inner
        position = match.end()
    if position == start:
        return None, position
    compound = _Compound(
        tag=tag,
        ids=tuple(ids),
        classes=tuple(classes),
        attributes=tuple(attributes),
        places=tuple(places),
        others=tuple(others),
        choices=tuple(choices),
    )
    return compound, position


def _choice(selectors: str) -> tuple[_Compound, ...] | None:
    """The compounds between the brackets of `:not()` or `:is()`."""
    found: list[_Compound] = []
    for part in map(str.strip, selectors.split(",")):
        compound, end = _compound(part, 0)
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

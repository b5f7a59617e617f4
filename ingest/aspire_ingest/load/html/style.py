"""The style a page gives its elements, as a browser on a desk computer weighs it.

Read are `<style>` blocks and `style` attributes. Of selectors, types, `#id`, `.class`,
`[attribute]`, `:not(…)`, `:is(…)` and places among siblings (`:nth-child(2)`) are known, joined by
a blank, `>`, `+` or `~`, and `::before`, `::after` and `::marker` at the end. A rule with any other
is passed over, and so are style sheets in other files, unless they are given.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from aspire_ingest.load.html.order import CASED_PROPERTIES, ORDER_PROPERTIES
from aspire_ingest.load.html.selectors import Compound, read_compound
from aspire_ingest.load.html.tree import Element, tag_of

_WATCHED = frozenset(
    [
        "display", "visibility", "opacity", "text-decoration", "text-decoration-line", "color",
        "background", "background-color", "background-image", "font-size", "position", "left",
        "top", "right", "clip", "clip-path", "width", "height", "overflow", "text-indent",
        "transform", "content-visibility", "filter", "mso-hide", "vertical-align", "content",
        "list-style", "list-style-type", "counter-reset", "counter-increment", "border-top",
        "border-bottom", "margin-left", "margin-top", "-webkit-text-fill-color", "direction",
        "unicode-bidi", *ORDER_PROPERTIES,
    ]
)  # fmt: skip
_CASED = frozenset(
    [
        "content", "list-style", "list-style-type", "counter-reset", "counter-increment",
        *CASED_PROPERTIES,
    ]
)  # fmt: skip
_PSEUDO = re.compile(r"(?P<selector>.*?)::?(?P<pseudo>before|after|marker)", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_COMBINATOR = re.compile(r"\s*[>+~]\s*|\s+")
_COMMA = re.compile(r",(?![^()]*\))")
_INNER_BLOCK = re.compile(r"[^;{}]*\{[^{}]*\}")
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
class _Rule:
    """One selector with what it declares; `parts` from the inside outwards.

    `joints[i]` tells how `parts[i]` lies to `parts[i + 1]`: in it, directly in it (`>`), after it
    (`~`), directly after it (`+`).
    """

    parts: tuple[Compound, ...]
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
    parts: list[Compound] = []
    joints: list[str] = []
    position = 0
    beside = _PSEUDO.fullmatch(selector)
    if beside is not None:
        selector = beside["selector"] or "*"
        selector = f"{selector}*" if selector[-1:] in " >" else selector
    while position < len(selector):
        compound, position = read_compound(selector, position)
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

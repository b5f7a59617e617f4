"""What Markdown's signs stand for once it is rendered: entities, escapes, numbers of items."""

import html
import re
from dataclasses import dataclass

_SIGN = re.compile(
    r"\\(?P<mark>[!-/:-@\[-`{-~])|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
_KEPT = frozenset("|`<~")
"""Marks that stay escaped: bare, they would part cells, begin code or elements, strike words."""
_LINE_START = re.compile(r"(?:^|\n)[ \t>]*$")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<number>\d{1,9})(?P<end>[.)])(?P<gap>[ \t]+)(?=\S)")
_OTHER_BLOCK = re.compile(r"[ \t]*(?:[-*+][ \t]|#{1,6}[ \t]|>|\|)")
_WIDEST_GAP = 4


def with_signs_written(text: str) -> str:
    """Write entities and escaped marks as the letters that a reader sees; `text` holds no code."""
    if "&" not in text and "\\" not in text:
        return text
    pieces: list[str] = []
    position = 0
    for match in _SIGN.finditer(text):
        mark = match["mark"]
        starts = mark == "#" and _LINE_START.search(text, max(0, match.start() - 80), match.start())
        if mark and (mark in _KEPT or starts):
            continue
        pieces.append(text[position : match.start()])
        pieces.append(mark or _letter(match[0]))
        position = match.end()
    return "".join([*pieces, text[position:]])


def _letter(entity: str) -> str:
    """The letter of an entity; one that nobody knows, or that parts lines, stays as it came."""
    letter = html.unescape(entity)
    return letter if letter.isprintable() or letter == "\u00a0" else entity


@dataclass(slots=True)
class _Numbered:
    """A list that is open: where its marks stand, and its lines with the numbers written there."""

    indent: int
    inside: int
    end: str
    items: list[tuple[int, int]]


def with_items_numbered(text: str) -> str:
    """Count the items of lists that repeat a number ("1. 1. 1."), as rendering does.

    Lists whose numbers differ stay: their author counted.
    """
    lines = text.split("\n")
    for found in _numbered_lists(lines):
        numbers = [number for _, number in found.items]
        if len(set(numbers)) == len(numbers):
            continue
        for count, (at, _) in enumerate(found.items):
            lines[at] = _ITEM.sub(
                lambda match, shown=numbers[0] + count: (
                    f"{match['indent']}{shown}{match['end']}{match['gap']}"
                ),
                lines[at],
                count=1,
            )
    return "\n".join(lines)


def _numbered_lists(lines: list[str]) -> list[_Numbered]:
    """The numbered lists, as CommonMark parts them."""
    found: list[_Numbered] = []
    opened: list[_Numbered] = []
    after_blank, in_paragraph = True, False
    for at, line in enumerate(lines):
        if not line.strip():
            after_blank, in_paragraph = True, False
            continue
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        item = _ITEM.match(line)
        if item is None:
            # a line under an item belongs to it unless a blank line or another block comes between
            if after_blank or _OTHER_BLOCK.match(line):
                opened = [one for one in opened if one.inside <= indent]
            in_paragraph = not _OTHER_BLOCK.match(line)
        elif not in_paragraph or opened or int(item["number"]) == 1:
            opened = [one for one in opened if one.indent <= indent]
            inside = indent + len(item["number"]) + 1 + min(len(item["gap"]), _WIDEST_GAP)
            last = opened[-1] if opened else None
            if last is None or last.inside <= indent or last.end != item["end"]:
                last = _Numbered(indent=indent, inside=inside, end=item["end"], items=[])
                opened = [one for one in opened if one.inside <= indent] + [last]
                found.append(last)
            last.items.append((at, int(item["number"])))
            last.inside = inside
            in_paragraph = False
        after_blank = False
    return found

"""Marks of confidence, drafts and embargoes, where marks stand: never in running text.

A mark is a line of its own near the top or the end, in a margin, in a heading, or again and again;
or it opens or closes a title or the name of a file. "The draft report was discussed" and the
heading "Confidential information" only talk about one.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

from aspire_ingest.index.types import Mark
from aspire_ingest.load.stated.markwords import (
    closed_by_key,
    closing_mark,
    embargo_of,
    is_footer,
    is_strong,
    labelled_mark,
    name_mark,
    opening_mark,
    plain_line,
    whole_mark,
)

_TOP_LINES, _HEAD_LINES, _END_LINES = 12, 3, 3
_LONGEST_LINE, _LONGEST_TITLE = 160, 400
_REPEATED = 2
_RULES = " \t-–—•・*"
_HEADING = re.compile(r"#{1,6}[ \t]+(?P<text>\S.*)")
_ITEM = re.compile(r"(?:[-+•・]|\*(?![*\s]*[^*]+\*+\s*$)|\d{1,3}[.)])[ \t]+\S")
_ROW = re.compile(r"\|(?P<cells>.*)\|\s*")
_YES = frozenset({"true", "yes", "1", "on"})


def find_marks(
    text: str,
    *,
    title: str,
    source: str,
    margins: Sequence[str] = (),
    extra: Mapping[str, str] | None = None,
) -> tuple[Mark, ...]:
    """The marks of a document, each once, in the order of the places looked at.

    Args:
        text: its block Markdown.
        title: its title.
        source: the path or address; its last part is the name of the file.
        margins: lines of headers, footers and stamps that the text leaves out.
        extra: keys of front matter that have no field of their own (`status: draft`).
    """
    found = [
        *_in_name(source),
        *_in_title(title),
        *_in_keys(extra or {}),
        *(mark for line in margins for mark in _in_line(line.strip(_RULES))),
        *_in_text(text),
    ]
    unique = {(mark.text.casefold(), mark.until): mark for mark in reversed(found)}
    return tuple(reversed(unique.values()))


def _in_name(source: str) -> Iterator[Mark]:
    path = urlsplit(source).path if "://" in source else source
    stem = PurePath(unquote(path)).stem[:_LONGEST_TITLE]
    if mark := name_mark(stem):
        yield Mark(text=mark)


def _in_title(title: str) -> Iterator[Mark]:
    line = plain_line(title[:_LONGEST_TITLE])
    if embargo := embargo_of(line):
        yield Mark(text=embargo.text, until=embargo.until)
    elif mark := whole_mark(line) or opening_mark(line) or closing_mark(line):
        yield Mark(text=mark)


def _in_keys(extra: Mapping[str, str]) -> Iterator[Mark]:
    for key, value in _single_values(extra):
        if len(key) + len(value) > _LONGEST_LINE:
            continue
        if embargo := embargo_of(plain_line(f"{key}: {value}")):
            yield Mark(text=embargo.text, until=embargo.until)
            continue
        mark = whole_mark(plain_line(value)) or closed_by_key(key, value)
        if mark is None and value.strip().lower() in _YES:
            mark = whole_mark(plain_line(key))
        if mark is None and not value.strip():
            mark = whole_mark(plain_line(key)) or closed_by_key(key, "true")
        if mark:
            yield Mark(text=mark)


def _single_values(extra: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each key with its value; a list of words, which is kept as JSON, word by word."""
    for key, value in extra.items():
        items: object = None
        if value.startswith("[") and len(value) <= _LONGEST_LINE:
            with suppress(ValueError):
                items = json.loads(value)
        if isinstance(items, list) and items:
            yield from ((key, one) for one in items if isinstance(one, str))  # pyright: ignore[reportUnknownVariableType] - JSON
        else:
            yield key, value


def _in_text(text: str) -> Iterator[Mark]:
    lines = [line.strip() for line in text.split("\n") if line and not line.isspace()]
    top, end = lines[:_TOP_LINES], lines[max(_TOP_LINES, len(lines) - _END_LINES) :]
    for number, line in enumerate(top):
        yield from _in_line(line, is_head=number < _HEAD_LINES)
    yield from _deep_headings(lines[_TOP_LINES:])
    yield from _repeated(lines)
    for line in end:
        if not _HEADING.match(line):
            yield from _in_line(line)


def _in_line(line: str, *, is_head: bool = False) -> Iterator[Mark]:
    """The mark that a line of its own is; at the head also one that it opens or closes with."""
    if len(line) > _LONGEST_LINE or _ITEM.match(line):
        return
    heading = _HEADING.match(line)
    row = _ROW.fullmatch(line)
    cells = [cell.strip() for cell in row["cells"].split("|") if cell.strip()] if row else []
    plain = plain_line(heading["text"] if heading else ": ".join(cells) if row else line)
    if embargo := embargo_of(plain):
        yield Mark(text=embargo.text, until=embargo.until)
        return
    mark = whole_mark(plain) or labelled_mark(plain)
    if mark is None and row is None:
        opening = opening_mark(plain)
        mark = opening if heading or is_head or (opening and is_strong(opening)) else None
        if mark is None and is_head:
            mark = closing_mark(plain)
    if mark:
        yield Mark(text=mark)


def _deep_headings(lines: Iterable[str]) -> list[Mark]:
    """Marks that are headings further down; several different ones are what the text is about."""
    found: list[Mark] = []
    for line in lines:
        heading = _HEADING.match(line) if len(line) <= _LONGEST_LINE else None
        if heading is None:
            continue
        plain = plain_line(heading["text"])
        mark = whole_mark(plain)
        if embargo := embargo_of(plain):
            found.append(Mark(text=embargo.text, until=embargo.until))
        elif mark and is_strong(plain):
            found.append(Mark(text=mark))
    return found if len({mark.text for mark in found}) == 1 else []


def _repeated(lines: Iterable[str]) -> Iterator[Mark]:
    """Lines that stand again and again, as headers and footers do."""
    counts = Counter(
        line for line in lines if len(line) <= _LONGEST_LINE and line[0] not in "#|-+•・"
    )
    for line, count in counts.items():
        if count >= _REPEATED:
            plain = plain_line(line)
            mark = whole_mark(plain)
            if mark and is_footer(plain):
                yield Mark(text=mark)

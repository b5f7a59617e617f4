"""Markdown as its reader sees it once it is rendered: without comments and struck text.

Only what a reader never sees goes, raised marks are written on the line, and entities, escapes and
numbers as they are shown; all else stays as it came, code to the letter.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from aspire_ingest.index.types import Remark
from aspire_ingest.load.text.markdown_signs import with_items_numbered, with_signs_written
from aspire_ingest.load.writing.superscripts import (
    REACH,
    lowered,
    note_goes_before,
    raised,
    with_stop,
)

_FENCE = re.compile(
    r"^(?: {0,3}|[ \t]*(?:>|[-*+]|\d{1,9}[.)])[ \t>]*)(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)$", re.M
)
_CODE_SPAN = re.compile(
    r"(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)(?P=ticks)(?!`)", re.DOTALL
)
_MOST_TICKS, _LONGEST_PARAGRAPH = 2_000, 100_000
_MOST_NESTED = 50
_COMMENT_END = re.compile(r"--!?>")
_BLANK_REST = re.compile(r"[ \t]*(?:\n|\Z)")
_BARE_START = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)]|#{1,6})[ \t]+)?")
_LONGEST_START = 200
_NEAR = 500
_OPEN_COMMENT = re.compile(r"^ {0,3}<!--", re.M)
_REFERENCE_COMMENT = re.compile(
    r"^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*(?:#|<>)[ \t]*"
    r"(?:\([^\n]*\)|\"[^\n]*\"|'[^\n]*')[ \t]*(?:\n|\Z)",
    re.M,
)
_STRUCK = re.compile(
    r"(?<![\\~])~~(?=[^\s~])"
    r"(?:(?!\n[ \t]*\n)[^~]|(?<=\\)~|(?<!~)~(?!~)){1,2000}?(?<=[^\s\\])~~(?!~)"
    r"|(?<!\S)~(?=[^\s~])[^~\n]{1,300}(?<=[^\s\\])~(?=[\s.,;:!?)。、]|\Z)"
)
"""Between two tildes, or between single ones that stand by themselves: H~2~O is none."""
_STRUCK_LETTERS = re.compile(r"(?:\S[\u0335\u0336][ \t]?)+")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?P<attributes>(?:\s+[^<>]*)?)>", re.DOTALL)
_STRUCK_TAGS = frozenset({"del", "s", "strike"})
_UNSEEN_TAGS = frozenset({"script", "style", "template"})
_VOID = frozenset(
    {"br", "hr", "img", "input", "wbr", "meta", "link", "col", "source", "area", "base"}
)
_HIDDEN = re.compile(
    r"\shidden(?:[\s=]|$)|style\s*=\s*[\"'][^\"']*(?:display\s*:\s*none|visibility\s*:\s*hidden"
    r"|opacity\s*:\s*0(?![.\d]*[1-9])|font-size\s*:\s*0(?![.\d]*[1-9]))|aria-hidden\s*=\s*[\"']?true",
    re.IGNORECASE,
)
_LINE_THROUGH = re.compile(r"style\s*=\s*[\"'][^\"']*line-through", re.IGNORECASE)
_INSERTED = re.compile(r"</?ins(?:\s[^<>]*)?>", re.IGNORECASE)
_SCRIPT = re.compile(
    r"<(?P<name>sup|sub)(?:\s[^<>]*)?>(?P<inside>.{0,200}?)</(?P=name)\s*>", re.I | re.DOTALL
)
_NOTE_LINK = re.compile(
    r"\[(?P<mark>[^\]]{1,8})\]\(#[^)]*\)|<a\s[^>]*href\s*=\s*[\"']#[^>]*>(?P<text>[^<]{1,8})</a>",
    re.I,
)
_BLANK_LINES = re.compile(r"\n[ \t]*\n")


def as_shown(text: str) -> tuple[str, tuple[Remark, ...]]:
    """Take out of Markdown what its reader does not see.

    Returns:
        The text that is shown, and how much of what kind was left out.
    """
    counts = {"comment": 0, "struck passage": 0, "hidden part": 0}
    if any(sign in text for sign in ("<", "~", "]:", "\u0336", "\u0335")):
        text = _outside_code(text, lambda part: _take_out(part, counts))
        text = _outside_code(text, _write_scripts)
    text = _outside_code(text, lambda part: with_items_numbered(with_signs_written(part)))
    remarks = tuple(
        Remark(kind="hidden", what=f"{count} {name}{'s' if count > 1 else ''}")
        for name, count in counts.items()
        if count
    )
    return text, remarks


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch of the text that goes, and why."""

    start: int
    end: int
    reason: str


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    """Change a text as a whole, its code being out of reach."""
    kept: list[str] = []

    def hide(code: str) -> str:
        kept.append(code)
        return f"\x00{len(kept) - 1}\x00"

    changed = change(_with_code_hidden(text, hide))
    return re.sub("\x00(\\d+)\x00", lambda match: kept[int(match[1])], changed)


def _with_code_hidden(text: str, hide: Callable[[str], str]) -> str:
    """Replace fenced blocks and code spans; what lies in a comment is no code."""
    pieces: list[str] = []
    position = 0
    comments = [comment for comment in _comments(text) if not _is_in_span(text, comment[0])]
    comments.reverse()
    fence = _FENCE.search(text)
    while fence is not None or comments:
        while comments and comments[-1][0] < position:
            comments.pop()
        if fence is not None and fence.start() < position:
            fence = _FENCE.search(text, position)
        elif comments and (fence is None or comments[-1][0] < fence.start()):
            start, stop = comments.pop()
            pieces += [_hide_spans(text[position:start], hide), text[start:stop]]
            position = stop
        elif fence is not None:
            start, stop = fence.start(), _end_of_fence(text, fence)
            pieces += [_hide_spans(text[position:start], hide), hide(text[start:stop])]
            position = stop
    return "".join([*pieces, _hide_spans(text[position:], hide)])


def _is_in_span(text: str, position: int) -> bool:
    """Tell whether a code span begins before a place and ends after it."""
    window = text[max(0, position - _NEAR) : position + _NEAR]
    here = min(position, _NEAR)
    if "`" not in window[:here]:
        return False
    begins = max((gap.end() for gap in _BLANK_LINES.finditer(window, 0, here)), default=0)
    return any(span.start() < here < span.end() for span in _CODE_SPAN.finditer(window, begins))


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """Where each comment begins and ends; one that is not closed is none."""
    start = text.find("<!--")
    while start >= 0:
        if text.startswith((">", "->"), start + 4):
            end = text.index(">", start) + 1
        elif (match := _COMMENT_END.search(text, start + 4)) is not None:
            end = match.end()
        else:
            return
        yield start, end
        start = text.find("<!--", end)


def _end_of_fence(text: str, fence: re.Match[str]) -> int:
    closing = re.compile(
        rf"^[ \t>]*{re.escape(fence['fence'][0])}{{{len(fence['fence'])},}}[ \t]*$", re.M
    )
    match = closing.search(text, fence.end())
    return match.end() if match else len(text)


def _hide_spans(text: str, hide: Callable[[str], str]) -> str:
    if "`" not in text:
        return text
    paragraphs = _BLANK_LINES.split(text)
    gaps = [*_BLANK_LINES.findall(text), ""]
    hidden = [
        _CODE_SPAN.sub(lambda match: hide(match[0]), paragraph)
        if paragraph.count("`") <= _MOST_TICKS and len(paragraph) <= _LONGEST_PARAGRAPH
        else paragraph
        for paragraph in paragraphs
    ]
    return "".join(part for pair in zip(hidden, gaps, strict=True) for part in pair)


def _take_out(text: str, counts: dict[str, int]) -> str:
    text = _without(text, [_Span(*comment, "comment") for comment in _comments(text)], counts)
    for pattern, reason in (
        (_REFERENCE_COMMENT, "comment"),
        (_STRUCK, "struck passage"),
        (_STRUCK_LETTERS, "struck passage"),
    ):
        spans = [_Span(match.start(), match.end(), reason) for match in pattern.finditer(text)]
        text = _without(text, spans, counts)
    open_comment = _OPEN_COMMENT.search(text)
    if open_comment is not None:
        text = _without(text, [_Span(open_comment.start(), len(text), "comment")], counts)
    text = _without(text, _unseen_elements(text), counts)
    return _INSERTED.sub("", text)


def _without(text: str, spans: list[_Span], counts: dict[str, int]) -> str:
    """The text less some spans in order; a line that held nothing else goes with its line end."""
    pieces: list[str] = []
    position = 0
    for span in spans:
        counts[span.reason] += any(map(str.isalnum, text[span.start : span.end]))
        start, end = span.start, span.end
        floor = max(position, start - _LONGEST_START)
        line_start = max(text.rfind("\n", floor, start) + 1, floor)
        begins = line_start == 0 or text[line_start - 1] == "\n"
        rest = _BLANK_REST.match(text, end)
        if begins and rest is not None and _BARE_START.fullmatch(text, line_start, start):
            start, end = line_start, _past_blank_line(text, line_start, rest.end())
        elif text[start - 1 : start] == " " and text[end : end + 1] == " ":
            end += 1
        pieces.append(text[position:start])
        position = max(position, end)
    return "".join([*pieces, text[position:]])


def _past_blank_line(text: str, line_start: int, end: int) -> int:
    """Past the blank line after a line, where one stands before it as well."""
    before = text[max(0, line_start - 2) : line_start]
    return end + 1 if before in ("", "\n\n") and text[end : end + 1] == "\n" else end


def _unseen_elements(text: str) -> list[_Span]:
    """Outermost elements that are hidden or struck; one that is never closed is left alone."""
    spans: list[_Span] = []
    opened: list[tuple[str, int, str]] = []
    done = 0
    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        if name in _VOID or tag["attributes"].endswith("/"):
            continue
        if not tag["end"]:
            reason = _reason(name, tag["attributes"])
            if (reason or any(open_name == name for open_name, _, _ in opened)) and len(
                opened
            ) < _MOST_NESTED:
                opened.append((name, tag.start(), reason))
            continue
        for index in range(len(opened) - 1, -1, -1):
            if opened[index][0] == name:
                _, start, reason = opened[index]
                del opened[index:]
                if reason and start >= done and not any(outer for _, _, outer in opened):
                    spans.append(_Span(start, tag.end(), reason))
                    done = tag.end()
                break
    return spans


def _reason(name: str, attributes: str) -> str:
    if name in _STRUCK_TAGS or _LINE_THROUGH.search(attributes):
        return "struck passage"
    return "hidden part" if name in _UNSEEN_TAGS or _HIDDEN.search(attributes) else ""


def _write_scripts(text: str) -> str:
    marks = [(match.start(), _mark(match["inside"])[0]) for match in _SCRIPT.finditer(text)]
    if not marks:
        return text
    at_start = {mark for start, mark in marks if _begins_a_line(text, start)}
    inside = {mark for start, mark in marks if not _begins_a_line(text, start)}
    pieces: list[str] = []
    position = 0
    for match in _SCRIPT.finditer(text):
        pieces.append(text[position : match.start()])
        mark, is_linked = _mark(match["inside"])
        here = "".join(pieces[-2:])[-REACH:].rpartition("\n")[2]
        after = text[match.end() : match.end() + 3]
        if match["name"].lower() == "sub":
            pieces.append(lowered(mark, here, after))
        else:
            is_defined = mark in at_start & inside
            written = raised(mark, here, after, is_linked=is_linked, is_defined=is_defined)
            stop = note_goes_before(pieces[-1], written)
            pieces[-1] = pieces[-1].removesuffix(stop)
            pieces.append(with_stop(written, stop))
        position = match.end()
    return "".join([*pieces, text[position:]])


def _begins_a_line(text: str, position: int) -> bool:
    window = text[max(0, position - REACH) : position]
    line = window.rpartition("\n")[2]
    return (line != window or len(window) < REACH) and not line.strip(" \t>-*")


def _mark(inside: str) -> tuple[str, bool]:
    link = _NOTE_LINK.fullmatch(inside.strip())
    if link is not None:
        return (link["mark"] or link["text"]).strip(), True
    return " ".join(re.sub(r"<[^<>]*>", "", inside).split()), False

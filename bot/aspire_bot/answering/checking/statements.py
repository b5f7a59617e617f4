"""A streamed answer → its statements, each as soon as it is certain to be complete. Pure."""

import re
from dataclasses import dataclass

from aspire_bot.answering.checking.claims.safety import without_invisible
from aspire_bot.answering.checking.markers import (
    MAY_BEGIN_MARKER,
    Unmarked,
    take_out_markers,
)
from aspire_ingest.index.text.sentences import sentence_spans

MOST_CHARACTERS = 2_000
"""What goes on longer without an end is no statement: it is cut, and not complete."""
_QUOTED_AT_MOST = 300

_BULLET = re.compile(r"\s*(?:[-*+•●◦▪‣–]\s+|[・●]\s*|(?:\(?\d{1,2}[.)]|[①-⑳])\s+)")
_MAY_BE_BULLET = re.compile(r"\s*(?:[-*+•●◦▪‣–・]|\(?\d{0,2}[.)]?|[①-⑳]|#{1,6}|\|)?\s*$")
_HEADING = re.compile(r"\s*#{1,6}\s+")
_NO_TEXT = re.compile(r"\s*(?:```\w*|~~~\w*|[|\s:\-]*-[|\s:\-]*|[-*_=]{3,})\s*$")
_ENDED = re.compile(r"(?:[.!?。！？．｡…:：]|[」』]$)[\"'”’)\]）」』】》*_]*$")
_OPENERS = "「『（(【〈《["
_OPENER_OF = dict(zip("」』）)】〉》]", _OPENERS, strict=True))
_WAITS_FOR_WORD = re.compile(r"(?:(?:[^\W\d_]\.)+[^\W\d_]?|\b(?:am|pm|etc))\.$", re.IGNORECASE)
_SIGNS_BEFORE_WORDS = " \t\u3000\"'“‘«([「『（【〈《*_"
_NEXT_WORD_ENDS = re.compile(r"\W*\w+\W")
_EMPHASIS = re.compile(r"\*\*|__|`|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])")
_SPACE_BEFORE_SIGN = re.compile(r"\s+(?=[.,;:!?。、，！？）」』](?:\s|$|[”\"'’」』）)]))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence, list item or line of an answer.

    `text` is without markers, emphasis and invisible signs, on one line. `markers` are the numbers
    it carried, in order. `lead` is the line that introduces the list of an item. What the model
    broke off is not `is_complete`.
    """

    text: str
    markers: tuple[int, ...] = ()
    is_item: bool = False
    lead: str = ""
    is_heading: bool = False
    is_complete: bool = True


class StatementReader:
    """Reads an answer as it comes, in pieces of any length; the pieces make no difference."""

    def __init__(self) -> None:
        """Begin at the beginning of an answer."""
        self._rest = ""
        self._begins_line = True
        self._is_item = self._is_heading = False
        self._lead = ""
        self._has_bare_items = False

    def feed(self, text: str) -> tuple[Statement, ...]:
        """Take more of the answer; give the statements that are certain by now."""
        self._rest += without_invisible(text)
        return tuple(self._released(is_final=False))

    def close(self) -> tuple[Statement, ...]:
        """Give what is left; the answer is over."""
        found = tuple(self._released(is_final=True))
        self._rest = ""
        return found

    def _released(self, *, is_final: bool) -> list[Statement]:
        found: list[Statement] = []
        while self._skip_space(is_final=is_final):
            before = self._rest
            statement, is_waiting = self._next(is_final=is_final)
            if statement is not None and any(map(str.isalnum, statement.text)):
                found.append(statement)
                self._remember(statement)
            if is_waiting or self._rest == before:
                break
        return found

    def _skip_space(self, *, is_final: bool) -> bool:
        """Go to the next thing visible and see what its line is; say whether there is anything."""
        kept = self._rest.lstrip()
        self._begins_line |= "\n" in self._rest[: len(self._rest) - len(kept)]
        self._rest = kept
        if not kept:
            return False
        if self._begins_line:
            line, is_ended, _ = kept.partition("\n")
            if not (is_final or is_ended) and _MAY_BE_BULLET.match(line):
                return False
            self._begin_line(line)
        return True

    def _begin_line(self, line: str) -> None:
        bullet, heading = _BULLET.match(line), _HEADING.match(line)
        was_item = self._is_item
        self._is_item = bool(bullet) or line.startswith("|")
        self._is_heading = bool(heading)
        if was_item and not self._is_item:
            self._lead, self._has_bare_items = "", False
        taken = bullet or heading
        self._rest = self._rest[taken.end() if taken else 0 :]
        self._begins_line = False

    def _next(self, *, is_final: bool) -> tuple[Statement | None, bool]:
        """Take the next statement off; the other value says that more text is needed for it."""
        line, newline, after = self._rest.partition("\n")
        is_over = is_final or bool(newline)
        if is_over and (not line.strip() or _NO_TEXT.match(line)):
            self._rest, self._begins_line = after, True
            return None, False
        bare = take_out_markers(line).text
        if newline and not (_ENDED.search(bare.rstrip()) or _begins_with_certain(bare)):
            following = after[:1].strip() or after.lstrip(" \t")[:1]
            if not (following or is_final):
                return None, True
            if following.isascii() and following.islower() and len(line) < MOST_CHARACTERS:
                self._rest = f"{line} {after.lstrip()}"  # a line that was only wrapped
                return None, False
        return self._first_of(line, is_over=is_over, is_last=is_final and not newline)

    def _first_of(
        self, line: str, *, is_over: bool, is_last: bool
    ) -> tuple[Statement | None, bool]:
        held = None if is_over else MAY_BEGIN_MARKER.search(line)
        known = line[: held.start()] if held else line
        clean = take_out_markers(known)
        spans = sentence_spans(clean.text)
        if len(spans) > 1 and spans[0][1] <= MOST_CHARACTERS:
            if not (is_over or _is_certain(clean.text, spans)):
                return self._cut_if_long(line)
            cut = spans[1][0]
            return self._take(clean, cut, spans[0][1], is_complete=True), False
        if not is_over or (spans and spans[0][1] > MOST_CHARACTERS):
            return self._cut_if_long(line)
        is_complete = not is_last or self._is_ended(clean)
        return self._take(clean, len(clean.text), len(clean.text), is_complete=is_complete), False

    def _cut_if_long(self, line: str) -> tuple[Statement | None, bool]:
        if len(line) <= MOST_CHARACTERS:
            return None, True
        clean = take_out_markers(line[:MOST_CHARACTERS])
        end = len(clean.text)
        return self._take(clean, end, end, is_complete=False), False

    def _take(self, clean: Unmarked, cut: int, end: int, *, is_complete: bool) -> Statement:
        """Make the statement of `clean.text[:end]` and go on at `cut`, markers before it taken."""
        own = [mark for mark in clean.marks if mark.at <= cut]
        numbers = dict.fromkeys(number for mark in own for number in mark.numbers)
        self._rest = self._rest[cut + sum(mark.length for mark in own) :]
        return Statement(
            text=_readable(clean.text[:end]),
            markers=tuple(numbers),
            is_item=self._is_item,
            lead=self._lead if self._is_item else "",
            is_heading=self._is_heading,
            is_complete=is_complete,
        )

    def _is_ended(self, clean: Unmarked) -> bool:
        """Whether the last words of an answer are an end: a stop, a marker, an item like others."""
        bare = clean.text.rstrip()
        if _ENDED.search(bare) or any(mark.at >= len(bare) for mark in clean.marks):
            return True
        return self._is_item and self._has_bare_items

    def _remember(self, statement: Statement) -> None:
        if statement.is_item:
            self._has_bare_items |= not (_ENDED.search(statement.text) or statement.markers)
        else:
            self._lead = statement.text


def _begins_with_certain(text: str) -> bool:
    """Whether a line holds more than one sentence and nothing can move the end of the first."""
    spans = sentence_spans(text)
    return len(spans) > 1 and _is_certain(text, spans)


def _is_certain(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether no more text can move the end of the first sentence."""
    start, end = spans[0]
    if _opened_at(text, start, end) is not None:
        return False
    if not text[end:].strip(_SIGNS_BEFORE_WORDS):
        return False
    if _WAITS_FOR_WORD.search(text, start, end) and not _NEXT_WORD_ENDS.match(text, end):
        return False
    longer = sentence_spans(text + "x") if text[-1:].isalnum() else spans
    return len(longer) > 1 and longer[:1] == spans[:1]


def _opened_at(text: str, start: int, end: int) -> int | None:
    """Where a bracket stands open that may still be closed, so that nothing in it is an end."""
    opened: dict[str, list[int]] = {sign: [] for sign in _OPENERS}
    for at in range(start, end):
        if text[at] in _OPENERS:
            opened[text[at]].append(at)
        elif opener := _OPENER_OF.get(text[at]):
            del opened[opener][-1:]
    waiting = [
        at for places in opened.values() for at in places if len(text) - at <= _QUOTED_AT_MOST
    ]
    return min(waiting, default=None)


def _readable(text: str) -> str:
    bare = " ".join(_EMPHASIS.sub("", text).split())
    return _SPACE_BEFORE_SIGN.sub("", bare).strip(" |")

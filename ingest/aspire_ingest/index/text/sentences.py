"""Where sentences begin and end, in English, Japanese and a mixture of both.

One pass over the text finds all that could end a sentence, a second decides in order. Both are
linear. The rules are our own: a document here mixes both languages, and pysbd takes one at a time.
"""

import re
from typing import NamedTuple

_QUOTED_AT_MOST = 300
"""Brackets further apart than this are taken for a slip: they do not hold a sentence together."""

_OPEN = "「『（(【〈《["
_CLOSE = "」』）)】〉》]"
_PAIRS = dict(zip(_CLOSE, _OPEN, strict=True))

_STOPS = ".!?。！？．｡…‥"
# One class of characters, because a search for alternatives takes three times as long.
_MARK = re.compile(rf"[{re.escape(_STOPS + _OPEN + _CLOSE)}\n\r\f\u2029]")
_BLANK = re.compile(r"(?:\r\n?|\n)[ \t\u3000]*(?:\r\n?|\n)|[\f\u2029]")
_RUN = re.compile(rf"[{re.escape(_STOPS)}]+")
# What belongs to the sentence though it comes after the stop: quotes, brackets, footnote marks.
_TAIL = re.compile(r"(?:\*+\d{0,3}|※\d{0,3}|\[\d{1,3}\]|[”’\"'»)\]」』）】〉》_†‡⁰¹²³⁴-⁹])*")
_GAP = re.compile(r"\s*")
_BEFORE_WORD = re.compile(r"[\"'“‘«(\[「『（【〈《*_]*")
_NEXT_WORD = re.compile(r"[A-Za-z]+(?![.A-Za-z])")
_WORD_BEFORE = re.compile(r"(?<![^\W_])(?<![=/@&])(?:[^\W_]\.)*[^\W_]+$")
_LABEL = re.compile(
    r"\W*(?:(?:table|figure|chapter|section|article|part|step|goal|theme|form|annex|appendix|box)"
    r"[ ])?\d+(?:[.-]\d+)*",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_CAPITAL_LATER = re.compile(r"[a-z]{1,2}-?[A-Z]")  # e-Rad, iPS, mRNA begin sentences too
_CJK = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uff66-\uff9f々〆」』）】〉》]")
_QUOTE_GOES_ON = re.compile(r"[\u3041-\u3096、，]")  # 「はい。」と, 「はい。」を
_CRY_GOES_ON = re.compile(r"と|って|[、，]")  # はい！と答えた


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_ALWAYS = _words(
    "dr prof profs mr mrs ms mx messrs sen gov capt lt sgt hon assoc asst fig figs eq eqs vol vols"
    " vs v e.g i.e cf viz approx ca resp incl attn"
)
"""After these a sentence goes on, whatever follows."""
_BEFORE_NUMBERS = _words(
    "no nos p pp n art arts sec sect ch chap para paras tab tbl ref refs ext tel item app"
)
"""After these it goes on where a number follows."""
_EITHER = _words(
    "inc ltd co corp jr sr st gen rep col univ dept inst assn bros al ed eds est esp"
    " jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri"
    " ave blvd rd bldg"
)
"""After these, initials and acronyms it ends where the next word is one that begins sentences."""
_TIMES = _words("a.m p.m am pm etc")
_AFTER_TIMES = _words(
    "jst gmt utc est edt cet cest pst pdt bst japan tokyo eastern pacific central standard local"
    " monday tuesday wednesday thursday friday saturday sunday january february march april june"
    " july august september october november december"
)
"""After the times of day it goes on where one of these or a number follows."""
_STARTERS = _words(
    "a about according after all also although among an and another any are as at because before"
    " both but by can did do does during each every finally first following for from further"
    " furthermore he her here his how however i if in is it its last later many may meanwhile"
    " moreover most must my nearly next no not now of on once one only or other our out over please"
    " second several she should since so some such that the their then there therefore these they"
    " third this those through thus to today two under until up we what when where whether which"
    " while who why will with within would yes you your"
)


class _Mark(NamedTuple):  # not a frozen dataclass: those take four times as long to make
    """A place where a sentence may end; `opened` is where its bracket opened, -1 without one."""

    start: int
    end: int
    is_blank: bool = False
    opened: int = -1


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the sentences of `text[start:end]` as pairs of code-point offsets into `text`.

    The spans are in order, do not overlap, begin and end with something visible, and together
    hold all that is visible. A blank line ends a sentence, a single line break does not.
    """
    limit = len(text) if end is None else min(end, len(text))
    spans: list[tuple[int, int]] = []
    begin = _GAP.match(text, start, limit).end()  # pyright: ignore[reportOptionalMemberAccess] - matches the empty string
    for mark in _marks(text, start, limit):
        if mark.start < begin:
            continue
        stop = mark.start if mark.is_blank else _end_at(text, begin, mark, limit)
        if stop is not None:
            begin = _take(text, begin, stop, limit, spans)
    _take(text, begin, limit, limit, spans)
    return spans


def _take(text: str, begin: int, stop: int, limit: int, spans: list[tuple[int, int]]) -> int:
    """Note the span without white space at its end; return where the next one begins."""
    stop = begin + len(text[begin:stop].rstrip())
    if stop > begin:
        spans.append((begin, stop))
    gap = _GAP.match(text, stop, limit)
    return gap.end() if gap else stop


def _marks(text: str, start: int, limit: int) -> list[_Mark]:
    """Find what may end a sentence, leaving out all that stands inside a pair of brackets."""
    marks: list[_Mark] = []
    opened: dict[str, list[tuple[int, int]]] = {}
    for match in _MARK.finditer(text, start, limit):
        at, mark = match.start(), match.group()
        if mark in _STOPS:
            if at == start or text[at - 1] not in _STOPS:
                run = _RUN.match(text, at, limit)
                marks.append(_Mark(at, run.end() if run else at + 1))
        elif mark in _OPEN:
            opened.setdefault(mark, []).append((at, len(marks)))
        elif mark in _CLOSE:
            if waiting := opened.get(_PAIRS[mark]):
                _close(text, at, waiting.pop(), marks)
        elif blank := _BLANK.match(text, at, limit):
            opened.clear()
            marks.append(_Mark(at, blank.end(), is_blank=True))
    return marks


def _close(text: str, at: int, opened: tuple[int, int], marks: list[_Mark]) -> None:
    """Drop the marks inside a pair of brackets that ends here; the pair itself may be one."""
    opened_at, count = opened
    if at - opened_at > _QUOTED_AT_MOST:
        return
    del marks[count:]
    if text[at - 1] in ".!?。！？．｡":
        marks.append(_Mark(at, at + 1, opened=opened_at))


def _end_at(text: str, begin: int, mark: _Mark, limit: int) -> int | None:
    """Say where the sentence ends if it ends at this mark, else None."""
    tail = _TAIL.match(text, mark.end, limit)
    end = tail.end() if tail else mark.end
    if end >= limit:
        return end
    if mark.opened >= 0 and text[begin : mark.opened].strip("\"'“‘*_"):
        return None  # （…を除く。） in the middle of a sentence
    run = text[mark.start : mark.end]
    if mark.opened >= 0:
        run = text[mark.start - 1]
    following = text[end]
    if "。" in run or "｡" in run:
        goes_on = mark.opened >= 0 and _QUOTE_GOES_ON.match(text, end, limit)
        return None if goes_on else end
    is_after_cjk = mark.start > begin and _CJK.match(text[mark.start - 1]) is not None
    if any(stop in run for stop in "！？") or (is_after_cjk and run[-1] in "!?．."):
        return None if _CRY_GOES_ON.match(text, end, limit) else end
    if not following.isspace():
        return None
    return end if _is_end_in_latin(text, begin, mark, end, limit) else None


def _is_end_in_latin(text: str, begin: int, mark: _Mark, end: int, limit: int) -> bool:
    """Decide for a stop in Latin script that is followed by white space."""
    gap = _GAP.match(text, end, limit)
    opener = _BEFORE_WORD.match(text, gap.end() if gap else end, limit)
    next_at = opener.end() if opener else end
    following = text[next_at : min(next_at + 1, limit)].strip()
    if not following:
        return True
    if following in ".,;:…" or (following.islower() and not _CAPITAL_LATER.match(text, next_at)):
        return False
    if mark.opened >= 0 or text[mark.start : mark.end] not in ".．":
        return True
    before = _WORD_BEFORE.search(text, max(begin, mark.start - 24), mark.start)
    return before is None or not _is_abbreviation(before, begin, next_at, text)


def _is_abbreviation(before: re.Match[str], begin: int, next_at: int, text: str) -> bool:
    """Say whether the stop after this word belongs to the word and not to the sentence."""
    word, at = before.group(), before.end()
    folded = word.lower()
    found = _NEXT_WORD.match(text, next_at)
    next_word = found.group().lower() if found else ""
    is_number_next = text[next_at : next_at + 1].isdigit()
    if folded in _ALWAYS:
        return True
    if folded in _BEFORE_NUMBERS:
        return is_number_next
    if folded in _TIMES:
        return is_number_next or next_word in _AFTER_TIMES or not next_word
    if folded in _EITHER or _is_initials(word, before.start(), text):
        return next_word not in _STARTERS and not text[next_at : next_at + 1].islower()
    # "1. Purpose" and "Table 2. Ceilings" at the beginning are labels
    return word[0].isdigit() and at - begin < 24 and _LABEL.fullmatch(text, begin, at) is not None


def _is_initials(word: str, at: int, text: str) -> bool:
    """Say whether it is the J of "J. Smith" or an acronym with stops inside."""
    if _DOTTED.fullmatch(word):
        return True
    is_apart = at == 0 or text[at - 1] in " \t\n\r.([\u3000"  # not the A of ASPIRE-A
    return len(word) == 1 and word.isupper() and is_apart

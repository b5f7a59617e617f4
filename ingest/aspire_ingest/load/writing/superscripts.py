"""What raised and lowered characters say once they stand on the line: powers, notes, indices.

Joined without a word, 10⁶ reads 106 and the mark of note 1 after 500 reads 5001. A raised mark is
told by what it follows: `10^6`, `m^2`, `500 (note 1)`, `500円(注1)`, `1st`, `Ca2+`; a lowered one
stays joined (`H2O`) or stands after `_` where joining misleads (`log_2 8`, `x_i`).
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from aspire_ingest.load.writing.clean import is_cjk

Height = Literal["line", "raised", "lowered", "reference"]
"""Where text stands; a `reference` is the mark of a footnote that the document keeps."""

REACH = 40
"""Characters before a raised mark that decide what it is."""
_DIGITS = re.compile(r"\d{1,3}")
_NUMBERS = re.compile(r"\d{1,3}(?:\s*[,、，・–-]\s*\d{1,3})*")
_BRACKETED = re.compile(r"[\[(（［〔]\s*(?P<inside>[^\s\])）］〕](?:.*\S)?)\s*[\])）］〕]")
_CLOSED = re.compile(r"(?P<inside>[^()（）\s]{1,12})[)）]")
_NAMED_NOTE = re.compile(rf"(?:[*＊※†‡§¶注註]|notes?)\s?{_NUMBERS.pattern}", re.IGNORECASE)
_NAME_OF_NOTE = re.compile(r"(?:[※注註]|\bnotes?\s)$", re.IGNORECASE)
_SIGNED = re.compile(r"[+\-−–±]\s?[\w./]{1,8}")
_CHARGE = re.compile(r"\d?[+\-−–]")
_LETTER = re.compile(r"[A-Za-zα-ωºª]")
_ISOTOPE = re.compile(r"(?:\d(?:H|He|Li|Be)|\d{2,3}(?!A(?![a-z]))[A-Z][a-z]?)(?![a-z])")
"""The mass number and the sign of an element; no number below 10 but with the lightest ones."""
_FACTOR_TEN = re.compile(r"[×xX·*✕✖⋅∙]\s*10$")
_PLAIN_TEN = re.compile(r"(?<![\d.,])10$")
_DIGIT = re.compile(r"(?<![\d.,])\d$")
_TWO_OR_TEN = re.compile(r"(?<!\d)(?:2|10)$")
_IN_A_SUM = re.compile(r"(?:[=≈<>≤≥+×·/^]|(?<=\s)[−-])\s*(?:\d+|[A-Za-zα-ω]{1,3})$")
_LENGTH = re.compile(r"(?<![A-Za-z])[kcdmµμn]?m$")
_UNIT = re.compile(r"(?:\d\s*[a-zµμ]{1,2}|[/·][a-zµμ]{1,4})$")
_SYMBOL = re.compile(r"(?<![^\W\d_])[A-Za-zα-ω]$")
_SUM_IN_BRACKETS = re.compile(r"\([^()]*[+\-−*/×·=][^()]*\)$")
_VARIABLES = frozenset("nkmxyijpq")
_ORDINAL_LETTERS = frozenset("eoºª")
_SENTENCE_ENDS = frozenset(".,;:!?。、．，；：！？")
_OPENING, _CLOSING = frozenset("([（「『［〔"), frozenset(")]）］〕")


class Run(NamedTuple):
    """A piece of a line and where it stands."""

    text: str
    height: Height = "line"


def join_runs(runs: Iterable[Run], *, defined: frozenset[str] = frozenset()) -> str:
    """Write the runs of one block on the line.

    Args:
        runs: in order; what a file keeps raised as several pieces is one mark.
        defined: marks that begin a note elsewhere.
    """
    written: list[str] = []
    before = ""
    for run, following in pairwise((*_merged(runs), Run(""))):
        if run.height == "line" or not run.text.strip():
            added = run.text
        elif run.height == "reference":
            added = f" (*{run.text})" if before[-1:].isdigit() else f"*{run.text}"
        else:
            added = _placed(run, before, following.text, defined)
        if run.height == "raised" and (stop := note_goes_before(before, added)):
            written[-1] = written[-1][:-1]
            added = with_stop(added, stop)
        written.append(added)
        before = (before + added)[-2 * REACH :].rpartition("\n")[2]
    return "".join(written)


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    held: list[str] = []
    height: Height = "line"
    for run in filter(lambda run: run.text, runs):
        if held and (run.height != height or height == "reference"):
            yield Run("".join(held), height)
            held = []
        held.append(run.text)
        height = run.height
    if held:
        yield Run("".join(held), height)


def _placed(run: Run, before: str, after: str, defined: frozenset[str]) -> str:
    """What stands for a raised or lowered run; blanks in it belong to the line around it."""
    mark = run.text.strip()
    blank = run.text[len(run.text.rstrip()) :]
    if run.height == "lowered":
        shown = lowered(mark, before, blank + after)
    else:
        is_defined = mark in defined
        shown = raised(mark, before, blank + after, is_defined=is_defined)
    return run.text if shown == mark else shown + blank


def raised(  # noqa: PLR0911 - one line per kind of mark
    mark: str, before: str, after: str, *, is_linked: bool = False, is_defined: bool = False
) -> str:
    """Write a raised mark on the line.

    Args:
        mark: what is raised, on one line.
        before: the text before it in its block, at least its last `REACH` characters.
        after: the text after it; three characters are enough.
        is_linked: it leads to a note.
        is_defined: the same mark begins a note elsewhere.

    Returns:
        What stands in its place, with the blanks it needs around it.
    """
    if not mark or not (mark[0].isalnum() or mark[-1].isalnum() or mark[-1] in ")]）］+-−–"):
        return mark
    before = before[-REACH:]
    bracketed = _BRACKETED.fullmatch(mark) or _CLOSED.fullmatch(mark)
    core = bracketed["inside"] if bracketed is not None else mark
    is_note = is_linked or bracketed is not None
    if _NAMED_NOTE.fullmatch(core):
        return _in_brackets(core, before, after)
    if _NAME_OF_NOTE.search(before):
        return mark
    if is_note and (_NUMBERS.fullmatch(core) or len(core) == 1):
        return _note(core, before, after)
    if _NUMBERS.fullmatch(mark):
        return _number(mark, before, after, is_defined=is_defined)
    if _LETTER.fullmatch(mark):
        return _letter(mark, before, after, is_defined=is_defined)
    return _expression(mark, before, after)


def lowered(mark: str, before: str, after: str) -> str:
    """Write a lowered mark on the line: joined, or after `_` where joining misleads."""
    last, first, following = before[-1:], mark[:1], after[:1]
    if first.isdigit() and (last.isdigit() or following.isdigit()):
        return f"_{mark} " if following.isalnum() else f"_{mark}"
    if mark.isalpha() and mark.isascii() and last.isalpha() and not is_cjk(last):
        return f"_{mark}"
    return mark


def note_goes_before(before: str, written: str) -> str:
    """The stop that ends `before` if the note written after it belongs before it, else ""."""
    is_note = written.lstrip().startswith("(")
    is_stop = len(before) > 1 and before[-1] in _SENTENCE_ENDS and before[-2].isalnum()
    return before[-1] if is_note and is_stop else ""


def with_stop(written: str, stop: str) -> str:
    """A note with the stop behind it."""
    shown = written.rstrip()
    return f"{shown}{stop}{written[len(shown) :]}"


def _number(  # noqa: PLR0911 - one line per kind of number
    mark: str, before: str, after: str, *, is_defined: bool
) -> str:
    is_one = _DIGITS.fullmatch(mark) is not None
    if is_one and _FACTOR_TEN.search(before):
        return f"^{mark}"
    if mark in ("2", "3") and _LENGTH.search(before):
        return f"^{mark}"
    if is_defined or not is_one:
        return _note(mark, before, after)
    if _IN_A_SUM.search(before) or _SUM_IN_BRACKETS.search(before):
        return f"^{mark}"
    if mark != "1" and (_PLAIN_TEN.search(before) or _SYMBOL.search(before)):
        return f"^{mark}"
    if len(mark) > 1 and _DIGIT.search(before):
        return f"^{mark}"
    if mark in ("2", "3", "4") and _UNIT.search(before):
        return f"^{mark}"
    begins_word = not before[-1:].isalnum() and before[-1:] not in _SENTENCE_ENDS
    if _ISOTOPE.match(mark + after) and (begins_word or not before):
        return mark
    return _note(mark, before, after)


def _letter(mark: str, before: str, after: str, *, is_defined: bool) -> str:
    last = before[-1:]
    if is_defined:
        return _note(mark, before, after)
    if mark in _ORDINAL_LETTERS and last.isalnum():
        return mark
    is_base = _SYMBOL.search(before) or (last.isdigit() and mark in _VARIABLES)
    if is_base or _IN_A_SUM.search(before) or _TWO_OR_TEN.search(before):
        return f"^{mark}"
    return _note(mark, before, after)


def _expression(mark: str, before: str, after: str) -> str:
    """Signed numbers, charges, words and sums."""
    last = before[-1:]
    if _SIGNED.fullmatch(mark):
        return f"^{mark}" if last.isalnum() or last in _CLOSING else mark
    if _CHARGE.fullmatch(mark):
        return mark if last.isalpha() or last in _CLOSING else f"^{mark}"
    if mark.isalpha() or not (last.isalnum() or last in _CLOSING):
        return mark if len(mark) <= 4 else _apart(mark, before, after)
    return f"^({mark})" if " " not in mark and len(mark) <= 12 else _apart(mark, before, after)


def _note(mark: str, before: str, after: str) -> str:
    return _in_brackets(f"{'注' if _is_japanese(before, after) else 'note '}{mark}", before, after)


def _in_brackets(text: str, before: str, after: str) -> str:
    if before[-1:] in _OPENING and after[:1] in _CLOSING and before and after:
        return text
    if _is_japanese(before, after):
        return f"({text})"
    return _apart(f"({text})", before, after)


def _is_japanese(before: str, after: str) -> bool:
    return any(map(is_cjk, before.rstrip()[-1:] + after[:1]))


def _apart(text: str, before: str, after: str) -> str:
    """Keep text off its neighbours, but for punctuation and Japanese."""
    last, first = before[-1:], after[:1]
    space_before = last and not last.isspace() and not is_cjk(last) and last not in _OPENING
    space_after = first.isalnum() and not is_cjk(first)
    return f"{' ' if space_before else ''}{text}{' ' if space_after else ''}"

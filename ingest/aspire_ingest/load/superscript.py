"""What raised and lowered characters say once they stand on the line: powers, notes, indices.

`10` with a raised `6` is `10^6`; `500` with a raised `1` that is a note is `500 (note 1)`, never
`5001`; `1` with a raised `st` is `1st`; `H` with a lowered `2` stays `H2`.
"""

import re

from aspire_ingest.clean import is_cjk

REACH = 40
"""Characters before a raised mark that decide what it is."""
_DIGITS = re.compile(r"\d{1,3}")
_NUMBERS = re.compile(r"\d{1,3}(?:\s*[,、，・–-]\s*\d{1,3})*")
_BRACKETED = re.compile(
    r"[\[(（［〔]\s*(?P<mark>\d{1,3}|[a-z])\s*[\])）］〕]|(?P<half>\d{1,3})[)）]"
)
_SIGNED = re.compile(r"[+\-−–]\d{1,3}")
_SIGN_AND_NUMBER = re.compile(r"[*＊※†‡§¶注註]\s*[\d０-９]{1,3}")
_CHARGE = re.compile(r"\d?[+\-−–]")
_LETTER = re.compile(r"[A-Za-zα-ωºª]")
_POWER = re.compile(r"[×xX·*✕⋅∙]\s*10$")
_PLAIN_TEN = re.compile(r"(?<![\d.,])10$")
_IN_A_SUM = re.compile(r"(?:[=≈<>≤≥+×·/^]|(?<=\s)[−-])\s*(?:\d+|[A-Za-zα-ω]{1,3})$")
_LENGTH = re.compile(r"(?<![A-Za-z])[kcdmµμn]?m$")
_UNIT = re.compile(r"(?:\d\s*[a-zµμ]{1,2}|[/·][a-zµμ]{1,4})$")
_SYMBOL = re.compile(r"(?<![^\W\d_])[A-Za-zα-ω]$")
_SUM_IN_BRACKETS = re.compile(r"\([^()]*[+\-−*/×·=][^()]*\)$")
_VARIABLES = frozenset("nkmxyijpq")
_ORDINAL_LETTERS = frozenset("eoºª")
_SENTENCE_ENDS = frozenset(".,;:!?。、．，；：！？")


def raised(  # noqa: C901, PLR0911 - one line per kind of mark
    mark: str, before: str, after: str, *, is_linked: bool, is_defined: bool
) -> str:
    """Write a raised mark on the line.

    Args:
        mark: what is raised, on one line.
        before: the text before it in its block, at least its last `REACH` characters.
        after: the text after it; one character is enough.
        is_linked: it leads to a note.
        is_defined: the same mark begins a note elsewhere.

    Returns:
        What stands in its place, with the blanks it needs around it.
    """
    if not mark or not (mark[0].isalnum() or mark[-1].isalnum() or mark[-1] in ")]）］+-−–"):
        return mark
    here, before = before.strip(), before[-REACH:]
    bracketed = _BRACKETED.fullmatch(mark)
    if bracketed:
        return _note(bracketed["mark"] or bracketed["half"], before, after)
    if _SIGN_AND_NUMBER.fullmatch(mark):
        return _apart(f"({mark})", before, after)
    if is_linked and (_NUMBERS.fullmatch(mark) or len(mark) == 1):
        return _note(mark, before, after)
    if not here and not is_defined:
        return mark  # an isotope: the mass number comes first
    if _NUMBERS.fullmatch(mark):
        return _number(mark, before, after, is_defined=is_defined)
    if _SIGNED.fullmatch(mark):
        return "^" + mark.translate({ord("−"): "-", ord("–"): "-"})
    if _CHARGE.fullmatch(mark):
        return mark if before[-1:].isalpha() or before[-1:] in ")]" else f"^{mark}"
    if _LETTER.fullmatch(mark):
        return _letter(mark, before, after, is_defined=is_defined)
    if mark.isalpha() or not before[-1:].isalnum():
        return mark if len(mark) <= 4 else _apart(mark, before, after)
    return f"^({mark})" if " " not in mark and len(mark) <= 12 else _apart(mark, before, after)


def lowered(mark: str, before: str, after: str) -> str:
    """Write a lowered mark on the line: joined, or after `_` where joining misleads."""
    last, first, following = before[-1:], mark[:1], after[:1]
    if first.isdigit() and (last.isdigit() or following.isdigit()):
        return f"_{mark} " if following.isalnum() else f"_{mark}"
    if mark.isalpha() and mark.isascii() and _SYMBOL.search(before[-2:]):
        return f"_{mark}"
    return mark


def ends_sentence(character: str) -> bool:
    """Tell whether a mark of a note after this character belongs before it."""
    return character in _SENTENCE_ENDS


def _number(  # noqa: PLR0911 - one line per kind of number
    mark: str, before: str, after: str, *, is_defined: bool
) -> str:
    is_one = _DIGITS.fullmatch(mark) is not None
    if is_one and (_POWER.search(before) or (_PLAIN_TEN.search(before) and not is_defined)):
        return f"^{mark}"
    if mark in ("2", "3") and _LENGTH.search(before):
        return f"^{mark}"
    if is_defined or not is_one:
        return _note(mark, before, after)
    if _IN_A_SUM.search(before) or _SYMBOL.search(before) or _SUM_IN_BRACKETS.search(before):
        return f"^{mark}"
    if mark in ("2", "3", "4") and _UNIT.search(before):
        return f"^{mark}"
    is_before_a_symbol = after[:1].isascii() and after[:1].isupper()
    if is_before_a_symbol and not (before[-1:].isalnum() or ends_sentence(before[-1:])):
        return mark
    return _note(mark, before, after)


def _letter(mark: str, before: str, after: str, *, is_defined: bool) -> str:
    last = before[-1:]
    if is_defined:
        return _note(mark, before, after)
    if mark in _ORDINAL_LETTERS and last.isalnum():
        return mark
    is_base = _SYMBOL.search(before) or (last.isdigit() and mark in _VARIABLES)
    if is_base or _IN_A_SUM.search(before) or re.search(r"(?<!\d)(?:2|10)$", before):
        return f"^{mark}"
    return _note(mark, before, after)


def _note(mark: str, before: str, after: str) -> str:
    beside = before.rstrip()[-1:] + after[:1]
    if any(map(is_cjk, beside)):
        return f"(注{mark})"
    return _apart(f"(note {mark})", before, after)


def _apart(text: str, before: str, after: str) -> str:
    """Keep text off its neighbours, but for punctuation and Japanese."""
    last, first = before[-1:], after[:1]
    space_before = last and not last.isspace() and not is_cjk(last) and last not in "([（「『"
    space_after = first.isalnum() and not is_cjk(first)
    return f"{' ' if space_before else ''}{text}{' ' if space_after else ''}"

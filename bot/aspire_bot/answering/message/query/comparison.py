"""Whether a question asks of two sides: two years, editions or calls, or before and now. Pure."""

import re

from aspire_ingest.index.text.numerals import ORDINALS, fold_widths

_WORDS = re.compile(
    r"\b(?:compar\w+|differ\w*|versus|vs|against|than|both|either|each of|respectively|in common"
    r"|chang(?:e|es|ed|ing)|same|still|(?:go|goes|gone|went) (?:up|down)|r(?:ise|ose|isen)"
    r"|(?:in|de)crease[sd]?|gr[eo]w[ns]?|before and"
    r"|(?:old|former|previous|first)\b.{0,40}\b(?:new|current|present|second|now)"
    r"|(?:new|current|present|second|now)\b.{0,40}\b(?:old|former|previous|before|first)"
    r"|(?:plan(?:ned|s)?|schedul\w+|announce\w*)\b.{0,40}\bactual\w*"
    r"|(?:more|less|longer|shorter|higher|lower|larger|smaller|earlier|later|better|worse) or)\b"
    r"|違[いうっわ]|異な|変[わ更化]|比べ|比較|より|同じ|それぞれ|[両双]方|どちら|いずれ|増え|減[っり]"
    r"|旧.{0,20}新|新.{0,20}旧|(?:予定|案内).{0,12}実際|共通",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBERED = re.compile(
    rf"(\d{{1,2}}(?:st|nd|rd|th)\b|\b(?:{'|'.join(ORDINALS)})\b)|第\s?(\d{{1,2}}|[一二三四五六七八九十]+)[版回期次]",
    re.IGNORECASE,
)


def has_two_sides(question: str) -> bool:
    """Whether a question has words of comparing, or names two years, or two editions by number.

    "by March 2027 or 2028" counts as well: what follows from it is small.
    """
    text = fold_widths(question)
    return (
        len(set(_YEAR.findall(text))) > 1
        or len({found.group().lower() for found in _NUMBERED.finditer(text)}) > 1
        or _WORDS.search(text) is not None
    )

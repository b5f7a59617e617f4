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
_COMPARES_NOTHING = re.compile(
    r"\bat the same time\b|\b(?:in|within|during|on|at|of|from|for) the same (?:\w+ )?"
    r"(?:year|month|week|day|call|round|institution|university|country|field|project|person)\b"
    r"|\b(?:more|less|fewer|longer|shorter|higher|lower|later|earlier|older|younger|greater|larger"
    r"|smaller) than (?:about |around |(?:EUR|USD|JPY|GBP|euros?|yen)\s?|[€$£¥])?"
    r"(?:\d|an? |half|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
    r"|\b(?:other|rather) than\b"
    r"|\b(?:can|could|may|might|should) (?:I|we|you|one|they|he|she|the \w+|an? \w+|my \w+) "
    r"(?:still\b|(?:still )?(?:change|increase|decrease|grow|rise)\b(?! from))"
    r"|\b(?:to|I|we) change\b(?! from)|\bchanges? of\b"
    r"|変更(?:は|が|も|を)?(?:でき|可能|した[いら]|する(?:場合|とき|際|には|こと|手続)|の?手続|の?申請|の?届)"
    r"|変わっ(?:た場合|たら|たとき)|同じ(?:年|月|日|年度|機関|大学|課題|人)(?:度)?[にで]"
    r"|\d\s?[%％]?(?:人|日|月|年|歳|円|万円|か月|ヶ月|ページ)?より(?:も)?(?:多|少|長|短|高|低|大|小|前|後)",
    re.IGNORECASE,
)
"""A bound ("more than 10 %"), what is done, a condition: by these nothing is compared."""
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
        or _WORDS.search(_COMPARES_NOTHING.sub(" ", text)) is not None
    )

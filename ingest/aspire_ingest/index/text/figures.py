"""Numbers of money written in less usual ways, put as `12,000.5` or `十二万`. Pure.

`1.500.000 euros`, `1 500 000 euros`, `1,5 million euros`, `金壱億弐千万円`. Each sign becomes one
sign, so that offsets stay; what is not certainly such a number stays as it is.
"""

import re
from collections.abc import Iterable

from aspire_ingest.index.text.units import MONEY, PREFIX_CURRENCIES


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_DAIJI = str.maketrans("壱壹弌弐貳貮参參拾佰仟阡萬", "一一一二二二三三十百千千万")
_HOLDS_DAIJI = re.compile("[壱壹弌弐貳貮参參拾佰仟阡萬]")
_FORMAL = re.compile(
    r"[〇一二三四五六七八九十百千万億兆\d,.壱壹弌弐貳貮参參拾佰仟阡萬]+(?=\s?[円圓])"
)
# Each begins with a digit and looks back after it: that is twice as fast as to look back first.
_NARROW = re.compile(
    "[0-9](?<![0-9０-９.,][0-9])[0-9]{0,2}(?:[\u00a0\u202f\u2009'’][0-9]{3})+(?![0-9])"
)
"""Groups parted by a sign that only typesetters of numbers use; before widths are folded."""
_GROUPS = re.compile(
    # two groups at least, or one that no number begins with: "120 000"
    r"(?P<number>\d(?<![\d.,:/-]\d)(?<!\d \d)\d{0,2}"
    r"(?:(?: \d{3}){2,}| 0\d\d|(?:\.\d{3}){2,}))"
    rf"(?![\d.,]?\d)(?P<money>\s?(?:{MONEY})(?![a-z]))?"
)
_PREFIXED = re.compile(rf"(?:{_any_of(PREFIX_CURRENCIES)})\s?$")
_DECIMAL = re.compile(
    r"\d(?<![\d.,]\d)\d{0,2},\d{1,2}(?=\s?(?:million|mil|mio|mln|billion|bln|mrd|bn)\b)"
)


def with_plain_groups(text: str) -> str:
    """Put a comma for narrow spaces and apostrophes between thousands; for text as it came."""
    return _NARROW.sub(lambda found: re.sub(r"[^0-9]", ",", found.group()), text)


def with_plain_figures(folded: str) -> str:
    """Put formal kanji as the usual ones and the thousands of money with commas."""
    if _HOLDS_DAIJI.search(folded):
        folded = _FORMAL.sub(lambda found: found.group().translate(_DAIJI), folded)
    folded = _DECIMAL.sub(lambda found: found.group().replace(",", "."), folded)
    return _GROUPS.sub(_with_commas, folded)


def _with_commas(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start("number") - 5) : found.start("number")]
    if not (found["money"] or _PREFIXED.search(before)):
        return found.group()
    number = re.sub(r"[ .]", ",", found["number"])
    return number + found.group()[len(found["number"]) :]

"""Words whose letters are set apart, as headings are: "B U D G E T", 予 算 の 使 い 方, 目 次.

Letters of one word have equal gaps, and words larger ones. Letters that stand for themselves stay
apart: A B C D, 月 火 水, the cells of a row without rules, the choices 有 無. So do syllables of
Korean, which are words where they stand alone: 배 표 한 장.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from aspire_ingest.load.pdf.words.words import Word

_FEWEST, _FEWEST_OF_BODY = 4, 5
"""Letters of a Latin word: of a heading, and of a line in the size of the text."""
_FEWEST_JAPANESE = 3
_WIDEST = 3.3
"""Gap between letters of a line, in their sizes."""
_WIDEST_OF_PAIR = 4.5
_WORD_GAP = 1.6
"""Gap that parts words, in gaps of letters."""
_UNEVEN = 0.12
"""How much gaps within a word may differ, in letter sizes."""
_APART = 2.0
"""Least gap to other words on the line, in letter sizes."""
_HEADING = 1.15
_LETTERS = 0.7
"""Share of letters, of what is no number."""
_SIGNS = frozenset({"So", "Sm"})
_NEAR_ROWS = 45.0
"""Points up and down within which rows of a table stand."""
_JAPANESE = re.compile(r"[々〆ぁ-ゖァ-ヺー㐀-鿿\uf900-\ufaff]")
_KANA = re.compile(r"[ぁ-ゖァ-ヺ]")
_KANJI_PAIR = re.compile(r"[々㐀-鿿\uf900-\ufaff]{2}")
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:第?[\d一二三四五六七八九十]{1,3}[章節条部編]?|[IVX]{1,4}|[(（]\d{1,2}[)）])[.．)、]?"
)
_LISTS = (
    "日月火水木金土日", "一二三四五六七八九十", "春夏秋冬", "東西南北", "東南西北",
    "甲乙丙丁戊己庚辛壬癸",
    "子丑寅卯辰巳午未申酉戌亥", "大中小", "上中下", "優良可", "松竹梅", "イロハニホヘト",
    "いろはにほへと", "アカサタナハマヤラワ", "あかさたなはまやらわ",
)  # fmt: skip
_CHOICES = frozenset({
    "有無", "可否", "男女", "甲乙", "正副", "左右", "上下", "要否", "是非", "新旧", "大小", "前後",
    "日月", "春秋", "夏冬", "東西", "南北",
})  # fmt: skip


def join_spaced(words: Sequence[Word]) -> list[Word]:
    """Join the letters of each such word; all other words stay as they are.

    `words` are in rows, from left to right in each.
    """
    if sum(len(word.text) == 1 for word in words) < 2:
        return list(words)
    joined: list[Word] = []
    size = median(word.size for word in words)
    for row in _rows(words):
        start = 0
        for end in _run_ends(row):
            run = row[start:end]
            is_apart = _is_apart(row, start, end)
            if is_apart and _is_word(run, row, words, is_heading=_is_heading(run[0], size)):
                joined += _joined(run)
            else:
                joined += run
            start = end
    return joined


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in words:
        if rows and abs(rows[-1][-1].baseline - word.baseline) <= 1 and word.x0 >= rows[-1][-1].x0:
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def _run_ends(row: Sequence[Word]) -> list[int]:
    """Where runs of single letters of one size end, and where what is no such run does."""
    breaks = [
        number
        for number, (one, other) in enumerate(pairwise(row), start=1)
        if len(one.text) > 1
        or len(other.text) > 1
        or one.size != other.size
        or other.x0 - one.x1 > max(_WIDEST, _WIDEST_OF_PAIR if len(row) == 2 else 0) * one.size
    ]
    return [*breaks, len(row)]


def _is_heading(word: Word, size: float) -> bool:
    return word.is_bold or word.size >= _HEADING * size


def _is_apart(row: Sequence[Word], start: int, end: int) -> bool:
    """Whether a run stands apart from the words beside it; the number of a heading may be near."""
    run = row[start:end]
    if len(run) < 2:
        return False
    apart = _APART * run[0].size
    before = row[start - 1] if start else None
    is_near = before is not None and run[0].x0 - before.x1 < apart
    if before is not None and is_near and not _NUMBER.fullmatch(before.text):
        return False
    return end == len(row) or row[end].x0 - run[-1].x1 >= apart


def _is_word(
    run: Sequence[Word], row: Sequence[Word], words: Sequence[Word], *, is_heading: bool
) -> bool:
    text = "".join(word.text for word in run)
    gaps = [other.x0 - one.x1 for one, other in pairwise(run)]
    if min(gaps) <= 0 or any(unicodedata.category(letter) in _SIGNS for letter in text):
        return False
    if len(run) == 2:
        is_pair = len(row) == 2 and _KANJI_PAIR.fullmatch(text) and text not in _CHOICES
        return bool(is_pair) and not _is_of_table(run, words)
    parts = [word.text for word in _joined(run) if not word.text.isdecimal()]
    if not _is_even(run, gaps) or not _is_spelt(parts, is_heading=is_heading):
        return False
    return _KANA.search(text) is not None or not _is_of_table(run, words)


def _is_even(run: Sequence[Word], gaps: Sequence[float]) -> bool:
    """Whether the gaps within words are equal."""
    least = min(gaps)
    within = [gap for gap in gaps if gap < _WORD_GAP * least]
    return max(within) - least <= _UNEVEN * run[0].size and len(within) * 2 >= len(gaps)


def _is_spelt(parts: Sequence[str], *, is_heading: bool) -> bool:
    """Whether letters are those of words, and not a list of letters."""
    text = "".join(parts)
    letters = "".join(filter(str.isalpha, text))
    if not letters or len(letters) < _LETTERS * len(text) or _is_list(letters):
        return False
    if len(_JAPANESE.findall(letters)) > 0.5 * len(letters):
        return len(letters) >= _FEWEST_JAPANESE
    fewest = _FEWEST if is_heading else _FEWEST_OF_BODY
    is_case = all(part.isupper() or part[1:].islower() for part in parts if part.isalpha())
    return len(letters) >= fewest and is_case and bool(_VOWEL.search(letters))


def _is_list(text: str) -> bool:
    codes = list(map(ord, text.lower()))
    if _KANA.search(text) or text.isascii():
        steps = [after - before for before, after in pairwise(codes)]
        if all(0 < step <= 2 for step in steps):
            return True
    return any(text in listed for listed in _LISTS)


def _is_of_table(run: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether rows nearby begin words where the letters do."""
    first = run[0]
    near = [
        word.x0
        for word in words
        if 2 < abs(word.baseline - first.baseline) <= _NEAR_ROWS and word.size <= first.size + 1
    ]
    hits = sum(any(abs(x - word.x0) <= 1 for x in near) for word in run[1:])
    return 2 * hits >= len(run) - 1


def _joined(run: Sequence[Word]) -> list[Word]:
    least = min(other.x0 - one.x1 for one, other in pairwise(run))
    joined = [run[0]]
    for one, other in pairwise(run):
        if len(run) > 2 and other.x0 - one.x1 >= _WORD_GAP * least:
            joined.append(other)
        else:
            joined[-1] = replace(
                joined[-1],
                text=joined[-1].text + other.text,
                x1=other.x1,
                top=min(joined[-1].top, other.top),
                bottom=max(joined[-1].bottom, other.bottom),
            )
    return joined

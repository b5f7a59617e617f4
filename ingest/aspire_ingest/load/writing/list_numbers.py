"""Numbers as word processors count: 3, III, c, 三, ウ, ③."""

import re
from collections.abc import Callable

_KANJI = "〇一二三四五六七八九"
_AIUEO = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_IROHA = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
)
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_PLAIN_LABEL = re.compile(r"(?P<number>\d{1,9})\.")
_MOST_ROMAN = 5000
_MOST_REPEATED = 30
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def format_number(number: int, form: str) -> str:
    """Write a number in a form named as in Word (`upperRoman`); unknown forms count 1, 2, 3."""
    write = _FORMS.get(form)
    return write(number) if write is not None and number > 0 else str(number)


def is_plain(form: str) -> bool:
    """Tell whether the form writes 1 as 1."""
    return form not in _FORMS


def plain_number(label: str) -> int | None:
    """The number of a label that Markdown writes in the same way ("3."); None for others."""
    match = _PLAIN_LABEL.fullmatch(label)
    return int(match["number"]) if match is not None else None


def _letters(number: int) -> str:
    repeats, index = divmod(number - 1, 26)
    return chr(ord("a") + index) * (repeats + 1) if repeats < _MOST_REPEATED else str(number)


def _roman(number: int) -> str:
    if number >= _MOST_ROMAN:
        return str(number)
    pieces: list[str] = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        pieces.append(letters * count)
    return "".join(pieces)


def _kanji(number: int) -> str:
    """Up to 9,999 with 十, 百, 千."""
    if number > 9999:
        return str(number)
    pieces: list[str] = []
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        count, number = divmod(number, value)
        if count:
            pieces.append(("" if count == 1 and unit else _KANJI[count]) + unit)
    return "".join(pieces)


def _kanji_digits(number: int) -> str:
    return "".join(_KANJI[int(digit)] for digit in str(number))


def _circled(number: int) -> str:
    for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(start + number - first)
    return str(number)


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{ending or 'th'}"


def _of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


_FORMS: dict[str, Callable[[int], str]] = {
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "ordinal": _ordinal,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(_WIDE),
    "decimalFullWidth2": lambda number: str(number).translate(_WIDE),
    "japaneseCounting": _kanji,
    "chineseCounting": _kanji,
    "chineseCountingThousand": _kanji,
    "taiwaneseCountingThousand": _kanji,
    "japaneseDigitalTenThousand": _kanji_digits,
    "ideographDigital": _kanji_digits,
    "taiwaneseDigital": _kanji_digits,
    "koreanDigital2": _kanji_digits,
    "aiueoFullWidth": _of(_AIUEO),
    "irohaFullWidth": _of(_IROHA),
    "aiueo": _of(_AIUEO),  # shown at half width, which reads the same
    "iroha": _of(_IROHA),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "numberInDash": lambda number: f"- {number} -",
    "ideographTraditional": _of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _of("子丑寅卯辰巳午未申酉戌亥"),
    "japaneseLegal": lambda number: "".join(
        dict(zip("〇一二三四五六七八九十百千", "零壱弐参四伍六七八九拾百阡", strict=True))[sign]
        for sign in _kanji(number)
    ) if number <= 9999 else str(number),
}  # fmt: skip

"""How a name sounds, so that 清水 and Shimizu, フィンランド and Finland are found alike. Pure."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

_KANA = {
    **dict(zip("アイウエオ", ("a", "i", "u", "e", "o"), strict=True)),
    **dict(zip("ァィゥェォ", ("a", "i", "u", "e", "o"), strict=True)),
    **{k: f"{c}{v}" for c, row in (
        ("k", "カキクケコ"), ("g", "ガギグゲゴ"), ("z", "ザ_ズゼゾ"), ("n", "ナニヌネノ"),
        ("b", "バビブベボ"), ("p", "パピプペポ"), ("m", "マミムメモ"), ("r", "ラリルレロ"),
        ("s", "サ_スセソ"), ("t", "タ__テト"), ("d", "ダ__デド"), ("h", "ハヒ_ヘホ"),
    ) for k, v in zip(row, "aiueo", strict=True) if k != "_"},
    "シ": "shi", "チ": "chi", "ツ": "tsu", "ジ": "ji", "ヂ": "ji", "ヅ": "zu", "フ": "fu",
    "ヤ": "ya", "ユ": "yu", "ヨ": "yo", "ワ": "wa", "ヲ": "o", "ン": "n", "ヴ": "vu",
    "ャ": "ya", "ュ": "yu", "ョ": "yo",
}  # fmt: skip
_SMALL_Y = "ャュョ"
_SMALL = "ァィゥェォ"
_LONG = re.compile(r"(?:ou|oo|oh(?![aeiou]))|uu|aa|ii|ee")
_ACCENTS = str.maketrans("āēīōūâêîôûàáäéèëíïóöúüçñ", "aeiouaeiouaaaeeeiioouucn")
_SPELLINGS = (
    (re.compile(r"m(?=[bpm])"), "n"), (re.compile(r"tch"), "cch"), (re.compile(r"l"), "r"),
    (re.compile(r"s(?=i)|sy"), "sh"), (re.compile(r"t(?=i)|ty"), "ch"),
    (re.compile(r"(?:z|d)(?=i)|[zj]y"), "j"), (re.compile(r"[td](?=u)"), "ts"),
    (re.compile(r"(?<![cs])h(?=u)"), "f"), (re.compile(r"wo"), "o"),
)  # fmt: skip
"""What one sound is written as beside Hepburn's way."""
_NO_LETTER = re.compile(r"[^a-z]")
_SYLLABLES = re.compile(
    r"(?:(?:[kgsztdnhbpmryw]|[kgnhbpmr]y|sh|ch|ts|[jf])?[aeiou]|n(?![aeiouy])|([ksptc])(?=\1))+"
)
_SYLLABLE = re.compile(r"n(?![aeiouy])|([ksptc])(?=\1)|[^aeiou]*[aeiou]")
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_FOREIGN = (
    (re.compile(r"ph"), "f"), (re.compile(r"th"), "s"), (re.compile(r"ch|sh|tsu?|j|z|x"), "s"),
    (re.compile(r"c(?=[eiy])"), "s"), (re.compile(r"[cq]"), "k"), (re.compile(r"l"), "r"),
    (re.compile(r"v"), "b"), (re.compile(r"[wy]"), ""), (re.compile(r"m(?=[bp])"), "n"),
    (re.compile(r"h(?![aeiou])|gh"), ""), (re.compile(r"f"), "h"), (re.compile(r"d"), "t"),
)  # fmt: skip
"""What Japanese spelling does to foreign consonants."""
_VOWEL = re.compile(r"[aeiou]")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=20_000)
def romanised(katakana: str) -> str:
    """Give katakana in Latin letters (Hepburn), long vowels short, as names are written."""
    out = ""
    for at, sign in enumerate(katakana):
        if sign in _SMALL_Y and len(out) > 1 and out.endswith("i"):
            stem = out[:-1]
            out = stem + (_KANA[sign][1:] if stem.endswith(("sh", "ch", "j")) else _KANA[sign])
        elif sign in _SMALL and out and out[-1] in "aiueo" and at:
            out = out[:-1] + _KANA[sign]
        elif sign == "ッ":
            out += "'"
        else:
            out += _KANA.get(sign, "")
    doubled = re.sub(r"'(.)", r"\1\1", out).replace("'", "")
    return shortened(doubled)


@lru_cache(maxsize=20_000)
def shortened(name: str) -> str:
    """Give a Latin name small, without accents and with its long vowels short."""
    plain = name.casefold().translate(_ACCENTS)
    return _LONG.sub(lambda match: match.group()[0], plain)


def key_of(name: str) -> str:
    """Give a name as all its spellings in Latin letters have it: Ohno and Ōno, Homma and Honma."""
    return _in_one_spelling(shortened(name))


def _in_one_spelling(name: str) -> str:
    spelt = _NO_LETTER.sub("", name)
    for pattern, other in _SPELLINGS:
        spelt = pattern.sub(other, spelt)
    return spelt


def is_japanese_name(name: str) -> bool:
    """Whether Latin letters write what Japanese can say, syllable for syllable."""
    return bool(_SYLLABLES.fullmatch(key_of(name)))


def hiragana_of(name: str) -> str:
    """Write a Japanese name in hiragana as its vowels are written; nothing where it is none."""
    spelt = _in_one_spelling(name.casefold().translate(_ACCENTS))
    if not _SYLLABLES.fullmatch(spelt):
        return ""
    return _SYLLABLE.sub(lambda found: _hiragana().get(found[0], ""), spelt)


@cache
def _hiragana() -> Mapping[str, str]:
    """Signs by the syllables of keys, and the sign of a doubled consonant."""
    signs = [*_KANA, *(sign + small for sign in "キギシジチニヒビピミリ" for small in _SMALL_Y)]
    said = {key_of(romanised(sign)): sign for sign in reversed(signs) if sign not in _SMALL_Y}
    written = {**said, "n": "ン", **dict.fromkeys("ksptc", "ッ")}
    return {key: sign.translate(_TO_HIRAGANA) for key, sign in written.items()}


@lru_cache(maxsize=20_000)
def skeleton(name: str) -> str:
    """Give the consonants of a name as Japanese ears know them."""
    return _DOUBLED.sub(r"\1", _VOWEL.sub("", heard(name)))


def heard(name: str) -> str:
    """Give a name with its consonants as Japanese ears know them."""
    bare = shortened(name)
    for pattern, other in _FOREIGN:
        bare = pattern.sub(other, bare)
    return _DOUBLED.sub(r"\1", bare)


@lru_cache(maxsize=50_000)
def sound_alike(one: str, other: str) -> bool:
    """Whether two names (one of them romanised) may be the same name."""
    left, right = shortened(one), shortened(other)
    if left == right:
        return True
    bones, others = skeleton(left), skeleton(right)
    if min(len(bones), len(others)) >= 4:
        bones, others = (
            bones.replace("t", "s"),
            others.replace("t", "s"),
        )  # Tübingen, チュービンゲン
    is_telling = min(len(bones), len(others)) >= 2 and min(len(left), len(right)) >= 4
    return is_telling and bones == others

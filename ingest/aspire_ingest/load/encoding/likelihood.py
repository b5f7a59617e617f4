"""How likely a reading of some bytes is: Japanese as people write it, or a salad of characters.

Bytes read in a wrong encoding give rare kanji, half-width kana in no order, Hangul among kanji,
private characters. Each character that is not ASCII gives a value; their mean is the likelihood,
from -3 to 1.
"""

import re
import unicodedata

_COMMON = re.compile(
    "[\u3041-\u3096\u309b-\u309e\u30a1-\u30fe\u3000-\u3002\u3005-\u3017\uff01-\uff5e\u301c\uff65\uffe5]"
)
_SIGN = re.compile(
    "[\u2010-\u203e\u2100-\u214f\u2150-\u218f\u2190-\u22ff\u2460-\u24ff\u2500-\u27bf\u3200-\u33ff"
    "\u00a5-\u00b7\u00d7\u00f7\u0370-\u03ff\u2e80-\u2eff]"
)
_KANJI = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_HALF_WIDTH = re.compile("[\uff61-\uff9f]+")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_IMPOSSIBLE = re.compile("[\ufffd\ue000-\uf8ff\u0080-\u009f]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_HALF_PUNCTUATION = frozenset("｡｢｣､")
_VOICED_AFTER = frozenset("ｳｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾊﾋﾌﾍﾎ")
_SMALL_OR_LONG = frozenset("ｧｨｩｪｫｬｭｮｯｰﾞﾟ")
_MOST_READ = 20_000
_LEVEL_1 = range(0xB0, 0xD0)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_IN_A_WORD = re.compile(
    "(?<=[A-Za-z])[\u00c0-\u00ff\u0152\u0153](?![\u00c0-\u00d6])|[\u00c0-\u00ff](?=[a-z])"
    "|(?<![^\\s])[\u00c0-\u00ff](?![^\\s])"
)
_TYPOGRAPHY = re.compile(
    "[\u00a0\u00a7\u00a9\u00ab\u00ae\u00b0\u00b7\u00bb\u2013\u2014\u2018-\u201e\u2022\u2026\u20ac]"
)
_RUN = re.compile(r"[^\x00-\x7f]{2}")
_LONE_LETTER = re.compile(r"(?<![^\W\d_])[^\x00-\x7f\W\d_](?![^\W\d_])")
_WORDS_OF_ONE = frozenset("ÀÁÂÈÉÍÓÔÖÅàáâèéíóôöåæøúîý")
_QUOTES = re.compile("\u201c\\w[^\u201c\u201d\n]{0,300}\u201d|(?<=[A-Za-z])\u2019(?=[a-z])")
LIKELY = 0.5
"""From here on a reading is what people write."""
_IMPOSSIBLE_VALUE, _RARE_VALUE, _SALAD_VALUE = -3.0, -0.2, -1.0


def likelihood(text: str) -> float:
    """The mean value of the characters beyond ASCII; 1 for a text without any."""
    text = text[:_MOST_READ]
    values = [
        character_value(character)
        for character in text
        if not character.isascii() and not _HALF_WIDTH.match(character)
    ]
    for run in _HALF_WIDTH.findall(text):
        values += [1.0 if _is_written(run) else _SALAD_VALUE] * len(run)
    return sum(values) / len(values) if values else 1.0


def is_kanji(character: str) -> bool:
    """Tell whether a character is a kanji, in daily use or not."""
    return _KANJI.match(character) is not None


def has_kana(text: str) -> bool:
    """Tell whether a text has kana, as any Japanese text but a title has."""
    if _KANA.search(text) is not None:
        return True
    return any(map(_is_written, _HALF_WIDTH.findall(text[:_MOST_READ])))


def has_runs(text: str) -> bool:
    """Tell whether two characters beyond ASCII follow each other, as in any Japanese text."""
    return _RUN.search(text[:_MOST_READ]) is not None


def is_japanese_in_wrong_letters(text: str) -> bool:
    """Tell a reading with much Hangul beside kanji: Japanese read as Korean."""
    hangul, kanji = len(_HANGUL.findall(text)), len(_KANJI.findall(text))
    return hangul > 0 and kanji > 0.05 * hangul


def is_korean(text: str) -> bool:
    """Tell a reading that is nearly all Hangul."""
    return len(_HANGUL.findall(text)) > 0.8 * sum(not character.isascii() for character in text)


def is_western(text: str) -> bool:
    """Tell a reading whose characters beyond ASCII are letters of words, or marks of typography."""
    odd = _NOT_ASCII.findall(text)
    return bool(odd) and len(_IN_A_WORD.findall(text)) + len(_TYPOGRAPHY.findall(text)) >= len(odd)


def is_spelt(text: str) -> bool:
    """Tell a reading whose characters beyond ASCII are all letters, or marks of typography.

    A letter that stands alone must be a word of some language, as à, é, ó and ö are.
    """
    if any(match[0] not in _WORDS_OF_ONE for match in _LONE_LETTER.finditer(text)):
        return False
    marks = _NOT_ASCII.findall(text)
    return all(
        (mark.isalpha() and unicodedata.category(mark) != "Lm") or _TYPOGRAPHY.match(mark)
        for mark in marks
    )


def is_quoted(text: str) -> bool:
    """Tell a Western reading with quotes in pairs around words, or apostrophes inside them.

    Word writes them into every plain text; in another encoding they would be letters that stand in
    pairs at the ends of words.
    """
    quotes = sum(map(len, _QUOTES.findall(text)))
    return quotes > 0 and all(_TYPOGRAPHY.match(mark) for mark in _NOT_ASCII.findall(text))


def is_garbled(text: str) -> bool:
    """Tell a reading that nobody can have written: much that is no character, or a salad."""
    odd = sum(not character.isascii() for character in text)
    if not odd:
        return False
    impossible = len(_IMPOSSIBLE.findall(text))
    if impossible > max(3, 0.01 * len(text)) or impossible > 0.3 * odd:
        return True
    return _reads_as_japanese(text) and likelihood(text) < LIKELY


def _reads_as_japanese(text: str) -> bool:
    """Tell whether nearly all beyond ASCII is of the Japanese sets, salad or not."""
    odd = [character for character in text[:_MOST_READ] if not character.isascii()]
    ours = sum(
        bool(_KANJI.match(character) or _HALF_WIDTH.match(character) or _COMMON.match(character))
        for character in odd
    )
    return ours > 0.8 * len(odd)


def character_value(character: str) -> float:
    """How likely a character beyond ASCII is in Japanese: from -3, none, to 1, in daily use."""
    if _COMMON.match(character):
        return 1.0
    if _KANJI.match(character):
        return _kanji_value(character)
    if _SIGN.match(character):
        return 0.7
    if _IMPOSSIBLE.match(character):
        return _IMPOSSIBLE_VALUE
    return _SALAD_VALUE if _HANGUL.match(character) else 0.0


def _kanji_value(character: str) -> float:
    """Kanji of the first level of JIS are in daily use; the others are rare."""
    try:
        code = character.encode("euc_jp")
    except UnicodeEncodeError:
        return 0.3 if character == "髙" or character >= "\uf900" else _RARE_VALUE
    if len(code) == 2:
        return 1.0 if code[0] in _LEVEL_1 else _RARE_VALUE
    return _RARE_VALUE


def _is_written(run: str) -> bool:
    """Tell whether half-width kana follow each other as in writing."""
    if sum(character in _HALF_PUNCTUATION for character in run) > 0.2 * len(run):
        return False
    wrong = 0
    for before, character in zip(" " + run, run, strict=False):
        if character == "ﾞ":
            wrong += before not in _VOICED_AFTER
        elif character == "ﾟ":
            wrong += before not in "ﾊﾋﾌﾍﾎ"
        elif character in _SMALL_OR_LONG:
            wrong += before == " " or (before == "ﾝ" and character != "ｰ")
    return len(run) > 1 and wrong <= 0.1 * len(run)

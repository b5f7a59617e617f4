"""UTF-16 and UTF-32 without a byte order mark: which of the readings people can have written.

Read the wrong way round, `a` is a rare kanji, a line end no character at all, and kanji are
Hangul: text of one script, with letters and signs in daily use, is the right way round.
"""

import unicodedata
from collections import Counter
from collections.abc import Collection

from aspire_ingest.load.encoding.likelihood import character_value, has_kana

_CODECS = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_SAMPLE_BYTES = 4096
_WRITTEN = 0.65
_CLEARLY = 0.4
_FEWEST_UNMARKED = 5
_NAME_VALUE = 0.3
"""Of the forms of kanji that are in daily use in names alone (髙, 﨑)."""
_LAYOUT = frozenset(b"\t\n\r\f\x1b")
_MOST_CONTROLS = 0.2
_IMPOSSIBLE_VALUE, _OTHER_SCRIPT_VALUE = -3.0, -0.5
_OURS = frozenset({"CJK", "HIRAGANA", "KATAKANA", "FULLWIDTH", "IDEOGRAPHIC"})
_ALPHABETS = frozenset(
    {"CYRILLIC", "GREEK", "HANGUL", "ARABIC", "HEBREW", "THAI", "DEVANAGARI", "BENGALI", "LAO"}
)
_IMPOSSIBLE = frozenset({"Cc", "Cn"})


def wide_readings(data: bytes) -> list[tuple[str, str]]:
    """The likely readings of bytes as wide characters, codec and text, the likeliest first.

    None for nearly all files; one where it is clear; two where both are likely. Of bytes without a
    zero or another control character, as single bytes have none either, only a reading with kana is
    one.
    """
    sample = data[:_SAMPLE_BYTES]
    has_zeros = 0 in sample or has_controls(sample)
    values: dict[str, float] = {}
    for codec in _CODECS:
        text = _decoded(sample, codec)
        if text and (has_zeros or (len(text) >= _FEWEST_UNMARKED and has_kana(text))):
            values[codec] = _mean_value(text)
    best = max(values.values(), default=0.0)
    if best < _WRITTEN:
        return []
    likely = [codec for codec, value in values.items() if value > best - _CLEARLY]
    likely.sort(key=lambda codec: -values[codec])
    texts = [(codec, _decoded(data, codec)) for codec in likely]
    return [(codec, text) for codec, text in texts if text is not None]


def has_controls(data: bytes) -> bool:
    """Whether many bytes are controls: in wide Thai or Cyrillic each second one is."""
    return sum(byte < 0x20 and byte not in _LAYOUT for byte in data) > _MOST_CONTROLS * len(data)


def kanji_readings(data: bytes) -> list[tuple[str, str]]:
    """Readings as UTF-16 that are kanji and signs in daily use alone, as a title may be."""
    found = [(codec, _decoded(data, codec)) for codec in ("utf-16-le", "utf-16-be")]
    return [
        (codec, text)
        for codec, text in found
        if text and all(character_value(letter) >= _NAME_VALUE for letter in text)
    ]


def _decoded(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        # a sample may end within a character
        if len(data) != _SAMPLE_BYTES or error.start < len(data) - 2:
            return None
        return data[: error.start].decode(codec)


def _mean_value(text: str) -> float:
    """From -3 to 1: how much of a text is letters of one script, and signs of daily use."""
    scripts = {letter: _script(letter) for letter in set(text) if not letter.isascii()}
    counts = Counter(script for letter in text if (script := scripts.get(letter)))
    main = max(counts, key=counts.__getitem__) if counts else ""
    plain = sum(letter.isascii() and letter.isalpha() for letter in text)
    known = {main} & _ALPHABETS
    if counts["LATIN"] < plain:
        known |= {"LATIN"}  # é stands among e
    return sum(_value(letter, scripts.get(letter, ""), known) for letter in text) / max(
        1, len(text)
    )


def _script(letter: str) -> str:
    """The first word of a letter's name: CYRILLIC, HANGUL; "" for signs of any script."""
    return unicodedata.name(letter, "").split(" ")[0] if letter.isalpha() else ""


def _value(letter: str, script: str, known: Collection[str]) -> float:
    if letter in "\t\n\r\f" or " " <= letter <= "~":
        return 1.0
    if unicodedata.category(letter) in _IMPOSSIBLE:
        return _IMPOSSIBLE_VALUE
    if script == "HALFWIDTH":
        return 1.0
    if not script or script in _OURS:
        return character_value(letter)
    if script == "HANGUL" and not _is_korean(letter):
        return _OTHER_SCRIPT_VALUE
    return 1.0 if script in known else _OTHER_SCRIPT_VALUE


def _is_korean(syllable: str) -> bool:
    """Whether a syllable is one of the quarter that Korean is written with."""
    try:
        return len(syllable.encode("euc_kr")) == len(b"..")
    except UnicodeEncodeError:
        return False

"""Which script a text is written in: the one place that says which signs are Japanese. Pure.

The names in capitals are ranges, for use inside the brackets of a pattern.
"""

import re

HIRAGANA = "\u3041-\u309f"
KANA = "\u3041-\u30ff\uff66-\uff9f"
"""Hiragana and katakana, half-width ones too."""
KANJI = "々〆〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese has these signs, too."""
JAPANESE = KANA + KANJI

_JAPANESE = re.compile(f"[{JAPANESE}]")


def is_japanese(text: str) -> bool:
    """Whether a text holds kana or kanji. Which language it is in as a whole says `language`."""
    return _JAPANESE.search(text) is not None

"""The language in which an asker is answered: English or Japanese. Pure."""

import re

from aspire_ingest.index.text.language import detect_language
from aspire_ingest.index.text.script import KANA

_KANA = re.compile(f"[{KANA}]")
_CHINESE = re.compile("[你您们們这吗嗎呢谁哪怎谢请么麼标时议问资领项报员专业关开发应该对让给还题]")
"""Signs that Chinese is written with and Japanese is not."""


def reply_language(text: str) -> str:
    """Give `ja` for Japanese and `en` for all else: who writes Chinese may not read Japanese."""
    return "ja" if detect_language(text) == "ja" and not is_chinese(text) else "en"


def is_chinese(text: str) -> bool:
    """Whether a text is surely Chinese; the same signs alone may be Japanese."""
    return bool(_CHINESE.search(text)) and not _KANA.search(text)

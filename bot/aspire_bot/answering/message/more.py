"""What more of an answer is wanted: "more details", "show me the source", 英語で. Pure."""

import re
from dataclasses import dataclass
from typing import Literal

Form = Literal["details", "source", "shorter", "language"]


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """The form in which an answer is wanted again; `language` where another one is named."""

    form: Form
    language: str | None = None


_LANGUAGES = {
    "ja": re.compile(r"\bjapanese\b|日本語|和文|邦訳", re.IGNORECASE),
    "en": re.compile(r"\benglish\b|英語|英文|英訳", re.IGNORECASE),
}
_SHORTER = re.compile(
    r"\b(?:short(?:er)?|brief(?:ly|er)?|tl;?dr|summar(?:y|ise|ize)|one (?:line|sentence)"
    r"|in a nutshell|concise(?:ly)?)\b|短く|短め|短縮|簡潔|手短|要約|要点|一言|ひとこと|まとめ",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"\b(?:sources?|citations?|references?|link|url|where (?:is|does|do|did) (?:it|that|this|you)"
    r"|says who|which (?:page|document|section)|original(?: text)?|page number)\b"
    r"|出典|出所|ソース|根拠|引用元|リンク|どこに書|何ページ|原文|どの(?:資料|文書|ページ)",
    re.IGNORECASE,
)


def read_more(text: str) -> More:
    """Say which form is wanted; where none is named, the details."""
    for language, named in _LANGUAGES.items():
        if named.search(text):
            return More(form="language", language=language)
    if _SHORTER.search(text):
        return More(form="shorter")
    return More(form="source" if _SOURCE.search(text) else "details")

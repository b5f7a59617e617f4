"""Edits of a question that keep what it asks: politeness, marks, contractions, a common synonym.

People write the same question with few words in common, and with nearly all; groups that are
written by hand hold more of the first kind.
"""

import random
import re

from aspire_ingest.index.text.script import is_japanese

_OPENINGS = {
    "en": (
        "Hi, ",
        "Hello! ",
        "Quick question: ",
        "Please tell me: ",
        "Sorry, ",
        "Just to check: ",
        "One more thing: ",
    ),
    "ja": ("お世話になります。", "すみません、", "教えてください。", "確認です。", "こんにちは。"),
}
_ENGLISH = (
    (r"^Can\b", "Could"), (r"^Can\b", "May"), (r"^May\b", "Can"), (r"^Could\b", "Can"),
    (r"\bWhat is\b", "What's"), (r"\bWhat's\b", "What is"), (r"\bWhen is\b", "When's"),
    (r"\bWho is\b", "Who's"), (r"\bDo we have to\b", "Do we need to"),
    (r"\bDo I have to\b", "Do I need to"), (r"\bdo not\b", "don't"), (r"\bdon't\b", "do not"),
    (r"\bis not\b", "isn't"), (r"\ballowed\b", "permitted"), (r"\bfunds\b", "money"),
    (r"\bgrant money\b", "grant funds"), (r"\bmust\b", "has to"),
    (r"^Must (we|I)\b", r"Do \1 have to"), (r"\bbuy\b", "purchase"), (r"\bpurchase\b", "buy"),
    (r"\bstart\b", "begin"), (r"\bneeded\b", "required"), (r"\brequired\b", "necessary"),
    (r"^How do (I|we)\b", r"How can \1"), (r"^How can (I|we)\b", r"How do \1"),
    (r"\ba year\b", "per year"), (r"\bper month\b", "a month"), (r"\?$", ""), (r"\.$", ""),
    (r"\bdeadline\b", "closing date"), (r"\bat most\b", "at the most"), (r"\babout\b", "on"),
    (r"\bprogramme\b", "program"), (r"\bproject\b", "research project"),
)  # fmt: skip
_JAPANESE = (
    ("ですか。?$", "でしょうか"), ("ですか。?$", "ですか？"), ("でしょうか。?$", "ですか"),
    ("ますか。?$", "ますでしょうか"), ("ますか。?$", "ますか？"),
    ("できますか。?", "可能ですか"), ("できますか。?", "できるでしょうか"),
    ("いくらですか", "おいくらですか"), ("誰ですか", "どなたですか"),
    ("いつですか", "いつでしょうか"), ("どこですか", "どちらですか"),
    ("払えますか", "支払えますか"), ("支払えますか", "支払うことはできますか"),
    ("教えてください。?$", "教えて"), ("は何ですか", "は何でしょうか"),
    ("必要ですか", "必要でしょうか"), ("必要ですか", "要りますか"),
    ("買えますか", "購入できますか"), ("購入できますか", "買えますか"),
    ("使えますか", "利用できますか"), ("雇えますか", "雇用できますか"), ("。$", ""),
    ("？$", "。"), ("でも", "であっても"), ("について", "に関して"),
)  # fmt: skip
_EDITS = {
    "en": [(re.compile(pattern), other) for pattern, other in _ENGLISH],
    "ja": [(re.compile(pattern), other) for pattern, other in _JAPANESE],
}
_COUNTS = (1, 1, 2, 3)
_OPENED, _OPENED_OTHERWISE_AS_IT_IS, _SMALL = 0.35, 0.7, 0.3
"""How often an opening is put before, also before what nothing else changed, and how often
capitals are left out."""


def edited(question: str, chance: random.Random) -> str:
    """Give the question with some edits."""
    language = "ja" if is_japanese(question) else "en"
    left, found = chance.choice(_COUNTS), question
    for pattern, other in chance.sample(_EDITS[language], len(_EDITS[language])):
        if left and (changed := pattern.sub(other, found, count=1)) != found:
            found, left = changed, left - 1
    opened = _OPENED if found != question else _OPENED_OTHERWISE_AS_IT_IS
    if chance.random() < opened:
        found = chance.choice(_OPENINGS[language]) + found
    elif language == "en" and chance.random() < _SMALL:
        found = found.lower()
    return found if found != question else chance.choice(_OPENINGS[language]) + question

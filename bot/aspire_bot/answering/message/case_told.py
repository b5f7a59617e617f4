"""A question whose author says behind it for which case it is → the case before it. Pure.

「PIの人件費って出せます？B型です」 asks of type B, "Can I be paid? I'm a postdoc." of postdocs.
What is said before a question is read as a part of it.
"""

import re

_JA = re.compile(
    r"(?P<asks>[^\n]*[?？])\s*(?P<case>[^\s。.?？!！]{1,20}?(?:です|だ|なんです|なのです)(?:が|けど)?)[。.!！]?"
)
_EN = re.compile(
    r"(?P<asks>[^\n]*\?)\s+(?P<case>(?:i['’]?m|i am|we['’]?re|we are|it['’]?s|it is|mine is"
    r"|ours is|this is|i have|we have)\s+(?:an?|the|in|at|from|on|about|for|of|not)"
    r"\s[^.?!\n]{2,60})[.!]?",
    re.IGNORECASE,
)
_NO_CASE = re.compile(
    r"急ぎ|至急|質問|お願い|以上|初めて|はじめて|新人|確認|素朴|念のため|ふと|単純|疑問|興味|余談"
    r"|ちなみ|感謝|助か|ごめん|すみま"
    r"|\b(?:hurry|rush|asking|question|friend|colleague|curious|wondering|sure|luck|help|call"
    r"|meeting|train|phone|new|lost|late|urgent)\b",
    re.IGNORECASE,
)
"""Says how it is asked, or why."""


def with_case_first(text: str) -> str:
    """Give the message with the case that it is about before its question; else as it is."""
    bare = text.strip()
    found = _JA.fullmatch(bare) or _EN.fullmatch(bare)
    if found is None or _NO_CASE.search(found["case"]) or re.search(r"[?？].", found["asks"]):
        return text
    stop = "。" if found.re is _JA else ". "
    return f"{found['case']}{stop}{found['asks'].strip()}"

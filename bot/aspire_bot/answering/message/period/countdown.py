"""A question how long it is until something → the question when that is. Pure.

"How many days are left until the briefing?" and 説明会まであと何日? are answered by a date: the
documents do not count. "How long from handing in to the decision?" asks for a duration.
"""

import re

_SPAN_EN = (
    r"(?:how\s+(?:many\s+(?:more\s+)?(?:days|weeks|months|hours)|much\s+(?:more\s+)?time|long)"
    r"|(?:days|weeks|months|hours|time)(?=\s+(?:left|remaining|until|till|to go)))"
)
_LEFT_EN = (
    r"(?:is|are|do|does|will|it|we|i|you|there|that|have|has|be|got|left|remaining|remains?|still"
    r"|more|now|from|to\s+go|away|exactly|about)"
)
_UNTIL_EN = re.compile(
    rf"\b{_SPAN_EN}(?:(?:\s+{_LEFT_EN})*\s+(?:until|till|til)|(?:\s+{_LEFT_EN})+\s+before)\s+(?P<what>[^?]+?)[?\s.!]*$",
    re.IGNORECASE,
)
_ALONE_EN = re.compile(
    rf"^\W*(?:(?:and|so|but|ok(?:ay)?|then)\b[\s,]*)*{_SPAN_EN}(?:\s+{_LEFT_EN})*"
    r"\s+(?:left|remaining|remains?|to\s+go)[?\s.!]*$",
    re.IGNORECASE,
)
_VERB_EN = re.compile(
    r"\b(?:is|are|was|were|will|can|has|have|must|opens?|closes?|starts?|begins?|ends?(?=\W*$)"
    r"|takes?|i|we|they|you|it)\b",
    re.IGNORECASE,
)
"""What comes is told by a clause: "until the call opens"."""
_COUNT_JA = r"何(?:日(?:間)?|週間?|[かヶカケ]月(?:間)?|時間)|(?:どの|どれ)(?:くらい|ぐらい|ほど)"
_END_JA = (
    r"(?:くらい|ぐらい|ほど|残って|残り|余裕|時間|日数|期間|あり|ある|なの|です|でしょう|ます|いる|いま"
    r"|が|は|の|か|ね)*[?？。\s]*$"
)
_UNTIL_JA = re.compile(
    rf"^(?P<what>[^。?？]{{2,60}}?)まで(?:に|は|には)?[、\s]*(?:あと|残り|今から)?[、\s]*(?:{_COUNT_JA}){_END_JA}"
)
_FROM_JA = re.compile("から")
_ALONE_JA = re.compile(
    rf"^(?:では|じゃあ?|それでは)?[、\s]*(?:あと|残り)は?[、\s]*(?:{_COUNT_JA}){_END_JA}"
)
UNTIL_WHEN = ("until when?", "いつまで?")
"""How long is left, of what was spoken of."""


def date_asked(text: str) -> str:
    """Give the question when something is for one how long it is until then; else the text."""
    until = _UNTIL_EN.search(text)
    if until and not re.search(r"\bfrom\b(?!\s+now)", text, re.IGNORECASE):
        helps = "" if _VERB_EN.search(until["what"]) else " is"
        return f"When{helps} {until['what']}?"
    until = _UNTIL_JA.match(text)
    if until and not _FROM_JA.search(until["what"]):
        return f"{until['what']}はいつですか"
    if _ALONE_EN.match(text):
        return UNTIL_WHEN[0]
    return UNTIL_WHEN[1] if _ALONE_JA.match(text) else text

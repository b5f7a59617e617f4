"""A compound question, taken apart by rules: where the model of messages cannot run. Pure."""

import re

MOST_PARTS = 3
_SHORTEST = {"ja": 5, "en": 8}
"""Characters; less is no question of its own ("and why?")."""

_ASKS = r"who|whom|whose|when|where|what|which|how|why"
_HELPS = r"is|are|was|were|does|do|did|can|could|may|must|should|will|has|have"
_BORDER_EN = re.compile(
    rf"\?\s+(?:and\s+|also[,\s]+|then\s+)?(?=\w)|"
    rf",?\s+(?:and|as well as|plus)\s+(?:also\s+)?(?=(?:{_ASKS})\b)|"
    rf",\s+and\s+(?:also\s+)?(?=(?:{_HELPS})\b)|"
    rf";\s+(?=(?:{_ASKS}|{_HELPS})\b)",
    re.IGNORECASE,
)
_BORDER_JA = re.compile(
    r"[?？]\s*(?:また|それと|それから|あと|そして|次に)?[、,]?\s*(?=\S)|"
    r"(?<=か)。\s*(?:また|それと|それから|あと|そして|次に)?[、,]?\s*(?=\S)|"
    r"(?<=[何誰こつら])で、\s*(?=\S)|(?<=か)、(?:また|それと|それから|そして)[、]?\s*(?=\S)"
)
_INTERROGATIVE_EN = re.compile(rf"\b(?:{_ASKS})\b|^\W*(?:{_HELPS})\b", re.IGNORECASE)
_INTERROGATIVE_JA = re.compile(
    r"何|誰|だれ|いつ|どこ|どの|どれ|どう|いくら|いくつ|なぜ|[かの][?？。]?$|[?？]$"
)


def split_question(text: str, language: str) -> tuple[str, ...]:
    """Give the questions that a question holds, in order; the question alone where it is one."""
    border = _BORDER_JA if language == "ja" else _BORDER_EN
    asks = _INTERROGATIVE_JA if language == "ja" else _INTERROGATIVE_EN
    parts: list[str] = []
    at = 0
    for match in border.finditer(text):
        parts.append(text[at : match.start()])
        at = match.end()
    parts.append(text[at:])
    parts = [part.strip(" \t\n,;、。") for part in parts]
    shortest = _SHORTEST["ja" if language == "ja" else "en"]
    is_one = len(parts) == 1
    if (
        is_one
        or len(parts) > MOST_PARTS
        or any(len(p) < shortest or not asks.search(p) for p in parts)
    ):
        return (text,)
    return tuple(parts)


def is_interrogative(text: str, language: str) -> bool:
    """Whether a text has the form of a question, whatever it asks."""
    asks = _INTERROGATIVE_JA if language == "ja" else _INTERROGATIVE_EN
    return text.rstrip().endswith(("?", "？")) or bool(asks.search(text))

"""What an English question is about, where that is told from its form. Pure.

"the bio field meeting" of "When was the bio field meeting held?", "ASPIRE" of "What does ASPIRE
stand for?".
"""

import re

from aspire_bot.answering.message.follow_up.follow_up import without_question_word

_MOST_WORDS = 12
HELPS = r"is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must|shall"
LEAD_EN = re.compile(rf"^\W*(?:(?:{HELPS})\b\s*)+", re.IGNORECASE)
BEGINS_NAME = re.compile(
    r"\b(?:the|our|your|their|this|that|an?)\s+(?=\w)|(?-i:\b[A-Z0-9][\w'’-]+)", re.I
)
_TRAILS = re.compile(
    r"[\s,]+(?:(?:be(?:en)?\s+)?(?:held|tak(?:ing|e) place|took place|happen(?:ed)?|start(?:ed)?"
    r"|begin|began|end(?:ed)?|open(?:ed)?|close[ds]?|due|announced|published|located|take|last)"
    r"|still|yet|exactly|please)[\s?.!]*$",
    re.IGNORECASE,
)
VERB_IN_NAME = re.compile(
    rf"\b(?:{HELPS}|who|whom|whose|which|what|when|where|why|how|it|they|them)\b|[?!;]",
    re.IGNORECASE,
)
_DOES = re.compile(r"^\W*(?:do|does|did)\b", re.IGNORECASE)
_DONE = re.compile(
    r"(?<!\bthe)(?<!\ba)(?<!\ban)(?<!\bour)(?<!\byour)\s(?:accept|allow|apply|ask|begin|close|consist|cost"
    r"|cover|do|end|expect|fund|get|give|hold|include|involve|last|mean|need|offer|open|pay|provide"
    r"|publish|require|run|say|select|stand|start|support|take|want|work)\b(?P<object>.*)",
    re.IGNORECASE,
)
"""The verb of a question with "does", and what stands behind it."""
_LEFT_OVER = re.compile(r"\s+(?:about|for|of|in|on|at|to|from|with|by)$", re.IGNORECASE)


def name_in(before: str) -> str | None:
    """What an English question is about, where that is told from its form."""
    asked = without_question_word(before, "what")
    if asked == before and not LEAD_EN.match(before):
        return None  # no question
    bare = LEAD_EN.sub("", asked.rstrip(" ?.!"))
    begins = BEGINS_NAME.search(bare)
    if begins is None:
        return None
    name = bare[begins.start() :]
    done = _DONE.search(name) if _DOES.match(asked) else None
    if done:
        if _LEFT_OVER.sub("", done["object"]).strip():
            return None  # what it does something to may be meant
        name = name[: done.start()]
    name = _LEFT_OVER.sub("", name)
    while _TRAILS.search(name):
        name = _TRAILS.sub("", name)
    is_name = 0 < len(name.split()) <= _MOST_WORDS and not VERB_IN_NAME.search(name)
    return name if is_name else None

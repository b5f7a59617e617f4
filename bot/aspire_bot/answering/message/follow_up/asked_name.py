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
_DOES = re.compile(
    r"^\W*(?:do|does|did|(?P<may>can|could|may|might|must|should|will|would))\b", re.IGNORECASE
)
_DONE = re.compile(
    r"(?<!\bthe)(?<!\ba)(?<!\ban)(?<!\bour)(?<!\byour)\s(?:accept|allow|apply|ask|begin|close|consist|cost"
    r"|cover|do|end|expect|fund|get|give|hold|include|involve|last|mean|need|offer|open|pay|provide"
    r"|publish|require|run|say|select|stand|start|support|take|want|work)\b(?P<object>.*)",
    re.IGNORECASE,
)
"""The verb of a question with "does" or "can", and what stands behind it."""
_LEFT_OVER = re.compile(r"\s+(?:about|for|of|in|on|at|to|from|with|by)$", re.IGNORECASE)
_PLURAL_SUBJECT = re.compile(
    rf"^\W*(?:(?:{HELPS})|which|how many)\s+"
    r"(?P<name>(?:(?!(?:the|an?|my|our|your|this|that|i|we|you|it|one|there)\b)[a-z][a-z-]*\s+){0,2}?"
    rf"(?!(?:{HELPS}|this|its)\b)[a-z][a-z-]*(?<!u)(?<!s)s)\s",
    re.IGNORECASE,
)
"""The people or things without an article of which a question asks: "can doctoral students"."""
_OF_PEOPLE = re.compile(
    r"(?:[\w-]+\s){0,2}(?:students|post-?docs|researchers|scientists|scholars|professors|lecturers"
    r"|fellows|teachers|technicians|engineers|doctors|nurses|managers|assistants|investigators"
    r"|members|employees|retirees|citizens|nationals|foreigners|guests|visitors|partners|companies"
    r"|firms|start-?ups|universities|institutes|institutions|hospitals|museums|laboratories|labs)",
    re.IGNORECASE,
)
"""Those who may do things: one of them may stand where another stood."""
_OF_WHAT = re.compile(r"\s(?:in|for|of|at|to|by|under|from)\s(?:the|an?|our)\s[^?,;]{3,60}$", re.I)


def with_plural_meant(before: str, text: str, pointer: re.Match[str]) -> str | None:
    """Say of "they" who is meant where the question before asks of several: not the call, who may.

    What the question before says behind its last preposition is said, too.
    """
    subject = _PLURAL_SUBJECT.match(before)
    if subject is None or pointer[0].lower() not in ("they", "them"):
        return None
    of_what = _OF_WHAT.search(before.rstrip(" ?.!"), subject.end("name") + 1)
    tail = text[pointer.end() :].rstrip(" ?.!")
    return f"{text[: pointer.start()]}{subject['name']}{tail}{of_what[0] if of_what else ''}?"


def with_other_people(before: str, rest: str) -> str | None:
    """The question before of other people: "and students?" after "Can postdocs apply?"."""
    subject = _PLURAL_SUBJECT.match(before)
    if not (subject and _OF_PEOPLE.fullmatch(subject["name"]) and _OF_PEOPLE.fullmatch(rest)):
        return None
    return f"{before[: subject.start('name')]}{rest}{before[subject.end('name') :]}"


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
    does = _DOES.match(asked)
    done = _DONE.search(name) if does else None
    if does and does["may"] and not done and not _TRAILS.search(name):
        return None  # where the name ends and what it may do begins is not known
    if done:
        if _LEFT_OVER.sub("", done["object"]).strip():
            return None  # what it does something to may be meant
        name = name[: done.start()]
    name = _LEFT_OVER.sub("", name)
    while _TRAILS.search(name):
        name = _TRAILS.sub("", name)
    is_name = 0 < len(name.split()) <= _MOST_WORDS and not VERB_IN_NAME.search(name)
    return name if is_name else None

"""The pieces of each thing asked → with the pieces that its clause cannot do without. Pure.

The labels of pieces are learnt from questions about a programme. Asked of other matters they leave
out what a question is about ("Which games | are available", "Why do people need | so many doses"):
a question that has lost its words finds nothing, one with some too many finds the same. So what the
form of a sentence joins stays together, whatever its labels say.
"""

import re
from collections.abc import Sequence

from aspire_bot.answering.message.things.asked_words import JOINT, TRIMMED
from aspire_bot.answering.message.things.frames import is_frame
from aspire_bot.answering.message.things.pieces import Piece
from aspire_ingest.index.text.dates.occasion_words import KIND
from aspire_ingest.index.text.script import is_japanese

Group = list[Piece]
"""The pieces of one thing asked."""

_VERB = (
    r"(?:is|are|am|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must"
    r"|shall|isn['’]t|aren['’]t|don['’]t|doesn['’]t|didn['’]t|can['’]t|won['’]t)"
)
_OPENS = re.compile(
    rf"(?:{_VERB}|(?:(?:by|until|since|from|for|to|in|at|on|with|of|under|about)\s+)?"
    r"(?:who|whom|whose|when|where|what|which|why|how)(?:['’]s)?)\b",
    re.IGNORECASE,
)
"""How an English clause begins that asks."""
_FEWEST_WORDS = 5
"""Of a question by its form alone: "does it say?", "can you answer her?" lean on a person."""
_ASKS_TO_BE_TOLD = re.compile(
    r"(?:do|does|did|can|could|would|will|has|is)\s+(?:\w+\s+){1,6}"
    r"(?:know|remember|recall|say|tell|advise|explain|confirm|check|clarify|understand|see|find out"
    r"|figure out|aware)(?:\s+(?:me|us|again|please|exactly))*",
    re.IGNORECASE,
)
"""Leads to a question and is none: "does anybody in the office know"."""
_CONDITION = re.compile(r"(?:if|unless|until|till|since|as well as)\b", re.IGNORECASE)
_ADDS = re.compile(r"(?:and|or|&)\s", re.IGNORECASE)
_BEGINS_ANEW = re.compile(
    r"(?:also\s+)?(?:i|we|you|he|she|they|it|this|that|there|please|tell|if)\b", re.IGNORECASE
)
"""What stands behind it has a subject or a question of its own."""
_LACKS_VERB = re.compile(
    r"\b(?:do|does|did)\s+(?:the|an?|our|your|this|that)\s+(?:[\w-]+\s+){0,2}?"
    rf"(?:{KIND.pattern}|calls?|programmes?|programs?|projects?|agreements?|rules?|guidelines?)\s+"
    r"(?:on|of|in|for|between|from|with|about)\s+(?:the\s+)?[\w'’-]+\W*$",
    re.IGNORECASE,
)
"""The verb is still to come: "what did the workshop on semiconductors"."""
_ARTICLE = re.compile(r"(?:the|an?|any|our|your|its|their|when|how)\b", re.IGNORECASE)
_PLEASE = re.compile(r"(?:please|pls|plz)\b", re.IGNORECASE)
_QUOTES = frozenset("\"'“”‘’「」『』")
_SMALL_TALK = re.compile(
    r"(?:how (?:are|is|was|were|have|has|do|did) (?:you|it|things|everything|everyone|all|your"
    r"|the weekend)\b.*|how['’]s (?:it|things|everything|your|life)\b.*"
    r"|(?:is|are) (?:you|anyone|anybody|someone|somebody|there anyone|this) (?:there|around|here"
    r"|in|on|free|available|awake|working|still there)\b.*"
    r"|do you (?:see|understand|follow|agree)\b.*)",
    re.IGNORECASE,
)
"""Has the form of a question and asks nothing of the documents."""


def with_whole_clauses(text: str, pieces: Sequence[Piece], groups: Sequence[Group]) -> list[Group]:
    """Give the groups with the pieces beside them that belong to the same clause."""
    groups = _with_whole_subjects(text, groups)
    taken = {piece for group in groups for piece in group}
    whole: list[Group] = []
    for group in groups:
        first, last = pieces.index(group[0]), pieces.index(group[-1])
        inner = [piece for piece in pieces[first : last + 1] if piece not in taken]
        taken.update(inner)
        while last + 1 < len(pieces) and pieces[last + 1] not in taken:
            if not _goes_on(text, pieces, last):
                break
            last += 1
            taken.add(pieces[last])
        while first > 0 and pieces[first - 1] not in taken and _leads(text, pieces, first):
            first -= 1
            taken.add(pieces[first])
        if whole and _closes_quotation(text, whole[-1][-1], pieces[first]):
            first = pieces.index(whole.pop()[0])
        whole.append(list(pieces[first : last + 1]))
    return whole


def _with_whole_subjects(text: str, groups: Sequence[Group]) -> list[Group]:
    """What two words name together is one subject: "did the forum on soil | and water | cover?"."""
    whole: list[Group] = []
    for group in groups:
        first, words = group[0], text[group[0].start : group[-1].end].rstrip(" ?.!")
        added = _ADDS.match(words)
        if whole and added and first.cut == "and" and _are_joined(text, whole[-1][-1], first):
            asked, rest = text[whole[-1][0].start : whole[-1][-1].end], words[added.end() :]
            is_new = _BEGINS_ANEW.match(rest) or _OPENS.match(rest) or _ARTICLE.match(rest)
            if _LACKS_VERB.search(asked) and " " in rest and not is_new:
                whole[-1] = [*whole[-1], *group]
                continue
        whole.append(group)
    return whole


def _goes_on(text: str, pieces: Sequence[Piece], at: int) -> bool:
    """Whether the piece behind this one belongs to its clause: no sign parts them."""
    before, piece = pieces[at], pieces[at + 1]
    words = text[piece.start : piece.end]
    if not _are_joined(text, before, piece) or is_japanese(words):
        return False
    if _PLEASE.match(words) or is_frame(words.strip(TRIMMED + "?!.")):
        return False
    if piece.cut == "word" or _is_quotation(text, before, piece):
        return True
    if piece.cut != "and":
        return False
    if (adds := _ADDS.match(words)) is not None:
        added = words[adds.end() :]
        return not (_BEGINS_ANEW.match(added) or _OPENS.match(added))
    return _CONDITION.match(words) is not None


def _leads(text: str, pieces: Sequence[Piece], at: int) -> bool:
    """Whether the piece before this one begins its question: "Which games | are available"."""
    before, piece = pieces[at - 1], pieces[at]
    words = text[before.start : before.end]
    if piece.cut != "word" or not _are_joined(text, before, piece) or is_japanese(words):
        return False
    bare = JOINT.sub("", words.strip(TRIMMED))
    is_lead = is_frame(bare) or _ASKS_TO_BE_TOLD.fullmatch(bare)
    return _OPENS.match(bare) is not None and not is_lead


def _are_joined(text: str, before: Piece, piece: Piece) -> bool:
    """Whether no stop parts two pieces: people go on in small letters behind one, too."""
    is_stopped = text[before.start : before.end].rstrip()[-1:] in (".", "!", "?")
    return piece.sentence == before.sentence and not is_stopped


def _is_quotation(text: str, before: Piece, piece: Piece) -> bool:
    """Whether nothing but a quotation mark parts two pieces."""
    between = set(text[before.end : piece.start].strip())
    return bool(between) and between <= _QUOTES


def _closes_quotation(text: str, before: Piece, piece: Piece) -> bool:
    """Whether what was asked goes on behind a quotation: 'Who wrote "home" | for the choir?'."""
    words = text[piece.start : piece.end]
    is_next = piece.sentence == before.sentence and _is_quotation(text, before, piece)
    return is_next and not is_japanese(words) and not (_ADDS.match(words) or _OPENS.match(words))


def asks_by_form(text: str, piece: Piece) -> bool:
    """Whether a piece is a question by its form: it begins like one and ends in its mark."""
    words = text[piece.start : piece.end]
    mark = (words + text[piece.end : piece.end + 1]).rstrip()[-1:]
    if piece.is_quoted or mark != "?" or is_japanese(words):
        return False
    bare = JOINT.sub("", words.strip(TRIMMED + "?!. "))
    is_question = _OPENS.match(bare) is not None and len(bare.split()) >= _FEWEST_WORDS
    return is_question and not _SMALL_TALK.fullmatch(bare)

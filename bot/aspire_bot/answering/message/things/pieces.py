"""A message → the smallest pieces that may ask something by themselves. Pure.

Pieces are cut where a clause may begin: at the ends of sentences and lines, at commas and dashes,
before "and", before a word that begins questions, after a Japanese clause. Which of them ask, and
which belong together, is not decided here: `model.py` has learnt that.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from aspire_bot.answering.message.follow_up.attribute_nouns import ends_in_attribute_ja
from aspire_ingest.index.text.sentences import sentence_spans

MOST_CHARACTERS = 3_000
"""Of a message that are read; more is a text, not a message."""
MOST_PIECES = 60

Cut = Literal["message", "sentence", "line", "comma", "and", "word"]
"""What stands before a piece: the beginning, a stop, a line break, a sign, "and", or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of a message (offsets into its text) and what it was cut at."""

    start: int
    end: int
    cut: Cut
    sentence: int
    """The number of its sentence, from 0."""
    ends_sentence: bool
    is_quoted: bool = False
    """Whether it stands in a line that quotes another message."""


# What no one reads aloud: it never asks.
_LEFT_OUT = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]+`|https?://\S+|<(?:https?|mailto)[^>]*>|<[@#!][^>\s]*>"
    r"|:[a-z0-9_+-]{2,40}:|^[ \t]*(?:>|&gt;)",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_SMALL_STOP = re.compile(
    r"(?<=[a-z]{2}\.)(?<!\b(?:vs|cf|no|pp|al)\.)(?<!\b(?:etc|max|min|est|fig|sec|vol)\.)"
    r"(?<!\b(?:incl|resp|prof|dept)\.)(?<!\bapprox\.)\s+(?=[a-z])"
)
"""Ends a sentence before one that begins in small letters; a stop behind a short form does not."""
_QUOTED = re.compile(r"^[ \t]*(?:>|&gt;)", re.MULTILINE)
_SIGN = re.compile(
    r"[,;:]\s+|[、，；：]\s*|\s+[-–—―+/|]+\s+|[–—―…→／]+\s*|\.{2,}\s*|[?？!！]+\s*|[（()）「」『』\[\]【】\"“”]\s*"
    r"|[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f\u200d]+\s*"
)
_AND = re.compile(
    r"\s+(?=(?:and|or|but|also|plus|as well as|because|since|if|then|&"
    r"|so(?! (?:many|much|few|little|long|often|far|soon)\b))\s)"
    r"|(?<=[かすたいう])(?=(?:また|それと(?!も)|あと|ちなみに|あわせて|そして))"
    r"|(?<=[一-龯ァ-ヶー々A-Za-z0-9])[とや](?=[一-龯ァ-ヶA-Z])",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[とや]")
_COMPARES = re.compile(
    r"違[いうっ]|差[はがをも]|差異|異な|比べ|比較|どちら|どっち|区別|見分け|同[じ様一]|の(?:間[はがのに]|間隔|関係)"
)
"""What stands before it is compared: AとBの違い is one thing, however many are named."""
_NAME_BEFORE = re.compile(r"(?:[A-Z][A-Za-z0-9-]*|[一-龯ァ-ヶー]+)$")
_NAME_BEHIND = re.compile(
    r"[A-Z][A-Za-z0-9-]*(?=[のは])|[A-Za-z一-龯ァ-ヶー]{1,12}?(?:分野|領域|側|型|枠|国)(?=の)"
)
"""A second name that what follows is asked of: JSTとAMEDの締切, バイオとエネルギー分野の会議."""
_ALL_OF_THEM = re.compile(
    r"[^、。?？]{1,24}?[はのがでにを]?[、,]?\s*の?"
    r"(?:両方|双方|両者|それぞれ|どちら|どっち|いずれ|ともに|共に)"
)
"""What follows two names is asked of both: TopとRising、両方に出せるか."""
_NAMES_BEHIND = re.compile(
    r"(?P<name>[A-Za-z0-9ァ-ヶー一-龯々・()（）]{1,20})、(?=[^。]*[?？かはをが])"
)
_BEGINS_QUESTIONS = (
    "who|whom|whose|when|where|what|whats|which|how|hows|why|whether|can|could|may|must|should|shall"
    "|will|would|is|are|am|was|were|do|does|did|has|have|had|any|tell|please|pls|by when|until when"
)
_NOT_MORE = "[^、。\\s]"
_JAPANESE = "\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"
"""Signs after which a space parts clauses; between words of Korean or French it does not."""
_WORD = re.compile(
    rf"\s+(?!(?-i:May)\b)(?=(?:{_BEGINS_QUESTIONS})\b)|(?<=[{_JAPANESE}])[ \u3000]+(?=\S)"
    rf"|(?<=ですが)(?={_NOT_MORE})|(?<=ますが)(?={_NOT_MORE})|(?<=けど)(?={_NOT_MORE})"
    rf"|(?<=ので)(?!す|しょ)(?={_NOT_MORE})|(?<=です)(?![がかねよけので])(?={_NOT_MORE})"
    rf"|(?<=ますか)(?!ら)(?={_NOT_MORE})|(?<=ですか)(?!ら)(?={_NOT_MORE})",
    re.IGNORECASE,
)
_JOINT = r"and|or|but|also|plus|as well as|so|then|if|since|because|by|until|&"
_PREPOSITION = r"by|until|till|for|to|from|in|on|at|of|with|about|after|before|under|within|since"
_MERE_JOINT = re.compile(_JOINT, re.IGNORECASE)
"""What is no piece alone, but the beginning of the next."""
_QUESTION_WORD = re.compile(
    rf"(?:(?:{_JOINT})\s+)?(?:(?:{_PREPOSITION})|(?:(?:{_PREPOSITION})\s+)?"
    r"(?:who|whom|whose|when|where|what|which|why|how|how (?:much|many|long|often|far))(?:['’]s)?)",
    re.IGNORECASE,
)
"""It belongs to what stands behind it: "what is", "and who can", "for" in "for how long"."""
_CUTS: tuple[tuple[Cut, re.Pattern[str]], ...] = (("comma", _SIGN), ("and", _AND), ("word", _WORD))


def pieces_of(text: str) -> tuple[Piece, ...]:
    """Give the pieces of a message in their order; code and addresses are in none."""
    text = text[:MOST_CHARACTERS]
    shown = _LEFT_OUT.sub(lambda found: _blank(found.group()), text)
    pieces: list[Piece] = []
    for number, (start, end) in enumerate(_sentences(shown)):
        runs = list(_runs(shown, start, end))
        for at, (low, high, cut) in enumerate(runs):
            first: Cut = ("message" if not pieces else _before(text, low)) if at == 0 else cut
            pieces.append(
                Piece(
                    start=low,
                    end=high,
                    cut=first,
                    sentence=number,
                    ends_sentence=at == len(runs) - 1,
                    is_quoted=bool(_QUOTED.match(text, text.rfind("\n", 0, low) + 1)),
                )
            )
    return tuple(pieces[:MOST_PIECES])


def _blank(text: str) -> str:
    """The same length, so that offsets stay; line breaks stay too."""
    return re.sub(r"[^\n]", " ", text)


def _sentences(shown: str) -> list[tuple[int, int]]:
    """Sentences, and lines within them: who types ends a line where others write a stop."""
    found: list[tuple[int, int]] = []
    for start, end in sentence_spans(shown):
        at = start
        for line in shown[start:end].split("\n"):
            for low, high in _typed_sentences(line):
                if any(sign.isalnum() for sign in line[low:high]):
                    found.append((at + low, at + high))
            at += len(line) + 1
    return found


def _typed_sentences(line: str) -> Iterator[tuple[int, int]]:
    """The sentences of a line whose writer begins them in small letters, without outer spaces."""
    low = 0
    for stop in (*_SMALL_STOP.finditer(line), None):
        said = line[low : stop.start() if stop else len(line)]
        first = low + len(said) - len(said.lstrip())
        yield first, first + len(said.strip())
        low = stop.end() if stop else len(line)


def _before(text: str, at: int) -> Cut:
    return "line" if "\n" in text[:at][-3:] else "sentence"


def _are_one(shown: str, joint: re.Match[str], start: int, end: int) -> bool:
    """Whether what と joins is compared, or two names of which the same is asked."""
    if _COMPARES.search(shown, joint.end(), end) or _ALL_OF_THEM.match(shown, joint.end(), end):
        return True
    names = _NAMES_BEHIND.match(shown, joint.end(), end)
    if names and not any(map(ends_in_attribute_ja, (shown[start : joint.start()], names["name"]))):
        return _NAME_BEFORE.search(shown[start : joint.start()]) is not None
    behind = _NAME_BEHIND.match(shown, joint.end(), end)
    before = _NAME_BEFORE.search(shown[start : joint.start()])
    if behind is None or before is None:
        return False
    return before[0].isascii() if behind[0].isascii() else before.start() == 0


def _runs(shown: str, start: int, end: int) -> list[tuple[int, int, Cut]]:
    """Cut a sentence where a clause may begin."""
    borders: dict[int, tuple[int, Cut]] = {}
    for cut, pattern in _CUTS:
        for match in pattern.finditer(shown, start, end):
            if _BETWEEN.fullmatch(match[0]) and _are_one(shown, match, start, end):
                continue
            if start < match.end() < end:
                borders.setdefault(match.end(), (match.start(), cut))
    runs: list[tuple[int, int, Cut]] = []
    low, cut = start, "sentence"
    for at in sorted(borders):
        stop, kind = borders[at]
        words = shown[low:stop].strip()
        if not any(sign.isalnum() for sign in words):
            low, cut = at, kind
            continue
        if _MERE_JOINT.fullmatch(words) or (kind == "word" and _QUESTION_WORD.fullmatch(words)):
            continue
        runs.append((low, low + len(shown[low:stop].rstrip()), cut))
        low, cut = at, kind
    if any(sign.isalnum() for sign in shown[low:end]):
        runs.append((low, end, cut))
    elif runs:
        runs[-1] = (runs[-1][0], end, runs[-1][2])
    return runs

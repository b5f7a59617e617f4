"""Words that say that several things are asked: "Three questions:", 二点伺います. Pure.

Whoever announces several things wants each of them seen to: they are no one question, though one
sentence asks them.
"""

import re
from collections.abc import Sequence

from aspire_bot.answering.message.things.frames import is_frame
from aspire_bot.answering.message.things.pieces import Piece
from aspire_bot.answering.message.types import Label
from aspire_ingest.index.text.script import is_japanese

_COUNTED_EN = re.compile(
    r"\b(?:(?:(?:just|another|these|the|a|here are|there are)\s+)*(?:my|our|following"
    r"|couple of|number of|two|three|four|five|six|[2-6]|several|some|few|multiple|various|quick"
    r"|short|more)\s+"
    r"(?:(?:quick|short|small|brief|simple|other|more|further|different|separate|unrelated)\s+)*"
    r"(?:questions|things|points|queries|items|matters|issues)|(?<![\w\s])(?<!\w\s)questions)\b"
    r"(?:\s+are\b)?",
    re.IGNORECASE,
)
_COUNT_JA = r"(?:[2-9２-９二三四五六]|いくつか|複数|数)(?:つ|点|件|個|問)?"
_ASKED_JA = r"(?:ご?質問|確認|教え|お?伺|お?聞き|お?尋ね|知りた|お?願)"
_COUNTED_JA = re.compile(
    rf"(?:質問|(?:確認|お?聞き|お?尋ね|お?伺い|知り)(?:し)?たい(?:こと|点))[がはを]?、?(?<!\d){_COUNT_JA}"
    rf"|(?<![\d年月第]){_COUNT_JA}(?:ほど)?(?:の|、|を|について|に関して)?{_ASKED_JA}"
    rf"|^{_COUNT_JA}(?:あり|ござ)"
)
_ABOUT = r"(?:about|on|regarding|concerning)"
_TOPIC_EN = re.compile(
    rf"(?:{_COUNTED_EN.pattern})\s+{_ABOUT}\s+(?P<topic>[^?:.,;–—\n]{{2,50}}?)\s*[:.–—\n]",
    re.IGNORECASE,
)
_TOPIC_JA = re.compile(
    rf"(?:^|(?<=[、。\n]))(?P<topic>[^、。\n]{{2,40}}?)(?:について|に関して)、?(?:{_COUNTED_JA.pattern})"
)
_HAVE_JA = re.compile(r"あり|ござい|こと|ほど|わ(?=せ)|い(?=ます)")
_STOP = re.compile(r"[:：。.!！\n]|\s[-–—]\s")
_LONGEST_NAME = 40
_SAYS_MORE = re.compile(
    r"[をがはでに]|ます|です|した|\b(?:is|are|was|were|has|have|had|will|can|could|may|must|should|i"
    r"|we|you|he|she|it|they|please|thanks?|regards)\b",
    re.IGNORECASE,
)
"""Is more than a name of what is asked for."""
_ASKS = re.compile(
    r"^\W*(?:who|whom|whose|when|where|what|which|why|how)\b|[?？]|\b(?:is|are|do|does|did)\s+(?:the|they|you)\b",
    re.IGNORECASE,
)


def is_announcement(words: str) -> bool:
    """Whether words do nothing else than announce several things: "I have two questions"."""
    if _COUNTED_JA.search(words):
        return is_frame(_HAVE_JA.sub("", _COUNTED_JA.sub("質問", words)))
    rest = re.sub(
        rf"(?:{_COUNTED_EN.pattern})(?:\s+{_ABOUT}\s.+$)?", " ", words, flags=re.IGNORECASE
    )
    return rest != words and (not rest.strip(" ,.:!") or is_frame(rest))


def announces(before: str) -> bool:
    """Whether a clause of what stands before the last thing asked announces several things."""
    low = 0
    for stop in _STOP.finditer(before):
        clause = before[low : stop.start()].strip()
        low = stop.end()
        is_counted = _COUNTED_JA.search(clause) or _COUNTED_EN.search(clause)
        if is_counted and not _ASKS.search(clause):
            return True
    return False


def topic_announced(before: str) -> str:
    """Give what all questions are said to be about: Spark of "two questions about Spark:"."""
    found = _TOPIC_EN.search(before) or _TOPIC_JA.search(before)
    return found["topic"].strip() if found and not is_frame(found["topic"]) else ""


def with_announced(text: str, pieces: Sequence[Piece], labels: Sequence[Label]) -> list[Label]:
    """Give the labels of pieces; mere names behind "three questions:" are asked, too."""
    right = list(labels)
    counted: int | None = None
    for at, (piece, label) in enumerate(zip(pieces, labels, strict=False)):
        words = text[piece.start : piece.end]
        if is_announcement(words):
            right[at] = "other"
            is_over = text[piece.end : piece.end + 2].strip()[:1] in (":", "：", "-", "–", "—")
            counted = piece.sentence if is_over else None
        elif piece.sentence != counted:
            continue
        elif label == "other" and not _is_name(words):
            counted = None
        elif label == "other" or (piece.cut in ("comma", "and") and _is_name(words)):
            right[at] = "begins"
    return right


def _is_name(words: str) -> bool:
    longest = _LONGEST_NAME if is_japanese(words) else 2 * _LONGEST_NAME
    return len(words) <= longest and not _SAYS_MORE.search(words)

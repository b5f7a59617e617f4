"""The pieces of one thing asked → its words: as typed, without what stands around them. Pure."""

import re
from collections.abc import Sequence

from aspire_bot.answering.message.things.headings import SUBJECT
from aspire_bot.answering.message.things.list_entries import MARK
from aspire_bot.answering.message.things.pieces import Piece

TRIMMED = " \t\n\r\u3000,;:、，；：-–—|｜"
JOINT = re.compile(
    r"^(?:(?:and|&|or|also|plus|so(?! (?:far|many|much|that)\b)|then|but|as well as"
    r"|(?:together|along) with)(?:\s*:)?\s+)+"
    r"|\s+(?:and|or|also|plus|so)$"
    r"|^(?:また|あと(?!何|どの|どれ)|それと(?!も)|そして|それから|ちなみに|ところで)[：:]?|(?<=[。.?？])また$"
    r"|(?:(?<=[一-龯ァ-ヶー」）)])|(?<=もの)|(?<=こと)|(?<=やつ))[とや]$",
    re.IGNORECASE,
)
"""What joins a thing asked to its neighbours, and is no part of it."""
_IF_ANY_JA = re.compile(
    r"[がは](?:ありましたら|あれば|ございましたら|おありでしたら)、?(?:ぜひ|是非)?"
    r"(?:ご教示|ご教授|お教え|お知らせ|教えて|ご紹介|ご案内|知らせて)[^。？?]*[。？?！!]*$"
)
"""Asks whether there is something, in more words."""
_POLITE_END_JA = re.compile(
    r"(を|についても?|に関しても?)、?(?:ご教示|ご教授|お教え|お知らせ|教えて|御教示)"
    r"(?:いただ|頂|くださ|下さ|願え|もらえ)[^。？?]*[。？?！!]*$"
)
"""Asks to be told, with more words than 教えてください."""
_INNER_MARK = re.compile(r"(?<=[、,])\s*[①-⑳⑴-⒇]\s*")
_NEXT_NUMBER = re.compile(
    r"[\s,]+(?:and\s+)?[(（]?(?:(?P<number>\d{1,2})|(?P<letter>[b-e]))[.)）．]?$", re.IGNORECASE
)
_SUMS_UP_JA = re.compile(
    r"(?:の|[、,]?\s*(?:この|以上の?|これらの?|上記の?))[\d二三四五](?:つ|点)(?=(?:(?:について|に関して|を)(?:お|ご)?(?:教|知)|[、,]?(?:わか|分か|お願)))"
)
"""Counts what was asked: 研究期間の3点を教えて."""
_LIKE_TO_KNOW = re.compile(
    r"^(?:would\s+)?(?:also\s+)?(?:like|want|need|love|wish)s?\s+to\s+know\s+(?:about\s+)?(?=\S+\s+\S)",
    re.IGNORECASE,
)
_QUOTES = (("「", "」"), ("『", "』"), ("“", "”"), ("(", ")"), ("（", "）"))
_FEWEST_SHOUTED = 4
_REPEATED = re.compile(r"([?？!！])[?？!！]+")


def words_of(text: str, group: Sequence[Piece]) -> str:
    """The words of pieces, as typed; a mark behind the last one belongs to it."""
    end = group[-1].end
    while end < len(text) and text[end] in "?？":
        end += 1
    words = " ".join(text[group[0].start : end].split()).strip(TRIMMED)
    words = _INNER_MARK.sub("", JOINT.sub("", MARK.sub("", words))).strip(TRIMMED)
    return _said_plainly(_without_next(text[: group[0].start], _without_lone_quote(words)))


def words_of_all(text: str, pieces: Sequence[Piece], kept: Sequence[Piece]) -> str:
    """The words of all pieces that are kept: those that stand side by side as they were typed."""
    runs: list[list[Piece]] = []
    for piece in kept:
        is_next = bool(runs) and pieces.index(piece) == pieces.index(runs[-1][-1]) + 1
        if is_next and "\n" not in text[runs[-1][-1].end : piece.start]:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    said = (
        (text[run[0].start - 1 : run[0].start], SUBJECT.sub("", words_of(text, run)))
        for run in runs
    )
    return " ".join(_with_opening_quote(before, words) for before, words in said if words)


def _with_opening_quote(before: str, words: str) -> str:
    """With the quotation mark that stands before words which hold its closing one."""
    closing = dict(_QUOTES).get(before)
    is_open = closing is not None and words.count(closing) > words.count(before)
    return before + words if is_open or (before == '"' and words.count('"') % 2) else words


def _without_lone_quote(words: str) -> str:
    """Without the end of a quotation that began before them."""
    for opens, closes in _QUOTES:
        if words.endswith(closes) and words.count(opens) < words.count(closes):
            return words[:-1].rstrip(TRIMMED)
    return words


def _without_next(before: str, words: str) -> str:
    """Without the number of the next entry: "1. who pays 2." is cut before what is asked."""
    found = _NEXT_NUMBER.search(words)
    if found is None:
        return words
    last = int(found["number"]) - 1 if found["number"] else chr(ord(found["letter"].lower()) - 1)
    is_next = re.search(rf"(?<!\w){last}\s*[.)）．]\s*$", before, re.IGNORECASE)
    return words[: found.start()].rstrip(TRIMMED) if is_next else words


def _said_plainly(words: str) -> str:
    """The same without shouting and without the longest forms of politeness."""
    words = _IF_ANY_JA.sub("はありますか。", _LIKE_TO_KNOW.sub("", _SUMS_UP_JA.sub("", words)))
    words = _POLITE_END_JA.sub(r"\1教えてください。", _REPEATED.sub(r"\1", words))
    is_shouted = words.isupper() and len(words.split()) >= _FEWEST_SHOUTED and words.isascii()
    return words.lower() if is_shouted else words

"""What stands over a question and asks nothing: "BETA 2026:", "Subject: visa". Pure."""

import re
from collections.abc import Sequence

from aspire_bot.answering.message.things.announcement import is_announcement
from aspire_bot.answering.message.things.frames import is_frame
from aspire_bot.answering.message.things.pieces import Piece
from aspire_bot.answering.message.things.question_signs import ASKS_AT_ALL

_HEADER = re.compile(
    r"^[ \t>]*(?:subject|re|fwd?|from|to|cc|date|sent|件名|差出人|宛先|送信者|送信日時)[ \t]*[:：]",
    re.I,
)
"""Begins a line of a mail that is none of its text."""
MAIL_HEADER = re.compile(
    r"^(?:(?P<of>[ \t\u3000>]*(?:subject|件名)[ \t]*[:：][ \t\u3000]*)"
    r"(?:(?:re|fwd?|aw)[:：]\s*)*(?P<subject>.*)"
    r"|[ \t\u3000>]*(?:(?P<who>from|to|差出人|送信者|宛先)|cc|bcc|reply-to|date|sent|received"
    r"|priority|importance|attachments?|送信日時|受信日時|日時|日付|返信先|重要度|添付(?:ファイル)?)"
    r"[ \t]*[:：].*"
    r"|[ \t]+[^?？]*<\S+@\S+>[,;]?\s*)$",
    re.IGNORECASE,
)
"""A line of a mail's header: `who` names people, `of` stands before its subject."""
SUBJECT = re.compile(r"^(?:subject|件名)\s*[:：]\s*", re.IGNORECASE)
OPENS_MAIL = re.compile(
    r"^[ \t>]*[-_=*―－─]{2,}.*\b(?:original|forwarded) (?:message|mail)\b"
    r"|^[ \t>]*begin forwarded message:"
    r"|^[ \t>]*[-_=*―－─]{2,}\s*(?:転送|元の|原文|オリジナル)?\s*(?:メッセージ|メール)"
    r"|^[ \t>]*on\b.*\d.*\bwrote:\s*$"
    r"|^[ \t>]*\d{4}年.*(?:[<＜(（]\S+@\S+[>＞)）]|さん|氏|様)"
    r"(?:が|は|の|より)?(?:書きました|のメール)?[:：]\s*$",
    re.IGNORECASE,
)
"""A line above a mail that is forwarded or quoted, and none of its text."""
_HEADING = re.compile(r"(?P<named>[^:：?？。\n]{2,60})(?::\s|：)")
"""What stands over a question, on its line."""
_CARRIES_ON = re.compile(
    r"(?:(?:and|also|plus|next|then|second|secondly|first|firstly|finally|lastly|last|another|other"
    r"|one|more|thing|point|urgent(?:ly)?|not|quick(?:ly)?|update|edit|p\.?\s?p?s\.?|fyi|asap"
    r"|by the way|btw|to be clear|in short|context|background)\b\W*)+"
    r"|(?:また|あと|それと|それから|次に|最後に|追伸|追記|補足|余談|ちなみに|至急|急ぎ|緊急|なお)(?:です|ですが)?",
    re.IGNORECASE,
)
"""Leads from one thing to the next, or says how urgent it is, and names nothing: "also:", 追伸："""


def heading_of(words: str, at: int | None = None) -> str:
    """Give what stands before the first colon of something asked, and asks nothing itself.

    The colon has to stand before `at`, where that is given.
    """
    found = _HEADING.match(words)
    if found is None or (at is not None and words[found.end() : at].strip()):
        return ""
    named = found["named"].strip()
    is_empty = is_frame(named) or is_announcement(named) or _CARRIES_ON.fullmatch(named)
    is_telling = not (ASKS_AT_ALL.search(named) or is_empty or _HEADER.match(words))
    return named if is_telling else ""


def is_header(text: str, group: Sequence[Piece]) -> bool:
    """Whether a line that heads a mail says it: "Subject: visa"."""
    begin = text.rfind("\n", 0, group[0].start) + 1
    return "\n" not in text[begin : group[-1].end] and _HEADER.match(text[begin:]) is not None

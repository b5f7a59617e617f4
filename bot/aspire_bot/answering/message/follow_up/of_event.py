"""What is asked of an event without saying of which: "who spoke?", 何人来ましたか. Pure."""

import re

from aspire_bot.answering.message.follow_up.asked_name import name_in
from aspire_ingest.index.text.script import is_japanese

_LEADS_EN = re.compile(
    r"^\W*(?:(?:and|also|then|so|about|roughly|approximately)\s+)*", re.IGNORECASE
)
_LEADS_JA = re.compile(r"^(?:(?:また|あと|それと|それで|ちなみに|では|じゃあ|で)[、,\s]*)?")
_ENDS = " \t?？.。!！"
_EN = re.compile(
    r"how many(?:\s(?:people|persons|participants|attendees|researchers|students|guests|of them))?"
    r"\s(?:came|attended|took part|(?:were|was) (?:there|present)|joined|participated|showed up)"
    r"(?:\sthere)?"
    r"|who(?:\s(?:all|else))?\s(?:came|spoke|attended|took part|(?:was|were) (?:there|present)"
    r"|joined|participated|presented|talked|gave (?:a talk|talks|the talks))"
    r"|what (?:was|were) (?:discussed|decided|talked about|said)|what came out(?: of it)?"
    r"|(?:until|till|by) when (?:can|could|do|must|should|may) (?:i|we|people|one)"
    r" (?:(?:have|need) to )?(?:apply|register|sign up)"
    r"|what did (?:they|people|participants) (?:discuss|decide|say|talk about)",
    re.IGNORECASE,
)
_JA = re.compile(
    r"(?:何人|何名)(?:くらい|ぐらい|ほど)?(?:の(?:人|方))?[がは]?(?:来|参加|集ま|出席|い)[^、。はを]*"
    r"|(?:誰|だれ|どなた)が(?:来|話|登壇|参加|出席|司会|発表|講演)[^、。はを]*"
    r"|(?:何|なに)が(?:話|決ま|議論)[^、。はを]*"
    r"|(?:参加者|出席者|参加人数|人数)は(?:何人|何名|誰|どなた|どれ)[^、。はを]*"
)
_TOPIC_JA = re.compile(r"^(?P<topic>[^。?？]{2,60}?)は(?=[^。]*$)")
_EVENT_JA = re.compile(
    "会(?!社|計|員)|シンポ|キックオフ|ワークショップ|セミナー|フォーラム|訪問|講演|イベント|ミーティング"
)
"""To an evaluation nobody comes."""
_DIRECT = re.compile(r"\b(?:attended|joined)$", re.IGNORECASE)
_JOINED_BY = {"came": "to", "apply": "for", "register": "for", "up": "for"}
_THERE = re.compile(r"\s+(?:there|of it)$", re.IGNORECASE)


def asks_of_event(text: str) -> bool:
    """Whether a question is one of an event, and says nothing of which."""
    return _bare(text) is not None


def with_event(before: str, text: str) -> str | None:
    """Ask it of what the question before is about: "who spoke at the Larch meeting?"."""
    bare = _bare(text)
    if bare is None:
        return None
    if is_japanese(text):
        found = _TOPIC_JA.match(before)
        is_event = found is not None and _EVENT_JA.search(found["topic"])
        return f"{found['topic']}は{bare}" if found and is_event else None
    name = name_in(before)
    if name is None:
        return None
    bare = _THERE.sub("", bare)
    if bare.lower().endswith("out"):
        return f"{bare} of {name}?"
    if _DIRECT.search(bare):
        return f"{bare} {name}?"
    return f"{bare} {_JOINED_BY.get(bare.lower().rpartition(' ')[2], 'at')} {name}?"


def _bare(text: str) -> str | None:
    """The question without what leads to it and its mark; None where it asks something else."""
    if is_japanese(text):
        bare = _LEADS_JA.sub("", text.strip()).strip(_ENDS)
        return bare if _JA.fullmatch(bare) else None
    bare = _LEADS_EN.sub("", text).strip(_ENDS)
    return bare if _EN.fullmatch(bare) else None

"""A follow-up and the question before it → one question that stands alone. Pure.

"who moderated it?" after "When was the bio field meeting held?" is "who moderated the bio field
meeting?", 司会は? is バイオ分野の領域会議の司会は?, "and the energy meeting?" asks the question
before of another meeting. Where no such form is found, both stand side by side.
"""

import re

from aspire_bot.answering.message.follow_up import without_question_word
from aspire_ingest.index.text.dates import find_dates

_JAPANESE = re.compile("[\u3041-\u30ff\u3400-\u9fff]")
_MOST_WORDS, _NAME_WORDS = 12, 4
_MOST_BESIDE = 3
"""Characters that may stand beside a date that is all that a follow-up names."""
_HELPS = (
    r"is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must|shall"
)
_LEAD_EN = re.compile(rf"^\W*(?:(?:{_HELPS})\b\s*)+", re.IGNORECASE)
_BEGINS_NAME = re.compile(
    r"\b(?:the|our|your|their|this|that|an?)\s+(?=\w)|(?-i:\b[A-Z0-9][\w'’-]+)", re.I
)
_TRAILS = re.compile(
    r"[\s,]+(?:(?:be(?:en)?\s+)?(?:held|tak(?:ing|e) place|took place|happen(?:ed)?|start(?:ed)?"
    r"|begin|began|end(?:ed)?|open(?:ed)?|close[ds]?|due|announced|published|located|take|last)"
    r"|still|yet|exactly|please)[\s?.!]*$",
    re.IGNORECASE,
)
_POINTER_EN = re.compile(
    r"\b(?:it|they|them)\b(?!['’])|\b(?:this|that|these|those)(?=\s*(?:[?.!,]|$|(?:is|are|was|were|will)\b))",
    re.IGNORECASE,
)
_VERB_IN_NAME = re.compile(
    rf"\b(?:{_HELPS}|who|whom|whose|which|what|when|where|why|how|it|they|them)\b|[?!;]",
    re.IGNORECASE,
)
_MERE_QUESTION_EN = re.compile(
    r"^\W*(?:(?:and|but|so|also|ok(?:ay)?|then)\s+)?(?P<asks>(?:(?:by|until|since|from|for|to|in|at|on|with)\s+)?"
    r"(?:who|whom|whose|when|where|what|which|why|how(?:\s+(?:much|many|long|often|far))?))"
    r"(?P<of>\s+(?:is|was)\s+(?:it|that|this))?\W*$",
    re.IGNORECASE,
)
_CARRIES_EN = re.compile(
    r"^\W*(?:(?:and|but|so|or|ok(?:ay)?|then|thanks|thank you|sorry|no|actually|i meant?"
    r"|i was (?:asking|thinking)|what about|how about|for|in|about|of"
    r"|the one (?:on|for|about)|i)\b[\s,:]*)*",
    re.IGNORECASE,
)
_CARRIES_JA = re.compile(
    r"^(?:(?:では|じゃあ?|それでは|あと|また|ちなみに|すみません|ごめん(?:なさい)?|失礼|あ|いや|えっと"
    r"|いえ|間違えました)[、,。\s]*)+"
)
_IN_ITS_PLACE_JA = re.compile(r"^(?:では|じゃあ?|それでは)|(?:の間違い|のほう|の方|ではなく)")
"""Says that one thing is asked about in the place of another."""
_ENDS_JA = re.compile(
    r"(?:(?:の(?:間違い|ほう|方|こと|件|話))?(?:でした|です|だった|だ)|は(?:どう(?:です|でしょう)?か?)?|についても?)?"
    r"[。.!?？！\s]*$"
)
_WORDS_JA = "いつ|どこ|誰|だれ|どなた|いくら|何時|何日|何名|何人|何件"
_ASKS_JA = re.compile(rf"(?:{_WORDS_JA})(?:から|まで|で(?!す|し)|に|が|を)?")
_MERE_QUESTION_JA = re.compile(
    rf"(?P<word>{_WORDS_JA})(?P<particle>から|まで|で(?!す|し)|に|が|を)?"
    r"(?:(?:です|でした|でしょう|だった|だ)?(?:か|っけ|の)*)?[。?？!！\s]*"
)
_COPULA_JA = re.compile(r"(?:です|でし|だ|なの|[?？。]|$)")
_TOPIC_JA = re.compile(r"^(?P<topic>[^。?？]{2,60}?)は(?=[^。]*$)")
_POINTER_JA = re.compile(
    r"(?:それ|これ|そちら)(?=[はがもを])|(?:その|この)(?:会議|会合|公募|件|課題|制度|事業|行事)"
)
_NOUN_FIRST_JA = re.compile(r"^[^\sはがをにでと。、?？]{1,20}(?:は|って)?[?？。\s]*$")
_PART_FIRST_JA = re.compile("^[\u30a1-\u30ff\u3400-\u9fff]{1,6}は(?!いつ|どこ)")
_QUESTION_JA = re.compile(
    r"いつ|どこ|誰|だれ|どなた|何|なに|いくら|いくつ|なぜ|どうして|どの|どれ|どんな|どう"
)
_RUN_JA = re.compile("[A-Za-z0-9\u30a1-\u30ff\u3400-\u9fff]{2,}")


def completed(before: str, text: str) -> str | None:
    """Give a follow-up as a question that stands alone; None where no such form is found."""
    before, text = before.strip(), text.strip()
    swapped = with_swapped(before, text)
    if swapped:
        return swapped
    is_japanese = bool(_JAPANESE.search(text))
    if is_japanese != bool(_JAPANESE.search(before)):
        return None
    return _completed_japanese(before, text) if is_japanese else _completed_english(before, text)


def side_by_side(before: str, text: str) -> str:
    """Give a follow-up after what it leaves of the question before it."""
    return f"{without_question_word(before.strip(), text)} {text}"


def with_swapped(before: str, text: str) -> str | None:
    """Ask the question before of something else; None where that is not what a follow-up does.

    What it names must be of the kind that the question before named: the energy meeting for the bio
    meeting, エネルギー分野 for 量子分野.
    """
    rest = _ENDS_JA.sub("", _CARRIES_JA.sub("", text), count=1).strip()
    rest = _CARRIES_EN.sub("", rest).strip(" ?.!,")
    dated = _with_date(before, rest)
    if dated:
        return dated
    if _JAPANESE.search(text):
        return _swapped_japanese(before, text, rest)
    return _swapped_english(before, rest)


def _with_date(before: str, rest: str) -> str | None:
    """The question before with another date or year, where the follow-up names nothing else."""
    other, named = find_dates(rest), find_dates(before)
    if (
        len(other) != 1
        or len(named) != 1
        or other[0].end - other[0].start < len(rest) - _MOST_BESIDE
    ):
        return None
    return (
        f"{before[: named[0].start]}{rest[other[0].start : other[0].end]}{before[named[0].end :]}"
    )


def _swapped_english(before: str, rest: str) -> str | None:
    words = rest.split()
    if not words or len(words) > _MOST_WORDS // 2 or _VERB_IN_NAME.search(rest):
        return None
    other = re.sub(r"^(?:the|an?)\s+", "", rest, flags=re.IGNORECASE)
    if words[-1].lower() in ("one", "ones"):
        name = (_name_in(before) or "").split()
        if not 2 <= len(name) <= _NAME_WORDS or len(other.split()) < 2:
            return None
        at = before.find(" ".join(name[-2:]))
        return f"{before[:at]}{other.rsplit(' ', 1)[0]} {before[at + len(name[-2]) + 1 :]}"
    head = re.split(r"\s+(?:in|on|at|of|for|from)\s+", other)[0].split()[-1]
    named = re.search(
        rf"(?:\b(?!(?:the|a|an|of|for|in|at|on|{_HELPS})\b)[\w'’-]+\s+){{1,3}}{re.escape(head)}\b",
        before,
        re.IGNORECASE,
    )
    if named is None or head.lower() == other.lower():
        return None
    return f"{before[: named.start()]}{other}{before[named.end() :]}"


def _swapped_japanese(before: str, text: str, rest: str) -> str | None:
    if not _RUN_JA.fullmatch(rest):
        return None
    runs = list(_RUN_JA.finditer(before))
    for run in runs:
        shared = _shared_end(rest, run[0])
        if 2 <= shared < min(len(rest), len(run[0])):
            return f"{before[: run.start()]}{rest}{before[run.end() :]}"
    if runs and _IN_ITS_PLACE_JA.search(text):
        return f"{before[: runs[0].start()]}{rest}{before[runs[0].end() :]}"
    return None


def _shared_end(one: str, other: str) -> int:
    pairs = enumerate(zip(reversed(one), reversed(other), strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _other_word_asked(before: str, rest: str) -> str | None:
    """The question before with another question word: どこで？ after いつ開かれましたか."""
    mere, asked = _MERE_QUESTION_JA.fullmatch(rest), list(_ASKS_JA.finditer(before))
    if mere is None or len(asked) != 1:
        return None
    tail = before[asked[0].end() :]
    asks = mere["word"] if _COPULA_JA.match(tail) else f"{mere['word']}{mere['particle'] or ''}"
    return f"{before[: asked[0].start()]}{asks}{tail}"


def _completed_japanese(before: str, text: str) -> str | None:
    rest = _CARRIES_JA.sub("", text)
    other = _other_word_asked(before, rest)
    if other is not None:
        return other
    topic = _TOPIC_JA.match(before)
    if topic is None:
        return None
    if _POINTER_JA.search(rest):
        return _POINTER_JA.sub(topic["topic"], rest, count=1)
    is_noun = _NOUN_FIRST_JA.match(rest) and not _QUESTION_JA.search(rest)
    if is_noun or _PART_FIRST_JA.match(rest):
        return f"{topic['topic']}の{rest}"
    return None


def _completed_english(before: str, text: str) -> str | None:
    bare = without_question_word(before, text)
    mere = _MERE_QUESTION_EN.match(text)
    if mere and _LEAD_EN.match(bare) and "how" not in mere["asks"].lower():
        return f"{mere['asks']} {bare.rstrip(' ?.!')}?"
    name, pointers = _name_in(before), list(_POINTER_EN.finditer(text))
    if name is None or len(pointers) != 1 or _BEGINS_NAME.search(text, 1, pointers[0].start()):
        return None  # it may mean what the follow-up itself names
    return f"{text[: pointers[0].start()]}{name}{text[pointers[0].end() :]}"


def _name_in(before: str) -> str | None:
    """What an English question is about, where that is told from its form."""
    asked = without_question_word(before, "what")
    if asked == before and not _LEAD_EN.match(before):
        return None  # no question
    bare = _LEAD_EN.sub("", asked.rstrip(" ?.!"))
    begins = _BEGINS_NAME.search(bare)
    if begins is None:
        return None
    name = bare[begins.start() :]
    while _TRAILS.search(name):
        name = _TRAILS.sub("", name)
    is_name = 0 < len(name.split()) <= _MOST_WORDS and not _VERB_IN_NAME.search(name)
    return name if is_name else None

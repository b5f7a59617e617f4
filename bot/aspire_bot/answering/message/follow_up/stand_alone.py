"""A follow-up and the question before it → one question that stands alone. Pure.

"who moderated it?" after "When was the bio field meeting held?" is "who moderated the bio field
meeting?", 司会は? is バイオ分野の領域会議の司会は?, "and the energy meeting?" asks the question
before of another meeting. Where no such form is found, both stand side by side.
"""

import re

from aspire_bot.answering.message.follow_up.asked_name import (
    BEGINS_NAME,
    HELPS,
    LEAD_EN,
    VERB_IN_NAME,
    name_in,
    with_other_people,
    with_plural_meant,
)
from aspire_bot.answering.message.follow_up.attribute_nouns import (
    ATTRIBUTE_EN,
    ATTRIBUTE_JA,
    PERSON_EN,
    is_attribute_en,
    owner_en,
    owner_ja,
)
from aspire_bot.answering.message.follow_up.denied_name import with_denied
from aspire_bot.answering.message.follow_up.follow_up import without_question_word
from aspire_bot.answering.message.follow_up.of_event import with_event
from aspire_bot.answering.message.follow_up.other_name import is_mere_name, with_other_name
from aspire_bot.answering.message.follow_up.other_step import (
    is_year_beside,
    with_date,
    with_other_step,
    with_year_beside,
)
from aspire_bot.answering.message.follow_up.same_place import with_same_place
from aspire_ingest.index.text.dates.occasion_words import KIND
from aspire_ingest.index.text.script import is_japanese

_MOST_WORDS, _NAME_WORDS, _PAIR = 12, 4, 2
_POINTER_EN = re.compile(
    r"\b(?:it|they|them)\b(?!['’])|\b(?:this|that|these|those)(?=\s*(?:[?.!,]|$|(?:is|are|was|were|will)\b))",
    re.IGNORECASE,
)
_MERE_QUESTION_EN = re.compile(
    r"^\W*(?:(?:and|but|so|also|ok(?:ay)?|then)\s+)?(?P<asks>(?:(?:by|until|since|from|for|to|in|at|on|with)\s+)?"
    r"(?:who|whom|whose|when|where|what|which|why|how(?:\s+(?:much|many|long|often|far))?))"
    r"(?P<of>\s+(?:is|was)\s+(?:it|that|this))?\W*$",
    re.IGNORECASE,
)
_CARRIES_EN = re.compile(
    r"^\W*(?:(?:and|but|so|or|ok(?:ay)?|then|thanks|thank you|sorry|oops|ah|wait|my bad|no|actually"
    r"|i meant?"
    r"|i was (?:asking|thinking)|what about|how about|for|in|about|of"
    r"|the one (?:on|for|about)|i)\b[\s,:]*)*",
    re.IGNORECASE,
)
_CARRIES_JA = re.compile(
    r"^(?:(?:では|じゃあ?|それでは|あと(?!何|どの|どれ)|また|ちなみに|すみません|ごめん(?:なさい)?|失礼|あ|いや|えっと"
    r"|いえ|間違えました)[、,。\s]*)+"
)
_POLITE_END_EN = re.compile(r"[\s,]+(?:sorry|please|thanks|thx)[\s.!]*$", re.IGNORECASE)
_IN_ITS_PLACE_JA = re.compile(
    r"^(?:では|じゃあ?|それでは)|(?:の間違い|のほう|の方|ではなく)|間違え|訂正"
)
"""Says that one thing is asked about in the place of another."""
_ENDS_JA = re.compile(
    r"(?:の(?:間違い|ほう|方|こと|件|話)(?:でした|です|だった|だ|は|も)?|(?:でした|です|だった|だ)|(?:の場合)?で?は(?:どう(?:です|でしょう)?か?)?|についても?|も)?"
    r"[。.!?？！\s]*$"
)
_WORDS_JA = "いつ|どこ|誰|だれ|どなた|いくら|何時|何日|何名|何人|何件"
_ASKS_JA = re.compile(rf"(?:{_WORDS_JA})(?:から|までに?|で(?!す|し)|に|が|を)?")
_MERE_QUESTION_JA = re.compile(
    rf"(?P<word>{_WORDS_JA})(?P<particle>から|までに?|で(?!す|し)|に|が|を)?"
    r"(?:(?:です|でした|でしょう|だった|だ)?(?:か|っけ|の)*)?[。?？!！\s]*"
)
_COPULA_JA = re.compile(r"(?:です|でし|だ|なの|[?？。]|$)")
_TOPIC_JA = re.compile(r"^(?P<topic>[^。?？]{2,60}?)は(?=[^。]*$)")
_POINTER_JA = re.compile(
    r"(?:それ|これ|そちら)(?=[はがもを])|(?:その|この)(?:方|人|先生)(?=[のはがをにも])|(?:その|この)(?:会議|会合|公募|件|課題|制度|事業|行事)"
)
_ITS_JA = re.compile(rf"その(?={ATTRIBUTE_JA.pattern})")
_REQUEST_JA = re.compile(r"(?:を|について)?(?:お|ご)?(?:教え|教示|知り|お願い)[^。]*[。]*$")
_NOUN_FIRST_JA = re.compile(
    r"^(?P<noun>[^\sはがをにでと。、?？]{1,20})(?<!も)(?:は|って)?[?？。\s]*$"
)
_PART_FIRST_JA = re.compile("^[\u30a1-\u30ff\u3400-\u9fff]{1,6}は(?!いつ|どこ)")
_QUESTION_JA = re.compile(
    r"いつ|どこ|誰|だれ|どなた|何|なに|いくら|いくつ|なぜ|どうして|どの|どれ|どんな|どう"
)
_KINDS_JA: tuple[frozenset[str], ...] = (
    frozenset(("誰", "だれ", "どなた", "何名", "何人")),
    frozenset(("いつ", "何時", "何日")),
    frozenset(("どこ",)),
    frozenset(("いくら",)),
    frozenset(("何件",)),
)
"""Question words by what they ask for."""
_SIDE_JA = re.compile(r"[側型枠版部州県省]$")
"""Says by one sign of which kind a name is."""
_YES_OR_NO_JA = re.compile(r"(?:ます|です|でしょう|ません)か[。?？]*$")
_OBJECT_JA = re.compile(r"(?P<noun>[^。?？、をはがの]{1,20})(?=[をが])")
_NAMED_JA = re.compile(
    r"(?:公募|制度|事業|プログラム|助成|会|ミーティング|ワークショップ|シンポジウム|フォーラム|キックオフ)$"
)
"""How what has attributes is called: 報告会, of which there is a date."""
_TOO_EN = re.compile(r"[\s,]+(?:too|as well|also|either|instead)$", re.IGNORECASE)
_ARTICLE_EN = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_THE_ONE_EN = re.compile(r"^the (?P<name>[\w-]+) ones?$", re.IGNORECASE)
_ONE_EN = re.compile(r"(?P<article>an?)\s+(?P<noun>[\w-]+(?:\s(?!ones?$)[\w-]+)?)", re.IGNORECASE)
_IS_SO_EN = re.compile(
    r"(?:is|are)\s+(?P<noun>(?:[\w'-]+\s+){1,4}?)(?P<so>(?:covered|allowed|eligible|paid|reimbursed|included"
    r"|funded|permitted|supported|accepted|possible|required|needed|mandatory)\b.*)",
    re.IGNORECASE,
)
_FIELD_EN = re.compile(
    r"\b(?:(?P<field>[\w-]+)(?=\s+(?:field|area|domain|discipline)\b)"
    r"|(?P<name>(?!What|Which|Who|When|Where|How|Is|The)[A-Z][\w-]*)(?=\s+(?:side|calls?|teams?|partners?|researchers|universit\w+"
    r"|budget|institutions?)\b))"
)
"""A name that a mere name may stand for: "the UK call", "the bio field"."""
_TELLS_NO_KIND_EN = re.compile(
    r"the|an?|our|your|annual|monthly|first|second|third|last|latest|next|previous|new|old|joint|final"
    r"|main|open|online|international|\d+(?:st|nd|rd|th)?",
    re.IGNORECASE,
)
"""Of words before a noun: not what another one of its kind would have in its place."""
_DID_EN = re.compile(
    r"^who\s+(?P<did>\w+ed|gave|led|spoke|took|ran|held|made|said|met|wrote|won|sat)\b",
    re.IGNORECASE,
)
_OF_TIME_OR_PLACE_EN = re.compile(r"\b(?:when|where)\b", re.IGNORECASE)
_WHO_MAY_EN = re.compile(r"^\W*who\s+(?=(?:can|could|may|must|should)\b)", re.IGNORECASE)
_IS_OF_OWNER = re.compile(
    r"\b(?:open|closed|online|running|available|over|funded)\b", re.IGNORECASE
)
"""Said of what has a deadline, not of the deadline."""
_RUN_JA = re.compile("[A-Za-z0-9\u30a1-\u30ff\u3400-\u9fff]{2,}")


def completed(before: str, text: str) -> str | None:
    """Give a follow-up as a question that stands alone; None where no such form is found."""
    before, text = before.strip().rstrip("。"), text.strip()
    found = with_swapped(before, text) or with_event(before, text)
    if found:
        return found
    in_japanese = is_japanese(text)
    if in_japanese != is_japanese(before):
        return None
    return _completed_japanese(before, text) if in_japanese else _completed_english(before, text)


def asks_nothing_alone(text: str) -> bool:
    """Whether it is but a question word or an attribute: "since when?", "duration?", いつから？."""
    named = named_in(text)
    is_word = _MERE_QUESTION_EN.match(text) or _MERE_QUESTION_JA.fullmatch(
        _CARRIES_JA.sub("", text)
    )
    is_noun = _other_attribute(text) or ATTRIBUTE_JA.fullmatch(named)
    return bool(is_word or is_noun or is_year_beside(named))


def side_by_side(before: str, text: str) -> str:
    """Give a follow-up after what it leaves of the question before it."""
    return f"{without_question_word(before.strip(), text)} {text}"


def with_swapped(before: str, text: str) -> str | None:
    """Ask the question before of something else; None where that is not what a follow-up does.

    What it names must be of the kind that the question before named: the energy meeting for the bio
    meeting, エネルギー分野 for 量子分野.
    """
    corrected = with_denied(before, _POLITE_END_EN.sub("", _CARRIES_EN.sub("", text)))
    if corrected:
        return corrected
    rest = named_in(text)
    moved = (
        with_date(before, rest)
        or with_year_beside(before, rest)
        or with_other_name(before, rest)
        or with_other_step(before, rest)
    )
    if moved:
        return moved
    if is_japanese(text):
        return _swapped_japanese(before, text, rest) or with_same_place(before, text)
    named = _THE_ONE_EN.sub(r"\g<name>", rest)
    return (
        _swapped_english(before, rest)
        or with_other_people(before, rest)
        or _swapped_by_place(before, named, is_led=len(named) < len(text.strip(" ?.!,")))
        or with_same_place(before, text)
    )


def named_in(text: str) -> str:
    """Give what a follow-up names, without the words that carry on: "and BETA?", BETAの場合は?."""
    rest = _ENDS_JA.sub("", _CARRIES_JA.sub("", text), count=1).strip()
    return _TOO_EN.sub("", _CARRIES_EN.sub("", rest).strip(" ?.!,"))


def _swapped_english(before: str, rest: str) -> str | None:
    words = rest.split()
    if not words or len(words) > _MOST_WORDS // 2 or VERB_IN_NAME.search(rest):
        return None
    other = re.sub(r"^(?:the|an?)\s+", "", rest, flags=re.IGNORECASE)
    if words[-1].lower() in ("one", "ones"):
        if "of" in words or _TELLS_NO_KIND_EN.fullmatch(other.split()[0]):
            return None
        name = re.split(r"\s(?:of|for|in|at|on|from)\s", name_in(before) or "")[0].split()
        if not 2 <= len(name) <= _NAME_WORDS or len(other.split()) < 2:
            return _with_other_kind(before, rest)
        told = [word for word in name[:-1] if not _TELLS_NO_KIND_EN.fullmatch(word)] or name[-2:-1]
        at = before.find(told[0], before.find(" ".join(name)))
        return f"{before[:at]}{other.rsplit(' ', 1)[0]}{before[at + len(told[0]) :]}"
    head = re.split(r"\s+(?:in|on|at|of|for|from)\s+", other)[0].split()[-1]
    named = re.search(
        rf"(?:\b(?!(?:the|a|an|of|for|in|at|on|{HELPS})\b)[\w'’-]+\s+){{1,3}}{re.escape(head)}\b",
        before,
        re.IGNORECASE,
    )
    if named is None or head.lower() == other.lower():
        return None
    return f"{before[: named.start()]}{other}{before[named.end() :]}"


def _with_other_kind(before: str, rest: str) -> str | None:
    """The question before of "a small one" where it named "a large project"."""
    kind = re.fullmatch(r"an?\s+([\w-]+)\s+ones?", rest, re.IGNORECASE)
    named = list(re.finditer(r"\ban?\s+([\w-]+)(?=\s+[\w-]+)", before, re.IGNORECASE))
    if kind is None or len(named) != 1:
        return None
    return f"{before[: named[0].start(1)]}{kind[1]}{before[named[0].end(1) :]}"


def _swapped_by_place(before: str, rest: str, *, is_led: bool) -> str | None:
    """The question before with what stands in the same place: "a technician" for "a postdoc".

    `is_led`: whether words lead to the name: "and quantum?", "hotels as well?".
    """
    words = rest.split()
    if not words or len(words) > _NAME_WORDS or VERB_IN_NAME.search(rest):
        return None
    so = _IS_SO_EN.fullmatch(before) if is_led else None
    if so and not ATTRIBUTE_EN.fullmatch(rest):
        helps = "are" if rest.endswith("s") else "is"
        return f"{helps.title() if before[0].isupper() else helps} {rest.lower()} {so['so']}"
    one = _ONE_EN.fullmatch(rest)
    others = list(re.finditer(r"\ban?\s+[\w-]+", before, re.IGNORECASE))
    if one and len(others) == 1:
        return f"{before[: others[0].start()]}{one[0]}{before[others[0].end() :]}"
    named = list(_FIELD_EN.finditer(before))
    is_name = is_led and len(words) == 1 and not ATTRIBUTE_EN.fullmatch(rest)
    if len(named) == 1 and is_name and (named[0]["field"] or rest[0].isupper()):
        return f"{before[: named[0].start()]}{rest}{before[named[0].end() :]}"
    return None


def _swapped_japanese(before: str, text: str, rest: str) -> str | None:
    if not _RUN_JA.fullmatch(rest):
        return None
    runs = list(_RUN_JA.finditer(before))
    for run in runs:
        kindred = _with_kindred(before, run, rest)
        if kindred:
            return kindred
        shared = _shared_end(rest, run[0])
        is_side = shared == 1 and _SIDE_JA.search(rest)
        if (is_side or shared >= 2) and shared < min(len(rest), len(run[0])):
            return f"{before[: run.start()]}{rest}{before[run.end() :]}"
    if runs and _IN_ITS_PLACE_JA.search(text) and not ATTRIBUTE_JA.fullmatch(rest):
        return f"{before[: runs[0].start()]}{rest}{before[runs[0].end() :]}"
    return None


def _with_kindred(before: str, run: re.Match[str], rest: str) -> str | None:
    """The question before with 日独共同公募 for 日英共同公募, where but 日独 is named."""
    beginning = run[0][: len(rest)]
    is_kindred = len(rest) == len(beginning) == _PAIR and rest[0] == beginning[0]
    if not is_kindred or len(run[0]) == _PAIR or rest == beginning:
        return None
    return f"{before[: run.start()]}{rest}{before[run.start() + len(rest) :]}"


def _shared_end(one: str, other: str) -> int:
    pairs = enumerate(zip(reversed(one), reversed(other), strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _other_word_asked(before: str, rest: str) -> str | None:
    """The question before with another question word: どこで？ after いつ開かれましたか."""
    mere, asked = _MERE_QUESTION_JA.fullmatch(rest), list(_ASKS_JA.finditer(before))
    if mere is None or len(asked) != 1:
        return None
    lead = before[: asked[0].start()]
    topic = _TOPIC_JA.match(lead)
    owner = owner_ja(topic["topic"]) if topic else None
    if topic and owner and not _ask_alike(asked[0][0], mere["word"]):
        lead = f"{owner}{lead[topic.end('topic') :]}"  # not when the chair is, but when the meeting
    tail = before[asked[0].end() :]
    particle = mere["particle"] or ""
    is_kept = particle.startswith("まで") or not _COPULA_JA.match(tail)
    return f"{lead}{mere['word']}{particle if is_kept else ''}{tail}"


def _ask_alike(one: str, other: str) -> bool:
    """Whether two question words ask for a thing of one kind: 誰 and 何人."""
    return any(one.startswith(tuple(kind)) and other in kind for kind in _KINDS_JA)


def _completed_japanese(before: str, text: str) -> str | None:
    rest = _CARRIES_JA.sub("", text)
    other = _other_word_asked(before, rest)
    if other is not None:
        return other
    found = _TOPIC_JA.match(before)
    is_noun = not (_QUESTION_JA.search(rest) or is_mere_name(named_in(rest)))
    noun = _NOUN_FIRST_JA.match(rest) if is_noun else None
    if noun and not ATTRIBUTE_JA.fullmatch(noun["noun"]):
        swapped = _asked_likewise(before, noun["noun"])
        if swapped is not None:
            return swapped
    if found is None:
        listed = owner_ja(_REQUEST_JA.sub("", before))
        is_listed = listed and noun and ATTRIBUTE_JA.fullmatch(noun["noun"])
        return f"{listed}の{rest}" if is_listed else None
    return _said_of(re.sub(r"[でにと]$", "", found["topic"]), noun, rest)


def _said_of(topic: str, noun: re.Match[str] | None, rest: str) -> str | None:
    """What a follow-up asks of what was spoken of: its chair, whatever of it was asked before."""
    if _POINTER_JA.search(rest):
        return _POINTER_JA.sub(topic, rest, count=1)
    its = _ITS_JA.match(rest)
    if its:
        return f"{owner_ja(topic) or topic}の{rest[its.end() :]}"
    if not noun and not _PART_FIRST_JA.match(rest):
        return None
    if ATTRIBUTE_JA.fullmatch(noun["noun"] if noun else rest.partition("は")[0]):
        topic = owner_ja(topic) or topic
        if ATTRIBUTE_JA.fullmatch(topic):
            return rest
    return f"{topic}の{rest}"


def _asked_likewise(before: str, noun: str) -> str | None:
    """The same yes or no of another thing: 宿泊費は after 旅費は出ますか."""
    if _QUESTION_JA.search(before) or not _YES_OR_NO_JA.search(before):
        return None
    named = _TOPIC_JA.match(before) or _OBJECT_JA.match(before)
    if named is None or _NAMED_JA.search(named[1]) or "の" in named[1]:
        return None
    return f"{noun}{before[named.end(1) :]}"


def _completed_english(before: str, text: str) -> str | None:
    bare = without_question_word(before, text)
    mere = _MERE_QUESTION_EN.match(text)
    name = name_in(before)
    if mere and name and _DID_EN.match(before) and _OF_TIME_OR_PLACE_EN.search(mere["asks"]):
        occasion = re.split(r"\s(?:at|during)\s", name)[-1]
        if KIND.search(occasion):
            return f"{mere['asks']} was {occasion} held?"
    if mere and LEAD_EN.match(bare) and "how" not in mere["asks"].lower():
        if _WHO_MAY_EN.match(before):
            bare = re.sub(r"^(\w+)", r"\1 one", bare)
        return f"{mere['asks']} {bare.rstrip(' ?.!')}?"
    pointers = list(_POINTER_EN.finditer(text))
    several = with_plural_meant(before, text, pointers[0]) if len(pointers) == 1 else None
    if several:
        return several
    owner = owner_en(name) if name else None
    attribute = _other_attribute(text) if name else None
    if attribute and not is_attribute_en(_ARTICLE_EN.sub("", owner or name or "")):
        asks = "Who" if PERSON_EN.fullmatch(attribute) else "What"
        return f"{asks} is the {attribute} of {owner or name}?"
    if owner and _IS_OF_OWNER.search(text):
        name = owner
    if name is None or len(pointers) != 1 or BEGINS_NAME.search(text, 1, pointers[0].start()):
        return None  # it may mean what the follow-up itself names
    return f"{text[: pointers[0].start()]}{name}{text[pointers[0].end() :]}"


def _other_attribute(text: str) -> str | None:
    """The noun of "and the budget?"; None where a follow-up asks for anything else."""
    rest = _TOO_EN.sub("", _CARRIES_EN.sub("", text).strip(" ?.!,"))
    noun = re.sub(r"^(?:the|its|their)\s+", "", rest, flags=re.IGNORECASE)
    return noun if ATTRIBUTE_EN.fullmatch(noun) else None

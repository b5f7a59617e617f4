"""Whether a question asks what happened when: for a list of occasions or of news. Pure.

"Which meetings took place in January 2026?", "what is new since March", 次のシンポジウムはいつ.
Only where the whole question is that: "What was decided at the meeting on 14 January?" asks for
something else and names a date. English and Japanese.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from aspire_bot.answering.message.period.named_period import NamedPeriod, find_period
from aspire_bot.answering.message.period.period import Period
from aspire_bot.answering.types import Turn
from aspire_ingest.index.text.dates.occasion_words import GENERIC_KINDS, KIND_WORDS, kinds_in
from aspire_ingest.index.text.numerals import fold_widths
from aspire_ingest.index.text.script import is_japanese

ALWAYS = Period()
Mode = Literal["during", "next", "last"]
Term = Literal["deadline", "open", "opening"]
"""What is asked of terms: what is due, what is open, what opens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeQuestion:
    """What is asked for: occasions of some kinds, or news, of a period or nearest to today."""

    mode: Mode
    about: Literal["occasions", "news", "terms"]
    kinds: frozenset[str] = frozenset()
    """Kinds of occasions; empty for all."""
    period: Period = ALWAYS
    topic: str = ""
    """What else they are to be about, in the asker's words; empty for anything."""
    is_one: bool = False
    """Whether only the nearest one is asked for."""
    or_news: bool = False
    """Whether news will do where there are no occasions: "what happened last month"."""
    term: Term = "deadline"
    """Of terms: which."""
    step: str = ""
    """Of what is due: the one step that is asked about, a key of `step_question.STEPS`."""

    @property
    def is_of_one_day(self) -> bool:
        """Whether whatever is on one day is asked for: "what happens on 15 December"."""
        return (
            self.or_news
            and self.period.first is not None
            and (self.period.first == self.period.last)
        )


_HAS_HAPPENED = re.compile(
    r"\b(?:was|were|did|had|has|have|held|took|happened|went|been|so far|published|announced"
    r"|posted|released|came|new)\b|まし|でし|され?た|れた|った|これまで|新しい|新着",
    re.IGNORECASE,
)
"""Asks for what is past: of a time that goes on, what was until today."""
_LONGEST = 200
"""Characters: who asks for a list of a period asks shortly."""
_NEWS = (
    r"news|updates?|announcements?|articles?|reports?|posts?|press releases?|notices?"
    r"|developments?|topics|お知らせ|ニュース|新着(?:情報)?|記事|トピックス|更新情報|最新情報|情報"
    r"|プレスリリース|発表|動き|出来事|できごと|話題|活動"
)
_TOLD = r"announced|published|released|posted|reported|c[oa]me out(?! of\b)"
_TAKES_PLACE = (
    r"(?:taken place|took place|takes? place|taking place|held|happen(?:ed|s|ing)?"
    r"|occurr?(?:ed|s)?|organi[sz]ed|planned|scheduled|coming(?: up)?|upcoming|hosted|conducted"
    rf"|go(?:ing)? on|went on|you know(?: of)?|ahead|due|recorded|listed|{_TOLD})"
)
_HAPPENS = (
    r"(?:has|have|had|been|be|being|is|are|was|were|will|did|do|does|that|which|to|there|it"
    rf"|{_TAKES_PLACE})"
)
_LITTLE = (
    r"(?:so far|yet|already|recently|lately|again|please|then|next|exactly|in total"
    r"|with (?:an? )?(?:exact |known )?dates?)"
)
_ABOUT = (
    r"(?:of|for|in|on|about|by|with|regarding|concerning|from|at|within|involving|related to)\s+"
    r"(?:the\s+|our\s+|this\s+)?(?P<{name}>(?:(?!"
    r"(?:which|what|who|whom|whose|where|why|how|when)\b)[\w&/'., -]){{2,60}}?)"
)
_POLITE = (
    r"(?:(?:please|hi|hello|so|and|ok|okay|well|can you|could you|would you|do you know(?: of)?"
    r"|i(?:'d| would) like to (?:know|see)|i want to (?:know|see)|tell me|tell us|show(?: me| us)?"
    r"|list|give me|give us|name|find(?: me)?|about|what about|i need|we need)[,\s]+)*"
)
_WHICH = (
    r"(?:(?:what|which|any|all|the|some|other|more|our|your|of the|a list of|list of|new|recent"
    r"|is|are|was|were|have|has|had|did|will|there|been|be|kinds? of|there's|what's)\s+)*"
)
_NOT_IN_NAMES = (
    r"(?!(?:at|in|of|on|for|to|the|a|an|by|with|from|and|or|who|whom|whose|why|how|when|where|that"
    r"|did|does|do|was|were|is|are|be|been|has|have|had|can|could|should|must|may|might|would|will"
    r"|came|come|hold|holds|held|need|needs|give|gave|make|made|attend\w*|\w+ed)\b(?<!\bjoint))"
)
_TOPIC = rf"(?P<before>(?:{_NOT_IN_NAMES}[\w&/'-]+\s+){{0,4}}?)"
_SAID_SO = rf"(?:[\s,]+(?:{_HAPPENS}|{_LITTLE})\b)*+"
_UP_TO_THERE = rf"(?=\s*[?.!,]*$|\s+{_HAPPENS}\b|\s+(?:in|on|at|by|for)\s)"
_TAIL = (
    rf"{_SAID_SO}(?:[\s,]+{_ABOUT.format(name='after')}{_UP_TO_THERE}{_SAID_SO})?"
    rf"(?:[\s,]+{_ABOUT.format(name='more')}(?=\s*[?.!,]*$|\s+{_HAPPENS}\b){_SAID_SO})?\s*[?.!,]*"
)
_KINDS = rf"(?:{KIND_WORDS})(?:(?:,|,? (?:and|or)|/) (?:any |the )?(?:{KIND_WORDS}))*+"
_LISTING = re.compile(rf"{_POLITE}{_WHICH}{_TOPIC}(?P<noun>{_NEWS}|{_KINDS}){_TAIL}", re.IGNORECASE)
_HAPPENED = re.compile(
    rf"{_POLITE}(?:what(?:'s|s)?|anything|something|everything)(?: else)?\s+"
    rf"(?:(?:is|are|was|were|has|have|had|been|that|there|will|be|to)\s+)*"
    r"(?:new|news|going on|changed|(?:on|up)(?=[\s?.!]*$)|next|"
    rf"{_TAKES_PLACE}){_TAIL}"
    r"|(?:(?:hi|hello|so|and|ok|well|is there|are there|was there|do we have|do you have|did|does"
    r"|will)[,\s]+)*(?:anything|something)(?:[\s,]+(?:else|there|interesting|happen(?:s|ed|ing)?"
    r"|going on|on|planned|scheduled|coming up|take place|is|was|in|for))*\s*[?.!]*",
    re.IGNORECASE,
)
_NEAREST = r"(?P<nearest>next|upcoming|last|latest|newest|most recent|previous|recent)"
_WHEN = re.compile(
    rf"{_POLITE}(?:(?:when|what|which)(?:'s| is| are| was| were| will| does| did| do| has| have)?"
    rf"(?: (?:is|was|be))?\s+)?(?:be\s+)?(?:(?:the|our|your|any)\s+)*{_NEAREST}\s+{_TOPIC}"
    rf"(?P<noun>{_NEWS}|{KIND_WORDS}){_TAIL}",
    re.IGNORECASE,
)
_LAST_BEHIND = re.compile(
    rf"\b(?:(?:the|an?|which|what)\s+)?(?P<what>(?!(?:which|what)\b){_TOPIC}(?:{KIND_WORDS}))"
    r"\s+(?:that\s+)?(?:(?:was|were|has been)\s+)?"
    rf"(?:(?:last|most recently)\s+{_TAKES_PLACE}|{_TAKES_PLACE}\s+(?:last|most recently)\b)",
    re.IGNORECASE,
)
"""The last, said behind what it is said of: "which workshop was held last"."""
_WHAT_IS = re.compile(r"^\W*what(?:['’]?s|\s+is)(?:\s+on\b)?", re.IGNORECASE)
_WHAT_IS_ON = re.compile(r"^\W*what(?:['’]?s|\s+is)\s+on\b", re.IGNORECASE)
_IS_COMPARED_WITH = re.compile(
    r"\b(?:compar\w+|than|versus|vs\.?|unlike|relative|contrast)(?: (?:to|with))?"
    r"(?: (?:that|those|the one|the rules) (?:of|in|for|from))?(?: the)?\s*$",
    re.IGNORECASE,
)
_COMPARED_JA = re.compile(r"[のは]?(?:もの)?(?:と|に)(?:は|の)?(?:比|違|異|同じ)")
"""A period beside these is the other side of a comparison: nothing is asked of what took place."""
_NEW = re.compile(r"\b(?:new|news|changed)\b|新し|変わ", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|upcoming|planned|scheduled|next|coming|ahead|future)\b|予定|今後|これから|次回|開催され(?:る|ます)"
    r"|来(?:週|月|年)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    rf"^(?!.*(?:\b(?:{_NEWS})\b|お知らせ|ニュース|情報|記事|報告)).*?"
    r"(?:\b(?:happening|going on)\b|\bwhat(?:['’]?s| is) on\b|\b(?:is|are) there (?:an?|any)\b"
    r"|(?:あり|行われ|開かれ|開催され)ます)",
    re.IGNORECASE,
)
"""Of a time without a year: of the next one, since nobody says that it is past."""
_LATELY = re.compile(r"\b(?:lately|recently|new)\b|最近|このところ|このごろ|新しい", re.IGNORECASE)
"""Without a period: the latest are asked for."""
_ATTRIBUTE_JA = re.compile(
    r"(?:開催|実施|企画|計画|予定|公開|掲載|発表)(?:され(?:た|ている|る)|予定の|した|済みの)"
    r"|(?:開か|行わ|行なわ)れ(?:た|る)|あった|ある|新しい|新たな|新規の?|最新の?|最近の?|直近の?|どんな"
    r"|どのような|どういう|何か|なにか|主な|すべての|全ての|ほかの|他の|次の|今後の|に(?=開|行|実)"
)
_END_JA = (
    r"(?:など|一覧|リスト|情報|日程|予定|開催日|日時|について|には|とは|って"
    r"|何か|なにか|何|なに|どれ|どんなもの|どのようなもの|いつ|何日|すべて|全て|全部"
    r"|開催|実施|開か|行わ|行なわ|公開|発表|更新|され|れ|まし|ます|ませ|ん|たい|てい|た|て|る"
    r"|あり|ある|あった|でしょう|ですか|でした|です|教え|知り|見せ|挙げ|示し|ください|下さい|くれ"
    r"|もらえ|[はをがもでにの、,\s]|[かねよ。?!.])*+"
)
_LISTING_JA = re.compile(
    rf"(?P<topic>[^。?、]*?)"
    rf"(?P<noun>{_NEWS}|(?:{KIND_WORDS})(?:[とや・](?:{KIND_WORDS}))*|予定|スケジュール){_END_JA}",
    re.IGNORECASE,
)
_HAPPENED_JA = re.compile(
    r"(?P<topic>[^。?、]*?)(?:で|では|に|は|には)?[、]?(?:何|なに|どんなこと|どのようなこと)(?:か)?"
    r"(?:が|は)?(?:新しく)?(?:あり|あっ|起き|起こり|起こっ|行われ|開催され|予定され|開かれ|変わり|変わっ)"
    r"(?:まし|てい|ます|る)*(?:た|す|ます)?(?:の)?(?:です)?か?[。?\s]*"
    r"|(?:何か|なにか|何|なに)(?:が|は)?(?:ある|あります|あった|ありました|やる|やります|予定)"
    r"(?:され(?:て|ま)?(?:いる|いま)?す?)?(?:の|んです|です)?か?な?[。?\s]*"
    r"|(?:何か|なにか)?(?:新しい|変わった)(?:こと|もの|動き|情報|話)は?(?:何か)?"
    r"(?:あり|ある|あった)?(?:ます|ました)?か?[。?\s]*"
)
_NEAREST_JA = re.compile(
    r"(?P<nearest>次回?の?|今度の|今後の?|これからの?|前回の?|(?:一番|いちばん|最も)(?:最近の?|新しい|新しく|最後の?)|最新の?|直近[ので]?"
    r"|最近の?|最後の?|この前の?)"
)
_NOT_A_TOPIC_JA = re.compile(r"[をがはもで、]|(?:した|した|する|れた|った|いる|ある)")

_CARRIED_ON = re.compile(
    r"(?:and|then|so|what about|how about|では|じゃあ|それでは|また)?[\s,、]*(?:は|に|では?|だと)?"
    r"(?:どう(?:です)?か?)?[?。\s]*",
    re.IGNORECASE,
)


def read_time_question(text: str, history: Sequence[Turn], today: date) -> TimeQuestion | None:
    """Give what a question asks about time; None where it asks for anything else.

    A question that names but a period ("and in February?") carries on the one before it, which
    may do so itself.
    """
    asked = _read(text, today)
    if asked is not None:
        return asked
    folded = fold_widths(text.strip())
    named = find_period(folded, today)
    earlier = [at for at, turn in enumerate(history) if turn.role == "user"][-1:]
    if named is None or not earlier or not _CARRIED_ON.fullmatch(_without(folded, named)):
        return None
    before = read_time_question(history[earlier[0]].text, history[: earlier[0]], today)
    if before is None:
        return None
    if before.mode == "next" or (before.period.first is not None and before.period.first > today):
        named = find_period(folded, today, looks_ahead=True) or named
    return replace(before, mode="during", period=named.period, is_one=False)


def _read(text: str, today: date) -> TimeQuestion | None:
    folded = " ".join(fold_widths(text).split())
    if len(folded) > _LONGEST:
        return None
    is_now = _GOES_ON.search(folded) and not _HAS_HAPPENED.search(folded)
    looks_ahead = bool(_AHEAD.search(folded) or is_now)
    named = find_period(folded, today, looks_ahead=looks_ahead)
    if named and _is_other_side(folded, named):
        return None
    rest = _without(folded, named) if named else folded
    if named and _WHAT_IS_ON.match(folded):  # "on" is not of the period alone
        rest = f"what's on{_WHAT_IS.sub('', rest)}"
    asked = _japanese(rest) if is_japanese(folded) else _english(rest)
    if asked is None:
        return None
    if named is None:
        return _without_period(asked, folded)
    period = named.period
    if asked.mode == "next" or looks_ahead:
        mode: Mode = "next" if asked.mode == "next" and asked.is_one else "during"
        return replace(asked, mode=mode, period=period)
    if period.last is None or (period.last > today and _HAS_HAPPENED.search(rest)):
        first = period.first
        if first is None or first <= today:
            period = Period(first=first, last=today)
    return replace(asked, mode="during", period=period)


def _without_period(asked: TimeQuestion, folded: str) -> TimeQuestion | None:
    if asked.mode == "during" and _LATELY.search(folded):
        return replace(asked, mode="last")
    return asked if asked.mode != "during" or asked.is_one else None


def _is_other_side(folded: str, named: NamedPeriod) -> bool:
    behind = _COMPARED_JA.match(folded, named.end)
    return bool(behind or _IS_COMPARED_WITH.search(folded[: named.start]))


def _without(folded: str, named: NamedPeriod) -> str:
    head, tail = folded[: named.start], folded[named.end :]
    tail = tail if head.strip() else tail.lstrip(" ,、")
    joint = " " if head.isascii() and tail.isascii() else ""
    return " ".join(f"{head}{joint}{tail}".split())


def _english(rest: str) -> TimeQuestion | None:
    nearest = _WHEN.fullmatch(_LAST_BEHIND.sub(r"last \g<what> held", rest))
    if nearest:
        return _nearest(nearest)
    listed = _LISTING.fullmatch(rest)
    if listed:
        topic = _joined(listed, "before", "after", "more")
        return _about(listed["noun"], topic, is_ahead=bool(_AHEAD.search(rest)))
    happened = _HAPPENED.fullmatch(rest)
    if happened:
        return _of_anything(rest, _joined(happened, "after", "more"))
    return None


def _joined(match: re.Match[str], *groups: str) -> str:
    return " ".join(match[group] for group in groups if match[group])


def _of_anything(rest: str, topic: str | None) -> TimeQuestion:
    """What was asked for with "what happened" or "what is new"."""
    bare = _bare(topic or "")
    if _AHEAD.search(rest):
        return TimeQuestion(mode="next", about="occasions", topic=bare)
    if _NEW.search(rest) or re.search(rf"\b(?:{_TOLD})\b", rest, re.IGNORECASE):
        return TimeQuestion(mode="during", about="news", topic=bare)
    return TimeQuestion(mode="during", about="occasions", topic=bare, or_news=True)


def _nearest(match: re.Match[str]) -> TimeQuestion:
    noun, which = match["noun"], match["nearest"].lower()
    topic = _bare(_joined(match, "before", "after", "more"))
    is_ahead = which in ("next", "upcoming")
    asked = _about(noun, topic, is_ahead=is_ahead)
    is_one = not _is_plural(noun) and asked.about == "occasions"
    return replace(asked, mode="next" if is_ahead else "last", is_one=is_one)


def _about(noun: str, topic: str, *, is_ahead: bool) -> TimeQuestion:
    kinds = frozenset(kinds_in(noun)) if not re.fullmatch(_NEWS, noun, re.IGNORECASE) else None
    mode: Mode = "next" if is_ahead else "during"
    if kinds is None:
        return TimeQuestion(mode=mode, about="news", topic=_bare(topic))
    wanted = kinds if kinds - GENERIC_KINDS else frozenset[str]()
    return TimeQuestion(mode=mode, about="occasions", kinds=wanted, topic=_bare(topic))


def _japanese(rest: str) -> TimeQuestion | None:
    happened = _HAPPENED_JA.fullmatch(rest)
    if happened and not _NOT_A_TOPIC_JA.search(happened["topic"] or ""):
        return _of_anything(rest, _LATELY.sub("", happened["topic"] or ""))
    listed = _LISTING_JA.fullmatch(rest)
    if not listed:
        return None
    which = _NEAREST_JA.search(listed["topic"])
    topic = _ATTRIBUTE_JA.sub("", _NEAREST_JA.sub("", listed["topic"]))
    if _NOT_A_TOPIC_JA.search(topic):
        return None
    asked = _about(listed["noun"], topic, is_ahead=bool(_AHEAD.search(rest)))
    if which is None:
        return asked
    is_ahead = which["nearest"].startswith(("次", "今", "これ"))
    is_one = asked.about == "occasions" and not which["nearest"].startswith(
        ("今後", "最近", "これから")
    )
    return replace(asked, mode="next" if is_ahead else "last", is_one=is_one)


def _bare(topic: str) -> str:
    """What is left of a topic without the words that only hold it."""
    topic = re.sub(r"\b(?:the|our|this|any|new|recent|latest|took|place)\b", " ", topic, flags=re.I)
    topic = re.sub(
        r"^(?:の|に|で|・)+|(?:の|に関する|についての|に関連する|における|での|との)+$",
        "",
        topic.strip(),
    )
    return " ".join(topic.split()).strip(" ,.の")


def _is_plural(noun: str) -> bool:
    return noun.lower().endswith(("s", "symposia", "updates"))

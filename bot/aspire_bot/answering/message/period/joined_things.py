"""Two things asked that one word joins, where one is about time and one is not. Pure.

今月締切のものと、応募資格を教えて asks for a list of deadlines, which dates answer, and for who may
apply, which documents say: as one question only one of them would be answered. What is joined
otherwise stays whole: names (JSTとAMEDの締切), dates (10月と11月の締切), what is compared.
"""

import re
from collections.abc import Callable
from datetime import date

from aspire_bot.answering.message.period.term_question import topic_of
from aspire_bot.answering.message.period.time_question import TimeQuestion
from aspire_ingest.index.text.dates.occasion_words import KIND_WORDS
from aspire_ingest.index.text.numerals import fold_widths
from aspire_ingest.index.text.script import is_japanese

TimeOf = Callable[[str], TimeQuestion | None]
"""What a text asks about time; None where it asks for anything else."""

_MOST_JOINTS = 8
"""Joints of one thing asked that are looked at."""
_JOINT = re.compile(
    r"[、,]?\s*(?:と?あわせて|と併せて|と合わせて|とともに|に加えて?|のほか|および|及び|ならびに|並びに"
    r"|と(?=[、,])|(?<=[、,])(?:それと|それから|あと|また)"
    r"|(?:(?<=[一-龯ァ-ヶーA-Za-z0-9）)」])|(?<=もの)|(?<=やつ)|(?<=こと))[とや]"
    r"(?![いうしはのもっ、,])(?!思|考|聞|言|書|な[るりっ]|同[じ時様]|共に|別[のにな]|違|異|比|似|関|一緒))"
    r"(?:[、,]?\s*(?:それから|それと|あと|また|さらに))?[、,]?\s*"
    r"|,?\s+(?:and(?:\s+also)?|as well as|plus|along with|together with|&)\s+"
    r"|\s+[/+]\s+|(?<=[一-龯ぁ-ヶー])[/+](?=\D)|(?<=[a-z]{3})/(?=[a-z]{3})|\s*[／;；&＆＋]\s*",
    re.IGNORECASE,
)
_IS_STRONG = re.compile(r"[/／;＆&＋+]|as well as|plus|along|together|also", re.IGNORECASE)
"""A joint that joins no two verbs of one sentence: "close in May and pay travel"."""
_IS_ONE = re.compile(
    r"違[いうっ]|差(?![しっ支])|異な|比べ|比較|区別|どちら|どっち|[のな]間(?!接)|期間は|関係|重な|同じ|両方"
    r"|\b(?:differ\w*|compar\w+|between|versus|vs|both|either|overlap\w*|coincide\w*|relat\w+"
    r"|same|apart|from\b.+\bto)\b",
    re.IGNORECASE,
)
"""Says of two things that they are asked about together."""
_ENDS_LIST_JA = re.compile(
    rf"(?:締切日?|締め?切り?|〆切|期限|公募|募集|制度|事業|プログラム|助成金?|グラント|案件|もの|やつ|分|予定|一覧|リスト"
    rf"|情報|日程|スケジュール|何か?|どれ|{KIND_WORDS})(?:は|が|を)?[?？]?$",
    re.IGNORECASE,
)
"""How the words for a list of dates end: 今月締切のもの."""
_NAMES_ANEW_EN = re.compile(
    r"(?:also\s+)?(?:the|any|your|our|their|its|a|an|who|whom|whose|what|which|where|why|how"
    r"|info(?:rmation)?|details)\b",
    re.IGNORECASE,
)
_SAID_BY_DATES = re.compile(
    r"\b(?:times?|hours?|dates?|days?|weekdays?|time ?zones?|names?|titles?|links?|urls?|details)\b"
    r"|時刻|時間|日時|日付|日程|曜日|名称|名前|タイトル|リンク|詳細|概要|件数|それぞれ|各",
    re.IGNORECASE,
)
"""What a list of dates says of each, or links to."""
_MERE_KIND = re.compile(
    rf"\W*(?:(?:the|any)\s+)?(?:{KIND_WORDS})(?:は|を|も)?(?:教えて(?:ください)?)?\W*",
    re.IGNORECASE,
)


def parted(text: str, time_of: TimeOf, today: date) -> tuple[str, ...]:
    """Give the two things asked that a text joins, or the text alone where it asks one thing."""
    if _IS_ONE.search(text):
        return (text,)
    joints = [found for found in _JOINT.finditer(text) if found.start() > 0][:_MOST_JOINTS]
    for joint in joints:
        left, right = text[: joint.start()].strip(), text[joint.end() :].strip()
        if not left or not right:
            continue
        if _is_list_first(left, right, joint[0], time_of, today):
            return (left, right)
        if _is_list_last(left, right, time_of, today):
            return (left, right)
    return (text,)


def together(asks: tuple[str, ...], time_of: TimeOf) -> tuple[str, ...]:
    """Put kinds of occasions together again that were cut apart: "meetings | talks in May"."""
    whole: list[str] = []
    for ask in asks:
        before = whole[-1] if whole else ""
        if before and (_MERE_KIND.fullmatch(before) or _MERE_KIND.fullmatch(ask)):
            joint = "と" if is_japanese(before) else " and "
            joined = f"{before}{joint}{ask}"
            if (time_of(before) or time_of(ask)) and time_of(joined):
                whole[-1] = joined
                continue
        whole.append(ask)
    return tuple(whole)


def _is_list_first(left: str, right: str, joint: str, time_of: TimeOf, today: date) -> bool:
    """Whether dates answer what stands first, and something else what stands last."""
    if not _names_more(right, today) or time_of(right):
        return False
    if is_japanese(left):
        return bool(_ENDS_LIST_JA.search(fold_widths(left)) and time_of(left))
    is_anew = _IS_STRONG.search(joint) or _NAMES_ANEW_EN.match(right)
    listed = time_of(left) if is_anew else None
    return listed is not None and not listed.topic


def _is_list_last(left: str, right: str, time_of: TimeOf, today: date) -> bool:
    """The same the other way round; a list of something named may be of what stands first, too."""
    if not _names_more(left, today) or time_of(left):
        return False
    listed = time_of(right)
    return listed is not None and not listed.topic


def _names_more(text: str, today: date) -> bool:
    """Whether a text names something that no list of dates says."""
    bare = _SAID_BY_DATES.sub(" ", fold_widths(text))
    return bool(topic_of(bare, today)) and not _MERE_KIND.fullmatch(text)

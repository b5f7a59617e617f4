"""Whether a question asks for a list of deadlines, of what is open, or of what opens. Pure.

"Which calls are open?", "what closes in December", 今応募できる公募は. Who asks when one call
closes, how to apply, or who may, asks for something that documents say: that is searched for.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from aspire_bot.answering.message.period.asked_period import asked_period
from aspire_bot.answering.message.period.named_period import find_periods
from aspire_bot.answering.message.period.period import Period
from aspire_bot.answering.message.period.period_candidates import AskedPeriod
from aspire_bot.answering.message.period.period_naming import months_on
from aspire_bot.answering.message.period.step_question import (
    STEPS,
    is_no_call,
    names_step,
    step_asked,
)
from aspire_bot.answering.message.period.time_question import ALWAYS, Term, TimeQuestion
from aspire_bot.answering.types import Turn
from aspire_ingest.index.text.dates import term_words
from aspire_ingest.index.text.japanese import japanese_words
from aspire_ingest.index.text.numerals import fold_widths

_KANA = re.compile("[\u3041-\u309f]{3,}")
_LONGEST = 200
"""Characters: who asks for a list of a period asks shortly."""
_OF_TERMS = re.compile(
    rf"{term_words.DEADLINE.pattern}|{term_words.CLOSES.pattern}|{term_words.OPENING.pattern}"
    rf"|{term_words.APPLYING.pattern}|{term_words.HANDING_IN.pattern}"
    r"|\b(?:open|closing|due|submit|hand in)\b|締ま|間に合|出せる|出す|提出",
    re.IGNORECASE,
)
_SOMETHING_ELSE = re.compile(
    r"\b(?:who|whom|whose|why|how|where|page|link|form|budget|amount|required?"
    r"|documents? (?:do|must|are)|changed?|extended?|extension)\b"
    r"|誰|だれ|どこ|いくら|何[件人名回円時社]|なぜ|どうして|どうやって|どのように|方法|手順|必要書類|様式|理由|条件"
    r"|延長|変更",
    re.IGNORECASE,
)
"""Asks for what a list of dates does not say."""
_WHEN = re.compile(r"\bwhen\b|いつ|何日", re.IGNORECASE)
_NEXT = re.compile(r"\b(?:next|upcoming|coming)\b|次の|次回|直近の|今後の", re.IGNORECASE)
_IS_OPEN = re.compile(
    r"\b(?:is|are|has|have)\b(?!.*\b(?:access|science|to (?:all|every|companies|students))\b)"
    r".{2,80}?\b(?:still |already |yet |now )*(?:open|closed|accepting|available|running)\b"
    r"(?!\s+(?:to|for)\s+(?!applications?|submissions?|proposals?))"
    r"|\b(?:did|does|has|have|is|are)\b.{2,80}?\b(?:close|open|closed|opened|started|begun|ended|over)"
    r"(?:\s+(?:already|yet|now|by now|today|again))*\W*$"
    r"|\b(?:can|could|may) (?:i|we|one|people|somebody|someone) still (?:apply|submit|enter|join)"
    r"|\btoo late (?:for \w+ )?to (?:apply|submit|enter|propose|hand in)\b"
    r"|(?:まだ|今も|いまも|現在も?|もう).{0,30}?(?:開い|応募でき|応募可能|間に合|受付|受け付け|募集|申請でき|締め?切[らりっ]|出せ)"
    r"|(?:募集|受付|公募)中(?:です|でしょう)?か"
    r"|(?:募集|受付|公募|応募|申請)[はが]?(?:もう|既に|すでに)?(?:始ま[りっ]|開始され|終わ[りっ]|終了し|締め?切ら)",
    re.IGNORECASE,
)
"""Asks whether one call that it names is open."""
_NAMES_END = re.compile(
    r"^\W*(?:(?:hi|hello|and|so|please|tell me)\W+)*"
    r"(?:when\b|what(?:'?s| is| was) the (?:[\w'’-]+\s+){0,4}?"
    r"(?:deadline|closing date|due date|last (?:day|date))\b"
    r"|(?:the )?(?:application )?(?:deadline|closing date|due date)s? (?:for|of)\b)"
    r"(?!.*\b(?:if|can|could|may|should|before|after|happens?|moved?|miss(?:ed)?|regist\w+|sign\w*)\b)"
    r"|^(?!when\b|what\b|is\b)(?:[\w'’-]+\s+){1,5}(?:deadline|closing date|due date)\W*$"
    r"|(?:締め?切り?|〆切り?|期限)(?:日)?(?:は|って)?(?:いつ|何日)?(?:まで)?(?:ですか|でしょうか|だっけ|なの|か)?\W*$"
    r"|いつ(?:締め?切|〆切|終わ)",
    re.IGNORECASE,
)
"""Asks for the end of one call, whichever is named, and for nothing else of it."""
_APPLIES = r"\b(?:calls?|appl(?:y|ying|ications?)|proposals?|propos(?:e|ing)|submit(?:ting)?)\b"
_UNTIL_WHEN = re.compile(
    rf"\b(?:(?:until|till|by) when|last (?:day|date|chance) (?:to|for)|closing date)\b.*{_APPLIES}"
    r"|(?:応募|申請|公募|募集|提案|受け?付け?|出[すせ]).{0,12}(?:いつ|何日|何月何日)まで"
    r"|(?:いつ|何日|何月何日)まで.{0,12}(?:応募|申請|公募|募集|提案|受け?付|出[すせ])",
    re.IGNORECASE,
)
"""Asks until when one can apply, and does not name the deadline."""
_STOCK = re.compile(
    r"\b(?:which|what|whats|when|any|anything|something|there|that|this|these|those|them|they|is|are|was"
    r"|were|be|been|do|does|did|have|has|had|can|could|may|might|i|we|you|me|us|our|my|your|a|an|the|all"
    r"|every|list|show|tell|give|name|please|pls|hi|hello|of|for|to|in|on|at|by|with|from|until|till|still"
    r"|possible|available|up|coming|next|current(?:ly)?|now|right|moment|present|accepting|taking|ones?"
    r"|programmes?|programs?|schemes?|grants?|funding|opportunit\w+|competitions?|know|some|and|or|so|it"
    r"|will|would|should|must|need|already|yet|today|date|dates|things?|see|find|get|make|send|hand|in"
    r"|documents?|too|late|pass(?:ed)?|over|miss(?:ed)?|expired?|gone|time|about|soon|left|remaining|happen(?:s|ing)?|upcoming|'s)\b"
    r"|(?:何月)?何日(?:まで)?|出[すせ](?:ば(?:いい|よい))?|れば(?:いい|よい)|続[くき]|公募|制度|事業|プログラム|助成金?|支援|もの|やつ|こと|ところ|一覧|リスト|情報|予定|最終日|ですか|ますか|ました|ません|でした|でしょうか"
    r"|ください|下さい|教えて|おしえて|しめきり|知りたい|見せて|ありますか|ある|あります|あり|ます|です|できる|できます|可能|まだ|現在"
    r"|今|いま|中の|中|どれ|どの|どんな|何か|何が|何|なに|すべて|全て|全部|されて|している|いる|され|する|して"
    r"|開いて|受付中|受け付けて|もう|締ま|間に合|出せる?|出す|送れる?|過ぎ(?:る|て|た)?|迎える|来る|くる|となる|なる|いつ|何日|切?られ(?:る|た|て|ます)?|れ(?:る|た|て|ます)|[はがをもでにのとかねよ、。?!]",
    re.IGNORECASE,
)
"""Words that name no topic in a question about terms."""
_SPAN_OF_TIME = (
    r"(?:fiscal |calendar |academic )?(?:day|week|month|quarter|year|spring|summer|autumn|fall"
    r"|winter)s?|\d+"
)
_LAST_JA = "直近で?|最後に?|(?:一番|いちばん|最も)?最近|この前|前回|終わった|終了した|閉じた"
_LAST = r"(?:last|latest|most recent(?:ly)?|(?<!more )recently)"
_IS_OVER = r"(?:closed|to close|ended|to end|expired|passed|ran out)"
_CLOSED_LAST = re.compile(
    rf"\b{_LAST}\b(?!\s+(?:{_SPAN_OF_TIME})\b).*\b{_IS_OVER}\b|\b{_IS_OVER}\s+(?:the\s+)?{_LAST}[\s?.!]*$"
    r"|(?:直近|最後|(?:一番|いちばん|最も)?最近|この前|前回)(?:で|に|の)?[、\s]*(?:募集|受付|公募|応募)?[がを]?"
    r"(?:締め?切(?:ら|っ)|〆切(?:ら|っ)|終了し|終わっ|閉じ|過ぎ)[れてた]",
    re.IGNORECASE,
)
"""Asks for the last one that closed, however long ago that was."""


def _read_closed_last(folded: str, today: date) -> TimeQuestion | None:
    last = _CLOSED_LAST.search(folded)
    if last is None or _WHEN.search(folded):
        return None
    is_of_calls = re.search(r"\bdeadlines?\b|締切(?![っら])|期限", folded, re.IGNORECASE) is None
    topic = topic_of(
        re.sub(rf"\b(?:{_LAST}|{_IS_OVER})\b|{_LAST_JA}|[締〆]め?切った", " ", folded), today
    )
    return TimeQuestion(
        mode="last",
        about="terms",
        kinds=frozenset(("application",)) if is_of_calls else frozenset[str](),
        period=Period(last=today),
        topic=topic,
    )


def read_term_question(text: str, history: Sequence[Turn], today: date) -> TimeQuestion | None:
    """Give what a question asks of terms: a list, or by when a step is due; None for all else."""
    folded = " ".join(fold_widths(text).split())
    if len(folded) > _LONGEST or _SOMETHING_ELSE.search(folded):
        return None
    if (step := step_asked(folded)) is not None:
        topic = topic_of(STEPS[step].sub(" ", folded), today)
        return TimeQuestion(mode="during", about="terms", period=ALWAYS, topic=topic, step=step)
    if _asks_until_when(folded, today):
        return _open_today(topic_of(folded, today), today)
    said = " ".join((folded, *(t.text for t in history[-2:] if t.role == "user")))
    if not _OF_TERMS.search(said):
        return None
    return _read_closed_last(folded, today) or _read_list(text, folded, history, today)


def read_named_term(text: str, today: date) -> TimeQuestion | None:
    """Give what asks until when one can apply for a thing that is named: "the Beam deadline".

    Documents may say it in a sentence, which goes before their dates; None for all else.
    """
    folded = " ".join(fold_widths(text).split())
    if len(folded) > _LONGEST or _SOMETHING_ELSE.search(folded) or _is_of_else(folded, today):
        return None
    if not _NAMES_END.search(folded):
        return None
    is_of_end = term_words.DEADLINE.search(folded) or term_words.CLOSES.search(folded)
    topic = topic_of(folded, today) if is_of_end else ""
    return replace(_open_today(topic, today), is_one=True) if topic else None


def _read_list(text: str, folded: str, history: Sequence[Turn], today: date) -> TimeQuestion | None:
    topic = topic_of(folded, today)
    asked = asked_period(text, today, history)
    if (asked is None or asked.what == "open now") and is_no_call(folded):
        return None
    if asked is None:
        is_list = term_words.DEADLINE.search(folded) or term_words.CLOSES.search(folded)
        is_named = any(one.kind != "nearest" for one in find_periods(folded, today, "near"))
        if topic and not is_named and not _WHEN.search(folded) and _IS_OPEN.search(folded):
            return _open_today(topic, today)
        is_of_one = names_step(folded) and not _NEXT.search(folded)
        asks_when = _WHEN.search(folded) or _NEXT.search(folded)
        if topic or is_named or not is_list or not asks_when or is_of_one:
            return None  # "the 2026 call" is one that documents speak of
        ahead = Period(first=today, last=months_on(today, 12))
        return TimeQuestion(
            mode="during", about="terms", term="deadline", period=ahead, kinds=_applied_for(folded)
        )
    term = _term_of(asked, folded, topic)
    if term is None:
        return None
    kinds = _applied_for(folded) if term == "deadline" else frozenset[str]()
    return TimeQuestion(
        mode="during", about="terms", term=term, period=asked.period, topic=topic, kinds=kinds
    )


def _applied_for(folded: str) -> frozenset[str]:
    """The kinds of deadlines asked for: of applying where that is said, of anything else."""
    is_of_calls = term_words.CALLED.search(folded) and not term_words.FIRST_STEP.search(folded)
    return frozenset({"application"} if is_of_calls else ())


def _open_today(topic: str, today: date) -> TimeQuestion:
    period = Period(first=today, last=today)
    return TimeQuestion(mode="during", about="terms", term="open", period=period, topic=topic)


def _asks_until_when(folded: str, today: date) -> bool:
    """Whether it asks until when something can be applied for, in so many words and now."""
    return not _is_of_else(folded, today) and _UNTIL_WHEN.search(folded) is not None


def _is_of_else(folded: str, today: date) -> bool:
    """Whether it asks of another step than applying, of others' dates, or of a time it names."""
    return bool(
        names_step(folded)
        or is_no_call(folded)
        or term_words.OTHER.search(folded)
        or term_words.OF_APPLICANTS.search(folded)
        or term_words.INTERNAL.search(folded)
        or find_periods(folded, today, "near")
    )


def _term_of(asked: AskedPeriod, folded: str, topic: str) -> Term | None:
    is_bare = asked.what != "open now" and not topic  # "next deadline?"
    if asked.what == "deadline" or (is_bare and term_words.DEADLINE.search(folded)):
        return "deadline"
    if asked.what == "open now":
        return "open"
    is_call = term_words.APPLYING.search(folded)
    is_opening = term_words.OPENING.search(folded) or _BEGINS_JA.search(folded)
    return "opening" if is_call and is_opening else None


def topic_of(folded: str, today: date) -> str:
    """Give what terms are to be about, in the asker's words; empty for anything.

    The widths of `folded` are folded.
    """
    named = find_periods(folded, today, "near")
    pieces: list[str] = []
    rest = 0
    for one in named:
        pieces.append(folded[rest : one.start])
        rest = max(rest, one.end)
    names, bare = _without_kana_names(" ".join((*pieces, folded[rest:])))
    for words in (
        term_words.DEADLINE,
        term_words.CLOSES,
        term_words.OPENING,
        term_words.APPLYING,
        term_words.HANDING_IN,
        _NEXT,
        _OPEN,
        _BEGINS_JA,
        _STOCK,
    ):
        bare = words.sub(" ", bare)
    words_left = re.split(r"[\s,;:?!.、。]+", bare)
    return " ".join((*names, *(word for word in words_left if len(word) > 1)))


def _without_kana_names(text: str) -> tuple[list[str], str]:
    """Take out names in hiragana, かがり: of their signs alone, か and が would be particles."""
    names: list[str] = []
    if _KANA.search(text):
        for word in japanese_words(text):
            is_noun = word.kinds[0] == "名詞" and _KANA.fullmatch(word.surface)
            if is_noun and not _STOCK.fullmatch(word.surface):
                names.append(word.surface)
                text = f"{text[: word.start]}{' ' * len(word.surface)}{text[word.end :]}"
    return names, text


_BEGINS_JA = re.compile(
    r"(?:始ま[るりっ]|終わ[るりっ]|(?:開始|終了)(?:する|し|され(?:る|て)?)|スタートする)(?:ます|まし)?た?"
)
"""The same of a call that stands behind it, or that it does so: 来月始まる公募, 公募は終わった."""
_OPEN = re.compile(r"\b(?:open|closing|due|window|submi\w+)\b", re.IGNORECASE)

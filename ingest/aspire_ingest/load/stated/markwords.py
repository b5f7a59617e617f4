"""The words of marks: what stamps say, and how a line, a title or a file name carries one."""

import datetime
import re
import unicodedata
from dataclasses import dataclass

from aspire_ingest.load.stated.dates import last_day_of

_JA_CONFIDENCE = (
    "機密性[23](?:情報)?|社外秘|部外秘|課外秘|所外秘|対外秘|厳秘|極秘|丸秘|マル秘|秘密|機密|秘|取り?扱い?(?:厳重)?注意"
    "|(?:関係者|部内|社内|省内|所内|学内|委員|構成員|役員|内部)(?:外秘|限り?|のみ|限定|用)"
    "|関係者以外(?:秘|閲覧禁止|配布禁止)|内部資料|非公開|非公表|公開不可|公開禁止|公表禁止|公開前"
    "|最高機密|席上配布(?:のみ|限り?)|(?:部内|内部|所内|社内)検討用|未公表|持ち?出し?禁止|(?:会議)?後?要?回収"
)
_JA_DRAFT = "素案|原案|試案|草案|案|ドラフト版?|未定稿|下書き|たたき台|叩き台|暫定版"
_JA_TAIL = r"(?:資料|文書|版|扱い)?"
_EN_CORE = (
    r"commercial[ -]in[ -]confidence|pre-?decisional|eyes only"
    r"|tlp ?: ?(?:amber(?:\+strict)?|red)"
    r"|confidential|secret|draft|embargoed|under embargo|for your eyes only|restricted"
    r"|(?:for )?(?:internal|official|staff|company)(?: (?:use|circulation|distribution))? only"
    r"|(?:for )?internal use"
    r"|not for (?:public )?(?:distribution|circulation|release|publication|citation|quotation)"
    r"(?: or (?:distribution|circulation|release|publication|citation|quotation))?"
    r"|not to be (?:distributed|circulated|quoted|published)"
    r"|do not (?:distribute|circulate|share|quote|cite|publish|copy|copy or distribute|forward)"
)
_EN_BEFORE = (
    r"(?:(?:strictly|highly|most|top|private(?: and|,| ?&)|proprietary(?: and|,| ?&)|company|staff"
    r"|privileged(?: and|,| ?&)|discussion|consultation|business|commercial(?: in|-in-)|working"
    r"|preliminary|first|second|third|initial|early|advance|revised|final|internal"
    r"|confidential)[ -])*"
)
_EN_AFTER = (
    r"(?: (?:document|copy|version|paper|only|internal use|for (?:comments?|review|discussion"
    r"|consultation)|(?:of|as of|dated) ))?"
)
_NUMBER = r"(?:[ _-]?(?:v|ver\.?|version |no\. ?|#|第)?\d+(?:\.\d+)*(?:版|稿)?)"
_DATE = (
    r"(?:[ ,]*(?:\d{1,4}[-/. ]?(?:\d{1,2}|[a-z]{3,9})[-/. ,]*\d{1,4}|\d+年(?:\d+月)?(?:\d+日)?"
    r"|[a-z]{3,9} \d{1,2},? \d{4}|[a-z]{3,9} \d{4})(?:現在|時点|版)?)"
)
_EN = f"{_EN_BEFORE}(?:{_EN_CORE}){_EN_AFTER}"
_JA = f"(?:{_JA_CONFIDENCE}|{_JA_DRAFT}){_JA_TAIL}"
_ONE = f"(?:{_EN}|{_JA})"
_PLACE = re.compile(f"(?:{_ONE})(?:{_NUMBER}(?![\\d年月日/.-]))?", re.IGNORECASE)
_BESIDE_MARKS = re.compile("(?:無断)?(?:転載|複写|複製|引用)(?:禁止|不可)")
"""Stamps that stand beside marks, and alone say nothing of who may read."""
_BETWEEN = re.compile(r"\s*[-–—:：/／,、・|･;.。!！*＊]+\s*|[\s()]+")
_TAIL = re.compile(f"(?:{_NUMBER}|{_DATE}|[ ()]){{1,4}}", re.IGNORECASE)
_CHAPTER = re.compile(
    f"(?:秘密?|機密|非公開|非公表|公開前|secret|restricted|{_JA_DRAFT}){_JA_TAIL}", re.IGNORECASE
)
"""Words that head chapters and fill forms too: alone they mark only where marks stand."""
_READERS_KEYS = frozenset({
    "visibility", "access", "readers", "permission", "permissions", "sharing", "share", "scope",
    "公開範囲", "閲覧範囲", "対象", "対象者", "閲覧", "公開", "公開区分", "閲覧権限",
})  # fmt: skip
_CLOSED_TO_ALL = frozenset({
    "staff", "internal", "private", "restricted", "hidden", "unlisted", "members", "team", "none",
    "office", "職員", "事務局", "内部", "部内", "社内", "所内", "学内", "関係者", "限定", "不可",
    "なし",
})  # fmt: skip
_CLOSING_KEYS = frozenset({"private", "internal", "hidden", "unlisted", "staff_only", "非公開"})
_OPENING_KEYS = frozenset({"public", "publish", "公開"})
_CLASSIFIES = re.compile(
    r"区分|機密|秘密|取り?扱|状態|版|classif|confiden|marking|status|state|distribution|sensitivity",
    re.IGNORECASE,
)
_BRACKETS = str.maketrans(
    dict.fromkeys("【〔［〈《≪＜（｛<{[", "(") | dict.fromkeys("】〕］〉》≫＞）｝>}]", ")")
)
_QUOTED = re.compile(r"[「『](?P<said>[^「」『』]*)[」』]")
"""Words in quotation marks are spoken of, unless they are all there is."""
_STARS = " \t*＊_~=■□●○★☆※◆◇-–—‐ー|｜!"
_SPACED = re.compile(r"(?:\S\s){2,}\S")
_WIDE_GAP = re.compile(r"\s{2,}")
_OPENING = re.compile(
    r"(?P<mark>[^:：–—|.。]{1,60}?)\s*(?:[:：.。]|\s[-–—|]+|\s[:：])\s*(?P<rest>\S.*)"
)
_OPENING_BRACKET = re.compile(
    r"\((?P<mark>[^()]{1,40})\)\s*(?![のをとはがに][^ぁ-ん])(?P<rest>\S.*)"
)
"""Not before a particle: there a sentence goes on about the word in brackets."""
_OPENING_WORD = re.compile(r"(?P<mark>\S{1,30})\s+(?P<rest>\S.*)")
_CLOSING_BRACKET = re.compile(r".*\S\s*\((?P<mark>[^()]{1,60})\)[\s.。]*")
_CLOSES = re.compile(r"\s*[-–—:：|]\s+|\s+[-–—|]\s*|\s+")
_LABELLED = re.compile(r"(?P<label>[^:：|.。]{1,24})[:：|]\s*(?P<value>[^:：|]{1,60})")
_ARTICLES = frozenset({"a", "an", "the", "your", "our", "my", "this"})
_UPPER_OR_JAPANESE = re.compile(r"[^a-z]*")

_EMBARGO = re.compile(
    r"\(?(?:strictly )?(?:(?:under )?embargo(?:ed)?(?: date)?(?: for (?:release|publication))?"
    r"|not for (?:release|publication)(?: before)?|hold for release)"
    r"[ :：–—-]*(?:(?:until|till|to|before|on|ends?|lifts?|expires?)[ :：]*)?(?P<rest>.*)",
    re.IGNORECASE,
)
_JA_EMBARGO = re.compile(
    r"\(?(?:報道|情報|公表|公開|発表|記事|掲載)?(?:解禁|エンバーゴ|公表禁止期間|公開禁止期間)"
    r"(?:日時?|時刻|予定日?)?(?:[:：は]|\s)*(?P<rest>.*)"
)
_JA_EMBARGO_AFTER = re.compile(
    r"\(?(?P<rest>(?:令和|平成)?\s*\d.{3,40}?)\s*(?:まで)?(?:報道|情報|公表|公開)?"
    r"(?:解禁|公表禁止|公開禁止|エンバーゴ)\)?"
)
_CLOCK = re.compile(
    r"\d{1,4}|\d{1,2}時(?:\d{1,2}分|半)?(?:解禁|以降|まで)?|\d{0,2}[ap]\.?m\.?|noon|midnight|at|local|time"
    r"|(?:午前|午後|正午|\d|時|分)*(?:解禁|以降|まで)?|[A-Z]{2,5}\d?|(?:mon|tues|wednes|thurs|fri|satur"
    r"|sun)day|[月火水木金土日]曜?日?"
)
_CLOCK_BREAKS = re.compile(r"[\s,()/・:+*-]+")
_OPEN_END = re.compile(
    r"(?:further notice|(?:the )?(?:publication|release|announcement)"
    r"|\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}"
    r"|[a-z]{3,9}\.? \d{1,2}|\d{1,2}月\s*\d{1,2}日)(?P<rest>(?:[\s,(].*)?)",
    re.IGNORECASE,
)
_CLOCK_FIRST = re.compile(
    r"(?:\d{1,2}[:.]\d{2}|\d{1,2} ?[ap]\.?m\.?|noon|midnight)[ ,]*(?:\(?[A-Z]{2,4}\)?)?[ ,]*"
    r"(?:on )?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Embargo:
    """An embargo and its last day; None where the day is not said so that it is certain."""

    text: str
    until: datetime.date | None


def plain_line(line: str) -> str:
    """A line without what decorates it: emphasis, dashes, brackets around it, spaced letters."""
    plain = unicodedata.normalize("NFKC", line).translate(_BRACKETS).strip(_STARS)
    if quoted := _QUOTED.fullmatch(plain):
        plain = quoted["said"].strip(_STARS)
    while plain.startswith("(") and plain.endswith(")") and plain.count("(") == 1:
        plain = plain[1:-1].strip(_STARS)
    if _SPACED.fullmatch(plain):
        return re.sub(r"\s", "", plain)
    if all(len(one) == 1 or _SPACED.fullmatch(one) for one in _WIDE_GAP.split(plain)):
        return " ".join(re.sub(r"\s", "", one) for one in _WIDE_GAP.split(plain))
    return " ".join(plain.split())


def whole_mark(line: str) -> str | None:
    """The line itself where it is marks and nothing else, with their version and date perhaps."""
    position, count = 0, 0
    bare = line.strip(" ()")
    while position < len(bare):
        found = _PLACE.match(bare, position)
        stamp = found or _BESIDE_MARKS.match(bare, position)
        if stamp is None:
            break
        count += found is not None
        position = stamp.end()
        between = _BETWEEN.match(bare, position)
        if between is None:
            break
        position = between.end()
    if not count:
        return None
    rest = bare[position:]
    if rest and not _TAIL.fullmatch(rest):
        return None
    if position < len(bare) and bare[position - 1].isalnum() and bare[position].isalpha():
        return None
    return line


def is_strong(line: str) -> bool:
    """Whether a mark is one wherever it is a heading: a stamp, not a word that heads a chapter."""
    bare = line.strip(" ()")
    return _CHAPTER.fullmatch(bare) is None and _UPPER_OR_JAPANESE.fullmatch(bare) is not None


def is_footer(line: str) -> bool:
    """Whether a mark that stands again and again is one: "Draft" may be the state of each item."""
    bare = line.strip(" ()")
    is_state = _CHAPTER.fullmatch(bare) is not None or "draft" in bare.lower()
    return is_strong(line) or not is_state


def labelled_mark(line: str) -> str | None:
    """The mark that a line gives as a value: "Status: draft", "機密区分: 社外秘"."""
    found = _LABELLED.fullmatch(line)
    if found is None:
        return None
    value = plain_line(found["value"])
    is_sure = _CHAPTER.fullmatch(value) is None or _CLASSIFIES.search(found["label"])
    return whole_mark(value) if is_sure else None


def opening_mark(line: str) -> str | None:
    """The mark that a title opens with: "DRAFT: Rules", "(社外秘) 予算", "CONFIDENTIAL Plan"."""
    for form in (_OPENING_BRACKET, _OPENING):
        found = form.fullmatch(line)
        if found is not None and whole_mark(found["mark"]):
            return found["mark"]
    found = _OPENING_WORD.fullmatch(line)
    if found is None or not is_strong(found["mark"]) or line.isupper():
        return None
    return whole_mark(found["mark"])


def closing_mark(line: str) -> str | None:
    """The mark that a title closes with: "Guidelines (draft)", "公募要領(案)", "Plan - DRAFT"."""
    found = _CLOSING_BRACKET.fullmatch(line)
    if found is not None and whole_mark(found["mark"]):
        return found["mark"]
    for gap in _CLOSES.finditer(line, max(0, len(line) - 60)):
        mark = line[gap.end() :]
        if not gap.start() or not mark or not whole_mark(mark):
            continue
        is_stamp = _UPPER_OR_JAPANESE.fullmatch(mark) is not None and not line.isupper()
        if gap[0].strip() or is_stamp:
            return mark
    return None


def name_mark(stem: str) -> str | None:
    """The mark in the name of a file: "budget_DRAFT", "draft-budget", "予算(案)", "社外秘_予算"."""
    plain = unicodedata.normalize("NFKC", stem.replace("㊙", "(秘)")).translate(_BRACKETS)
    words = [word for word in re.split(r"[-_. ()]+", plain) if word]
    if not _ARTICLES.isdisjoint(word.lower() for word in words):
        return None  # a phrase: "how-to-write-a-draft"
    pieces = [piece.strip(" -") for piece in re.split(r"[_()]+|\s+-\s+|--+", plain)]
    for piece in filter(None, pieces):
        if whole_mark(piece) and (f"({piece})" in plain or not _is_chapter_name(piece)):
            return piece
    while len(words) > 1 and re.fullmatch(r"v?\d+", words[-1], re.IGNORECASE):
        words.pop()
    for word in words:
        if word.isupper() and not plain.isupper() and is_strong(word) and whole_mark(word):
            return word
    if len(words) < 2:
        return None
    for word, form in ((words[0], r"draft\d*"), (words[-1], r"draft\d*|confidential")):
        if re.fullmatch(form, word, re.IGNORECASE):
            return word
    return words[-1] if not words[-1].isascii() and whole_mark(words[-1]) else None


def _is_chapter_name(piece: str) -> bool:
    return _CHAPTER.fullmatch(piece) is not None and not re.fullmatch(_JA_DRAFT, piece)


def closed_by_key(key: str, value: str) -> str | None:
    """The mark that a key of front matter sets: "visibility: internal", "private: true"."""
    plain_key, plain_value = (plain_line(one).lower() for one in (key, value))
    is_closed = (
        (plain_key in _READERS_KEYS and plain_value in _CLOSED_TO_ALL)
        or (plain_key in _CLOSING_KEYS and plain_value in ("true", "yes", "on", "1"))
        or (plain_key in _OPENING_KEYS and plain_value in ("false", "no", "off", "0"))
    )
    return f"{plain_key}: {plain_value}" if is_closed else None


def embargo_of(line: str) -> Embargo | None:
    """The embargo that a line is; None where it is none, or goes on as a sentence does."""
    forms = (_EMBARGO, _JA_EMBARGO, _JA_EMBARGO_AFTER)
    found = next(filter(None, (form.fullmatch(line) for form in forms)), None)
    if found is None:
        return None
    rest = _CLOCK_FIRST.sub("", found["rest"].strip(" ()"), count=1)
    day, end = last_day_of(rest)
    after = rest[end:]
    if day is None:
        open_end = _OPEN_END.fullmatch(rest)
        if open_end is None:
            return None
        after = open_end["rest"]
    is_clock = all(_CLOCK.fullmatch(one) for one in _CLOCK_BREAKS.split(after.rstrip(".。")))
    return Embargo(text=line, until=day) if is_clock else None

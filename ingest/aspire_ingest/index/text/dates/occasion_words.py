"""Words that say what kind of occasion a date belongs to, in English and Japanese. Pure.

All patterns are for text whose widths are folded. The words are of the languages, not of any
document.
"""

import re

GENERIC_KINDS = frozenset({"meeting", "event"})
"""Kinds whose names stand for any kind of gathering."""

_KINDS: tuple[tuple[str, str], ...] = (
    ("kickoff", r"\bkick[- ]?offs?\b|キックオフ"),
    ("workshop", r"\bworkshops?\b|ワークショップ|研究会"),
    ("symposium", r"\bsymposi(?:um|a|ums)\b|シンポジウム"),
    (
        "seminar",
        r"\b(?:seminars?|webinars?|lectures?|colloqui(?:um|a)|talks)\b"
        r"|セミナー|ウェビナー|講演会|レクチャー|勉強会",
    ),
    ("conference", r"\b(?:conferences?|forums?|summits?|congress(?:es)?)\b|フォーラム|サミット"),
    (
        "briefing",
        r"\b(?:information|briefing|explanatory|q&a) (?:sessions?|meetings?)\b|\bbriefings?\b"
        r"|説明会",
    ),
    ("report", r"\bdebriefings?\b|\bresults? (?:meeting|session)s?\b|報告会|発表会"),
    ("exchange", r"\bnetworking (?:event|session|reception)s?\b|意見交換会|交流会|懇談会|懇親会"),
    (
        "school",
        r"\b(?:summer|winter|spring|autumn) schools?\b|\btraining (?:courses?|camps?)\b"
        r"|\bhackathons?\b|講習会|研修会|スクール|合宿",
    ),
    (
        "visit",
        r"\b(?:site |study |courtesy )?visits?\b|\b(?:guided|study) tours?\b|\bvisited\b"
        r"|訪問|見学会|視察|来訪",
    ),
    (
        "ceremony",
        r"\b(?:opening|award|signing) ceremon(?:y|ies)\b|\bceremon(?:y|ies)\b|式典|記念式",
    ),
    ("exhibition", r"\bexhibitions?\b|\bopen (?:house|day|campus)s?\b|展示会|一般公開"),
    (
        "meeting",
        r"\b(?:meetings?|sessions?|gatherings?|assembl(?:y|ies)|retreats?|roundtables?|dialogues?"
        r"|panel discussions?)\b|会議|会合|ミーティング|総会|例会|委員会|座談会|対話会",
    ),
    ("event", r"\bevents?\b|イベント|行事|(?<!開)催し(?!ま|た|て)"),
)
_KIND_PATTERNS = tuple((name, re.compile(words, re.IGNORECASE)) for name, words in _KINDS)
KIND_WORDS = "|".join(f"(?:{words})" for _, words in _KINDS)
"""Any word for something that takes place."""
KIND = re.compile(KIND_WORDS, re.IGNORECASE)

TAKES_PLACE = re.compile(
    r"\b(?:held|takes? place|took place|taking place|taken place|hosted|hosts?|convened?"
    r"|organi[sz]ed|visited|gathered|assembled|met|attended|celebrated|inaugurated|ran (?:from|on)"
    r"|(?:is|are|was|were) (?:planned|scheduled))\b"
    r"|開催|(?:開か|行わ|行なわ|催さ|持た)れ|(?:開|行)い(?:た|て)|(?:開き|行い|行ない)(?:ま|、)|実施"
    r"|集ま(?:り|っ)|集い|訪問|訪れ|来訪|視察|参加|出席|登壇|講演",
    re.IGNORECASE,
)
"""Says that something takes place."""
SAYS_ENOUGH = re.compile(
    r"\b(?:takes? place|took place|taking place|visited)\b|開催|訪問|視察", re.IGNORECASE
)
"""The same of words that need no name of an occasion beside them."""
# A Japanese noun of such a kind counts where something is said of it, not where it qualifies
# another one: 公募は4月1日に, but not 公募のPIが4月1日に.
OF_SOMETHING_ELSE = re.compile(
    r"\b(?:deadlines?|due|clos(?:e|es|ed|ing)|submi\w+|appl(?:y|ied|ications?)|regist\w+"
    r"|publish\w*|post(?:ed|s)\b|releas\w+|announc\w+|issued|updated|revised|amended|as of"
    r"|until|since|began|begin\w*|start(?:s|ed|ing)?|launch\w*|adopted|selected|decided|approved"
    r"|established|founded|born|signed|effective|valid|expire\w*|notif\w+|accepted|opened its"
    r"|(?:research|project|contract|support|grant) period|end(?:s|ed)?)\b"
    r"|締切|締め切|〆切|期限|期日|発表され|発表し|以降|以来|始ま|始め|現在"
    r"|(?:応募|申込|申し込み?|申請|募集|公募|受付|提出|登録|公表|公開|掲載|発行|更新|改訂|改正|施行|適用|開始"
    r"|採択|決定|選定|承認|設立|創設|発足|誕生|署名|締結|有効|期間|終了|通知)"
    r"(?=[はがをし日、。:)]|さ(?!れた[^。、\s])|で(?!採択|選)|開始|締|終了|期間|受付|予定|\s|$)",
    re.IGNORECASE,
)
"""Says that a date is of a deadline, a publication, a beginning, a decision: of no occasion."""

CALLED_OFF = re.compile(r"\bcancel\w*|\bpostpon\w+|中止|延期|取りやめ", re.IGNORECASE)
"""Says that something does not take place after all, or on another day."""

FUTURE = re.compile(
    r"\bwill\b|\bto be held\b|\b(?:is|are) (?:planned|scheduled|due)\b|\bupcoming\b|\bnext\b"
    r"|予定|開催します|行います|実施します|開きます|開催いたします|次回",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:was|were|took place|held|hosted|visited|gathered|met|attended|convened|organi[sz]ed)\b"
    r"|(?:まし|れ|い|し|っ)た|開かれ、|行われ、|集まり、|開催され、",
    re.IGNORECASE,
)

SCHEDULE_LABEL = re.compile(
    r"^[\s\-*+・■●◆○◇□▼|]*\**(?P<label>dates?(?: (?:and|&) (?:times?|venue|place))?|when"
    r"|date/time|event dates?|日\s?時|日\s?程|開催日時?|開催期間|会\s?期|実施日時?|期\s?日)"
    r"\**\s*[:|]\**",
    re.IGNORECASE,
)
"""How a line begins that says when something takes place."""
SURE_LABEL = re.compile(r"日\s?時|開催|会\s?期|実施日|when|event|time|venue|place", re.IGNORECASE)
"""Labels that no date of publication bears."""
SCHEDULE_COLUMN = re.compile(
    r"^\**(?:dates?|days?|when|date and time|schedule|日時|日程|開催日|日付|月日|期日)\**$",
    re.IGNORECASE,
)
BESIDE_SCHEDULE = re.compile(
    r"^[\s\-*+・■●◆○◇□▼|]*\**(?:venues?|places?|locations?|where|time|speakers?|programme?|agenda"
    r"|会\s?場|場\s?所|開催地|開催場所|講\s?師|登壇者|プログラム|参加費|定\s?員|形\s?式)\**\s*[:|]",
    re.IGNORECASE | re.MULTILINE,
)
"""What stands beside the date of an occasion and beside no date of publication."""


def kinds_in(text: str) -> tuple[str, ...]:
    """Give the kinds of occasion that a text names; its widths are folded."""
    return tuple(name for name, words in _KIND_PATTERNS if words.search(text))

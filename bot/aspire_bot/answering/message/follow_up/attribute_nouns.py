"""Nouns that name something of what is spoken of: its deadline, its chair, its venue. Pure.

唐松公募の締切はいつ, then 上限額は: not the ceiling of the deadline but that of the call is meant.
"""

import re

_JA = (
    r"締切日?|締め切り|〆切|期限|期日|日程|日時|日付|開催日|開始日|時期|期間|時間|場所|会場|開催地"
    r"|司会者?|議長|座長|進行役?|講演者|登壇者|発表者|講師|参加者|出席者|主催者?|共催者?|担当者?|責任者|代表者"
    r"|審査員|委員長?|メンバー|上限額?|下限額?|金額|総額|予算(?:額|規模)?|参加費|費用|人数|件数|参加人数"
    r"|採択件数|採択率|倍率|定員|目的|目標|趣旨|内容|テーマ|議題|議論|結果|成果|結論|主題|言語|対象|対象者"
    r"|条件|要件|資格|応募資格|応募要件|応募方法|申込方法|様式|書類|必要書類|提出先|提出方法|連絡先|窓口"
    r"|問い合わせ先|審査基準|評価基準|(?:対象|応募|研究|重点)(?:分野|領域|国)|(?:電話|内線)(?:番号)?"
    r"|(?:メール)?アドレス"
)
_EN = (
    r"(?:application |submission |closing |opening |start |end )?"
    r"(?:deadline|date|time|period|duration|length"
    r"|venue|place|location|chair|chairperson|moderator|speakers?|host|organi[sz]ers?"
    r"|contact(?: person)?"
    r"|leader|director|officer|budget|ceiling|limit|amount|fee|cost|size|number of \w+"
    r"|participants?"
    r"|attendees|goals?|aims?|purpose|topics?|themes?|agenda|results?|outcomes?|conditions?"
    r"|requirements?"
    r"|eligibility|forms?|documents|language|criteria|page limit|success rate|scope|title)"
)
ATTRIBUTE_JA = re.compile(rf"(?:{_JA})")
"""Matched against a whole noun."""
ATTRIBUTE_EN = re.compile(_EN, re.IGNORECASE)
PERSON_EN = re.compile(
    r"chair(?:person)?|moderator|speakers?|host|organi[sz]ers?|contact(?: person)?|leader|director"
    r"|officer|participants?|attendees",
    re.IGNORECASE,
)
"""Those of `ATTRIBUTE_EN` that are people: who, not what."""
_ENDS_JA = re.compile(rf"(?:{_JA})$")
_REACHED_BY = r"(?:e-?mail|telephone|phone|fax)(?: number| address)?"
_WITH_KIND_EN = re.compile(
    rf"(?:(?-i:[a-z][a-z-]+)\s+){{0,2}}(?:{_EN}|{_REACHED_BY})", re.IGNORECASE
)
_OF_JA = re.compile(rf"(?P<owner>.{{2,}})の(?P<attribute>{_JA})")
_OF_EN = re.compile(
    rf"the (?P<attribute>{_EN}) (?P<of>of|for|at|in) (?P<owner>(?:the |an? )?.{{3,}})",
    re.IGNORECASE,
)


def owner_ja(noun: str) -> str | None:
    """Give what a Japanese noun phrase names an attribute of: 唐松公募 of 唐松公募の締切."""
    found = _OF_JA.fullmatch(noun)
    return found["owner"] if found else None


def owner_en(noun: str) -> str | None:
    """Give the same of an English one: "the Larch call" of "the deadline of the Larch call"."""
    found = _OF_EN.fullmatch(noun)
    return found["owner"] if found else None


def ends_in_attribute_ja(noun: str) -> bool:
    """Whether a Japanese noun names an attribute, of whichever kind: 研究期間, 採択予定件数."""
    return _ENDS_JA.search(noun) is not None


def is_attribute_en(noun: str) -> bool:
    """Whether an English noun does, and no name says of what: "project size", no "AMED budget"."""
    return _WITH_KIND_EN.fullmatch(noun) is not None

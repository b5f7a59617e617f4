"""Messages that ask of the documents by their verb, whatever they seem to be. Pure.

"Walk me through the deadlines" orders to be told what documents say, and 審査の流れを整理して does:
no deed is wanted. "May I use ChatGPT?" asks what an applicant may do, and not who answers.
"""

import re

_LEAD_EN = (
    r"(?:(?:hi|hello|please|pls|kindly|ok|so|and|just|briefly|quickly|(?:can|could|would|will) you"
    r"|i(?:['’]d| would) like you to|i need you to)\b[\s,]*)*"
)
_A_SUMMARY_EN = (
    r"(?:an?|the) (?:[\w-]+ ){0,2}?(?:overview|summary|outline|run-?down|recap|list|breakdown|table"
    r"|timeline|comparison) of"
)
_TELL_EN = re.compile(
    rf"^\W*{_LEAD_EN}(?:summari[sz]e|sum up|outline|recap|recapitulate|describe|list|compare|detail"
    r"|spell out|lay out|set out|break down|go (?:over|through)|run through|elaborate on"
    r"|(?:walk|take|run|talk|guide|lead) (?:me|us) through|(?:brief|update) (?:me|us) on"
    r"|(?:fill|catch) (?:me|us) (?:in|up) on|(?:give|get|make) (?:me|us) "
    rf"{_A_SUMMARY_EN}|(?:put together|draw up|make|prepare|compile|create) {_A_SUMMARY_EN})"
    r"\s+(?!(?:it|this|that|these|those|my|our|your(?:self)?|him|her|them|what (?:you|we|i)"
    r"|(?:the )?(?:above|thread|conversation|chat|channel|discussion|attach\w+|files?))\b)\w"
    r"(?!.*\b(?:something you|you (?:can|do)|able to|possible|i(?:['’]m|['’]ve)?|am)\b)",
    re.IGNORECASE,
)
_TELL_JA = re.compile(
    r"(?P<of>[^。?？\n]{2,60}?)(?:を|について|に関して|の)"
    r"(?:簡単|簡潔|手短|短|ざっと|表|一覧|箇条書き|順)?[にくで]?、?"
    r"(?:要約|まとめ|整理|比較|列挙|概説|解説|説明|紹介|一覧|箇条書き|リスト(?:アップ|化)?)"
    r"(?:に?し)?(?:て|を?(?:お願い|ください|下さい|頼))[^。?？]{0,12}[。?？!！]?\s*$"
)
_ONES_OWN_JA = re.compile(
    r"私の|自分の|うちの|(?:この|その|さっきの|今の)(?:スレッド|会話|チャンネル|やりとり|議論|話|ファイル)"
    r"|^(?:これ|それ|上記|以上|ここまで|添付)|(?:議事録|提案書|申請書|報告書|資料|スライド)$"
)
_BOT = r"you|yourself|bot|assistant|here|this|in (?:english|japanese)|english|japanese"
_MAY_USE_EN = re.compile(
    r"^\W*(?:and |so |but )?(?:(?:may|can|could|should|must) (?:i|we|one|applicants?|researchers)"
    r"|(?:am i|are we|are applicants) (?:allowed|permitted) to"
    r"|is it (?:ok(?:ay)?|allowed|permitted|fine) to)"
    rf"\s+(?:also |still )?(?:use|employ|rely on)\b(?!.*\b(?:{_BOT})\b)\s*\w",
    re.IGNORECASE,
)
_MAY_USE_JA = re.compile(
    r"^(?!.*(?:あなた|ボット|bot|ここで|日本語|英語)).{2,60}?を?"
    r"(?:使|利用し|用い|活用し)(?:っ?て(?:も)?(?:よ|い[いか]|良|構|か?ま|大丈夫|OK)|える|えます|うことは)"
)
_WISHES = re.compile(
    r"^\W*(?:(?:hi|hello|so|and|ok)\b[\s,]*)*(?:we|i)(?:['’]d| would)? (?:also )?"
    r"(?:like|love|want|wish|need|plan|intend|hope|have|are planning|am planning) to\b"
    r"|たい(?:の|ん)?(?:です|だ|と(?:思|考え))[^。?？]{0,8}[。]?\s*$",
    re.IGNORECASE,
)


def wishes(text: str) -> bool:
    """Whether a message says what its author would like to do: no deed of the bot is wanted."""
    return _WISHES.search(text) is not None


def asks_by_verb(text: str) -> bool:
    """Whether a message orders to be told something, or asks what one may use."""
    told = _TELL_JA.search(text)
    is_told = told is not None and not _ONES_OWN_JA.search(told["of"])
    is_told = is_told or _TELL_EN.match(text) is not None
    return is_told or bool(_MAY_USE_EN.match(text) or _MAY_USE_JA.match(text))

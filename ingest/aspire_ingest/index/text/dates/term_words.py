"""Words that say which date is a deadline, an opening or of a validity. English, Japanese. Pure.

All patterns are for text whose widths are folded. The words are of the languages, not of any
document.
"""

import re
from typing import Literal

from aspire_ingest.index.text.dates import occasion_words
from aspire_ingest.index.text.dates.hours import BARE_HOUR
from aspire_ingest.index.text.dates.zones import ZONE

Role = Literal["deadline", "opening", "window", "validity"]
"""What a date is, as a label or a sentence says; a window has both ends."""

_APPLYING_JA = r"(?:応募|申請|出願|公募|募集|受け?付け?|提案|申し?込み?|エントリー|課題募集)"
_HANDING_IN_JA = rf"(?:{_APPLYING_JA}|提出|登録|送付|届け?出|報告|回答|投稿|推薦|参加申込)"

DEADLINE = re.compile(
    r"\b(?:deadlines?|due(?! to\b)(?: dates?)?|closing dates?|cut-?off(?: dates?)?"
    r"|(?:no|not) later than|last (?:day|date) (?:to|for|of))\b"
    rf"|締切日?|締め?切|〆切|(?<!有効)期限|必着|{_APPLYING_JA}を?(?:終了|締め?切)",
    re.IGNORECASE,
)
"""Says that something has to be done by a date."""
CLOSES = re.compile(
    r"\b(?:clos(?:e|es|ed|ing(?= on\b))|shuts?)\b(?! to\b|-)"
    r"|\b(?:call|window|submission|application|nomination|registration)s?\b[^.;]{0,30}?"
    r"\b(?:ends?|ending) on\b"
    r"|(?:に|で|をもって|まで|分|時)(?:終わり|終わる|終え|終了(?!時)|画面が閉|自動的に閉|閉じ|閉め|締ま)",
    re.IGNORECASE,
)
"""The same of what has terms; shops close too."""
OPENING = re.compile(
    r"\b(?:opens?|opened|opening(?: dates?)?(?! ceremon| remark| session| address| speech| hours)"
    r"|(?:start|begin)s? accepting|accept(?:s|ed|ing)?(?: \w+){0,2} (?:from|as of)"
    r"|(?:applications?|submissions?|calls?) (?:start|begin)s?"
    r"|go(?:es)? (?:live|online)|(?:open|online|possible|available)(?: \w+){0,2} since"
    r"|possible (?:from|as of))\b"
    rf"|{_APPLYING_JA}(?:の|を)?(?:開始|始め|スタート)|{_APPLYING_JA}は[^、。]{{0,30}}?開始"
    rf"|{_APPLYING_JA}[はが][^、。]{{0,30}}?(?:に|から|より)(?:始|開始|開[きくけい])"
    rf"|から{_APPLYING_JA}|から[^。]{{0,20}}?(?:{_APPLYING_JA}|提出|入力|登録|送信)[^。]{{0,4}}でき",
    re.IGNORECASE,
)
"""Says that something can be applied for from a date on."""
VALIDITY = re.compile(
    r"\b(?:valid|validity|effective|in force|into force|takes? effect|expir(?:e|es|ed|y|ation))\b"
    r"|有効期限|有効期間|(?<!消印)(?<!当日)有効|適用期間|適用|施行|失効",
    re.IGNORECASE,
)
"""Says from when or until when something holds."""
VALIDITY_ENDS = re.compile(r"\b(?:until|till|through|expir\w*)\b|有効期限|まで|失効", re.IGNORECASE)

OTHER = re.compile(
    r"\b(?:publish\w*|post(?:ed|s)\b|releas\w+|announc\w+|issued|updated|revised|amended"
    r"|adopted|decided|approved|established|founded|born|signed|notif\w+|informed|results?"
    r"|interview(?:s|ed|ees)?|reviewed|screen\w*|selected|selection|decisions?|verdict|jury"
    r"|(?:projects?|grants?|fellowships?|networks?|work) (?:can|may|will|to|must|should)"
    r" (?:start|begin)"
    r"|(?:research|project|contract|support|grant|funding|stay|visit|travel|internship|training)"
    r" (?:periods?|starts?|begins?|ends?)|(?:projects?|research|stays?|visits?) (?:starts?|begins?"
    r"|ends?|runs?|lasts?)|held|takes? place|took place)\b"
    r"|\b(?:informed|told|know|hear) by\b|\b(?:start|begin)s? no\b|\be-?mails? will be\b"
    r"|連絡(?:いた)?し|連絡があ|お知らせし|返却|消去|休館|閉館|改装|贈呈|授賞|着任|講習会|公表|公開|掲載|発表|更新|改訂|改正|採択|選考|審査|面接|結果|決定|通知|設立|署名|締結|契約"
    r"|(?:研究|実施|支援|委託|契約|助成|派遣|滞在|事業|開催|利用|雇用)(?:期間|開始)|開催|研究終了",
    re.IGNORECASE,
)
"""Says that a date is of a publication, a decision, a stay, an event: of no term."""

APPLYING = re.compile(
    r"\b(?:appl(?:y|ies|ied|ying)|applications?|applicants?|proposals?|calls?|nominat\w+|entries|bids?"
    rf"|letters? of intent|pre-?proposals?|open to)\b|{_APPLYING_JA}",
    re.IGNORECASE,
)
"""Says that something can be applied for."""
SCHEME = re.compile(
    r"\b(?:fellowships?|grants?(?![ -](?:writ|hold|agree))|scholarships?|awards?|prizes?|medals?"
    r"|bursar(?:y|ies)|stipends?|professorships?)\b|助成|フェローシップ|奨励研究|奨励費|奨学|賞(?![与味賛])|候補者|支援事業|派遣事業",
    re.IGNORECASE,
)
"""A title that says that the document is of something to be had: what closes in it is its call."""
OF_REPORTS = re.compile(r"\breports?\b|\breporting\b|報告", re.IGNORECASE)
"""A title that says that the document is for those who have a grant."""
INTERNAL = re.compile(
    r"\b(?:internal|in-house|dean|deanery|(?:the|your|my|our) (?:faculty|department)"
    r"|head of department|research office|our office)\b"
    r"|学内|校内|院内|所内|部局内|社内|研究推進課|研究支援課|事務部",
    re.IGNORECASE,
)
"""Says that somebody's own institution wants it by then, and nobody whom one applies to."""
_WRONG = r"(?:wrong(?:ly)?|incorrect(?:ly)?|erroneous(?:ly)?|mistaken(?:ly)?)"
MISPRINTED = re.compile(
    rf"\b(?:dates?|days?|deadlines?)\b[^.;]{{0,60}}\b{_WRONG}\b|\bmisprint\w*"
    rf"|\b{_WRONG} (?:\w+ ){{0,2}}(?:dates?|days?|deadlines?)\b"
    r"|誤[植記]|(?<![一-龠])\(?誤\)?[:は\s]|(?:締め?切|期限|期日|日付|日程)[^。]{0,30}誤(?:って|り(?!の?(?:ない|無)))",
    re.IGNORECASE,
)
"""Says that a date was never right."""
IT_SAYS = re.compile(
    r"\s*(?:it|the (?:page|text|table|guidelines?)) (?:says?|said|states?|stated|gives?|gave)\b",
    re.IGNORECASE,
)
"""Begins a sentence that tells what stands elsewhere."""
CORRECT = re.compile(
    r"\b(?:right|correct|proper) (?:closing )?(?:date|day|deadline)\b|\bshould read\b"
    r"|正しく|(?<![一-龠])\(?正\)?[:は\s]",
    re.IGNORECASE,
)
"""Says which date is meant."""
CHANGED_FROM = re.compile(
    r"(?:変更|延長|訂正|修正)前|\b(?:old|previous|former|original) (?:date|deadline|closing date)\b"
    r"|^\W*(?:before|旧)\W*[:|]",
    re.IGNORECASE,
)
CHANGED_TO = re.compile(
    r"(?:変更|延長|訂正|修正)後|\b(?:new|extended|revised) (?:date|deadline|closing date)\b"
    r"|^\W*(?:after|now|新)\W*[:|]",
    re.IGNORECASE,
)
"""Labels of the two dates of a change that the words above tell of."""
CLOSED_HOUSE = re.compile(
    r"\b(?:offices?|rooms?|library|museum|wing|counter|secretariat|building|desk|shop|canteen)\b"
    r"[^.;]{0,40}\b(?:closed?|closes|shut)\b"
    r"|\bclosed for (?!(?:\w+ )?(?:applications|submissions|proposals|nominations|entries)\b)"
    r"|休館|閉館|閉室|休業",
    re.IGNORECASE,
)
"""Says that a house is shut, and no call."""
IMPOSSIBLE = re.compile(
    r"できな|できません|\b(?:cannot|impossible|unavailable|out of order)\b", re.IGNORECASE
)
"""Says of a span that nothing can be done in it."""
UNTIL_WHEN = re.compile(r"\b(?:until|till|by) when\b|いつまで|何日まで", re.IGNORECASE)
FROM_WHEN = re.compile(r"\b(?:from|since) when\b|いつから|何日から", re.IGNORECASE)
"""What a question asks whose answer is but a date."""
NO_CALL = re.compile(
    r"\bregist\w+|\bsign(?:-| )?up|\brsvp\b|\b(?:call|meeting|conference) link\b|\bphone\b"
    r"|参加申し?込み?|参加登録|申込(?!書)|聴講",
    re.IGNORECASE,
)
"""Says that it is a place at an event, and no call."""
FIRST_STEP = re.compile(
    r"\b(?:letters?|registrations?|declarations?|notices?|notifications?) of intent\b"
    r"|\bEOIs?\b|\bLOIs?\b|\bexpressions? of interest\b|\bpre-?proposals?\b|\bconcept notes?\b"
    r"|\babstract registration\b"
    r"|\b(?:outline|preliminary) (?:proposals?|applications?)\b"
    r"|(?:意向|参加|応募)(?:表明|確認|意思)書?|参加の?意[思向]|関心表明|(?:概要|予備|プレ)(?:提案|申請)書?|事前相談",
    re.IGNORECASE,
)
"""What is handed in before a proposal, where a proposal is handed in."""
CALLED = re.compile(
    rf"\b(?:appl(?:y|ications?)|(?:pre-?)?proposals?|calls?|nominations?|bids?|entr(?:y|ies))\b"
    rf"|{FIRST_STEP.pattern}|応募|申請|出願|公募|募集|提案|エントリー",
    re.IGNORECASE,
)
"""What is handed in by who applies: 受付 and "submitted" are said of anything."""
OF_APPLICANTS = re.compile(
    r"\b(?:questions?|quer(?:y|ies)|[ei]nquir(?:y|ies)|reopen|withdraw(?:n|als?)?|re-?submi\w+|repl(?:y|ies)"
    r"|camera-ready"
    r"|rebuttals?|claim(?:s|ed)?|reimburse\w*|invoices?|receipts?|reports?|financial statements?"
    r"|deliverables?|agreements?|contracts?|unspent|refund\w*|repa(?:y|id)\w*"
    r"|early[- ]bird|payments?|countersign\w*|tickets?"
    r"|postponements?|deferrals?|safety forms?|carr(?:y|ied|ying)[ -]?over)\b"
    r"|返送|返信|出欠|出席|承諾|受諾|納付|支払|払い?込|お払い|振込|参加費|受講料|早期割引|(?:変更|延長|承認)申請|変更届"
    r"|利用継続|更新願|証明書|旅券|交付申請|工事|遂行状況|予稿|スライド|発表資料|ご一報|推薦文"
    r"|質問|問い?合わ?せ|照会|差し?替え|修正|訂正|取り?下げ|辞退|報告書|精算|請求書|領収書|契約書|同意書|繰り?越|返還|返納|残額",
    re.IGNORECASE,
)
"""What else those do who apply or who have a grant: by then nobody can apply."""
BESIDE_APPLICATIONS = re.compile(
    r"\b(?:references?|referees?|letters? of (?:support|recommendation|reference)"
    r"|(?:supporting|host|support|reference) letters?|transcripts?|recommend(?:ers?|ations?)"
    r"|fees?)\b|推薦状",
    re.IGNORECASE,
)
"""What may come with an application or by itself: "with two references", "references are due"."""
FROM_BEFORE = re.compile(
    r"\b(?:from|as of|starting(?: on| from)?|beginning(?: on)?|since)\s+(?:the\s)?(?:\w+day,?\s)?$",
    re.IGNORECASE,
)
FROM_BEHIND = re.compile(
    r"\s?(?:\([月火水木金土日](?:曜日?)?(?:[・、]?祝)?\))?[\s、]?"
    rf"(?:(?:の)?(?:{BARE_HOUR}|午前|午後|\s)){{0,4}}(?:以降|から|より)(?!.{{0,16}}まで)"
)
"""Around a date from which on something can be done."""
NO_DAY_BEHIND = re.compile(
    r"\s+(?:following|after|before|preceding) (?:the|its|your|their|each|every) (?:\w+ ){0,3}?"
    r"(?:end|start|close|completion|expiry|award|signature|year|report|period|project)\b"
    r"|\s+of the (?:year (?:after|following)|(?:following|next|preceding) (?:\w+ )?year)\b",
    re.IGNORECASE,
)
NO_DAY_BEFORE = re.compile(
    r"(?:(?:翌|次)(?:年度?|事業年度|会計年度)|(?:終了|完了|締結|採択|開始)(?:後|日?の翌年度?))の?\s?$"
)
"""A day of the year after something: which year that is, no day of publication tells."""
YEARLY = re.compile(
    r"\b(?:each|every) (?:\w+ )?year\b|\bannually\b|\byearly\b|毎(?:年|年度|事業年度|会計年度)",
    re.IGNORECASE,
)
"""Is due in each year of a grant: nobody applies for it."""
CLAUSES = re.compile(r"[;|、()]|,\s(?:and|but|while|whereas)\s", re.IGNORECASE)
"""Where one thing that is done ends and the next one begins."""
HAS_DONE_EN = re.compile(
    r"\b(?:who|that|which)\s+(?:(?:have|has|had|were|was|already)\s+)*"
    r"(?:submitted|sent|applied|registered|received|filed)\b[^,;]{0,60}\bbefore\s+(?:the\s+)?$",
    re.IGNORECASE,
)
HAS_DONE_JA = re.compile(
    r"\s?(?:\([月火水木金土日]\))?(?:まで|以前)に?(?:提出|申請|応募|申し?込|登録|送付)"
    r"(?:した|された|し(?:て|た)いる|済みの|んだ)(?:方|人|者|場合|もの|申請|提案|課題|書類)"
)
"""Around a date: who did something before it, and no term: "who applied before 5 May"."""
HANDING_IN = re.compile(
    r"\b(?:submit\w*|submissions?|send|sent|hand(?:ed)? in|file[ds]?|upload\w*|return(?:ed)?"
    r"|appl(?:y|ications?)|nominat\w+|regist\w+|proposals?|reports?|accept(?:ed|s)?|receiv\w+"
    r"|deliver(?:ed)?|complete[ds]?|sign up|reach(?:es)?|arrive[ds]?|lodged?|be in|inbox|receipt"
    r"|deposit(?:ed)?|requests?|entries)\b"
    rf"|{FIRST_STEP.pattern}|{_HANDING_IN_JA}|お送り|到着|アップロード|お出し",
    re.IGNORECASE,
)
"""Says what is done by a date: "submitted until 3 May", 5月3日までに提出."""
_NO_HANDING_IN = (
    r"者|会(?!期)|書|数|件|説明|相談|採択|課題|テーマ|チーム|グループ|機関|企業|要[項領]|状況|内容|向け|対象|で(?!き)"
    r"|の(?!期間|受付|受け付け|募集|締|開始|提出)"
    r"|[\s-]+(?:writ|read|author|meeting|workshop|clinic|seminar|session|desk|forum|training|day|team"
    r"|camp|retreat|review)"
)
"""Behind a word that says what is handed in: it names who does so, or an event: 応募者, 報告会."""
TAKEN_IN = re.compile(rf"(?:{HANDING_IN.pattern})(?!{_NO_HANDING_IN})", re.IGNORECASE)
"""Says what is done within a window: "submitted from 1 to 30 June", 30日まで提案を受付."""
BY_BEFORE = re.compile(
    r"\b(?:by|until|till|before|up to|through|(?:no|not) later than)\s+"
    rf"(?:(?:{BARE_HOUR}|at|on|the|end|of|local|time|close|business|latest|sharp|\(?{ZONE}\)?"
    r"|(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?)[,)]?\s+)*$",
    re.IGNORECASE,
)
"""What stands before a date by which something is done."""
BY_BEHIND = re.compile(
    r"\s?(?:\([月火水木金土日](?:曜日?)?(?:[・、]?祝)?\))?[\s、]?"
    rf"(?:(?:の)?(?:{BARE_HOUR}|午前|午後|\(?{ZONE}\)?|\s)){{0,6}}"
    r"(?:末)?(?:まで|迄|必着|消印有効|締切|〆切|締め切り?)",
    re.IGNORECASE,
)
"""The same behind a Japanese date."""

PAST = re.compile(
    rf"{occasion_words.PAST.pattern}|\b(?:closed|opened|ended|expired)\b", re.IGNORECASE
)
"""Says that a term is over, or has begun."""

_WEEKDAY = (
    r"(?:,?\s?\(?(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?\)?,?"
    r"|\s?\([月火水木金土日](?:曜日?)?(?:[・、]?祝)?\))?"
)
WINDOW_JOINT = re.compile(
    rf"{_WEEKDAY}\s?(?:[,、の]?\s?(?:at\s)?\(?{BARE_HOUR}\)?)?\s?"
    r"(?:-|~|to\b|through\b|until\b|till\b|から|より)\s?(?:at\s)?"
    rf"(?:{BARE_HOUR}[\s,])?\s?(?:on\s)?(?:the\s)?{_WEEKDAY}\s?",
    re.IGNORECASE,
)
"""What joins the two ends of a window."""
WINDOW_SIGN = re.compile(r"-|~|\b(?:to|through|until|till)\b|から|より", re.IGNORECASE)
"""What stands between them, behind the hour of the first and before that of the last."""

_DEADLINE_LABEL = (
    r"(?:[\w' -]{0,40}\b)?(?:deadline|due(?: date)?|closing date|closes|close|closing|until"
    r"|end of (?:applications?|submissions?))(?:\s(?:for|of)\s[\w' -]{1,40})?"
    rf"|{FIRST_STEP.pattern}|(?:(?:full|outline|final|main) )?(?:proposals?|applications?)"
    r"(?: submissions?)?|(?:(?:paper|full paper|abstract|proposal|application) )?submissions?"
    r"|意向(?:表明|確認)?書(?:の?提出)?|(?:概要|計画|提案|申請)書の?提出"
    rf"|{_APPLYING_JA}(?:が|を)(?:閉じ|締め?切|終わ)る日"
    r"|(?:本|正式|詳細|フル)?(?:提案書?|申請書?|応募書類|願書|申し?込み?書?|プロポーザル)(?:の?(?:提出|受付|送付))?"
    r"|[^:|、。]{0,14}(?:締切日?|締め切り?|〆切|期限|締切日時|必着)"
)
_OPENING_LABEL = (
    r"(?:[\w' -]{0,30}\b)?(?:opens?|opening(?: date)?|open from"
    r"|start of (?:applications?|submissions?))"
    rf"|[^:|、。]{{0,8}}{_APPLYING_JA}(?:の)?開始日?(?:時)?"
    rf"|{_APPLYING_JA}(?:が|を)(?:始ま|開け?く?)る日"
)
_WINDOW_LABEL = (
    r"(?:[\w' -]{0,30}\b)?(?:(?:application|submission|call|registration|nomination|entry)"
    r" (?:period|window|dates)|window)"
    r"|[^:|、。]{0,8}(?:募集|公募|応募|申請|受付|申込|提案|提出|登録)(?:受付)?(?:期間|期日)"
)
_VALIDITY_LABEL = (
    r"(?:[\w' -]{0,20}\b)?(?:valid(?:ity)?(?: period)?|valid (?:from|until|through)"
    r"|expiry(?: date)?"
    r"|expires|effective(?: date| from)?)|[^:|、。]{0,8}"
    r"(?:有効期限|有効期間|適用期間|適用開始日?|施行日)"
)


def _label(words: str) -> re.Pattern[str]:
    return re.compile(
        rf"^[\s\-*+・■●◆○◇□▼|]*(?:\(?[\d一二三四五六]{{1,2}}[.)、]\s?)?\**(?P<label>{words})(?:\s?\([^()|]{{1,40}}\))?\**\s*(?:[:|]|(?<=[一-龠み])\s*$)\**",
        re.IGNORECASE,
    )


LABELS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("window", _label(_WINDOW_LABEL)),
    ("validity", _label(_VALIDITY_LABEL)),
    ("opening", _label(_OPENING_LABEL)),
    ("deadline", _label(_DEADLINE_LABEL)),
)
"""How a line, a row or the head of a column begins that says a term."""

EXTENDED = re.compile(
    r"\bextend\w*|\bextension\b|\bpostpon\w+|\bmoved\b|延長|延期|変更", re.IGNORECASE
)
"""Says that a term is another one now."""
FORMER_BEFORE = re.compile(
    r"\b(?:from|originally|original|initially|previous(?:ly)?|instead of|formerly|of)\s+"
    r"(?:(?:the|on)\s+)?$|(?:当初|従来|旧)(?:の)?[^、。\d]{0,10}$",
    re.IGNORECASE,
)
FORMER_BEHIND = re.compile(r"\s?(?:\([月火水木金土日]\))?\s?(?:から|より)(?!.{0,4}(?:受付|募集))")
"""What marks the date that it was before."""

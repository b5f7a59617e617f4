"""What kind of value a question asks for, and whether a piece of text holds one.

Pure. English and Japanese; patterns are of the languages, not of any document.
"""

import re
from collections.abc import Callable
from enum import StrEnum

from aspire_ingest.index.text.analysis import canonical_terms


class Expectation(StrEnum):
    """A kind of value that an answer must hold."""

    PERSON = "person"
    PEOPLE = "people"
    DATE = "date"
    PLACE = "place"
    MONEY = "money"
    COUNT = "count"
    DURATION = "duration"
    PERIOD = "period"
    SHARE = "share"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "url"
    MEANING = "meaning"
    LISTING = "listing"
    DECISION = "decision"
    STATUS = "status"


_ASKS: tuple[tuple[Expectation, str], ...] = (
    (Expectation.PHONE, r"\b(tele)?phone\b|\bcall (you|them)\b|電話"),
    (Expectation.EMAIL, r"\be-?mail address|\be-?mail\b.*\?|メールアドレス|メアド"),
    (
        Expectation.ADDRESS,
        r"\burl\b|\bweb ?(site|page) address|\blink to\b|ウェブサイト|ホームページのアドレス",
    ),
    (
        Expectation.MEANING,
        r"\bstands? for\b|\b[A-Z]{3,10}\b\s*=|\babbreviat|\bacronym|\bspelt? out|何の略|略称|"
        r"正式名|の意味は|\bshort for\b",
    ),
    (
        Expectation.MONEY,
        r"\bhow much\b(?! (time|longer))|\bwhat (is|was|are) the (\w+ ){0,3}(amount|budget|"
        r"ceiling|price|cost|fee)\b|"
        r"\b(amount|budget|ceiling|upper limit|funding per|award size)\b.*\?|\bhow many (yen|"
        r"dollars|euros)|"
        r"\b(highest|maximum|lowest|minimum) (\w+ ){0,2}(price|amount|cost|fee)\b|"
        r"いくら|金額|何円|上限額|予算額|費用は|限度額|(研究費|予算|経費)の(上限|額)",
    ),
    (
        Expectation.SHARE,
        r"\bwhat (share|percentage|percent|proportion|rate)|\b(success|adoption|"
        r"indirect cost) rate\b|"
        r"何割|何%|何％|何パーセント|割合|採択率|比率",
    ),
    (
        Expectation.DURATION,
        r"\bhow long\b|\bhow many (\w+ )?(days|weeks|months|years)\b|\bhow old\b|"
        r"何(日|週|年)(間|まで|以内|以上|未満|前|続)|何(か|カ|ヶ|箇)月|何歳|どのくらいの期間",
    ),
    (
        Expectation.PERIOD,
        r"\b(what|which) (\w+ )?(period|duration)\b|\bby when\b|\bhow (soon|long before)\b|"
        r"期間は|いつから|いつまで|何日前",
    ),
    (
        Expectation.COUNT,
        r"\bhow many\b|\bnumber of\b|何(件|人|名|課題|社|か国|カ国|回|つ|校|機関|チーム|本|項目)|"
        r"いくつ|件数|人数",
    ),
    (
        Expectation.PEOPLE,
        r"\b(list|name|names of|who are|which)\b[^?]*\b"
        r"(pis?|principal investigators|speakers|people|persons|members|"
        r"officers|organi[sz]ers|participants|professors?|doctors?|directors?|advis[eo]rs)\b|氏名|"
        r"(研究代表者|登壇者|PI|講演者)は(誰|だれ)",
    ),
    (
        Expectation.PERSON,
        r"\bwho\b|\bwhose\b|\bwhom\b|誰|だれ|どなた|何という(人|方)",
    ),
    (
        Expectation.DATE,
        r"\bwhen\b|\bexact date|\bdates?\b.*\?|\b(what|which) (date|day|month|year|fiscal year|"
        r"time)\b|\bdeadline\b|\bdue (date|on)?\b|"
        r"\bsince when\b|\bby when\b|いつ|何日(?!間|まで|以内|前)|何月(?!間)|"
        r"何年(?!間|まで|以内|以上|未満|続)|期日|"
        r"締切|締め切り|〆切|日付|日程|日時",
    ),
    (
        Expectation.PLACE,
        r"\bwhere\b|\b(what|which) (place|city|country|countries|venue|location|building)\b|"
        r"\bvenue\b|"
        r"どこ|場所|会場|開催地|どの国|何処",
    ),
    (
        Expectation.LISTING,
        r"\blist\b|\bwhich (\w+ ){0,3}\w+s\b|\bwhat (\w+ ){0,2}(kinds|types|categories|themes|"
        r"goals|areas|fields|"
        r"conditions|requirements|points|steps|changes|items)\b|\bwhat are\b|\bname (the|all|some|"
        r"three|two)\b|"
        r"挙げて|一覧|列挙|すべて|全て|どのような.*(あり|種類)|どんな.*(あり|種類)|(課題|目標|"
        r"テーマ|分野|国|機関)は(何|どれ|どこ)",
    ),
    (
        Expectation.STATUS,
        r"\b(still|already|yet|currently)\b.*\b(open|closed|accept\w*|running|available)\b|"
        r"\b(open|closed) (now|yet)\b|受付中|募集中|まだ.*(応募|申請|受付)|(終わ|締め切られ)",
    ),
    (
        Expectation.DECISION,
        r"^(and |but |so |then )?(can|could|may|is|are|was|were|do|does|did|has|have|must|should|"
        r"will)\b|"
        r"(できますか|できるか|ですか|ますか|可能か|必要か|認められ)",
    ),
)
_ASK_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _ASKS)

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_TITLED_PERSON = re.compile(
    r"\b(?:Dr|Prof|Mr|Ms|Mrs|Professor|Sir|Dame)\b\.?\s+[A-Z]|"
    r"[一-龥々]{1,4}(?:\s?[一-龥々ァ-ヶー]{1,6})?\s?(?:先生|氏|教授|准教授|博士|部長|理事長?|室長|"
    r"課長|様|さん|PO|PD|課題\b)|"
    r"(?:教授|PO|PD|研究主幹|運営統括)の?[一-龥々]{2,5}"
)
_CAPITALISED_PAIR = re.compile(
    rf"\b(?!(?:{_MONTHS}|The|In|On|At|For|This|That|A|An|And)\b)[A-Z][a-zà-ÿ]+(?:\s[A-Z]\.)?\s"
    r"[A-Z][a-zà-ÿ]+(?:-[A-Z][a-z]+)?\b"
)
_COMMON_IN_NAMES_OF_THINGS = re.compile(
    r"\b(University|Institute|Agency|Center|Centre|Centers|Centres|Program|Programme|Research|"
    r"Science|Sciences|Technology|"
    r"Council|Office|Officer|Officers|Director|Scientists|Headquarters|Ministry|Society|"
    r"Department|Meeting|Project|"
    r"Call|Session|Workshop|Symposium|Annex|Field|Global|International|National|Japan|United|"
    r"States|Kingdom|Tokyo|"
    r"South|North|New|Standard|Time|Investigator|Principal|Engineering|Biology|Zone|Form|Table|"
    r"Section|Fiscal|Year)\b"
)
_BODY = re.compile(
    r"\b[A-Z]{3,6}\b|\b(?:Ministry|Agency|Council|Committee|University|Institute|"
    r"Foundation|Secretariat|office)\b|"
    r"省|機構|財団|大学|委員会|事務局|事務部門|所属機関"
)
_PLACE = re.compile(
    r"\b(?:at|in|near|to|from)\s+(?:the\s+)?[A-Z][A-Za-z]+|\bonline\b|\bvirtual|\bheadquartered\b|"
    r"\bUniversity\b|"
    r"[都道府県市区町村]|オンライン|会場|別館|ホール|大学|センター|対面|本部|にて|で開"
)
_NUMBER_WORD = re.compile(
    r"\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|"
    r"seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|hundred|dozen|both|no)\b|[0-9０-９]|"
    r"[一二三四五六七八九十百千両]\s?(?:つ|人|名|件|課題|か国|カ国|回|社|校|機関)|"
    r"全[一二三四五六七八九十0-9]",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\+?\d[\d()\s-]{7,}\d")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+|e-?mail|メール", re.IGNORECASE)
_URL = re.compile(r"https?://")
_ACRONYM = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?![A-Za-z])")
_CAPITAL = re.compile(r"[A-Z]")
_STATUS = re.compile(
    r"\b(closed|opened|opens|closes|ended|is open|was open|deadline|accepts?|accepted until)\b|"
    r"締切|締め切|終了|受付|募集期間",
    re.IGNORECASE,
)
_LISTING = re.compile(
    r"[,、・;:：].*(?:[,、・;]|\band\b|および|及び|と)|(?:first|second|third)\b|^\s*(?:[-*・]|"
    r"\d+[.)])|\|"
)


_CHOICE = re.compile(r"\b[A-Z][\w-]+,? or [A-Z][\w-]+|[A-Z]\w+(か|と)[A-Z]\w+の?(どちら|どっち)")
_INCLUDES: dict[Expectation, tuple[Expectation, ...]] = {
    Expectation.PERIOD: (Expectation.DURATION, Expectation.DATE),
    Expectation.DURATION: (Expectation.COUNT,),
    Expectation.MONEY: (Expectation.COUNT,),
    Expectation.PEOPLE: (Expectation.PERSON, Expectation.LISTING),
    Expectation.PHONE: (Expectation.COUNT,),
}
"""Kinds that another one, where both are asked for, already stands for."""


def expectations(question: str) -> tuple[Expectation, ...]:
    """Give the kinds of value a question asks for, most telling first; empty where it is open."""
    found = [kind for kind, pattern in _ASK_PATTERNS if pattern.search(question)]
    if _CHOICE.search(question):  # the answer is one of two that the question names
        found = [kind for kind in found if kind is not Expectation.PERSON]
    return tuple(kind for kind in found if not any(kind in _INCLUDES.get(k, ()) for k in found))


def holds(
    kind: Expectation,
    text: str,
    *,
    known: str = "",
    terms: frozenset[str] | None = None,
    known_terms: frozenset[str] | None = None,
) -> bool:
    """Say whether `text` holds a value of this kind that the question (`known`) does not hold.

    `terms` and `known_terms` are the canonical terms of both, where the caller has them: dates
    and amounts need not be read again then.
    """
    pattern = _CANONICAL.get(kind)
    if pattern is None:
        named = terms is not None and _ENTITIES.get(kind) in terms
        return named or _HOLDERS[kind](text, known)
    terms = frozenset(canonical_terms(text)) if terms is None else terms
    known_terms = frozenset(canonical_terms(known)) if known_terms is None else known_terms
    return any(pattern.match(term) for term in terms - known_terms)


def _has_person(text: str, known: str) -> bool:
    if any(match.group() not in known for match in _TITLED_PERSON.finditer(text)):
        return True
    return any(
        not _COMMON_IN_NAMES_OF_THINGS.search(match.group()) and match.group() not in known
        for match in _CAPITALISED_PAIR.finditer(text)
    )


def _has_body(text: str, known: str) -> bool:
    """Whether an organisation is named: it can be the answer to "who" as well."""
    return any(match.group() not in known for match in _BODY.finditer(text))


def _amount_of(*units: str) -> re.Pattern[str]:
    return re.compile(rf"n:[\d.]+(?:{'|'.join(units)})$")


_ENTITIES: dict[Expectation, str] = {
    Expectation.PERSON: "is:person",
    Expectation.PEOPLE: "is:person",
    Expectation.PLACE: "is:place",
}
"""Terms that analysis gives to Japanese text in which it knows a name of this kind."""

_LENGTHS = ("day", "business_day", "week", "month", "year", "hour", "minute", "night", "age")
_CANONICAL: dict[Expectation, re.Pattern[str]] = {
    Expectation.DATE: re.compile(r"d:|fy:"),
    Expectation.MONEY: _amount_of(
        "jpy", "usd", "eur", "gbp", "cad", "chf", "aud", "krw", "percent", ""
    ),
    Expectation.DURATION: _amount_of(*_LENGTHS),
    Expectation.PERIOD: re.compile(rf"d:|fy:|{_amount_of(*_LENGTHS).pattern}"),
    Expectation.SHARE: _amount_of("percent"),
}
"""Values that analysis already gives terms of their own, alike in all languages."""


def expands(acronym: str, text: str) -> bool:
    """Whether the capitals of the text spell the acronym, beside the acronym itself."""
    capitals = "".join(_CAPITAL.findall(text.replace(acronym, " ")))
    return acronym.upper() in capitals


def acronyms(text: str) -> tuple[str, ...]:
    """Give the words of a text that are written as acronyms."""
    return tuple(dict.fromkeys(_ACRONYM.findall(text)))


def _has_meaning(text: str, known: str) -> bool:
    asked = acronyms(known)
    if not asked:  # the short form of a name is asked for
        return bool(acronyms(text))
    return any(expands(acronym, text) for acronym in asked)


def _has(pattern: re.Pattern[str]) -> Callable[[str, str], bool]:
    return lambda text, _known: bool(pattern.search(text))


_HOLDERS: dict[Expectation, Callable[[str, str], bool]] = {
    Expectation.PERSON: lambda text, known: _has_person(text, known) or _has_body(text, known),
    Expectation.PEOPLE: _has_person,
    Expectation.PLACE: _has(_PLACE),
    Expectation.COUNT: _has(_NUMBER_WORD),
    Expectation.PHONE: _has(_PHONE),
    Expectation.EMAIL: _has(_EMAIL),
    Expectation.ADDRESS: _has(_URL),
    Expectation.MEANING: _has_meaning,
    Expectation.STATUS: _has(_STATUS),
    Expectation.LISTING: _has(_LISTING),
    Expectation.DECISION: lambda _text, _known: True,
}

"""How dates are written. All patterns are for text whose widths are folded.

Groups mean the same everywhere: year, month, day; last (last day of a range), last_month; era and
era_year (Japanese eras); also_year (the same year said again); fiscal.
"""

import re

MONTHS = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    "|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
MONTH_NUMBERS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
ERA_YEAR_ZERO = {
    "令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867,
    "R": 2018, "H": 1988, "S": 1925,
}  # fmt: skip
ERA_LONGEST = {
    "令和": 60,
    "平成": 31,
    "昭和": 64,
    "大正": 15,
    "明治": 45,
    "R": 60,
    "H": 31,
    "S": 64,
}

_MONTH = rf"(?<![A-Za-z])(?P<month>{MONTHS})(?![A-Za-z])\.?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_DAY = rf"(?P<day>[0-3]?\d){_ORDINAL}(?!\d|\.\d|,\d{{3}}(?!\d))"
_YEAR = r"(?P<year>[12]\d{3})(?!\d)"
_WEEKDAY = r"(?:,?\s?\(?(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?\)?)?"
_CLOSED = r"(?=,?\s[12]\d{3}(?!\d)|\s*(?:[.,;:)(]|$|in\b|at\b))"
_LAST = rf"(?P<last>[0-3]?\d){_ORDINAL}(?!\d|[.,]\d|\s(?:{MONTHS})\b)"
_OTHER = _LAST.replace("last", "other")
_TO_LAST = rf"(?:\s?(?:-|to\s|through\s|until\s)\s?{_LAST}|\s(?:and|&)\s{_OTHER}{_CLOSED})?"

MONTH_FIRST = re.compile(
    rf"{_MONTH}\s?{_DAY}{_TO_LAST}(?:{_WEEKDAY},?\s?(?<=[\s,]){_YEAR})?", re.IGNORECASE
)
DAY_FIRST = re.compile(
    rf"(?<![\dA-Za-z.,/:-])(?:(?P<first>[0-3]?\d){_ORDINAL}\s?(?:-|to\s|and\s|&\s)\s?)?"
    rf"{_DAY}\s?(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?",
    re.IGNORECASE,
)
MONTH_YEAR = re.compile(rf"{_MONTH},?[\s-](?:of\s)?{_YEAR}", re.IGNORECASE)
MONTH_ALONE = re.compile(
    r"(?<![A-Za-z])(?:"
    r"(?P<month>January|February|July|September|October|November|December"
    r"|(?<=\b[Ii]n )(?:April|May|March|June|August|Jan|Feb|Nov|Dec|Oct|Sept?)"
    r"|(?<=\b[Bb]y )(?:April|May|March|June|August)|(?<=\b[Oo]f )(?:April|May|March|June|August)"
    r"|(?<=\bsince )(?:April|May|March|June|August)|(?<=\buntil )(?:April|May|March|June|August)"
    r"|(?<=\bfrom )(?:April|May|March|June|August)|(?<=[Ee]arly )(?:April|May|March|June|August)"
    r"|(?<=[Ll]ate )(?:April|May|March|June|August)|(?<=mid-)(?:April|May|March|June|August)"
    r"|january|february|july|september|october|november|december))(?![A-Za-z])"
)
YEAR_FIRST = re.compile(
    rf"(?<![\dA-Za-z./-]){_YEAR}(?P<sign>[-/.])(?P<month>\d{{1,2}})"
    r"(?:(?P=sign)(?P<day>\d{1,2}))?(?!\d|[-/.]\d)"
)
YEAR_LAST = re.compile(rf"(?<![\d./-])(?P<one>\d{{1,2}})([/.])(?P<two>\d{{1,2}})\2{_YEAR}")

_SMALL = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_ERA = r"(?P<era>令和|平成|昭和|大正|明治)\s?(?P<era_year>元|\d{1,2}|[一二三四五六七八九十]{1,3})"
_NO_SPAN = r"(?!間|前(?!半|期)|以上|以下|以内|未満|ぶり|代|来(?!年)|目|余)"
_JA_YEAR = (
    rf"(?:{_ERA}(?:\s?年?\s?\((?P<also_year>[12]\d{{3}})年?\)\s?年?|\s?年)"
    r"|(?<!\d)(?P<year>[12]\d{3}|[一二][〇一二三四五六七八九]{3})"
    r"(?:\s?年?\s?\((?:令和|平成|昭和|R|H|S)\s?(?:元|\d{1,2})年?\)\s?年?|\s?年))"
)
_JA_DAY = rf"\s?(?P<day>{_SMALL})\s?日(?!間)"
_JA_LAST = (
    r"(?:\s?(?:\([月火水木金土日](?:曜日?)?(?:・祝)?\))?\s?(?:[-~]|から|・|、|と|及び)\s?"
    r"(?:(?P<last_month>\d{1,2})月)?(?P<last>\d{1,2})日(?!間))?"
)
JAPANESE = re.compile(
    rf"{_JA_YEAR}(?:(?P<fiscal>度)|{_NO_SPAN}"
    rf"(?:\s?(?P<month>{_SMALL})\s?月(?!間)(?:{_JA_DAY}{_JA_LAST})?)?)"
)
JAPANESE_SHORT = re.compile(
    r"(?<![A-Za-z0-9.])(?:(?P<era>[RHS])\.?\s?(?P<era_year>\d{1,2})"
    r"(?:\.(?P<dot_month>\d{1,2})\.(?P<dot_day>\d{1,2})(?![\d.])"
    r"|\s?年(?:(?P<fiscal>度)|(?:\s?(?P<month>\d{1,2})月(?:\s?(?P<day>\d{1,2})日)?)?))"
    r"|(?P<bare>R)(?P<bare_year>\d{1,2})(?=\s?[ぁ-んァ-ヶ一-龠](?<![値乗番号倍])|\s*$))"
)
JAPANESE_DAY = re.compile(rf"(?<!\d)(?<![\d/]年)(?P<month>{_SMALL})\s?月{_JA_DAY}{_JA_LAST}")
JAPANESE_MONTH = re.compile(r"(?<![\d一二三四五六七八九第])(?P<month>\d{1,2}|十[一二]?)月(?!間|曜)")

_MORE_FISCAL = r"(?P<more>(?:\s?(?:-|/|&|(?:and|to|or)\s)\s?(?:FY\s?)?[12]\d{3}(?![\d-]))*)"
FISCAL = re.compile(
    rf"(?<![A-Za-z])(?:(?:J?FY|F\.Y\.)\s?'?(?P<year>[12]\d{{3}}|\d{{2}})(?!\d){_MORE_FISCAL}"
    rf"|(?:fiscal|financial)\s(?:years?\s)?(?P<named_year>[12]\d{{3}})(?!\d)"
    r"|(?P<before_year>[12]\d{3})\s(?:fiscal|financial)\syear)",
    re.IGNORECASE,
)
JAPANESE_FISCAL_LIST = re.compile(
    r"(?P<era>令和|平成|R)?(?<!\d)(?P<list_first>\d{1,4})(?:年度?)?\s?(?:-|・|、|から|及び|と)\s?"
    r"(?P<list_last>\d{1,4})年度"
)
_COUNTED = (
    "yen|euros?|dollars?|pounds?|people|persons|participants|researchers|students|members|km|kg"
    "|applications|proposals|papers|projects|words|characters|hours|days|weeks|months|years|times"
    "|million|billion|thousand|per ?cent|articles|pages|items|copies|units|points|seats"
)
YEAR_ALONE = re.compile(
    r"(?<![\w.,/$¥€£#:+-])(?P<year>(?:19[5-9]|20[0-4])\d)(?:-(?P<last_year>20[0-4]\d))?"
    rf"(?!\w|[.,:]\d|[-/]\d|\s?%|\s(?:{_COUNTED})\b)"
)

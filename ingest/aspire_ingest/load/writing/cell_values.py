"""What kind of value a cell of a table says, told from its text alone. Pure."""

import re
import unicodedata
from typing import Literal

ValueKind = Literal["", "number", "share", "date", "address"]
"""`share` is a percentage; `address` one of the web, of mail or a telephone; "" what is a name."""
_UNIT = (
    r"(?:[千百十万億兆]{0,2}(?:円|人|名|件|日|泊|回|か月|ヶ月|年|時間|点|部|冊|枚|台|頁|ページ)?(?:間|以内|以下|以上|まで)?"
    r"|(?:k|m|bn|thousand|million|billion)?\s*(?:yen|jpy|usd|eur|gbp|euros?|dollars?)?"
    r"|km|kg|cm|mm|m|g|days?|weeks?|months?|years?|hours?|nights?|people|persons?|pages?|points?)"
)
_KINDS: tuple[tuple[ValueKind, re.Pattern[str]], ...] = (
    ("share", re.compile(r"[約+\-−]?\s*\d[\d,.]*\s*(?:%|percent|パーセント)(?:以内|以下|以上)?")),
    ("date", re.compile(
        r"(?:(?:19|20)\d\d|(?:令和|平成|昭和|[RHS])\s?(?:\d{1,2}|元))\s?[-/.年]\s?\d{1,2}"
        r"(?:\s?[-/.月]\s?\d{1,2}日?|月)?(?:\s?\(.\))?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?"
        r"|\d{1,2}[/.]\d{1,2}[/.](?:19|20)?\d\d|\d{1,2}月\d{1,2}日(?:\(.\))?|\d{1,2}:\d\d"
        r"|(?:\d{1,2}(?:st|nd|rd|th)?\s+)?[A-Z][a-z]{2,8}\.?(?:\s+\d{1,2})?,?\s+(?:19|20)\d\d"
    )),
    ("address", re.compile(
        r"https?://\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
        r"|(?:\+\d{1,3}[- ]?)?\(?\d{1,5}\)?[- ]\d{1,4}-\d{3,4}"
    )),
    ("number", re.compile(
        rf"(?:[約¥$€£△▲+\-−]|jpy|usd|eur)?\s*[¥$€£]?\s*\d[\d,.]*\s*{_UNIT}", re.IGNORECASE
    )),
)  # fmt: skip
_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?)?")


def kind_of_value(text: str) -> ValueKind:
    """The kind of value that a whole cell says; a year alone is a name, as of a column."""
    line = unicodedata.normalize("NFKC", text).strip()
    if not line or _YEAR.fullmatch(line):
        return ""
    for kind, form in _KINDS:
        if form.fullmatch(line):
            return kind
    return ""

"""Statements of a few words in another language: "The ceiling is 500 million yen" of 上限は5億円."""

import random
import re
from collections.abc import Iterator, Sequence

from tests.evals.checking.cases import Made, Place
from tests.evals.checking.notations import amount_in, date_in

from aspire_ingest.index.text.amounts import Amount, find_amounts
from aspire_ingest.index.text.dates.dates import DateMention, find_dates

_NOUNS = (
    ("ceiling", "上限"), ("deadline", "締切"), ("project period", "研究期間"), ("budget", "予算"),
    ("direct costs", "直接経費"), ("indirect costs", "間接経費"), ("daily allowance", "日当"),
    ("meeting", "会議"), ("start date", "開始日"), ("call", "公募"), ("workshop", "ワークショップ"),
    ("kick-off meeting", "キックオフ会議"), ("application", "申請"), ("final report", "最終報告書"),
    ("annual report", "年次報告"), ("contract", "契約"), ("travel", "旅費"), ("equipment", "設備"),
)  # fmt: skip
_BOUNDS_JA = (("以内", "within "), ("以下", "up to "), ("以上", "at least "), ("未満", "less than "),
              ("まで", "up to "))  # fmt: skip


def templated(places: Sequence[Place], generator: random.Random) -> Iterator[Made]:
    """Say the value of a sentence of the form "noun … value" in the other language."""
    for place in places:
        text = " ".join(place.text.split())
        dates, amounts = find_dates(text), find_amounts(text)
        if place.language == "ja" and (said := _english(text, dates, amounts, generator)):
            yield Made(kind="template", is_true=True, text=said, places=(place,), language="en")
        if place.language == "en" and (said := _japanese(text, dates, amounts, generator)):
            yield Made(kind="template", is_true=True, text=said, places=(place,), language="ja")


def _english(
    text: str, dates: Sequence[DateMention], amounts: Sequence[Amount], generator: random.Random
) -> str | None:
    for noun, name in _NOUNS:
        for one in amounts:
            between = re.fullmatch(rf".*{name}[はが](?:、|年間|総額)?", text[: one.start])
            if between and one.unit:
                bound = next((en for ja, en in _BOUNDS_JA if text[one.end :].startswith(ja)), "")
                written = amount_in("en", one, generator)
                return f"The {noun} is {bound}{written}." if written else None
    if len(dates) == 1 and dates[0].day and re.search(r"開催|開かれ|行われ|行っ", text):
        noun = next(
            (n for n, name in _NOUNS if name in text and n.endswith(("meeting", "workshop"))), None
        )
        written = date_in("en", dates[0], generator)
        if noun and written and re.match(r"\s*(?:\(.\))?[、に]", text[dates[0].end :]):
            return f"The {noun} was held on {written}."
    return None


def _japanese(
    text: str, dates: Sequence[DateMention], amounts: Sequence[Amount], generator: random.Random
) -> str | None:
    for noun, name in _NOUNS:
        for one in amounts:
            if one.unit and re.fullmatch(rf".*\b{noun} (?:is|are|of) ", text[: one.start], re.I):
                written = amount_in("ja", one, generator)
                if written and not re.match(r"\s*(?:or |at |-|to )", text[one.end :]):
                    return f"{name}は{written}です。"
    if len(dates) == 1 and dates[0].day and re.search(r"\b(?:held|took place)\b", text):
        noun = next(
            (
                n
                for n, _ in _NOUNS
                if re.search(rf"\b{n}\b", text, re.I) and n.endswith(("meeting", "workshop"))
            ),
            None,
        )
        written = date_in("ja", dates[0], generator)
        if noun and written and re.search(r"\bon $", text[: dates[0].start], re.I):
            return f"{dict(_NOUNS)[noun]}は{written}に開催されました。"
    return None

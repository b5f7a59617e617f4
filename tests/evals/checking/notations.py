"""Dates and amounts written in other ways, in both languages."""

import calendar
import random
from decimal import Decimal

from aspire_ingest.index.text.amounts import Amount
from aspire_ingest.index.text.dates.dates import DateMention

_UNITS_EN = {
    "jpy": "yen", "usd": "US dollars", "eur": "euros", "percent": "percent", "day": "days",
    "month": "months", "year": "years", "week": "weeks", "person": "people", "hour": "hours",
    "project": "projects", "country": "countries", "time": "times", "business_day": "business days",
    "minute": "minutes", "age": "years old", "gbp": "pounds", "field": "fields", "night": "nights",
}  # fmt: skip
_UNITS_JA = {
    "jpy": "円", "usd": "米ドル", "eur": "ユーロ", "percent": "パーセント", "day": "日間",
    "month": "か月", "year": "年間", "week": "週間", "person": "人", "hour": "時間",
    "project": "課題", "country": "か国", "time": "回", "business_day": "営業日", "age": "歳",
    "minute": "分間", "field": "分野", "night": "泊", "gbp": "ポンド",
}  # fmt: skip


def date_in(language: str, date: DateMention, generator: random.Random) -> str | None:
    """Write a date in another way; None where there is none."""
    year, month, day = date.year, date.month, date.day
    if date.is_fiscal_year and year:
        if language == "ja":
            return (
                generator.choice([f"{year}年度", f"令和{year - 2018}年度"]) if year > 2018 else None
            )
        return generator.choice([f"FY{year}", f"fiscal year {year}"])
    if month is None:
        return None
    name = calendar.month_name[month]
    if language == "ja":
        era = f"令和{year - 2018}年" if year and year > 2018 else ""
        head = generator.choice([era, f"{year}年"]) if era else f"{year}年" if year else ""
        return f"{head}{month}月{day}日" if day else f"{head}{month}月"
    if day and year:
        forms = [f"{day} {name} {year}", f"{name} {day}, {year}", f"{year}-{month:02}-{day:02}"]
        return generator.choice(forms)
    if day:
        return generator.choice([f"{day} {name}", f"{name} {day}"])
    return f"{name} {year}" if year else name


def amount_in(language: str, amount: Amount, generator: random.Random) -> str | None:
    """Write an amount in another way; None where its unit is not written here."""
    value, unit = amount.value, amount.unit
    names = _UNITS_JA if language == "ja" else _UNITS_EN
    if unit not in names or (value != value.to_integral_value() and unit != "percent"):
        return None
    if language == "ja":
        return f"{_japanese(value, generator)}{names[unit]}"
    if unit == "jpy" and generator.random() < 0.3:
        return f"¥{int(value):,}"
    if unit == "percent":
        return f"{value.normalize():f}{generator.choice(['%', ' percent'])}"
    single = {"countries": "country", "people": "person"}.get(names[unit], names[unit].rstrip("s"))
    name = single if value == 1 else names[unit]
    return f"{_english(value, generator)} {name}"


def _english(value: Decimal, generator: random.Random) -> str:
    number = int(value)
    for size, word in ((10**9, "billion"), (10**6, "million")):
        if number >= size and (number * 100) % size == 0 and generator.random() < 0.7:
            return f"{Decimal(number) / size:f} {word}"
    words = "zero one two three four five six seven eight nine ten".split()
    if 1 < number <= 10 and generator.random() < 0.5:
        return words[number]
    return f"{number:,}"


def _japanese(value: Decimal, generator: random.Random) -> str:
    number = int(value) if value == value.to_integral_value() else 0
    if not number:
        return f"{value.normalize():f}"
    if number >= 10**8 and number % 10**7 == 0:
        return f"{(Decimal(number) / 10**8).normalize():f}億"
    if number >= 10**4 and number % 10**4 == 0 and generator.random() < 0.7:
        return f"{number // 10**4:,}万"
    if number < 10 and generator.random() < 0.3:
        return "〇一二三四五六七八九"[number]
    return f"{number:,}"

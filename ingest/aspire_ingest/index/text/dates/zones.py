"""Time zones as documents write them: JST, "Japan time", UTC+9, 日本時間. Pure.

All patterns are for text whose widths are folded.
"""

import re
from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_ABBREVIATIONS = {
    "JST": "Asia/Tokyo", "KST": "Asia/Seoul", "HKT": "Asia/Hong_Kong", "SGT": "Asia/Singapore",
    "UTC": "+00:00", "GMT": "+00:00", "WET": "+00:00", "WEST": "+01:00", "BST": "+01:00",
    "CET": "+01:00", "CEST": "+02:00", "EET": "+02:00", "EEST": "+03:00", "IST": "+05:30",
    "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00", "MST": "-07:00",
    "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00", "AEST": "+10:00", "AEDT": "+11:00",
    "NZST": "+12:00", "NZDT": "+13:00", "AoE": "-12:00", "ET": "America/New_York",
    "PT": "America/Los_Angeles",
}  # fmt: skip
_PLACES = {
    "Japan": "Asia/Tokyo", "Japanese": "Asia/Tokyo", "Tokyo": "Asia/Tokyo",
    "Central European": "Europe/Berlin", "Eastern European": "Europe/Athens",
    "Western European": "Europe/Lisbon", "Brussels": "Europe/Brussels", "Paris": "Europe/Paris",
    "Berlin": "Europe/Berlin", "London": "Europe/London", "Rome": "Europe/Rome",
    "Madrid": "Europe/Madrid", "Amsterdam": "Europe/Amsterdam", "Vienna": "Europe/Vienna",
    "Zurich": "Europe/Zurich", "Stockholm": "Europe/Stockholm", "Helsinki": "Europe/Helsinki",
    "UK": "Europe/London", "British": "Europe/London", "German": "Europe/Berlin",
    "Germany": "Europe/Berlin", "French": "Europe/Paris", "Swiss": "Europe/Zurich",
    "Dutch": "Europe/Amsterdam", "Eastern": "America/New_York", "US Eastern": "America/New_York",
    "New York": "America/New_York", "US Central": "America/Chicago", "Mountain": "America/Denver",
    "Pacific": "America/Los_Angeles", "US Pacific": "America/Los_Angeles",
    "Seoul": "Asia/Seoul", "Korea": "Asia/Seoul", "Korean": "Asia/Seoul",
    "Beijing": "Asia/Shanghai", "China": "Asia/Shanghai", "Taipei": "Asia/Taipei",
    "Taiwan": "Asia/Taipei", "Singapore": "Asia/Singapore", "Bangkok": "Asia/Bangkok",
    "Indian": "Asia/Kolkata", "India": "Asia/Kolkata", "Sydney": "Australia/Sydney",
    "Canberra": "Australia/Sydney", "Coordinated Universal": "+00:00", "Universal": "+00:00",
    "Greenwich Mean": "+00:00",
}  # fmt: skip
_JAPANESE = {
    "日本": "Asia/Tokyo", "東京": "Asia/Tokyo", "中央ヨーロッパ": "Europe/Berlin",
    "中央欧州": "Europe/Berlin", "ベルギー": "Europe/Brussels", "ブリュッセル": "Europe/Brussels",
    "英国": "Europe/London", "イギリス": "Europe/London", "ロンドン": "Europe/London",
    "ドイツ": "Europe/Berlin", "フランス": "Europe/Paris", "スイス": "Europe/Zurich",
    "オランダ": "Europe/Amsterdam", "スウェーデン": "Europe/Stockholm",
    "米国東部": "America/New_York", "米東部": "America/New_York", "東部": "America/New_York",
    "ニューヨーク": "America/New_York", "米国中部": "America/Chicago",
    "米国太平洋": "America/Los_Angeles", "太平洋": "America/Los_Angeles", "韓国": "Asia/Seoul",
    "中国": "Asia/Shanghai", "北京": "Asia/Shanghai", "台湾": "Asia/Taipei",
    "シンガポール": "Asia/Singapore", "タイ": "Asia/Bangkok", "インド": "Asia/Kolkata",
    "オーストラリア東部": "Australia/Sydney",
    "協定世界": "+00:00", "世界標準": "+00:00", "グリニッジ": "+00:00",
}  # fmt: skip


def _longest_first(*tables: dict[str, str]) -> str:
    return "|".join(sorted((key for table in tables for key in table), key=len, reverse=True))


ZONE = (
    r"(?:(?:UTC|GMT)\s?[+-]\s?\d{1,2}(?::?[0-5]\d)?(?!\d)"
    rf"|(?:{_longest_first(_ABBREVIATIONS)})(?![A-Za-z])"
    rf"|(?:the\s)?(?:{_longest_first(_PLACES)})(?:\s(?:standard|daylight|summer|local))?\stime"
    r"|anywhere on (?:the )?earth|(?:applicant'?s'? |your )?local time"
    rf"|(?:{_longest_first(_JAPANESE)})(?:標準|夏)?時間|(?:協定世界|世界標準|グリニッジ標準)時"
    r"|現地時間)"
)
"""A zone; of "local time" nobody can tell which one it is."""
_OFFSET = re.compile(r"(?:UTC|GMT)\s?(?P<sign>[+-])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?")
_ALL_TIMES = re.compile(
    rf"\b(?:all|the) times (?:(?:here |below |in this call |stated |given )?(?:are|is) "
    rf"(?:given |stated |shown |in |as )*)(?P<english>{ZONE})"
    rf"|(?:時刻|時間)は(?:すべて|全て|いずれも)?(?P<japanese>{ZONE})",
    re.IGNORECASE,
)
"""Says of which zone all times of a document are."""


def zone_key(written: str) -> str:
    """Give the zone as an IANA name or an offset such as `+05:30`; empty where none is certain."""
    offset = _OFFSET.fullmatch(written)
    if offset:
        hours, minutes = int(offset["hours"]), int(offset["minutes"] or 0)
        return f"{offset['sign']}{hours:02d}:{minutes:02d}" if hours <= 14 else ""
    lower = written.lower()
    if "on earth" in lower or "on the earth" in lower:
        return _ABBREVIATIONS["AoE"]
    for name, key in _ABBREVIATIONS.items():
        if lower == name.lower():
            return key
    bare = re.sub(r"^the\s|(?:\s(?:standard|daylight|summer|local))?\stime$", "", lower)
    for name, key in _PLACES.items():
        if bare == name.lower():
            return key
    bare = re.sub(r"(?:標準|夏)?時間$|(?:標準)?時$", "", written)
    return _JAPANESE.get(bare, _JAPANESE.get(f"{bare}標準", ""))


def zone_of_all(folded: str) -> str:
    """Give the words of the zone that a document's times are all of; empty where it says none."""
    found = _ALL_TIMES.search(folded)
    return (found["english"] or found["japanese"]) if found else ""


def zone_info(key: str) -> tzinfo:
    """Give the zone that `zone_key` named."""
    if key[0] not in "+-":
        return ZoneInfo(key)
    hours, minutes = key[1:].split(":")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if key[0] == "-" else offset)

"""The hour beside a date: "noon on 15 December", "15 December, 17:00 JST", 12月15日24時. Pure.

All patterns are for text whose widths are folded. An hour belongs to a date that it touches, but
for the words between ("at", "(Tue)", "by"); or it is the only one that is said of the only date.
"""

import re

from aspire_ingest.index.text.dates.zones import ZONE, zone_key
from aspire_ingest.index.types import Hour

_WEEKDAY = (
    r"(?:\([月火水木金土日](?:曜日?)?(?:[・、]?祝)?\)|[月火水木金土日]曜日?"
    r"|\(?(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?\)?)"
)
_ENGLISH = (
    r"(?:(?:12(?::00)?\s?)?(?:noon|midday|midnight)"
    r"|\d{1,2}[:.]\d{2}(?::\d{2})?\s?[ap]\.?m(?:\.|\b)"
    r"|\d{1,2}:\d{2}(?::\d{2})?(?!\d|\s?[ap]\.?m\b)|\d{1,2}\.\d{2}(?=\s?(?:h\b|hrs?\b|hours\b|o'clock))"
    r"|\d{1,2}\s?[ap]\.?m(?:\.|\b)|\d{1,2}h(?:\d{2})?\b|\d{1,2}\s?o'clock)"
    r"(?:\s?(?:hrs|hours|h)\b)?(?:\s(?:noon|midnight)\b|\s?\((?:noon|midday|midnight)\))?"
)
_JAPANESE = (
    r"(?:(?:(?:午前|午後|朝|夕方|夜|深夜)\s?)?\d{1,2}(?:時(?!間)(?:\s?\d{1,2}分|半)?|:\d{2})"
    r"(?:\((?:正午|深夜)\))?|(?:昼の?)?正午(?:\(12(?:時|:00)\))?|(?:夜|深夜)の?12時)"
)
_ZONED = rf"(?P<zone>{ZONE})"
HOUR = (
    rf"(?P<said>(?:\(?(?:{_ZONED.replace('zone', 'before')})\)?[\s:]?)?"
    rf"\(?(?P<hour>{_ENGLISH}|{_JAPANESE})(?:[\s,]{{0,2}}[(\[]?\s?{_ZONED}[)\]]?)?)"
)
"""An hour with its zone, if one is said; the zone may stand on either side."""
BARE_HOUR = re.sub(r"\?P<\w+>", "?:", HOUR)
_LEAVING_OUT = r"(?:sharp|latest|at the latest|on|of|the|day|の)"
_BEFORE = re.compile(rf"{HOUR}(?:[\s,)]|\b{_LEAVING_OUT}\b|{_WEEKDAY})*$", re.IGNORECASE)
_BEHIND = re.compile(
    rf"(?:T(?=\d\d:)|(?:[\s,、|;(-]|{_WEEKDAY}){{0,6}})"
    rf"(?:(?:at|by|until|till|before|from|no later than|up to|の|は)\s?){{0,2}}"
    rf"(?:{BARE_HOUR}\s?(?:-|~|to\b|から)\s?)?{HOUR}",
    re.IGNORECASE,
)
_SAID_OF_IT = re.compile(
    rf"\b(?:by|until|till|before|at|closes? at|no later than)\s(?P<english>{BARE_HOUR})"
    rf"|(?P<japanese>{BARE_HOUR})\s?(?:まで|迄|必着|締切|〆切|締め切り?|厳守)"
    rf"|(?:\b(?:deadlines?|due|closing date)|締切|〆切|締め切り|期限|必着)\w{{0,2}}\s?\("
    rf"(?P<label>{BARE_HOUR})(?:まで)?\)",
    re.IGNORECASE,
)
_ZONE_ALONE = re.compile(ZONE)
_PARTS = re.compile(
    r"(?P<half>午前|午後|夜|夕方|深夜)?\D*?(?P<hours>\d{1,2})(?:[:.h時]\s?(?P<minutes>\d{1,2}|半)?)?"
    r".*?(?P<english>[ap]\.?m)?\.?\)?$",
    re.IGNORECASE | re.DOTALL,
)
_REACH = 90
"""Characters before a date, or behind it, in which its hour stands."""
_DAY = 24 * 60
_LATEST = 30 * 60
"""Minutes: 25時 is one in the next morning."""
_NOON = 12


def hour_beside(folded: str, start: int, end: int, low: int, high: int) -> Hour | None:
    """Give the hour that touches a date, `folded[start:end]`, within `folded[low:high]`."""
    behind = _BEHIND.match(folded, end, min(high, end + _REACH))
    found = behind or _BEFORE.search(folded, max(low, start - _REACH), start)
    return _hour(found["hour"], found["before"] or found["zone"], found, "said") if found else None


def only_hour(folded: str, low: int, high: int) -> Hour | None:
    """Give the hour by which something is said to be done, where but one is said at all."""
    if len(re.findall(BARE_HOUR, folded[low:high], re.IGNORECASE)) != 1:
        return None
    found = _SAID_OF_IT.search(folded, low, high)
    if found is None:
        return None
    group = next(name for name in ("english", "japanese", "label") if found[name])
    whole = re.compile(HOUR, re.IGNORECASE).search(folded, found.start(group), found.end(group))
    return _hour(whole["hour"], whole["before"] or whole["zone"], whole, "said") if whole else None


def only_zone(folded: str, low: int, high: int) -> str:
    """Give the words of the one zone that is named here; empty where none is, or several are."""
    named = {found.group() for found in _ZONE_ALONE.finditer(folded, low, high)}
    return named.pop() if len(named) == 1 else ""


def _hour(written: str, zone: str | None, found: re.Match[str], group: str) -> Hour | None:
    minutes = _minutes(written)
    if minutes is None:
        return None
    start, end = found.span(group)
    said = found.string[start:end]
    bare = said.lstrip(" (" if said.count("(") > said.count(")") else " ")
    start, said = end - len(bare), bare
    if said.count(")") > said.count("("):
        said = said.rstrip(") ")
    key, written_zone = (zone_key(zone), zone) if zone else ("", "")
    return Hour(minutes=minutes, zone=key, said=said, start=start, zone_said=written_zone)


def _minutes(written: str) -> int | None:
    """Minutes after the midnight with which the day begins; midnight is the one that ends it."""
    lower = written.lower()
    if "noon" in lower or "midday" in lower or "正午" in lower:
        return _NOON * 60
    if "midnight" in lower or re.fullmatch(r"(?:夜|深夜)の?12時", lower):
        return _DAY
    parts = _PARTS.search(lower)
    if parts is None:
        return None
    hours, half = int(parts["hours"]), parts["minutes"] or "0"
    minutes = 30 if half == "半" else int(half)
    if parts["english"]:
        if not 1 <= hours <= _NOON:
            return None
        hours = hours % _NOON + (_NOON if parts["english"].startswith("p") else 0)
    elif parts["half"] in ("午後", "夜", "夕方") and hours <= _NOON:
        hours += _NOON
    total = hours * 60 + minutes
    return total if minutes < 60 and total <= _LATEST else None

"""Cutting a line that is too long: after a word, or a clause of Japanese, never inside one."""

import re

from aspire_ingest.index.text.script import HIRAGANA, JAPANESE

ELLIPSIS = "…"
# Each matches the empty place between two characters at which a reader pauses.
_BOUNDARY = re.compile(
    rf"(?=\s)|(?<=[、。，．,;:；：！？!?・…\-–—/)\]）」』】〉》])|(?=[(\[（「『【〈《])"
    rf"|(?<=[{HIRAGANA}])(?=[{JAPANESE}])(?![{HIRAGANA}])"
    rf"|(?<=[{JAPANESE}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[{JAPANESE}])"
)
_LOOSE_END = " \u3000、，,;:；：・-–—/"


def cut(line: str, max_chars: int) -> str:
    """Give a line in at most `max_chars` characters, with an ellipsis where some are left out.

    Where one word fills more than half of the room it is cut all the same.
    """
    if len(line) <= max_chars:
        return line
    room = max(0, max_chars - len(ELLIPSIS))
    ends = [found.start() for found in _BOUNDARY.finditer(line, 0, room + 1)]
    end = max((at for at in ends if room // 2 <= at <= room), default=room)
    return line[:end].rstrip(_LOOSE_END) + ELLIPSIS

"""What a document says of its approval by staff. Pure.

An approved answer is a document of kind `faq` whose front matter says who approved it. Until its
last day is over it is the answer to the question that is its title; afterwards it is as if it were
not there.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from aspire_ingest.index import APPROVED_BY, DocumentInfo

APPROVED_ON, VALID_UNTIL = "approved_on", "valid_until"
"""Their keys in a document's `extra`, beside `APPROVED_BY`."""
ALSO_ASKED = "also_asked"
"""The key of further wordings of the question, a list: in the other language, for example."""
NOT_ASKED = "not_asked"
"""The key of questions that are near and that it does not answer, a list."""
_MOST_WORDINGS = 24
_MARKER_LIKE = re.compile(r"\[(\d{1,3})\]")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Who approved an answer, and when; `valid_until` is the last day on which it holds."""

    by: str
    on: date | None = None
    valid_until: date | None = None

    def is_over(self, today: date) -> bool:
        """Whether its last day is past."""
        return self.valid_until is not None and self.valid_until < today


def approval_of(info: DocumentInfo) -> Approval | None:
    """Read a document's approval; None where it is no approved answer."""
    if info.kind != "faq" or APPROVED_BY not in info.extra:
        return None
    name = _MARKER_LIKE.sub(r"(\1)", " ".join(info.extra[APPROVED_BY].split()))[:_LONGEST_NAME]
    if not name:
        return None
    stated = info.extra.get(VALID_UNTIL, "").strip()
    # What ends on a day that nobody can read must not hold for ever: it has ended.
    last_day = (_day(stated) or date.min) if stated else None
    return Approval(by=name, on=_day(info.extra.get(APPROVED_ON, "").strip()), valid_until=last_day)


def wordings_of(info: DocumentInfo) -> tuple[str, ...]:
    """Give the wordings of an approved question: its title and those noted beside it."""
    return tuple(dict.fromkeys((*_lines([info.title]), *_noted(info, ALSO_ASKED))))


def not_wordings_of(info: DocumentInfo) -> tuple[str, ...]:
    """Give the questions that staff said an approved answer must not be given to."""
    return tuple(dict.fromkeys(_noted(info, NOT_ASKED)))


def ended(documents: Iterable[DocumentInfo], today: date) -> frozenset[str]:
    """Give the ids of the approved answers that hold no more."""
    return frozenset(
        info.document_id
        for info in documents
        if (approval := approval_of(info)) is not None and approval.is_over(today)
    )


def _noted(info: DocumentInfo, key: str) -> list[str]:
    """What a key of the front matter lists, as far as it can be read."""
    try:
        noted: object = json.loads(info.extra.get(key, "[]"))
    except ValueError:
        noted = [info.extra[key]]
    return _lines(cast("list[object]", noted)[:_MOST_WORDINGS] if isinstance(noted, list) else [])


def _lines(noted: Iterable[object]) -> list[str]:
    return [line for one in noted if (line := " ".join(str(one).split()))]


def _day(stated: str) -> date | None:
    try:
        return date.fromisoformat(stated)
    except ValueError:
        return None

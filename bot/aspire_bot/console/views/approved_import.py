"""What taking in a file of approved answers would change. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from aspire_bot.answering.message.plain_question import plain_question
from aspire_bot.console.views.approved_files import Entry, fault_of
from aspire_bot.state.approvals import ApprovedAnswer

Effect = Literal["add", "change", "same", "fault"]
_ENCODINGS = ("utf-8-sig", "cp932")
"""What spreadsheets write: the second is Excel's in Japanese."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""How a file in UTF-16 begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    """An entry of the file and what it would do; `former` is the approved answer it changes.

    `fault` says in a word what is wrong with it; see `fault_of`.
    """

    entry: Entry
    effect: Effect
    former: ApprovedAnswer | None = None
    fault: str = ""


def effects(
    entries: Iterable[Entry], approved: Iterable[ApprovedAnswer], today: date
) -> list[ImportLine]:
    """Say of each entry what it would do beside the approved answers that are in force.

    An entry is the one of an approved answer where its first question is the same but for case,
    width and end marks.
    """
    known = {_title(one.question): one for one in approved}
    seen: set[str] = set()
    found: list[ImportLine] = []
    for entry in entries:
        title = _title(entry.question)
        fault = fault_of(entry, today) or ("twice" if title in seen else "")
        seen.add(title)
        former = known.get(title)
        if fault:
            found.append(ImportLine(entry=entry, effect="fault", fault=fault))
        elif former is None:
            found.append(ImportLine(entry=entry, effect="add"))
        else:
            effect: Effect = "same" if _is_same(entry, former) else "change"
            found.append(ImportLine(entry=entry, effect=effect, former=former))
    return found


def decoded(content: bytes) -> str | None:
    """Give the text of an uploaded file; None where it is in no encoding that is known."""
    for encoding in ("utf-16",) if content.startswith(_UTF_16) else _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def counted(lines: Sequence[ImportLine]) -> dict[Effect, int]:
    """Count the entries by what they would do."""
    names: tuple[Effect, ...] = ("add", "change", "same", "fault")
    return {name: sum(one.effect == name for one in lines) for name in names}


def _title(question: str) -> str:
    return plain_question(question.split("\n", maxsplit=1)[0])


def _is_same(entry: Entry, former: ApprovedAnswer) -> bool:
    until = former.valid_until.isoformat() if former.valid_until else ""
    now = (entry.question, entry.text.strip(), entry.valid_until, entry.audience)
    return now == (former.question.strip(), former.text.strip(), until, former.audience)

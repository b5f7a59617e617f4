"""Approved answers written to a file and read from one: CSV and Markdown. Pure.

A Markdown file has a heading of the second level with the question, lines `- also: …` with its
other wordings, `- valid until: YYYY-MM-DD`, `- for: public`, an empty line, and the answer.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from aspire_bot.state.approvals import ApprovedAnswer

COLUMNS = ("question", "answer", "valid_until", "audience", "status", "approved_by", "approved_at")
MOST_ENTRIES = 500
MOST_CHARACTERS = 3000
MAX_TITLE = 300
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_HEAD = re.compile(r"^## +(.*)$", re.MULTILINE)
_FACT = re.compile(r"- (also|valid until|for): (.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An approved answer as it is written in a file, not checked yet."""

    question: str
    text: str
    valid_until: str = ""
    audience: str = "public"
    line: int = 0
    """Where it begins in its file, from 1; 0 where it is from no file."""


def write_csv(approved: Iterable[ApprovedAnswer]) -> str:
    """Write approved answers as CSV, each in a row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in approved:
        until = one.valid_until.isoformat() if one.valid_until else ""
        at = one.approved_at.date().isoformat()
        row = (one.question, one.text, until, one.audience, one.status, one.approved_by, at)
        writer.writerow([_not_a_formula(cell) for cell in row])
    return out.getvalue()


def write_markdown(approved: Iterable[ApprovedAnswer]) -> str:
    """Write approved answers as Markdown, each under its question."""
    return "\n".join(map(_section, approved))


def read_entries(text: str) -> list[Entry]:
    """Read entries from CSV or Markdown, whichever it is; those past `MOST_ENTRIES` are left."""
    text = text.replace("\r\n", "\n").lstrip("\ufeff")
    found = _from_markdown(text) if text.lstrip().startswith("#") else _from_csv(text)
    return found[:MOST_ENTRIES]


def fault_of(entry: Entry, today: date) -> str | None:
    """Say in a word what is wrong with an entry; None where nothing is."""
    title = entry.question.split("\n", maxsplit=1)[0].strip()
    if not title:
        return "no_question"
    if len(title) > MAX_TITLE or len(entry.question) > MOST_CHARACTERS:
        return "too_long"
    if not entry.text.strip() or len(entry.text) > MOST_CHARACTERS:
        return "no_text"
    if entry.valid_until and not _is_later(entry.valid_until, today):
        return "bad_date"
    return None if entry.audience in {"public", "staff"} else "bad_audience"


def _is_later(day: str, today: date) -> bool:
    try:
        return date.fromisoformat(day) > today
    except ValueError:
        return False


def _not_a_formula(cell: str) -> str:
    """A spreadsheet runs what begins like a formula: a quote before it makes it text."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _section(one: ApprovedAnswer) -> str:
    title, *others = one.question.splitlines() or [""]
    facts = [f"- also: {wording}" for wording in others if wording.strip()]
    if one.valid_until:
        facts.append(f"- valid until: {one.valid_until.isoformat()}")
    facts.append(f"- for: {one.audience}")
    # A heading of ours begins with two signs: one in an answer must not look like it.
    text = re.sub(r"^## ", "### ", one.text.strip(), flags=re.MULTILINE)
    return "\n".join([f"## {title}", "", *facts, "", text, ""])


def _from_markdown(text: str) -> list[Entry]:
    heads = list(_HEAD.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return [
        _entry(head[1], text[head.end() : end], text.count("\n", 0, head.start()) + 1)
        for head, end in zip(heads, ends, strict=True)
    ]


def _entry(title: str, body: str, line: int) -> Entry:
    questions, facts = [title.strip()], dict[str, str]()
    lines = body.strip().split("\n")
    while lines and (found := _FACT.fullmatch(lines[0].strip())):
        if found[1] == "also":
            questions.append(found[2].strip())
        else:
            facts[found[1]] = found[2].strip()
        lines.pop(0)
    return Entry(
        question="\n".join(questions),
        text="\n".join(lines).strip(),
        valid_until=facts.get("valid until", ""),
        audience=facts.get("for", "public"),
        line=line,
    )


def _from_csv(text: str) -> list[Entry]:
    reader = csv.DictReader(io.StringIO(text))
    rows: list[tuple[int, Mapping[str, str | None]]] = []
    try:
        last = reader.line_num if reader.fieldnames else 0
        for row in reader:
            rows.append((last + 1, row))
            last = reader.line_num
    except csv.Error:
        return []
    return [
        Entry(
            question=_cell(row, "question"),
            text=_cell(row, "answer"),
            valid_until=_cell(row, "valid_until"),
            audience=_cell(row, "audience") or "public",
            line=line,
        )
        for line, row in rows
        if "question" in row and "answer" in row
    ]


def _cell(row: Mapping[str, str | None], name: str) -> str:
    found = (row.get(name) or "").strip()
    is_escaped = found.startswith("'") and bool(_FORMULA.match(found[1:]))
    return found[1:] if is_escaped else found

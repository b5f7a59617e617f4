"""Measure which openings and deadlines are known of calls, and whether questions get their days.

    python -m tests.evals.measure_terms [--half test|hard] [--why]

Indexes one half of the documents in `tests/evals/terms/`, all together. An end of a term is the day
on which something opens or closes; what was handed in before an application, and what is none, may
be known, and is not to be taken for the application's. A question is right where the answer tells
all of its days.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from tests import knowledge
from tests.evals.terms import Call, read_calls

from aspire_bot.answering.types import Answer, Question
from aspire_bot.bootstrap import open_assistant
from aspire_bot.settings import Settings
from aspire_ingest.index import DocumentInfo, Occasion
from aspire_ingest.index.text.dates.date_spans import last_day
from aspire_ingest.index.text.dates.dates import find_dates

NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
End = tuple[str, str]
"""Which end, and its day."""


def main() -> None:
    """Print the figures and, with `--why`, what is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", default="development", choices=("development", "test", "hard"))
    parser.add_argument("--why", action="store_true")
    given = parser.parse_args()
    calls = read_calls(given.half)
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        _index(calls, Path(folder) / "calls", home)
        with open_assistant(Settings(home=home), now=lambda: NOW) as assistant:
            with assistant.reader() as index:
                infos = {Path(one.source).stem: one for one in index.documents().values()}
            lines = [*_terms(calls, infos), *_questions(calls, assistant.answer)]
    for line in lines:
        if given.why or not line.startswith("  "):
            sys.stdout.write(f"{line}\n")


def _index(calls: Sequence[Call], source: Path, home: Path) -> None:
    source.mkdir()
    for call in calls:
        (source / f"{call.id}.md").write_text(call.text, encoding="utf-8")
    knowledge.add(home, source)


def _terms(calls: Sequence[Call], infos: dict[str, DocumentInfo]) -> Iterator[str]:
    counts: Counter[str] = Counter()
    for call in calls:
        found = infos[call.id].occasions
        known, applied = _ends(found), _ends(one for one in found if "application" in one.kinds)
        wanted = {(one.kind, one.date) for one in call.terms if one.of == "application"}
        first = {(one.kind, one.date) for one in call.terms if one.of == "first step"}
        right = wanted or first  # who first hands in a pre-proposal applies with it
        counts["wanted"] += len(wanted)
        counts["found"] += len(wanted & applied)
        counts["taken"] += len(applied)
        counts["rightly"] += len(applied & right)
        counts["first steps"] += len(first)
        counts["first steps known"] += len(first & known)
        for end in sorted(wanted - applied):
            yield f"  {call.id} MISSED {end}{' (known)' if end in known else ''} {call.title}"
        for end in sorted(applied - right):
            yield f"  {call.id} WRONG {end} {call.title}"
    yield (
        f"ends of applying: {counts['found']} of {counts['wanted']} known, "
        f"{counts['rightly']} of {counts['taken']} taken rightly; first steps known: "
        f"{counts['first steps known']} of {counts['first steps']}"
    )


def _ends(found: Iterable[Occasion]) -> set[End]:
    return {
        (end, day)
        for one in found
        for end, day in (("opening", one.first), ("deadline", last_day(one.last).isoformat()))
        if end in one.kinds
    }


def _questions(calls: Sequence[Call], answer: Callable[[Question], Answer]) -> Iterator[str]:
    outcomes: dict[str, Counter[str]] = {}
    for call in calls:
        for asked in call.questions:
            said = answer(Question(text=asked.question))
            outcome = _outcome(said, asked.dates)
            for group in (asked.asks, "all"):
                outcomes.setdefault(group, Counter())[outcome] += 1
            if outcome != "right":
                told = said.text.replace("\n", " ")[:200]
                yield f"  {call.id} {outcome}: {asked.question} {asked.dates}: {told}"
    for group, counts in sorted(outcomes.items()):
        told = ", ".join(f"{name} {counts[name]}" for name in _OUTCOMES)
        yield f"questions, {group} ({counts.total()}): {told}"


_OUTCOMES = ("right", "hedged and right", "hedged and wrong", "sure and wrong", "refused")


def _outcome(said: Answer, wanted: Sequence[str]) -> str:
    if said.outcome != "answered":
        return "refused"
    told = find_dates(said.text)
    is_right = all(
        any(
            (one.month, one.day) == (int(day[5:7]), int(day[8:10]))
            and one.year in (None, int(day[:4]))
            for one in told
        )
        for day in wanted
    )
    if said.certainty == "sure":
        return "right" if is_right else "sure and wrong"
    return "hedged and right" if is_right else "hedged and wrong"


if __name__ == "__main__":
    main()

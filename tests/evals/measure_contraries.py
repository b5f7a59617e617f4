"""Statements beside what a sentence says and what it denies: which are let through.

    python -m tests.evals.measure_contraries [--part judged] [--why]

Each passage in `tests/evals/contraries/` is a document of its own; statements about it, true and
false, are verified as a model's would be. The false ones say what was replaced, a year for a month,
another interval, that something need not be that must, or of one side what holds for the other.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests import knowledge

from aspire_bot.bootstrap import open_assistant
from aspire_bot.evaluation.cases import Case, LabelledStatement
from aspire_bot.evaluation.labelled_statements import judge_statements, open_verifier
from aspire_bot.settings import Settings

FOLDER = Path(__file__).with_name("contraries")


def main() -> None:
    """Print how many truths are lost and lies let through, by kind and language."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--part", default="development", choices=("development", "judged"))
    parser.add_argument("--why", action="store_true", help="print the statements")
    given = parser.parse_args()
    lines = (FOLDER / f"{given.part}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        _index(rows, Path(folder) / "passages", home)
        found = _judged(rows, Settings(home=home), is_told=given.why)
    for kind in sorted({kind for kind, _ in found}):
        wrong, all_ = (sum(found[kind, name][at] for name in ("lost", "let")) for at in (0, 1))
        lost, let = found[kind, "lost"], found[kind, "let"]
        sys.stdout.write(
            f"{kind:10} truths lost {lost[0]}/{lost[1]} lies let through {let[0]}/{let[1]}"
            f" wrong {wrong}/{all_}\n"
        )


def _index(rows: Sequence[Mapping[str, Any]], source: Path, home: Path) -> None:
    source.mkdir()
    for row in rows:
        text = f"---\nlanguage: {row['lang']}\n---\n\n# {row['title']}\n\n{row['passage']}\n"
        (source / f"{row['doc']}.md").write_text(text, encoding="utf-8")
    knowledge.add(home, source)


def _judged(
    rows: Sequence[Mapping[str, Any]], settings: Settings, *, is_told: bool
) -> dict[tuple[str, str], tuple[int, int]]:
    """By kind or language, and by truths lost or lies let through: how many, and of how many."""
    wrong, all_ = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    verifier = open_verifier(settings)
    with open_assistant(settings) as assistant, assistant.reader() as index:
        for row in rows:
            for group in row["groups"]:
                for said in group["statements"]:
                    labelled = LabelledStatement(
                        text=said["text"], is_true=said["is_true"], sources=(f"{row['doc']}.md",)
                    )
                    case = Case(
                        id="one",
                        question=group["question"],
                        lang=row["lang"],
                        statements=(labelled,),
                    )
                    values = judge_statements(case, assistant, verifier, index)
                    name = "lost" if labelled.is_true else "let"
                    key = "truths_lost" if labelled.is_true else "lies_let_through"
                    is_wrong = any(values[key])
                    for kind in ("all", row["lang"], said["kind"]):
                        all_[kind, name] += 1
                        wrong[kind, name] += is_wrong
                    if is_told and is_wrong:
                        sys.stdout.write(f"  {name} {said['kind']}: {said['text']}\n")
    return {key: (wrong[key], all_[key]) for key in all_}


if __name__ == "__main__":
    main()

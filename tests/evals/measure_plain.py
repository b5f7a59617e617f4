"""The plainest questions, of people's first days: `python -m tests.evals.measure_plain [NAME…]`.

"What is the budget?", 支援期間は. Written by hand to judge by, over the sample pages (`sample`),
invented documents of the programme (`invented`) and the reader's development documents among all of
the data folder (`development`); nothing is learnt from them. Prints what `aspire-bot eval` does.
"""

import argparse
import json
import os
import subprocess
import sys
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import knowledge
from tests.evals.sets import shared_folder

from aspire_bot.bootstrap import open_assistant
from aspire_bot.settings import Settings
from aspire_training.own import read_lines
from aspire_training.prepare import OWN, documents_into
from aspire_training.programme import with_document_ids

FOLDER = Path(__file__).with_name("plain")
NAMES = ("sample", "invented", "development")


def main() -> None:
    """Index, ask, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", default=NAMES, help=", ".join(NAMES))
    for name in parser.parse_args().names:
        rows = read_lines([FOLDER / f"{name}.jsonl"])
        with TemporaryDirectory() as folder:
            home, cases = Path(folder) / "home", Path(folder) / f"{name}.jsonl"
            if name == "sample":
                with as_file(files("aspire_ingest") / "sample") as pages:
                    knowledge.add(home, pages)
                with open_assistant(Settings(home=home)) as assistant, assistant.reader() as index:
                    infos = dict(index.documents())
                rows = [with_document_ids(row, infos) for row in rows]
            else:
                documents_into(home, _documents(name), Path(folder) / "documents.jsonl")
            cases.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
            subprocess.run(  # noqa: S603  our own program
                [str(Path(sys.executable).with_name("aspire-bot")), "eval", str(cases)],
                check=True,
                env={**os.environ, "ASPIRE_HOME": str(home)},
            )


def _documents(name: str) -> list[dict[str, str]]:
    if name == "invented":
        rows = read_lines([OWN / "aspire-documents.jsonl"])
        return [row for row in rows if row["group"] == "d"]
    shared = shared_folder()
    if shared is None:
        raise SystemExit("The data folder is not on this machine; set ASPIRE_SHARED.")
    return read_lines(sorted((shared / "train" / "own").glob("docs-*.jsonl")))


if __name__ == "__main__":
    main()

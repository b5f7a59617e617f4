"""How many documents that are for everyone are held: `python -m tests.evals.measure_holds`.

Reads the sample, and what corpora the shared folder has (ASPIRE_SHARED, or `shared` beside the
repository), as a run would; none of them is confidential, so each one held is a false hold. Prints
the share for each and names what is held; ends with 1 where more than one in a hundred is.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.evals.sets import ROOT, shared_folder
from tests.lent_loader import load_target

from aspire_ingest.errors import LoadError
from aspire_ingest.pipeline.hold_rules import holding_marks, this_day

MOST = 0.01
"""The largest share of public documents that may be held."""
SAMPLE = ROOT / "ingest" / "aspire_ingest" / "sample"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """What of a corpus is held: the source of each such document, with its marks."""

    corpus: Path
    documents: int
    held: tuple[tuple[str, tuple[str, ...]], ...]
    unread: int

    @property
    def share(self) -> float:
        """The share of documents that are held, from 0 to 1."""
        return len(self.held) / self.documents if self.documents else 0.0


def count_holds(corpus: Path) -> Holds:
    """Load a corpus (a folder or a bulk file) and say what of it is held for its marks."""
    held: list[tuple[str, tuple[str, ...]]] = []
    documents = unread = 0
    for found in load_target(str(corpus)):
        if isinstance(found, LoadError):
            unread += 1
            continue
        documents += 1
        if marks := holding_marks(found, this_day()):
            held.append((f"{found.info.source}#{found.document_id}", marks))
    return Holds(corpus=corpus, documents=documents, held=tuple(held), unread=unread)


def corpora() -> Iterator[Path]:
    """The sample, and the corpora of the shared folder where there is one."""
    yield SAMPLE
    shared = shared_folder()
    if shared is None:
        return
    yield from (path for path in sorted((shared / "corpus").glob("*")) if path.is_dir())
    yield from sorted((shared / "bench").glob("*/corpus.jsonl"))


def main() -> int:
    """Measure, print a line of JSON for each corpus, and judge them all together."""
    found = [count_holds(path) for path in corpora()]
    for one in found:
        told = {
            "corpus": str(one.corpus),
            "documents": one.documents,
            "unread": one.unread,
            "held": one.held,
            "share": round(one.share, 5),
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    documents, held = (sum(one.documents for one in found), sum(len(one.held) for one in found))
    sys.stdout.write(json.dumps({"documents": documents, "held": held, "most": MOST}) + "\n")
    return int(held > MOST * documents)


if __name__ == "__main__":
    sys.exit(main())

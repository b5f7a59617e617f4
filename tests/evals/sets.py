"""The question sets that answers are measured and calibrated on, each over its own index.

They lie outside the repository: in the folder that ASPIRE_SHARED names, or `shared` beside it.
Indexes are kept in `.eval/` between runs; what changed since is brought up to date.
"""

import os
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.small_index import lent_chroma

from aspire_bot.bootstrap import Assistant, open_assistant
from aspire_bot.evaluation.cases import Case, read_cases
from aspire_bot.settings import Settings
from aspire_ingest.bootstrap import build_parts
from aspire_ingest.index import IndexMismatchError
from aspire_ingest.pipeline.pipeline import Parts, RunRequest, ingest, rebuild
from aspire_ingest.pipeline.run_summary import Report
from aspire_ingest.settings import IngestSettings

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".eval"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSet:
    """Documents to index and the file of questions about them, relative to the shared folder."""

    name: str
    documents: tuple[str, ...]
    questions: str


def _public(name: str) -> QuestionSet:
    return QuestionSet(
        name=name,
        documents=(f"bench/{name}/corpus.jsonl",),
        questions=f"bench/{name}/queries.jsonl",
    )


SETS = {
    one.name: one
    for one in (
        QuestionSet(
            name="aspire",
            documents=("corpus/pages", "corpus/distractors"),
            questions="questions/aspire-dev.jsonl",
        ),
        QuestionSet(
            name="guide",
            documents=("corpus/guidelines",),
            questions="questions/guide-dev.jsonl",
        ),
        _public("jsquad_valid"),
        _public("mtrag_un_s"),
        _public("nomiracl_en_s"),
        _public("nomiracl_ja_s"),
    )
}


def shared_folder() -> Path | None:
    """Give the folder of the sets, or None where it is not on this machine."""
    folder = Path(os.environ.get("ASPIRE_SHARED", ROOT.parent / "shared"))
    return folder if (folder / "questions").is_dir() else None


def cases_of(name: str, shared: Path) -> Sequence[Case]:
    """Read the questions of a set."""
    return read_cases(shared / SETS[name].questions)


@contextmanager
def opened(name: str, shared: Path) -> Generator[Assistant]:
    """Bring the index of a set up to date and open an assistant over it."""
    with assistant_over(name, [str(shared / path) for path in SETS[name].documents]) as assistant:
        yield assistant


def bring_up_to_date(request: RunRequest, parts: Parts) -> Report:
    """Index what changed; all of it where what shapes an index has changed since it was kept."""
    try:
        return ingest(request, parts)
    except IndexMismatchError:
        rebuild(parts)
        return ingest(request, parts)


@contextmanager
def assistant_over(name: str, targets: Sequence[str]) -> Generator[Assistant]:
    """Index targets under a name of their own and open an assistant over them."""
    home = KEPT / name
    request = RunRequest(targets=targets, prune=True, allow_large_prune=True)
    settings = IngestSettings(home=home)
    with build_parts(settings, lambda _step, _done, _total: None, open_chroma=lent_chroma) as parts:
        bring_up_to_date(request, parts)
    with open_assistant(Settings(home=home)) as assistant:
        yield assistant

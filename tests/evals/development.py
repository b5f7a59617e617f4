"""Development documents of the reader, indexed, and the questions about them alone.

None of them was trained on (`aspire_training/splits.json`). They lie in the shared folder; the
index is kept in `.eval/`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.evals.sets import KEPT, bring_up_to_date
from tests.small_index import lent_chroma

from aspire_bot.answering.types import Question, Turn
from aspire_ingest.bootstrap import build_parts
from aspire_ingest.pipeline.pipeline import RunRequest
from aspire_ingest.settings import IngestSettings
from aspire_training.own import places, read_lines
from aspire_training.splits import known_parts, named_in

Row = Mapping[str, Any]
_NAMES = {"doc_id": "id", "lang": "language"}
_KEPT_FIELDS = ("doc_id", "title", "text", "lang", "date", "publisher")


def development_documents(shared: Path) -> list[Row]:
    """Give the documents as training has them."""
    parts = known_parts()
    files = sorted((shared / "train" / "own").glob("docs-*.jsonl"))
    return [one for one in read_lines(files) if parts.get(one["doc_id"]) == "development"]


def development_questions(shared: Path) -> list[Row]:
    """Give the questions that name development documents and no others."""
    parts = known_parts()
    files = sorted((shared / "train" / "own").glob("questions-*.jsonl"))
    found = ((one, named_in(one)) for one in read_lines(files))
    return [one for one, names in found if names and all(parts[n] == "development" for n in names)]


def development_home(
    shared: Path, name: str = "development", only: frozenset[str] = frozenset()
) -> Path:
    """Index the documents, or `only` those of some ids, under a name; what is indexed is kept."""
    rows = development_documents(shared)
    return home_of([one for one in rows if not only or one["doc_id"] in only], name)


def home_of(documents: Sequence[Row], name: str) -> Path:
    """Index documents under a name; what is indexed is kept."""
    home, file = KEPT / name, KEPT / f"{name}.jsonl"
    KEPT.mkdir(exist_ok=True)
    lines = (
        json.dumps(
            {_NAMES.get(key, key): one[key] for key in _KEPT_FIELDS if one.get(key)},
            ensure_ascii=False,
        )
        for one in documents
    )
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    settings = IngestSettings(home=home)
    with build_parts(settings, lambda _step, _done, _total: None, open_chroma=lent_chroma) as parts:
        request = RunRequest(targets=[str(file)], prune=True, allow_large_prune=True)
        report = bring_up_to_date(request, parts)
    assert report.failures == (), report.failures
    return home


def as_question(row: Row) -> Question:
    """Give what a person asks."""
    turns = tuple(Turn(role="user", text=text) for text in row.get("history") or ())
    return Question(text=row["question"], history=turns)


def overlaps(
    spans: Sequence[tuple[str, int, int]],
    quotes: Sequence[Mapping[str, str]],
    texts: Mapping[str, str],
) -> Iterator[bool]:
    """Say of each quote whether one of the spans (document, start, end) touches it."""
    for quote in quotes:
        found = places([quote], texts)
        yield any(
            name == other and start < after and first < end
            for name, first, after in found
            for other, start, end in spans
        )

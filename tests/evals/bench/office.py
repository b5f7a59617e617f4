# markitdown is of the `bench` group, which is not in the environment that is checked
# pyright: reportMissingImports=false, reportUnknownVariableType=false
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
"""How Office files, web pages, texts and mail are read, beside other readers."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import trafilatura
from tests.evals.bench.peer_types import OURS
from tests.evals.bench.results import Measured, Row, Table, mean_of, plain
from tests.evals.documents.case import DocumentCase
from tests.evals.documents.office import CASES
from tests.evals.documents.reading import read
from tests.evals.documents.scores import Outcome, median, score

F1, LEAST, LEAKED, UNNAMED = "F1", "least F1", "hidden", "unnamed"
MARKITDOWN, TRAFILATURA = "markitdown", "trafilatura"
_WEB = "html"

Say = Callable[[str], None]
Reader = Callable[[bytes, str], Outcome]


def measure_office(shared: Path, say: Say) -> dict[str, Table]:
    """Read the whole set with each reader; a table of each format, of readers by row."""
    del shared
    others = _peers()
    kinds = list(dict.fromkeys(case.kind for case in CASES))
    tables: dict[str, Table] = {"all": {}} | {kind: {} for kind in kinds}
    for name, reader in {OURS: read, **others}.items():
        say(f"office: {name}")
        for kind in ("all", *kinds):
            cases = [case for case in CASES if kind in ("all", case.kind)]
            if name != TRAFILATURA or kind == _WEB:
                tables[kind][name] = _row(cases, reader)
    return tables


def _row(cases: Sequence[DocumentCase], reader: Reader) -> Row:
    scores = [score(case, reader(case.make(), case.name)) for case in cases]
    shares = [one.f1 for one in scores if one.f1 is not None]
    hidden = sum(len(case.hidden) for case in cases)
    losses = sum(len(case.named) for case in cases)
    row: Row = {
        "files": plain(len(cases)),
        F1: mean_of(shares),
        "median F1": Measured(value=median(shares), n=len(shares)),
        LEAST: plain(min(shares), len(shares)),
    }
    if hidden:
        row[LEAKED] = mean_of([float(leak) for leak in _marks(hidden, scores, "leaked")])
    if losses:
        row[UNNAMED] = mean_of([float(gap) for gap in _marks(losses, scores, "unnamed")])
    return row


def _marks(total: int, scores: Sequence[object], name: str) -> list[bool]:
    """One mark for each piece of the set, True for those that went wrong."""
    wrong = sum(len(getattr(one, name)) for one in scores)
    return [number < wrong for number in range(total)]


def _peers() -> Mapping[str, Reader]:
    """The readers that are installed; markitdown is of the `bench` group."""
    found: dict[str, Reader] = {TRAFILATURA: _by_trafilatura}
    try:
        from markitdown import MarkItDown, StreamInfo  # noqa: PLC0415 - of the bench group alone
    except ImportError:
        return found
    converter = MarkItDown(enable_plugins=False)

    def by_markitdown(data: bytes, name: str) -> Outcome:
        info = StreamInfo(extension=Path(name).suffix, filename=name)
        try:
            return Outcome(
                text=converter.convert_stream(BytesIO(data), stream_info=info).text_content
            )
        except Exception as error:  # noqa: BLE001 - a peer may raise anything, and is then wrong
            return Outcome(text="", error=type(error).__name__)

    return found | {MARKITDOWN: by_markitdown}


def _by_trafilatura(data: bytes, name: str) -> Outcome:
    del name
    text = trafilatura.extract(data, output_format="markdown", include_tables=True)
    return Outcome(text=text or "", error="" if text else "no text")

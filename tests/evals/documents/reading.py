"""Reading a document of the set with the product's own loader, in this process."""

from tests.evals.documents.scores import Outcome

from aspire_ingest.errors import LoadError
from aspire_ingest.load.detect import detect_kind
from aspire_ingest.load.parse_result import Raw
from aspire_ingest.load.registry import IN_PROCESS, contained_parser


def read(data: bytes, name: str) -> Outcome:
    """Detect the kind of the bytes and parse them."""
    raw = Raw(name=name, data=data)
    try:
        kind = detect_kind(data, name, path=name)
        if kind is None:
            return Outcome(text="", error="of an unknown kind")
        parser = IN_PROCESS[kind] if kind in IN_PROCESS else contained_parser(kind)
        parsed = parser(raw)
    except LoadError as error:
        return Outcome(text="", error=error.reason)
    remarks = tuple(f"{one.kind}: {one.what} {one.where}".strip() for one in parsed.remarks)
    return Outcome(text=parsed.text, remarks=remarks)

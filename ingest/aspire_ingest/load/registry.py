"""The parser of each kind. Adding a kind: a module with a `Parser`, one line here, one in `detect`.

Parsers of binary and markup formats lean on large libraries and meet hostile files, so they run in
a process of their own (`process`); their modules are imported there and nowhere else.
"""

from importlib import import_module

from aspire_ingest.load.parse_result import Parser
from aspire_ingest.load.text.plain import parse_markdown, parse_text

IN_PROCESS: dict[str, Parser] = {"markdown": parse_markdown, "text": parse_text}
CONTAINED: dict[str, str] = {
    "html": "aspire_ingest.load.html.document",
    "pdf": "aspire_ingest.load.pdf.document",
    "docx": "aspire_ingest.load.word.document",
    "pptx": "aspire_ingest.load.slides.document",
    "xlsx": "aspire_ingest.load.sheets.document",
    "odt": "aspire_ingest.load.opendocument.document",
    "ods": "aspire_ingest.load.opendocument.document",
    "odp": "aspire_ingest.load.opendocument.document",
    "epub": "aspire_ingest.load.epub",
    "rtf": "aspire_ingest.load.richtext.document",
    "doc": "aspire_ingest.load.legacy",
    "ppt": "aspire_ingest.load.legacy",
    "xls": "aspire_ingest.load.legacy",
    "csv": "aspire_ingest.load.text.csv_tables",
    "tsv": "aspire_ingest.load.text.csv_tables",
    "mail": "aspire_ingest.load.mail",
}


def contained_parser(kind: str) -> Parser:
    """Import the module of a contained kind and return its `parse`."""
    parse: Parser = import_module(CONTAINED[kind]).parse
    return parse

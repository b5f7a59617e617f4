"""Pages at addresses that end as files do: what is remarked of them, and what is not."""

from contextlib import closing

import pytest

from aspire_ingest.load.items import parse_fetched
from aspire_ingest.load.process import ParserProcess
from aspire_ingest.load.types import LoadOptions
from aspire_ingest.web.types import Fetched


@pytest.mark.parametrize(
    ("address", "remarks"),
    [
        ("https://example.org/rules.pdf", ["is an HTML page though it is named .pdf"]),
        ("https://example.org/要領.DOCX", ["is an HTML page though it is named .DOCX"]),
        ("https://example.org/README.md", []),
        ("https://example.org/rules.html", []),
        ("https://example.org/rules", []),
    ],
)
def test_a_page_at_the_address_of_a_file_is_remarked(address: str, remarks: list[str]) -> None:
    page = b"<!doctype html><title>A page</title><p>Words of it."
    fetched = Fetched(url=address, body=page, media_type="text/html")
    with closing(ParserProcess()) as parsers:
        parsed = parse_fetched(address, fetched, LoadOptions(), parsers)
    assert [one.what for one in parsed.remarks] == remarks

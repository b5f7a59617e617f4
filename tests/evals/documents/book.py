"""EPUB books by hand."""

from tests.evals.documents.case import DocumentCase
from tests.evals.documents.xml_parts import package

_CONTAINER = (
    "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles><rootfile "
    "full-path='OPS/book.opf' media-type='application/oebps-package+xml'/></rootfiles></container>"
)


def book(*chapters: str, language: str = "en") -> bytes:
    """A book of the insides of its chapters."""
    names = [f"c{number}" for number in range(len(chapters))]
    items = "".join(
        f"<item id='{name}' href='{name}.xhtml' media-type='application/xhtml+xml'/>"
        for name in names
    )
    spine = "".join(f"<itemref idref='{name}'/>" for name in names)
    files: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "OPS/book.opf": "<package xmlns='http://www.idpf.org/2007/opf' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata><dc:title>Book</dc:title>"
        f"<dc:language>{language}</dc:language></metadata><manifest>{items}</manifest>"
        f"<spine>{spine}</spine></package>",
    }
    for name, inside in zip(names, chapters, strict=True):
        files[f"OPS/{name}.xhtml"] = (
            "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title>t</title>"
            f"</head><body>{inside}</body></html>"
        )
    return package(files)


CASES = (
    DocumentCase(
        name="handbook.epub", kind="epub",
        make=lambda: book("<h1>Visits</h1><p>Visits last 30 days.</p>",
                          "<h1>Fees</h1><p>Fees are <s>40</s> 60 euros.</p><p hidden='hidden'>"
                          "spare words</p>"),
        shown="Visits\nVisits last 30 days.\nFees\nFees are 60 euros.",
        hidden=("40", "spare words"), named=("struck",),
    ),
    DocumentCase(
        name="tebiki.epub", kind="epub",
        make=lambda: book("<h1>手引き</h1><p>報告書は<ruby>翌<rt>よく</rt></ruby>月に出します。</p>",
                          language="ja"),
        shown="手引き\n報告書は翌月に出します。", hidden=("よく",),
    ),
    DocumentCase(
        name="picture.epub", kind="epub",
        make=lambda: book("<img src='p.png'/>", "<h1>Rates</h1><p>Oslo: 900 yen a night.</p>"),
        shown="Rates\nOslo: 900 yen a night.", named=("chapter without text",),
    ),
)  # fmt: skip

"""Names and first bytes by which kinds of documents are told."""

import re

EXTENSIONS = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
    ".pdf": "pdf", ".docx": "docx", ".pptx": "pptx", ".xlsx": "xlsx",
    ".docm": "docx", ".pptm": "pptx", ".xlsm": "xlsx",
    ".dotx": "docx", ".dotm": "docx", ".potx": "pptx", ".ppsx": "pptx", ".xltx": "xlsx",
    ".odt": "odt", ".ott": "odt", ".ods": "ods", ".ots": "ods", ".odp": "odp", ".otp": "odp",
    ".rtf": "rtf", ".epub": "epub", ".doc": "doc", ".dot": "doc", ".ppt": "ppt", ".xls": "xls",
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".eml": "mail",
    ".md": "markdown", ".markdown": "markdown", ".txt": "text", ".text": "text",
}  # fmt: skip
BULK_EXTENSIONS = frozenset({".jsonl", ".ndjson"})

_FOREIGN = (
    ".png .jpg .jpeg .gif .webp .svg .ico .bmp .tif .tiff .heic .mp3 .mp4 .wav .mov .avi .webm "
    ".ogg .css .js .mjs .map .woff .woff2 .ttf .otf .eot .py .pyc .sh .bat .exe .dll .so .dylib "
    ".zip .gz .tar .tgz .bz2 .xz .7z .rar .db .sqlite .sqlite3 .lock .log .ini .cfg .toml .json "
    ".xml .yaml .yml"
)
FOREIGN_EXTENSIONS = frozenset(_FOREIGN.split())
"""Files that lie beside documents and are none: skipped inside a folder."""

_OPENXML = "application/vnd.openxmlformats-officedocument"
_OPENDOCUMENT = "application/vnd.oasis.opendocument"
MEDIA_TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "text/plain": "text",
    f"{_OPENXML}.wordprocessingml.document": "docx",
    f"{_OPENXML}.presentationml.presentation": "pptx",
    f"{_OPENXML}.spreadsheetml.sheet": "xlsx",
    f"{_OPENDOCUMENT}.text": "odt",
    f"{_OPENDOCUMENT}.spreadsheet": "ods",
    f"{_OPENDOCUMENT}.presentation": "odp",
    "application/epub+zip": "epub",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
    "application/msword": "doc",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.ms-excel": "xls",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "message/rfc822": "mail",
}

KIND_NAMES = {
    "html": "an HTML page", "pdf": "a PDF", "docx": "a Word document",
    "pptx": "a PowerPoint presentation", "xlsx": "an Excel workbook", "doc": "an old Word document",
    "ppt": "an old PowerPoint presentation", "xls": "an old Excel workbook", "rtf": "an RTF text",
    "epub": "an EPUB book", "odt": "an OpenDocument text", "ods": "an OpenDocument spreadsheet",
    "odp": "an OpenDocument presentation",
}  # fmt: skip
"""What people call the kinds that are told by their content."""

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"
RTF_MAGIC = b"{\\rtf"
OFFICE_PARTS = re.compile(
    r"(?P<docx>word/document\d*\.xml)|(?P<pptx>ppt/presentation\d*\.xml)|(?P<xlsx>xl/workbook\d*\.xml)",
    re.IGNORECASE,
)
"""The main part of an Office file, by which its kind is told."""
TYPED_ARCHIVES = re.compile(
    rb"application/(?:vnd\.oasis\.opendocument\.(?:(?P<odt>text)|(?P<ods>spreadsheet)"
    rb"|(?P<odp>presentation))(?:-template)?|(?P<epub>epub\+zip))\s*\Z"
)
"""What OpenDocument and EPUB files say of themselves in their part `mimetype`."""
OLE_STREAMS = {
    "WordDocument": "doc",
    "PowerPoint Document": "ppt",
    "Workbook": "xls",
    "Book": "xls",
}
"""The stream of an old Office file that holds the document; names are kept in UTF-16."""
BINARY_MAGIC = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ\x90", b"\x1f\x8b", b"Rar!",
    b"7z\xbc\xaf", b"SQLite format 3", b"RIFF", b"OggS", b"BZh", b"\xfd7zXZ",
)  # fmt: skip
HTML_START = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)

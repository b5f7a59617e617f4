"""Names and first bytes by which kinds of documents are told."""

import re

EXTENSIONS = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
    ".pdf": "pdf", ".docx": "docx", ".pptx": "pptx", ".xlsx": "xlsx",
    ".docm": "docx", ".pptm": "pptx", ".xlsm": "xlsx",
    ".md": "markdown", ".markdown": "markdown", ".txt": "text", ".text": "text",
}  # fmt: skip
BULK_EXTENSIONS = frozenset({".jsonl", ".ndjson"})

_FOREIGN = (
    ".png .jpg .jpeg .gif .webp .svg .ico .bmp .tif .tiff .heic .mp3 .mp4 .wav .mov .avi .webm "
    ".ogg .css .js .mjs .map .woff .woff2 .ttf .otf .eot .py .pyc .sh .bat .exe .dll .so .dylib "
    ".zip .gz .tar .tgz .bz2 .xz .7z .rar .db .sqlite .sqlite3 .lock .log .ini .cfg .toml .json "
    ".xml .csv .tsv .yaml .yml"
)
FOREIGN_EXTENSIONS = frozenset(_FOREIGN.split())
"""Files that lie beside documents and are none: skipped inside a folder."""

_OPENXML = "application/vnd.openxmlformats-officedocument"
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
}

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"
OFFICE_PARTS = {
    "word/document.xml": "docx",
    "ppt/presentation.xml": "pptx",
    "xl/workbook.xml": "xlsx",
}
BINARY_MAGIC = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ\x90", b"\x1f\x8b", b"Rar!",
    b"7z\xbc\xaf", b"SQLite format 3", b"RIFF", b"OggS", b"BZh", b"\xfd7zXZ",
)  # fmt: skip
HTML_START = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)

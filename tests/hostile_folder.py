"""A folder of more than fifty hostile and broken files beside five good ones, made when needed.

Harm is made small where a small file shows the same. Nothing harmful is stored.
"""

import os
import struct
from collections.abc import Callable
from pathlib import Path

from tests import hostile
from tests.evals.documents import sheets, word
from tests.evals.documents.opendocument import cell, opendocument, row, sheet
from tests.evals.documents.xml_parts import OFFICE, edited, package, relations

MEBIBYTE = 1024 * 1024
GOOD = {
    "good-page.html": lambda: hostile.page("Pages are read beside hostile files."),
    "good-word.docx": lambda: hostile.word("Word files are read beside hostile files."),
    "good-sheet.xlsx": lambda: hostile.sheet("Sheets are read beside hostile files."),
    "good-slides.pptx": lambda: hostile.slides("Slides are read beside hostile files."),
    "good-text.md": lambda: b"# Texts\n\nTexts are read beside hostile files.\n",
}


def _nested_xml(depth: int) -> str:
    return f"<w:ins>{'<w:ins>' * depth}{'</w:ins>' * depth}</w:ins>"


def _word_with(part: str, content: str | bytes) -> bytes:
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relations({"a": ("officeDocument", "word/document.xml")}),
        part: content,
    }
    return package(parts)


def _billion_laughs(root: str) -> str:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]><{root}>&l9;</{root}>'


def _cut(data: bytes, share: float) -> bytes:
    return data[: int(len(data) * share)]


def _flipped(data: bytes) -> bytes:
    """Bytes changed all over the packed data: every checksum is wrong."""
    broken = bytearray(data)
    for place in range(60, len(broken) - 400, 97):
        broken[place] ^= 0x55
    return bytes(broken)


def _locked_zip() -> bytes:
    """All entries say that they are encrypted."""
    data = bytearray(hostile.word())
    place = data.find(b"PK\x03\x04")
    while place >= 0:
        data[place + 6] |= 1
        place = data.find(b"PK\x03\x04", place + 4)
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 4)
    return bytes(data)


def _many_entries() -> bytes:
    return package({f"word/x{number}.xml": "" for number in range(20_100)} | {
        "word/document.xml": "<a/>"})  # fmt: skip


def _endless_relations() -> bytes:
    """A workbook whose sheet is the workbook."""
    return edited(sheets.by_hand(""), "xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml",
                  "workbook.xml")  # fmt: skip


def _looping_styles() -> bytes:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{number}"><w:name w:val="n{number}"/>'
        f'<w:basedOn w:val="s{(number + 1) % 3}"/></w:style>'
        for number in range(3)
    )
    return word.by_hand("", styles=styles)


def _self_chunk() -> bytes:
    return package(
        {
            "_rels/.rels": relations({"a": ("officeDocument", "word/document.xml")}),
            "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/'
            f'wordprocessingml/2006/main" xmlns:r="{OFFICE}"><w:body><w:altChunk r:id="c"/>'
            "</w:body></w:document>",
            "word/_rels/document.xml.rels": relations({"c": ("aFChunk", "document.xml")}),
        }
    )


def _enormous_cells() -> bytes:
    """Few cells, of which one range makes more than are read."""
    rows = "".join(f'<row r="{number}"><c><v>1</v></c></row>' for number in range(1, 3001))
    wide = '<row r="3001"><c r="GR3001"><v>1</v></c></row>'
    merged = '<mergeCells><mergeCell ref="A1:GR3001"/></mergeCells>'
    return sheets.by_hand(rows + wide, after=merged)


def _enormous_repeats() -> bytes:
    return opendocument(
        "spreadsheet",
        sheet("S", row(cell("x", 'table:number-columns-repeated="16384"'),
                       more='table:number-rows-repeated="1048576"')),
    )  # fmt: skip


def _cells_far_apart() -> bytes:
    return sheets.by_hand("", after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')


def _ole(stream: str = "") -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + stream.encode("utf-16-le")


def _style_bomb() -> bytes:
    """A selector that is tried against every choice of four among a hundred elements."""
    return (
        "<!DOCTYPE html><html><head><style>.zz .a .a .a .a .e {color:red}</style></head><body>"
        + "<div class='a e'>" * 100 + "x" + "</div>" * 100 + "</body></html>"
    ).encode()  # fmt: skip


def _nested_mail(depth: int) -> bytes:
    head = b"Subject: x\r\nMIME-Version: 1.0\r\n"
    opened = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(depth)
    )
    return head + opened


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    # packages that unpack to more than anyone has
    "bomb.docx": (lambda: hostile.zip_bomb(24 * MEBIBYTE), "bomb"),
    "bomb-lying.docx": (hostile.lying_zip_bomb, "damaged"),
    "bomb.xlsx": (
        lambda: package({"xl/workbook.xml": b" " * (24 * MEBIBYTE)}), "bomb"),
    "bomb-entries.docx": (_many_entries, "parts"),
    # XML that grows, refers outside or nests
    "entities.docx": (hostile.entity_bomb, "entities"),
    "entities.xlsx": (lambda: package({
        "xl/workbook.xml": _billion_laughs("workbook")}), "entities"),
    "entities-wide.docx": (lambda: _word_with(
        "word/document.xml", _billion_laughs("d").encode("utf-16")), "entities"),
    "entities-outside.docx": (lambda: _word_with("word/document.xml",
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'), "entities"),
    "entities.epub": (lambda: package({
        "mimetype": "application/epub+zip", "META-INF/container.xml": _billion_laughs("c")}),
        ""),
    "deep.docx": (lambda: word.by_hand(_nested_xml(100_000)), ""),
    "deep.html": (hostile.deep_html, "nest"),
    "deep.rtf": (lambda: b"{\\rtf1 " + b"{" * 500_000, ""),
    "deep.eml": (lambda: _nested_mail(1200), ""),
    "deep.md": (lambda: b"---\ntitle: " + b"[" * 20_000 + b"\n---\ntext\n", "nest"),
    # references that never end
    "loop-sheet.xlsx": (_endless_relations, "no values"),
    "loop-styles.docx": (_looping_styles, "no text"),
    "loop-chunk.docx": (_self_chunk, "no text"),
    "loop-yaml.md": (lambda: b"---\na: &a [*a]\n---\ntext\n", "alias"),
    # cut off at many places
    "cut-head.docx": (lambda: hostile.word()[:3], ""),
    "cut-early.docx": (lambda: _cut(hostile.word(), 0.02), "damaged"),
    "cut-middle.xlsx": (lambda: _cut(hostile.sheet(), 0.5), "damaged"),
    "cut-late.pptx": (lambda: _cut(hostile.slides(), 0.98), "damaged"),
    "cut-end.docx": (lambda: hostile.word()[:-15], "damaged"),
    "cut.pdf": (lambda: _cut(hostile.pdf(), 0.3), "damaged"),
    "cut.rtf": (lambda: b"{\\rtf1", "no text"),
    "cut.eml": (lambda: b"Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b", ""),
    "cut-tag.html": (lambda: b"<!DOCTYPE html><html><body><p", "no text"),
    "flipped.docx": (lambda: _flipped(hostile.word()), "damaged"),
    "locked.docx": (_locked_zip, "password"),
    # not what their names say
    "picture.docx": (lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, "picture"),
    "program.pdf": (lambda: b"MZ" + bytes(range(256)), "PDF"),
    "text.xlsx": (lambda: b"only words", "XLSX"),
    "text.epub": (lambda: b"only words", "EPUB"),
    "text.rtf": (lambda: b"only words", "RTF"),
    "archive.docx": (lambda: package({"readme.txt": "nothing"}), "ZIP"),
    "old.xls": (_ole, "old Office"),
    "secret.docx": (lambda: _ole("EncryptedPackage"), ""),
    # counts and ranges that nobody has
    "cells.xlsx": (_enormous_cells, "cells"),
    "merged.xlsx": (_cells_far_apart, "no values"),
    "repeats.ods": (_enormous_repeats, "cells"),
    "cells.csv": (lambda: (b"1," * 999 + b"\n") * 600, "cells"),
    "styles.html": (_style_bomb, "style"),
    "large.html": (
        lambda: b"<!DOCTYPE html><html><body>" + b"<p>word</p>" * 1_600_000, "limit"),
    # bytes that are no text
    "nul.txt": (lambda: b"\x00\x01\x02" * 2000, "binary"),
    "nul-only.md": (lambda: b"\x00" * 5000, "empty"),
    "mixed.txt": (
        lambda: "締切は五月".encode("cp932") + "締切は五月".encode("euc_jp")
        + "締切は五月".encode() + struct.pack(">6H", *range(0x80FF, 0x8105)), "encoding"),
    "utf-7.txt": (lambda: b"+MEIwRDBGMEgwSjBLME0wTzBR-", "UTF-7"),
    "noise.bin": (lambda: bytes((n * 7919) % 251 for n in range(4096)), "unknown"),
    "controls.csv": (lambda: b"\x01\x02\x03,\x04\x05" * 400, ""),
    # nothing inside
    "empty.docx": (lambda: b"", "empty"),
    "empty.txt": (lambda: b"", "empty"),
    "blank.csv": (lambda: b",,\n,,\n", "no values"),
    "blank.docx": (lambda: word.by_hand(word.p("")), "no text"),
    "blank-slides.pptx": (lambda: package({"ppt/presentation.xml": "<p/>"}), "damaged"),
    "scanned.pdf": (hostile.scanned_pdf, "scanned"),
    "password.pdf": (lambda: hostile.pdf(password="x"), "password"),  # noqa: S106 - what is tested
}  # fmt: skip
"""Bytes by name, and a word that the error must say ("" where any will do)."""


def write_folder(folder: Path) -> tuple[list[str], dict[str, str]]:
    """Fill a folder; return the good names, and for each bad one a word of its error."""
    for name, make in GOOD.items():
        (folder / name).write_bytes(make())
    for name, (make, _) in BAD.items():
        (folder / name).write_bytes(make())
    words = {name: word_ for name, (_, word_) in BAD.items()}
    good = [*GOOD]
    inside = folder / "a-folder.pdf"
    inside.mkdir()
    (inside / "good-inside.md").write_text("# Inside\n\nFolders may be called like files.\n")
    good.append("a-folder.pdf/good-inside.md")
    words |= _write_special(folder)
    return sorted(good), words


def _write_special(folder: Path) -> dict[str, str]:
    """What only a file system can do to a reader."""
    words = {"loop-a.txt": "cannot be read", "loop-b.txt": "cannot be read",
             "nowhere.docx": "cannot be read"}  # fmt: skip
    (folder / "loop-a.txt").symlink_to("loop-b.txt")
    (folder / "loop-b.txt").symlink_to("loop-a.txt")
    (folder / "nowhere.docx").symlink_to("not-there.docx")
    (folder / "itself").symlink_to(".")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.txt")
        words["pipe.txt"] = "regular"
    if os.geteuid() != 0:  # root reads everything
        locked = folder / "locked.txt"
        locked.write_text("closed to all")
        locked.chmod(0)
        words["locked.txt"] = "cannot be read"
    return words

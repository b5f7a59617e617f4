"""Hostile and broken files, made when they are needed: nothing harmful is stored.

`write_good`, `write_hostile` and `write_bulk` fill a folder and say what a loader should make of
it; `hostile_server` is the like for URLs. Sizes are small where a small file shows the same.
"""

import io
import struct
import zipfile
from pathlib import Path

import docx
import openpyxl
import pptx
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image
from pptx.shapes.placeholder import SlidePlaceholder
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

MEBIBYTE = 1024 * 1024
GOOD_SENTENCE = "The programme supports joint research with partners abroad."


def pdf(sentence: str = GOOD_SENTENCE, *, password: str | None = None, pages: int = 1) -> bytes:
    """A PDF with a heading and a sentence on each page."""
    buffer = io.BytesIO()
    encryption = StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(buffer, pagesize=A4, encrypt=encryption)
    for number in range(1, pages + 1):
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(72, 700, f"{number}. Goals")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(72, 660, sentence)
        canvas.drawString(290, 40, str(number))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def scanned_pdf() -> bytes:
    """A PDF whose only page is a picture."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, *A4)  # pyright: ignore[reportUnknownMemberType]
    canvas.save()
    return buffer.getvalue()


def word(sentence: str = GOOD_SENTENCE) -> bytes:
    """A DOCX with a title, a heading, a list and a table."""
    document = docx.Document()
    document.add_heading("Programme guide", 0)
    document.add_heading("Goals", 1)
    document.add_paragraph(sentence)
    document.add_paragraph("first", style="List Bullet")
    document.add_paragraph("second", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, cells in enumerate((("Field", "Officer"), ("Energy", "Mariko"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def slides(sentence: str = GOOD_SENTENCE) -> bytes:
    """A PPTX of one slide with a title, a list and notes."""
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    box = slide.placeholders[1]
    notes = slide.notes_slide.notes_text_frame
    assert slide.shapes.title is not None
    assert isinstance(box, SlidePlaceholder)
    assert notes is not None
    slide.shapes.title.text = "Goals"
    box.text_frame.text = sentence
    box.text_frame.add_paragraph().text = "second"
    notes.text = "Say this slowly."
    buffer = io.BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def sheet(sentence: str = GOOD_SENTENCE) -> bytes:
    """An XLSX with a caption and a table."""
    book = openpyxl.Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = "Ceilings"
    page.append(["Table 1. Ceilings"])
    page.append(["Type", "Ceiling", "Remark"])
    page.append(["Top", 450.0, sentence])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def page(sentence: str = GOOD_SENTENCE, *, title: str = "Goals") -> bytes:
    """An HTML page with navigation around its text."""
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{title}</title></head><body><nav>Home</nav>"
        f"<main><h1>{title}</h1><p>{sentence} It began in 2023 and pays for travel, people and "
        "equipment. Young researchers go abroad for months and come back with new partners."
        "</p></main><footer>Imprint</footer></body></html>"
    ).encode()


def zip_bomb(size: int = 96 * MEBIBYTE) -> bytes:
    """A DOCX whose document part unpacks to a thousand times its size."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(size // MEBIBYTE):
                part.write(b" " * MEBIBYTE)
    return buffer.getvalue()


def lying_zip_bomb() -> bytes:
    """The same, its directory claiming that the part is 1,000 bytes long."""
    data = bytearray(zip_bomb(16 * MEBIBYTE))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 1000)
    return bytes(data)


def entity_bomb() -> bytes:
    """A DOCX with a billion laughs in its XML."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]><d>&l9;</d>'
    source, buffer = io.BytesIO(word()), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, bomb if name == "word/document.xml" else old.read(name))
    return buffer.getvalue()


def deep_html(depth: int = 100_000) -> bytes:
    """A page of nested elements with a word inside."""
    return b"<html><body>" + b"<div>" * depth + b"word" + b"</div>" * depth + b"</body></html>"


def sparse_html(path: Path, size: int = 100 * MEBIBYTE) -> None:
    """A page of 100 MB that takes no room on most file systems."""
    with path.open("wb") as stream:
        stream.write(b"<!DOCTYPE html><html><body><p>text</p>")
        stream.truncate(size)


def write_good(folder: Path) -> list[str]:
    """Write one good file of each kind; return their names."""
    files = {
        "good.html": page(),
        "good.pdf": pdf(),
        "good.docx": word(),
        "good.pptx": slides(),
        "good.xlsx": sheet(),
        "good.md": f"---\ntitle: Goals\n---\n\n# Goals\n\n{GOOD_SENTENCE}\n".encode(),
        "good.txt": f"Goals\n\n{GOOD_SENTENCE}\n".encode(),
        "mislabelled-page.txt": page(),
        "mislabelled-pdf.html": pdf(),
        "mislabelled-word.xlsx": word(),
        "with-nul.txt": f"Goals\n\n{GOOD_SENTENCE[:9]}\x00{GOOD_SENTENCE[9:]}\n".encode(),
        "with-surrogate.md": b"# Goals\n\n"
        + GOOD_SENTENCE.encode()
        + b" \xed\xa0\x80 " * 3
        + b"\n",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return sorted(files)


def write_hostile(folder: Path) -> dict[str, str]:
    """Write bad files; return for each name a word that its error must say."""
    good_pdf, good_word = pdf(), word()
    files: dict[str, tuple[bytes, str]] = {
        "truncated.pdf": (good_pdf[: len(good_pdf) // 3], "damaged"),
        "header-only.pdf": (b"%PDF-1.7\n", "damaged"),
        "garbage-inside.pdf": (b"%PDF-1.4\n" + bytes(range(256)) * 40, "damaged"),
        "password.pdf": (pdf(password="secret"), "password"),  # noqa: S106 - what is tested
        "scanned.pdf": (scanned_pdf(), "scanned"),
        "page-named.pdf": (b"just some words, no PDF at all\n", "PDF"),
        "truncated.docx": (good_word[: len(good_word) // 2], "damaged"),
        "bomb.docx": (zip_bomb(), "bomb"),
        "lying-bomb.docx": (lying_zip_bomb(), "damaged"),
        "entities.docx": (entity_bomb(), "entities"),
        "deep.html": (deep_html(), "nest"),
        "deep.md": (b"---\ntitle: " + b"[" * 20_000 + b"\n---\ntext\n", "nest"),
        "aliases.md": (b"---\na: &a [x]\nb: *a\n---\ntext\n", "alias"),
        "bad-yaml.md": (b"---\ntitle: a: b: c\n---\ntext\n", "YAML"),
        "bad-audience.md": (b"---\naudience: internal\n---\ntext\n", "audience"),
        "empty.txt": (b"", "empty"),
        "empty.pdf": (b"", "empty"),
        "blank.md": (b" \n\n", "empty"),
        "only-front-matter.md": (b"---\ntitle: Goals\n---\n", "no text"),
        "no-text.html": (b"<!DOCTYPE html><html><body><script>1</script></body></html>", "no text"),
        "garbage.bin": (bytes((i * 7919) % 251 for i in range(4096)), "unknown"),
        "nul.txt": (b"\x00\x01\x02" * 2000, "binary"),
        "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Office"),
        "archive.docx": (_archive(), "ZIP"),
        "large-page.html": (b"<!DOCTYPE html><html><body>" + b"<p>word</p>" * 1_600_000, "limit"),
    }
    for name, (data, _) in files.items():
        (folder / name).write_bytes(data)
    sparse_html(folder / "hundred-megabytes.html")
    expected = {name: word for name, (_, word) in files.items()}
    expected["hundred-megabytes.html"] = "limit"
    return expected


def write_bulk(path: Path) -> tuple[list[str], dict[int, str]]:
    """Write a bulk file; return the ids of its good lines and a word for each bad one."""
    lines: list[tuple[str, str | None]] = [
        ('{"id": "one", "title": "One", "text": "First."}', None),
        ("", None),
        ("{broken", "JSON"),
        ('{"id": "two", "text": "Second."}', None),
        ('["a", "list"]', "object"),
        ('{"id": "no-text", "title": "x"}', "text"),
        ('{"id": "deep", "text": ' + "[" * 100_000, "deep"),
        ('{"id": "lone \\ud800", "text": "nul \\u0000 and \\udfff."}', None),
        ('{"id": 7, "text": "number"}', None),
        ('{"id": "bad", "text": "x", "audience": "everyone"}', "audience"),
        ('{"id": "huge", "text": ' + "1" * 5000 + "}", "JSON"),
        ('{"id": "empty", "text": " "}', "no text"),
    ]
    path.write_text("\n".join(line for line, _ in lines), encoding="utf-8")
    bad = {number: word for number, (_, word) in enumerate(lines, start=1) if word}
    return ["one", "two", "lone \ufffd", "7"], bad


def _archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("readme.txt", "nothing")
    return buffer.getvalue()

"""Hostile and broken files and servers, made when they are needed: nothing harmful is stored.

`write_good` and `write_hostile` fill a folder; `hostile_server` answers on loopback as the worst
servers do. Sizes are small where a small file shows the same: the bombs claim more than they are.
"""

import gzip
import io
import struct
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import docx
import openpyxl
import pptx
from PIL import Image
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
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, *A4)
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
    slide.shapes.title.text = "Goals"
    slide.placeholders[1].text_frame.text = sentence
    slide.placeholders[1].text_frame.add_paragraph().text = "second"
    slide.notes_slide.notes_text_frame.text = "Say this slowly."
    buffer = io.BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def sheet(sentence: str = GOOD_SENTENCE) -> bytes:
    """An XLSX with a caption and a table."""
    book = openpyxl.Workbook()
    page = book.active
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


_GZIP_BOMB = gzip.compress(b" " * 16 * MEBIBYTE, 1)


class _Hostile(BaseHTTPRequestHandler):
    """Misbehaves by path."""

    stopping: threading.Event
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        route = self.path.strip("/").partition("/")[0].partition("?")[0]
        getattr(self, f"_{route.replace('.', '_').replace('-', '_')}", self._missing)()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as inherited
        """Say nothing."""

    def _send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        fields = {"Content_Length": str(len(body)), "Content_Type": "text/html", **headers}
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _good_html(self) -> None:
        self._send(page())

    def _good_pdf(self) -> None:
        self._send(pdf(), Content_Type="application/octet-stream")

    def _missing(self) -> None:
        self._send(b"not here", 404)

    def _broken(self) -> None:
        self._send(b"oops", 500)

    def _endless(self) -> None:
        self._send(b"", 302, Location=f"/endless/{self.path.count('x')}{'x' * 3}")

    def _moved(self) -> None:
        self._send(b"", 301, Location="/good.html")

    def _metadata_service(self) -> None:
        self._send(b"", 302, Location="http://169.254.169.254/latest/meta-data/")

    def _file(self) -> None:
        self._send(b"", 302, Location="file:///etc/passwd")

    def _loopback(self) -> None:
        self._send(b"", 302, Location="http://127.0.0.2:9/")

    def _never(self) -> None:
        self.stopping.wait(30)

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self._trickle(b"x")

    def _drip_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self._trickle(b"x")

    def _trickle(self, piece: bytes) -> None:
        while not self.stopping.wait(0.05):
            self.wfile.write(piece)
            self.wfile.flush()

    def _huge(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Connection", "close")
        self.end_headers()
        while not self.stopping.is_set():
            self.wfile.write(b"<p>word</p>" * 6000)

    def _claims_huge(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(10**12))
        self.end_headers()

    def _gzip_bomb(self) -> None:
        self._send(_GZIP_BOMB, Content_Encoding="gzip")

    def _gzip(self) -> None:
        self._send(gzip.compress(page()), Content_Encoding="gzip")

    def _cut(self) -> None:
        self._send(page(), Content_Length="100000", Connection="close")
        self.close_connection = True

    def _empty(self) -> None:
        self._send(b"")

    def _canonical(self) -> None:
        link = b'<link rel=canonical href="/the-page">'
        self._send(page().replace(b"</head>", link + b"</head>"))

    def _foreign_canonical(self) -> None:
        link = b'<link rel=canonical href="https://elsewhere.example/x">'
        self._send(page().replace(b"</head>", link + b"</head>"))

    def _euc_jp(self) -> None:
        text = (
            "<html><body><h1>公募</h1><p>"
            + "令和七年度の公募を始めます。" * 20
            + "</p></body></html>"
        )
        self._send(text.encode("euc_jp"), Content_Type="text/html; charset=EUC-JP")


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are the point."""


@contextmanager
def hostile_server() -> Iterator[str]:
    """Serve on loopback; yields `http://127.0.0.1:PORT`."""
    stopping = threading.Event()
    handler = type("Handler", (_Hostile,), {"stopping": stopping})
    server = _QuietServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()

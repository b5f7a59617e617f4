"""A server that answers on loopback as the worst servers do, by path; the same over TLS."""

import gzip
import ssl
import threading
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from tests.hostile import MEBIBYTE, page, pdf

_GZIP_BOMB = gzip.compress(b" " * 16 * MEBIBYTE, 1)


class _Hostile(BaseHTTPRequestHandler):
    """Misbehaves by path; the same over TLS."""

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

    def _drip_chunk(self) -> None:
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n1;"
        self.wfile.write(head)
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
def hostile_server() -> Generator[str]:
    """Serve on loopback; yields `http://127.0.0.1:PORT`."""
    with _serving(None) as port:
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _serving(context: ssl.SSLContext | None) -> Generator[int]:
    stopping = threading.Event()
    handler = type("Handler", (_Hostile,), {"stopping": stopping})
    server = _QuietServer(("127.0.0.1", 0), handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_port
    finally:
        stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def tls_server(folder: Path, host: str = "localhost") -> Generator[tuple[str, Path]]:
    """Serve the same over TLS; yields the address and the certificate, which nobody signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / "certificate.pem", folder / "key.pem"
    pem.write_bytes(certificate.public_bytes(Encoding.PEM))
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    with _serving(context) as port:
        yield f"https://{host}:{port}", pem

"""EML: the subject, the date and the words of one message; files attached to it are named."""

import email
import re
from email.errors import MessageError
from email.header import Header, decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import islice

from aspire_ingest.errors import LoadError
from aspire_ingest.load.encoding.encoding import decode
from aspire_ingest.load.html.document import parse as parse_page
from aspire_ingest.load.parse_result import Parsed, Raw, Stated
from aspire_ingest.load.stated.privacy_requests import privacy_request
from aspire_ingest.load.writing.clean import scrub, tidy
from aspire_ingest.load.writing.tally import RemarkTally

_SENSITIVITIES = {"company-confidential": "Company confidential", "private": "Confidential",
                  "personal": "Confidential"}  # fmt: skip
"""What mail programs show above a message whose sender marked it so."""
_TOO_OLD = re.compile(
    r"(?:does|can|could|can ?not|can't|doesn't|unable|not)\b[^.]{0,60}\b(?:show|display|support"
    r"|view|read)\b[^.]{0,40}\bHTML|\bHTML\b[^.]{0,60}\b(?:view|display|show|enabled|capable|compatible)"
    r"|HTML\s*(?:形式|メール)[^。]{0,40}(?:表示|対応|ご覧|閲覧)",
    re.IGNORECASE,
)
_LONGEST_EXCUSE = 400
_MAX_PARTS = 500
_MAX_NAME = 80
_ENCRYPTED = frozenset(
    {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
)


def parse(raw: Raw) -> Parsed:
    """Read one message; its plain text, or its HTML where it has no other.

    Raises:
        LoadError: it is encrypted, or holds no text.
    """
    try:
        message = email.message_from_bytes(raw.data)
        parts = _leaves(message)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise LoadError(raw.name, f"is a damaged message ({error}); save it again") from error
    if any(part.get_content_type() in _ENCRYPTED for part in (message, *parts)):
        raise LoadError(raw.name, "is an encrypted message; save its text")
    tally = RemarkTally()
    bodies = [part for part in parts if not _is_attached(part)]
    for part in parts:
        if _is_attached(part):
            tally.add("lost", *_named(part, raw))
    subject = _header(message, "Subject", raw)
    body = _body(bodies, raw)
    heading = f"# {subject}\n\n" if subject else ""
    sensitivity = _SENSITIVITIES.get(_header(message, "Sensitivity", raw).lower(), "")
    return Parsed(
        text=f"{heading}{body.text}",
        stated=Stated(title=subject or body.stated.title, published=_date(message)),
        remarks=(*body.remarks, *tally.remarks()),
        margins=(sensitivity,) if sensitivity else (),
        privacy_request=privacy_request(f"{subject}\n\n{body.text}"),
    )


def _leaves(message: Message) -> list[Message]:
    """The parts that hold something; a message that was attached is one part."""
    found: list[Message] = []
    inside: set[int] = set()
    for part in islice(message.walk(), _MAX_PARTS):
        if id(part) in inside:
            continue
        if part.get_content_maintype() == "message":
            inside |= {id(inner) for inner in part.walk() if inner is not part}
        if part.get_content_maintype() != "multipart":
            found.append(part)
    return found


def _is_attached(part: Message) -> bool:
    is_text = part.get_content_type() in ("text/plain", "text/html")
    return not is_text or part.get_content_disposition() == "attachment"


def _named(part: Message, raw: Raw) -> tuple[str, str]:
    """How a remark names one attached part; a picture inside the text has often no name."""
    try:
        name = tidy(_decoded(part.get_filename() or "", raw))[:_MAX_NAME]
    except (ValueError, LookupError, TypeError):
        name = ""
    if name:
        return f"attached file: {name}", f"attached files: {name}"
    kind = "picture" if part.get_content_maintype() == "image" else "attached part"
    return kind, f"{kind}s"


def _body(parts: list[Message], raw: Raw) -> Parsed:
    """All plain texts of the message, else all its pages."""
    texts = [_text(part, raw) for part in parts if part.get_content_type() == "text/plain"]
    text = "\n\n".join(filter(None, texts))
    pages = [part for part in parts if part.get_content_type() == "text/html"]
    has_pages = any(_bytes(part).strip() for part in pages)
    is_excuse = has_pages and len(text) <= _LONGEST_EXCUSE and _TOO_OLD.search(text) is not None
    if text and not is_excuse:
        return Parsed(text=text)
    read = [parse_page(_page(part, raw)) for part in pages if _bytes(part).strip()]
    if not read:
        raise LoadError(raw.name, "is a message without text")
    remarks = tuple(remark for page in read for remark in page.remarks)
    return Parsed(text="\n\n".join(page.text for page in read), remarks=remarks)


def _text(part: Message, raw: Raw) -> str:
    data = _bytes(part)
    if not data.strip():
        return ""
    text = scrub(decode(data, raw.name, charset=_charset(part))).strip("\n")
    is_flowed = str(part.get_param("format") or "").lower() == "flowed"
    if not is_flowed:
        return text
    return _joined(text, drops_space=str(part.get_param("delsp") or "").lower() == "yes")


def _joined(text: str, *, drops_space: bool) -> str:
    """Join the lines that a program wrapped (RFC 3676): one that ends with a space goes on."""
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        if goes_on and not line.startswith(">"):
            lines[-1] = (lines[-1][:-1] if drops_space else lines[-1]) + line.removeprefix(" ")
        else:
            lines.append(line.removeprefix(" "))
        goes_on = line.endswith(" ") and line != "-- " and not line.startswith(">")
    return "\n".join(lines)


def _page(part: Message, raw: Raw) -> Raw:
    return Raw(name=raw.name, data=_bytes(part), charset=_charset(part), options=raw.options)


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (ValueError, LookupError, TypeError):
        return None


def _header(message: Message, name: str, raw: Raw) -> str:
    return tidy(_decoded(message.get(name) or "", raw))


def _decoded(value: str | Header, raw: Raw) -> str:
    """An encoded header as text; bytes beyond ASCII, which none may hold, by their looks."""
    try:
        pieces = decode_header(value)
    except (MessageError, ValueError, LookupError):
        return str(value)
    found: list[str] = []
    for piece, charset in pieces:
        data = piece.encode("utf-8", "surrogateescape") if isinstance(piece, str) else piece
        is_known = not isinstance(piece, str) and charset != "unknown-8bit"
        try:
            known = charset if is_known else None
            found.append(decode(data, raw.name, charset=known) if data.strip() else " ")
        except (LoadError, LookupError):
            found.append(data.decode("ascii", "replace"))
    return "".join(found)


def _date(message: Message) -> str | None:
    """The day on which it was sent, where its sender was."""
    try:
        return parsedate_to_datetime(str(message.get("Date") or "")).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

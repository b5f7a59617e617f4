"""Messages as mail programs save them."""

import base64
from email.message import EmailMessage

from tests.evals.documents.case import DocumentCase

_HEAD = b"From: office@example.org\r\nTo: fellow@example.org\r\nDate: Mon, 3 May 2027 10:00:00 +0900\r\n"


def _jis() -> bytes:
    subject = base64.b64encode("面接の日程".encode("iso2022_jp")).decode()
    head = f"Subject: =?ISO-2022-JP?B?{subject}?=\r\nContent-Type: text/plain; charset=ISO-2022-JP"
    return _HEAD + head.encode() + b"\r\n\r\n" + "面接は七月九日です。".encode("iso2022_jp")


def _alternative() -> bytes:
    message = EmailMessage()
    message["Subject"] = "Travel rules"
    message.set_content("Book rail in second class.\n")
    message.add_alternative("<p>Book rail in second class.</p>", subtype="html")
    return message.as_bytes()


def _attached() -> bytes:
    message = EmailMessage()
    message["Subject"] = "Forms"
    message.set_content("The form is attached.\n")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="form.pdf")
    message.add_attachment("private text inside", filename="notes.txt")
    return message.as_bytes()


def _page() -> bytes:
    message = EmailMessage()
    message["Subject"] = "Newsletter of May"
    message.set_content(
        "<html><body><p>Calls open on 4 June.</p><p style='display:none'>preheader words</p>"
        "</body></html>",
        subtype="html",
    )
    return message.as_bytes()


def _quoted() -> bytes:
    return (
        _HEAD + b"Subject: Fees\r\nContent-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\nThe fee is =E2=82=AC45 =\r\na night.\r\n"
    )


def _case(
    name: str,
    data: bytes,
    shown: str,
    hidden: tuple[str, ...] = (),
    named: tuple[str, ...] = (),
) -> DocumentCase:
    return DocumentCase(
        name=name, kind="mail", make=lambda: data, shown=shown, hidden=hidden, named=named
    )


CASES = (
    _case("plain.eml", _HEAD + b"Subject: Hosts\r\n\r\nHosts sign the plan by Friday.\r\n",
          "Hosts\nHosts sign the plan by Friday."),
    _case("jis.eml", _jis(), "面接の日程\n面接は七月九日です。"),
    _case("alternative.eml", _alternative(), "Travel rules\nBook rail in second class."),
    _case("attached.eml", _attached(), "Forms\nThe form is attached.", ("private text",),
          ("form.pdf", "notes.txt")),
    _case("page.eml", _page(), "Newsletter of May\nCalls open on 4 June.", ("preheader",)),
    _case("quoted.eml", _quoted(), "Fees\nThe fee is €45 a night."),
)  # fmt: skip

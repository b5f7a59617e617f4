"""RTF by hand, as WordPad and Word write it."""

from tests.evals.documents.case import DocumentCase


def rtf(body: str, head: str = "") -> bytes:
    """A file of a body in RTF."""
    fonts = r"{\fonttbl{\f0 Arial;}{\f1\fcharset128 MS Mincho;}}"
    return (r"{\rtf1\ansi\ansicpg1252\deff0" + fonts + head + "\n" + body + "}").encode("ascii")


def _escaped(text: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode("cp932"))


def _unicode(text: str) -> str:
    return "".join(f"\\u{ord(sign)}?" for sign in text)


def _case(
    name: str,
    data: bytes,
    shown: str,
    hidden: tuple[str, ...] = (),
    named: tuple[str, ...] = (),
) -> DocumentCase:
    return DocumentCase(
        name=name, kind="rtf", make=lambda: data, shown=shown, hidden=hidden, named=named
    )


CASES = (
    _case("plain.rtf", rtf(r"Visits last {\b thirty} days.\par The caf\'e9 is open.\par"),
          "Visits last thirty days.\nThe café is open."),
    _case("looks.rtf", rtf(r"The fee is {\strike 400} 650 yen.{\v inner remark}\par "
                           r"Up to 5\'d710{\super 4} cells.\par"),
          "The fee is 650 yen.\nUp to 5×10⁴ cells.", ("400", "inner remark"),
          ("struck", "hidden")),
    _case("unicode.rtf", rtf(r"\uc1 " + _unicode("応募は五月末まで。") + r"\par"),
          "応募は五月末まで。"),
    _case("sjis.rtf", rtf(r"{\f1 " + _escaped("面接は七月です。") + r"}\par"), "面接は七月です。"),
    _case("table.rtf", rtf(r"Rates\par\trowd\cellx2000\cellx4000\intbl City\cell Yen\cell\row"
                           r"\trowd\cellx2000\cellx4000\intbl Oslo\cell 900\cell\row\pard "
                           r"Ask us.\par"),
          "Rates\nCity Yen\nOslo 900\nAsk us."),
    _case("deleted.rtf", rtf(r"Apply in {\deleted April }May.\par{\*\comment unseen info}"
                             r"{\info{\title Hidden title}}"),
          "Apply in May.", ("April", "unseen info"), ("deleted",)),
)  # fmt: skip

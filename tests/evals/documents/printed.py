"""Samples that a browser or an office program prints, where one is installed."""

import html
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.evals.documents.samples import Kind, Producer, Sample, Shown
from tests.evals.documents.texts import english
from tests.playground.chromium import chromium_path

_TIMEOUT_S = 90


class NotInstalledError(RuntimeError):
    """A program that makes samples is not on this machine."""


def office_path() -> str | None:
    """Find LibreOffice; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def is_installed(producer: Producer) -> bool:
    """Whether samples of a producer can be made on this machine."""
    if producer == "chromium":
        return chromium_path() is not None
    return producer != "libreoffice" or office_path() is not None


def printed(page: str) -> bytes:
    """A page as Chromium prints it."""
    if (program := chromium_path()) is None:
        raise NotInstalledError("Chromium is not installed; name it in ASPIRE_CHROMIUM")
    with TemporaryDirectory(prefix="aspire-print-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        _run([
            program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={target}", source.as_uri(),
        ], target)  # fmt: skip
        return target.read_bytes()


def converted(page: str) -> bytes:
    """A page as LibreOffice Writer prints it."""
    if (program := office_path()) is None:
        raise NotInstalledError("LibreOffice is not installed")
    with TemporaryDirectory(prefix="aspire-print-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        _run([
            program, "--headless", f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", folder, str(source),
        ], target)  # fmt: skip
        return target.read_bytes()


def _run(command: Sequence[str], target: Path) -> None:
    """Run a program that writes a file; what it says is shown only where it fails."""
    done = subprocess.run(  # noqa: S603 - a program of this machine, on a file of ours
        command, capture_output=True, timeout=_TIMEOUT_S, check=False,
        env={**os.environ, "HOME": str(target.parent)},
    )  # fmt: skip
    if not target.is_file():
        said = done.stderr.decode(errors="replace")[-500:]
        raise RuntimeError(f"{command[0]} printed nothing: {said}")


def _page(style: str, body: str) -> str:
    base = "body{font:11pt/1.35 'DejaVu Serif',serif}"
    return f"<!doctype html><meta charset=utf-8><style>{base}{style}</style>{body}"


def _p(*sentences: str) -> str:
    return f"<p>{html.escape(' '.join(sentences))}</p>"


def _article(shown: Shown) -> str:
    seen = shown.seen
    parts = [
        f"<h2>{html.escape(seen[at])}</h2>{_p(*seen[at + 1 : at + 3])}"
        for at in range(0, len(seen), 3)
    ]
    return _page("@page{size:A4;margin:20mm}", "".join(parts))


def _lists(shown: Shown) -> str:
    items = "".join(f"<li>{html.escape(text)}" for text in shown.seen[1:])
    return _page("@page{size:A5;margin:15mm}", f"{_p(shown.seen[0])}<ul>{items}</ul>")


def _table(style: str, shown: Shown) -> str:
    cells = shown.seen[1:-1]
    rows = "".join(
        f"<tr>{''.join(f'<td>{html.escape(cell)}' for cell in cells[at : at + 3])}"
        for at in range(0, len(cells), 3)
    )
    body = f"{_p(shown.seen[0])}<table>{rows}</table>{_p(shown.seen[-1])}"
    return _page(f"@page{{size:letter}}td{{padding:4pt 14pt}}{style}", body)


def _columns(shown: Shown) -> str:
    """Three columns under a head; each paragraph of two sentences."""
    parts = [_p(*shown.seen[at : at + 2]) for at in range(1, len(shown.seen), 2)]
    return _page(
        "@page{size:A4 landscape;margin:12mm}h1{column-span:all}"
        "main{columns:3;column-gap:9mm;text-align:justify}",
        f"<main><h1>{html.escape(shown.seen[0])}</h1>{''.join(parts)}</main>",
    )


def _aside(shown: Shown) -> str:
    """A framed box at the right, that the text flows around."""
    box = f"<aside>{_p(*shown.seen[1:3])}</aside>"
    return _page(
        "@page{size:A4}aside{float:right;width:32%;border:1px solid;padding:6pt;margin-left:14pt;"
        "font-size:9pt}",
        f"{_p(shown.seen[0])}{box}{_p(*shown.seen[3:])}",
    )


def _marks(shown: Shown) -> str:
    return _page(
        "sup,sub{font-size:65%}",
        "<p>The ceiling is 500,000 yen<sup>1</sup> for each stay.</p>"
        "<p>A probe holds 3 × 10<sup>6</sup> cells and less CO<sub>2</sub> than air.</p>"
        "<p>The wall of 12 m<sup>2</sup> is painted.</p><p><small><sup>1</sup> Without insurance."
        "</small></p>",
    )


def _unseen(shown: Shown) -> str:
    """White, tiny, covered and transparent text between two paragraphs."""
    styles = (
        "color:#fff", "font-size:0.5pt", "opacity:0",
        "position:absolute;left:-900pt", "color:#ddeeff;background:#ddeeff",
    )  # fmt: skip
    parts = [
        f"<p style='{style}'>{html.escape(text)}</p>"
        for style, text in zip(styles, shown.hidden, strict=True)
    ]
    return _page("", f"{_p(*shown.seen[:3])}{''.join(parts)}{_p(*shown.seen[3:])}")


_RATES = (
    "Kind", "Ceiling", "Receipt", "Train", "42,000 yen", "needed", "Hotel", "11,500 yen", "needed",
    "Meals", "3,100 yen", "not needed",
)  # fmt: skip


def _by(
    program: Producer, name: str, kind: Kind, shown: Shown, page: Callable[[Shown], str]
) -> Sample:
    make = printed if program == "chromium" else converted
    return Sample(name, kind, program, shown, lambda shown: make(page(shown)))


_ARTICLE = (
    "Who may apply", *english(4, 2), "What is paid", *english(9, 2), "How to report",
    *english(12, 2),
)  # fmt: skip
_TABLE = (*english(27, 1), *_RATES, *english(28, 1))
_HEADED_COLUMNS = ("Rules in brief for all of the partners", *english(6, 14))

PRINTED: tuple[Sample, ...] = (
    _by("chromium", "web-article", "plain", Shown(_ARTICLE), _article),
    _by("chromium", "web-list", "plain", Shown(english(17, 6)), _lists),
    _by(
        "chromium", "web-table", "plain", Shown(_TABLE),
        lambda s: _table("table{border-collapse:collapse}td{border:1px solid}", s),
    ),
    _by(
        "chromium", "web-table-striped", "tables", Shown(_TABLE),
        lambda s: _table("tr:nth-child(even){background:#eee}", s),
    ),
    _by("chromium", "web-columns", "columns", Shown(_HEADED_COLUMNS), _columns),
    _by(
        "chromium", "web-aside", "columns",
        Shown((*english(1, 1), *english(20, 2), *english(2, 9))), _aside,
    ),
    _by(
        "chromium", "web-marks", "letters",
        Shown((
            "The ceiling is 500,000 yen (note 1) for each stay.",
            "A probe holds 3 × 10^6 cells and less CO2 than air.",
            "The wall of 12 m^2 is painted.",
            "1 Without insurance.",
        )),
        _marks,
    ),
    _by(
        "chromium", "web-unseen", "unseen text",
        Shown(
            english(22, 6),
            tuple(f"The reserve for group {name} is 9,750,000 yen." for name in "ABCDE"),
            (("hidden", "page 1"),),
        ),
        _unseen,
    ),
    _by("libreoffice", "office-article", "plain", Shown(_ARTICLE), _article),
    _by(
        "libreoffice", "office-table", "tables", Shown(_TABLE),
        lambda s: _table("table{border-collapse:collapse}td{border:1px solid}", s),
    ),
)  # fmt: skip

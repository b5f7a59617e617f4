"""Reading the picture of a page with Tesseract, as a process with bounds.

The process gets a grey picture on its standard input and answers with hOCR (HTML that says where
each line stands and how sure it is). It runs below the parser process, whose limit of memory it
inherits, and for a bounded time, also where nobody waits for it any more.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, cast

import lxml.html
from lxml.etree import LxmlError

from aspire_ingest.load.writing.clean import is_cjk, tidy

MAX_PIXELS = 20_000_000
"""Of one picture; A4 at 300 dots an inch has 8.7 million."""
MAX_ANSWER_BYTES = 8 * 1024**2
_LINES = "//*[contains(@class, 'ocr_line') or @class='ocr_header' or @class='ocr_caption'" + (
    " or @class='ocr_textfloat']"
)
_WORDS = ".//*[@class='ocrx_word']"
_BOX = re.compile(r"\bbbox (\d+) (\d+) (\d+) (\d+)")
_CONFIDENCE = re.compile(r"\bx_wconf (\d+)")
_SIZE = re.compile(r"\bx_size ([\d.]+)")
_THOUSANDS, _HUNDREDS = re.compile(r"(?<![\d.])\d{1,3},\Z"), re.compile(r"\d{3}(?!\d)")
_ANGLE = re.compile(r"\btextangle (\d+)")


class RecognitionError(Exception):
    """Tesseract gave no usable answer for a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GreyPicture:
    """Rows of one byte a pixel, without gaps; `dpi` is dots an inch."""

    width: int
    height: int
    pixels: bytes
    dpi: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedWord:
    """A word, or a few letters of one in Japanese, and its box in pixels."""

    text: str
    x0: int
    top: int
    x1: int
    bottom: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedLine:
    """A line of text, its box in pixels from the top left corner.

    `size` is the height of its letters in pixels. `angle` is 0, 90, 180 or 270: by how many degrees
    to the left its reader's text is turned.
    """

    text: str
    x0: int
    top: int
    x1: int
    bottom: int
    size: float
    confidence: float
    """Of its letters, from 0 to 100."""
    angle: int = 0
    words: tuple[RecognisedWord, ...] = ()


def recognise(
    picture: GreyPicture, languages: str, *, segmentation: int, timeout_s: float
) -> list[RecognisedLine]:
    """Read one picture; its lines in reading order.

    Args:
        picture: what to read.
        languages: as Tesseract names them, joined by `+`.
        segmentation: Tesseract's page segmentation mode (1: automatic; 5: one vertical block).
        timeout_s: when to give up.

    Raises:
        RecognitionError: it is not there, took too long, or gave no usable answer.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise RecognitionError("tesseract is not installed")
    if picture.width * picture.height > MAX_PIXELS:
        raise RecognitionError("the picture of the page is too large")
    command = [
        program, "stdin", "stdout", "-l", languages, "--psm", str(segmentation),
        "--dpi", str(picture.dpi), "-c", "tessedit_create_hocr=1",
    ]  # fmt: skip
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(b"P5 %d %d 255\n" % (picture.width, picture.height) + picture.pixels)
        given.seek(0)
        _run(command, given, answer, timeout_s)
        answer.seek(0)
        return _lines(answer.read(MAX_ANSWER_BYTES))


def mean_confidence(lines: Sequence[RecognisedLine]) -> float:
    """How sure all letters are together, from 0 to 100; 0 where there are none."""
    letters = sum(len(line.text) for line in lines)
    return sum(line.confidence * len(line.text) for line in lines) / letters if letters else 0.0


def _run(command: list[str], given: IO[bytes], answer: IO[bytes], timeout_s: float) -> None:
    try:
        child = subprocess.Popen(  # noqa: S603 - a program of this machine; nothing of the file
            command,
            stdin=given,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except OSError as error:
        raise RecognitionError(f"tesseract cannot be run: {error.strerror}") from error
    _limit(child.pid, timeout_s)
    try:
        status = child.wait(timeout_s)
    except subprocess.TimeoutExpired as error:
        raise RecognitionError(f"tesseract took longer than {timeout_s:g} s") from error
    finally:
        child.kill()
        child.wait()
    if status:
        raise RecognitionError(f"tesseract failed (status {status})")


def _limit(pid: int, timeout_s: float) -> None:
    """Bound what it may write and, should its parent be ended, how long it goes on."""
    try:
        import resource  # noqa: PLC0415 - absent on Windows

        prlimit = resource.prlimit
    except (ImportError, AttributeError):  # Linux alone has it
        return
    seconds = int(timeout_s) + 1
    try:
        prlimit(pid, resource.RLIMIT_CPU, (seconds, seconds))
        prlimit(pid, resource.RLIMIT_FSIZE, (MAX_ANSWER_BYTES, MAX_ANSWER_BYTES))
    except OSError:
        return  # it has ended already


def _lines(answer: bytes) -> list[RecognisedLine]:
    try:
        page = lxml.html.document_fromstring(answer)  # pyright: ignore[reportUnknownMemberType]
    except (LxmlError, ValueError) as error:
        raise RecognitionError("tesseract gave no usable answer") from error
    return [
        line
        for element in cast("list[lxml.html.HtmlElement]", page.xpath(_LINES))
        if (line := _line(element)) is not None
    ]


def _line(element: lxml.html.HtmlElement) -> RecognisedLine | None:
    title = element.get("title") or ""
    box, size, angle = (form.search(title) for form in (_BOX, _SIZE, _ANGLE))
    elements = cast("list[lxml.html.HtmlElement]", element.xpath(_WORDS))
    words = [
        (tidy(str(word.text_content())), _CONFIDENCE.search(word.get("title") or ""))
        for word in elements
    ]
    told = [(text, float(sure[1]) if sure else 0.0) for text, sure in words if text]
    if box is None or not told:
        return None
    x0, top, x1, bottom = map(int, box.groups())
    letters = sum(len(text) for text, _ in told)
    return RecognisedLine(
        text=joined_words([text for text, _ in told]),
        x0=x0,
        top=top,
        x1=x1,
        bottom=bottom,
        size=float(size[1]) if size else float(bottom - top),
        confidence=sum(sure * len(text) for text, sure in told) / letters,
        angle=int(angle[1]) % 360 if angle else 0,
        words=tuple(word for one in elements if (word := _word(one)) is not None),
    )


def _word(element: lxml.html.HtmlElement) -> RecognisedWord | None:
    text, box = tidy(str(element.text_content())), _BOX.search(element.get("title") or "")
    if not text or box is None:
        return None
    x0, top, x1, bottom = map(int, box.groups())
    return RecognisedWord(text=text, x0=x0, top=top, x1=x1, bottom=bottom)


def joined_words(words: Sequence[str]) -> str:
    """Words with spaces between; Tesseract parts Japanese too, which is written without.

    It parts numbers as well, after the comma of their thousands.
    """
    text = words[0]
    for word in words[1:]:
        is_one = is_cjk(text[-1]) or is_cjk(word[0])
        is_one |= bool(_THOUSANDS.search(text) and _HUNDREDS.match(word))
        text += word if is_one else f" {word}"
    return text

"""What is made of an answer of Tesseract: a program stands in for it that says what is set.

How the real one reads is in `test_pdf_ocr`.
"""

import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2  # pyright: ignore[reportMissingTypeStubs] - it ships none
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from tests.pictured import nameless
from tests.unit.ingest.load.pdf_files import drawn

from aspire_ingest.load.parse_result import Parsed, Raw
from aspire_ingest.load.pdf.document import parse
from aspire_ingest.load.types import LoadOptions


@dataclass(frozen=True)
class Said:
    """A line of its answer: words with their left ends, in dots."""

    words: tuple[tuple[str, int], ...]
    top: int = 400
    sure: int = 95
    size: int = 40
    angle: int = 0
    has_boxes: bool = True
    """Whether its words say where they are."""

    def hocr(self) -> str:
        right = max(x + 20 * len(word) for word, x in self.words)
        inside = "".join(
            f"<span class='ocrx_word' title='{self._box(word, x)}x_wconf {self.sure}'>{word}"
            "</span> "
            for word, x in self.words
        )
        return (
            f"<span class='ocr_line' title='bbox {self.words[0][1]} {self.top} {right} "
            f"{self.top + self.size}; x_size {self.size}; textangle {self.angle}'>{inside}</span>"
        )

    def _box(self, word: str, x: int) -> str:
        right, bottom = x + 20 * len(word), self.top + self.size
        return f"bbox {x} {self.top} {right} {bottom}; " if self.has_boxes else ""


def said(text: str, top: int = 400, sure: int = 95, size: int = 40, angle: int = 0) -> Said:
    x, words = 300, list[tuple[str, int]]()
    for word in text.split():
        words.append((word, x))
        x += 20 * len(word) + 20
    return Said(tuple(words), top, sure, size, angle)


@pytest.fixture
def answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose `level.html` and `columns.html` the program prints, by its language."""
    program = tmp_path / "tesseract"
    program.write_text(
        '#!/bin/sh\ncat > /dev/null\ncase "$*" in *jpn_vert*) name=columns;; *) name=level;; esac\n'
        f'echo "$name" >> "{tmp_path}/asked"\ncat "{tmp_path}/$name.html"\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def picture(canvas: Canvas) -> None:
    canvas.drawInlineImage(Image.new("L", (8, 8), 255), 100, 100, 300, 300)  # pyright: ignore[reportUnknownMemberType]


def typed(canvas: Canvas) -> None:
    for number in range(5):
        canvas.drawString(60, 700 - 20 * number, "This page holds its text, and nothing is asked.")


def read(answers: Path, *lines: Said, columns: tuple[Said, ...] = ()) -> Parsed:
    for name, own in (("level", lines), ("columns", columns)):
        inside = "".join(line.hocr() for line in own)
        (answers / f"{name}.html").write_text(
            f"<html><meta charset=utf-8><body>{inside}</body></html>"
        )
    options = LoadOptions(with_ocr=True)
    return parse(Raw(name="x.pdf", data=drawn(typed, picture), options=options))


def second(parsed: Parsed) -> str:
    return parsed.text[parsed.page_starts[1] :] if parsed.ocr_pages else ""


def asked(answers: Path) -> list[str]:
    return (answers / "asked").read_text().split()


def test_a_page_of_text_is_not_asked_about_and_a_sure_answer_is_taken(answers: Path) -> None:
    parsed = read(answers, said("Rooms are free in May."))
    assert (second(parsed), parsed.ocr_pages) == ("Rooms are free in May.", (2,))
    assert asked(answers) == ["level"]


@pytest.mark.parametrize(
    ("level", "columns", "read_as"),
    [
        (80, 99, "level"),
        (79, 99, "columns"),
        (79, 79, "level"),
        (79, 10, "level"),
        (70, 69, "level"),
        (69, 69, ""),
        (10, 70, "columns"),
    ],
)
def test_what_is_surer_is_taken_where_level_lines_are_not_sure(
    level: int, columns: int, read_as: str, answers: Path
) -> None:
    parsed = read(answers, said("level", sure=level), columns=(said("columns", sure=columns),))
    assert second(parsed) == read_as
    assert parsed.unread_pages == (() if read_as else (2,))
    kinds = [remark.what for remark in parsed.remarks]
    assert any("vertical" in what for what in kinds) == (read_as == "columns")


@pytest.mark.parametrize(("text", "is_read"), [("May", False), ("June", True)])
def test_a_few_letters_are_no_text(text: str, is_read: bool, answers: Path) -> None:
    assert bool(second(read(answers, said(text)))) == is_read


def test_columns_are_read_from_right_to_left(answers: Path) -> None:
    lines = tuple(
        Said(((text, x),), top=400, sure=90)
        for text, x in (("左の列です", 500), ("右の列です", 900))
    )
    parsed = read(answers, said("x", sure=0), columns=lines)
    assert "".join(second(parsed).split()) == "右の列です左の列です"


@pytest.mark.parametrize(
    ("angle", "order"),
    [(0, "upper lower"), (180, "lower upper"), (90, "first other"), (270, "right left")],
)
def test_a_side_of_a_page_is_read_as_who_turns_it_reads_it(
    angle: int, order: str, answers: Path
) -> None:
    """Lines that run up the page lie beside each other."""
    lines = {
        0: (Said((("upper", 300),), 400), Said((("lower", 300),), 460)),
        90: (Said((("other", 300),), 400), Said((("first", 300),), 900)),
        180: (Said((("upper", 300),), 400), Said((("lower", 300),), 460)),
        270: (Said((("left", 300),), 400), Said((("right", 460),), 400)),
    }[angle]
    lines = [replace(line, angle=angle) for line in lines]
    assert " ".join(second(read(answers, *lines)).split()) == order


def test_each_side_of_a_page_is_read_by_itself(answers: Path) -> None:
    level, aside = said("Rooms are free in May."), Said((("Sideways", 2000),), 900, angle=90)
    assert second(read(answers, level, aside)) == "Rooms are free in May.\n\nSideways"


def test_columns_with_gaps_in_them_are_no_tables(answers: Path) -> None:
    def column(x: int, number: int) -> str:
        words = "".join(
            f"<span class='ocrx_word' title='bbox {x} {top} {x + 40} {top + 200}; x_wconf 90'>"
            f"{text}{number}</span>"
            for top, text in ((400, "左の列"), (1200, "右の列"))
        )
        title = f"bbox {x} 400 {x + 40} 1400; x_size 40"
        return f"<span class='ocr_line' title='{title}'>{words}</span>"

    read(answers, said("x", sure=0))
    columns = "".join(column(900 - 80 * number, number) for number in range(5))
    (answers / "columns.html").write_text(f"<html><meta charset=utf-8><body>{columns}")
    options = LoadOptions(with_ocr=True)
    parsed = parse(Raw(name="x.pdf", data=drawn(typed, picture), options=options))
    assert "".join(second(parsed).split()) == "".join(f"左の列{n}右の列{n}" for n in range(5))


def test_letters_of_nearly_one_size_are_one_and_much_larger_ones_are_headings(
    answers: Path,
) -> None:
    lines = (
        said("House", 200, size=75), said("Rules", 400, size=75), said("Rooms", 600, size=60),
        said("Rooms are free in May and in June of each year.", 800, size=45),
        said("They cost 90 francs", 900, size=54), said("Dogs stay free.", 1000, size=37),
    )  # fmt: skip
    text = second(read(answers, *lines))
    assert [line for line in text.split("\n") if line.startswith("#")] == [
        "# House",
        "# Rules",
        "## Rooms",
    ]


def test_of_a_line_beside_a_table_the_rest_is_kept(answers: Path) -> None:
    rows = [
        Said((("Item", 300), ("Yen", 700)), 400), Said((("Rail", 300), ("480", 700)), 460),
        Said((("Boat", 300), ("910", 700)), 520), Said((("Bus", 300), ("120", 700)), 580),
    ]  # fmt: skip
    parsed = read(answers, said("All fares of the year.", 100), *rows, said("Ask us.", 900))
    assert second(parsed) == (
        "All fares of the year.\n\n| Item | Yen |\n| --- | --- |\n| Rail | 480 |\n| Boat | 910 |\n"
        "| Bus | 120 |\n\nAsk us."
    )


def test_words_beside_a_ruled_table_are_a_line_at_their_place(answers: Path) -> None:
    def page(canvas: Canvas) -> None:
        picture(canvas)
        for x in (280, 650, 900):
            canvas.rect(x * 0.24, 841.89 - 520 * 0.24, 0.6, 140 * 0.24, stroke=0, fill=1)
        for y in (380, 450, 520):
            canvas.rect(280 * 0.24, 841.89 - y * 0.24, 620 * 0.24, 0.6, stroke=0, fill=1)

    lines = (
        Said((("Item", 300), ("Yen", 700), ("request.", 1100)), 400), Said((("on", 1040),), 400),
        Said((("Rail", 300), ("480", 700)), 465),
    )  # fmt: skip
    inside = "".join(line.hocr() for line in lines)
    (answers / "level.html").write_text(f"<html><body>{inside}")
    options = LoadOptions(with_ocr=True)
    text = parse(Raw(name="x.pdf", data=drawn(typed, page), options=options)).text
    assert "| Item | Yen |\n| --- | --- |\n| Rail | 480 |" in text
    assert "on request." in text


def test_a_page_is_not_drawn_once_the_time_of_the_file_is_over(
    answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawings: list[object] = []

    def render(*_: object, **__: object) -> None:
        drawings.append(1)

    monkeypatch.setattr(pypdfium2.PdfPage, "render", render)
    options = LoadOptions(with_ocr=True, ocr_file_timeout_s=0.0)
    parsed = parse(Raw(name="x.pdf", data=drawn(typed, picture), options=options))
    assert parsed.unread_pages == (2,)
    assert drawings == []
    assert not (answers / "asked").exists()


def test_a_page_in_letters_without_names_is_asked_about(answers: Path) -> None:
    (answers / "level.html").write_text(f"<html><body>{said('Rooms are free.').hocr()}")
    options = LoadOptions(with_ocr=True)
    parsed = parse(Raw(name="x.pdf", data=nameless("No letter of it has a name."), options=options))
    assert (parsed.text, parsed.ocr_pages) == ("Rooms are free.", (1,))
    told = [remark.what for remark in parsed.remarks]
    assert "text read by OCR" in told
    assert not any("letters" in what for what in told)


def test_columns_that_cannot_be_told_apart_are_told(answers: Path) -> None:
    rows = [
        Said((("Item", 300), ("Costs", 500), ("of", 620), ("all", 680), ("kinds", 760)), 400),
        Said((("Hotel", 300), ("12,000", 500), ("30%", 700)), 460),
        Said((("Books", 300), ("4,500", 500), ("50%", 700)), 520),
    ]
    parsed = read(answers, *rows)
    told = "tables read by OCR whose columns cannot be told apart: 1"
    assert told in [remark.what for remark in parsed.remarks]


def test_lines_of_a_picture_that_were_not_read_are_told(answers: Path) -> None:
    def page(canvas: Canvas) -> None:
        picture(canvas)
        for number in range(40):  # strokes as of letters, at a place where nothing is read
            canvas.rect(100 + 4 * number, 600, 1.4, 7, stroke=0, fill=1)

    (answers / "level.html").write_text(
        f"<html><body>{said('Rooms are free in May and June.').hocr()}"
    )
    options = LoadOptions(with_ocr=True)
    parsed = parse(Raw(name="x.pdf", data=drawn(page), options=options))
    assert any("line" in remark.what for remark in parsed.remarks if remark.kind == "lost")
    top, text = round((841.89 - 607) * 300 / 72), "Rooms are free in the house of guests"
    for has_boxes in (True, False):
        line = Said(((text, 410),), top, has_boxes=has_boxes)
        (answers / "level.html").write_text(f"<html><body>{line.hocr()}")
        parsed = parse(Raw(name="x.pdf", data=drawn(page), options=options))
        assert parsed.text == text
        assert [remark.what for remark in parsed.remarks] == ["text read by OCR"]

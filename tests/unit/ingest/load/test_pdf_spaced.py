"""PDF: words whose letters are set apart are read as words; letters of their own stay apart."""

from collections.abc import Callable

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from tests.unit.ingest.load.pdf_files import MINCHO, text_of, wrapped

BODY = "The Dunlin grant is paid in two parts, and the first of them is paid in April of the year. "
FONT = "Helvetica"
GOTHIC = "HYGothic-Medium"
"""A font of Korean."""


def put(canvas: Canvas, text: str, *, size: float = 16, gap: float = 0.0) -> None:
    """A line, its letters apart by so many sizes; a blank in it is a blank of the font."""
    canvas.setFont(FONT if text.isascii() else MINCHO, size)
    canvas.drawString(60, 720, text, charSpace=gap * size)
    canvas.setFont(FONT, 11)


def korean(text: str, *, size: float = 16) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(GOTHIC))  # pyright: ignore[reportUnknownMemberType]
        canvas.setFont(GOTHIC, size)
        canvas.drawString(60, 720, text)
        canvas.setFont(FONT, 11)

    return draw


def heading_of(*lines: Callable[[Canvas], None]) -> str:
    """The text above a paragraph."""

    def draw(canvas: Canvas) -> None:
        for line in lines:
            line(canvas)
        wrapped(canvas, 60, 640, 400, BODY * 4)

    return text_of(draw).partition("\n\nThe Dunlin")[0].lstrip("# ")


def line(text: str, *, size: float = 16, gap: float = 0.0) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        put(canvas, text, size=size, gap=gap)

    return draw


@pytest.mark.parametrize(
    ("text", "gap", "read"),
    [
        ("BUDGET", 0.5, "BUDGET"),
        ("B U D G E T", 0.0, "BUDGET"),
        ("B U D G E T   P L A N", 0.0, "BUDGET PLAN"),
        ("BUDGET PLAN", 0.6, "BUDGET PLAN"),
        ("BUDGET 2026", 0.6, "BUDGET 2026"),
        ("Budget", 0.5, "Budget"),
        ("F U N D", 0.0, "FUND"),
        ("1. BUDGET", 0.3, "1. BUDGET"),
        ("予 算 の 使 い 方", 0.0, "予算の使い方"),
        ("予算の使い方", 0.7, "予算の使い方"),
        ("研 究 計 画", 0.0, "研究計画"),
        ("目　　次", 0.0, "目次"),
        ("目次", 2.0, "目次"),
        ("予　算　の　使　い　方", 0.0, "予算の使い方"),
        ("予 算 案", 0.0, "予算案"),
    ],
)
def test_a_heading_with_letters_apart_is_read_as_its_words(
    text: str, gap: float, read: str
) -> None:
    assert heading_of(line(text, gap=gap)) == read


@pytest.mark.parametrize("size", [11, 16])
@pytest.mark.parametrize("text", ["배 표 한 장", "물 한 잔", "집 앞", "이 그 저 내 네"])
def test_words_of_one_syllable_in_korean_stay_apart(text: str, size: float) -> None:
    assert heading_of(korean(text, size=size)) == text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("A B C D E", "A B C D E"),
        ("a b c d e f", "a b c d e f"),
        ("1 2 3 4 5", "1 2 3 4 5"),
        ("X Y Z W", "X Y Z W"),
        ("S A B C", "S A B C"),
        ("月 火 水 木 金", "月 火 水 木 金"),
        ("甲 乙 丙", "甲 乙 丙"),
        ("ア イ ウ エ オ", "ア イ ウ エ オ"),
        ("× △ ○ ○", "× △ ○ ○"),
        ("有　　無", "有 無"),
        ("a x b y", "a x b y"),
        ("Plan B C D E F", "Plan B C D E F"),
        ("V i t a m i n s help", "V i t a m i n s help"),
        ("☆ 月 曜 日", "☆ 月 曜 日"),
        ("＋ 予 算 額", "＋ 予 算 額"),
        *(
            (listed, listed)
            for listed in (
                "一 二 三 四", "春 夏 秋 冬", "東 西 南 北", "東 南 西 北", "子 丑 寅", "大 中 小",
                "上 中 下", "優 良 可", "松 竹 梅", "イ ロ ハ", "い ろ は", "ア カ サ", "あ か さ",
            )
        ),
        *(
            (f"{one}　　{other}", f"{one} {other}")
            for one, other in (
                "可否", "男女", "甲乙", "正副", "左右", "上下", "要否", "是非", "新旧", "大小",
                "前後", "日月", "春秋", "夏冬", "東西", "南北",
            )
        ),
    ],
)  # fmt: skip
def test_letters_that_stand_for_themselves_stay_apart(text: str, read: str) -> None:
    assert heading_of(line(text, size=11)) == read


def test_uneven_gaps_make_no_word() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 16)
        for letter, x in zip("BUDGET", (60, 78, 99, 121, 138, 160), strict=True):
            canvas.drawString(x, 720, letter)
        canvas.setFont(FONT, 11)

    assert heading_of(draw) == "B U D G E T"


def test_the_cells_of_rows_without_rules_stay_apart() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(MINCHO, 11)
        for row, letters in enumerate(("秋田県", "可否可", "否可可")):
            for column, letter in enumerate(letters):
                canvas.drawString(60 + 30 * column, 720 - 16 * row, letter)
        canvas.setFont(FONT, 11)

    assert "秋 田 県" in heading_of(draw)
    assert "可 否 可" in heading_of(draw)


def test_a_word_with_letters_apart_in_a_cell_is_one() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([50, 150, 250], [640, 660, 680])  # pyright: ignore[reportUnknownMemberType]
        canvas.setFont(MINCHO, 11)
        for y, cells in ((665, ("氏　　名", "所 属 機 関")), (645, ("鶴田", "北大学"))):
            for x, cell in zip((55, 155), cells, strict=True):
                canvas.drawString(x, y, cell)

    assert text_of(draw).startswith("| 氏名 | 所属機関 |")

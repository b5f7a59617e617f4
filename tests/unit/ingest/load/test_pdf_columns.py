"""PDF: columns whose paragraphs begin on equal heights, and tables without rules beside them."""

from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.unit.ingest.load.pdf_files import MINCHO, Drawing, drawn, read, text_of, wrapped

JAPANESE = (
    "図書館の閲覧席は一階と三階に設けられ、三階の席は大学院生が学期末の二週間に限って予約できる。",
    "予約は電話では受け付けず、窓口又は専用の画面から前日の午後五時までに行うこと。取消しは当日でもよい。",
    "館内の複写機は白黒とカラーの二台であり、料金は一枚十円と五十円である。領収書は受付で発行する。",
)
OTHERS = (
    "館外への貸出は一人五冊までとし、期間は二週間とする。延長は次の予約がない場合に一回認められる。",
    "雑誌の最新号は貸し出さない。過去の号は一週間貸し出すが、製本されたものは館内で読まなければならない。",
    "返却が遅れた利用者は、遅れた日数と同じ期間だけ借りられない。紛失した場合は同じ本を弁償すること。",
)
ENGLISH = (
    "Reading seats are on the first floor and on the third one, kept for graduate students "
    "in the two weeks before their exams.",
    "Bookings are made at the desk or on the screen by five of the day before, and nobody "
    "takes them by telephone.",
    "The two copiers take coins and cards, and whoever asks for a receipt gets one at the desk.",
)
OTHERS_ENGLISH = (
    "Five books may be taken home for two weeks, and a loan is extended once where nobody else is "
    "waiting for the same book.",
    "The newest issue of a journal stays in the house, while older ones leave it for a week unless "
    "bound.",
    "Who is late with a book takes none for as many days as it was late, and a lost book is bought "
    "again.",
)
HEADS = (("1. 席", "1. Seats"), ("2. 予約", "2. Booking"), ("3. 複写", "3. Copies"))


def cut(canvas: Canvas, x: float, y: float, letters: int, text: str) -> float:
    """Draw Japanese in lines of so many letters; the height below it."""
    canvas.setFont(MINCHO, 9)
    for start in range(0, len(text), letters):
        canvas.drawString(x, y, text[start : start + letters])
        y -= 13
    return y


def in_japanese(left: Sequence[str], right: Sequence[str], gutter: float) -> Drawing:
    def page(canvas: Canvas) -> None:
        for x, column in ((56, left), (56 + 26 * 9 + gutter, right)):
            y = 740.0
            for text in column:
                y = cut(canvas, x, y, 26, text) - 5

    return page


def joined(text: str) -> str:
    return text.replace("\n", "")


@pytest.mark.parametrize("gutter", [10, 12, 20, 36])
def test_japanese_columns_with_paragraphs_of_equal_length_are_read_one_by_one(
    gutter: float,
) -> None:
    assert len({-(-len(one) // 26) for one in (*JAPANESE, *OTHERS)}) == 1
    assert joined(text_of(in_japanese(JAPANESE, OTHERS, gutter))) == "".join((*JAPANESE, *OTHERS))


def test_english_columns_with_paragraphs_of_equal_length_are_read_one_by_one() -> None:
    def page(canvas: Canvas) -> None:
        for x, column in ((60, ENGLISH), (310, OTHERS_ENGLISH)):
            y = 740.0
            for text in column:
                wrapped(canvas, x, y, 225, text)
                y -= 50

    assert text_of(page).split("\n\n") == [*ENGLISH, *OTHERS_ENGLISH]


@pytest.mark.parametrize("is_swapped", [False, True])
def test_one_text_in_two_languages_with_headings_is_read_language_by_language(
    is_swapped: bool,
) -> None:
    def page(canvas: Canvas) -> None:
        places = (310, 56) if is_swapped else (56, 310)
        tops = [740.0, 740.0]
        for number, (japanese, english) in enumerate(HEADS):
            for at, head in enumerate((japanese, english)):
                canvas.setFont(MINCHO, 15)
                canvas.drawString(places[at], tops[at], head)
            tops[0] = cut(canvas, places[0], tops[0] - 20, 26, JAPANESE[number]) - 14
            canvas.setFont("Helvetica", 11)
            tops[1] = wrapped(canvas, places[1], tops[1] - 20, 225, ENGLISH[number]) - 14

    japanese = [
        part
        for (head, _), text in zip(HEADS, JAPANESE, strict=True)
        for part in (f"# {head}", text)
    ]
    english = [
        part for (_, head), text in zip(HEADS, ENGLISH, strict=True) for part in (f"# {head}", text)
    ]
    blocks = text_of(page).split("\n\n")
    assert blocks == ([*english, *japanese] if is_swapped else [*japanese, *english])


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("閲覧席", "一階と三階"),
            ("予約", "前日の五時まで"),
            ("複写", "一枚十円"),
            ("傘", "一か月"),
        ],
        [("開館", "九時"), ("閉館", "二十時"), ("休館", "水曜日"), ("展示", "十時から")],
    ],
)
def test_japanese_rows_of_labels_and_values_are_read_across(rows: list[tuple[str, str]]) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont(MINCHO, 10)
        for number, (label, value) in enumerate(rows):
            canvas.drawString(60, 740 - 16 * number, label)
            canvas.drawString(220, 740 - 16 * number, value)

    text = text_of(page)
    assert all(text.index(label) < text.index(value) for label, value in rows)
    assert text.index(rows[0][1]) < text.index(rows[1][0])


def test_labels_beside_sentences_are_read_across() -> None:
    def page(canvas: Canvas) -> None:
        y = 740.0
        for label, text in zip(("Seats", "Booking", "Copies"), ENGLISH, strict=True):
            canvas.drawString(60, y, label)
            y = wrapped(canvas, 160, y, 360, text) - 6

    assert text_of(page).split("\n\n") == [
        f"{label} {text}"
        for label, text in zip(("Seats", "Booking", "Copies"), ENGLISH, strict=True)
    ]


def uneven_cells(canvas: Canvas) -> None:
    """Rows of two cells of sentences, the right ones longer."""
    y = 740.0
    for left, right in zip(ENGLISH, OTHERS_ENGLISH, strict=True):
        wrapped(canvas, 60, y, 225, left)
        y = wrapped(canvas, 310, y, 225, f"{right} {right}") - 8


def test_a_page_whose_columns_cannot_be_told_is_doubtful() -> None:
    remarks = read(drawn(uneven_cells)).remarks
    assert [(one.kind, one.what, one.where) for one in remarks] == [
        ("doubtful", "text that may stand in columns, read across", "page 1")
    ]


def test_a_page_with_columns_is_not_doubtful() -> None:
    assert read(drawn(in_japanese(JAPANESE, OTHERS, 20))).remarks == ()

"""PDF: what is read in which order: columns, tables, vertical and turned text, furniture."""

from collections.abc import Sequence

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from tests.unit.ingest.load.pdf_files import (
    HEIGHT,
    MINCHO,
    Drawing,
    drawn,
    kinds,
    read,
    text_of,
    wrapped,
)

LEFT = (
    "The principal investigator must be employed at a research institution in Japan from the start "
    "of the project until its end, and doctoral students may not be principal investigators of it."
)
RIGHT = (
    "Proposals are read by three reviewers and then by a panel that meets in March, and the panel "
    "may ask for an interview that is held over the network and takes one hour for every proposal."
)
THIRD = (
    "Travel of students to partner institutions is eligible without approval as long as the ticket "
    "is bought before the journey and the receipt reaches the office within thirty days of return."
)


def test_two_columns_under_a_full_width_head_are_read_one_by_one() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(
            60,
            780,
            "This notice holds for the year 2026 and for all of the fields of the programme.",
        )
        wrapped(canvas, 60, 740, 220, LEFT)
        wrapped(canvas, 310, 733, 220, RIGHT)
        canvas.drawString(
            60,
            560,
            "Questions go to the office of the programme before the end of the month, please.",
        )

    text = text_of(page)
    assert [text.index(part) for part in ("This notice", LEFT, RIGHT, "Questions go")] == sorted(
        text.index(part) for part in ("This notice", LEFT, RIGHT, "Questions go")
    )


def test_columns_on_one_grid_are_read_one_by_one() -> None:
    def page(canvas: Canvas) -> None:
        wrapped(canvas, 60, 740, 220, LEFT)
        wrapped(canvas, 310, 740, 220, RIGHT)

    assert text_of(page) == f"{LEFT}\n\n{RIGHT}"


def test_a_short_note_beside_a_column_is_read_apart_from_it() -> None:
    def page(canvas: Canvas) -> None:
        wrapped(canvas, 60, 740, 220, LEFT)
        canvas.drawString(330, 712, "Ask the office early:")
        canvas.drawString(330, 698, "Mondays at nine.")

    text = text_of(page)
    assert LEFT in text
    assert "Ask the office early: Mondays at nine." in text


def test_labels_of_two_lines_stay_before_what_they_label() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 740, "Who may lead,")
        canvas.drawString(60, 726, "and who may not")
        wrapped(canvas, 200, 740, 330, LEFT)

    text = text_of(page)
    assert text.index("and who may not") < text.index("The principal investigator")
    assert LEFT in text


def test_three_columns_are_read_one_by_one() -> None:
    def page(canvas: Canvas) -> None:
        for x, text in ((40, LEFT), (220, RIGHT), (400, THIRD)):
            wrapped(canvas, x, 740, 150, text)

    assert text_of(page) == f"{LEFT}\n\n{RIGHT}\n\n{THIRD}"


def test_japanese_columns_are_read_one_by_one() -> None:
    left = [
        "研究代表者は日本国内の研究",
        "機関に所属していなければな",
        "らない。博士課程の学生は研",
        "究代表者になることができず",
        "分担者としてのみ参加できる",
    ]
    right = [
        "提案書は三人の査読者が読み",
        "その後に委員会が審査を行う",
        "委員会は必要に応じて面接を",
        "求めることがあり、その時間",
        "は一件あたり一時間とされる",
    ]

    def page(canvas: Canvas) -> None:
        canvas.setFont(MINCHO, 12)
        for number, (one, other) in enumerate(zip(left, right, strict=True)):
            canvas.drawString(60, 700 - 18 * number, one)
            canvas.drawString(260, 700 - 18 * number, other)

    assert text_of(page).replace("\n\n", "") == "".join(left + right)


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    words = f"{LEFT} {RIGHT}"

    def page(canvas: Canvas) -> None:
        half = len(words) // 2 + 30
        cut = words.index(" ", half)
        wrapped(canvas, 60, 740, 220, words[:cut])
        wrapped(canvas, 310, 740, 220, words[cut + 1 :])

    assert text_of(page) == words


def test_a_side_note_stays_out_of_the_text_beside_it() -> None:
    def page(canvas: Canvas) -> None:
        wrapped(canvas, 60, 740, 330, f"{LEFT} {RIGHT} {THIRD}")
        for number, line in enumerate(("Office hours:", "Monday to Friday,", "10:00 to 16:00.")):
            canvas.drawString(430, 733 - 14 * number, line)

    text = text_of(page)
    assert f"{LEFT} {RIGHT} {THIRD}" in text
    assert "Office hours: Monday to Friday, 10:00 to 16:00." in text


def test_rows_of_a_table_without_rules_are_read_across() -> None:
    rows = [
        ("Travel", "9,400 yen"),
        ("Lodging", "5,700 yen"),
        ("Meals", "8,800 yen"),
        ("Books", "4,350 yen"),
    ]

    def page(canvas: Canvas) -> None:
        for number, (label, amount) in enumerate(rows):
            canvas.drawString(60, 740 - 18 * number, label)
            canvas.drawString(300, 740 - 18 * number, amount)

    text = text_of(page)
    assert all(f"{label} {amount}" in text for label, amount in rows)


def test_labels_beside_their_wrapped_descriptions_are_no_column() -> None:
    def page(canvas: Canvas) -> None:
        y = 740.0
        for label, text in (("Eligibility", LEFT), ("Review", RIGHT), ("Travel", THIRD)):
            canvas.drawString(60, y, label)
            y = wrapped(canvas, 180, y, 330, text) - 8

    text = text_of(page)
    assert f"Eligibility {LEFT[:40]}" in text
    assert f"Review {RIGHT[:40]}" in text


def test_vertical_columns_are_read_from_right_to_left() -> None:
    columns = ["申請の締切は令和八年", "六月三十日とする。た", "だし土曜は翌日とする"]

    def page(canvas: Canvas) -> None:
        canvas.setFont(MINCHO, 12)
        for column, text in enumerate(columns):
            for row, letter in enumerate(text):
                canvas.drawString(500 - 24 * column, 760 - 13 * row, letter)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(290, 30, "- 1 -")

    parsed = read(drawn(page))
    assert parsed.text == "".join(columns)
    assert kinds(parsed) == [("doubtful", "page 1")]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_turned_text_is_read_as_who_turns_the_page(angle: int) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 800, "Maple Grant Annex")
        canvas.translate(300, 400)
        canvas.rotate(angle)
        for row, (label, amount) in enumerate((("Field", "Most"), ("Energy", "5,200,000 yen"))):
            for column, text in enumerate((label, amount)):
                canvas.rect(column * 100, -row * 20, 100, 20, stroke=1, fill=0)
                canvas.drawString(column * 100 + 5, -row * 20 + 5, text)
        canvas.drawString(0, -60, "Applications are accepted until 15 May 2026.")

    text = text_of(page)
    assert text.startswith("Maple Grant Annex")
    assert "| Field | Most |\n| --- | --- |\n| Energy | 5,200,000 yen |" in text
    assert "Applications are accepted until 15 May 2026." in text


def test_a_turned_page_is_read() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(300, 100)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Applications are accepted until 15 May 2026.")

    assert text_of(page) == "Applications are accepted until 15 May 2026."


def test_slanted_stamps_do_not_break_the_text() -> None:
    def page(canvas: Canvas) -> None:
        wrapped(canvas, 60, 700, 300, LEFT)
        canvas.translate(100, 500)
        canvas.rotate(45)
        canvas.setFont("Helvetica", 40)
        canvas.drawString(0, 0, "SAMPLE")

    parsed = read(drawn(page))
    assert parsed.text == LEFT
    assert kinds(parsed) == [("lost", "page 1")]


def margins(head: list[str], foot: list[str]) -> str:
    def page(top: str, bottom: str):
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Helvetica", 9)
            canvas.drawString(60, HEIGHT - 40, top)
            canvas.drawString(280, 30, bottom)
            canvas.setFont("Helvetica", 11)
            wrapped(canvas, 60, 700, 400, LEFT)

        return draw

    return text_of(*(page(top, bottom) for top, bottom in zip(head, foot, strict=True)))


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        (["Grant guide"] * 3, ["1", "2", "3"]),
        (["Grant guide, page 1", "Grant guide, page 2", "Grant guide, page 3"], ["", "", ""]),
        (
            ["Grant guide 11 / 20", "Grant guide 12 / 20", "Grant guide 13 / 20"],
            ["- 11 -", "- 12 -", "- 13 -"],
        ),
    ],
)
def test_what_repeats_or_counts_pages_is_left_out(head: list[str], foot: list[str]) -> None:
    assert margins(head, foot) == "\n\n".join([LEFT] * 3)


@pytest.mark.parametrize(
    "heads",
    [
        ["Ceiling of FY2025: 500,000 yen", "Ceiling of FY2026: 700,000 yen"],
        ["Call of FY2025", "Call of FY2026"],
        ["Annex 4", "Annex 5"],
        ["Form 2", "Form 3"],
        ["Decision of 1 April 2025", "Decision of 2 April 2025"],
        ["450", "1200"],
    ],
)
def test_heads_that_differ_in_more_than_the_page_stay(heads: list[str]) -> None:
    text = margins(heads, [""] * len(heads))
    assert all(head in text for head in heads)


def test_a_large_head_that_runs_on_stays_where_it_first_stands() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 18)
        canvas.drawString(60, HEIGHT - 40, "Grant guide")
        canvas.setFont("Helvetica", 11)
        wrapped(canvas, 60, 700, 400, LEFT)

    assert text_of(page, page) == f"# Grant guide\n\n{LEFT}\n\n{LEFT}"


def test_a_number_that_counts_no_pages_stays() -> None:
    assert margins(["", ""], ["450", "450"]) == "\n\n".join([LEFT, "450", LEFT, "450"])


def test_a_label_of_two_rows_stands_in_both() -> None:
    def page(canvas: Canvas) -> None:
        for x, y, width, height, text in (
            (60, 700, 80, 40, "Travel"),
            (140, 720, 120, 20, "Flights"),
            (260, 720, 120, 20, "9,400 yen"),
            (140, 700, 120, 20, "Trains"),
            (260, 700, 120, 20, "5,700 yen"),
        ):
            canvas.rect(x, y, width, height)
            canvas.drawString(x + 5, y + 5, text)

    text = text_of(page)
    assert "| Travel | Flights | 9,400 yen |" in text
    assert "| Travel | Trains | 5,700 yen |" in text


def test_tiers_of_vertical_columns_are_read_one_by_one() -> None:
    upper = [
        "申請の締切は令和八年",
        "六月三十日とする。た",
        "だし土曜は翌日とする",
        "ものとして提出は電子",
    ]
    lower = [
        "申請で行うものとし郵",
        "送は認めない。問い合",
        "わせは基金の事務局で",
        "受け付けるものとする",
    ]

    def page(canvas: Canvas) -> None:
        canvas.setFont(MINCHO, 12)
        for tier, top in ((upper, 780), (lower, 500)):
            for column, text in enumerate(tier):
                for row, letter in enumerate(text):
                    canvas.drawString(500 - 24 * column, top - 13 * row, letter)

    assert text_of(page).replace("\n\n", "") == "".join(upper + lower)


def test_numbers_and_labels_of_lists_stay_with_their_items() -> None:
    labels = ["(1)", "(2)", "(3)", "(4)"]
    japanese = ["研究代表者の氏名", "所属する研究機関", "研究の開始の年月", "助成の上限の金額"]
    values = ["山田花子", "東都大学理工学部", "令和八年四月", "五百万円"]

    def page(canvas: Canvas) -> None:
        for row, label in enumerate(labels):
            canvas.drawString(60, 760 - 14 * row, label)
            canvas.drawString(
                95, 760 - 14 * row, "Item of the list that is long "[: 22 + 2 * row] + "x"
            )
        canvas.setFont(MINCHO, 11)
        for row, (label, value) in enumerate(zip(japanese, values, strict=True)):
            canvas.drawString(60, 600 - 16 * row, label)
            canvas.drawString(260, 600 - 16 * row, value)

    text = text_of(page)
    assert all(f"{label} Item" in text for label in labels)
    assert all(f"{label} {value}" in text for label, value in zip(japanese, values, strict=True))


def in_columns(rows: Sequence[Sequence[str]], font: str = "Helvetica") -> Drawing:
    def page(canvas: Canvas) -> None:
        canvas.setFont(font, 11)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                canvas.drawString(60 + 220 * column, 740 - 16 * number, text)

    return page


@pytest.mark.parametrize(
    ("left", "right", "font"),
    [
        (
            ["Bern office", "Laupenstrasse 9", "Tel. 031 555 01 42", "Fax: (031) 555 0143"],
            ["Chur office", "Postplatz 5", "tel 081-555-0108", "FAX (081) 555 0109"],
            "Helvetica",
        ),
        (
            ["Bern office", "Tel. 031 555 01 42", "bern@example.org"],
            ["Chur office", "Tel. 081 555 01 08", "E-mail: chur@example.org"],
            "Helvetica",
        ),
        (
            ["仙台支所", "〒980-0001", "電話：022-555-0142"],
            ["神戸支所", "〒650-0001", "電話：078-555-0199"],
            MINCHO,
        ),
        (
            [
                "仙台市青葉区片平二丁目一番",
                "仙台支所の三階にある受付で",
                "電話：022-555-0142",
                "〒980-0001",
            ],
            ["神戸支所", "七丁目", "電話：078-555-0199", "〒650-0001"],
            MINCHO,
        ),
    ],
)
def test_addresses_side_by_side_are_read_one_by_one(
    left: list[str], right: list[str], font: str
) -> None:
    text = "".join(text_of(in_columns(list(zip(left, right, strict=True)), font)).split())
    assert text == "".join("".join([*left, *right]).split())


@pytest.mark.parametrize(
    ("rows", "whole"),
    [
        ([("Rail", "CHF 88.10"), ("Boat", "CHF 91.40"), ("Bus", "CHF 12.30")], "Rail CHF 88.10"),
        (
            [("Bern", "Chur"), ("Tel. 031 555", "Tel. 081 555"), ("Floor", "Roof")],
            "Tel. 031 555 Tel. 081 555",
        ),
        ([("Tel. 031 555", "Tel. 081 555"), ("Fax 031 556", "Fax 081 556")], "Tel. 031 555 Tel."),
        (
            [("Row 4", "Row 5"), ("Row 6", "Row 7"), ("Row 8", "Row 9")],
            "Row 6 Row 7",
        ),
        (
            [
                ("3 guests in a room", "4 nights at most"),
                ("5 guests in a room", "12 nights at most"),
                ("2 guests in a room", "9 nights at most"),
            ],
            "5 guests in a room 12 nights at most",
        ),
    ],
)
def test_rows_that_name_no_two_things_of_one_kind_are_read_across(
    rows: list[tuple[str, str]], whole: str
) -> None:
    assert whole in " ".join(text_of(in_columns(rows)).split())


def test_columns_of_a_script_without_small_letters_are_read_one_by_one() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("HYGothic-Medium"))  # pyright: ignore[reportUnknownMemberType]
    left = ["체류 기간은 삼십 일 이상", "백이십 일 이하로 하며 두", "번으로 나눌 수 있습니다"]
    right = ["심사 위원 세 명이 이름을", "모른 채 신청서를 읽으며", "결과는 칠월에 알립니다"]
    text = text_of(in_columns(list(zip(left, right, strict=True)), "HYGothic-Medium"))
    assert " ".join(text.split()) == " ".join([*left, *right])


def test_short_cells_in_a_script_without_small_letters_are_read_across() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("HYGothic-Medium"))  # pyright: ignore[reportUnknownMemberType]
    short = [("여비", "만 원"), ("숙박비", "이만 원"), ("식비", "오천 원"), ("교통비", "칠천 원")]
    long = [
        ("여객선 승차권 한 장", "칠월 중 하루 이내"),
        ("기차 이등석 왕복 승차권 한 장", "사월 중 평일 사흘 이내"),
        ("버스 표 한 장", "오월 말 하루 이내"),
        ("호텔 조식 포함 이인실 하루 숙박", "유월 중 주말을 뺀 열흘 이내"),
    ]
    for rows in (short, long):
        text = " ".join(text_of(in_columns(rows, "HYGothic-Medium")).split())
        assert all(f"{label} {amount}" in text for label, amount in rows)

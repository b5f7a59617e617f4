"""PDF: what a reader does not see is left out and told; what is drawn twice is read once."""

from typing import Literal

import pytest
from PIL import Image
from reportlab.lib.colors import CMYKColorSep
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from tests.unit.ingest.load.pdf_files import (
    HEIGHT,
    MINCHO,
    WIDTH,
    Drawing,
    drawn,
    kinds,
    read,
    text_of,
    written,
)

from aspire_ingest.errors import LoadError

SEEN = "The Dunlin grant is 500,000 yen."
UNSEEN = "The grant is 9,000,000 yen for friends."


def painted(canvas: Canvas, mode: Literal[0, 1, 2, 3, 7], text: str = UNSEEN) -> None:
    words = canvas.beginText(60, 700)
    words.setTextRenderMode(mode)
    words.textLine(text)
    canvas.drawText(words)


def unpainted(canvas: Canvas) -> None:
    painted(canvas, 3)


def only_clipping(canvas: Canvas) -> None:
    painted(canvas, 7)


def white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(60, 700, UNSEEN)


def nearly_white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.98, 0.98, 0.97)
    canvas.drawString(60, 700, UNSEEN)


def white_of_ink(canvas: Canvas) -> None:
    canvas.setFillColorCMYK(0, 0, 0, 0)
    canvas.drawString(60, 700, UNSEEN)


def white_of_spot_ink(canvas: Canvas) -> None:
    canvas.setFillColor(CMYKColorSep(0, 1, 1, 0, spotName="Red", density=0))
    canvas.drawString(60, 700, UNSEEN)


def black_on_black(canvas: Canvas) -> None:
    canvas.rect(50, 690, 400, 30, stroke=0, fill=1)
    canvas.drawString(60, 700, UNSEEN)


def tiny(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 1.5)
    canvas.drawString(60, 700, UNSEEN)


def beside_the_page(canvas: Canvas) -> None:
    canvas.drawString(WIDTH + 20, 700, UNSEEN)


def above_the_page(canvas: Canvas) -> None:
    canvas.drawString(60, HEIGHT + 20, UNSEEN)


def cropped(canvas: Canvas) -> None:
    canvas.setCropBox((0, 650, WIDTH, HEIGHT))  # pyright: ignore[reportUnknownMemberType]
    canvas.drawString(60, 600, UNSEEN)


def covered(canvas: Canvas) -> None:
    canvas.drawString(60, 700, UNSEEN)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(50, 690, 400, 30, stroke=0, fill=1)


def blacked_out(canvas: Canvas) -> None:
    canvas.drawString(60, 700, UNSEEN)
    canvas.rect(50, 690, 400, 30, stroke=0, fill=1)


def clipped(canvas: Canvas) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(50, 100, 100, 100)  # pyright: ignore[reportUnknownMemberType]
    canvas.clipPath(path, stroke=0, fill=0)  # pyright: ignore[reportUnknownMemberType]
    canvas.drawString(60, 700, UNSEEN)
    canvas.restoreState()


def transparent(canvas: Canvas) -> None:
    canvas.setFillAlpha(0)
    canvas.drawString(60, 700, UNSEEN)


@pytest.mark.parametrize(
    "draw",
    [
        unpainted,
        only_clipping,
        white,
        nearly_white,
        white_of_ink,
        white_of_spot_ink,
        black_on_black,
        tiny,
        beside_the_page,
        above_the_page,
        cropped,
        covered,
        blacked_out,
        clipped,
        transparent,
    ],
)  # fmt: skip
def test_what_is_not_seen_is_left_out_and_told(draw: Drawing) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 770, SEEN)
        draw(canvas)

    parsed = read(drawn(page))
    assert parsed.text == SEEN
    assert kinds(parsed) == [("hidden", "page 1")]
    assert "9,000,000" not in parsed.remarks[0].what


def test_light_text_on_a_dark_ground_is_seen() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0, 0, 0.4)
        canvas.rect(50, 690, 400, 30, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(60, 700, SEEN)

    parsed = read(drawn(page))
    assert parsed.text == SEEN
    assert parsed.remarks == ()


def test_a_marker_over_words_hides_nothing() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 700, SEEN)
        canvas.setFillColorRGB(1, 1, 0)
        canvas.setFillAlpha(0.4)
        canvas.rect(50, 690, 400, 30, stroke=0, fill=1)

    assert text_of(page) == SEEN


def test_an_area_that_only_darkens_what_is_below_hides_nothing() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 700, SEEN)
        canvas.setBlendMode("Multiply")  # pyright: ignore[reportUnknownMemberType]
        canvas.setFillColorRGB(1, 1, 0)
        canvas.rect(50, 690, 400, 30, stroke=0, fill=1)

    assert text_of(page) == SEEN


def with_picture(canvas: Canvas, picture: Image.Image, turn: float = 0) -> None:
    canvas.drawString(60, 770, SEEN)
    canvas.drawString(60, 700, UNSEEN)
    canvas.translate(50, 690)
    canvas.rotate(turn)
    canvas.drawImage(ImageReader(picture), 0, 0, 400, 30, mask="auto")  # pyright: ignore[reportUnknownMemberType]


def test_a_picture_over_words_hides_them() -> None:
    parsed = read(drawn(lambda canvas: with_picture(canvas, Image.new("L", (60, 8), 200))))
    assert parsed.text == SEEN
    assert kinds(parsed) == [("hidden", "page 1")]


@pytest.mark.parametrize(
    ("picture", "turn"),
    [(Image.new("RGBA", (60, 8), (200, 200, 0, 40)), 0), (Image.new("L", (60, 8), 200), 20)],
)
def test_a_picture_with_holes_or_aslant_hides_nothing(picture: Image.Image, turn: float) -> None:
    assert UNSEEN in text_of(lambda canvas: with_picture(canvas, picture, turn))


def test_a_clip_within_a_clip_shows_what_both_hold() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 770, SEEN)
        canvas.saveState()
        for x, width in ((50, 20), (50, 400)):
            path = canvas.beginPath()
            path.rect(x, 600, width, 20)  # pyright: ignore[reportUnknownMemberType]
            canvas.clipPath(path, stroke=0, fill=0)  # pyright: ignore[reportUnknownMemberType]
        canvas.drawString(80, 605, UNSEEN)
        canvas.restoreState()
        canvas.drawString(60, 500, SEEN)

    assert text_of(page) == f"{SEEN}\n\n{SEEN}"


def test_outlined_and_stroked_letters_are_seen() -> None:
    assert text_of(lambda canvas: painted(canvas, 1, SEEN)) == SEEN
    assert text_of(lambda canvas: painted(canvas, 2, SEEN)) == SEEN


@pytest.mark.parametrize(
    ("state", "more"), [("0 0 1 1 re W n", ""), ("/G gs", "/ExtGState<</G<</ca 0>>>>")]
)
def test_what_a_form_changes_of_the_state_ends_with_it(state: str, more: str) -> None:
    form = f"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<{more}>>/Length {len(state)}>>"
    data = written(
        "<</Type/Catalog/Pages 2 0 R>>",
        f"/X Do BT /F1 11 Tf 60 770 Td ({SEEN}) Tj ET",
        "/Font<</F1 5 0 R>>/XObject<</X 6 0 R>>",
        f"{form}stream\n{state}\nendstream",
    )
    assert read(data).text == SEEN


def scan(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, WIDTH, HEIGHT)  # pyright: ignore[reportUnknownMemberType]


def test_the_text_layer_of_a_scan_is_kept_in_doubt() -> None:
    def page(canvas: Canvas) -> None:
        scan(canvas)
        painted(canvas, 3, SEEN)

    parsed = read(drawn(page))
    assert parsed.text == SEEN
    assert kinds(parsed) == [("doubtful", "page 1")]


def test_hidden_words_on_a_page_with_a_small_picture_are_no_scan() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 60, 690, 300, 40)  # pyright: ignore[reportUnknownMemberType]
        canvas.drawString(60, 770, SEEN)
        painted(canvas, 3)

    assert text_of(page) == SEEN


def test_a_file_of_hidden_text_alone_is_refused() -> None:
    with pytest.raises(LoadError, match="no text that a reader sees"):
        read(drawn(lambda canvas: painted(canvas, 3)))


@pytest.mark.parametrize(
    "offsets",
    [
        [(0, 0), (0, 0)],
        [(0, 0), (0.3, 0)],
        [(0, 0), (0.25, 0), (0.5, 0)],
        [(0, 0), (0.25, 0), (0, 0.25), (0.25, 0.25)],
        [(1.2, -1.2), (0, 0)],
    ],
)
def test_letters_drawn_again_are_bold_not_doubled(offsets: list[tuple[float, float]]) -> None:
    text = "All 77 committees approve 1,100,000 yen still."

    def page(canvas: Canvas) -> None:
        for across, up in offsets:
            canvas.drawString(60 + across, 700 + up, text)
        canvas.setFont(MINCHO, 12)
        for across, up in offsets:
            canvas.drawString(60 + across, 600 + up, "助成の上限は77万円、々々ああです")

    assert text_of(page) == f"{text}\n\n助成の上限は77万円、々々ああです"

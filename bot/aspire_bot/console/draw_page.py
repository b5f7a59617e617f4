"""Draws a page of a PDF as PNG, or counts: `python -m aspire_bot.console.draw_page FILE PAGE`."""

import io
import sys

import pypdfium2  # pyright: ignore[reportMissingTypeStubs]  it has none

_WIDTH = 900
_MOST_HEIGHT = 4000


def main(file: str, what: str) -> None:
    """Write a page, from 1, as PNG, 900 pixels wide at most; `count` writes how many there are."""
    document = pypdfium2.PdfDocument(file)
    if what == "count":
        sys.stdout.write(str(len(document)))
        return
    page = document[int(what) - 1]
    width, height = page.get_size()
    scale = min(_WIDTH / max(width, 1), _MOST_HEIGHT / max(height, 1))
    out = io.BytesIO()
    picture = page.render(scale=scale).to_pil()  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  as above
    picture.save(out, "PNG")  # pyright: ignore[reportUnknownMemberType]  as above
    sys.stdout.buffer.write(out.getvalue())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

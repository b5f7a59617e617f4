"""What the reader is given of a question and of a passage: the one place that decides it.

Training (`aspire_training`) and answering call the same functions. Nothing here knows a model.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from aspire_ingest.index import DocumentInfo, Passage, Sentence
from aspire_ingest.index.text.dates.calendar_years import in_calendar_years, with_full_years
from aspire_ingest.index.text.table_rows import headers_of, row_cells

_QUESTION, _PASSAGE = "query: ", "passage: "  # what multilingual-e5 was trained with
_MOST_TURNS = 6
_MOST_OF_TURN = 200
_MOST_OF_QUESTION = 1_200
_MOST_OF_TITLE = 160
_MOST_HEADINGS = 3
_MOST_OF_LEAD = 200
_SHORT_SENTENCE, _SHORT_TITLE, _SHORT_HEADING = 300, 80, 60
"""Columns: so that eight sentences of six documents, in either language, are read to their end."""
_FIRST_WIDE = 0x2E80
"""Letters from here on, of Chinese and Japanese, count two columns, and about as many tokens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderText:
    """A text for the reader; `spans` are the code-point places of its sentences in it."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()


def question_text(question: str, history: Sequence[str] = ()) -> ReaderText:
    """Give the question with the last turns before it, oldest first.

    Years are written as the calendar counts them, here as in passages: the reader takes 令和7年度
    in the one and 2025年度 in the other for two years.

    Where it is too long for the model its beginning is cut: the question itself stands last.
    """
    turns = [_line(with_full_years(turn))[:_MOST_OF_TURN] for turn in history[-_MOST_TURNS:]]
    asked = _line(with_full_years(question))[-_MOST_OF_QUESTION:]
    return ReaderText(text=_QUESTION + " / ".join((*filter(None, turns), asked)))


def passage_text(document: DocumentInfo, passage: Passage) -> ReaderText:
    """Give the passage's sentences under title, headings, date and edition.

    A table row is written as "header: cell; header: cell", a list's introducing line stands before
    its first item where the passage does not hold it.
    """
    headings = passage.heading[-_MOST_HEADINGS:]
    title = _line(document.title)[:_MOST_OF_TITLE]
    about = (title, *headings, document.published, document.edition)
    text = _PASSAGE + " · ".join(_line(part) for part in about if part)
    spans: list[tuple[int, int]] = []
    lead = ""
    for sentence in passage.sentences:
        if sentence.lead != lead:
            lead = sentence.lead
            text += _introduction(sentence, passage)
        shown = _shown(sentence, passage)
        spans.append((len(text) + 1, len(text) + 1 + len(shown)))
        text += "\n" + shown
    return ReaderText(text=text, spans=tuple(spans))


def digest_text(parts: Sequence[tuple[DocumentInfo, Passage, Sequence[int]]]) -> ReaderText:
    """Give some sentences of several passages, each passage under a short form of its title.

    Of each passage the places of its sentences are given; `spans` follow them in their order.
    """
    text = _PASSAGE.strip()
    spans: list[tuple[int, int]] = []
    for document, passage, places in parts:
        headings = [_short(heading, _SHORT_HEADING) for heading in passage.heading[-1:]]
        title = _short(document.title, _SHORT_TITLE)
        about = (title, *headings, document.published, document.edition)
        text += ("\n\n" if spans else " ") + " · ".join(_line(part) for part in about if part)
        for place in places:
            shown = _short(_shown(passage.sentences[place], passage), _SHORT_SENTENCE)
            spans.append((len(text) + 1, len(text) + 1 + len(shown)))
            text += "\n" + shown
    return ReaderText(text=text, spans=tuple(spans))


def _introduction(sentence: Sentence, passage: Passage) -> str:
    """What a reader needs before a row or an item, unless the passage holds it."""
    *caption, last = sentence.lead.split("\n")
    if sentence.form != "row":
        caption = [*caption, last]
    return "".join(
        "\n" + in_calendar_years(line)[:_MOST_OF_LEAD]
        for line in caption
        if line and line not in passage.text
    )


def _shown(sentence: Sentence, passage: Passage) -> str:
    quote = passage.text[sentence.start - passage.start : sentence.end - passage.start]
    if sentence.form != "row":
        return _line(quote)
    header = in_calendar_years(sentence.lead.rsplit("\n", 1)[-1])
    headers = headers_of(header)
    cells = row_cells(in_calendar_years(quote))
    if len(headers) != len(cells):
        return "; ".join(cells)
    pairs = zip(headers, cells, strict=True)
    return "; ".join(f"{header}: {cell}" if header else cell for header, cell in pairs if cell)


def _short(text: str, columns: int) -> str:
    for at, letter in enumerate(text):
        columns -= 2 if ord(letter) >= _FIRST_WIDE else 1
        if columns < 0:
            return text[:at]
    return text


def _line(text: str) -> str:
    return " ".join(in_calendar_years(text).split())

"""The set of Office files, web pages, texts, mail and books: all of the set but PDF."""

from tests.evals.documents import (
    book,
    html,
    mail,
    opendocument,
    reported,
    richtext,
    sheets,
    slides,
    text,
    word,
)
from tests.evals.documents.case import DocumentCase

CASES: tuple[DocumentCase, ...] = (
    *word.CASES, *sheets.CASES, *slides.CASES, *html.CASES, *text.CASES, *mail.CASES,
    *opendocument.CASES, *richtext.CASES, *book.CASES, *reported.CASES,
)  # fmt: skip
"""In the order of reports; names are unique."""

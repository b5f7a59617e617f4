"""What the embedder is given of a passage: the one place that decides it."""

from aspire_ingest.index.embedding.types import PassageInput
from aspire_ingest.index.types import DocumentInfo, Passage

INPUT_VERSION = "1"
"""Raise it when the same passage is given otherwise; it is part of the fingerprint."""


def passage_input(info: DocumentInfo, passage: Passage) -> PassageInput:
    """The passage's text with its title and headings as context, and its sentences as spans."""
    return PassageInput(
        text=passage.text,
        context="\n".join(part for part in (info.title, " > ".join(passage.heading)) if part),
        spans=tuple(
            (sentence.start - passage.start, sentence.end - passage.start)
            for sentence in passage.sentences
        ),
    )

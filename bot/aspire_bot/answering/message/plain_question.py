"""A question without what tells nothing of its meaning. Pure."""

import unicodedata


def plain_question(text: str) -> str:
    """Give what is the same for questions that differ in case, width, spaces and end marks."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return plain.rstrip("?!.。 ") or plain

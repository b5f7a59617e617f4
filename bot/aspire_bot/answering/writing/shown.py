"""Passages and conversations as a language model is shown them: clean, numbered, bounded. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence

from aspire_bot.answering.checking.safety import without_invisible
from aspire_bot.answering.types import ScoredPassage, Turn

MOST_OF_PASSAGE = 3_000
"""Characters of one passage; they are split far shorter."""
_MOST_OF_TITLE = 200
_MOST_OF_TURN = 600
_MOST_BEFORE = 300
_MOST_TURNS = 6
_NOTHING = "–"
_UNDATED = {"en": "undated", "ja": "日付なし"}

_NUMBER = r"\d{1,4}"
_NUMBERS = re.compile(
    rf"[\[［【〔]\s*(\^?{_NUMBER}(?:\s*[,、，;；&・–—〜～~-]\s*{_NUMBER})*)\s*[\]］】〕]"
)
"""What a text has that looks like our markers: footnotes, references."""
_BLANK_LINES = re.compile(r"\n\s*\n+")


def numbered_passages(
    passages: Sequence[ScoredPassage], language: str, before: Mapping[str, str]
) -> str:
    """Give passages, the first of them number 1, each after a line `[1] Title (date)`.

    `before` are sentences that passages lean on, by passage id; each stands above its passage.
    """
    return "\n\n".join(
        f"[{number}] {_about(entry, language)}\n{_text(entry, before)}"
        for number, entry in enumerate(passages, start=1)
    )


def said_before(history: Iterable[Turn]) -> str:
    """Give the last turns of a conversation, a line each; a dash where there are none."""
    turns = tuple(history)[-_MOST_TURNS:]
    lines = (f"{turn.role}: {_line(turn.text)[:_MOST_OF_TURN]}" for turn in turns)
    return "\n".join(lines) or _NOTHING


def without_numbers(text: str) -> str:
    """Give a text without invisible signs, and with round brackets where it has our markers'."""
    return _NUMBERS.sub(r"(\1)", without_invisible(text)).strip()


def _about(entry: ScoredPassage, language: str) -> str:
    document = entry.document
    undated = _UNDATED["ja" if language == "ja" else "en"]
    title = _line(document.title)[:_MOST_OF_TITLE]
    return f"{title} ({_line(document.published or undated)})"


def _text(entry: ScoredPassage, before: Mapping[str, str]) -> str:
    """The passage under its edition and headings and the sentence it leans on, where it has any."""
    above = (entry.document.edition or "", *entry.passage.heading)
    heading = " › ".join(filter(None, map(_line, above)))[:_MOST_OF_TITLE]
    text = _BLANK_LINES.sub("\n", without_numbers(entry.passage.text))[:MOST_OF_PASSAGE]
    earlier = _line(before.get(entry.passage.passage_id, ""))[:_MOST_BEFORE]
    above_it = (f"# {heading}" if heading else "", f"… {earlier}" if earlier else "")
    return "\n".join((*filter(None, above_it), text))


def _line(text: str) -> str:
    return " ".join(without_numbers(text).split())

"""What a language model is shown of passages and of a conversation: which, and how. Pure.

Passages are the best ones of each part, within a budget: clean, numbered, each under its title.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from aspire_bot.answering.chat import estimated_tokens
from aspire_bot.answering.checking.claims.safety import without_invisible
from aspire_bot.answering.quotes.evidence import Evidence
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


MOST_PASSAGES = 12
MOST_TOKENS = 5_000
"""Of all passages together, as `estimated_tokens` counts them: rather too many than too few."""


def shown_passages(rankings: Sequence[Sequence[Evidence]]) -> list[ScoredPassage]:
    """Give the passages of the best sentences, best first; the first one however long it is.

    `rankings` are the sentences found for the question and each of its parts, best first: every
    part has its passages shown.
    """
    found: dict[str, ScoredPassage] = {}
    room = MOST_TOKENS
    for one in _in_turn(rankings):
        passage = one.passage.passage
        if passage.passage_id in found:
            continue
        room -= estimated_tokens(passage.text)
        if found and room < 0:
            break
        found[passage.passage_id] = one.passage
        if len(found) == MOST_PASSAGES:
            break
    return list(found.values())


def _in_turn(rankings: Iterable[Sequence[Evidence]]) -> Iterator[Evidence]:
    """The best of each first."""
    for row in zip_longest(*rankings):
        yield from (evidence for evidence in row if evidence is not None)

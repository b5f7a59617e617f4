"""A message as it came → what of it is read: its words without markup, and not too many. Pure."""

import re
from collections.abc import Sequence

from aspire_bot.answering.message.encode import MOST_OF_MESSAGE
from aspire_bot.answering.message.split_by_rule import is_interrogative
from aspire_ingest.index.text.language import detect_language
from aspire_ingest.index.text.sentences import sentence_spans

_HEAD, _TAIL = 500, 300
"""Characters that are read before all else: what a mail begins and ends with."""
_LONGEST_READ = 20_000
"""Characters of a message that are looked at."""
_LABELLED = re.compile(
    r"<#[^<>|\s]*\|(?P<channel>[^<>\n]+)>"
    r"|<(?:https?://|mailto:|tel:)[^<>|\s]*\|(?P<label>[^<>\n]+)>",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(
    r"(?<![\w*_~])(?P<mark>[*_~])(?=\S)(?P<words>[^*_~\n]+)(?<=\S)(?P=mark)(?![\w*_~])"
)
"""Bold, italic or struck words: `*FYI*`."""
_ENTITIES = {"&gt;": ">", "&lt;": "<", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))


def without_markup(text: str) -> str:
    """Give a message as its author saw it, without the markup of a chat program.

    `<https://example.org|the form>` is "the form", `<#C1|help>` "#help", `*FYI*` "FYI".
    Mentions (`<@U1>`) and addresses without a label are left: the model of messages has learnt
    what mentions say.
    """

    def seen(found: re.Match[str]) -> str:
        return found["label"] or f"#{found['channel']}"

    plain = _EMPHASIS.sub(r"\g<words>", _LABELLED.sub(seen, text))
    return _ENTITY.sub(lambda found: _ENTITIES[found[0]], plain).strip()


_SIGNATURE = re.compile(
    r"(?P<before>[.!?。！？\n]\s*(?i:(?:(?:kind|best|warm|many)\s+)?(?:regards|wishes)"
    r"|(?:yours\s+)?(?:sincerely|faithfully|truly)|cheers|(?:many\s+)?thanks(?:\s+in\s+advance)?"
    r"|thank\s+you)\s*[,!.–-]+)"
    r"\s*(?:(?:Dr|Prof|Mr|Ms|Mrs)\.?\s+)?[A-Z][\w'’.-]*(?:\s+[A-Z][\w'’.-]*){0,3}\s*$"
)


def without_signature(text: str) -> str:
    """Give a message without the name that its author signed it with: "…? Best regards, Jo Doe"."""
    return _SIGNATURE.sub(r"\g<before>", text)


def shortened(text: str) -> str:
    """Give a message as it is, or sentences of it that together are short enough to be read.

    First those that ask, then the beginning and the end, then the rest from the beginning.
    """
    if len(text) <= MOST_OF_MESSAGE:
        return text
    text = text[:_LONGEST_READ]
    spans = list(sentence_spans(text))
    kept: set[int] = set()
    left = MOST_OF_MESSAGE
    for at in _in_order(text, spans):
        start, end = spans[at]
        if end - start + 1 <= left:
            kept.add(at)
            left -= end - start + 1
    if not kept:
        return text[:MOST_OF_MESSAGE]
    return "\n".join(text[spans[at][0] : spans[at][1]].strip() for at in sorted(kept))


def _in_order(text: str, spans: Sequence[tuple[int, int]]) -> Sequence[int]:
    """The sentences, those first that are most worth reading."""

    def worth(at: int) -> tuple[int, int]:
        start, end = spans[at]
        sentence = text[start:end].strip()
        if sentence.endswith(("?", "？")):
            return (0, at)
        if start < _HEAD or end > len(text) - _TAIL:
            return (1, at)
        return (2 if is_interrogative(sentence, detect_language(sentence)) else 3, at)

    return sorted(range(len(spans)), key=worth)

"""A message as it came → what of it is read: its words without markup, and not too many. Pure."""

import re
from collections.abc import Sequence

from aspire_bot.answering.message.encode import MOST_OF_MESSAGE
from aspire_bot.answering.message.split_by_rule import is_interrogative
from aspire_bot.answering.message.things.headings import MAIL_HEADER, OPENS_MAIL
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


def read_words(text: str) -> str:
    """Give what of a message is read: all of the steps below."""
    plain = with_words_in_code_marks(without_markup(text))
    return shortened(without_signature(without_mail_headers(plain)))


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


_IN_CODE_MARKS = re.compile(r"```(?P<block>.+?)```|(?<!`)`(?P<line>[^`\n]+)`(?!`)", re.DOTALL)
_CODE = re.compile(
    r"[{}\[\]=$\\|_@#^*~;]|(?<!\w)(?:/\w|-{1,2}[a-z])|[a-z]{2}(?:\.|::?)[a-z]{2}"
    r"|[a-z_]\((?![^\x00-\x7f]|s\))",
    re.IGNORECASE,
)
"""A sign that stands in code, paths and commands, and hardly in what people say."""
_ASKS_AT_LAST = re.compile(r"(?:[?？]|か[。?？]?)\s*$")


def with_words_in_code_marks(text: str) -> str:
    """Give a message with the words that stand between code marks as words: "`who pays`?".

    Code stays between them, as do lines that ask nothing: they are never asked.
    """

    def seen(found: re.Match[str]) -> str:
        words = found["line"] or found["block"]
        is_asked = found["line"] is not None or _ASKS_AT_LAST.search(words)
        return found[0] if _CODE.search(words) or not is_asked else words.strip()

    return _IN_CODE_MARKS.sub(seen, text)


def without_mail_headers(text: str) -> str:
    """Give a message without the headers of mails in it, but for their subjects.

    Lines count as headers where two or more stand together and one of them says who wrote or to
    whom, and the line that says who wrote what is quoted below: "On Monday Jo <jo@x.org> wrote:".
    """
    lines = text.split("\n")
    left: list[str] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and MAIL_HEADER.match(lines[end]):
            end += 1
        heads = [found for line in lines[at:end] if (found := MAIL_HEADER.match(line))]
        if len(heads) > 1 and any(found["who"] for found in heads):
            left.extend(found["of"] + found["subject"] for found in heads if found["of"])
        else:
            left.extend(lines[at:end])
        if end < len(lines) and not OPENS_MAIL.search(lines[end]):
            left.append(lines[end])
        at = end + 1
    return "\n".join(left)


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

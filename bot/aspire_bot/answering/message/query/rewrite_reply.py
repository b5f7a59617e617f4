"""What a language model made of a question, or of the lack of an answer, read. Pure."""

import re

from aspire_bot.answering.checking.claims.safety import is_foreign, without_invisible
from aspire_bot.answering.types import RewriteReply
from aspire_bot.answering.writing.prompt_files import CLARIFY, NO_ANSWER

MOST_QUESTIONS = 3
_LONGEST = 400
_BULLET = re.compile(r"^\s*(?:[-*•]\s+|・\s*|\(?\d{1,2}[.)．、]\s*|[①-⑳]\s*|Q\d{0,2}\s*[:：.]\s*)+")
_QUOTED = re.compile(r"^[\"“「『](.*)[\"”」』]$")
_NO_ANSWER = re.compile(r"[\W_]*NONE[\W_]*", re.IGNORECASE)


def read_rewrite(text: str, known: str = "") -> RewriteReply:
    """Read a reply of one question a line; what is no question of a person's length is left out.

    Nor is one that has an address which is not in `known`, the conversation.
    """
    lines = [_clean(line) for line in without_invisible(text).splitlines()]
    questions: list[str] = []
    for line in filter(None, lines):
        if line.casefold().startswith(CLARIFY.casefold()):
            asked = line[len(CLARIFY) :].strip()
            # people read it: it may carry no address
            is_harmless = _is_usable(asked) and not is_foreign(asked, ())
            return RewriteReply(clarify=asked) if is_harmless else RewriteReply()
        if _is_usable(line) and not is_foreign(line, (known,)) and line not in questions:
            questions.append(line)
    return RewriteReply(questions=tuple(questions[:MOST_QUESTIONS]))


def says_no_answer(text: str) -> bool:
    """Whether a reply, or its beginning, says that the passages do not answer."""
    begun = text.lstrip()
    return begun.startswith(NO_ANSWER) or _NO_ANSWER.fullmatch(begun) is not None


def _clean(line: str) -> str:
    bare = _BULLET.sub("", line).strip()
    quoted = _QUOTED.match(bare)
    return quoted[1].strip() if quoted else bare


def _is_usable(line: str) -> bool:
    return 0 < len(line) <= _LONGEST and any(map(str.isalnum, line))

"""Statements that say nothing by themselves: "Yes.", "Here is what I found:". Pure."""

import re
from collections.abc import Iterator

from aspire_bot.answering.checking.claims.operators import english_operators, japanese_operators
from aspire_bot.answering.checking.decisions import Decision
from aspire_ingest.index.text.japanese import japanese_words

_YES = r"yes|yeah|yep|correct|right|indeed|certainly|of course|はい|ええ|そうです|その通りです"
_NO = r"no|nope|いいえ|いえ|違います"
_SAYS_YES_OR_NO = re.compile(
    rf"(?:(?P<yes>{_YES})|(?P<no>{_NO}))(?:[,、.。!！:：]|\s[-–—]\s?|$)(?!\s*\d)\s*",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"(?:sure|certainly|of course|ok(?:ay)?)?[,!. ]*"
    r"(?:here (?:is|are|'s)|below (?:is|are)|the following|based on|according to|from|in)"
    r" (?:the |these |your |provided |given |above |following )*"
    r"(?:documents?|passages?|sources?|answers?|details?|informations?|points?|list|summary|context"
    r"|what (?:i|the (?:documents?|sources?)) (?:found|say|says|state)|overview|key points?)"
    r"(?: (?:provided|above|found|below|say|says|state"
    r"|from the (?:documents?|passages?|sources?)))*[:.,]?"
    r"|in (?:summary|short|brief|conclusion)[:.,]?|i hope this helps[.!]?"
    r"|(?:以下|下記|次)(?:の(?:通|とお)り|に示し)(?:です|になります|ます)?[。:：]?"
    r"|(?:提供された|与えられた)?(?:資料|文書|文献|出典|情報)(?:に(?:よると|よれば|基づくと)|から)?[、:：。]?"
    r"|(?:回答|答え|まとめ|要約|概要)[:：。]?",
    re.IGNORECASE,
)


def yes_or_no(text: str) -> tuple[bool | None, str]:
    """Give whether a text begins with yes (True) or no (False), and what it says after that."""
    match = _SAYS_YES_OR_NO.match(text)
    if match is None:
        return None, text
    return match["yes"] is not None, text[match.end() :]


def is_frame(text: str) -> bool:
    """Whether a text only announces what follows."""
    return _FRAME.fullmatch(text.strip()) is not None


def denies(text: str, language: str) -> bool:
    """Whether a sentence denies something, as far as its words tell."""
    if language == "ja":
        found = [one.turn for one in japanese_operators(text, japanese_words(text))]
    else:
        found = [one.turn for one in english_operators(text.lower())]
    return found.count("not") % 2 == 1


class LeadKeeper:
    """Holds leads back until something supported follows; they fall with what they introduce."""

    def __init__(self, question: str, language: str) -> None:
        """Know the question: a "yes" must not stand before a denial of what is asked."""
        self._asks_denial = denies(question, language)
        self._language = language
        self._waiting: list[Decision] = []

    def pass_on(self, decision: Decision) -> Iterator[Decision]:
        """Give what may be shown now, in order: leads come with the statement they introduce."""
        if decision.verdict == "dropped":
            return
        if decision.is_lead:
            if all(one.statement.text != decision.statement.text for one in self._waiting):
                self._waiting.append(decision)
            return
        waiting, self._waiting = self._waiting, []
        yield from (lead for lead in waiting if self._fits(lead, decision))
        yield decision

    def _fits(self, lead: Decision, following: Decision) -> bool:
        is_yes, _ = yes_or_no(lead.statement.text)
        if is_yes is None:
            return True
        is_denial = denies(following.statement.text, self._language) != self._asks_denial
        return is_yes != is_denial

"""Which of the things asked in one message are questions about time. Pure.

"Who can apply, and which calls are open now?" asks the documents for the one and their dates for
the other. What leans on another thing asked in the same message ("… and when is the deadline?") is
none: it asks when that one is due.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aspire_bot.answering.message.period.countdown import UNTIL_WHEN, date_asked
from aspire_bot.answering.message.period.joined_things import parted, together
from aspire_bot.answering.message.period.named_period import find_periods
from aspire_bot.answering.message.period.term_question import read_term_question
from aspire_bot.answering.message.period.time_question import TimeQuestion, read_time_question
from aspire_bot.answering.message.query.rewrite import points_back
from aspire_bot.answering.types import Turn
from aspire_ingest.index.text.numerals import fold_widths

_JOINS = re.compile(
    r"^\W*(?:(?:and|also|plus|but|then|besides|as well as)\b[\s,]*)+"
    r"|^\W*(?:あと(?!何|どの|どれ)(?:は)?|また|それと|それから|ついでに|加えて|なお|そして|それに|ちなみに)[、,\s]*",
    re.IGNORECASE,
)
_OF_SEVERAL = re.compile(
    r"\b(?:which|what|any|all|every|other|next|upcoming)\b|\b\w+(?:lines|calls|programmes|programs|grants)\b"
    r"|(?:一覧|リスト|どの|どんな|何が|何か|すべて|全て|全部|今後|直近|次の)",
    re.IGNORECASE,
)
"""Asks for a list, whatever was asked before."""
_OF_ONE_END = re.compile(
    r"\b(?:until|till|by) when\b|\bcan (?:i|we) still\b"
    r"|(?:いつ|何日)まで|まだ.{0,6}(?:応募|申請|間に合)",
    re.IGNORECASE,
)
"""Asks for the end of the one thing that was asked about before, where it names none."""
_WHEN = re.compile(r"\bwhen\b|いつ", re.IGNORECASE)
"""Asks for the date of one thing, of which a period says but which edition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskGroup:
    """Things asked one after the other that are answered in one way; of time, one alone."""

    asks: tuple[str, ...]
    when: TimeQuestion | None = None


def time_asked(text: str, history: Sequence[Turn], today: date) -> TimeQuestion | None:
    """Give what one thing asked asks about time; None where it asks for anything else."""
    text = date_asked(text)
    if text in UNTIL_WHEN:  # "can I still apply?" is told with its last day
        text = next((turn.text for turn in reversed(history) if turn.role == "user"), text)
        return read_term_question(text, (), today)
    by_term = read_term_question(text, history, today)
    return by_term or read_time_question(text, history, today)


def groups_by_way(asks: Sequence[str], history: Sequence[Turn], today: date) -> list[AskGroup]:
    """Give the things asked in their order, those about time apart from those of documents."""

    def alone(text: str) -> TimeQuestion | None:
        return time_asked(text, (), today)

    groups: list[AskGroup] = []
    whole = together(tuple(asks), alone)
    for at, ask in enumerate(part for one in whole for part in parted(one, alone, today)):
        bare = _JOINS.sub("", ask)
        leans = at > 0 and (points_back(bare) or not _is_of_several(bare, today))
        when = time_asked(bare, history if at == 0 else (), today)
        is_of_it = when is not None and not when.topic and _OF_ONE_END.search(bare)
        if when is not None and leans and (is_of_it or not _is_of_now(when, today)):
            when = None
        if when is None and groups and groups[-1].when is None:
            groups[-1] = AskGroup(asks=(*groups[-1].asks, ask))
        else:
            groups.append(AskGroup(asks=(ask if when is None else bare,), when=when))
    return groups


def _is_of_several(text: str, today: date) -> bool:
    """Whether it asks for a list, whatever was asked before: in so many words, or of a period."""
    if _OF_SEVERAL.search(text):
        return True
    named = find_periods(fold_widths(text), today, "near")
    return any(one.kind != "nearest" for one in named) and not _WHEN.search(text)


def _is_of_now(when: TimeQuestion, today: date) -> bool:
    """Whether it asks for what is open, of nothing that it names, or for a step that it names."""
    if when.step:
        return True
    is_now = when.period.first == when.period.last == today
    return when.about == "terms" and when.term == "open" and is_now

"""Whether a question word stands behind a preposition of the same clause. Pure.

"What changed in how long the plan may be?" asks one thing: "how long" is what changed. So is "in
which costs are covered and in who may apply". A clause that turns its verb round asks anew: "who do
I talk to what is the number".
"""

import re
from collections.abc import Sequence

from aspire_bot.answering.message.things.pieces import Piece

_BY = (
    r"about|across|after|against|among|around|as to|at|before|between|by|concerning|depending on"
    r"|during|for|from|in|into|of|on|over|per|regarding|since|than|through|till|to|under|until|upon|via|with"
    r"|within|without"
)
_WH = r"(?:who|whom|whose|when|where|what|which|why|how|whether)"
_ENDS_BY = re.compile(rf"\b(?:{_BY})\s*$", re.IGNORECASE)
_BY_WHAT = re.compile(rf"^\W*(?:and|or)\s+(?P<by>{_BY})\s+{_WH}\b", re.IGNORECASE)
_ASKS_ANEW = re.compile(
    rf"\b{_WH}(?:['’]s|(?:\s+(?!(?:is|are|was|were)\b)[\w'’-]+){{0,2}}?\s+(?:is|are|was|were|do|does|did|has|have|can"
    r"|could|will|would|should|may|must|shall)\s+(?:i|we|you|they|he|she|it|one|the|an?|my|our"
    r"|your|their|there|this|that|these|those)\b)",
    re.IGNORECASE,
)
"""A question word and its verb before its subject."""


def is_behind_preposition(text: str, group: Sequence[Piece], piece: Piece) -> bool:
    """Whether a piece goes on with a preposition of what is asked in `group`, right before it."""
    before, words = text[group[0].start : group[-1].end], text[piece.start :]
    is_next = group[-1].sentence == piece.sentence
    if not is_next or _ASKS_ANEW.search(text[piece.start : piece.end + 12]):
        return False
    if piece.cut == "word":
        is_parted = bool(text[group[-1].end : piece.start].strip())
        return not is_parted and _ENDS_BY.search(before) is not None
    joined = _BY_WHAT.match(words)
    if joined is None:
        return False
    same = re.search(rf"\b{joined['by']}\s+{_WH}\b", before, re.IGNORECASE)
    return same is not None and same.start() > 0

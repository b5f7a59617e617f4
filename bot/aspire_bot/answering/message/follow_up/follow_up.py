"""What a follow-up leaves of the question before it. Pure.

"When?" after "Who moderated the bio field meeting?" asks for the time of the moderated meeting: its
own question word stands in place of the one before. "And in 2024?" has none and keeps it.
"""

import re

_WORDS_EN = (
    r"who|whom|whose|when|where|what|which|why|how(?:\s+(?:much|many|long|often|far|old|big))?"
)
_WORD_EN = re.compile(rf"\b(?:{_WORDS_EN})(?:['’]s)?\b", re.IGNORECASE)
_WORD_JA = re.compile(
    r"(?:いつ|どこ|誰|だれ|どなた|何|なに|いくら|いくつ|なぜ|どうして|どの|どれ|どんな)"
    r"(?:か|が|に|で(?![すし])|を|の|から|まで|くらい|ぐらい|よう)*(?:です|でした|でしょう)?か?"
)


def without_question_word(before: str, follow_up: str) -> str:
    """Give an earlier question without its question word where the follow-up has its own."""
    if not (_WORD_EN.search(follow_up) or _WORD_JA.search(follow_up)):
        return before
    bare = _WORD_JA.sub("", _WORD_EN.sub("", before, count=1), count=1)
    return " ".join(bare.split()) or before

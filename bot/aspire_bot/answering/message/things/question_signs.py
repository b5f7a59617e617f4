"""Words and signs by which a piece of a message shows that it asks something. Pure."""

import re

WH = r"(?:who|whom|whose|when|where|what|which|why|how)"
ASKS_JA = re.compile(
    r"いつ|どこ|誰|だれ|どなた|何(?!か|卒)|なに|いくら|いくつ|なぜ|どうして|どの|どれ|どんな|どう"
)
ASKS_AT_ALL = re.compile(
    rf"[?？]|\b{WH}\b|{ASKS_JA.pattern}|か$|^(?:is|are|was|were|do|does|did|can|could|may|must|will|would"
    r"|should|has|have|tell|explain|give|list|show|describe)\b|教え|知り|くださ|下さ|お願い",
    re.IGNORECASE,
)

"""What is said to messages that ask nothing of the documents: one short friendly answer. Pure."""

import re
from collections.abc import Sequence

from aspire_bot.answering.types import Act
from aspire_bot.messages import phrases

_SUGGESTED = 2
_WHO = re.compile(
    r"\b(?:who (?:are|made|built|runs) you|your name|chatgpt|gpt|llm"
    r"|are you (?:a |an )?(?:human|real|bot|robot|person|ai|machine))\b"
    r"|人間|ロボット|あなたは(?:誰|だれ|何者)|誰が(?:答え|作)|名前は|中の人|AIですか|ボットですか",
    re.IGNORECASE,
)


_FAREWELL = re.compile(
    r"\b(?:good ?)?(?:bye|night)\b|\bfarewell\b|\b(?:see|talk to|catch) (?:you|ya|u)\b|\bcu\b"
    r"|さようなら|さよなら|また(?:明日|来週|今度|後で|あとで|ね)|おやすみ|お疲れ|おつかれ|失礼(?:いた)?します|ではまた|じゃあ?また|バイバイ",
    re.IGNORECASE,
)


def say_word(act: Act, text: str, language: str, suggestions: Sequence[str] = ()) -> str:
    """Give a friendly word to a message; nothing to people who talk to each other.

    `suggestions` are questions that the documents answer, in the asker's language.
    """
    words = phrases(language).conversation
    if act in ("greeting", "unclear") and _FAREWELL.search(text):
        return words.farewell
    said = {
        "greeting": words.greeting,
        "thanks": words.thanks,
        "capability": words.identity if _WHO.search(text) else words.capability,
        "complaint": words.complaint,
        "request-action": words.request_action,
        "off-topic": words.off_topic,
        "feedback-positive": words.feedback_positive,
        "unclear": words.unclear,
    }.get(act, "")
    if act not in ("greeting", "capability") or len(suggestions) < _SUGGESTED:
        return said
    first, second = suggestions[:_SUGGESTED]
    joint = "" if language == "ja" else " "
    return said + joint + words.suggest.format(suggestion_1=first, suggestion_2=second)

"""Whether a message that nobody addressed to the bot asks something, in English or Japanese.

Used where a channel lets the bot answer without a mention. To stay silent at a question costs a
mention; to answer small talk costs the bot its welcome: in doubt it is no question.
"""

import re

from aspire_ingest.index.text.script import is_japanese

_URL = re.compile(r"https?://\S+")
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
_MOST_CHARACTERS = 1500
_SENTENCES = re.compile(r"(?<=[.!?。！？\n])\s*")
_ENDING = re.compile(r"[\s.。!！…~〜～)）」』\"”'wｗ笑]+$")

_EN_OPENING = re.compile(
    r"^(?:(?:hi|hello|hey|so|and|but|also|ok|okay|well|then|sorry|please|excuse me)\b[\s,:–-]*)*"
    r"(?:(?:who|what|when|where|why|how|how (?:much|many|long|often|far))(?:'s|’s|\s+"
    r"(?:is|are|was|were|do|does|did|can|could|may|must|should|will|would|has|have))\s+\S+"
    r"|(?:which|what|whose)\s+\S+\s+(?:is|are|was|were|do|does|did|can|may|must|will|has|have)\s+\S+"
    r"|(?:is|are|was|were|do|does|did|can|could|may|must|should|will|would|has|have)\s+"
    r"(?:i|we|you|he|she|it|they|there|this|that|the|a|an|any|anyone|anybody|our|my|one)\s+\S+"
    r"|(?:can|could|would) (?:you|someone|anyone|anybody) (?:please )?"
    r"(?:tell|explain|say|point|remind)\b"
    r"|(?:please )?(?:tell (?:me|us)|let (?:me|us) know|explain)\s+(?:who|what|when|where|why|which|how|if|whether|about)\b"  # noqa: E501 - one alternative
    r"|(?:i|we)(?: would|'d|’d) (?:like|love) to know\b"
    r"|(?:i|we) (?:need|want) to know\b"
    r"|(?:i|we)(?: am|'m|’m| are|'re|’re| was| were)? wonder(?:ing)?\b"
    r"|(?:does|do) (?:anyone|anybody|somebody) know\b)",
    re.IGNORECASE,
)
# Asked, but not of the documents.
_EN_SMALL_TALK = re.compile(
    r"^(?:how are you|how(?:'s|’s| is) it going|what(?:'s|’s) up"
    r"|are you (?:ok|okay|free|there|coming)|(?:shall|should) we (?:go|meet|have|start)"
    r"|can you hear|is (?:everyone|anyone) (?:here|there))",
    re.IGNORECASE,
)
_JA_ASKING = re.compile(
    r"(?:(?:です|ます|でしょう|ました|ません|だろう|である|の|べき|ない|た|る|う|く|す|つ|ぬ|む)か(?:ね|な|しら)?"
    r"|教えて(?:ください|下さい|いただけますか|もらえますか|ほしい(?:です)?|欲しい(?:です)?)?"
    r"|(?:を|が)?知りたい(?:です|のですが)?|(?:を|に)?(?:お伺い|伺い)(?:したい|たい)(?:です|のですが)?"
    r"|(?:は|って)(?:何|なに|誰|だれ|いつ|どこ|どう|いくら|どれ|どの(?:くらい|ように))(?:です)?"
    r"|(?:いつ|どこ|いくら|何(?:件|名|人|回|円|年|月|日|時)?)まで"
    r"|(?:何|なん)(?:件|名|人|回|円|年|月|日|時))$"
)
_JA_NOT_ASKING = re.compile(
    r"(?:そうですか|そうなんですか|かもしれません|かも知れません|ではないか|いかがお過ごしでしょうか"
    r"|お元気ですか|よろしいでしょうか|(?:ませ|まし)んか|どうしましょうか|ましょうか|なるほど.*か"
    r"|(?:^|[、,\s])(?:(?:本当|ほんと|大丈夫|いい|よい|ok)(?:です|でしょう)?か|ですよね)"
    r"|(?:聞こえ|見え)(?:ます|てます|ています)か)$",
    re.IGNORECASE,
)


def looks_like_question(text: str) -> bool:
    """Tell whether a message asks for information."""
    text = _URL.sub(" ", _CODE.sub(" ", text)).strip()
    if not text or len(text) > _MOST_CHARACTERS or text.startswith("@"):
        return False  # `@somebody` speaks to somebody else
    sentences = [s.strip() for s in _SENTENCES.split(text) if s.strip()]
    return any(map(_asks, sentences))


def _asks(sentence: str) -> bool:
    is_marked = bool(re.search(r"[?？]\W*$", sentence))
    if is_japanese(sentence):
        bare = _ENDING.sub("", re.sub(r"[?？]+", "", sentence))
        if _JA_NOT_ASKING.search(bare):
            return False
        return (is_marked and len(bare) > 3) or bool(_JA_ASKING.search(bare))
    if _EN_SMALL_TALK.match(sentence):
        return False
    is_opened = bool(_EN_OPENING.match(sentence))
    return (is_marked and len(sentence.split()) >= 3) or (is_opened and len(sentence.split()) >= 4)

"""What a message says that its author asked: "I asked when it closes for Japan". Pure.

Whoever repeats a question asks it once more, even where the words around it complain.
"""

import re

_WH = r"(?:who|whom|whose|when|where|what|which|why|how|whether|if)"
_EN = re.compile(
    r"(?:^|(?<=[.,;:!?–—-])\s*|\b(?:but|so|and|as|because)\s+)"
    r"(?:(?:(?:what |all )?(?:i|we)(?:['’](?:m|ve|d|re))?)"
    r"(?:\s+(?:was|were|am|are|had|have|did|just|already|actually|only|really|clearly|been))*\s+"
    r"(?:ask(?:ed|ing)?|(?:want(?:ed)?|meant) to (?:know|ask)|wonder(?:ed|ing))"
    rf"(?:\s+(?:you|was|is))*[\s,:]+(?=(?:about\s|(?:\w+\s+)?{_WH}\b))"
    r"|(?:my|our|the) (?:actual |real |original )?question (?:was|is)[\s,:]+)"
    rf"(?:about\s+(?={_WH}\b))?(?P<asked>[^.!?]*?\s[^.!?]+)[.!?\s]*$",
    re.IGNORECASE,
)
_JA = re.compile(
    r"(?:^|(?<=[。、,!！?？\n]))\s*(?:"
    r"(?P<asked>[^。、,!！?？\n]{2,60}?)(?P<end>か[をと]?|を|(?:(?<=いつ)|(?<=どこ)|(?<=誰)|(?<=何)|(?<=いくら))(?:って|と)"
    r"|について|に関して)"
    r"(?:お?聞[いき]|きい|お?尋ね|お?伺い|お?伺っ|ご?質問し|うかがっ)(?:し|て(?:い|る)?|まし|ます)*"
    r"(?:た|る|(?<=ます))(?:の|ん)?(?:です|だ)?(?:が|に|けど|けれども?|よ)?"
    r"|質問は[、,]?(?!以上)(?P<named>[^。、,!！?？\n]{2,60}?)(?:です|でした|だった|だ|のこと)+(?:が|けど|よ)?"
    r")[。!！\s]*$"
)
_WHEN_SAID = re.compile(r"^(?:さっき|先ほど|先程|前に|最初に|だから|私は|いま|今)[、はも]?")


def asked_again(text: str) -> str | None:
    """Give the question that a message says was asked; None where it says of none."""
    english = _EN.search(text)
    if english:
        return english["asked"].strip(" ,")
    japanese = _JA.search(text)
    if japanese is None:
        return None
    asked = _WHEN_SAID.sub("", japanese["asked"] or japanese["named"])
    is_whole = (japanese["end"] or "").startswith(("か", "って", "と"))
    return f"{asked}か" if is_whole else f"{asked}は？"

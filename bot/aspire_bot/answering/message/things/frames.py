"""Words that lead to a question and ask nothing: "could you tell me", 教えてください. Pure."""

import re

_FRAME_EN = re.compile(
    r"(?:\W*\b(?:hi|hello|hey|ok|okay|great|perfect|cool|sorry|oops|right|yes|yeah|no|thanks|thank|can|could|would|will|may|might|do|does|did|be|able|mind|you|u|i|we|me|us|my|someone"
    r"|anyone|anybody|somebody|please|pls|plz|kindly|possibly|perhaps|maybe|happen|by|any"
    r"|chance|here|there|is|it|tell|telling|let|letting|advise|inform|help|helping|find|out"
    r"|check|confirm|clarify|explain|ask|know|if|whether|have|had|a|an|one|two|three|some"
    r"|few|quick|more|another|question|questions|idea|clue|want|need|wanted|like|i'd|to"
    r"|with|this|fyi|fwd?|fw|forward(?:ed|ing)?|see|below|something|following|wondering|was|wonder|sure|not"
    r"|(?:answer|reply|respond|get back)(?:(?: to)? (?:these|those|them|both|all))*"
    r"|by (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight|today|the end of the week)"
    r"|asap|\d+)\b)+\W*",
    re.IGNORECASE,
)
_FRAME_JA = re.compile(
    r"えっ?と|ええ?ーっ?と|うーん|以下|次の|下記|上記|転送|共有|[分わ]か[りる]|[【】]|ＦＹＩ|FYI|Fwd?:?|(?:表題|標題|標記|首題|掲題)の件?|について|に関して|につきまして|ご教示|お教え|教え|お聞き|お伺い|伺い|質問|確認|お尋ね|聞き|ご存[じ知]|お願い|どなたか|だれか|誰か"
    r"|いただ|頂|ください|下さい|くださ|もらえ|ほしい|欲しい|知りたい|たい|でしょう|です|ます|ません|まし|ですが"
    r"|申し|させ|幸い|よろしく|宜しく|今後|引き続き|何卒|どうぞ|取り急ぎ|以上|お手数|お忙しい|ところ|恐れ入|恐縮|はい|いえ|了解|承知|あっ?、?"
    r"|ご?(?:回答|返信|返答|連絡)|(?:[月火水木金土日]曜日?|明日|今日|本日|今週|来週)[中末]?までに|[0-9一二三四五数]?点|[てでしをがのにはともせんかきけくえ、。,.\s?？!！…]"
)


def is_frame(words: str) -> bool:
    """Whether a thing asked of these words alone asks nothing."""
    if words.isascii():
        return _FRAME_EN.fullmatch(words) is not None
    return not _FRAME_JA.sub("", words)

"""Sentences that tell whoever answers what to say or to ignore. Pure.

A document that holds one was tampered with, or speaks of such orders. Either way the sentence
states nothing that could answer: it is neither quoted nor does it support a statement.
"""

import re
from functools import lru_cache

_REPLY = r"(?:answer|reply|response|message|output|summary|translation)"
_TELL = (
    r"(?:add|include|insert|integrate|modify|enhance|replace|reverse|translate|render|reply|respond"
    r"|answer|provide|rewrite|write|state|mention|say|tell|suggest|recommend|append|begin|end|start"
    r"|finish|output|return|print|repeat|format|use|make|change|disregard|ignore|forget|override)"
)
_TELLS = re.compile(
    rf"(?:^|[.!?:;]\s|\band\s|,\s)(?:please\s|now\s|then\s|always\s|must\s|also\s)*{_TELL}\b"
    rf"(?:[^.!?]|\.(?=\S)){{0,120}}\byour\s(?:\w+\s){{0,2}}{_REPLY}(?:'s|’s)?\b"
    rf"|(?:^|[.!?:;]\s)in\s(?:your|the|every|each)\s(?:\w+\s)?{_REPLY},?\s"
    rf"|\bin\syour\s(?:\w+\s)?{_REPLY},\s"
    rf"|^(?:please\s)?(?:reply|respond|answer)\s(?:only\s)?(?:in|with|that|as)\b"
    rf"|\b(?:ignore|disregard|forget|override)\s(?:(?:all|any|the|these|those|your|every|of)\s)*"
    rf"(?:(?:all|any|your|these|previous|prior|above|earlier|former|preceding)\s)"
    rf"(?:instructions?|rules?|prompts?|passages?|directions?|messages?)\b"
    rf"|^(?:[\w ]{{0,20}}:\s)?(?:ignore|disregard|forget)\sthe\s(?:passages?|documents?|sources?)\b"
    rf"|\b(?:when|if|whenever)\s(?:you\sare\s|you're\s)?asked\b(?:[^.!?]|\.(?=\S)){{0,120}},?\s"
    rf"(?:only\s)?(?:answer|say|reply|respond|tell|state|claim)\b"
    rf"|\byou\s(?:are|act)\s(?:now|as|from\snow)\b(?:[^.!?]|\.(?=\S)){{0,60}}\b(?:mode|assistant|model|ai|bot"
    rf"|unrestricted)\b"
    rf"|^(?:system|assistant|developer)\s?(?:message|prompt|note|override)?\s?:"
    rf"|\b(?:ai|language)\s(?:assistants?|models?|agents?)\b(?:[^.!?]|\.(?=\S)){{0,60}}\b(?:must|should|shall)"
    rf"\s(?:now\s|also\s)?(?:say|answer|reply|tell|respond|ignore|disregard)\b",
    re.IGNORECASE,
)
_TELLS_JA = re.compile(
    r"(?:指示|命令|ルール|プロンプト)(?:を|は)(?:すべて|全て|全部)?(?:無視(?!して(?:よ|良|も))|忘れ|無効に)"
    r"|(?:回答|返答|応答|答え|出力)(?:では|には|に|の中で|で|を|は)[^。]{0,100}"
    r"(?:てください|て下さい|せよ|しろ|なさい|すること)"
    r"|と(?:だけ|のみ)?(?:答え|回答し|返答し|応答し|述べ)(?:て(?:ください|下さい)|よ|なさい|ろ)"
    r"|と(?:だけ|のみ)?(?:回答|返答|応答)(?:せよ|しろ|すること)"
    r"|(?:尋ねられ|聞かれ|質問され|問われ)(?:たら|た場合|たとき)[^。]{0,60}(?:答え|回答|返答)"
    r"|^(?:システム|SYSTEM|アシスタント)\s?[:：]",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)
def tells_the_answerer(sentence: str) -> bool:
    """Whether a sentence tells whoever answers what to say or to ignore."""
    flat = " ".join(sentence.split())
    return bool(_TELLS.search(flat) or _TELLS_JA.search(flat))

"""A rule that would keep instructions in documents out of answers: what it hits, and what not.

    python -m tests.evals.orders

A sentence that tells whoever answers what to say (`tells_the_answerer`) states nothing that could
answer; nor does a question (`asks`). Neither would be quoted or support a statement. Counted are
the attacks it stops and the sentences of honest documents that it would cost.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.evals.sets import SETS, opened, shared_folder
from tests.injected import ATTACKS

from aspire_bot.answering.signals import quoted

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
_ASKS = re.compile(r"[?？]\s*[\"'”’」』)）]*\s*$|(?:ですか|ますか|でしょうか)[。?？]?\s*$")


def tells_the_answerer(sentence: str) -> bool:
    """Whether a sentence tells whoever answers what to say or to ignore."""
    flat = " ".join(sentence.split())
    return bool(_TELLS.search(flat) or _TELLS_JA.search(flat))


def asks(sentence: str) -> bool:
    """Whether a sentence is a question."""
    return bool(_ASKS.search(" ".join(sentence.split())))


def _honest(shared: Path) -> Iterator[tuple[str, str]]:
    for name in SETS:
        with opened(name, shared) as assistant, assistant.reader() as index:
            for document_id in index.documents():
                for passage in index.passages_of(document_id):
                    for sentence in passage.sentences:
                        yield name, quoted(passage, sentence)


def _lines(path: Path, field: str) -> list[str]:
    return [
        str(json.loads(line)[field]) for line in path.read_text("utf-8").split("\n") if line.strip()
    ]


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> int:
    """Count, and show what is hit of honest documents."""
    shared = shared_folder()
    if shared is None:
        return 2
    bipia = _lines(shared / "bench/bipia_injected_half/queries.jsonl", "instruction")
    harmless = _lines(shared / "bench/notinject/prompts.jsonl", "prompt")
    own = [one.instruction for one in ATTACKS]
    for name, texts in (("bipia", bipia), ("own", own), ("notinject", harmless)):
        told, asked = sum(map(tells_the_answerer, texts)), sum(map(asks, texts))
        either = sum(tells_the_answerer(text) or asks(text) for text in texts)
        _say(f"{name:14} tells {told}, asks {asked}, either {either} of {len(texts)}")
        if "-v" in sys.argv:
            for text in texts:
                if tells_the_answerer(text) is (name == "notinject"):
                    _say(f"    {text}")
    found: dict[str, list[int]] = {}
    for name, text in _honest(shared):
        counts = found.setdefault(name, [0, 0, 0])
        counts[0] += 1
        counts[1] += tells_the_answerer(text)
        counts[2] += asks(text)
        if tells_the_answerer(text):
            _say(f"    {name}: {' '.join(text.split())[:200]}")
    for name, (count, told, asked) in found.items():
        _say(f"{name:14} tells {told}, asks {asked} of {count}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

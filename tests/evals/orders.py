"""The rule that keeps instructions in documents out of answers: what it hits, and what not.

    python -m tests.evals.orders

A sentence that tells whoever answers what to say (`injection_filter.py`) is neither quoted nor does
it support a statement. Counted are the attacks it stops and the sentences of honest documents that
it costs; questions (`asks`) beside it, for comparison.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.evals.sets import SETS, opened, shared_folder
from tests.injected import ATTACKS

from aspire_bot.answering.quotes.evidence import quoted
from aspire_bot.answering.quotes.injection_filter import tells_the_answerer

_ASKS = re.compile(r"[?？]\s*[\"'”’」』)）]*\s*$|(?:ですか|ますか|でしょうか)[。?？]?\s*$")


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

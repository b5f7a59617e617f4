"""What the reader learns from: a question and some passages, each sentence marked or not."""

import pickle
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aspire_ingest.index import DocumentInfo, Passage

SAMPLE = "sample"
"""The part of those questions about the sample pages that nothing is learnt from."""
SAMPLE_QUESTIONS = ("sp-", "sq-")
"""Their names begin so."""
INVENTED = "invented"
"""The part of the questions about invented documents of the programme."""
INVENTED_QUESTIONS = ("as-",)
"""Their names begin so."""
SKIPPED = -1
"""The mark of a sentence that is neither right nor wrong to say: it is left out of the loss."""


@dataclass(slots=True)
class Pair:
    """A passage beside a question: `marks` is 1, 0 or `SKIPPED` for each of its sentences."""

    passage: str
    marks: list[int]
    answers: int
    """1 where it answers, 0 where it does not, `SKIPPED` where nobody knows."""


@dataclass(slots=True)
class Group:
    """A question and the passages it is learnt with."""

    name: str
    source: str
    language: str
    question: str
    history: tuple[str, ...] = ()
    pairs: list[Pair] = field(default_factory=list[Pair])


Known = tuple[DocumentInfo, Passage]


@dataclass(slots=True)
class Prepared:
    """All that is learnt from and judged on; `passages` are by the key that pairs name."""

    passages: dict[str, Known]
    own: list[Group]
    public: list[Group]
    questions: dict[str, list[dict[str, Any]]]
    """Our own questions as they are, by part."""
    candidates: dict[str, list[tuple[str, float]]]
    texts: dict[str, str]


def read_prepared(work: Path) -> Prepared:
    """Read what `prepare` or `programme` left in a work folder."""
    return pickle.loads((work / "prepared.pickle").read_bytes())  # noqa: S301  our own file


def marks_of(passage: Passage, spans: Sequence[tuple[int, int]], mark: int = 1) -> list[int]:
    """Mark the sentences that overlap one of the spans (offsets into the document)."""
    return [
        mark if any(start < sentence.end and sentence.start < end for start, end in spans) else 0
        for sentence in passage.sentences
    ]


_LETTERS = re.compile(r"[A-Za-z]{5,}")


def with_noise(text: str, language: str, chance: random.Random) -> str:
    """Give a question as it may be typed: slips, no capitals, no mark at the end."""
    if chance.random() < 0.25:
        text = text.rstrip(" ?？。.")
    if language != "ja" and chance.random() < 0.2:
        text = text.lower()
    if chance.random() > 0.15:
        return text
    if language == "ja":
        at = chance.randrange(max(1, len(text) - 1))
        return text[:at] + (text[at] if chance.random() < 0.4 else "") * 2 + text[at + 1 :]
    words = list(_LETTERS.finditer(text))
    for match in chance.sample(words, min(len(words), chance.choice((1, 1, 2)))):
        at = match.start() + 1 + chance.randrange(len(match.group()) - 2)
        slip = chance.choice(("swap", "drop", "double"))
        pair = {
            "swap": text[at + 1] + text[at],
            "drop": text[at + 1],
            "double": text[at] * 2 + text[at + 1],
        }
        if at + 1 < len(text):
            text = text[:at] + pair[slip] + text[at + 2 :]
        break
    return text

"""A model that says the truth, or lies in one fact: what of its words is posted, and why not more.

    python -m tests.evals.measure_model_words [--every N] [--why] [--funder development|test]

Questions about the reader's development documents, or half of those about five documents of a
funder; the words were written by hand (`tests/evals/truthful/`). The model is a scripted server
over real HTTP, streamed.
"""

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.evals.development import development_documents, development_home, home_of, overlaps
from tests.evals.sets import shared_folder
from tests.evals.truthful import Item, Speaker, funder_documents, funder_items, read_items
from tests.local_models import Reply
from tests.local_models.speaking import speaking

from aspire_bot.answering.types import Answer, Question

LINK = "https://elsewhere.example/more"
DEADLINE_S = 4.0
_MISBEHAVIOUR = {
    "hang": Reply(hangs_first=True),
    "hang in the middle": Reply(pieces=("The ",), ending="hang"),
    "error": Reply(status=500),
    "torn": Reply(pieces=("The ",), ending="torn"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of a true answer and of a lie about one question."""

    item: Item
    true: Answer
    lied: Answer
    was_shown: bool
    """Whether the passages of the prompt held a quote at all."""
    is_right: bool
    """Whether what was posted for the true answer is right."""

    @property
    def is_worded(self) -> bool:
        """Whether the true answer was posted in the model's words."""
        return self.true.outcome == "answered" and self.true.model != "extractive"

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it was lost."""
        trace = self.true.trace
        return self.is_worded and trace is not None and all(_passed(trace.statements))

    @property
    def has_lied(self) -> bool:
        """Whether the lie was posted."""
        return _shows(self.lied, self.item.lie.text)

    @property
    def has_link(self) -> bool:
        """Whether an address that no document holds was posted."""
        return "elsewhere" in self.lied.text


def tell(items: Sequence[Item], home: Path, texts: Mapping[str, str]) -> Iterator[Told]:
    """Ask each question twice: the model says the truth, then lies, with a link after it."""
    speaker = Speaker()
    with speaking(home, speaker.reply) as (assistant, _):
        for item in items:
            speaker.item, speaker.said, speaker.more = item, item.sentences, ""
            speaker.shown.clear()
            true = assistant.answer(Question(text=item.question))
            was_shown = any(speaker.shown)
            speaker.said, speaker.more = (item.lie,), f"See {LINK} [1]."
            lied = assistant.answer(Question(text=item.question))
            yield Told(
                item=item,
                true=true,
                lied=lied,
                was_shown=was_shown,
                is_right=_is_right(true, item, texts),
            )


def misbehave(items: Sequence[Item], home: Path) -> dict[str, tuple[bool, float]]:
    """Ask a model that hangs or fails; say by kind whether quotes came, and in how many seconds."""
    found: dict[str, tuple[bool, float]] = {}
    speaker = Speaker()
    limits = {"llm_timeout_s": DEADLINE_S, "llm_first_token_s": DEADLINE_S}
    with speaking(home, speaker.reply, **limits) as (assistant, _):
        for (kind, reply), item in zip(_MISBEHAVIOUR.items(), items, strict=False):
            speaker.item, speaker.misbehaves = item, None
            quoted = assistant.pipeline.in_quotes()
            with assistant.reader() as index:
                alone = quoted.answer(Question(text=item.question), index)
            speaker.misbehaves = reply
            began = time.monotonic()
            answer = assistant.answer(Question(text=item.question))
            found[kind] = ((answer.outcome, answer.text) == (alone.outcome, alone.text),
                           time.monotonic() - began)  # fmt: skip
    return found


def _is_right(answer: Answer, item: Item, texts: Mapping[str, str]) -> bool:
    """Whether an answer is posted that cites what answers; words of this model are all true."""
    if answer.outcome != "answered":
        return False
    spans = [(c.document.document_id, c.start, c.end) for c in answer.citations]
    return any(overlaps(spans, [*item.quotes, *item.also], texts))


def _shows(answer: Answer, said: str) -> bool:
    """Whether all its sentences are posted, but for their ends: of a lie in two one is false."""
    is_worded = answer.model != "extractive"
    text = "".join(answer.text.split())
    bare = ["".join(one.split()) for one in re.split(r"(?<=[.。])\s*", said.removeprefix("- "))]
    return is_worded and all(one[: len(one) * 2 // 3 + 1] in text for one in bare if one)


def _passed(statements: Sequence[object]) -> Iterator[bool]:
    for one in statements:
        yield getattr(one, "verdict", "") in ("kept", "moved")


def report(told: Sequence[Told]) -> None:
    """Print the figures, and what was lost by which reason."""
    _say(f"{len(told)} questions; the prompt held what answers: {_share(told, 'was_shown')}")
    for language in ("en", "ja", "all"):
        some = [one for one in told if language in ("all", one.item.language)]
        _say(
            f"{language:4} kept {_share(some, 'is_right')}, in the model's words "
            f"{_share(some, 'is_worded')}, in full {_share(some, 'is_whole')}, lies through "
            f"{_share(some, 'has_lied')}, foreign links {_share(some, 'has_link')}"
        )
    reasons = Counter(
        f"{statement.verdict} {' '.join(statement.reasons)}"
        for one in told
        for statement in (one.true.trace.statements if one.true.trace else ())
        if statement.verdict in ("dropped", "withheld")
    )
    _say(f"true sentences lost by reason: {dict(reasons.most_common())}")
    _say(f"lies through by fact: {dict(Counter(one.item.fact for one in told if one.has_lied))}")


def _say_why(one: Told) -> None:
    if one.has_lied:
        verdicts = [s.verdict for s in one.lied.trace.statements] if one.lied.trace else []
        _say(f"LIE {one.item.name} ({one.item.fact}) {verdicts}: {one.lied.text!r}")
    if one.is_whole and one.is_right:
        return
    trace = one.true.trace
    acted = "not asked" if trace is None else f"none {trace.says_none} failed {trace.failure}"
    _say(
        f"LOST {one.item.name} right {one.is_right} worded {one.is_worded} {one.true.outcome} "
        f"{one.true.certainty} confidence {one.true.confidence} shown {one.was_shown} {acted}"
    )
    for statement in trace.statements if trace else ():
        if statement.verdict in ("dropped", "withheld"):
            _say(f"- {statement.verdict} {' '.join(statement.reasons)}: {statement.text}")


def _share(told: Sequence[Told], name: str) -> str:
    count = sum(bool(getattr(one, name)) for one in told)
    return f"{count}/{len(told)} ({count / max(1, len(told)):.0%})"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1, help="ask every Nth question")
    parser.add_argument("--why", action="store_true", help="print what was lost, and what passed")
    parser.add_argument("--funder", choices=("development", "test"), help="this half of that set")
    given = parser.parse_args()
    shared = shared_folder()
    if given.funder:
        documents, items = funder_documents(), funder_items(given.funder)
        home = home_of(documents, "funder")
    elif shared is None:
        _say("The shared folder is not here: set ASPIRE_SHARED.")
        return 2
    else:
        documents, items = development_documents(shared), [*read_items("en"), *read_items("ja")]
        home = development_home(shared)
    texts = {one["doc_id"]: one["text"] for one in documents}
    items = items[:: given.every]
    told: list[Told] = []
    for one in tell(items, home, texts):
        told.append(one)
        if given.why:
            _say_why(one)
    report(told)
    for kind, (is_quoted, seconds) in ({} if given.funder else misbehave(items, home)).items():
        _say(f"{kind}: {'quotes' if is_quoted else 'NOT the quotes'} after {seconds:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

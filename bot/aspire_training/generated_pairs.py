"""Sentences of training documents → statements that they support, and statements that they do not.

True ones say a sentence in other words; false ones differ in one thing, whose place is marked. The
windows of a few sentences that they are held against stand as passages stand in an answer.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aspire_ingest.index.text.sentences import sentence_spans
from aspire_training.replaced_words import Stock, Words
from aspire_training.statement_rewrites import LIES, TRUTHS, Rewrite
from aspire_training.support_data import Example

_SHORTEST, _LONGEST = {"en": 32, "ja": 14}, {"en": 260, "ja": 130}
_WINDOW = 5
_MOST_OF_WINDOW = {"en": 1100, "ja": 480}


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A training document, or a public text."""

    name: str
    title: str
    text: str
    language: str


def generated(texts: Sequence[Text], most: int, chance: random.Random) -> Iterator[Example]:
    """Yield about `most` statements, about as many true as false, of sentences of the texts."""
    words = Words(texts)
    order = chance.sample(list(texts), len(texts))
    made = 0
    while made < most:
        for text in order:
            some = list(_of_text(text, words, chance))
            yield from some
            made += len(some)
            if made >= most:
                return


def _of_text(text: Text, words: Words, chance: random.Random) -> Iterator[Example]:
    """Make statements of one sentence of a text, all held against the same window."""
    sentences = [text.text[a:b] for a, b in sentence_spans(text.text)]
    usable = [at for at, one in enumerate(sentences) if _is_usable(one, text.language)]
    if len(usable) < 2:
        return
    at = chance.choice(usable)
    window, inside = _window(sentences, at, text.language, chance)
    apart = [sentences[n] for n in usable if n not in inside]
    stock = words.stock(text.name, text.language, apart, chance)
    own = " ".join(sentences[at].split())
    base = Example(
        name=f"{text.name}:{at}",
        source="generated",
        passage=window,
        statement=own,
        is_supported=True,
        title=text.title if chance.random() < 0.7 else "",
        language=text.language,
        passage_language=text.language,
        unsaid=(),
    )
    truths = [*_made(base, own, TRUTHS[text.language], stock, chance)]
    chosen = chance.sample(truths, min(2, len(truths)))
    yield from chosen
    start = chance.choice(chosen or [base])  # a lie may also stand in other words
    begin = start.statement if start.kind in ("synonyms", "ending") else own
    lies = [*_made(base, begin, LIES[text.language], stock, chance)]
    lies = [lie for lie in lies if " ".join(lie.statement.split()) not in " ".join(window.split())]
    preferred = [lie for lie in lies if lie.kind in ("word", "contrary")]
    others = [lie for lie in lies if lie not in preferred]
    yield from preferred[:1]
    yield from chance.sample(others, min(1, len(others)))


def _made(
    base: Example,
    text: str,
    rules: Sequence[tuple[str, Rewrite]],
    stock: Stock,
    chance: random.Random,
) -> Iterator[Example]:
    is_true = rules in TRUTHS.values()
    for kind, rule in chance.sample(list(rules), len(rules)):
        said = rule(text, stock, chance)
        if (said and said.text != text) or (said and kind == "verbatim"):
            yield replace(
                base, statement=said.text, kind=kind, is_supported=is_true, unsaid=said.unsaid
            )


def _is_usable(sentence: str, language: str) -> bool:
    bare = " ".join(sentence.split())
    return (
        _SHORTEST[language] <= len(bare) <= _LONGEST[language]
        and bare[-1:] in ".。"
        and not re.search(r"https?:|[@<>|]|\?$|^[#*\-・]", bare)
    )


def _window(
    sentences: Sequence[str], at: int, language: str, chance: random.Random
) -> tuple[str, range]:
    """Take the sentence and some around it."""
    first = max(0, at - chance.randint(0, _WINDOW - 1))
    last = min(len(sentences), max(at + 1, first + chance.randint(1, _WINDOW)))
    while last - first > 1 and sum(map(len, sentences[first:last])) > _MOST_OF_WINDOW[language]:
        first, last = (first + 1, last) if first < at else (first, last - 1)
    return "\n".join(one.strip() for one in sentences[first:last]), range(first, last)

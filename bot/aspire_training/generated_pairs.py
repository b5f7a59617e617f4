"""Sentences of training documents → statements that they support, and statements that they do not.

True ones say a sentence in other words; false ones differ in one thing, whose place is marked. The
windows of a few sentences that they are held against stand as passages stand in an answer.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from aspire_ingest.index.text.sentences import sentence_spans
from aspire_training.replaced_words import Stock, Words
from aspire_training.support_data import Example, Spans

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement that was made of a sentence; `unsaid` are the places that make it false."""

    text: str
    unsaid: Spans = ()


Rewrite = Callable[[str, Stock, random.Random], Said | None]


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
    truths = [*_made(base, own, _TRUTHS[text.language], stock, chance)]
    chosen = chance.sample(truths, min(2, len(truths)))
    yield from chosen
    start = chance.choice(chosen or [base])  # a lie may also stand in other words
    begin = start.statement if start.kind in ("synonyms", "ending") else own
    lies = [*_made(base, begin, _LIES[text.language], stock, chance)]
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
    is_true = rules in _TRUTHS.values()
    for kind, rule in chance.sample(list(rules), len(rules)):
        said = rule(text, stock, chance)
        if said and said.text != text or (said and kind == "verbatim"):
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


# What is true.


def _verbatim(text: str, stock: Stock, chance: random.Random) -> Said | None:
    return Said(text=text) if chance.random() < 0.25 else None


def _led(text: str, stock: Stock, chance: random.Random) -> Said | None:
    if re.match(r"[A-Z]{2}|I\b", text) or chance.random() < 0.6:
        return None
    lead = chance.choice(
        ("The text says that ", "It is written there that ", "In short, ", "As the note puts it, ")
    )
    return Said(text=lead + text[:1].lower() + text[1:])


def _led_ja(text: str, stock: Stock, chance: random.Random) -> Said | None:
    if chance.random() < 0.6:
        return None
    return Said(text=chance.choice(("それによれば、", "要するに、", "文中には、")) + text)


def _synonyms(text: str, stock: Stock, chance: random.Random) -> Said | None:
    return _said(stock.with_synonyms(text, chance.randint(1, 3), chance), is_true=True)


def _cut_front(text: str, stock: Stock, chance: random.Random) -> Said | None:
    """Leave out what a sentence begins with: "In 2024, ", "However, "."""
    found = re.match(r"(?:In|On|At|During|After|However|Moreover|For)\b[^,]{0,40}, (?=\w)", text)
    if found is None:
        return None
    rest = text[found.end() :]
    return Said(text=rest[:1].upper() + rest[1:])


def _cut_end(text: str, stock: Stock, chance: random.Random) -> Said | None:
    """Leave out a clause at the end: ", which …", " and …"."""
    found = re.search(r",? (?:which|who|and) [^,]{12,}\.$", text)
    if found is None or found.start() < 30:
        return None
    return Said(text=text[: found.start()].rstrip(", ") + ".")


def _cut_ja(text: str, stock: Stock, chance: random.Random) -> Said | None:
    found = re.match(r"[^、。]{2,14}(?:に|では|には|は|として|で)、", text)
    if found is None or found.group().endswith("は、") or len(text) - found.end() < 12:
        return None
    return Said(text=text[found.end() :])


_ENDINGS_JA = (
    ("しました。", "した。"), ("ました。", "ましたとのことです。"), ("した。", "しました。"), ("します。", "する。"), ("する。", "します。"),
    ("です。", "である。"), ("である。", "です。"), ("でした。", "だった。"), ("だった。", "でした。"),
    ("されました。", "された。"), ("された。", "されました。"), ("できます。", "できる。"),
    ("できる。", "することが可能です。"), ("ありません。", "ない。"), ("しています。", "している。"),
    ("している。", "しています。"), ("なければならない。", "ことが必要です。"), ("れている。", "れています。"),
    ("ません。", "ない。"), ("いる。", "います。"), ("った。", "ったとのことです。"), ("ある。", "あります。"),
)  # fmt: skip


def _ending_ja(text: str, stock: Stock, chance: random.Random) -> Said | None:
    for ending, other in _ENDINGS_JA:
        if text.endswith(ending):
            return Said(text=text.removesuffix(ending) + other)
    return None


def _both(text: str, stock: Stock, chance: random.Random) -> Said | None:
    """Swap the two halves of a sentence with "and" between whole clauses."""
    found = re.fullmatch(r"([A-Z][^,]{15,}), (?:and|but) ([a-z][^,]{15,})\.", text)
    if found is None or re.match(r"(?:he|she|it|they|this|that|these|those|its|his)\b", found[2]):
        return None
    return Said(text=f"{found[2][:1].upper()}{found[2][1:]}, and {found[1][:1].lower()}{found[1][1:]}.")


# What is false.


def _word(text: str, stock: Stock, chance: random.Random) -> Said | None:
    return _said(stock.with_another_word(text, chance), is_true=False)


def _contrary(text: str, stock: Stock, chance: random.Random) -> Said | None:
    return _said(stock.with_contrary(text, chance), is_true=False)


def _synonyms_and_word(text: str, stock: Stock, chance: random.Random) -> Said | None:
    """Say it in other words, one of which is wrong: the false word after the true ones."""
    other = stock.with_synonyms(text, 2, chance)
    found = stock.with_another_word(other[0] if other else text, chance)
    return _said(found, is_true=False)


def _name(text: str, stock: Stock, chance: random.Random) -> Said | None:
    return _said(stock.with_another_name(text, chance), is_true=False)


_FIGURE = re.compile(r"(?<![\d.,])\d{1,4}(?![\d.,]*\d)")


def _figure(text: str, stock: Stock, chance: random.Random) -> Said | None:
    found = list(_FIGURE.finditer(text))
    if not found:
        return None
    one = chance.choice(found)
    value = int(one.group())
    other = str(max(1, value + chance.choice((-1, 1)) * chance.choice((1, 2, 3, max(1, value // 3)))))
    return _put(text, one.start(), one.end(), other)


_NOT_EN = (
    (r"\b(?:is|are|was|were|will|can|may|must|has|have|could|should)\b(?! not\b)(?= [a-z])", "{} not"),
    (r"\b(?:do|does|did|is|are|was|were|will|must|may|should|could) not\b", "{-}"),
)  # fmt: skip
_NOT_JA = (
    ("しました", "しませんでした"), ("します", "しません"), ("できる", "できない"), ("できます", "できません"),
    ("された", "されなかった"), ("している", "していない"), ("しています", "していません"), ("した。", "しなかった。"),
    ("である。", "ではない。"), ("です。", "ではありません。"), ("する。", "しない。"), ("ない。", "る。"),
    ("ません", "ます"), ("される", "されない"), ("ある。", "ない。"), ("いる。", "いない。"),
)  # fmt: skip


def _denied(text: str, stock: Stock, chance: random.Random) -> Said | None:
    for pattern, other in chance.sample(_NOT_EN, len(_NOT_EN)):
        found = re.search(pattern, text)
        if found:
            word = found.group()
            said = word.removesuffix(" not") if other == "{-}" else f"{word} not"
            return _put(text, found.start(), found.end(), said)
    return None


def _denied_ja(text: str, stock: Stock, chance: random.Random) -> Said | None:
    for word, other in _NOT_JA:
        at = text.rfind(word)
        if at >= 0:
            return _put(text, at, at + len(word), other)
    return None


_DUTY_EN = (
    (r"\bmust\b", "may"), (r"\bmay\b(?! \d)", "has to"), (r"\bcan\b", "has to"), (r"\bshould\b", "need not"),
    (r"\bis required\b", "is optional"), (r"\bare required\b", "are optional"), (r"\ball\b", "some"),
    (r"\bonly\b", "also"), (r"\bunless\b", "if"), (r"\bif\b", "unless"), (r"\bbefore\b", "after"),
    (r"\bafter\b", "before"), (r"\bat least\b", "at most"), (r"\bmore than\b", "less than"),
    (r"\bwill\b", "has already had to"), (r"\bplans? to\b", "refuses to"), (r"\bsome\b", "all"),
    (r"\bmost\b", "few"), (r"\bfirst\b", "last"), (r"\bwithout\b", "with"), (r"\bevery\b", "hardly any"),
    (r"\bexcept\b", "including"), (r"\busually\b", "never"), (r"\bfrom\b", "to"),
)  # fmt: skip
_DUTY_JA = (
    ("なければならない", "なくてよい"), ("ことができる", "ことを要する"), ("すべて", "一部"), ("のみ", "も含めて"),
    ("だけ", "だけでなく"), ("以上", "以下"), ("以下", "以上"), ("以内", "以上"), ("まで", "から"), ("全員", "一部の人"),
    ("必要", "不要"), ("多い", "少ない"), ("高い", "低い"), ("前に", "後に"), ("後に", "前に"), ("最初", "最後"),
    ("増え", "減っ"), ("大きい", "小さい"), ("多く", "一部"), ("除き", "含め"), ("できるだけ", "必ず"), ("予定", "義務"),
)  # fmt: skip


def _duty(text: str, stock: Stock, chance: random.Random) -> Said | None:
    for pattern, other in chance.sample(_DUTY_EN, len(_DUTY_EN)):
        found = re.search(pattern, text)
        if found:
            return _put(text, found.start(), found.end(), other)
    return None


def _duty_ja(text: str, stock: Stock, chance: random.Random) -> Said | None:
    for word, other in chance.sample(_DUTY_JA, len(_DUTY_JA)):
        at = text.find(word)
        if at >= 0:
            return _put(text, at, at + len(word), other)
    return None


def _more(text: str, stock: Stock, chance: random.Random) -> Said | None:
    """Add what another place says."""
    if not stock.sentences:
        return None
    other = " ".join(chance.choice(stock.sentences).split())
    if len(other) > 110:
        return None
    begin, joint = text.rstrip(".。"), "、また、" if stock.language == "ja" else ", and "
    added = other if stock.language == "ja" else other[:1].lower() + other[1:]
    return Said(text=begin + joint + added, unsaid=((len(begin), len(begin + joint + added)),))


def _another_end(text: str, stock: Stock, chance: random.Random) -> Said | None:
    """Say of this thing what another sentence says of its own."""
    pattern = (
        re.compile(r"^[^、。「」は]{2,24}は、?")
        if stock.language == "ja"
        else re.compile(r"^.{4,60}? (?=(?:is|are|was|were|will|must|may|can|has|have)\b)")
    )
    own = pattern.search(text)
    ends = [
        one[found.end() :] for one in stock.sentences if (found := pattern.search(" ".join(one.split())))
    ]
    ends = [" ".join(end.split()) for end in ends if 8 <= len(end) <= 100]
    if own is None or not ends:
        return None
    end = chance.choice(ends)
    return Said(text=own.group() + end, unsaid=((own.end(), own.end() + len(end)),))


def _elsewhere(text: str, stock: Stock, chance: random.Random) -> Said | None:
    if not stock.sentences or chance.random() < 0.5:
        return None
    other = " ".join(chance.choice(stock.sentences).split())
    return Said(text=other, unsaid=((0, len(other)),))


def _put(text: str, start: int, end: int, other: str) -> Said:
    return Said(text=text[:start] + other + text[end:], unsaid=((start, start + max(1, len(other))),))


def _said(found: tuple[str, Spans] | None, *, is_true: bool) -> Said | None:
    if found is None:
        return None
    return Said(text=found[0], unsaid=() if is_true else found[1])


_TRUTHS: dict[str, tuple[tuple[str, Rewrite], ...]] = {
    "en": (
        ("verbatim", _verbatim), ("lead", _led), ("synonyms", _synonyms), ("cut front", _cut_front),
        ("cut end", _cut_end), ("halves", _both),
    ),
    "ja": (
        ("verbatim", _verbatim), ("lead", _led_ja), ("synonyms", _synonyms), ("cut front", _cut_ja),
        ("ending", _ending_ja),
    ),
}  # fmt: skip
_SHARED: tuple[tuple[str, Rewrite], ...] = (
    ("word", _word), ("word", _synonyms_and_word), ("contrary", _contrary), ("name", _name),
    ("figure", _figure), ("more", _more), ("another end", _another_end), ("elsewhere", _elsewhere),
)  # fmt: skip
_LIES: dict[str, tuple[tuple[str, Rewrite], ...]] = {
    "en": (*_SHARED, ("denied", _denied), ("duty", _duty)),
    "ja": (*_SHARED, ("denied", _denied_ja), ("duty", _duty_ja)),
}

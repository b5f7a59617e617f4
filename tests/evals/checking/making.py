"""All cases of one index: true statements, lies about them, wrong and missing markers."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from tests.evals.checking.cases import Made, Place, Prompts, VerificationCase, places_of
from tests.evals.checking.lies import Stock, lies_of, names_in, people_in
from tests.evals.checking.paraphrases import cells_of, paraphrases_of
from tests.evals.checking.templates import templated
from tests.evals.checking.truths import as_other_language, joined, truths_of

from aspire_bot.answering.quotes.translations import is_translation
from aspire_ingest.index.reader import IndexReader

_LEAST_COSINE = 0.85
_LEAST_MARGIN = 0.008


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """How many cases of each kind are made of one index and language."""

    truths: int = 40
    lies: int = 25


def make_cases(
    index: IndexReader, name: str, amounts: Amounts, *, seed: int = 11
) -> list[VerificationCase]:
    """Generate the cases of one index, the same ones for the same documents."""
    generator = random.Random(seed)
    prompts = Prompts(index, name)
    cases: list[VerificationCase] = []
    for language in ("en", "ja"):
        places = places_of(index, language)
        generator.shuffle(places)
        truths = [*_truths(places, generator), *cells_of(index, language)]
        cases += _drawn(truths, amounts.truths, prompts, generator)
        told_by = _told_by(index)
        lies = [lie for made in truths for lie in _lies(made, places, told_by, generator)]
        cases += _drawn(lies, amounts.lies, prompts, generator)
        cases += _drawn(list(_with_marker_faults(truths)), amounts.lies, prompts, generator)
        told = {i for pair in _stories(index) for ids in pair for i in ids}
        cases += _drawn(list(_from_elsewhere(truths, told)), amounts.lies, prompts, generator)
    return cases + _translated_cases(index, amounts, prompts, generator)


def _translated_cases(
    index: IndexReader, amounts: Amounts, prompts: Prompts, generator: random.Random
) -> list[VerificationCase]:
    """Statements in the other language; there are few such texts, so all of them are taken."""
    pairs = list(translations(index))
    told = [*as_other_language(pairs), *templated(places_of(index), generator)]
    places = {language: places_of(index, language) for language in ("en", "ja")}
    told_by = _told_by(index)
    lies = [lie for made in told for lie in _lies(made, places[made.language], told_by, generator)]
    lies += _with_marker_faults(told)
    lies += [
        replace(made, kind="from elsewhere", is_true=False, text=" ".join(said.text.split()),
                foreign=" ".join(source.text.split()).casefold(),
                apart=frozenset(p.passage.document_id for p in (said, source)))
        for made, (said, source) in zip(told, pairs[4:] + pairs[:4], strict=False)
        if said.language == made.language
        and made.places[0].passage.document_id not in (said.passage.document_id, source.passage.document_id)
    ]  # fmt: skip
    return _drawn([*told, *lies], amounts.truths * 4, prompts, generator)


def _truths(places: Sequence[Place], generator: random.Random) -> Iterator[Made]:
    for place in places:
        yield from truths_of(place, generator)
        yield from paraphrases_of(place, generator)
    for one in places[: len(places) // 4]:
        other = generator.choice(places)
        is_other = other.passage.passage_id != one.passage.passage_id
        if is_other and len(one.text) + len(other.text) < 360:
            yield joined(one, other)


def _lies(
    made: Made,
    places: Sequence[Place],
    told_by: Mapping[str, frozenset[str]],
    generator: random.Random,
) -> Iterator[Made]:
    if made.kind in ("re-cased", "joined", "paraphrase"):
        return
    source = made.places[0]
    document = source.passage.document_id
    # what a translation tells is told here too
    story = told_by.get(document, frozenset()) | {document}
    here = [p for p in places if p.passage.document_id in story]
    away = [p for p in generator.sample(places, min(12, len(places))) if p not in here]
    people = [n for p in here for n in people_in(p.text, made.language)]
    clauses = [c for p in away if (c := _clause(p, made.language))]
    stock = Stock(
        people_here=tuple(dict.fromkeys(people)),
        names_elsewhere=tuple(n for p in away for n in names_in(p.text, made.language)),
        clauses=tuple(clauses),
    )
    yield from lies_of(made, stock, generator)


def _told_by(index: IndexReader) -> Mapping[str, frozenset[str]]:
    """By document the translations that tell the same story."""
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for left, right in _stories(index):
        for one in left:
            found[one] |= right
        for one in right:
            found[one] |= left
    return found


def _clause(place: Place, language: str) -> str | None:
    text = " ".join(place.text.split())
    limit = (25, 130) if language == "en" else (10, 60)
    return text[:1].lower() + text[1:] if limit[0] < len(text) < limit[1] else None


def _from_elsewhere(truths: Sequence[Made], told_twice: set[str]) -> Iterator[Made]:
    """True sentences, of other documents than the ones they cite, which no translation tells."""
    plain = [
        made
        for made in truths
        if made.kind == "verbatim" and made.places[0].passage.document_id not in told_twice
    ]
    for made, other in zip(plain, plain[7:], strict=False):
        if made.places[0].passage.document_id != other.places[0].passage.document_id:
            yield replace(
                other,
                kind="from elsewhere",
                is_true=False,
                text=made.text,
                foreign=made.text.casefold(),
                apart=frozenset((made.places[0].passage.document_id,)),
            )


def _with_marker_faults(truths: Sequence[Made]) -> Iterator[Made]:
    for made in truths:
        if made.kind in ("verbatim", "with a lead", "translation"):
            yield replace(made, kind="wrong marker", is_true=False)
            yield replace(made, kind="missing marker", is_true=False)


def _drawn(
    made: Sequence[Made], most: int, prompts: Prompts, generator: random.Random
) -> list[VerificationCase]:
    """Draw so many of each kind, and put each into a prompt."""
    by_kind: dict[str, list[Made]] = defaultdict(list)
    for one in made:
        by_kind[one.kind].append(one)
    drawn: list[VerificationCase] = []
    for kind in sorted(by_kind):
        some = by_kind[kind]
        generator.shuffle(some)
        drawn += [prompts.case(one, generator) for one in some[:most]]
    return drawn


def translations(index: IndexReader) -> Iterator[tuple[Place, Place]]:
    """Sentences of one story in both languages that are each other's nearest by far."""
    for left, right in _stories(index):
        ours = [p for p in places_of(index, "en") if p.passage.document_id in left]
        theirs = [p for p in places_of(index, "ja") if p.passage.document_id in right]
        if not ours or not theirs:
            continue
        table = _vectors(ours, index) @ _vectors(theirs, index).T
        table *= np.array([[_may_be_one_section(a, b) for b in theirs] for a in ours])
        for at, place in enumerate(ours):
            best = int(table[at].argmax())
            if int(table[:, best].argmax()) != at or len(theirs) < 3:
                continue
            second = max(
                np.sort(table[at])[-2], np.sort(table[:, best])[-2] if len(ours) > 1 else 0
            )
            if table[at, best] >= _LEAST_COSINE and table[at, best] - second >= _LEAST_MARGIN:
                yield place, theirs[best]
                yield theirs[best], place


def _may_be_one_section(one: Place, other: Place) -> bool:
    """Whether the numbers of their sections, where both have them, are the same."""
    numbers = [
        found.group() if (found := re.match(r"[\d.]*\d", place.passage.heading[-1])) else ""
        for place in (one, other)
        if place.passage.heading
    ]
    return len(numbers) < 2 or not all(numbers) or numbers[0] == numbers[1]


def _stories(index: IndexReader) -> Iterator[tuple[set[str], set[str]]]:
    infos = index.documents()
    for one in infos.values():
        for other in infos.values():
            if (one.language, other.language) == ("en", "ja"):
                is_pair = is_translation(one, other) or _are_handbooks(one.source, other.source)
                if is_pair:
                    yield {one.document_id}, {other.document_id}


def _are_handbooks(one: str, other: str) -> bool:
    return "handbook-fy2026-en" in one and "handbook-fy2026-ja" in other


def _vectors(places: Sequence[Place], index: IndexReader) -> np.ndarray:
    ids = list({place.passage.passage_id for place in places})
    by_passage: Mapping[str, np.ndarray] = index.sentence_vectors(ids)
    return np.array([by_passage[place.passage.passage_id][place.at] for place in places])

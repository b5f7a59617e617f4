"""What the support model learns from in each epoch, and what is varied in it."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from aspire_training.generated_pairs import generated
from aspire_training.statement_groups import grouped_examples
from aspire_training.support_data import Example, own_examples, public_examples
from aspire_training.support_texts import training_texts

_OWN_TIMES = 2
"""How often pairs of the data folder are seen in an epoch; statements in groups once."""
_GENERATED, _ELSEWHERE = 3500, 700
_PUBLIC, _FEWER = 7000, 0.22
"""Public pairs in the first epoch, and by which share of these each epoch has fewer."""
_WITHOUT_QUESTION, _WITHOUT_TITLE = 0.35, 0.1


class Mix:
    """The epochs, without end."""

    def __init__(self, data: Path, chance: random.Random) -> None:
        """Read everything that is for training."""
        self._chance = chance
        self._own = [one for one in own_examples(data) if one.part == "train"]
        self._grouped = grouped_examples()
        self._public = list(public_examples(data, chance))
        self._texts = training_texts(data, chance)

    def __iter__(self) -> Iterator[list[Example]]:
        """Give the examples of each epoch."""
        epoch = 0
        while True:
            public = int(_PUBLIC * max(0.0, 1 - _FEWER * epoch))
            examples = [
                *self._grouped,
                *self._own * _OWN_TIMES,
                *said_of_another_passage(self._grouped, _ELSEWHERE, self._chance),
                *generated(self._texts, _GENERATED, self._chance),
                *self._chance.sample(self._public, min(public, len(self._public))),
            ]
            yield [self._varied(one) for one in examples]
            epoch += 1

    def _varied(self, one: Example) -> Example:
        """Leave the title out now and then, and the question where a statement stands alone."""
        if one.stands_alone and self._chance.random() < _WITHOUT_QUESTION:
            one = replace(one, question="")
        return replace(one, title="") if self._chance.random() < _WITHOUT_TITLE else one


def said_of_another_passage(
    examples: Sequence[Example], most: int, chance: random.Random
) -> Iterator[Example]:
    """Yield true statements beside another passage of their document, which does not say them."""
    documents: dict[str, dict[str, list[Example]]] = defaultdict(lambda: defaultdict(list))
    for one in examples:
        documents[one.title][one.passage].append(one)
    several = [passages for passages in documents.values() if len(passages) > 1]
    for _ in range(most if several else 0):
        said, other = chance.sample(list(chance.choice(several).values()), 2)
        truths = [one for one in said if one.is_supported]
        if truths:
            yield replace(
                chance.choice(truths),
                passage=other[0].passage,
                passage_language=other[0].passage_language,
                is_supported=False,
                kind="elsewhere",
                unsaid=None,
            )

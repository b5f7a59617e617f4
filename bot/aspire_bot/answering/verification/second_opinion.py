"""An optional judge after the rules: another model that may drop what they keep, and no more."""

from collections.abc import Sequence
from typing import Protocol


class SecondOpinion(Protocol):
    """Says whether sentences of documents support a statement; off by default.

    It is asked only about what the rules keep, so that it can never keep what they drop.
    """

    def supports(self, statement: str, quotes: Sequence[str]) -> bool:
        """Say whether the quotes, taken together, support the statement.

        A judge that cannot be reached, or takes too long, must answer True: the rules have spoken.
        """
        ...

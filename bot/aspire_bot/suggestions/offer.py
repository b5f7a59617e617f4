"""What may be offered of the proposed questions: what Slack asks before it shows one."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A question that people are shown (`is_suggested`), or that the tour asks for them."""

    language: str
    question: str
    is_suggested: bool


class Offered(Protocol):
    """What may be offered of the proposed questions, for the generation that answers now."""

    def is_settled(self) -> bool:
        """Whether all that can be known is known; soon, where not."""
        ...

    def suggests(self, question: str) -> bool:
        """Whether a question is known to be answered surely."""
        ...

    def answers(self, question: str) -> bool:
        """Whether a question is answered, perhaps with a hedge; taken for so until it is known."""
        ...


class Everything:
    """Offers all that is proposed: where nobody asks the index."""

    def is_settled(self) -> bool:
        """See `Offered`."""
        return True

    def suggests(self, question: str) -> bool:
        """See `Offered`."""
        del question
        return True

    def answers(self, question: str) -> bool:
        """See `Offered`."""
        del question
        return True

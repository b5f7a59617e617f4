"""What the model of messages says of a message."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.types import Act

ACTS: tuple[Act, ...] = get_args(Act)
"""In the order of the head's outputs."""
Label = Literal["other", "begins", "goes on"]
LABELS: tuple[Label, ...] = get_args(Label)
"""Of a piece: it asks nothing, it begins something that is asked, or it goes on with it."""

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MessageReading:
    """What the model says of a message, as probabilities.

    `acts`: one for each of `ACTS`. `labels`: (pieces read, 3), one for each of `LABELS`; pieces
    beyond what is read are missing.
    """

    acts: Numbers
    labels: Numbers

"""Language models on loopback: each speaks one provider's wire format and says what it is told."""

from tests.local_models.reply import THOUGHT, Asked, RefusedError, Reply, Script
from tests.local_models.server import EXTRA_FORMATS, FORMATS, LocalModel, serving

__all__ = [
    "EXTRA_FORMATS",
    "FORMATS",
    "THOUGHT",
    "Asked",
    "LocalModel",
    "RefusedError",
    "Reply",
    "Script",
    "serving",
]

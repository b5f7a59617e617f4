"""Language models on loopback: each speaks one provider's wire format and says what it is told."""

from tests.local_models.reply import Asked, RefusedError, Reply, Script
from tests.local_models.server import FORMATS, LocalModel, serving

__all__ = ["FORMATS", "Asked", "LocalModel", "RefusedError", "Reply", "Script", "serving"]

"""What an operation found out, as the state keeps it."""

from pydantic import BaseModel, ConfigDict

from aspire_bot.curator import Done, Preview, Synced
from aspire_bot.state.operations import Facts, Operation


class Refusal(BaseModel):
    """Why something is not done; `code` is one of `RefusedError`, `failed`, `file`, `too_large`."""

    model_config = ConfigDict(frozen=True)

    code: str
    reason: str


class OperationResult(BaseModel):
    """All of it; each step adds its own."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    preview: Preview | None = None
    done: Done | None = None
    synced: Synced | None = None
    refused: Refusal | None = None
    waits: int = 0
    """How often it was put off because somebody else changes the index."""

    @classmethod
    def of(cls, operation: Operation) -> "OperationResult":
        """Read what was kept."""
        return cls.model_validate(operation.found or {})

    def kept(self, **changes: object) -> Facts:
        """Give it with something changed, as it is kept; a refusal and waits are of one step."""
        now = {"refused": None, "waits": 0, **changes}
        return self.model_copy(update=now).model_dump(mode="json", exclude_none=True)

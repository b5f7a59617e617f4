"""What an operation found out, as the state keeps it."""

from pydantic import BaseModel, ConfigDict

from aspire_bot.curator import Done, Preview, Synced
from aspire_bot.messages.ingest_reports import held_reason_in, reason_in, remark_line_in
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

    def in_language(self, language: str) -> "OperationResult":
        """Give it with what `aspire-ingest` said of files in a language, where that is known."""
        refused, synced = self.refused, self.synced
        if refused is not None:
            reason = reason_in(language, refused.reason)
            refused = refused.model_copy(update={"reason": reason})
        return self.model_copy(
            update={"refused": refused, "synced": synced and _in_language(synced, language)}
        )

    def kept(self, **changes: object) -> Facts:
        """Give it with something changed, as it is kept; a refusal and waits are of one step."""
        now = {"refused": None, "waits": 0, **changes}
        return self.model_copy(update=now).model_dump(mode="json", exclude_none=True)


def _in_language(synced: Synced, language: str) -> Synced:
    return synced.model_copy(
        update={
            "failed": tuple(
                one.model_copy(update={"error": reason_in(language, one.error)})
                for one in synced.failed
            ),
            "held": tuple(
                one.model_copy(update={"reason": held_reason_in(language, one.reason)})
                for one in synced.held
            ),
            "remarked": tuple(
                one.model_copy(
                    update={"remarks": tuple(remark_line_in(language, r) for r in one.remarks)}
                )
                for one in synced.remarked
            ),
            "sources": tuple(
                one.model_copy(update={"problem": reason_in(language, one.problem)})
                for one in synced.sources
            ),
        }
    )

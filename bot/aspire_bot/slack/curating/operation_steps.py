"""The work of each step of an operation: what it is now, and what it will be after."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from aspire_bot.approved_document import APPROVED_PREFIX
from aspire_bot.curator import Preview, RefusedError
from aspire_bot.ingest_program import OnProgress
from aspire_bot.slack.curating.files import file_from_slack
from aspire_bot.slack.curating.ports import Curator
from aspire_bot.slack.curating.result import OperationResult, Refusal
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.state.operations import Facts, Operation, Status
from aspire_ingest.index.errors import AspireError, IndexUnavailableError

logger = logging.getLogger(__name__)

_MOST_ATTEMPTS = 4
Outcome = tuple[Status, Facts]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationSteps:
    """Does the present step of an operation; each may be done again and ends the same."""

    curator: Curator

    def do(
        self, web: SlackWeb, operation: Operation, on_progress: OnProgress, *, attempt: int
    ) -> Outcome:
        """Do it; give the status after it and what is known then.

        Raises:
            IndexUnavailableError: somebody else changes the index just now.
            AspireError: it may go well the next time.
        """
        result = OperationResult.of(operation)
        by_status: Mapping[Status, Callable[[], Outcome]] = {
            "looking": lambda: self._look(web, operation, result, on_progress),
            "doing": lambda: self._do(operation, result, on_progress, prune=False),
            "pruning": lambda: self._do(operation, result, on_progress, prune=True),
            "undoing": lambda: self._undo(result, on_progress),
        }
        try:
            return by_status[operation.status]()
        except IndexUnavailableError:
            raise
        except RefusedError as error:
            return _after_refusal(operation, result, error.code, str(error))
        except AspireError as error:
            if error.retryable and attempt < _MOST_ATTEMPTS:
                raise
            logger.exception("operation=%s failed", operation.operation_id)
            return _after_refusal(operation, result, "failed", str(error))

    def _look(
        self, web: SlackWeb, operation: Operation, result: OperationResult, on_progress: OnProgress
    ) -> Outcome:
        request = operation.request
        if operation.kind == "sync":
            sources = [str(request["source"])] if "source" in request else []
            synced = self.curator.sync(sources, is_dry_run=True, on_progress=on_progress)
            return "ready", result.kept(synced=synced)
        preview = self._preview(web, operation, result)
        if operation.kind == "remove" and _is_approved(preview):
            refused = Refusal(code="approved", reason="")
            return "refused", result.kept(preview=preview, refused=refused)
        return "ready", result.kept(preview=preview)

    def _preview(self, web: SlackWeb, operation: Operation, result: OperationResult) -> Preview:
        request = operation.request
        if operation.kind == "remove":
            return self.curator.look_at_removal(str(request["place"]))
        if result.preview is not None:  # seen, and wanted otherwise
            return self.curator.look_again(result.preview.proposal, wanted_before(request))
        if "file" in request:
            with file_from_slack(web, str(request["file"])) as (file, name):
                return self.curator.look_at_file(file, name)
        return self.curator.look_at_page(str(request["url"]))

    def _do(
        self, operation: Operation, result: OperationResult, on_progress: OnProgress, *, prune: bool
    ) -> Outcome:
        if operation.kind == "sync":
            source = operation.request.get("source")
            synced = self.curator.sync(
                [str(source)] if source else [],
                is_dry_run=False,
                prune=prune,
                on_progress=on_progress,
            )
            return "done", result.kept(synced=synced)
        is_marked = result.preview is not None and bool(result.preview.marks)
        done = self.curator.accept(_proposal(result), on_progress, accept_marks=is_marked)
        return "done", result.kept(done=done)

    def _undo(self, result: OperationResult, on_progress: OnProgress) -> Outcome:
        if result.synced is not None:
            run = result.synced.undo
            if run is None:
                raise RefusedError("later", "the sync changed nothing that could be undone")
            return "undone", result.kept(synced=self.curator.undo_sync(run, on_progress))
        done = self.curator.undo(_proposal(result), on_progress)
        return "undone", result.kept(done=done)


def wanted_before(request: Facts) -> Mapping[str, str]:
    """Give what staff want said of the document so far."""
    return cast("Mapping[str, str]", request.get("wanted") or {})


def _after_refusal(
    operation: Operation, result: OperationResult, code: str, reason: str
) -> Outcome:
    """Where a step that cannot be done leaves the operation: where it was, if that makes sense."""
    facts = result.kept(refused=Refusal(code=code, reason=reason))
    if operation.status == "undoing":
        return "done", facts
    is_seen = result.preview is not None or result.synced is not None
    may_try_again = is_seen and code in {"failed", "unsafe"}
    return ("ready" if may_try_again else "refused"), facts


def _proposal(result: OperationResult) -> str:
    if result.preview is None:
        raise RefusedError("unknown", "nothing was looked at")
    return result.preview.proposal


def _is_approved(preview: Preview) -> bool:
    return preview.document.document_id.startswith(APPROVED_PREFIX)

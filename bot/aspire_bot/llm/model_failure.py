"""What went wrong while a model was asked, told apart whatever library it came through."""

import logging
from collections.abc import Iterator
from typing import cast

from aspire_bot.errors import FailureKind, GenerationError
from aspire_bot.llm.http_guard import CutOffError, Exchange

logger = logging.getLogger(__name__)

BROKEN_REPLY: tuple[type[Exception], ...] = (
    CutOffError, OSError, ValueError, TypeError, LookupError, AttributeError, RuntimeError,
    AssertionError,
)  # fmt: skip
"""What libraries raise, besides their own errors, on a reply that is not as it should be."""
NOT_UNDERSTOOD = (400, 413, 422)
_BUSY = (429, 529)
_TOLD_APART: dict[FailureKind, str] = {
    "timeout": "did not answer in time.",
    "connection": "cannot be reached. Check ASPIRE_LLM_BASE_URL, and that its server runs.",
    "busy": "has no time for us now",
    "server": "failed on its side",
    "refused": "refused us; check ASPIRE_LLM, ASPIRE_LLM_API_KEY and ASPIRE_LLM_BASE_URL",
    "unfit": "did not accept the request",
    "malformed": "sent a reply that cannot be read.",
    "flood": "sent more than any answer has.",
    "stopped": "broke off.",
}
_CUT_OFF: dict[str, FailureKind] = {"late": "timeout", "flood": "flood", "packed": "malformed"}
_WITH_STATUS: frozenset[FailureKind] = frozenset({"busy", "server", "refused", "unfit"})


def failure_of(
    error: Exception, name: str, exchange: Exchange, *, has_spoken: bool
) -> GenerationError:
    """Name the failure; the error's own words go no further, for they may hold keys and texts."""
    kind = _kind(error, exchange)
    if has_spoken and kind in ("connection", "malformed", "server"):
        kind = "stopped"
    logger.debug("%s: %s (%s)", name, kind, type(error).__name__)
    said = f"The language model {name} {_TOLD_APART[kind]}"
    if kind in _WITH_STATUS:
        status = exchange.status or _status(error)
        said += f" (HTTP {status})." if status else "."
    return GenerationError(said, kind=kind, retry_after_s=exchange.retry_after_s)


def _kind(error: Exception, exchange: Exchange) -> FailureKind:
    if exchange.cut_off:
        return _CUT_OFF[exchange.cut_off]
    # By name: httpx and httpx2, which have the same, are both in use.
    names = {kind.__name__ for one in _chain(error) for kind in type(one).__mro__}
    if names & {"TimeoutException", "TimeoutError"}:
        return "connection" if "ConnectTimeout" in names else "timeout"
    if names & {"TransportError", "ConnectionError"}:
        return "connection"
    status = exchange.status if exchange.status is not None else _status(error)
    return _by_name(error) if status is None else _by_status(status)


def _by_status(status: int) -> FailureKind:
    if status < 300:
        return "malformed"
    if status in _BUSY:
        return "busy"
    if status in NOT_UNDERSTOOD:
        return "unfit"
    return "server" if status >= 500 or status == 408 else "refused"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _status(error: Exception) -> int | None:
    """Find the HTTP status in the errors of libraries that do not speak through httpx."""
    for name in ("status_code", "code"):
        found = getattr(error, name, None)
        if isinstance(found, int):
            return found
    response: object = getattr(error, "response", None)
    if isinstance(response, dict):  # botocore's ClientError
        about = cast("dict[str, dict[str, object]]", response).get("ResponseMetadata", {})
        found = about.get("HTTPStatusCode")
        return found if isinstance(found, int) else None
    return None


def _by_name(error: Exception) -> FailureKind:
    """Tell botocore's errors apart by their names, without importing it."""
    name = type(error).__name__
    if "Credential" in name or "Token" in name:
        return "refused"
    if "Timeout" in name and "Connect" not in name:
        return "timeout"
    is_network = isinstance(error, OSError) or "Connect" in name or "Endpoint" in name
    return "connection" if is_network else "malformed"

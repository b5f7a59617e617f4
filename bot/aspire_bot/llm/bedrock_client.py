"""Bedrock's client as LlamaIndex is given it: a reply says why it ended, and is closed."""

import importlib
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing
from typing import Any, TypeAlias

_CONNECT_S = 5.0

Event: TypeAlias = Mapping[str, Any]  # of botocore, without types


class BrokenStreamError(ValueError):
    """A reply ended without the event that ends replies."""


class BedrockClient:
    """boto3's client for Bedrock, whose streams tell in their last event why they ended.

    LlamaIndex drops `messageStop`, and passes on what `metadata` holds after it.
    """

    def __init__(self, *, endpoint_url: str | None, timeout_s: float) -> None:
        """Make it with the keys and the region of the AWS set-up; nothing is asked.

        Raises:
            BotoCoreError: there is no region.
        """
        boto3: Any = importlib.import_module("boto3")
        config: Any = importlib.import_module("botocore.config").Config
        self._client = boto3.Session().client(
            "bedrock-runtime",
            endpoint_url=endpoint_url,
            config=config(
                # It would ask again by itself, beyond what is waited for here.
                retries={"total_max_attempts": 1, "mode": "standard"},
                connect_timeout=_CONNECT_S,
                read_timeout=timeout_s,
            ),
        )

    def __getattr__(self, name: str) -> Any:
        """Give all else as it is."""
        return getattr(self._client, name)

    def converse_stream(self, **arguments: Any) -> Event:
        """Ask; the stream raises BrokenStreamError where it ends too early."""
        reply = self._client.converse_stream(**arguments)
        return {**reply, "stream": _with_reason(reply["stream"])}


def _with_reason(stream: Any) -> Generator[Event]:
    reason: str | None = None
    with closing(stream):
        events: Iterable[Event] = stream
        for event in events:
            reason = event.get("messageStop", {}).get("stopReason") or reason
            if "metadata" in event:
                yield {"metadata": {**event["metadata"], "stopReason": reason}}
            else:
                yield event
    if reason is None:
        raise BrokenStreamError


__all__ = ["BedrockClient", "BrokenStreamError"]

"""Delivery to the bot as Slack does it: signed HTTP or Socket Mode, acknowledged or tried again."""

import http.client
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol
from urllib.parse import urlencode

from aspire_bot.local_slack.events import EVENTS_PATH, signed_headers
from aspire_bot.local_slack.wire import Json, as_object

Kind = Literal["events_api", "slash_commands", "interactive"]
ACK_DEADLINE_S = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try to deliver. `status` is None where no answer came in time.

    `seconds` is the time to the answer, or to giving up. `response` is the answer's body, a text
    that is no JSON being its `text`.
    """

    status: int | None
    seconds: float
    response: Json = field(default_factory=dict[str, object])
    may_retry: bool = True

    @property
    def is_acknowledged(self) -> bool:
        """Whether the bot took it."""
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """What a delivery says of itself when it is not the first."""

    number: int
    reason: str


@dataclass(slots=True, kw_only=True)
class Delivery:
    """One thing that the bot was told, and how it took it."""

    kind: Kind
    body: Json
    attempts: list[Attempt] = field(default_factory=list[Attempt])

    @property
    def is_acknowledged(self) -> bool:
        """Whether the bot took it at last."""
        return any(attempt.is_acknowledged for attempt in self.attempts)

    @property
    def ack_s(self) -> float:
        """Seconds to the first answer."""
        return self.attempts[0].seconds

    @property
    def response(self) -> Json:
        """What the bot acknowledged it with."""
        taken = (attempt for attempt in self.attempts if attempt.is_acknowledged)
        first = next(taken, None)
        return first.response if first else {}


class Transport(Protocol):
    """A way to the bot."""

    def send(self, kind: Kind, body: Json, *, retry: Retry | None, deadline_s: float) -> Attempt:
        """Deliver once."""
        ...


@dataclass(frozen=True, slots=True)
class HttpTransport:
    """Requests to the bot's port, signed as Slack signs them."""

    port: int
    path: str = EVENTS_PATH

    def send(self, kind: Kind, body: Json, *, retry: Retry | None, deadline_s: float) -> Attempt:
        """See `Transport`. Events are JSON, all else is a form."""
        raw, content_type = _encoded(kind, body)
        headers = {**signed_headers(raw), "Content-Type": content_type}
        if retry:
            headers["X-Slack-Retry-Num"] = str(retry.number)
            headers["X-Slack-Retry-Reason"] = retry.reason
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=deadline_s)
        try:
            connection.request("POST", self.path, raw, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException):
            return Attempt(status=None, seconds=time.monotonic() - began)
        finally:
            connection.close()
        return Attempt(
            status=answer.status,
            seconds=time.monotonic() - began,
            response=_read(text),
            may_retry=answer.getheader("X-Slack-No-Retry") != "1",
        )


class Courier:
    """Delivers over a transport and keeps what became of it; safe for several threads.

    Slack tries an event again at once, after a minute and after five; `retry_delays_s` is shorter,
    for tests. Commands and interactions are delivered once.
    """

    def __init__(
        self,
        transport: Transport,
        *,
        ack_deadline_s: float = ACK_DEADLINE_S,
        retry_delays_s: tuple[float, ...] = (0.0, 0.2, 0.5),
    ) -> None:
        """Deliver over `transport`, which may be put in another's place later."""
        self.transport = transport
        self.ack_deadline_s = ack_deadline_s
        self.retry_delays_s = retry_delays_s
        self.deliveries: list[Delivery] = []
        self._lock = threading.Lock()

    def deliver(self, kind: Kind, body: Json) -> Delivery:
        """Tell the bot something; events again until they are acknowledged, three times at most."""
        delivery = Delivery(kind=kind, body=body)
        with self._lock:
            self.deliveries.append(delivery)
        self._try(delivery, None)
        if kind != "events_api":
            return delivery
        for number, delay_s in enumerate(self.retry_delays_s, 1):
            if delivery.is_acknowledged or not delivery.attempts[-1].may_retry:
                break
            time.sleep(delay_s)
            is_late = delivery.attempts[-1].status is None
            reason = "http_timeout" if is_late else "http_error"
            self._try(delivery, Retry(number=number, reason=reason))
        return delivery

    def late(self) -> list[Delivery]:
        """What the bot did not acknowledge in time at the first try."""
        with self._lock:
            tried = [d for d in self.deliveries if d.attempts]
        return [d for d in tried if not d.attempts[0].is_acknowledged]

    def _try(self, delivery: Delivery, retry: Retry | None) -> None:
        delivery.attempts.append(
            self.transport.send(
                delivery.kind, delivery.body, retry=retry, deadline_s=self.ack_deadline_s
            )
        )


def _encoded(kind: Kind, body: Json) -> tuple[bytes, str]:
    if kind == "events_api":
        return json.dumps(body).encode(), "application/json"
    form: Mapping[str, object] = body if kind == "slash_commands" else {"payload": json.dumps(body)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def _read(text: str) -> Json:
    try:
        return as_object(json.loads(text)) or {}
    except json.JSONDecodeError:
        return {"text": text} if text else {}

"""An OTLP/HTTP receiver on loopback: takes what an exporter sends, and reads it as a collector."""

import threading
from collections.abc import Generator, Iterable, Iterator, Mapping, MutableSequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from opentelemetry.proto.metrics.v1.metrics_pb2 import Metric
from opentelemetry.proto.trace.v1.trace_pb2 import Span


@dataclass(slots=True)
class Receiver:
    """What came in; `status` is what is answered, `hangs` has every request wait for it."""

    url: str
    status: int = 200
    bodies: list[tuple[str, bytes]] = field(default_factory=list[tuple[str, bytes]])
    headers: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    hangs: threading.Event | None = None

    def spans(self) -> list[Span]:
        found: list[Span] = []
        for path, body in self.bodies:
            if path == "/v1/traces":
                for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                    found += [span for scope in resource.scope_spans for span in scope.spans]
        return found

    def metrics(self) -> list[Metric]:
        """The metrics of the last export."""
        sent = [body for path, body in self.bodies if path == "/v1/metrics"]
        request = ExportMetricsServiceRequest.FromString(sent[-1])
        scopes = [scope for one in request.resource_metrics for scope in one.scope_metrics]
        return [metric for scope in scopes for metric in scope.metrics]

    def texts(self) -> list[str]:
        """All texts that came in, in whatever field; ids and times are random bytes, no texts."""
        found: list[str] = []
        for path, body in self.bodies:
            kind = _KINDS[path]
            found += _texts_of(kind.FromString(body))
        return found

    def services(self) -> set[str]:
        """The `service.name` of whoever sent spans."""
        found: set[str] = set()
        for path, body in self.bodies:
            if path == "/v1/traces":
                for one in ExportTraceServiceRequest.FromString(body).resource_spans:
                    found.add(attributes(one.resource.attributes)["service.name"])
        return found


_KINDS: Mapping[str, type[ExportTraceServiceRequest] | type[ExportMetricsServiceRequest]] = {
    "/v1/traces": ExportTraceServiceRequest,
    "/v1/metrics": ExportMetricsServiceRequest,
}


def _texts_of(message: Message) -> Iterator[str]:
    for descriptor, value in cast("list[tuple[FieldDescriptor, Any]]", message.ListFields()):
        values: list[Any] = list(value) if isinstance(value, MutableSequence) else [value]  # pyright: ignore[reportUnknownArgumentType]
        if descriptor.type == FieldDescriptor.TYPE_STRING:
            yield from values
        elif descriptor.type == FieldDescriptor.TYPE_MESSAGE:
            for one in values:
                yield from _texts_of(one)


def attributes(pairs: "Iterable[KeyValue]") -> dict[str, str]:
    """Attributes as text, whatever their type."""
    return {
        one.key: str(getattr(one.value, one.value.WhichOneof("value") or "string_value"))
        for one in pairs
    }


@contextmanager
def receiving() -> Generator[Receiver]:
    """A receiver on a free port until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if receiver.hangs is not None:
                receiver.hangs.wait(30)
            receiver.headers.append({name.lower(): value for name, value in self.headers.items()})
            if receiver.status == 200:
                receiver.bodies.append((self.path, body))
            self.send_response(receiver.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as above
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(url=f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield receiver
    finally:
        if receiver.hangs is not None:
            receiver.hangs.set()
        server.shutdown()
        thread.join()
        server.server_close()

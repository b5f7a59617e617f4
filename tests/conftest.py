"""What all tests share: no network, no settings of this machine, one index to ask.

Sockets connect on this machine only, names are not looked up.
"""

import gc
import ipaddress
import os
import socket
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from tests import knowledge
from tests.made_once import made_once
from tests.memory_folder import use_memory
from tests.small_model import small_model, weights

from aspire_bot.bootstrap import Assistant, open_assistant
from aspire_bot.settings import Settings
from aspire_ingest.settings import IngestSettings

# How quick this machine is at the moment is no property of the code.
settings.register_profile(
    "patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")


class NetworkBlockedError(AssertionError):
    """A test tried to leave this machine."""


def _is_here(host: object) -> bool:
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    name = host.decode() if isinstance(host, bytes) else str(host)
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _is_address(host: str) -> bool:
    """Whether it is only read, not looked up; `127.1` and `0x7f000001` are addresses too."""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        try:
            socket.inet_aton(host)
        except (OSError, UnicodeError):
            return False
    return True


@pytest.fixture(scope="session", autouse=True)
def only_loopback() -> Generator[None]:
    """Let sockets connect to loopback alone, and let no name be looked up but `localhost`."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    getaddrinfo = socket.getaddrinfo

    def check(address: object) -> None:
        if isinstance(address, tuple) and not _is_here(address[0]):  # pyright: ignore[reportUnknownArgumentType]  # an address is what the socket's family has it
            raise NetworkBlockedError(f"tests stay on this machine; asked for {address!r}")

    def guarded_connect(self: socket.socket, address: object) -> None:
        check(address)
        connect(self, address)  # pyright: ignore[reportArgumentType]  # as above

    def guarded_connect_ex(self: socket.socket, address: object) -> int:
        check(address)
        return connect_ex(self, address)  # pyright: ignore[reportArgumentType]  # as above

    def guarded_getaddrinfo(host: object, *rest: object, **named: object) -> object:
        if not (_is_here(host) or _is_address(str(host))):
            # what a machine without a network says: code that looks names up handles it
            raise socket.gaierror(socket.EAI_NONAME, f"tests look no name up; asked for {host!r}")
        return getaddrinfo(host, *rest, **named)  # pyright: ignore[reportArgumentType, reportCallIssue, reportUnknownVariableType]  # passed on

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_settings() -> Generator[None]:
    """Let no setting of the machine, or of another test's program, reach a test."""
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ:
            if name.startswith(("ASPIRE_", "SLACK_", "OTEL_")) and name != "ASPIRE_SHARED":
                patch.delenv(name)
        for settings in (Settings, IngestSettings):
            patch.setitem(settings.model_config, "env_file", None)
        yield


def pytest_configure() -> None:
    """Have all that tests write lie in memory, where there is enough of it."""
    use_memory()
    gc.disable()  # until all tests are collected


def pytest_collection_finish() -> None:
    """Look for garbage among what tests make, not among a million objects of tests and modules.

    Measured: a third of collecting the tests and a tenth of running them were such looks.
    """
    gc.freeze()
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than processors: many tests wait for a program, a page or a moment."""
    has_own = hasattr(os, "sched_getaffinity")
    return 1 + (len(os.sched_getaffinity(0)) if has_own else os.cpu_count() or 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that ask the real small model: minutes each, on one worker."""
    slow = {item.path for item in items if "small_model_url" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of an index over `tests/knowledge.py`, made by the real pipeline; do not write."""

    def make(root: Path) -> None:
        knowledge.write(root / "documents")
        knowledge.add(root / "home", root / "documents")

    return made_once(tmp_path_factory, "knowledge", make) / "home"


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of an index over the sample knowledge that is shipped; do not write."""
    return made_once(tmp_path_factory, "sample", lambda home: knowledge.add(home, knowledge.SAMPLE))


@pytest.fixture(scope="session")
def assistant(home: Path) -> Generator[Assistant]:
    """The assistant over that index, as the programs make it."""
    with open_assistant(Settings(home=home, contact="office@example.org")) as opened:
        yield opened


@pytest.fixture(scope="session")
def small_model_url() -> Generator[str]:
    """Where a real small language model is served, as `openai-like/smollm2`; slow, and a liar."""
    if weights() is None:
        pytest.skip("the small language model is not installed: make setup")
    with small_model() as url:
        yield url

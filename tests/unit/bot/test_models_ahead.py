"""One question does not wait for one model after another; what fails to load is left to it."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from aspire_bot import models_ahead
from aspire_bot.settings import Settings

_LOADS = ("_load_message_model", "_load_embedder", "_load_reader")


def _noted(loaded: list[str], name: str) -> Callable[[Path], None]:
    def load(_: Path) -> None:
        assert threading.current_thread() is not threading.main_thread()
        loaded.append(name)

    return load


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    names: list[str] = []
    for name in _LOADS:
        monkeypatch.setattr(models_ahead, name, _noted(names, name))
    monkeypatch.setattr(models_ahead, "is_installed", lambda: True)
    return names


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        (Settings(), list(_LOADS)),
        (Settings(reader="none"), ["_load_message_model", "_load_embedder"]),
        (Settings(embedding="hashing/64"), ["_load_message_model"]),
    ],
)
def test_models_that_will_be_needed_load_in_the_order_of_their_need(
    loaded: list[str], monkeypatch: pytest.MonkeyPatch, settings: Settings, names: list[str]
) -> None:
    last = threading.Event()

    def load_last(_: Path) -> None:
        loaded.append(names[-1])
        last.set()

    monkeypatch.setattr(models_ahead, names[-1], load_last)
    with models_ahead.models_loading(settings):
        assert last.wait(10)
    assert loaded == names


def test_without_the_package_of_the_models_nothing_of_it_is_loaded(
    loaded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models_ahead, "is_installed", lambda: False)
    with models_ahead.models_loading(Settings(embedding="hashing/64")):
        pass
    assert loaded == []


def test_what_cannot_be_loaded_is_left_to_the_question(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = threading.Event()

    def fail(_: Path) -> None:
        tried.set()
        raise OSError("damaged")

    for name in _LOADS:
        monkeypatch.setattr(models_ahead, name, fail)
    monkeypatch.setattr(models_ahead, "is_installed", lambda: True)
    with models_ahead.models_loading(Settings()):
        assert tried.wait(10)


@pytest.mark.parametrize("package", ["aspire_bot.cli", "aspire_ingest.cli"])
def test_a_program_looks_for_no_garbage_while_it_is_imported(package: str) -> None:
    code = f"import gc, {package}; print(gc.get_threshold()[0])"
    done = subprocess.run(  # noqa: S603 - our own package, no input
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) == 100_000

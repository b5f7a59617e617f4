"""The container image as it is written down; `make deploy-test` runs what is only read here."""

import re
from pathlib import Path

import pytest
from release.source import copy_source
from tests.deploy.containerfile import CONTAINERFILE, Stage, read_stages, sent_files
from tests.deploy.tools import DEPLOY, ROOT, run_tool
from tests.http_served import http_served

from aspire_bot.slack.platform.http import HealthChecks, HttpServer
from aspire_ingest.index.errors import IndexUnavailableError


@pytest.fixture(scope="module")
def stages() -> tuple[Stage, ...]:
    return read_stages(CONTAINERFILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small files of this clone, and stand-ins for what must never be sent."""
    folder = tmp_path_factory.mktemp("clone")
    copy_source(ROOT, folder)
    for secret in (".env", "bot/.env", "deploy/aspire-bot.env", ".git/config", "dist/x.whl"):
        (folder / secret).parent.mkdir(parents=True, exist_ok=True)
        (folder / secret).write_text("secret", encoding="ascii")
    return folder


@pytest.fixture(scope="module")
def sent(clone: Path) -> set[str]:
    names = (path.relative_to(clone).as_posix() for path in clone.rglob("*") if path.is_file())
    return set(sent_files(clone, names))


def test_the_linter_of_containerfiles_finds_nothing() -> None:
    run_tool("hadolint", CONTAINERFILE)


def test_stages_start_from_one_base_that_can_be_pinned(stages: tuple[Stage, ...]) -> None:
    assert {stage.base for stage in stages} == {"${PYTHON_IMAGE}"}
    assert "ARG PYTHON_IMAGE=python:3.11-slim\n" in CONTAINERFILE.read_text(encoding="utf-8")


def test_what_is_copied_is_there_and_sent(stages: tuple[Stage, ...], sent: set[str]) -> None:
    made = {stage.name for stage in stages}
    for step in (step for stage in stages for step in stage.steps if step.word == "COPY"):
        *names, _to = step.words
        if "from" in step.options:
            assert step.options["from"] in made
            continue
        for name in names:
            assert any(one == name or one.startswith(f"{name}/") for one in sent), name


def test_builder_is_sent_no_secret_no_history_no_tests(sent: set[str]) -> None:
    assert {name.partition("/")[0] for name in sent} == {
        "bot", "ingest", "deploy", "pyproject.toml", "hatch_build.py", "README.md", "LICENSE",
        "CHANGELOG.md", "requirements-run.lock", "requirements-build.lock",
    }  # fmt: skip
    assert not [name for name in sent if name.endswith((".env", ".pyc"))]
    assert not [name for name in sent if name.startswith("bot/aspire_training")]
    assert [name for name in sent if name.startswith("deploy/")] == ["deploy/healthcheck.py"]


def test_packages_are_installed_by_hash_or_are_ours(stages: tuple[Stage, ...]) -> None:
    runs = [step.value for stage in stages for step in stage.steps if step.word == "RUN"]
    installs = [
        part for run in runs for part in run.split("&&") if re.search("pip .*install", part)
    ]
    assert len(installs) == 3
    by_hash = ("--require-hashes", "--no-deps")
    ours = "--no-deps --no-cache --compile-bytecode dist/*.whl"
    assert all(ours in part or all(one in part for one in by_hash) for part in installs)
    assert any("pip check" in run for run in runs)


def test_last_stage_runs_as_a_user_of_its_own_and_is_watched(stages: tuple[Stage, ...]) -> None:
    last = stages[-1]
    steps = {word: last.last(word) for word in ("USER", "VOLUME", "HEALTHCHECK", "CMD")}
    assert all(steps.values()), steps
    user = steps["USER"]
    assert user is not None
    assert user.value == "10001:10001"
    stop = last.last("STOPSIGNAL")
    assert stop is not None
    assert stop.value == "SIGTERM"
    assert not [s for s in last.steps if s.word == "ADD"]
    named = [step.value for step in last.steps if step.word == "ENV"]
    assert not any(word in value for value in named for word in ("TOKEN", "SECRET", "PASSWORD"))


def _checked(port: int, *path: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("ASPIRE_PORT", str(port))
    names: dict[str, object] = {"__name__": "healthcheck"}
    exec((DEPLOY / "healthcheck.py").read_text(encoding="utf-8"), names)  # noqa: S102 - ours
    main = names["main"]
    assert callable(main)
    return main(*path)  # pyright: ignore[reportUnknownVariableType, reportReturnType]  # an int


def test_health_check_tells_up_from_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_ready() -> None:
        raise IndexUnavailableError("no index yet")

    with http_served(HttpServer(HealthChecks(not_ready), host="127.0.0.1", port=0)) as port:
        assert _checked(port, monkeypatch=monkeypatch) == 0
        assert _checked(port, "/readyz", monkeypatch=monkeypatch) == 1
    assert _checked(port, monkeypatch=monkeypatch) == 1  # nothing is there any more

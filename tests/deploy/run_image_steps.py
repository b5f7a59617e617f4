"""The steps of the container image, run one by one in a fresh root: `make deploy-test`.

No engine is needed, but root and the package index, and minutes. What an engine does besides
(layers, limits, its own networks) is not tried here.
"""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from release.source import copy_source
from tests.deploy.chroot import Confinement, FileSystem, why_not
from tests.deploy.containerfile import (
    CONTAINERFILE,
    ROOT,
    Stage,
    Step,
    filled,
    read_stages,
    sent_files,
)

pytestmark = pytest.mark.skipif(why_not() is not None, reason=f"{why_not()}")

_INDEX = ("PIP_CERT", "PIP_INDEX_URL", "UV_INDEX_URL", "UV_DEFAULT_INDEX", "SSL_CERT_FILE")
COMMIT = "0123456789abcdef0123456789abcdef01234567"


class BuiltStage:
    """A stage, and the system and environment that its steps have made."""

    def __init__(self, stage: Stage, root: Path) -> None:
        self.stage = stage
        self.files = FileSystem(root)
        self.environment: dict[str, str] = {}
        self.folder = "/"

    def build(self, context: Path, earlier: Mapping[str, "BuiltStage"]) -> None:
        arguments: dict[str, str] = {}
        given = {"SOURCE_COMMIT": COMMIT}
        for step in self.stage.steps:
            values = {**arguments, **self.environment}
            if step.word == "ENV":
                self.environment |= {name: filled(v, values) for name, v in step.pairs.items()}
            elif step.word == "ARG":
                arguments |= step.pairs | {n: v for n, v in given.items() if n in step.value}
            elif step.word == "WORKDIR":
                self.folder = filled(step.value, values)
                self.files.at(self.folder).mkdir(parents=True, exist_ok=True)
            elif step.word == "COPY":
                source = step.options.get("from")
                self._copy(step, earlier[source].files.root if source else context)
            elif step.word == "RUN":
                self._run(step, values)

    def _copy(self, step: Step, source: Path) -> None:
        *names, to = step.words
        target = self.files.at(to) if to.startswith("/") else self.files.at(self.folder) / to
        for name in names:
            found = source / name.lstrip("/")
            into = target / found.name if to.endswith("/") else target
            if found.is_dir():
                shutil.copytree(found, into, symlinks=True, dirs_exist_ok=True)
            else:
                into.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(found, into)

    def _run(self, step: Step, values: Mapping[str, str]) -> None:
        # Where packages come from is this machine's matter.
        index = {n: v for n, v in os.environ.items() if n in _INDEX}
        done = self.files.run(
            ("/bin/sh", "-c", step.value), environment={**index, **values}, folder=self.folder
        )
        assert done.returncode == 0, f"{step.value}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> BuiltStage:
    """The last stage, built of what the builder is sent."""
    folder = tmp_path_factory.mktemp("image")
    clone, context = folder / "clone", folder / "context"
    copy_source(ROOT, clone)
    names = (path.relative_to(clone).as_posix() for path in clone.rglob("*") if path.is_file())
    for name in sent_files(clone, names):
        (context / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(clone / name, context / name)
    built: dict[str, BuiltStage] = {}
    for stage in read_stages(CONTAINERFILE.read_text(encoding="utf-8")):
        built[stage.name] = BuiltStage(stage, folder / stage.name)
        built[stage.name].build(context, built)
    return list(built.values())[-1]


@pytest.fixture(scope="module")
def held(image: BuiltStage) -> Confinement:
    """As compose.yaml and the manifests run it: nothing to write to but the volume, no rights."""
    user, volume = image.stage.last("USER"), image.stage.last("VOLUME")
    assert user is not None
    assert volume is not None
    return Confinement(
        is_readonly=True, has_network=False, user=user.value, writable=tuple(volume.words)
    )


def test_version_tells_the_commit_that_was_given(image: BuiltStage, held: Confinement) -> None:
    for program in ("aspire-bot", "aspire-ingest"):
        said = image.files.run((program, "--version"), environment=image.environment, held=held)
        assert said.returncode == 0, said.stderr
        assert f"commit {COMMIT}" in said.stdout


def test_indexes_and_answers_with_nothing_fetched_and_nothing_to_write_to(
    image: BuiltStage, held: Confinement
) -> None:
    sample = "/opt/aspire-bot/lib/python3.11/site-packages/aspire_ingest/sample"
    added = image.files.run(
        ("aspire-ingest", "add", sample, "--json"), environment=image.environment, held=held
    )
    assert added.returncode == 0, added.stderr
    question = ("aspire-bot", "ask", "What are the goals of ASPIRE?", "--json")
    asked = image.files.run(question, environment=image.environment, held=held)
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout)["outcome"] == "answered"
    assert "/cache/" not in added.stderr + asked.stderr  # the models were there, and readable
    written = image.files.run(
        ("touch", "/opt/aspire-bot/x"), environment=image.environment, held=held
    )
    assert written.returncode != 0


_SERVING = """
import json, os, subprocess, sys, time
from aspire_bot.local_slack.server import LocalSlack
from aspire_bot.local_slack.workspace import BOT_TOKEN

command, check = json.loads(sys.argv[1]), json.loads(sys.argv[2])
with LocalSlack() as slack:
    here = {"SLACK_API_URL": slack.url, "SLACK_BOT_TOKEN": BOT_TOKEN}
    bot = subprocess.Popen(command, env={**os.environ, **here, "SLACK_SIGNING_SECRET": "s" * 32})
    told = {}
    for what in ("/healthz", "/readyz"):
        for _ in range(120):
            told[what] = subprocess.run([*check, what]).returncode
            if told[what] == 0 or bot.poll() is not None:
                break
            time.sleep(1)
    bot.terminate()
    print(json.dumps({**told, "ended": bot.wait(180)}))
"""


def test_serves_and_its_health_check_says_so(image: BuiltStage, held: Confinement) -> None:
    """In a network that has loopback and nothing else, before a local Slack."""
    command, check = image.stage.last("CMD"), image.stage.last("HEALTHCHECK")
    assert command is not None
    assert check is not None
    asks = check.value.partition("CMD ")[2]
    script = ("python", "-c", _SERVING, command.value, asks)
    done = image.files.run(script, environment=image.environment, held=held)
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told == {"/healthz": 0, "/readyz": 0, "ended": 0}, done.stderr[-3000:]


def test_health_check_fails_where_nothing_serves(image: BuiltStage, held: Confinement) -> None:
    done = image.files.run(
        ("python", "/opt/aspire-bot/healthcheck.py"), environment=image.environment, held=held
    )
    assert done.returncode == 1
    assert "no answer" in done.stderr
